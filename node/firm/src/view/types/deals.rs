//! Of deals.

use super::TalkView;
use super::WorkView;
use crate::approvals::Ruled;
use crate::deals::Lack;
use crate::matching::Report;
use crate::policy::Split;
use crate::register::PersonId;
use alloc::{string::String, vec::Vec};
use protocol::dialogue::{CloseReason, Entry, Field, Position, Step};
use protocol::facts::Side;
use protocol::id::{ApprovalId, DealId, FirmId, Hash, ItemId, RecordId};
use protocol::money::Money;
use protocol::terms::Terms;
use protocol::text::{Name, ShortText};
use protocol::time::UnixMs;
use protocol::vocabulary::{OutcomeCode, Role};
use serde::Serialize;

/// Who must act for a deal to go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhoActs {
    /// Somebody here, with one of these roles.
    Us {
        /// Roles.
        roles: Vec<Role>,
        /// The question to decide, or none when something must be drafted first.
        approval: Option<ApprovalId>,
    },
    /// The other side.
    Them,
    /// Both sides.
    Both {
        /// The question to decide here.
        approval: Option<ApprovalId>,
    },
    /// The network: something is on its way.
    Network,
    /// Nobody: it is over.
    Nobody,
}

/// Where a deal waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Waiting {
    /// For which step.
    pub step: Step,
    /// For whom.
    pub who: WhoActs,
    /// Since when.
    pub since: UnixMs,
    /// When it lapses if neither side says anything; never once it binds.
    pub lapses: Option<UnixMs>,
    /// Since when it is stale: neither side has said anything for two weeks. A word or a decision revives it.
    pub stale: Option<UnixMs>,
    /// When whoever must act here was last told again.
    pub reminded: Option<UnixMs>,
    /// Whether this side can still end it without being bound.
    pub can_close: bool,
}

/// How a deal stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DealState {
    /// Going on.
    Open,
    /// Both sides signed the outcome.
    Completed,
    /// Ended before.
    Closed {
        /// By this side.
        by_us: bool,
        /// As coarsely as it was told.
        reason: CloseReason,
        /// For this firm's eyes.
        note: Option<ShortText>,
    },
}

/// One thing that happened in a deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MilestoneView {
    /// Which step.
    pub step: Step,
    /// By this side (true), by the other (false).
    pub ours: bool,
    /// When this node knew.
    pub at: UnixMs,
    /// Who decided here.
    pub by: Option<PersonId>,
}

/// An identified counterpart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CounterpartView {
    /// Firm id.
    pub firm: FirmId,
    /// Legal name that a sponsor vouches for.
    pub legal_name: Name,
    /// Name of that sponsor.
    pub vouched_by: Option<Name>,
    /// Street, mail, telephone, contact person.
    pub contact: Vec<Entry>,
}

/// Terms and who did what with them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TermsView {
    /// The current version.
    pub terms: Terms,
    /// Its hash.
    pub hash: Hash,
    /// Proposed by this side.
    pub ours: bool,
    /// Acknowledged here, there.
    pub acknowledged: [bool; 2],
    /// Signed here, there.
    pub signed: [bool; 2],
    /// What keeps them from being signed here (`TRM-4`).
    pub lacks: Vec<Lack>,
}

/// How the price of terms is split between a person who is lent and the firm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SplitView {
    /// The rule's share.
    #[serde(flatten)]
    pub split: Split,
    /// What the person gets.
    pub expert: Money,
    /// What the firm keeps.
    pub firm: Money,
}

/// One deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DealView {
    /// Its id, the same on both sides.
    pub id: DealId,
    /// Own item.
    pub item: ItemId,
    /// Its private title.
    pub title: Name,
    /// Own side.
    pub side: Side,
    /// Own position in the dialogue.
    pub position: Position,
    /// The other side's callsign.
    pub callsign: String,
    /// The other side, once names are exchanged.
    pub counterpart: Option<CounterpartView>,
    /// The last step that both sides completed.
    pub reached: Step,
    /// How it stands.
    pub state: DealState,
    /// Where it waits.
    pub waiting: Waiting,
    /// What happened, oldest first.
    pub milestones: Vec<MilestoneView>,
    /// By which standing rule the answer left, if nobody was asked.
    pub ruled: Option<Ruled>,
    /// What they know about us now: field and the step at which it left.
    pub they_know: Vec<(Field, Step)>,
    /// What was asked and answered before names.
    pub talk: TalkView,
    /// What they told us.
    pub heard: Vec<Entry>,
    /// Why it matched.
    pub why: Option<Report>,
    /// Terms.
    pub terms: Option<TermsView>,
    /// How their price is split here, for readers who may see it.
    pub split: Option<SplitView>,
    /// What was done, once the work has begun.
    pub work: Option<WorkView>,
    /// Own and their START entries.
    pub starts: [Option<RecordId>; 2],
    /// Own and their outcome.
    pub outcomes: [Option<OutcomeCode>; 2],
}
