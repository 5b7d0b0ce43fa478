//! Why nothing fits yet: which limit blocked how many adverts, for the firm whose need it is.

use super::Report;
use alloc::vec::Vec;
use protocol::dialogue::Field;
use serde::{Deserialize, Serialize};

/// A limit and how many adverts fail on it; one that fails on two limits counts for both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocked {
    /// About what.
    pub field: Field,
    /// How many adverts.
    pub adverts: u32,
    /// How many of them fail on nothing else.
    pub alone: u32,
}

/// What became of the adverts that one own item could have matched.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmet {
    /// Adverts of the other side and of a kind that could serve.
    pub compared: u32,
    /// Which limits blocked how many, the one that blocks most first.
    pub blocked: Vec<Blocked>,
    /// How many violate no limit, but speak of other work or leave too much open.
    pub other_work: u32,
}

impl Unmet {
    /// Counts one more advert.
    pub fn count(&mut self, report: &Report) {
        self.compared += 1;
        let mut gaps: Vec<Field> = report.gaps().filter(|field| *field != Field::Process).collect();
        gaps.dedup();
        if report.fits && !report.is_match() {
            self.other_work += 1;
        } else if !report.fits && gaps.is_empty() {
            // Money has no line in a report.
            gaps.push(Field::Value);
        }
        for field in &gaps {
            let alone = u32::from(gaps.len() == 1);
            match self.blocked.iter_mut().find(|blocked| blocked.field == *field) {
                Some(blocked) => {
                    blocked.adverts += 1;
                    blocked.alone += alone;
                }
                None => self.blocked.push(Blocked { field: *field, adverts: 1, alone }),
            }
        }
        self.blocked.sort_by_key(|blocked| (core::cmp::Reverse(blocked.adverts), blocked.field));
    }
}
