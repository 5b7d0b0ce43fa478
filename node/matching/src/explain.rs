//! Why an advert stands where it stands, read off what was computed.
//!
//! - `WHY-1` The points of the reasons sum to the score, each taken from the computation itself: nothing is told that did not
//!   count, and nothing counted that is not told.
//! - `WHY-2` Each limit shows both values. What nobody said is a question; what barely failed says what would have met it.
//!   What only a condition opens names the condition, in both languages, and who shows what.
//! - `WHY-3` Reasons are for the firm that compares. They name its limits and the other side's words, and never leave.
//!
//! An attacker who could read them would learn a private limit with each advert that it varies; so nothing here has a form
//! for the wire.
use crate::{
    category::Category,
    limits::{Limit, Line, Verdict, opening},
    number::Number,
    pack::{Condition, Equivalence},
    rank::{Band, Market, Part, Ranked, Wanted},
    read::Side,
    record::{Facts, Measure, Named, Stated, Unit},
    vocabulary::{Language, Vocabulary},
};
use alloc::{borrow::ToOwned, format, string::String, string::ToString, vec::Vec};
use serde::Serialize;

/// Everything that a person should know of an advert beside a need.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    /// The sum of the points, in millionths.
    pub score: u32,
    /// How well what is said fits, in thousandths.
    pub fit: u16,
    /// How much of what is required is known, in thousandths.
    pub certainty: u16,
    /// strong, possible, ask, conditional or no, beside an advert that is as good; in a list, better ones weaken it.
    pub band: &'static str,
    /// Terms of the need, the one that gives most first.
    pub terms: Vec<TermReason>,
    /// Limits, violated ones first.
    pub limits: Vec<LimitReason>,
    /// Millionths for letters that both texts share.
    pub letters: u32,
    /// What must be done where a certificate is missing.
    pub conditions: Vec<ConditionReason>,
    /// What to ask the other side.
    pub questions: Vec<String>,
    /// What would have met a violated limit.
    pub near_misses: Vec<String>,
}

/// A term of the need and what comes closest to it.
#[derive(Clone, Debug, Serialize)]
pub struct TermReason {
    /// What is asked for.
    pub needed: String,
    /// What the advert names that comes closest; nothing if nothing does.
    pub offered: Option<String>,
    /// How close, in thousandths.
    pub closeness: u16,
    /// Millionths.
    pub points: u32,
}

/// A limit, both values and what came of it.
#[derive(Clone, Debug, Serialize)]
pub struct LimitReason {
    /// What is compared.
    pub limit: String,
    /// match, exceeds, partial, conditional, gap or unknown.
    pub verdict: &'static str,
    /// What the need states.
    pub needed: Option<String>,
    /// What the advert states.
    pub offered: Option<String>,
    /// Where a pack says that what is held counts as what is needed: which pack, and why.
    pub because: Option<String>,
    /// Millionths.
    pub points: u32,
}

/// Another compliant path, opened by a rule of a pack.
#[derive(Clone, Debug, Serialize)]
pub struct ConditionReason {
    /// Which limit it opens.
    pub limit: String,
    /// The pack and the rule, with a slash between.
    pub rule: String,
    /// What must be done, in English.
    pub english: String,
    /// The same in French.
    pub french: String,
    /// What this side must show before anything is signed.
    pub shown_here: Vec<String>,
    /// What the other side must show.
    pub shown_there: Vec<String>,
}

impl Explanation {
    /// Of one advert of a market against a need. `None` if there is no such advert.
    #[must_use]
    pub fn of(market: &Market<'_>, wanted: &Wanted, advert: usize) -> Option<Explanation> {
        let (ranked, lines) = market.compare(wanted, advert)?;
        let facts = market.facts(advert)?;
        let vocabulary = market.vocabulary();
        let is_out = lines.iter().any(|line| line.verdict == Verdict::Gap);
        let mut told = Explanation {
            score: 0,
            fit: ranked.as_ref().map_or(0, |ranked| ranked.fit),
            certainty: ranked.as_ref().map_or(0, |ranked| ranked.certainty),
            band: band(ranked.as_ref().map_or(Band::No, |ranked| ranked.band), is_out),
            terms: Vec::new(),
            limits: Vec::new(),
            letters: 0,
            conditions: Vec::new(),
            questions: Vec::new(),
            near_misses: Vec::new(),
        };
        for part in ranked.iter().flat_map(|ranked| &ranked.parts) {
            told.score += part.points();
            match part {
                Part::Term { asked, offered, closeness, points } => {
                    let name = |concept| vocabulary.label(concept, Language::English).to_owned();
                    let Some(needed) = wanted.asked(*asked).map(name) else { continue };
                    let offered = market.concept(*offered).filter(|_| *closeness > 0).map(name);
                    told.terms.push(TermReason { needed, offered, closeness: *closeness, points: *points });
                }
                Part::Limit { line, points } => told.limit(vocabulary, line, *points, wanted.facts(), facts),
                Part::Letters { points, .. } => told.letters = *points,
            }
        }
        told.terms.sort_by_key(|reason| core::cmp::Reverse(reason.points));
        told.limits.sort_by_key(|reason| reason.verdict != "gap");
        Some(told)
    }

