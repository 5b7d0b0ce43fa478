//! Names made of bytes: hashes, keys, nonces. Each is its own type, so that one is never taken for another.

use crate::wire::{Encode, encode, labelled, wire_types};
use alloc::{string::String, vec::Vec};
use core::{fmt, str::FromStr};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// Text that is not the hexadecimal form of an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an id is {expected} hexadecimal digits; copy it whole from where it was shown")]
pub struct NotAnId {
    /// How many digits this kind of id has.
    pub expected: usize,
}

macro_rules! bytes_type {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $len]);

        impl $name {
            /// The bytes as they stand on the wire.
            pub fn as_bytes(&self) -> &[u8] { &self.0 }
            /// The first eight hexadecimal digits: enough for a person to tell two apart on a page.
            pub fn short(&self) -> String { HEXLOWER.encode(self.0.get(..4).unwrap_or(&[])) }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&HEXLOWER.encode(&self.0)) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.short())
            }
        }
        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let error = NotAnId { expected: 2 * $len };
                let bytes = HEXLOWER.decode(text.trim().as_bytes()).map_err(|_| error)?;
                Ok($name(bytes.try_into().map_err(|_| error)?))
            }
        }
        impl<C> minicbor::Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(&self, e: &mut minicbor::Encoder<W>, _: &mut C)
                -> Result<(), minicbor::encode::Error<W::Error>> {
                e.bytes(&self.0)?.ok()
            }
        }
        impl<'b, C> minicbor::Decode<'b, C> for $name {
            fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
                let bytes = d.bytes()?;
                Ok($name(bytes.try_into().map_err(|_| minicbor::decode::Error::message("wrong length"))?))
            }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                if s.is_human_readable() { s.collect_str(self) } else { s.serialize_bytes(&self.0) }
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let bytes = d.deserialize_any(BytesVisitor)?;
                let error = || serde::de::Error::custom(concat!("not a ", stringify!($name)));
                Ok($name(bytes.try_into().map_err(|_| error())?))
            }
        }
        wire_types!($name);
    };
}

/// Reads bytes, or their hexadecimal form where the format is for people.
struct BytesVisitor;

impl<'de> serde::de::Visitor<'de> for BytesVisitor {
    type Value = Vec<u8>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("bytes or their hexadecimal form")
    }
    fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
        Ok(bytes.to_vec())
    }
    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Vec<u8>, E> {
        HEXLOWER.decode(text.as_bytes()).map_err(|_| E::custom("not hexadecimal"))
    }
}

bytes_type!(
    /// A network: the hash of its genesis.
    NetworkId, 32
);
bytes_type!(
    /// A firm: the hash of its inception event. Counterparts learn it at the reveal, nobody earlier.
    FirmId, 32
);
bytes_type!(
    /// A gossiped record: the hash of its frame.
    RecordId, 32
);
bytes_type!(
    /// SHA-256 of something labelled.
    Hash, 32
);
bytes_type!(
    /// The first half of a [`Hash`]: what neighbours compare of a span of ids.
    Print, 16
);
bytes_type!(
    /// A sponsor, by its operating Ed25519 key.
    SponsorKey, 32
);
bytes_type!(
    /// The Ed25519 key under which one pass was issued: an advert's pseudonym, an envelope's one-time key, a position in
    /// the log. One pass, one key, one live object.
    HolderKey, 32
);
bytes_type!(
    /// An advert's contact key (X25519): who knows the secret half can open envelopes addressed to the advert.
    ContactKey, 32
);
bytes_type!(
    /// The X25519 public key in an envelope: Noise's own `e` in the handshake, a blank one later (`DLG-10`).
    Ephemeral, 32
);
bytes_type!(
    /// Names one session: no two handshakes share it, and both sides hold the same. Signatures and locks bind to it.
    HandshakeHash, 32
);
bytes_type!(
    /// Binds a side to a locked payload, its key and its nonce before the key is told (`RVL-1`).
    Commitment, 32
);
bytes_type!(
    /// A firm's operating key (Ed25519). Counterparts learn it at the reveal.
    OperatingKey, 32
);
bytes_type!(
    /// A firm's root key (Ed25519), which stays offline and signs only the key-event log.
    RootKey, 32
);
bytes_type!(
    /// A person's key (Ed25519), sealed under that person's own password.
    PersonKey, 32
);
bytes_type!(
    /// A one-time key (Ed25519) chosen by the counterpart: the only one that can dispute an engagement.
    DisputeKey, 32
);
bytes_type!(
    /// A node's transport identity: the Ed25519 key in its libp2p peer id. Names a relay in a cell.
    PeerKey, 32
);
bytes_type!(
    /// A relay's onion key (X25519) of one week: who knows the secret half opens the cells that come to it.
    OnionKey, 32
);
bytes_type!(
    /// One question to a person.
    ApprovalId, 16
);
bytes_type!(
    /// One deal between two parties, by its first envelope's holder key hash. Both sides compute the same.
    DealId, 16
);
bytes_type!(
    /// A resource or need inside one firm. Never leaves it.
    ItemId, 8
);
bytes_type!(
    /// A question of a knowledge pack, by a hash of what names it and of the shape of its answer (`TLK-5`).
    QuestionCode, 8
);
bytes_type!(
    /// An Ed25519 signature.
    Signature, 64
);
bytes_type!(
    /// An RSA modulus of 2,048 bits, big-endian: an issuing key, whose exponent is always 65,537 (`PAS-6`).
    Modulus, 256
);
bytes_type!(
    /// A grant that a firm hid and asks to have signed.
    Blinded, 256
);
bytes_type!(
    /// A sponsor's answer to a [`Blinded`]: a signature that only the firm that hid it can open.
    BlindSignature, 256
);
bytes_type!(
    /// An RSA signature under an issuing key.
    RsaSignature, 256
);
bytes_type!(
    /// Makes an invitation usable once.
    InvitationToken, 16
);

