//! What one need and one offer come to, as a person should know it: a line for each requirement, and where the score comes from.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use matching::vocabulary::{Concept, Language as Tongue, Vocabulary};
use protocol::dialogue::{Field, Value};
use protocol::facts::Side;
use protocol::vocabulary::Language;
use serde::{Deserialize, Serialize};

/// How one requirement fares (`MAT-2`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Met.
    Match,
    /// More than met.
    Exceeds,
    /// Met in part, or perhaps; worth asking.
    Partial,
    /// Not met, but a rule of a pack says what must be done instead (`MAT-8`).
    Conditional,
    /// Not met.
    Gap,
    /// One side does not say.
    Unknown,
}

/// What a person would do with a match (`MAT-4`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Band {
    /// Nothing: a limit is violated, or it is other work.
    No,
    /// Only if something is done that a rule of a pack asks for (`MAT-8`).
    Conditional,
    /// Ask first: a requirement is open.
    Ask,
    /// Talk to them.
    Possible,
    /// Talk to them today.
    Strong,
}

impl Band {
    /// As pages and files know it.
    pub const fn name(self) -> &'static str {
        match self {
            Band::No => "no",
            Band::Conditional => "conditional",
            Band::Ask => "ask",
            Band::Possible => "possible",
            Band::Strong => "strong",
        }
    }
}

/// A word of a text, as far as somebody knows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Word {
    /// The lasting name of a concept that every node knows, or the letters of whoever wrote it.
    Plain(String),
    /// A concept of a pack, with what its readers call it: they need not have the pack when they read the report.
    OfPack {
        /// Its lasting name.
        id: String,
        /// As English readers say it.
        english: String,
        /// As French readers say it.
        french: String,
    },
}

impl Word {
    /// A concept of the vocabulary in force.
    pub(crate) fn of(vocabulary: &Vocabulary, concept: Concept) -> Word {
        let id = vocabulary.id(concept).to_string();
        if Vocabulary::shared().concept(&id).is_some() {
            return Word::Plain(id);
        }
        let [english, french] = Tongue::ALL.map(|tongue| vocabulary.label(concept, tongue).to_string());
        Word::OfPack { id, english, french }
    }

    /// The lasting name, or the letters.
    pub fn id(&self) -> &str {
        let (Word::Plain(id) | Word::OfPack { id, .. }) = self;
        id
    }

    /// As a reader of this language says it.
    pub fn label(&self, language: Language) -> &str {
        match (self, language) {
            (Word::OfPack { french, .. }, Language::French) => french,
            (Word::OfPack { english, .. }, _) => english,
            (Word::Plain(id), language) => {
                let vocabulary = Vocabulary::shared();
                let tongue = if language == Language::French { Tongue::French } else { Tongue::English };
                vocabulary.concept(id).map_or(id.as_str(), |concept| vocabulary.label(concept, tongue))
            }
        }
    }
}

/// A value as a page shows it: exact, a band, or what a text said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    /// Not said.
    Nothing,
    /// Exactly this.
    Exactly(Value),
    /// A band's code text, such as "25um" or "41-to-80h".
    Band(String),
    /// Straight-line kilometres, with the uncertainty of both areas.
    Distance {
        /// Between the centres.
        km: u32,
        /// Give or take.
        give_or_take_km: u32,
    },
    /// Words of a text.
    Words(Vec<Word>),
    /// A number that a text names, with the code of what it measures, such as `force-kn` and "300".
    Measured {
        /// Of what.
        measure: String,
        /// Decimal.
        number: String,
    },
}

/// What would have met a requirement that is not met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Near {
    /// The windows would meet if one of them moved by so many days.
    Days(u32),
    /// It would be near enough with so many kilometres more.
    Kilometres(u32),
    /// It would do if what is offered were enough.
    Offered,
}

/// One requirement of the needing side against what the offering side has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    /// About what; of something that only a text says, the text's field.
    pub field: Field,
    /// What the needing side asks.
    pub needed: Shown,
    /// What the offering side has.
    pub offered: Shown,
    /// How it fares.
    pub verdict: Verdict,
    /// What it gives of the score, in millionths.
    pub points: u32,
    /// What would have met it.
    pub near: Option<Near>,
}

/// A word of the need and the word of the offer that comes closest to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Likeness {
    /// What is asked for.
    pub needed: Word,
    /// What comes closest.
    pub offered: Option<Word>,
    /// How close, in thousandths.
    pub closeness: u16,
    /// What it gives of the score, in millionths.
    pub points: u32,
}

/// What must be done for a certificate that is missing to count as there (`MAT-8`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// The certificate or ticket.
    pub missing: Word,
    /// The id of the pack whose rule says so.
    pub pack: String,
    /// The rule's id within the pack.
    pub rule: String,
    /// What must be done, in English.
    pub english: String,
    /// The same in French.
    pub french: String,
    /// What must be shown before anything is signed.
    pub shows: Vec<Proof>,
}

impl Condition {
    /// What a rule asks where this certificate is missing.
    pub(crate) fn of(vocabulary: &Vocabulary, rule: &matching::pack::Condition, missing: Word) -> Condition {
        let [english, french] = rule.says.clone();
        let shows = rule.proofs.iter().map(|proof| Proof {
            what: Word::of(vocabulary, proof.concept),
            by: if proof.by == matching::read::Side::Need { Side::Need } else { Side::Offer },
        });
        Condition { missing, pack: rule.pack.clone(), rule: rule.id.clone(), english, french, shows: shows.collect() }
    }

    /// What must be done, for a reader of this language.
    pub fn says(&self, language: Language) -> &str {
        if language == Language::French { &self.french } else { &self.english }
    }
}

/// Something that a side shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// What.
    pub what: Word,
    /// Who.
    pub by: Side,
}

/// Everything that a person should know about a match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Whether no limit that both sides state is violated (`MAT-1`).
    pub fits: bool,
    /// What a person would do with it.
    pub band: Band,
    /// Thousandths (`MAT-3`).
    pub fit: u16,
    /// Thousandths (`MAT-3`).
    pub certainty: u16,
    /// Millionths: the sum of all points below (`MAT-5`).
    pub score: u32,
    /// One line for each requirement.
    pub requirements: Vec<Requirement>,
    /// What must be done, where a requirement is met only so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// Words that both sides use, or that come close.
    pub words: Vec<Likeness>,
    /// What letters that both texts share give, in millionths.
    pub letters: u32,
}

impl Report {
    /// Whether it is worth a person's time (`MAT-4`).
    pub fn is_match(&self) -> bool {
        self.fits && self.band != Band::No
    }

    /// In which order matches stand: the best last.
    pub fn rank(&self) -> (Band, u16, u16) {
        (self.band, self.fit, self.certainty)
    }

    /// About what requirements are violated.
    pub fn gaps(&self) -> impl Iterator<Item = Field> {
        self.requirements.iter().filter(|line| line.verdict == Verdict::Gap).map(|line| line.field)
    }
}
