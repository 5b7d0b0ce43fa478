//! What the trade's words mean: concepts with kinds and families, in English and French.
//!
//! An advert says "idle spindle on a trunnion", a need "contouring of titanium"; a person who knows the trade hears one
//! thing. The vocabulary is that person's knowledge as data: concepts (`machining.milling.5-axis`), the forms that name them
//! in both languages, what each is a sort of, what it implies, what truly does the same work, and what only sounds alike. It
//! is written by us from knowledge of the trades, one family per file of the first [pack](crate::pack) (`node/matching/pack`);
//! sponsors load theirs over it. Two nodes with the same packs read every text alike.
//!
//! ```text
//! text -> fold -> longest forms -> readings (cues, company, usual) -> mentions with frames
//! wanted, offered -> relation (same, narrower, broader, near, leads, not, ...) -> closeness
//! ```
//!
//! Refused: a form that names two concepts unless it is marked as shared, a circle of families, an unknown id, a concept
//! without words in one of the languages ([`Refused`] says where). No learning, no floats, no clock: the same words give the
//! same answer everywhere. A hostile text can only be long; the work is linear in it.
mod fold;
mod forms;
mod graph;
mod join;
mod kind;
mod load;
mod mention;
mod relation;
#[cfg(test)]
mod tests;

use crate::pack::{Condition, Digest, Equivalence, Pack, PackName, Question};
pub use crate::pack::{Fault, Refused};
use alloc::{boxed::Box, collections::BTreeMap, string::String, sync::Arc, vec::Vec};
use core::fmt;
pub(crate) use fold::{is_mark, unaccented};
pub use kind::Kind;
pub use mention::Mention;
use once_cell::race::OnceBox;
pub use relation::Relation;

/// A number from 0 to 1000.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Thousandths(pub u16);

/// The languages that every concept has words in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Language {
    /// As Canadian shops write it.
    English,
    /// As Quebec shops write it.
    French,
}

impl Language {
    /// Both.
    pub const ALL: [Self; 2] = [Self::English, Self::French];
}

/// A concept of one vocabulary; ids last, handles only as long as the vocabulary.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Concept(u16);

impl Concept {
    /// Its place among the concepts of its vocabulary.
    pub(crate) fn place(self) -> usize {
        usize::from(self.0)
    }
}

/// One concept's line.
#[derive(Debug)]
struct Entry {
    id: String,
    kind: Kind,
    labels: [String; 2],
    parents: Vec<Concept>,
    edges: Vec<(Concept, Edge)>,
    cues: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Edge {
    Near(Thousandths),
    Not,
    Implies,
    LeadsTo,
}

impl Entry {
    /// What the concept is, and what it implies.
    fn up(&self) -> impl Iterator<Item = Concept> {
        let implied = self.edges.iter().filter(|(_, edge)| *edge == Edge::Implies).map(|(to, _)| *to);
        self.parents.iter().copied().chain(implied)
    }
}

/// One reading of a form.
#[derive(Clone, Copy, Debug)]
struct Form {
    concept: Concept,
    language: Language,
    only: bool,
    usual: bool,
}

/// Concepts, their words and what joins them, and the rules that packs state in terms of them.
pub struct Vocabulary {
    packs: Vec<PackName>,
    equivalences: Vec<Equivalence>,
    conditions: Vec<Condition>,
    questions: Vec<Question>,
    ids: BTreeMap<String, Concept>,
    entries: Vec<Entry>,
    words: BTreeMap<String, u16>,
    forms: BTreeMap<Box<[u16]>, Vec<Form>>,
    longest: usize,
    ups: Vec<BTreeMap<Concept, u8>>,
}

impl fmt::Debug for Vocabulary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vocabulary").field("packs", &self.packs).field("concepts", &self.entries.len()).finish()
    }
}

impl Vocabulary {
    /// The pack that this version carries, alone. Up to some tens of milliseconds of work: build it once and keep it.
    ///
    /// # Panics
    /// Never: a test loads the same data.
    #[must_use]
    #[expect(clippy::expect_used, reason = "INVARIANT: a test loads the same data")]
    pub fn builtin() -> Self {
        // INVARIANT: the data is part of the program, and a test loads it.
        Self::with(&[]).expect("the built-in pack is sound")
    }

    /// The built-in pack and these over it, in their order.
    ///
    /// # Errors
    /// [`Refused`] with the file, the line, the fault and what to do; nothing is then loaded.
    pub fn with(packs: &[Pack<'_>]) -> Result<Self, Refused> {
        let builtin = Pack::builtin()?;
        let all: Vec<Pack<'_>> = core::iter::once(builtin).chain(packs.iter().cloned()).collect();
        load::vocabulary(&all)
    }

    /// The built-in vocabulary, loaded at the first call and shared by everybody of the process.
    #[must_use]
    pub fn shared() -> &'static Arc<Self> {
        static SHARED: OnceBox<Arc<Vocabulary>> = OnceBox::new();
        SHARED.get_or_init(|| Box::new(Arc::new(Self::builtin())))
    }

    /// A vocabulary of its own from files of concepts (name, text), or the first line that is wrong.
    ///
    /// # Errors
    /// [`Refused`] with the file, the line and the fault.
    pub fn load(files: &[(&str, &str)]) -> Result<Self, Refused> {
        load::vocabulary(&[Pack::bare(files)])
    }

    /// What it was made of, the built-in pack first.
    #[must_use]
    pub fn packs(&self) -> &[PackName] {
        &self.packs
    }

