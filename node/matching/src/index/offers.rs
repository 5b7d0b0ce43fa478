//! Adverts as rows, and what a need asks of them.
use super::{
    amounts::{self, HOURS_A_DAY, lack},
    facets::{FLAGS, Facet, Facets, HOURS, LIVE, NO_WINDOW, Row, bits, code, weeks},
    page::Slip,
    plan::{Amount, Around, CLASSES, Class, Clause, Plan, UNSORTED},
    shelves::Sheet,
    span::{Span, has_on_a_day, hours, no_hours},
};
use crate::{
    category::Category,
    day::{Day, Window},
    limits::{asked, beside_field, carried, carries, listed, more_precise, works_on_parts},
    place::Point,
    record::{Facts, Named, Origin, Stated},
};
use alloc::{vec, vec::Vec};

/// Its category stands in a field.
const GIVEN: Row = FLAGS;
/// Its materials are listed in a field, and it works on parts; or only listed.
const LISTS_FOR_PARTS: Row = FLAGS + 1;
const LISTS_MATERIALS: Row = FLAGS + 2;
/// Names a material that has no row.
const ODD_MATERIAL: Row = FLAGS + 3;
/// Its certificates are listed in a field; beside them others are read.
const LISTS_CREDENTIALS: Row = FLAGS + 4;
const MIXED_CREDENTIALS: Row = FLAGS + 5;
/// Names a certificate that has no row.
const ODD_CREDENTIAL: Row = FLAGS + 6;
const LISTS_SKILLS: Row = FLAGS + 7;
/// Denies some work.
const DENIES: Row = FLAGS + 8;
/// Can be done from afar; is not said to be at the place; can be done from afar only.
const AFAR: Row = FLAGS + 9;
const NOT_ON_SITE: Row = FLAGS + 10;
const AFAR_ONLY: Row = FLAGS + 11;
/// States a capacity that has no slice.
const OTHER_CAPACITY: Row = FLAGS + 12;
/// Offers hours that are none.
const NO_HOURS: Row = FLAGS + 13;

pub(super) fn plain<T>(stated: &Stated<T>) -> bool {
    stated.origin > Origin::Guessed
}

/// The class of a side's category.
pub(super) fn class(facts: &Facts) -> usize {
    let said = facts.category.filter(plain);
    said.and_then(|said| Category::ALL.iter().position(|own| *own == said.value)).unwrap_or(UNSORTED)
}

/// An advert's sheet; `rows` takes those of its bits.
pub(super) fn sheet(facets: &Facets, advert: &Facts, rows: &mut Vec<Row>) -> Sheet {
    let (window, hours) = (advert.window.filter(plain).map(|stated| stated.value), hours(advert));
    let place = advert.place.filter(plain).map(|stated| stated.value);
    let mut mark = |row: Row, on: bool| rows.extend(on.then_some(row));
    mark(GIVEN, advert.category.is_some_and(|stated| stated.origin == Origin::Given));
    mark(NO_WINDOW, window.is_none());
    let lists = listed(&advert.materials) && !advert.any_material;
    mark(LISTS_MATERIALS, lists);
    mark(LISTS_FOR_PARTS, lists && works_on_parts(advert));
    let lists = listed(&advert.credentials);
    mark(LISTS_CREDENTIALS, lists);
    mark(MIXED_CREDENTIALS, lists && advert.credentials.iter().any(|held| held.origin < Origin::Given));
    mark(LISTS_SKILLS, listed(&advert.skills));
    mark(DENIES, !advert.denied.is_empty());
    let carried = carried(advert);
    mark(AFAR, carried && advert.presence.remote);
    mark(NOT_ON_SITE, carried && !advert.presence.on_site);
    mark(AFAR_ONLY, carried && advert.presence.remote && !advert.presence.on_site && advert.presence.only);
    mark(OTHER_CAPACITY, amounts::others(advert));
    mark(NO_HOURS, no_hours(advert));
    if let Some(window) = window {
        rows.extend(weeks(window));
        if hours != 0 {
            rows.push(HOURS);
            rows.extend(bits(HOURS_A_DAY, lack(has_on_a_day(window, hours))));
        }
    }
    names(facets, advert, rows);
    for level in amounts::offers(advert) {
        rows.extend(bits(level.slice, lack(level.high)));
    }
    let never = Window { from: Day(0), to: Day(0) };
    let point = place.map_or([0; 3], Point::coordinates);
    let slip = Slip { hours, reach: 0, window: window.unwrap_or(never), point, key: 0 };
    Sheet { class: class(advert), place, slip }
}

