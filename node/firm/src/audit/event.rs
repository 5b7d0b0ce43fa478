//! What can happen in the audit: something left.

use crate::register::PersonId;
use alloc::vec::Vec;
use protocol::dialogue::{Field, Step};
use protocol::id::{ApprovalId, DealId, Hash, QuestionCode};
use protocol::time::UnixMs;
use serde::{Deserialize, Serialize};

/// One field that left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// When.
    pub at: UnixMs,
    /// At which step.
    pub step: Step,
    /// To which deal's counterpart; `None` is everybody.
    pub deal: Option<DealId>,
    /// Which field.
    pub field: Field,
    /// Which question of the talk left, or was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<QuestionCode>,
    /// Its plaintext bytes.
    pub bytes: u32,
    /// The approval that let it go.
    pub approval: ApprovalId,
    /// Who decided.
    pub by: PersonId,
    /// As whose deputy, if not in their own right (`DEP-1`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_whom: Option<PersonId>,
    /// The standing rule that let it go, if nobody was asked; `by` signed that version (`APR-8`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<u32>,
    /// The rule that asked, and the policy's version.
    pub rule: Option<u32>,
    /// See `rule`.
    pub policy_version: u32,
    /// The rule that lets the field be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_by: Option<u32>,
    /// The hash of that version of the policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<Hash>,
    /// The hash of all knowledge packs in force (`KNW-1`); earlier versions did not note it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub packs: Option<Hash>,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// Fields left.
    Left(Vec<Row>),
}
