//! Firms that all stories share: whoever has other business on the same market, so that nobody is told by being alone.

use super::{FirmPlan, SponsorPlan, Story, StoryError};
use serde::Deserialize;

/// `neighbours.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Neighbours {
    #[serde(rename = "sponsor")]
    sponsors: Vec<SponsorPlan>,
    #[serde(rename = "firm")]
    firms: Vec<FirmPlan>,
}

impl Story {
    /// Takes in the firms that it names as neighbours, and every sponsor that a firm names and the story does not bring itself.
    pub(super) fn invite_neighbours(&mut self) -> Result<(), StoryError> {
        let known: Neighbours = toml::from_str(include_str!("../../stories/neighbours.toml"))?;
        for id in &self.neighbours {
            let firm = known.firms.iter().find(|firm| firm.id == *id);
            let ids = || known.firms.iter().map(|firm| firm.id.as_str()).collect::<Vec<_>>().join(", ");
            let firm = firm.ok_or_else(|| StoryError::NoSuchNeighbour { id: id.clone(), known: ids() })?;
            self.firms.push(firm.clone());
        }
        let is_named = |sponsor: &SponsorPlan| self.firms.iter().any(|firm| firm.sponsor == sponsor.id);
        let is_new = |sponsor: &SponsorPlan| self.sponsors.iter().all(|own| own.id != sponsor.id);
        let further: Vec<SponsorPlan> =
            known.sponsors.into_iter().filter(|sponsor| is_named(sponsor) && is_new(sponsor)).collect();
        self.sponsors.extend(further);
        Ok(())
    }
}
