//! The two programs under test as processes: called, kept running, killed. None outlives its test.

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use std::{
    fs::{self, File, OpenOptions},
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

/// The firm's program.
pub(crate) const COSOLVENT: &str = env!("CARGO_BIN_EXE_cosolvent-under-test");
/// The sponsor's program.
pub(crate) const SPONSOR: &str = env!("CARGO_BIN_EXE_cosolvent-sponsor-under-test");
/// How long the direct way is tried in vain before words go into an envelope, and until that is noticed, in seconds (120 + 30).
pub(crate) const ENVELOPED_S: u64 = 150;
/// The slowest way that words may take, in seconds: gossip loses the envelope, and shelves are compared every ten minutes.
pub(crate) const REPAIRED_S: u64 = ENVELOPED_S + 600;
/// For people's hands, starts of programs, and a computer that has other things to do, in seconds.
pub(crate) const MARGIN_S: u64 = 60;
/// Nothing is measured by it; it only ends a run in which something never comes.
pub(crate) const PATIENCE: Duration = Duration::from_secs(REPAIRED_S + 2 * MARGIN_S);

/// What a program printed, and its exit code.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    /// The items of an answer.
    #[track_caller]
    pub(crate) fn items(&self) -> Vec<Value> {
        assert_eq!(self.code, 0, "{self:?}");
        let said: Value = serde_json::from_str(&self.out).unwrap_or_else(|_| panic!("no JSON: {self:?}"));
        said["items"].as_array().cloned().unwrap_or_else(|| panic!("no items: {self:?}"))
    }
}

impl Said {
    /// The code and the sentence of an error, which is the last thing said.
    #[track_caller]
    pub(crate) fn error(&self) -> (i32, String, String) {
        let last = self.err.lines().last().unwrap_or_default();
        let said: Value = serde_json::from_str(last).unwrap_or_else(|_| panic!("no JSON error: {self:?}"));
        let text =
            |field: &str| said["error"][field].as_str().unwrap_or_else(|| panic!("no {field}: {self:?}")).to_owned();
        assert!(!text("message").is_empty(), "{self:?}");
        (self.code, text("code"), format!("{}; {}", text("message"), text("remedy")))
    }
}

/// Runs a program to its end, which must come in time.
pub(crate) fn run(command: &mut Command) -> Said {
    let words = format!("{command:?}");
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let pid = child.id();
    let (done, ended) = mpsc::channel();
    thread::spawn(move || done.send(child.wait_with_output()));
    let Ok(output) = ended.recv_timeout(PATIENCE) else {
        send(pid, Signal::KILL);
        panic!("{words} did not end");
    };
    let output = output.unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Said { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

/// A program that runs until it is stopped or killed, at the latest with its test.
pub(crate) struct Running {
    child: Child,
    /// The first item that it printed.
    pub(crate) told: Value,
}

impl Running {
    /// Starts it and waits until it says that it runs. Its log goes to the end of a file.
    pub(crate) fn start(command: &mut Command, log: &Path) -> Running {
        let log_file = OpenOptions::new().create(true).append(true).open(log).unwrap();
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::from(log_file)).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut running = Running { child, told: Value::Null };
        let (said, first) = mpsc::channel();
        thread::spawn(move || {
            let mut line = String::new();
            // Whatever it is, the receiver judges it.
            let _ = out.read_line(&mut line);
            let _ = said.send(line);
            // The pipe stays open as long as the program may write into it.
            std::io::copy(&mut out, &mut std::io::sink())
        });
        let line = first.recv_timeout(PATIENCE).unwrap_or_default();
        let told: Result<Value, _> = serde_json::from_str(&line);
        let Ok(told) = told else {
            panic!("{command:?} said {line:?}; its log: {}", fs::read_to_string(log).unwrap_or_default())
        };
        running.told = told["items"][0].clone();
        running
    }

    /// `kill -9`: no chance to put anything in order.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// `kill`, as a service manager stops it; it must end well.
    pub(crate) fn stop(mut self) {
        send(self.child.id(), Signal::TERM);
        assert_eq!(self.ended().code(), Some(0));
    }

    /// The processes that it started and that run, by their numbers.
    pub(crate) fn children(&self) -> Vec<u32> {
        let names = fs::read_dir("/proc").unwrap().map(|entry| entry.unwrap().file_name());
        let numbers = names.filter_map(|name| name.to_str()?.parse().ok());
        numbers.filter(|pid| parent(*pid) == Some(self.child.id())).collect()
    }

    /// Waits until it has ended.
    pub(crate) fn ended(&mut self) -> ExitStatus {
        until("the program ends", || self.child.try_wait().unwrap())
    }

    /// Resident memory in KiB: all of it, and what is not mapped from the program's file.
    pub(crate) fn resident_kib(&self) -> [u64; 2] {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        ["VmRSS:", "RssAnon:"].map(|name| {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
            line.trim().trim_end_matches(" kB").parse().unwrap()
        })
    }

    /// Processor time used so far, in ticks of the kernel (10 ms).
    pub(crate) fn ticks(&self) -> u64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        let (_, after_name) = stat.rsplit_once(") ").unwrap();
        let fields: Vec<&str> = after_name.split(' ').collect();
        // User and system time are fields 14 and 15 of the line; the first two went with the name.
        fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended is ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits until a look finds what is wanted.
#[track_caller]
pub(crate) fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(start.elapsed() < PATIENCE, "in vain: {what}");
        thread::sleep(Duration::from_millis(50));
    }
}

/// Writes a file that only this user may read.
pub(crate) fn secret(path: &Path, text: &str) {
    use std::{io::Write, os::unix::fs::OpenOptionsExt};
    let mut file: File = OpenOptions::new().create(true).write(true).truncate(true).mode(0o600).open(path).unwrap();
    writeln!(file, "{text}").unwrap();
}

/// The parent of a process that runs; none of one that has ended.
pub(crate) fn parent(pid: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // State and parent follow the name, which may hold anything but another such bracket.
    let (_, after_name) = stat.rsplit_once(") ")?;
    let mut fields = after_name.split(' ');
    fields.next().filter(|state| *state != "Z")?;
    fields.next()?.parse().ok()
}

/// Sends a signal to a process, which must be there.
pub(crate) fn send(pid: u32, signal: Signal) {
    let pid = Pid::from_raw(i32::try_from(pid).unwrap()).unwrap();
    kill_process(pid, signal).unwrap();
}

/// A flat JSON object as TOML: the two write texts, numbers, truth and lists of these alike.
pub(crate) fn as_toml(object: &Value) -> String {
    let fields = object.as_object().unwrap().iter().filter(|(_, value)| !value.is_null());
    fields.map(|(name, value)| format!("{name} = {value}\n")).collect()
}
