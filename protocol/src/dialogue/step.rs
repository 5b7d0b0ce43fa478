//! The names of the steps and of the two positions in a dialogue.

use crate::wire::wire_types;
use core::fmt;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// The steps of a deal, in order. The names stand in journals, pages, reports and stories; they are never renamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// A resource or need is entered, for this firm's eyes only.
    #[n(0)]
    Confide,
    /// The person whose time and skill a resource is lets it be offered. Stands in no deal.
    #[n(14)]
    OwnConsent,
    /// The employer lets that person be offered. Stands in no deal.
    #[n(15)]
    Release,
    /// An anonymous advert is published.
    #[n(1)]
    Advertise,
    /// A private resource or need fits something heard.
    #[n(2)]
    Match,
    /// A person is told.
    #[n(3)]
    Notice,
    /// The first sealed words leave.
    #[n(4)]
    Interest,
    /// They are answered.
    #[n(5)]
    Answer,
    /// Either side may ask, and says what it answers. A deal may go on without.
    #[n(16)]
    Talk,
    /// A person on each side says that it can be done.
    #[n(6)]
    Viable,
    /// Both consent to exchange names.
    #[n(7)]
    OptIn,
    /// Names are exchanged.
    #[n(8)]
    Reveal,
    /// Terms are proposed.
    #[n(9)]
    Terms,
    /// Both have read them.
    #[n(10)]
    Acknowledge,
    /// Both are bound.
    #[n(11)]
    Sign,
    /// Both posted their START.
    #[n(12)]
    Start,
    /// What is done is written down and countersigned, as often as there is something to write.
    #[n(17)]
    Work,
    /// Both signed the outcome.
    #[n(13)]
    Outcome,
}

impl Step {
    /// All steps of a deal, in order.
    pub const ALL: [Step; 15] = [
        Step::Confide,
        Step::Advertise,
        Step::Match,
        Step::Notice,
        Step::Interest,
        Step::Answer,
        Step::Talk,
        Step::Viable,
        Step::OptIn,
        Step::Reveal,
        Step::Terms,
        Step::Acknowledge,
        Step::Sign,
        Step::Start,
        Step::Outcome,
    ];

    /// Whether it is about lending a person, before any deal.
    pub const fn lends(self) -> bool {
        matches!(self, Step::OwnConsent | Step::Release)
    }

    /// The name as it stands in journals, pages and stories.
    pub fn name(self) -> &'static str {
        match self {
            Step::Confide => "confide",
            Step::OwnConsent => "own-consent",
            Step::Release => "release",
            Step::Advertise => "advertise",
            Step::Match => "match",
            Step::Notice => "notice",
            Step::Interest => "interest",
            Step::Answer => "answer",
            Step::Talk => "talk",
            Step::Viable => "viable",
            Step::OptIn => "opt-in",
            Step::Reveal => "reveal",
            Step::Terms => "terms",
            Step::Acknowledge => "acknowledge",
            Step::Sign => "sign",
            Step::Start => "start",
            Step::Work => "work",
            Step::Outcome => "outcome",
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Who wrote first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum Position {
    /// Wrote the first envelope.
    #[n(0)]
    Initiator,
    /// Owns the advert.
    #[n(1)]
    Responder,
}

impl Position {
    /// The byte that stands for this side wherever a side is hashed.
    pub const fn byte(self) -> u8 {
        match self {
            Position::Initiator => 0,
            Position::Responder => 1,
        }
    }

    /// The other one.
    pub const fn other(self) -> Position {
        match self {
            Position::Initiator => Position::Responder,
            Position::Responder => Position::Initiator,
        }
    }
}

wire_types!(Step, Position);
