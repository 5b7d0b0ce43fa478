//! The transport identity: what neighbours know this node by. It has nothing to do with the firm's own keys.

use ed25519_dalek::SigningKey;
use protocol::id::PeerKey;
use protocol::noise::Seed;
use protocol::relay::Predecessor;
use protocol::time::{UnixMs, Week};

/// For how many weeks a descriptor names the identity before: as long as a path that was pinned through it may have something to
/// carry, which is the life of an advert and of the envelopes that answer it (8 + 1 weeks).
const NAMED_WEEKS: u32 = 9;

/// An identity that was drawn and that the node does not speak under yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Next {
    /// Its seed.
    pub seed: Seed,
    /// When it was drawn.
    pub at: UnixMs,
}

/// The transport identity's secrets.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Transport {
    /// The one in force, if it was drawn here; otherwise the one that the node came with is.
    pub present: Option<Seed>,
    /// The one to come.
    pub next: Option<Next>,
    pub(super) past: Option<(Predecessor, Week)>,
}

impl Transport {
    /// The public half of the one to come.
    pub fn next_peer(&self) -> Option<PeerKey> {
        self.next.as_ref().map(|next| peer_key(&next.seed))
    }

    /// The one before, while descriptors of a week name it (`REL-5`).
    pub fn predecessor(&self, week: Week) -> Option<Predecessor> {
        self.past.filter(|(_, moved)| week <= moved.plus(NAMED_WEEKS)).map(|(predecessor, _)| predecessor)
    }
}

pub(super) fn peer_key(seed: &Seed) -> PeerKey {
    PeerKey::of(&SigningKey::from_bytes(&seed.0))
}
