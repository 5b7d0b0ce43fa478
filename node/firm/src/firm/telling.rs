//! What may be told, made from private facts. Nothing made here leaves before a person released it.

use super::Firm;
use crate::deals::Deal;
use crate::profile::ItemDraft;
use alloc::{string::String, vec::Vec};
use protocol::dialogue::{Brief, Entry, Field, Identity, Value};

/// What an item tells one matched, unnamed party: exact values, the fine area, no price, no note, no title.
pub(super) fn brief(draft: &ItemDraft) -> Brief {
    let mut entries: Vec<Entry> = Vec::new();
    let mut tell = |field, value: Option<Value>| {
        if let Some(value) = value {
            entries.push(Entry { field, value });
        }
    };
    tell(Field::Class, Some(Value::Class(draft.class)));
    tell(Field::Process, Some(Value::Process(draft.process)));
    tell(Field::Area, draft.cell().map(Value::Area));
    tell(Field::Weeks, Some(Value::Weeks(draft.weeks)));
    tell(Field::Hours, Some(Value::Number(draft.hours)));
    tell(Field::Materials, some(&draft.materials).map(Value::Materials));
    tell(Field::Tolerance, draft.tolerance_um.map(Value::Number));
    tell(Field::Envelope, draft.envelope_mm.map(Value::Number));
    tell(Field::Credentials, some(&draft.credentials).map(Value::Credentials));
    tell(Field::Operator, draft.operator.then_some(Value::Flag(true)));
    tell(Field::Presence, draft.presence.map(Value::Presence));
    tell(Field::Languages, some(&draft.languages).map(Value::Languages));
    tell(Field::Value, draft.value.map(Value::Band));
    tell(Field::Experience, draft.experience.clone().map(Value::Text));
    Brief::new(entries)
}

/// The name under which the other side of a deal is shown.
pub(super) fn name_of(deal: &Deal) -> String {
    match &deal.identity {
        Some(identity) => identity.membership.body.legal_name.as_str().into(),
        None => deal.their_callsign(),
    }
}

/// The fields that a reveal exchanges, the same on both sides.
pub(super) const REVEALED: [Field; 8] = [
    Field::FirmId,
    Field::LegalName,
    Field::Membership,
    Field::Street,
    Field::Mail,
    Field::Phone,
    Field::Contact,
    Field::Carrier,
];

impl Firm {
    /// The identity that a reveal of this firm would show; `None` before it has joined.
    pub(super) fn own_identity(&self) -> Option<Identity> {
        let founding = self.identity.founding.as_ref()?;
        let joined = self.identity.vouched()?;
        let card = &founding.contact;
        let text = |field, text: &protocol::text::ShortText| Entry { field, value: Value::Text(text.clone()) };
        let contact = Brief::new(
            [
                text(Field::Street, &card.street),
                text(Field::Mail, &card.mail),
                text(Field::Phone, &card.phone),
                text(Field::Contact, &card.person),
            ]
            .into(),
        );
        Some(Identity {
            keys: founding.log.clone(),
            membership: joined.welcome.membership.clone(),
            contact,
            peer: self.identity.peer.clone(),
            addresses: self.identity.addresses.clone(),
        })
    }
}

fn some<T: Clone>(list: &[T]) -> Option<Vec<T>> {
    (!list.is_empty()).then(|| list.to_vec())
}
