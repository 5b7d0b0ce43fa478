//! The judgement: the engine reads both sides at their best and at their worst, and what it finds becomes one report.

use super::claims::{Amount, Claims};
use super::codes::{self, kin};
use super::own;
use super::report::{Band, Likeness, Near, Report, Requirement, Shown, Verdict, Word};
use super::said::{Reading, Said, both, day};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use matching::limits::{self, Limit, Line};
use matching::rank::{self, Paired};
use matching::record::{Facts, Measure, Named};
use matching::vocabulary::Vocabulary;
use protocol::dialogue::{Field, Value};
use protocol::facts::Side;
use protocol::time::UnixMs;
use protocol::vocabulary::{Credential, Material};

/// What two sides come to on a day. Two of one side come to nothing.
pub fn judge(one: &Said, other: &Said, now: UnixMs) -> Report {
    match (one.side, other.side) {
        (Side::Need, Side::Offer) => Pair::of(one, other, now).report(),
        (Side::Offer, Side::Need) => Pair::of(other, one, now).report(),
        _ => nothing(),
    }
}

/// Whether no limit that both sides state is violated, without saying how well anything fits.
pub fn is_open(one: &Said, other: &Said, now: UnixMs) -> bool {
    match (one.side, other.side) {
        (Side::Need, Side::Offer) => Pair::of(one, other, now).is_open(),
        (Side::Offer, Side::Need) => Pair::of(other, one, now).is_open(),
        _ => false,
    }
}

fn nothing() -> Report {
    Report {
        fits: false,
        band: Band::No,
        fit: 0,
        certainty: 0,
        score: 0,
        requirements: Vec::new(),
        words: Vec::new(),
        letters: 0,
    }
}

struct Pair<'a> {
    need: &'a Said,
    offer: &'a Said,
    best: [Facts; 2],
    now: UnixMs,
}

