//! The command line `cosolvent-sim`.
//!
//! `cosolvent-sim run FILE [--seed N] [--json]` exits 0, 1 when a promise was broken, 2 when the command or the scenario is
//! wrong. Reports go to standard output, complaints to standard error.

use crate::{RunSeed, Scenario};
use clap::{Parser, Subcommand};
use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// The exit code of a run that broke a promise.
pub const EXIT_VIOLATION: u8 = 1;

/// The exit code of a wrong command or scenario.
pub const EXIT_USAGE: u8 = 2;

#[derive(Parser)]
#[command(name = "cosolvent-sim", version, about = "Runs a region of firms in virtual time and checks every promise")]
struct Line {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Runs one scenario.
    Run {
        /// The scenario (TOML).
        file: PathBuf,
        /// The seed, instead of the scenario's own.
        #[arg(long)]
        seed: Option<u64>,
        /// Print JSON Lines and a last JSON object.
        #[arg(long)]
        json: bool,
    },
}

/// The program: reads its own command line, writes to its own streams.
pub fn main() -> ExitCode {
    ExitCode::from(run(std::env::args_os(), &mut std::io::stdout().lock(), &mut std::io::stderr().lock()))
}

/// The program with everything given; the first argument is its own name. Returns the exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>, out: &mut dyn Write, complaints: &mut dyn Write) -> u8 {
    let line = match Line::try_parse_from(arguments) {
        Ok(line) => line,
        Err(answer) if answer.use_stderr() => return refuse(complaints, &answer.render().to_string()),
        Err(answer) => {
            let _ = write!(out, "{}", answer.render());
            return 0;
        }
    };
    let Verb::Run { file, seed, json: _ } = line.verb;
    let text = match std::fs::read_to_string(&file) {
        Ok(text) => text,
        Err(why) => return refuse(complaints, &format!("{} could not be read: {why}\n", file.display())),
    };
    let scenario = match Scenario::parse(&text) {
        Ok(scenario) => scenario,
        Err(why) => return refuse(complaints, &format!("{}: {why}\n", file.display())),
    };
    let seed = seed.map_or(scenario.seed, RunSeed);
    let name = &scenario.name;
    refuse(
        complaints,
        &format!("{name} (seed {seed}) has no firm that offers or needs anything: nothing would happen\n"),
    )
}

fn refuse(complaints: &mut dyn Write, why: &str) -> u8 {
    let _ = write!(complaints, "{why}");
    EXIT_USAGE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(arguments: &[&str]) -> (u8, String, String) {
        let (mut out, mut complaints) = (Vec::new(), Vec::new());
        let arguments = std::iter::once("cosolvent-sim").chain(arguments.iter().copied()).map(OsString::from);
        let code = run(arguments, &mut out, &mut complaints);
        (code, String::from_utf8(out).unwrap(), String::from_utf8(complaints).unwrap())
    }

    #[test]
    fn wrong_usage_is_told_on_the_error_stream_with_code_two() {
        let (code, out, complaints) = said(&["walk"]);
        assert_eq!((code, out.as_str()), (EXIT_USAGE, ""));
        assert!(complaints.contains("walk"));
        let (code, _, complaints) = said(&["run", "no such file.toml"]);
        assert_eq!(code, EXIT_USAGE);
        assert!(complaints.contains("no such file.toml could not be read"));
    }

    #[test]
    fn help_is_an_answer_and_no_mistake() {
        let (code, out, complaints) = said(&["--help"]);
        assert_eq!((code, complaints.as_str()), (0, ""));
        assert!(out.contains("run"));
    }
}
