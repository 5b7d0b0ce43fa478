//! In a network whose records leave in cells, nobody tells everybody a record of its own making: so no neighbour can tie a notice, an
//! envelope or a log entry to the node that it came from first.
//!
//! What a node publishes while the record is under embargo there is its own (`SYN-11`); what it publishes later came back to it,
//! or ended its way there as somebody else's.

use crate::party::Party;
use crate::world::{Findings, Place, TurnSeen, Witness};
use machine::{AfterCommit, Topic};
use protocol::check::Checked;
use protocol::frame::record_id;
use protocol::id::RecordId;

/// Finds authors that publish their own records.
#[derive(Default)]
pub struct AuthorNeverFirst {
    published: u64,
    cells: u64,
}

impl AuthorNeverFirst {
    /// A record left by gossip of a node that made these.
    fn told(&mut self, place: Place, record: RecordId, own: &[RecordId], found: &mut Findings) {
        self.published += 1;
        if own.contains(&record) {
            found.add(place, format!("its own record {} left by its own gossip", record.short()));
        }
    }
}

impl Witness<Party> for AuthorNeverFirst {
    fn name(&self) -> &'static str {
        "author_never_first"
    }

    fn turn(&mut self, seen: &TurnSeen<'_, Party>, found: &mut Findings) {
        let Some(firm) = seen.machine.firm() else { return };
        let in_cells = firm.network().is_some_and(|(genesis, _)| genesis.cells.is_some());
        if !in_cells || firm.leaving.choice.direct {
            return;
        }
        let said = seen.effects.after_commit.iter().filter_map(|effect| match effect {
            AfterCommit::Publish(Topic::Adverts | Topic::Envelopes | Topic::Log, frame) => Some(record_id(frame)),
            _ => None,
        });
        let own: Vec<RecordId> = firm.market.shelf.embargoed().map(Checked::id).collect();
        said.for_each(|record| self.told(seen.place, record, &own, found));
        let sent = seen.effects.after_commit.iter();
        let is_cell = |effect: &&AfterCommit<Party>| match effect {
            AfterCommit::Send { bytes, .. } => (4_096..4_110).contains(&bytes.len()),
            _ => false,
        };
        self.cells += sent.filter(is_cell).count() as u64;
    }

    fn counts(&self) -> Vec<(&'static str, u64)> {
        vec![("published_by_exits", self.published), ("cells", self.cells)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RunSeed;
    use crate::stage::Stage;
    use crate::story::Story;
    use crate::world::{Graph, NodeId, Setup, VirtualMs};
    use protocol::genesis::{Pace, PassScheme};

    #[test]
    fn in_an_honest_story_with_cells_no_author_is_first_and_the_names_are_exchanged() {
        let mut story = Story::named("idle-shift").unwrap();
        story.deals[0].work_days = 0;
        let pace = Pace { cell_ms: 5_000, delay_ms: 1_000, travel_ms: 20_000 };
        let setup = Setup::new(RunSeed(3), crate::trial::START);
        let mut stage = Stage::at_pace(story, PassScheme::Plain, setup, Some(pace)).unwrap();
        stage.world.witness(AuthorNeverFirst::default());
        stage.set_up(Graph::Full).unwrap();
        let done = |world: &crate::world::World<Party>| {
            let firms = world.nodes().filter_map(|node| world.machine(node)?.firm());
            firms.flat_map(|firm| firm.deals.all()).filter(|deal| deal.identity.is_some()).count() >= 2
        };
        assert!(stage.world.run_until_seen(VirtualMs(6 * 3_600_000), done), "both know the other's name");
        let outcome = stage.world.finish();
        assert_eq!(outcome.violations_total, 0, "{:?}", outcome.violations);
        assert!(outcome.counts["published_by_exits"] > 0 && outcome.counts["cells"] > 100);
    }

    #[test]
    fn an_author_that_gossips_its_own_record_is_caught() {
        let (mut checker, mut findings) = (AuthorNeverFirst::default(), Findings::default());
        let place = Place { at: VirtualMs(0), node: NodeId(0), run: 1 };
        let (own, other) = (RecordId([1; 32]), RecordId([2; 32]));
        checker.told(place, other, &[own], findings.of("author_never_first"));
        assert_eq!(findings.total(), 0);
        checker.told(place, own, &[own], findings.of("author_never_first"));
        assert_eq!(findings.total(), 1);
    }
}
