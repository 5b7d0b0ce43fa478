//! The command line `cosolvent-sim`.
//!
//! `cosolvent-sim run FILE [--seed N] [--json] [--crash-sweep]`, `cosolvent-sim browse FILE [--seed N] [--until SPAN]` and
//! `cosolvent-sim anonymity [--firms N] [--spies P] [--authors N]` exit 0, 1 when a promise was broken, 2 when the command or the
//! scenario is wrong. Reports go to standard output, complaints and
//! progress to standard error.

use crate::anonymity::{self, Question};
use crate::browse::{self, Unhosted};
use crate::span::Span;
use crate::{Paper, Played, RunSeed, Scenario, Sweep, play, sweep, table};
use clap::{Args, Parser, Subcommand};
use protocol::genesis::Pace;
use serde_json::json;
use std::ffi::OsString;
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

/// The exit code of a run that broke a promise.
pub const EXIT_VIOLATION: u8 = 1;

/// The exit code of a wrong command or scenario.
pub const EXIT_USAGE: u8 = 2;

/// How many parties are named to somebody who asked for one that is not there.
const PARTIES_NAMED: usize = 12;

#[derive(Parser)]
#[command(name = "cosolvent-sim", version, about = "Runs a region of firms in virtual time and checks every promise")]
struct Line {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Runs one scenario.
    Run(Run),
    /// Plays one scenario up to a moment and serves the desks of its firms.
    Browse(Browse),
    /// Counts how many authors spies among the members can name.
    Anonymity(Anonymity),
}

