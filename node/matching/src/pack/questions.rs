//! Questions that two sides may ask each other before names:
//! `id | of whom | for these classes | for this work | answer | English | French | choices, English | choices, French`.
//!
//! Nobody asks in words of their own (`TLK-1` of the protocol): a template says what can be asked, in both languages, and which
//! shape the answer has: `yes-no`, `number UNIT`, `choice`, `field NAME` (a field of a brief) or `text`. Choices stand between
//! semicolons, as many in French as in English. A unit that is a measure of the engine is judged with the other limits.
use super::{
    Fault, File, Refused, Row,
    bounds::{CHOICES_MAX, ROWS_MAX, SENTENCE_BYTES_MAX},
    is_id,
    refused::Bound,
    rows,
};
use crate::{
    read::Side,
    record::Measure,
    vocabulary::{Concept, Language, Vocabulary},
};
use alloc::{borrow::ToOwned, format, string::String, vec::Vec};
use sha2::{Digest as _, Sha256};

/// Kinds of resources and needs, as files write them.
pub const CLASSES: [&str; 11] = [
    "machine",
    "machine-with-operator",
    "person-hours",
    "expertise",
    "training",
    "laboratory",
    "space",
    "used-equipment",
    "credential-coverage",
    "material",
    "logistics",
];

/// Fields of a brief that a question may ask for: none that names somebody or somewhere.
pub const FIELDS: [&str; 9] =
    ["weeks", "hours", "materials", "tolerance", "envelope", "credentials", "operator", "presence", "languages"];

/// A template.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its id within the pack.
    pub id: String,
    /// The id of the pack.
    pub pack: String,
    /// Names it between two nodes (`TLK-5` of the protocol).
    pub code: [u8; 8],
    /// Who is asked: the side that offers, the one that needs, or (nothing) either.
    pub of: Option<Side>,
    /// For which classes; nothing is all.
    pub classes: Vec<&'static str>,
    /// For which work, one of these or a sort of it; nothing is all.
    pub work: Vec<Concept>,
    /// Which shape the answer has.
    pub shape: Shape,
    /// The question, in English and in French.
    pub says: [String; 2],
}

/// Which shape an answer has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Yes or no.
    Flag,
    /// A whole number.
    Number(Unit),
    /// One of these, each in English and in French.
    Choice(Vec<[String; 2]>),
    /// A field of a brief, one of [`FIELDS`].
    Field(&'static str),
    /// Words.
    Text,
}

/// In what a number counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// In the unit of a measure that limits are judged by.
    Measured(Measure),
    /// In another one.
    Plain(&'static str),
}

/// Units that are no measure of the engine: as files write them, in English and in French.
const UNITS: [(&str, [&str; 2]); 18] = [
    ("mm", ["mm", "mm"]),
    ("um", ["µm", "µm"]),
    ("m", ["m", "m"]),
    ("m2", ["m²", "m²"]),
    ("kg", ["kg", "kg"]),
    ("t-m2", ["t/m²", "t/m²"]),
    ("rpm", ["rpm", "tr/min"]),
    ("h", ["h", "h"]),
    ("h-week", ["h a week", "h par semaine"]),
    ("days", ["days", "jours"]),
    ("months", ["months", "mois"]),
    ("years", ["years", "ans"]),
    ("pieces", ["pieces", "pièces"]),
    ("people", ["people", "personnes"]),
    ("percent", ["%", "%"]),
    ("v", ["V", "V"]),
    ("kw", ["kW", "kW"]),
    ("a", ["A", "A"]),
];

impl Unit {
    fn read(written: &str) -> Option<Unit> {
        let measure = Measure::NAMED.into_iter().find(|measure| measure.text() == written).map(Unit::Measured);
        let plain = || UNITS.iter().find(|(text, _)| *text == written).map(|(text, _)| Unit::Plain(text));
        measure.or_else(plain)
    }

    /// As files write it.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Unit::Measured(measure) => measure.text(),
            Unit::Plain(text) => text,
        }
    }

    /// As readers of a language write it behind a number; nothing of what has no unit.
    #[must_use]
    pub fn symbol(self, language: Language) -> &'static str {
        let [english, french] = match self {
            Unit::Measured(measure) => measure.symbols(),
            Unit::Plain(text) => UNITS.iter().find(|(own, _)| *own == text).map_or([text, text], |(_, both)| *both),
        };
        if language == Language::French { french } else { english }
    }
}

impl Shape {
    /// As `TLK-5` of the protocol writes it.
    fn text(&self) -> String {
        match self {
            Shape::Flag => "yes-no".to_owned(),
            Shape::Number(unit) => format!("number {}", unit.text()),
            Shape::Choice(choices) => format!("choice {}", choices.len()),
            Shape::Field(field) => format!("field {field}"),
            Shape::Text => "text".to_owned(),
        }
    }

