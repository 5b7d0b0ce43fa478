//! What can be asked of the policy.

use super::{Event, Policy};

/// Puts rules into force as the next version.
pub fn govern(current: &Policy, proposed: Policy) -> Event {
    Event::Governed(Policy { version: current.version.saturating_add(1), ..proposed })
}
