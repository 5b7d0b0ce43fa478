//! The Cosolvent program.
use std::process::ExitCode;

fn main() -> ExitCode {
    cosolvent::main()
}
