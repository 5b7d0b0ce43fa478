//! Views of loans: who is lent, who let it, and what would end if either took it back.

use crate::Firm;
use crate::approvals::Subject;
use crate::lending::{Say, Standing};
use crate::profile::Item;
use crate::register::PersonId;
use alloc::vec::Vec;
use protocol::id::ApprovalId;
use protocol::time::UnixMs;
use serde::{Deserialize, Serialize};

/// Whose time a resource is, and who let it be offered (`LND-1`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoanView {
    /// Who is lent.
    pub person: PersonId,
    /// The person's own consent, and the employer's release.
    pub says: Vec<SayView>,
    /// What ends if either is taken back now.
    pub ends: LoanEnds,
}

/// One of both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SayView {
    /// Which.
    pub say: Say,
    /// Who gave it and when, if it stands.
    pub given: Option<(PersonId, UnixMs)>,
    /// Who took it back and when, if nobody gave it again; without a name where it was done at the node's computer.
    pub taken_back: Option<(Option<PersonId>, UnixMs)>,
    /// The question that waits for it.
    pub question: Option<ApprovalId>,
}

/// What ends with a loan, and what does not (`LND-4`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoanEnds {
    /// Whether a notice is withdrawn.
    pub notice: bool,
    /// Deals that end, because nothing binds yet.
    pub deals: u32,
    /// Deals that both sides signed: they are owed still.
    pub owed: u32,
}

impl Firm {
    /// How lending the person whom an item names stands.
    pub(super) fn loan_view(&self, item: &Item) -> Option<LoanView> {
        let person = item.draft.person.clone()?;
        let standing = self.lending.of(&item.id);
        let says = Say::ALL.map(|say| self.say_view(item, say, standing)).to_vec();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let owed = self.deals.all().filter(|deal| deal.item == item.id && deal.is_open() && deal.is_binding());
        let ends = LoanEnds {
            notice: self.market.adverts.contains_key(&item.id),
            deals: count(self.unbound_deals(&item.id).count()),
            owed: count(owed.count()),
        };
        Some(LoanView { person, says, ends })
    }

    fn say_view(&self, item: &Item, say: Say, standing: Option<&Standing>) -> SayView {
        let asked = self.approvals.waiting().find(|asked| {
            asked.summary.item == item.id && matches!(&asked.subject, Subject::Lend { say: of, .. } if *of == say)
        });
        SayView {
            say,
            given: standing.and_then(|loan| loan.given(say)).map(|given| (given.by.clone(), given.at)),
            taken_back: standing.and_then(|loan| loan.taken_back(say)).cloned(),
            question: asked.map(|asked| asked.id),
        }
    }
}
