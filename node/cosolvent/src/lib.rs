//! The Cosolvent program: a firm's node and its command line.
//!
//! It decides nothing about the business. It opens a data folder or calls the node that has it open, passes on what is asked,
//! and prints what comes back, for people or (`--json`) for programs.
//!
//! ```text
//!   cosolvent init …          invitation ─▶ keys, firm, membership              (nothing half-made is left behind)
//!   cosolvent join …          a further sponsor's invitation ─▶ a further membership
//!   cosolvent run             the node: neighbours, control socket, desk         (until it is told to stop)
//!   cosolvent <noun> <verb>   ─▶ door ─▶ control socket of the running node
//!                                   └──▶ the folder itself, under the same lock, when no node runs
//! ```
//!
//! Exit codes: 0 done, 1 not done, 2 wrong usage, 3 a person is needed, 4 unreachable. Answers go to standard output, logs and
//! errors to standard error.
//!
//! What an attacker would try: to have a password left in a shell's history or a process list (passwords come from a terminal
//! or a file, never from an argument), or to have the command line approve by itself (an approval needs that password).
#![forbid(unsafe_code)]

mod arguments;
mod audit;
mod calendar;
mod demo;
mod deputies;
mod desk;
mod docket;
mod door;
mod export;
mod failure;
mod forms;
mod init;
mod invoice;
mod keys;
mod loans;
mod nouns;
mod packs;
mod policy;
mod print;
mod publish;
mod ranking;
mod reasons;
mod run;
mod secrets;
mod talk;
mod yes;

pub use desk::NodeDesk;

use arguments::{Cli, Command};
use clap::Parser;
use failure::Failure;
use print::Printer;
use std::{
    ffi::OsString,
    io::{IsTerminal, Write},
    process::ExitCode,
};
use tracing_subscriber::EnvFilter;

/// Runs the program on this process's arguments and streams.
pub fn main() -> ExitCode {
    let code = run(std::env::args_os().collect(), &mut std::io::stdout(), &mut std::io::stderr());
    ExitCode::from(code)
}

/// Runs the program with these arguments (the first is its own name) and gives its exit code. Answers go to `out`, errors to
/// `err`.
pub fn run(arguments: Vec<OsString>, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let json = arguments.iter().any(|argument| argument == "--json");
    let done = match Cli::try_parse_from(arguments) {
        Ok(cli) => perform(cli, out),
        Err(error) if !error.use_stderr() => {
            // Help and version are answers, not errors.
            let _ = write!(out, "{error}");
            return 0;
        }
        Err(error) => Err(Failure::usage_by(&error)),
    };
    match done {
        Ok(()) => 0,
        Err(failure) => {
            // Nobody may be there to read it; the exit code still says it.
            let _ = failure.print(json, err);
            failure.exit
        }
    }
}

fn perform(cli: Cli, out: &mut dyn Write) -> Result<(), Failure> {
    // A demonstration keeps its log to search it for leaks, so it starts its own.
    match cli.command {
        Command::Demo(_) => {}
        Command::Run => log_to_stderr("warn,node=info,cosolvent=info"),
        _ => log_to_stderr("error"),
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| Failure::of("system", &format!("cannot start ({error}); free some memory")))?;
    if let Command::Demo(demo) = cli.command {
        return runtime.block_on(demo.run(out));
    }
    let mut printer = Printer::new(cli.place.json, out);
    runtime.block_on(async {
        match cli.command {
            // Returned above.
            Command::Demo(_) => Ok(()),
            Command::Init(arguments) => init::init(&cli.place, *arguments, None, &mut printer).await,
            Command::Join(join) => nouns::join(&cli.place, join, &mut printer).await,
            Command::Run => run::run(&cli.place, &mut printer).await,
            Command::Status => nouns::status(&cli.place, &mut printer).await,
            Command::Person(verb) => nouns::person(&cli.place, verb, &mut printer).await,
            Command::Keys(verb) => keys::keys(&cli.place, verb, &mut printer).await,
            Command::Resource(verb) => nouns::item(&cli.place, protocol::facts::Side::Offer, verb, &mut printer).await,
            Command::Need(verb) => nouns::item(&cli.place, protocol::facts::Side::Need, verb, &mut printer).await,
            Command::Advert(verb) => nouns::advert(&cli.place, verb, &mut printer).await,
            Command::Match(verb) => nouns::matching(&cli.place, verb, &mut printer).await,
            Command::Pack(verb) => packs::pack(&cli.place, verb, &mut printer).await,
            Command::Policy(verb) => policy::policy(&cli.place, verb, &mut printer).await,
            Command::Approval(verb) => nouns::approval(&cli.place, verb, &mut printer).await,
            Command::Deputy(verb) => deputies::deputy(&cli.place, verb, &mut printer).await,
            Command::Loan(verb) => loans::loan(&cli.place, verb, &mut printer).await,
            Command::Deal(verb) => nouns::deal(&cli.place, verb, &mut printer).await,
            Command::Invoice(verb) => invoice::invoice(&cli.place, verb, &mut printer).await,
            Command::Docket(verb) => docket::docket(&cli.place, verb, &mut printer).await,
            Command::Calendar(verb) => calendar::calendar(&cli.place, verb, &mut printer).await,
            Command::Publish(verb) => publish::publish(&cli.place, verb, &mut printer).await,
            Command::Relay(verb) => publish::relay(&cli.place, verb, &mut printer).await,
            Command::Trust(verb) => nouns::trust(&cli.place, verb, &mut printer).await,
            Command::Export(export) => export::export(&cli.place, export, &mut printer).await,
            Command::Audit(verb) => audit::audit(&cli.place, verb, &mut printer).await,
        }
    })
}

/// `COSOLVENT_LOG` takes a filter such as `info,node=debug`.
fn log_to_stderr(usual: &str) {
    let filter = EnvFilter::try_from_env("COSOLVENT_LOG").unwrap_or_else(|_| EnvFilter::new(usual));
    // In a test another run of this process may have set it already.
    let colours = std::io::stderr().is_terminal();
    let _ =
        tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colours).with_writer(std::io::stderr).try_init();
}
