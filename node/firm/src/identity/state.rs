//! The identity as it stands.

use super::{
    Event,
    transport::{Next, Transport, peer_key},
};
use crate::command::ContactCard;
use crate::delay::delay;
use alloc::{string::String, vec::Vec};
use ed25519_dalek::SigningKey;
use protocol::admission::{Admission, NotAdmitted, Welcome};
use protocol::genesis::Genesis;
use protocol::id::{Blob, FirmId, NetworkId, OperatingKey, SponsorKey};
use protocol::key_log::{KeyLog, KeyState};
use protocol::noise::Seed;
use protocol::sign::Signed;
use protocol::text::Name;
use protocol::time::{DAY_MS, Day, UnixMs};
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
    /// What the sponsor said of the transport identity that was drawn, if it was asked (`ADM-5`).
    pub rebound: Option<Result<Signed<Admission>, NotAdmitted>>,
}

/// That somebody showed to hold the recovery sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SheetKept {
    /// Number of the newest rotation then: a later one makes the sheet worthless.
    pub rotated: u32,
    /// When.
    pub day: Day,
}

/// An operating key that ends within so many days is worth a word: somebody must fetch a sheet from a safe.
pub const OPERATING_ENDS_SOON_DAYS: u32 = 60;
/// A membership or admission that ends within so many days is worth a word.
pub const LAPSES_SOON_DAYS: u64 = 14;

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
    /// Operating keys that were drawn here, oldest first, whether or not the log names them.
    pub prepared: Vec<(OperatingKey, Seed)>,
    /// The newest word that the recovery sheet is held.
    pub sheet: Option<SheetKept>,
    /// The network, once joined, with its id computed once.
    pub network: Option<(Genesis, NetworkId)>,
    /// Welcomes, newest last; one for each sponsor.
    pub joined: Vec<Joined>,
    /// The transport identity's secrets: the present one, the next, and what is known of the one before.
    pub transport: Transport,
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

    /// The key that the log named last, and the first day on which it does not hold any more.
    pub fn newest(&self) -> Option<(OperatingKey, Day)> {
        self.keys.operating.last().map(|named| (named.key, named.ends))
    }

    /// The last day of that key.
    pub fn operating_until(&self) -> Option<Day> {
        self.newest().map(|(_, ends)| Day(ends.0.saturating_sub(1)))
    }

    /// How it stands with the operating key now.
    pub fn operating_validity(&self, now: UnixMs) -> Validity {
        let (today, ends) = (now.day(), self.newest().map_or(Day(0), |(_, ends)| ends));
        if self.operating_at(now).is_none() {
            Validity::Lapsed
        } else if ends <= today.plus(OPERATING_ENDS_SOON_DAYS) {
            Validity::LapsesSoon
        } else {
            Validity::Holds
        }
    }
}

impl Identity {
    /// The sponsor that vouches for this firm for the longest.
    pub fn vouched(&self) -> Option<&Joined> {
        self.joined.iter().max_by_key(|one| one.welcome.membership.body.expires)
    }

    /// An operating key that was drawn here.
    pub fn prepared(&self, key: &OperatingKey) -> Option<&Seed> {
        self.prepared.iter().find(|(of, _)| of == key).map(|(_, seed)| seed)
    }

    /// Whether somebody holds the recovery sheet with the root keys of the present log, and since when that is known.
    pub fn sheet_kept(&self) -> Option<SheetKept> {
        let rotated = self.founding.as_ref()?.keys.rotated;
        self.sheet.filter(|kept| kept.rotated == rotated)
    }

    /// Takes in what happened.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Founded { inception, legal_name, contact } => {
                self.begin(KeyLog::new(inception.clone()), legal_name, contact);
            }
            Event::Recovered { log, legal_name, contact } => self.begin((**log).clone(), legal_name, contact),
            Event::Prepared { seed } => {
                let key = OperatingKey::of(&SigningKey::from_bytes(&seed.0));
                self.prepared.push((key, seed.clone()));
            }
            Event::SheetKept { rotated, day } => self.sheet = Some(SheetKept { rotated: *rotated, day: *day }),
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
                self.joined.push(Joined { welcome, sponsor_peer, at: *at, refused: None, rebound: None });
            }
            Event::NotRenewed { sponsor, why } => {
                let joined = self.joined.iter_mut().filter(|one| one.welcome.membership.body.sponsor == *sponsor);
                joined.for_each(|one| one.refused = Some(*why));
            }
            Event::TransportDrawn { seed, at } => {
                self.transport.next = Some(Next { seed: seed.clone(), at: *at });
                self.joined.iter_mut().for_each(|one| one.rebound = None);
            }
            Event::Rebound { admission } => self.rebind(admission.body.sponsor, Ok((**admission).clone())),
            Event::NotRebound { sponsor, why } => self.rebind(*sponsor, Err(*why)),
            Event::TransportKept => self.transport.next = None,
            Event::TransportMoved { predecessor, at } => {
                let Some(Next { seed, .. }) = self.transport.next.take() else { return };
                self.peer = Blob(peer_key(&seed).to_peer_id());
                self.transport.present = Some(seed);
                self.transport.past = Some((*predecessor, at.week()));
                for one in &mut self.joined {
                    if let Some(Ok(admission)) = one.rebound.take() {
                        one.welcome.admission = admission;
                    }
                }
            }
            Event::Listening { peer, addresses } => {
                self.peer = peer.clone();
                self.addresses = addresses.clone();
            }
        }
    }

    fn rebind(&mut self, sponsor: SponsorKey, said: Result<Signed<Admission>, NotAdmitted>) {
        let of = self.joined.iter_mut().find(|one| one.welcome.membership.body.sponsor == sponsor);
        of.into_iter().for_each(|one| one.rebound = Some(said.clone()));
    }

    fn begin(&mut self, log: KeyLog, legal_name: &Name, contact: &ContactCard) {
        // It was judged before it became a record.
        let Ok(keys) = log.verify() else { return };
        let (legal_name, contact) = (legal_name.clone(), contact.clone());
        self.founding = Some(Founding { firm: keys.firm, log, keys, legal_name, contact });
    }
}
