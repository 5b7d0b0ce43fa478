//! What the sponsor's journal holds: one durable fact each, as `{version, kind, data}`.

use crate::{issuing, market, members};
use serde::{Deserialize, Serialize};

/// The version in which records are written today. Every later program reads it.
pub const VERSION: u16 = 1;

/// One durable fact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Of the shape of `data`.
    pub version: u16,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

/// What happened, by concern.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", rename_all = "kebab-case")]
pub enum Event {
    /// Invitations and members.
    Members(members::Event),
    /// Passes.
    Issuing(issuing::Event),
    /// Everybody's records.
    Market(market::Event),
}

impl Record {
    /// A record of today's version.
    pub fn new(event: Event) -> Record {
        Record { version: VERSION, event }
    }
}
