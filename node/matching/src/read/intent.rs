//! Which category a text speaks of, when no field says it: the frames, units and kinds of its words vote.
use super::units::Around;
use crate::{
    category::{CATEGORIES, Category},
    record::{Facts, Origin, Stated, Unit},
    vocabulary::{Kind, Mention, Vocabulary},
};

/// Whoever has fewer votes than this is not believed.
const VOTES_MIN: u32 = 2;

/// What is never meant unless something says so.
const TO_BE_ASKED: [Category; 3] = [Category::Training, Category::Equipment, Category::Space];

/// The category with most votes, plain if it has twice those of the next; and those that nothing speaks of.
pub(super) fn read(vocabulary: &Vocabulary, mentions: &[Mention], text: Around<'_>, facts: &mut Facts) {
    let votes = votes(vocabulary, mentions, text, facts);
    facts.category = most(&votes);
    let silent = |category: &Category| votes.get(*category as usize) == Some(&0);
    facts.unasked = TO_BE_ASKED.into_iter().filter(silent).collect();
}

fn votes(vocabulary: &Vocabulary, mentions: &[Mention], text: Around<'_>, facts: &Facts) -> [u32; CATEGORIES] {
    let mut votes = [0u32; CATEGORIES];
    let mut vote = |category: Category, count: u32| {
        if let Some(own) = votes.get_mut(category as usize) {
            *own += count;
        }
    };
    for mention in mentions {
        let count = if mention.sure { 2 } else { 1 };
        for (category, weight) in of_mention(vocabulary, mention) {
            vote(*category, count * weight / 2);
        }
    }
    match facts.quantity.map(|stated| stated.value.unit) {
        Some(Unit::Seats) => vote(Category::Training, 6),
        Some(Unit::SquareFeet) => vote(Category::Space, 6),
        Some(Unit::HoursPerWeek) => {
            vote(Category::Person, 2);
            vote(Category::Expertise, 2);
        }
        Some(Unit::Hours) => vote(Category::Machine, 1),
        Some(Unit::Pieces) => vote(Category::Service, 1),
        _ => {}
    }
    for at in 0..text.0.len() {
        match text.word(at) {
            "seat" | "seats" | "participants" | "apprentices" | "apprentis" => vote(Category::Training, 4),
            "sqft" | "warehouse" | "entrepot" => vote(Category::Space, 3),
            "someone" | "somebody" | "quelqu" | "person" | "personne" => vote(Category::Person, 2),
            "expert" | "specialist" | "specialiste" | "guru" => vote(Category::Expertise, 4),
            "why" | "pourquoi" | "advice" | "conseil" | "conseils" => vote(Category::Expertise, 2),
            _ => {}
        }
    }
    votes
}

fn most(votes: &[u32; CATEGORIES]) -> Option<Stated<Category>> {
    let (best, most) = votes.iter().enumerate().max_by_key(|(at, count)| (**count, CATEGORIES - at))?;
    let next = votes.iter().enumerate().filter(|(at, _)| *at != best).map(|(_, count)| *count).max().unwrap_or(0);
    if *most < VOTES_MIN {
        return None;
    }
    let category = *Category::ALL.get(best)?;
    // Words of work and machines are in every need; they never tell for sure who should do it.
    let plain = *most >= 2 * next.max(2) && !matches!(category, Category::Machine | Category::Service);
    Some(Stated::new(category, if plain { Origin::Read } else { Origin::Guessed }))
}

fn of_mention(vocabulary: &Vocabulary, mention: &Mention) -> &'static [(Category, u32)] {
    use Category::{Certification, Equipment, Expertise, Lab, Logistics, Machine, Person, Service, Space, Training};
    let is = |id: &str| vocabulary.concept(id).is_some_and(|family| vocabulary.is(mention.concept, family));
    match vocabulary.kind(mention.concept) {
        Kind::Frame => match vocabulary.id(mention.concept) {
            "training" => &[(Training, 8)],
            "sale" | "purchase" => &[(Equipment, 8)],
            "rental" => &[(Equipment, 3), (Space, 2)],
            "person-sought" => &[(Person, 6)],
            "advice" => &[(Expertise, 5)],
            "calibration" => &[(Lab, 5)],
            "repair" | "installation" => &[(Service, 3), (Person, 1)],
            _ => &[],
        },
        Kind::Act if is("lab") => &[(Lab, 4)],
        Kind::Act if is("logistics") => &[(Logistics, 4)],
        Kind::Act => &[(Service, 2), (Machine, 2)],
        Kind::Machine => &[(Machine, 3), (Equipment, 1)],
        Kind::Role => &[(Person, 5)],
        Kind::Skill => &[(Expertise, 3), (Person, 1)],
        Kind::Program => &[(Person, 3), (Expertise, 1)],
        Kind::Ticket => &[(Person, 3)],
        Kind::Place => &[(Space, 5)],
        Kind::Symptom => &[(Expertise, 4)],
        Kind::Credential => &[(Certification, 1)],
        _ => &[],
    }
}
