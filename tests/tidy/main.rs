//! Whether the house is as its plan says: who may use whom, what pure rooms may not touch, that every rule of the protocol is
//! kept by code and watched by a test, and that nothing is lying about.
//!
//! - `arrows`: DESIGN's arrows between rooms, and what must not reach a pure room through a dependency.
//! - `bans`: words of code that bring clocks, chance, random order or a crash into a pure room.
//! - `rules`: the numbers of rules in SPEC.md and in module heads against those that code and tests cite.
//! - `order`: sizes of files, the top of the house, a reason for every dependency, unfinished work.
//!
//! Each test collects everything it finds, and says where and what to do. It reads what git knows of or would add.

mod arrows;
mod bans;
mod house;
mod order;
mod rules;

/// Fails with one sentence for each finding.
fn nothing_in(findings: Vec<String>) {
    assert!(findings.is_empty(), "{} to put right:\n  {}", findings.len(), findings.join("\n  "));
}
