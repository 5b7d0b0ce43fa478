//! Deputies as they stand.

use super::Event;
use crate::register::PersonId;
use alloc::{collections::BTreeMap, vec::Vec};
use protocol::id::PersonKey;
use protocol::money::Money;
use protocol::time::UnixMs;
use protocol::vocabulary::{ResourceClass, Role};
use serde::{Deserialize, Serialize};

/// From when until when; the end does not belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The first moment.
    pub from: UnixMs,
    /// The first moment after it.
    pub until: UnixMs,
}

impl Span {
    /// Whether a moment lies in it.
    pub fn contains(&self, at: UnixMs) -> bool {
        self.from <= at && at < self.until
    }
}

/// Who decides for whom, what and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegation {
    /// Counts up from 1 in the firm, so that a signature counts once.
    pub number: u32,
    /// Who is away.
    pub by: PersonId,
    /// By which key.
    pub key: PersonKey,
    /// Who decides meanwhile.
    pub to: PersonId,
    /// With which roles.
    pub roles: Vec<Role>,
    /// For which kinds of resource; none named means all that `by` decides on.
    pub scope: Vec<ResourceClass>,
    /// To how much money at most; nothing means as much as `by` may.
    pub limit: Option<Money>,
    /// How long.
    pub span: Span,
}

/// What somebody hands over, before it has a number and a signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// To whom.
    pub to: PersonId,
    /// Which roles; none named means all of one's own.
    pub roles: Vec<Role>,
    /// For which kinds of resource; none named means all that one decides on.
    pub scope: Vec<ResourceClass>,
    /// To how much money at most; nothing means as much as oneself.
    pub limit: Option<Money>,
    /// How long.
    pub span: Span,
}

/// An end before its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Who ended it; nobody where the operator of the computer asked.
    pub by: Option<PersonId>,
    /// When.
    pub at: UnixMs,
}

/// All that were ever named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deputies {
    named: BTreeMap<u32, (Delegation, Option<Ended>)>,
}

impl Deputies {
    /// Takes in what happened.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Named { delegation, .. } => {
                self.named.insert(delegation.number, (delegation.clone(), None));
            }
            Event::Ended { number, by, at } => {
                if let Some((_, ended)) = self.named.get_mut(number) {
                    *ended = Some(Ended { by: by.clone(), at: *at });
                }
            }
        }
    }

    /// All of them, the oldest first, with their early ends.
    pub fn all(&self) -> impl Iterator<Item = (&Delegation, Option<&Ended>)> {
        self.named.values().map(|(delegation, ended)| (delegation, ended.as_ref()))
    }

    /// One of them.
    pub fn of(&self, number: u32) -> Option<(&Delegation, Option<&Ended>)> {
        self.named.get(&number).map(|(delegation, ended)| (delegation, ended.as_ref()))
    }

    /// The number of the next one.
    pub fn next(&self) -> u32 {
        self.named.last_key_value().map_or(1, |(number, _)| number.saturating_add(1))
    }
}
