//! Where issuing keys are, and who signs with them.
//!
//! ```text
//!   the sponsor's node                                     the signer: a process of its own
//!   machine ─▶ Signer ─▶ [`SigningProcess`] ──── pipe ────▶ [`serve`] ─▶ safe: sealed files, one a week
//! ```
//!
//! Issuing keys make everybody's passes, and the library that signs with them is a release candidate. So the node does not hold
//! them: a second run of the same program does, which reads nobody's bytes but the node's, opens no port, and ends with it. When
//! it dies it is started again and asked the same once more; a signature is a function of key and message, so nothing is lost and
//! nothing is different.
//!
//! What an attacker would try: take over the node by what neighbours send it (it can have signed what it likes while it is there,
//! as any signer's client can, but it cannot carry the keys away), read the pipe (it has no name; only the two processes hold it).
//! The key that opens the files passes through it once, at the start.

mod process;
mod safe;
mod words;

pub use process::{SigningProcess, serve};
use safe::Safe;

use node::keystore::Secret;
use protocol::id::Hash;
use sponsor::issuing::Signer;
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

/// Who holds the issuing keys of a sponsor's node.
#[derive(Clone, Debug)]
pub enum Signing {
    /// A process of its own: this program, called with `signer`.
    Apart(PathBuf),
    /// The node itself: for demonstrations and tests, whose keys are worth nothing.
    Within,
}

impl Signing {
    /// The signer over the safe of this data folder. Nothing is read or made yet.
    pub(crate) fn over(&self, data: &Path, journal_key: &Secret) -> Arc<dyn Signer> {
        let (folder, key) = (data.join("issuing"), safe_key(journal_key));
        match self {
            Signing::Apart(program) => Arc::new(SigningProcess::new(program, &folder, key)),
            Signing::Within => Arc::new(Safe::at(&folder, key)),
        }
    }
}

/// The key of the safe follows from the journal's and opens nothing else.
fn safe_key(journal_key: &Secret) -> Secret {
    Secret::new(Hash::of_bytes("cosolvent/issuing-safe/1", journal_key.expose()).0)
}
