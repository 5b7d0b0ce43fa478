//! The people of one firm in virtual time: [`crate::people::Part`] says what, [`crate::Pace`] says when.
//!
//! A person comes to the desk when a question is put there and from time to time besides, decides on what the desk shows at
//! that moment, and goes away. What a crash swallowed is therefore simply seen again at the next visit. Where somebody real
//! has taken a seat, nobody decides by script any more.

use crate::party::{Answer, Command, Party};
use crate::people::{Intention, Part, Seen};
use crate::script::{Act, Desk, Errand, Pace, Script};
use crate::seed::draw;
use crate::story::{FirmPlan, Story};
use ed25519_dalek::SigningKey;
use firm::Firm;
use firm::command::{Asker, Refusal};
use protocol::decision::Decision;
use protocol::dialogue::Step;
use protocol::id::ApprovalId;
use protocol::time::UnixMs;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

/// A person who found no pass at hand decides again after this many milliseconds: the refusal says "in a minute".
const AGAIN_MS: u64 = 60_000;

/// What brings a person to the desk.
enum Visit {
    /// A look from time to time; plans the next one.
    Round(usize),
    /// A question, or something to be done again.
    Called(usize),
}

impl Visit {
    fn errand(&self) -> Errand {
        match self {
            Visit::Round(person) => Errand(2 * *person as u64),
            Visit::Called(person) => Errand(2 * *person as u64 + 1),
        }
    }

    fn of(errand: Errand) -> Visit {
        let person = (errand.0 / 2) as usize;
        if errand.0.is_multiple_of(2) { Visit::Round(person) } else { Visit::Called(person) }
    }
}

/// Firms, by their place in the story, in whose name somebody real decides.
#[derive(Clone, Debug, Default)]
pub struct Attended(Rc<RefCell<BTreeSet<usize>>>);

impl Attended {
    /// From now on nobody of this firm decides by script.
    pub fn take(&self, firm: usize) {
        self.0.borrow_mut().insert(firm);
    }

    fn has(&self, firm: usize) -> bool {
        self.0.borrow().contains(&firm)
    }
}

/// The people of one firm of a story.
pub struct Staff {
    story: Rc<Story>,
    firm: usize,
    keys: Vec<SigningKey>,
    attended: Attended,
    /// For each person, on how many records the state rested in which nothing was to be done.
    idle_at: Vec<Option<usize>>,
    /// Until when passes for something new are used up.
    used_up_until: UnixMs,
}

impl Staff {
    /// The people of the firm at this position of the story, with their keys in the story's order.
    pub fn new(story: Rc<Story>, firm: usize, keys: Vec<SigningKey>, attended: Attended) -> Staff {
        let idle_at = vec![None; keys.len()];
        Staff { story, firm, keys, attended, idle_at, used_up_until: UnixMs(0) }
    }

    fn plan(&self) -> &FirmPlan {
        &self.story.firms[self.firm]
    }

    fn pace(&self, person: usize) -> Pace {
        self.plan().people[person].pace
    }

    fn come(&self, desk: &mut Desk<'_, Party>, visit: Visit) -> Option<Act<Party>> {
        let (Visit::Round(person) | Visit::Called(person)) = &visit;
        let after_ms = self.pace(*person).delay_ms(desk.chance)?;
        Some(Act::Remind { after_ms, errand: visit.errand() })
    }

