//! The register as it stands.

use super::{Event, Person, PersonId};
use crate::policy::Asking;
use alloc::collections::BTreeMap;
use protocol::firm_id::SignedPerson;
use protocol::id::PersonKey;
use protocol::time::Day;
use protocol::vocabulary::Role;

/// Everybody who may act.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Register {
    people: BTreeMap<PersonId, Person>,
    /// With what they were certified when they left, where they were entered here.
    revoked: BTreeMap<PersonKey, Option<SignedPerson>>,
    /// Whether an owner was ever entered since the register was last open to everybody.
    is_owned: bool,
    happened: u32,
}

impl Register {
    /// Takes in what happened.
    pub fn apply(&mut self, event: &Event) {
        self.happened = self.happened.saturating_add(1);
        match event {
            Event::Enrolled(person) => {
                self.is_owned |= person.roles().contains(&Role::Owner);
                self.people.insert(person.id.clone(), person.clone());
            }
            Event::Revoked(key) => {
                let certificate = self.by_key(*key).map(|person| person.certificate.clone());
                self.people.retain(|_, person| person.certificate.body.person != *key);
                self.revoked.insert(*key, certificate);
            }
            Event::Reopened => self.is_owned = false,
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

    /// Whether an owner was ever entered since the register was last open to everybody.
    pub fn is_owned(&self) -> bool {
        self.is_owned
    }

    /// Which roles may vouch for this entry; `None` while it needs nobody's word (`REG-4`).
    pub fn vouching(&self, id: &PersonId, roles: &[Role]) -> Option<&'static [Role]> {
        self.is_owned.then(|| self.asking(id, roles).roles())
    }

    /// Whether an owner acts on this day.
    pub fn has_owner_on(&self, day: Day) -> bool {
        self.people().any(|person| person.acts_on(day) && person.roles().contains(&Role::Owner))
    }

    /// How many events the register took in.
    pub(super) fn happened(&self) -> u32 {
        self.happened
    }

    /// What somebody asks for who enters a person with these roles, or lets a person go. Otherwise whoever enrols people could
    /// take an owner's roles away.
    pub fn asking(&self, id: &PersonId, roles: &[Role]) -> Asking {
        let is_owner = self.person(id).is_some_and(|person| person.roles().contains(&Role::Owner));
        if is_owner || roles.contains(&Role::Owner) { Asking::EnrolOwner } else { Asking::Enrol }
    }

    /// Everybody, by short name.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.values()
    }
}
