//! What can be asked of the profile.

use super::{BadItem, Event, Item, ItemDraft, Profile};
use crate::command::Refusal;
use protocol::id::ItemId;
use protocol::time::UnixMs;

/// Enters an item, whole or not at all (`PRF-1`).
pub fn confide(id: ItemId, draft: ItemDraft, now: UnixMs) -> Result<Event, BadItem> {
    Ok(Event::Confided(Item { id, draft: draft.parse(now)?, confided: now, withdrawn: false }))
}

/// Takes an item back.
pub fn withdraw(profile: &Profile, id: ItemId) -> Result<Event, Refusal> {
    match profile.item(&id) {
        Some(item) if !item.withdrawn => Ok(Event::Withdrawn(id)),
        _ => Err(Refusal::NoSuchItem),
    }
}
