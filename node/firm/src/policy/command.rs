//! What can be asked of the policy.

use super::{Event, Policy};
use crate::command::Refusal;
use crate::register::Register;
use alloc::boxed::Box;
use protocol::facts::Side;
use protocol::id::{FirmId, ItemId};
use protocol::time::Day;
use protocol::vocabulary::Role;

/// Puts rules into force as the next version, on an owner's word if the firm has an owner (`POL-5`, `POL-6`).
pub fn enact(
    current: &Policy,
    register: &Register,
    firm: Option<FirmId>,
    proposed: Policy,
    side_of: impl Fn(ItemId) -> Option<Side>,
    today: Day,
) -> Result<Event, Refusal> {
    let next = current.followed_by(proposed);
    next.check(today, side_of)?;
    if register.is_owned() {
        let needs = || Refusal::NeedsOwnersWord;
        let word = next.word.as_ref().ok_or_else(needs)?;
        let by = register.by_key(word.by).filter(|by| by.acts_on(today)).ok_or_else(needs)?;
        if !by.roles().contains(&Role::Owner) {
            return Err(needs());
        }
        if !firm.is_some_and(|firm| word.is_for(current, &next, firm)) {
            return Err(Refusal::OtherPolicy);
        }
        return Ok(Event::Enacted(Box::new(next)));
    }
    Ok(Event::Enacted(Box::new(Policy { word: None, ..next })))
}
