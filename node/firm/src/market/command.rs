//! What can be said openly.

use super::{Event, Holder, Market, OwnAdvert};
use alloc::vec::Vec;
use protocol::advert::{Advert, AdvertBody, withdraw as withdraw_advert};
use protocol::check::{Checked, Kept, Record, own};
use protocol::decision::Released;
use protocol::facts::Facts;
use protocol::id::{ItemId, NetworkId};
use protocol::limits::ADVERT_WEEKS_MAX;
use protocol::noise::ContactSecret;
use protocol::pass::Pass;
use protocol::time::UnixMs;

/// A record that leaves openly, with the events that make it durable first.
pub struct Publication {
    /// What is published.
    pub record: Checked,
    /// What must be durable first.
    pub events: Vec<Event>,
}

/// Builds the advert of an item from facts that a person released.
pub fn advertise(
    network: NetworkId,
    item: ItemId,
    facts: &Released<Facts>,
    holder: &Holder,
    pass: &Pass,
    contact: ContactSecret,
    now: UnixMs,
) -> Option<Publication> {
    let published = now.day();
    let expires = facts.value().weeks.last.min(published.week().plus(ADVERT_WEEKS_MAX));
    let body = AdvertBody {
        network,
        contact: contact.contact_key(),
        published,
        expires,
        facts: facts.value().clone(),
        pass: pass.clone(),
    };
    let record = own(Record::Advert(Advert::new(body, &holder.signer())))?;
    let placed = Event::Placed { record: Kept(record.clone()), at: now, spent: Some(holder.key()), own: true };
    let advert = OwnAdvert { item, record: record.id(), pseudonym: holder.seed.clone(), contact, expires };
    Some(Publication { record, events: [placed, Event::Advertised(advert)].into() })
}

/// Builds the withdrawal of an item's advert, if it has one.
pub fn withdraw(market: &Market, item: ItemId, now: UnixMs) -> Option<Publication> {
    let own_advert = market.adverts.get(&item)?;
    let body = market.advert(&own_advert.record)?;
    let signer = ed25519_dalek::SigningKey::from_bytes(&own_advert.pseudonym.0);
    let record = own(Record::Withdrawal(withdraw_advert(body, &signer)))?;
    let placed = Event::Placed { record: Kept(record.clone()), at: now, spent: None, own: true };
    Some(Publication { record, events: [placed, Event::Silenced(item)].into() })
}
