//! Promise 1: nobody learns who you are before both sides opted in.
//!
//! A canary scan. Every committed record, every released parcel and gossiped record, every note and, at the end, the whole
//! state of every party is searched for the planted strings of all others (see [`Canaries`]).
//!
//! ```text
//!   where                      may hold the planted strings of
//!   on the wire                nobody: everything that names anybody is sealed
//!   a firm's journal, state    itself; and a counterpart's name and contact once people of both decided to opt in
//!   a sponsor's register       its members' legal names and firm ids
//!   people, titles, notes      nobody's but the owner's, ever
//! ```

use crate::canary::{Canaries, Canary, Told};
use crate::party::{Party, Record};
use crate::world::{CommitSeen, EndSeen, Findings, Place, ReleaseSeen, TurnSeen, Witness};
use firm::approvals::{self, Status, Subject};
use firm::deals;
use firm::record::Event;
use machine::{AfterCommit, AtOnce};
use protocol::id::{ApprovalId, DealId};
use std::collections::{BTreeMap, BTreeSet};

/// One node: its id in the story and, of a firm, its sponsor's.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its id in the story.
    pub id: String,
    /// Who admitted it.
    pub sponsor: Option<String>,
}

/// Finds planted strings where they must not be.
pub struct IdentityAfterOptIn {
    canaries: Canaries,
    /// By node.
    parties: Vec<Known>,
    /// Which question is about opting in to which deal.
    asked: BTreeMap<ApprovalId, DealId>,
    /// Nodes that are party to a deal, and whether a person there decided to opt in.
    deals: BTreeMap<DealId, BTreeMap<u32, bool>>,
    /// Reader, owner.
    may_know: BTreeSet<(String, String)>,
    scanned: u64,
}

impl IdentityAfterOptIn {
    /// Searches for `canaries` at the nodes `parties`, in the world's order.
    pub fn new(canaries: Canaries, parties: Vec<Known>) -> Self {
        let (asked, deals, may_know) = Default::default();
        IdentityAfterOptIn { canaries, parties, asked, deals, may_know, scanned: 0 }
    }

    fn follow(&mut self, node: u32, record: &Record) {
        let Record::Firm(record) = record else { return };
        match &record.event {
            Event::Approvals(approvals::Event::Asked(approval)) => {
                if let (Subject::OptIn { .. }, Some(deal)) = (&approval.subject, approval.summary.deal) {
                    self.asked.insert(approval.id, deal);
                }
            }
            Event::Deals(deals::Event::Opened { deal, .. }) => {
                self.deals.entry(*deal).or_default().entry(node).or_insert(false);
            }
            Event::Approvals(approvals::Event::Decided { approval, status: Status::Approved(..), .. }) => {
                if let Some(deal) = self.asked.get(approval) {
                    self.deals.entry(*deal).or_default().insert(node, true);
                    self.introduce(*deal);
                }
            }
            _ => {}
        }
    }

    /// Both opted in: each may know the other.
    fn introduce(&mut self, deal: DealId) {
        let Some(parties) = self.deals.get(&deal) else { return };
        let willing: Vec<u32> = parties.iter().filter(|(_, willing)| **willing).map(|(node, _)| *node).collect();
        if let [one, other] = willing[..] {
            let id = |node: u32| self.parties[node as usize].id.clone();
            self.may_know.insert((id(one), id(other)));
            self.may_know.insert((id(other), id(one)));
        }
    }

    fn scan(&mut self, place: Place, what: &str, bytes: &[u8], may_hold: MayHold, found: &mut Findings) {
        self.scanned += bytes.len() as u64;
        let here = &self.parties[place.node.0 as usize];
        for canary in self.canaries.in_bytes(bytes) {
            if !self.allows(here, canary, may_hold) {
                found.add(place, format!("{what} holds {:?} of {}", canary.text, canary.owner));
            }
        }
    }

    fn allows(&self, here: &Known, canary: &Canary, may_hold: MayHold) -> bool {
        let own = canary.owner == here.id;
        match may_hold {
            MayHold::Nothing => false,
            MayHold::Own => own,
            MayHold::Introduced => {
                let pair = || (here.id.clone(), canary.owner.clone());
                own || (canary.told != Told::Never && self.may_know.contains(&pair()))
            }
            MayHold::Members => {
                let owner = self.parties.iter().find(|party| party.id == canary.owner);
                canary.told == Told::Membership && owner.is_some_and(|owner| owner.sponsor.as_ref() == Some(&here.id))
            }
        }
    }
}

/// Whose planted strings may stand in a place.
#[derive(Clone, Copy)]
enum MayHold {
    /// Nobody's.
    Nothing,
    /// The node's own.
    Own,
    /// The node's own, and those of whom it was introduced to.
    Introduced,
    /// What a sponsor knows of its members.
    Members,
}

