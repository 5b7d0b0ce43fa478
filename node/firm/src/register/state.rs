//! The register as it stands.

use super::{Event, Person, PersonId};
use alloc::collections::BTreeMap;
use protocol::firm_id::SignedPerson;
use protocol::id::PersonKey;
use protocol::vocabulary::Role;

/// Everybody who may act.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Register {
    people: BTreeMap<PersonId, Person>,
    /// With what they were certified when they left, where they were entered here.
    revoked: BTreeMap<PersonKey, Option<SignedPerson>>,
}

impl Register {
    /// Takes in what happened.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Enrolled(person) => {
                self.people.insert(person.id.clone(), person.clone());
            }
            Event::Revoked(key) => {
                let certificate = self.by_key(*key).map(|person| person.certificate.clone());
                self.people.retain(|_, person| person.certificate.body.person != *key);
                self.revoked.insert(*key, certificate);
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

    /// Whether a key was revoked (`REG-3`).
    pub fn is_revoked(&self, key: &PersonKey) -> bool {
        self.revoked.contains_key(key)
    }

    /// Every revoked key.
    pub fn revoked(&self) -> impl Iterator<Item = &PersonKey> {
        self.revoked.keys()
    }

    /// The certificates of who left.
    pub fn left(&self) -> impl Iterator<Item = &SignedPerson> {
        self.revoked.values().flatten()
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
