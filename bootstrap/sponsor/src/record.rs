//! What the sponsor's journal holds: one durable fact each, as `{version, kind, data}`.

use crate::{issuing, market, members};
use machine::Durable;
use serde::{Deserialize, Serialize};

/// One durable fact.
pub type Record = machine::Record<Event>;

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

impl Durable for Event {
    const VERSION: u16 = 1;
}
