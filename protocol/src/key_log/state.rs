//! What a log says, built up event by event.

use super::{Change, KeyEvent, SignedKeyEvent};
use crate::firm_id::{Inception, SignedInception, SignedPerson};
use crate::id::{FirmId, Hash, OperatingKey, PersonKey, RootKey};
use crate::limits::{CLOCK_SKEW_MS_MAX, KEY_EVENTS_MAX, KEY_EVENTS_OPERATING_MAX, OPERATING_KEY_DAYS_MAX};
use crate::time::{Day, UnixMs};
use alloc::{collections::BTreeMap, vec::Vec};

/// The first event of a log that does not hold, and everything after it with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("event {number} of the key log does not hold: {why}")]
pub struct BadLog {
    /// Which; 0 is the inception.
    pub number: u32,
    /// Why.
    pub why: BadEvent,
}

/// Why an event does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadEvent {
    /// The log is full (`IDN-3`).
    #[error("a log has at most {KEY_EVENTS_MAX} events")]
    TooMany,
    /// Another firm's (`IDN-3`).
    #[error("it is another firm's")]
    OtherFirm,
    /// A gap or a repetition (`IDN-3`).
    #[error("its number does not follow")]
    Number,
    /// It follows another event (`IDN-3`).
    #[error("it follows another event than the one before it")]
    Previous,
    /// It is dated before the event that it follows (`IDN-3`).
    #[error("it is dated before the event that it follows")]
    Earlier,
    /// The new root key is not the one committed to, or is the present one (`IDN-4`).
    #[error("its root key is not the one to which the firm committed")]
    NotCommitted,
    /// The operating key was named before (`IDN-5`).
    #[error("its operating key was named before; a new one is needed each time")]
    KeyAgain,
    /// The operating key's last day (`IDN-5`).
    #[error("its operating key would hold for no day, or for more than {OPERATING_KEY_DAYS_MAX}")]
    Days,
    /// Nothing to revoke: never named, or revoked as of that day or an earlier one (`IDN-6`).
    #[error("it revokes a key that was never named, or that does not hold from that day on anyway")]
    NothingToRevoke,
    /// A revocation from a later day than its own (`IDN-6`).
    #[error("it revokes from a later day on than its own")]
    RevokesLater,
    /// Not signed by a key that may say this (`IDN-1`, `IDN-4` to `IDN-6`).
    #[error("it is not signed by a key that may say this")]
    Signature,
}

/// Who signed an event, from the lowest to the highest key (`IDN-8`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signer {
    /// The operating key of the day.
    Operating(OperatingKey),
    /// The root key.
    Root(RootKey),
    /// The root key that was committed to.
    NextRoot(RootKey),
}

/// An operating key and the days on which it speaks for the firm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operating {
    /// The key.
    pub key: OperatingKey,
    /// Its first day.
    pub first: Day,
    /// The first day on which it does not hold any more; before `first` when it was revoked for all of its days.
    pub ends: Day,
}

/// What a verified log says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyState {
    /// The firm.
    pub firm: FirmId,
    /// Its root key.
    pub root: RootKey,
    /// Commitment to the next root key.
    pub next_root: Hash,
    /// Commitment to the first position in the trust log.
    pub position: Hash,
    /// Every operating key so far, oldest first, each cut short by its revocation; the last is the current one.
    pub operating: Vec<Operating>,
    /// People's keys that do not hold any more, each with the first day on which it does not.
    pub revoked: BTreeMap<PersonKey, Day>,
    /// Number of the newest event; 0 is the inception.
    pub number: u32,
    /// Hash of the newest event.
    pub head: Hash,
    /// Day of the newest event.
    pub day: Day,
    /// Number of the newest event that a committed root key signed: the last rotation, or the inception.
    pub rotated: u32,
    /// Number of the newest event that a root key signed, committed or present.
    pub by_root: u32,
}

impl KeyState {
    /// The state after an inception that its own root key signed (`IDN-1`).
    pub fn founded(inception: &SignedInception) -> Result<KeyState, BadEvent> {
        let firm = inception.founds().map_err(|_| BadEvent::Signature)?;
        let Inception { root, operating, next_root, position, day, operating_last } = inception.body;
        let mut state = KeyState {
            firm,
            root,
            next_root,
            position,
            operating: Vec::new(),
            revoked: BTreeMap::new(),
            number: 0,
            head: Hash(firm.0),
            day,
            rotated: 0,
            by_root: 0,
        };
        state.name(operating, operating_last)?;
        Ok(state)
    }

