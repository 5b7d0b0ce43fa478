//! What can be asked of the shelf.

use super::{Event, Market};
use protocol::check::{Checked, Kept};
use protocol::shelf::Placing;
use protocol::time::UnixMs;

/// What becomes of a record; an event only when it is new here.
pub fn place(market: &Market, checked: &Checked, now: UnixMs) -> (Placing, Option<Event>) {
    let placing = market.shelf.consider(checked, now);
    let event = (placing == Placing::New).then(|| Event::Placed { record: Kept(checked.clone()), at: now });
    (placing, event)
}

/// Drops what is over.
pub fn expire(market: &Market, now: UnixMs) -> Option<Event> {
    let expired = market.shelf.expired(now);
    (!expired.is_empty()).then_some(Event::Expired(expired))
}
