//! Views of what was done under signed terms.

use crate::register::PersonId;
use alloc::vec::Vec;
use protocol::docket::Work;
use protocol::id::{ApprovalId, Hash};
use protocol::money::Money;
use protocol::text::TermsText;
use protocol::time::UnixMs;
use serde::Serialize;

/// What the other side said to a docket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocketState {
    /// Nothing yet: it does not count.
    Open,
    /// It was so: it counts.
    Countersigned,
    /// It was not so: it never counts.
    Contested,
}

/// One docket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocketView {
    /// Its hash.
    pub hash: Hash,
    /// The writer's own number.
    pub number: u32,
    /// Written by this side.
    pub ours: bool,
    /// What was done.
    pub work: Work,
    /// Who let it leave, if it is ours.
    pub by: Option<PersonId>,
    /// When it was said or heard.
    pub at: UnixMs,
    /// Whether it counts.
    pub state: DocketState,
    /// The question here whether it was so.
    pub approval: Option<ApprovalId>,
}

/// How far the work on one line of the terms is. Times in minutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineView {
    /// For what.
    pub what: TermsText,
    /// Agreed in the terms.
    pub agreed: u32,
    /// Written down, contested dockets apart.
    pub written: u32,
    /// Countersigned.
    pub countersigned: u32,
    /// What the countersigned time comes to.
    pub amount: Money,
}

/// What was done in a deal so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WorkView {
    /// Lines that are paid by the hour, with their places in the terms.
    pub lines: Vec<(u8, LineView)>,
    /// Dockets of both sides, oldest first.
    pub dockets: Vec<DocketView>,
}
