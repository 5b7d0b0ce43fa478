//! Who may use whom.

use crate::house::top;
use crate::nothing_in;
use cargo_metadata::{Metadata, MetadataCommand, Package};
use std::{collections::BTreeSet, process::Command};

/// The arrows of the floor plan. A room may also use what the rooms that it uses stand on: what lies behind an arrow is part of
/// what it shows. `tests` may use all.
const ARROWS: [(&str, &[&str]); 12] = [
    ("protocol", &[]),
    ("machine", &[]),
    ("matching", &[]),
    ("calendar", &[]),
    ("firm", &["machine", "matching", "calendar", "protocol"]),
    ("written", &["firm", "protocol"]),
    ("sponsor", &["machine", "protocol"]),
    ("ui", &["firm", "sponsor", "protocol"]),
    ("node", &["machine", "firm", "protocol"]),
    ("bootstrap", &["sponsor", "node", "ui"]),
    ("simulations", &["machine", "firm", "written", "sponsor", "protocol", "ui"]),
    ("cosolvent", &["matching", "node", "written", "bootstrap", "ui", "simulations"]),
];

/// What must not reach a pure room: runtimes, sockets, files, chance of the operating system.
const IMPURE: [&str; 10] =
    ["tokio", "libp2p", "redb", "axum", "getrandom", "rand", "rustix", "mio", "tempfile", "async-std"];

/// Links chance that it is never given here: the rooms' `.clippy.toml` bans each way to it (decision 0016).
const BEHIND_A_BAN: &str = "blind-rsa-signatures";

fn workspace() -> Metadata {
    MetadataCommand::new().manifest_path(top().join("Cargo.toml")).no_deps().exec().expect("cargo metadata")
}

fn behind(room: &str) -> BTreeSet<&'static str> {
    let direct = ARROWS.iter().find(|(from, _)| *from == room).map_or(&[][..], |(_, to)| to);
    direct.iter().flat_map(|to| behind(to).into_iter().chain([*to])).collect()
}

#[test]
fn rooms_use_only_the_rooms_that_the_plan_lets_them_use() {
    let workspace = workspace();
    let packages = workspace.workspace_packages();
    let rooms: BTreeSet<&str> = packages.iter().map(|package| package.name.as_str()).collect();
    let planned = |room: &&str| *room == "tests" || ARROWS.iter().any(|(from, _)| from == room);
    let unplanned = rooms.iter().filter(|room| !planned(room));
    let mut findings: Vec<String> =
        unplanned.map(|room| format!("{room} is not on the floor plan of this test")).collect();
    for package in packages.iter().filter(|package| package.name.as_str() != "tests") {
        findings.extend(used_against_the_plan(package, &rooms));
    }
    nothing_in(findings);
}

fn used_against_the_plan(package: &Package, rooms: &BTreeSet<&str>) -> Vec<String> {
    let allowed = behind(package.name.as_str());
    let used = package.dependencies.iter().map(|dependency| dependency.name.as_str());
    let wrong = used.filter(|name| rooms.contains(name) && !allowed.contains(name));
    wrong
        .map(|name| format!("{} uses {name}, and no arrow leads there; move the code or the plan", package.name))
        .collect()
}

/// What a room links.
fn linked(room: &str, further: &[&str]) -> BTreeSet<String> {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--package", room, "--edges", "normal", "--prefix", "none", "--format", "{p}"])
        .args(further)
        .current_dir(top())
        .output()
        .expect("cargo tree");
    assert!(tree.status.success(), "cargo tree: {}", String::from_utf8_lossy(&tree.stderr));
    let tree = String::from_utf8_lossy(&tree.stdout).into_owned();
    tree.lines().filter_map(|line| line.split(' ').next()).map(str::to_string).collect()
}

#[test]
fn nothing_impure_reaches_a_pure_room_through_its_dependencies() {
    let mut findings = Vec::new();
    for room in ["protocol", "machine", "matching", "calendar", "firm", "sponsor"] {
        let mut linked = linked(room, &[]);
        if linked.contains(BEHIND_A_BAN) {
            linked = self::linked(room, &["--prune", BEHIND_A_BAN]);
        }
        assert!(linked.contains(room), "cargo tree lists the room itself");
        let impure = linked.iter().filter(|name| IMPURE.contains(&name.as_str()) || name.starts_with("libp2p"));
        findings.extend(impure.map(|name| format!("{room} pulls in {name}; see `cargo tree -p {room} -i {name}`")));
    }
    nothing_in(findings);
}
