//! How a firm's words leave, and whether its node carries others': the owner's choices, made at the node's computer.

use crate::{arguments::Place, door, failure::Failure, print::Printer};
use clap::Subcommand;
use firm::{command::Command, leaving::Choice};
use node::swarm::peer_of;
use protocol::id::PeerKey;

#[derive(Debug, Subcommand)]
pub(crate) enum PublishVerb {
    /// Over three other members' nodes, so that no neighbour sees where they come from
    Relays {
        /// Let one of these be the first, by its peer id, for example the node of a firm that you trust. May be given more than once
        #[arg(long = "first", value_name = "PEER")]
        first: Vec<String>,
    },
    /// Directly: every neighbour can see from which node a notice came first. For markets with fewer than four firms
    Directly {
        /// The owner wants it so, knowing that
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Clone, Copy, Debug, Subcommand)]
pub(crate) enum RelayVerb {
    /// Carry them (what a member's node does unless told otherwise)
    On,
    /// Carry none. Fewer members that carry is less to hide among for everybody
    Off,
}

pub(crate) async fn publish(place: &Place, verb: PublishVerb, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let choice = match verb {
        PublishVerb::Relays { first } => {
            let keys = first.iter().map(|text| {
                let key = peer_of(text).and_then(|peer| PeerKey::of_peer_id(&peer.0));
                key.ok_or_else(|| {
                    Failure::usage(&format!(
                        "{text:?} is not a node's peer id; `cosolvent status` shows it at that node"
                    ))
                })
            });
            Choice { direct: false, guards: keys.collect::<Result<_, _>>()? }
        }
        PublishVerb::Directly { yes: true } => Choice { direct: true, guards: Vec::new() },
        PublishVerb::Directly { yes: false } => {
            return Err(Failure::usage(
                "nothing was changed: published directly, every notice, message and log entry shows your neighbours from which node \
                 it came first, and so whose it is; if the owner wants that all the same, add --yes",
            ));
        }
    };
    printer.answer(door::ask(place, Command::Leave(choice)).await?)
}

pub(crate) async fn relay(place: &Place, verb: RelayVerb, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let serve = matches!(verb, RelayVerb::On);
    printer.answer(door::ask(place, Command::Relay { serve }).await?)
}
