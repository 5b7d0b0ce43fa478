//! What may be told, made from private facts as coarsely as the policy says. Nothing made here leaves before a person released it.

use super::Firm;
use crate::command::Refusal;
use crate::deals::Deal;
use crate::policy::{Detail, Target, Told};
use crate::profile::{Item, ItemDraft};
use alloc::{string::String, vec::Vec};
use protocol::dialogue::{Brief, Entry, Fact, Field, Identity, Step, Value};
use protocol::facts::{Facts, Side};
use protocol::place::Cell;
use protocol::vocabulary::{EnvelopeBand, HoursBand, ToleranceBand};

/// What an item could tell one matched, unnamed party: exact values, the fine area, no price, no note, no title.
fn exactly(draft: &ItemDraft) -> Brief {
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
    tell(Field::ConflictClasses, some(&draft.conflict_classes).map(Value::ConflictClasses));
    tell(Field::Value, draft.value.map(Value::Band));
    tell(Field::Experience, draft.experience.clone().map(Value::Text));
    Brief::new(entries)
}

/// A value as coarsely as a notice says it. Of the two ends of a band, an offer tells the one that promises less and a need the
/// one that asks more, so that nobody is led into a deal that cannot be kept. Words have no band.
fn banded(side: Side, field: Field, value: Value) -> Option<Value> {
    let below = |ends: &mut dyn Iterator<Item = Option<u32>>, of: u32| ends.flatten().filter(|end| *end <= of).max();
    let number = match (field, value) {
        (Field::Area, Value::Area(cell)) => return Some(Value::Area(cell.coarser())),
        (_, Value::Text(_)) => return None,
        (Field::Hours, Value::Number(hours)) => {
            let band = HoursBand::of_hours(hours);
            let upper = band.upper_hours().filter(|_| side == Side::Need);
            Some(upper.unwrap_or(band.lower_hours()))
        }
        (Field::Tolerance, Value::Number(um)) => match side {
            Side::Offer => ToleranceBand::of_um(um).upper_um(),
            Side::Need => below(&mut ToleranceBand::ALL.iter().map(|band| band.upper_um()), um),
        },
        (Field::Envelope, Value::Number(mm)) => match side {
            Side::Offer => below(&mut EnvelopeBand::ALL.iter().map(|band| band.upper_mm()), mm),
            Side::Need => EnvelopeBand::of_mm(mm).upper_mm(),
        },
        (_, other) => return Some(other),
    };
    number.map(Value::Number)
}

/// The name under which the other side of a deal is shown.
pub(super) fn name_of(deal: &Deal) -> String {
    match &deal.identity {
        Some(identity) => identity.membership.body.legal_name.as_str().into(),
        None => deal.their_callsign(),
    }
}

/// The fields that a reveal exchanges, the same on both sides.
pub(crate) const REVEALED: [Field; 8] = [
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
    /// What an item tells one matched, unnamed party at a step: as much of each field as the policy lets it (`POL-1`).
    pub(super) fn brief(&self, item: &Item, step: Step) -> Brief {
        let (target, side) = (Target::of(item), item.draft.side);
        let told = exactly(&item.draft).0.into_iter().filter_map(|Entry { field, value }| {
            let value = match self.policy.told(&target, step, field).detail {
                Detail::Exactly => Some(value),
                Detail::Band => banded(side, field, value),
                Detail::Nothing => None,
            };
            value.map(|value| Entry { field, value })
        });
        Brief::new(told.collect())
    }

    /// A fact of the talk as coarsely as the policy lets it be told, or why not at all. What is no field of a brief has no band.
    pub(super) fn told_in_talk(&self, item: &Item, fact: &Fact) -> Result<Fact, Refusal> {
        let step = Step::Talk;
        let field = if let Fact::Entry(entry) = fact { entry.field } else { Field::Answers };
        let Told { detail, because, .. } = self.policy.told(&Target::of(item), step, field);
        let told = match (detail, fact) {
            (Detail::Exactly, fact) => Some(fact.clone()),
            (Detail::Band, Fact::Entry(entry)) => {
                let value = banded(item.draft.side, field, entry.value.clone());
                value.map(|value| Fact::Entry(Entry { field, value }))
            }
            _ => None,
        };
        told.ok_or(Refusal::NotTold { step, field, because })
    }

    /// The draft as loudly as the policy lets it be published.
    pub(crate) fn as_loud_as_allowed(&self, item: &Item) -> ItemDraft {
        let mode = item.draft.mode.max(self.policy.loudness(&Target::of(item)).mode);
        ItemDraft { mode, ..item.draft.clone() }
    }

    /// What a notice says, without the fields that the policy lets nobody be told openly. Class, work, weeks and hours are what a
    /// notice is about: where one of them may not be told, the question is refused.
    pub(crate) fn openly(&self, item: &Item, mut facts: Facts) -> Facts {
        let target = Target::of(item);
        let how = |field| self.policy.told(&target, Step::Advertise, field).detail;
        let hidden = |field| how(field) == Detail::Nothing;
        facts.materials.retain(|_| !hidden(Field::Materials));
        facts.credentials.retain(|_| !hidden(Field::Credentials));
        facts.languages.retain(|_| !hidden(Field::Languages));
        facts.conflict_classes.retain(|_| !hidden(Field::ConflictClasses));
        facts.envelope = facts.envelope.filter(|_| !hidden(Field::Envelope));
        facts.tolerance = facts.tolerance.filter(|_| !hidden(Field::Tolerance));
        facts.presence = facts.presence.filter(|_| !hidden(Field::Presence));
        facts.travel = facts.travel.filter(|_| !hidden(Field::Travel));
        facts.text = facts.text.filter(|_| how(Field::Experience) == Detail::Exactly);
        facts.area = facts.area.filter(|_| !hidden(Field::Area));
        if how(Field::Area) == Detail::Band {
            facts.area = facts.area.map(Cell::coarser);
        }
        facts
    }

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
