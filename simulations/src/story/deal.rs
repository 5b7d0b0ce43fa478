//! What shall come of a match: the terms that the offering side proposes, and how the work ends.

use super::hours::HoursPlan;
use super::{Story, StoryError};
use protocol::dialogue::{Field, Step};
use protocol::facts::Side;
use protocol::money::Money;
use protocol::terms::{Fulfilment, Line, Lot};
use protocol::text::TermsText;
use protocol::vocabulary::{Instrument, OutcomeCode, Unit};
use serde::Deserialize;
use std::collections::BTreeMap;
use written::ProvisionsText;

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
    /// How the hours of the first line are written down while the work goes on.
    pub sessions: Option<SessionsPlan>,
    /// Which outcome both sides sign, if it comes to that.
    pub outcome: OutcomeCode,
    /// What is asked before names, each side's in their order. Nobody says that it can be done before all is answered.
    #[serde(default)]
    pub asks: Vec<AskPlan>,
    /// Hours that are booked for it.
    pub hours: Option<HoursPlan>,
    /// How it ends.
    #[serde(default)]
    pub ends: Ending,
    /// What each side learns of the other, in order, and nothing else.
    #[serde(default)]
    pub learns: Vec<LearnsPlan>,
}

/// `[[deal.asks]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskPlan {
    /// Who asks: the side that has this in the deal.
    pub side: Side,
    /// Which questions, by id.
    pub questions: Vec<String>,
    /// What the other side writes, by question; the rest is what its node knows, or is not said.
    #[serde(default)]
    pub answers: BTreeMap<String, String>,
}

/// `sessions = { hours = 3, every_days = 7 }`: until the line is used up, and each one when the one before was countersigned.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionsPlan {
    /// How long one is.
    pub hours: u32,
    /// How many days from the start, or from one to the next. A player in real time does not wait for them.
    pub every_days: u32,
}

/// `[[deal.learns]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LearnsPlan {
    /// Who: the side that has this in the deal.
    pub side: Side,
    /// At which step.
    pub at: Step,
    /// What.
    pub fields: Vec<Field>,
}

/// How a deal of a story ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// Both sides signed the outcome that the story names.
    #[default]
    Completed,
    /// It began and ended, and neither side ever sent a name.
    Nameless,
    /// It began and ended when one side had sent its name, and nobody at the other was shown it.
    Avoided,
    /// It never began: nothing left, and nobody learned anything.
    Silent,
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
    /// Topics and their answers.
    #[serde(default)]
    pub provisions: ProvisionsText,
    /// How the conditions of the match are fulfilled.
    #[serde(default)]
    pub fulfilments: Vec<Fulfilment>,
}

/// `[[deal.terms.line]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinePlan {
    /// For what.
    pub what: TermsText,
    /// How many hours.
    #[serde(default)]
    pub hours: u32,
    /// Price of an hour, in whole Canadian dollars.
    #[serde(default)]
    pub hourly_cad: u64,
    /// What is not paid by the hour.
    pub lot: Option<LotPlan>,
}

/// `lot = { count = 2, unit = "month", cad = 2400 }`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LotPlan {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
    /// Price of one, in whole Canadian dollars.
    pub cad: u64,
}

impl TermsPlan {
    /// The price lines as they are proposed.
    pub fn lines(&self) -> Vec<Line> {
        let lot = |plan: &LotPlan| Lot { count: plan.count, unit: plan.unit, each: Money::cad(plan.cad) };
        let line = |plan: &LinePlan| Line {
            lot: plan.lot.as_ref().map(lot),
            ..Line::hourly(plan.what.clone(), plan.hours.saturating_mul(60), Money::cad(plan.hourly_cad))
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

    /// Which side of it a firm is.
    pub fn side_of(&self, firm: &str) -> Option<Side> {
        let is = |path: &Option<String>| {
            path.as_ref().and_then(|path| path.split_once('/')).is_some_and(|(of, _)| of == firm)
        };
        [(Side::Offer, &self.offer), (Side::Need, &self.need)]
            .into_iter()
            .find(|(_, path)| is(path))
            .map(|(side, _)| side)
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
