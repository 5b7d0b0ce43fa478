//! The market of a story: its sponsors, each a process, and the two firms that will meet.

use crate::{
    party::Party,
    program::{Running, SPONSOR, as_toml, run, secret, until},
};
use serde_json::{Value, json};
use simulations::{Canaries, story::Story};
use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
};
use tempfile::TempDir;

/// A sponsor and its node.
pub(crate) struct Sponsor {
    /// Its id in the story.
    pub(crate) id: String,
    folder: PathBuf,
    node: Option<Running>,
}

/// Everybody of a story that takes part.
pub(crate) struct Market {
    pub(crate) story: Story,
    pub(crate) sponsors: Vec<Sponsor>,
    pub(crate) supplier: Party,
    pub(crate) buyer: Party,
    /// Strings that must not turn up where they do not belong.
    pub(crate) canaries: Canaries,
    place: TempDir,
    _claim: TcpListener,
}

impl Market {
    /// Both sponsors run, both firms have joined through the story's first and run.
    pub(crate) fn raise() -> Market {
        let mut market = Market::convene();
        for party in [&mut market.supplier, &mut market.buyer] {
            let sponsor = market.sponsors.iter().find(|sponsor| sponsor.id == party.plan.sponsor).unwrap();
            assert_eq!(party.init(&sponsor.invitation()).code, 0);
            party.start();
        }
        market
    }

    /// Both sponsors run; nobody has joined yet.
    pub(crate) fn convene() -> Market {
        let story = Story::named("idle-shift").unwrap();
        let place = tempfile::tempdir().unwrap();
        let (claim, address) = claim();
        let sponsors = convene(&story, place.path(), &address);
        let party = |id: &str, port| Party::new(story.firm(id).unwrap().clone(), place.path(), &address, port);
        let (supplier, buyer) = (party("supplier", 4481), party("buyer", 4482));
        let canaries = Canaries::of(&story);
        Market { story, sponsors, supplier, buyer, canaries, place, _claim: claim }
    }

    /// A party by its id in the story.
    pub(crate) fn party(&mut self, id: &str) -> &mut Party {
        if id == "supplier" { &mut self.supplier } else { &mut self.buyer }
    }

    /// Both firms.
    pub(crate) fn parties(&self) -> [&Party; 2] {
        [&self.supplier, &self.buyer]
    }

    /// A sponsor by its id in the story.
    pub(crate) fn sponsor(&mut self, id: &str) -> &mut Sponsor {
        self.sponsors.iter_mut().find(|sponsor| sponsor.id == id).unwrap()
    }

    /// What every node logged.
    pub(crate) fn logs(&self) -> Vec<u8> {
        let entries = fs::read_dir(self.place.path()).unwrap().map(|entry| entry.unwrap().path());
        let logs = entries.filter(|path| path.extension().is_some_and(|extension| extension == "log"));
        logs.flat_map(|path| fs::read(path).unwrap()).collect()
    }
}

impl Sponsor {
    fn command(&self, words: &[&str]) -> Command {
        let mut command = command(&self.folder, words);
        command.arg("--data").arg(&self.folder).arg("--passphrase-file").arg(self.folder.with_extension("passphrase"));
        command
    }

    fn items(&self, words: &[&str]) -> Vec<Value> {
        run(&mut self.command(words)).items()
    }

    /// One line to give to one firm.
    pub(crate) fn invitation(&self) -> String {
        self.items(&["invite"])[0]["invitation"].as_str().unwrap().to_owned()
    }

    /// Its folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    fn start(&mut self) {
        self.node = Some(Running::start(&mut self.command(&["run"]), &self.folder.with_extension("log")));
    }

    /// The process that signs for it.
    pub(crate) fn signer(&self) -> u32 {
        let node = self.node.as_ref().unwrap();
        let [signer] = until("a signer runs", || node.children().try_into().ok());
        signer
    }

    /// Its passphrase.
    pub(crate) fn passphrase(&self) -> String {
        fs::read_to_string(self.folder.with_extension("passphrase")).unwrap().trim().to_owned()
    }

    /// Stops it in order.
    pub(crate) fn stop(&mut self) {
        self.node.take().unwrap().stop();
    }

    /// `kill -9`, for good.
    pub(crate) fn kill(&mut self) {
        self.node.take().unwrap().kill();
    }
}

fn command(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(SPONSOR);
    command.args(words).arg("--json").current_dir(folder.parent().unwrap());
    command
}

/// As staff do it: a key each, one genesis, everybody joins it, everybody runs.
fn convene(story: &Story, place: &Path, address: &str) -> Vec<Sponsor> {
    let (mut sponsors, mut keys) = (Vec::new(), Vec::new());
    for (plan, port) in story.sponsors.iter().zip(4471u16..) {
        let sponsor = Sponsor { id: plan.id.clone(), folder: place.join(&plan.id), node: None };
        secret(&sponsor.folder.with_extension("passphrase"), &format!("{} opens its own", plan.id));
        let (tcp, quic) = (format!("/ip4/{address}/tcp/{port}"), format!("/ip4/{address}/udp/{port}/quic-v1"));
        keys.push(sponsor.items(&["key", "--listen", &tcp, "--listen", &quic]).remove(0));
        sponsors.push(sponsor);
    }
    let mut found = command(&sponsors[0].folder, &["genesis", "--network", story.network.as_str(), "--kind", "real"]);
    for (plan, key) in story.sponsors.iter().zip(&keys) {
        found.arg("--founder").arg(format!("{}={}", key["sponsor"].as_str().unwrap(), plan.name));
    }
    run(found.args(["--out", "genesis.txt"])).items();
    for (plan, sponsor) in story.sponsors.iter().zip(&mut sponsors) {
        let charter = format!("{}.charter.toml", plan.id);
        let rules = json!({
            "version": 1, "name": plan.market, "purpose": plan.purpose, "languages": plan.languages,
            "instruments": plan.instruments,
        });
        let text = as_toml(&rules);
        fs::write(place.join(&charter), text).unwrap();
        let mut init = sponsor.command(&["init", "--genesis", "genesis.txt", "--charter", &charter]);
        for key in &keys {
            key["addresses"].as_array().unwrap().iter().for_each(|at| {
                init.args(["--other", at.as_str().unwrap()]);
            });
        }
        run(&mut init).items();
        sponsor.start();
    }
    sponsors
}

/// A loopback address that no other test uses, for as long as the listener lives: so nodes can name their ports before
/// they run, as real ones do, and come back to them.
fn claim() -> (TcpListener, String) {
    let pid = std::process::id().to_be_bytes();
    for tries in 1..=u8::MAX {
        let address = format!("127.{tries}.{}.{}", pid[2], pid[3].max(1));
        if let Ok(listener) = TcpListener::bind((address.as_str(), 4400)) {
            return (listener, address);
        }
    }
    panic!("no loopback address is free");
}
