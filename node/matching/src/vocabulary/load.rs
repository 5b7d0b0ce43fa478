//! From the text of the data files to a checked vocabulary, or to the first line that is wrong.
//!
//! A line is one concept, in columns between bars:
//!
//! ```text
//! id | kind | parents | English forms, the first its label | French forms, the first its label | edges
//! ```
//!
//! A dotted id is a child of what stands before its last dot; the parents column adds others. Edges are
//! `~id:700` (near: does nearly the same work, in thousandths, both ways), `!id` (not the same as, both ways), `=id` (implies,
//! one way), `>id` (leads to: the act of a machine or of a trade, the cure of a symptom) and `@word` (a word beside it that
//! tells which reading of a shared form is meant). A form may end in `*` (names other concepts too), `+` (names others too,
//! but is usually this one) or `^` (a word of its own language only, as French `four` is no English number). `#` begins a
//! remark. Whatever would make two nodes read one word differently by accident is refused here.
use super::{Concept, Edge, Entry, Form, Kind, Language, Thousandths, Vocabulary, fold};
use alloc::{
    borrow::ToOwned,
    boxed::Box,
    collections::{BTreeMap, BTreeSet, btree_map},
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;

/// Why a line of the data was refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused {
    /// The file's name as given.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub why: Fault,
}

/// What may be wrong with a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fault {
    /// A line has six columns; this many were found.
    Columns(usize),
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
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}: ", self.file, self.line)?;
        match &self.why {
            Fault::Columns(found) => write!(f, "a concept has six columns, here are {found}"),
            Fault::Id(id) => write!(f, "`{id}` is no id: lower-case letters, digits, hyphens and dots"),
            Fault::Taken(id) => write!(f, "the id `{id}` is taken by an earlier line"),
            Fault::Kind(word) => write!(f, "there is no kind `{word}`"),
            Fault::Unknown(id) => write!(f, "no concept has the id `{id}`"),
            Fault::Edge(edge) => write!(f, "`{edge}` is no edge: ~id:700, !id, =id, >id or @word"),
            Fault::Contradiction(id) => write!(f, "it is joined with `{id}` in two ways that contradict"),
            Fault::Circle(id) => write!(f, "`{id}` is among its own parents or implications"),
            Fault::Wordless(language) => write!(f, "no form in {language:?}"),
            Fault::Empty(form) => write!(f, "`{form}` has no word that counts"),
            Fault::Twice(form) => write!(f, "`{form}` says what another form of the concept says"),
            Fault::Shared { form, other } => write!(f, "`{form}` also names `{other}`: mark both with * or +"),
            Fault::Unshared(form) => write!(f, "`{form}` is marked as shared, but names nothing else"),
            Fault::Usual(form) => write!(f, "`{form}` is the usual name of more than one concept"),
        }
    }
}

impl core::error::Error for Refused {}

/// One line, taken apart.
struct Line<'a> {
    file: &'a str,
    number: usize,
    columns: [&'a str; 6],
}

impl Line<'_> {
    fn refuse(&self, why: Fault) -> Refused {
        Refused { file: self.file.to_owned(), line: self.number, why }
    }
}

/// A form as written, with its marks and where it came from.
struct Written<'a> {
    line: &'a Line<'a>,
    text: &'a str,
    form: Form,
    shared: bool,
}

pub(super) fn vocabulary(files: &[(&str, &str)]) -> Result<Vocabulary, Refused> {
    let lines = lines(files)?;
    let mut ids = BTreeMap::new();
    for (index, line) in (0u16..).zip(&lines) {
        let [id, ..] = line.columns;
        let sound = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-.".contains(letter);
        if id.is_empty() || !id.chars().all(sound) {
            return Err(line.refuse(Fault::Id(id.to_owned())));
        }
        if ids.insert(id.to_owned(), Concept(index)).is_some() {
            return Err(line.refuse(Fault::Taken(id.to_owned())));
        }
    }
    let mut entries = Vec::with_capacity(lines.len());
    let mut written: BTreeMap<Box<[u16]>, Vec<Written<'_>>> = BTreeMap::new();
    let mut words = BTreeMap::new();
    for (index, line) in (0u16..).zip(&lines) {
        entries.push(entry(line, &ids)?);
        for language in Language::ALL {
            forms(line, Concept(index), language, &mut words, &mut written)?;
        }
    }
    let forms = settled(written, &entries)?;
    without_contradictions(&lines, &entries)?;
    let ups = ups(&lines, &entries)?;
    Ok(Vocabulary::from_parts(ids, entries, words, forms, ups))
}

