//! The shapes of views, as the desk, the JSON of the command line and the story reports use them.

use super::{LeavingView, LoanView, Progress};
use crate::approvals::Why;
use crate::composer::{Advice, Exposure};
use crate::identity::Validity;
use crate::lending::{Confirmation, Loan, NotLent};
use crate::linter::Finding;
use crate::matching::{Report, Unmet};
use crate::policy::{Because, Split};
use crate::profile::{Item, Mode};
use crate::register::PersonId;
use alloc::{string::String, vec::Vec};
use protocol::admission::NotAdmitted;
use protocol::census::K;
use protocol::dialogue::{CloseReason, Entry, Field, Position, Step};
use protocol::facts::{Facts, Side};
use protocol::genesis::NetworkKind;
use protocol::id::{ApprovalId, Blob, DealId, FirmId, Hash, ItemId, NetworkId, RecordId};
use protocol::money::Money;
use protocol::terms::Terms;
use protocol::text::{Name, ShortText};
use protocol::time::{Day, UnixMs, Week};
use protocol::vocabulary::{OutcomeCode, Role};
use serde::{Deserialize, Serialize};

/// What one sponsor signed for this firm, and how long it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BelongingView {
    /// Name of the sponsor.
    pub sponsor: Name,
    /// Last day of the membership.
    pub member_until: Day,
    /// When the admission to neighbours ends.
    pub admitted_until: UnixMs,
    /// When the first of both ends.
    pub ends: UnixMs,
    /// How it stands now.
    pub validity: Validity,
    /// Why the sponsor does not renew it, if it said so.
    pub refused: Option<NotAdmitted>,
}

/// The node at a glance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatusView {
    /// Legal name, once founded.
    pub firm: Option<Name>,
    /// Firm id, once founded.
    pub firm_id: Option<FirmId>,
    /// Network name, once joined.
    pub network: Option<Name>,
    /// Its id.
    pub network_id: Option<NetworkId>,
    /// Real, demonstration or simulated.
    pub kind: Option<NetworkKind>,
    /// Names of the sponsors that admitted this firm.
    pub sponsors: Vec<Name>,
    /// The last day of the operating key that the log named last.
    pub operating_until: Option<Day>,
    /// Since when the node is about to go on under another transport identity.
    pub moving_since: Option<UnixMs>,
    /// How it stands with that key now.
    pub operating: Option<Validity>,
    /// Last day of the newest membership.
    pub member_until: Option<Day>,
    /// Whether the firm can do business today.
    pub standing: Standing,
    /// Whether the sponsor could tell which passes this firm uses (scheme 0).
    pub sponsor_can_link_passes: bool,
    /// Connected neighbours.
    pub neighbours: u32,
    /// Neighbours that held the same when they were last compared.
    pub alike: u32,
    /// Neighbours that did not: they lack something still, or withhold it.
    pub apart: u32,
    /// Whether enough of them are alike for this node to take what it holds for all there is (`SYN-10`).
    pub complete: bool,
    /// Live adverts of everybody.
    pub adverts: u32,
    /// Live envelopes of everybody.
    pub envelopes: u32,
    /// Log entries of everybody.
    pub log_entries: u32,
    /// Passes at hand for adverts, contacts, log entries.
    pub passes: [u32; 3],
    /// Why there are none for something new, if there are none (scheme 1).
    pub pass_wait: Option<PassWait>,
    /// How own records leave, once joined.
    pub leaving: Option<LeavingView>,
    /// Questions that wait for a person.
    pub waiting: u32,
    /// This node's clock.
    pub now: UnixMs,
}

/// Why a firm has no passes for something new.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PassWait {
    /// The week's batch is used up; the next one comes with the new week.
    UsedUp,
    /// Neighbours have not yet shown that they hold the same keys of the sponsor (`PAS-9`).
    Unconfirmed,
    /// Only one neighbour is connected: its word counts when the keys are two days old (`PAS-9`).
    Alone,
    /// No node of a sponsor that vouches for this firm is connected.
    Unreached,
    /// The sponsor was asked and has not answered yet.
    Unanswered,
    /// Every sponsor that vouches for this firm told two keys for one week, and nobody takes its passes any more (`PAS-8`).
    Distrusted,
}

/// Whether a firm can do business today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// The node belongs to no firm yet.
    NotFounded,
    /// The firm is in no network yet.
    NotJoined,
    /// The last day of every membership is over: sponsors issue nothing more.
    Lapsed,
    /// A sponsor vouches for it.
    Member,
}

/// One resource or need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ItemView {
    /// What was entered; `limit` is empty for readers who may not see it.
    pub item: Item,
    /// Whether a private price limit is set, whoever reads.
    pub limit_set: bool,
    /// The live advert, if any.
    pub advert: Option<RecordId>,
    /// What the live or proposed advert says openly; `None` in silent mode.
    pub public_facts: Option<Facts>,
    /// The callsign of the live advert.
    pub callsign: Option<String>,
    /// How far the live advert has come over relays; `None` where it is published directly.
    pub progress: Option<Progress>,
    /// Matches found so far.
    pub matches: u32,
    /// How loudly it is advertised.
    pub mode: Mode,
    /// Live adverts of the other side: how many needs or offers this node can hear.
    pub audible_others: u32,
    /// Whose time it is, and who let it be offered; nothing where it names nobody.
    pub loan: Option<LoanView>,
    /// Why it is not offered, if it is not (`LND-1`).
    pub not_lent: Option<NotLent>,
    /// Whether this item says nothing: a match then needs the other side to speak, and with nobody audible there either nobody
    /// can find the two.
    pub mute: bool,
}

