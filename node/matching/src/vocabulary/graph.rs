//! What joins concepts, as a whole: no circles, no contradictions, and no pack that joins everything with everything.
use super::{Concept, Edge, Entry, Vocabulary, join::Join, load::Said};
use crate::pack::{
    Bound, Equivalence, Fault, Pack, Refused,
    bounds::{JOINED_MAX, PARENTS_MAX, UPS_MAX},
};
use alloc::{
    collections::{BTreeMap, btree_map},
    vec::Vec,
};

/// For each concept what it is or implies, with the fewest steps to it; itself at none.
pub(super) type Ups = Vec<BTreeMap<Concept, u8>>;

/// No two concepts are both near and not the same, and none is joined with itself.
pub(super) fn without_contradictions(joins: &[Join<'_>], entries: &[Entry]) -> Result<(), Refused> {
    let mut joined: BTreeMap<(Concept, Concept), Edge> = BTreeMap::new();
    for join in joins.iter().filter(|join| matches!(join.edge, Edge::Near(_) | Edge::Not)) {
        let pair = (join.from.min(join.to), join.from.max(join.to));
        let earlier = joined.insert(pair, join.edge);
        if join.from == join.to || earlier.is_some_and(|earlier| earlier != join.edge) {
            let id = entries.get(usize::from(join.to.0)).map(|entry| entry.id.clone());
            return Err(join.said.row.refuse(Fault::Contradiction(id.unwrap_or_default())));
        }
    }
    Ok(())
}

/// What each concept is or implies. Of a circle the latest line is told, so that a pack is told of its own.
pub(super) fn ups(said: &[Said<'_>], entries: &[Entry]) -> Result<Ups, Refused> {
    let mut ups: Ups = Vec::with_capacity(entries.len());
    let mut circle = None;
    for (index, entry) in (0u16..).zip(entries) {
        let own = Concept(index);
        let refuse = |why| {
            let first = said.iter().find(|said| said.concept == own);
            first.map(|said| said.row.refuse(why))
        };
        let parents = entry.up().count();
        match above(own, entries) {
            Some(_) if parents > PARENTS_MAX => {
                if let Some(refused) = refuse(Fault::TooMany(Bound::Parents)) {
                    return Err(refused);
                }
            }
            Some(reached) if reached.len() > UPS_MAX => {
                if let Some(refused) = refuse(Fault::TooMany(Bound::Ups)) {
                    return Err(refused);
                }
            }
            Some(reached) => ups.push(reached),
            None => circle = refuse(Fault::Circle(entry.id.clone())),
        }
    }
    circle.map_or(Ok(ups), Err)
}

/// What is above a concept; nothing if it is above itself. Stops a little after the most that is allowed.
fn above(own: Concept, entries: &[Entry]) -> Option<BTreeMap<Concept, u8>> {
    let mut reached = BTreeMap::from([(own, 0u8)]);
    let mut ring = Vec::from([own]);
    for steps in 1u8..=u8::MAX {
        let mut next = Vec::new();
        for concept in ring {
            for up in entries.get(usize::from(concept.0)).into_iter().flat_map(Entry::up) {
                if up == own {
                    return None;
                }
                if let btree_map::Entry::Vacant(place) = reached.entry(up) {
                    place.insert(steps);
                    next.push(up);
                }
            }
        }
        if next.is_empty() || reached.len() > UPS_MAX {
            break;
        }
        ring = next;
    }
    Some(reached)
}

/// How many concepts are each or a sort of it.
fn below(ups: &Ups) -> Vec<usize> {
    let mut below = alloc::vec![0; ups.len()];
    for up in ups.iter().flat_map(BTreeMap::keys) {
        if let Some(count) = below.get_mut(usize::from(up.0)) {
            *count += 1;
        }
    }
    below
}

/// No pack over another joins more than a hundredth of all pairs (`PCK-3`).
pub(super) fn without_everything(packs: &[Pack<'_>], joins: &[Join<'_>], ups: &Ups) -> Result<(), Refused> {
    let below = below(ups);
    let count = |concept: Concept| below.get(usize::from(concept.0)).copied().unwrap_or(0);
    let mut pairs = alloc::vec![0usize; packs.len()];
    for join in joins.iter().filter(|join| join.said.pack > 0) {
        let Some(pairs) = pairs.get_mut(join.said.pack) else { continue };
        *pairs = pairs.saturating_add(count(join.from).saturating_mul(count(join.to)));
        if *pairs > JOINED_MAX {
            return Err(join.said.row.refuse(Fault::Joins(*pairs)));
        }
    }
    Ok(())
}

/// Lets what a pack says to be as good as something else count as it: for the certificate itself and all that imply it.
pub(super) fn count_as(vocabulary: &mut Vocabulary, equivalence: &Equivalence) -> Result<(), Fault> {
    let gained: Vec<(Concept, u8)> = vocabulary.up(equivalence.counts_as).collect();
    for ups in &mut vocabulary.ups {
        let Some(steps) = ups.get(&equivalence.held).copied() else { continue };
        for (up, more) in &gained {
            let steps = steps.saturating_add(*more).saturating_add(1);
            let known = ups.entry(*up).or_insert(steps);
            *known = steps.min(*known);
        }
        if ups.len() > UPS_MAX {
            return Err(Fault::TooMany(Bound::Ups));
        }
    }
    Ok(())
}
