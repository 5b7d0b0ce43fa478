//! A brief: what one party tells an unnamed other, field by field, each approved by a person.

use crate::facts::{Weeks, few, ordered};
use crate::limits::LIST_MAX;
use crate::place::Cell;
use crate::text::ShortText;
use crate::vocabulary::{ConflictClass, Credential, Language, Material, Presence, Process, ResourceClass, ValueBand};
use crate::wire::{encode, wire_types};
use alloc::vec::Vec;
use core::fmt;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Names one field that can be told. The same names stand on approval pages, in audits and in stories.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// Kind of thing.
    #[n(0)]
    Class,
    /// Process, service or skill.
    #[n(1)]
    Process,
    /// Area.
    #[n(2)]
    Area,
    /// Weeks.
    #[n(3)]
    Weeks,
    /// Hours, exactly.
    #[n(4)]
    Hours,
    /// Material families.
    #[n(5)]
    Materials,
    /// Tolerance in micrometres (±), exactly.
    #[n(6)]
    Tolerance,
    /// Longest side in millimetres, exactly.
    #[n(7)]
    Envelope,
    /// Credential schemes.
    #[n(8)]
    Credentials,
    /// Whether an operator comes with it.
    #[n(9)]
    Operator,
    /// Where the work can be done.
    #[n(10)]
    Presence,
    /// Languages.
    #[n(11)]
    Languages,
    /// Worth.
    #[n(12)]
    Value,
    /// Two sentences on experience or on the work.
    #[n(13)]
    Experience,
    /// Firm id and inception event.
    #[n(14)]
    FirmId,
    /// Legal name.
    #[n(15)]
    LegalName,
    /// A sponsor's certificate of membership.
    #[n(16)]
    Membership,
    /// Street address.
    #[n(17)]
    Street,
    /// Mail address.
    #[n(18)]
    Mail,
    /// Telephone.
    #[n(19)]
    Phone,
    /// Name of the person to talk to.
    #[n(20)]
    Contact,
    /// Transport identity and addresses, for talking directly.
    #[n(21)]
    Carrier,
    /// Proposed terms.
    #[n(22)]
    Terms,
    /// A consent, acknowledgement or signature.
    #[n(23)]
    Consent,
    /// A coded outcome.
    #[n(24)]
    Outcome,
    /// How far the needing side travels.
    #[n(25)]
    Travel,
    /// Conflict classes.
    #[n(26)]
    ConflictClasses,
    /// What is asked in the talk.
    #[n(27)]
    Questions,
    /// An answer in the talk that is no field of a brief.
    #[n(28)]
    Answers,
    /// A docket: what was done.
    #[n(29)]
    Docket,
}

impl Field {
    /// All of them, by number.
    pub const ALL: [Field; 30] = [
        Field::Class,
        Field::Process,
        Field::Area,
        Field::Weeks,
        Field::Hours,
        Field::Materials,
        Field::Tolerance,
        Field::Envelope,
        Field::Credentials,
        Field::Operator,
        Field::Presence,
        Field::Languages,
        Field::Value,
        Field::Experience,
        Field::FirmId,
        Field::LegalName,
        Field::Membership,
        Field::Street,
        Field::Mail,
        Field::Phone,
        Field::Contact,
        Field::Carrier,
        Field::Terms,
        Field::Consent,
        Field::Outcome,
        Field::Travel,
        Field::ConflictClasses,
        Field::Questions,
        Field::Answers,
        Field::Docket,
    ];

    /// Whether a question may ask for it (`TLK-3`): about the work, and about nobody.
    pub fn is_talked(self) -> bool {
        (Field::Weeks..=Field::Languages).contains(&self)
    }