    /// The state after one more event, and who signed it (`IDN-3` to `IDN-6`).
    pub fn after(&self, event: &SignedKeyEvent) -> Result<(KeyState, Signer), BadEvent> {
        let KeyEvent { firm, number, previous, day, ref change } = event.body;
        if self.left() == 0 {
            return Err(BadEvent::TooMany);
        }
        if firm != self.firm {
            return Err(BadEvent::OtherFirm);
        }
        if number != self.number.saturating_add(1) {
            return Err(BadEvent::Number);
        }
        if previous != self.head {
            return Err(BadEvent::Previous);
        }
        if day < self.day {
            return Err(BadEvent::Earlier);
        }
        let mut state = KeyState { number, head: event.body.hash(), day, ..self.clone() };
        state.change(change)?;
        let signer = self.signer_of(event).ok_or(BadEvent::Signature)?;
        if !matches!(signer, Signer::Operating(_)) {
            state.by_root = number;
        }
        Ok((state, signer))
    }

    /// The operating key that speaks for the firm on a day: the last one that was named by then, if it still holds.
    pub fn operating_at(&self, day: Day) -> Option<OperatingKey> {
        let newest = self.operating.iter().rev().find(|named| named.first <= day)?;
        (day < newest.ends).then_some(newest.key)
    }

    /// Whether the firm stands by this certificate on a day: its operating key of that day signed it, it has not run out, and
    /// the person's key is not revoked (`IDN-10`).
    pub fn person_ok(&self, certificate: &SignedPerson, day: Day) -> bool {
        let body = &certificate.body;
        body.firm == self.firm
            && body.well_formed()
            && day <= body.expires
            && !self.is_revoked(&body.person, day)
            && self.operating_at(day).is_some_and(|key| certificate.verify(&key).is_ok())
    }

    /// Whether a person's key is revoked on a day.
    pub fn is_revoked(&self, person: &PersonKey, day: Day) -> bool {
        self.revoked.get(person).is_some_and(|from| *from <= day)
    }

    /// The day on which a reader judges this log: its own, or that of the newest event when clocks differ a little around
    /// midnight. `None` when the newest event is dated further ahead than clocks may differ (`IDN-10`).
    pub fn today(&self, now: UnixMs) -> Option<Day> {
        (self.day.start() <= now.plus(CLOCK_SKEW_MS_MAX)).then(|| now.day().max(self.day))
    }

    /// How many events the log still takes.
    pub fn left(&self) -> usize {
        KEY_EVENTS_MAX.saturating_sub(usize::try_from(self.number).unwrap_or(usize::MAX))
    }

    fn change(&mut self, change: &Change) -> Result<(), BadEvent> {
        match *change {
            Change::Rotate { root, next_root, operating, last } => {
                if Inception::commit_next(&root) != self.next_root || root == self.root {
                    return Err(BadEvent::NotCommitted);
                }
                (self.root, self.next_root, self.rotated) = (root, next_root, self.number);
                self.name(operating, last)
            }
            Change::Delegate { operating, last } => self.name(operating, last),
            Change::RevokeOperating { operating, from } => {
                self.not_later(from)?;
                let named = self.operating.iter_mut().find(|named| named.key == operating);
                named.filter(|named| from < named.ends).ok_or(BadEvent::NothingToRevoke)?.ends = from;
                Ok(())
            }
            Change::RevokePerson { person, from } => {
                self.not_later(from)?;
                if self.is_revoked(&person, from) {
                    return Err(BadEvent::NothingToRevoke);
                }
                self.revoked.insert(person, from);
                Ok(())
            }
        }
    }

    /// A new operating key takes over today (`IDN-5`).
    fn name(&mut self, key: OperatingKey, last: Day) -> Result<(), BadEvent> {
        if self.operating.iter().any(|named| named.key == key) {
            return Err(BadEvent::KeyAgain);
        }
        if last < self.day || last > self.day.plus(OPERATING_KEY_DAYS_MAX - 1) {
            return Err(BadEvent::Days);
        }
        self.operating.push(Operating { key, first: self.day, ends: last.plus(1) });
        Ok(())
    }

    fn not_later(&self, from: Day) -> Result<(), BadEvent> {
        if from <= self.day { Ok(()) } else { Err(BadEvent::RevokesLater) }
    }

    /// Who signed an event that follows this state, if somebody who may (`IDN-4` to `IDN-6`).
    fn signer_of(&self, event: &SignedKeyEvent) -> Option<Signer> {
        if let Change::Rotate { root, .. } = &event.body.change {
            return event.verify(root).ok().map(|_| Signer::NextRoot(*root));
        }
        if event.verify(&self.root).is_ok() {
            return Some(Signer::Root(self.root));
        }
        let key = self.operating_at(event.body.day)?;
        let its_half = self.left() > KEY_EVENTS_MAX - KEY_EVENTS_OPERATING_MAX;
        let revokes_person = matches!(event.body.change, Change::RevokePerson { .. });
        let may = its_half && revokes_person && event.verify(&key).is_ok();
        may.then_some(Signer::Operating(key))
    }
}
