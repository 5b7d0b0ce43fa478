//! How often a relay was there when this node looked (`PTH-1`). Of this run only: a restart gives everybody a new chance.

use alloc::collections::BTreeMap;
use protocol::id::PeerKey;

/// Good looks that every relay begins with: one failure leaves 10 of 11, two leave 10 of 12.
const CREDIT: u32 = 10;

/// After so many looks both counts are halved, so that what was long ago weighs less.
const LOOKS_MAX: u32 = 200;

/// What was seen of one relay.
#[derive(Clone, Copy, Debug, Default)]
struct Looks {
    all: u32,
    good: u32,
    /// Whether this node has looked since the last fading.
    lately: bool,
}

/// Looks and good looks, by relay.
#[derive(Clone, Debug, Default)]
pub struct Uptime(BTreeMap<PeerKey, Looks>);

impl Uptime {
    /// This node looked.
    pub fn looked(&mut self, relay: PeerKey, up: bool) {
        let looks = self.0.entry(relay).or_default();
        (looks.all, looks.good, looks.lately) = (looks.all + 1, looks.good + u32::from(up), true);
        if looks.all >= LOOKS_MAX {
            looks.halve();
        }
    }

    /// In thousandths.
    pub fn permille(&self, relay: &PeerKey) -> u16 {
        let looks = self.0.get(relay).copied().unwrap_or_default();
        u16::try_from((looks.good + CREDIT) * 1_000 / (looks.all + CREDIT)).unwrap_or(u16::MAX)
    }

    /// What was seen of relays at which this node has not looked since the last time counts half: one that is on no path any more,
    /// because it was away, would otherwise never get another chance.
    pub fn fade(&mut self) {
        for looks in self.0.values_mut() {
            if !core::mem::take(&mut looks.lately) {
                looks.halve();
            }
        }
    }

    /// Forgets relays that nobody knows any more.
    pub fn retain(&mut self, known: impl Fn(&PeerKey) -> bool) {
        self.0.retain(|relay, _| known(relay));
    }
}

impl Looks {
    fn halve(&mut self) {
        (self.all, self.good) = (self.all / 2, self.good / 2);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relay_is_given_credit_and_loses_it_with_the_second_failure_in_a_row() {
        // PTH-1
        let (mut uptime, relay) = (Uptime::default(), PeerKey([1; 32]));
        assert_eq!(uptime.permille(&relay), 1_000);
        uptime.looked(relay, false);
        assert_eq!(uptime.permille(&relay), 909);
        uptime.looked(relay, false);
        assert_eq!(uptime.permille(&relay), 833);
        (0..8).for_each(|_| uptime.looked(relay, true));
        assert_eq!(uptime.permille(&relay), 900);
        let mut away = Uptime::default();
        (0..5).for_each(|_| away.looked(relay, false));
        assert!(away.permille(&relay) < 900);
        (0..4).for_each(|_| away.fade());
        assert_eq!(away.permille(&relay), 1_000, "who is not looked at is given credit again");
        (0..10_000).for_each(|look| uptime.looked(relay, look % 5 != 0));
        assert!((790..=830).contains(&uptime.permille(&relay)), "old looks weigh less: {}", uptime.permille(&relay));
    }
}
