//! How many hours the policy's caps still let an item have, beside what its calendar offers (`AVL-6`).

use super::NotThere;
use crate::policy::Because;
use alloc::vec::Vec;
use calendar::cap::{Cap, allowed};
use calendar::span::Hours;
use calendar::zone::Zone;

/// The caps under which the hours of one deal count, each with what counts already.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// Which rule, and what it leaves.
    pub caps: Vec<(Because, Cap)>,
}

impl Limits {
    /// Under any cap an item must have a timetable: nobody counts the hours of one that has none.
    pub(super) fn without_timetable(&self) -> Result<(), NotThere> {
        match self.caps.first() {
            Some((because, _)) => Err(NotThere::Uncounted { because: *because }),
            None => Ok(()),
        }
    }

    /// As many of these hours as every cap lets have.
    pub(super) fn trimmed(&self, free: &Hours, zone: &Zone) -> Hours {
        allowed(self.caps.iter().map(|(_, cap)| cap), free, zone)
    }

    /// Whether every cap lets these hours be had.
    pub(super) fn judge(&self, hours: &Hours, zone: &Zone) -> Result<(), NotThere> {
        let broken = self.caps.iter().find_map(|(because, cap)| Some((because, cap.judge(hours, zone).err()?)));
        broken.map_or(Ok(()), |(because, full)| Err(NotThere::Capped { because: *because, full }))
    }

    /// The cap that leaves too few of `free`, where that is why the wanted ones cannot be had.
    pub(super) fn in_the_way(&self, free: &Hours, wanted_s: i64, zone: &Zone) -> Option<NotThere> {
        let full = self.caps.iter().find_map(|(because, cap)| Some((because, cap.full_in(free, wanted_s, zone)?)));
        full.map(|(because, full)| NotThere::Capped { because: *because, full })
    }
}
