//! The shared log converges: at the end all nodes that are up hold the same entries.

use crate::party::Party;
use crate::world::{EndSeen, Findings, Witness};
use protocol::check::Kind;
use protocol::id::Hash;

/// Finds nodes whose log differs.
#[derive(Default)]
pub struct LogConverges {
    first: Option<(Hash, usize)>,
    nodes: u64,
}

impl LogConverges {
    fn compare(&mut self, root: Hash, entries: usize) -> Result<(), String> {
        self.nodes += 1;
        let (of_first, held) = *self.first.get_or_insert((root, entries));
        if root == of_first {
            return Ok(());
        }
        Err(format!("the log here has {entries} entries and root {root:?}, another node's {held} and {of_first:?}"))
    }
}

impl Witness<Party> for LogConverges {
    fn name(&self) -> &'static str {
        "log_converges"
    }

    fn ended(&mut self, seen: &EndSeen<'_, Party>, found: &mut Findings) {
        let Some(party) = seen.machine else { return };
        if let Err(why) = self.compare(party.log_root(), party.shelf().count(Kind::Log)) {
            found.add(seen.place, why);
        }
    }

    fn counts(&self) -> Vec<(&'static str, u64)> {
        vec![("logs_compared", self.nodes)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkers::told;

    #[test]
    fn in_an_honest_story_every_log_is_the_same() {
        assert_eq!(told::idle_shift().found(LogConverges::default()), [] as [&str; 0]);
    }

    #[test]
    fn a_node_that_lacks_an_entry_is_caught() {
        let mut journals = told::idle_shift();
        let mut dropped = false;
        journals.change("housings", |records| {
            records.retain(|record| {
                let drop = !dropped && told::is_log_entry(record);
                dropped |= drop;
                !drop
            });
        });
        assert_eq!(journals.found(LogConverges::default()).len(), 1);
    }
}