    /// Everything that the person at the desk does now. Nobody reads the same pages twice: what there was nothing to do about
    /// stays so until a record is added, or the days of work are over.
    fn do_all(&mut self, desk: &Desk<'_, Party>, person: usize) -> Vec<Act<Party>> {
        let Some(firm) = desk.machine.firm() else { return Vec::new() };
        let busy = firm.approvals.waiting().next().is_some() || firm.deals.all().any(|deal| deal.is_open());
        let works = firm.deals.all().any(|deal| deal.is_open() && deal.reached() >= Step::Start);
        if !busy || (!works && desk.records.is_some() && desk.records == self.idle_at[person]) {
            return Vec::new();
        }
        let now = UnixMs(desk.now.wall.0);
        let plan = &self.plan().people[person];
        let part = Part { story: &self.story, firm: self.plan(), person: plan, waits_for_work: true };
        let seen = Seen::of(firm, &plan.roles, now);
        let waits = |intention: &Intention| now < self.used_up_until && intention.needs_new_pass();
        let intentions = part.would_do(&seen, now).into_iter().filter(|intention| !waits(intention));
        let acts: Vec<Act<Party>> = intentions.filter_map(|intention| self.act(firm, person, intention)).collect();
        self.idle_at[person] = desk.records.filter(|_| acts.is_empty());
        acts
    }

    fn act(&self, firm: &Firm, person: usize, intention: Intention) -> Option<Act<Party>> {
        let (after_ms, errand) = (1, Visit::Called(person).errand());
        Some(match intention {
            Intention::Decide { approval, verdict, .. } => {
                let decision = Decision::sign(&firm.question(&approval)?, verdict, &self.keys[person]);
                Act::Decide { after_ms, errand, decision }
            }
            Intention::Ask(command) => {
                let by = Asker::Person(self.plan().people[person].id.clone());
                Act::Ask { after_ms, errand, command: Command::Firm(command.by(by)) }
            }
        })
    }
}

impl Script<Party> for Staff {
    fn began(&mut self, mut desk: Desk<'_, Party>) -> Vec<Act<Party>> {
        (0..self.keys.len()).filter_map(|person| self.come(&mut desk, Visit::Round(person))).collect()
    }

    fn asked(&mut self, mut desk: Desk<'_, Party>, approval: &ApprovalId) -> Vec<Act<Party>> {
        let asked = desk.machine.firm().and_then(|firm| firm.approvals.approval(approval));
        let Some(roles) = asked.map(|asked| asked.summary.roles.clone()) else { return Vec::new() };
        let people = self.plan().people.iter().enumerate();
        let entitled = people.filter(|(_, person)| person.roles.iter().any(|role| roles.contains(role)));
        let entitled: Vec<usize> = entitled.map(|(person, _)| person).collect();
        entitled.into_iter().filter_map(|person| self.come(&mut desk, Visit::Called(person))).collect()
    }

    fn answered(&mut self, desk: Desk<'_, Party>, errand: Errand, answer: &Answer) -> Vec<Act<Party>> {
        match answer {
            Answer::Firm(firm::command::Answer::Refused(Refusal::NoPass(_))) => {
                vec![Act::Remind { after_ms: AGAIN_MS, errand }]
            }
            // The page says that the next ones come on Monday.
            Answer::Firm(firm::command::Answer::Refused(Refusal::UsedUp)) => {
                let now = UnixMs(desk.now.wall.0);
                self.used_up_until = now.week().end();
                vec![Act::Remind { after_ms: self.used_up_until.0.saturating_sub(now.0) + AGAIN_MS, errand }]
            }
            _ => Vec::new(),
        }
    }

    fn unanswered(&mut self, mut desk: Desk<'_, Party>, errand: Errand) -> Vec<Act<Party>> {
        self.come(&mut desk, Visit::of(errand)).into_iter().collect()
    }

    fn reminded(&mut self, desk: Desk<'_, Party>, errand: Errand) -> Vec<Act<Party>> {
        let visit = Visit::of(errand);
        let (Visit::Round(person) | Visit::Called(person)) = visit;
        if self.attended.has(self.firm) {
            return Vec::new();
        }
        let mut acts = self.do_all(&desk, person);
        if let (Visit::Round(_), Some((low, high))) = (&visit, self.pace(person).round_ms()) {
            acts.push(Act::Remind { after_ms: draw(desk.chance, low, high), errand });
        }
        acts
    }
}
