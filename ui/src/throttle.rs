//! How often a password may be tried.
//!
//! - `DSK-7` After five wrong passwords for one person the next try waits, twice as long each time, a quarter of an hour at
//!   most. A try counts when it begins, so a hundred at once are five. A right password clears the count.
//!
//! Somebody who is not that person can make the person wait, but only somebody who holds the secret of `DSK-4`.

use firm::register::PersonId;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// Tries without a delay.
const FREE_TRIES: u32 = 5;

/// The longest delay.
const DELAY_MAX: Duration = Duration::from_secs(15 * 60);

/// Names that are remembered: far more than a register holds; beyond it the one that may try again first is forgotten.
const NAMES_MAX: usize = 4_096;

#[derive(Clone, Copy, Debug)]
struct Tries {
    wrong: u32,
    not_before: Instant,
}

/// Tries of everybody.
#[derive(Debug, Default)]
pub(crate) struct Throttle(Mutex<BTreeMap<PersonId, Tries>>);

impl Throttle {
    /// Counts a try, or says how long to wait.
    pub(crate) fn begin(&self, who: &PersonId) -> Result<(), Duration> {
        let now = Instant::now();
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !all.contains_key(who) && all.len() >= NAMES_MAX {
            let first = all.iter().min_by_key(|(_, tries)| tries.not_before).map(|(who, _)| who.clone());
            first.and_then(|who| all.remove(&who));
        }
        let tries = all.entry(who.clone()).or_insert(Tries { wrong: 0, not_before: now });
        if tries.not_before > now {
            return Err(tries.not_before - now);
        }
        tries.wrong = tries.wrong.saturating_add(1);
        if let Some(beyond) = tries.wrong.checked_sub(FREE_TRIES) {
            tries.not_before = now + Duration::from_secs(1 << beyond.min(10)).min(DELAY_MAX);
        }
        Ok(())
    }

    /// The password was right, or was never looked at: the try does not count.
    pub(crate) fn clear(&self, who: &PersonId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(who);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_sixth_wrong_password_waits_and_each_further_one_waits_longer() {
        let throttle = Throttle::default();
        let who: PersonId = "owner".parse().unwrap();
        for _ in 0..FREE_TRIES {
            assert_eq!(throttle.begin(&who), Ok(()));
        }
        let first = throttle.begin(&who).unwrap_err();
        tokio::time::advance(first).await;
        assert_eq!(throttle.begin(&who), Ok(()));
        assert!(throttle.begin(&who).unwrap_err() > first);
        assert_eq!(throttle.begin(&"planner".parse().unwrap()), Ok(()));
        throttle.clear(&who);
        assert_eq!(throttle.begin(&who), Ok(()));
    }
}