    /// One value for everything that it was made of; two nodes with the same value read every text alike.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::of_packs(&self.packs)
    }

    /// What certificates count as by what packs say, each with its reason.
    #[must_use]
    pub fn equivalences(&self) -> &[Equivalence] {
        &self.equivalences
    }

    /// The rules that open another compliant path.
    #[must_use]
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    /// What two sides may ask each other, in the order of packs and lines.
    #[must_use]
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// The question with this code, if a pack in force has it.
    #[must_use]
    pub fn question(&self, code: &[u8; 8]) -> Option<&Question> {
        self.questions.iter().find(|question| question.code == *code)
    }

    fn from_parts(
        ids: BTreeMap<String, Concept>,
        entries: Vec<Entry>,
        words: BTreeMap<String, u16>,
        forms: BTreeMap<Box<[u16]>, Vec<Form>>,
        ups: Vec<BTreeMap<Concept, u8>>,
    ) -> Self {
        let longest = forms.keys().map(|key| key.len()).max().unwrap_or(0);
        let (packs, equivalences, conditions, questions) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { packs, equivalences, conditions, questions, ids, entries, words, forms, longest, ups }
    }

    /// The concept with this id.
    #[must_use]
    pub fn concept(&self, id: &str) -> Option<Concept> {
        self.ids.get(id).copied()
    }

    /// Every concept, in the order of the files.
    pub fn concepts(&self) -> impl Iterator<Item = Concept> {
        (0u16..).zip(&self.entries).map(|(index, _)| Concept(index))
    }

    /// The concept at this place.
    pub(crate) fn at(&self, place: usize) -> Option<Concept> {
        let place = u16::try_from(place).ok().filter(|place| usize::from(*place) < self.entries.len())?;
        Some(Concept(place))
    }

    /// A number that changes with every concept, word, form, edge and family: facts that were read with another stamp are read again.
    #[must_use]
    pub fn stamp(&self) -> u64 {
        let mut told: Vec<u8> = Vec::new();
        for entry in &self.entries {
            told.extend(entry.id.bytes().chain([0, entry.kind as u8]));
            entry.cues.iter().for_each(|cue| told.extend(cue.bytes().chain([0])));
            for (to, edge) in &entry.edges {
                let (sort, strength) = match edge {
                    Edge::Near(strength) => (0, strength.0),
                    Edge::Not => (1, 0),
                    Edge::Implies => (2, 0),
                    Edge::LeadsTo => (3, 0),
                };
                told.extend([to.0, sort, strength].map(u16::to_le_bytes).as_flattened());
            }
        }
        for (word, number) in &self.words {
            told.extend(word.bytes().chain([0]).chain(number.to_le_bytes()));
        }
        for (form, readings) in &self.forms {
            told.extend(form.iter().flat_map(|word| word.to_le_bytes()));
            for reading in readings {
                told.extend(reading.concept.0.to_le_bytes());
                told.extend([u8::from(reading.only), u8::from(reading.usual)]);
            }
        }
        for up in self.ups.iter().flatten() {
            told.extend(up.0.0.to_le_bytes());
        }
        fnv(&told)
    }

    /// Its lasting name; empty for a handle of another vocabulary.
    #[must_use]
    pub fn id(&self, concept: Concept) -> &str {
        self.entry(concept).map_or("", |entry| entry.id.as_str())
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self, concept: Concept) -> Kind {
        self.entry(concept).map_or(Kind::Property, |entry| entry.kind)
    }

    /// Its first form in a language.
    #[must_use]
    pub fn label(&self, concept: Concept, language: Language) -> &str {
        let [english, french] = match self.entry(concept) {
            Some(entry) => entry.labels.each_ref().map(String::as_str),
            None => [""; 2],
        };
        match language {
            Language::English => english,
            Language::French => french,
        }
    }

    /// What it is directly a sort or a part of.
    pub fn parents(&self, concept: Concept) -> impl Iterator<Item = Concept> {
        self.entry(concept).into_iter().flat_map(|entry| entry.parents.iter().copied())
    }

    /// Everything that it is or implies, nearest first, without itself.
    #[must_use]
    pub fn implied(&self, concept: Concept) -> Vec<Concept> {
        let mut above: Vec<_> =
            self.up(concept).filter(|(_, steps)| *steps > 0).map(|(up, steps)| (steps, up)).collect();
        above.sort_unstable();
        above.into_iter().map(|(_, up)| up).collect()
    }

    /// Whether having `one` is having `other`: the same, a sort of it, or implying it.
    #[must_use]
    pub fn is(&self, one: Concept, other: Concept) -> bool {
        self.ups.get(usize::from(one.0)).is_some_and(|ups| ups.contains_key(&other))
    }

    /// How many concepts are it or a sort of it, or imply it.
    #[must_use]
    pub fn below(&self, concept: Concept) -> usize {
        self.ups.iter().filter(|ups| ups.contains_key(&concept)).count()
    }

    /// How many forms there are, each counted once for a concept and language.
    #[must_use]
    pub fn form_count(&self) -> usize {
        self.forms.values().map(Vec::len).sum()
    }

    fn entry(&self, concept: Concept) -> Option<&Entry> {
        self.entries.get(usize::from(concept.0))
    }

    /// Itself at no steps, then what it is or implies.
    fn up(&self, concept: Concept) -> impl Iterator<Item = (Concept, u8)> {
        self.ups.get(usize::from(concept.0)).into_iter().flatten().map(|(up, steps)| (*up, *steps))
    }
}

/// A short name for bytes (FNV-1a, 64 bits).
pub(crate) fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
