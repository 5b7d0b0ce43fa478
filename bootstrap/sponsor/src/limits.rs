//! Every limit that a sponsor sets, with unit and arithmetic.

/// How long a certificate holds, in days: a year, as long as a firm's operating key at most.
pub const CERTIFICATE_DAYS: u32 = 365;

/// A member who asks this many days before the last day of its certificate gets a new one (`ADM-4`): the last third, with the day
/// of signing counted.
pub const RENEWAL_DAYS: u32 = (CERTIFICATE_DAYS + 1).div_ceil(3);

/// How many earlier transport identities of one member may have admissions that still hold (`ADM-5`): three, so that a year has one
/// for a thief at every season and nobody is more than four neighbours to anybody.
pub const PAST_ADMISSIONS_MAX: usize = 3;

/// How far ahead an invitation may lapse, in days: a quarter.
pub const INVITATION_DAYS_MAX: u32 = 90;

/// How often the shelf is looked through and compared with one neighbour, in milliseconds: ten minutes, so that a record that
/// gossip lost is repaired within the hour at one small parcel per tick.
pub const TICK_MS: u64 = 600_000;

/// How many weeks ahead of this one manifests are published: two, so that each is a whole week old before anybody asks under it.
pub const MANIFEST_WEEKS_AHEAD: u32 = 2;

/// How many members more than there are now may have passes of a week that a manifest is signed for: a quarter more, and 64, because
/// two weeks lie between, and a network's first manifests are signed before its first member joins.
pub const fn members_ahead(now: u32) -> u32 {
    now.saturating_add(now / 4).saturating_add(64)
}
