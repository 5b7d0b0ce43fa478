//! The identity as it stands.

use super::Event;
use crate::command::ContactCard;
use alloc::{string::String, vec::Vec};
use protocol::admission::Welcome;
use protocol::firm_id::SignedInception;
use protocol::genesis::Genesis;
use protocol::id::{Blob, FirmId, NetworkId};
use protocol::text::Name;

/// Who the firm is.
#[derive(Clone, Debug, PartialEq)]
pub struct Founding {
    /// The signed first event.
    pub inception: SignedInception,
    /// Its hash.
    pub firm: FirmId,
    /// Legal name.
    pub legal_name: Name,
    /// How to reach it after a reveal.
    pub contact: ContactCard,
}

/// One sponsor's welcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Joined {
    /// What the sponsor answered.
    pub welcome: Welcome,
    /// Its transport identity.
    pub sponsor_peer: Blob,
}

/// Everything about who and where.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Identity {
    /// Once founded.
    pub founding: Option<Founding>,
    /// The network, once joined, with its id computed once.
    pub network: Option<(Genesis, NetworkId)>,
    /// Welcomes, newest last; one for each sponsor.
    pub joined: Vec<Joined>,
    /// Own transport identity.
    pub peer: Blob,
    /// Where this node can be reached.
    pub addresses: Vec<String>,
}

impl Identity {
    /// Takes in what happened.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Founded { inception, legal_name, contact } => {
                self.founding = Some(Founding {
                    firm: inception.body.firm(),
                    inception: inception.clone(),
                    legal_name: legal_name.clone(),
                    contact: contact.clone(),
                });
            }
            Event::Joined { welcome, sponsor_peer } => {
                let id = welcome.genesis.id();
                self.network = Some((welcome.genesis.clone(), id));
                let sponsor = welcome.membership.body.sponsor;
                self.joined.retain(|joined| joined.welcome.membership.body.sponsor != sponsor);
                self.joined.push(Joined { welcome: (**welcome).clone(), sponsor_peer: sponsor_peer.clone() });
            }
            Event::Listening { peer, addresses } => {
                self.peer = peer.clone();
                self.addresses = addresses.clone();
            }
        }
    }
}
