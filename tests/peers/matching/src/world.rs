//! Adverts and needs in any number: rows of the public set (`tests/matching`), drawn by a seed, each moved in place, time and
//! size. Fields alone, so that every peer can hold what is compared.
use matching::{
    case::Case,
    category::Category,
    day::Day,
    limits::judge,
    number::Number,
    read::{Side, read},
    record::{Facts, Measure, Named, Origin, Stated, Unit},
    vocabulary::Vocabulary,
};
use std::{fs, mem::take, path::Path};

/// The day that everything is read on.
pub const TODAY: Day = Day(20_514);
/// Below this a category does not stand in for another (`FIT-2`).
const SERVES_MIN: u32 = 250;

/// Numbers in an order that a seed fixes (SplitMix64).
pub struct Seeded(pub u64);

impl Seeded {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }
}

/// The public rows, and what names mean among them.
pub struct World<'v> {
    pub vocabulary: &'v Vocabulary,
    adverts: Vec<Case>,
    needs: Vec<Case>,
    /// Names that a need asks for, by facet: materials, certificates, skills.
    asked: [Vec<Named>; 3],
    /// Of each public advert, by facet, the asked names that it does not violate; nothing if it violates none.
    fits: Vec<[Option<u64>; 3]>,
    regions: Vec<(String, matching::place::Point)>,
    /// What the public adverts and needs say beside their fields.
    texts: [Vec<String>; 2],
}

/// An advert as peers hold it: unknown is `None`, or what violates nothing.
#[derive(Debug)]
pub struct Row {
    pub category: usize,
    pub region: usize,
    pub names: [Option<u64>; 3],
    pub amounts: [Option<i64>; AMOUNTS.len()],
    pub from: i32,
    pub to: i32,
    pub hours: Option<(i64, bool)>,
}

/// A need as peers ask it.
#[derive(Debug)]
pub struct Ask {
    pub categories: Vec<usize>,
    pub regions: Vec<usize>,
    pub names: [u64; 3],
    /// Which amount, and the least that serves; most for those that are bounded from above.
    pub amounts: Vec<(usize, i64)>,
    pub window: Option<(i32, i32)>,
    pub hours: Option<(i64, bool)>,
}

/// Amounts that peers compare, and whether more is better.
pub const AMOUNTS: [(Of, bool); 18] = [
    (Of::Axis(0), true),
    (Of::Axis(1), true),
    (Of::Axis(2), true),
    (Of::Tolerance, false),
    (Of::Capacity(Measure::ForceKn), true),
    (Of::Capacity(Measure::MassKg), true),
    (Of::Capacity(Measure::LengthMm), true),
    (Of::Capacity(Measure::DepthMm), true),
    (Of::Capacity(Measure::ThicknessMm), true),
    (Of::Capacity(Measure::TemperatureC), true),
    (Of::Capacity(Measure::AreaSqft), true),
    (Of::Capacity(Measure::ClearHeightFt), true),
    (Of::Capacity(Measure::CraneT), true),
    (Of::Capacity(Measure::ShotG), true),
    (Of::Capacity(Measure::PalletPositions), true),
    (Of::Capacity(Measure::PowerHp), true),
    (Of::Capacity(Measure::PressurePsi), true),
    (Of::Capacity(Measure::CleanroomClass), false),
];

#[derive(Clone, Copy)]
pub enum Of {
    Axis(usize),
    Tolerance,
    Capacity(Measure),
}

/// How much of what limits compare is said.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Said {
    /// As in the public set, where both sides leave out much.
    AsWritten,
    /// What others of the category say is said by all: category, materials, certificates, size.
    Everything,
}

