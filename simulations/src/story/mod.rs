//! A story: who the parties are, what they have and need, and what their people would say.
//!
//! A story knows nothing of virtual time, links or crashes; it can be played in the simulator's world and on a real network
//! alike. It is TOML, every key known, every name resolved before anything runs; a refusal says which entry is wrong and
//! what would be right. Weeks and days are offsets from the day on which the story begins, so that it never grows old.
//!
//! Names, streets, mail addresses, telephones, contact persons, people, private titles and notes are planted strings: each
//! unique, so that one that turns up where it must not be is found (see [`crate::Canaries`]).

mod account;
mod deal;
mod error;
mod firm;
mod hours;
mod neighbours;

pub use account::Account;
pub use deal::{AskPlan, DealPlan, Ending, LearnsPlan, LinePlan, LotPlan, SessionsPlan, TermsPlan};
pub use error::StoryError;
pub use firm::{FirmPlan, ItemPlan, PersonPlan};
pub use hours::{HoursPlan, MovePlan, WindowPlan, Windows};

use protocol::census::Row;
use protocol::dialogue::Step;
use protocol::text::{Name, ShortText};
use protocol::vocabulary::{Instrument, Language};
use serde::Deserialize;
use sponsor::census::Counted;
use std::collections::{BTreeMap, BTreeSet};

/// A whole story, as in its file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    /// Its id, as in `--story` and in reports.
    pub name: String,
    /// What it is about, in a sentence.
    pub about: String,
    /// What belongs to it and is not played yet.
    #[serde(default)]
    pub not_yet: Vec<String>,
    /// What the network calls itself. Whether it is simulated or a demonstration is for the player to say.
    pub network: Name,
    /// Firms that have other business on the same market, by their ids among those that all stories share.
    #[serde(default)]
    pub neighbours: Vec<String>,
    /// Who convenes, beside the sponsors that neighbours bring along.
    #[serde(default, rename = "sponsor")]
    pub sponsors: Vec<SponsorPlan>,
    /// Who offers and needs.
    #[serde(rename = "firm")]
    pub firms: Vec<FirmPlan>,
    /// Who says yes to what, all deals together, as firm.person; nobody else does. Without it nobody is held to anything.
    #[serde(default)]
    pub decides: BTreeMap<String, BTreeSet<Step>>,
    /// Which deals shall come of it, and under which terms.
    #[serde(default, rename = "deal")]
    pub deals: Vec<DealPlan>,
}

/// `[[sponsor]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SponsorPlan {
    /// Its name in this file and in reports.
    pub id: String,
    /// What it calls itself; fictional.
    pub name: Name,
    /// The name of its market.
    pub market: Name,
    /// What it asks of members.
    pub purpose: ShortText,
    /// Languages of its market.
    pub languages: Vec<Language>,
    /// Forms of engagement it is for.
    pub instruments: Vec<Instrument>,
    /// What its staff counted in their region.
    #[serde(default)]
    pub census: Vec<Counted>,
}

impl SponsorPlan {
    /// What its staff counted, as it is published. Rows that do not hold together are refused when the story is read.
    pub fn rows(&self) -> Vec<Row> {
        sponsor::census::rows(&self.census).unwrap_or_default()
    }
}

/// The stories that come with this program, by name.
const STORIES: [(&str, &str); 6] = [
    ("annex", include_str!("../../stories/annex.toml")),
    ("idle-shift", include_str!("../../stories/idle-shift.toml")),
    ("ot-security", include_str!("../../stories/ot-security.toml")),
    ("plc-specialist", include_str!("../../stories/plc-specialist.toml")),
    ("press-line", include_str!("../../stories/press-line.toml")),
    ("quality-manager", include_str!("../../stories/quality-manager.toml")),
];

impl Story {
    /// Reads and checks a story.
    pub fn parse(text: &str) -> Result<Story, StoryError> {
        let mut story: Story = toml::from_str(text)?;
        story.invite_neighbours()?;
        story.check()?;
        Ok(story)
    }

    /// A story that comes with this program.
    pub fn named(name: &str) -> Result<Story, StoryError> {
        let found = STORIES.iter().find(|(of, _)| *of == name);
        let known = || STORIES.map(|(of, _)| of).join(", ");
        let (_, text) = found.ok_or_else(|| StoryError::Unknown { name: name.to_owned(), known: known() })?;
        Story::parse(text)
    }

