//! A seal: a few secret bytes in a file, under a password.
//!
//! ```text
//!   header (68 B): "cosolvent/seal/1" 16 │ memory KiB 4 │ passes 4 │ lanes 4 │ salt 16 │ nonce 24      (big endian)
//!   sealed:        XChaCha20-Poly1305(key = Argon2id(password, salt), nonce, AAD = label ‖ header, secret)
//! ```
//!
//! The header stands in the AAD, so nobody can lower the cost of guessing in a file that still opens; the label says what
//! the secret is for, so one file cannot be passed off as another. Salt and nonce are fresh for every sealing, and the key
//! comes from the salt, so no (key, nonce) pair is used twice. Argon2id is RFC 9106; its default cost is OWASP's minimum.
//!
//! What an attacker with the file can do: guess passwords at that cost, or delete it. A header that asks for absurd memory
//! is refused before it is obeyed.

use super::{Password, SealError, file};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use chacha20poly1305::{
    Key, KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use std::{
    fs, io,
    path::Path,
    sync::{Mutex, PoisonError},
};
use zeroize::{Zeroize, Zeroizing};

/// The memory in which keys are derived, one at a time and always the same: taken anew for every password, an allocator keeps
/// some 19 MiB for each thread that ever opened a key, and an idle node grows to many times its size.
static WORKROOM: Mutex<Vec<Block>> = Mutex::new(Vec::new());

const MAGIC_FAMILY: &[u8] = b"cosolvent/seal/";
const MAGIC: &[u8; 16] = b"cosolvent/seal/1";
const HEADER_BYTES: usize = 16 + 3 * 4 + 16 + 24;
/// The largest file read as a seal: the header, 16 B of tag, and far more than any secret of ours (some 300 B).
const SEAL_BYTES_MAX: u64 = 64 * 1024;
/// The most memory that a header may ask for: 1 GiB, fifty times the default.
const MEMORY_KIB_MAX: u32 = 1024 * 1024;
/// The most passes that a header may ask for.
const PASSES_MAX: u32 = 64;
/// The most lanes that a header may ask for.
const LANES_MAX: u32 = 16;

/// What one guess at a password costs (RFC 9106, section 3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over that memory.
    pub passes: u32,
    /// Lanes that could run in parallel.
    pub lanes: u32,
}

impl Default for Cost {
    /// 19 MiB, 2 passes, 1 lane: OWASP's password storage advice, about 22 ms on one core of a small machine.
    fn default() -> Self {
        Cost { memory_kib: 19 * 1024, passes: 2, lanes: 1 }
    }
}

/// Seals `secret` into a new file. `label` says what it is for and must be given again to open it.
///
/// # Errors
/// [`SealError::Exists`] when there is a file already, which stays as it is; others as named.
pub fn seal(path: &Path, label: &str, password: &Password, cost: Cost, secret: &[u8]) -> Result<(), SealError> {
    let bytes = sealed(path, label, password, cost, secret)?;
    file::write_new(path, &bytes).map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => SealError::Exists { path: path.into() },
        _ => SealError::io(path, "write", source),
    })
}

/// Opens a sealed file.
///
/// # Errors
/// [`SealError::WrongPassword`] when it does not open; others as named.
pub fn open(path: &Path, label: &str, password: &Password) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let bytes = read(path)?;
    let header = Header::parse(path, &bytes)?;
    let key = header.key(path, password)?;
    let aad = [label.as_bytes(), &bytes[..HEADER_BYTES]].concat();
    XChaCha20Poly1305::new(&Key::from(*key))
        .decrypt(&XNonce::from(header.nonce), Payload { msg: &bytes[HEADER_BYTES..], aad: &aad })
        .map(Zeroizing::new)
        .map_err(|_| SealError::WrongPassword { path: path.into() })
}

/// Seals the same secret under another password, with a fresh salt and nonce. The old file stays until the new one is
/// complete on disk.
///
/// # Errors
/// As [`open`] and [`seal`].
pub fn reseal(path: &Path, label: &str, old: &Password, new: &Password, cost: Cost) -> Result<(), SealError> {
    let secret = open(path, label, old)?;
    replace(path, label, new, cost, &secret)
}

/// Seals another secret in the place of the one in a file. The old file stays until the new one is complete on disk.
///
/// # Errors
/// As [`seal`], and never [`SealError::Exists`].
pub fn replace(path: &Path, label: &str, password: &Password, cost: Cost, secret: &[u8]) -> Result<(), SealError> {
    let bytes = sealed(path, label, password, cost, secret)?;
    file::replace(path, &bytes).map_err(|source| SealError::io(path, "replace", source))
}

fn sealed(path: &Path, label: &str, password: &Password, cost: Cost, secret: &[u8]) -> Result<Vec<u8>, SealError> {
    if password.bytes().is_empty() {
        return Err(SealError::EmptyPassword { path: path.into() });
    }
    let mut header = Header { cost, salt: [0; 16], nonce: [0; 24] };
    getrandom::fill(&mut header.salt).map_err(SealError::NoRandomness)?;
    getrandom::fill(&mut header.nonce).map_err(SealError::NoRandomness)?;
    let key = header.key(path, password)?;
    let mut bytes = header.bytes();
    let aad = [label.as_bytes(), &bytes].concat();
    let text = XChaCha20Poly1305::new(&Key::from(*key))
        .encrypt(&XNonce::from(header.nonce), Payload { msg: secret, aad: &aad })
        .map_err(|_| SealError::NotASeal { path: path.into(), why: "the secret is too long to seal" })?;
    bytes.extend_from_slice(&text);
    Ok(bytes)
}