/// Fills in what another case of the category says, and from which.
fn filled(case: &mut Case, cases: &[Case], seeded: &mut Seeded) -> [Option<usize>; 3] {
    let mut other = |missing: bool, says: fn(&Case) -> bool| {
        let others: Vec<usize> =
            (0..cases.len()).filter(|at| cases[*at].category == case.category && says(&cases[*at])).collect();
        (missing && !others.is_empty()).then(|| others[seeded.below(others.len())])
    };
    let materials = other(case.materials.is_none(), |case| case.materials.is_some());
    let certificates = other(case.certifications.is_none(), |case| case.certifications.is_some());
    let size = other(case.envelope_mm.is_none(), |case| case.envelope_mm.is_some());
    if let Some(from) = materials {
        case.materials.clone_from(&cases[from].materials);
    }
    if let Some(from) = certificates {
        case.certifications.clone_from(&cases[from].certifications);
    }
    if let Some(from) = size {
        case.envelope_mm.clone_from(&cases[from].envelope_mm);
    }
    [materials, certificates, size]
}

impl<'v> World<'v> {
    pub fn new(vocabulary: &'v Vocabulary) -> World<'v> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../matching");
        let cases = |name: &str| -> Vec<Case> {
            let text = fs::read_to_string(folder.join(name)).expect("the public set");
            text.lines().map(|line| serde_json::from_str(line).expect("a case")).collect()
        };
        let mut needs = cases("needs.jsonl");
        // Cold is asked by so few that peers leave it out.
        needs.retain(|need| need.capacity.iter().flatten().all(|(_, value)| value.0 >= 0));
        let mut adverts = cases("adverts.jsonl");
        let texts = [&mut adverts, &mut needs].map(|cases| cases.iter_mut().map(|case| take(&mut case.text)).collect());
        let (asked, fits, regions) = Default::default();
        let mut world = World { vocabulary, adverts, needs, asked, fits, regions, texts };
        world.learn_names();
        world
    }

    fn learn_names(&mut self) {
        let needs: Vec<Facts> = self.needs.iter().map(|need| read(self.vocabulary, need, Side::Need, TODAY)).collect();
        for need in &needs {
            for (asked, list) in self.asked.iter_mut().zip([&need.materials, &need.credentials, &need.skills]) {
                asked.extend(list.iter().map(|stated| stated.value));
                asked.sort_unstable();
                asked.dedup();
            }
        }
        for advert in &self.adverts {
            let code = advert.region.clone().unwrap_or_default();
            let facts = read(self.vocabulary, advert, Side::Offer, TODAY);
            if let Some(place) = facts.place
                && !self.regions.iter().any(|(own, _)| *own == code)
            {
                self.regions.push((code, place.value));
            }
            let names_only = Facts {
                category: facts.category,
                materials: facts.materials.clone(),
                any_material: facts.any_material,
                credentials: facts.credentials.clone(),
                skills: facts.skills.clone(),
                terms: facts.terms.clone(),
                ..Facts::default()
            };
            self.fits.push([0, 1, 2].map(|facet| self.fits_of(facet, &names_only)));
        }
    }

    /// One bit for each asked name that the advert does not violate; nothing if it violates none.
    fn fits_of(&self, facet: usize, advert: &Facts) -> Option<u64> {
        let mut bits = 0u64;
        assert!(self.asked[facet].len() <= 63, "a mask holds 63 names");
        for (at, named) in self.asked[facet].iter().enumerate() {
            let stated = Stated { value: *named, origin: Origin::Given };
            let mut need = Facts::default();
            match facet {
                0 => need.materials.push(stated),
                1 => need.credentials.push(stated),
                _ => need.skills.push(stated),
            }
            bits |= u64::from(judge(self.vocabulary, &need, advert, false, &mut Vec::new())) << at;
        }
        let all = (1u64 << self.asked[facet].len()) - 1;
        (bits != all).then_some(bits)
    }

    fn moved(&self, case: &Case, seeded: &mut Seeded) -> Case {
        let mut case = case.clone();
        case.region = self.adverts[seeded.below(self.adverts.len())].region.clone();
        let mut scale = |number: &mut Number| *number = number.times([6, 8, 9, 10, 11, 12, 16][seeded.below(7)], 10);
        case.envelope_mm.iter_mut().flatten().for_each(&mut scale);
        case.capacity.iter_mut().flatten().for_each(|(_, value)| scale(value));
        case.tolerance_mm.iter_mut().for_each(&mut scale);
        case.quantity.iter_mut().for_each(|quantity| scale(&mut quantity.value));
        if let Some((window, (from, to))) = case.window.as_mut().and_then(|window| {
            let span = window.from.zip(window.to)?;
            Some((window, span))
        }) {
            let days = (to.0 - from.0).clamp(1, 120);
            let begin = TODAY.0 + seeded.below(84) as i32;
            (window.from, window.to) = (Some(Day(begin)), Some(Day(begin + days)));
        }
        case
    }

