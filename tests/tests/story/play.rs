//! The people of both firms at their terminals, one act at a time.
//!
//! Whoever has a question says yes; the offering side drafts terms, writes down one session and, once that is countersigned, reports the
//! outcome when a deal waits for that. Nothing
//! here knows the order of the steps: it follows from what the programs ask.

use crate::{
    market::Market,
    party::{Party, now},
    program::{ENVELOPED_S, MARGIN_S, REPAIRED_S, Said, as_toml, until},
};
use serde_json::{Value, json};
use simulations::Told;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs, thread,
    time::{Duration, Instant},
};
use written::written;

/// What a person did, and for which step.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Done {
    pub(crate) firm: String,
    pub(crate) verb: &'static str,
    pub(crate) step: String,
}

/// What is to be done at a terminal.
enum Task {
    Approve(Value),
    Propose(String),
    WriteDown(String),
    Report(String),
}

impl Task {
    /// A draft waits for a person, and the exit code says so.
    fn exit_code(&self) -> i32 {
        if matches!(self, Task::Approve(_)) { 0 } else { 3 }
    }
}

/// A story as it goes on.
pub(crate) struct Play {
    pub(crate) market: Market,
    /// Everything that people did, in order.
    pub(crate) done: Vec<Done>,
    opted_in: BTreeSet<String>,
    started: Instant,
    /// How long it took each time until somebody had something to do.
    waited: Vec<Duration>,
}

impl Play {
    /// Both firms have passes; the buyer's need and the supplier's idle machines are entered.
    pub(crate) fn begin(market: Market) -> Play {
        market.parties().iter().for_each(|party| party.wait_for_passes());
        let (done, opted_in, waited, started) = (Vec::new(), BTreeSet::new(), Vec::new(), Instant::now());
        let play = Play { market, done, opted_in, started, waited };
        play.market.parties().iter().for_each(|party| party.confide());
        play
    }

    /// Milliseconds since the first item was entered.
    pub(crate) fn elapsed_ms(&self) -> u128 {
        self.started.elapsed().as_millis()
    }

    /// Waits until somebody of a running firm has something to do, and does it; `None` when the deal is completed everywhere.
    pub(crate) fn next(&mut self) -> Option<Done> {
        let since = Instant::now();
        let waiting = until("somebody acts, or the deal is completed", || {
            let over = || self.market.parties().into_iter().all(|party| party.node.is_some() && is_completed(party));
            self.look().map(Some).or_else(|| over().then_some(None))
        });
        self.waited.push(since.elapsed());
        let (firm, task) = waiting?;
        let said = self.act(&firm, &task);
        Some(self.note(firm, &task, &said))
    }

    /// After every crash somebody could go on in time: always as soon as the slowest repair allows, and mostly without waiting for a
    /// comparison of shelves.
    pub(crate) fn assert_recovered_in_time(&mut self) {
        self.waited.sort();
        let (Some(longest), Some(usual)) = (self.waited.last(), self.waited.get(self.waited.len() / 2)) else { return };
        let (count, longest, usual) = (self.waited.len(), longest.as_millis(), usual.as_millis());
        println!("FIGURE {count} waits for the next act: usually {usual} ms, at most {longest} ms");
        assert!(longest <= u128::from(1_000 * (REPAIRED_S + MARGIN_S)), "the longest recovery took {longest} ms");
        assert!(usual <= u128::from(1_000 * (ENVELOPED_S + MARGIN_S)), "the usual recovery took {usual} ms");
    }

    /// Does what there is to do within a short while, if there is something.
    pub(crate) fn next_within(&mut self, patience: Duration) -> Option<Done> {
        let start = Instant::now();
        while start.elapsed() < patience {
            if let Some((firm, task)) = self.look() {
                let said = self.act(&firm, &task);
                return Some(self.note(firm, &task, &said));
            }
            thread::sleep(Duration::from_millis(50));
        }
        None
    }

