//! The talk before names: what each side asks of the other, and what it is told.
//!
//! A question is a code of a knowledge pack's template, so that nothing can be asked in words of one's own: free words name
//! their writer, and feel for what a template would never ask. An answer has the shape that the template gives it.
//!
//! - `TLK-1` An ask holds 1 to [`QUESTIONS_PER_ASK_MAX`] different codes.
//! - `TLK-2` A reply repeats the codes of the ask that it answers, in their order, each with a fact or without. Without means
//!   "we do not say", and never tells why.
//! - `TLK-3` A fact about a field of a brief has the shape of that field, and none is about a field that names somebody.
//! - `TLK-4` A side asks at most [`ASKS_MAX`] times in a deal, no question twice, and not again before it has its reply.
//!
//! An attacker asks whatever makes the other side's private limits, calendar or other deals show. Nothing is answered without a
//! person, a question that was answered cannot be put again to see whether the answer moves, and all rounds of a deal together
//! are few.

use super::Entry;
use crate::id::QuestionCode;
use crate::limits::QUESTIONS_PER_ASK_MAX;
use crate::text::ShortText;
use crate::wire::wire_types;
use alloc::{collections::BTreeSet, vec::Vec};
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

#[cfg(doc)]
use crate::limits::ASKS_MAX;

/// What one side asks at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(transparent)]
#[serde(transparent)]
pub struct Ask(#[n(0)] pub Vec<QuestionCode>);

/// What the other side answers to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(transparent)]
#[serde(transparent)]
pub struct Reply(#[n(0)] pub Vec<Replied>);

/// What is said to one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Replied {
    /// To which.
    #[n(0)]
    pub question: QuestionCode,
    /// What; nothing is "we do not say".
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fact: Option<Fact>,
}

/// One typed answer. Which shape a question wants stands in its template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[serde(rename_all = "kebab-case")]
pub enum Fact {
    /// Yes or no.
    #[n(0)]
    Flag(#[n(0)] bool),
    /// A whole number in the question's unit.
    #[n(1)]
    Number(#[n(0)] u32),
    /// One of the question's choices, from 0.
    #[n(2)]
    Choice(#[n(0)] u8),
    /// A field of a brief.
    #[n(3)]
    Entry(#[n(0)] Entry),
    /// Words, where the template asks for some.
    #[n(4)]
    Text(#[n(0)] ShortText),
}

wire_types!(Ask, Reply, Replied, Fact);

impl Ask {
    /// Whether `TLK-1` holds.
    pub fn well_formed(&self) -> bool {
        let different: BTreeSet<&QuestionCode> = self.0.iter().collect();
        (1..=QUESTIONS_PER_ASK_MAX).contains(&self.0.len()) && different.len() == self.0.len()
    }
}

impl Reply {
    /// Whether it answers this ask and no other (`TLK-2`).
    pub fn answers(&self, ask: &Ask) -> bool {
        self.0.iter().map(|replied| &replied.question).eq(&ask.0)
    }

    /// Whether it answers something that can be asked, each in a shape that can be told (`TLK-1`, `TLK-3`).
    pub fn well_formed(&self) -> bool {
        let asked = Ask(self.0.iter().map(|replied| replied.question).collect());
        asked.well_formed() && self.0.iter().filter_map(|replied| replied.fact.as_ref()).all(Fact::well_formed)
    }
}

impl Fact {
    fn well_formed(&self) -> bool {
        match self {
            Fact::Entry(entry) => entry.field.is_talked() && entry.well_formed(),
            Fact::Flag(_) | Fact::Number(_) | Fact::Choice(_) | Fact::Text(_) => true,
        }
    }
}
