//! Neighbours that say in catch-up what no honest node says.
//!
//! - `SYN-17` A parcel that cannot be read, a body that every node would refuse, and a batch that brings nothing of what its sender
//!   offered, count against the neighbour. Thirteen such, and it is hung up on, and not let in before one is forgotten; one is
//!   forgotten at each interval between comparisons.
//!
//! What depends on a clock or on what a node holds does not count (`CHK-2`), so an honest neighbour whose clock is wrong, or which
//! lost a record between offering and sending it, stays.

use crate::limits::FAULTS_MAX;
use alloc::{collections::BTreeMap, vec::Vec};

/// How much stands against each neighbour. `P` names one.
#[derive(Clone, Debug)]
pub struct Faults<P> {
    counts: BTreeMap<P, u32>,
}

impl<P> Default for Faults<P> {
    fn default() -> Self {
        Faults { counts: BTreeMap::new() }
    }
}

impl<P: Clone + Ord> Faults<P> {
    /// Counts one against a neighbour, and says whether it is to be hung up on.
    pub fn count(&mut self, against: &P) -> bool {
        let count = self.counts.entry(against.clone()).or_default();
        *count = count.saturating_add(1).min(FAULTS_MAX);
        self.is_out(against)
    }

    /// Whether a neighbour is not to be let in now.
    pub fn is_out(&self, peer: &P) -> bool {
        self.counts.get(peer).is_some_and(|count| *count >= FAULTS_MAX)
    }

    /// An interval has passed.
    pub fn fade(&mut self) {
        let fading: Vec<P> = self.counts.keys().cloned().collect();
        for peer in fading {
            if let Some(count) = self.counts.get_mut(&peer) {
                *count -= 1;
            }
        }
        self.counts.retain(|_, count| *count > 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirteen_faults_put_a_neighbour_out_until_an_interval_has_passed_and_then_one_more_does() {
        // SYN-17
        let mut faults = Faults::default();
        let outs: Vec<bool> = (0..20).map(|_| faults.count(&1)).collect();
        assert_eq!(outs.iter().position(|out| *out), Some(12));
        assert!(faults.is_out(&1) && !faults.is_out(&2));
        faults.fade();
        assert!(!faults.is_out(&1));
        assert!(faults.count(&1), "whoever goes on is out at once");
        (0..13).for_each(|_| faults.fade());
        assert!(!faults.count(&1), "and in the end all is forgotten");
    }
}
