//! The judgement: the engine reads both sides at their best and at their worst, and what it finds becomes one report.

use super::claims::{Amount, Claims};
use super::codes::{self, kin};
use super::own;
use super::report::{Band, Condition, Likeness, Near, Report, Requirement, Shown, Verdict, Word};
use super::said::{Reading, Said, both, day};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use matching::limits::{self, Limit, Line};
use matching::rank::{self, Paired};
use matching::record::{Facts, Named, Stated};
use matching::vocabulary::Vocabulary;
use protocol::dialogue::{Field, Value};
use protocol::facts::Side;
use protocol::time::UnixMs;
use protocol::vocabulary::{Credential, Material};

/// What two sides come to on a day, both read with this vocabulary. Two of one side come to nothing.
pub fn judge(vocabulary: &Vocabulary, one: &Said, other: &Said, now: UnixMs) -> Report {
    match (one.side, other.side) {
        (Side::Need, Side::Offer) => Pair::of(vocabulary, one, other, now).report(),
        (Side::Offer, Side::Need) => Pair::of(vocabulary, other, one, now).report(),
        _ => nothing(),
    }
}

/// Whether no limit that both sides state is violated, without saying how well anything fits.
pub fn is_open(vocabulary: &Vocabulary, one: &Said, other: &Said, now: UnixMs) -> bool {
    match (one.side, other.side) {
        (Side::Need, Side::Offer) => Pair::of(vocabulary, one, other, now).is_open(),
        (Side::Offer, Side::Need) => Pair::of(vocabulary, other, one, now).is_open(),
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
        conditions: Vec::new(),
        words: Vec::new(),
        letters: 0,
    }
}

struct Pair<'a> {
    vocabulary: &'a Vocabulary,
    need: &'a Said,
    offer: &'a Said,
    best: [Facts; 2],
    now: UnixMs,
}

impl<'a> Pair<'a> {
    fn of(vocabulary: &'a Vocabulary, need: &'a Said, offer: &'a Said, now: UnixMs) -> Pair<'a> {
        Pair { vocabulary, need, offer, best: both(need, offer, Reading::Best, day(now.day())), now }
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
            && limits::judge(self.vocabulary, need, offer, false, &mut Vec::new())
    }

    fn report(&self) -> Report {
        let lines = self.lines();
        let paired = rank::pair(self.vocabulary, &self.need.prepared, &self.offer.prepared, &lines);
        let mut words = Vec::new();
        let mut requirements: Vec<Requirement> =
            paired.limits.iter().map(|(line, points)| self.requirement(*line, *points)).collect();
        let conditions = paired.limits.iter().filter_map(|(line, _)| self.condition(*line)).collect();
        requirements.extend(self.process(&paired, &mut words));
        let known = self.offer.free.as_ref().map_or(1_000, |free| free.freshness.certainty_permille);
        let by_calendar = |line: &Requirement| matches!(line.field, Field::Weeks | Field::Hours);
        if known == 0 {
            let lines = requirements.iter_mut().filter(|line| by_calendar(line) && line.verdict != Verdict::Gap);
            lines.for_each(|line| line.verdict = Verdict::Unknown);
        }
        let own: Vec<Requirement> = own::requirements(&self.need.claims, &self.offer.claims).collect();
        let open = known == 0 || own.iter().any(|line| line.verdict == Verdict::Unknown);
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
            certainty: certainty(&requirements, known),
            score: paired.score,
            requirements,
            conditions,
            words,
            letters: paired.letters,
        }
    }

