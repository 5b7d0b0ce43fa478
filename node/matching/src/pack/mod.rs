//! A knowledge pack: what one market knows of its trades, as one folder of text files.
//!
//! Decides whether a folder is a pack, which files say what, and what its hash is. Refuses whatever would make two nodes read
//! one word differently by accident, or make everything fit everything; each refusal says file, line, fault and remedy.
//! The built-in vocabulary is the first pack; a sponsor's pack is loaded over it. Files are read outside; here is only text.
//!
//! ```text
//!   pack.txt   format | 1                        what this version reads
//!              id | ontario-north                names the pack
//!              version | 3                       rises whenever a file changes
//!              languages | en fr                 both, always
//!              over | cosolvent 4                what it adds to: that version or a newer one
//!              vocabulary | lab.txt people.txt   files of a section, in their order
//!              conditions | conditions.txt
//!              questions | questions.txt
//!   lab.txt    id | kind | parents | English forms | French forms | edges
//!              +id | | | more English | more French | ~ ! > @ edges          adds to a concept of a pack below
//! ```
//!
//! Sections: `vocabulary` (see [`crate::vocabulary`]), `equivalences` (what a certificate counts as), `conditions` (rules that
//! open another compliant path), `questions` (what two sides may ask each other before names), `instruments` (what terms of each form
//! of engagement must say: its lines are judged by whoever judges terms, the room `firm`, for matching makes nothing of them). Others
//! are refused until something reads them.
//!
//! - `PCK-1` A pack's hash is SHA-256 over its listing: for each file in the order of names, the SHA-256 of its bytes in
//!   hexadecimal, two spaces, its name, a line feed; what `sha256sum *.txt | sha256sum` prints. Two nodes with one list of
//!   hashes read every text alike.
//! - `PCK-2` A format, section or version that this version does not know is refused, never half read.
//! - `PCK-3` Whatever a pack says is bounded (`bounds`), and what it joins as well: no pack makes everything fit everything.
//! - `PCK-4` A pack adds; it takes no word, kind, implication or requirement of a pack below away. Certificates that it says to be as
//!   good as others are named with its reason wherever they count.
//!
//! What an attacker would try: signs that are not seen (refused by letter), circles of implications (refused), giant files
//! (bounded before they are read), a word that everybody uses as the name of something (it tells no advert from another and
//! weighs nothing), rules that open everything (a rule names narrow work, and its matches are never plain ones).
pub(crate) mod bounds;
pub(crate) mod conditions;
mod data;
pub(crate) mod equivalences;
mod name;
pub mod questions;
mod refused;
mod row;

use alloc::{borrow::ToOwned, collections::BTreeMap, format, string::String, vec::Vec};
pub use bounds::{BYTES_MAX as PACK_BYTES_MAX, FILE_BYTES_MAX as PACK_FILE_BYTES_MAX};
use bounds::{FILE_BYTES_MAX, FILES_MAX};
pub use conditions::{Condition, Proof};
pub use equivalences::Equivalence;
pub use name::{Difference, Digest, PackName, differences};
pub use questions::{Question, Shape};
pub use refused::{Bound, Fault, Refused};
pub use row::Row;
pub(crate) use row::{is_id, rows};

/// The format that this version reads.
pub const FORMAT: &str = "1";
/// The file that says what the others are.
pub const MANIFEST: &str = "pack.txt";

/// What a file of a pack is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Section {
    /// Concepts, their words and what joins them.
    Vocabulary,
    /// What a certificate counts as.
    Equivalences,
    /// Rules that open another compliant path.
    Conditions,
    /// What two sides may ask each other before names.
    Questions,
    /// What terms of each form of engagement must say.
    Instruments,
}

impl Section {
    /// Every section and its word in the manifest.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Vocabulary, "vocabulary"),
        (Self::Equivalences, "equivalences"),
        (Self::Conditions, "conditions"),
        (Self::Questions, "questions"),
        (Self::Instruments, "instruments"),
    ];
}

