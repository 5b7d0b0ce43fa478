//! Why: the reasons of a comparison as sentences, read off the parts that made its score.
//!
//! - `WHY-1` The parts sum to the score, and each is what was counted; nothing is explained that did not count.
//! - `WHY-2` What is unknown is a question that the other side can answer.
//! - `WHY-3` An advert that only one limit removes is a near miss: it says what would have to move, and by how much.
//!
//! The sentences are for the command line and for logs of the benchmark; pages have their own words and use the parts.
use crate::{
    limits::{Limit, Line, Verdict},
    number::Number,
    rank::{Market, Part, Ranked, Wanted},
    record::{Facts, Measure, Named, Quantity, Stated, Unit},
    vocabulary::Language,
};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// A comparison in words.
#[derive(Clone, Debug, Default)]
pub struct Explanation {
    /// What counted and how much (millionths), most first.
    pub reasons: Vec<(u32, String)>,
    /// What to ask the other side.
    pub questions: Vec<String>,
    /// What is violated.
    pub gaps: Vec<String>,
    /// What would have to move, if one limit alone removes the advert.
    pub near_miss: Option<String>,
}

impl Market<'_> {
    /// A ranked advert and the lines of its limits in words. `None` if there is no such advert.
    #[must_use]
    pub fn explain(&self, wanted: &Wanted, advert: usize) -> Option<(Option<Ranked>, Explanation)> {
        let (ranked, lines) = self.compare(wanted, advert)?;
        let offered = self.facts(advert)?;
        let mut told = Explanation::default();
        for part in ranked.iter().flat_map(|found| &found.parts).filter(|part| part.points() > 0) {
            told.reasons.push((part.points(), self.reason(wanted, offered, part)));
        }
        told.reasons.sort_by(|one, other| other.0.cmp(&one.0));
        let say = |line: &Line| self.line(wanted.facts(), offered, line);
        let with = |verdict: Verdict| lines.iter().filter(move |line| line.verdict == verdict);
        told.questions = with(Verdict::Unknown).map(|line| format!("ask: {}", say(line))).collect();
        told.gaps = with(Verdict::Gap).map(say).collect();
        // WHY-3
        if let [line] = with(Verdict::Gap).collect::<Vec<_>>().as_slice() {
            told.near_miss = moved(wanted.facts(), offered, line);
        }
        Some((ranked, told))
    }

    fn reason(&self, wanted: &Wanted, offered: &Facts, part: &Part) -> String {
        let label = |concept| self.vocabulary().label(concept, Language::English);
        match part {
            Part::Term { asked, offered, closeness, .. } => {
                let asked = wanted.asked.get(*asked).map_or("", |asked| label(asked.concept));
                let found = self.concept(*offered).map_or("", label);
                if asked == found {
                    format!("{asked}: said by both")
                } else {
                    format!("{asked}: near {found} ({closeness})")
                }
            }
            Part::Limit { line, .. } => self.line(wanted.facts(), offered, line),
            Part::Letters { likeness, .. } => format!("wording alike ({likeness})"),
        }
    }

    /// A limit with both values and its verdict.
    fn line(&self, need: &Facts, offered: &Facts, line: &Line) -> String {
        let named = |named: Named| match named {
            Named::Concept(concept) => self.vocabulary().label(concept, Language::English).to_string(),
            Named::Code(code) => format!("code {code:08x}"),
        };
        let (what, wanted, has) = match line.limit {
            Limit::Category => ("category".to_string(), said(need.category), said(offered.category)),
            Limit::Distance => {
                let km = need.place.zip(offered.place).map(|(one, other)| one.value.km_to(other.value));
                let far = km.map_or_else(nothing, |km| format!("{km} km"));
                let far = if offered.presence.remote { format!("{far}, from afar too") } else { far };
                ("distance".to_string(), need.max_km.map_or_else(nothing, |km| format!("{} km", km.value)), far)
            }
            Limit::Window => ("window".to_string(), said(need.window), said(offered.window)),
            Limit::Quantity => ("quantity".to_string(), quantity(need.quantity), quantity(offered.quantity)),
            Limit::Envelope => ("size in mm".to_string(), sides(need), sides(offered)),
            Limit::Tolerance => ("tolerance in mm".to_string(), said(need.tolerance), said(offered.tolerance)),
            Limit::Capacity(measure) => {
                (unit(measure).to_string(), said(need.capacity(measure)), said(offered.capacity(measure)))
            }
            Limit::Material(one) => {
                ("material".to_string(), named(one), self.list(&offered.materials, offered.any_material))
            }
            Limit::Credential(one) => ("certificate".to_string(), named(one), self.list(&offered.credentials, false)),
            Limit::Skill(one) => ("skill".to_string(), named(one), self.list(&offered.skills, false)),
            Limit::Denied => ("the work".to_string(), "done".to_string(), "said not to be done".to_string()),
            Limit::Presence => ("presence".to_string(), presence(need), presence(offered)),
            Limit::Language => ("language".to_string(), languages(need), languages(offered)),
        };
        let verdict = match line.verdict {
            Verdict::Gap => "violated",
            Verdict::Unknown => "unknown",
            Verdict::Partial => "in part",
            Verdict::Match => "met",
            Verdict::Exceeds => "more than asked",
        };
        format!("{what}: wanted {wanted}, offered {has}: {verdict}")
    }

    fn list(&self, list: &[Stated<Named>], any: bool) -> String {
        if any {
            return "any".to_string();
        }
        let names = list.iter().map(|stated| match stated.value {
            Named::Concept(concept) => self.vocabulary().label(concept, Language::English).to_string(),
            Named::Code(code) => format!("code {code:08x}"),
        });
        let names = names.collect::<Vec<_>>().join(", ");
        if names.is_empty() { nothing() } else { names }
    }
}

