//! How close what is offered comes to what is wanted.
//!
//! Two concepts may stand in several relations; the plainest statement wins: the same; said outright to be near or not the
//! same; of the same family, above or below; near or not the same by what their families say (fewest steps first, and *not*
//! before *near*, for a false friend costs a phone call and a missed cousin only a place in the list); one leading to the
//! other; siblings. `Not` is a statement, `Unrelated` its absence.
use super::{Concept, Edge, Entry, Thousandths, Vocabulary};

/// What an offered concept is to a wanted one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Relation {
    /// The same concept.
    Same,
    /// What is offered is a sort of what is wanted, or implies it, at so many steps: it will do.
    Narrower(u8),
    /// What is offered is wider than what is wanted: it may do.
    Broader(u8),
    /// Another thing that truly does the work, with this strength.
    Near(Thousandths),
    /// One leads to the other: a lathe to turning, chatter to vibration analysis, a welder to welding.
    Leads(Thousandths),
    /// Children of one family that is not a root.
    Sibling,
    /// Said not to be the same, though the words are alike.
    Not,
    /// Nothing is known to join them.
    Unrelated,
}

/// What a step up a family leaves of a strength.
const STEP: u32 = 900;
const LEADING: Thousandths = Thousandths(800);
const SIBLING: Thousandths = Thousandths(250);

impl Relation {
    /// The relation as one number: 1000 the same, 0 none or a false friend.
    #[must_use]
    pub fn closeness(self) -> Thousandths {
        match self {
            Self::Same => Thousandths(1_000),
            Self::Narrower(steps) => Thousandths(980).after(steps.saturating_sub(1), 990),
            Self::Broader(steps) => Thousandths(700).after(steps.saturating_sub(1), 700),
            Self::Near(strength) | Self::Leads(strength) => strength,
            Self::Sibling => SIBLING,
            Self::Not | Self::Unrelated => Thousandths(0),
        }
    }

    /// The same relation with the sides exchanged.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Narrower(steps) => Self::Broader(steps),
            Self::Broader(steps) => Self::Narrower(steps),
            other => other,
        }
    }
}

impl Thousandths {
    fn after(self, steps: u8, each: u32) -> Self {
        let left = (0..steps).fold(u32::from(self.0), |left, _| left * each / 1_000);
        Self(u16::try_from(left).unwrap_or(1_000))
    }
}

impl Vocabulary {
    /// What `offered` is to `wanted`.
    #[must_use]
    pub fn relation(&self, wanted: Concept, offered: Concept) -> Relation {
        if wanted == offered {
            return Relation::Same;
        }
        if let Some(said) = self.said(wanted, offered) {
            return said;
        }
        if let Some(steps) = self.steps_up(offered, wanted) {
            return Relation::Narrower(steps);
        }
        if let Some(steps) = self.steps_up(wanted, offered) {
            return Relation::Broader(steps);
        }
        if let Some(said) = self.said_by_families(wanted, offered) {
            return said;
        }
        if let Some(strength) = self.leading(wanted, offered).max(self.leading(offered, wanted)) {
            return Relation::Leads(strength);
        }
        if self.siblings(wanted, offered) { Relation::Sibling } else { Relation::Unrelated }
    }

    /// [`Self::relation`] as one number.
    #[must_use]
    pub fn closeness(&self, wanted: Concept, offered: Concept) -> Thousandths {
        self.relation(wanted, offered).closeness()
    }

    /// Steps from a concept up to one that it is or implies; none to itself.
    fn steps_up(&self, from: Concept, to: Concept) -> Option<u8> {
        self.up(from).find(|(up, _)| *up == to).map(|(_, steps)| steps)
    }

    fn said(&self, one: Concept, other: Concept) -> Option<Relation> {
        let edges = |from: Concept| self.entry(from).map(|entry| entry.edges.as_slice()).unwrap_or_default();
        let forth = edges(one).iter().filter(|(to, _)| *to == other);
        let back = edges(other).iter().filter(|(to, _)| *to == one);
        forth.chain(back).find_map(|(_, edge)| match edge {
            Edge::Near(strength) => Some(Relation::Near(*strength)),
            Edge::Not => Some(Relation::Not),
            Edge::Implies | Edge::LeadsTo => None,
        })
    }

    fn said_by_families(&self, wanted: Concept, offered: Concept) -> Option<Relation> {
        let pairs = self.up(wanted).flat_map(|above| self.up(offered).map(move |below| (above, below)));
        let said = pairs.filter_map(|((above, up), (below, down))| {
            let steps = up.saturating_add(down);
            self.said(above, below).map(|said| match said {
                Relation::Near(strength) => (steps, 1, Relation::Near(strength.after(steps, STEP))),
                other => (steps, 0, other),
            })
        });
        // Of equal statements the stronger, so that the order of the files decides nothing.
        said.min_by_key(|(steps, sense, said)| (*steps, *sense, core::cmp::Reverse(said.closeness())))
            .map(|(.., said)| said)
    }

    /// How strongly a concept, or a family of it, leads to the other, to a sort of it or to a family of it.
    fn leading(&self, from: Concept, to: Concept) -> Option<Thousandths> {
        let targets = self.up(from).flat_map(|(family, steps)| {
            let edges = self.entry(family).map(|entry| entry.edges.as_slice()).unwrap_or_default();
            edges.iter().filter(|(_, edge)| *edge == Edge::LeadsTo).map(move |(target, _)| (*target, steps))
        });
        targets
            .filter_map(|(target, steps)| {
                let beyond = self.steps_up(target, to).or_else(|| self.steps_up(to, target).map(|steps| steps + 1))?;
                Some(LEADING.after(steps.saturating_add(beyond), STEP))
            })
            .max()
    }

    /// Of one family that itself belongs to another: all roles or all materials are no siblings.
    fn siblings(&self, one: Concept, other: Concept) -> bool {
        let families = |of: Concept| self.entry(of).map(|entry| entry.parents.as_slice()).unwrap_or_default();
        let is_root = |family: Concept| self.entry(family).is_none_or(|entry: &Entry| entry.parents.is_empty());
        families(one).iter().any(|family| families(other).contains(family) && !is_root(*family))
    }
}
