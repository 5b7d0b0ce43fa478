//! Materials, certificates, skills, and what is denied.
use super::{Limit, Line, Verdict, gap, opening};
use crate::{
    category::Category,
    record::{Facts, Named, Origin, Stated},
    vocabulary::{Concept, Kind, Relation, Vocabulary},
};
use alloc::vec::Vec;

/// A material that is needed: the same, a grade of it, or the family that it is a grade of.
pub(super) fn materials(vocabulary: &Vocabulary, need: &Facts, advert: &Facts, lines: &mut Vec<Line>) {
    let works_another = need.materials.iter().any(|wanted| {
        advert.materials.iter().any(|offered| covers(vocabulary, wanted.value, offered.value) == Cover::Whole)
    });
    for wanted in &need.materials {
        if more_precise(vocabulary, wanted, &need.materials) || beside_field(vocabulary, wanted, &need.materials) {
            continue;
        }
        // What both write into a field of its own binds a person and a course as well; in a text it is only another case.
        let binds = works_on_parts(advert) || wanted.origin == Origin::Given;
        let closest = advert.materials.iter().map(|offered| covers(vocabulary, wanted.value, offered.value)).max();
        let denied = denies(vocabulary, advert, wanted.value);
        let verdict = match closest {
            _ if denied => gap(wanted.origin, Origin::Read),
            // "Nylon with glass", "have wood patterns": beside a material that they work, another word of the text may be none.
            Some(Cover::None) if wanted.origin < Origin::Given && works_another => Verdict::Unknown,
            _ if advert.any_material => Verdict::Match,
            Some(Cover::Whole) => Verdict::Match,
            Some(Cover::Doubtful) => Verdict::Unknown,
            // A list of materials in a field is meant to be whole; a text names some of them.
            Some(Cover::None) if binds && listed(&advert.materials) => gap(wanted.origin, Origin::Given),
            _ => Verdict::Unknown,
        };
        if wanted.origin > Origin::Guessed && (binds || verdict > Verdict::Unknown) {
            lines.push(Line::new(Limit::Material(wanted.value), verdict));
        }
    }
}

