//! What can be asked of the shelf.

use super::{Event, Market};
use protocol::check::{Checked, Kept};
use protocol::shelf::Placing;
use protocol::time::UnixMs;

/// Places a record that is new here; `None` when it has no place.
pub fn place(market: &Market, checked: &Checked, now: UnixMs) -> Option<Event> {
    let new = market.shelf.consider(checked, now) == Placing::New;
    new.then(|| Event::Placed { record: Kept(checked.clone()), at: now })
}

/// Drops what is over.
pub fn expire(market: &Market, now: UnixMs) -> Option<Event> {
    let expired = market.shelf.expired(now);
    (!expired.is_empty()).then_some(Event::Expired(expired))
}
