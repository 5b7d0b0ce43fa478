//! Why a pack is refused: the file, the line, what is wrong, and what to do about it.
use super::bounds::{
    BYTES_MAX, CHOICES_MAX, CONCEPTS_MAX, EDGES_MAX, FILE_BYTES_MAX, FILES_MAX, FORM_BYTES_MAX, FORMS_MAX, JOINED_MAX,
    LINE_BYTES_MAX, PACKS_MAX, PARENTS_MAX, READINGS_MAX, ROWS_MAX, SENTENCE_BYTES_MAX, UPS_MAX, WORDS_MAX,
    WORK_BELOW_MAX,
};
use crate::vocabulary::Language;
use alloc::string::String;
use core::fmt;

/// Why a line was refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused {
    /// The file, as its pack is called and it is named.
    pub file: String,
    /// The line, from 1; 0 if it is the file as a whole.
    pub line: usize,
    /// What is wrong with it.
    pub why: Fault,
}

/// What there may be too much of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bound {
    /// Packs on one node.
    Packs,
    /// Files of a pack.
    Files,
    /// Bytes of a pack.
    Bytes,
    /// Bytes of a file.
    FileBytes,
    /// Bytes of a line.
    LineBytes,
    /// Lines that say something, in one section other than the vocabulary.
    Rows,
    /// Concepts of all packs.
    Concepts,
    /// Distinct words in the forms of all packs.
    Words,
    /// Forms of a concept in one language.
    Forms,
    /// Bytes of a form.
    FormBytes,
    /// Concepts that share a form.
    Readings,
    /// Edges of one line.
    Edges,
    /// What one concept is or implies directly.
    Parents,
    /// What one concept is or implies.
    Ups,
    /// Bytes of a sentence.
    SentenceBytes,
}

impl Bound {
    fn said(self) -> (&'static str, usize) {
        match self {
            Bound::Packs => ("packs on one node", PACKS_MAX),
            Bound::Files => ("files in a pack", FILES_MAX),
            Bound::Bytes => ("bytes in a pack", BYTES_MAX),
            Bound::FileBytes => ("bytes in a file", FILE_BYTES_MAX),
            Bound::LineBytes => ("bytes in a line", LINE_BYTES_MAX),
            Bound::Rows => ("lines in this section", ROWS_MAX),
            Bound::Concepts => ("concepts in all packs", CONCEPTS_MAX),
            Bound::Words => ("different words in all packs", WORDS_MAX),
            Bound::Forms => ("forms of a concept in one language", FORMS_MAX),
            Bound::FormBytes => ("bytes in a form", FORM_BYTES_MAX),
            Bound::Readings => ("concepts that share a form", READINGS_MAX),
            Bound::Edges => ("edges on a line", EDGES_MAX),
            Bound::Parents => ("things that a concept is or implies directly", PARENTS_MAX),
            Bound::Ups => ("things that a concept is or implies", UPS_MAX),
            Bound::SentenceBytes => ("bytes in a sentence", SENTENCE_BYTES_MAX),
        }
    }
}

