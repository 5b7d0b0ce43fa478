//! Both sides of a deal hold the same: what binds one binds the other under the same terms, and each knows the other's outcome
//! as the other said it.

use crate::party::Party;
use crate::world::{EndSeen, Findings, Witness};
use firm::deals::Deal;
use protocol::dialogue::Step;
use protocol::id::{DealId, Hash};
use protocol::vocabulary::OutcomeCode;
use std::collections::BTreeMap;

/// How one side sees a deal.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Side {
    pub(super) reached: Step,
    pub(super) terms: Option<Hash>,
    pub(super) ours: Option<OutcomeCode>,
    pub(super) theirs: Option<OutcomeCode>,
}

impl Side {
    fn of(deal: &Deal) -> Side {
        let outcome = |party: &firm::deals::Party| party.outcome.as_ref().map(|said| said.receipt.outcome);
        Side {
            reached: deal.reached(),
            terms: deal.current_terms().map(|(terms, _)| terms.hash()),
            ours: outcome(&deal.ours),
            theirs: outcome(&deal.theirs),
        }
    }
}

/// Finds deals on which the sides disagree.
#[derive(Default)]
pub struct DealAgreement {
    seen: BTreeMap<DealId, Side>,
    compared: u64,
}

impl DealAgreement {
    pub(super) fn compare(&mut self, deal: DealId, side: Side) -> Result<(), String> {
        let Some(other) = self.seen.insert(deal, side.clone()) else { return Ok(()) };
        self.compared += 1;
        let bound = side.reached.max(other.reached) >= Step::Sign;
        let apart = |one: Option<OutcomeCode>, heard: Option<OutcomeCode>| heard.is_some() && one != heard;
        if bound && side.terms != other.terms {
            Err(format!("the sides of {deal:?} are bound by different terms"))
        } else if apart(side.ours, other.theirs) || apart(other.ours, side.theirs) {
            Err(format!("the sides of {deal:?} remember different outcomes"))
        } else if bound && side.reached.min(other.reached) < Step::Acknowledge {
            Err(format!("one side of {deal:?} is bound, the other has read nothing"))
        } else {
            Ok(())
        }
    }
}

impl Witness<Party> for DealAgreement {
    fn name(&self) -> &'static str {
        "deal_agreement"
    }

    fn ended(&mut self, seen: &EndSeen<'_, Party>, found: &mut Findings) {
        let Some(firm) = seen.machine.and_then(Party::firm) else { return };
        for deal in firm.deals.all() {
            if let Err(why) = self.compare(deal.id, Side::of(deal)) {
                found.add(seen.place, why);
            }
        }
    }

    fn counts(&self) -> Vec<(&'static str, u64)> {
        vec![("deals_compared", self.compared)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkers::told;

    #[test]
    fn the_sides_of_an_honest_deal_agree() {
        assert_eq!(told::idle_shift().found(DealAgreement::default()), [] as [&str; 0]);
    }

    #[test]
    fn other_terms_other_outcomes_and_one_sided_binding_are_caught() {
        let honest = Side {
            reached: Step::Outcome,
            terms: Some(Hash([1; 32])),
            ours: Some(OutcomeCode::Completed),
            theirs: Some(OutcomeCode::Completed),
        };
        let against = |side: Side| {
            let mut checker = DealAgreement::default();
            checker.compare(DealId([1; 16]), honest.clone()).unwrap();
            checker.compare(DealId([1; 16]), side)
        };
        assert_eq!(against(honest.clone()), Ok(()));
        assert!(against(Side { terms: Some(Hash([2; 32])), ..honest.clone() }).unwrap_err().contains("terms"));
        assert!(
            against(Side { ours: Some(OutcomeCode::NotStarted), ..honest.clone() }).unwrap_err().contains("outcomes")
        );
        assert!(against(Side { reached: Step::Reveal, ours: None, ..honest.clone() }).is_err());
    }
}
