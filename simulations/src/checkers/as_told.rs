//! As told: in a story that says who decides and who learns what, those people decide and no others, each side of each deal learns
//! those facts at those steps and no others, firms that are in no deal learn nothing, and the audit of whoever told it proves it.

use crate::party::{Party, Record};
use crate::story::{Account, Story};
use crate::world::{CommitSeen, EndSeen, Findings, Witness};
use firm::Firm;
use firm::approvals::{self, Status};
use firm::record::Event;
use firm::view::{Query, View};
use protocol::time::UnixMs;
use std::rc::Rc;

/// Finds what came otherwise than the story says.
pub struct AsTold {
    story: Rc<Story>,
    names: Vec<String>,
    account: Account,
    ended: usize,
}

impl AsTold {
    /// Over the nodes of these names, in the world's order.
    pub fn new(story: Rc<Story>, names: Vec<String>) -> AsTold {
        AsTold { story, names, account: Account::default(), ended: 0 }
    }

    fn follow(&mut self, name: usize, firm: &Firm, event: &Event) {
        let Some(name) = self.names.get(name) else { return };
        let (approval, by) = match event {
            Event::Approvals(approvals::Event::Agreed { approval, agreed }) => (approval, &agreed.by),
            Event::Approvals(approvals::Event::Decided { approval, status: Status::Approved(by, _), .. }) => {
                (approval, by)
            }
            Event::Deals(_) | Event::Trust(_) => {
                for deal in firm.deals.all() {
                    if let View::Deal(deal) = firm.view(&[], &Query::Deal(deal.id), UnixMs(0)) {
                        self.account.saw(name, &deal);
                    }
                }
                return;
            }
            _ => return,
        };
        if let Some(asked) = firm.approvals.approval(approval) {
            self.account.approved(name, by, asked.summary.step);
        }
    }
}

impl Witness<Party> for AsTold {
    fn name(&self) -> &'static str {
        "as_told"
    }

    fn committed(&mut self, seen: &CommitSeen<'_, Party>, _: &mut Findings) {
        let Some(firm) = seen.machine.firm().filter(|_| !self.story.decides.is_empty()) else { return };
        for record in seen.records {
            if let Record::Firm(record) = record {
                self.follow(seen.place.node.0 as usize, firm, &record.event);
            }
        }
    }

    fn ended(&mut self, seen: &EndSeen<'_, Party>, found: &mut Findings) {
        self.ended += 1;
        let firm = seen.machine.and_then(Party::firm).zip(self.names.get(seen.place.node.0 as usize));
        if let Some((firm, name)) = firm {
            self.account.audited(name, firm.audit.rows());
        }
        if self.ended == self.names.len() {
            self.account.otherwise(&self.story).into_iter().for_each(|what| found.add(seen.place, what));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkers::told::{self, Told};
    use firm::audit;
    use protocol::dialogue::{Field, Step};

    fn found(told: &Told, change: impl FnOnce(&mut Story)) -> Vec<String> {
        let (mut story, names) = (told.story(), told.parties.iter().map(|party| party.id.clone()).collect());
        change(&mut story);
        told.found(AsTold::new(Rc::new(story), names))
    }

    fn tells(found: &[String], what: &str) {
        assert!(found.iter().any(|one| one.contains(what)), "{what} in {found:?}");
    }

    #[test]
    fn what_comes_otherwise_than_the_story_says_is_caught() {
        let mut told = told::story("annex");
        assert_eq!(found(&told, |_| {}), [] as [&str; 0]);
        let signed = |story: &mut Story| {
            story.decides.get_mut("annex.owner").unwrap().remove(&Step::Sign);
        };
        tells(&found(&told, signed), "annex.owner should decide");
        tells(&found(&told, |story| drop(story.deals[0].learns.remove(0))), "annex should learn");
        told.change("annex", |records| {
            for record in records {
                if let Record::Firm(firm::record::Record { event: Event::Audit(audit::Event::Left(rows)), .. }) = record
                {
                    rows.retain(|row| row.field != Field::Street);
                }
            }
        });
        tells(&found(&told, |_| {}), "builder learnt street, of which annex has no row");
    }
}
