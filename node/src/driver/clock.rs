//! The two clocks of a running node.

use core::fmt;
use machine::{MonoMs, Now, WallMs};
use std::{
    sync::Arc,
    time::{Instant, SystemTime, UNIX_EPOCH},
};

/// Wall time, and the time since this was made. Copies agree with each other.
///
/// On Linux the second one stands still while the computer sleeps, so waking up shows as a jump of the first.
#[derive(Clone)]
pub struct Clock {
    wall: Arc<dyn Fn() -> WallMs + Send + Sync>,
    started: Instant,
}

impl Clock {
    /// The computer's own clocks.
    pub fn system() -> Self {
        // Before 1970 is a clock that was never set.
        let elapsed = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Clock::with_wall(move || WallMs(u64::try_from(elapsed().as_millis()).unwrap_or(u64::MAX)))
    }

    /// Another source of wall time, for a network that keeps its own.
    pub fn with_wall(wall: impl Fn() -> WallMs + Send + Sync + 'static) -> Self {
        Clock { wall: Arc::new(wall), started: Instant::now() }
    }

    /// Both, now.
    pub fn now(&self) -> Now {
        let mono = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        Now { wall: (self.wall)(), mono: MonoMs(mono) }
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clock").field("now", &self.now()).finish()
    }
}
