//! Terms: what binds two firms that know each other's names.
//!
//! - `TRM-1` A version of terms is immutable and named by its number and hash. A counter-proposal is the next number.
//! - `TRM-2` To acknowledge (read it) is not to sign (it binds). Both sides do both, over the same hash, by decisions of
//!   people whom their firms certified; the counterpart verifies certificate, role and decision.
//! - `TRM-3` A line is a price for time, or for so many units of something else. The total is the sum of the lines in one currency. Terms
//!   that do not add up are refused whole.
//! - `TRM-4` Nobody signs terms in which something is missing or withheld that their own catalogue of instruments requires, or a
//!   condition of the match has no line; and nobody takes such a signature. To acknowledge them is to have read them, no more.
//! - `TRM-5` A provision answers a topic of the closed list as that topic can be answered, and no topic is answered twice.

mod provision;
mod topic;

pub use provision::{Content, Fulfilment, Provision};
pub use topic::{Choice, Free, Measure, Shape, Topic};

use crate::decision::{Decision, Question, Verdict, bytes_hash};
use crate::firm_id::{About, SignedPerson};
use crate::id::{DealId, Hash, NetworkId};
use crate::key_log::KeyState;
use crate::limits::{TERMS_CLAUSES_MAX, TERMS_FULFILMENTS_MAX, TERMS_LINES_MAX};
use crate::money::Money;
use crate::text::TermsText;
use crate::time::{Day, UnixMs};
use crate::vocabulary::{Instrument, Role, Unit};
use crate::wire::wire_types;
use alloc::vec::Vec;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// One price line: so many minutes at so much an hour, or a lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Line {
    /// For what.
    #[n(0)]
    pub what: TermsText,
    /// How long, in minutes.
    #[n(1)]
    pub minutes: u32,
    /// Price of an hour.
    #[n(2)]
    pub hourly: Money,
    /// What is not paid by the hour; minutes are 0 then.
    #[n(3)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lot: Option<Lot>,
}

/// So many of something at so much each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Lot {
    /// How many, from 1.
    #[n(0)]
    pub count: u32,
    /// Of what.
    #[n(1)]
    pub unit: Unit,
    /// Price of one.
    #[n(2)]
    pub each: Money,
}

impl Line {
    /// Time at a price for an hour.
    pub const fn hourly(what: TermsText, minutes: u32, hourly: Money) -> Line {
        Line { what, minutes, hourly, lot: None }
    }

    /// Units of something else.
    pub const fn lot(what: TermsText, lot: Lot) -> Line {
        Line { what, minutes: 0, hourly: Money { minor: 0, ..lot.each }, lot: Some(lot) }
    }

    /// What it costs, rounded to the nearest cent; `None` if that does not fit, or a lot is empty or stands beside hours.
    pub fn amount(&self) -> Option<Money> {
        match self.lot {
            None => self.hourly.for_minutes(self.minutes),
            Some(lot) if self.minutes == 0 && lot.count > 0 => lot.each.times(lot.count),
            Some(_) => None,
        }
    }
}

/// One version of the terms of one deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Terms {
    /// Which deal.
    #[n(0)]
    pub deal: DealId,
    /// Counts up from 1 over both sides.
    #[n(1)]
    pub number: u32,
    /// Form of engagement.
    #[n(2)]
    pub instrument: Instrument,
    /// Prices.
    #[n(3)]
    pub lines: Vec<Line>,
    /// Their sum.
    #[n(4)]
    pub total: Money,
    /// First day of the work.
    #[n(5)]
    pub first: Day,
    /// Last day of the work.
    #[n(6)]
    pub last: Day,
    /// What no provision says: each a sentence or two.
    #[n(7)]
    pub clauses: Vec<TermsText>,
    /// Topics and their answers, ascending.
    #[cbor(n(8), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provisions: Vec<Provision>,
    /// How the conditions of the match are fulfilled.
    #[cbor(n(9), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fulfilments: Vec<Fulfilment>,
}
wire_types!(Lot, Line, Terms);

/// Why terms cannot be proposed or taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadTerms {
    /// No line, or too many lines, clauses or fulfilments.
    #[error(
        "terms have 1 to {TERMS_LINES_MAX} price lines, at most {TERMS_CLAUSES_MAX} clauses, and fulfil at most {TERMS_FULFILMENTS_MAX} conditions"
    )]
    Count,
    /// `TRM-3`.
    #[error("the total is not the sum of the lines, or the lines are in different currencies")]
    Sum,
    /// The work would end before it begins.
    #[error("the last day of the work lies before the first")]
    Days,
    /// `TRM-5`.
    #[error("a topic of the terms is answered twice, or as it cannot be answered")]
    Provision,
}

