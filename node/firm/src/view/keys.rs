//! The firm's keys as people look at them.

use crate::Firm;
use crate::identity::{SheetKept, Validity};
use alloc::vec::Vec;
use protocol::admission::NotAdmitted;
use protocol::id::{Blob, DealId, FirmId, Hash, OperatingKey, PeerKey, PersonKey, RootKey};
use protocol::key_log::{Change, Fork, Signer};
use protocol::time::{Day, UnixMs};
use protocol::wire::encode;
use serde::Serialize;

/// The firm's key-event log, and what this node knows of others'.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeysView {
    /// The firm.
    pub firm: FirmId,
    /// Its root key.
    pub root: RootKey,
    /// Commitment to the next one.
    pub next_root: Hash,
    /// The operating key that the log named last.
    pub operating: Option<OperatingKey>,
    /// Its last day.
    pub operating_until: Option<Day>,
    /// How it stands with that key now.
    pub validity: Validity,
    /// Whether this node has the key that speaks for the firm today.
    pub speaks: bool,
    /// The operating key that was drawn here last, if the log does not name it.
    pub prepared: Option<OperatingKey>,
    /// Whether somebody has shown to hold the present recovery sheet, and when.
    pub sheet: Option<SheetKept>,
    /// The transport identity, which has nothing to do with the other keys.
    pub transport: TransportView,
    /// What happened, oldest first; the inception is number 0.
    pub events: Vec<KeyEventView>,
    /// How many more events the log takes.
    pub left: u32,
    /// Open deals in which the other side has not confirmed that it heard of the newest events.
    pub untold: Vec<DealId>,
    /// People who left here and for whom the log still stands: the operating key could not say it.
    pub unsaid: Vec<PersonKey>,
    /// Firms of which a key said two things, this one included.
    pub forks: Vec<ForkView>,
    /// The whole log as counterparts are shown it.
    pub log: Blob,
}

/// As whom this node connects to others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TransportView {
    /// The identity in force.
    pub peer: PeerKey,
    /// The one that takes its place, once everybody who must know it does (`ADM-5`).
    pub next: Option<NextView>,
    /// Why the sponsor does not admit the one that was drawn last, for each that does not.
    pub refused: Vec<NotAdmitted>,
}

/// A transport identity to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NextView {
    /// Its key.
    pub peer: PeerKey,
    /// When it was drawn.
    pub since: UnixMs,
    /// Sponsors that have not said yet whether they admit it.
    pub unasked: u32,
    /// Open deals in which the other side has not confirmed that it heard of it.
    pub untold: u32,
}

/// One event of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeyEventView {
    /// Its position.
    pub number: u32,
    /// When it was said.
    pub day: Day,
    /// What it did.
    pub did: &'static str,
    /// The operating key that it names or revokes.
    pub operating: Option<OperatingKey>,
    /// The person's key that it revokes.
    pub person: Option<PersonKey>,
    /// Last day of the key that it names.
    pub last: Option<Day>,
}

/// A key that said two things (`IDN-9`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ForkView {
    /// Of which firm.
    pub firm: FirmId,
    /// The number at which its logs part.
    pub number: u32,
    /// Which of its keys said both.
    pub by: KeyHolder,
}

/// Which key of a firm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyHolder {
    /// The operating key.
    Operating,
    /// The root key.
    Root,
    /// The root key that was committed to.
    NextRoot,
}

impl Firm {
    pub(super) fn keys_view(&self, now: UnixMs) -> Option<KeysView> {
        let founding = self.identity.founding.as_ref()?;
        let keys = &founding.keys;
        let named = |key: &OperatingKey| keys.operating.iter().any(|named| named.key == *key);
        let begun = &founding.log.inception.body;
        let inception = KeyEventView {
            number: 0,
            day: begun.day,
            did: "founded",
            operating: Some(begun.operating),
            person: None,
            last: Some(begun.operating_last),
        };
        let later = founding.log.events.iter().map(|event| {
            let (did, operating, person, last) = match event.body.change {
                Change::Rotate { operating, last, .. } => ("rotated", Some(operating), None, Some(last)),
                Change::Delegate { operating, last } => ("renewed", Some(operating), None, Some(last)),
                Change::RevokeOperating { operating, .. } => ("revoked-operating", Some(operating), None, None),
                Change::RevokePerson { person, .. } => ("revoked-person", None, Some(person), None),
            };
            KeyEventView { number: event.body.number, day: event.body.day, did, operating, person, last }
        });
        let today = keys.today(now).unwrap_or(keys.day);
        let stood_by = self.register.left().filter(|certificate| keys.person_ok(certificate, today));
        let untold = self.deals.all().filter(|deal| deal.hears_no_news(&founding.log));
        Some(KeysView {
            firm: founding.firm,
            root: keys.root,
            next_root: keys.next_root,
            operating: founding.newest().map(|(key, _)| key),
            operating_until: founding.operating_until(),
            validity: founding.operating_validity(now),
            speaks: founding.operating_at(now) == Some(self.operating()),
            prepared: self.identity.prepared.last().map(|(key, _)| *key).filter(|key| !named(key)),
            sheet: self.identity.sheet_kept(),
            transport: self.transport_view(now),
            events: core::iter::once(inception).chain(later).collect(),
            left: u32::try_from(keys.left()).unwrap_or(u32::MAX),
            untold: untold.map(|deal| deal.id).collect(),
            unsaid: stood_by.map(|certificate| certificate.body.person).collect(),
            forks: self.trust.forks.iter().map(shown).collect(),
            log: Blob(encode(&founding.log)),
        })
    }
}

impl Firm {
    /// As whom this node connects, and how far it has come with the next.
    pub(super) fn transport_view(&self, now: UnixMs) -> TransportView {
        let joined = || self.identity.joined.iter().filter(move |one| one.validity(now) != Validity::Lapsed);
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let next = self.identity.transport.next.as_ref().zip(self.identity.transport.next_peer());
        let next = next.map(|(next, peer)| {
            let as_told = Blob(peer.to_peer_id());
            NextView {
                peer,
                since: next.at,
                unasked: count(joined().filter(|one| one.rebound.is_none()).count()),
                untold: count(self.deals.all().filter(|deal| deal.reaches_another(&as_told)).count()),
            }
        });
        let refused = joined().filter_map(|one| one.rebound.as_ref()?.as_ref().err().copied());
        TransportView { peer: PeerKey::of(&self.transport()), next, refused: refused.collect() }
    }
}

fn shown(fork: &Fork) -> ForkView {
    let by = match fork.by {
        Signer::Operating(_) => KeyHolder::Operating,
        Signer::Root(_) => KeyHolder::Root,
        Signer::NextRoot(_) => KeyHolder::NextRoot,
    };
    ForkView { firm: fork.firm, number: fork.number, by }
}
