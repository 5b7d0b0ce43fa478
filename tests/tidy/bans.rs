//! Words that a pure room does not say outside its tests. Clippy bans most of them too (each room's `.clippy.toml`); this reads
//! what clippy was not asked about, and says the same in the ordinary test run.

use crate::house::{File, PURE, files, top};
use crate::nothing_in;

/// What is banned, and what to do instead.
const BANNED: [(&str, &str); 12] = [
    ("SystemTime", "time is an argument"),
    ("Instant::now", "time is an argument"),
    ("HashMap", "its order is random; use BTreeMap"),
    ("HashSet", "its order is random; use BTreeSet"),
    ("getrandom", "chance is an argument"),
    ("thread_rng", "chance is an argument"),
    ("OsRng", "chance is an argument"),
    ("std::fs", "files are the driver's"),
    ("std::net", "sockets are the driver's"),
    ("std::env", "settings are arguments"),
    ("println!", "say it in a note or an error"),
    ("unsafe ", "memory safety is not ours to argue about"),
];

/// What stops a node on a path that nobody thought of. Needs an `// INVARIANT:` on the line or the line before.
const STOPS: [&str; 5] = [".unwrap()", ".expect(", "panic!(", "unreachable!(", "assert!("];

fn code_of_pure_rooms() -> impl Iterator<Item = (&'static File, usize, &'static str)> {
    files().iter().filter(|file| file.is_rust() && file.pure_room().is_some()).flat_map(|file| {
        file.code().filter(|(_, line)| !line.trim_start().starts_with("//")).map(move |(at, line)| (file, at, line))
    })
}

#[test]
fn pure_rooms_read_no_clock_draw_no_chance_and_keep_their_order() {
    let found = code_of_pure_rooms().flat_map(|(file, at, line)| {
        let said = BANNED.iter().filter(move |(word, _)| line.contains(word));
        said.map(move |(word, instead)| format!("{}:{at} says `{}`: {instead}", file.path, word.trim()))
    });
    nothing_in(found.collect());
}

#[test]
fn pure_rooms_never_stop_without_saying_why_they_cannot() {
    let excused = |file: &File, at: usize| {
        let lines: Vec<&str> = file.text.lines().collect();
        lines[at.saturating_sub(3)..at].iter().any(|line| line.contains("// INVARIANT:"))
    };
    let stops = code_of_pure_rooms().filter(|(file, at, line)| {
        STOPS.iter().any(|stop| line.contains(stop)) && !line.contains("const _") && !excused(file, *at)
    });
    let sentence = |(file, at, line): (&File, usize, &str)| {
        format!("{}:{at} may stop the node: `{}`; return a refusal, or say `// INVARIANT:`", file.path, line.trim())
    };
    nothing_in(stops.map(sentence).collect());
}

#[test]
fn every_pure_room_is_without_std_and_has_its_bans_for_clippy() {
    let mut findings = Vec::new();
    for room in PURE {
        let lib = files().iter().find(|file| file.path == format!("{room}/src/lib.rs"));
        let lib = lib.map_or("", |file| file.text.as_str());
        for attribute in ["#![no_std]", "#![forbid(unsafe_code)]", "clippy::unwrap_used"] {
            if !lib.contains(attribute) {
                findings.push(format!("{room}/src/lib.rs does not say {attribute}"));
            }
        }
        let bans = std::fs::read_to_string(top().join(room).join(".clippy.toml")).unwrap_or_default();
        for banned in
            ["std::time::SystemTime::now", "std::time::Instant::now", "std::collections::HashMap", "getrandom::fill"]
        {
            if !bans.contains(banned) {
                findings.push(format!("{room}/.clippy.toml does not ban {banned}"));
            }
        }
    }
    nothing_in(findings);
}
