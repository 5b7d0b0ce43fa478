//! A sponsor in this process, and firms' data folders that the built program works on.

use bootstrap::{Setup, Signing, SponsorNode, config::Config, folder::Folder, found_network};
use ed25519_dalek::SigningKey;
use node::{driver::Clock, keystore::NodeKeys};
use protocol::{
    charter::Charter,
    genesis::{Founder, Genesis, NetworkKind, PassScheme},
    id::SponsorKey,
    text::{Name, ShortText},
    time::DAY_MS,
    vocabulary::{Instrument, Language},
};
use serde_json::Value;
use std::{
    fs,
    io::{BufRead, BufReader, Read},
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    process::{Child, ChildStdout, Command, Output, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// Long enough for a loaded machine; a test that works never waits this long.
pub(crate) const PATIENCE: Duration = Duration::from_secs(90);

/// A sponsor that convenes a demonstration on this computer, alone or with another one.
pub(crate) struct Sponsor {
    runtime: Runtime,
    node: Option<SponsorNode>,
    back_ms: Arc<AtomicU64>,
    _place: TempDir,
}

impl Sponsor {
    pub(crate) fn start() -> Sponsor {
        let [sponsor] = Sponsor::start_together(["Valley Association"]);
        sponsor
    }

    pub(crate) fn start_together<const N: usize>(names: [&str; N]) -> [Sponsor; N] {
        let founders = names.map(|text| (NodeKeys::generate().unwrap(), name(text)));
        let listed = founders.each_ref().map(|(keys, name)| Founder { key: sponsor_key(keys), name: name.clone() });
        let genesis =
            found_network(name("Valley"), NetworkKind::Demonstration, PassScheme::Plain, None, &listed).unwrap();
        founders.map(|(keys, _)| Sponsor::convene(keys, &genesis))
    }

    fn convene(keys: NodeKeys, genesis: &Genesis) -> Sponsor {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let place = tempfile::tempdir().unwrap();
        let charter = Charter {
            network: genesis.id(),
            sponsor: sponsor_key(&keys),
            version: 1,
            name: name("Valley market"),
            languages: vec![Language::English],
            instruments: vec![Instrument::CapacityRental],
            purpose: ShortText::new("For tests.").unwrap(),
        };
        let data = place.path().join("sponsor");
        Folder::at(&data).lay_out(&keys.journal).unwrap();
        let config = Config::new(&["/ip4/127.0.0.1/tcp/0".to_string()], &[], &[]).unwrap();
        let back_ms = Arc::<AtomicU64>::default();
        let (system, back) = (Clock::system(), back_ms.clone());
        let clock = Clock::with_wall(move || {
            let mut wall = system.now().wall;
            wall.0 -= back.load(Ordering::SeqCst);
            wall
        });
        let (genesis, census, signing) = (genesis.clone(), Vec::new(), Signing::Within);
        let setup = Setup { data, keys, genesis, charter, census, config, signing, clock };
        let node = runtime.block_on(SponsorNode::start(setup)).unwrap();
        Sponsor { runtime, node: Some(node), back_ms, _place: place }
    }

    /// From now on the sponsor's calendar is so many days behind.
    pub(crate) fn live_days_ago(&self, days: u64) {
        self.back_ms.store(days * DAY_MS, Ordering::SeqCst);
    }

    pub(crate) fn invitation(&self) -> String {
        let desk = self.node.as_ref().expect("the sponsor has not left").desk();
        self.runtime.block_on(desk.invite(14, 1)).unwrap()[0].text.0.clone()
    }

    pub(crate) fn dismiss(&self, member: u32) {
        let desk = self.node.as_ref().expect("the sponsor has not left").desk();
        self.runtime.block_on(desk.dismiss(member)).unwrap();
    }

    pub(crate) fn leave(&mut self) {
        if let Some(node) = self.node.take() {
            self.runtime.block_on(node.stop()).unwrap();
        }
    }
}

fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

fn sponsor_key(keys: &NodeKeys) -> SponsorKey {
    SponsorKey::of(&SigningKey::from_bytes(keys.operating.expose()))
}

/// A data folder and the secrets of its firm.
pub(crate) struct Place {
    folder: TempDir,
}

/// What the program printed, and its exit code.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Place {
    pub(crate) fn new() -> Place {
        let place = Place { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(place.data()).unwrap();
        place.secret("passphrase", "correct horse");
        place.secret("asha", "asha's own");
        let config = format!(
            "kind = \"demonstration\"\nlisten = [\"/ip4/127.0.0.1/tcp/0\", \"/ip4/127.0.0.1/udp/0/quic-v1\"]\n\
             [desk]\nlisten = \"127.0.0.1:0\"\n[passphrase]\nfrom = \"file\"\npath = {:?}\n",
            place.path("passphrase")
        );
        place.configure(&config);
        place
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.path("data")
    }

    pub(crate) fn configure(&self, text: &str) {
        fs::write(self.data().join("cosolvent.toml"), text).unwrap();
    }

    pub(crate) fn secret(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, format!("{text}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        path
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cosolvent"));
        command.arg("--data").arg(self.data()).args(arguments).stdin(Stdio::null());
        command
    }

    /// Runs the program to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        let Output { status, stdout, stderr } = self.command(arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Said { code: status.code().unwrap_or(-1), out: text(stdout), err: text(stderr) }
    }

    /// The items that a command prints, which must succeed.
    pub(crate) fn items(&self, arguments: &[&str]) -> Vec<Value> {
        let said = self.run(&[&["--json"], arguments].concat());
        assert_eq!(said.code, 0, "{arguments:?}: {said:?}");
        let Value::Array(items) = said.json()["items"].clone() else { panic!("{said:?}") };
        items
    }

    /// Waits until a command prints items that are as wanted.
    pub(crate) fn until<T>(&self, arguments: &[&str], wanted: impl Fn(&[Value]) -> Option<T>) -> T {
        let start = Instant::now();
        loop {
            let items = self.items(arguments);
            if let Some(found) = wanted(&items) {
                return found;
            }
            assert!(start.elapsed() < PATIENCE, "{arguments:?} still shows {items:?}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    pub(crate) fn init(&self, invitation: &str) -> Said {
        self.init_as("Mill Lane Machining", invitation)
    }

    /// Moves the recovery sheet out of the data folder and shows that somebody holds it.
    pub(crate) fn take_sheet_away(&self) -> String {
        let safe = self.path("safe");
        fs::rename(self.data().join("recovery-sheet.txt"), &safe).unwrap();
        let safe = safe.to_str().unwrap().to_string();
        self.items(&["keys", "sheet", &safe, "--check"]);
        safe
    }

    pub(crate) fn init_as(&self, name: &str, invitation: &str) -> Said {
        self.set_up(&["init"], name, invitation)
    }

    /// Goes on here with the firm of a recovery sheet.
    pub(crate) fn recover(&self, sheet: &str, invitation: &str) -> Said {
        self.set_up(&["keys", "recover", "--sheet", sheet], "Mill Lane Machining", invitation)
    }

    fn set_up(&self, verb: &[&str], name: &str, invitation: &str) -> Said {
        let password = format!("asha={}", self.path("asha").display());
        let contact = ["--street", "1 Mill Lane", "--mail", "office@firm.example", "--phone", "555 0100"];
        let person = ["--contact", "A. Rao", "--person", "asha:Asha Rao:owner,approver,signer,expert"];
        let rest = ["--password-file", &password, "--invitation", invitation];
        self.run(&[&["--json"], verb, &["--name", name][..], &contact, &person, &rest].concat())
    }

    /// Starts the node and waits until it says that it runs.
    pub(crate) fn start(&self) -> Node {
        let mut child = self.command(&["--json", "run"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let told: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("the node said {line:?}"));
        Node { child, out, told: told["items"][0].clone() }
    }

    /// Approves the question for which `asha` may decide.
    pub(crate) fn approve(&self, approval: &str) -> Said {
        let file = self.path("asha");
        let file = file.to_str().unwrap();
        self.run(&["--json", "approval", "approve", approval, "--as", "asha", "--password-file", file])
    }
}

impl Said {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    /// The code of the error, which is the last line after the log and must have a sentence.
    pub(crate) fn error(&self) -> String {
        let last = self.err.lines().last().unwrap_or_default();
        let error: Value = serde_json::from_str(last).unwrap_or_else(|_| panic!("no JSON error: {self:?}"));
        assert!(!error["error"]["message"].as_str().unwrap().is_empty(), "{self:?}");
        error["error"]["code"].as_str().unwrap().to_string()
    }
}

/// A node that runs in a process of its own.
pub(crate) struct Node {
    child: Child,
    out: BufReader<ChildStdout>,
    pub(crate) told: Value,
}

impl Node {
    /// Tells it to stop, as systemd does, and gives its exit code.
    pub(crate) fn stop(mut self) -> Option<i32> {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        let code = self.child.wait().unwrap().code();
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "", "standard output holds answers only");
        code
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // One that has ended is ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