    /// Of an advert of a list, with the band that it has there.
    #[must_use]
    pub fn of_ranked(market: &Market<'_>, wanted: &Wanted, found: &Ranked) -> Option<Explanation> {
        let told = Explanation::of(market, wanted, found.advert)?;
        Some(Explanation { band: band(found.band, false), ..told })
    }

    fn limit(&mut self, vocabulary: &Vocabulary, line: &Line, points: u32, need: &Facts, advert: &Facts) {
        let limit = name(vocabulary, line.limit, need);
        let (needed, offered) = values(vocabulary, line.limit, need, advert);
        match line.verdict {
            Verdict::Unknown => self.questions.push(question(line.limit, &limit, needed.as_deref())),
            Verdict::Gap => self.near_misses.extend(near(line.limit, need, advert)),
            Verdict::Conditional => {
                let rule = opening(vocabulary, line.limit, need, advert);
                self.conditions.extend(rule.map(|rule| condition(vocabulary, rule, &limit)));
            }
            _ => {}
        }
        let because = because(vocabulary, line, advert);
        self.limits.push(LimitReason { limit, verdict: verdict(line.verdict), needed, offered, because, points });
    }
}

/// What to ask where nobody said enough.
fn question(limit: Limit, name: &str, needed: Option<&str>) -> String {
    match (limit, needed) {
        (Limit::Material(_) | Limit::Credential(_) | Limit::Skill(_), _) | (_, None) => format!("{name}: is it there?"),
        (Limit::Category, Some(needed)) => format!("is it offered as {needed}?"),
        (_, Some(needed)) => format!("{name}: is {needed} possible?"),
    }
}

/// The equivalence by which a certificate that is not held itself counts as held (`PCK-4`).
fn because(vocabulary: &Vocabulary, line: &Line, advert: &Facts) -> Option<String> {
    let (Limit::Credential(wanted @ Named::Concept(needed)), Verdict::Match) = (line.limit, line.verdict) else {
        return None;
    };
    let held = |concept| {
        let own = advert.credentials.iter();
        own.into_iter().any(|own| matches!(own.value, Named::Concept(own) if vocabulary.is(own, concept)))
    };
    let said = |own: &&Equivalence| vocabulary.is(own.counts_as, needed) && held(own.held);
    let itself = advert.credentials.iter().any(|own| own.value == wanted);
    let by = vocabulary.equivalences().iter().find(said).filter(|_| !itself)?;
    let [why, _] = &by.why;
    Some(format!("{} counts, says {}: {why}", vocabulary.label(by.held, Language::English), by.pack))
}

fn condition(vocabulary: &Vocabulary, rule: &Condition, limit: &str) -> ConditionReason {
    let shown = |by: Side| {
        let proofs = rule.proofs.iter().filter(|proof| proof.by == by);
        proofs.map(|proof| vocabulary.label(proof.concept, Language::English).to_owned()).collect()
    };
    let [english, french] = rule.says.clone();
    ConditionReason {
        limit: limit.to_owned(),
        rule: format!("{}/{}", rule.pack, rule.id),
        english,
        french,
        shown_here: shown(Side::Need),
        shown_there: shown(Side::Offer),
    }
}

fn band(band: Band, is_out: bool) -> &'static str {
    match band {
        _ if is_out => "no",
        Band::No => "no",
        Band::Conditional => "conditional",
        Band::Ask => "ask",
        Band::Possible => "possible",
        Band::Strong => "strong",
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Gap => "gap",
        Verdict::Unknown => "unknown",
        Verdict::Conditional => "conditional",
        Verdict::Partial => "partial",
        Verdict::Match => "match",
        Verdict::Exceeds => "exceeds",
    }
}

fn name(vocabulary: &Vocabulary, limit: Limit, need: &Facts) -> String {
    match limit {
        Limit::Category => "category".into(),
        Limit::Distance => "distance".into(),
        Limit::Window => "window".into(),
        Limit::Quantity => "quantity".into(),
        Limit::Envelope => "size".into(),
        Limit::Tolerance => "tolerance".into(),
        Limit::Capacity(measure) => unit(measure).0.into(),
        Limit::Material(named) => format!("material {}", word(vocabulary, named, need)),
        Limit::Credential(named) => format!("certificate {}", word(vocabulary, named, need)),
        Limit::Skill(named) => format!("skill {}", word(vocabulary, named, need)),
        Limit::Denied => "work that is not done there".into(),
        Limit::Language => "language".into(),
        Limit::Presence => "presence".into(),
    }
}

/// A name as the vocabulary has it, or as the side wrote it that used it.
fn word<'a>(vocabulary: &'a Vocabulary, named: Named, facts: &'a Facts) -> &'a str {
    match named {
        Named::Concept(concept) => vocabulary.label(concept, Language::English),
        Named::Code(_) => facts.spelt.iter().find(|(own, _)| *own == named).map_or("", |(_, written)| written),
    }
}

