//! The charter as sponsor staff write it: a short TOML file. The node adds network and key, and signs it.
//!
//! ```toml
//! version = 1
//! name = "Valley machining market"
//! purpose = "Members lend each other idle capacity and answer within two working days."
//! languages = ["en", "fr"]
//! instruments = ["capacity-rental"]
//! ```

use protocol::{
    charter::Charter,
    id::{NetworkId, SponsorKey},
    text::{Name, ShortText},
    vocabulary::{Instrument, Language},
};
use serde::Deserialize;
use thiserror::Error;

/// Why a text is no charter.
#[derive(Debug, Error)]
#[error("could not read the charter: {why}; correct the file, the example in SPONSORING.md shows every line")]
pub struct BadCharter {
    why: String,
}

/// What the staff decide.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CharterFile {
    /// Counts up from 1 with every change.
    pub version: u32,
    /// The market's name.
    pub name: Name,
    /// What the sponsor asks of members, in a sentence or two.
    pub purpose: ShortText,
    /// Languages of the market.
    pub languages: Vec<Language>,
    /// Forms of engagement it is for.
    pub instruments: Vec<Instrument>,
}

impl CharterFile {
    /// Reads the file.
    ///
    /// # Errors
    /// The line and what is wrong with it.
    pub fn read(text: &str) -> Result<CharterFile, BadCharter> {
        let file: CharterFile = toml::from_str(text).map_err(|error| BadCharter { why: error.message().to_owned() })?;
        let bad = |why: &str| Err(BadCharter { why: why.to_owned() });
        match &file {
            CharterFile { version: 0, .. } => bad("versions count from 1"),
            CharterFile { languages, .. } if languages.is_empty() => bad("it names no language"),
            CharterFile { instruments, .. } if instruments.is_empty() => bad("it names no form of engagement"),
            _ => Ok(file),
        }
    }

    /// The charter of this sponsor in this network.
    pub fn charter(self, network: NetworkId, sponsor: SponsorKey) -> Charter {
        let CharterFile { version, name, purpose, languages, instruments } = self;
        Charter { network, sponsor, version, name, languages, instruments, purpose }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "version = 1\nname = \"Valley\"\npurpose = \"Lend.\"\nlanguages = [\"en\", \"fr\"]\n\
                        instruments = [\"capacity-rental\"]\n";

    #[test]
    fn a_charter_says_what_its_file_says() {
        let charter = CharterFile::read(GOOD).unwrap().charter(NetworkId([1; 32]), SponsorKey([2; 32]));
        assert_eq!((charter.version, charter.name.as_str()), (1, "Valley"));
        assert_eq!(charter.languages, [Language::English, Language::French]);
    }

    #[test]
    fn an_unknown_key_or_word_is_named_and_nothing_is_assumed() {
        let unknown = CharterFile::read(&format!("{GOOD}fee = 3\n")).unwrap_err().to_string();
        assert!(unknown.contains("fee"), "{unknown}");
        let word = CharterFile::read(&GOOD.replace("capacity-rental", "barter")).unwrap_err().to_string();
        assert!(word.contains("barter"), "{word}");
        assert!(CharterFile::read(&GOOD.replace("version = 1", "version = 0")).is_err());
    }
}