/// What would leave if an item were published now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AdvertPreview {
    /// Which item.
    pub item: ItemId,
    /// Its private title, which does not leave.
    pub title: Name,
    /// How loudly it is advertised; silent items have no preview.
    pub mode: Mode,
    /// The advert that is live already; the preview shows what another one would say.
    pub advert: Option<RecordId>,
    /// What is said.
    pub facts: Facts,
    /// The bytes as they would travel. Bytes that are drawn or signed only then stand as zeros: the contact key, the pass's
    /// holder key and signature, and the advert's signature. Every other byte is the one that leaves, if it leaves today.
    pub bytes: Blob,
    /// How many bytes are said.
    pub record_bytes: u32,
    /// How many bytes travel: the size class, which is all that a length tells.
    pub class_bytes: u32,
    /// How many firms could have said it, and what singles the firm out.
    pub exposure: Exposure,
    /// Firms of the region that could say it, by the census and what was heard.
    pub firms: K,
    /// Members who fetched passes for this week.
    pub members: K,
    /// What could be left out.
    pub advice: Advice,
    /// What in the text may give the firm away.
    pub findings: Vec<Finding>,
}

/// One match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MatchView {
    /// Own item.
    pub item: ItemId,
    /// Its private title.
    pub title: Name,
    /// Own side.
    pub side: Side,
    /// The advert that fits.
    pub advert: RecordId,
    /// Its callsign.
    pub callsign: String,
    /// What it says.
    pub facts: Facts,
    /// Why it fits.
    pub report: Report,
    /// What the own calendar has for it, where hours are kept for the item.
    pub free: Option<FreeView>,
    /// When it was found.
    pub found: UnixMs,
    /// The question that asks whether to write, if there is one.
    pub approval: Option<ApprovalId>,
    /// The deal that came of it.
    pub deal: Option<DealId>,
}

/// What the own calendar has for a match (`AVL-5`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct FreeView {
    /// Minutes that are free in the weeks that both sides have: bookings, shut windows, holidays and notice taken off.
    pub free_min: u32,
    /// How far the timetable can be believed, in thousandths.
    pub certainty_permille: u16,
    /// Whether somebody should say if it is still true.
    pub still_true: bool,
}

/// Why nothing fits an own item yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnmetView {
    /// Own item.
    pub item: ItemId,
    /// Its private title.
    pub title: Name,
    /// Own side.
    pub side: Side,
    /// Which limits blocked how many adverts.
    pub unmet: Unmet,
    /// Adverts that fail on one limit alone, those that fit best first.
    pub near: Vec<NearMissView>,
}

/// An advert that would match if one limit moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NearMissView {
    /// The advert.
    pub advert: RecordId,
    /// Its callsign.
    pub callsign: String,
    /// What fits, and what does not.
    pub report: Report,
}

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
    /// Bytes that it adds to what leaves.
    pub bytes: u32,
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
    /// The terms, for the steps `terms`, `acknowledge` and `sign`.
    pub terms: Option<Terms>,
    /// The outcome, for the step `outcome`.
    pub outcome: Option<OutcomeCode>,
    /// Legal name that leaves, for the step `opt-in`.
    pub legal_name: Option<Name>,
    /// What is expected in return, for the step `opt-in`.
    pub expects: Vec<Field>,
    /// For the step `opt-in`: whether this side asks to see the other's name first, which tells that it keeps a list of firms
    /// that it avoids (`RVL-9`).
    pub second: bool,
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
    /// When it lapses, if it does.
    pub lapses: Option<UnixMs>,
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
    /// What they know about us now: field and the step at which it left.
    pub they_know: Vec<(Field, Step)>,
    /// What they told us.
    pub heard: Vec<Entry>,
    /// Why it matched.
    pub why: Option<Report>,
    /// Terms.
    pub terms: Option<TermsView>,
    /// How their price is split here, for readers who may see it.
    pub split: Option<SplitView>,
    /// Own and their START entries.
    pub starts: [Option<RecordId>; 2],
    /// Own and their outcome.
    pub outcomes: [Option<OutcomeCode>; 2],
}

/// One own engagement in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EngagementView {
    /// Which deal.
    pub deal: DealId,
    /// With whom.
    pub with: Option<Name>,
    /// Own START entry.
    pub start: RecordId,
    /// Own OUTCOME entry.
    pub outcome: Option<OutcomeCode>,
    /// Begun.
    pub week: Week,
}

/// The trust log as this node holds it, and own standing with reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TrustView {
    /// Entries of everybody.
    pub entries: u32,
    /// Digest of the set: equal on nodes that hold the same entries.
    pub digest: Hash,
    /// Own engagements.
    pub engagements: Vec<EngagementView>,
    /// How many completed, with how many firms, still open.
    pub completed: u32,
    /// See `completed`.
    pub firms: u32,
    /// See `completed`.
    pub open: u32,
}

/// A person of the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonView {
    /// Short name.
    pub id: PersonId,
    /// Name.
    pub name: Name,
    /// Roles.
    pub roles: Vec<Role>,
    /// Last day.
    pub expires: Day,
}