impl<'a> Pair<'a> {
    fn of(need: &'a Said, offer: &'a Said, now: UnixMs) -> Pair<'a> {
        Pair { need, offer, best: both(need, offer, Reading::Best, day(now.day())), now }
    }

    /// Classes that can serve each other, or that nobody named.
    fn is_kin(&self) -> bool {
        self.need.claims.class.zip(self.offer.claims.class).is_none_or(|(needed, offered)| kin(needed, offered))
    }

    fn is_open(&self) -> bool {
        let [need, offer] = &self.best;
        self.is_kin()
            && !own::priced_out(&self.need.claims, &self.offer.claims)
            && own::requirements(&self.need.claims, &self.offer.claims).all(|line| line.verdict != Verdict::Gap)
            && limits::judge(Vocabulary::shared(), need, offer, false, &mut Vec::new())
    }

    fn report(&self) -> Report {
        let lines = self.lines();
        let paired = rank::pair(Vocabulary::shared(), &self.need.prepared, &self.offer.prepared, &lines);
        let mut words = Vec::new();
        let mut requirements: Vec<Requirement> =
            paired.limits.iter().map(|(line, points)| self.requirement(*line, *points)).collect();
        requirements.extend(self.process(&paired, &mut words));
        let own: Vec<Requirement> = own::requirements(&self.need.claims, &self.offer.claims).collect();
        let open = own.iter().any(|line| line.verdict == Verdict::Unknown);
        requirements.extend(own);
        requirements.sort_by_key(|line| line.field);
        let violated = |line: &Requirement| line.verdict == Verdict::Gap && line.field != Field::Process;
        let fits = !requirements.iter().any(violated) && !own::priced_out(&self.need.claims, &self.offer.claims);
        let band = match band(paired.band) {
            _ if !fits => Band::No,
            band if open => band.min(Band::Ask),
            band => band,
        };
        Report {
            fits,
            band,
            fit: paired.fit,
            certainty: certainty(&requirements),
            score: paired.score,
            requirements,
            words,
            letters: paired.letters,
        }
    }

    /// The engine's lines of both readings as one: what fails at best is violated, what holds at worst is met, and what fails
    /// only at worst is met in part.
    fn lines(&self) -> Vec<Line> {
        let vocabulary = Vocabulary::shared();
        let [mut best, mut worst] = [Vec::new(), Vec::new()];
        let [need, offer] = &self.best;
        limits::judge(vocabulary, need, offer, true, &mut best);
        let [need, offer] = &both(self.need, self.offer, Reading::Worst, day(self.now.day()));
        limits::judge(vocabulary, need, offer, true, &mut worst);
        let perhaps = |best: Line, worst: Line| match (best.verdict, worst.verdict) {
            (limits::Verdict::Gap, _) => best,
            (_, limits::Verdict::Gap) => Line { verdict: limits::Verdict::Partial, share: 500, ..worst },
            _ => worst,
        };
        let mut lines: Vec<Line> = best.into_iter().zip(worst).map(|(best, worst)| perhaps(best, worst)).collect();
        if !self.is_kin() {
            let class = lines.iter_mut().filter(|line| line.limit == Limit::Category);
            class.for_each(|line| *line = Line { verdict: limits::Verdict::Gap, share: 0, ..*line });
        }
        // Where a field says it, `own` judges it.
        lines.retain(|line| line.limit != Limit::Presence || self.need.claims.presence.is_none());
        lines
    }

    /// The process as a requirement, and the other words as they are.
    fn process(&self, paired: &Paired, words: &mut Vec<Likeness>) -> Option<Requirement> {
        let vocabulary = Vocabulary::shared();
        let own = self.need.claims.process.and_then(|code| vocabulary.concept(codes::process(code)));
        let word = |concept| Word(vocabulary.id(concept).to_string());
        let mut points = 0;
        for term in &paired.terms {
            if Some(term.needed) == own {
                points = term.points;
            } else {
                words.push(Likeness {
                    needed: word(term.needed),
                    offered: term.offered.map(word),
                    closeness: term.closeness,
                    points: term.points,
                });
            }
        }
        let theirs = self.offer.claims.process.and_then(|code| vocabulary.concept(codes::process(code)));
        let verdict = match own?.cmp(&theirs?) {
            core::cmp::Ordering::Equal => Verdict::Match,
            _ => match vocabulary.closeness(own?, theirs?).0 {
                900.. => Verdict::Exceeds,
                PARTLY.. => Verdict::Partial,
                _ => Verdict::Gap,
            },
        };
        let shown =
            |claims: &Claims| claims.process.map_or(Shown::Nothing, |code| Shown::Exactly(Value::Process(code)));
        let (needed, offered) = (shown(&self.need.claims), shown(&self.offer.claims));
        Some(Requirement { field: Field::Process, needed, offered, verdict, points, near: None })
    }

    fn requirement(&self, line: Line, points: u32) -> Requirement {
        let (field, needed, offered) = self.values(line.limit);
        let near = (line.verdict == limits::Verdict::Gap).then(|| self.near(line.limit)).flatten();
        Requirement { field, needed, offered, verdict: verdict(line.verdict), points, near }
    }

    /// About what a limit is, and what each side says of it.
    fn values(&self, limit: Limit) -> (Field, Shown, Shown) {
        let (needed, offered) = (&self.need.claims, &self.offer.claims);
        let [need, offer] = &self.best;
        let each = |of: &dyn Fn(&Claims) -> Shown| (of(needed), of(offered));
        let read =
            |of: &dyn Fn(&Facts) -> Option<Shown>| [need, offer].map(|facts| of(facts).unwrap_or(Shown::Nothing));
        let amount = |of: &dyn Fn(&Claims) -> Option<Amount>, else_read: [Shown; 2]| {
            let [one, other] = else_read;
            (of(needed).map_or(one, Amount::shown), of(offered).map_or(other, Amount::shown))
        };
        let whole = |number: matching::number::Number| u32::try_from(number.floor()).map(Value::Number).ok();
        let (field, (needed, offered)) = match limit {
            Limit::Category => (
                Field::Class,
                each(&|claims| claims.class.map_or(Shown::Nothing, |code| Shown::Exactly(Value::Class(code)))),
            ),
            Limit::Window => (
                Field::Weeks,
                each(&|claims| claims.weeks.map_or(Shown::Nothing, |weeks| Shown::Exactly(Value::Weeks(weeks)))),
            ),
            Limit::Distance => (Field::Area, (needed.travel.map_or(Shown::Nothing, Amount::shown), self.distance())),
            Limit::Quantity => (Field::Hours, amount(&|claims| claims.hours, [Shown::Nothing, Shown::Nothing])),
            Limit::Envelope => {
                let longest = read(&|facts| whole(facts.envelope?.value[0]).map(Shown::Exactly));
                (Field::Envelope, amount(&|claims| claims.envelope, longest))
            }
            Limit::Tolerance => {
                let um = read(&|facts| whole(facts.tolerance?.value.times(1_000, 1)).map(Shown::Exactly));
                (Field::Tolerance, amount(&|claims| claims.tolerance, um))
            }
            Limit::Capacity(measure) => {
                let [one, other] = read(&|facts| {
                    let number = facts.capacity(measure)?.value.to_string();
                    Some(Shown::Measured { measure: code(measure).into(), number })
                });
                (Field::Experience, (one, other))
            }
            Limit::Material(named) => {
                let listed = listed(&offered.materials, Value::Materials, &offer.materials, offer);
                (Field::Materials, (asked_material(named, need), listed))
            }
            Limit::Credential(named) => {
                let listed = listed(&offered.credentials, Value::Credentials, &offer.credentials, offer);
                (Field::Credentials, (asked_credential(named, need), listed))
            }
            Limit::Skill(named) => {
                let theirs = offer.skills.iter().map(|stated| word(stated.value, offer));
                (Field::Experience, (Shown::Words([word(named, need)].into()), words(theirs.collect())))
            }
            Limit::Language => {
                let [one, other] = read(&|facts| {
                    let spoken = [protocol::vocabulary::Language::French, protocol::vocabulary::Language::English];
                    let spoken = spoken.into_iter().zip(facts.languages).filter(|(_, spoken)| *spoken);
                    let spoken: Vec<_> = spoken.map(|(language, _)| language).collect();
                    (!spoken.is_empty()).then(|| Shown::Exactly(Value::Languages(own::sorted(&spoken))))
                });
                (Field::Languages, (one, other))
            }
            Limit::Presence => (Field::Presence, (Shown::Nothing, Shown::Nothing)),
            Limit::Denied => (Field::Experience, (Shown::Nothing, Shown::Nothing)),
        };
        (field, needed, offered)
    }

    fn distance(&self) -> Shown {
        let areas = self.need.claims.area.zip(self.offer.claims.area);
        areas.map_or(Shown::Nothing, |(from, to)| Shown::Distance {
            km: from.centre().distance_km(to.centre()),
            give_or_take_km: from.radius_km().saturating_add(to.radius_km()),
        })
    }

    /// What would have met a limit that is violated, read at best for both sides.
    fn near(&self, limit: Limit) -> Option<Near> {
        let [need, offer] = &self.best;
        match limit {
            Limit::Window => {
                let (wanted, offered) = (need.window?.value, offer.window?.value);
                let late = offered.from.0.saturating_sub(wanted.to.0);
                let early = wanted.from.0.saturating_sub(offered.to.0);
                let days = u32::try_from(late.max(early).saturating_add(1)).ok()?;
                // A window that is over does not move any more.
                (offered.to > day(self.now.day()) && days > 0).then_some(Near::Days(days))
            }
            Limit::Distance => {
                let km = need.place?.value.km_to(offer.place?.value);
                Some(Near::Kilometres(km.saturating_sub(need.max_km?.value).max(1)))
            }
            Limit::Tolerance | Limit::Envelope | Limit::Capacity(_) => Some(Near::Offered),
            _ => None,
        }
    }
}

