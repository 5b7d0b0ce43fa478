//! What befalls a node: start, crash, sleep, alarms, a wall clock that is set.

use super::node::Recorded;
use super::{Asleep, BootSeen, CrashAt, CrashWhen, Event, Fate, NodeId, World};
use machine::{Entropy, Input, Machine, MonoMs, Recording, Trace};

impl<M: Machine> World<M> {
    /// Plans a crash. A commit count that is already passed never comes again.
    pub fn plan_crash(&mut self, crash: CrashAt) {
        let CrashAt { node, when, restart_after_ms } = crash;
        match when {
            CrashWhen::At(at) => self.queue.plan(at, Event::Crash { node, restart_after_ms }),
            _ => self.nodes[node.index()].crashes.push((when, restart_after_ms)),
        }
    }

    /// Plans a sleep.
    pub fn plan_sleep(&mut self, asleep: Asleep) {
        self.queue.plan(asleep.from, Event::Sleep(asleep.node));
        self.queue.plan(asleep.to, Event::Wake(asleep.node));
    }

    /// Takes a node's power away, now. What is not in its journal is gone.
    pub fn crash(&mut self, id: NodeId, restart_after_ms: Option<u64>) {
        let node = &mut self.nodes[id.index()];
        if node.machine.take().is_none() {
            return;
        }
        node.inbox.clear();
        node.records.clear();
        node.speech.clear();
        node.committing = false;
        node.alarm = None;
        node.seen.clear();
        node.tickets.clear();
        node.deliveries.clear();
        node.outstanding.clear();
        node.unanswered.extend(std::mem::take(&mut node.asks).into_values().flatten());
        self.befell(id, Fate::Crashed);
        self.refresh_all(id);
        if let Some(ms) = restart_after_ms {
            self.queue.plan(self.at + ms, Event::Boot(id));
        }
    }

    /// Starts a node that is down, now or when its computer wakes.
    pub fn boot(&mut self, id: NodeId) {
        let node = &mut self.nodes[id.index()];
        if node.machine.is_some() {
            return;
        }
        if node.asleep_since.is_some() {
            node.waiting.push(Event::Boot(id));
            return;
        }
        node.run += 1;
        node.booted_at = self.at;
        node.slept_ms = 0;
        let root = self.setup.seed.bytes("root", &[u64::from(id.0), u64::from(node.run)]);
        node.entropy = Entropy::new(root);
        let mut machine = (node.make)();
        node.journal.iter().for_each(|record| machine.apply(record));
        let place = node.place(id, self.at);
        let seen = BootSeen { place, machine: &machine, journal: &node.journal, make: &*node.make };
        for witness in &mut self.witnesses {
            witness.booted(&seen, self.findings.of(witness.name()));
        }
        node.machine = Some(machine);
        node.recording = node.recorded.then(|| Recorded {
            replayed: node.journal.len(),
            recording: Recording::new(root),
            trace: Trace::default(),
        });
        self.take(id, Input::Started);
        self.refresh_all(id);
        self.back_at_desk(id);
    }

    fn back_at_desk(&mut self, id: NodeId) {
        if self.nodes[id.index()].run == 1 {
            self.at_desk(id, |script, desk| script.began(desk));
        }
        for errand in std::mem::take(&mut self.nodes[id.index()].unanswered) {
            self.at_desk(id, |script, desk| script.unanswered(desk, errand));
        }
        self.resume_waiting(id);
    }

    /// Sets a node's wall clock forward or back, as an administrator or a time service would.
    pub fn set_clock(&mut self, id: NodeId, by_ms: i64) {
        let node = &mut self.nodes[id.index()];
        node.skew_ms = node.skew_ms.saturating_add(by_ms);
        if node.reachable() {
            self.take(id, Input::ClockJumped);
        }
    }

    pub(super) fn fall_asleep(&mut self, id: NodeId) {
        let at = self.at;
        self.nodes[id.index()].asleep_since.get_or_insert(at);
        self.befell(id, Fate::FellAsleep);
        self.refresh_all(id);
    }

    pub(super) fn wake_up(&mut self, id: NodeId) {
        let node = &mut self.nodes[id.index()];
        let Some(since) = node.asleep_since.take() else { return };
        node.slept_ms += self.at.0.saturating_sub(since.0);
        let alarm = node.alarm;
        let up = node.machine.is_some();
        self.befell(id, Fate::WokeUp);
        if up {
            if let Some(mono) = alarm {
                self.set_alarm(id, mono);
            }
            self.take(id, Input::ClockJumped);
        }
        self.resume_waiting(id);
        self.refresh_all(id);
    }

    pub(super) fn set_alarm(&mut self, id: NodeId, mono: MonoMs) {
        let node = &mut self.nodes[id.index()];
        node.alarm = Some(mono);
        node.alarms_set += 1;
        let in_ms = mono.0.saturating_sub(node.now(self.at, self.setup.start).mono.0);
        // At least a millisecond: an alarm in the past rings soon, and a machine that always sets one cannot stop time.
        let event = Event::Alarm { node: id, run: node.run, set: node.alarms_set };
        self.queue.plan(self.at + in_ms.max(1), event);
    }

    pub(super) fn alarm(&mut self, id: NodeId, run: u32, set: u64) {
        let node = &mut self.nodes[id.index()];
        if node.run == run && node.alarms_set == set && node.reachable() && node.alarm.take().is_some() {
            self.take(id, Input::Woke);
        }
    }

    pub(super) fn befell(&mut self, id: NodeId, fate: Fate) {
        let place = self.nodes[id.index()].place(id, self.at);
        for witness in &mut self.witnesses {
            witness.befell(place, fate, self.findings.of(witness.name()));
        }
    }

    fn resume_waiting(&mut self, id: NodeId) {
        for event in std::mem::take(&mut self.nodes[id.index()].waiting) {
            self.queue.plan(self.at, event);
        }
    }
}
