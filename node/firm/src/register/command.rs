//! What can be asked of the register.

use super::{Event, Person, PersonId, Register, Vouch};
use crate::command::Refusal;
use alloc::vec::Vec;
use ed25519_dalek::SigningKey;
use protocol::firm_id::{PersonCertificate, SignedPerson};
use protocol::id::{FirmId, OperatingKey, PersonKey};
use protocol::money::Money;
use protocol::text::Name;
use protocol::time::Day;
use protocol::vocabulary::{ResourceClass, Role};
use serde::{Deserialize, Serialize};

/// Who is entered, and as what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

impl Entrant {
    /// What the firm would certify.
    pub(super) fn certificate(&self, firm: FirmId) -> PersonCertificate {
        let (mut roles, mut scope) = (self.roles.clone(), self.scope.clone());
        roles.sort();
        roles.dedup();
        scope.sort();
        scope.dedup();
        PersonCertificate { firm, person: self.key, roles, expires: self.expires, scope, limit: self.limit }
    }
}

/// Enters a person under a certificate by the operating key, on somebody's word if one is needed (`REG-4`).
pub fn enrol(
    register: &Register,
    (firm, operating): (FirmId, &SigningKey),
    (entrant, vouch): (Entrant, Option<Vouch>),
    today: Day,
) -> Result<Event, Refusal> {
    if register.is_revoked(&entrant.key) {
        return Err(Refusal::KeyRevoked);
    }
    if register.by_key(entrant.key).is_some_and(|other| other.id != entrant.id) {
        return Err(Refusal::KeyTaken);
    }
    if let Some(roles) = register.vouching(&entrant.id, &entrant.roles) {
        let needs = || Refusal::NeedsVouch { roles: roles.to_vec() };
        let vouch = vouch.as_ref().ok_or_else(needs)?;
        let by = register.by_key(vouch.by).filter(|by| by.acts_on(today)).ok_or_else(needs)?;
        if !by.roles().iter().any(|role| roles.contains(role)) {
            return Err(needs());
        }
        if !vouch.is_for(register, firm, &entrant) {
            return Err(Refusal::OtherVouch);
        }
    }
    let certificate = SignedPerson::new(entrant.certificate(firm), operating);
    Ok(Event::Enrolled(Person { id: entrant.id, name: entrant.name, certificate, vouch }))
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
