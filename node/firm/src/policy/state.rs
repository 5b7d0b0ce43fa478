//! The policy as it stands.

use super::{Event, Policy};

impl Policy {
    /// Takes in what happened.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Governed(policy) => *self = policy.clone(),
        }
    }
}