/// Whether what is held is a family of what is wanted, itself of one: "NDT certified" may be the level that is asked for. What a
/// certificate implies is no family of it: who has ISO 9001 has no AS9100.
fn wider(vocabulary: &Vocabulary, wanted: Named, held: Named) -> bool {
    let (Named::Concept(wanted), Named::Concept(held)) = (wanted, held) else { return false };
    let mut above: Vec<Concept> = vocabulary.parents(wanted).collect();
    let mut at = 0;
    while let Some(family) = above.get(at).copied() {
        at += 1;
        above.extend(vocabulary.parents(family));
    }
    above.contains(&held) && vocabulary.parents(held).next().is_some()
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cover {
    None,
    Doubtful,
    Whole,
}

pub(crate) fn covers(vocabulary: &Vocabulary, wanted: Named, offered: Named) -> Cover {
    match (wanted, offered) {
        _ if wanted == offered => Cover::Whole,
        (Named::Concept(wanted), Named::Concept(offered)) => match vocabulary.relation(wanted, offered) {
            Relation::Narrower(_) if vocabulary.id(wanted) == "steel" && apart(vocabulary, offered) => Cover::None,
            Relation::Narrower(_) => Cover::Whole,
            Relation::Broader(_) if vocabulary.id(offered) == "steel" => {
                if apart(vocabulary, wanted) {
                    Cover::None
                } else {
                    Cover::Whole
                }
            }
            Relation::Broader(_) if wide(vocabulary, offered) => Cover::Doubtful,
            Relation::Broader(_) => Cover::Whole,
            Relation::Near(_) => Cover::Doubtful,
            _ => Cover::None,
        },
        _ => Cover::None,
    }
}

/// Who says "steel" means carbon and alloy steel; stainless and tool steel are other work.
fn apart(vocabulary: &Vocabulary, concept: Concept) -> bool {
    let families = ["stainless-steel", "tool-steel"].into_iter().filter_map(|id| vocabulary.concept(id));
    families.into_iter().any(|family| vocabulary.is(concept, family))
}

/// Says nothing that a machine or a tool would feel.
fn wide(vocabulary: &Vocabulary, concept: Concept) -> bool {
    matches!(vocabulary.id(concept), "metal" | "material")
}

/// Whether a list came from a field.
pub(crate) fn listed(list: &[Stated<Named>]) -> bool {
    list.iter().any(|stated| stated.origin == Origin::Given)
}

pub(crate) fn works_on_parts(advert: &Facts) -> bool {
    advert.category.is_none_or(|stated| {
        matches!(stated.value, Category::Machine | Category::Service | Category::Lab | Category::Equipment)
    })
}

/// Whether another name of the list says the same more precisely, so that this one adds nothing.
pub(crate) fn more_precise(vocabulary: &Vocabulary, own: &Stated<Named>, list: &[Stated<Named>]) -> bool {
    let Named::Concept(concept) = own.value else { return false };
    list.iter().any(|other| match other.value {
        Named::Concept(other_concept) => {
            other_concept != concept && other.origin >= Origin::Read && vocabulary.is(other_concept, concept)
        }
        Named::Code(_) => false,
    })
}

/// Whether a field lists materials, and the text names one that is no grade of any of them: a tool, a pattern, a coating.
pub(crate) fn beside_field(vocabulary: &Vocabulary, own: &Stated<Named>, list: &[Stated<Named>]) -> bool {
    own.origin < Origin::Given
        && listed(list)
        && !list.iter().filter(|other| other.origin == Origin::Given).any(|other| match (own.value, other.value) {
            (Named::Concept(own), Named::Concept(other)) => vocabulary.is(own, other),
            _ => false,
        })
}

fn denies(vocabulary: &Vocabulary, advert: &Facts, wanted: Named) -> bool {
    let Named::Concept(wanted) = wanted else { return false };
    advert.denied.iter().any(|denied| vocabulary.is(wanted, *denied))
}

/// Certificates and tickets, one way (`LIM-4`).
pub(super) fn credentials(vocabulary: &Vocabulary, need: &Facts, advert: &Facts, lines: &mut Vec<Line>) {
    for wanted in &need.credentials {
        if more_precise(vocabulary, wanted, &need.credentials) {
            continue;
        }
        // "CRN submissions" is work and no certificate: where both write certificates into fields, the fields decide (`TXT-2`).
        let decided = wanted.origin == Origin::Given && listed(&advert.credentials);
        let counted = advert.credentials.iter().filter(|held| !decided || held.origin == Origin::Given);
        let held = counted.clone().any(|held| match (wanted.value, held.value) {
            (Named::Concept(wanted), Named::Concept(held)) => vocabulary.is(held, wanted),
            (wanted, held) => wanted == held,
        });
        let related = || advert.credentials.iter().any(|held| akin(vocabulary, wanted.value, held.value));
        let verdict = if denies(vocabulary, advert, wanted.value) {
            gap(wanted.origin, Origin::Read)
        } else if held {
            Verdict::Match
        } else if counted.clone().any(|held| wider(vocabulary, wanted.value, held.value)) {
            // A family of certificates, or a word that nobody here knows, may hold the one that is asked for.
            Verdict::Unknown
        } else if listed(&advert.credentials) || related() {
            // Who lists certificates would list the better one.
            gap(wanted.origin, Origin::Read)
        } else {
            Verdict::Unknown
        };
        let limit = Limit::Credential(wanted.value);
        let verdict = match verdict {
            Verdict::Gap if opening(vocabulary, limit, need, advert).is_some() => Verdict::Conditional,
            verdict => verdict,
        };
        if wanted.origin > Origin::Guessed || verdict > Verdict::Unknown {
            lines.push(Line::new(limit, verdict));
        }
    }
}

/// Of one family below a root: two quality systems, two welding tickets.
fn akin(vocabulary: &Vocabulary, one: Named, other: Named) -> bool {
    match (one, other) {
        (Named::Concept(one), Named::Concept(other)) => {
            vocabulary.kind(one) == vocabulary.kind(other)
                && vocabulary.parents(one).any(|parent| vocabulary.parents(other).any(|own| own == parent))
        }
        _ => false,
    }
}

/// Controllers, CAM systems, standards: another one of the same sort is another one.
pub(super) fn skills(vocabulary: &Vocabulary, need: &Facts, advert: &Facts, lines: &mut Vec<Line>) {
    for wanted in &need.skills {
        if more_precise(vocabulary, wanted, &need.skills) {
            continue;
        }
        let known = |concept: Concept| advert.terms.iter().map(move |term| (term.concept, concept));
        let has = advert.skills.iter().any(|own| match (wanted.value, own.value) {
            (Named::Concept(wanted), Named::Concept(own)) => vocabulary.is(own, wanted),
            (wanted, own) => wanted == own,
        }) || match wanted.value {
            Named::Concept(concept) => known(concept).any(|(own, wanted)| vocabulary.is(own, wanted)),
            Named::Code(_) => false,
        };
        let sort = |named: Named| match named {
            Named::Concept(concept) => Some(vocabulary.kind(concept)),
            Named::Code(_) => None,
        };
        let other = advert
            .skills
            .iter()
            .any(|own| sort(own.value) == Some(Kind::Program) && akin(vocabulary, wanted.value, own.value));
        let verdict = if has {
            Verdict::Match
        } else if (other && sort(wanted.value) == Some(Kind::Program))
            || (wanted.origin == Origin::Given && listed(&advert.skills))
        {
            gap(wanted.origin, Origin::Read)
        } else {
            Verdict::Unknown
        };
        lines.push(Line::new(Limit::Skill(wanted.value), verdict));
    }
}

/// Work that the advert denies, or that the need refuses.
pub(super) fn denied(vocabulary: &Vocabulary, need: &Facts, advert: &Facts, lines: &mut Vec<Line>) {
    let work = |kind: Kind| matches!(kind, Kind::Act | Kind::Machine);
    let refused = need.terms.iter().filter(|term| term.origin > Origin::Guessed && work(term.kind)).any(|term| {
        advert.denied.contains(&term.concept)
            && !advert.terms.iter().any(|own| vocabulary.is(own.concept, term.concept))
    });
    if refused {
        lines.push(Line::new(Limit::Denied, Verdict::Gap));
    }
}
