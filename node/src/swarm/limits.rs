//! Every limit of the carrier in one place, with its unit and its arithmetic.
//!
//! The rule behind all of them: what a stranger can make us hold is small, what a member can make us hold is bounded, and
//! what we hold for our own driver is bounded by what the driver asks for.

use std::time::Duration;

// Connections.

/// Established connections in all. A mesh of 6 to 12 neighbours per topic, a few dozen direct sessions and strangers who ask
/// for admission: 12 + 64 + [`STRANGERS_MAX`] = 108, rounded up.
pub const CONNECTIONS_MAX: u32 = 128;
/// Established connections that others opened: three quarters, so that strangers cannot keep us from dialling out.
pub const CONNECTIONS_INBOUND_MAX: u32 = CONNECTIONS_MAX / 4 * 3;
/// Established connections to one peer: the one in use, and a newer one that is about to replace it (both sides dialled at
/// once, or the old one is dead and nobody has noticed).
pub const CONNECTIONS_PER_PEER_MAX: u32 = 2;
/// Connections being negotiated in each direction. Each costs a Noise handshake (under 1 ms) and a few kB.
pub const CONNECTIONS_PENDING_MAX: u32 = 32;
/// Connected peers that are not admitted; a further one takes the place of the oldest, so that a crowd of silent ones keeps
/// nobody out. Each may hold [`HELLO_BYTES_MAX`] + [`ADMISSION_BYTES_MAX`] per stream for at most
/// [`STRANGER_WAIT`]: 32 × 2 × 8 × 64 KiB = 32 MiB in the worst case.
pub const STRANGERS_MAX: usize = 32;
/// No new connection while this process holds more physical memory than this, in bytes. An idle node holds under 40 MB;
/// the worst case of every limit here together is about 700 MiB.
pub const MEMORY_BYTES_MAX: usize = 1 << 30;
/// A peer that is not admitted this long after it connected is hung up on; as often the admissions of those inside are judged again,
/// because one lapses while its holder is connected (a signature each: 128 × 50 µs).
pub const STRANGER_WAIT: Duration = Duration::from_secs(30);
/// Silence alone never closes a connection; ping notices dead ones. (The library wants a number: 30 days.)
pub const IDLE_WAIT: Duration = Duration::from_secs(30 * 86_400);
/// One ping per interval: 4 a minute, 64 bytes of payload each way.
pub const PING_INTERVAL: Duration = Duration::from_secs(15);
/// An unanswered ping closes the connection; a dead line is noticed after at most 15 + 20 = 35 s.
pub const PING_WAIT: Duration = Duration::from_secs(20);

// Hello and admission.

/// A hello, in bytes: 1 + an admission, which is a signed statement of under 1 kB; four times that leaves room for chains.
pub const HELLO_BYTES_MAX: usize = 4 * 1024;
/// The answer to a hello, in bytes: one byte and a reason for a person.
pub const WELCOME_BYTES_MAX: usize = 512;
/// Hellos sent, and separately hellos heard, on one connection: the first, a new one per replaced admission, and retries
/// while a doubled connection is being sorted out.
pub const HELLOS_MAX: u32 = 16;
/// The longest wait for the answer to a hello.
pub const HELLO_WAIT: Duration = Duration::from_secs(10);
/// A request for admission or its answer, in bytes. The answer carries the charter and the sponsor's manifest.
pub const ADMISSION_BYTES_MAX: usize = 64 * 1024;
/// The longest wait for an answer of an admission desk, dialling included.
pub const ADMISSION_WAIT: Duration = Duration::from_secs(30);
/// Requests for admission answered at the same time; more are refused and may come again.
pub const ADMISSIONS_AT_ONCE_MAX: usize = 16;
/// Streams of hello and of admission on one connection at the same time.
pub const STRANGER_STREAMS_MAX: usize = 8;

// Gossip.

