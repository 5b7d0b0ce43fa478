//! What the packs in force say about questions of the talk: which shape an answer has, and what follows from it.

use super::Knowledge;
use alloc::{string::String, vec::Vec};
use matching::pack::questions::{Question, Shape, Unit};
use matching::record::Measure;
use matching::vocabulary::Vocabulary;
use protocol::dialogue::{Entry, Fact, Field};
use protocol::id::QuestionCode;

/// What answers say that matching compares.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Learned {
    /// Fields of a brief, the newest last.
    pub entries: Vec<Entry>,
    /// Measures of the engine.
    pub measures: Vec<(Measure, u32)>,
}

impl Knowledge {
    /// The template with this code, if a pack in force has it.
    pub fn question(&self, code: &QuestionCode) -> Option<&Question> {
        self.vocabulary().question(&code.0)
    }

    /// Whether a fact has the shape that the question wants (`TLK-3`). Of a question that no pack has, nothing has.
    pub fn fits(&self, code: &QuestionCode, fact: &Fact) -> bool {
        let Some(question) = self.question(code) else { return false };
        match (&question.shape, fact) {
            (Shape::Flag, Fact::Flag(_)) | (Shape::Number(_), Fact::Number(_)) | (Shape::Text, Fact::Text(_)) => true,
            (Shape::Choice(choices), Fact::Choice(choice)) => usize::from(*choice) < choices.len(),
            (Shape::Field(name), Fact::Entry(entry)) => entry.field.name() == *name && entry.well_formed(),
            _ => false,
        }
    }

    /// What matching makes of answers.
    pub fn learned<'a>(&self, told: impl Iterator<Item = (&'a QuestionCode, &'a Fact)>) -> Learned {
        let mut learned = Learned::default();
        for (code, fact) in told {
            match (fact, self.question(code).map(|question| &question.shape)) {
                (Fact::Entry(entry), _) => learned.entries.push(entry.clone()),
                (Fact::Number(number), Some(Shape::Number(Unit::Measured(measure)))) => {
                    learned.measures.push((*measure, *number));
                }
                _ => {}
            }
        }
        learned
    }
}

/// A question that every node knows, in English and in French.
pub fn built_in(code: &QuestionCode) -> Option<[&'static str; 2]> {
    let question = Vocabulary::shared().question(&code.0)?;
    Some(question.says.each_ref().map(String::as_str))
}

/// The field of a brief for which a question asks.
pub fn asked_field(question: &Question) -> Option<Field> {
    let Shape::Field(name) = &question.shape else { return None };
    Field::ALL.into_iter().find(|field| field.is_talked() && field.name() == *name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use matching::pack::questions::{CLASSES, FIELDS};
    use protocol::vocabulary::ResourceClass;

    #[test]
    fn packs_name_classes_and_fields_as_the_protocol_does() {
        // TLK-3
        assert!(ResourceClass::ALL.iter().map(|class| class.text()).eq(CLASSES));
        assert!(Field::ALL.iter().filter(|field| field.is_talked()).map(|field| field.name()).eq(FIELDS));
        for question in Knowledge::default().vocabulary().questions() {
            assert_eq!(asked_field(question).is_some(), matches!(question.shape, Shape::Field(_)), "{}", question.id);
        }
    }
}
