//! A member that shares no code with ours: `tests/foreign`, written from `SPEC.md` and the vectors alone, on js-libp2p.
//!
//! `COSOLVENT_WITHOUT_NODEJS=1` leaves this promise out and says so.

use crate::{
    market::Market,
    party::Party,
    program::{PATIENCE, until},
};
use serde_json::Value;
use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
};

#[test]
fn a_member_written_from_the_specification_alone_takes_part_and_is_ignored_without_a_pass() {
    if std::env::var_os("COSOLVENT_WITHOUT_NODEJS").is_some_and(|set| set == "1") {
        println!("SKIPPED: the foreign member, because COSOLVENT_WITHOUT_NODEJS=1.");
        return;
    }
    let market = Market::raise();
    let mut foreign = Foreign::join(&market.sponsors[0].invitation());
    let read = foreign.told("vectors");
    assert!(read["good"].as_u64() > Some(0) && read["refused"] == read["good"], "{read}");
    foreign.told("joined");

    market.parties().iter().for_each(|party| party.wait_for_passes());
    market.parties().iter().for_each(|party| party.confide());
    let need = until("the buyer's notice is out", || published(&market.buyer));
    let heard = foreign.heard_advert();
    assert_eq!((&heard["record"], &heard["advert"]["side"]), (&need, &1.into()), "the buyer's need: {heard}");

    foreign.ask("shout");
    let shouted = foreign.told("said");
    foreign.ask("publish");
    let said = foreign.told("said");
    assert_ne!(shouted["to"], 0, "somebody was told");
    let fits = |found: &&Value| found["advert"] == said["said"];
    market.supplier.until(&["match", "list"], |items| items.iter().find(fits).cloned());
    for party in market.parties() {
        party.until(&["status"], |items| (items[0]["adverts"] == 2).then_some(()));
    }
}

/// Says yes to whatever the firm is asked about publishing, until something is published.
fn published(firm: &Party) -> Option<Value> {
    for question in firm.items(&["approval", "list"]).iter().filter(|question| question["state"] == "waiting") {
        assert_eq!(firm.approve(question).code, 0);
    }
    let items = firm.items(&["need", "list"]);
    items.iter().map(|item| item["advert"].clone()).find(|advert| !advert.is_null())
}

/// The foreign member, a process.
struct Foreign {
    child: Child,
    commands: ChildStdin,
    lines: Receiver<Value>,
}

impl Foreign {
    fn join(invitation: &str) -> Foreign {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut child = Command::new("node")
            .arg(installed(&here.join("foreign")).join("member.mjs"))
            .arg(here.join("../protocol/vectors"))
            .args([invitation, "Foreign Members Ltd"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Node.js 20 or later; COSOLVENT_WITHOUT_NODEJS=1 leaves this promise out");
        let commands = child.stdin.take().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let (told, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                println!("foreign: {line}");
                let _ = told.send(serde_json::from_str(&line).expect("a JSON object"));
            }
        });
        Foreign { child, commands, lines }
    }

    fn ask(&mut self, command: &str) {
        writeln!(self.commands, "{command}").unwrap();
    }

    /// The next advert that it hears; manifests come before.
    fn heard_advert(&self) -> Value {
        loop {
            let heard = self.told("heard");
            if !heard["advert"].is_null() {
                return heard;
            }
        }
    }

    /// What it next tells under a name, whatever else it tells before.
    fn told(&self, name: &str) -> Value {
        loop {
            let line = self.lines.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("it ended, or never told {name}"));
            if let Some(told) = line.get(name) {
                return if told.is_object() { told.clone() } else { line };
            }
        }
    }
}

impl Drop for Foreign {
    fn drop(&mut self) {
        // One that has ended is ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The sources beside their libraries, in the target folder: nothing is installed into the house.
fn installed(sources: &Path) -> PathBuf {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("foreign");
    fs::create_dir_all(&place).unwrap();
    let lock = "package-lock.json";
    let is_installed =
        place.join("node_modules").exists() && fs::read(place.join(lock)).ok() == fs::read(sources.join(lock)).ok();
    for entry in fs::read_dir(sources).unwrap().map(Result::unwrap) {
        fs::copy(entry.path(), place.join(entry.file_name())).unwrap();
    }
    if !is_installed {
        let npm = Command::new("npm")
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .current_dir(&place)
            .status();
        assert!(
            npm.is_ok_and(|status| status.success()),
            "npm ci in tests/foreign; COSOLVENT_WITHOUT_NODEJS=1 leaves this out"
        );
    }
    place
}