/// What may be wrong with a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fault {
    /// A line has another number of columns than its section.
    Columns {
        /// How many there are.
        found: usize,
        /// How many there should be.
        wanted: usize,
    },
    /// A letter that is no part of English or French, or changes how a line looks.
    Letter(char),
    /// More of something than a pack may bring.
    TooMany(Bound),
    /// Ids are lower-case letters, digits, hyphens and dots.
    Id(String),
    /// The id is taken by an earlier line.
    Taken(String),
    /// There is no such kind.
    Kind(String),
    /// No concept has this id.
    Unknown(String),
    /// An edge that begins with none of the signs, or a strength that is not 1 to 999.
    Edge(String),
    /// Two edges of opposite sense join the same concepts.
    Contradiction(String),
    /// The concept is among its own parents or implications.
    Circle(String),
    /// A language has no form at all.
    Wordless(Language),
    /// A form without a word that counts.
    Empty(String),
    /// Two forms of one concept and language fold to the same words.
    Twice(String),
    /// A form folds to the same words as one of another concept, and is not marked as shared.
    Shared {
        /// The form.
        form: String,
        /// The other concept's id.
        other: String,
    },
    /// A form is marked as shared, but no other concept has it.
    Unshared(String),
    /// More than one concept claims to be the usual reading of a form.
    Usual(String),
    /// A line that adds to a concept says what it is, or what it implies.
    Redefined(String),
    /// A pack over another one brings a frame.
    Frame(String),
    /// The edges of a pack join so many pairs of concepts that nearly everything would fit everything.
    Joins(usize),
    /// The manifest says something that this version does not know.
    Key(String),
    /// The manifest says it twice.
    KeyTwice(String),
    /// The manifest does not say it.
    KeyMissing(&'static str),
    /// A format that this version does not read.
    Format(String),
    /// A number that is none, or outside its range.
    Number(String),
    /// Languages other than English and French, or only one of them.
    Languages(String),
    /// The manifest names a file that is not there.
    FileMissing(String),
    /// A file that the manifest does not name.
    FileUnnamed(String),
    /// A file name that is not lower-case letters, digits and hyphens with `.txt`.
    FileName(String),
    /// The pack is made over one that is not there.
    Over(String),
    /// The pack is made over a newer version than there is.
    OverNewer {
        /// The pack below.
        id: String,
        /// What it must at least be.
        wanted: u32,
        /// What it is.
        found: u32,
    },
    /// Another pack has this id.
    PackTaken(String),
    /// An equivalence between things that are not both certificates of firms, or both tickets of persons.
    Unequal(String),
    /// A rule opens what is no certificate and no ticket.
    Opens(String),
    /// A rule names work so wide that it would open everything.
    Broad(String),
    /// A rule or reason without a sentence in a language.
    Speechless(Language),
    /// Somebody must show something, and the side is neither `need` nor `offer`.
    Proof(String),
    /// A question that is asked of nobody.
    Whom(String),
    /// There is no such class.
    Class(String),
    /// An answer of no shape.
    Shape(String),
    /// Choices of a question that has none, too few or too many, or not as many in both languages.
    Choices,
    /// A word of a closed list that has no such word.
    Word {
        /// What is meant, such as `topic`.
        what: &'static str,
        /// What stands there.
        written: String,
        /// The words that there are.
        among: String,
    },
    /// A line that adds to an instrument says more than topics, or takes something away.
    Weaker(String),
    /// A topic stands twice on a line.
    TopicTwice(String),
    /// An answer is proposed that the topic cannot have.
    Proposed {
        /// The topic.
        topic: String,
        /// What stands there.
        written: String,
        /// What it can have.
        among: String,
    },
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Refused { file, line, why } = self;
        match line {
            0 => write!(f, "{file}: {why}"),
            line => write!(f, "{file}:{line}: {why}"),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Columns { found, wanted } => {
                write!(
                    f,
                    "{found} columns where this section has {wanted}; put a bar `|` between columns, also empty ones"
                )
            }
            Fault::Letter(letter) => write!(
                f,
                "the character U+{:04X} is no letter or sign of English or French; delete it (lines end in a plain line feed)",
                u32::from(*letter)
            ),
            Fault::TooMany(bound) => {
                let (what, most) = bound.said();
                write!(f, "more than {most} {what}; shorten or split it")
            }
            Fault::Id(id) => write!(f, "`{id}` is no id; write lower-case letters, digits, hyphens and dots"),
            Fault::Taken(id) => {
                write!(f, "the id `{id}` is taken; add to that concept with `+{id}`, or choose another id")
            }
            Fault::Kind(word) => write!(
                f,
                "there is no kind `{word}`; the kinds are act, machine, part, material, role, skill, \
                 program, credential, ticket, place, symptom, document, sector and property"
            ),
            Fault::Unknown(id) => write!(f, "no concept has the id `{id}`; correct it, or add that concept"),
            Fault::Edge(edge) => write!(f, "`{edge}` is no edge; write ~id:700, !id, =id, >id or @word"),
            Fault::Contradiction(id) => {
                write!(f, "it is joined with `{id}` in two ways that contradict; keep one of the two edges")
            }
            Fault::Circle(id) => write!(f, "`{id}` would be among its own parents or implications; take this one out"),
            Fault::Wordless(language) => write!(f, "no form in {language:?}; add the words that shops use"),
            Fault::Empty(form) => write!(f, "`{form}` has no word that counts; write more of it, or take it out"),
            Fault::Twice(form) => write!(f, "`{form}` says what another form of the concept says; take one out"),
            Fault::Shared { form, other } => {
                write!(f, "`{form}` also names `{other}`; mark both with * or +, or take it out")
            }
            Fault::Unshared(form) => {
                write!(f, "`{form}` is marked as shared, but names nothing else; take the mark away")
            }
            Fault::Usual(form) => {
                write!(f, "`{form}` is the usual name of more than one concept; leave + on one of them")
            }
            Fault::Redefined(id) => write!(
                f,
                "a line `+{id}` adds words and the edges ~ ! > @ only; leave kind and parents empty, and say what a certificate \
                 counts as in a section `equivalences`"
            ),
            Fault::Frame(id) => {
                write!(f, "`{id}` is a frame, which changes what whole sentences mean; use another kind")
            }
            Fault::Joins(pairs) => write!(
                f,
                "the edges up to here join {pairs} pairs of concepts, more than the {JOINED_MAX} that a pack may, so that \
                 nearly everything would fit everything; join the narrow concepts, not their families"
            ),
            Fault::Key(key) => write!(
                f,
                "this version knows no `{key}`; it knows format, id, version, languages, over, vocabulary, equivalences, \
                 conditions, questions and instruments: take the line out, or update Cosolvent"
            ),
            Fault::KeyTwice(key) => write!(f, "`{key}` is said twice; keep one line"),
            Fault::KeyMissing(key) => write!(f, "there is no line `{key} | …`; add it"),
            Fault::Format(found) => write!(
                f,
                "the format `{found}` is not known; this version reads format {}: update Cosolvent, or ask whoever made the pack \
                 for that format",
                super::FORMAT
            ),
            Fault::Number(found) => write!(f, "`{found}` is not a number in the range that is meant here; correct it"),
            Fault::Languages(found) => write!(f, "the languages are `{found}`; a pack speaks `en fr`"),
            Fault::FileMissing(name) => write!(f, "`{name}` is not in the folder; add the file, or take its name out"),
            Fault::FileUnnamed(name) => {
                write!(f, "pack.txt does not name `{name}`; name it in a section, or delete the file")
            }
            Fault::FileName(name) => {
                write!(
                    f,
                    "`{name}` is no name of a file of a pack; write lower-case letters, digits and hyphens, then .txt"
                )
            }
            Fault::Over(id) => write!(f, "the pack adds to `{id}`, which is not loaded; load that pack before it"),
            Fault::OverNewer { id, wanted, found } => write!(
                f,
                "the pack adds to version {wanted} of `{id}`, and here is version {found}; update Cosolvent or that pack"
            ),
            Fault::PackTaken(id) => write!(f, "a pack with the id `{id}` is loaded already; leave one of them out"),
            Fault::Unequal(id) => write!(
                f,
                "`{id}` and what it counts as are not both certificates of a firm, or both tickets of a person; name two of one \
                 kind, for neither kind stands for the other"
            ),
            Fault::Opens(id) => write!(f, "a rule opens a certificate or a ticket, and `{id}` is neither; name one"),
            Fault::Broad(id) => write!(
                f,
                "`{id}` is no work, or has more than {WORK_BELOW_MAX} sorts below it; name the narrow work that the rule is for"
            ),
            Fault::Speechless(language) => {
                write!(f, "no sentence in {language:?}; say in it what must be done, or why")
            }
            Fault::Whom(whom) => write!(f, "`{whom}` says not who is asked; write offer, need or either"),
            Fault::Class(class) => {
                write!(f, "there is no class `{class}`; the classes are {}", super::questions::CLASSES.join(", "))
            }
            Fault::Shape(shape) => write!(
                f,
                "`{shape}` is no shape of an answer; write yes-no, text, choice, `number` with a unit such as mm, rpm or crane-t, or \
                 `field` with one of {}",
                super::questions::FIELDS.join(", ")
            ),
            Fault::Choices => write!(
                f,
                "a question with the answer `choice`, and no other, has from 2 to {CHOICES_MAX} choices between semicolons, as many in \
                 French as in English"
            ),
            Fault::Word { what, written, among } => {
                write!(f, "there is no {what} `{written}`; write one of these: {among}")
            }
            Fault::Weaker(id) => write!(
                f,
                "a line `+{id}` adds topics, and a pack takes no requirement away; leave the track empty or write `full`, and leave \
                 the sentences empty"
            ),
            Fault::TopicTwice(topic) => write!(f, "`{topic}` stands twice on this line; keep one of them"),
            Fault::Proposed { topic, written, among } => {
                write!(f, "`{topic}` is not answered by `{written}`; propose one of these, or nothing: {among}")
            }
            Fault::Proof(proof) => write!(f, "`{proof}` does not say who shows what; write id@need or id@offer"),
        }
    }
}

impl core::error::Error for Refused {}