/// A pack whose manifest is sound; its sections are judged when a vocabulary is made of it.
#[derive(Clone, Debug)]
pub struct Pack<'a> {
    name: PackName,
    over: Option<(String, u32)>,
    sections: Vec<(Section, File<'a>)>,
    manifest: String,
}

/// A file, and what it is called in refusals.
#[derive(Clone, Debug)]
pub(crate) struct File<'a> {
    pub(crate) called: String,
    pub(crate) text: &'a str,
}

impl<'a> Pack<'a> {
    /// A pack from its files, by name. `place` stands before each name in refusals: a folder's path.
    ///
    /// # Errors
    /// [`Refused`] with the file, the line, the fault and what to do.
    pub fn read(place: &str, files: &[(&str, &'a str)]) -> Result<Pack<'a>, Refused> {
        let called = |name: &str| format!("{place}/{name}");
        let whole = |name: &str, why| Refused { file: called(name), line: 0, why };
        if files.len() > FILES_MAX {
            return Err(whole(MANIFEST, Fault::TooMany(Bound::Files)));
        }
        let mut texts: BTreeMap<&str, &'a str> = BTreeMap::new();
        for (name, text) in files {
            let stem = name.strip_suffix(".txt").filter(|stem| is_id(stem) && !stem.contains('.'));
            if stem.is_none() {
                return Err(whole(name, Fault::FileName((*name).to_owned())));
            }
            if text.len() > FILE_BYTES_MAX {
                return Err(whole(name, Fault::TooMany(Bound::FileBytes)));
            }
            texts.insert(name, text);
        }
        if texts.values().map(|text| text.len()).sum::<usize>() > PACK_BYTES_MAX {
            return Err(whole(MANIFEST, Fault::TooMany(Bound::Bytes)));
        }
        let digest = Digest::of_files(texts.iter().map(|(name, text)| (*name, *text)));
        let text = texts.remove(MANIFEST).ok_or_else(|| whole(MANIFEST, Fault::FileMissing(MANIFEST.to_owned())))?;
        let place_of_manifest = called(MANIFEST);
        let manifest = Manifest::read(&place_of_manifest, text)?;
        let mut sections = Vec::new();
        for (section, name, line) in manifest.files {
            let refuse = |why| Refused { file: called(MANIFEST), line, why };
            let text = texts.remove(name).ok_or_else(|| refuse(Fault::FileMissing(name.to_owned())))?;
            sections.push((section, File { called: called(name), text }));
        }
        if let Some(name) = texts.keys().next() {
            return Err(whole(name, Fault::FileUnnamed((*name).to_owned())));
        }
        sections.sort_by_key(|(section, _)| *section);
        let name = PackName { id: manifest.id, version: manifest.version, digest };
        Ok(Pack { name, over: manifest.over, sections, manifest: place_of_manifest })
    }

    /// The pack that this version carries.
    ///
    /// # Errors
    /// Never: a test reads the same files.
    pub fn builtin() -> Result<Pack<'static>, Refused> {
        Pack::read(data::PLACE, &data::FILES)
    }

    /// The lines of a section, in the order of the manifest, each in its columns.
    ///
    /// # Errors
    /// [`Refused`] where a line has another number of columns, or letters or lengths that no line may have.
    pub fn lines<const N: usize>(&self, section: Section) -> Result<Vec<Row<'_, N>>, Refused> {
        let mut all = Vec::new();
        for file in self.files(section) {
            all.extend(rows::<N>(&file.called, file.text)?);
        }
        Ok(all)
    }

    /// Files of concepts alone, without a manifest: a vocabulary of its own.
    pub(crate) fn bare(files: &[(&str, &'a str)]) -> Pack<'a> {
        let file = |(name, text): &(&str, &'a str)| (Section::Vocabulary, File { called: (*name).to_owned(), text });
        let digest = Digest::of_files(files.iter().copied());
        let name = PackName { id: String::new(), version: 0, digest };
        Pack { name, over: None, sections: files.iter().map(file).collect(), manifest: String::new() }
    }

    /// Its id, version and hash.
    #[must_use]
    pub fn name(&self) -> &PackName {
        &self.name
    }

    /// The files of a section, in the order of the manifest.
    pub(crate) fn files(&self, section: Section) -> impl Iterator<Item = &File<'a>> {
        self.sections.iter().filter(move |(own, _)| *own == section).map(|(_, file)| file)
    }

    /// Whether it may stand over these packs (`PCK-2`).
    pub(crate) fn stands_over(&self, below: &[Pack<'_>]) -> Result<(), Refused> {
        let refuse = |why| Err(Refused { file: self.manifest.clone(), line: 0, why });
        if below.iter().any(|pack| pack.name.id == self.name.id) {
            return refuse(Fault::PackTaken(self.name.id.clone()));
        }
        let Some((id, wanted)) = &self.over else {
            return if below.is_empty() { Ok(()) } else { refuse(Fault::KeyMissing("over")) };
        };
        match below.iter().find(|pack| pack.name.id == *id) {
            None => refuse(Fault::Over(id.clone())),
            Some(pack) if pack.name.version < *wanted => {
                refuse(Fault::OverNewer { id: id.clone(), wanted: *wanted, found: pack.name.version })
            }
            Some(_) => Ok(()),
        }
    }
}

/// What a manifest says.
struct Manifest<'a> {
    id: String,
    version: u32,
    over: Option<(String, u32)>,
    /// Section, name, and the line that names it.
    files: Vec<(Section, &'a str, usize)>,
}

impl<'a> Manifest<'a> {
    fn read(called: &'a str, text: &'a str) -> Result<Manifest<'a>, Refused> {
        let mut said: BTreeMap<&str, Row<'a, 2>> = BTreeMap::new();
        let mut files = Vec::new();
        for row in rows::<2>(called, text)? {
            let [key, value] = row.columns;
            if let Some((section, _)) = Section::ALL.iter().find(|(_, word)| *word == key) {
                files.extend(value.split_whitespace().map(|name| (*section, name, row.line)));
            } else if !["format", "id", "version", "languages", "over"].contains(&key) {
                return Err(row.refuse(Fault::Key(key.to_owned())));
            }
            if said.contains_key(key) {
                return Err(row.refuse(Fault::KeyTwice(key.to_owned())));
            }
            said.insert(key, row);
        }
        let value = |key: &'static str| {
            let missing = || Refused { file: called.to_owned(), line: 0, why: Fault::KeyMissing(key) };
            said.get(key).map(|row| (row, row.columns[1])).ok_or_else(missing)
        };
        let (row, format) = value("format")?;
        if format != FORMAT {
            return Err(row.refuse(Fault::Format(format.to_owned())));
        }
        let (row, id) = value("id")?;
        if !is_id(id) {
            return Err(row.refuse(Fault::Id(id.to_owned())));
        }
        let (row, written) = value("version")?;
        let version = number(row, written)?;
        let (row, languages) = value("languages")?;
        if languages.split_whitespace().collect::<Vec<_>>() != ["en", "fr"] {
            return Err(row.refuse(Fault::Languages(languages.to_owned())));
        }
        let over = said.get("over").map(|row| {
            let (id, version) = row.columns[1].split_once(' ').unwrap_or((row.columns[1], ""));
            Ok((id.to_owned(), number(row, version.trim())?))
        });
        Ok(Manifest { id: id.to_owned(), version, over: over.transpose()?, files })
    }
}

/// A version: 1 or more.
fn number<const N: usize>(row: &Row<'_, N>, written: &str) -> Result<u32, Refused> {
    let number = written.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| row.refuse(Fault::Number(written.to_owned())))
}
