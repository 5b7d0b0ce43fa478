//! `MCH-2`: what is audible is durable, and leaves in the order in which it was said.
//!
//! For each node the checker keeps a list of what its turns said, each with the number of records that must be durable
//! first. It counts records as it sees them committed and compares each released effect with the head of the list. It also
//! compares the committed records with those that the turns returned.

use super::fingerprint;
use crate::world::{CommitSeen, EndSeen, Fate, Findings, Place, ReleaseSeen, TurnSeen, Witness};
use machine::Machine;
use std::collections::{BTreeMap, VecDeque};

/// What one run of a node owes.
#[derive(Default)]
struct Account {
    returned: u64,
    durable: u64,
    uncommitted: VecDeque<u64>,
    unsaid: VecDeque<(u64, u64)>,
}

/// Finds effects that left too early, out of order, or from nowhere.
#[derive(Default)]
pub struct DurableBeforeAudible {
    nodes: BTreeMap<u32, Account>,
    released: u64,
}

impl<M: Machine> Witness<M> for DurableBeforeAudible {
    fn name(&self) -> &'static str {
        "durable_before_audible"
    }

    fn turn(&mut self, seen: &TurnSeen<'_, M>, _: &mut Findings) {
        if seen.effects.records.is_empty() && seen.effects.after_commit.is_empty() {
            return;
        }
        let account = self.nodes.entry(seen.place.node.0).or_default();
        account.returned += seen.effects.records.len() as u64;
        account.uncommitted.extend(seen.effects.records.iter().map(fingerprint));
        let needs = account.returned;
        account.unsaid.extend(seen.effects.after_commit.iter().map(|effect| (needs, fingerprint(effect))));
    }

    fn committed(&mut self, seen: &CommitSeen<'_, M>, found: &mut Findings) {
        let account = self.nodes.entry(seen.place.node.0).or_default();
        account.durable += seen.records.len() as u64;
        for record in seen.records {
            if account.uncommitted.pop_front() != Some(fingerprint(record)) {
                found.add(seen.place, format!("commit {} has a record that no turn returned there", seen.commit));
            }
        }
    }

    fn released(&mut self, seen: &ReleaseSeen<'_, M>, found: &mut Findings) {
        self.released += 1;
        let account = self.nodes.entry(seen.place.node.0).or_default();
        match account.unsaid.pop_front() {
            Some((_, print)) if print != fingerprint(seen.effect) => {
                found.add(seen.place, "an effect left out of order");
            }
            Some((needs, _)) if needs > account.durable => {
                let short = needs - account.durable;
                found.add(seen.place, format!("an effect left while {short} of its records were not durable"));
            }
            Some(_) => {}
            None => found.add(seen.place, "an effect left that no turn said, or that left before"),
        }
    }

    fn befell(&mut self, place: Place, fate: Fate, _: &mut Findings) {
        if fate == Fate::Crashed {
            self.nodes.remove(&place.node.0);
        }
    }

    fn ended(&mut self, seen: &EndSeen<'_, M>, found: &mut Findings) {
        let Some(account) = self.nodes.get(&seen.place.node.0) else { return };
        if !account.unsaid.is_empty() && !seen.uncommitted {
            found.add(seen.place, format!("{} effects are durable and never left", account.unsaid.len()));
        }
    }

    fn counts(&self) -> Vec<(&'static str, u64)> {
        vec![("effects_released", self.released)]
    }
}

#[cfg(test)]
mod tests {
    use crate::trial::{Fault, region, violations_of};

    #[test]
    fn an_honest_world_says_nothing_before_it_is_durable() {
        assert_eq!(violations_of("durable_before_audible", region(5, Fault::None)), [] as [&str; 0]);
    }

    #[test]
    fn a_world_that_speaks_before_it_commits_is_caught() {
        let mut world = region(5, Fault::None);
        world.speaks_before_commit = true;
        let found = violations_of("durable_before_audible", world);
        assert!(found[0].contains("not durable"), "{found:?}");
    }
}