    /// An advert, as facts and as peers hold it.
    pub fn advert(&self, said: Said, seeded: &mut Seeded) -> (Facts, Row) {
        let at = seeded.below(self.adverts.len());
        let mut case = self.moved(&self.adverts[at], seeded);
        let mut fits = self.fits[at];
        if said == Said::Everything {
            let [materials, certificates, _] = filled(&mut case, &self.adverts, seeded);
            fits[0] = materials.map_or(fits[0], |from| self.fits[from][0]);
            fits[1] = certificates.map_or(fits[1], |from| self.fits[from][1]);
        }
        let facts = read(self.vocabulary, &case, Side::Offer, TODAY);
        let row = self.row(&facts, &case, fits);
        (facts, row)
    }

    /// A need, as facts and as peers ask it.
    pub fn need(&self, said: Said, seeded: &mut Seeded) -> (Facts, Ask) {
        let mut case = self.moved(&self.needs[seeded.below(self.needs.len())], seeded);
        while said == Said::Everything && case.category.is_none() {
            case = self.moved(&self.needs[seeded.below(self.needs.len())], seeded);
        }
        if said == Said::Everything {
            filled(&mut case, &self.needs, seeded);
        }
        let facts = read(self.vocabulary, &case, Side::Need, TODAY);
        let ask = self.ask(&facts);
        (facts, ask)
    }

    /// An advert or a need with its text.
    pub fn written(&self, side: Side, id: usize, seeded: &mut Seeded) -> Case {
        let (cases, texts) = match side {
            Side::Offer => (&self.adverts, &self.texts[0]),
            Side::Need => (&self.needs, &self.texts[1]),
        };
        let at = seeded.below(cases.len());
        Case { id: format!("{id:08}"), text: texts[at].clone(), ..self.moved(&cases[at], seeded) }
    }

    fn row(&self, facts: &Facts, case: &Case, names: [Option<u64>; 3]) -> Row {
        let category = facts.category.map(|stated| stated.value);
        let code = case.region.clone().unwrap_or_default();
        let window = facts.window.map_or((i32::MIN, i32::MAX), |stated| (stated.value.from.0, stated.value.to.0));
        Row {
            category: category
                .and_then(|own| Category::ALL.iter().position(|other| *other == own))
                .expect("a category"),
            region: self.regions.iter().position(|(own, _)| *own == code).expect("a region"),
            names,
            amounts: AMOUNTS.map(|(of, _)| offered(facts, of).map(|number| number.0)),
            from: window.0,
            to: window.1,
            hours: facts.window.and(hours(facts)),
        }
    }

    fn ask(&self, facts: &Facts) -> Ask {
        let plain = facts.category.filter(|stated| stated.origin > Origin::Guessed);
        let wanted = plain.map(|stated| stated.value);
        let serves = |offered: &Category| {
            !facts.unasked.contains(offered) && wanted.is_none_or(|wanted| wanted.served_by(*offered) >= SERVES_MIN)
        };
        let categories = (0..Category::ALL.len()).filter(|at| serves(&Category::ALL[*at])).collect();
        let near = |point: matching::place::Point| match (facts.place, facts.max_km) {
            (Some(home), Some(limit)) => home.value.km_to(point) <= limit.value,
            _ => true,
        };
        let regions = (0..self.regions.len()).filter(|at| near(self.regions[*at].1)).collect();
        let mask = |facet: usize, list: &[Stated<Named>]| {
            let bit = |named: &Named| self.asked[facet].binary_search(named).map_or(0, |at| 1u64 << at);
            list.iter().map(|stated| bit(&stated.value)).sum()
        };
        let names = [mask(0, &facts.materials), mask(1, &facts.credentials), mask(2, &facts.skills)];
        let mut amounts = Vec::new();
        for (at, (of, _)) in AMOUNTS.iter().enumerate() {
            if let Some(needed) = needed(facts, *of) {
                // What rounding of a conversion leaves out of a force is no shortfall.
                let force = matches!(of, Of::Capacity(Measure::ForceKn));
                let least = if force { (needed.0 * 1_000 + 1_004) / 1_005 } else { needed.0 };
                amounts.push((at, least));
            }
        }
        let window = facts.window.map(|stated| (stated.value.from.0, stated.value.to.0));
        Ask { categories, regions, names, amounts, window, hours: facts.window.and(hours(facts)) }
    }

