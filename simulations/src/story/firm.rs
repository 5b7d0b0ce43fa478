//! One firm of a story: who it is, who works there, what it has and needs.

use super::{StoryError, all_different};
use crate::script::Pace;
use firm::command::ContactCard;
use firm::policy::{Permission, Policy, Rule, Scope};
use firm::profile::{ItemDraft, Mode};
use firm::register::PersonId;
use protocol::dialogue::Step;
use protocol::facts::{Side, Weeks};
use protocol::money::Money;
use protocol::place::Point;
use protocol::text::{Name, ShortText};
use protocol::time::UnixMs;
use protocol::vocabulary::{Credential, Language, Material, Presence, Process, ResourceClass, Role, ValueBand};
use serde::Deserialize;

/// `[[firm]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirmPlan {
    /// Its name in this file and in reports.
    pub id: String,
    /// Which sponsor admits it.
    pub sponsor: String,
    /// Legal name; fictional and unique.
    pub legal_name: Name,
    /// Street address; unique.
    pub street: ShortText,
    /// Mail address; unique.
    pub mail: ShortText,
    /// Telephone; unique.
    pub phone: ShortText,
    /// The person to talk to after the reveal; unique.
    pub contact: ShortText,
    /// Its people.
    #[serde(rename = "person")]
    pub people: Vec<PersonPlan>,
    /// What it has and needs.
    #[serde(default, rename = "item")]
    pub items: Vec<ItemPlan>,
    /// Its policy; without rules, that of a small shop.
    #[serde(default, rename = "rule")]
    pub rules: Vec<RulePlan>,
    /// Steps at which its people say no.
    #[serde(default)]
    pub decline: Vec<Step>,
}

/// `[[firm.person]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonPlan {
    /// Short name within the firm, for example `operations`.
    pub id: PersonId,
    /// Name; unique.
    pub name: Name,
    /// What the person may act as.
    pub roles: Vec<Role>,
    /// How fast the person decides.
    #[serde(default = "prompt")]
    pub pace: Pace,
}

/// `[[firm.rule]]`: who may decide; nobody is a no.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulePlan {
    /// At which step; absent is any.
    pub step: Option<Step>,
    /// For which class; absent is any.
    pub class: Option<ResourceClass>,
    /// Roles that may decide.
    pub ask: Vec<Role>,
}

/// `[[firm.item]]`: a resource or need, with the fields of [`ItemDraft`].
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemPlan {
    /// Its name in this file.
    pub id: String,
    /// Offer or need.
    pub side: Side,
    /// What the firm calls it; unique, never leaves.
    pub title: Name,
    /// What kind of thing.
    pub class: ResourceClass,
    /// Process, service or skill.
    pub process: Process,
    /// Materials.
    #[serde(default)]
    pub materials: Vec<Material>,
    /// ± micrometres.
    pub tolerance_um: Option<u32>,
    /// Longest side in millimetres.
    pub envelope_mm: Option<u32>,
    /// Credentials.
    #[serde(default)]
    pub credentials: Vec<Credential>,
    /// Where it stands: latitude and longitude in microdegrees.
    pub site: Point,
    /// First and last week, counted from the week in which the story begins.
    pub weeks: [u32; 2],
    /// Hours within those weeks.
    pub hours: u32,
    /// Where the work can be done.
    pub presence: Option<Presence>,
    /// How far this side travels, in kilometres.
    pub travel_km: Option<u32>,
    /// Languages of the work.
    #[serde(default)]
    pub languages: Vec<Language>,
    /// Whether an operator comes with it.
    #[serde(default)]
    pub operator: bool,
    /// A band of worth that may be told.
    pub value: Option<ValueBand>,
    /// Two sentences that may be told to a matched party.
    pub experience: Option<ShortText>,
    /// How loudly it is advertised.
    pub mode: Mode,
    /// Least (offer) or most (need) for an hour, in whole Canadian dollars; never leaves.
    pub limit_cad: Option<u64>,
    /// Why, for whom, what for; unique, never leaves.
    pub note: Option<ShortText>,
}

