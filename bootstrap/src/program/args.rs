//! What can be typed.

use clap::{Args as Group, Parser, Subcommand, ValueEnum};
use protocol::{
    genesis::{Founder, NetworkKind, Pace, PassScheme},
    text::Name,
};
use std::path::PathBuf;

/// Convenes a Cosolvent market: founds networks, invites firms, vouches for them, and is a place to meet.
#[derive(Parser)]
#[command(name = "cosolvent-sponsor", version)]
pub(super) struct Args {
    /// Answers as JSON, errors too.
    #[arg(long, global = true)]
    pub(super) json: bool,
    #[command(subcommand)]
    pub(super) verb: Verb,
}

/// In the order in which a new sponsor uses them.
#[derive(Subcommand)]
pub(super) enum Verb {
    /// 1. Make this sponsor's keys, and print what the other sponsors need to know (again, if there are keys).
    Key(Key),
    /// 2. Make the genesis of a network, once, by one of its sponsors.
    Genesis(Genesis),
    /// 3. Join this sponsor to the network of a genesis file, with a charter.
    Init(Init),
    /// 4. Run the sponsor's node.
    Run(Premises),
    /// Make invitations, each one line to give to one firm.
    Invite(Invite),
    /// End a membership: no more passes and no renewal.
    Dismiss(Dismiss),
    /// The register of members.
    Members(Premises),
    /// Invitations and what became of them, without their texts.
    Invitations(Premises),
    /// How many passes were issued, by week and purpose.
    Passes(Premises),
    /// The sponsor at a glance.
    Status(Premises),
}

/// Where the sponsor's data is, and how its keys open.
#[derive(Group)]
pub(super) struct Premises {
    /// The data folder.
    #[arg(long, value_name = "FOLDER")]
    pub(super) data: PathBuf,
    /// A file with the node passphrase, readable by the service user only. Without it the terminal asks.
    #[arg(long, value_name = "FILE")]
    pub(super) passphrase_file: Option<PathBuf>,
}

#[derive(Group)]
pub(super) struct Key {
    #[command(flatten)]
    pub(super) premises: Premises,
    /// Where to listen, like /ip4/0.0.0.0/tcp/4471. May be given more than once.
    #[arg(long, value_name = "ADDRESS")]
    pub(super) listen: Vec<String>,
    /// How firms reach this node from outside, like /ip4/203.0.113.7/tcp/4471. May be given more than once.
    #[arg(long, value_name = "ADDRESS")]
    pub(super) announce: Vec<String>,
}

#[derive(Group)]
pub(super) struct Genesis {
    /// What people call the network.
    #[arg(long, value_name = "NAME", value_parser = Name::new)]
    pub(super) network: Name,
    /// What it is for.
    #[arg(long, value_enum)]
    pub(super) kind: Kind,
    /// How passes are made: `blind`, so that no sponsor can tell whose they are, or `plain`, where the one that issued them could.
    #[arg(long, value_enum, default_value = "plain")]
    pub(super) passes: Passes,
    /// How records leave: `relays`, over three other members so that nobody sees who said something first (at least four firms must be
    /// members before anything can leave, and each word takes minutes), or `directly`, where neighbours see it.
    #[arg(long, value_enum, default_value = "directly")]
    pub(super) publish: Publish,
    /// A founding sponsor, as `key` prints it: KEY=NAME. Once for each.
    #[arg(long = "founder", value_name = "KEY=NAME", required = true, value_parser = founder)]
    pub(super) founders: Vec<Founder>,
    /// The file to write. Without it the genesis is printed.
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
}

#[derive(Group)]
pub(super) struct Init {
    #[command(flatten)]
    pub(super) premises: Premises,
    /// The genesis file that the founders share.
    #[arg(long, value_name = "FILE")]
    pub(super) genesis: PathBuf,
    /// The charter: a TOML file, see SPONSORING.md.
    #[arg(long, value_name = "FILE")]
    pub(super) charter: PathBuf,
    /// Another sponsor's node, as its `key` prints it. May be given more than once.
    #[arg(long = "other", value_name = "ADDRESS")]
    pub(super) others: Vec<String>,
}

#[derive(Group)]
pub(super) struct Invite {
    #[command(flatten)]
    pub(super) premises: Premises,
    /// The invitations lapse in so many days.
    #[arg(long, default_value_t = 14)]
    pub(super) days: u32,
    /// How many, each for one firm.
    #[arg(long, default_value_t = 1)]
    pub(super) count: u32,
}

#[derive(Group)]
pub(super) struct Dismiss {
    #[command(flatten)]
    pub(super) premises: Premises,
    /// The member's number, as `members` prints it.
    #[arg(value_name = "NUMBER")]
    pub(super) member: u32,
}

/// Simulated networks live in the simulator only.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Kind {
    /// Firms do business in it.
    Real,
    /// Played with fictional firms.
    Demonstration,
}

impl From<Kind> for NetworkKind {
    fn from(kind: Kind) -> NetworkKind {
        match kind {
            Kind::Real => NetworkKind::Real,
            Kind::Demonstration => NetworkKind::Demonstration,
        }
    }
}

fn founder(text: &str) -> Result<Founder, String> {
    let (key, name) = text.split_once('=').ok_or("write it as KEY=NAME, as the sponsor's `key` prints it")?;
    let key = key.parse().map_err(|error: protocol::id::NotAnId| error.to_string())?;
    Ok(Founder { key, name: Name::new(name).map_err(|error| error.to_string())? })
}

/// How records leave.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Publish {
    /// In cells over three relays, at the pace for which there are figures.
    Relays,
    /// By gossip of their author.
    Directly,
}

impl From<Publish> for Option<Pace> {
    fn from(publish: Publish) -> Option<Pace> {
        match publish {
            Publish::Relays => Some(Pace::REAL),
            Publish::Directly => None,
        }
    }
}

/// How passes are made.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Passes {
    /// The sponsor signs in the clear (scheme 0).
    Plain,
    /// The sponsor signs what it cannot see (scheme 1).
    Blind,
}

impl From<Passes> for PassScheme {
    fn from(passes: Passes) -> PassScheme {
        match passes {
            Passes::Plain => PassScheme::Plain,
            Passes::Blind => PassScheme::Blind,
        }
    }
}
