//! Every limit of this room, with its unit and why it is not another number.

/// The first year that a calendar speaks of. Zones were other ones before, and nobody offers hours of the past.
pub const YEAR_MIN: i16 = 2000;
/// The last year that a calendar speaks of.
pub const YEAR_MAX: i16 = 2100;

/// How often a window may repeat: three years of working days.
pub const OCCURRENCES_MAX: usize = 800;
/// How long a window may go on coming again, in years. It bounds what one rule of a hostile file can cost to a walk over some
/// 1,830 days.
pub const RULE_YEARS_MAX: i16 = 5;
/// How many periods (days, weeks, months, years) a rule may step at once.
pub const INTERVAL_MAX: u32 = 1_000;
/// How many days a window of one occurrence may last: a whole year shut.
pub const LENGTH_DAYS_MAX: i32 = 366;

/// Windows of one timetable, open and shut together. With [`OCCURRENCES_MAX`] at most 160,000 spans, some 2.5 MB.
pub const WINDOWS_MAX: usize = 200;
/// Shift templates of one firm.
pub const SHIFTS_MAX: usize = 20;
/// Holidays of one firm: ten years of twenty.
pub const HOLIDAYS_MAX: usize = 200;
/// Bytes of the name of a shift or holiday.
pub const LABEL_BYTES_MAX: usize = 60;
/// Spans of one booking.
pub const BOOKING_SPANS_MAX: usize = 400;
/// Longest notice: 90 days, in hours.
pub const NOTICE_HOURS_MAX: u32 = 2_160;
/// Largest batch, in hours, as for items.
pub const BATCH_HOURS_MAX: u32 = 10_000;

/// Bytes of a calendar file that is read: some 3,000 events as mail programs write them.
pub const FILE_BYTES_MAX: usize = 1_048_576;
/// Bytes of one line of it, unfolded.
pub const LINE_BYTES_MAX: usize = 65_536;
