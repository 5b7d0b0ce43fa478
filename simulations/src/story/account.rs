//! What came of a story, held against what the story says of it: who decided, who learnt what at which step, and whether the audit of
//! whoever told it proves it.
//!
//! A player hands over what it sees: in virtual time after every commit, on a real network after everything that a person did. Only a
//! story that says who `decides` is held to it.

use super::{DealPlan, Story};
use firm::audit::Chained;
use firm::register::PersonId;
use firm::view::{DealView, RoundView, WorkView};
use protocol::dialogue::{Fact, Field, Position, Step};
use protocol::facts::Side;
use protocol::id::DealId;
use std::collections::{BTreeMap, BTreeSet};

/// What one side of a deal learnt of the other, in the order in which it did.
type Learnt = Vec<(Step, BTreeSet<Field>)>;

/// What came of a story.
#[derive(Clone, Debug, Default)]
pub struct Account {
    decided: BTreeMap<String, BTreeSet<Step>>,
    learnt: BTreeMap<DealId, BTreeMap<String, Learnt>>,
    audits: BTreeMap<String, Vec<Chained>>,
}

impl Account {
    /// A person of a firm said yes.
    pub fn approved(&mut self, firm: &str, person: &PersonId, step: Step) {
        self.decided.entry(format!("{firm}.{person}")).or_default().insert(step);
    }

    /// A firm's page shows a deal like this; gives back what it tells that was not known before.
    pub fn saw(&mut self, firm: &str, deal: &DealView) -> BTreeSet<Field> {
        let learnt = self.learnt.entry(deal.id).or_default().entry(firm.to_owned()).or_default();
        let known: BTreeSet<(Step, Field)> =
            learnt.iter().flat_map(|(step, fields)| fields.iter().map(|field| (*step, *field))).collect();
        let mut new = BTreeSet::new();
        for (step, field) in told(deal).into_iter().filter(|told| !known.contains(told)) {
            new.insert(field);
            match learnt.last_mut().filter(|(last, _)| *last == step) {
                Some((_, fields)) => drop(fields.insert(field)),
                None => learnt.push((step, [field].into())),
            }
        }
        new
    }

    /// What a firm's audit says in the end.
    pub fn audited(&mut self, firm: &str, rows: &[Chained]) {
        self.audits.insert(firm.to_owned(), rows.to_vec());
    }

    /// Everything that came otherwise than the story says.
    pub fn otherwise(&self, story: &Story) -> Vec<String> {
        if story.decides.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::new();
        let people: BTreeSet<&String> = self.decided.keys().chain(story.decides.keys()).collect();
        for person in people {
            let steps = |of: &BTreeMap<String, BTreeSet<Step>>| of.get(person).cloned().unwrap_or_default();
            let (said, did) = (steps(&story.decides), steps(&self.decided));
            if said != did {
                found.push(format!("{person} should decide {said:?}, and decided {did:?}"));
            }
        }
        for (firm, rows) in &self.audits {
            found.extend(unproven(rows).map(|what| format!("the audit of {firm}: {what}")));
        }
        for (id, sides) in &self.learnt {
            found.extend(self.deal_otherwise(story, *id, sides));
        }
        found
    }

    fn deal_otherwise(&self, story: &Story, id: DealId, sides: &BTreeMap<String, Learnt>) -> Vec<String> {
        let mut found = Vec::new();
        let plan = story.deals.iter().find(|plan| sides.keys().all(|firm| plan.side_of(firm).is_some()));
        for (firm, learnt) in sides {
            let expected = plan.zip(plan.and_then(|plan| plan.side_of(firm)));
            let expected = expected.map(|(plan, side)| learns(plan, side)).unwrap_or_default();
            if *learnt != expected {
                found.push(format!("{firm} should learn {expected:?}, and learnt {learnt:?}"));
            }
            let fields = learnt.iter().flat_map(|(_, fields)| fields);
            for other in sides.keys().filter(|other| *other != firm) {
                let rows = self.audits.get(other).map_or(&[][..], Vec::as_slice);
                let left = |field: &&Field| rows.iter().any(|one| one.row.deal == Some(id) && one.row.field == **field);
                let missing = fields.clone().filter(|field| !left(field));
                found.extend(missing.map(|field| format!("{firm} learnt {field}, of which {other} has no row")));
            }
        }
        found
    }
}

/// What a deal's page tells this side about the other, with the step at which it is told.
fn told(deal: &DealView) -> Vec<(Step, Field)> {
    let words = if deal.position == Position::Responder { Step::Interest } else { Step::Answer };
    let mut told: Vec<(Step, Field)> = deal.heard.iter().map(|entry| (words, entry.field)).collect();
    let questions = |round: &&RoundView| !round.ours;
    told.extend(deal.talk.rounds.iter().find(questions).map(|_| (Step::Talk, Field::Questions)));
    let answers = deal.talk.rounds.iter().filter(|round| round.ours).flat_map(|round| &round.questions);
    told.extend(answers.filter_map(|one| Some((Step::Talk, field_of(one.fact.as_ref()?)))));
    if let Some(counterpart) = &deal.counterpart {
        let named = [Field::FirmId, Field::LegalName, Field::Membership, Field::Carrier].into_iter();
        let named = named.chain(counterpart.contact.iter().map(|entry| entry.field));
        told.extend(named.map(|field| (Step::Reveal, field)));
    }
    told.extend(deal.terms.as_ref().filter(|terms| !terms.ours).map(|_| (Step::Terms, Field::Terms)));
    let theirs = |work: &WorkView| work.dockets.iter().any(|docket| !docket.ours);
    told.extend(deal.work.as_ref().filter(|work| theirs(work)).map(|_| (Step::Work, Field::Docket)));
    told.extend(deal.outcomes[1].map(|_| (Step::Outcome, Field::Outcome)));
    told
}

/// Under which field an answer is told.
fn field_of(fact: &Fact) -> Field {
    if let Fact::Entry(entry) = fact { entry.field } else { Field::Answers }
}

fn learns(plan: &DealPlan, side: Side) -> Learnt {
    let rows = plan.learns.iter().filter(|row| row.side == side);
    rows.map(|row| (row.at, row.fields.iter().copied().collect())).collect()
}

/// What an audit fails to prove: an unbroken chain of rows, each with the rules that let its field go.
fn unproven(rows: &[Chained]) -> impl Iterator<Item = String> + '_ {
    let broken = rows.iter().filter(|row| !row.is_sound());
    let strays = rows.windows(2).filter_map(|pair| {
        let [earlier, later] = pair else { return None };
        (!later.follows(earlier)).then_some(later)
    });
    let without = rows.iter().filter(|one| one.row.rule.is_none() || one.row.told_by.is_none());
    let broken = broken.chain(strays).map(|row| format!("row {} does not stand in its chain", row.number));
    broken.chain(without.map(|one| format!("row {} names no rule", one.number)))
}
