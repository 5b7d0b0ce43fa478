//! Parcels: what two connected neighbours say to each other alone. A parcel proves nothing by itself; every record in it is
//! checked as if it had been gossiped, and every answer is matched to a question of ours.
//!
//! - `SYN-5` A parcel is at most 1,000,000 bytes long and its lists keep their limits; partitions, and the ids of a span, are in order.
//!
//! ```text
//!   catch-up    Root ─▶             passes    PassRequest ─▶            deal    Session ─▶   (after names are exchanged)
//!                 ◀─ Partitions                 ◀─ Passes               blind   BlindRequest ─▶   (scheme 1)
//!               Spans ─▶ ◀─ Spans   renewal   RenewalRequest ─▶           ◀─ BlindAnswer
//!               Offer ─▶                        ◀─ Renewal            census  ◀─ Census
//!               Want ─▶                       RebindRequest ─▶
//!                 ◀─ Bodies                     ◀─ Renewal              relays  Cell ─▶
//! ```

use crate::admission::{ADMISSION_BYTES_MAX, AdmissionAnswer};
use crate::catchup::{Claim, Span};
use crate::cells::Cell;
use crate::census::SignedCensus;
use crate::check::Kind;
use crate::id::{BlindSignature, Blinded, Blob, Hash, HolderKey, PeerKey, Print, RecordId};
use crate::limits::{
    BODIES_PER_PARCEL_MAX, IDS_PER_PARCEL_MAX, PARCEL_BYTES_MAX, PARTITIONS_MAX, PASSES_PER_REQUEST_MAX,
    SPANS_PER_PARCEL_MAX,
};
use crate::pass::{Pass, Purpose};
use crate::shelf::Partition;
use crate::time::Week;
use crate::wire::{Malformed, decode, encode, wire_types};
use alloc::{boxed::Box, vec::Vec};
use minicbor::{Decode, Encode};

/// One parcel. Numbers 0 to 2 are retired (an earlier comparison of whole lists).
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Parcel {
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
    /// "Sign these for me, which you cannot see" (`PAS-10`).
    #[n(9)]
    BlindRequest {
        /// For which week.
        #[n(0)]
        epoch: Week,
        /// For what.
        #[n(1)]
        purpose: Purpose,
        /// At most [`PASSES_PER_REQUEST_MAX`].
        #[n(2)]
        blinded: Vec<Blinded>,
    },
    /// What was signed of it, each beside the print of what it answers; fewer when the batch of the week is used up.
    #[n(10)]
    BlindAnswer {
        /// For which week.
        #[n(0)]
        epoch: Week,
        /// For what.
        #[n(1)]
        purpose: Purpose,
        /// One for each.
        #[n(2)]
        answers: Vec<(Print, BlindSignature)>,
        /// Whether something was left out because the batch is used up.
        #[n(3)]
        used_up: bool,
    },
    /// A sponsor's census, to its members.
    #[n(11)]
    Census(#[n(0)] Box<SignedCensus>),
    /// "This is what I hold, all in one hash."
    #[n(12)]
    Root(#[n(0)] Hash),
    /// "My root is another; these are my partitions." In order, at most [`PARTITIONS_MAX`].
    #[n(13)]
    Partitions(#[n(0)] Vec<(Partition, Print)>),
    /// "Here we differ; this is what I hold there." At most [`SPANS_PER_PARCEL_MAX`], with [`IDS_PER_PARCEL_MAX`] ids together.
    #[n(14)]
    Spans(#[n(0)] Vec<Span>),
    /// "I hold these, and you may lack them."
    #[n(15)]
    Offer {
        /// Of which kind.
        #[n(0)]
        kind: Kind,
        /// At most [`IDS_PER_PARCEL_MAX`].
        #[n(1)]
        ids: Vec<RecordId>,
    },
    /// "Send me these."
    #[n(16)]
    Want {
        /// Of which kind.
        #[n(0)]
        kind: Kind,
        /// At most [`BODIES_PER_PARCEL_MAX`].
        #[n(1)]
        ids: Vec<RecordId>,
    },
    /// "My root is the same."
    #[n(17)]
    Same,
    /// A cell, for the receiver to take a layer off (`CEL-1`).
    #[n(18)]
    Cell(#[n(0)] Cell),
    /// "Admit me under this transport identity in the place of mine" (`ADM-5`).
    #[n(19)]
    RebindRequest(#[n(0)] PeerKey),
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
            Parcel::Partitions(prints) => {
                prints.len() <= PARTITIONS_MAX && prints.is_sorted_by(|(one, _), (next, _)| one < next)
            }
            Parcel::Spans(spans) => spans_fit(spans),
            Parcel::Offer { ids, .. } => ids.len() <= IDS_PER_PARCEL_MAX,
            Parcel::Want { ids, .. } => ids.len() <= BODIES_PER_PARCEL_MAX,
            Parcel::Bodies { frames, .. } => frames.len() <= BODIES_PER_PARCEL_MAX,
            Parcel::PassRequest { holders, .. } => holders.len() <= PASSES_PER_REQUEST_MAX,
            Parcel::Passes { passes, .. } => passes.len() <= PASSES_PER_REQUEST_MAX,
            Parcel::BlindRequest { blinded, .. } => blinded.len() <= PASSES_PER_REQUEST_MAX,
            Parcel::BlindAnswer { answers, .. } => answers.len() <= PASSES_PER_REQUEST_MAX,
            Parcel::Renewal { .. } => bytes.len() <= ADMISSION_BYTES_MAX,
            Parcel::Census(census) => census.body.well_formed(),
            Parcel::Root(_) | Parcel::Same | Parcel::Session { .. } | Parcel::Cell(_) => true,
            Parcel::RenewalRequest | Parcel::RebindRequest(_) => true,
        };
        if fits { Ok(parcel) } else { Err(Malformed::TooLong) }
    }
}

fn spans_fit(spans: &[Span]) -> bool {
    let ids = |span: &Span| match &span.claim {
        Claim::Ids(ids) => ids.len(),
        Claim::Prints(_) => 0,
    };
    let fits = |span: &Span| match &span.claim {
        Claim::Ids(ids) => ids.is_sorted_by(|one, next| one < next),
        Claim::Prints(_) => true,
    };
    spans.len() <= SPANS_PER_PARCEL_MAX
        && spans.iter().map(ids).sum::<usize>() <= IDS_PER_PARCEL_MAX
        && spans.iter().all(|span| span.path.is_fit() && fits(span))
}