/// From here on one work does another in part.
const PARTLY: u16 = 500;

fn band(band: rank::Band) -> Band {
    match band {
        // A node does not follow the rules of packs yet, so their conditions open nothing for it.
        rank::Band::No | rank::Band::Conditional => Band::No,
        rank::Band::Ask => Band::Ask,
        rank::Band::Possible => Band::Possible,
        rank::Band::Strong => Band::Strong,
    }
}

fn verdict(verdict: limits::Verdict) -> Verdict {
    match verdict {
        limits::Verdict::Gap | limits::Verdict::Conditional => Verdict::Gap,
        limits::Verdict::Unknown => Verdict::Unknown,
        limits::Verdict::Partial => Verdict::Partial,
        limits::Verdict::Match => Verdict::Match,
        limits::Verdict::Exceeds => Verdict::Exceeds,
    }
}

/// The share of requirements that are known, one that is met in part counting half (`MAT-3`).
fn certainty(requirements: &[Requirement]) -> u16 {
    let known = requirements.iter().map(|line| match line.verdict {
        Verdict::Match | Verdict::Exceeds | Verdict::Gap => 1_000,
        Verdict::Partial => 500,
        Verdict::Unknown => 0,
    });
    let count = u32::try_from(requirements.len()).unwrap_or(u32::MAX).max(1);
    u16::try_from(known.sum::<u32>() / count).unwrap_or(1_000)
}

