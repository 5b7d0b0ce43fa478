//! One turn of the machine: the only place where state changes and effects are collected.

use super::{Note, Sponsor};
use crate::record::{Event, Record};
use alloc::string::String;
use machine::{AfterCommit, AtOnce, Effects, Machine, Now, Peer};
use protocol::parcel::Parcel;
use protocol::time::UnixMs;

/// A sponsor while it handles one input.
pub(super) struct Turn<'a> {
    pub(super) sponsor: &'a mut Sponsor,
    pub(super) now: Now,
    pub(super) effects: Effects<Sponsor>,
}

impl Turn<'_> {
    pub(super) fn at(&self) -> UnixMs {
        UnixMs(self.now.wall.0)
    }

    /// Applies an event and keeps it for the journal (`MCH-1`).
    pub(super) fn record(&mut self, event: Event) {
        let record = Record::new(event);
        self.sponsor.apply(&record);
        self.effects.records.push(record);
    }

    pub(super) fn send(&mut self, to: &Peer, parcel: &Parcel) -> machine::Parcel {
        self.sponsor.run.next_parcel += 1;
        let name = machine::Parcel(self.sponsor.run.next_parcel);
        let send = AfterCommit::Send { to: to.clone(), parcel: name, bytes: parcel.to_bytes() };
        self.effects.after_commit.push(send);
        name
    }

    pub(super) fn refuse(&mut self, from: &Peer, why: String) {
        self.effects.at_once.push(AtOnce::Note(Note::Refused { from: from.clone(), why }));
    }

    /// Counts against a neighbour what no honest node says, and hangs up on it when that is too much (`SYN-17`).
    pub(super) fn blame(&mut self, neighbour: &Peer, why: String) {
        self.refuse(neighbour, why);
        if self.sponsor.run.faults.count(neighbour) {
            self.effects.at_once.push(AtOnce::HangUp(neighbour.clone()));
        }
    }

    /// Sets the alarm, if it is another one than before.
    pub(super) fn finish(mut self) -> Effects<Sponsor> {
        let run = &mut self.sponsor.run;
        if run.alarm != Some(run.next_tick) {
            run.alarm = Some(run.next_tick);
            self.effects.at_once.push(AtOnce::WakeAt(run.next_tick));
        }
        self.effects
    }
}
