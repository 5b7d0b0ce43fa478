//! What shall come of a match: the terms that the offering side proposes, and how the work ends.

use super::{Story, StoryError};
use protocol::facts::Side;
use protocol::money::Money;
use protocol::terms::Line;
use protocol::text::TermsText;
use protocol::vocabulary::{Instrument, OutcomeCode};
use serde::Deserialize;

/// `[[deal]]`. Without `offer` or `need` it speaks of every offer or need that no other entry names.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DealPlan {
    /// The offer, as firm/item.
    pub offer: Option<String>,
    /// The need, as firm/item.
    pub need: Option<String>,
    /// What the offering side proposes.
    pub terms: TermsPlan,
    /// How many days the work takes before the offering side reports it. A player in real time does not wait for them.
    #[serde(default)]
    pub work_days: u32,
    /// How it ends.
    pub outcome: OutcomeCode,
}

/// `[deal.terms]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermsPlan {
    /// Form of engagement.
    pub instrument: Instrument,
    /// Price lines.
    #[serde(rename = "line")]
    pub lines: Vec<LinePlan>,
    /// First and last day of the work, counted from the day on which they are proposed.
    pub days: [u32; 2],
    /// Who supplies what, and what else holds.
    #[serde(default)]
    pub clauses: Vec<TermsText>,
}

/// `[[deal.terms.line]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinePlan {
    /// For what.
    pub what: TermsText,
    /// How many hours.
    pub hours: u32,
    /// Price of an hour, in whole Canadian dollars.
    pub hourly_cad: u64,
}

impl TermsPlan {
    /// The price lines as they are proposed.
    pub fn lines(&self) -> Vec<Line> {
        let line = |plan: &LinePlan| Line {
            what: plan.what.clone(),
            minutes: plan.hours.saturating_mul(60),
            hourly: Money::cad(plan.hourly_cad),
        };
        self.lines.iter().map(line).collect()
    }
}

impl DealPlan {
    /// Whether it speaks of this item of this firm.
    pub fn is_about(&self, firm: &str, item: &str) -> bool {
        let says = |side: &Option<String>| {
            side.as_ref().is_some_and(|path| path.split_once('/').is_some_and(|(of, name)| of == firm && name == item))
        };
        says(&self.offer) || says(&self.need) || (self.offer.is_none() && self.need.is_none())
    }

    pub(super) fn check(&self, story: &Story) -> Result<(), StoryError> {
        for (path, side) in [(&self.offer, Side::Offer), (&self.need, Side::Need)] {
            let Some(path) = path else { continue };
            let found = path.split_once('/').and_then(|(firm, item)| {
                story.firm(firm)?.items.iter().find(|plan| plan.id == item && plan.entry.side == side)
            });
            found.ok_or_else(|| StoryError::NoSuchItem { item: path.clone() })?;
        }
        let unfit = |why: &str| Err(StoryError::Unfit { whose: "a [[deal]]".to_owned(), why: why.to_owned() });
        if self.terms.days[0] > self.terms.days[1] {
            return unfit("days: the last day lies before the first");
        }
        match protocol::terms::sum(&self.terms.lines()) {
            Some(_) => Ok(()),
            None => unfit("lines: give at least one line with hours and hourly_cad"),
        }
    }
}
