//! Parcels: what two connected neighbours say to each other alone. A parcel proves nothing by itself; every record in it is
//! checked as if it had been gossiped, and every answer is matched to a question of ours.
//!
//! - `SYN-5` A parcel is at most 1,000,000 bytes long and its lists keep their limits; ids are in ascending order.
//!
//! ```text
//!   catch-up    Roots ─▶            passes    PassRequest ─▶            deal    Session ─▶   (after names are exchanged)
//!                 ◀─ Ids                        ◀─ Passes
//!               Want ─▶             renewal   RenewalRequest ─▶     census  ◀─ Census
//!                 ◀─ Bodies                     ◀─ Renewal
//! ```

use crate::admission::{ADMISSION_BYTES_MAX, AdmissionAnswer};
use crate::census::SignedCensus;
use crate::check::Kind;
use crate::id::{Blob, Hash, HolderKey, RecordId};
use crate::limits::{BODIES_PER_PARCEL_MAX, IDS_PER_PARCEL_MAX, PARCEL_BYTES_MAX, PASSES_PER_REQUEST_MAX};
use crate::pass::{Pass, Purpose};
use crate::time::Week;
use crate::wire::{Malformed, decode, encode, wire_types};
use alloc::{boxed::Box, vec::Vec};
use minicbor::{Decode, Encode};

/// One parcel.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Parcel {
    /// "This is what I hold": one root per kind.
    #[n(0)]
    Roots {
        /// Of adverts.
        #[n(0)]
        adverts: Hash,
        /// Of envelopes.
        #[n(1)]
        envelopes: Hash,
        /// Of the log.
        #[n(2)]
        log: Hash,
        /// Of relays.
        #[n(3)]
        relays: Hash,
    },
    /// "Our roots of this kind differ; these are my ids." Sorted.
    #[n(1)]
    Ids {
        /// Of which kind.
        #[n(0)]
        kind: Kind,
        /// All of them, at most [`IDS_PER_PARCEL_MAX`].
        #[n(1)]
        ids: Vec<RecordId>,
    },
    /// "Send me these."
    #[n(2)]
    Want {
        /// At most [`BODIES_PER_PARCEL_MAX`].
        #[n(0)]
        ids: Vec<RecordId>,
    },
    /// Frames.
    #[n(3)]
    Bodies {
        /// Of which kind.
        #[n(0)]
        kind: Kind,
        /// At most [`BODIES_PER_PARCEL_MAX`].
        #[n(1)]
        frames: Vec<Blob>,
    },
    /// "Issue passes for these keys."
    #[n(4)]
    PassRequest {
        /// For which week.
        #[n(0)]
        epoch: Week,
        /// For what.
        #[n(1)]
        purpose: Purpose,
        /// At most [`PASSES_PER_REQUEST_MAX`].
        #[n(2)]
        holders: Vec<HolderKey>,
    },
    /// The passes that were asked for, in the order of the keys; fewer when the batch of the week is used up.
    #[n(5)]
    Passes {
        /// For what.
        #[n(0)]
        purpose: Purpose,
        /// One for each key.
        #[n(1)]
        passes: Vec<Pass>,
    },
    /// A message of a deal whose parties know each other: the same sealed bytes that an envelope would carry.
    #[n(6)]
    Session {
        /// Says which deal and sequence.
        #[n(0)]
        tag: [u8; 2],
        /// Sealed.
        #[n(1)]
        ciphertext: Blob,
    },
    /// "Renew what you signed for me" (`ADM-3`). Says nothing more: the sponsor knows the peer.
    #[n(7)]
    RenewalRequest,
    /// The sponsor's answer (`ADM-4`).
    #[n(8)]
    Renewal {
        /// The same as to a request for admission.
        #[n(0)]
        answer: AdmissionAnswer,
    },
    /// A sponsor's census, to its members.
    #[n(11)]
    Census(#[n(0)] Box<SignedCensus>),
}
wire_types!(Parcel);

impl Parcel {
    /// The bytes to send.
    pub fn to_bytes(&self) -> Vec<u8> {
        encode(self)
    }

    /// A parcel from a neighbour's bytes, within the limits of its kind.
    pub fn from_bytes(bytes: &[u8]) -> Result<Parcel, Malformed> {
        let parcel: Parcel = decode(bytes, PARCEL_BYTES_MAX)?;
        let fits = match &parcel {
            Parcel::Ids { ids, .. } => ids.len() <= IDS_PER_PARCEL_MAX && ids.is_sorted_by(|a, b| a < b),
            Parcel::Want { ids } => ids.len() <= BODIES_PER_PARCEL_MAX,
            Parcel::Bodies { frames, .. } => frames.len() <= BODIES_PER_PARCEL_MAX,
            Parcel::PassRequest { holders, .. } => holders.len() <= PASSES_PER_REQUEST_MAX,
            Parcel::Passes { passes, .. } => passes.len() <= PASSES_PER_REQUEST_MAX,
            Parcel::Renewal { .. } => bytes.len() <= ADMISSION_BYTES_MAX,
            Parcel::Census(census) => census.body.well_formed(),
            Parcel::Roots { .. } | Parcel::Session { .. } | Parcel::RenewalRequest => true,
        };
        if fits { Ok(parcel) } else { Err(Malformed::TooLong) }
    }
}
