//! The head of every journal record: one durable fact, as `{version, kind, data}`.

use serde::{Deserialize, Serialize};

/// What a journal can hold.
pub trait Durable {
    /// The version in which it is written today. Every later program reads it.
    const VERSION: u16;
}

/// One durable fact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record<E> {
    /// Of the shape of `data`.
    pub version: u16,
    /// What happened; gives `kind` and `data`.
    #[serde(flatten)]
    pub event: E,
}

impl<E: Durable> Record<E> {
    /// A record of today's version.
    pub fn new(event: E) -> Record<E> {
        Record { version: E::VERSION, event }
    }
}
