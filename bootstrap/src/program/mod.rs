//! The command line `cosolvent-sponsor`.
//!
//! Answers go to standard output, for people or with `--json` as `{"schema":"noun/1","items":[…]}`; logs and errors go to
//! standard error. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 a person is needed (a passphrase, and no terminal to ask at),
//! 4 the running sponsor cannot be reached.

mod args;
mod ask;
mod failure;
mod passphrase;
mod run;
mod set_up;
mod show;

use crate::signing;
use args::{Args, Verb};
use clap::Parser;
use failure::Failure;
use std::{env, io, process::ExitCode};
use tracing_subscriber::EnvFilter;

/// Runs the program with the arguments of this process.
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(typed) if typed.use_stderr() && env::args_os().any(|word| word == "--json") => {
            let failure = Failure::usage(typed.to_string().trim_end());
            failure.tell(true);
            return ExitCode::from(failure.exit_code());
        }
        Err(typed) => typed.exit(),
    };
    let filter = EnvFilter::try_from_env("COSOLVENT_LOG").unwrap_or_else(|_| EnvFilter::new("warn,bootstrap=info"));
    // A second call in one process keeps the first one's log.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).try_init();
    let json = args.json;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let done = match runtime {
        Ok(runtime) => runtime.block_on(carry_out(args)),
        Err(error) => Err(Failure::from(error)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.tell(json);
            ExitCode::from(failure.exit_code())
        }
    }
}

async fn carry_out(args: Args) -> Result<(), Failure> {
    let Args { json, verb } = args;
    match verb {
        Verb::Key(key) => set_up::key(&key, json),
        Verb::Genesis(genesis) => set_up::genesis(&genesis, json),
        Verb::Init(init) => set_up::init(&init, json),
        Verb::Run(premises) => run::run(&premises, json).await,
        Verb::Invite(invite) => ask::invite(&invite, json).await,
        Verb::Dismiss(dismiss) => ask::dismiss(&dismiss, json).await,
        Verb::Members(premises) => ask::see(&premises, sponsor::Query::Members, json).await,
        Verb::Invitations(premises) => ask::see(&premises, sponsor::Query::Invitations, json).await,
        Verb::Passes(premises) => ask::see(&premises, sponsor::Query::Passes, json).await,
        Verb::Status(premises) => ask::see(&premises, sponsor::Query::Status, json).await,
        Verb::Signer => Ok(signing::serve(io::stdin().lock(), io::stdout().lock())?),
    }
}
