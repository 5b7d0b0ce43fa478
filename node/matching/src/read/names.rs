//! Names in fields and text: terms, materials, certificates, skills, and what is denied.
use super::{LIST_MAX, Side, units::Around};
use crate::{
    case::Case,
    category::Category,
    record::{Facts, Named, Origin, Stated, Term, code},
    vocabulary::{Concept, Kind, Mention, Relation, Vocabulary},
};
use alloc::{string::String, vec::Vec};

/// Words that deny what follows within a few words.
const DENYING: &[&str] = &[
    "no",
    "not",
    "non",
    "without",
    "sans",
    "pas",
    "aucun",
    "aucune",
    "ni",
    "nor",
    "except",
    "sauf",
    "never",
    "jamais",
    "cannot",
    "lapsed",
    "expired",
    "minus",
    "excluding",
    "rather",
    "plutot",
];
/// Words that make what stands beside them welcome but not required.
const WELCOME: &[&str] = &[
    "preferred",
    "ideally",
    "nice",
    "bonus",
    "plus",
    "idealement",
    "atout",
    "souhaite",
    "souhaitable",
    "prefere",
    "optional",
    "optionnel",
    "helpful",
    "asset",
];

/// The most terms that a case has; the longest honest texts name a third of them.
const TERMS_MAX: usize = 96;
/// The most letters of a name that is shown as it was written.
const SHOWN_MAX: usize = 80;

pub(super) fn read(
    vocabulary: &Vocabulary,
    case: &Case,
    mentions: &[Mention],
    text: Around<'_>,
    facts: &mut Facts,
    side: Side,
) {
    for name in case.materials.iter().flatten().take(LIST_MAX) {
        if matches!(name.as_str(), "any" | "all") {
            facts.any_material = true;
        } else {
            let given = given(vocabulary, name, &[Kind::Material], facts);
            facts.materials.push(given);
        }
    }
    for name in case.certifications.iter().flatten().take(LIST_MAX) {
        let given = given(vocabulary, name, &[Kind::Credential, Kind::Ticket], facts);
        facts.credentials.push(given);
    }
    for name in case.skills.iter().flatten().take(LIST_MAX) {
        let given = given(vocabulary, name, &[Kind::Program, Kind::Skill, Kind::Ticket, Kind::Act], facts);
        facts.skills.push(given);
    }
    let mut terms: Vec<Term> = Vec::new();
    let mut keep = |concept: Concept, origin: Origin| {
        let kind = vocabulary.kind(concept);
        match terms.binary_search_by_key(&concept, |term| term.concept) {
            Ok(at) => {
                if let Some(term) = terms.get_mut(at) {
                    term.origin = term.origin.max(origin);
                }
            }
            Err(at) if terms.len() < TERMS_MAX => terms.insert(at, Term { concept, kind, origin }),
            // TXT-4
            Err(_) => {}
        }
    };
    for mention in mentions {
        let kind = vocabulary.kind(mention.concept);
        if denied(text, mention.from) || excludes(text, mention) || elsewhere_done(text, mention, side) {
            // TXT-3
            facts.denied.push(mention.concept);
            continue;
        }
        let origin = if mention.sure { Origin::Read } else { Origin::Guessed };
        keep(mention.concept, origin);
        let stated = Stated::new(Named::Concept(mention.concept), origin);
        match kind {
            Kind::Material if vocabulary.parents(mention.concept).next().is_some() => facts.materials.push(stated),
            Kind::Credential | Kind::Ticket => {
                let welcome = side == Side::Need && (welcome(text, mention) || topic(facts));
                let origin = if welcome { Origin::Guessed } else { origin };
                facts.credentials.push(Stated { origin, ..stated });
            }
            Kind::Program => facts.skills.push(stated),
            _ => {}
        }
    }
    facts.denied.sort_unstable();
    facts.denied.dedup();
    for named in facts.materials.iter().chain(&facts.credentials).chain(&facts.skills) {
        if let (Named::Concept(concept), Origin::Given) = (named.value, named.origin) {
            keep(concept, Origin::Given);
        }
    }
    if let Some(process) = case.process.as_deref().and_then(|process| process_concept(vocabulary, process)) {
        let other = terms.iter().any(|term| term.origin == Origin::Read && elsewhere(vocabulary, process, term));
        let confirmed = terms.iter().any(|term| joined(vocabulary.relation(process, term.concept)));
        // TXT-2
        // A family of work beside a work of that family says nothing more: who offers one does not offer its sisters.
        let narrower = side == Side::Offer
            && terms.iter().any(|term| {
                let work = matches!(term.kind, Kind::Act | Kind::Machine) && term.origin == Origin::Read;
                work && term.concept != process && vocabulary.is(term.concept, process)
            });
        let origin = if (other && !confirmed) || narrower { Origin::Guessed } else { Origin::Given };
        let kind = vocabulary.kind(process);
        match terms.binary_search_by_key(&process, |term| term.concept) {
            Ok(at) => {
                if let Some(term) = terms.get_mut(at) {
                    term.origin = term.origin.max(origin);
                }
            }
            Err(at) => terms.insert(at, Term { concept: process, kind, origin }),
        }
    }
    facts.terms = terms;
    for list in [&mut facts.materials, &mut facts.credentials, &mut facts.skills] {
        list.sort_unstable_by(|one, other| (one.value, other.origin).cmp(&(other.value, one.origin)));
        list.dedup_by_key(|stated| stated.value);
    }
}

