//! When a batch of inputs closes. One transaction commits one batch.

use crate::MonoMs;

/// A batch closes at this many inputs: large enough to pay one disk flush for many, small enough that the first input of a
/// busy batch waits no longer than a person would notice.
pub const INPUTS_PER_BATCH_MAX: usize = 256;

/// A batch closes when its first input has waited this long, in milliseconds.
pub const INPUT_WAIT_MS_MAX: u64 = 20;

/// How full the current batch is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Batch {
    inputs: usize,
    opened: MonoMs,
}

impl Batch {
    /// A batch that opens with its first input at `now`.
    pub fn open(now: MonoMs) -> Self {
        Batch { inputs: 0, opened: now }
    }

    /// Counts one handled input.
    pub fn count(&mut self) {
        self.inputs += 1;
    }

    /// Whether the batch must be committed now. `queue_empty` says that nothing more is waiting.
    pub fn is_full(&self, now: MonoMs, queue_empty: bool) -> bool {
        self.inputs > 0
            && (queue_empty
                || self.inputs >= INPUTS_PER_BATCH_MAX
                || now.0.saturating_sub(self.opened.0) >= INPUT_WAIT_MS_MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_closes_when_idle_when_large_and_when_old() {
        let mut batch = Batch::open(MonoMs(100));
        assert!(!batch.is_full(MonoMs(500), true), "an empty batch has nothing to commit");
        batch.count();
        assert!(batch.is_full(MonoMs(100), true));
        assert!(!batch.is_full(MonoMs(119), false));
        assert!(batch.is_full(MonoMs(120), false));
        (1..INPUTS_PER_BATCH_MAX).for_each(|_| batch.count());
        assert!(batch.is_full(MonoMs(100), false));
    }
}
