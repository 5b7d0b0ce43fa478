//! How long each relay holds a cell (`CEL-8`).
//!
//! The sender draws, as in Loopix (Piotrowska and others, 2017): exponentially, so that of two cells which a relay holds, either may
//! leave first, however long each was there. Drawn here, the delays are part of what the sender knows: it can say when a record
//! is late. A relay that drew for itself could draw badly, and nobody would notice.
//!
//! The draw is −ln(u) × mean in integers: log2 of a 64-bit number by repeated squaring, 24 bits behind the point, so every
//! platform draws alike.

use super::HOPS;
use crate::limits::RELAY_DELAY_MS_MAX;
use crate::time::UnixMs;
use rand_core::CryptoRng;

/// Bits behind the point.
const POINT: u32 = 24;

/// ln 2, with that many bits.
const LN_2: u128 = 11_629_080;

/// How long the relays of one path hold one cell, in milliseconds each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delays(pub [u32; HOPS]);

impl Delays {
    /// Draws delays with this mean, in milliseconds; none is longer than a relay holds a cell, 50 minutes.
    pub fn draw(mean_ms: u32, chance: &mut impl CryptoRng) -> Delays {
        Delays([(); HOPS].map(|()| exponential(mean_ms, chance.next_u64())))
    }

    /// When a record that left in a cell at `left` is late if it was not heard again, in a network where cells may travel so long
    /// beside their delays (`PTH-3`).
    pub fn late(&self, left: UnixMs, travel_ms: u32) -> UnixMs {
        left.plus(self.0.iter().map(|delay| u64::from(*delay)).sum::<u64>() + u64::from(travel_ms))
    }
}

/// −ln((drawn + 1) / 2^64) × mean.
fn exponential(mean_ms: u32, drawn: u64) -> u32 {
    let bits = (64_u128 << POINT) - log2(u128::from(drawn) + 1);
    let delay = (u128::from(mean_ms) * bits * LN_2) >> (2 * POINT);
    u32::try_from(delay).unwrap_or(u32::MAX).min(RELAY_DELAY_MS_MAX)
}

/// log2 of a number from 1 to 2^64.
fn log2(number: u128) -> u128 {
    let whole = number.ilog2();
    // From 1 to below 2, with 63 bits behind the point.
    let mut mantissa = (number << 63) >> whole;
    let mut log = u128::from(whole);
    for _ in 0..POINT {
        mantissa = (mantissa * mantissa) >> 63;
        let bit = mantissa >> 64;
        mantissa >>= bit;
        log = log << 1 | bit;
    }
    log
}

#[cfg(test)]
mod tests {
    use super::*;
    use chacha20::ChaCha20Rng;
    use rand_core::SeedableRng;

    #[test]
    fn known_draws_have_the_delays_of_the_natural_logarithm() {
        // CEL-8: −ln of 1, 1/2, 1/4, 3/4 and 1/e, times five minutes.
        let e_th = (1.0 / core::f64::consts::E * 18_446_744_073_709_551_616.0) as u64;
        for (drawn, expected) in
            [(u64::MAX, 0), ((1 << 63) - 1, 207_944), ((1 << 62) - 1, 415_888), (3 << 62, 86_305), (e_th, 300_000)]
        {
            assert!(exponential(300_000, drawn).abs_diff(expected) <= 1, "{drawn}: {}", exponential(300_000, drawn));
        }
        assert_eq!(exponential(300_000, 0), 3_000_000, "50 minutes at most");
        assert_eq!(exponential(u32::MAX, 0), 3_000_000);
        assert_eq!(exponential(0, 0), 0);
    }

    #[test]
    fn the_share_of_cells_that_leave_within_a_time_is_exponential() {
        // CEL-8
        let mut chance = ChaCha20Rng::from_seed([5; 32]);
        let drawn: std::vec::Vec<u32> = (0..20_000).flat_map(|_| Delays::draw(300_000, &mut chance).0).collect();
        let mean = drawn.iter().map(|delay| u64::from(*delay)).sum::<u64>() / 60_000;
        assert!((295_000..305_000).contains(&mean), "{mean} ms");
        for (within_ms, permille) in [(30_000, 95), (207_945, 500), (300_000, 632), (900_000, 950)] {
            let share = drawn.iter().filter(|delay| **delay <= within_ms).count() as u64 / 60;
            assert!(share.abs_diff(permille) < 8, "{share} of 1,000 within {within_ms} ms");
        }
    }

    #[test]
    fn a_record_is_late_when_its_delays_and_the_travel_are_over() {
        // PTH-3
        assert_eq!(Delays([1, 20, 300]).late(UnixMs(1_000), 600_000), UnixMs(1_000 + 321 + 600_000));
    }
}
