//! Every limit that a sponsor sets, with unit and arithmetic.

use protocol::limits::{
    ADVERT_PASSES_PER_EPOCH, CONTACT_PASSES_PER_EPOCH, LOG_PASSES_PER_EPOCH, PEER_PASSES_PER_EPOCH,
};
use protocol::pass::Purpose;

/// How long a certificate holds, in days: a year, as long as a firm's operating key at most.
pub const CERTIFICATE_DAYS: u32 = 365;

/// A member who asks this many days before the last day of its certificate gets a new one (`ADM-4`): the last third, with the day
/// of signing counted.
pub const RENEWAL_DAYS: u32 = (CERTIFICATE_DAYS + 1).div_ceil(3);

/// How far ahead an invitation may lapse, in days: a quarter.
pub const INVITATION_DAYS_MAX: u32 = 90;

/// How often the shelf is looked through and compared with one neighbour, in milliseconds: ten minutes, so that a record that
/// gossip lost is repaired within the hour at one small parcel per tick.
pub const TICK_MS: u64 = 600_000;

/// How many weeks ahead of this one manifests are published: two, so that each is a whole week old before anybody asks under it.
pub const MANIFEST_WEEKS_AHEAD: u32 = 2;

/// Passes of one purpose for one member and week.
pub const fn passes_per_epoch(purpose: Purpose) -> u32 {
    match purpose {
        Purpose::Advert => ADVERT_PASSES_PER_EPOCH,
        Purpose::Contact => CONTACT_PASSES_PER_EPOCH,
        Purpose::Log => LOG_PASSES_PER_EPOCH,
        Purpose::Peer => PEER_PASSES_PER_EPOCH,
    }
}
