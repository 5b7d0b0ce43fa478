//! When each side of each deal reached which step: what a reader of a run wants to see first.
//!
//! A step counts as reached when this side's machine holds that both did their part. The four steps before the first words
//! are this side's own: when its item was entered, when the advert of the deal was heard (or placed), when the match was
//! found, when a person was first asked.

use crate::party::{Party, Record};
use crate::world::{CommitSeen, Findings, VirtualMs, Witness};
use firm::approvals::{self, Subject};
use firm::record::Event;
use firm::{deals, market, matching, profile};
use protocol::dialogue::Step;
use protocol::id::{DealId, ItemId, RecordId};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Steps with the moment at which each was reached.
pub type Steps = BTreeMap<Step, VirtualMs>;

/// Everything that was reached, by node and deal.
#[derive(Clone, Debug, Default)]
pub struct Reached(Rc<RefCell<BTreeMap<(u32, DealId), Steps>>>);

impl Reached {
    /// The steps of one deal at one node.
    pub fn of(&self, node: u32, deal: DealId) -> Steps {
        self.0.borrow().get(&(node, deal)).cloned().unwrap_or_default()
    }

    /// For each step, how many sides of deals reached it.
    pub fn counts(&self) -> BTreeMap<Step, u64> {
        let mut counts = BTreeMap::new();
        for steps in self.0.borrow().values() {
            steps.keys().for_each(|step| *counts.entry(*step).or_default() += 1);
        }
        counts
    }
}

/// Writes down when steps were reached, and tells each to `told`.
pub struct Chronicle<F: FnMut(u32, VirtualMs, DealId, Step)> {
    reached: Reached,
    told: F,
    confided: BTreeMap<(u32, ItemId), VirtualMs>,
    heard: BTreeMap<(u32, RecordId), VirtualMs>,
    found: BTreeMap<(u32, ItemId, RecordId), VirtualMs>,
    noticed: BTreeMap<(u32, ItemId, RecordId), VirtualMs>,
}

impl<F: FnMut(u32, VirtualMs, DealId, Step)> Chronicle<F> {
    /// An empty chronicle that tells each reached step as it is written down, and where it can be read.
    pub fn new(told: F) -> (Self, Reached) {
        let reached = Reached::default();
        let (confided, heard, found, noticed) = Default::default();
        (Chronicle { reached: reached.clone(), told, confided, heard, found, noticed }, reached)
    }

    fn follow(&mut self, node: u32, at: VirtualMs, event: &Event) {
        match event {
            Event::Profile(profile::Event::Confided(item)) => {
                self.confided.insert((node, item.id), at);
            }
            Event::Market(market::Event::Placed { record, .. }) => {
                self.heard.insert((node, record.0.id()), at);
            }
            Event::Matching(matching::Event::Found { item, advert, .. }) => {
                self.found.insert((node, *item, *advert), at);
            }
            Event::Approvals(approvals::Event::Asked(approval)) => {
                if let Subject::Interest { advert, .. } = approval.subject {
                    self.noticed.entry((node, approval.summary.item, advert)).or_insert(at);
                }
            }
            Event::Deals(deals::Event::Opened { deal, item, advert, .. }) => {
                let key = (node, *item, *advert);
                self.reach(node, *deal, Step::Confide, self.confided.get(&(node, *item)).copied().unwrap_or(at));
                self.reach(node, *deal, Step::Advertise, self.heard.get(&(node, *advert)).copied().unwrap_or(at));
                // Who is written to learns of the match, and that a person is to be asked, by the first words.
                self.reach(node, *deal, Step::Match, self.found.get(&key).copied().unwrap_or(at));
                self.reach(node, *deal, Step::Notice, self.noticed.get(&key).copied().unwrap_or(at));
            }
            _ => {}
        }
    }

    fn reach(&mut self, node: u32, deal: DealId, step: Step, at: VirtualMs) {
        let mut all = self.reached.0.borrow_mut();
        let steps = all.entry((node, deal)).or_default();
        if steps.insert(step, at).is_none() {
            (self.told)(node, at, deal, step);
        }
    }
}

impl<F: FnMut(u32, VirtualMs, DealId, Step)> Witness<Party> for Chronicle<F> {
    fn name(&self) -> &'static str {
        "chronicle"
    }

    fn committed(&mut self, seen: &CommitSeen<'_, Party>, _: &mut Findings) {
        let (node, at) = (seen.place.node.0, seen.place.at);
        let mut touched = Vec::new();
        for record in seen.records {
            let Record::Firm(record) = record else { return };
            self.follow(node, at, &record.event);
            if let Event::Deals(event) = &record.event {
                touched.push(deal_of(event));
            }
        }
        touched.sort();
        touched.dedup();
        let Some(firm) = seen.machine.firm() else { return };
        for id in touched {
            let Some(deal) = firm.deals.deal(&id) else { continue };
            let known = self.reached.of(node, id);
            let new = Step::ALL.into_iter().filter(|step| deal.has_taken(*step) && !known.contains_key(step));
            new.for_each(|step| self.reach(node, id, step, at));
        }
    }
}

fn deal_of(event: &deals::Event) -> DealId {
    match event {
        deals::Event::Opened { deal, .. }
        | deals::Event::Said { deal, .. }
        | deals::Event::LetGo { deal, .. }
        | deals::Event::Enveloped { deal, .. }
        | deals::Event::Delivered { deal, .. }
        | deals::Event::Told { deal, .. }
        | deals::Event::Skipped { deal, .. }
        | deals::Event::Locked { deal, .. }
        | deals::Event::Revealed { deal, .. }
        | deals::Event::Judged { deal, .. }
        | deals::Event::Stepped { deal, .. }
        | deals::Event::Reminded { deal, .. }
        | deals::Event::Closed { deal, .. } => *deal,
    }
}
