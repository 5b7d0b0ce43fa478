//! One side as the engine reads it: the codes and the text as facts, and the numbers at their best and at their worst.
//!
//! A band is an interval and the engine compares values, so it judges twice: once with every number at the end of its band
//! that is best for a match, once at the worst. What fails at best is violated; what holds at worst is met; between lies a
//! question.

use super::claims::{Amount, Claims};
use super::codes;
use crate::availability::Free;
use crate::knowledge::Learned;
use crate::profile::ItemDraft;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use matching::case::Case;
use matching::day::{Day, Window};
use matching::number::Number;
use matching::place::Point;
use matching::rank::Prepared;
use matching::read;
use matching::record::{self, Origin, Quantity, Stated, Unit};
use matching::vocabulary::Vocabulary;
use protocol::dialogue::Brief;
use protocol::facts::{Facts, Side, Weeks};
use protocol::money::Money;
use protocol::place::Cell;
use protocol::vocabulary::{Presence, ResourceClass};

/// What one side says, read once with one vocabulary: with another it is read again.
#[derive(Clone, Debug)]
pub struct Said {
    pub(super) side: Side,
    pub(super) claims: Claims,
    pub(super) prepared: Prepared,
    /// What of our own offer is free, where hours are kept for it.
    pub(super) free: Option<Free>,
}

/// Which end of every band counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    Best,
    Worst,
}

impl Said {
    /// Our own item, exactly, with its private limit.
    pub fn by_item(vocabulary: &Vocabulary, item: &ItemDraft) -> Said {
        Said::new(vocabulary, item.side, Claims::of_item(item))
    }

    /// An advert, in bands.
    pub fn by_advert(vocabulary: &Vocabulary, facts: &Facts) -> Said {
        Said::new(vocabulary, facts.side, Claims::of_facts(facts))
    }

    /// A brief of this side; where it is silent, the advert that it follows, if there is one.
    pub fn by_brief(vocabulary: &Vocabulary, side: Side, facts: Option<&Facts>, brief: &Brief) -> Said {
        Said::by_talk(vocabulary, side, facts, brief, &Learned::default())
    }

    /// The same, where what was answered in the talk says more or otherwise.
    pub fn by_talk(
        vocabulary: &Vocabulary,
        side: Side,
        facts: Option<&Facts>,
        brief: &Brief,
        learned: &Learned,
    ) -> Said {
        let claims = facts.map(Claims::of_facts).unwrap_or_default().told(brief);
        let claims = claims.told(&Brief(learned.entries.clone()));
        let mut said = Said::new(vocabulary, side, claims);
        for (measure, told) in &learned.measures {
            said.prepared = said.prepared.with_capacity(*measure, given(number(*told)));
        }
        said
    }

    fn new(vocabulary: &Vocabulary, side: Side, claims: Claims) -> Said {
        let text: String = claims.text.as_ref().map(|text| text.as_str().into()).unwrap_or_default();
        let names = |ids: Vec<&str>| (!ids.is_empty()).then(|| ids.iter().map(ToString::to_string).collect());
        let case = Case {
            category: claims.class.map(|class| codes::category(class).text().into()),
            process: claims.process.map(|process| codes::process(process).into()),
            materials: names(claims.materials.iter().map(|code| codes::material(*code)).collect()),
            certifications: names(claims.credentials.iter().map(|code| codes::credential(*code)).collect()),
            text,
            ..Case::default()
        };
        let reader = if side == Side::Need { read::Side::Need } else { read::Side::Offer };
        // What a text says of days is not read: a window is a field, and a day that depends on today would be another one tomorrow.
        let mut facts = read::read(vocabulary, &case, reader, Day(0));
        facts.window = claims.weeks.map(|weeks| given(window(weeks)));
        if let Some(area) = claims.area {
            facts.place = Some(given(point(area)));
        }
        facts.max_km = None;
        if let Some(presence) = claims.presence {
            let may = |other| presence == other || presence == Presence::Either;
            facts.presence =
                record::Presence { remote: may(Presence::Remote), on_site: may(Presence::OnSite), only: false };
        }
        let prepared = Prepared::new(facts, &case.text);
        Said { side, claims, prepared, free: None }
    }

    /// Our own item with the least or most for an hour that a rule sets, where that is stricter than what was entered with it.
    pub fn bounded(mut self, hourly: Money) -> Said {
        let is_stricter = |own: &Money| match self.side {
            Side::Offer => own.minor >= hourly.minor,
            Side::Need => own.minor <= hourly.minor,
        };
        let own = self.claims.limit.filter(|own| own.currency == hourly.currency && is_stricter(own));
        self.claims.limit = own.or(Some(hourly));
        self
    }

    /// Our own offer as far as its calendar still has it (`AVL-5`): no other weeks, and no more hours. A timetable that nobody believes
    /// any more takes nothing away, but leaves both a question.
    pub fn within(mut self, free: Free) -> Said {
        if !free.freshness.is_stale() {
            let hours = free.all_minutes() / 60;
            self.claims.weeks = free.weeks().or(self.claims.weeks);
            self.claims.hours = self.claims.hours.map(|entered| Amount::Exact(entered.low().min(hours)));
            self.prepared = self.prepared.with_window(self.claims.weeks.map(|weeks| given(window(weeks))));
        }
        self.free = Some(free);
        self
    }

