//! Every limit of the protocol, with unit and arithmetic. No other file states one.

/// Sizes in bytes to which a gossiped record is padded, so that its length says only its class.
pub const RECORD_CLASSES_BYTES: [usize; 3] = [1_000, 2_000, 3_400];

/// The largest gossiped record, in bytes: it must fit one cell together with three layers of routing.
pub const RECORD_BYTES_MAX: usize = 3_400;

/// A cell, in bytes: 271 of header (32 element + 32 seal + 3 × 69 routing), 32 zeros, 2 of length, 7 of CBOR heads, a
/// frame of at most 3,400, and 384 or more of padding.
pub const CELL_BYTES: usize = 4_096;

/// How often a node of a real network sends a cell, in milliseconds: two minutes, which is 720 × 4,096 B = 3 MB a day sent for
/// itself, and as much again at each of three relays.
pub const CELL_MS: u32 = 120_000;

/// How rarely a node of any network sends a cell, in milliseconds: in an hour, which lets weeks be simulated.
pub const CELL_MS_MAX: u32 = 3_600_000;

/// The mean of the delay that a sender draws for each relay, in milliseconds: five minutes, which is two cells and a half of each
/// node that sends over the relay; a mean below the time of one cell would let a guard tell them apart (decision 0030).
pub const RELAY_DELAY_MS_MEAN: u32 = 300_000;

/// The longest delay that a relay is asked for, in milliseconds: ten means, which one draw in 22,026 would exceed.
pub const RELAY_DELAY_MS_MAX: u32 = 10 * RELAY_DELAY_MS_MEAN;

/// What a cell may need beside its delays to be published and heard again, in milliseconds: ten minutes, for three connections
/// that must be made first and for gossip. However long relays hold a cell, that takes no longer.
pub const CELL_TRAVEL_MS_MAX: u32 = 10 * 60 * 1_000;

/// How long an onion key opens cells after its week, in milliseconds: three hours, which is three longest delays (150 min), the
/// travel (10 min) and two wrong clocks (2 × 10 min).
pub const ONION_GRACE_MS: u64 = 3 * RELAY_DELAY_MS_MAX as u64 + CELL_TRAVEL_MS_MAX as u64 + 2 * CLOCK_SKEW_MS_MAX;

/// How long before its week a relay's descriptor may be heard, in milliseconds: a week, as passes of the next week are issued in
/// this one.
pub const RELAY_AHEAD_MS: u64 = 7 * 24 * 3_600 * 1_000;

/// The bytes of all addresses of one relay together: eight of 162. With them the descriptor (about 600 bytes more, under either
/// scheme of passes) fits the class of 2,000 bytes.
pub const RELAY_ADDRESSES_BYTES_MAX: usize = 1_300;

/// The most cells that a relay takes from one neighbour in the time of one cell, and holds of one: of a node that sends over it, it
/// has two or three in hand, seven or eight in all.
pub const CELLS_OF_NEIGHBOUR_MAX: usize = 64;

/// The most cells that a relay holds: 1,024 × 4,096 bytes is 4 MB.
pub const CELLS_HELD_MAX: usize = 1_024;

/// The least observed uptime of a relay on a path, in thousandths.
pub const RELAY_UPTIME_PERMILLE_MIN: u16 = 900;

/// So many late cells of one pseudonym in a row have its exit drawn again: 12 × 25 min is five hours at the real pace, after which
/// seven relays of eight that are away for 2.4 hours as a mean are back.
pub const EXIT_LATE_CELLS_MAX: u8 = 12;

/// So many late cells of one node in a row, over whatever exits, have its guard and middle drawn again: twice as many, so that an exit
/// that drops cells is gone before it costs the pair.
pub const PAIR_LATE_CELLS_MAX: u8 = 2 * EXIT_LATE_CELLS_MAX;

/// A guard that cannot be reached, or a relay of a path that has no key, for as long as so many cells take (a day at the real pace) is
/// drawn again: a shop may switch its node off for the night.
pub const CELLS_MISSED_MAX: u64 = 720;

