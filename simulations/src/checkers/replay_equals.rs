//! `MCH-1`: replaying the journal gives the same state.
//!
//! The checker keeps a shadow of each node that only ever applies committed records, each written to bytes and read back
//! first, as from a disk. No input is handled during a commit, so at each commit the live machine must equal its shadow;
//! so must the machine that a restart replays, and the one at the end, which is also replayed in one go.

use crate::world::{BootSeen, CommitSeen, EndSeen, Findings, Witness};
use machine::Machine;
use std::collections::BTreeMap;

/// Reduces a machine's state to bytes that are equal exactly when the states are.
type Digest<M> = Box<dyn Fn(&M) -> [u8; 32]>;

/// Finds state that is not in the journal.
pub struct ReplayEquals<M: Machine> {
    digest: Digest<M>,
    every: u64,
    one_in: u32,
    shadows: BTreeMap<u32, M>,
    compared: u64,
}

impl<M: Machine> ReplayEquals<M> {
    /// Compares by `digest` at every `every`-th commit of a node (at least 1), at restarts and at the end.
    pub fn new(every: u64, digest: impl Fn(&M) -> [u8; 32] + 'static) -> Self {
        let (digest, every) = (Box::new(digest), every.max(1));
        ReplayEquals { digest, every, one_in: 1, shadows: BTreeMap::new(), compared: 0 }
    }

    /// Keeps shadows of one in so many nodes only (at least 1). At the end all are compared all the same.
    pub fn of_one_in(self, nodes: u32) -> Self {
        ReplayEquals { one_in: nodes.max(1), ..self }
    }

    fn differ(&mut self, live: &M, replayed: &M) -> bool {
        self.compared += 1;
        (self.digest)(live) != (self.digest)(replayed)
    }
}

impl<M: Machine + 'static> Witness<M> for ReplayEquals<M> {
    fn name(&self) -> &'static str {
        "replay_equals"
    }

    fn booted(&mut self, seen: &BootSeen<'_, M>, found: &mut Findings) {
        let node = seen.place.node.0;
        if !node.is_multiple_of(self.one_in) {
            return;
        }
        let shadow = self.shadows.remove(&node).unwrap_or_else(|| (seen.make)());
        if self.differ(seen.machine, &shadow) {
            found.add(seen.place, "the restarted machine differs from the committed records");
        }
        self.shadows.insert(node, shadow);
    }

    fn committed(&mut self, seen: &CommitSeen<'_, M>, found: &mut Findings) {
        let Some(mut shadow) = self.shadows.remove(&seen.place.node.0) else { return };
        for record in seen.records {
            match stored::<M>(record) {
                Ok(record) => shadow.apply(&record),
                Err(why) => found.add(seen.place, format!("a record cannot be stored and read back: {why}")),
            }
        }
        if seen.commit.is_multiple_of(self.every) && self.differ(seen.machine, &shadow) {
            found.add(seen.place, format!("after commit {} the machine holds state that is in no record", seen.commit));
        }
        self.shadows.insert(seen.place.node.0, shadow);
    }

    fn ended(&mut self, seen: &EndSeen<'_, M>, found: &mut Findings) {
        let Some(live) = seen.machine.filter(|_| !seen.uncommitted) else { return };
        let mut replayed = (seen.make)();
        seen.journal.iter().for_each(|record| replayed.apply(record));
        if self.differ(live, &replayed) {
            found.add(seen.place, "replaying the whole journal does not give the machine's state");
        }
    }

    fn counts(&self) -> Vec<(&'static str, u64)> {
        vec![("states_compared", self.compared)]
    }
}

/// A record after a trip through bytes.
fn stored<M: Machine>(record: &M::Record) -> Result<M::Record, String> {
    let bytes = minicbor_serde::to_vec(record).map_err(|why| why.to_string())?;
    minicbor_serde::from_slice(&bytes).map_err(|why| why.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::{Counter, Fault, region, violations_of};
    use crate::world::VirtualMs;

    #[test]
    fn a_machine_without_a_shadow_is_still_compared_at_the_end() {
        for one_in in [1, 1_000] {
            let mut world = region(5, Fault::RemembersInSecret);
            world.witness(ReplayEquals::new(u64::MAX, Counter::digest).of_one_in(one_in));
            world.run_until(VirtualMs(60_000));
            let found = world.finish().violations;
            assert!(found.iter().any(|found| found.node == "node 3" && found.what.contains("whole journal")));
        }
    }

    #[test]
    fn an_honest_machine_is_its_journal() {
        assert_eq!(violations_of("replay_equals", region(5, Fault::None)), [] as [&str; 0]);
    }

    #[test]
    fn a_machine_that_keeps_state_outside_its_records_is_caught() {
        let found = violations_of("replay_equals", region(5, Fault::RemembersInSecret));
        assert!(found[0].contains("in no record"), "{found:?}");
    }
}