    fn read(row: &Row<'_, 9>) -> Result<Shape, Refused> {
        let [.., written, _, _, english, french] = row.columns;
        let refuse = || row.refuse(Fault::Shape(written.to_owned()));
        let shape = match written.split_once(' ').map_or((written, ""), |(shape, rest)| (shape, rest.trim())) {
            ("yes-no", "") => Shape::Flag,
            ("text", "") => Shape::Text,
            ("number", unit) => Shape::Number(Unit::read(unit).ok_or_else(refuse)?),
            ("field", name) => {
                let field = FIELDS.into_iter().find(|field| *field == name).ok_or_else(refuse)?;
                Shape::Field(field)
            }
            ("choice", "") => return choices(row).map(Shape::Choice),
            _ => return Err(refuse()),
        };
        if english.is_empty() && french.is_empty() { Ok(shape) } else { Err(row.refuse(Fault::Choices)) }
    }
}

/// From two to [`CHOICES_MAX`], as many in each language.
fn choices(row: &Row<'_, 9>) -> Result<Vec<[String; 2]>, Refused> {
    let [.., english, french] = row.columns;
    let split = |written: &str| written.split(';').map(|choice| choice.trim().to_owned()).collect::<Vec<_>>();
    let (english, french) = (split(english), split(french));
    let sound = |choice: &String| !choice.is_empty() && choice.len() <= SENTENCE_BYTES_MAX;
    let all_sound = english.iter().chain(&french).all(sound);
    if english.len() != french.len() || !(2..=CHOICES_MAX).contains(&english.len()) || !all_sound {
        return Err(row.refuse(Fault::Choices));
    }
    Ok(english.into_iter().zip(french).map(|(english, french)| [english, french]).collect())
}

/// The templates of a file.
pub(crate) fn read(vocabulary: &Vocabulary, pack: &str, file: &File<'_>) -> Result<Vec<Question>, Refused> {
    let mut read: Vec<Question> = Vec::new();
    for row in rows::<9>(&file.called, file.text)? {
        let [id, of, classes, work, _, english, french, _, _] = row.columns;
        if !is_id(id) {
            return Err(row.refuse(Fault::Id(id.to_owned())));
        }
        if read.iter().any(|question| question.id == id) {
            return Err(row.refuse(Fault::Taken(id.to_owned())));
        }
        if read.len() >= ROWS_MAX {
            return Err(row.refuse(Fault::TooMany(Bound::Rows)));
        }
        let of = match of {
            "offer" => Some(Side::Offer),
            "need" => Some(Side::Need),
            "either" => None,
            other => return Err(row.refuse(Fault::Whom(other.to_owned()))),
        };
        let class = |written: &str| {
            let class = CLASSES.into_iter().find(|class| *class == written);
            class.ok_or_else(|| row.refuse(Fault::Class(written.to_owned())))
        };
        let known = |id: &str| vocabulary.concept(id).ok_or_else(|| row.refuse(Fault::Unknown(id.to_owned())));
        let shape = Shape::read(&row)?;
        read.push(Question {
            id: id.to_owned(),
            pack: pack.to_owned(),
            code: code(pack, id, &shape),
            of,
            classes: classes.split_whitespace().map(class).collect::<Result<_, Refused>>()?,
            work: work.split_whitespace().map(known).collect::<Result<_, Refused>>()?,
            shape,
            says: row.sentences(english, french)?,
        });
    }
    Ok(read)
}

/// `TLK-5` of the protocol.
fn code(pack: &str, id: &str, shape: &Shape) -> [u8; 8] {
    let hash = Sha256::digest(format!("cosolvent/question/1\n{pack} | {id} | {}", shape.text()));
    hash.first_chunk().copied().unwrap_or_default()
}

impl Question {
    /// The question, for a reader of this language.
    #[must_use]
    pub fn says(&self, language: Language) -> &str {
        let [english, french] = &self.says;
        if language == Language::French { french } else { english }
    }

    /// Whether it is asked of this side of a match of this class and this work.
    #[must_use]
    pub fn is_for(&self, vocabulary: &Vocabulary, of: Side, class: &str, work: Option<Concept>) -> bool {
        let of_work = |wanted: &Concept| work.is_some_and(|work| work == *wanted || vocabulary.is(work, *wanted));
        self.of.is_none_or(|asked| asked == of)
            && (self.classes.is_empty() || self.classes.contains(&class))
            && (self.work.is_empty() || self.work.iter().any(of_work))
    }
}