fn read(path: &Path) -> Result<Vec<u8>, SealError> {
    let failed = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => SealError::Missing { path: path.into() },
        _ => SealError::io(path, "read", source),
    };
    if fs::metadata(path).map_err(failed)?.len() > SEAL_BYTES_MAX {
        return Err(SealError::NotASeal { path: path.into(), why: "it is far too large" });
    }
    fs::read(path).map_err(failed)
}

struct Header {
    cost: Cost,
    salt: [u8; 16],
    nonce: [u8; 24],
}

impl Header {
    fn bytes(&self) -> Vec<u8> {
        let Cost { memory_kib, passes, lanes } = self.cost;
        let numbers = [memory_kib, passes, lanes].map(u32::to_be_bytes).concat();
        [&MAGIC[..], &numbers, &self.salt, &self.nonce].concat()
    }

    fn parse(path: &Path, bytes: &[u8]) -> Result<Self, SealError> {
        let not = |why| SealError::NotASeal { path: path.into(), why };
        let magic = bytes.get(..16).ok_or(not("it is too short"))?;
        if magic != MAGIC {
            return Err(match magic.strip_prefix(MAGIC_FAMILY) {
                Some(_) => SealError::Newer { path: path.into() },
                None => not("it does not begin like one"),
            });
        }
        if bytes.len() < HEADER_BYTES + 16 {
            return Err(not("it is cut short"));
        }
        let number = |at: usize| u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        let cost = Cost { memory_kib: number(16), passes: number(20), lanes: number(24) };
        if cost.memory_kib > MEMORY_KIB_MAX || cost.passes > PASSES_MAX || cost.lanes > LANES_MAX {
            return Err(not("it asks for more memory or time than any seal of ours"));
        }
        let mut header = Header { cost, salt: [0; 16], nonce: [0; 24] };
        header.salt.copy_from_slice(&bytes[28..44]);
        header.nonce.copy_from_slice(&bytes[44..HEADER_BYTES]);
        Ok(header)
    }

    fn key(&self, path: &Path, password: &Password) -> Result<Zeroizing<[u8; 32]>, SealError> {
        let failed = |source| SealError::Derivation { path: path.into(), source };
        let params = Params::new(self.cost.memory_kib, self.cost.passes, self.cost.lanes, Some(32)).map_err(failed)?;
        let blocks = params.block_count();
        // A panic while it was held left nothing but blocks to be overwritten.
        let mut workroom = WORKROOM.lock().unwrap_or_else(PoisonError::into_inner);
        if workroom.len() < blocks {
            workroom.resize(blocks, Block::default());
        }
        let (memory, _) = workroom.split_at_mut(blocks);
        let mut key = Zeroizing::new([0; 32]);
        let derived = Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into_with_memory(
            password.bytes(),
            &self.salt,
            &mut *key,
            &mut *memory,
        );
        memory.iter_mut().for_each(Zeroize::zeroize);
        derived.map_err(failed)?;
        Ok(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    const CHEAP: Cost = Cost { memory_kib: 64, passes: 1, lanes: 1 };

    fn password(text: &str) -> Password {
        Password::new(text.into())
    }

    #[test]
    fn a_seal_opens_with_its_password_and_label_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.seal");
        seal(&path, "purpose", &password("right"), CHEAP, b"secret").unwrap();
        assert_eq!(&**open(&path, "purpose", &password("right")).unwrap(), b"secret");
        assert!(matches!(open(&path, "purpose", &password("wrong")), Err(SealError::WrongPassword { .. })));
        assert!(matches!(open(&path, "another", &password("right")), Err(SealError::WrongPassword { .. })));
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_seal_is_never_overwritten_by_another_secret() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.seal");
        seal(&path, "purpose", &password("right"), CHEAP, b"first").unwrap();
        assert!(matches!(seal(&path, "purpose", &password("x"), CHEAP, b"second"), Err(SealError::Exists { .. })));
        assert_eq!(&**open(&path, "purpose", &password("right")).unwrap(), b"first");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no half-written file stays behind");
    }

    #[test]
    fn every_flipped_byte_is_refused_and_costs_no_absurd_memory() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.seal");
        seal(&path, "purpose", &password("right"), CHEAP, b"secret").unwrap();
        let good = fs::read(&path).unwrap();
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 0x40;
            fs::write(&path, &bad).unwrap();
            assert!(open(&path, "purpose", &password("right")).is_err(), "byte {at}");
        }
        for length in 0..good.len() {
            fs::write(&path, &good[..length]).unwrap();
            assert!(open(&path, "purpose", &password("right")).is_err(), "{length} bytes");
        }
    }

    #[test]
    fn a_new_password_replaces_the_old_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.seal");
        seal(&path, "purpose", &password("old"), CHEAP, b"secret").unwrap();
        assert!(reseal(&path, "purpose", &password("guess"), &password("new"), CHEAP).is_err());
        reseal(&path, "purpose", &password("old"), &password("new"), CHEAP).unwrap();
        assert!(open(&path, "purpose", &password("old")).is_err());
        assert_eq!(&**open(&path, "purpose", &password("new")).unwrap(), b"secret");
    }

    #[test]
    fn an_empty_password_seals_nothing_and_a_newer_seal_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.seal");
        assert!(matches!(seal(&path, "p", &password(""), CHEAP, b"s"), Err(SealError::EmptyPassword { .. })));
        assert!(matches!(open(&path, "p", &password("x")), Err(SealError::Missing { .. })));
        fs::write(&path, b"cosolvent/seal/2 and so on").unwrap();
        assert!(matches!(open(&path, "p", &password("x")), Err(SealError::Newer { .. })));
    }
}
