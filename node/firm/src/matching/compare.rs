//! The comparison: what one side needs against what the other side offers, one verdict for each requirement.
//!
//! Decides whether two sides could do business, from what both have said. Refuses to guess: a requirement is violated only
//! if no value within what was said could meet it, met only if every value does, and *partial* in between, which is worth
//! a question. Who says nothing is not punished for it: *unknown* costs certainty, never the match (`MAT-1`).
//!
//! ```text
//!   our item ── exact ──▶ Claims ─┐                          class, process, weeks, hours: always a requirement
//!                                 ├─▶ compare(needed, offered)   all others: where the needing side states one
//!   their advert ─ bands ─▶ Claims ┘        │
//!   their brief ── exact, overrides ─┘      └─▶ Report: fits ⇔ no verdict is a gap
//! ```
//!
//! Directions: the offered envelope is at least the needed one, the tolerance at most; materials and credentials cover what
//! is needed, credentials under [`Credential::implies`]; one common language is enough; offered hours count as spread evenly
//! over their weeks, and only the weeks that both sides have are usable, of which half is partial and less is a gap;
//! distance lies within what the needing side travels, unless the work can be done from afar.
//!
//! The private price limit of an item is not compared: what the other side may say, a band of worth, is no rate.
//!
//! What an attacker would try: vary an advert to find our limits from our answers. The report stays inside the firm; what is
//! answered, and how often, is decided by a person or a rule that a person signed.

use super::claims::{Amount, Claims};
use super::report::{Report, Requirement, Shown, Verdict};
use crate::profile::ItemDraft;
use alloc::vec::Vec;
use protocol::dialogue::{Brief, Field, Value};
use protocol::facts::{Facts, Side};
use protocol::vocabulary::{Credential, Presence, Process, ResourceClass};

/// Our item against an advert of the other side. An advert of our own side fits nothing and has no requirements.
pub fn against_facts(item: &ItemDraft, facts: &Facts) -> Report {
    if item.side == facts.side {
        return Report { fits: false, fit: 0, certainty: 0, requirements: Vec::new() };
    }
    between(item, &Claims::of_facts(facts))
}

/// Our item against what the other side told us in a brief; where the brief is silent, against its advert, if it has one.
pub fn against_brief(item: &ItemDraft, facts: Option<&Facts>, brief: &Brief) -> Report {
    let advert = facts.map(Claims::of_facts).unwrap_or_default();
    between(item, &advert.told(brief))
}

fn between(item: &ItemDraft, theirs: &Claims) -> Report {
    let ours = Claims::of_item(item);
    match item.side {
        Side::Need => compare(&ours, theirs),
        Side::Offer => compare(theirs, &ours),
    }
}

/// One verdict for each requirement, in order of their fields (`MAT-2`).
pub(super) fn compare(needed: &Claims, offered: &Claims) -> Report {
    let judged = [
        Some(class(needed, offered)),
        Some(process(needed, offered)),
        area(needed, offered),
        Some(weeks(needed, offered)),
        Some(hours(needed, offered)),
        materials(needed, offered),
        tolerance(needed, offered),
        envelope(needed, offered),
        credentials(needed, offered),
        operator(needed, offered),
        presence(needed, offered),
        languages(needed, offered),
    ];
    sum(judged.into_iter().flatten().collect())
}

/// Fit and certainty (`MAT-3`).
fn sum(requirements: Vec<Requirement>) -> Report {
    let certain = requirements.iter().map(|line| match line.verdict {
        Verdict::Match | Verdict::Exceeds | Verdict::Gap => 1_000,
        Verdict::Partial => 500,
        Verdict::Unknown => 0,
    });
    Report {
        fits: requirements.iter().all(|line| line.verdict != Verdict::Gap),
        fit: mean(requirements.iter().map(|line| line.share)),
        certainty: mean(certain),
        requirements,
    }
}

fn mean(shares: impl ExactSizeIterator<Item = u16>) -> u16 {
    let count = u32::try_from(shares.len()).unwrap_or(u32::MAX).max(1);
    u16::try_from(shares.map(u32::from).sum::<u32>() / count).unwrap_or(u16::MAX)
}

fn line(field: Field, needed: Shown, offered: Shown, verdict: Verdict) -> Requirement {
    let share = match verdict {
        Verdict::Match | Verdict::Exceeds => 1_000,
        Verdict::Partial => 500,
        Verdict::Gap | Verdict::Unknown => 0,
    };
    Requirement { field, needed, offered, verdict, share }
}

fn exactly<T>(value: Option<T>, of: impl Fn(T) -> Value) -> Shown {
    value.map_or(Shown::Nothing, |value| Shown::Exactly(of(value)))
}

fn listed<T: Clone + Ord>(list: &[T], of: impl Fn(Vec<T>) -> Value) -> Shown {
    let mut list = list.to_vec();
    list.sort();
    list.dedup();
    if list.is_empty() { Shown::Nothing } else { Shown::Exactly(of(list)) }
}

