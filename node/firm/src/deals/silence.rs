//! What becomes of a deal while nobody says anything in it (`STP-8`).
//!
//! ```text
//!   last word ──3, 7 days──▶ reminded ──14 days──▶ stale ──28 days──▶ lapsed, if it does not bind yet
//!       ▲                        │                   │
//!       └──── a word of either side: it goes on as if nothing had been ─┘
//! ```
//!
//! Nothing here ends a deal that binds, and nothing but the last of these leaves the node. Work that goes on as agreed is no
//! silence: from both STARTs on, days count from the last day of the work.

use super::state::step_of;
use super::{Deal, Way};
use crate::limits::STALE_DAYS;
use protocol::dialogue::{Message, Position, Step};
use protocol::id::RecordId;
use protocol::limits::DEAL_SILENCE_DAYS;
use protocol::noise::Sequence;
use protocol::time::{DAY_MS, UnixMs};

impl Deal {
    /// When it lapses if nobody says anything; never once it binds.
    pub fn lapses(&self) -> Option<UnixMs> {
        (self.is_open() && !self.is_binding()).then(|| after(self.touched, DEAL_SILENCE_DAYS))
    }

    /// From when on it is stale if nobody says anything.
    pub fn grows_stale(&self) -> Option<UnixMs> {
        self.is_open().then(|| after(self.quiet_since(), STALE_DAYS))
    }

    /// Whether it goes on, and nothing was said in it for a day.
    pub fn is_quiet(&self, now: UnixMs) -> bool {
        self.is_open() && after(self.quiet_since(), 1) <= now
    }

    /// Of these days of silence, the last that is over and of which nobody was told yet.
    pub fn reminder(&self, days: &[u32], now: UnixMs) -> Option<u32> {
        let told = self.reminded.map_or(0, |(_, days)| days);
        let over = days.iter().filter(|days| **days > told && after(self.quiet_since(), **days) <= now);
        over.max().copied()
    }

    /// Words of this side whose envelope lapsed while the other showed by nothing that it read them (`DLG-13`). The initiator's first
    /// words cannot leave under another holder key (`DLG-3`).
    pub fn unheard<'a>(&'a self, lapsed: &'a [RecordId]) -> impl Iterator<Item = Sequence> + 'a {
        let first = self.position == Position::Initiator;
        let gone = |way: &Way| matches!(way, Way::Enveloped(record) if lapsed.contains(record));
        let gone =
            self.outbox.iter().filter(move |out| self.is_open() && gone(&out.way)).map(|out| out.sealed.sequence);
        gone.filter(move |sequence| Some(*sequence) > self.read && !(first && *sequence == Sequence::HANDSHAKE))
    }

    /// Takes in what a message of the other side shows: it was in step, so what this side had to say before it was read, and all before
    /// that. A key shows that the whole lock was read as well.
    pub(super) fn shows_read(&mut self, plaintext: &[u8]) {
        let Ok(message) = Message::from_bytes(plaintext) else { return };
        let step = step_of(&message);
        let holds_up = |before: Step| {
            let waited_for = before < step && !matches!(before, Step::Talk | Step::Terms | Step::Work);
            waited_for || (before == Step::Reveal && matches!(message, Message::Key(_)))
        };
        let closes = matches!(message, Message::Close(_));
        let needed = self.outbox.iter().filter(|out| !closes && holds_up(out.step)).map(|out| out.sealed.sequence);
        self.read = self.read.max(needed.max());
    }

    fn quiet_since(&self) -> UnixMs {
        let works = self.logged == Some(Step::Start);
        let done = self.current_terms().filter(|_| works).map(|(terms, _)| terms.last.plus(1).start());
        done.map_or(self.touched, |done| done.max(self.touched))
    }
}

fn after(at: UnixMs, days: u32) -> UnixMs {
    at.plus(u64::from(days).saturating_mul(DAY_MS))
}
