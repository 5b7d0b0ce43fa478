//! Dockets: what was done under signed terms, as one side writes it down and the other countersigns.
//!
//! - `DKT-1` A docket is one side's word about the work under the signed terms: time on one of their lines, a thing that
//!   changes hands, a document. Its number is this side's own and used once; a number that is missing was never said.
//! - `DKT-2` It counts when the other side has countersigned its hash, by the decision of a person whom its firm certified. Silence
//!   countersigns nothing. A side that does not agree says so once; then the docket never counts, and another may take its place.
//! - `DKT-3` The side that offers writes down time. What it has written on a line, contested dockets apart, is never more than the
//!   terms have agreed on.
//! - `DKT-4` Work is not written down for a day that has not begun.
//!
//! ```text
//!   writer ── docket 3: "4 h on line 1, on Tuesday" ──────────▶ reader      open
//!   writer ◀─────────────────────── countersigned / contested ── reader      counts / never counts
//! ```

use crate::decision::{Decision, bytes_hash};
use crate::firm_id::SignedPerson;
use crate::id::{DealId, Hash, NetworkId};
use crate::key_log::KeyState;
use crate::limits::{DOCKETS_MAX, SESSION_MINUTES_MAX};
use crate::terms::{Said, Terms};
use crate::text::TermsText;
use crate::time::{Day, UnixMs};
use crate::vocabulary::Role;
use crate::wire::wire_types;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Time that somebody worked on one line of terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Session {
    /// Which line, counted from 0; one that is paid by the hour.
    #[n(0)]
    pub line: u8,
    /// On which day.
    #[n(1)]
    pub day: Day,
    /// How long, in minutes: 1 to 1,440.
    #[n(2)]
    pub minutes: u32,
    /// On what.
    #[n(3)]
    pub note: Option<TermsText>,
}

/// Something that changes hands: blanks, samples, gauges, finished parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Handover {
    /// What, and in which state.
    #[n(0)]
    pub what: TermsText,
    /// How many, from 1.
    #[n(1)]
    pub count: u32,
    /// On which day.
    #[n(2)]
    pub day: Day,
    /// Whether the writer gives it to the other; otherwise the writer got it from there.
    #[n(3)]
    pub given: bool,
}

/// A document that both sides hold: a test report, a certificate of insurance, a witness's record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Evidence {
    /// What it is.
    #[n(0)]
    pub what: TermsText,
    /// SHA-256 of its bytes.
    #[n(1)]
    pub sha256: Hash,
    /// Its day.
    #[n(2)]
    pub day: Day,
}

/// What a docket is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[serde(rename_all = "kebab-case")]
pub enum Work {
    /// Time on a line.
    #[n(0)]
    Session(#[n(0)] Session),
    /// A thing.
    #[n(1)]
    Handover(#[n(0)] Handover),
    /// A document.
    #[n(2)]
    Evidence(#[n(0)] Evidence),
}

/// One docket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Docket {
    /// Of which deal.
    #[n(0)]
    pub deal: DealId,
    /// Under which terms.
    #[n(1)]
    pub terms: Hash,
    /// This side's own number: 1 to 64.
    #[n(2)]
    pub number: u32,
    /// What was done.
    #[n(3)]
    pub work: Work,
}

/// "So it was": what a person approves by countersigning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Countersignature {
    /// Of which deal.
    #[n(0)]
    pub deal: DealId,
    /// Of the other side's docket.
    #[n(1)]
    pub docket: Hash,
}

/// A docket with the decision of a person of the firm that writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct WitnessedDocket {
    /// What is said.
    #[n(0)]
    pub docket: Docket,
    /// The person's decision over its bytes.
    #[n(1)]
    pub decision: Decision,
    /// The firm's certificate for that person.
    #[n(2)]
    pub certificate: SignedPerson,
}

/// A countersignature with the decision of a person of the firm that reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct WitnessedCountersignature {
    /// What is countersigned.
    #[n(0)]
    pub countersignature: Countersignature,
    /// The person's decision over its bytes.
    #[n(1)]
    pub decision: Decision,
    /// The firm's certificate for that person.
    #[n(2)]
    pub certificate: SignedPerson,
}
wire_types!(Session, Handover, Evidence, Work, Docket, Countersignature, WitnessedDocket, WitnessedCountersignature);

/// Roles whose word about the work the other side takes (`DKT-2`): who does it, and who answers for it.
pub const SAID_BY: &[Role] = &[Role::Executor, Role::Expert, Role::Approver, Role::Owner, Role::Signer];

/// Why work cannot be written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum BadWork {
    /// No such line, or one that is not paid by the hour.
    #[error("line: the signed terms have no line of hours with this number; their lines are counted from 1")]
    Line,
    /// No time, or more than a day has.
    #[error("hours: a session is from 1 minute to 24 hours; write longer work as one session for each day")]
    Minutes,
    /// `DKT-3`.
    #[error(
        "hours: {left} minutes are left on this line of the terms; write at most that, what goes beyond needs terms of its own"
    )]
    Beyond {
        /// Minutes.
        left: u32,
    },
    /// None.
    #[error("count: write how many change hands, from 1")]
    Count,
    /// `DKT-4`.
    #[error("day: this day has not begun; write down what was done on it when it was done")]
    Day,
    /// `DKT-3`.
    #[error("hours: the side that does the work writes its hours down; countersign or contest what it wrote")]
    OtherSide,
    /// `DKT-1`.
    #[error(
        "{DOCKETS_MAX} dockets are written down already, which is as many as one side of a deal may; go on by its outcome"
    )]
    TooMany,
}

