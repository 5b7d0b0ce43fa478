//! What keeps a played world going, on the one thread that owns it.
//!
//! Whoever wants something of the world drops a letter; the clockwork reads one letter after the other and lets virtual time
//! pass between them: so many times as fast as real time, and as much at once as somebody asked for. Letters are plain
//! functions, so nothing here knows who waits for what.

use crate::run::SLICE_MS;
use crate::stage::Stage;
use crate::world::{NodeId, Violation, VirtualMs};
use ed25519_dalek::SigningKey;
use firm::Firm;
use firm::approvals::Seen;
use firm::command::{Answer, Asker, Command};
use firm::deputies::Handover;
use firm::register::{Person, PersonId};
use firm::view::{Query, View};
use protocol::decision::{Decision, Verdict};
use protocol::id::ApprovalId;
use protocol::time::UnixMs;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};
use ui::DeskError;

/// Something to be done with the world.
pub(super) type Letter = Box<dyn FnOnce(&mut Clockwork) + Send>;

/// How often virtual time follows real time.
const TICK: Duration = Duration::from_millis(100);

/// A page waits at most so many virtual milliseconds for a commit; only a computer that sleeps takes longer.
const COMMIT_MS_MAX: u64 = 1_000;

/// What rings when a firm's journal has grown.
struct Bell {
    node: NodeId,
    records: usize,
    ring: Box<dyn Fn() + Send>,
}

/// How much a firm waits for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backlog {
    /// The firm's place in the story.
    pub firm: usize,
    /// Questions that wait for somebody.
    pub waiting: usize,
    /// Deals that are open.
    pub open: usize,
}

/// A world that goes on.
pub(super) struct Clockwork {
    stage: Stage,
    bells: Vec<Bell>,
    /// Until when time passes without anybody waiting for it.
    passing_until: VirtualMs,
    stopped: bool,
}

impl Clockwork {
    pub(super) fn new(stage: Stage) -> Self {
        let passing_until = stage.world.at();
        Clockwork { stage, bells: Vec::new(), passing_until, stopped: false }
    }

