//! How a firm's words leave, and whether its node carries others': the owner's choices, made at the node's computer.

use crate::{
    arguments::{Place, PublishVerb, RelayVerb},
    door,
    failure::Failure,
    print::Printer,
};
use firm::{command::Command, leaving::Choice};
use node::swarm::peer_of;
use protocol::id::PeerKey;

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
