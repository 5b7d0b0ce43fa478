//! Facts as nobody would write them: every field in every origin, few values, so that limits are met, missed and met exactly.
use matching::{
    category::Category,
    day::{Day, Window},
    number::Number,
    pack::Condition,
    place::Point,
    record::{Facts, Measure, Named, Origin, Quantity, Stated, Term, Unit},
    vocabulary::{Concept, Kind, Vocabulary},
};

/// Numbers in an order that a seed fixes (Steele, Lea and Flood, SplitMix64, 2014).
pub(crate) struct Seeded(pub(crate) u64);

impl Seeded {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    fn maybe<T>(&mut self, value: impl FnOnce(&mut Self) -> T) -> Option<Stated<T>> {
        if !self.chance(60) {
            return None;
        }
        let value = value(self);
        Some(Stated { value, origin: self.origin() })
    }

    fn origin(&mut self) -> Origin {
        self.of(&[Origin::Guessed, Origin::Read, Origin::Given, Origin::Given])
    }
}

/// What facts are drawn from.
pub(crate) struct World {
    materials: Vec<Concept>,
    credentials: Vec<Concept>,
    skills: Vec<Concept>,
    all: Vec<Concept>,
    conditions: Vec<Condition>,
}

impl World {
    pub(crate) fn new(vocabulary: &Vocabulary) -> World {
        let of = |kinds: &[Kind]| {
            vocabulary.concepts().filter(|concept| kinds.contains(&vocabulary.kind(*concept))).collect()
        };
        World {
            materials: of(&[Kind::Material]),
            credentials: of(&[Kind::Credential, Kind::Ticket]),
            skills: of(&[Kind::Program, Kind::Skill, Kind::Ticket]),
            all: vocabulary.concepts().collect(),
            conditions: vocabulary.conditions().to_vec(),
        }
    }

    fn named(&self, seeded: &mut Seeded, usual: &[Concept], most: usize) -> Vec<Stated<Named>> {
        if seeded.chance(40) {
            return Vec::new();
        }
        // One list in three is from a field, one from a text, one from both.
        let origins =
            seeded.of(&[&[Origin::Given][..], &[Origin::Read, Origin::Guessed], &[Origin::Given, Origin::Read]]);
        let mut list: Vec<Stated<Named>> = (0..=seeded.below(most))
            .map(|_| {
                let value = match seeded.below(20) {
                    0 => Named::Code(seeded.below(40) as u32),
                    1 => Named::Concept(seeded.of(&self.all)),
                    2..10 => Named::Concept(usual[seeded.below(usual.len().min(12))]),
                    _ => Named::Concept(seeded.of(usual)),
                };
                Stated { value, origin: seeded.of(origins) }
            })
            .collect();
        list.sort_unstable_by_key(|stated| stated.value);
        list.dedup_by_key(|stated| stated.value);
        list
    }

    /// Facts of an advert or a need. Most say few things, so that each limit decides some pair alone.
    pub(crate) fn facts(&self, vocabulary: &Vocabulary, seeded: &mut Seeded) -> Facts {
        let full = self.full(vocabulary, seeded);
        if seeded.chance(20) {
            return full;
        }
        if seeded.chance(10) {
            return self.opened(vocabulary, seeded, full);
        }
        let mut facts =
            Facts { presence: full.presence, axes: full.axes, any_material: full.any_material, ..Facts::default() };
        for _ in 0..=seeded.below(3) {
            match seeded.below(10) {
                0 => (facts.category, facts.unasked) = (full.category, full.unasked.clone()),
                1 => (facts.place, facts.max_km, facts.category) = (full.place, full.max_km, full.category),
                2 => facts.window = full.window,
                3 => (facts.window, facts.quantity) = (full.window, full.quantity),
                4 => facts.envelope = full.envelope,
                5 => (facts.tolerance, facts.quantity) = (full.tolerance, full.quantity),
                6 => facts.capacities = full.capacities.clone(),
                7 => (facts.materials, facts.category) = (full.materials.clone(), full.category),
                8 => facts.credentials = full.credentials.clone(),
                _ => {
                    (facts.skills, facts.terms, facts.denied) =
                        (full.skills.clone(), full.terms.clone(), full.denied.clone())
                }
            }
        }
        facts
    }

