//! The identity as it stands.

use super::Event;
use crate::command::ContactCard;
use alloc::{string::String, vec::Vec};
use protocol::admission::Welcome;
use protocol::genesis::Genesis;
use protocol::id::{Blob, FirmId, NetworkId, OperatingKey};
use protocol::key_log::{KeyLog, KeyState};
use protocol::text::Name;
use protocol::time::UnixMs;

/// Who the firm is.
#[derive(Clone, Debug, PartialEq)]
pub struct Founding {
    /// The key-event log, as told to counterparts.
    pub log: KeyLog,
    /// What it says.
    pub keys: KeyState,
    /// The hash of its inception.
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

impl Founding {
    /// The operating key that speaks for the firm at a moment.
    pub fn operating_at(&self, now: UnixMs) -> Option<OperatingKey> {
        self.keys.operating_at(self.keys.today(now)?)
    }
}

impl Identity {
    /// Takes in what happened.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Founded { inception, legal_name, contact } => {
                let log = KeyLog::new(inception.clone());
                // It was judged before it became a record.
                let Ok(keys) = log.verify() else { return };
                let (legal_name, contact) = (legal_name.clone(), contact.clone());
                self.founding = Some(Founding { firm: keys.firm, log, keys, legal_name, contact });
            }
            Event::KeysChanged { events } => {
                if let Some(founding) = &mut self.founding
                    && let Some(log) = founding.log.with(events)
                    && let Ok(keys) = log.verify()
                {
                    (founding.log, founding.keys) = (log, keys);
                }
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
