//! The program `cosolvent-sim`.

use std::process::ExitCode;

fn main() -> ExitCode {
    simulations::main()
}
