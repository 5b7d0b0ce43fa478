//! Nothing is lying about.

use crate::house::{File, files, paths, top};
use crate::nothing_in;
use std::collections::BTreeSet;

/// What may stand at the top.
const TOP: [&str; 15] = [
    ".ci",
    ".gitattributes",
    ".gitignore",
    ".rustfmt.toml",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "bootstrap",
    "node",
    "protocol",
    "simulations",
    "tests",
    "ui",
];

/// Lines of a file that is still read whole.
const LINES_MAX: usize = 600;

#[test]
fn the_top_of_the_house_holds_what_the_floor_plan_names() {
    let found: BTreeSet<String> = paths().iter().filter_map(|path| path.split('/').next().map(str::to_owned)).collect();
    let unknown = found.iter().filter(|name| !TOP.contains(&name.as_str()));
    nothing_in(
        unknown.map(|name| format!("{name} stands at the top; put it into the room that it belongs to")).collect(),
    );
}

#[test]
fn every_file_of_code_can_be_read_whole() {
    let code = files().iter().filter(|file| [".rs", ".css", ".js"].iter().any(|end| file.path.ends_with(end)));
    let long = code.filter(|file| file.text.lines().count() > LINES_MAX);
    nothing_in(
        long.map(|file| format!("{} has more than {LINES_MAX} lines; split it by what it decides", file.path))
            .collect(),
    );
}

#[test]
fn every_dependency_has_a_reason_and_one_place_for_its_version() {
    let root = std::fs::read_to_string(top().join("Cargo.toml")).unwrap_or_default();
    let mut section = "";
    let mut findings = Vec::new();
    for line in root.lines() {
        if line.starts_with('[') {
            section = line;
        }
        let ours = line.contains("path = ");
        if section == "[workspace.dependencies]" && line.contains(" = ") && !ours && !line.contains(" # ") {
            findings.push(format!("Cargo.toml: `{line}` does not say why it is here"));
        }
    }
    for file in
        files().iter().filter(|file| file.path.ends_with("/Cargo.toml") && !file.path.starts_with("tests/peers/"))
    {
        let mut depends = false;
        for line in file.text.lines() {
            if line.starts_with('[') {
                depends = line.contains("dependencies");
            } else if depends && line.contains('=') && !line.contains("workspace = true") {
                findings.push(format!("{}: `{line}` names its own version; take it from the workspace", file.path));
            }
        }
    }
    nothing_in(findings);
}

#[test]
fn no_unfinished_work_and_no_place_of_one_computer_is_left_behind() {
    // Written in two halves, so that this file does not find itself.
    let words = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X"),
        concat!("todo", "!("),
        concat!("unimplemented", "!("),
    ];
    let here = format!("{}/", top().display());
    let mut findings = Vec::new();
    for file in files().iter().filter(|file| file.path != "Cargo.lock") {
        for (at, line) in file.text.lines().enumerate() {
            let said = words.iter().filter(|word| as_a_word(line, word));
            findings.extend(said.map(|word| format!("{}:{} says {word}; finish it or take it out", file.path, at + 1)));
            if line.contains(&here) && here.len() > 4 {
                findings.push(format!("{}:{} names this very computer's {here}", file.path, at + 1));
            }
        }
    }
    nothing_in(findings);
}

#[test]
fn every_module_says_what_it_is_for() {
    let silent = |file: &&File| {
        let first = file.text.lines().find(|line| !line.trim().is_empty());
        file.is_rust() && !file.path.ends_with("/tests.rs") && !first.is_some_and(|line| line.starts_with("//!"))
    };
    let modules = files().iter().filter(silent);
    nothing_in(modules.map(|file| format!("{} does not begin by saying what it is for (`//!`)", file.path)).collect());
}

fn as_a_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !joins(before) && (word.ends_with('(') || !joins(after))
    })
}
