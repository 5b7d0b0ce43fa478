//! The register as it stands.

use super::{Event, Person, PersonId};
use alloc::collections::BTreeMap;
use protocol::id::PersonKey;

/// Everybody who may act.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Register {
    people: BTreeMap<PersonId, Person>,
}

impl Register {
    /// Takes in what happened.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Enrolled(person) => {
                self.people.insert(person.id.clone(), person.clone());
            }
        }
    }

    /// A person by short name.
    pub fn person(&self, id: &PersonId) -> Option<&Person> {
        self.people.get(id)
    }

    /// A person by key.
    pub fn by_key(&self, key: PersonKey) -> Option<&Person> {
        self.people.values().find(|person| person.certificate.body.person == key)
    }

    /// Everybody, by short name.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.values()
    }
}
