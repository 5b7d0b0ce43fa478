//! Meeting points: peers that this node keeps looking for, for ever, without hurry and without crowding them.
//!
//! Waits double from one second to one minute, each half to one and a half of its length at random, so that a region whose
//! meeting point comes back does not knock all at once. Nothing waits for a meeting point; it is found when it is there.

use super::limits::{REDIAL_WAIT_FIRST, REDIAL_WAIT_MAX};
use libp2p::{Multiaddr, PeerId};
use std::time::{Duration, Instant};

struct Point {
    peer: PeerId,
    addresses: Vec<Multiaddr>,
    failures: u32,
    due: Instant,
}

/// The meeting points of this node.
pub(super) struct MeetingPoints(Vec<Point>);

impl MeetingPoints {
    /// All of them are due at once; this node itself is not one of them.
    pub(super) fn new(me: &PeerId, points: &[(PeerId, Vec<Multiaddr>)]) -> Self {
        let mut all = MeetingPoints(Vec::new());
        points.iter().for_each(|(peer, addresses)| all.add(me, *peer, addresses));
        all
    }

    /// One more, due at once; one that is known gets these addresses.
    pub(super) fn add(&mut self, me: &PeerId, peer: PeerId, addresses: &[Multiaddr]) {
        match self.0.iter_mut().find(|point| point.peer == peer) {
            Some(point) => point.addresses = addresses.to_vec(),
            None if peer == *me => {}
            None => self.0.push(Point { peer, addresses: addresses.to_vec(), failures: 0, due: Instant::now() }),
        }
    }

    /// Those to dial now. Each is due again after its wait, whatever comes of it.
    pub(super) fn due(&mut self, now: Instant, known: impl Fn(&PeerId) -> bool) -> Vec<(PeerId, Vec<Multiaddr>)> {
        let mut dial = Vec::new();
        for point in self.0.iter_mut().filter(|point| point.due <= now && !known(&point.peer)) {
            point.due = now + jittered(wait(point.failures, REDIAL_WAIT_FIRST, REDIAL_WAIT_MAX));
            point.failures = point.failures.saturating_add(1);
            dial.push((point.peer, point.addresses.clone()));
        }
        dial
    }

    /// The peer is connected and both sides are content: the next loss starts with the first wait.
    pub(super) fn connected(&mut self, peer: &PeerId) {
        self.0.iter_mut().filter(|point| point.peer == *peer).for_each(|point| point.failures = 0);
    }

    /// The peer is lost: look for it again after a wait.
    pub(super) fn lost(&mut self, now: Instant, peer: &PeerId) {
        for point in self.0.iter_mut().filter(|point| point.peer == *peer) {
            point.due = now + jittered(wait(point.failures, REDIAL_WAIT_FIRST, REDIAL_WAIT_MAX));
        }
    }
}

/// The wait after so many failures: doubling, with a ceiling.
pub(super) fn wait(failures: u32, first: Duration, longest: Duration) -> Duration {
    first.saturating_mul(1_u32.checked_shl(failures).unwrap_or(u32::MAX)).min(longest)
}

/// Half to one and a half of a wait, at random.
fn jittered(wait: Duration) -> Duration {
    let mut byte = [128];
    // Without randomness the wait is not jittered, which is no reason to stop.
    let _ = getrandom::fill(&mut byte);
    let [byte] = byte;
    wait / 2 + wait * u32::from(byte) / 256
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_minute_and_never_overflow() {
        let waits: Vec<_> = [0, 1, 5, 6, 31, 32, u32::MAX]
            .map(|failures| wait(failures, REDIAL_WAIT_FIRST, REDIAL_WAIT_MAX).as_secs())
            .to_vec();
        assert_eq!(waits, [1, 2, 32, 60, 60, 60, 60]);
    }

    #[test]
    fn a_point_is_due_at_once_then_after_its_wait_and_never_while_known() {
        let (me, peer) = (PeerId::random(), PeerId::random());
        let mut points = MeetingPoints::new(&me, &[(peer, vec![]), (me, vec![])]);
        let now = Instant::now();
        assert!(points.due(now, |_| true).is_empty());
        assert_eq!(points.due(now, |_| false).len(), 1, "never itself");
        assert!(points.due(now, |_| false).is_empty());
        assert_eq!(points.due(now + REDIAL_WAIT_FIRST * 3 / 2, |_| false).len(), 1);
        let moved: Vec<Multiaddr> = vec!["/ip4/192.0.2.7/tcp/4471".parse().unwrap()];
        points.add(&me, peer, &moved);
        // 1.5 s and one and a half of the second wait of 2 s.
        let later = now + 5 * REDIAL_WAIT_FIRST;
        assert_eq!(points.due(later, |_| false), [(peer, moved)], "known once, at its new address");
    }
}
