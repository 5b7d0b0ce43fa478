//! What can be asked of the register.

use super::{Event, Person, PersonId, Register};
use crate::command::Refusal;
use alloc::vec::Vec;
use ed25519_dalek::SigningKey;
use protocol::firm_id::{PersonCertificate, SignedPerson};
use protocol::id::{FirmId, OperatingKey, PersonKey};
use protocol::money::Money;
use protocol::text::Name;
use protocol::time::Day;
use protocol::vocabulary::{ResourceClass, Role};

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
    /// Kinds of resource on which the person decides; none named means all.
    pub scope: Vec<ResourceClass>,
    /// The most money to which one decision may bind the firm.
    pub limit: Option<Money>,
}

/// Enters a person under a certificate by the operating key.
pub fn enrol(register: &Register, firm: FirmId, operating: &SigningKey, entrant: Entrant) -> Result<Event, Refusal> {
    let Entrant { id, name, key, mut roles, expires, mut scope, limit } = entrant;
    if register.is_revoked(&key) {
        return Err(Refusal::KeyRevoked);
    }
    if register.by_key(key).is_some_and(|other| other.id != id) {
        return Err(Refusal::KeyTaken);
    }
    roles.sort();
    roles.dedup();
    scope.sort();
    scope.dedup();
    let body = PersonCertificate { firm, person: key, roles, expires, scope, limit };
    Ok(Event::Enrolled(Person { id, name, certificate: SignedPerson::new(body, operating) }))
}

/// Certifies everybody again whom another operating key certified (`IDN-10`).
pub fn certify_again(register: &Register, operating: &SigningKey) -> Vec<Event> {
    let key = OperatingKey::of(operating);
    let stale = register.people().filter(|person| person.certificate.verify(&key).is_err());
    let again = |person: &Person| {
        let certificate = SignedPerson::new(person.certificate.body.clone(), operating);
        Event::Enrolled(Person { certificate, ..person.clone() })
    };
    stale.map(again).collect()
}
