//! The identity as it stands.

use super::Event;
use crate::command::ContactCard;
use crate::delay::delay;
use alloc::{string::String, vec::Vec};
use protocol::admission::{NotAdmitted, Welcome};
use protocol::genesis::Genesis;
use protocol::id::{Blob, FirmId, NetworkId, OperatingKey};
use protocol::key_log::{KeyLog, KeyState};
use protocol::noise::Seed;
use protocol::text::Name;
use protocol::time::UnixMs;
use protocol::wire::encode;
use serde::Serialize;

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
    /// When the welcome was taken in.
    pub at: UnixMs,
    /// Why the sponsor does not renew it, if it said so.
    pub refused: Option<NotAdmitted>,
}

/// A membership or admission that ends within so many days is worth a word.
pub const LAPSES_SOON_DAYS: u64 = 14;
const DAY_MS: u64 = 86_400_000;

/// How it stands with what one sponsor signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Validity {
    /// It holds.
    Holds,
    /// It ends within [`LAPSES_SOON_DAYS`].
    LapsesSoon,
    /// It has ended.
    Lapsed,
}

impl Joined {
    /// The first moment at which admission or membership holds no more.
    pub fn ends(&self) -> UnixMs {
        self.welcome.admission.body.expires.min(self.welcome.membership.body.expires.plus(1).start())
    }

    /// How it stands now.
    pub fn validity(&self, now: UnixMs) -> Validity {
        let ends = self.ends();
        if ends <= now {
            Validity::Lapsed
        } else if ends <= now.plus(LAPSES_SOON_DAYS * DAY_MS) {
            Validity::LapsesSoon
        } else {
            Validity::Holds
        }
    }

    /// When this firm asks for renewal: in the first half of the last third, where exactly follows from its secret (`ADM-3`).
    pub fn renewal(&self, secret: &Seed) -> UnixMs {
        let third = self.ends().0.saturating_sub(self.at.0) / 3;
        let wait = delay(secret, "cosolvent/renewal/1", &encode(&self.welcome.admission), third / 2);
        self.ends().minus(third).plus(wait)
    }
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
    /// The sponsor that vouches for this firm for the longest.
    pub fn vouched(&self) -> Option<&Joined> {
        self.joined.iter().max_by_key(|one| one.welcome.membership.body.expires)
    }

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
            Event::Joined { welcome, sponsor_peer, at } => {
                let id = welcome.genesis.id();
                self.network = Some((welcome.genesis.clone(), id));
                let sponsor = welcome.membership.body.sponsor;
                self.joined.retain(|joined| joined.welcome.membership.body.sponsor != sponsor);
                let (welcome, sponsor_peer) = ((**welcome).clone(), sponsor_peer.clone());
                self.joined.push(Joined { welcome, sponsor_peer, at: *at, refused: None });
            }
            Event::NotRenewed { sponsor, why } => {
                let joined = self.joined.iter_mut().filter(|one| one.welcome.membership.body.sponsor == *sponsor);
                joined.for_each(|one| one.refused = Some(*why));
            }
            Event::Listening { peer, addresses } => {
                self.peer = peer.clone();
                self.addresses = addresses.clone();
            }
        }
    }
}
