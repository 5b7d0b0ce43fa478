//! `LND-1`, `LND-3`, `LND-4`: what names a person is neither published, matched nor asked about before that person consented and the
//! employer released them, nor after either took it back.
//!
//! The checker reads journals only and keeps its own account of who is named and who said what.

use crate::party::{Party, Record};
use crate::world::{CommitSeen, Findings, Witness};
use firm::approvals::{self, Approval, Subject};
use firm::lending::{self, Given, Say};
use firm::record::Event;
use firm::register::PersonId;
use firm::{deals, market, matching, profile, register};
use protocol::id::{ApprovalId, ItemId};
use protocol::vocabulary::Role;
use std::collections::{BTreeMap, BTreeSet};

/// What one firm's journal said so far.
#[derive(Default)]
struct Account {
    named: BTreeMap<ItemId, PersonId>,
    owners: BTreeSet<PersonId>,
    asked: BTreeMap<ApprovalId, Approval>,
    said: BTreeSet<(ItemId, Say)>,
    offers: u64,
}

impl Account {
    fn follow(&mut self, event: &Event) -> Result<(), String> {
        match event {
            Event::Profile(profile::Event::Confided(item)) => {
                if let Some(person) = &item.draft.person {
                    self.named.insert(item.id, person.clone());
                }
            }
            Event::Register(register::Event::Enrolled(person)) if person.roles().contains(&Role::Owner) => {
                self.owners.insert(person.id.clone());
            }
            Event::Lending(lending::Event::Given { item, say, given }) => return self.given(*item, *say, given),
            Event::Lending(lending::Event::TakenBack { item, say, .. }) => {
                self.said.remove(&(*item, *say));
            }
            Event::Approvals(approvals::Event::Asked(approval)) => {
                self.asked.insert(approval.id, (**approval).clone());
                if !matches!(approval.subject, Subject::Lend { .. }) && approval.summary.deal.is_none() {
                    return self.offered(approval.summary.item, "asked about");
                }
            }
            Event::Market(market::Event::Advertised(own)) => return self.offered(own.item, "published"),
            Event::Matching(matching::Event::Found { item, .. }) => return self.offered(*item, "matched"),
            Event::Deals(deals::Event::Opened { item, .. }) => return self.offered(*item, "talked about"),
            _ => {}
        }
        Ok(())
    }

    /// Whether whoever gave it may, on a question about it.
    fn given(&mut self, item: ItemId, say: Say, given: &Given) -> Result<(), String> {
        let named = self.named.get(&item).ok_or_else(|| format!("{item} names nobody, and somebody was lent"))?;
        let asked = self.asked.get(&given.approval).map(|asked| (asked.summary.item, &asked.subject));
        if !matches!(asked, Some((of, Subject::Lend { say: wanted, .. })) if of == item && *wanted == say) {
            return Err(format!("{} let {item} be offered, and was not asked", given.by));
        }
        match say {
            Say::Own if given.by != *named => return Err(format!("{} consented for {named}", given.by)),
            Say::Employer if given.by == *named && !self.owners.contains(named) => {
                return Err(format!("{named} released {named}"));
            }
            _ => {}
        }
        self.said.insert((item, say));
        Ok(())
    }

    fn offered(&mut self, item: ItemId, how: &str) -> Result<(), String> {
        let Some(person) = self.named.get(&item) else { return Ok(()) };
        self.offers += 1;
        match Say::ALL.into_iter().find(|say| !self.said.contains(&(item, *say))) {
            Some(Say::Own) => Err(format!("{item} was {how}, and {person} has not consented")),
            Some(Say::Employer) => Err(format!("{item} was {how}, and {person} is not released")),
            None => Ok(()),
        }
    }
}

/// Finds people who were offered and not lent.
#[derive(Default)]
pub struct LentBeforeOffered {
    nodes: BTreeMap<u32, Account>,
}

impl Witness<Party> for LentBeforeOffered {
    fn name(&self) -> &'static str {
        "lent_before_offered"
    }

    fn committed(&mut self, seen: &CommitSeen<'_, Party>, found: &mut Findings) {
        let account = self.nodes.entry(seen.place.node.0).or_default();
        for record in seen.records {
            let Record::Firm(record) = record else { continue };
            if let Err(what) = account.follow(&record.event) {
                found.add(seen.place, what);
            }
        }
    }

    fn counts(&self) -> Vec<(&'static str, u64)> {
        vec![("offers_of_people", self.nodes.values().map(|account| account.offers).sum())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkers::told::{self, Told};

    /// The idle shift, whose machines come with an operator who has to let his time be offered.
    fn lent() -> Told {
        told::played("idle-shift", |story| {
            let supplier = story.firms.iter_mut().find(|firm| firm.id == "supplier").unwrap();
            supplier.items[0].entry.person = "operator".parse().ok();
        })
    }

    fn found(change: impl Fn(&mut Event) -> bool) -> Vec<String> {
        let mut journals = lent();
        journals.change("supplier", |records| {
            records.retain_mut(|record| match record {
                Record::Firm(record) => change(&mut record.event),
                Record::Sponsor(_) => true,
            });
        });
        journals.found(LentBeforeOffered::default())
    }

    #[test]
    fn in_an_honest_story_the_operator_and_the_firm_let_it_first() {
        assert_eq!(found(|_| true), [] as [&str; 0]);
        let placed =
            |record: &Record| matches!(told::event(record), Some(Event::Lending(lending::Event::Given { .. })));
        lent().record("supplier", placed);
    }

    #[test]
    fn an_offer_without_one_of_both_is_caught() {
        for (missing, told) in [(Say::Own, "operator has not consented"), (Say::Employer, "operator is not released")] {
            let found =
                found(|event| !matches!(event, Event::Lending(lending::Event::Given { say, .. }) if *say == missing));
            assert!(found.iter().any(|what| what.contains("matched") && what.contains(told)), "{found:?}");
        }
    }

    #[test]
    fn a_consent_that_somebody_else_gave_and_a_release_of_oneself_are_caught() {
        let forged = |of: Say, name: &'static str| {
            found(move |event| {
                if let Event::Lending(lending::Event::Given { say, given, .. }) = event
                    && *say == of
                {
                    given.by = name.parse().unwrap();
                }
                true
            })
        };
        assert!(forged(Say::Own, "operations").iter().any(|what| what == "operations consented for operator"));
        assert!(forged(Say::Employer, "operator").iter().any(|what| what == "operator released operator"));
    }
}
