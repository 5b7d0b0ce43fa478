//! The desk: how people's commands and decisions reach a machine, and what they get back.

use super::{CONTRACT, Event, NodeId, World};
use crate::script::{Act, Desk, Errand, Script};
use machine::{Ask, Input, Machine};

impl<M: Machine> World<M> {
    /// Asks a node for something, now or when it is next up and awake. The answer is kept under the claim.
    pub fn ask(&mut self, node: NodeId, command: M::Command) -> Ask {
        let ask = self.names.ask();
        let input = Box::new(Input::Asked { ask, command });
        self.queue.plan(self.at, Event::Asked { node, ask, errand: None, input });
        ask
    }

    /// Brings a person's decision to a node, as [`World::ask`] does with a command.
    pub fn decide(&mut self, node: NodeId, decision: M::Decision) -> Ask {
        let ask = self.names.ask();
        let input = Box::new(Input::Decided { ask, decision });
        self.queue.plan(self.at, Event::Asked { node, ask, errand: None, input });
        ask
    }

    /// The answer to [`World::ask`] or [`World::decide`], once there is one.
    pub fn answer_to(&self, node: NodeId, ask: Ask) -> Option<&M::Answer> {
        self.nodes[node.index()].answers.get(&ask)
    }

    pub(super) fn asked(&mut self, id: NodeId, ask: Ask, errand: Option<Errand>, input: Box<Input<M>>) {
        let node = &mut self.nodes[id.index()];
        if !node.reachable() {
            node.waiting.push(Event::Asked { node: id, ask, errand, input });
            return;
        }
        node.asks.insert(ask, errand);
        self.take(id, *input);
    }

    pub(super) fn answer(&mut self, id: NodeId, ask: Ask, answer: M::Answer) {
        let node = &mut self.nodes[id.index()];
        let Some(errand) = node.asks.remove(&ask) else {
            let place = node.place(id, self.at);
            let what = format!("a reply to ask {}, which this run was not asked or has answered", ask.0);
            return self.findings.of(CONTRACT).add(place, what);
        };
        match errand {
            Some(errand) => self.at_desk(id, |script, desk| script.answered(desk, errand, &answer)),
            None => drop(self.nodes[id.index()].answers.insert(ask, answer)),
        }
    }

    pub(super) fn ask_human(&mut self, id: NodeId, approval: &M::Approval) {
        self.at_desk(id, |script, desk| script.asked(desk, approval));
    }

    pub(super) fn remind(&mut self, id: NodeId, errand: Errand) {
        let node = &mut self.nodes[id.index()];
        if !node.reachable() {
            node.waiting.push(Event::Remind { node: id, errand });
            return;
        }
        self.at_desk(id, |script, desk| script.reminded(desk, errand));
    }

    /// Lets the people of a node see something, and plans what they do about it.
    pub(super) fn at_desk(&mut self, id: NodeId, see: impl FnOnce(&mut dyn Script<M>, Desk<'_, M>) -> Vec<Act<M>>) {
        let node = &mut self.nodes[id.index()];
        let now = node.now(self.at, self.setup.start);
        let (Some(people), Some(machine)) = (&mut node.people, &node.machine) else { return };
        let records = (!node.committing).then_some(node.journal.len());
        let desk = Desk { at: self.at, now, machine, records, chance: &mut node.minds };
        for act in see(people.as_mut(), desk) {
            self.plan_act(id, act);
        }
    }

    fn plan_act(&mut self, node: NodeId, act: Act<M>) {
        let at = self.at + act.after_ms();
        let ask = self.names.ask();
        let event = match act {
            Act::Ask { errand, command, .. } => {
                Event::Asked { node, ask, errand: Some(errand), input: Box::new(Input::Asked { ask, command }) }
            }
            Act::Decide { errand, decision, .. } => {
                Event::Asked { node, ask, errand: Some(errand), input: Box::new(Input::Decided { ask, decision }) }
            }
            Act::Remind { errand, .. } => Event::Remind { node, errand },
        };
        self.queue.plan(at, event);
    }
}