/// Whether certificates are what a need is about, not what it requires.
fn topic(facts: &Facts) -> bool {
    facts.category.is_some_and(|stated| {
        matches!(stated.value, Category::Expertise | Category::Training | Category::Certification)
    })
}

fn joined(relation: Relation) -> bool {
    matches!(
        relation,
        Relation::Same | Relation::Narrower(_) | Relation::Broader(_) | Relation::Near(_) | Relation::Leads(_)
    )
}

/// Whether a term is work that a process code does not mean.
fn elsewhere(vocabulary: &Vocabulary, process: Concept, term: &Term) -> bool {
    matches!(term.kind, Kind::Act | Kind::Machine)
        && vocabulary.parents(term.concept).next().is_some()
        && !joined(vocabulary.relation(process, term.concept))
}

/// A process code, or the nearest family of it that the vocabulary has.
fn process_concept(vocabulary: &Vocabulary, process: &str) -> Option<Concept> {
    let mut id = process.trim();
    loop {
        if let Some(concept) = vocabulary.concept(id) {
            return Some(concept);
        }
        (id, _) = id.rsplit_once('.')?;
    }
}

/// A name in a field. What the vocabulary does not know is kept as it was written, for the reasons.
fn given(vocabulary: &Vocabulary, name: &str, kinds: &[Kind], facts: &mut Facts) -> Stated<Named> {
    let named = named(vocabulary, name, kinds);
    if let Named::Code(_) = named {
        facts.spelt.push((named, shown(name)));
    }
    Stated::new(named, Origin::Given)
}

/// A name as it may be shown to a person (`TXT-4`).
fn shown(name: &str) -> String {
    let unseen = |letter: &char| {
        letter.is_control()
            || matches!(letter, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
            || matches!(letter, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
    };
    name.chars().filter(|letter| !unseen(letter)).take(SHOWN_MAX).collect()
}

/// What a name means.
fn named(vocabulary: &Vocabulary, name: &str, kinds: &[Kind]) -> Named {
    if let Some(concept) = vocabulary.concept(name).filter(|concept| kinds.contains(&vocabulary.kind(*concept))) {
        return Named::Concept(concept);
    }
    let name = super::scan::readable(name);
    let spaced: String = name.chars().map(|letter| if matches!(letter, '_' | '-') { ' ' } else { letter }).collect();
    let mentions = vocabulary.mentions(name, None);
    let mentions = if mentions.is_empty() { vocabulary.mentions(&spaced, None) } else { mentions };
    // The mention that covers most of the name; of equals the first.
    let best = mentions
        .iter()
        .filter(|mention| kinds.contains(&vocabulary.kind(mention.concept)))
        .max_by_key(|mention| (mention.to - mention.from, core::cmp::Reverse(mention.from)));
    match best {
        Some(mention) => Named::Concept(mention.concept),
        None => Named::Code(code(name)),
    }
}

/// Whether a word before this byte denies what begins there: at most three words back, in the same clause.
fn denied(text: Around<'_>, from: usize) -> bool {
    let own = text.0.partition_point(|token| token.from < from);
    let mut words = 0;
    for at in (0..own).rev() {
        if matches!(text.sign(at), Some('.' | ';' | ',' | ':' | '(' | '\n')) && text.number(at + 1).is_none() {
            return false;
        }
        let word = text.word(at);
        if matches!(word, "but" | "mais" | "only" | "just" | "seulement" | "and") {
            return false;
        }
        if DENYING.contains(&word) {
            // "not only", "no minimum", "sans frais" deny something else.
            return true;
        }
        words += usize::from(!word.is_empty());
        if words > 3 {
            return false;
        }
    }
    false
}

/// Whether what is named shuts something out, and so is not there for it: "our insurance excludes outside work".
fn excludes(text: Around<'_>, mention: &Mention) -> bool {
    let after = text.0.partition_point(|token| token.from < mention.to);
    matches!(text.word(after), "excludes" | "exclude" | "exclut" | "excluent")
}

/// Whether somebody else does it: "we grind it ourselves" in a need, "HIP sent out" in an advert.
fn elsewhere_done(text: Around<'_>, mention: &Mention, side: Side) -> bool {
    let own = text.0.partition_point(|token| token.from < mention.from);
    let after = text.0.partition_point(|token| token.from < mention.to);
    let next = |at: usize| (text.word(at), text.word(at + 1));
    match side {
        Side::Need => {
            text.before(own, 2, &["ours"])
                || text.after(after, 3, &["ourselves"])
                || [after, after + 1]
                    .into_iter()
                    .any(|at| matches!(next(at), ("in", "house") | ("nous", "memes") | ("by", "us")))
        }
        Side::Offer => [after, after + 1]
            .into_iter()
            .any(|at| matches!(next(at), ("sent", "out") | ("by", "others") | ("farmed", "out") | ("en", "sous"))),
    }
}

fn welcome(text: Around<'_>, mention: &Mention) -> bool {
    let own = text.0.partition_point(|token| token.from < mention.from);
    let after = text.0.partition_point(|token| token.from < mention.to);
    text.before(own, 3, WELCOME) || text.after(after, 4, WELCOME)
}
