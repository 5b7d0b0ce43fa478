//! One turn of the loop: take inputs until the batch closes, make it durable, let the words out.

use super::{Message, Queued, Signs, Stopped, View, World};
use crate::{carrier::ToCarrier, journal::Journal};
use machine::{AfterCommit, Ask, AtOnce, Batch, Input, Machine, MonoMs, Now};
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError},
    },
    time::Duration,
};
use tokio::sync::oneshot;
use zeroize::Zeroizing;

/// Both clocks are read at least this often, so that a jump is noticed by a node that hears nothing.
const CLOCK_CHECK_MS_MAX: u64 = 30_000;
/// The wall clock has jumped when it moved this much against the monotonic one since the last jump. Ordinary correction by
/// NTP stays far below (500 ppm, so 5 s take three hours; then telling the machine is right too).
const CLOCK_JUMP_MS: i128 = 5_000;

pub(super) struct Driver<M: Machine> {
    machine: M,
    journal: Journal,
    world: World<M>,
    inbox: Receiver<Queued<M>>,
    asks: BTreeMap<Ask, oneshot::Sender<M::Answer>>,
    next_ask: u64,
    alarm: Option<MonoMs>,
    wall_ahead_ms: i128,
    signs: Signs<M>,
}

/// A batch that is being filled: nothing of it is durable yet.
struct Open<M: Machine> {
    batch: Batch,
    inputs: u64,
    records: Vec<M::Record>,
    after_commit: Vec<AfterCommit<M>>,
    views: Vec<View<M>>,
}

#[derive(PartialEq)]
enum Flow {
    On,
    Stop,
}

impl<M: Machine> Driver<M> {
    pub(super) fn new(
        machine: M,
        journal: Journal,
        world: World<M>,
        inbox: Receiver<Queued<M>>,
        signs: Signs<M>,
    ) -> Self {
        let wall_ahead_ms = wall_ahead(world.clock.now());
        let (asks, next_ask, alarm) = (BTreeMap::new(), 1, None);
        Driver { machine, journal, world, inbox, asks, next_ask, alarm, wall_ahead_ms, signs }
    }

    /// Runs until it is asked to stop, or nobody can ask any more, or something fails.
    pub(super) fn run(mut self, records: Vec<M::Record>) -> Result<(), Stopped> {
        records.into_iter().for_each(|record| self.machine.apply(&record));
        self.signs.ground.send_replace(self.machine.ground());
        let mut open = Open::at(self.world.clock.now());
        self.handle(&mut open, Input::Started)?;
        self.close(open)?;
        loop {
            let first = match self.inbox.recv_timeout(self.patience()) {
                Ok(queued) => Some(queued),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            };
            if self.turn(first)? == Flow::Stop {
                return Ok(());
            }
        }
    }

    fn patience(&self) -> Duration {
        let mono = self.world.clock.now().mono;
        let until_alarm = self.alarm.map_or(u64::MAX, |alarm| alarm.0.saturating_sub(mono.0));
        Duration::from_millis(until_alarm.min(CLOCK_CHECK_MS_MAX))
    }

    fn turn(&mut self, first: Option<Queued<M>>) -> Result<Flow, Stopped> {
        let mut open = Open::at(self.world.clock.now());
        self.look_at_clocks(&mut open)?;
        let mut flow = Flow::On;
        let mut next = first;
        while let Some(Queued { message, .. }) = next.take() {
            match message {
                Message::Stop => flow = Flow::Stop,
                Message::View(view) if open.inputs == 0 => view(&self.machine),
                Message::View(view) => open.views.push(view),
                Message::Ask(command, reply) => {
                    let ask = self.claim(Some(reply));
                    self.handle(&mut open, Input::Asked { ask, command })?;
                }
                Message::Decide(decision, reply) => {
                    let ask = self.claim(Some(reply));
                    self.handle(&mut open, Input::Decided { ask, decision })?;
                }
                Message::Input(input) => {
                    let input = self.numbered(input);
                    self.handle(&mut open, input)?;
                }
            }
            // A turn that has only shown the machine is over; so is one that was told to stop.
            if open.inputs > 0 && flow == Flow::On && !open.batch.is_full(self.world.clock.now().mono, false) {
                next = self.inbox.try_recv().ok();
            }
        }
        self.close(open)?;
        Ok(flow)
    }

    fn look_at_clocks(&mut self, open: &mut Open<M>) -> Result<(), Stopped> {
        let now = self.world.clock.now();
        let wall_ahead_ms = wall_ahead(now);
        if (wall_ahead_ms - self.wall_ahead_ms).abs() > CLOCK_JUMP_MS {
            self.wall_ahead_ms = wall_ahead_ms;
            self.handle(open, Input::ClockJumped)?;
        }
        if self.alarm.is_some_and(|alarm| alarm <= now.mono) {
            self.alarm = None;
            self.handle(open, Input::Woke)?;
        }
        Ok(())
    }