    /// As [`Play::next`], but the node is killed so long after the person began to act. Whoever was told that it is done finds
    /// it done; whoever was not may find either, and acts again if asked again.
    pub(crate) fn next_while_the_node_is_killed(&mut self, after: Duration) -> Option<String> {
        let over = |play: &Play| play.market.parties().into_iter().all(is_completed);
        let since = Instant::now();
        let waiting = until("somebody acts, or the deal is completed", || {
            self.look().map(Some).or_else(|| over(self).then_some(None))
        });
        self.waited.push(since.elapsed());
        let (firm, task) = waiting?;
        let victim = self.market.party(&firm).node.take().unwrap();
        let said = thread::scope(|scope| {
            let acting = scope.spawn(|| self.act(&firm, &task));
            thread::sleep(after);
            victim.kill();
            acting.join().unwrap()
        });
        self.market.party(&firm).start();
        let party = if firm == "supplier" { &self.market.supplier } else { &self.market.buyer };
        let is_done = match &task {
            Task::Approve(question) => {
                let id = question["id"].as_str().unwrap();
                party.items(&["approval", "show", id])[0]["state"] != "waiting"
            }
            Task::Propose(_) | Task::WriteDown(_) | Task::Report(_) => {
                !matches!(self::task(party), Some(Task::Propose(_) | Task::WriteDown(_) | Task::Report(_)))
            }
        };
        let told = said.code == task.exit_code();
        assert!(is_done || !told, "{firm} was told that it is done, and it is not: {said:?}");
        println!("        {firm}: told {told}, done {is_done}");
        if is_done {
            let done = Said { code: task.exit_code(), ..said };
            self.note(firm.clone(), &task, &done);
        }
        Some(firm)
    }

    /// Somebody of a running firm who has something to do.
    fn look(&self) -> Option<(String, Task)> {
        let running = self.market.parties().into_iter().filter(|party| party.node.is_some());
        running.into_iter().find_map(|party| Some((party.plan.id.clone(), task(party)?)))
    }

    fn act(&self, firm: &str, task: &Task) -> Said {
        let party = if firm == "supplier" { &self.market.supplier } else { &self.market.buyer };
        match task {
            Task::Approve(question) => party.approve(question),
            Task::Propose(deal) => self.propose(party, deal),
            Task::WriteDown(deal) => {
                let day = now().day().to_string();
                party.run(&["docket", "hours", deal, "--day", &day, "--line", "1", "--hours", "7", "--minutes", "30"])
            }
            Task::Report(deal) => party.run(&["deal", "outcome", deal, "completed"]),
        }
    }

    fn note(&mut self, firm: String, task: &Task, said: &Said) -> Done {
        let (verb, step) = match task {
            Task::Approve(question) => ("approves", question["step"].as_str().unwrap()),
            Task::Propose(_) => ("drafts", "terms"),
            Task::WriteDown(_) => ("writes down", "work"),
            Task::Report(_) => ("reports", "outcome"),
        };
        assert_eq!(said.code, task.exit_code(), "{firm} {verb} {step}: {said:?}");
        println!("{:>7} ms  {firm} {verb} {step}", self.elapsed_ms());
        if step == "opt-in" {
            self.opted_in.insert(firm.clone());
        }
        let done = Done { firm, verb, step: step.to_owned() };
        self.done.push(done.clone());
        done
    }

    fn propose(&self, party: &Party, deal: &str) -> Said {
        let terms = &self.market.story.deals_about("supplier", "second-shift").next().unwrap().terms;
        let [first, last] = terms.days.map(|days| now().day().plus(days).to_string());
        let mut text = as_toml(&json!({
            "instrument": terms.instrument, "first": first, "last": last, "clauses": terms.clauses,
        }));
        let answers = terms.provisions.0.iter().map(|one| (one.topic.to_string(), json!(written(&one.content))));
        text = format!("{text}[provisions]\n{}", as_toml(&Value::Object(answers.collect())));
        for line in &terms.lines {
            let hourly = format!("{}.00 CAD", line.hourly_cad);
            let line = json!({ "what": line.what, "hours": line.hours, "hourly": hourly });
            text = format!("{text}[[lines]]\n{}", as_toml(&line));
        }
        let file = party.beside("terms.toml");
        fs::write(&file, text).unwrap();
        party.run(&["deal", "propose", deal, file.to_str().unwrap()])
    }

