//! Questions to a firm, and the shapes of their answers.

use super::{
    AdvertPreview, ApprovalView, AuditView, BelongingView, BriefView, CalendarView, DealView, DeputyView, DryRunView,
    ExplanationView, InstrumentView, InvoicesView, ItemView, KeysView, MatchView, OutlookView, PackView, PapersView,
    PersonView, PolicyView, Rows, StatusView, TrustView, UnmetView,
};
use crate::policy::Policy;
use crate::profile::ItemDraft;
use alloc::{boxed::Box, string::String, vec::Vec};
use calendar::timetable::Timetable;
use protocol::facts::Side;
use protocol::id::{ApprovalId, DealId, ItemId};
use protocol::time::Day;
use serde::{Deserialize, Serialize};

/// What is asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Query {
    /// The node at a glance.
    Status,
    /// Resources or needs.
    Items(Side),
    /// One resource or need.
    Item(ItemId),
    /// What would leave if one resource or need were published now.
    Advert(ItemId),
    /// Matches of all items or of one.
    Matches(Option<ItemId>),
    /// What stood in the way of a match: of all items without one, or of one item.
    Unmet(Option<ItemId>),
    /// Approvals that wait, oldest first, then the newest decided ones.
    Approvals,
    /// One approval.
    Approval(ApprovalId),
    /// All deals, newest activity first.
    Deals,
    /// One deal.
    Deal(DealId),
    /// Who the parties to the terms of one deal are, and who signed them.
    Brief(DealId),
    /// What was billed in one deal, and what can be.
    Invoices(DealId),
    /// The trust log and own engagements.
    Trust,
    /// People of the register.
    People,
    /// Who decides for whom while somebody is away.
    Deputies,
    /// The policy: the version in force, or an earlier one.
    Policy(Option<u32>),
    /// What the policy in force says to one resource or need.
    Explain(ItemId),
    /// What would happen to such a need or offer of somebody else.
    DryRun {
        /// What they would enter.
        theirs: Box<ItemDraft>,
        /// Under which policy; the one in force if none is given.
        policy: Option<Box<Policy>>,
    },
    /// What each sponsor signed for this firm.
    Belonging,
    /// The firm's key-event log, and what this node knows of others'.
    Keys,
    /// What left, to whom and on whose say.
    Audit(Rows),
    /// Signed objects to carry away.
    Papers,
    /// Calendars of all items that have one, and their capacity.
    Calendars,
    /// The calendar of one item.
    Calendar(ItemId),
    /// What six weeks of one item offer, or would offer under another timetable.
    Outlook {
        /// Which item.
        item: ItemId,
        /// Under which timetable; the one in force if none is given.
        under: Option<Box<Timetable>>,
        /// From the week of this day on, or from the present one if that is later.
        from: Day,
    },
    /// Zone, shifts and holidays of the firm.
    SiteHours,
    /// Knowledge packs, the built-in one first.
    Packs,
    /// One knowledge pack that was added, with its texts.
    Pack(String),
    /// What the packs in force ask of terms, for each form of engagement.
    Instruments,
}

/// What comes back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum View {
    /// For [`Query::Status`].
    Status(StatusView),
    /// For [`Query::Items`].
    Items(Vec<ItemView>),
    /// For [`Query::Item`].
    Item(Box<ItemView>),
    /// For [`Query::Advert`].
    Advert(Box<AdvertPreview>),
    /// For [`Query::Matches`].
    Matches(Vec<MatchView>),
    /// For [`Query::Unmet`].
    Unmet(Vec<UnmetView>),
    /// For [`Query::Approvals`].
    Approvals(Vec<ApprovalView>),
    /// For [`Query::Approval`].
    Approval(Box<ApprovalView>),
    /// For [`Query::Deals`].
    Deals(Vec<DealView>),
    /// For [`Query::Deal`].
    Deal(Box<DealView>),
    /// For [`Query::Brief`]; nothing before names are exchanged and terms are on the table.
    Brief(Box<BriefView>),
    /// For [`Query::Invoices`]; nothing before the work has begun, and where this firm pays.
    Invoices(Box<InvoicesView>),
    /// For [`Query::Trust`].
    Trust(TrustView),
    /// For [`Query::People`].
    People(Vec<PersonView>),
    /// For [`Query::Deputies`], the newest first.
    Deputies(Vec<DeputyView>),
    /// For [`Query::Policy`].
    Policy(Box<PolicyView>),
    /// For [`Query::Explain`].
    Explanation(Box<ExplanationView>),
    /// For [`Query::DryRun`], those that fit first.
    DryRun(Vec<DryRunView>),
    /// For [`Query::Belonging`].
    Belonging(Vec<BelongingView>),
    /// For [`Query::Keys`].
    Keys(Box<KeysView>),
    /// For [`Query::Audit`].
    Audit(AuditView),
    /// For [`Query::Papers`].
    Papers(PapersView),
    /// For [`Query::Calendars`].
    Calendars(Vec<CalendarView>),
    /// For [`Query::Calendar`].
    Calendar(Box<CalendarView>),
    /// For [`Query::Outlook`].
    Outlook(Box<OutlookView>),
    /// For [`Query::SiteHours`].
    SiteHours(calendar::shift::SiteHours),
    /// For [`Query::Packs`].
    Packs(Vec<PackView>),
    /// For [`Query::Pack`].
    Pack(Box<PackView>),
    /// For [`Query::Instruments`].
    Instruments(Vec<InstrumentView>),
    /// There is no such thing, or the reader may not know of it.
    Nothing,
}
