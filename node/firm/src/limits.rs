//! Every limit that a firm sets itself, with unit and arithmetic. What two nodes must agree on stands in `protocol::limits`.

/// The most questions about matches of one item that may wait for people at a time, so that nobody drowns.
pub const NOTICES_WAITING_MAX: usize = 5;

/// The most questions about matches of one item that its node asks by itself in one day: the best of what was found at once.
/// The others stand on the page of matches, where a person asks for them.
pub const NOTICES_PER_DAY_MAX: usize = 3;

/// The least mutual fit of first words from a stranger, in thousandths: what the engine takes for as likely as not to serve,
/// beside what it needs for a question of our own (`MAT-4`). Both what was said openly and what only this firm knows must reach it.
pub const MUTUAL_FIT_MIN: u16 = 425;

/// The most near misses that are listed for one item.
pub const NEAR_MISSES_MAX: usize = 5;

/// The most tags of one week's cells that a relay remembers: 200,000 × about 80 bytes is 16 MB, and thirteen times what a node of a
/// network of any size opens in a week when the load is even (7 × 720 cells of each, three relays for each).
pub const REPLAY_TAGS_MAX: usize = 200_000;

/// How long a record that one neighbour told back may take until two hold it, in milliseconds: six intervals between comparisons.
pub const OUT_MS_MAX: u64 = 3_600_000;

/// The most guards that an owner may name.
pub const GUARDS_MAX: usize = 8;

/// After how many days whoever may decide is reminded of a question, where no rule says it.
pub const REMIND_DAYS: [u32; 2] = [3, 7];

/// After how many days without a word of either side a deal is shown as stale: two lives of an envelope, so that what was said and answered
/// within a week each is here.
pub const STALE_DAYS: u32 = 14;

/// The most days that a reminder or an escalation may wait: as long as the longest question does.
pub const WAIT_DAYS_MAX: u32 = 14;

/// The longest span for which somebody names a deputy, in days: a long leave, after which somebody else should have the role.
pub const DEPUTY_DAYS_MAX: u32 = 92;

/// The most answers that one standing rule may give in any seven days: as many as a person reads in passing, and few beside the 192
/// passes with which a member could ask in a week.
pub const STANDING_ANSWERS_MAX: u32 = 5;

/// The longest that a standing rule counts after its version came into force, in days: a year.
pub const STANDING_DAYS_MAX: u32 = 365;

/// The most rules of a policy: 200 resources with eight rules each, and 400 for classes and everything.
pub const POLICY_RULES_MAX: u32 = 2_000;

/// The highest price for an hour that a rule may name, in minor units: ten thousand, far above what an hour costs.
pub const POLICY_HOURLY_MAX: u64 = 1_000_000;

/// The most taxes on one invoice: a federal one, one of a province, and one to spare.
pub const INVOICE_TAXES_MAX: usize = 3;
