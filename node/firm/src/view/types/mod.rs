//! The shapes of views, as the desk, the JSON of the command line and the story reports use them.

mod approvals;
mod deals;
mod firm;
mod market;
mod talk;
mod work;

pub use approvals::{ApprovalState, ApprovalView, Decider, EntryView, Recipient, Stays, WaitView};
pub use deals::{CounterpartView, DealState, DealView, MilestoneView, SplitView, TermsView, Waiting, WhoActs};
pub use firm::{BelongingView, EngagementView, PassWait, PersonView, Standing, StatusView, TrustView};
pub use market::{AdvertPreview, FreeView, ItemView, MatchView, NearMissView, UnmetView};
pub use talk::{ProposedView, QuestionView, RepliedView, RoundView, ShapeView, TalkView, TemplateView};
pub use work::{DocketState, DocketView, LineView, WorkView};