    /// Facts that a rule is about: the certificate that it opens or another one, its work, and what it wants named.
    fn opened(&self, vocabulary: &Vocabulary, seeded: &mut Seeded, full: Facts) -> Facts {
        let rule = &self.conditions[seeded.below(self.conditions.len())];
        let mut facts = Facts { credentials: full.credentials, ..Facts::default() };
        if seeded.chance(50) {
            let origin = seeded.of(&[Origin::Read, Origin::Given]);
            facts.credentials = vec![Stated { value: Named::Concept(rule.opens), origin }];
        }
        facts.terms = [&rule.work, &rule.beside]
            .into_iter()
            .flatten()
            .map(|concept| Term { concept: *concept, kind: vocabulary.kind(*concept), origin: Origin::Read })
            .collect();
        facts.terms.sort_unstable_by_key(|term| term.concept);
        facts
    }

    fn full(&self, vocabulary: &Vocabulary, seeded: &mut Seeded) -> Facts {
        let mut facts = Facts {
            category: seeded.maybe(|seeded| seeded.of(&Category::ALL)),
            place: seeded.maybe(place),
            max_km: seeded.maybe(|seeded| seeded.of(&[0, 54, 100, 250, 503, 5_000])),
            window: seeded.maybe(window),
            quantity: seeded.maybe(quantity),
            envelope: seeded.maybe(envelope),
            axes: seeded.below(4),
            tolerance: seeded.maybe(|seeded| Number(seeded.of(&[5_000, 10_000, 12_700, 25_000, 100_000, 1]))),
            materials: self.named(seeded, &self.materials, 3),
            any_material: seeded.chance(5),
            credentials: self.named(seeded, &self.credentials, 3),
            skills: self.named(seeded, &self.skills, 3),
            ..Facts::default()
        };
        facts.presence.remote = seeded.chance(40);
        facts.presence.on_site = seeded.chance(40);
        facts.presence.only = seeded.chance(30);
        if seeded.chance(20) {
            facts.unasked = vec![seeded.of(&Category::ALL), seeded.of(&Category::ALL)];
        }
        let measures = [&Measure::NAMED[..], &[Measure::Other(1), Measure::Other(2)]].concat();
        for _ in 0..seeded.below(4) {
            let measure = seeded.of(&measures);
            let value =
                Number(seeded.of(&[-40_000_000, 0, 6_000_000, 100_000_000, 109_000_000, 110_000_000, 900_000_000]));
            facts.capacities.push((measure, Stated { value, origin: seeded.origin() }));
        }
        facts.capacities.sort_unstable_by_key(|(measure, _)| *measure);
        facts.capacities.dedup_by_key(|(measure, _)| *measure);
        for _ in 0..seeded.below(6) {
            let concept = seeded.of(&self.all);
            facts.terms.push(Term { concept, kind: vocabulary.kind(concept), origin: seeded.origin() });
        }
        facts.terms.sort_unstable_by_key(|term| term.concept);
        facts.terms.dedup_by_key(|term| term.concept);
        if seeded.chance(10) {
            let term = facts.terms.first().map(|term| term.concept);
            facts.denied = vec![term.unwrap_or(seeded.of(&self.all)), seeded.of(&self.materials)];
        }
        facts
    }
}

fn place(seeded: &mut Seeded) -> Point {
    let near =
        [(4326, -7987), (4345, -8049), (4370, -7940), (4298, -8125), (4542, -7570), (4550, -7357), (5105, -11407)];
    let (latitude, longitude) = seeded.of(&near);
    // A few stand apart, so that zones run out.
    if seeded.chance(10) {
        return Point::at(seeded.below(18_000) as i64 - 9_000, seeded.below(36_000) as i64 - 18_000);
    }
    Point::at(latitude, longitude)
}

fn window(seeded: &mut Seeded) -> Window {
    let from = 20_514 + seeded.below(90) as i32;
    let long = seeded.of(&[0, 1, 5, 7, 14, 28, 90, 700]);
    let shift = seeded.of(&[0, 0, 0, 0, 448]);
    Window { from: Day(from + shift), to: Day(from + shift + long) }
}

fn quantity(seeded: &mut Seeded) -> Quantity {
    let unit =
        seeded.of(&[Unit::Hours, Unit::Hours, Unit::HoursPerWeek, Unit::Pieces, Unit::SquareFeet, Unit::Other(7)]);
    Quantity { value: Number::whole(seeded.of(&[0, 2, 16, 40, 400, 5_000])), unit }
}

fn envelope(seeded: &mut Seeded) -> [Number; 3] {
    let mut axes = [0; 3].map(|_: i32| Number::whole(seeded.of(&[50, 100, 101, 400, 1_000, 3_000])));
    axes.sort_unstable_by(|one, other| other.cmp(one));
    axes
}