/// How often the exit of one pseudonym may be drawn again, and the pair of one node in [`PAIR_COUNT_WEEKS`]. A relay that drops cells
/// makes its senders draw again until they draw its friends; two times bound that.
pub const REDRAWS_MAX: u8 = 2;

/// For how many weeks a pair's redraws are counted: as long as an advert may be said and its last words carried. A node lives
/// for years, in which more than three members leave.
pub const PAIR_COUNT_WEEKS: u32 = 9;

/// Bytes of a frame before the record: its length as a big-endian `u16`.
pub const FRAME_HEAD_BYTES: usize = 2;

/// Plaintext sizes in bytes of a dialogue message after padding. Each sealed message (16 bytes more) with pass, keys and
/// signature (at most 500 bytes, 256 of them the signature of a blind pass) fills one record class: 480 + 16 + 500 < 998;
/// 1,480 + 16 + 500 < 1,998; 2,880 + 16 + 500 < 3,398. The same under both schemes of passes.
pub const PLAINTEXT_CLASSES_BYTES: [usize; 3] = [480, 1_480, 2_880];

/// The largest message of a dialogue, in bytes: the largest plaintext without its prefix of two.
pub const MESSAGE_BYTES_MAX: usize = 2_880 - 2;

/// The longest short text in an advert or brief, in bytes: two sentences, and little room to be recognised by style.
pub const SHORT_TEXT_BYTES_MAX: usize = 240;

/// The longest legal or display name, in bytes.
pub const NAME_BYTES_MAX: usize = 120;

/// The longest clause or line text in terms, in bytes: a paragraph. All terms together must fit one message: 2,878 bytes after
/// the length prefix, which is 12 lines and 12 clauses of about 100 bytes each beside the amounts.
pub const TERMS_TEXT_BYTES_MAX: usize = 400;

/// The most price lines in one set of terms.
pub const TERMS_LINES_MAX: usize = 12;

/// The most dockets that one side of a deal writes: a session a week for a year and some things that change hands, or two months of working
/// days. With the other side's countersignatures that is half of what a deal reads ([`MESSAGES_READ_MAX`]).
pub const DOCKETS_MAX: u32 = 64;

/// The longest session on one docket, in minutes: a day.
pub const SESSION_MINUTES_MAX: u32 = 24 * 60;

/// The most clauses in one set of terms.
pub const TERMS_CLAUSES_MAX: usize = 12;

/// The most conditions of one match that terms say how to fulfil: a rule opens one certificate, and a need that is met by eight of
/// them is met by none.
pub const TERMS_FULFILMENTS_MAX: usize = 8;

/// The longest id of a knowledge pack or of a rule in one, in bytes, as packs are read.
pub const RULE_TEXT_BYTES_MAX: usize = 64;

/// The longest time that terms name in days: five years.
pub const TERMS_DAYS_MAX: u32 = 1_827;

/// The longest time that terms name in months: ten years.
pub const TERMS_MONTHS_MAX: u32 = 120;

/// The longest notice that terms name in hours: four weeks.
pub const TERMS_HOURS_MAX: u32 = 672;

/// The most entries in any coded list of an advert or brief (materials, credentials, languages, fields).
pub const LIST_MAX: usize = 16;

/// The most conflict classes that an advert or brief says: a firm stands in one line of business or two, and each that is said makes
/// the crowd in which its author stands smaller.
pub const CONFLICT_CLASSES_MAX: usize = 4;

/// How long an advert may live, in weeks, counted from the week of its publication.
pub const ADVERT_WEEKS_MAX: u32 = 8;

/// How long an envelope lives, in days: a node asleep over a long weekend loses nothing.
pub const ENVELOPE_DAYS: u32 = 7;

/// How far a sender's clock may be wrong before what it says is refused, in milliseconds: ten minutes.
pub const CLOCK_SKEW_MS_MAX: u64 = 10 * 60 * 1_000;

/// How long a pass stays good after its epoch, in milliseconds: 48 hours.
pub const PASS_GRACE_MS: u64 = 48 * 3_600 * 1_000;

