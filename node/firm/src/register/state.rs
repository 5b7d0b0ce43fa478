//! The register as it stands.

use super::{Event, Person, PersonId};
use alloc::collections::BTreeMap;
use protocol::id::PersonKey;
use protocol::vocabulary::Role;

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

    /// Whether somebody is entered with a role, whether or not the entry is over.
    pub fn holds(&self, id: &PersonId, role: Role) -> bool {
        self.person(id).is_some_and(|person| person.roles().contains(&role))
    }

    /// Everybody, by short name.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.values()
    }
}
