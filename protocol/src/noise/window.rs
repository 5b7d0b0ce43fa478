//! Which numbers of the other side were not received yet.
//!
//! Decides whether a number may still be taken, and which numbers to expect next. Refuses what was received before and what
//! lies further ahead than the window. The window starts at the *lowest number not received*, not at the highest heard: the
//! steps of a dialogue build on each other, so a message that is missing is waited for and sent again, never skipped.
//!
//! ```text
//!        received, for ever refused │ next        64 numbers         │ too far ahead
//!   1 2 3 4 5 6 7 8 9 10 11 12 13 14│15 16 .. 20(received) ..      78│79 80 ..
//! ```
//!
//! Rules: `DLG-12` (once), `DLG-13` (resends), `DLG-14` (a sender stays within the window). An attacker repeats or reorders
//! envelopes; it cannot move the window, because only a message that opened is marked.

use super::Sequence;
use core::iter;
use serde::{Deserialize, Serialize};

/// How many numbers may be outstanding in one direction: the bits of one word. A scope sheet of 128 KiB in pieces of 3 kB is
/// about 44 messages, so it travels without waiting for a confirmation.
pub const WINDOW_SEQUENCES: u64 = 64;

/// What was received of one direction. The node stores it, or marks again what its records hold: the order does not matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// The lowest number not received.
    next: u64,
    /// Bit `i` stands for the number `next + i`, received or not.
    received: u64,
}

impl Window {
    /// Nothing received yet but the handshake.
    pub fn new() -> Self {
        Window { next: Sequence::FIRST.0, received: 0 }
    }

    /// Whether a message of this number would be taken: within the window and not received.
    pub fn fresh(&self, sequence: Sequence) -> bool {
        self.bit(sequence).is_some_and(|bit| self.received & bit == 0)
    }

    /// Takes the number, after its message opened. `false` if it was not fresh; then nothing changed.
    pub fn mark(&mut self, sequence: Sequence) -> bool {
        let Some(bit) = self.bit(sequence).filter(|bit| self.received & bit == 0) else { return false };
        self.received |= bit;
        let slide = self.received.trailing_ones();
        self.received = self.received.checked_shr(slide).unwrap_or(0);
        self.next = self.next.saturating_add(u64::from(slide));
        true
    }

    /// The lowest number not received. Everything below it has arrived, so it serves as a confirmation to the other side.
    pub fn next(&self) -> Sequence {
        Sequence(self.next)
    }

    /// Every number that would be taken, lowest first; at most [`WINDOW_SEQUENCES`].
    pub fn candidates(&self) -> impl Iterator<Item = Sequence> + '_ {
        iter::successors(Some(self.next), |n| n.checked_add(1))
            .take(WINDOW_SEQUENCES as usize)
            .map(Sequence)
            .filter(|sequence| self.fresh(*sequence))
    }

    fn bit(&self, sequence: Sequence) -> Option<u64> {
        let number = sequence.transport().ok()?;
        let ahead = number.checked_sub(self.next).filter(|ahead| *ahead < WINDOW_SEQUENCES)?;
        Some(1 << ahead)
    }
}

impl Default for Window {
    fn default() -> Self {
        Window::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{collections::BTreeSet, vec::Vec};
    use proptest::prelude::*;

    #[test]
    fn a_number_is_taken_once_and_the_handshake_never() {
        // DLG-12
        let mut window = Window::new();
        assert!(!window.fresh(Sequence::HANDSHAKE));
        assert!(window.mark(Sequence(1)));
        assert!(!window.mark(Sequence(1)));
        assert!(!window.fresh(Sequence(1)));
    }

    #[test]
    fn a_missing_message_is_waited_for_and_never_skipped() {
        // DLG-13, DLG-14
        let mut window = Window::new();
        (2..=64).for_each(|n| assert!(window.mark(Sequence(n))));
        assert!(!window.mark(Sequence(65)), "64 numbers from the lowest missing one, and no more");
        assert_eq!(window.candidates().collect::<Vec<_>>(), [Sequence(1)]);
        assert!(window.mark(Sequence(1)));
        assert_eq!(window.next(), Sequence(65));
        assert_eq!(window.candidates().count(), 64);
    }

    #[test]
    fn the_window_ends_with_the_last_number() {
        let mut window = Window { next: Sequence::LAST.0, received: 0 };
        assert_eq!(window.candidates().collect::<Vec<_>>(), [Sequence::LAST]);
        assert!(window.mark(Sequence::LAST));
        assert_eq!(window.candidates().count(), 0);
        assert!(!window.mark(Sequence(u64::MAX)));
    }

    #[test]
    fn a_stored_window_is_the_same_window() {
        let mut window = Window::new();
        [1, 2, 5, 9].into_iter().for_each(|n| assert!(window.mark(Sequence(n))));
        let stored = serde_json::to_string(&window).unwrap();
        assert_eq!(stored, r#"{"next":3,"received":68}"#);
        assert_eq!(serde_json::from_str::<Window>(&stored).unwrap(), window);
    }

    proptest! {
        #[test]
        fn the_window_agrees_with_a_plain_set(numbers in proptest::collection::vec(0_u64..150, 0..300)) {
            let mut window = Window::new();
            let mut received = BTreeSet::new();
            for n in numbers {
                let next = (1..).find(|n| !received.contains(n)).unwrap();
                let expected: Vec<_> =
                    (next..next + WINDOW_SEQUENCES).filter(|n| !received.contains(n)).map(Sequence).collect();
                prop_assert_eq!(window.candidates().collect::<Vec<_>>(), expected);
                let fresh = n >= next && n < next + WINDOW_SEQUENCES && !received.contains(&n);
                prop_assert_eq!(window.fresh(Sequence(n)), fresh);
                prop_assert_eq!(window.mark(Sequence(n)), fresh);
                if fresh {
                    received.insert(n);
                }
            }
        }

        #[test]
        fn marking_again_from_records_in_any_order_gives_the_same_window(
            numbers in Just((1_u64..=40).collect::<Vec<_>>()).prop_shuffle(),
            taken in 0_usize..40,
        ) {
            let mut shuffled = Window::new();
            let mut sorted = Window::new();
            let mut kept = numbers[..taken].to_vec();
            kept.iter().for_each(|n| { shuffled.mark(Sequence(*n)); });
            kept.sort_unstable();
            kept.iter().for_each(|n| { sorted.mark(Sequence(*n)); });
            prop_assert_eq!(shuffled, sorted);
        }

        #[test]
        fn a_damaged_window_never_panics(next in any::<u64>(), received in any::<u64>(), n in any::<u64>()) {
            let mut window = Window { next, received };
            let _ = window.candidates().count();
            window.mark(Sequence(n));
            prop_assert!(!window.fresh(Sequence(0)));
        }
    }
}
