//! Needs as rows, and what an advert asks of them: the same limits, read from the other side.
use super::{
    amounts::{self, HOURS_A_DAY, NEVER},
    facets::{FLAGS, Facet, Facets, HOURS, LIVE, NO_WINDOW, Row, bits, code, weeks},
    offers::{class, plain},
    page::Slip,
    plan::{Amount, Around, CLASSES, Class, Clause, Plan},
    shelves::Sheet,
    span::{Span, asks_of_a_day, hours, no_hours},
};
use crate::{
    category::{CATEGORIES, Category},
    day::{Day, Window},
    limits::{beside_field, carried, listed, more_precise, works_on_parts},
    place::Point,
    record::{Facts, Named, Origin, Stated},
};
use alloc::{vec, vec::Vec};

/// Asks for a material in a field, or in its text; for more than one; for one that has no row.
const ASKS_MATERIAL: Row = FLAGS;
const ASKS_MATERIAL_IN_TEXT: Row = FLAGS + 1;
const MANY_MATERIALS: Row = FLAGS + 2;
const ODD_MATERIAL: Row = FLAGS + 3;
/// The same of certificates.
const ASKS_CREDENTIAL: Row = FLAGS + 4;
const MANY_CREDENTIALS: Row = FLAGS + 5;
const ODD_CREDENTIAL: Row = FLAGS + 6;
/// The same of skills, of which only those in a field bind whoever lists others.
const ASKS_SKILL: Row = FLAGS + 7;
const MANY_SKILLS: Row = FLAGS + 8;
const ODD_SKILL: Row = FLAGS + 9;
/// Accepts work from afar; does not ask for the place; asks for it alone.
const REMOTE: Row = FLAGS + 10;
const NOT_ON_SITE: Row = FLAGS + 11;
const ON_SITE_ONLY: Row = FLAGS + 12;
/// States a capacity that has no slice; hours that are none.
const OTHER_CAPACITY: Row = FLAGS + 13;
const NO_HOURS: Row = FLAGS + 14;
/// The first of the categories that it could not mean.
const UNASKED: Row = FLAGS + 15;
const _: () = assert!(15 + CATEGORIES <= super::facets::FLAG_ROWS as usize, "each flag has a row");

/// A need's sheet; `rows` takes those of its bits.
pub(super) fn sheet(facets: &Facets, need: &Facts, rows: &mut Vec<Row>) -> Sheet {
    let (window, hours) = (need.window.filter(plain).map(|stated| stated.value), hours(need));
    let presence = need.presence;
    let mut mark = |row: Row, on: bool| rows.extend(on.then_some(row));
    mark(NO_WINDOW, window.is_none());
    mark(REMOTE, presence.remote);
    mark(NOT_ON_SITE, !presence.on_site);
    mark(ON_SITE_ONLY, presence.on_site && !presence.remote);
    mark(OTHER_CAPACITY, amounts::others(need));
    mark(NO_HOURS, no_hours(need));
    for (category, row) in Category::ALL.iter().zip(UNASKED..) {
        mark(row, need.unasked.contains(category));
    }
    if let Some(window) = window {
        rows.extend(weeks(window));
        if hours != 0 {
            rows.push(HOURS);
            rows.extend(bits(HOURS_A_DAY, asks_of_a_day(window, hours).unwrap_or(NEVER)));
        }
    }
    materials(facets, need, rows);
    credentials(facets, need, rows);
    skills(facets, need, rows);
    for level in amounts::asks(need) {
        rows.extend(bits(level.slice, level.low));
    }
    let limit = need.place.filter(plain).zip(need.max_km.filter(plain));
    let place = limit.map(|(home, _)| home.value);
    let reach = limit.map_or(0, |(_, limit)| Point::reach(limit.value));
    let never = Window { from: Day(0), to: Day(0) };
    let point = place.map_or([0; 3], Point::coordinates);
    let slip = Slip { hours, reach, window: window.unwrap_or(never), point, key: 0 };
    Sheet { class: class(need), place, slip }
}

/// The row of a name that is asked for, or that of those that have none.
fn row(facets: &Facets, named: Named, own: impl Fn(&Facet) -> Option<Row>, odd: Row) -> Row {
    match named {
        Named::Concept(concept) => own(facets.facet(concept)).unwrap_or(odd),
        Named::Code(hash) => code(hash),
    }
}