fn lines<'a>(files: &[(&'a str, &'a str)]) -> Result<Vec<Line<'a>>, Refused> {
    let mut lines = Vec::new();
    for (file, text) in files {
        for (number, raw) in (1..).zip(text.lines()) {
            let raw = raw.trim();
            if raw.is_empty() || raw.starts_with('#') {
                continue;
            }
            let columns: Vec<_> = raw.split('|').map(str::trim).collect();
            let refused = Refused { file: (*file).to_owned(), line: number, why: Fault::Columns(columns.len()) };
            let columns = columns.try_into().map_err(|_| refused)?;
            lines.push(Line { file, number, columns });
        }
    }
    Ok(lines)
}

fn entry(line: &Line<'_>, ids: &BTreeMap<String, Concept>) -> Result<Entry, Refused> {
    let [id, kind, parents, english, french, edges] = line.columns;
    let known = |id: &str| ids.get(id).copied().ok_or_else(|| line.refuse(Fault::Unknown(id.to_owned())));
    let label = |forms: &str| {
        let first = forms.split(',').next().unwrap_or_default().trim();
        first.trim_end_matches(['*', '+', '^']).to_owned()
    };
    let mut entry = Entry {
        id: id.to_owned(),
        kind: Kind::from_word(kind).ok_or_else(|| line.refuse(Fault::Kind(kind.to_owned())))?,
        labels: [label(english), label(french)],
        parents: Vec::new(),
        edges: Vec::new(),
        cues: Vec::new(),
    };
    if let Some((family, _)) = id.rsplit_once('.') {
        entry.parents.push(known(family)?);
    }
    for parent in parents.split([',', ' ']).filter(|parent| !parent.is_empty()) {
        entry.parents.push(known(parent)?);
    }
    for edge in edges.split_whitespace() {
        let fault = || line.refuse(Fault::Edge(edge.to_owned()));
        let (sign, rest) = edge.split_at_checked(1).ok_or_else(fault)?;
        match sign {
            "~" => {
                let (id, strength) = rest.split_once(':').ok_or_else(fault)?;
                let strength =
                    strength.parse().ok().filter(|strength| (1..1_000).contains(strength)).ok_or_else(fault)?;
                entry.edges.push((known(id)?, Edge::Near(Thousandths(strength))));
            }
            "!" => entry.edges.push((known(rest)?, Edge::Not)),
            "=" => entry.edges.push((known(rest)?, Edge::Implies)),
            ">" => entry.edges.push((known(rest)?, Edge::LeadsTo)),
            "@" => entry.cues.extend(fold::tokens(rest).into_iter().map(|token| token.word)),
            _ => return Err(fault()),
        }
    }
    Ok(entry)
}

fn forms<'a>(
    line: &'a Line<'a>,
    concept: Concept,
    language: Language,
    words: &mut BTreeMap<String, u16>,
    written: &mut BTreeMap<Box<[u16]>, Vec<Written<'a>>>,
) -> Result<(), Refused> {
    let [_, _, _, english, french, _] = line.columns;
    let column = match language {
        Language::English => english,
        Language::French => french,
    };
    let mut any = false;
    for text in column.split(',').map(str::trim).filter(|text| !text.is_empty()) {
        any = true;
        let bare = text.trim_end_matches(['*', '+', '^']);
        let marks = text.get(bare.len()..).unwrap_or_default();
        let key: Box<[u16]> = fold::tokens(bare).into_iter().map(|token| word_number(words, token.word)).collect();
        if key.is_empty() {
            return Err(line.refuse(Fault::Empty(text.to_owned())));
        }
        let form = Form { concept, language, only: marks.contains('^'), usual: marks.contains('+') };
        let others = written.entry(key).or_default();
        if others.iter().any(|other| other.form.concept == concept && other.form.language == language) {
            return Err(line.refuse(Fault::Twice(text.to_owned())));
        }
        others.push(Written { line, text, form, shared: marks.contains(['*', '+']) });
    }
    if any { Ok(()) } else { Err(line.refuse(Fault::Wordless(language))) }
}

