//! `cosolvent`, built with its tests.
use std::process::ExitCode;

fn main() -> ExitCode {
    cosolvent::main()
}
