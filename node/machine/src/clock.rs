//! The two clocks of a machine, and nothing that reads them.

use core::ops::Add;
use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z, as this computer believes. Deadlines that must survive a restart use it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WallMs(pub u64);

/// Milliseconds since this run started. Retries within one run use it; it means nothing to another run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MonoMs(pub u64);

/// Both clocks at the moment an input is handled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Now {
    /// Calendar time.
    pub wall: WallMs,
    /// Time within this run.
    pub mono: MonoMs,
}

impl Now {
    /// The moment of this run at which the wall clock will show `deadline`; now, if that has passed.
    pub fn alarm_for(self, deadline: WallMs) -> MonoMs {
        MonoMs(self.mono.0.saturating_add(deadline.0.saturating_sub(self.wall.0)))
    }
}

impl Add<u64> for WallMs {
    type Output = WallMs;
    /// Later by `ms` milliseconds, at most the end of time.
    fn add(self, ms: u64) -> WallMs {
        WallMs(self.0.saturating_add(ms))
    }
}

impl Add<u64> for MonoMs {
    type Output = MonoMs;
    /// Later by `ms` milliseconds, at most the end of time.
    fn add(self, ms: u64) -> MonoMs {
        MonoMs(self.0.saturating_add(ms))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alarm_for_a_past_deadline_rings_now() {
        let now = Now { wall: WallMs(5_000), mono: MonoMs(70) };
        assert_eq!(now.alarm_for(WallMs(4_000)), MonoMs(70));
        assert_eq!(now.alarm_for(WallMs(6_500)), MonoMs(1_570));
    }
}