impl Work {
    /// On which day.
    pub fn day(&self) -> Day {
        match self {
            Work::Session(session) => session.day,
            Work::Handover(handover) => handover.day,
            Work::Evidence(evidence) => evidence.day,
        }
    }

    /// How long it says that was worked on a line, in minutes.
    pub fn minutes_on(&self, line: u8) -> u32 {
        match self {
            Work::Session(session) if session.line == line => session.minutes,
            _ => 0,
        }
    }

    /// Judges it against signed terms (`DKT-3`, `DKT-4`). `written` says how many minutes stand on a line already.
    pub fn check(&self, terms: &Terms, today: Day, written: impl Fn(u8) -> u32) -> Result<(), BadWork> {
        match self {
            Work::Session(session) => {
                let line = terms.lines.get(usize::from(session.line)).filter(|line| line.lot.is_none());
                let agreed = line.ok_or(BadWork::Line)?.minutes;
                if !(1..=SESSION_MINUTES_MAX).contains(&session.minutes) {
                    return Err(BadWork::Minutes);
                }
                let left = agreed.saturating_sub(written(session.line));
                if session.minutes > left {
                    return Err(BadWork::Beyond { left });
                }
            }
            Work::Handover(handover) if handover.count == 0 => return Err(BadWork::Count),
            Work::Handover(_) | Work::Evidence(_) => {}
        }
        // One more day: it may be tomorrow already where the other side works.
        if self.day() <= today.plus(1) { Ok(()) } else { Err(BadWork::Day) }
    }
}

impl Docket {
    /// Names it (`DKT-2`).
    pub fn hash(&self) -> Hash {
        Hash::of("cosolvent/docket/1", self)
    }
}

impl WitnessedDocket {
    /// Whether the firm whose keys these are says it; judged as an act on terms is (`TRM-2`).
    pub fn verify(&self, network: NetworkId, keys: &KeyState, now: UnixMs) -> bool {
        said(network, bytes_hash(&self.docket)).holds(&self.decision, &self.certificate, keys, now)
    }
}

impl WitnessedCountersignature {
    /// Whether the firm whose keys these are says it; judged as an act on terms is (`TRM-2`).
    pub fn verify(&self, network: NetworkId, keys: &KeyState, now: UnixMs) -> bool {
        said(network, bytes_hash(&self.countersignature)).holds(&self.decision, &self.certificate, keys, now)
    }
}

fn said(network: NetworkId, bytes: Hash) -> Said<'static> {
    Said { network, bytes, roles: SAID_BY, amount: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::{Currency, Money};
    use crate::terms::{Line, Lot};
    use crate::vocabulary::{Instrument, Unit};
    use alloc::vec;

    fn terms() -> Terms {
        let cad = |minor| Money { minor, currency: Currency::Cad };
        let text = |text: &str| TermsText::new(text).unwrap();
        let lines = vec![
            Line::hourly(text("Milling"), 600, cad(24_000)),
            Line::lot(text("Fixture"), Lot { count: 1, unit: Unit::Whole, each: cad(50_000) }),
        ];
        let total = crate::terms::sum(&lines).unwrap();
        let (first, last) = (Day(20_000), Day(20_040));
        let instrument = Instrument::CapacityRental;
        Terms {
            deal: DealId([1; 16]),
            number: 1,
            instrument,
            lines,
            total,
            first,
            last,
            clauses: vec![],
            provisions: vec![],
            fulfilments: vec![],
        }
    }

    fn session(line: u8, day: u32, minutes: u32) -> Work {
        Work::Session(Session { line, day: Day(day), minutes, note: None })
    }

    #[test]
    fn time_is_written_on_a_line_of_hours_up_to_what_was_agreed() {
        // DKT-3
        let check = |work: Work, written: u32| work.check(&terms(), Day(20_010), |_| written);
        assert_eq!(check(session(0, 20_010, 600), 0), Ok(()));
        assert_eq!(check(session(0, 20_010, 1), 600), Err(BadWork::Beyond { left: 0 }));
        assert_eq!(check(session(0, 20_010, 301), 300), Err(BadWork::Beyond { left: 300 }));
        assert_eq!(check(session(0, 20_010, 0), 0), Err(BadWork::Minutes));
        assert_eq!(check(session(0, 20_010, 1_441), 0), Err(BadWork::Minutes));
        assert_eq!(check(session(1, 20_010, 60), 0), Err(BadWork::Line), "a lot has no hours");
        assert_eq!(check(session(9, 20_010, 60), 0), Err(BadWork::Line));
    }

    #[test]
    fn nothing_is_written_for_a_day_that_has_not_begun_anywhere() {
        // DKT-4
        let check = |day| session(0, day, 60).check(&terms(), Day(20_010), |_| 0);
        assert_eq!(check(20_000), Ok(()));
        assert_eq!(check(20_011), Ok(()), "it is tomorrow where they work");
        assert_eq!(check(20_012), Err(BadWork::Day));
        let what = TermsText::new("Blanks").unwrap();
        let none = Handover { what, count: 0, day: Day(20_001), given: true };
        assert_eq!(Work::Handover(none).check(&terms(), Day(20_010), |_| 0), Err(BadWork::Count));
    }
}
