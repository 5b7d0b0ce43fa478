//! Secrets in memory: they do not print, and they are wiped when dropped.

use super::SealError;
use core::fmt;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// 32 secret bytes: a key, a seed or a master.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop, Serialize, Deserialize)]
pub struct Secret([u8; 32]);

impl Secret {
    /// 32 fresh bytes of the operating system.
    ///
    /// # Errors
    /// [`SealError::NoRandomness`] when the operating system has none to give.
    pub fn random() -> Result<Self, SealError> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(SealError::NoRandomness)?;
        Ok(Secret(bytes))
    }

    /// These bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Secret(bytes)
    }

    /// The bytes themselves, for the cipher or signature that needs them.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

/// A passphrase of the node or a password of a person, as typed.
#[derive(Clone)]
pub struct Password(Zeroizing<String>);

impl Password {
    /// Takes over what was typed; the text is wiped when this is dropped.
    pub fn new(typed: String) -> Self {
        Password(Zeroizing::new(typed))
    }

    /// As typed, for handing it on over the control socket.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_do_not_print_themselves() {
        assert_eq!(format!("{:?}", Secret::new([7; 32])), "Secret(hidden)");
        assert_eq!(format!("{:?}", Password::new("open sesame".into())), "Password(hidden)");
    }
}