impl Terms {
    /// Judges `TRM-3`, `TRM-5` and the bounds.
    pub fn check(&self) -> Result<(), BadTerms> {
        let few = self.lines.len() <= TERMS_LINES_MAX
            && self.clauses.len() <= TERMS_CLAUSES_MAX
            && self.fulfilments.len() <= TERMS_FULFILMENTS_MAX;
        if self.lines.is_empty() || !few {
            return Err(BadTerms::Count);
        }
        let once = self.provisions.is_sorted_by(|one, next| one.topic < next.topic);
        if !once || !self.provisions.iter().all(Provision::is_sound) {
            return Err(BadTerms::Provision);
        }
        if self.first > self.last {
            return Err(BadTerms::Days);
        }
        if sum(&self.lines) == Some(self.total) { Ok(()) } else { Err(BadTerms::Sum) }
    }

    /// How a topic is answered.
    pub fn content(&self, topic: Topic) -> Option<&Content> {
        self.provisions.iter().find(|provision| provision.topic == topic).map(|provision| &provision.content)
    }

    /// Names this version (`TRM-1`).
    pub fn hash(&self) -> Hash {
        Hash::of("cosolvent/terms/1", self)
    }
}

/// The sum of price lines in one currency.
pub fn sum(lines: &[Line]) -> Option<Money> {
    let mut amounts = lines.iter().map(Line::amount);
    let first = amounts.next()??;
    amounts.try_fold(first, |total, amount| total.plus(amount?))
}

/// What acknowledging or signing is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// "I have read it."
    #[n(0)]
    Acknowledge,
    /// "It binds us."
    #[n(1)]
    Sign,
}

/// The bytes that a person approves by acknowledging or signing: the same on both sides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct TermsAct {
    /// Acknowledge or sign.
    #[n(0)]
    pub act: Act,
    /// Which deal.
    #[n(1)]
    pub deal: DealId,
    /// Which version.
    #[n(2)]
    pub terms: Hash,
}

/// A person's act on terms, with what a counterpart needs to verify it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct WitnessedAct {
    /// What was done.
    #[n(0)]
    pub act: TermsAct,
    /// The person's decision over the act's bytes.
    #[n(1)]
    pub decision: Decision,
    /// The firm's certificate for that person.
    #[n(2)]
    pub certificate: SignedPerson,
}
wire_types!(TermsAct, WitnessedAct);

impl WitnessedAct {
    /// Whether the firm whose keys these are is bound by it (`TRM-2`). `total` is what the terms come to: to sign is to bind the
    /// firm to it, so the person's limit must cover it. The lapse was the signer's own; the certificate must hold at the moment
    /// of receipt, or a key that was let go could date its decision back.
    pub fn verify(&self, network: NetworkId, expected: &TermsAct, total: Money, keys: &KeyState, now: UnixMs) -> bool {
        let (roles, amount): (&[Role], _) = match expected.act {
            Act::Acknowledge => (&[Role::Approver, Role::Owner, Role::Signer], None),
            Act::Sign => (&[Role::Signer], Some(total)),
        };
        let said = Said { network, bytes: bytes_hash(expected), roles, amount };
        self.act == *expected && said.holds(&self.decision, &self.certificate, keys, now)
    }
}

/// What a counterpart's person must have decided.
pub(crate) struct Said<'a> {
    pub(crate) network: NetworkId,
    pub(crate) bytes: Hash,
    pub(crate) roles: &'a [Role],
    pub(crate) amount: Option<Money>,
}

impl Said<'_> {
    /// Whether the decision approves it, by a person for whom the firm stands today (`TRM-2`, `IDN-10`). Which kinds of resource
    /// a person decides on is the firm's own affair: the counterpart does not know what it calls the item.
    pub(crate) fn holds(&self, decision: &Decision, certificate: &SignedPerson, keys: &KeyState, now: UnixMs) -> bool {
        let body = &decision.signed.body;
        let Some(today) = keys.today(now) else { return false };
        let Some(firm) = keys.operating_at(today) else { return false };
        let question = Question {
            network: self.network,
            approval: body.approval,
            summary: body.summary,
            bytes: self.bytes,
            lapses: body.lapses,
            roles: self.roles,
            firm,
            about: About { class: None, amount: self.amount },
        };
        let judged_at = if now < body.lapses { now } else { body.lapses.minus(1) };
        keys.person_ok(certificate, today) && decision.judge(&question, certificate, judged_at) == Ok(Verdict::Approve)
    }
}
