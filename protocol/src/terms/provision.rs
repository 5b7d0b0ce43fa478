//! Provisions: a topic of the terms and how this version answers it; and how a condition of the match is fulfilled.

use super::topic::{Choice, Free, Topic};
use crate::money::Money;
use crate::text::{RuleText, TermsText};
use crate::time::Day;
use crate::wire::wire_types;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// One topic and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Provision {
    /// About what.
    #[n(0)]
    pub topic: Topic,
    /// What holds.
    #[n(1)]
    pub content: Content,
}

/// The answer to a topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[serde(rename_all = "kebab-case")]
pub enum Content {
    /// One of the topic's choices.
    #[n(0)]
    Choice(#[n(0)] Choice),
    /// So many of the topic's unit.
    #[n(1)]
    Number(#[n(0)] u32),
    /// An amount.
    #[n(2)]
    Money(#[n(0)] Money),
    /// A day.
    #[n(3)]
    Day(#[n(0)] Day),
    /// A short text, where nothing else will do.
    #[n(4)]
    Text(#[n(0)] TermsText),
    /// Kept back in this version: whoever proposes it does not say yet. Nobody signs that (`TRM-4`).
    #[n(5)]
    Withheld,
}

impl Provision {
    /// Whether the topic can be answered so (`TRM-5`).
    pub fn is_sound(&self) -> bool {
        let shape = self.topic.shape();
        match (&self.content, shape.free) {
            (Content::Withheld, _) => true,
            (Content::Choice(choice), _) => shape.choices.contains(choice),
            (Content::Number(number), Some(Free::Number(measure))) => *number <= measure.most(),
            (Content::Money(_), Some(Free::Money)) => true,
            (Content::Day(_), Some(Free::Day)) => true,
            (Content::Text(_), Some(Free::Text)) => true,
            _ => false,
        }
    }
}

/// How a condition under which a match was found is fulfilled: a rule of a knowledge pack opened another compliant path, and the terms
/// say who goes it and how that is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Fulfilment {
    /// The pack whose rule it is.
    #[n(0)]
    pub pack: RuleText,
    /// The rule within the pack.
    #[n(1)]
    pub rule: RuleText,
    /// What fulfils it.
    #[n(2)]
    pub by: TermsText,
    /// Where the evidence is: the number of a certificate and its expiry, who keeps it.
    #[n(3)]
    pub evidence: TermsText,
}

wire_types!(Provision, Content, Fulfilment);