fn names(facets: &Facets, advert: &Facts, rows: &mut Vec<Row>) {
    let named = |list: &[Stated<Named>], rows: &mut Vec<Row>, set: &dyn Fn(&Facet, &mut Vec<Row>)| {
        for stated in list {
            match stated.value {
                Named::Concept(concept) => set(facets.facet(concept), rows),
                Named::Code(hash) => rows.push(code(hash)),
            }
        }
    };
    named(&advert.materials, rows, &|facet, rows| {
        rows.extend(&facet.covers);
        rows.extend(facet.material.is_none().then_some(ODD_MATERIAL));
    });
    named(&advert.credentials, rows, &|facet, rows| {
        rows.extend(facet.holds.iter().chain(&facet.family).chain(&facet.kin));
        rows.extend(facet.credential.is_none().then_some(ODD_CREDENTIAL));
    });
    named(&advert.skills, rows, &|facet, rows| rows.extend(facet.does.iter().chain(&facet.rivals)));
    for term in &advert.terms {
        rows.extend(&facets.facet(term.concept).does);
    }
}

/// What a need asks of adverts.
pub(super) fn plan(facets: &Facets, need: &Facts) -> Plan {
    let mut plan = Plan { classes: classes(need), ..Plan::default() };
    plan.doubts.push(Clause { when: vec![DENIES], unless: Vec::new() });
    materials(facets, need, &mut plan);
    credentials(facets, need, &mut plan);
    skills(facets, need, &mut plan);
    if need.presence.on_site && !need.presence.remote {
        plan.drops.push(Clause { when: vec![AFAR_ONLY], unless: Vec::new() });
    }
    if let Some(window) = need.window.filter(plain).map(|stated| stated.value) {
        plan.span = Some(Span::of_adverts(window, hours(need)));
        let odd = if no_hours(need) { LIVE } else { NO_HOURS };
        plan.doubts.push(Clause { when: vec![odd], unless: Vec::new() });
    }
    for level in amounts::asks(need) {
        plan.amounts.push(Amount { slice: level.slice, most: lack(level.low), doubt: lack(level.high) });
    }
    if amounts::others(need) {
        plan.doubts.push(Clause { when: vec![OTHER_CAPACITY], unless: Vec::new() });
    }
    if let (Some(home), Some(limit)) = (need.place.filter(plain), need.max_km.filter(plain)) {
        let free = match (need.presence.remote, need.presence.on_site) {
            (true, _) => vec![AFAR, NOT_ON_SITE],
            (false, false) => vec![AFAR],
            (false, true) => Vec::new(),
        };
        let mut free_classes = [true; CLASSES];
        for (class, category) in free_classes.iter_mut().zip(Category::ALL) {
            *class = carries(category);
        }
        plan.around = Some(Around { centre: home.value, reach: Some(Point::reach(limit.value)), free, free_classes });
    }
    plan
}

fn classes(need: &Facts) -> [Class; CLASSES] {
    let wanted = need.category.filter(plain);
    let mut classes = [Class::Open; CLASSES];
    for (class, offered) in classes.iter_mut().zip(Category::ALL) {
        if wanted.is_some_and(|wanted| !wanted.value.accepts(offered)) {
            *class = Class::Closed;
        } else if need.unasked.contains(&offered) {
            *class = Class::Without(GIVEN);
        }
    }
    classes
}

