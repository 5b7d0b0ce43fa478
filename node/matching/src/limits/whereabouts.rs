//! Category, place, time and language.
use super::{Limit, Line, Verdict, gap, same_unit};
use crate::{
    category::Category,
    day::Window,
    number::Number,
    record::{Facts, Origin, Quantity, Stated, Unit},
    vocabulary::Vocabulary,
};
use alloc::vec::Vec;

pub(super) fn category(_: &Vocabulary, need: &Facts, advert: &Facts, lines: &mut Vec<Line>) {
    let given = advert.category.is_some_and(|offered| offered.origin == Origin::Given);
    if given && advert.category.is_some_and(|offered| need.unasked.contains(&offered.value)) {
        lines.push(Line::new(Limit::Category, Verdict::Gap));
        return;
    }
    let (Some(wanted), Some(offered)) = (need.category, advert.category) else {
        lines.push(Line::new(Limit::Category, Verdict::Unknown));
        return;
    };
    let serves = wanted.value.served_by(offered.value);
    let verdict = match serves {
        1_000 => Verdict::Match,
        _ if wanted.value.accepts(offered.value) => Verdict::Partial,
        _ => gap(wanted.origin, offered.origin),
    };
    let share = if verdict == Verdict::Unknown { 100 } else { u16::try_from(serves).unwrap_or(0) };
    lines.push(Line { limit: Limit::Category, verdict, share });
}

pub(super) fn distance(_: &Vocabulary, need: &Facts, advert: &Facts, lines: &mut Vec<Line>) {
    let (Some(home), Some(limit)) = (need.place, need.max_km) else { return };
    let from_afar = carried(advert) && advert.presence.remote && (need.presence.remote || !need.presence.on_site);
    let verdict = match advert.place {
        _ if from_afar => Verdict::Match,
        Some(there) if home.value.km_to(there.value) <= limit.value => Verdict::Match,
        // LIM-6
        Some(_) if need.presence.remote && carried(advert) && !advert.presence.on_site => Verdict::Unknown,
        Some(there) => gap(home.origin.min(limit.origin), there.origin),
        None => Verdict::Unknown,
    };
    lines.push(Line::new(Limit::Distance, verdict));
}

/// What a person can do over a line.
pub(crate) fn carried(facts: &Facts) -> bool {
    facts.category.is_some_and(|stated| carries(stated.value))
}

/// Whether a category is something that a person can do over a line.
pub(crate) fn carries(category: Category) -> bool {
    matches!(category, Category::Person | Category::Expertise | Category::Training | Category::Certification)
}

/// The least share of what is needed that a shared window must hold: below it, it does not serve.
const USABLE_MIN: i64 = 100;

/// Window and quantity (`LIM-5`).
pub(super) fn window(_: &Vocabulary, need: &Facts, advert: &Facts, lines: &mut Vec<Line>) {
    let spans = need.window.zip(advert.window);
    let share = need.quantity.zip(advert.quantity).and_then(|(wanted, offered)| {
        let window = spans.map(|(wanted, offered)| (wanted.value, offered.value));
        Some((usable(wanted, offered, window)?, wanted.origin.min(offered.origin)))
    });
    if let Some((wanted, offered)) = spans.or(need.window.map(|own| (own, own))) {
        let verdict = match (advert.window, wanted.value.shared(offered.value)) {
            (None, _) => Verdict::Unknown,
            (_, 0) => gap(wanted.origin, offered.origin),
            _ => match share {
                Some((share, origin)) if share < USABLE_MIN && spread(need, advert) => {
                    gap(origin, wanted.origin.min(offered.origin))
                }
                _ if wanted.value.shared(offered.value) >= wanted.value.days() => Verdict::Exceeds,
                _ => Verdict::Match,
            },
        };
        lines.push(Line::new(Limit::Window, verdict));
    }
    if need.quantity.is_some_and(|stated| stated.origin > Origin::Guessed) {
        let line = match share {
            Some((1_000.., _)) => Line::new(Limit::Quantity, Verdict::Exceeds),
            Some((share, _)) => {
                Line { limit: Limit::Quantity, verdict: Verdict::Partial, share: u16::try_from(share).unwrap_or(0) }
            }
            None => Line::new(Limit::Quantity, Verdict::Unknown),
        };
        lines.push(line);
    }
}

