//! What a desk may show: plain values, computed from committed state, without markup or language.
//!
//! Every text that a person reads is either something a person of this firm or an identified counterpart wrote, or a code
//! that the desk puts into the reader's language. A view is made for one reader: values that the reader's roles may not see
//! are replaced by "set" before they leave this room.

mod adverts;
mod audit;
mod brief;
mod build;
mod calendar;
mod deals;
mod deputies;
mod governed;
mod invoices;
mod keys;
mod knowledge;
mod leaving;
mod loans;
mod matches;
mod outlook;
mod papers;
mod policy;
mod query;
mod talk;
mod types;
mod work;

pub use audit::{AuditRowView, AuditView, Rows};
pub use brief::{BriefView, LetterheadView, SignatureView};
pub use calendar::{BookingView, CalendarView, OddityView, SpanView};
pub use deputies::{DeputyState, DeputyView};
pub use governed::{DryRunView, ExplanationView, PolicyView, RuleView, SayingView, StandingView, StepView};
pub use invoices::{InvoiceView, InvoicesView, UnbilledView};
pub use keys::{ForkView, KeyEventView, KeyHolder, KeysView, NextView, TransportView};
pub use knowledge::{InstrumentView, PackRuleView, PackView};
pub use leaving::{LeavingView, Progress, Way};
pub use loans::{LoanEnds, LoanView, SayView};
pub use outlook::{DayView, Fate, OutlookView};
pub use papers::{OpeningView, Paper, PapersView};
pub use query::{Query, View};
pub use types::{
    AdvertPreview, ApprovalState, ApprovalView, BelongingView, CounterpartView, DealState, DealView, Decider,
    DocketState, DocketView, EngagementView, EntryView, FreeView, ItemView, LineView, MatchView, MilestoneView,
    NearMissView, PassWait, PersonView, ProposedView, QuestionView, Recipient, RepliedView, RoundView, ShapeView,
    SplitView, Standing, StatusView, Stays, TalkView, TemplateView, TermsView, TrustView, UnmetView, WaitView, Waiting,
    WhoActs, WorkView,
};