fn prompt() -> Pace {
    Pace::Prompt
}

impl FirmPlan {
    /// How to reach the firm after a reveal.
    pub fn contact_card(&self) -> ContactCard {
        ContactCard {
            street: self.street.clone(),
            mail: self.mail.clone(),
            phone: self.phone.clone(),
            person: self.contact.clone(),
        }
    }

    /// The rules that it puts into force.
    pub fn policy(&self) -> Policy {
        if self.rules.is_empty() {
            return Policy::small_shop();
        }
        let rule = |(number, plan): (u32, &RulePlan)| Rule {
            number,
            scope: plan.class.map_or(Scope::Everything, Scope::Class),
            step: plan.step,
            permission: if plan.ask.is_empty() { Permission::Deny } else { Permission::Ask(plan.ask.clone()) },
        };
        Policy { version: 0, rules: (1..).zip(&self.rules).map(rule).collect(), never_said: Vec::new() }
    }

    /// Coarse categories that it tells its sponsor at admission.
    pub fn classes(&self) -> Vec<ResourceClass> {
        let mut classes: Vec<ResourceClass> = self.items.iter().map(|item| item.class).collect();
        classes.sort();
        classes.dedup();
        classes
    }

    /// The item with this private title.
    pub fn item_titled(&self, title: &Name) -> Option<&ItemPlan> {
        self.items.iter().find(|item| item.title == *title)
    }

    /// Every text that must not turn up elsewhere by chance.
    pub(super) fn planted(&self) -> impl Iterator<Item = &str> {
        let texts = self.revealed().into_iter().chain([self.legal_name.as_str()]);
        texts.chain(self.never_told())
    }

    /// Texts that a reveal tells.
    pub(crate) fn revealed(&self) -> [&str; 4] {
        [&self.street, &self.mail, &self.phone, &self.contact].map(ShortText::as_str)
    }

    /// Texts that never leave: names of people, private titles and notes.
    pub(crate) fn never_told(&self) -> impl Iterator<Item = &str> {
        let people = self.people.iter().map(|person| person.name.as_str());
        let titles = self.items.iter().map(|item| item.title.as_str());
        people.chain(titles).chain(self.items.iter().filter_map(|item| item.note.as_ref().map(ShortText::as_str)))
    }

    pub(super) fn check(&self) -> Result<(), StoryError> {
        let unfit = |why: String| StoryError::Unfit { whose: format!("firm {:?}", self.id), why };
        all_different("person of one firm", self.people.iter().map(|person| person.id.as_str()))?;
        all_different("item of one firm", self.items.iter().map(|item| &item.id))?;
        if self.people.is_empty() {
            return Err(unfit("it has nobody; give it at least one [[firm.person]]".to_owned()));
        }
        if let Some(short) = self.planted().find(|text| text.len() < crate::canary::BYTES_MIN) {
            return Err(StoryError::Short { firm: self.id.clone(), text: short.to_owned() });
        }
        for item in &self.items {
            let start = UnixMs(0);
            if let Err(why) = item.draft(start).parse(start) {
                return Err(unfit(format!("item {:?}: {why}", item.id)));
            }
        }
        Ok(())
    }
}

impl ItemPlan {
    /// The item as the firm enters it in a story that begins at `start`.
    pub fn draft(&self, start: UnixMs) -> ItemDraft {
        let [first, last] = self.weeks.map(|week| start.week().plus(week));
        ItemDraft {
            side: self.side,
            title: self.title.clone(),
            class: self.class,
            process: self.process,
            materials: self.materials.clone(),
            tolerance_um: self.tolerance_um,
            envelope_mm: self.envelope_mm,
            credentials: self.credentials.clone(),
            site: self.site,
            weeks: Weeks { first, last },
            hours: self.hours,
            presence: self.presence,
            travel_km: self.travel_km,
            languages: self.languages.clone(),
            operator: self.operator,
            value: self.value,
            experience: self.experience.clone(),
            mode: self.mode,
            limit: self.limit_cad.map(Money::cad),
            note: self.note.clone(),
        }
    }
}
