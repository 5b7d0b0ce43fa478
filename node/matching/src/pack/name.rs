//! What a pack is called, its hash, and how two nodes see that they know different things.
use alloc::{format, string::String, vec::Vec};
use core::fmt;
use sha2::{Digest as _, Sha256};

/// A SHA-256 hash.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    fn of(bytes: &[u8]) -> Digest {
        Digest(Sha256::digest(bytes).into())
    }

    /// Of files in the order of their names (`PCK-1`).
    pub(super) fn of_files<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> Digest {
        let listing: String = files.map(|(name, text)| format!("{}  {name}\n", Digest::of(text.as_bytes()))).collect();
        Digest::of(listing.as_bytes())
    }

    /// Of several packs, lowest first: one value that two nodes compare.
    #[must_use]
    pub fn of_packs(packs: &[PackName]) -> Digest {
        let listing: String = packs.iter().map(|pack| format!("{}  {}\n", pack.digest, pack.id)).collect();
        Digest::of(listing.as_bytes())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

/// Which pack, and which of its contents.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PackName {
    /// Its id.
    pub id: String,
    /// Its version; whoever changes a file raises it.
    pub version: u32,
    /// What it holds (`PCK-1`).
    pub digest: Digest,
}

/// One thing that two nodes do not know alike.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Difference {
    /// Only this side has it.
    OnlyHere(PackName),
    /// Only the other side has it.
    OnlyThere(PackName),
    /// Both have it, and not the same.
    Apart {
        /// This side's.
        here: PackName,
        /// The other side's.
        there: PackName,
    },
    /// Both have the same packs, in another order.
    Order,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Difference::OnlyHere(pack) => write!(f, "{} {} is loaded here only", pack.id, pack.version),
            Difference::OnlyThere(pack) => write!(f, "{} {} is loaded there only", pack.id, pack.version),
            Difference::Apart { here, there } if here.version != there.version => {
                write!(f, "here is version {} of {}, there version {}", here.version, here.id, there.version)
            }
            Difference::Apart { here, .. } => {
                write!(f, "version {} of {} is not the same here and there: one was changed", here.version, here.id)
            }
            Difference::Order => write!(f, "the same packs are loaded in another order"),
        }
    }
}

/// How two lists of packs differ; nothing if both nodes read every text alike.
#[must_use]
pub fn differences(here: &[PackName], there: &[PackName]) -> Vec<Difference> {
    let named = |list: &[PackName], id: &str| list.iter().find(|pack| pack.id == id).cloned();
    let own = here.iter().filter_map(|pack| match named(there, &pack.id) {
        None => Some(Difference::OnlyHere(pack.clone())),
        Some(other) if other != *pack => Some(Difference::Apart { here: pack.clone(), there: other }),
        Some(_) => None,
    });
    let other = there.iter().filter(|pack| named(here, &pack.id).is_none()).cloned().map(Difference::OnlyThere);
    let found: Vec<Difference> = own.chain(other).collect();
    if found.is_empty() && here != there { [Difference::Order].into() } else { found }
}