/// Passes of one purpose that a firm gets for one epoch: adverts, contacts (envelopes), log entries, relays.
pub const ADVERT_PASSES_PER_EPOCH: u32 = 64;
/// See [`ADVERT_PASSES_PER_EPOCH`]. A contact pass carries one envelope.
pub const CONTACT_PASSES_PER_EPOCH: u32 = 192;
/// See [`ADVERT_PASSES_PER_EPOCH`]. One log pass covers one engagement.
pub const LOG_PASSES_PER_EPOCH: u32 = 32;
/// See [`ADVERT_PASSES_PER_EPOCH`]. One peer pass stands under one relay's descriptor of one week; the second is a spare for
/// a key that was lost.
pub const PEER_PASSES_PER_EPOCH: u32 = 2;

/// How long before its epoch a manifest may be heard, in milliseconds: four weeks, of which a sponsor needs two.
pub const MANIFEST_AHEAD_MS: u64 = 4 * 7 * 24 * 3_600 * 1_000;

/// How long a manifest must have been known before passes of a coming epoch are asked for under its keys, in milliseconds: a
/// day, in which a second manifest for the same epoch would be heard (`PAS-9`).
pub const MANIFEST_KNOWN_MS_MIN: u64 = 24 * 3_600 * 1_000;

/// How long a manifest must have been known before one neighbour that holds it is enough, in milliseconds: two days, which a firm
/// that already trades never waits for, because manifests are heard a week and more ahead.
pub const MANIFEST_ALONE_MS_MIN: u64 = 2 * MANIFEST_KNOWN_MS_MIN;

/// How many neighbours must hold the same manifest before passes are asked for under its keys (`PAS-9`).
pub const MANIFEST_NEIGHBOURS_MIN: usize = 2;

/// The most holder keys, or blinded ones, in one request for passes: the answer (96 bytes each, or 278) stays far below one
/// parcel.
pub const PASSES_PER_REQUEST_MAX: usize = 64;

/// The largest parcel between two neighbours, in bytes: a round of comparison with every list full (see
/// [`SPANS_PER_PARCEL_MAX`]) with half as much to spare.
pub const PARCEL_BYTES_MAX: usize = 1_000_000;

/// The most ids in a span that is told as a list, and kept as one: 8 × 34 bytes are what sixteen prints of 17 bytes cost.
pub const SPAN_IDS_MAX: usize = 8;

/// The most spans in one parcel: 1,024 × (16 prints of 17 bytes and up to 80 of path) is 360 kB.
pub const SPANS_PER_PARCEL_MAX: usize = 1_024;

/// The most ids of one span that are offered at once; of a fuller one, sixteen prints are told instead. About twice what a
/// span of two digits holds when a whole kind (100,000) stands in one partition.
pub const SPAN_OFFER_MAX: usize = 800;

/// The most ids in one parcel, and offered for one: 4,096 × 34 bytes is 140 kB, and the names of 32 parcels of bodies.
pub const IDS_PER_PARCEL_MAX: usize = 4_096;

/// The most partitions that a node tells of: ten weeks of adverts, four of envelopes, three of relays, all quarters
/// of the log and of keys, and room.
pub const PARTITIONS_MAX: usize = 2 * LOG_QUARTERS_MAX as usize + 32;

/// Weeks of the log, or of keys, in one partition.
pub const LOG_QUARTER_WEEKS: u32 = 13;

/// Quarters of the log and of keys, from 1970: to the year 2225.
pub const LOG_QUARTERS_MAX: u32 = 1_024;

/// The most parcels of catch-up that may be on the way to one neighbour; its questions beyond that are not answered. One
/// question has at most four parcels in answer, so four rounds at once: more than two nodes that ask each other have open.
pub const ANSWERS_FLYING_MAX: usize = 16;

/// The most ids that are remembered as refused, so that they are not fetched again: one member's passes of two weeks and more.
pub const REFUSED_IDS_MAX: usize = 1_024;

/// How much may stand against a neighbour in catch-up before it is hung up on (`SYN-17`): as many as silence one in gossip.
pub const FAULTS_MAX: u32 = 13;

/// How many neighbours must hold the same before a node counts itself complete: one of them might withhold.
pub const NEIGHBOURS_ALIKE_MIN: usize = 2;

/// The most record bodies in one parcel of catch-up: 128 × 3,400 bytes is under half a parcel.
pub const BODIES_PER_PARCEL_MAX: usize = 128;

