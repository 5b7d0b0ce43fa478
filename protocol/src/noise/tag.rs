//! Two bytes on each envelope by which its reader picks it out of everybody's.
//!
//! Decides whether an envelope is worth opening. Envelopes have no recipient, so every node looks at every one; a tag turns
//! away all but one in 65,536 of the others for the price of one X25519 per live contact key (first messages) or a table
//! look-up (all later ones). A tag proves nothing: what counts is whether the ciphertext opens.
//!
//! Rules: `DLG-7` to `DLG-10`. An attacker who makes tags collide on purpose costs its victim one failed opening per
//! pass spent. Who learns what: without the contact secret or the tag key two bytes are indistinguishable from chance, so
//! nobody can group the envelopes of a dialogue by them; the blank ephemerals serve the same end.

use super::{ContactSecret, Ephemeral, Position, Refused, Seed, Sequence, TagKey, keys::keyed, resolver};
use core::fmt;
use hkdf::Hkdf;
use hmac::Mac;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::Zeroizing;

const FIRST_LABEL: &[u8] = b"cosolvent/dialogue/first-tag/1";
const LATER_LABEL: &[u8] = b"cosolvent/dialogue/tag/1";
const BLANK_LABEL: &[u8] = b"cosolvent/dialogue/blank-ephemeral/1";

/// The tag field of an envelope.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tag(pub [u8; 2]);

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tag:{:04x}", u16::from_be_bytes(self.0))
    }
}

/// The tag that a first message to this contact key has if it carries this ephemeral (`DLG-7`).
///
/// Errors: [`Refused::LowOrder`].
pub fn first_tag(secret: &ContactSecret, ephemeral: &Ephemeral) -> Result<Tag, Refused> {
    resolver::shared(&secret.0, &ephemeral.0).map(|shared| of_first(&shared)).ok_or(Refused::LowOrder)
}

/// HKDF-SHA256(no salt, the shared secret of contact key and ephemeral, own label), two bytes.
pub(super) fn of_first(shared: &[u8; 32]) -> Tag {
    let mut tag = [0; 2];
    // INVARIANT: HKDF-SHA256 gives up to 8,160 bytes, so two never fail.
    let _ = Hkdf::<Sha256>::new(None, shared).expand(FIRST_LABEL, &mut tag);
    Tag(tag)
}

impl TagKey {
    /// The tag of one message after the first: HMAC-SHA256(key, label ‖ sender's role ‖ sequence), two bytes (`DLG-8`). The
    /// answer is the responder's sequence 0.
    pub fn tag(&self, sender: Position, sequence: Sequence) -> Tag {
        let mut mac = keyed(&self.0);
        mac.update(LATER_LABEL);
        mac.update(&[sender.byte()]);
        mac.update(&sequence.0.to_be_bytes());
        let [first, second, ..] = <[u8; 32]>::from(mac.finalize().into_bytes());
        Tag([first, second])
    }
}

/// The ephemeral field of a later envelope: a public key whose secret nobody keeps, distributed as real ones are (`DLG-10`).
/// The same seed and sequence give the same key, so a rebuilt envelope has the same bytes.
pub fn blank_ephemeral(seed: &Seed, sequence: Sequence) -> Ephemeral {
    let mut mac = keyed(&seed.0);
    mac.update(BLANK_LABEL);
    mac.update(&sequence.0.to_be_bytes());
    let secret: Zeroizing<[u8; 32]> = Zeroizing::new(mac.finalize().into_bytes().into());
    Ephemeral(resolver::public_of(&secret))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::collections::BTreeSet;

    #[test]
    fn a_tag_depends_on_key_side_and_number() {
        // DLG-8
        let key = TagKey([1; 32]);
        let tags = BTreeSet::from([
            key.tag(Position::Initiator, Sequence(1)),
            key.tag(Position::Responder, Sequence(1)),
            key.tag(Position::Initiator, Sequence(2)),
            TagKey([2; 32]).tag(Position::Initiator, Sequence(1)),
        ]);
        assert_eq!(tags.len(), 4);
    }

    #[test]
    fn blank_ephemerals_differ_and_can_be_made_again() {
        // DLG-10
        let seed = Seed([4; 32]);
        let blanks: BTreeSet<_> = (1..=50).map(|n| blank_ephemeral(&seed, Sequence(n))).collect();
        assert_eq!(blanks.len(), 50);
        assert_eq!(blank_ephemeral(&seed, Sequence(1)), blank_ephemeral(&seed, Sequence(1)));
        assert_ne!(blank_ephemeral(&seed, Sequence(1)), blank_ephemeral(&Seed([5; 32]), Sequence(1)));
    }

    #[test]
    fn a_low_order_ephemeral_has_no_tag() {
        // DLG-2
        assert_eq!(first_tag(&ContactSecret([3; 32]), &Ephemeral([0; 32])), Err(Refused::LowOrder));
    }
}