    /// Whoever put a command in as a plain input cannot know a number that is free, and is not waiting for an answer.
    fn numbered(&mut self, input: Input<M>) -> Input<M> {
        match input {
            Input::Asked { command, .. } => Input::Asked { ask: self.claim(None), command },
            Input::Decided { decision, .. } => Input::Decided { ask: self.claim(None), decision },
            other => other,
        }
    }

    fn claim(&mut self, reply: Option<oneshot::Sender<M::Answer>>) -> Ask {
        let ask = Ask(self.next_ask);
        self.next_ask += 1;
        if let Some(reply) = reply {
            self.asks.insert(ask, reply);
        }
        ask
    }

    fn handle(&mut self, open: &mut Open<M>, input: Input<M>) -> Result<(), Stopped> {
        if open.inputs == 0 {
            let mut fresh = Zeroizing::new([0; 32]);
            getrandom::fill(&mut *fresh).map_err(Stopped::NoRandomness)?;
            self.world.entropy.mix(&fresh);
        }
        let effects = self.machine.handle(self.world.clock.now(), &mut self.world.entropy, input);
        effects.at_once.into_iter().for_each(|effect| self.carry_out(effect));
        open.records.extend(effects.records);
        open.after_commit.extend(effects.after_commit);
        open.inputs += 1;
        open.batch.count();
        Ok(())
    }

    fn carry_out(&mut self, effect: AtOnce<M>) {
        match effect {
            AtOnce::Verdict(ticket, verdict) => self.tell(ToCarrier::Verdict(ticket, verdict)),
            AtOnce::Dial(peer, addresses) => self.tell(ToCarrier::Dial(peer, addresses)),
            AtOnce::HangUp(peer) => self.tell(ToCarrier::HangUp(peer)),
            AtOnce::WakeAt(instant) => self.alarm = Some(instant),
            AtOnce::Note(note) => (self.world.on_note)(&note),
        }
    }

    /// Makes the batch durable, and only then lets its words out. Views come last and see what is durable.
    fn close(&mut self, open: Open<M>) -> Result<(), Stopped> {
        if open.inputs == 0 {
            return Ok(());
        }
        let changed = !open.records.is_empty();
        if changed {
            self.journal.append(&open.records).map_err(|error| Stopped::Commit(Arc::new(error)))?;
        }
        self.signs.tally.send_modify(|tally| {
            tally.inputs += open.inputs;
            tally.batches += 1;
            (tally.commits, tally.rows) = (self.journal.written().commits, self.journal.written().rows);
        });
        if changed {
            self.signs.committed.send_modify(|commits| *commits += 1);
        }
        let ground = self.machine.ground();
        self.signs.ground.send_if_modified(|shown| {
            let is_new = *shown != ground;
            if is_new {
                *shown = ground;
            }
            is_new
        });
        open.after_commit.into_iter().for_each(|effect| self.release(effect));
        open.views.into_iter().for_each(|view| view(&self.machine));
        // Askers that gave up would otherwise be remembered for as long as the machine keeps them waiting.
        self.asks.retain(|_, reply| !reply.is_closed());
        Ok(())
    }

    fn release(&mut self, effect: AfterCommit<M>) {
        match effect {
            AfterCommit::Send { to, parcel, bytes } => self.tell(ToCarrier::Send { to, parcel, bytes }),
            AfterCommit::Publish(topic, bytes) => self.tell(ToCarrier::Publish(topic, bytes)),
            AfterCommit::Receipt(delivery) => self.tell(ToCarrier::Receipt(delivery)),
            AfterCommit::AskHuman(approval) => (self.world.on_ask_human)(&approval),
            AfterCommit::Reply(ask, answer) => {
                if let Some(reply) = self.asks.remove(&ask) {
                    // Whoever asked may have left.
                    drop(reply.send(answer));
                }
            }
        }
    }

    fn tell(&self, word: ToCarrier) {
        // Without a carrier the node goes on deciding; what was to be sent is sent again by the machine's own rules.
        drop(self.world.carrier.send(word));
    }
}

impl<M: Machine> Open<M> {
    fn at(now: Now) -> Self {
        let batch = Batch::open(now.mono);
        Open { batch, inputs: 0, records: Vec::new(), after_commit: Vec::new(), views: Vec::new() }
    }
}

fn wall_ahead(now: Now) -> i128 {
    i128::from(now.wall.0) - i128::from(now.mono.0)
}
