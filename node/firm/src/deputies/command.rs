//! Naming deputies, and in whose right somebody decides.

use super::{Delegation, Deputies, Event};
use crate::command::Refusal;
use crate::limits::DEPUTY_DAYS_MAX;
use crate::register::{Person, PersonId, Register};
use alloc::vec::Vec;
use ed25519_dalek::SigningKey;
use protocol::firm_id::{PersonCertificate, SignedPerson};
use protocol::id::{FirmId, Hash, Signature};
use protocol::money::Money;
use protocol::sign::{sign, verify};
use protocol::time::{DAY_MS, UnixMs};
use protocol::vocabulary::ResourceClass;
use protocol::wire::encode;
use serde::{Deserialize, Serialize};

const LABEL: &str = "cosolvent/deputy-word/1";

/// The word of whoever names a deputy, by the key that also signs decisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word(pub Signature);

impl Word {
    /// Names a deputy.
    pub fn sign(firm: FirmId, delegation: &Delegation, key: &SigningKey) -> Word {
        Word(sign(LABEL, &said(firm, delegation), key))
    }

    fn is_for(&self, firm: FirmId, delegation: &Delegation) -> bool {
        verify(LABEL, &said(firm, delegation), &delegation.key, &self.0).is_ok()
    }
}

fn said(firm: FirmId, delegation: &Delegation) -> Hash {
    let mut bytes = encode(&firm);
    bytes.extend(minicbor_serde::to_vec(delegation).unwrap_or_default());
    Hash::of_bytes("cosolvent/delegation/1", &bytes)
}

/// Names a deputy (`DEP-1`).
pub fn name(
    (deputies, register): (&Deputies, &Register),
    firm: FirmId,
    (delegation, word): (Delegation, Word),
    now: UnixMs,
) -> Result<Event, Refusal> {
    let today = now.day();
    let by = register.person(&delegation.by).filter(|by| by.acts_on(today)).ok_or(Refusal::NoSuchPerson)?;
    let to = register.person(&delegation.to).filter(|to| to.acts_on(today)).ok_or(Refusal::NoSuchPerson)?;
    if delegation.key != by.certificate.body.person || !word.is_for(firm, &delegation) {
        return Err(Refusal::OtherDeputy);
    }
    if delegation.number != deputies.next() {
        return Err(Refusal::OtherDeputy);
    }
    if by.id == to.id {
        return Err(Refusal::OwnDeputy);
    }
    let (from, until) = (delegation.span.from.max(now), delegation.span.until);
    let longest = from.plus(u64::from(DEPUTY_DAYS_MAX) * DAY_MS);
    if until <= from || until > longest {
        return Err(Refusal::DeputySpan);
    }
    if delegation.roles.is_empty() || !within(&delegation, &by.certificate.body) {
        return Err(Refusal::DeputyReach { roles: by.roles().to_vec() });
    }
    Ok(Event::Named { delegation, word })
}

/// Whether nothing is handed over that whoever names does not have.
fn within(delegation: &Delegation, own: &PersonCertificate) -> bool {
    let roles = delegation.roles.iter().all(|role| own.roles.contains(role));
    let scope = own.scope.is_empty() || delegation.scope.iter().all(|class| own.scope.contains(class));
    roles && scope && within_limit(delegation.limit, own.limit)
}

fn within_limit(handed: Option<Money>, own: Option<Money>) -> bool {
    match (handed, own) {
        (_, None) | (None, Some(_)) => true,
        (Some(handed), Some(own)) => handed.currency == own.currency && handed.minor <= own.minor,
    }
}

/// Somebody who decides, in their own right or in that of somebody who named them.
#[derive(Clone, Debug, PartialEq)]
pub struct Acting {
    /// Who, under the certificate by which they decide.
    pub person: Person,
    /// For whom, if not in their own right.
    pub for_whom: Option<PersonId>,
}

impl Acting {
    /// Whether two decisions come from one hand, as far as two people must decide (`DEP-4`).
    pub fn is_one_with(&self, by: &PersonId, for_whom: Option<&PersonId>) -> bool {
        let hands = [Some(&self.person.id), self.for_whom.as_ref()];
        hands.into_iter().flatten().any(|hand| hand == by || Some(hand) == for_whom)
    }
}

/// In whose rights somebody decides now: their own first, then those of whoever named them and still may (`DEP-2`).
pub fn acting(
    (deputies, register): (&Deputies, &Register),
    (person, operating): (&Person, &SigningKey),
    now: UnixMs,
) -> Vec<Acting> {
    let own = Acting { person: person.clone(), for_whom: None };
    let named = deputies
        .all()
        .filter(|(delegation, ended)| delegation.to == person.id && ended.is_none() && delegation.span.contains(now));
    let handed = named.filter_map(|(delegation, _)| {
        let by = register.person(&delegation.by).filter(|by| by.acts_on(now.day()))?;
        let certificate = mandate(delegation, &by.certificate.body, person)?;
        let certificate = SignedPerson::new(certificate, operating);
        Some(Acting { person: Person { certificate, ..person.clone() }, for_whom: Some(by.id.clone()) })
    });
    [own].into_iter().chain(handed).collect()
}

/// What a deputy is certified for: what was handed over, as far as whoever named still has it.
fn mandate(delegation: &Delegation, own: &PersonCertificate, deputy: &Person) -> Option<PersonCertificate> {
    if delegation.key != own.person || !within(delegation, own) {
        return None;
    }
    let (mut roles, mut scope) = (delegation.roles.clone(), classes(delegation, own));
    roles.sort();
    roles.dedup();
    scope.sort();
    scope.dedup();
    let deputy = &deputy.certificate.body;
    let expires = delegation.span.until.day().min(own.expires).min(deputy.expires);
    let limit = delegation.limit.or(own.limit);
    Some(PersonCertificate { firm: own.firm, person: deputy.person, roles, expires, scope, limit })
}

fn classes(delegation: &Delegation, own: &PersonCertificate) -> Vec<ResourceClass> {
    if delegation.scope.is_empty() { own.scope.clone() } else { delegation.scope.clone() }
}
