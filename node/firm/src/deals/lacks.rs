//! What terms still lack before anybody signs them here (`TRM-4`).
//!
//! Judged by this firm's own packs and its own report of the match; the other side judges by its own.

use super::Deal;
use crate::knowledge::Catalogue;
use crate::matching::Condition;
use alloc::{string::String, vec::Vec};
use core::fmt;
use protocol::terms::{Content, Terms, Topic};
use serde::{Deserialize, Serialize};

/// One thing that is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lack {
    /// A required topic without an answer.
    Missing(Topic),
    /// A topic whose answer is kept back.
    Withheld(Topic),
    /// A condition of the match that no line of the terms fulfils.
    Condition {
        /// The pack whose rule it is.
        pack: String,
        /// The rule.
        rule: String,
    },
    /// The other side signed this version when something was missing here, and that was not taken as signed. Signed here now, it would bind
    /// in their eyes alone.
    Refused,
}

impl fmt::Display for Lack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Lack::Missing(topic) => write!(f, "{topic}"),
            Lack::Withheld(topic) => write!(f, "{topic} (withheld)"),
            Lack::Condition { pack, rule } => write!(f, "how the condition {pack}/{rule} is fulfilled"),
            Lack::Refused => f.write_str("a new version, for the other side's signature of this one was refused"),
        }
    }
}

/// Everything that keeps terms of a deal from being signed, in the order of the catalogue.
pub fn lacks(deal: &Deal, terms: &Terms, catalogue: &Catalogue) -> Vec<Lack> {
    let known = catalogue.of(terms.instrument);
    // An instrument that no pack in force names would be one whose requirements nobody knows.
    let required: Vec<Topic> = known.map_or_else(|| Topic::ALL.to_vec(), |known| known.required().collect());
    let missing = required.into_iter().filter(|topic| terms.content(*topic).is_none()).map(Lack::Missing);
    let withheld = terms.provisions.iter().filter(|provision| provision.content == Content::Withheld);
    let withheld = withheld.map(|provision| Lack::Withheld(provision.topic));
    let open = deal.report.conditions.iter().filter(|condition| !is_fulfilled(terms, condition));
    let open = open.map(|condition| Lack::Condition { pack: condition.pack.clone(), rule: condition.rule.clone() });
    let refused = deal.unsigned.filter(|unsigned| *unsigned == terms.hash()).map(|_| Lack::Refused);
    missing.chain(withheld).chain(open).chain(refused).collect()
}

fn is_fulfilled(terms: &Terms, condition: &Condition) -> bool {
    let mut lines = terms.fulfilments.iter();
    lines.any(|line| line.pack.as_str() == condition.pack && line.rule.as_str() == condition.rule)
}