fn word(named: Named, facts: &Facts) -> Word {
    Word(match named {
        Named::Concept(concept) => Vocabulary::shared().id(concept).to_string(),
        Named::Code(_) => {
            facts.spelt.iter().find(|(own, _)| *own == named).map_or(String::new(), |(_, written)| written.clone())
        }
    })
}

fn words(words: Vec<Word>) -> Shown {
    if words.is_empty() { Shown::Nothing } else { Shown::Words(words) }
}

fn asked_material(named: Named, need: &Facts) -> Shown {
    let word = word(named, need);
    let code = Material::ALL.iter().find(|code| codes::material(**code) == word.0);
    code.map_or(Shown::Words([word].into()), |code| Shown::Exactly(Value::Materials([*code].into())))
}

fn asked_credential(named: Named, need: &Facts) -> Shown {
    let word = word(named, need);
    let code = Credential::ALL.iter().find(|code| codes::credential(**code) == word.0);
    code.map_or(Shown::Words([word].into()), |code| Shown::Exactly(Value::Credentials([*code].into())))
}

/// What a side lists: its codes, or where it has none what its text names.
fn listed<T: Clone + Ord>(
    codes: &[T],
    value: impl Fn(Vec<T>) -> Value,
    read: &[matching::record::Stated<Named>],
    facts: &Facts,
) -> Shown {
    if codes.is_empty() {
        return words(read.iter().map(|stated| word(stated.value, facts)).collect());
    }
    Shown::Exactly(value(own::sorted(codes)))
}

/// The code of what a capacity measures, in the unit of its name.
fn code(measure: Measure) -> &'static str {
    match measure {
        Measure::ForceKn => "force-kn",
        Measure::MassKg => "mass-kg",
        Measure::LengthMm => "length-mm",
        Measure::DepthMm => "depth-mm",
        Measure::ThicknessMm => "thickness-mm",
        Measure::TemperatureC => "temperature-c",
        Measure::AreaSqft => "area-sqft",
        Measure::ClearHeightFt => "clear-height-ft",
        Measure::CraneT => "crane-t",
        Measure::ShotG => "shot-g",
        Measure::PalletPositions => "pallet-positions",
        Measure::PowerHp => "power-hp",
        Measure::PressurePsi => "pressure-psi",
        Measure::CleanroomClass => "cleanroom-class",
        Measure::Other(_) => "other",
    }
}