    /// The hours that can be had in a window: those that are free in it, and no more than were entered.
    fn free_in(&self, within: Window) -> Option<Quantity> {
        let free = self.free.as_ref().filter(|free| !free.freshness.is_stale())?;
        let day = |day: Day| protocol::time::Day(u32::try_from(day.0).unwrap_or(0));
        let entered = self.claims.hours.map_or(u32::MAX, Amount::low).saturating_mul(60);
        let minutes = free.minutes(day(within.from), day(within.to)).min(entered);
        Some(Quantity { value: number(minutes).times(1, 60), unit: Unit::Hours })
    }

    /// The facts of this side alone that violate no limit which a pair with some other side would not violate: at best, without hours,
    /// which count where a calendar has them, and as far as the widest area of the other side lets a need reach.
    pub(super) fn loosest(&self) -> record::Facts {
        let mut facts = self.at(Reading::Best);
        facts.quantity = None;
        let own = &self.claims;
        let widest = |limit: Amount| limit.high().unwrap_or(u32::MAX).saturating_add(around(own, Cell::RADIUS_KM_MAX));
        // Where it is not certain that distance binds, the other side may say that it does not.
        facts.max_km = own.travel.filter(|_| may_be_afar(own) == Some(false)).map(|limit| given(widest(limit)));
        facts
    }

    /// The facts with every number at one end of its band.
    pub(super) fn at(&self, reading: Reading) -> record::Facts {
        let mut facts = self.prepared.facts().clone();
        let large = (self.side == Side::Offer) == (reading == Reading::Best);
        let end = |amount: Amount, upper: bool| if upper { amount.high().unwrap_or(u32::MAX) } else { amount.low() };
        if let Some(um) = self.claims.tolerance {
            facts.tolerance = Some(given(number(end(um, !large)).times(1, 1_000)));
        }
        if let Some(mm) = self.claims.envelope {
            facts.envelope = Some(given([number(end(mm, large)), Number::default(), Number::default()]));
            facts.axes = 1;
        }
        if let Some(hours) = self.claims.hours {
            facts.quantity = Some(given(Quantity { value: number(end(hours, large)), unit: Unit::Hours }));
        }
        facts
    }
}

/// Both sides at one reading, as of a day: what is over of the needed window can serve nobody any more, and distance is
/// uncertain by both areas.
pub(super) fn both(need: &Said, offer: &Said, reading: Reading, today: Day) -> [record::Facts; 2] {
    let mut facts = [need.at(reading), offer.at(reading)];
    if let Some(window) = &mut facts[0].window {
        window.value.from = window.value.from.max(today);
    }
    // Of a calendar the days are known, so hours count where they lie and are not spread.
    if let [Some(wanted), Some(offered)] = [facts[0].window, facts[1].window]
        && let Some(shared) = wanted.value.both(offered.value)
        && let Some(hours) = offer.free_in(shared)
    {
        facts[1].window = Some(given(shared));
        facts[1].quantity = Some(given(hours));
    }
    facts[0].max_km = reach(&need.claims, &offer.claims, reading).map(given);
    facts
}

/// Kilometres that count as near enough.
fn reach(needed: &Claims, offered: &Claims, reading: Reading) -> Option<u32> {
    let limit = needed.travel?;
    let around = around(needed, offered.area.map_or(0, Cell::radius_km));
    Some(match (from_afar(needed, offered), reading) {
        (Some(true), _) | (None, Reading::Best) => u32::MAX,
        (_, Reading::Best) => limit.high().unwrap_or(u32::MAX).saturating_add(around),
        (_, Reading::Worst) if limit.low() == u32::MAX => u32::MAX,
        (_, Reading::Worst) => limit.low().saturating_sub(around),
    })
}

/// By how many kilometres two areas may lie nearer than their centres, where the other one is so wide.
fn around(claims: &Claims, other_km: u32) -> u32 {
    claims.area.map_or(0, Cell::radius_km).saturating_add(other_km)
}

/// Whether the work can be done from afar, so that distance does not matter; `None` when that has not been said.
fn from_afar(needed: &Claims, offered: &Claims) -> Option<bool> {
    match (may_be_afar(needed), may_be_afar(offered)) {
        (Some(true), Some(true)) => Some(true),
        (Some(false), _) | (_, Some(false)) => Some(false),
        _ => None,
    }
}

/// What one side says of that. Of a thing that stands somewhere, silence says no.
fn may_be_afar(claims: &Claims) -> Option<bool> {
    match (claims.presence, claims.class) {
        (Some(Presence::Remote | Presence::Either), _) => Some(true),
        (Some(Presence::OnSite), _) => Some(false),
        (
            None,
            None
            | Some(
                ResourceClass::PersonHours
                | ResourceClass::Expertise
                | ResourceClass::Training
                | ResourceClass::Credential,
            ),
        ) => None,
        (None, Some(_)) => Some(false),
    }
}

/// A day of the protocol as the engine counts it.
pub(crate) fn day(day: protocol::time::Day) -> Day {
    Day(i32::try_from(day.0).unwrap_or(i32::MAX))
}

/// The days of weeks.
fn window(weeks: Weeks) -> Window {
    Window { from: day(weeks.first.monday()), to: day(weeks.last.plus(1).monday()) }
}

fn given<T>(value: T) -> Stated<T> {
    Stated { value, origin: Origin::Given }
}

/// A whole number; beyond what the engine counts it is as good as without end.
fn number(whole: u32) -> Number {
    Number::whole(i32::try_from(whole).unwrap_or(i32::MAX))
}

fn point(area: Cell) -> Point {
    let centre = area.centre();
    Point::at(i64::from(centre.lat_udeg) / 10_000, i64::from(centre.lon_udeg) / 10_000)
}
