//! What the firm's journal holds: one durable fact each, as `{version, kind, data}`.

use crate::{
    approvals, audit, availability, deals, deputies, identity, invoices, knowledge, leaving, lending, market, matching,
    policy, profile, register, relaying, trust,
};
use machine::Durable;
use serde::{Deserialize, Serialize};

/// One durable fact.
pub type Record = machine::Record<Event>;

/// What happened, by concern.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", rename_all = "kebab-case")]
pub enum Event {
    /// Who this firm is and where it belongs.
    Identity(identity::Event),
    /// Who may act here.
    Register(register::Event),
    /// What is allowed.
    Policy(policy::Event),
    /// What the firm has and needs.
    Profile(profile::Event),
    /// What is said and heard openly.
    Market(market::Event),
    /// What fits.
    Matching(matching::Event),
    /// What waits for a person, and what people decided.
    Approvals(approvals::Event),
    /// What two parties said to each other.
    Deals(deals::Event),
    /// Own positions in the log.
    Trust(trust::Event),
    /// What left.
    Audit(audit::Event),
    /// When resources are free.
    Availability(availability::Event),
    /// What is known of the trades.
    Knowledge(knowledge::Event),
    /// Who decides for whom.
    Deputies(deputies::Event),
    /// Whose time is offered.
    Lending(lending::Event),
    /// How own records leave.
    Leaving(leaving::Event),
    /// What is done for others' records.
    Relaying(relaying::Event),
    /// What was billed.
    Invoices(invoices::Event),
}

impl Durable for Event {
    // Version 1, in which a firm had no key-event log and a certificate neither scope nor limit, is not read any more: its
    // inceptions name firms that no counterpart would know. Nor is version 2, whose deals began with another kind of report.
    const VERSION: u16 = 3;
}