fn materials(facets: &Facets, need: &Facts, rows: &mut Vec<Row>) {
    let list = &need.materials;
    let binds = |wanted: &&Stated<Named>| {
        plain(wanted)
            && !more_precise(facets.vocabulary(), wanted, list)
            && !beside_field(facets.vocabulary(), wanted, list)
    };
    let mut asks = false;
    for wanted in list.iter().filter(binds) {
        asks = true;
        rows.push(if wanted.origin == Origin::Given { ASKS_MATERIAL } else { ASKS_MATERIAL_IN_TEXT });
    }
    if asks {
        rows.extend((list.len() > 1).then_some(MANY_MATERIALS));
        rows.extend(list.iter().map(|wanted| row(facets, wanted.value, |facet| facet.material, ODD_MATERIAL)));
    }
}

fn credentials(facets: &Facets, need: &Facts, rows: &mut Vec<Row>) {
    let list = &need.credentials;
    let binds = |wanted: &&Stated<Named>| plain(wanted) && !more_precise(facets.vocabulary(), wanted, list);
    for (at, wanted) in list.iter().filter(binds).enumerate() {
        rows.push(if at == 0 { ASKS_CREDENTIAL } else { MANY_CREDENTIALS });
        rows.push(row(facets, wanted.value, |facet| facet.credential, ODD_CREDENTIAL));
    }
}

fn skills(facets: &Facets, need: &Facts, rows: &mut Vec<Row>) {
    let list = &need.skills;
    let binds = |wanted: &&Stated<Named>| plain(wanted) && !more_precise(facets.vocabulary(), wanted, list);
    for (at, wanted) in list.iter().filter(binds).enumerate() {
        rows.extend((wanted.origin == Origin::Given).then_some(ASKS_SKILL));
        rows.extend((at > 0).then_some(MANY_SKILLS));
        rows.push(row(facets, wanted.value, |facet| facet.skill, ODD_SKILL));
    }
}

/// What an advert asks of needs: that none of their limits be violated by it.
pub(super) fn plan(facets: &Facets, advert: &Facts) -> Plan {
    let mut plan = Plan { classes: classes(advert), ..Plan::default() };
    if !advert.denied.is_empty() {
        plan.doubts.push(Clause { when: vec![LIVE], unless: Vec::new() });
    }
    let presence = advert.presence;
    let carried = carried(advert);
    if carried && presence.remote && !presence.on_site && presence.only {
        plan.drops.push(Clause { when: vec![ON_SITE_ONLY], unless: Vec::new() });
    }
    asked_for_materials(facets, advert, &mut plan);
    asked_for_credentials(facets, advert, &mut plan);
    asked_for_skills(facets, advert, &mut plan);
    if let Some(window) = advert.window.filter(plain).map(|stated| stated.value) {
        plan.span = Some(Span::of_needs(window, hours(advert)));
        let odd = if no_hours(advert) { LIVE } else { NO_HOURS };
        plan.doubts.push(Clause { when: vec![odd], unless: Vec::new() });
    }
    for level in amounts::offers(advert) {
        plan.amounts.push(Amount { slice: level.slice, most: level.high, doubt: level.low });
    }
    if amounts::others(advert) {
        plan.doubts.push(Clause { when: vec![OTHER_CAPACITY], unless: Vec::new() });
    }
    if let Some(place) = advert.place.filter(plain) {
        let mut free = Vec::new();
        free.extend((carried && presence.remote).then_some([REMOTE, NOT_ON_SITE]).into_iter().flatten());
        free.extend((carried && !presence.on_site).then_some(REMOTE));
        plan.around = Some(Around { centre: place.value, reach: None, free, free_classes: [true; CLASSES] });
    }
    plan
}

fn classes(advert: &Facts) -> [Class; CLASSES] {
    let mut classes = [Class::Open; CLASSES];
    let Some(offered) = advert.category.filter(plain) else { return classes };
    if offered.origin == Origin::Given {
        let at = Category::ALL.iter().position(|own| *own == offered.value).unwrap_or(0);
        classes = [Class::Without(UNASKED + Row::try_from(at).unwrap_or(0)); CLASSES];
    }
    for (class, wanted) in classes.iter_mut().zip(Category::ALL) {
        if !wanted.accepts(offered.value) {
            *class = Class::Closed;
        }
    }
    classes
}

