//! What node and signer say to each other: CBOR after its length in four bytes.

use node::keystore::Secret;
use protocol::{
    id::{BlindSignature, Blinded, Modulus},
    pass::Purpose,
    time::Week,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{
    io::{self, Read, Write},
    path::PathBuf,
};
use zeroize::Zeroizing;

/// The longest word, in bytes: 64 hidden grants or signatures of 256 bytes, as lists of numbers of up to two bytes, are 33,000.
const WORD_BYTES_MAX: u32 = 64 * 1024;

/// What the node asks.
#[derive(Serialize, Deserialize)]
pub(super) enum Question {
    /// First of all: where the safe is, and what opens it.
    Open { folder: PathBuf, key: Secret },
    /// The public keys of a week.
    Keys(Week),
    /// Signatures over what nobody here can see.
    Sign(Week, Purpose, Vec<Blinded>),
    /// The weeks before this one are over.
    ForgetBefore(Week),
}

/// What the signer answers.
#[derive(Serialize, Deserialize)]
pub(super) enum Answer {
    /// To what needs no other answer.
    Done,
    /// None if they are not at hand.
    Keys(Option<Vec<(Purpose, Modulus)>>),
    /// None if there is no such key; in their order, and none for what is no number under the key.
    Signed(Option<Vec<Option<BlindSignature>>>),
}

/// Says one word.
pub(super) fn say<T: Serialize>(to: &mut impl Write, word: &T) -> io::Result<()> {
    let bytes = Zeroizing::new(minicbor_serde::to_vec(word).map_err(io::Error::other)?);
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    to.write_all(&length.to_be_bytes())?;
    to.write_all(&bytes)?;
    to.flush()
}

/// Hears one word; none when the other side is gone.
pub(super) fn hear<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<Option<T>> {
    let mut length = [0; 4];
    match from.read_exact(&mut length) {
        Err(gone) if gone.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let length = u32::from_be_bytes(length);
    if length > WORD_BYTES_MAX {
        return Err(io::Error::other(format!("a word of {length} bytes")));
    }
    let mut bytes = Zeroizing::new(vec![0; length as usize]);
    from.read_exact(&mut bytes)?;
    minicbor_serde::from_slice(&bytes).map(Some).map_err(io::Error::other)
}
