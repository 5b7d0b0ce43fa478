//! `deputy`: who decides for whom while somebody is away.

use crate::{
    arguments::Place,
    door::{self, Door},
    failure::Failure,
    print::Printer,
    secrets,
};
use clap::{Args, Subcommand};
use firm::{
    command::Command,
    deputies::{Handover, Span},
    register::PersonId,
    view::Query,
};
use node::control::Request;
use protocol::{
    time::{DAY_MS, Day, UnixMs},
    vocabulary::{ResourceClass, Role},
};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(crate) enum DeputyVerb {
    /// List deputies, the newest first: for whom, with which roles, until when
    List,
    /// Name a deputy while you are away, with your own password. Where two must say yes, you and your deputy are one
    Name(Box<Name>),
    /// End it before its time: whoever named, the deputy, or an owner
    End {
        /// Its number
        number: u32,
        /// Who ends it
        #[arg(long = "as", value_name = "PERSON")]
        person: PersonId,
        /// Read the person's own password from the first line of this file instead of asking for it
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Name {
    /// Who decides meanwhile
    to: PersonId,
    /// Who is away
    #[arg(long = "as", value_name = "PERSON")]
    person: PersonId,
    /// First day (UTC), such as 2026-12-21
    #[arg(long, value_name = "DATE")]
    from: Day,
    /// Last day (UTC)
    #[arg(long, value_name = "DATE")]
    until: Day,
    /// With which of your roles; repeat it for several [default: all]
    #[arg(long = "role", value_delimiter = ',')]
    roles: Vec<Role>,
    /// Only for these kinds of resource; repeat it for several [default: all that you decide on]
    #[arg(long = "class", value_delimiter = ',')]
    scope: Vec<ResourceClass>,
    /// Read your own password from the first line of this file instead of asking for it
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

/// What takes a person's password.
enum Asked {
    Name(Handover),
    End(u32),
}

pub(crate) async fn deputy(place: &Place, verb: DeputyVerb, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let (asked, person, password_file) = match verb {
        DeputyVerb::List => {
            let items = door::view(place, Query::Deputies).await?;
            let columns = [
                ("NUMBER", "number"),
                ("DEPUTY", "to"),
                ("FOR", "by"),
                ("ROLES", "roles"),
                ("FROM", "from"),
                ("UNTIL", "until"),
                ("STATE", "state"),
            ];
            return printer.table("deputy", &items, &columns);
        }
        DeputyVerb::Name(name) => {
            let Name { to, person, from, until, roles, scope, password_file } = *name;
            let begin = |day: Day| UnixMs(u64::from(day.0) * DAY_MS);
            let span = Span { from: begin(from), until: begin(until.plus(1)) };
            let handover = Handover { to, roles, scope, limit: None, span };
            (Asked::Name(handover), person, password_file)
        }
        DeputyVerb::End { number, person, password_file } => (Asked::End(number), person, password_file),
    };
    let mut door = Door::open(place).await?;
    let password = secrets::password(password_file.as_deref(), person.as_str())?;
    let request = match asked {
        Asked::End(number) => Request::AskAs { person, password, command: Box::new(Command::EndDeputy(number)) },
        Asked::Name(handover) => Request::Deputise { person, password, handover },
    };
    let answer = door.answer(request).await;
    door.close().await?;
    printer.answer(answer?)
}