#[derive(Args)]
struct Anonymity {
    /// How many firms; may be given more than once.
    #[arg(long, value_name = "N", default_values_t = [50, 80, 200, 500], value_parser = clap::value_parser!(u32).range(10..=2_000))]
    firms: Vec<u32>,
    /// Of 100 firms, how many are spies; may be given more than once.
    #[arg(long, value_name = "PERCENT", default_values_t = [5, 10, 20], value_parser = clap::value_parser!(u32).range(1..=50))]
    spies: Vec<u32>,
    /// Of 100 hours, how many an honest relay is there.
    #[arg(long, value_name = "PERCENT", default_value_t = 90, value_parser = clap::value_parser!(u32).range(50..=100))]
    uptime: u32,
    /// What if a cell left every so many seconds?
    #[arg(long, value_name = "S", default_value_t = Pace::REAL.cell_ms / 1_000, value_parser = clap::value_parser!(u32).range(1..=3_600))]
    cell: u32,
    /// What if relays held a cell for so many seconds as a mean?
    #[arg(long, value_name = "S", default_value_t = Pace::REAL.delay_ms / 1_000, value_parser = clap::value_parser!(u32).range(1..=300))]
    delay: u32,
    /// How many authors are looked for in each kind of market.
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    authors: usize,
    /// The seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print JSON Lines.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
struct Run {
    /// The scenario (TOML).
    file: PathBuf,
    /// The seed, instead of the scenario's own.
    #[arg(long)]
    seed: Option<u64>,
    /// Print JSON Lines and a last JSON object.
    #[arg(long)]
    json: bool,
    /// Run it again with a crash before and after every commit of every party; all must end alike.
    #[arg(long)]
    crash_sweep: bool,
    /// With --crash-sweep: only every N-th crash point.
    #[arg(long, value_name = "N", default_value_t = 1, requires = "crash_sweep")]
    every: u64,
    /// With --crash-sweep: only crashes of these parties; may be given more than once.
    #[arg(long, value_name = "ID", requires = "crash_sweep")]
    party: Vec<String>,
}

#[derive(Args)]
pub(crate) struct Browse {
    /// The scenario or story (TOML).
    pub(crate) file: PathBuf,
    /// The seed, instead of the scenario's own.
    #[arg(long)]
    seed: Option<u64>,
    /// Up to which moment everybody follows the script, for example 36h or 2d; otherwise until the scenario is over.
    #[arg(long, value_name = "SPAN")]
    pub(crate) until: Option<Span>,
    /// A firm to open a desk for, whose people are yours from the first page on; may be given more than once.
    #[arg(long = "as", value_name = "FIRM")]
    pub(crate) firms: Vec<String>,
    /// Where a desk listens, on loopback: the first for the first firm, and so on; otherwise on free ports.
    #[arg(long, value_name = "ADDRESS:PORT", value_parser = on_loopback)]
    pub(crate) listen: Vec<SocketAddr>,
    /// How many times as fast as real time virtual time passes; 0 lets it stand still.
    #[arg(long, value_name = "TIMES", default_value_t = 60)]
    pub(crate) pace: u32,
}

fn on_loopback(text: &str) -> Result<SocketAddr, String> {
    let address: SocketAddr = text.parse().map_err(|why| format!("{why}; write it as 127.0.0.1:7001"))?;
    let refused = || "the passwords of simulated people are no secret; choose an address on loopback".to_owned();
    address.ip().is_loopback().then_some(address).ok_or_else(refused)
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
    match line.verb {
        Verb::Run(verb) if verb.crash_sweep => sweep_all(&verb, out, complaints),
        Verb::Run(verb) => play_once(&verb, out, complaints),
        Verb::Browse(verb) => walk_around(&verb, out, complaints),
        Verb::Anonymity(verb) => name_authors(&verb, out),
    }
}

fn name_authors(verb: &Anonymity, out: &mut dyn Write) -> u8 {
    if !verb.json {
        let _ = out.write_all(anonymity::table::head().as_bytes());
    }
    let markets = verb.firms.iter().flat_map(|firms| verb.spies.iter().map(move |spies| (*firms, *spies)));
    for (firms, spies) in markets {
        let question = Question {
            firms: firms as usize,
            spies_percent: spies as usize,
            uptime_percent: verb.uptime,
            pace: Pace { cell_ms: verb.cell * 1_000, delay_ms: verb.delay * 1_000, ..Pace::REAL },
            authors: verb.authors,
            seed: RunSeed(verb.seed),
        };
        let figures = anonymity::measure(&question);
        // A reader who hangs up does not change what was counted.
        let _ = if verb.json {
            writeln!(out, "{}", json!(figures))
        } else {
            out.write_all(anonymity::table::of(&figures).as_bytes()).and_then(|()| out.flush())
        };
    }
    0
}

fn walk_around(verb: &Browse, out: &mut dyn Write, complaints: &mut dyn Write) -> u8 {
    let read = Scenario::read(&verb.file, verb.seed.map(RunSeed)).map_err(Unhosted::from);
    match read.and_then(|(scenario, story)| browse::host(scenario, story, verb, out)) {
        Ok(violations) if violations.is_empty() => 0,
        Ok(_) => EXIT_VIOLATION,
        Err(why) => refuse(complaints, &format!("{}: {why}\n", verb.file.display())),
    }
}

fn play_once(verb: &Run, out: &mut dyn Write, complaints: &mut dyn Write) -> u8 {
    let paper = verb.json.then(Paper::default);
    let seed = verb.seed.map(RunSeed);
    let played = Scenario::read(&verb.file, seed).map_err(|why| why.to_string()).and_then(|(scenario, story)| {
        let seed = scenario.seed;
        play(&scenario, &story, seed, None, paper.as_ref()).map_err(|why| why.to_string())
    });
    let Played { report, reached: _, stage: _ } = match played {
        Ok(played) => played,
        Err(why) => return refuse(complaints, &format!("{}: {why}\n", verb.file.display())),
    };
    // A reader who hangs up does not change how the run ended.
    let _ = match &paper {
        Some(paper) => out.write_all(&paper.take()).and_then(|()| report.write(out)),
        None => out.write_all(table::of(&report).as_bytes()),
    };
    if report.violations.is_empty() { 0 } else { EXIT_VIOLATION }
}

fn sweep_all(verb: &Run, out: &mut dyn Write, complaints: &mut dyn Write) -> u8 {
    let swept = Scenario::read(&verb.file, verb.seed.map(RunSeed)).map_err(|why| why.to_string()).and_then(
        |(scenario, story)| {
            if let Some(stranger) = verb.party.iter().find(|name| story.position(name).is_none()) {
                let known: Vec<&str> = story.parties().take(PARTIES_NAMED).collect();
                return Err(format!("there is no party {stranger:?}; there are {}", known.join(", ")));
            }
            let wanted = |name: &str| verb.party.is_empty() || verb.party.iter().any(|party| party == name);
            let told = |run: u64, of: u64| {
                if run.is_multiple_of(100) || run == of {
                    let _ = writeln!(complaints, "{run} of {of} crash points");
                }
            };
            sweep(&scenario, &story, scenario.seed, (verb.every, &wanted), told).map_err(|why| why.to_string())
        },
    );
    let Sweep { runs, broken } = match swept {
        Ok(swept) => swept,
        Err(why) => return refuse(complaints, &format!("{}: {why}\n", verb.file.display())),
    };
    for one in &broken {
        let _ = if verb.json {
            writeln!(out, "{}", json!(one))
        } else {
            let side = if one.before { "before" } else { "after" };
            writeln!(out, "crash of {} {side} commit {}: {}", one.node, one.commit, one.what)
        };
    }
    let _ = if verb.json {
        writeln!(out, "{}", json!({"runs": runs, "broken": broken.len()}))
    } else {
        writeln!(out, "{runs} crash points, {} of them broke something", broken.len())
    };
    if broken.is_empty() { 0 } else { EXIT_VIOLATION }
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
        let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/idle-shift.toml");
        let (code, out, complaints) = said(&["run", scenario, "--crash-sweep", "--party", "nobody"]);
        assert_eq!((code, out.as_str()), (EXIT_USAGE, ""), "a sweep over nobody has shown nothing");
        assert!(complaints.contains("there is no party \"nobody\"; there are") && complaints.contains("supplier"));
        for wrong in [["--listen", "192.0.2.1:80"], ["--until", "soon"]] {
            let (code, _, complaints) = said(&[["browse", "file.toml"], wrong].concat());
            assert_eq!(code, EXIT_USAGE);
            assert!(complaints.contains(wrong[1]), "{complaints}");
        }
    }

    #[test]
    fn help_is_an_answer_and_no_mistake() {
        let (code, out, complaints) = said(&["--help"]);
        assert_eq!((code, complaints.as_str()), (0, ""));
        assert!(out.contains("run"));
    }
}