fn materials(facets: &Facets, need: &Facts, plan: &mut Plan) {
    let vocabulary = facets.vocabulary();
    let row = |named: Named| match named {
        Named::Concept(concept) => facets.facet(concept).material,
        Named::Code(hash) => Some(code(hash)),
    };
    for wanted in need.materials.iter().filter(|wanted| plain(wanted)) {
        if more_precise(vocabulary, wanted, &need.materials) || beside_field(vocabulary, wanted, &need.materials) {
            continue;
        }
        let given = wanted.origin == Origin::Given;
        let lists = if given { LISTS_MATERIALS } else { LISTS_FOR_PARTS };
        let Some(own) = row(wanted.value) else {
            plan.doubts.push(Clause { when: vec![lists], unless: Vec::new() });
            continue;
        };
        let mut unless = vec![own, ODD_MATERIAL];
        let mut doubt = vec![ODD_MATERIAL];
        if let Named::Code(_) = wanted.value {
            doubt.push(own);
        }
        if !given {
            // Who works another one that is needed is not left out for a word of the text.
            let others = need.materials.iter().filter(|other| other.value != wanted.value);
            let others: Vec<Row> = others.filter_map(|other| row(other.value)).collect();
            unless.extend(&others);
            plan.doubts.push(Clause { when: others, unless: vec![own] });
        }
        plan.drops.push(Clause { when: vec![lists], unless });
        plan.doubts.push(Clause { when: doubt, unless: Vec::new() });
    }
}

fn credentials(facets: &Facets, need: &Facts, plan: &mut Plan) {
    for wanted in need.credentials.iter().filter(|wanted| plain(wanted)) {
        if more_precise(facets.vocabulary(), wanted, &need.credentials) {
            continue;
        }
        let mut doubt = Vec::new();
        if wanted.origin == Origin::Given {
            // Where both write certificates into fields, those of the text do not count.
            doubt.push(MIXED_CREDENTIALS);
        }
        let mut when = vec![LISTS_CREDENTIALS];
        let unless = match wanted.value {
            Named::Code(hash) => {
                doubt.push(code(hash));
                vec![code(hash)]
            }
            Named::Concept(concept) => {
                let facet = facets.facet(concept);
                match facet.credential {
                    Some(own) => {
                        when.extend(&facet.kin);
                        [own].iter().chain(&facet.families).copied().collect()
                    }
                    None => {
                        doubt.extend([LISTS_CREDENTIALS, ODD_CREDENTIAL]);
                        when.clear();
                        Vec::new()
                    }
                }
            }
        };
        let is_openable = match wanted.value {
            Named::Concept(concept) => asked(facets.vocabulary(), concept, need).next().is_some(),
            Named::Code(_) => false,
        };
        let lacks = if is_openable { &mut plan.doubts } else { &mut plan.drops };
        lacks.push(Clause { when, unless });
        plan.doubts.push(Clause { when: doubt, unless: Vec::new() });
    }
}

fn skills(facets: &Facets, need: &Facts, plan: &mut Plan) {
    for wanted in need.skills.iter().filter(|wanted| plain(wanted)) {
        if more_precise(facets.vocabulary(), wanted, &need.skills) {
            continue;
        }
        let mut when = if wanted.origin == Origin::Given { vec![LISTS_SKILLS] } else { Vec::new() };
        let own = match wanted.value {
            Named::Code(hash) => {
                plan.doubts.push(Clause { when: vec![code(hash)], unless: Vec::new() });
                Some(code(hash))
            }
            Named::Concept(concept) => {
                let facet = facets.facet(concept);
                when.extend(&facet.rivals);
                facet.skill
            }
        };
        match own {
            Some(own) => plan.drops.push(Clause { when, unless: vec![own] }),
            None => plan.doubts.push(Clause { when, unless: Vec::new() }),
        }
    }
}