/// The kind of thing. Whether an operator comes with it is a requirement of its own; one that nobody asked for exceeds.
fn class(needed: &Claims, offered: &Claims) -> Requirement {
    let unasked = offered.operator == Some(true) && needed.operator == Some(false);
    let (verdict, shown) = match (needed.class, offered.class) {
        (Some(a), Some(b)) if a != b => (Verdict::Gap, Some(b)),
        (Some(ResourceClass::Machine), Some(_)) if unasked => {
            (Verdict::Exceeds, Some(ResourceClass::MachineWithOperator))
        }
        (Some(_), Some(b)) => (Verdict::Match, Some(b)),
        (_, b) => (Verdict::Unknown, b),
    };
    line(Field::Class, exactly(needed.class, Value::Class), exactly(shown, Value::Class), verdict)
}

fn operator(needed: &Claims, offered: &Claims) -> Option<Requirement> {
    let asked = needed.operator.filter(|asked| *asked)?;
    let verdict = match offered.operator {
        Some(true) => Verdict::Match,
        Some(false) => Verdict::Gap,
        None => Verdict::Unknown,
    };
    Some(line(Field::Operator, exactly(Some(asked), Value::Flag), exactly(offered.operator, Value::Flag), verdict))
}

fn process(needed: &Claims, offered: &Claims) -> Requirement {
    let verdict = match (needed.process, offered.process) {
        (Some(needed), Some(offered)) => stands_in(offered, needed),
        _ => Verdict::Unknown,
    };
    line(Field::Process, exactly(needed.process, Value::Process), exactly(offered.process, Value::Process), verdict)
}

/// How far one process does the work of another. A five-axis machine does three-axis work as it is; a milling machine or a
/// lathe bores, but not to a boring mill's depth and roundness, so that is worth asking. Anything else is other work.
fn stands_in(offered: Process, needed: Process) -> Verdict {
    match (offered, needed) {
        _ if offered == needed => Verdict::Match,
        (Process::FiveAxisMilling, Process::ThreeAxisMilling) => Verdict::Exceeds,
        (Process::FiveAxisMilling | Process::ThreeAxisMilling | Process::Turning, Process::Boring) => Verdict::Partial,
        _ => Verdict::Gap,
    }
}

fn weeks(needed: &Claims, offered: &Claims) -> Requirement {
    let verdict = match (needed.weeks, offered.weeks) {
        (Some(needed), Some(offered)) if needed.overlap(offered).is_some() => Verdict::Match,
        (Some(_), Some(_)) => Verdict::Gap,
        _ => Verdict::Unknown,
    };
    line(Field::Weeks, exactly(needed.weeks, Value::Weeks), exactly(offered.weeks, Value::Weeks), verdict)
}

/// Usable hours: the offered ones times common weeks over offered weeks, compared without rounding.
fn hours(needed: &Claims, offered: &Claims) -> Requirement {
    let verdict = match (needed.hours, offered.hours) {
        (Some(asked), Some(given)) => enough(asked, given, &Common::between(needed, offered)),
        _ => Verdict::Unknown,
    };
    let shown = |hours: Option<Amount>| hours.map_or(Shown::Nothing, Amount::shown);
    line(Field::Hours, shown(needed.hours), shown(offered.hours), verdict)
}

/// Of how many offered weeks both sides have how many, at least and at most.
struct Common {
    least: u128,
    most: u128,
    of: u128,
}

impl Common {
    /// Where nobody says when, it may be all or none. Where the windows do not meet, that is the weeks' verdict, and the
    /// hours are compared as if they did, so that a page names the one reason.
    fn between(needed: &Claims, offered: &Claims) -> Common {
        match needed.weeks.zip(offered.weeks) {
            None => Common { least: 0, most: 1, of: 1 },
            Some((theirs, ours)) => match theirs.overlap(ours) {
                None => Common { least: 1, most: 1, of: 1 },
                Some(both) => {
                    let common = u128::from(both.count());
                    Common { least: common, most: common, of: u128::from(ours.count()) }
                }
            },
        }
    }
}

fn enough(asked: Amount, given: Amount, weeks: &Common) -> Verdict {
    let wanted = |hours: u32| u128::from(hours) * weeks.of;
    let surely = u128::from(given.low()) * weeks.least;
    let perhaps = given.high().map(|most| u128::from(most) * weeks.most);
    match asked.high().map(wanted) {
        Some(most) if surely > most => Verdict::Exceeds,
        Some(most) if surely == most => Verdict::Match,
        _ if perhaps.is_some_and(|most| 2 * most < wanted(asked.low())) => Verdict::Gap,
        _ => Verdict::Partial,
    }
}

fn materials(needed: &Claims, offered: &Claims) -> Option<Requirement> {
    if needed.materials.is_empty() {
        return None;
    }
    let verdict = if offered.materials.is_empty() {
        Verdict::Unknown
    } else if needed.materials.iter().all(|material| offered.materials.contains(material)) {
        Verdict::Match
    } else {
        Verdict::Gap
    };
    let (asked, given) = (listed(&needed.materials, Value::Materials), listed(&offered.materials, Value::Materials));
    Some(line(Field::Materials, asked, given, verdict))
}

