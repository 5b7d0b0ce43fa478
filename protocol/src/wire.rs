//! Canonical bytes, and the wall around them.
//!
//! - `ENC-1` Everything that leaves is deterministic CBOR (RFC 8949, 4.2): definite lengths, shortest integers, map keys in
//!   ascending order, none twice.
//! - `ENC-2` A receiver decodes, encodes again, and refuses bytes that differ. That one comparison finds every
//!   non-canonical form, duplicate key, trailing byte and unknown field.
//! - `ENC-3` An unknown field is therefore critical: the record is refused as a whole. Optional additions travel in the
//!   field that a later version defines for them.
//! - `ENC-4` Every signed or hashed thing is domain label ‖ 0x00 ‖ canonical bytes.
//!
//! What an attacker would try: two encodings of one record (to split caches and verdicts), lengths that promise gigabytes
//! (decoding allocates only for bytes that are there), deep nesting (no type here is recursive).

use alloc::vec::Vec;
use minicbor::Decode;

pub(crate) mod sealed {
    /// Only this crate can name it, so only this crate decides what may become bytes.
    pub trait Sealed {}
}

/// A type with a wire form. Sealed: nothing outside `protocol` can implement it, so private data of a firm has no way out.
///
/// ```compile_fail,E0277
/// // A firm's own type cannot become bytes that leave, however it is encoded for other purposes.
/// struct PrivateFloor(u64);
/// fn leaves<T: protocol::wire::Encode>(_: &T) {}
/// leaves(&PrivateFloor(185));
/// ```
pub trait Encode: sealed::Sealed + minicbor::Encode<()> {}

/// Lets types of this crate out.
macro_rules! wire_types {
    ($($type:ty),+ $(,)?) => { $(
        impl crate::wire::sealed::Sealed for $type {}
        impl crate::wire::Encode for $type {}
    )+ };
}
pub(crate) use wire_types;

/// Why bytes are not a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// Longer than anything of this kind may be.
    #[error("the bytes are longer than the limit for this kind of record")]
    TooLong,
    /// Not CBOR of the expected shape, or a value out of its range.
    #[error("the bytes do not have the shape that this kind of record has")]
    Shape,
    /// Decodes, but is not the one canonical form (or carries an unknown critical field).
    #[error("the bytes are not in canonical form or carry an unknown field")]
    NotCanonical,
}

/// The canonical bytes of a value.
pub fn encode<T: Encode>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing into a vector cannot fail, and no `Encode` of this crate reports an error of its own.
    let _ = minicbor::encode(value, &mut bytes);
    bytes
}

/// The value of which these are the canonical bytes, if they are at most `max` long (`ENC-2`).
pub fn decode<'b, T: Encode + Decode<'b, ()>>(bytes: &'b [u8], max: usize) -> Result<T, Malformed> {
    if bytes.len() > max {
        return Err(Malformed::TooLong);
    }
    let value: T = minicbor::decode(bytes).map_err(|_| Malformed::Shape)?;
    if encode(&value) == bytes { Ok(value) } else { Err(Malformed::NotCanonical) }
}

/// Label ‖ 0x00 ‖ bytes: what is signed or hashed (`ENC-4`).
pub fn labelled(label: &str, bytes: &[u8]) -> Vec<u8> {
    let mut message = Vec::with_capacity(label.len() + 1 + bytes.len());
    message.extend_from_slice(label.as_bytes());
    message.push(0);
    message.extend_from_slice(bytes);
    message
}