/// Bytes whose meaning is somebody else's: frames, ciphertexts, addresses of transports.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Blob(pub Vec<u8>);

impl fmt::Debug for Blob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Blob({} bytes)", self.0.len())
    }
}
impl<C> minicbor::Encode<C> for Blob {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.bytes(&self.0)?.ok()
    }
}
impl<'b, C> minicbor::Decode<'b, C> for Blob {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        Ok(Blob(d.bytes()?.to_vec()))
    }
}
impl serde::Serialize for Blob {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if s.is_human_readable() { s.collect_str(&HEXLOWER.encode(&self.0)) } else { s.serialize_bytes(&self.0) }
    }
}
impl<'de> serde::Deserialize<'de> for Blob {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_any(BytesVisitor).map(Blob)
    }
}
wire_types!(Blob);

/// What stands before the key in the peer id of an Ed25519 identity: an identity multihash of 36 bytes, and in it a protobuf
/// with key type 1 and 32 bytes (libp2p specification, peer ids).
const PEER_ID_HEAD: [u8; 6] = [0x00, 0x24, 0x08, 0x01, 0x12, 0x20];

impl PeerKey {
    /// The bytes of the libp2p peer id.
    pub fn to_peer_id(self) -> Vec<u8> {
        [PEER_ID_HEAD.as_slice(), &self.0].concat()
    }

    /// The key in a libp2p peer id, if it is one of an Ed25519 identity.
    pub fn of_peer_id(peer: &[u8]) -> Option<PeerKey> {
        peer.strip_prefix(&PEER_ID_HEAD)?.try_into().ok().map(PeerKey)
    }
}

impl Blinded {
    /// Names it in the answer (`PAS-10`).
    pub fn print(&self) -> Print {
        Hash::of_bytes("cosolvent/blinded/1", &self.0).print()
    }
}

impl Hash {
    /// SHA-256(label ‖ 0x00 ‖ canonical bytes).
    pub fn of<T: Encode>(label: &str, value: &T) -> Hash {
        Hash::of_bytes(label, &encode(value))
    }

    /// SHA-256(label ‖ 0x00 ‖ bytes).
    pub fn of_bytes(label: &str, bytes: &[u8]) -> Hash {
        Hash(Sha256::digest(labelled(label, bytes)).into())
    }

    /// The first half.
    pub fn print(&self) -> Print {
        Print(self.0.first_chunk().copied().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::decode;

    #[test]
    fn an_id_reads_back_from_text_json_and_wire() {
        let id = ApprovalId([9; 16]);
        assert_eq!(std::format!("{id}").parse::<ApprovalId>().unwrap(), id);
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(serde_json::from_str::<ApprovalId>(&json).unwrap(), id);
        assert_eq!(decode::<ApprovalId>(&encode(&id), 20).unwrap(), id);
        assert!("0909".parse::<ApprovalId>().is_err());
    }
}
