//! The audit as it stands.

use super::{Event, Row};
use alloc::vec::Vec;
use protocol::id::Hash;

/// A row with its place in the chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Chained {
    /// What left.
    pub row: Row,
    /// Hash of the row before and this one (`AUD-2`).
    pub hash: Hash,
}

/// All rows, oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Audit {
    rows: Vec<Chained>,
}

impl Audit {
    /// Takes in what happened.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Left(rows) => {
                for row in rows {
                    let hash = self.next(row);
                    self.rows.push(Chained { row: row.clone(), hash });
                }
            }
        }
    }

    /// All rows, oldest first.
    pub fn rows(&self) -> &[Chained] {
        &self.rows
    }

    /// Whether every hash is what its row and its predecessor give.
    pub fn verify(&self) -> bool {
        let mut again = Audit::default();
        let rows: Vec<Row> = self.rows.iter().map(|chained| chained.row.clone()).collect();
        again.apply(&Event::Left(rows));
        again == *self
    }

    fn next(&self, row: &Row) -> Hash {
        let mut bytes = self.rows.last().map_or([0; 32], |last| last.hash.0).to_vec();
        bytes.extend(minicbor_serde::to_vec(row).unwrap_or_default());
        Hash::of_bytes("cosolvent/audit/1", &bytes)
    }
}