fn word_number(words: &mut BTreeMap<String, u16>, word: String) -> u16 {
    // INVARIANT: the data files hold some thousands of words; a test counts them.
    let next = u16::try_from(words.len()).unwrap_or(u16::MAX);
    *words.entry(word).or_insert(next)
}

/// Forms by their words, once no two concepts share one by accident.
fn settled(
    written: BTreeMap<Box<[u16]>, Vec<Written<'_>>>,
    entries: &[Entry],
) -> Result<BTreeMap<Box<[u16]>, Vec<Form>>, Refused> {
    let mut forms = BTreeMap::new();
    for (key, uses) in written {
        let usual: BTreeSet<_> =
            uses.iter().filter(|written| written.form.usual).map(|written| written.form.concept).collect();
        for written in &uses {
            let other = uses.iter().find(|other| other.form.concept != written.form.concept);
            match other {
                Some(other) if !written.shared => {
                    let other = entries.get(usize::from(other.form.concept.0)).map(|entry| entry.id.clone());
                    let why = Fault::Shared { form: written.text.to_owned(), other: other.unwrap_or_default() };
                    return Err(written.line.refuse(why));
                }
                None if written.shared => return Err(written.line.refuse(Fault::Unshared(written.text.to_owned()))),
                _ if usual.len() > 1 => return Err(written.line.refuse(Fault::Usual(written.text.to_owned()))),
                _ => {}
            }
        }
        forms.insert(key, uses.into_iter().map(|written| written.form).collect());
    }
    Ok(forms)
}

/// No two concepts are both near and not the same, and none is joined with itself.
fn without_contradictions(lines: &[Line<'_>], entries: &[Entry]) -> Result<(), Refused> {
    let mut joined: BTreeMap<(Concept, Concept), Edge> = BTreeMap::new();
    for ((index, line), entry) in (0u16..).zip(lines).zip(entries) {
        let own = Concept(index);
        for (other, edge) in &entry.edges {
            if !matches!(edge, Edge::Near(_) | Edge::Not) {
                continue;
            }
            let pair = (own.min(*other), own.max(*other));
            let earlier = joined.insert(pair, *edge);
            if own == *other || earlier.is_some_and(|earlier| earlier != *edge) {
                let id = entries.get(usize::from(other.0)).map(|entry| entry.id.to_string());
                return Err(line.refuse(Fault::Contradiction(id.unwrap_or_default())));
            }
        }
    }
    Ok(())
}

/// What each concept is or implies, with the fewest steps to it; itself at none.
fn ups(lines: &[Line<'_>], entries: &[Entry]) -> Result<Vec<BTreeMap<Concept, u8>>, Refused> {
    let mut ups = Vec::with_capacity(entries.len());
    for ((index, line), entry) in (0u16..).zip(lines).zip(entries) {
        let own = Concept(index);
        let mut reached = BTreeMap::from([(own, 0u8)]);
        let mut ring = Vec::from([own]);
        for steps in 1u8..=u8::MAX {
            let mut next = Vec::new();
            for concept in ring {
                for up in entries.get(usize::from(concept.0)).into_iter().flat_map(Entry::up) {
                    if up == own {
                        return Err(line.refuse(Fault::Circle(entry.id.clone())));
                    }
                    if let btree_map::Entry::Vacant(place) = reached.entry(up) {
                        place.insert(steps);
                        next.push(up);
                    }
                }
            }
            if next.is_empty() {
                break;
            }
            ring = next;
        }
        ups.push(reached);
    }
    Ok(ups)
}
