//! What the firm knows as it stands.

use super::{Catalogue, Event, PackFile};
use alloc::{string::String, string::ToString, sync::Arc, vec::Vec};
use core::fmt;
use matching::pack::{Pack, Refused};
use matching::vocabulary::Vocabulary;
use protocol::id::Hash;
use protocol::time::UnixMs;

/// One pack that was added.
#[derive(Clone)]
pub struct Known {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// Its hash.
    pub sha256: Hash,
    /// Its files.
    pub files: Arc<[PackFile]>,
    /// When it came into force.
    pub added: UnixMs,
    /// Why this program does not read it, if so (`KNW-3`).
    pub fault: Option<String>,
}

/// The packs that were added, the lowest first, and what they come to over the one that every node carries.
#[derive(Clone, Default)]
pub struct Knowledge {
    packs: Vec<Known>,
    /// Nothing while there is only the built-in pack, which all firms of a process share.
    vocabulary: Option<Arc<Vocabulary>>,
    /// Likewise.
    catalogue: Option<Arc<Catalogue>>,
}

impl Knowledge {
    /// Takes in what happened.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Added { id, version, sha256, files, at } => {
                let known = Known {
                    id: id.clone(),
                    version: *version,
                    sha256: *sha256,
                    files: files.clone().into(),
                    added: *at,
                    fault: None,
                };
                match self.packs.iter_mut().find(|own| own.id == *id) {
                    Some(own) => *own = known,
                    None => self.packs.push(known),
                }
            }
            Event::Removed { id } => self.packs.retain(|own| own.id != *id),
        }
        self.read_again();
    }

    /// One pack that was added.
    pub fn pack(&self, id: &str) -> Option<&Known> {
        self.packs.iter().find(|own| own.id == *id)
    }

    /// All that were added, the lowest first.
    pub fn packs(&self) -> &[Known] {
        &self.packs
    }

    /// What all packs in force say together.
    pub fn vocabulary(&self) -> &Arc<Vocabulary> {
        self.vocabulary.as_ref().unwrap_or_else(|| Vocabulary::shared())
    }

    /// What all packs in force ask of terms.
    pub fn catalogue(&self) -> &Arc<Catalogue> {
        self.catalogue.as_ref().unwrap_or_else(|| Catalogue::shared())
    }

    /// The hash of all packs in force, the built-in one among them (`KNW-1`).
    pub fn sha256(&self) -> Hash {
        Hash(self.vocabulary().digest().0)
    }

    /// Judges every pack over those below it that are sound (`KNW-3`).
    fn read_again(&mut self) {
        let texts: Vec<Arc<[PackFile]>> = self.packs.iter().map(|own| own.files.clone()).collect();
        let mut sound: Vec<Pack<'_>> = Vec::new();
        (self.vocabulary, self.catalogue) = (None, None);
        for (own, files) in self.packs.iter_mut().zip(&texts) {
            let read = pack(&own.id, files).and_then(|pack| {
                sound.push(pack);
                let said = Vocabulary::with(&sound).and_then(|words| Ok((words, Catalogue::with(&sound)?)));
                said.inspect_err(|_| {
                    sound.pop();
                })
            });
            match read {
                Ok((vocabulary, catalogue)) => {
                    self.vocabulary = Some(Arc::new(vocabulary));
                    self.catalogue = Some(Arc::new(catalogue));
                    own.fault = None;
                }
                Err(refused) => own.fault = Some(refused.to_string()),
            }
        }
    }
}

/// A pack from its files; `place` stands for its folder in refusals.
pub(super) fn pack<'f>(place: &str, files: &'f [PackFile]) -> Result<Pack<'f>, Refused> {
    let texts: Vec<(&str, &str)> = files.iter().map(|file| (file.name.as_str(), file.text.as_str())).collect();
    Pack::read(place, &texts)
}

impl fmt::Debug for Knowledge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.packs).finish()
    }
}

impl fmt::Debug for Known {
    /// Without the texts, which the hash stands for.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Known { id, version, sha256, added, fault, .. } = self;
        write!(f, "{id} {version} {sha256:?} {added:?} {fault:?}")
    }
}
