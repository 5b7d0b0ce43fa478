//! Of the talk before names.

use crate::deals::BadTalk;
use alloc::{string::String, vec::Vec};
use protocol::dialogue::{Fact, Field};
use protocol::id::{ApprovalId, QuestionCode};
use protocol::vocabulary::Language;
use serde::{Deserialize, Serialize};

/// A question, as far as this node knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionView {
    /// Its code.
    pub code: QuestionCode,
    /// What the packs in force say of it; nothing where none has it, and then it can only be answered with "we do not say".
    pub template: Option<TemplateView>,
}

/// What a pack says of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateView {
    /// Its id within the pack.
    pub id: String,
    /// The pack's id.
    pub pack: String,
    /// The question, in English.
    pub english: String,
    /// The same in French.
    pub french: String,
    /// Which shape its answer has.
    pub shape: ShapeView,
}

/// Which shape an answer has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShapeView {
    /// Yes or no.
    YesNo,
    /// A whole number.
    Number {
        /// In which unit, as packs write it.
        unit: String,
        /// As English and French readers write it.
        symbols: [String; 2],
    },
    /// One of these, from 0, each in English and in French.
    Choice(Vec<[String; 2]>),
    /// A field of a brief.
    Field(Field),
    /// Words.
    Text,
}

impl TemplateView {
    /// The question, for a reader of this language.
    pub fn says(&self, language: Language) -> &str {
        if language == Language::French { &self.french } else { &self.english }
    }
}

/// What is said to one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RepliedView {
    /// To which.
    pub question: QuestionView,
    /// What; nothing is "we do not say".
    pub fact: Option<Fact>,
}

/// One ask and its reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoundView {
    /// Whether this side asked.
    pub ours: bool,
    /// What was asked, each with its answer once there is a reply.
    pub questions: Vec<RepliedView>,
    /// Whether there is a reply.
    pub replied: bool,
}

/// A question that could be asked now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProposedView {
    /// Which.
    pub question: QuestionView,
    /// Whether the match leaves it open.
    pub open: bool,
}

/// The talk of a deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TalkView {
    /// What was asked and answered: this side's asks first, each side's in their order.
    pub rounds: Vec<RoundView>,
    /// Why this side may not ask now; nothing if it may.
    pub asks_barred: Option<BadTalk>,
    /// How often it still may in this deal.
    pub asks_left: u32,
    /// Questions that could be asked, those that the match leaves open first; none where this side may not ask.
    pub proposed: Vec<ProposedView>,
    /// The approval that waits on whether questions leave.
    pub asking: Option<ApprovalId>,
    /// What the other side asks and this one has not answered, with the reply as it is drafted.
    pub asks_us: Vec<RepliedView>,
    /// The approval that waits on that reply.
    pub replying: Option<ApprovalId>,
}
