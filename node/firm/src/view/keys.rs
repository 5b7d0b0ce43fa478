//! The firm's keys as people look at them.

use crate::Firm;
use crate::identity::{SheetKept, Validity};
use alloc::vec::Vec;
use protocol::id::{Blob, DealId, FirmId, Hash, OperatingKey, PersonKey, RootKey};
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
            events: core::iter::once(inception).chain(later).collect(),
            left: u32::try_from(keys.left()).unwrap_or(u32::MAX),
            untold: untold.map(|deal| deal.id).collect(),
            unsaid: stood_by.map(|certificate| certificate.body.person).collect(),
            forks: self.trust.forks.iter().map(shown).collect(),
            log: Blob(encode(&founding.log)),
        })
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
