//! Why a scenario is refused: which entry is wrong, and what would be right.

use crate::story::StoryError;
use std::path::PathBuf;

/// Why a scenario was refused.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// A file that cannot be read.
    #[error("{file} could not be read: {why}", file = .file.display())]
    NoFile {
        /// Which.
        file: PathBuf,
        /// Why.
        why: std::io::Error,
    },
    /// Not TOML of this shape.
    #[error("the scenario could not be read: {0}")]
    Unreadable(#[from] toml::de::Error),
    /// The story is refused.
    #[error("{path}: {why}", path = .path.display())]
    Story {
        /// Which file.
        path: PathBuf,
        /// Why.
        why: StoryError,
    },
    /// Nothing or two things to play.
    #[error("a scenario plays either a `story` or a `[region]`: name exactly one")]
    What,
    /// A number is out of range.
    #[error("{key} = {value} is out of range: {range}")]
    Range {
        /// Which key.
        key: &'static str,
        /// What stands there.
        value: String,
        /// What may stand there.
        range: &'static str,
    },
    /// A name that no party has.
    #[error("[[{table}]] names {name:?}, but the story has no such party")]
    Nobody {
        /// Which table.
        table: &'static str,
        /// The name.
        name: String,
    },
    /// Not exactly one moment.
    #[error(
        "[[crash]] of {node:?} needs exactly one of before_commit, after_commit and at_ms, and effects only with after_commit"
    )]
    Moment {
        /// Whose crash.
        node: String,
    },
    /// A span that ends before it begins.
    #[error("[[{table}]] ends at {to_ms} ms, which is not after its start at {from_ms} ms")]
    Span {
        /// Which table.
        table: &'static str,
        /// Its start.
        from_ms: u64,
        /// Its end.
        to_ms: u64,
    },
}
