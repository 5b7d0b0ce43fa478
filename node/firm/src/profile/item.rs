//! One resource or need.

use crate::register::PersonId;
use alloc::{string::String, vec::Vec};
use protocol::facts::{Side, Weeks};
use protocol::id::ItemId;
use protocol::limits::{CONFLICT_CLASSES_MAX, LIST_MAX};
use protocol::money::Money;
use protocol::place::{Cell, Point};
use protocol::text::{Name, ShortText};
use protocol::time::UnixMs;
use protocol::vocabulary::{
    ConflictClass, Credential, Language, Material, Presence, Process, ResourceClass, Role, ValueBand,
};
use serde::{Deserialize, Serialize};

/// How loudly an item is advertised, the quietest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Published with its area at full protocol resolution.
    Open,
    /// Published with the coarser area and without text.
    Coarse,
    /// Nothing is published; the node only listens.
    Silent,
}

impl Mode {
    /// All of them.
    pub const ALL: [Mode; 3] = [Mode::Open, Mode::Coarse, Mode::Silent];

    /// As pages and files know it.
    pub const fn name(self) -> &'static str {
        match self {
            Mode::Open => "open",
            Mode::Coarse => "coarse",
            Mode::Silent => "silent",
        }
    }

    /// What an item gets of which nobody said how loud it is (`CMP-1`).
    pub fn by_default(side: Side) -> Mode {
        match side {
            Side::Offer => Mode::Coarse,
            Side::Need => Mode::Silent,
        }
    }
}

/// What a person enters. Exact values, private.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemDraft {
    /// Offer or need.
    pub side: Side,
    /// What the firm calls it. Never leaves.
    pub title: Name,
    /// What kind of thing.
    pub class: ResourceClass,
    /// Process, service or skill.
    pub process: Process,
    /// Materials: worked (offer) or required (need).
    #[serde(default)]
    pub materials: Vec<Material>,
    /// ± micrometres: reached (offer) or required (need).
    pub tolerance_um: Option<u32>,
    /// Longest side in millimetres: that fits (offer) or must fit (need).
    pub envelope_mm: Option<u32>,
    /// Credentials: held (offer) or required (need).
    #[serde(default)]
    pub credentials: Vec<Credential>,
    /// Where it stands. Only its cell can leave.
    pub site: Point,
    /// First and last week.
    pub weeks: Weeks,
    /// Hours available (offer) or needed (need) within those weeks.
    pub hours: u32,
    /// Where the work can be done.
    pub presence: Option<Presence>,
    /// How far this side travels, in kilometres; of a need.
    pub travel_km: Option<u32>,
    /// Languages of the work.
    #[serde(default)]
    pub languages: Vec<Language>,
    /// Conflict classes: in which lines of business' interest it is offered or needed, as far as that may be told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflict_classes: Vec<ConflictClass>,
    /// Whether an operator comes with it.
    #[serde(default)]
    pub operator: bool,
    /// Whose time and skill it is; of an offer. Never leaves, and nothing is offered before that person and the employer let it
    /// (`LND-1`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// A band of worth that may be told.
    pub value: Option<ValueBand>,
    /// Two sentences that may be told to a matched party.
    pub experience: Option<ShortText>,
    /// How loudly it is advertised.
    pub mode: Mode,
    /// Least (offer) or most (need) for an hour. Matching only; never leaves, and not every role sees it.
    pub limit: Option<Money>,
    /// Why, for whom, what for. Never leaves.
    pub note: Option<ShortText>,
}

/// An item in the profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Names it within the firm.
    pub id: ItemId,
    /// What was entered.
    pub draft: ItemDraft,
    /// When.
    pub confided: UnixMs,
    /// Withdrawn items stay in history and match nothing.
    pub withdrawn: bool,
}

/// Why a draft is refused (`PRF-1`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BadItem {
    /// No time in it.
    #[error("hours: enter how many hours, from 1 to 10000")]
    Hours,
    /// Window upside down, over, or too long.
    #[error("weeks: the last week must not lie before the first or in the past, and a window is at most 53 weeks")]
    Weeks,
    /// Absurd tolerance.
    #[error("tolerance: enter ± micrometres from 1 to 10000 (0.01 mm is 10)")]
    Tolerance,
    /// Absurd size.
    #[error("envelope: enter the longest side in millimetres, from 1 to 100000")]
    Envelope,
    /// No such place.
    #[error("site: latitude must lie within ±90 and longitude within ±180 degrees")]
    Site,
    /// Too many codes in one list.
    #[error("materials, credentials, languages: at most {LIST_MAX} each")]
    TooMany,
    /// Too many conflict classes.
    #[error("conflict classes: at most {CONFLICT_CLASSES_MAX}; say the nearest, for each one makes you easier to tell")]
    ConflictClasses,
    /// A need that names somebody.
    #[error("person: only what the firm offers names whose time it is; leave it out of a need")]
    Person,
}

impl ItemDraft {
    /// The draft with its lists in order, or the field at fault (`PRF-1`).
    pub fn parse(mut self, now: UnixMs) -> Result<ItemDraft, BadItem> {
        sort(&mut self.materials)?;
        sort(&mut self.credentials)?;
        sort(&mut self.languages)?;
        sort(&mut self.conflict_classes)?;
        if self.conflict_classes.len() > CONFLICT_CLASSES_MAX {
            return Err(BadItem::ConflictClasses);
        }
        if !(1..=10_000).contains(&self.hours) {
            return Err(BadItem::Hours);
        }
        let weeks = self.weeks;
        if weeks.first > weeks.last || weeks.last < now.week() || weeks.count() > 53 {
            return Err(BadItem::Weeks);
        }
        if self.tolerance_um.is_some_and(|um| !(1..=10_000).contains(&um)) {
            return Err(BadItem::Tolerance);
        }
        if self.envelope_mm.is_some_and(|mm| !(1..=100_000).contains(&mm)) {
            return Err(BadItem::Envelope);
        }
        Cell::containing(self.site).map_err(|_| BadItem::Site)?;
        if self.side == Side::Need && self.person.is_some() {
            return Err(BadItem::Person);
        }
        // One fact, one place: a machine that comes with an operator is of that class, and the other way round.
        if self.operator && self.class == ResourceClass::Machine {
            self.class = ResourceClass::MachineWithOperator;
        }
        self.operator |= self.class == ResourceClass::MachineWithOperator && self.side == Side::Offer;
        Ok(self)
    }

    /// Roles that see `limit` and `note`; to others a view says only that they are set.
    pub const PRIVATE_READERS: [Role; 2] = [Role::Owner, Role::Approver];

    /// The cell that contains the site.
    pub fn cell(&self) -> Option<Cell> {
        Cell::containing(self.site).ok()
    }

    /// The title as text.
    pub fn title(&self) -> String {
        self.title.as_str().into()
    }
}

fn sort<T: Ord>(list: &mut Vec<T>) -> Result<(), BadItem> {
    list.sort();
    list.dedup();
    if list.len() <= LIST_MAX { Ok(()) } else { Err(BadItem::TooMany) }
}