/// Whether the hours of an advert, spread over its days, leave less of what is needed than serves (`LIM-5`).
pub(crate) fn starved(wanted: (Window, Quantity), offered: (Window, Quantity)) -> bool {
    let plain = |quantity: Quantity| Stated { value: quantity, origin: Origin::Given };
    usable(plain(wanted.1), plain(offered.1), Some((wanted.0, offered.0))).is_some_and(|share| share < USABLE_MIN)
}

/// Whether both count hours, which spread over a window.
fn spread(need: &Facts, advert: &Facts) -> bool {
    let hours = |facts: &Facts| {
        facts.quantity.is_some_and(|stated| matches!(stated.value.unit, Unit::Hours | Unit::HoursPerWeek))
    };
    hours(need) && hours(advert)
}

/// What is usable of what is needed, in thousandths; nothing if the units do not convert (`LIM-7`). Hours count as spread
/// evenly over their window, so only those of shared days are usable.
fn usable(wanted: Stated<Quantity>, offered: Stated<Quantity>, windows: Option<(Window, Window)>) -> Option<i64> {
    let ratio = |have: Number, need: Number| {
        let (have, need) = (have.0, need.0.max(1));
        let wide = || i64::try_from(i128::from(have) * 1_000 / i128::from(need)).unwrap_or(i64::MAX);
        have.checked_mul(1_000).map_or_else(wide, |thousands| thousands / need)
    };
    let (need, have) = (wanted.value, offered.value);
    let weeks = |days: i32, hours: Number| hours.times(i64::from(days.min(3_650)), 7);
    match (need.unit, have.unit) {
        (Unit::Hours, Unit::Hours) => {
            let Some((own, theirs)) = windows else { return Some(ratio(have.value, need.value)) };
            let shared = i64::from(own.shared(theirs));
            let days = i64::from(theirs.days().clamp(1, 3_650));
            Some(ratio(have.value.times(shared.min(days), days), need.value))
        }
        (Unit::Hours, Unit::HoursPerWeek) => {
            let (own, theirs) = windows?;
            Some(ratio(weeks(own.shared(theirs), have.value), need.value))
        }
        (Unit::HoursPerWeek, Unit::Hours) => {
            let (own, theirs) = windows?;
            let shared = i64::from(own.shared(theirs));
            let days = i64::from(theirs.days().clamp(1, 3_650));
            Some(ratio(have.value.times(shared.min(days), days), weeks(own.days(), need.value)))
        }
        (Unit::HoursPerWeek, Unit::HoursPerWeek) => {
            let share = ratio(have.value, need.value);
            let Some((own, theirs)) = windows else { return Some(share) };
            let part = i64::from(own.shared(theirs)) * 1_000 / i64::from(own.days().max(1));
            // A few weeks fewer than asked at the full rate are worth nearly the same.
            Some(share.min(1_000) * part.clamp(0, 1_000) / 1_000)
        }
        _ => same_unit(wanted, offered).then(|| ratio(have.value, need.value)),
    }
}

/// Whether who does it can be where it is done.
pub(super) fn presence(need: &Facts, advert: &Facts, lines: &mut Vec<Line>) {
    let (wanted, offered) = (need.presence, advert.presence);
    if !carried(advert) || wanted.remote == wanted.on_site {
        return;
    }
    let [same, other] =
        if wanted.remote { [offered.remote, offered.on_site] } else { [offered.on_site, offered.remote] };
    let verdict = match (same, other) {
        (true, _) => Verdict::Match,
        // "Remote is fine" does not refuse a visit.
        (false, true) if offered.only && wanted.on_site => Verdict::Gap,
        (false, true) if offered.only => Verdict::Partial,
        (false, true) => Verdict::Unknown,
        (false, false) => return,
    };
    lines.push(Line::new(Limit::Presence, verdict));
}

pub(super) fn language(need: &Facts, advert: &Facts, lines: &mut Vec<Line>) {
    let [french, english] = need.languages;
    if french || english {
        let met = need.languages.iter().zip(advert.languages).all(|(wanted, spoken)| !wanted || spoken);
        lines.push(Line::new(Limit::Language, if met { Verdict::Match } else { Verdict::Unknown }));
    }
}
