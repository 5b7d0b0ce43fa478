//! The policy as it stands.

use super::{Event, Rulebook};

impl Rulebook {
    /// Takes in what happened.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Governed(policy) => self.put_into_force(policy.written_out()),
            Event::Enacted(policy) => self.put_into_force((**policy).clone()),
        }
    }
}
