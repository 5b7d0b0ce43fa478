//! What a run says: one JSON line for each thing worth telling, and one last object.
//!
//! The lines are for reading along; the last object is for programs, and its fields are promised:
//! `{"scenario","seed","virtual_ms","events","outcomes","violations":[{"checker","node","at_ms","what"}],"trace_hash"}`.

use crate::RunSeed;
use crate::world::{Fate, Findings, Outcome, Place, ReleaseSeen, TurnSeen, Violation, VirtualMs, Witness};
use machine::{AfterCommit, AtOnce, Machine};
use serde::Serialize;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::rc::Rc;

/// The last object of a run.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The scenario's name.
    pub scenario: String,
    /// The seed.
    pub seed: RunSeed,
    /// How far virtual time went.
    pub virtual_ms: VirtualMs,
    /// How many events happened.
    pub events: u64,
    /// What came of it, by name; `counts` and `traffic` are always there.
    pub outcomes: BTreeMap<String, Value>,
    /// Broken promises.
    pub violations: Vec<Violation>,
    /// 64 hexadecimal digits; empty for a world that is not traced.
    pub trace_hash: String,
}

impl Report {
    /// The report of a finished world.
    pub fn new(scenario: impl Into<String>, seed: RunSeed, outcome: Outcome) -> Report {
        let mut outcomes = BTreeMap::new();
        outcomes.insert("counts".to_owned(), json!(outcome.counts));
        outcomes.insert("traffic".to_owned(), json!(outcome.traffic));
        if outcome.violations_total > outcome.violations.len() as u64 {
            outcomes.insert("violations_total".to_owned(), json!(outcome.violations_total));
        }
        Report {
            scenario: scenario.into(),
            seed,
            virtual_ms: outcome.virtual_ms,
            events: outcome.events,
            outcomes,
            violations: outcome.violations,
            trace_hash: outcome.trace_hash.map(|hash| hash.to_string()).unwrap_or_default(),
        }
    }

    /// Writes it as one line.
    pub fn write(&self, mut out: &mut dyn Write) -> io::Result<()> {
        serde_json::to_writer(&mut out, self)?;
        out.write_all(b"\n")
    }
}

/// Where lines are kept until a run is over, shared by those who write.
#[derive(Clone, Default)]
pub struct Paper(Rc<RefCell<Vec<u8>>>);

impl Paper {
    /// Adds one line.
    pub fn line(&self, value: &Value) {
        let mut bytes = self.0.borrow_mut();
        bytes.extend_from_slice(value.to_string().as_bytes());
        bytes.push(b'\n');
    }

    /// Takes away everything that was written.
    pub fn take(&self) -> Vec<u8> {
        self.0.take()
    }
}

/// Writes a line for each note, approval, answer, decision, crash and sleep, `{"at_ms","node","event",...}`.
pub struct Lines {
    names: Vec<String>,
    paper: Paper,
}

impl Lines {
    /// Writes to `paper`; `names` are the nodes' names in order.
    pub fn new(names: Vec<String>, paper: Paper) -> Self {
        Lines { names, paper }
    }

    fn line(&mut self, place: Place, event: &str, detail: Value) {
        let node = self.names.get(place.node.0 as usize).map_or("", String::as_str);
        self.paper.line(&json!({"at_ms": place.at, "node": node, "event": event, "detail": detail}));
    }
}

impl<M: Machine> Witness<M> for Lines {
    fn name(&self) -> &'static str {
        "lines"
    }

    fn turn(&mut self, seen: &TurnSeen<'_, M>, _: &mut Findings) {
        if let machine::Input::Asked { command, .. } = seen.input {
            self.line(seen.place, "asked", json!(command));
        }
        if let machine::Input::Decided { decision, .. } = seen.input {
            self.line(seen.place, "decided", json!(decision));
        }
        for effect in &seen.effects.at_once {
            if let AtOnce::Note(note) = effect {
                self.line(seen.place, "note", json!(note));
            }
        }
    }

    fn released(&mut self, seen: &ReleaseSeen<'_, M>, _: &mut Findings) {
        match seen.effect {
            AfterCommit::AskHuman(approval) => self.line(seen.place, "ask_human", json!(approval)),
            AfterCommit::Reply(_, answer) => self.line(seen.place, "reply", json!(answer)),
            AfterCommit::Send { .. } | AfterCommit::Publish(..) | AfterCommit::Receipt(_) => {}
        }
    }

    fn befell(&mut self, place: Place, fate: Fate, _: &mut Findings) {
        self.line(place, "befell", json!(fate));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::{Fault, region};
    use crate::world::World;

    #[test]
    fn a_run_is_told_in_lines_and_ends_with_the_promised_object() {
        let paper = Paper::default();
        let mut world: World<_> = region(3, Fault::None);
        let names = world.nodes().map(|id| world.name(id).to_owned()).collect();
        world.witness(Lines::new(names, paper.clone()));
        world.run_until(VirtualMs(60_000));
        let report = Report::new("trial", RunSeed(1), world.finish());
        let mut bytes = paper.take();
        report.write(&mut bytes).unwrap();

        let text = String::from_utf8(bytes).unwrap();
        let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let told = |event: &str| lines.iter().any(|line| line["event"] == event && line["node"] == "node 1");
        assert!(told("ask_human") && told("decided") && told("reply") && told("befell"));
        let last = lines.last().unwrap();
        assert_eq!(last["scenario"], "trial");
        assert_eq!(last["virtual_ms"], 60_000);
        assert_eq!(last["violations"], json!([]));
        assert_eq!(last["trace_hash"].as_str().unwrap().len(), 64);
    }
}