    /// Nobody knows a name before both opted in, and nobody ever learns what never leaves.
    pub(crate) fn assert_nobody_knows_too_much(&self) {
        let names_may_be_known = self.opted_in.len() == 2;
        for party in self.market.parties().into_iter().filter(|party| party.node.is_some()) {
            let pages = party.pages();
            let found = self.market.canaries.in_bytes(pages.as_bytes()).into_iter();
            let bad =
                found.filter(|one| one.owner != party.plan.id && (one.told == Told::Never || !names_may_be_known));
            let bad: Vec<_> = bad.collect();
            assert!(bad.is_empty(), "after {:?}, {} shows {bad:?}", self.done.last(), party.plan.id);
        }
    }

    /// What holds when the story is over, whatever happened on the way.
    pub(crate) fn assert_completed(&self) {
        let decisions = self.done.iter().filter(|done| done.verb == "approves");
        let mut counted: BTreeMap<(&str, &str), u32> = BTreeMap::new();
        decisions.for_each(|done| *counted.entry((&done.firm, &done.step)).or_default() += 1);
        assert!(counted.values().all(|times| *times == 1), "each is asked once: {counted:?}");
        let told = |party: &Party| party.deal().unwrap()["counterpart"]["legal_name"].clone();
        let (supplier, buyer) = (&self.market.supplier, &self.market.buyer);
        assert_eq!(told(supplier), buyer.plan.legal_name.as_str());
        assert_eq!(told(buyer), supplier.plan.legal_name.as_str());
        for party in self.market.parties() {
            let deal = party.deal().unwrap();
            assert_eq!(deal["state"], "completed");
            assert_eq!(deal["outcomes"], json!(["completed", "completed"]));
            assert_eq!(deal["terms"]["terms"]["total"], json!({ "minor": 1_140_000, "currency": "CAD" }), "{deal}");
            assert_eq!(deal["terms"]["signed"], json!([true, true]));
            let own: Vec<&Value> = deal["milestones"].as_array().unwrap().iter().collect();
            let named: BTreeSet<String> = own.iter().map(|one| format!("{} {}", one["step"], one["ours"])).collect();
            assert_eq!(named.len(), own.len(), "each milestone once: {own:?}");
        }
        self.assert_logs_agree();
    }

    /// Two STARTs and two OUTCOMEs, and the same ones everywhere.
    fn assert_logs_agree(&self) {
        let log = |party: &Party| party.items(&["trust", "show"]).remove(0);
        let [at_supplier, at_buyer] = until("both hold the same log", || {
            let logs = self.market.parties().map(log);
            (logs[0]["digest"] == logs[1]["digest"] && logs[0]["entries"] == 4).then_some(logs)
        });
        for log in [&at_supplier, &at_buyer] {
            assert_eq!((&log["entries"], &log["completed"], &log["open"]), (&4.into(), &1.into(), &0.into()), "{log}");
            assert_eq!(log["engagements"][0]["outcome"], "completed");
        }
        let start = |log: &Value| log["engagements"][0]["start"].clone();
        assert_ne!(start(&at_supplier), start(&at_buyer), "each posts its own");
    }
}

/// The next thing that somebody of this firm would do.
fn task(party: &Party) -> Option<Task> {
    let questions = party.items(&["approval", "list"]);
    if let Some(question) = questions.into_iter().find(|question| question["state"] == "waiting") {
        return Some(Task::Approve(question));
    }
    let deal = party.deal().filter(|deal| deal["side"] == "offer" && deal["state"] == "open")?;
    let id = deal["id"].as_str()?.to_owned();
    let waiting = &deal["waiting"];
    let nobody_asked = ["us", "both"].iter().any(|who| waiting["who"][who].get("approval").is_some_and(Value::is_null));
    match waiting["step"].as_str()? {
        _ if !nobody_asked => None,
        "terms" => Some(Task::Propose(id)),
        "outcome" if deal["outcomes"] == json!([null, null]) => match deal["work"]["dockets"].as_array()?.first() {
            None => Some(Task::WriteDown(id)),
            Some(docket) => (docket["state"] == "countersigned").then_some(Task::Report(id)),
        },
        _ => None,
    }
}

fn is_completed(party: &Party) -> bool {
    party.deal().is_some_and(|deal| deal["state"] == "completed")
}
