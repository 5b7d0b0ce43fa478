//! People: what they ask for, when they decide, and how long they take.
//!
//! A [`Script`] plays the people of one node. The world calls it when something reaches a person and carries out the acts
//! that it returns, after their delay. An act that falls due while the node is down or asleep waits at the desk until the
//! node is back, as a person would try again. Silence is the default everywhere: a script that returns nothing has decided
//! nothing, and nothing in the world decides for it.

use crate::{seed::draw, world::VirtualMs};
use machine::{Chance, Machine, Now};
use serde::{Deserialize, Serialize};

/// A script's own name for something that it asked, given back with the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Errand(pub u64);

/// What a person does next, after a delay.
#[derive(Debug)]
pub enum Act<M: Machine> {
    /// Ask the node for something.
    Ask {
        /// Milliseconds from now.
        after_ms: u64,
        /// Comes back with the answer.
        errand: Errand,
        /// What is asked.
        command: M::Command,
    },
    /// Decide on an approval.
    Decide {
        /// Milliseconds from now.
        after_ms: u64,
        /// Comes back with the answer.
        errand: Errand,
        /// The signed decision.
        decision: M::Decision,
    },
    /// Be reminded: [`Script::reminded`] is called with the same errand.
    Remind {
        /// Milliseconds from now.
        after_ms: u64,
        /// Comes back when it is time.
        errand: Errand,
    },
}

impl<M: Machine> Act<M> {
    /// The delay of this act.
    pub fn after_ms(&self) -> u64 {
        match self {
            Act::Ask { after_ms, .. } | Act::Decide { after_ms, .. } | Act::Remind { after_ms, .. } => *after_ms,
        }
    }
}

/// What a script sees when it is called.
pub struct Desk<'a, M: Machine> {
    /// Virtual time.
    pub at: VirtualMs,
    /// The clocks of the node.
    pub now: Now,
    /// The node, to read what its pages would show.
    pub machine: &'a M,
    /// How many records the node's state rests on, if all of them are durable. Equal numbers mean equal states.
    pub records: Option<usize>,
    /// The chance of these people, apart from every other chance of the run.
    pub chance: &'a mut Chance,
}

/// The people of one node.
pub trait Script<M: Machine> {
    /// The node runs for the first time.
    fn began(&mut self, desk: Desk<'_, M>) -> Vec<Act<M>> {
        let _ = desk;
        Vec::new()
    }

    /// An approval is put before a person.
    fn asked(&mut self, desk: Desk<'_, M>, approval: &M::Approval) -> Vec<Act<M>>;

    /// A command or decision was answered.
    fn answered(&mut self, desk: Desk<'_, M>, errand: Errand, answer: &M::Answer) -> Vec<Act<M>> {
        let _ = (desk, errand, answer);
        Vec::new()
    }

    /// The node is back after a crash in which this errand got no answer. Whether it took effect is for the node to say.
    fn unanswered(&mut self, desk: Desk<'_, M>, errand: Errand) -> Vec<Act<M>> {
        let _ = (desk, errand);
        Vec::new()
    }

    /// The reminder with this errand is due.
    fn reminded(&mut self, desk: Desk<'_, M>, errand: Errand) -> Vec<Act<M>> {
        let _ = (desk, errand);
        Vec::new()
    }
}

/// How fast a person decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pace {
    /// At the desk: 1 to 5 seconds.
    Prompt,
    /// On the shop floor: 5 minutes to 8 hours.
    Slow,
    /// Never decides.
    Absent,
}

impl Pace {
    /// How long this person takes for one decision, in milliseconds; `None` when there will be none.
    pub fn delay_ms(self, chance: &mut Chance) -> Option<u64> {
        match self {
            Pace::Prompt => Some(draw(chance, 1_000, 5_000)),
            Pace::Slow => Some(draw(chance, 5 * 60_000, 8 * 3_600_000)),
            Pace::Absent => None,
        }
    }

    /// How long this person stays away between two looks at the desk that nobody asked for, at least and at most, in
    /// milliseconds; `None` when there is no look at all.
    pub fn round_ms(self) -> Option<(u64, u64)> {
        match self {
            Pace::Prompt => Some((9 * 60_000, 11 * 60_000)),
            Pace::Slow => Some((3 * 3_600_000, 5 * 3_600_000)),
            Pace::Absent => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RunSeed;

    #[test]
    fn an_absent_person_never_decides_and_a_slow_one_takes_minutes() {
        let mut chance = RunSeed(1).chance("pace", &[]);
        assert_eq!(Pace::Absent.delay_ms(&mut chance), None);
        assert!(Pace::Prompt.delay_ms(&mut chance).is_some_and(|ms| (1_000..=5_000).contains(&ms)));
        assert!(Pace::Slow.delay_ms(&mut chance).is_some_and(|ms| (300_000..=28_800_000).contains(&ms)));
    }
}
