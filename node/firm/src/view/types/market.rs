//! Of what the firm has and needs, and what fits it.

use crate::composer::{Advice, Exposure};
use crate::lending::NotLent;
use crate::linter::Finding;
use crate::matching::{Report, Unmet};
use crate::profile::{Item, Mode};
use crate::view::{LoanView, Progress};
use alloc::{string::String, vec::Vec};
use protocol::census::K;
use protocol::facts::{Facts, Side};
use protocol::id::{ApprovalId, Blob, DealId, ItemId, RecordId};
use protocol::text::Name;
use protocol::time::UnixMs;
use serde::Serialize;

/// One resource or need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ItemView {
    /// What was entered; `limit` and `note` are empty for readers who may not see them.
    pub item: Item,
    /// Whether a private price limit is set, whoever reads.
    pub limit_set: bool,
    /// Whether there is a note, whoever reads.
    pub note_set: bool,
    /// The live advert, if any.
    pub advert: Option<RecordId>,
    /// The question whether to publish it, while it waits.
    pub asked: Option<ApprovalId>,
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
