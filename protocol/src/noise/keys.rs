//! The byte strings of a dialogue, each with a type of its own, so that no two of them can be exchanged by accident.
//!
//! Secrets redact in `Debug`, compare in constant time and are wiped when dropped. They serialise because a node stores
//! them in sealed journal records; nothing here writes them to the wire.

use super::{ContactKey, Refused, resolver};
use core::fmt;
use hmac::{Hmac, KeyInit};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The number of a message in one direction of a dialogue (`DLG-11`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sequence(pub u64);

impl Sequence {
    /// The handshake message of each direction: the first message, and the answer.
    pub const HANDSHAKE: Sequence = Sequence(0);
    /// The first message that a [`Channel`](super::Channel) seals.
    pub const FIRST: Sequence = Sequence(1);
    /// The last one. Noise reserves 2^64 - 1 (Noise specification, 5.1).
    pub const LAST: Sequence = Sequence(u64::MAX - 1);

    /// The one after this, or `None` after [`Sequence::LAST`].
    pub fn next(self) -> Option<Sequence> {
        (self < Sequence::LAST).then(|| Sequence(self.0.saturating_add(1)))
    }

    /// The number if a channel may use it.
    pub(super) fn transport(self) -> Result<u64, Refused> {
        if (Sequence::FIRST..=Sequence::LAST).contains(&self) { Ok(self.0) } else { Err(Refused::Sequence(self.0)) }
    }
}

macro_rules! secret {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Zeroize, ZeroizeOnDrop, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub [u8; 32]);

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(secret)"))
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.0.ct_eq(&other.0).into()
            }
        }

        impl Eq for $name {}
    };
}
pub(crate) use secret;

secret! {
    /// 32 secret bytes of one side of one dialogue. Stored before anything made from it is sent, wiped when the match closes.
    Seed
}
secret! {
    /// The X25519 secret of an advert's contact key.
    ContactSecret
}
secret! {
    /// Names the envelopes of a dialogue from the answer on. Drawn by the initiator, carried in the first payload (`DLG-8`).
    TagKey
}
/// Travels once, in the first payload.
impl<C> minicbor::Encode<C> for TagKey {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.bytes(&self.0)?.ok()
    }
}
impl<'b, C> minicbor::Decode<'b, C> for TagKey {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let bytes = d.bytes()?.try_into();
        Ok(TagKey(bytes.map_err(|_| minicbor::decode::Error::message("wrong length"))?))
    }
}

impl ContactSecret {
    /// The public half.
    pub fn contact_key(&self) -> ContactKey {
        ContactKey(resolver::public_of(&self.0))
    }
}

/// HMAC-SHA256 under a 32-byte key, filled with zeros to one block (RFC 2104).
pub(crate) fn keyed(key: &[u8; 32]) -> Hmac<Sha256> {
    let mut block = Zeroizing::new([0; 64]);
    block.iter_mut().zip(key).for_each(|(to, from)| *to = *from);
    Hmac::new((&*block).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn secrets_do_not_print_themselves() {
        assert_eq!(format!("{:?}", Seed([7; 32])), "Seed(secret)");
        assert_eq!(format!("{:?}", TagKey([7; 32])), "TagKey(secret)");
        assert_eq!(format!("{:?}", ContactSecret([7; 32])), "ContactSecret(secret)");
    }

    #[test]
    fn sequences_end_before_the_number_that_noise_reserves() {
        assert_eq!(Sequence::HANDSHAKE.next(), Some(Sequence::FIRST));
        assert_eq!(Sequence::LAST.next(), None);
        assert_eq!(Sequence(u64::MAX).next(), None);
    }
}