    pub fn regions(&self) -> usize {
        self.regions.len()
    }

    pub fn names(&self) -> [usize; 3] {
        [0, 1, 2].map(|facet| self.asked[facet].len())
    }
}

fn hours(facts: &Facts) -> Option<(i64, bool)> {
    let quantity = facts.quantity?.value;
    match quantity.unit {
        Unit::Hours => Some((quantity.value.0, false)),
        Unit::HoursPerWeek => Some((quantity.value.0, true)),
        _ => None,
    }
}

fn needed(facts: &Facts, of: Of) -> Option<Number> {
    match of {
        Of::Axis(axis) => facts.envelope.filter(|_| axis < facts.axes).map(|stated| stated.value[axis]),
        Of::Tolerance => facts.tolerance.map(|stated| stated.value),
        Of::Capacity(measure) => facts.capacity(measure).map(|stated| stated.value),
    }
}

fn offered(facts: &Facts, of: Of) -> Option<Number> {
    needed(facts, of).or_else(|| match of {
        Of::Capacity(Measure::LengthMm) => facts.envelope.map(|stated| stated.value[0]),
        Of::Capacity(Measure::MassKg) => facts.capacity(Measure::CraneT).map(|stated| stated.value.times(1_000, 1)),
        Of::Capacity(Measure::AreaSqft) => {
            facts.quantity.filter(|stated| stated.value.unit == Unit::SquareFeet).map(|stated| stated.value.value)
        }
        _ => None,
    })
}

impl Ask {
    /// What a peer's own query cannot say: hours spread over a window leave at least a tenth of what is needed (`LIM-5`).
    pub fn enough_hours(&self, row: &Row) -> bool {
        let (Some((from, to)), Some((need, need_weekly)), Some((have, have_weekly))) =
            (self.window, self.hours, row.hours)
        else {
            return true;
        };
        let times =
            |value: i64, by: i64, per: i64| (i128::from(value) * i128::from(by) / i128::from(per.max(1))) as i64;
        let shared = i64::from((to.min(row.to) - from.max(row.from)).max(0));
        let (own, its) = (i64::from(to - from), i64::from(row.to - row.from).clamp(1, 3_650));
        let ratio = |have: i64, need: i64| (i128::from(have) * 1_000 / i128::from(need.max(1))) as i64;
        let share = match (need_weekly, have_weekly) {
            (false, false) => ratio(times(have, shared.min(its), its), need),
            (false, true) => ratio(times(have, shared.min(3_650), 7), need),
            (true, false) => ratio(times(have, shared.min(its), its), times(need, own.min(3_650), 7)),
            (true, true) => ratio(have, need).min(1_000) * (shared * 1_000 / own.max(1)).clamp(0, 1_000) / 1_000,
        };
        share >= 100
    }

    /// Days, hours and amounts on columns.
    pub fn rest_fits(&self, row: &Row) -> bool {
        self.window.is_none_or(|(from, to)| from < row.to && row.from < to && from < to)
            && self.amounts.iter().all(|(at, least)| {
                row.amounts[*at].is_none_or(|value| if AMOUNTS[*at].1 { value >= *least } else { value <= *least })
            })
            && self.enough_hours(row)
    }
}
