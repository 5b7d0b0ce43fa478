//! Views of the knowledge packs: which are in force, and what their rules ask.

use crate::Firm;
use crate::knowledge::{Known, PackFile, Requirements};
use crate::matching::{Condition, Word};
use alloc::{string::String, vec::Vec};
use matching::vocabulary::Vocabulary;
use protocol::id::Hash;
use protocol::time::UnixMs;
use protocol::vocabulary::Instrument;
use serde::Serialize;

/// A knowledge pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PackView {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// Its hash: what `sha256sum *.txt | sha256sum` prints in its folder (`PCK-1`).
    pub sha256: Hash,
    /// When it was added; `None` is the one that every node carries.
    pub added: Option<UnixMs>,
    /// Why this program does not read it: it is out of force.
    pub fault: Option<String>,
    /// Its rules that open another way to comply.
    pub rules: Vec<PackRuleView>,
    /// Its texts, where one pack was asked for; the built-in one is part of the program.
    pub files: Vec<PackFile>,
}

/// A rule of a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PackRuleView {
    /// For which work.
    pub work: Vec<Word>,
    /// Where the need also names one of these.
    pub beside: Vec<Word>,
    /// What it makes good, what must be done, and who shows what.
    #[serde(flatten)]
    pub condition: Condition,
}

/// A form of engagement and what the packs in force ask of its terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InstrumentView {
    /// Which.
    pub instrument: Instrument,
    /// What is asked.
    #[serde(flatten)]
    pub requirements: Requirements,
}

impl Firm {
    /// All instruments, in the order of their numbers.
    pub(super) fn instruments(&self) -> Vec<InstrumentView> {
        let catalogue = self.knowledge.catalogue();
        let known = Instrument::ALL.iter().filter_map(|one| Some((*one, catalogue.of(*one)?.clone())));
        known.map(|(instrument, requirements)| InstrumentView { instrument, requirements }).collect()
    }

    /// All packs, the built-in one first.
    pub(super) fn packs(&self) -> Vec<PackView> {
        let builtin = Vocabulary::shared().packs().iter().map(|name| PackView {
            id: name.id.clone(),
            version: name.version,
            sha256: Hash(name.digest.0),
            added: None,
            fault: None,
            rules: self.rules(&name.id),
            files: Vec::new(),
        });
        builtin.chain(self.knowledge.packs().iter().map(|known| self.pack_of(known, false))).collect()
    }

    /// One pack that was added, with its texts.
    pub(super) fn pack(&self, id: &str) -> Option<PackView> {
        self.knowledge.pack(id).map(|known| self.pack_of(known, true))
    }

    fn pack_of(&self, known: &Known, with_files: bool) -> PackView {
        PackView {
            id: known.id.clone(),
            version: known.version,
            sha256: known.sha256,
            added: Some(known.added),
            fault: known.fault.clone(),
            rules: self.rules(&known.id),
            files: if with_files { known.files.to_vec() } else { Vec::new() },
        }
    }

    fn rules(&self, pack: &str) -> Vec<PackRuleView> {
        let vocabulary = self.knowledge.vocabulary();
        let words = |concepts: &[_]| concepts.iter().map(|concept| Word::of(vocabulary, *concept)).collect();
        let rules = vocabulary.conditions().iter().filter(|rule| rule.pack == pack);
        let view = |rule: &matching::pack::Condition| PackRuleView {
            work: words(&rule.work),
            beside: words(&rule.beside),
            condition: Condition::of(vocabulary, rule, Word::of(vocabulary, rule.opens)),
        };
        rules.map(view).collect()
    }
}
