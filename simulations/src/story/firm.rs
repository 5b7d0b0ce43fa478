//! One firm of a story: who it is, who works there, what it has and needs.

use super::hours::Windows;
use super::{StoryError, all_different};
use crate::script::Pace;
use calendar::shift::SiteHours;
use calendar::timetable::Timetable;
use firm::command::ContactCard;
use firm::policy::{Policy, Rule, Says, Scope};
use firm::profile::ItemDraft;
use firm::register::PersonId;
use protocol::dialogue::Step;
use protocol::facts::Weeks;
use protocol::text::{Name, ShortText};
use protocol::time::UnixMs;
use protocol::vocabulary::{Language, ResourceClass, Role};
use serde::Deserialize;
use serde::de::Error;
use written::policy::RulesText;

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
    /// Its policy, as `cosolvent policy set` reads it; without rules, that of a small shop.
    #[serde(default, rename = "rule")]
    pub rules: RulesText,
    /// Customers and whatever else no text of the firm may name.
    #[serde(default)]
    pub never_said: Vec<ShortText>,
    /// Its zone, shifts and holidays, as `cosolvent calendar site` reads them.
    pub hours: Option<SiteHours>,
    /// In which language its people read their pages.
    #[serde(default = "english")]
    pub reads: Language,
    /// Steps at which its people say no.
    #[serde(default)]
    pub decline: Vec<Step>,
    /// Firms to which it tells no name, by their legal names.
    #[serde(default)]
    pub exclude: Vec<Name>,
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

/// `[[firm.item]]`: an `id` and windows beside the fields of [`ItemDraft`], so that a story can say whatever a firm can enter.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "toml::Table")]
pub struct ItemPlan {
    /// Its name in this file.
    pub id: String,
    /// What the firm enters, its weeks counted from the one in which the story begins. Title and note are unique and never
    /// leave.
    pub entry: ItemDraft,
    /// When it is free; an item without windows is signed for unseen.
    pub windows: Windows,
}

fn english() -> Language {
    Language::English
}

fn prompt() -> Pace {
    Pace::Prompt
}

/// Any day will do to see whether what is counted from a story's first day holds together: this is 2027-03-01.
const SOME_DAY: UnixMs = UnixMs(1_803_859_200_000);

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
        let mut rules = self.rules.0.clone();
        if rules.is_empty() {
            rules = Policy::small_shop().rules;
        }
        let avoided = self.exclude.iter().cloned().map(Says::Exclude);
        rules.extend(avoided.map(|says| Rule { number: 0, scope: Scope::Everything, says }));
        Policy::default().followed_by(Policy { rules, never_said: self.never_said.clone(), ..Policy::default() })
    }

    /// The timetable of an item in a story that begins at `start`; `None` for one whose hours nobody keeps.
    pub fn timetable(&self, item: &ItemPlan, start: UnixMs) -> Option<Timetable> {
        item.windows.timetable(self.hours.as_ref(), start.week()).ok().flatten()
    }

    /// Coarse categories that it tells its sponsor at admission.
    pub fn classes(&self) -> Vec<ResourceClass> {
        let mut classes: Vec<ResourceClass> = self.items.iter().map(|item| item.entry.class).collect();
        classes.sort();
        classes.dedup();
        classes
    }

    /// The item with this private title.
    pub fn item_titled(&self, title: &Name) -> Option<&ItemPlan> {
        self.items.iter().find(|item| item.entry.title == *title)
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
        let titles = self.items.iter().map(|item| item.entry.title.as_str());
        people.chain(titles).chain(self.items.iter().filter_map(|item| item.entry.note.as_ref().map(ShortText::as_str)))
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
        self.policy().check(SOME_DAY.day(), |_| None).map_err(|why| unfit(why.to_string()))?;
        for item in &self.items {
            let (start, wrong) = (SOME_DAY, |why: String| unfit(format!("item {:?}: {why}", item.id)));
            item.draft(start).parse(start).map_err(|why| wrong(why.to_string()))?;
            let timetable = item.windows.timetable(self.hours.as_ref(), start.week()).map_err(wrong)?;
            timetable.unwrap_or_default().check().map_err(|why| wrong(why.to_string()))?;
        }
        Ok(())
    }
}

impl ItemPlan {
    /// The item as the firm enters it in a story that begins at `start`.
    pub fn draft(&self, start: UnixMs) -> ItemDraft {
        let Weeks { first, last } = self.entry.weeks;
        let [first, last] = [first, last].map(|week| start.week().plus(week.0));
        ItemDraft { weeks: Weeks { first, last }, ..self.entry.clone() }
    }
}

impl TryFrom<toml::Table> for ItemPlan {
    type Error = toml::de::Error;

    fn try_from(mut table: toml::Table) -> Result<ItemPlan, toml::de::Error> {
        let id = table.remove("id").ok_or_else(|| toml::de::Error::missing_field("id"))?.try_into()?;
        let mut windows = |name| table.remove(name).map_or(Ok(Vec::new()), toml::Value::try_into);
        let windows = Windows { open: windows("open")?, shut: windows("shut")? };
        Ok(ItemPlan { id, entry: table.try_into()?, windows })
    }
}