/// A measure's name and unit.
fn unit(measure: Measure) -> (&'static str, &'static str) {
    match measure {
        Measure::ForceKn => ("force", "kN"),
        Measure::MassKg => ("weight", "kg"),
        Measure::LengthMm => ("length", "mm"),
        Measure::DepthMm => ("depth", "mm"),
        Measure::ThicknessMm => ("thickness", "mm"),
        Measure::TemperatureC => ("temperature", "°C"),
        Measure::AreaSqft => ("area", "sq ft"),
        Measure::ClearHeightFt => ("clear height", "ft"),
        Measure::CraneT => ("crane", "t"),
        Measure::ShotG => ("shot", "g"),
        Measure::PalletPositions => ("pallet positions", "places"),
        Measure::PowerHp => ("power", "hp"),
        Measure::PressurePsi => ("pressure", "psi"),
        Measure::CleanroomClass => ("cleanroom class", "ISO 14644"),
        Measure::Other(_) => ("capacity", ""),
    }
}

/// What both sides state, as text.
fn values(vocabulary: &Vocabulary, limit: Limit, need: &Facts, advert: &Facts) -> (Option<String>, Option<String>) {
    let both = |told: &dyn Fn(&Facts) -> Option<String>| (told(need), told(advert));
    match limit {
        Limit::Category => both(&|facts| facts.category.map(|stated| Category::text(stated.value).to_owned())),
        Limit::Distance => {
            let far = need.place.zip(advert.place).map(|(home, there)| home.value.km_to(there.value));
            (need.max_km.map(|stated| format!("at most {} km", stated.value)), far.map(|km| format!("about {km} km")))
        }
        Limit::Window => both(&|facts| facts.window.map(|stated| stated.value.to_string())),
        Limit::Quantity => both(&|facts| {
            let quantity = facts.quantity?.value;
            let unit = match quantity.unit {
                Unit::Hours => "h",
                Unit::HoursPerWeek => "h a week",
                Unit::Pieces => "pieces",
                Unit::SquareFeet => "sq ft",
                Unit::Seats => "seats",
                Unit::Other(_) => "units",
            };
            Some(format!("{} {unit}", quantity.value))
        }),
        Limit::Envelope => both(&|facts| {
            let sides = facts.envelope?.value;
            let sides: Vec<String> = sides.iter().take(facts.axes).map(Number::to_string).collect();
            Some(format!("{} mm", sides.join(" x ")))
        }),
        Limit::Tolerance => both(&|facts| facts.tolerance.map(|stated| format!("±{} mm", stated.value))),
        Limit::Capacity(measure) => both(&|facts| {
            facts.capacity(measure).map(|stated| format!("{} {}", stated.value, unit(measure).1).trim().to_owned())
        }),
        Limit::Material(named) => {
            (Some(word(vocabulary, named, need).into()), list(vocabulary, &advert.materials, advert))
        }
        Limit::Credential(named) => {
            (Some(word(vocabulary, named, need).into()), list(vocabulary, &advert.credentials, advert))
        }
        Limit::Skill(named) => (Some(word(vocabulary, named, need).into()), list(vocabulary, &advert.skills, advert)),
        Limit::Denied => (None, None),
        Limit::Presence => both(&|facts| match (facts.presence.remote, facts.presence.on_site) {
            (true, true) => Some("from afar or at the place".into()),
            (true, false) => Some("from afar".into()),
            (false, true) => Some("at the place".into()),
            (false, false) => None,
        }),
        Limit::Language => both(&|facts| {
            let spoken = ["French", "English"].into_iter().zip(facts.languages).filter(|(_, spoken)| *spoken);
            let spoken: Vec<&str> = spoken.map(|(language, _)| language).collect();
            (!spoken.is_empty()).then(|| spoken.join(", "))
        }),
    }
}

fn list(vocabulary: &Vocabulary, names: &[Stated<Named>], facts: &Facts) -> Option<String> {
    let names: Vec<&str> = names.iter().map(|stated| word(vocabulary, stated.value, facts)).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// What would have met a limit that is violated.
fn near(limit: Limit, need: &Facts, advert: &Facts) -> Option<String> {
    match limit {
        Limit::Window => {
            let (wanted, offered) = (need.window?.value, advert.window?.value);
            let days = if offered.from >= wanted.to {
                offered.from.0.saturating_sub(wanted.to.0).saturating_add(1)
            } else {
                wanted.from.0.saturating_sub(offered.to.0).saturating_add(1)
            };
            (days > 0).then(|| format!("would match if the window moved {days} days"))
        }
        Limit::Distance => {
            let km = need.place?.value.km_to(advert.place?.value).saturating_sub(need.max_km?.value);
            Some(format!("would match if {km} km more were accepted"))
        }
        Limit::Tolerance => Some(format!("would match if ±{} mm were enough", advert.tolerance?.value)),
        Limit::Capacity(measure) => {
            let offered = advert.capacity(measure)?.value;
            Some(format!("would match if {offered} {} were enough", unit(measure).1))
        }
        _ => None,
    }
}
