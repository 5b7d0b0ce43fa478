//! Joining: what a firm shows its sponsor, what it gets, and what a neighbour is shown.
//!
//! ```text
//!   firm ── AdmissionRequest{token, legal name, firm id, ...} ──▶ sponsor
//!        ◀── Welcome{genesis, charter, admission, membership, addresses} ──
//!   neighbour ◀── Admission{network, peer, expiry} ── firm          (the hello of every connection)
//!   firm ── RenewalRequest (a parcel, in the last third) ──▶ sponsor ── the same answer ──▶ firm
//!   firm ── RebindRequest{another transport identity} ──▶ sponsor ── the same answer ──▶ firm
//! ```
//!
//! - `ADM-1` An admission names a transport identity, never a firm. Without a live one from a founder of the network a
//!   peer may only ask for admission.
//! - `ADM-2` A membership certificate names the firm, never a transport identity. It is shown only at a reveal.
//! - `ADM-3`, `ADM-4` Both are renewed in their last third, for whoever the sponsor's register still lists.
//! - `ADM-5` A member is admitted under another transport identity when the present one asks for it.
//!
//! Who learns what: the sponsor learns legal identity and transport identity together, here and only here; neighbours learn
//! that some member runs this transport identity; counterparts learn the membership after the reveal.

use crate::charter::SignedCharter;
use crate::firm_id::SignedInception;
use crate::genesis::Genesis;
use crate::id::{Blob, FirmId, InvitationToken, NetworkId, SponsorKey};
use crate::sign::{Signed, Statement};
use crate::text::Name;
use crate::time::{Day, UnixMs};
use crate::vocabulary::ResourceClass;
use crate::wire::wire_types;
use alloc::{string::String, vec::Vec};
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// The largest request or answer of an admission, in bytes.
pub const ADMISSION_BYTES_MAX: usize = 8_192;

/// What a firm shows its sponsor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct AdmissionRequest {
    /// From the invitation.
    #[n(0)]
    pub token: InvitationToken,
    /// The legal name that the sponsor vouches for.
    #[n(1)]
    pub legal_name: Name,
    /// Who the firm is, self-signed.
    #[n(2)]
    pub inception: SignedInception,
    /// What it does, in coarse categories.
    #[n(3)]
    pub classes: Vec<ResourceClass>,
}

/// "This transport identity belongs to a member."
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Admission {
    /// In which network.
    #[n(0)]
    pub network: NetworkId,
    /// Who says so.
    #[n(1)]
    pub sponsor: SponsorKey,
    /// The transport identity.
    #[n(2)]
    pub peer: Blob,
    /// When it lapses.
    #[n(3)]
    pub expires: UnixMs,
}

/// "This firm is a member."
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Membership {
    /// In which network.
    #[n(0)]
    pub network: NetworkId,
    /// Who says so.
    #[n(1)]
    pub sponsor: SponsorKey,
    /// Which firm.
    #[n(2)]
    pub firm: FirmId,
    /// Its legal name as the sponsor checked it.
    #[n(3)]
    pub legal_name: Name,
    /// Member since.
    #[n(4)]
    pub since: Day,
    /// The last day on which this holds.
    #[n(5)]
    pub expires: Day,
}

/// What an admitted firm gets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Welcome {
    /// The network's first record; its hash must be the invitation's network.
    #[n(0)]
    pub genesis: Genesis,
    /// The market's rules.
    #[n(1)]
    pub charter: SignedCharter,
    /// To show to neighbours.
    #[n(2)]
    pub admission: Signed<Admission>,
    /// To show at reveals.
    #[n(3)]
    pub membership: Signed<Membership>,
    /// Other nodes to connect to: multiaddr texts that end in a peer id.
    #[n(4)]
    pub meeting_points: Vec<String>,
}

/// Why a sponsor does not admit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode, thiserror::Error)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum NotAdmitted {
    /// The token is not one of this sponsor's.
    #[n(0)]
    #[error("the sponsor does not know this invitation; check that you pasted the newest one")]
    Unknown,
    /// The token was used.
    #[n(1)]
    #[error("this invitation was already used; ask the sponsor for a new one")]
    Used,
    /// The token lapsed.
    #[n(2)]
    #[error("this invitation has expired; ask the sponsor for a new one")]
    Expired,
    /// The request does not hold together.
    #[n(3)]
    #[error("the sponsor could not read the request; update this program and try again")]
    Malformed,
    /// The register does not list this transport identity (any more).
    #[n(4)]
    #[error("the sponsor's register does not list this node as a member's; ask the sponsor why")]
    NotAMember,
    /// The membership is over.
    #[n(5)]
    #[error("the membership is over; ask the sponsor for a new invitation")]
    Ended,
    /// Another transport identity cannot be this member's (`ADM-5`).
    #[n(6)]
    #[error(
        "the sponsor admits no further transport identity of this firm: it has too many whose admissions still hold, or this \
         one was a member's before; ask again when the oldest admission has lapsed"
    )]
    NotRebound,
}

/// A sponsor's answer to a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
pub enum AdmissionAnswer {
    /// Come in.
    #[n(0)]
    Welcome(#[n(0)] alloc::boxed::Box<Welcome>),
    /// Not so.
    #[n(1)]
    NotAdmitted(#[n(0)] NotAdmitted),
}

wire_types!(AdmissionRequest, Admission, Membership, Welcome, AdmissionAnswer);
impl Statement for Admission {
    const LABEL: &'static str = "cosolvent/admission/1";
}
impl Statement for Membership {
    const LABEL: &'static str = "cosolvent/membership/1";
}

/// Why a neighbour's hello is not enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotANeighbour {
    /// It shows nothing.
    #[error("the peer shows no admission")]
    Missing,
    /// Unreadable, for another network or peer, or not signed by a founder.
    #[error("the peer's admission is not valid in this network")]
    Invalid,
    /// Lapsed.
    #[error("the peer's admission has expired")]
    Expired,
}

/// Judges a neighbour's hello (`ADM-1`).
pub fn admits(hello: Option<&[u8]>, genesis: &Genesis, peer: &[u8], now: UnixMs) -> Result<(), NotANeighbour> {
    let bytes = hello.ok_or(NotANeighbour::Missing)?;
    let signed: Signed<Admission> =
        crate::wire::decode(bytes, ADMISSION_BYTES_MAX).map_err(|_| NotANeighbour::Invalid)?;
    let body = &signed.body;
    let fits = body.network == genesis.id() && body.peer.0 == peer && genesis.founder(&body.sponsor).is_some();
    if !fits || signed.verify(&body.sponsor).is_err() {
        return Err(NotANeighbour::Invalid);
    }
    if now >= body.expires { Err(NotANeighbour::Expired) } else { Ok(()) }
}
