//! An invitation: one string that a sponsor gives to one firm.
//!
//! - `INV-1` It names network, sponsor, where to connect, when it lapses, and a token that works once. The sponsor signs
//!   it, so a forged one is refused before anything is dialled.

use crate::id::{InvitationToken, NetworkId, SponsorKey};
use crate::limits::{ADDRESS_BYTES_MAX, ADDRESSES_MAX};
use crate::sign::{Signed, Statement};
use crate::time::UnixMs;
use crate::wire::{decode, encode, wire_types};
use alloc::{string::String, vec::Vec};
use core::{fmt, str::FromStr};
use data_encoding::BASE32_NOPAD;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::id::Blob;

const PREFIX: &str = "cosolvent-invitation-1-";

/// What an invitation says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct InvitationBody {
    /// The network to join.
    #[n(0)]
    pub network: NetworkId,
    /// Who invites.
    #[n(1)]
    pub sponsor: SponsorKey,
    /// The transport identity of the sponsor's node.
    #[n(2)]
    pub peer: Blob,
    /// Where the sponsor's node listens (multiaddr texts).
    #[n(3)]
    pub addresses: Vec<String>,
    /// When it lapses.
    #[n(4)]
    pub expires: UnixMs,
    /// Works once.
    #[n(5)]
    pub token: InvitationToken,
}

wire_types!(InvitationBody);
impl Statement for InvitationBody {
    const LABEL: &'static str = "cosolvent/invitation/1";
}

/// An invitation whose signature has been judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation(Signed<InvitationBody>);

/// Why a text is no invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadInvitation {
    /// Not the text of an invitation.
    #[error("this is not an invitation; paste the whole text that starts with \"cosolvent-invitation\"")]
    NotOne,
    /// Changed on the way.
    #[error("the invitation is damaged or was changed on the way; ask the sponsor to send it again")]
    Damaged,
    /// Too late.
    #[error("the invitation has expired; ask the sponsor for a new one")]
    Expired,
}

/// Whether addresses keep their bounds wherever they are told to one other party: at most 8 of at most 200 bytes.
pub fn addresses_fit(addresses: &[String]) -> bool {
    addresses.len() <= ADDRESSES_MAX && addresses.iter().all(|address| address.len() <= ADDRESS_BYTES_MAX)
}

impl Invitation {
    /// Signs an invitation.
    pub fn new(body: InvitationBody, sponsor: &ed25519_dalek::SigningKey) -> Self {
        Invitation(Signed::new(body, sponsor))
    }

    /// What it says.
    pub fn body(&self) -> &InvitationBody {
        &self.0.body
    }

    /// Refuses one that lapsed before `now`.
    pub fn live_at(&self, now: UnixMs) -> Result<(), BadInvitation> {
        if now < self.0.body.expires { Ok(()) } else { Err(BadInvitation::Expired) }
    }
}

impl fmt::Display for Invitation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{}", BASE32_NOPAD.encode(&encode(&self.0)).to_ascii_lowercase())
    }
}

impl FromStr for Invitation {
    type Err = BadInvitation;
    fn from_str(text: &str) -> Result<Self, BadInvitation> {
        let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let code = compact.strip_prefix(PREFIX).ok_or(BadInvitation::NotOne)?;
        let bytes = BASE32_NOPAD.decode(code.to_ascii_uppercase().as_bytes()).map_err(|_| BadInvitation::Damaged)?;
        let max = 400 + ADDRESSES_MAX * (ADDRESS_BYTES_MAX + 3);
        let signed: Signed<InvitationBody> = decode(&bytes, max).map_err(|_| BadInvitation::Damaged)?;
        let body = &signed.body;
        if !addresses_fit(&body.addresses) || signed.verify(&body.sponsor).is_err() {
            return Err(BadInvitation::Damaged);
        }
        Ok(Invitation(signed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn an_invitation_survives_being_pasted_with_line_breaks_and_refuses_a_changed_letter() {
        let sponsor = ed25519_dalek::SigningKey::from_bytes(&[3; 32]);
        let body = InvitationBody {
            network: NetworkId([1; 32]),
            sponsor: SponsorKey::of(&sponsor),
            peer: Blob([2; 38].to_vec()),
            addresses: ["/ip4/127.0.0.1/tcp/4001".to_string()].to_vec(),
            expires: UnixMs(1_000),
            token: InvitationToken([4; 16]),
        };
        let invitation = Invitation::new(body, &sponsor);
        let text = invitation.to_string();
        let mut broken = text.clone();
        broken.insert_str(60, "\n  ");
        assert_eq!(broken.parse::<Invitation>().unwrap(), invitation);
        let changed = text.replacen(&text[80..81], if &text[80..81] == "a" { "b" } else { "a" }, 1);
        assert!(changed.parse::<Invitation>().is_err());
        assert_eq!("hello".parse::<Invitation>(), Err(BadInvitation::NotOne));
        assert_eq!(invitation.live_at(UnixMs(1_000)), Err(BadInvitation::Expired));
    }
}