/// One gossiped message, in bytes: the largest record is 3,400, plus topic and framing, rounded up to 8 KiB.
pub const GOSSIP_BYTES_MAX: usize = 8 * 1024;
/// Ids in one announcement of messages that a neighbour may have missed: 400 × 34 B = 13.6 kB. Gossipsub 0.50.1 sends up to
/// 5,000 by default and itself refuses, by cutting the stream, more than 16 KiB.
pub const GOSSIP_IDS_MAX: usize = 400;
/// One frame of gossip on the wire, in bytes. Gossipsub 0.50.1 compares this limit with everything it has read, not with one
/// frame: the rest of a frame and the next 8 KiB read. So anything under 13.6 + 8.2 = 21.8 kB would cut streams in bursts
/// (measured: at 8 KiB, a burst of 1,500 lost up to nine in ten).
pub const GOSSIP_FRAME_BYTES_MAX: usize = 64 * 1024;
/// Heartbeats for which a message stays in the cache and a verdict still forwards it: 10 × 1 s = 10 s.
pub const GOSSIP_HISTORY_HEARTBEATS: usize = 10;
/// How long a forwarded message may wait for a slow neighbour. At 1 s bursts lost 1.3 %, at 20 s nothing (measured).
pub const GOSSIP_FORWARD_WAIT: Duration = Duration::from_secs(20);
/// How long a message id is remembered, so that an echo is not passed on again. An id takes about 120 B; invalid messages of
/// one neighbour stop after [`REJECTIONS_TO_SILENCE`], valid ones cost their authors a pass each.
pub const GOSSIP_DUPLICATE_MEMORY: Duration = Duration::from_secs(30 * 60);
/// Messages queued for one neighbour: 2,000 × 3.4 kB = 7 MB, for 12 mesh neighbours 82 MB. A burst beyond that is left to
/// catch-up.
pub const GOSSIP_QUEUE_MAX: usize = 2_000;
/// Records waiting for their verdict. 10 s of cache at 800 messages a second.
pub const TICKETS_MAX: usize = 8_192;
/// Own records waiting for a first neighbour: 512 × 8 KiB = 4 MiB at most. Beyond that the oldest is given up; catch-up
/// carries it later.
pub const UNSENT_MAX: usize = 512;
/// Rejected messages after which a neighbour is not listened to for a while: score −1 × 13² = −169, below −160.
pub const REJECTIONS_TO_SILENCE: u32 = 13;

// Parcels.

/// One parcel, in bytes: a batch of some 300 records of catch-up.
pub const PARCEL_BYTES_MAX: usize = 1024 * 1024;
/// The receipt of a parcel, in bytes. One is used.
pub const RECEIPT_BYTES_MAX: usize = 16;
/// The longest wait for a receipt; it includes the other side's commit.
pub const PARCEL_WAIT: Duration = Duration::from_secs(30);
/// Parcels of one peer that wait for our receipt; more are refused.
pub const PARCELS_HELD_PER_PEER_MAX: usize = 32;
/// Parcels of all peers that wait for our receipt: 128 × 1 MiB = 128 MiB at most.
pub const PARCELS_HELD_MAX: usize = 128;
/// Parcels under way to one peer at the same time. Half of what the other side accepts, so that an honest sender is never
/// refused.
pub const PARCELS_FLYING_PER_PEER_MAX: usize = PARCELS_HELD_PER_PEER_MAX / 2;
/// Parcels of ours that wait for their turn to one peer; more come back undelivered at once.
pub const PARCELS_QUEUED_PER_PEER_MAX: usize = 256;
/// Their bytes: the sixteen answers of catch-up that may be under way, of up to 440 kB each, and room for one parcel more.
pub const PARCELS_QUEUED_BYTES_PER_PEER_MAX: usize = 8 * PARCEL_BYTES_MAX;
/// The bytes of those to all peers together, so that a crowd that asks much and takes nothing costs 64 MiB at most.
pub const PARCELS_QUEUED_BYTES_MAX: usize = 64 * PARCEL_BYTES_MAX;
/// Streams of parcels on one connection: those held for the peer and those flying to it.
pub const PARCEL_STREAMS_MAX: usize = PARCELS_HELD_PER_PEER_MAX + PARCELS_FLYING_PER_PEER_MAX;

// The task.

/// Reports waiting for the driver. At this many the network is not read any more, so that senders feel the back-pressure:
/// 1,024 × 8 KiB of gossip = 8 MiB, parcels have their own limit.
pub const REPORTS_MAX: usize = 1_024;
/// How often deadlines, meeting points and unsent records are looked at.
pub const TICK: Duration = Duration::from_millis(500);
/// First wait before a lost meeting point is dialled again; doubles each time, half to one and a half of it at random.
pub const REDIAL_WAIT_FIRST: Duration = Duration::from_secs(1);
/// Longest wait before a lost meeting point is dialled again, before the random part.
pub const REDIAL_WAIT_MAX: Duration = Duration::from_secs(60);
/// First wait before a failed carrier is started again; doubles each time.
pub const RESTART_WAIT_FIRST: Duration = Duration::from_millis(200);
/// Longest wait before a failed carrier is started again.
pub const RESTART_WAIT_MAX: Duration = Duration::from_secs(30);
/// A carrier that ran this long was healthy: the next failure waits the first wait again.
pub const HEALTHY_RUN: Duration = Duration::from_secs(60);
/// The longest wait for the operating system to name the addresses we listen on.
pub const LISTEN_WAIT: Duration = Duration::from_secs(5);
/// A network's name, in bytes. It stands inside protocol names, which are at most 140 bytes long on the wire.
pub const NETWORK_BYTES_MAX: usize = 64;
