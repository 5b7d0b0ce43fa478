//! The audit as it stands.

use super::{Event, Row};
use alloc::vec::Vec;
use protocol::id::Hash;
use serde::{Deserialize, Serialize};

/// A row with its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chained {
    /// Which row of the chain this is, from 1.
    pub number: u64,
    /// What left.
    #[serde(flatten)]
    pub row: Row,
    /// Hash of the row before; zeros before the first.
    pub before: Hash,
    /// Hash over `before`, number and row (`AUD-2`).
    pub hash: Hash,
}

impl Chained {
    fn new(number: u64, before: Hash, row: Row) -> Chained {
        let hash = link(number, &before, &row);
        Chained { number, row, before, hash }
    }

    /// Whether its hash is what number, row and the hash before give.
    pub fn is_sound(&self) -> bool {
        self.hash == link(self.number, &self.before, &self.row) && (self.number != 1 || self.before == ZEROS)
    }

    /// Whether this row stands right behind that one.
    pub fn follows(&self, earlier: &Chained) -> bool {
        self.number == earlier.number.saturating_add(1) && self.before == earlier.hash
    }
}

const ZEROS: Hash = Hash([0; 32]);

fn link(number: u64, before: &Hash, row: &Row) -> Hash {
    let mut bytes = before.0.to_vec();
    bytes.extend(number.to_be_bytes());
    bytes.extend(minicbor_serde::to_vec(row).unwrap_or_default());
    Hash::of_bytes("cosolvent/audit/1", &bytes)
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
                    let (number, before) = self.rows.last().map_or((0, ZEROS), |last| (last.number, last.hash));
                    self.rows.push(Chained::new(number.saturating_add(1), before, row.clone()));
                }
            }
        }
    }

    /// All rows, oldest first.
    pub fn rows(&self) -> &[Chained] {
        &self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::PersonId;
    use protocol::dialogue::{Field, Step};
    use protocol::id::{ApprovalId, Hash};
    use protocol::time::UnixMs;

    fn audit() -> Audit {
        let row = |at| Row {
            at: UnixMs(at),
            step: Step::Interest,
            deal: None,
            field: Field::Hours,
            question: None,
            bytes: 3,
            approval: ApprovalId([at as u8; 16]),
            by: "bert".parse::<PersonId>().unwrap(),
            for_whom: None,
            standing: None,
            rule: Some(2),
            policy_version: 1,
            told_by: Some(4),
            policy: None,
            packs: (at > 2).then_some(Hash([7; 32])),
        };
        let mut audit = Audit::default();
        audit.apply(&Event::Left((1..=4).map(row).collect()));
        audit
    }

    #[test]
    fn a_row_that_was_changed_moved_or_left_out_breaks_the_chain() {
        let rows = audit().rows;
        assert!(rows.iter().all(Chained::is_sound));
        assert!(rows.windows(2).all(|two| two[1].follows(&two[0])));
        let mut changed = rows[1].clone();
        changed.row.bytes += 1;
        assert!(!changed.is_sound(), "changed");
        let again = Chained::new(changed.number, changed.before, changed.row);
        assert!(again.is_sound() && !rows[2].follows(&again), "changed, with a new hash");
        assert!(!rows[3].follows(&rows[1]), "left out");
        let renumbered = Chained { number: 3, ..rows[3].clone() };
        assert!(!renumbered.is_sound(), "renumbered");
        let first = Chained::new(1, rows[1].before, rows[1].row.clone());
        assert!(!first.is_sound(), "a beginning that has something before it");
    }

    #[test]
    fn a_row_reads_the_same_from_the_text_that_a_person_keeps() {
        for row in audit().rows {
            let text = serde_json::to_string(&row).unwrap();
            let read: Chained = serde_json::from_str(&text).unwrap();
            assert!(read == row && read.is_sound(), "{text}");
        }
    }
}