    /// A firm by its id.
    pub fn firm(&self, id: &str) -> Option<&FirmPlan> {
        self.firms.iter().find(|firm| firm.id == id)
    }

    /// All parties by their ids: sponsors first, then firms, in the story's order.
    pub fn parties(&self) -> impl Iterator<Item = &str> {
        let sponsors = self.sponsors.iter().map(|sponsor| sponsor.id.as_str());
        sponsors.chain(self.firms.iter().map(|firm| firm.id.as_str()))
    }

    /// A party's place among all parties.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.parties().position(|name| name == id)
    }

    /// What shall come of deals about this item of this firm, in the story's order.
    pub fn deals_about(&self, firm: &str, item: &str) -> impl Iterator<Item = &DealPlan> {
        self.deals.iter().filter(move |deal| deal.is_about(firm, item))
    }

    /// An item by its path, as firm/item.
    pub fn item(&self, path: &str) -> Option<&ItemPlan> {
        let (firm, item) = path.split_once('/')?;
        self.firm(firm)?.items.iter().find(|plan| plan.id == item)
    }

    /// Whether every name stands for something, and something once.
    pub fn check(&self) -> Result<(), StoryError> {
        if self.sponsors.is_empty() || self.firms.is_empty() {
            return Err(StoryError::Nobody);
        }
        all_different("sponsor or firm", self.parties())?;
        for sponsor in &self.sponsors {
            if let Err(why) = sponsor::census::rows(&sponsor.census) {
                return Err(StoryError::Unfit { whose: format!("sponsor {:?}", sponsor.id), why: why.to_string() });
            }
        }
        for firm in &self.firms {
            firm.check()?;
            if !self.sponsors.iter().any(|sponsor| sponsor.id == firm.sponsor) {
                return Err(StoryError::NoSuchSponsor { firm: firm.id.clone(), sponsor: firm.sponsor.clone() });
            }
        }
        self.deals.iter().try_for_each(|deal| deal.check(self))?;
        all_different("planted text", self.firms.iter().flat_map(FirmPlan::planted))
    }
}

fn all_different<T: AsRef<str>>(what: &'static str, names: impl Iterator<Item = T>) -> Result<(), StoryError> {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name.as_ref().to_owned()) {
            return Err(StoryError::Twice { what, name: name.as_ref().to_owned() });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDLE_SHIFT: &str = include_str!("../../stories/idle-shift.toml");

    fn refusal(from: &str, to: &str) -> String {
        assert!(IDLE_SHIFT.contains(from), "{from:?} is not in the story");
        Story::parse(&IDLE_SHIFT.replacen(from, to, 1)).unwrap_err().to_string()
    }

    #[test]
    fn the_stories_that_come_with_the_program_are_whole() {
        for (name, _) in STORIES {
            assert_eq!(Story::named(name).unwrap().name, name);
        }
        assert!(Story::named("busy-shift").unwrap_err().to_string().contains("idle-shift"));
    }

    #[test]
    fn the_terms_of_the_idle_shift_add_up_to_11_400_dollars() {
        let story = Story::named("idle-shift").unwrap();
        let deal = story.deals_about("supplier", "second-shift").next().unwrap();
        let lines = deal.terms.lines();
        assert_eq!(protocol::terms::sum(&lines), Some(protocol::money::Money::cad(11_400)));
    }

    #[test]
    fn each_mistake_is_named() {
        assert!(refusal("legal_name", "legal_nome").contains("legal_nome"));
        assert!(refusal("tolerance_um", "tolerance_mm").contains("tolerance_mm"));
        assert!(refusal("sponsor = \"lakeshore\"", "sponsor = \"nobody\"").contains("\"nobody\""));
        assert!(refusal("id = \"buyer\"", "id = \"supplier\"").contains("twice"));
        assert!(refusal("need = \"buyer/mandrels\"", "need = \"buyer/fixtures\"").contains("buyer/fixtures"));
        assert!(refusal("roles = [\"approver\"]", "roles = [\"boss\"]").contains("boss"));
        assert!(refusal("weeks = { first = 2, last = 7 }", "weeks = { first = 7, last = 2 }").contains("weeks"));
    }
}
