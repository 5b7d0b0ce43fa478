//! What happens next: events ordered by (virtual time, the order in which they were planned).
//!
//! The second key makes two events of the same millisecond happen in the order in which they were caused, on every computer.

use super::VirtualMs;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

struct Planned<E> {
    at: VirtualMs,
    sequence: u64,
    event: E,
}

impl<E> PartialEq for Planned<E> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl<E> Eq for Planned<E> {}

impl<E> PartialOrd for Planned<E> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<E> Ord for Planned<E> {
    /// Earlier is greater, because the heap gives the greatest first.
    fn cmp(&self, other: &Self) -> Ordering {
        (other.at, other.sequence).cmp(&(self.at, self.sequence))
    }
}

/// Everything planned.
pub(crate) struct Queue<E> {
    heap: BinaryHeap<Planned<E>>,
    sequence: u64,
}

impl<E> Queue<E> {
    pub(crate) fn new() -> Self {
        Queue { heap: BinaryHeap::new(), sequence: 0 }
    }

    /// Plans an event.
    pub(crate) fn plan(&mut self, at: VirtualMs, event: E) {
        self.heap.push(Planned { at, sequence: self.sequence, event });
        self.sequence += 1;
    }

    /// The next event, unless it lies after `until`.
    pub(crate) fn next(&mut self, until: VirtualMs) -> Option<(VirtualMs, E)> {
        if self.heap.peek()?.at > until {
            return None;
        }
        self.heap.pop().map(|planned| (planned.at, planned.event))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_of_one_moment_keep_the_order_in_which_they_were_planned() {
        let mut queue = Queue::new();
        for (at, name) in [(5, 'c'), (1, 'a'), (5, 'd'), (1, 'b'), (9, 'z')] {
            queue.plan(VirtualMs(at), name);
        }
        let order: String = std::iter::from_fn(|| queue.next(VirtualMs(8))).map(|(_, name)| name).collect();
        assert_eq!(order, "abcd");
        assert!(queue.next(VirtualMs(8)).is_none());
        assert_eq!(queue.next(VirtualMs(9)), Some((VirtualMs(9), 'z')));
    }
}