/// The rows that a list of names meets: what follows from each concept, and the codes as they are.
fn meets<'f>(
    facets: &'f Facets,
    list: &[Stated<Named>],
    follows: impl Fn(&'f Facet) -> Vec<Row>,
) -> (Vec<Row>, Vec<Row>) {
    let (mut met, mut codes) = (Vec::new(), Vec::new());
    for stated in list {
        match stated.value {
            Named::Concept(concept) => met.extend(follows(facets.facet(concept))),
            Named::Code(hash) => codes.push(code(hash)),
        }
    }
    met.sort_unstable();
    met.dedup();
    (met, codes)
}

fn asked_for_materials(facets: &Facets, advert: &Facts, plan: &mut Plan) {
    if !listed(&advert.materials) || advert.any_material {
        return;
    }
    let (met, codes) = meets(facets, &advert.materials, |facet| facet.covers.clone());
    let odd = advert.materials.iter().any(|stated| match stated.value {
        Named::Concept(concept) => facets.facet(concept).material.is_none(),
        Named::Code(_) => false,
    });
    let when = if works_on_parts(advert) { vec![ASKS_MATERIAL, ASKS_MATERIAL_IN_TEXT] } else { vec![ASKS_MATERIAL] };
    let mut doubt = vec![MANY_MATERIALS, ODD_MATERIAL];
    doubt.extend(&codes);
    if odd {
        doubt.extend(&when);
    } else {
        let unless = met.into_iter().chain(codes).chain([ODD_MATERIAL]).collect();
        plan.drops.push(Clause { when, unless });
    }
    plan.doubts.push(Clause { when: doubt, unless: Vec::new() });
}

fn asked_for_credentials(facets: &Facets, advert: &Facts, plan: &mut Plan) {
    if advert.credentials.is_empty() {
        return;
    }
    let (met, codes) = meets(facets, &advert.credentials, |facet| {
        let wider = facet.family.into_iter().flat_map(|family| facets.below(family));
        facet.holds.iter().chain(wider).copied().collect()
    });
    let open: Vec<Row> = facets.openable().iter().copied().filter(|row| met.binary_search(row).is_err()).collect();
    let mut doubt = vec![ODD_CREDENTIAL];
    doubt.extend(&open);
    if listed(&advert.credentials) {
        let mixed = advert.credentials.iter().any(|held| held.origin < Origin::Given);
        doubt.push(if mixed { ASKS_CREDENTIAL } else { MANY_CREDENTIALS });
        doubt.extend(&codes);
        let unless = met.into_iter().chain(codes).chain([ODD_CREDENTIAL]).chain(open).collect();
        plan.drops.push(Clause { when: vec![ASKS_CREDENTIAL], unless });
    } else {
        let (akin, _) = meets(facets, &advert.credentials, |facet| below(facets, &facet.kin));
        let is_met = |row: &Row| met.binary_search(row).is_ok() || open.contains(row);
        let when = akin.into_iter().filter(|row| !is_met(row)).collect();
        plan.drops.push(Clause { when, unless: Vec::new() });
    }
    plan.doubts.push(Clause { when: doubt, unless: Vec::new() });
}

fn below(facets: &Facets, above: &[Row]) -> Vec<Row> {
    above.iter().flat_map(|row| facets.below(*row)).copied().collect()
}

fn asked_for_skills(facets: &Facets, advert: &Facts, plan: &mut Plan) {
    let terms = advert.terms.iter().map(|term| Stated { value: Named::Concept(term.concept), origin: term.origin });
    let all: Vec<Stated<Named>> = advert.skills.iter().copied().chain(terms).collect();
    let (met, codes) = meets(facets, &all, |facet| facet.does.clone());
    let (rivals, _) = meets(facets, &advert.skills, |facet| below(facets, &facet.rivals));
    let when: Vec<Row> = rivals.into_iter().filter(|row| met.binary_search(row).is_err()).collect();
    if !when.is_empty() {
        plan.drops.push(Clause { when, unless: Vec::new() });
    }
    if listed(&advert.skills) {
        let mut doubt = vec![MANY_SKILLS, ODD_SKILL];
        doubt.extend(&codes);
        let unless = met.into_iter().chain(codes).chain([ODD_SKILL]).collect();
        plan.drops.push(Clause { when: vec![ASKS_SKILL], unless });
        plan.doubts.push(Clause { when: doubt, unless: Vec::new() });
    }
}