/// The most holder keys of one kind whose words a node keeps for others: 100,000 × 3,400 bytes is 340 MB at the very worst (twice
/// that in the log, where a key says two things), and about 100 MB in the smallest class.
pub const SHELF_KEYS_MAX: usize = 100_000;

/// The most rows in a sponsor's census: about 60 bytes each, 31 kB in all, small beside a parcel.
pub const CENSUS_ROWS_MAX: usize = 512;

/// The most sponsors that found one network.
pub const SPONSORS_MAX: usize = 16;

/// The most addresses in an invitation or an identity.
pub const ADDRESSES_MAX: usize = 8;

/// The longest address (multiaddr text), in bytes.
pub const ADDRESS_BYTES_MAX: usize = 200;

/// The most messages of the other side that are read in one deal, refused ones counted (`STP-7`): ten times what a deal with many
/// counter-proposals takes; 256 × 2.9 kB is 742 kB that a counterpart can make a firm keep for ever.
pub const MESSAGES_READ_MAX: u64 = 256;

/// How long a deal that does not bind goes on without a word of either side, in days (`STP-8`): four lives of an envelope. Whoever comes
/// back after two weeks finds the last words, which are said again each week, and has two weeks more to act.
pub const DEAL_SILENCE_DAYS: u32 = 28;

/// How often each side may ask in one deal: three times, which makes six rounds of both. Counted for each side, so that words which
/// cross on their way change nothing.
pub const ASKS_MAX: usize = 3;

/// The most questions in one ask. Three asks are fifteen questions, and a reply of five texts of 240 bytes is 1,300 of 2,878 bytes.
pub const QUESTIONS_PER_ASK_MAX: usize = 5;

/// How long an operating key may speak for its firm, in days, the first and the last included: a leap year.
pub const OPERATING_KEY_DAYS_MAX: u32 = 366;

/// The largest event of a key-event log, in bytes, signed: a rotation is firm, previous event, root key, commitment and
/// operating key (34 bytes each), two days (5 each), a number (2), a signature (66), and 12 bytes of heads and field numbers.
pub const KEY_EVENT_BYTES_MAX: usize = 5 * 34 + 2 * 5 + 2 + 66 + 12;

/// The most events of a key-event log after the inception: one delegation a year and two people who leave make three a year, so
/// a log lasts for two decades; in the second one a delegation, which ends what the key before it certified, is how people leave.
/// Each reveal carries the whole log, so every event costs its bytes again and again.
pub const KEY_EVENTS_MAX: usize = 64;

/// The most events that a log may have when the operating key signs one of them: half of it is kept for the root keys, so that a
/// thief of the operating key leaves them room to say that it is over.
pub const KEY_EVENTS_OPERATING_MAX: usize = KEY_EVENTS_MAX / 2;

/// The largest key-event log, in bytes: an inception of at most 222, and 64 events of 260, and 5 of heads.
pub const KEY_LOG_BYTES_MAX: usize = 222 + KEY_EVENTS_MAX * KEY_EVENT_BYTES_MAX + 5;

/// The largest proof of a fork, in bytes: what two logs have in common and what they have not is at most two logs.
pub const FORK_PROOF_BYTES_MAX: usize = 2 * KEY_LOG_BYTES_MAX;

/// The largest identity in a locked reveal, in bytes: a key-event log of 16,867, and everything else together at most 2,983
/// (membership 311, four contact texts 1,002, peer id 50, eight addresses of 200 bytes 1,618).
pub const IDENTITY_BYTES_MAX: usize = 20_000;

/// Bytes of a locked reveal in one message: a message of 2,878 without its own heads (6).
pub const LOCKED_PART_BYTES: usize = 2_872;

/// The most messages into which a locked reveal is cut: (20,000 + 16 of seal) ÷ 2,872, rounded up. A firm with less than
/// half a dozen events and short addresses needs one or two.
pub const LOCKED_PARTS_MAX: usize = 7;

/// The most key events in one message of a dialogue: 11 of 260 bytes are 2,860 of 2,878.
pub const KEY_EVENTS_PER_MESSAGE_MAX: usize = 11;