fn nothing() -> String {
    "not said".to_string()
}

fn said<T: ToString>(stated: Option<Stated<T>>) -> String {
    stated.map_or_else(nothing, |stated| stated.value.to_string())
}

fn sides(facts: &Facts) -> String {
    let Some(stated) = facts.envelope else { return nothing() };
    let sides: Vec<String> = stated.value.iter().take(facts.axes).map(Number::to_string).collect();
    sides.join(" x ")
}

fn quantity(stated: Option<Stated<Quantity>>) -> String {
    let Some(stated) = stated else { return nothing() };
    let unit = match stated.value.unit {
        Unit::Hours => "h",
        Unit::HoursPerWeek => "h a week",
        Unit::Pieces => "pieces",
        Unit::SquareFeet => "sq ft",
        Unit::Seats => "seats",
        Unit::Other(_) => "of another unit",
    };
    format!("{} {unit}", stated.value.value)
}

fn presence(facts: &Facts) -> String {
    match (facts.presence.remote, facts.presence.on_site) {
        (true, true) => "from afar or at the place".to_string(),
        (true, false) => "from afar".to_string(),
        (false, true) => "at the place".to_string(),
        (false, false) => nothing(),
    }
}

fn languages(facts: &Facts) -> String {
    match facts.languages {
        [true, true] => "French and English".to_string(),
        [true, false] => "French".to_string(),
        [false, true] => "English".to_string(),
        [false, false] => nothing(),
    }
}

fn unit(measure: Measure) -> &'static str {
    match measure {
        Measure::ForceKn => "force in kN",
        Measure::MassKg => "weight in kg",
        Measure::LengthMm => "length in mm",
        Measure::DepthMm => "depth in mm",
        Measure::ThicknessMm => "thickness in mm",
        Measure::TemperatureC => "temperature in °C",
        Measure::AreaSqft => "floor in sq ft",
        Measure::ClearHeightFt => "clear height in ft",
        Measure::CraneT => "crane in t",
        Measure::ShotG => "shot in g",
        Measure::PalletPositions => "pallet positions",
        Measure::PowerHp => "power in hp",
        Measure::PressurePsi => "pressure in psi",
        Measure::CleanroomClass => "cleanroom class",
        Measure::Other(_) => "capacity",
    }
}

/// What would have to move, and by how much, for one limit to be met.
fn moved(need: &Facts, offered: &Facts, line: &Line) -> Option<String> {
    let short = |wanted: Number, has: Number| Number(wanted.0.abs_diff(has.0).try_into().unwrap_or(i64::MAX));
    match line.limit {
        Limit::Window => {
            let (wanted, has) = (need.window?.value, offered.window?.value);
            let (days, way) = if has.from >= wanted.to {
                (has.from.0.saturating_sub(wanted.to.0), "later")
            } else {
                (wanted.from.0.saturating_sub(has.to.0), "earlier")
            };
            Some(format!("would match if the window moved {} days {way}", days.saturating_add(1)))
        }
        Limit::Distance => {
            let km = need.place?.value.km_to(offered.place?.value);
            Some(format!("would match if you went {} km farther", km.saturating_sub(need.max_km?.value)))
        }
        Limit::Tolerance => {
            let by = short(need.tolerance?.value, offered.tolerance?.value);
            Some(format!("would match with {by} mm more tolerance"))
        }
        Limit::Capacity(measure) => {
            let by = short(need.capacity(measure)?.value, offered.capacity(measure)?.value);
            Some(format!("would match with a difference of {by} ({})", unit(measure)))
        }
        Limit::Envelope => {
            let pairs = need.envelope?.value.into_iter().zip(offered.envelope?.value).take(need.axes.min(offered.axes));
            let by = pairs.map(|(wanted, has)| wanted.0.saturating_sub(has.0)).max()?;
            Some(format!("would match if the part were {} mm smaller", Number(by)))
        }
        _ => None,
    }
}
