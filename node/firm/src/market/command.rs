//! What can be said openly.

use super::{Event, Holder, Market, OwnAdvert};
use alloc::vec::Vec;
use protocol::advert::{Advert, AdvertBody, withdraw as withdraw_advert};
use protocol::check::{Checked, Kept, Record, own};
use protocol::decision::Released;
use protocol::facts::Facts;
use protocol::genesis::PassScheme;
use protocol::id::{ContactKey, HolderKey, ItemId, NetworkId, RsaSignature, Signature, SponsorKey};
use protocol::limits::ADVERT_WEEKS_MAX;
use protocol::noise::ContactSecret;
use protocol::pass::{Pass, PassSignature};
use protocol::time::{UnixMs, Week};
use protocol::wire::encode;

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
    let body = body(network, contact.contact_key(), facts.value(), pass, now);
    let expires = body.expires;
    let record = own(Record::Advert(Advert::new(body, &holder.signer())))?;
    let placed = Event::Placed { record: Kept(record.clone()), at: now, spent: Some(holder.key()), own: true };
    let advert = OwnAdvert { item, record: record.id(), pseudonym: holder.seed.clone(), contact, expires };
    Some(Publication { record, events: [placed, Event::Advertised(advert)].into() })
}

/// An advert before it is one: the bytes of everything that is known, zeros for what is drawn or signed when it leaves.
pub struct Preview {
    /// The bytes as they would travel.
    pub frame: Vec<u8>,
    /// How many of them say something.
    pub record_bytes: usize,
}

/// Builds the advert that [`advertise`] would build now, without a key, a pass or a decision: contact key, holder key and both
/// signatures are zeros. `None` if it fits no size class.
pub fn preview(
    network: NetworkId,
    (scheme, sponsor, epoch): (PassScheme, SponsorKey, Week),
    facts: &Facts,
    now: UnixMs,
) -> Option<Preview> {
    let blank = Signature([0; 64]);
    let signature = match scheme {
        PassScheme::Plain => PassSignature::Plain(blank),
        PassScheme::Blind => PassSignature::Blind(RsaSignature([0; 256])),
    };
    let pass = Pass { sponsor, epoch, holder: HolderKey([0; 32]), signature };
    let body = body(network, ContactKey([0; 32]), facts, &pass, now);
    let record = Record::Advert(Advert { body, signature: blank });
    let record_bytes = encode(&record).len();
    Some(Preview { frame: own(record)?.frame().to_vec(), record_bytes })
}

fn body(network: NetworkId, contact: ContactKey, facts: &Facts, pass: &Pass, now: UnixMs) -> AdvertBody {
    let published = now.day();
    let expires = facts.weeks.last.min(published.week().plus(ADVERT_WEEKS_MAX));
    AdvertBody { network, contact, published, expires, facts: facts.clone(), pass: pass.clone() }
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