    /// Serves letters and lets time pass, `pace` times as fast as real time, until it is stopped or nobody can write any
    /// more. Gives the promises that were broken.
    pub(super) fn keep_going(mut self, mailbox: &Receiver<Letter>, pace: u32) -> Vec<Violation> {
        let mut looked = Instant::now();
        while !self.stopped {
            let patience = if self.passing_until > self.stage.world.at() { Duration::ZERO } else { TICK };
            match mailbox.recv_timeout(patience) {
                Ok(letter) => letter(&mut self),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            let passed_ms = u64::try_from(looked.elapsed().as_millis()).unwrap_or(u64::MAX);
            looked += Duration::from_millis(passed_ms);
            let at = self.stage.world.at();
            let paced = at + passed_ms.saturating_mul(pace.into());
            // A region too large for its pace falls behind instead of keeping people waiting.
            let next = paced.max(self.passing_until).min(at + SLICE_MS);
            self.stage.world.run_until(next);
            self.ring();
        }
        self.stage.world.violations()
    }

    /// Ends the world after this letter.
    pub(super) fn stop(&mut self) {
        self.stopped = true;
    }

    /// Lets so many milliseconds pass as fast as the computer can.
    pub(super) fn let_pass(&mut self, ms: u64) {
        self.passing_until = self.passing_until.max(self.stage.world.at()) + ms;
    }

    /// From now on somebody real decides in the name of this firm's people.
    pub(super) fn attend(&mut self, firm: usize) {
        self.stage.attended.take(firm);
    }

    /// Rings whenever what this firm shows may have changed.
    pub(super) fn hang_bell(&mut self, firm: usize, ring: Box<dyn Fn() + Send>) {
        let node = self.stage.firm_node(firm);
        self.bells.push(Bell { node, records: self.stage.world.journal(node).len(), ring });
    }

    /// How much each firm waits for people, in the story's order.
    pub(super) fn backlogs(&self) -> Vec<Backlog> {
        let of = |firm: usize| {
            let machine = self.stage.world.machine(self.stage.firm_node(firm));
            let machine = machine.and_then(|party| party.firm());
            let waiting = machine.map_or(0, |machine| machine.approvals.waiting().count());
            let open = machine.map_or(0, |machine| machine.deals.all().filter(|deal| deal.is_open()).count());
            Backlog { firm, waiting, open }
        };
        (0..self.stage.story.firms.len()).map(of).collect()
    }

    /// What a firm shows to one of its people, or to nobody in particular.
    pub(super) fn view(&mut self, firm: usize, reader: Option<&PersonId>, query: &Query) -> Result<View, DeskError> {
        self.look(firm, |firm, now| {
            let reader = reader.and_then(|id| firm.register.person(id));
            let reader = reader.filter(|person| person.acts_on(now.day()));
            firm.view(reader.map_or(&[], Person::roles), query, now)
        })
    }

    /// Carries a command and lets time pass until the answer is durable.
    pub(super) fn ask(&mut self, firm: usize, who: PersonId, command: Command) -> Result<Answer, DeskError> {
        let node = self.stage.firm_node(firm);
        answered(self.stage.ask(node, crate::party::Command::Firm(command.by(Asker::Person(who)))))
    }

    /// Signs with a person's key over what was seen, if that is still the question, and carries the decision.
    pub(super) fn decide(
        &mut self,
        firm: usize,
        who: &PersonId,
        approval: ApprovalId,
        seen: Seen,
        verdict: Verdict,
    ) -> Result<Answer, DeskError> {
        let key = self.key_of(firm, who)?;
        let signed = self.look(firm, |firm, _| {
            firm.to_sign(&approval, &seen, verdict).map(|question| Decision::sign(&question, verdict, &key))
        })?;
        match signed {
            Ok(decision) => answered(self.stage.decide(self.stage.firm_node(firm), decision)),
            Err(refusal) => Ok(Answer::Refused(refusal)),
        }
    }

    /// Names a deputy under a person's signature.
    pub(super) fn deputise(&mut self, firm: usize, who: PersonId, handover: Handover) -> Result<Answer, DeskError> {
        let key = self.key_of(firm, &who)?;
        match self.look(firm, |firm, _| firm.hand_over(&who, handover, &key))? {
            Some(command) => self.ask(firm, who, command),
            None => Err(DeskError::NotEnrolled),
        }
    }

    fn key_of(&self, firm: usize, who: &PersonId) -> Result<SigningKey, DeskError> {
        let person = self.stage.story.firms[firm].people.iter().position(|person| person.id == *who);
        person.map(|person| self.stage.chest(firm).people[person].clone()).ok_or(DeskError::NotEnrolled)
    }

    /// Looks at a firm's committed state: a commit that is under way ends first.
    fn look<T>(&mut self, firm: usize, see: impl FnOnce(&Firm, UnixMs) -> T) -> Result<T, DeskError> {
        let node = self.stage.firm_node(firm);
        let world = &mut self.stage.world;
        let until = world.at() + COMMIT_MS_MAX;
        if !world.run_until_seen(until, |world| !world.is_committing(node)) {
            return Err(DeskError::TooSlow);
        }
        let now = UnixMs(world.now(node).wall.0);
        let firm = world.machine(node).and_then(|party| party.firm()).ok_or(DeskError::NotRunning)?;
        Ok(see(firm, now))
    }

    fn ring(&mut self) {
        for bell in &mut self.bells {
            let records = self.stage.world.journal(bell.node).len();
            if records != bell.records {
                bell.records = records;
                (bell.ring)();
            }
        }
    }
}

fn answered(answer: Option<crate::party::Answer>) -> Result<Answer, DeskError> {
    match answer {
        Some(crate::party::Answer::Firm(answer)) => Ok(answer),
        Some(crate::party::Answer::Sponsor(_)) | None => Err(DeskError::TooSlow),
    }
}
