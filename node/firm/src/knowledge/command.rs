//! What can be asked about what the firm knows.

use super::{Catalogue, Event, Knowledge, PackFile, state::pack};
use alloc::{borrow::ToOwned, string::String, string::ToString, vec::Vec};
use matching::pack::Pack;
use matching::vocabulary::Vocabulary;
use protocol::id::Hash;
use protocol::time::UnixMs;
use serde::{Deserialize, Serialize};

/// Why a pack does not come into force, or stays. Each says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BadPack {
    /// A line of it, or how it stands on others: file, line, fault and remedy.
    #[error("{0}")]
    Text(String),
    /// This very pack.
    #[error("version {version} of {id} is in force already, just as it is; there is nothing to do")]
    Same {
        /// Its id.
        id: String,
        /// Its version.
        version: u32,
    },
    /// Another text under a version that is not newer.
    #[error(
        "version {held} of {id} is in force; write a higher version than {offered} into its pack.txt if this one is newer"
    )]
    NotNewer {
        /// Its id.
        id: String,
        /// In force.
        held: u32,
        /// Offered.
        offered: u32,
    },
    /// Another one needs it.
    #[error("{by} stands on {id}; remove {by} first")]
    StoodOn {
        /// Its id.
        id: String,
        /// The pack over it.
        by: String,
    },
    /// No such pack.
    #[error("no pack of this id was added; list them with `cosolvent pack list`")]
    NoSuchPack,
}

/// What the folder of a pack is called in refusals before it is in force; afterwards its id.
pub const ADDED: &str = "added";

/// Brings a pack into force over those that are, or in the place of its earlier version (`KNW-2`).
pub fn add(knowledge: &Knowledge, files: Vec<PackFile>, at: UnixMs) -> Result<Event, BadPack> {
    let refused = |refused: matching::pack::Refused| BadPack::Text(refused.to_string());
    let added = pack(ADDED, &files).map_err(refused)?;
    let name = added.name().clone();
    let (id, sha256) = (name.id.clone(), Hash(name.digest.0));
    if let Some(held) = knowledge.pack(&id) {
        if held.sha256 == sha256 && held.fault.is_none() {
            return Err(BadPack::Same { id, version: name.version });
        }
        if held.version > name.version || (held.version == name.version && held.sha256 != sha256) {
            return Err(BadPack::NotNewer { id, held: held.version, offered: name.version });
        }
    }
    let mut all: Vec<Pack<'_>> = Vec::new();
    for held in knowledge.packs() {
        if held.id == id {
            all.push(added.clone());
        } else if held.fault.is_none() {
            all.push(pack(&held.id, &held.files).map_err(refused)?);
        }
    }
    if knowledge.pack(&id).is_none() {
        all.push(added);
    }
    Vocabulary::with(&all).map_err(refused)?;
    Catalogue::with(&all).map_err(refused)?;
    Ok(Event::Added { id, version: name.version, sha256, files, at })
}

/// Takes a pack out of force.
pub fn remove(knowledge: &Knowledge, id: &str) -> Result<Event, BadPack> {
    knowledge.pack(id).ok_or(BadPack::NoSuchPack)?;
    let mut rest: Vec<Pack<'_>> = Vec::new();
    for held in knowledge.packs().iter().filter(|held| held.id != id && held.fault.is_none()) {
        rest.extend(pack(&held.id, &held.files));
        if Vocabulary::with(&rest).is_err() || Catalogue::with(&rest).is_err() {
            return Err(BadPack::StoodOn { id: id.to_owned(), by: held.id.clone() });
        }
    }
    Ok(Event::Removed { id: id.to_owned() })
}
