//! Of questions that wait for a person.

use super::{QuestionView, RepliedView};
use crate::approvals::{Leaf, Ruled, Why};
use crate::composer::{Advice, Exposure};
use crate::deals::Lack;
use crate::lending::{Confirmation, Loan};
use crate::linter::Finding;
use crate::matching::Report;
use crate::policy::Because;
use crate::register::PersonId;
use alloc::{string::String, vec::Vec};
use protocol::dialogue::{Entry, Field, Step};
use protocol::docket::Docket;
use protocol::facts::{Facts, Side};
use protocol::id::{ApprovalId, DealId, Hash, ItemId, QuestionCode};
use protocol::terms::Terms;
use protocol::text::Name;
use protocol::time::UnixMs;
use protocol::vocabulary::{OutcomeCode, Role};
use serde::{Deserialize, Serialize};

/// To whom something leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Recipient {
    /// Everybody on the network, without a name on it.
    Everybody,
    /// One unnamed party.
    Callsign(String),
    /// One firm whose name is known.
    Firm(Name),
}

/// One field that leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EntryView {
    /// Which field, with its value where it is one of a brief.
    pub field: Field,
    /// Its value; `None` where a document shows it better (facts, terms, identity).
    pub entry: Option<Entry>,
    /// Which question of the talk it is, or answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<QuestionCode>,
    /// Bytes that it adds to what leaves.
    pub bytes: u32,
}

impl EntryView {
    pub(crate) fn of(leaf: Leaf) -> EntryView {
        let Leaf { field, entry, question, bytes } = leaf;
        EntryView { field, entry, question, bytes }
    }
}

/// How an approval stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ApprovalState {
    /// Somebody must decide.
    Waiting,
    /// Somebody said yes.
    Approved {
        /// Who.
        by: PersonId,
        /// When.
        at: UnixMs,
    },
    /// Somebody said no.
    Declined {
        /// Who.
        by: PersonId,
        /// When.
        at: UnixMs,
    },
    /// A standing rule answered, and nobody was asked.
    Ruled(Ruled),
    /// Nobody decided in time; nothing left.
    Lapsed,
    /// The matter ended before anybody decided; nothing left.
    Moot,
}

/// One question to a person, with everything the page shows and the signature covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ApprovalView {
    /// Its id.
    pub id: ApprovalId,
    /// Which step it lets happen.
    pub step: Step,
    /// About which item.
    pub item: Option<ItemId>,
    /// The item's private title.
    pub title: Option<Name>,
    /// Own side.
    pub side: Option<Side>,
    /// In which deal.
    pub deal: Option<DealId>,
    /// To whom it leaves.
    pub to: Recipient,
    /// What leaves.
    pub leaves: Vec<EntryView>,
    /// Who is lent and for what, for the steps `own-consent` and `release`.
    pub loan: Option<Loan>,
    /// The name of who is lent, as the register has it.
    pub lends: Option<Name>,
    /// What a yes confirms, each by itself (`LND-2`).
    pub confirms: Vec<Confirmation>,
    /// The advert, for the step `advertise`.
    pub facts: Option<Facts>,
    /// How many firms could have said it, for the step `advertise`.
    pub exposure: Option<Exposure>,
    /// What could be left out, while that question waits.
    pub advice: Option<Advice>,
    /// What in a text that leaves may give the firm away.
    pub findings: Vec<Finding>,
    /// The terms, for the steps `terms`, `acknowledge`, `sign` and `work`.
    pub terms: Option<Terms>,
    /// What keeps these terms from being signed here (`TRM-4`); nothing once they bind.
    pub lacks: Vec<Lack>,
    /// What was done, for the step `work`.
    pub docket: Option<Docket>,
    /// Whether the other side wrote it down, and the question is whether it was so.
    pub countersigns: bool,
    /// The outcome, for the step `outcome`.
    pub outcome: Option<OutcomeCode>,
    /// Legal name that leaves, for the step `opt-in`.
    pub legal_name: Option<Name>,
    /// What is expected in return, for the step `opt-in`.
    pub expects: Vec<Field>,
    /// For the step `opt-in`: whether this side asks to see the other's name first, which tells that it keeps a list of firms
    /// that it avoids (`RVL-9`).
    pub second: bool,
    /// What is asked, for the step `talk`.
    pub asks: Vec<QuestionView>,
    /// What is said to what the other side asks, for the step `talk`.
    pub replies: Vec<RepliedView>,
    /// What the other side said so far.
    pub heard: Vec<Entry>,
    /// What stays: private fields that are set and do not leave at this step.
    pub stays: Vec<Stays>,
    /// Why it matched.
    pub why: Option<Report>,
    /// Roles that may decide.
    pub roles: Vec<Role>,
    /// Everybody who may decide now.
    pub deciders: Vec<Decider>,
    /// How many different people must say yes.
    pub people: u8,
    /// Who of two has said yes.
    pub agreed: Option<PersonId>,
    /// The policy rule that asks, and its version.
    pub rule: Option<u32>,
    /// See `rule`.
    pub policy_version: u32,
    /// When it was asked.
    pub asked: UnixMs,
    /// When it lapses; then nothing leaves.
    pub lapses: UnixMs,
    /// What came and comes of it while nobody decides (`APR-6`).
    pub waits: WaitView,
    /// Why it was declined, if whoever did so said it; in words for some readers only (`APR-7`).
    pub declined: Option<Why>,
    /// What a person signs over: the summary.
    pub summary_hash: Hash,
    /// What a person signs over: the bytes.
    pub bytes_hash: Hash,
    /// How it stands.
    pub state: ApprovalState,
}

/// Somebody who may decide a question now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decider {
    /// Who.
    pub person: PersonId,
    /// As whose deputy, if not in their own right.
    pub for_whom: Option<PersonId>,
}

impl ApprovalView {
    /// Whether somebody may decide it now, and in whose right.
    pub fn decider(&self, person: &PersonId) -> Option<&Decider> {
        self.deciders.iter().find(|decider| decider.person == *person)
    }
}

/// What came and comes of a question while nobody decides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct WaitView {
    /// When people were reminded last.
    pub reminded: Option<UnixMs>,
    /// When they are reminded next.
    pub reminds: Option<UnixMs>,
    /// When others may decide besides, who, and by which rule; since when, if that moment is over.
    pub escalates: Option<(UnixMs, Vec<Role>, Because)>,
    /// Whether others may decide already.
    pub escalated: bool,
}

/// A private fact that does not leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stays {
    /// The firm's name.
    Name,
    /// The exact place.
    Site,
    /// What the firm calls the item.
    Title,
    /// The price limit.
    Limit,
    /// The note: why, for whom, what for.
    Note,
    /// Exact hours, tolerance, size.
    ExactValues,
    /// People.
    People,
    /// Every other resource and need.
    OtherItems,
}
