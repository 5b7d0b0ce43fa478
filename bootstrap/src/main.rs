//! The program `cosolvent-sponsor`. Everything is in the library, so that tests run exactly this.

use std::process::ExitCode;

fn main() -> ExitCode {
    bootstrap::main()
}