    /// The engine's lines of both readings as one: what fails at best is violated, what holds at worst is met, and what fails
    /// only at worst is met in part.
    fn lines(&self) -> Vec<Line> {
        let vocabulary = self.vocabulary;
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
        let vocabulary = self.vocabulary;
        let own = self.need.claims.process.and_then(|code| vocabulary.concept(codes::process(code)));
        let word = |concept| Word::of(vocabulary, concept);
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

    /// What must be done where a rule opens another way to comply (`MAT-8`).
    fn condition(&self, line: Line) -> Option<Condition> {
        let (Limit::Credential(missing), limits::Verdict::Conditional) = (line.limit, line.verdict) else {
            return None;
        };
        let [need, offer] = &self.best;
        let rule = limits::opening(self.vocabulary, line.limit, need, offer)?;
        Some(Condition::of(self.vocabulary, rule, self.word(missing, need)))
    }

    fn word(&self, named: Named, facts: &Facts) -> Word {
        match named {
            Named::Concept(concept) => Word::of(self.vocabulary, concept),
            Named::Code(_) => {
                let spelt = facts.spelt.iter().find(|(own, _)| *own == named);
                Word::Plain(spelt.map_or(String::new(), |(_, written)| written.clone()))
            }
        }
    }

    /// What a side asks: its code, or where it has none the word.
    fn asked<T: Copy>(
        &self,
        named: Named,
        all: &[T],
        id: impl Fn(T) -> &'static str,
        value: impl Fn(Vec<T>) -> Value,
    ) -> Shown {
        let [need, _] = &self.best;
        let word = self.word(named, need);
        let code = all.iter().find(|code| id(**code) == word.id());
        code.map_or(Shown::Words([word.clone()].into()), |code| Shown::Exactly(value([*code].into())))
    }

    /// What the offering side lists: its codes, or where it has none what its text names.
    fn listed<T: Clone + Ord>(&self, codes: &[T], value: impl Fn(Vec<T>) -> Value, read: &[Stated<Named>]) -> Shown {
        if codes.is_empty() { self.words(read) } else { Shown::Exactly(value(own::sorted(codes))) }
    }

    /// What the offering side's text names.
    fn words(&self, read: &[Stated<Named>]) -> Shown {
        let [_, offer] = &self.best;
        let words: Vec<Word> = read.iter().map(|stated| self.word(stated.value, offer)).collect();
        if words.is_empty() { Shown::Nothing } else { Shown::Words(words) }
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
            Limit::Quantity => {
                let (asked, told) = amount(&|claims| claims.hours, [Shown::Nothing, Shown::Nothing]);
                // With a calendar, what is free on the days that both have.
                let free = offer.quantity.filter(|_| self.offer.free.is_some());
                (Field::Hours, (asked, free.and_then(|hours| whole(hours.value.value)).map_or(told, Shown::Exactly)))
            }
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
                    Some(Shown::Measured { measure: measure.text().into(), number })
                });
                (Field::Experience, (one, other))
            }
            Limit::Material(named) => {
                let asked = self.asked(named, Material::ALL, codes::material, Value::Materials);
                (Field::Materials, (asked, self.listed(&offered.materials, Value::Materials, &offer.materials)))
            }
            Limit::Credential(named) => {
                let asked = self.asked(named, Credential::ALL, codes::credential, Value::Credentials);
                (Field::Credentials, (asked, self.listed(&offered.credentials, Value::Credentials, &offer.credentials)))
            }
            Limit::Skill(named) => {
                (Field::Experience, (Shown::Words([self.word(named, need)].into()), self.words(&offer.skills)))
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
        rank::Band::No => Band::No,
        rank::Band::Conditional => Band::Conditional,
        rank::Band::Ask => Band::Ask,
        rank::Band::Possible => Band::Possible,
        rank::Band::Strong => Band::Strong,
    }
}

fn verdict(verdict: limits::Verdict) -> Verdict {
    match verdict {
        limits::Verdict::Gap => Verdict::Gap,
        limits::Verdict::Unknown => Verdict::Unknown,
        limits::Verdict::Conditional => Verdict::Conditional,
        limits::Verdict::Partial => Verdict::Partial,
        limits::Verdict::Match => Verdict::Match,
        limits::Verdict::Exceeds => Verdict::Exceeds,
    }
}

/// The share of requirements that are known, one that is met in part or under a condition counting half (`MAT-3`).
/// Days and hours are known as far as the timetable can be believed (`AVL-5`).
fn certainty(requirements: &[Requirement], timetable: u16) -> u16 {
    let known = requirements.iter().map(|line| {
        let known = match line.verdict {
            Verdict::Match | Verdict::Exceeds | Verdict::Gap => 1_000,
            Verdict::Partial | Verdict::Conditional => 500,
            Verdict::Unknown => 0,
        };
        let by_calendar = matches!(line.field, Field::Weeks | Field::Hours);
        if by_calendar { known * u32::from(timetable) / 1_000 } else { known }
    });
    let count = u32::try_from(requirements.len()).unwrap_or(u32::MAX).max(1);
    u16::try_from(known.sum::<u32>() / count).unwrap_or(1_000)
}
