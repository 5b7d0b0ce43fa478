//! Matching over cases: what it promises whatever they say, and what it finds among the public ones in `tests/matching`.

mod benchmark;
mod conditions;
mod hostile;
mod limits;
mod packs;
mod promises;
mod questions;
mod score;
mod set;
mod trades;

use serde_json::Value;
use std::{fs, path::PathBuf};

/// A file of the set; of another one in its format if `COSOLVENT_BENCHMARK` names its folder.
fn stored(name: &str) -> String {
    let given = std::env::var_os("COSOLVENT_BENCHMARK").map(PathBuf::from);
    let folder = given.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/matching"));
    let path = folder.join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("reading {}: {error}", path.display()))
}

fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row[field].as_str().unwrap_or_default()
}