/// A scheme that is held itself matches; one that a stronger scheme implies exceeds.
fn credentials(needed: &Claims, offered: &Claims) -> Option<Requirement> {
    if needed.credentials.is_empty() {
        return None;
    }
    let held = |scheme: &Credential| offered.credentials.contains(scheme);
    let implied = |scheme: &Credential| offered.credentials.iter().any(|held| held.implies(*scheme));
    let verdict = if offered.credentials.is_empty() {
        Verdict::Unknown
    } else if needed.credentials.iter().all(held) {
        Verdict::Match
    } else if needed.credentials.iter().all(implied) {
        Verdict::Exceeds
    } else {
        Verdict::Gap
    };
    let shown = |claims: &Claims| listed(&claims.credentials, Value::Credentials);
    Some(line(Field::Credentials, shown(needed), shown(offered), verdict))
}

fn languages(needed: &Claims, offered: &Claims) -> Option<Requirement> {
    if needed.languages.is_empty() {
        return None;
    }
    let verdict = if offered.languages.is_empty() {
        Verdict::Unknown
    } else if needed.languages.iter().any(|language| offered.languages.contains(language)) {
        Verdict::Match
    } else {
        Verdict::Gap
    };
    let (asked, given) = (listed(&needed.languages, Value::Languages), listed(&offered.languages, Value::Languages));
    Some(line(Field::Languages, asked, given, verdict))
}

fn tolerance(needed: &Claims, offered: &Claims) -> Option<Requirement> {
    let asked = needed.tolerance?;
    let verdict = offered.tolerance.map_or(Verdict::Unknown, |given| at_most(given, asked));
    Some(line(Field::Tolerance, asked.shown(), offered.tolerance.map_or(Shown::Nothing, Amount::shown), verdict))
}

fn envelope(needed: &Claims, offered: &Claims) -> Option<Requirement> {
    let asked = needed.envelope?;
    // At least is at most, seen from the other side.
    let verdict = offered.envelope.map_or(Verdict::Unknown, |given| at_most(asked, given));
    Some(line(Field::Envelope, asked.shown(), offered.envelope.map_or(Shown::Nothing, Amount::shown), verdict))
}

/// Whether `small` lies at or under `large`, whatever exactly both are.
fn at_most(small: Amount, large: Amount) -> Verdict {
    match small.high() {
        Some(most) if most < large.low() => Verdict::Exceeds,
        Some(most) if most == large.low() => Verdict::Match,
        _ if large.high().is_some_and(|limit| small.low() > limit) => Verdict::Gap,
        _ => Verdict::Partial,
    }
}

fn presence(needed: &Claims, offered: &Claims) -> Option<Requirement> {
    let asked = needed.presence?;
    let verdict = match (asked, offered.presence) {
        (Presence::Either, _) | (_, Some(Presence::Either)) => Verdict::Match,
        (asked, Some(given)) if asked == given => Verdict::Match,
        (_, Some(_)) => Verdict::Gap,
        (_, None) => Verdict::Unknown,
    };
    let shown = |presence| exactly(presence, Value::Presence);
    Some(line(Field::Presence, shown(Some(asked)), shown(offered.presence), verdict))
}

/// Distance between the centres of both areas, give or take both radii, against what the needing side travels.
fn area(needed: &Claims, offered: &Claims) -> Option<Requirement> {
    let limit = needed.travel?;
    let distance = needed.area.zip(offered.area).map(|(from, to)| {
        let km = from.centre().distance_km(to.centre());
        (km, from.radius_km().saturating_add(to.radius_km()))
    });
    let verdict = match (from_afar(needed, offered), distance) {
        (Some(true), _) => Verdict::Match,
        _ if limit.low() == u32::MAX => Verdict::Match,
        (_, None) => Verdict::Unknown,
        (afar, Some((km, give_or_take_km))) => {
            let within = Amount::Band {
                low: km.saturating_sub(give_or_take_km),
                high: Some(km.saturating_add(give_or_take_km)),
                text: "",
            };
            match at_most(within, limit) {
                Verdict::Exceeds => Verdict::Match,
                Verdict::Gap if afar.is_none() => Verdict::Partial,
                verdict => verdict,
            }
        }
    };
    let shown = distance.map_or(Shown::Nothing, |(km, give_or_take_km)| Shown::Distance { km, give_or_take_km });
    Some(line(Field::Area, limit.shown(), shown, verdict))
}

/// Whether the work can be done from afar, so that distance does not matter; `None` when that has not been said. Of a thing
/// that stands somewhere, silence says no.
fn from_afar(needed: &Claims, offered: &Claims) -> Option<bool> {
    let side = |claims: &Claims| match claims.presence {
        Some(Presence::Remote | Presence::Either) => Some(true),
        Some(Presence::OnSite) => Some(false),
        None => match claims.class {
            Some(
                ResourceClass::PersonHours
                | ResourceClass::Expertise
                | ResourceClass::Training
                | ResourceClass::Credential,
            )
            | None => None,
            Some(_) => Some(false),
        },
    };
    match (side(needed), side(offered)) {
        (Some(true), Some(true)) => Some(true),
        (Some(false), _) | (_, Some(false)) => Some(false),
        _ => None,
    }
}
