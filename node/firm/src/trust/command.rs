//! Entries that this firm posts.

use super::{Engagement, Event};
use ed25519_dalek::SigningKey;
use protocol::check::{Checked, Record, own};
use protocol::id::{DealId, DisputeKey, Hash, HolderKey, NetworkId};
use protocol::log::{Outcome, OutcomeBody, Start, StartBody, commit, commit_next};
use protocol::noise::Seed;
use protocol::pass::Pass;
use protocol::time::UnixMs;
use protocol::vocabulary::OutcomeCode;

/// What one START hides: two salts and the next position.
pub struct Draw {
    /// Hides the receipt.
    pub receipt_salt: Hash,
    /// Hides the next position.
    pub next_salt: Hash,
    /// The next position's seed ([`position_after`]).
    pub next: Seed,
}

/// The position that follows one. Derived, so that passes for the positions to come can be fetched before anything is begun.
pub fn position_after(master: &Seed, position: &Seed) -> Seed {
    Seed(Hash::of_bytes("cosolvent/position-after/1", &[master.0, position.0].concat()).0)
}

/// Builds the START of a deal under the current position (`LOG-1`).
pub fn start(
    network: NetworkId,
    deal: DealId,
    terms: &Hash,
    (position, pass): (&Seed, &Pass),
    dispute: DisputeKey,
    draw: Draw,
    now: UnixMs,
) -> Option<(Checked, Event)> {
    let next_key = HolderKey::of(&SigningKey::from_bytes(&draw.next.0));
    let body = StartBody {
        network,
        pass: pass.clone(),
        receipt: commit(&draw.receipt_salt, terms),
        next: commit_next(&draw.next_salt, &next_key),
        dispute,
    };
    let record = own(Record::Start(Start::new(body, &SigningKey::from_bytes(&position.0))))?;
    let event = Event::Started {
        deal,
        record: record.id(),
        position: position.clone(),
        receipt_salt: draw.receipt_salt,
        next_salt: draw.next_salt,
        next: draw.next,
        week: now.week(),
    };
    Some((record, event))
}

/// Builds the OUTCOME of an engagement under the position of its START.
pub fn end(
    network: NetworkId,
    deal: DealId,
    engagement: &Engagement,
    start_pass: &Pass,
    outcome: OutcomeCode,
    receipts: &Hash,
    now: UnixMs,
) -> Option<(Checked, Event)> {
    let body = OutcomeBody {
        network,
        pass: start_pass.clone(),
        start: engagement.start,
        outcome,
        receipt: commit(&engagement.receipt_salt, receipts),
    };
    let record = own(Record::Outcome(Outcome::new(body, &SigningKey::from_bytes(&engagement.position.0))))?;
    let event = Event::Ended { deal, record: record.id(), outcome, at: now };
    Some((record, event))
}
