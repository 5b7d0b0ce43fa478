//! The program as staff use it: two sponsors found a network from their terminals, one runs, invites and looks.

use serde_json::Value;
use std::{
    fs,
    io::{BufRead, BufReader},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};
use tempfile::TempDir;

const CHARTER: &str = "version = 1\nname = \"Test market\"\npurpose = \"For tests.\"\nlanguages = [\"en\", \"fr\"]\n\
                       instruments = [\"capacity-rental\"]\n";

/// The terminals of some sponsors, each with its own data folder and passphrase.
struct Terminals {
    place: TempDir,
}

impl Terminals {
    fn new() -> Terminals {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("charter.toml"), CHARTER).unwrap();
        let terminals = Terminals { place };
        for (file, words) in [("passphrase", "correct horse\n"), ("wrong", "battery staple\n")] {
            fs::write(terminals.path(file), words).unwrap();
            fs::set_permissions(terminals.path(file), fs::Permissions::from_mode(0o600)).unwrap();
        }
        terminals
    }

    fn path(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cosolvent-sponsor"));
        command.args(words).arg("--json").current_dir(self.place.path()).stdin(Stdio::null());
        command
    }

    /// Runs a command on one sponsor's folder.
    fn at(&self, data: &str, words: &[&str]) -> Output {
        self.command(&[words, &["--data", data, "--passphrase-file", "passphrase"]].concat()).output().unwrap()
    }

    fn items(&self, data: &str, words: &[&str]) -> Vec<Value> {
        items(&self.at(data, words))
    }

    /// Two sponsors with keys, one genesis, both set up.
    fn found_by_two(&self) -> Value {
        let keys: Vec<Value> = ["a", "b"]
            .map(|data| {
                let listen = ["key", "--listen", "/ip4/127.0.0.1/tcp/0", "--announce", "/ip4/127.0.0.1/tcp/4471"];
                self.items(data, &listen).remove(0)
            })
            .to_vec();
        let founders = keys.iter().zip(["Alpha", "Beta"]);
        let founders: Vec<String> =
            founders.map(|(key, name)| format!("{}={name}", key["sponsor"].as_str().unwrap())).collect();
        let found = ["genesis", "--network", "Test network", "--kind", "demonstration", "--out", "genesis.txt"];
        let words = [&found[..], &["--founder", &founders[0], "--founder", &founders[1]]].concat();
        let genesis = items(&self.command(&words).output().unwrap()).remove(0);
        for data in ["a", "b"] {
            let init = ["init", "--genesis", "genesis.txt", "--charter", "charter.toml"];
            assert_eq!(self.items(data, &init)[0]["network"], genesis["network"]);
        }
        genesis
    }

    fn run(&self, data: &str) -> Running {
        let words = ["run", "--data", data, "--passphrase-file", "passphrase"];
        let mut child = self.command(&words).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Running { child, said: serde_json::from_str(&line).unwrap() }
    }
}

/// A sponsor's process; it ends with the test.
struct Running {
    child: Child,
    said: Value,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn items(output: &Output) -> Vec<Value> {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    answer["items"].as_array().unwrap().clone()
}

fn error(output: &Output) -> (i32, Value) {
    let last = String::from_utf8_lossy(&output.stderr);
    let told: Value = serde_json::from_str(last.lines().last().unwrap()).unwrap();
    (output.status.code().unwrap(), told["error"].clone())
}

#[test]
fn two_sponsors_found_a_network_and_one_runs_invites_and_looks() {
    let terminals = Terminals::new();
    let genesis = terminals.found_by_two();
    let quiet = terminals.items("a", &["invite", "--days", "7"]);
    assert!(quiet[0]["invitation"].as_str().unwrap().starts_with("cosolvent-invitation-1-"), "without a running node");

    let running = terminals.run("a");
    assert_eq!(running.said["items"][0]["network"], genesis["network"]);
    let mode = fs::metadata(terminals.path("a/control.sock")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    // The passphrase is not needed any more: the socket answers whoever owns the folder.
    let invited = terminals.command(&["invite", "--count", "2", "--data", "a"]).output().unwrap();
    assert_eq!(items(&invited).len(), 2);
    let status = terminals.items("a", &["status"]);
    assert_eq!((&status[0]["members"], &status[0]["invitations_open"]), (&0.into(), &3.into()));
    assert_eq!(terminals.items("a", &["members"]), Vec::<Value>::new());
    assert_eq!(terminals.items("a", &["invitations"]).len(), 3);

    let (exit, told) = error(&terminals.at("a", &["run"]));
    assert_eq!(exit, 1);
    assert!(told["message"].as_str().unwrap().contains("another"), "{told}");
    let (exit, told) = error(&terminals.at("a", &["invite", "--days", "91"]));
    assert_eq!(exit, 1);
    assert!(told["remedy"].as_str().unwrap().contains("90 days"), "{told}");
    drop(running);
    assert_eq!(terminals.items("a", &["invitations"]).len(), 3, "killed, and nothing is lost");
}

#[test]
fn what_is_missing_or_wrong_is_said_with_what_to_do() {
    let terminals = Terminals::new();
    let (exit, told) = error(&terminals.at("nowhere", &["status"]));
    assert_eq!(exit, 1);
    assert!(told["remedy"].as_str().unwrap().contains("cosolvent-sponsor init"), "{told}");
    assert!(!Path::new(&terminals.path("nowhere")).exists(), "looking makes nothing");

    terminals.found_by_two();
    let wrong = terminals.command(&["status", "--data", "a", "--passphrase-file", "wrong"]).output().unwrap();
    let (exit, told) = error(&wrong);
    assert_eq!(exit, 1);
    assert!(told["message"].as_str().unwrap().contains("passphrase is wrong"), "{told}");
    let nobody = terminals.command(&["status", "--data", "a"]).output().unwrap();
    assert_eq!(error(&nobody).0, 3, "a person is needed");
    assert_eq!(terminals.command(&["invite"]).output().unwrap().status.code(), Some(2), "usage");

    fs::write(terminals.path("a/sponsor.toml"), "listen = []\nlisten_to = []\n").unwrap();
    let (exit, told) = error(&terminals.at("a", &["run"]));
    assert_eq!(exit, 1);
    assert!(told["message"].as_str().unwrap().contains("listen_to"), "{told}");
    let again = terminals.at("b", &["init", "--genesis", "genesis.txt", "--charter", "charter.toml"]);
    assert!(error(&again).1["message"].as_str().unwrap().contains("already"));
}
