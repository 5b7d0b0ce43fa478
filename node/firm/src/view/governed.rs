//! Shapes of what is shown of the policy.

use super::LoanView;
use crate::lending::NotLent;
use crate::matching::Report;
use crate::policy::{
    Answer, Avoided, Because, Bounded, Cap, Escalation, Loudness, Reminders, Says, Scope, Split, StandingRule, Told,
};
use crate::register::PersonId;
use alloc::vec::Vec;
use protocol::dialogue::Step;
use protocol::id::{Hash, ItemId};
use protocol::text::{Name, ShortText};
use serde::{Deserialize, Serialize};

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleView {
    /// Its number.
    pub number: u32,
    /// To what it applies.
    pub scope: Scope,
    /// The private title of the item to which it applies.
    pub title: Option<Name>,
    /// What it says; nothing for readers who may only know that it is there.
    pub says: Option<Says>,
}

/// A version of the policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyView {
    /// Which; 0 while there is none.
    pub version: u32,
    /// Names it in approvals and in the audit.
    pub hash: Hash,
    /// Whether an owner signed it; the first one of a firm is put into force before it has an owner.
    pub signed: bool,
    /// Who, if still in the register.
    pub by: Option<PersonId>,
    /// Its rules.
    pub rules: Vec<RuleView>,
    /// What no text may name.
    pub never_said: Vec<ShortText>,
}

/// Who decides a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StepView {
    /// Which step.
    pub step: Step,
    /// Who, and why.
    #[serde(flatten)]
    pub answer: Answer,
    /// When whoever may decide is reminded.
    pub reminders: Reminders,
    /// Who may decide besides, once it has waited.
    pub escalation: Option<Escalation>,
}

/// How a field is told at a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SayingView {
    /// At which step.
    pub step: Step,
    /// Which field, how, and why.
    #[serde(flatten)]
    pub told: Told,
}

/// The standing rule about an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct StandingView {
    /// The rule.
    #[serde(flatten)]
    pub rule: StandingRule,
    /// How many answers were given in the last seven days about what it is about.
    pub given: usize,
    /// Whether an owner of today signed this version; otherwise people are asked.
    pub signed: bool,
}

/// What the policy says to one resource or need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExplanationView {
    /// Which.
    pub item: ItemId,
    /// Its private title.
    pub title: Name,
    /// By which version.
    pub version: u32,
    /// See `version`.
    pub hash: Hash,
    /// Who decides each step.
    pub steps: Vec<StepView>,
    /// How each field is told.
    pub told: Vec<SayingView>,
    /// How loud a notice may be.
    pub loudness: Loudness,
    /// Whether a rule bounds the price, whoever reads.
    pub bound_set: bool,
    /// The bound, for readers who may see it.
    pub bound: Option<Bounded>,
    /// Whether rules cap the hours, whoever reads.
    pub caps_set: bool,
    /// The caps, for readers who may see them.
    pub caps: Vec<Cap>,
    /// Whether rules avoid conflict classes, whoever reads.
    pub avoided_set: bool,
    /// The conflict classes, for readers who may see them.
    pub avoided: Vec<Avoided>,
    /// How a price is split, for readers who may see it.
    pub split: Option<Split>,
    /// Whose time it is, and who let it be offered; nothing where it names nobody.
    pub loan: Option<LoanView>,
    /// Why it is not offered, if it is not.
    pub not_lent: Option<NotLent>,
    /// Which first words are answered without asking a person.
    pub standing: Option<StandingView>,
    /// Which rule wants the offer to name a person.
    pub must_name: Option<Because>,
}

/// What would happen between one own item and a need or offer of somebody else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DryRunView {
    /// Whether somebody would be asked to write to them.
    pub is_match: bool,
    /// Which rule avoids a conflict class that they say, for readers who may see it.
    pub avoided: Option<Because>,
    /// Which standing rule would answer first words that fit so.
    pub ruled: Option<Because>,
    /// Why it fits, or not.
    pub report: Report,
    /// What first words would tell.
    pub told: Vec<SayingView>,
    /// What the policy says to the own item.
    pub explanation: ExplanationView,
}
