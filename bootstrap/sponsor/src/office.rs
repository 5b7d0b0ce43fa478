//! What this sponsor is: its key, its network, its charter, and where to find it. Given at start, never changed by others.

use crate::issuing::Signer;
use alloc::{string::String, sync::Arc, vec::Vec};
use core::fmt;
use ed25519_dalek::SigningKey;
use protocol::census::Row;
use protocol::charter::{Charter, SignedCharter};
use protocol::genesis::{Genesis, PassScheme};
use protocol::id::{Blob, NetworkId, SponsorKey};
use protocol::limits::{ADDRESS_BYTES_MAX, ADDRESSES_MAX};
use protocol::sign::Signed;

/// Keys that a sponsor's node opens at boot.
#[derive(Clone)]
pub struct SponsorKeys {
    /// Signs invitations, certificates, the charter and passes.
    pub operating: SigningKey,
}

impl fmt::Debug for SponsorKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SponsorKeys(secret)")
    }
}

/// Why a sponsor cannot be set up like this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misfounded {
    /// The genesis breaks its own rules.
    #[error("the genesis names no sponsor, too many, or the same one twice; make it again")]
    Genesis,
    /// The key at hand is not one of the founders'.
    #[error("this sponsor's key is not among the founders of the network; use the genesis that names it")]
    NotAFounder,
    /// The charter is another sponsor's or another network's.
    #[error("the charter is for another network or sponsor; write one for this genesis and this key")]
    Charter,
    /// Too many or too long addresses.
    #[error(
        "at most {ADDRESSES_MAX} addresses and {ADDRESSES_MAX} meeting points of at most {ADDRESS_BYTES_MAX} bytes each"
    )]
    Addresses,
}

/// A sponsor as others see it, and the key with which it signs.
#[derive(Clone, Debug)]
pub struct Office {
    pub(crate) keys: SponsorKeys,
    /// The network's first record.
    pub genesis: Genesis,
    /// Its hash.
    pub network: NetworkId,
    /// The market's rules, signed.
    pub charter: SignedCharter,
    /// Transport identity of this node.
    pub peer: Blob,
    /// Where it listens (multiaddr texts).
    pub addresses: Vec<String>,
    /// Where else members can connect (multiaddr texts that end in a peer id).
    pub meeting_points: Vec<String>,
    /// What its staff counted in the region.
    pub rows: Vec<Row>,
    pub(crate) signer: Option<Arc<dyn Signer>>,
}

impl Office {
    pub(crate) fn new(
        keys: SponsorKeys,
        genesis: Genesis,
        charter: Charter,
        peer: Blob,
        addresses: Vec<String>,
        meeting_points: Vec<String>,
    ) -> Result<Office, Misfounded> {
        let (network, key) = (genesis.id(), SponsorKey::of(&keys.operating));
        if !genesis.well_formed() {
            return Err(Misfounded::Genesis);
        }
        genesis.founder(&key).ok_or(Misfounded::NotAFounder)?;
        if charter.network != network || charter.sponsor != key {
            return Err(Misfounded::Charter);
        }
        if !speakable(&addresses) || !speakable(&meeting_points) {
            return Err(Misfounded::Addresses);
        }
        let charter = Signed::new(charter, &keys.operating);
        Ok(Office { keys, genesis, network, charter, peer, addresses, meeting_points, rows: Vec::new(), signer: None })
    }

    /// The sponsor's key.
    pub fn key(&self) -> SponsorKey {
        SponsorKey::of(&self.keys.operating)
    }

    /// Who holds its issuing keys; nobody where passes are of scheme 0.
    pub(crate) fn signer(&self) -> Option<Arc<dyn Signer>> {
        self.signer.clone().filter(|_| self.genesis.passes == PassScheme::Blind)
    }
}

/// Whether addresses fit an invitation or a welcome.
pub(crate) fn speakable(addresses: &[String]) -> bool {
    addresses.len() <= ADDRESSES_MAX && addresses.iter().all(|address| address.len() <= ADDRESS_BYTES_MAX)
}
