//! What can be asked of the register.

use super::{Event, Person, PersonId, Register};
use crate::command::Refusal;
use alloc::vec::Vec;
use ed25519_dalek::SigningKey;
use protocol::firm_id::{PersonCertificate, SignedPerson};
use protocol::id::{FirmId, PersonKey};
use protocol::text::Name;
use protocol::time::Day;
use protocol::vocabulary::Role;

/// Who is entered.
pub struct Entrant {
    /// Short name.
    pub id: PersonId,
    /// Name.
    pub name: Name,
    /// Key.
    pub key: PersonKey,
    /// Roles.
    pub roles: Vec<Role>,
    /// Last day.
    pub expires: Day,
}

/// Enters a person under a certificate by the operating key.
pub fn enrol(register: &Register, firm: FirmId, operating: &SigningKey, entrant: Entrant) -> Result<Event, Refusal> {
    let Entrant { id, name, key, mut roles, expires } = entrant;
    if register.by_key(key).is_some_and(|other| other.id != id) {
        return Err(Refusal::KeyTaken);
    }
    roles.sort();
    roles.dedup();
    let certificate = SignedPerson::new(PersonCertificate { firm, person: key, roles, expires }, operating);
    Ok(Event::Enrolled(Person { id, name, certificate }))
}
