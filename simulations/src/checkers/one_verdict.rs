//! `MCH-3`: every ticket gets exactly one verdict.
//!
//! A second verdict, one on a ticket that this run of the node never had, and a ticket left without one are violations. A
//! crash excuses what it interrupted. Late verdicts are no violation, for catch-up repairs them: the world counts them.

use crate::world::{EndSeen, Fate, Findings, Place, TurnSeen, VERDICT_WITHIN_MS, VirtualMs, Witness};
use machine::{AtOnce, Input, Machine, Ticket};
use std::collections::BTreeMap;

#[derive(Default)]
struct Account {
    open: BTreeMap<Ticket, VirtualMs>,
    highest: Option<Ticket>,
}

/// Finds tickets with no verdict or more than one.
#[derive(Default)]
pub struct OneVerdict {
    nodes: BTreeMap<u32, Account>,
    given: u64,
}

impl<M: Machine> Witness<M> for OneVerdict {
    fn name(&self) -> &'static str {
        "one_verdict"
    }

    fn turn(&mut self, seen: &TurnSeen<'_, M>, found: &mut Findings) {
        let at = seen.place.at;
        let account = self.nodes.entry(seen.place.node.0).or_default();
        if let Input::Heard(records) = seen.input {
            for ticket in records.iter().filter_map(|(ticket, _)| *ticket) {
                account.open.insert(ticket, at);
                account.highest = account.highest.max(Some(ticket));
            }
        }
        for effect in &seen.effects.at_once {
            let AtOnce::Verdict(ticket, _) = effect else { continue };
            self.given += 1;
            match account.open.remove(ticket) {
                Some(_) => {}
                None if account.highest >= Some(*ticket) => {
                    found.add(seen.place, format!("ticket {} got a second verdict", ticket.0));
                }
                None => found.add(seen.place, format!("a verdict on ticket {}, which nobody gave out", ticket.0)),
            }
        }
    }

    fn befell(&mut self, place: Place, fate: Fate, _: &mut Findings) {
        if fate == Fate::Crashed {
            self.nodes.remove(&place.node.0);
        }
    }

    fn ended(&mut self, seen: &EndSeen<'_, M>, found: &mut Findings) {
        let Some(account) = self.nodes.get(&seen.place.node.0) else { return };
        for (ticket, since) in &account.open {
            if seen.place.at.0 - since.0 > VERDICT_WITHIN_MS {
                found.add(seen.place, format!("ticket {} of {} ms never got a verdict", ticket.0, since.0));
            }
        }
    }

    fn counts(&self) -> Vec<(&'static str, u64)> {
        vec![("verdicts", self.given)]
    }
}

#[cfg(test)]
mod tests {
    use crate::trial::{Fault, region, violations_of};

    #[test]
    fn an_honest_machine_gives_each_ticket_its_one_verdict() {
        assert_eq!(violations_of("one_verdict", region(5, Fault::None)), [] as [&str; 0]);
    }

    #[test]
    fn a_machine_that_judges_twice_is_caught() {
        let found = violations_of("one_verdict", region(5, Fault::JudgesTwice));
        assert!(found[0].contains("second verdict"), "{found:?}");
    }

    #[test]
    fn a_machine_that_never_judges_is_caught() {
        let found = violations_of("one_verdict", region(5, Fault::NeverJudges));
        assert!(found[0].contains("never got a verdict"), "{found:?}");
    }
}