    /// The name as it stands in audits, pages and stories.
    pub fn name(self) -> &'static str {
        match self {
            Field::Class => "class",
            Field::Process => "process",
            Field::Area => "area",
            Field::Weeks => "weeks",
            Field::Hours => "hours",
            Field::Materials => "materials",
            Field::Tolerance => "tolerance",
            Field::Envelope => "envelope",
            Field::Credentials => "credentials",
            Field::Operator => "operator",
            Field::Presence => "presence",
            Field::Languages => "languages",
            Field::Value => "value",
            Field::Experience => "experience",
            Field::FirmId => "firm-id",
            Field::LegalName => "legal-name",
            Field::Membership => "membership",
            Field::Street => "street",
            Field::Mail => "mail",
            Field::Phone => "phone",
            Field::Contact => "contact",
            Field::Carrier => "carrier",
            Field::Terms => "terms",
            Field::Consent => "consent",
            Field::Outcome => "outcome",
            Field::Travel => "travel",
            Field::ConflictClasses => "conflict-classes",
            Field::Questions => "questions",
            Field::Answers => "answers",
            Field::Docket => "docket",
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The value of one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// Kind of thing.
    #[n(0)]
    Class(#[n(0)] ResourceClass),
    /// Process, service or skill.
    #[n(1)]
    Process(#[n(0)] Process),
    /// Area.
    #[n(2)]
    Area(#[n(0)] Cell),
    /// Weeks.
    #[n(3)]
    Weeks(#[n(0)] Weeks),
    /// A whole number in the field's unit: hours, micrometres, millimetres.
    #[n(4)]
    Number(#[n(0)] u32),
    /// Material families.
    #[n(5)]
    Materials(#[n(0)] Vec<Material>),
    /// Credential schemes.
    #[n(6)]
    Credentials(#[n(0)] Vec<Credential>),
    /// Yes or no.
    #[n(7)]
    Flag(#[n(0)] bool),
    /// Where the work can be done.
    #[n(8)]
    Presence(#[n(0)] Presence),
    /// Languages.
    #[n(9)]
    Languages(#[n(0)] Vec<Language>),
    /// Worth.
    #[n(10)]
    Band(#[n(0)] ValueBand),
    /// Words.
    #[n(11)]
    Text(#[n(0)] ShortText),
    /// Conflict classes.
    #[n(12)]
    ConflictClasses(#[n(0)] Vec<ConflictClass>),
}

/// One field and its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Entry {
    /// Which field.
    #[n(0)]
    pub field: Field,
    /// What it says.
    #[n(1)]
    pub value: Value,
}

/// What one party tells the other before names: entries in ascending order of field, none twice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(transparent)]
#[serde(transparent)]
pub struct Brief(#[n(0)] pub Vec<Entry>);

wire_types!(Field, Value, Entry, Brief);

impl Entry {
    /// How many bytes this entry adds to what leaves.
    pub fn bytes(&self) -> usize {
        encode(self).len()
    }

    /// Whether its value has the shape of its field.
    pub fn well_formed(&self) -> bool {
        fits(self.field, &self.value)
    }
}

impl Brief {
    /// A brief of these entries, in order of their fields.
    pub fn new(mut entries: Vec<Entry>) -> Brief {
        entries.sort_by_key(|entry| entry.field);
        entries.dedup_by_key(|entry| entry.field);
        Brief(entries)
    }

    /// The value of a field, if it is told.
    pub fn value(&self, field: Field) -> Option<&Value> {
        self.0.iter().find(|entry| entry.field == field).map(|entry| &entry.value)
    }

    /// The conflict classes that are told; none where none are.
    pub fn conflict_classes(&self) -> &[ConflictClass] {
        match self.value(Field::ConflictClasses) {
            Some(Value::ConflictClasses(classes)) => classes,
            _ => &[],
        }
    }

    /// Whether the order and every list keep their rules, and each value has the shape of its field.
    pub fn well_formed(&self) -> bool {
        self.0.len() <= LIST_MAX
            && self.0.is_sorted_by(|a, b| a.field < b.field)
            && self.0.iter().all(Entry::well_formed)
    }
}

fn fits(field: Field, value: &Value) -> bool {
    match (field, value) {
        (Field::Class, Value::Class(_))
        | (Field::Process, Value::Process(_))
        | (Field::Area, Value::Area(_))
        | (Field::Hours | Field::Tolerance | Field::Envelope, Value::Number(_))
        | (Field::Operator, Value::Flag(_))
        | (Field::Presence, Value::Presence(_))
        | (Field::Value, Value::Band(_))
        | (Field::Experience | Field::Street | Field::Mail | Field::Phone | Field::Contact, Value::Text(_)) => true,
        (Field::Weeks, Value::Weeks(weeks)) => weeks.first <= weeks.last,
        (Field::Materials, Value::Materials(list)) => ordered(list),
        (Field::Credentials, Value::Credentials(list)) => ordered(list),
        (Field::Languages, Value::Languages(list)) => ordered(list),
        (Field::ConflictClasses, Value::ConflictClasses(list)) => few(list),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_fields_is_whole_and_in_order() {
        let number = |at: usize| minicbor::to_vec(at).unwrap();
        let all: Vec<Field> = (0..).map_while(|at| minicbor::decode(&number(at)).ok()).collect();
        assert_eq!(all, Field::ALL);
    }
}