impl Witness<Party> for IdentityAfterOptIn {
    fn name(&self) -> &'static str {
        "identity_after_opt_in"
    }

    fn turn(&mut self, seen: &TurnSeen<'_, Party>, found: &mut Findings) {
        for effect in &seen.effects.at_once {
            if let AtOnce::Note(note) = effect {
                let bytes = serde_json::to_vec(note).unwrap_or_default();
                self.scan(seen.place, "a note", &bytes, MayHold::Own, found);
            }
        }
    }

    fn committed(&mut self, seen: &CommitSeen<'_, Party>, found: &mut Findings) {
        seen.records.iter().for_each(|record| self.follow(seen.place.node.0, record));
        for record in seen.records {
            let bytes = minicbor_serde::to_vec(record).unwrap_or_default();
            let may_hold = match record {
                Record::Firm(_) => MayHold::Introduced,
                Record::Sponsor(record) => match record.event {
                    sponsor::record::Event::Members(_) => MayHold::Members,
                    sponsor::record::Event::Issuing(_) | sponsor::record::Event::Market(_) => MayHold::Nothing,
                },
            };
            self.scan(seen.place, "a record", &bytes, may_hold, found);
        }
    }

    fn released(&mut self, seen: &ReleaseSeen<'_, Party>, found: &mut Findings) {
        let bytes = match seen.effect {
            AfterCommit::Send { bytes, .. } | AfterCommit::Publish(_, bytes) => bytes,
            AfterCommit::Reply(..) | AfterCommit::Receipt(_) | AfterCommit::AskHuman(_) => return,
        };
        // On the wire not even the owner's own may be read.
        self.scan(seen.place, "what leaves", bytes, MayHold::Nothing, found);
    }

    fn ended(&mut self, seen: &EndSeen<'_, Party>, found: &mut Findings) {
        let Some(party) = seen.machine else { return };
        match party {
            Party::Firm(firm) => {
                let people = (&firm.identity, &firm.register, &firm.profile, &firm.approvals);
                let state = format!("{people:?}{:?}{:?}{:?}{:?}", firm.matches, firm.deals, firm.trust, firm.audit);
                self.scan(seen.place, "the state", state.as_bytes(), MayHold::Introduced, found);
            }
            Party::Sponsor(sponsor) => {
                let register = format!("{:?}", sponsor.members);
                self.scan(seen.place, "the register", register.as_bytes(), MayHold::Members, found);
                let rest = format!("{:?}{:?}{:?}", sponsor.office, sponsor.issued, sponsor.market);
                self.scan(seen.place, "the state beside the register", rest.as_bytes(), MayHold::Nothing, found);
            }
        }
    }

    fn counts(&self) -> Vec<(&'static str, u64)> {
        vec![("bytes_searched_for_names", self.scanned)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkers::told::{self, Told as Journals};
    use crate::party::Record;
    use firm::profile;

    fn found(journals: &Journals) -> Vec<String> {
        journals.found(IdentityAfterOptIn::new(journals.canaries.clone(), journals.parties.clone()))
    }

    #[test]
    fn an_honest_story_tells_names_only_after_both_opted_in() {
        assert_eq!(found(&told::idle_shift()), [] as [&str; 0]);
    }

    #[test]
    fn a_name_in_another_journal_before_the_opt_in_is_caught() {
        let mut journals = told::idle_shift();
        let founded = journals.record("supplier", told::is_founding);
        let mut slipped = false;
        journals.change("buyer", |records| {
            if !std::mem::replace(&mut slipped, true) {
                records.push(founded.clone());
            }
        });
        assert!(found(&journals).iter().any(|what| what.contains("of supplier")));
    }

    #[test]
    fn a_private_title_in_another_journal_is_caught_even_after_the_opt_in() {
        let mut journals = told::idle_shift();
        let is_item =
            |record: &Record| matches!(told::event(record), Some(Event::Profile(profile::Event::Confided(_))));
        let item = journals.record("supplier", is_item);
        journals.change("buyer", |records| {
            if records.iter().any(told::is_decision) {
                records.push(item.clone());
            }
        });
        assert!(found(&journals).iter().any(|what| what.contains("second shift")));
    }

    #[test]
    fn an_opt_in_that_nobody_decided_lets_nobody_know() {
        let mut journals = told::idle_shift();
        journals.change("buyer", |records| records.retain(|record| !told::is_decision(record)));
        assert!(found(&journals).iter().any(|what| what.contains("of supplier") || what.contains("of buyer")));
    }

    #[test]
    fn a_name_that_leaves_in_the_clear_is_caught() {
        let journals = told::idle_shift();
        let mut checker = IdentityAfterOptIn::new(journals.canaries.clone(), journals.parties.clone());
        let mut findings = Findings::default();
        let place = Place { at: crate::world::VirtualMs(0), node: crate::world::NodeId(0), run: 1 };
        let bytes = b"..Grand River Robotics Integration Inc...".to_vec();
        let effect = AfterCommit::Publish(machine::Topic::Adverts, bytes);
        checker.released(&ReleaseSeen { place, effect: &effect }, &mut findings);
        assert_eq!(findings.total(), 1);
    }
}
