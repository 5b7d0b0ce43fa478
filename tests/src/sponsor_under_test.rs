//! `cosolvent-sponsor`, built with its tests.
use std::process::ExitCode;

fn main() -> ExitCode {
    bootstrap::main()
}
