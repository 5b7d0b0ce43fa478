//! What strangers and members with bad intentions could send, at every decoder.
//!
//! - `raw`: bytes without sense, and CBOR without sense.
//! - `defects`: every golden record with every defect that canonical form forbids, at every place.
//! - `attacker`: a member's own key and passes, used for what they are not for; all signatures are right.
//! - `member`: a member's own words with every number at its extremes, rightly signed.
//! - `embargo`: questions that would find out who made a record.
//! - `shelf`: the same thing twice, two things under one key, things too late.
//! - `issuing`: blind passes turned to other uses, bad keys, manifests that contradict each other; all rightly signed.
//! - `keys`: thieves of a firm's keys, all rightly signed.
//! - `forks`: firms that say two things, and owners who take back what a thief said, all rightly signed.
//! - `census`: a founder's numbers that may not be said, and rows that say one thing twice; all rightly signed.
//! - `relays`: descriptors that describe somebody else's node, too much, too early or too late.
//! - `reveal`: keys, proofs and decisions taken from where they belong.
//! - `talk`: questions without end, answers to what nobody asked.
//!
//! What must hold: a refusal by type with a named reason, never a panic, no more memory than the bytes justify, and what is
//! accepted reads back as exactly its bytes.

mod attacker;
mod census;
mod decoders;
mod defects;
mod embargo;
mod forks;
mod issuing;
mod keys;
mod member;
mod raw;
mod relays;
mod reveal;
mod shares;
mod shelf;
#[path = "../specimens/mod.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    reason = "shared by two test binaries and the writer, none of which uses all of it"
)]
mod specimens;
mod talk;
