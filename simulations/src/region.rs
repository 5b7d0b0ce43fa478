//! A generated region: so many firms of southern Ontario, what they have and need, and people who decide promptly, slowly or
//! never.
//!
//! The result is a [`Story`] like any other, drawn from one seed: the same seed gives the same firms, sites and people. Who
//! matches whom is not planned; whatever the firms' own nodes find is played with one set of terms.

use crate::scenario::ScenarioError;
use crate::script::Pace;
use crate::seed::{RunSeed, draw};
use crate::story::{
    DealPlan, Ending, FirmPlan, ItemPlan, LinePlan, PersonPlan, SponsorPlan, Story, TermsPlan, Windows,
};
use firm::profile::{ItemDraft, Mode};
use machine::Chance;
use protocol::facts::{Side, Weeks};
use protocol::money::Money;
use protocol::place::Point;
use protocol::terms::{Choice, Content, Provision, Topic};
use protocol::text::{Name, ShortText, TermsText};
use protocol::time::Week;
use protocol::vocabulary::{
    Credential, Instrument, Language, Material, OutcomeCode, Presence, Process, ResourceClass, Role,
};
use serde::Deserialize;
use std::collections::BTreeMap;
use written::{ProvisionsText, policy::RulesText};

/// `[region]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionPlan {
    /// How many firms, 2 to 5,000.
    pub firms: u32,
    /// How many sponsors admit them, 1 to 16.
    #[serde(default = "two")]
    pub sponsors: u32,
    /// The most resources and needs of one firm, 1 to 8.
    #[serde(default = "three")]
    pub items_max: u32,
    /// Of 100 people, how many are slow.
    #[serde(default = "twenty")]
    pub slow_percent: u32,
    /// Of 100 people, how many never decide.
    #[serde(default = "ten")]
    pub absent_percent: u32,
}

fn two() -> u32 {
    2
}

fn three() -> u32 {
    3
}

fn ten() -> u32 {
    10
}

fn twenty() -> u32 {
    20
}

/// Towns, with latitude and longitude in microdegrees; a site lies within about 8 km of one.
const TOWNS: [(i32, i32); 16] = [
    (43_260_000, -79_870_000),
    (43_450_000, -80_490_000),
    (43_360_000, -80_310_000),
    (43_550_000, -80_250_000),
    (43_140_000, -80_260_000),
    (43_590_000, -79_650_000),
    (43_730_000, -79_760_000),
    (43_650_000, -79_380_000),
    (43_900_000, -78_860_000),
    (43_370_000, -80_980_000),
    (42_980_000, -81_250_000),
    (42_310_000, -83_040_000),
    (43_160_000, -79_240_000),
    (44_390_000, -79_690_000),
    (44_310_000, -78_320_000),
    (42_770_000, -81_180_000),
];

/// What is done in the region: class, process, and materials to choose from.
const TRADES: [(ResourceClass, Process, &[Material]); 20] = [
    (ResourceClass::MachineWithOperator, Process::FiveAxisMilling, &[Material::Titanium, Material::Aluminium]),
    (ResourceClass::MachineWithOperator, Process::ThreeAxisMilling, &[Material::Aluminium, Material::CarbonSteel]),
    (ResourceClass::MachineWithOperator, Process::Turning, &[Material::CarbonSteel, Material::StainlessSteel]),
    (ResourceClass::MachineWithOperator, Process::Grinding, &[Material::ToolSteel, Material::CarbonSteel]),
    (ResourceClass::MachineWithOperator, Process::WireErosion, &[Material::ToolSteel, Material::NickelAlloy]),
    (ResourceClass::MachineWithOperator, Process::Stamping, &[Material::CarbonSteel, Material::Copper]),
    (ResourceClass::MachineWithOperator, Process::LaserCutting, &[Material::CarbonSteel, Material::StainlessSteel]),
    (ResourceClass::MachineWithOperator, Process::SheetBending, &[Material::StainlessSteel, Material::Aluminium]),
    (ResourceClass::MachineWithOperator, Process::Welding, &[Material::CarbonSteel, Material::StainlessSteel]),
    (ResourceClass::MachineWithOperator, Process::Casting, &[Material::CastIron, Material::Aluminium]),
    (ResourceClass::MachineWithOperator, Process::InjectionMoulding, &[Material::Polymer, Material::Composite]),
    (ResourceClass::MachineWithOperator, Process::HeatTreatment, &[Material::ToolSteel, Material::CarbonSteel]),
    (ResourceClass::MachineWithOperator, Process::Plating, &[Material::Copper, Material::CarbonSteel]),
    (ResourceClass::Laboratory, Process::DimensionalInspection, &[]),
    (ResourceClass::Laboratory, Process::TensileTest, &[Material::CarbonSteel]),
    (ResourceClass::Laboratory, Process::NonDestructiveTest, &[Material::Titanium, Material::CastIron]),
    (ResourceClass::Expertise, Process::ProcessTroubleshooting, &[Material::Titanium, Material::ToolSteel]),
    (ResourceClass::Expertise, Process::QualitySystems, &[]),
    (ResourceClass::Expertise, Process::PlcProgramming, &[]),
    (ResourceClass::Space, Process::FloorSpace, &[]),
];

impl RegionPlan {
    pub(crate) fn check(&self) -> Result<(), ScenarioError> {
        let within = |key, value: u32, low: u32, high: u32, range| {
            let value_text = value.to_string();
            let refused = ScenarioError::Range { key, value: value_text, range };
            if (low..=high).contains(&value) { Ok(()) } else { Err(refused) }
        };
        within("firms", self.firms, 2, 5_000, "2 to 5,000")?;
        within("sponsors", self.sponsors, 1, 16, "1 to 16")?;
        within("items_max", self.items_max, 1, 8, "1 to 8")?;
        within("slow_percent and absent_percent", self.slow_percent + self.absent_percent, 0, 100, "together 0 to 100")
    }

    /// The story of this region for one seed.
    pub fn story(&self, seed: RunSeed) -> Story {
        let sponsors: Vec<SponsorPlan> = (0..self.sponsors).map(sponsor).collect();
        let firms = (0..self.firms).map(|number| self.firm(seed, number, &sponsors)).collect();
        Story {
            name: "region".to_owned(),
            about: format!("{} generated firms of southern Ontario", self.firms),
            network: name("Generated region"),
            not_yet: Vec::new(),
            neighbours: Vec::new(),
            sponsors,
            firms,
            decides: BTreeMap::new(),
            deals: vec![any_deal()],
        }
    }

    fn firm(&self, seed: RunSeed, number: u32, sponsors: &[SponsorPlan]) -> FirmPlan {
        let mut chance = seed.chance("region firm", &[u64::from(number)]);
        let sponsor = &sponsors[pick(&mut chance, sponsors.len())];
        let (lat, lon) = TOWNS[pick(&mut chance, TOWNS.len())];
        let mut near = |at: i32| at + draw(&mut chance, 0, 140_000) as i32 - 70_000;
        let site = Point { lat_udeg: near(lat), lon_udeg: near(lon) };
        let items = draw(&mut chance, 1, self.items_max.into());
        FirmPlan {
            id: format!("firm-{number:04}"),
            sponsor: sponsor.id.clone(),
            legal_name: name(&format!("Generated Works {number:04} Ltd.")),
            street: short(&format!("{number:04} Invented Street")),
            mail: short(&format!("office@works-{number:04}.example")),
            phone: short(&format!("+1 555 555 {number:04}")),
            contact: short(&format!("Reception of works {number:04}")),
            people: vec![
                self.person(&mut chance, number, "owner", &[Role::Owner, Role::Approver, Role::Signer]),
                self.person(&mut chance, number, "expert", &[Role::Planner, Role::Expert]),
            ],
            items: (0..items).map(|item| item_of(&mut chance, number, item, site)).collect(),
            rules: RulesText::default(),
            never_said: Vec::new(),
            hours: None,
            reads: Language::English,
            decline: Vec::new(),
            exclude: Vec::new(),
        }
    }

    fn person(&self, chance: &mut Chance, firm: u32, id: &str, roles: &[Role]) -> PersonPlan {
        let luck = draw(chance, 0, 99) as u32;
        let pace = match luck {
            _ if luck < self.absent_percent => Pace::Absent,
            _ if luck < self.absent_percent + self.slow_percent => Pace::Slow,
            _ => Pace::Prompt,
        };
        // INVARIANT: both ids in this file are lower-case words.
        let id = id.parse().expect("a lower-case word is a person's short name");
        PersonPlan { name: name(&format!("Person {firm:04} {id}")), id, roles: roles.to_vec(), pace }
    }
}

fn item_of(chance: &mut Chance, firm: u32, number: u64, site: Point) -> ItemPlan {
    let (class, process, materials) = TRADES[pick(chance, TRADES.len())];
    // Idle capacity is plenty; a need of the very week is rarer.
    let side = if draw(chance, 0, 9) < 8 { Side::Offer } else { Side::Need };
    let first = Week(draw(chance, 0, 2) as u32);
    let offers = side == Side::Offer;
    let hours = if offers { draw(chance, 20, 200) } else { draw(chance, 4, 60) } as u32;
    let machining = class == ResourceClass::MachineWithOperator;
    let tolerance = [10, 25, 50, 100][pick(chance, 4)];
    let mode = match (draw(chance, 0, 9), offers) {
        (0..=2, true) | (0..=3, false) => Mode::Silent,
        (3..=7, true) | (4..=9, false) => Mode::Coarse,
        _ => Mode::Open,
    };
    let entry = ItemDraft {
        side,
        title: name(&format!("Private title {firm:04}-{number}")),
        class,
        process,
        materials: if offers { materials.to_vec() } else { materials.iter().take(1).copied().collect() },
        tolerance_um: machining.then_some(tolerance),
        envelope_mm: machining.then(|| draw(chance, 100, 1_200) as u32),
        credentials: if draw(chance, 0, 3) == 0 { vec![Credential::Iso9001] } else { Vec::new() },
        site,
        weeks: Weeks { first, last: first.plus(draw(chance, 1, 6) as u32) },
        hours,
        presence: (class == ResourceClass::Expertise).then_some(Presence::Either),
        travel_km: (!offers).then(|| draw(chance, 20, 90) as u32),
        languages: vec![Language::English],
        conflict_classes: Vec::new(),
        operator: machining,
        person: None,
        value: None,
        experience: None,
        mode,
        limit: Some(Money::cad(draw(chance, 80, 280))),
        note: Some(short(&format!("Private note {firm:04}-{number}"))),
    };
    ItemPlan { id: format!("item-{number}"), entry, windows: Windows::default() }
}

fn sponsor(number: u32) -> SponsorPlan {
    SponsorPlan {
        id: format!("sponsor-{number:02}"),
        name: name(&format!("Generated Association {number:02}")),
        market: name(&format!("Generated market {number:02}")),
        purpose: short("Idle capacity of a generated region finds work."),
        languages: vec![Language::English],
        instruments: vec![Instrument::CapacityRental],
        census: Vec::new(),
    }
}

/// What comes of whatever matches: ten hours, reported after a day.
fn any_deal() -> DealPlan {
    let text = |text: &str| TermsText::new(text);
    // INVARIANT: both texts stand here and are short.
    let (what, clause) = (text("Work as described"), text("Each side keeps what it learns to itself."));
    let lines = what.map(|what| LinePlan { what, hours: 10, hourly_cad: 180, lot: None }).into_iter().collect();
    let clauses = clause.into_iter().collect();
    let (instrument, provisions) = (Instrument::CapacityRental, ordinary());
    let terms = TermsPlan { instrument, lines, days: [1, 30], clauses, provisions, fulfilments: Vec::new() };
    let (outcome, ends) = (OutcomeCode::Completed, Ending::Completed);
    DealPlan {
        offer: None,
        need: None,
        terms,
        work_days: 1,
        sessions: None,
        outcome,
        asks: Vec::new(),
        hours: None,
        ends,
        learns: Vec::new(),
    }
}

/// An answer to every topic that the built-in pack requires of a rental of capacity.
fn ordinary() -> ProvisionsText {
    let answers = [
        (Topic::IntellectualProperty, Content::Choice(Choice::NeedingSide)),
        (Topic::Confidentiality, Content::Number(24)),
        (Topic::LiabilityCap, Content::Choice(Choice::Price)),
        (Topic::Insurance, Content::Choice(Choice::Shown)),
        (Topic::Scrap, Content::Choice(Choice::OfferingSide)),
        (Topic::SuppliesMaterial, Content::Choice(Choice::NeedingSide)),
        (Topic::SuppliesTooling, Content::Choice(Choice::OfferingSide)),
        (Topic::SuppliesPrograms, Content::Choice(Choice::OfferingSide)),
        (Topic::Operator, Content::Choice(Choice::OfferingSide)),
        (Topic::Quality, Content::Choice(Choice::Drawing)),
        (Topic::FinalInspection, Content::Choice(Choice::NeedingSide)),
        (Topic::Taxes, Content::Choice(Choice::Added)),
        (Topic::GoverningLaw, Content::Choice(Choice::Ontario)),
        (Topic::RecordLanguage, Content::Choice(Choice::English)),
        (Topic::PaymentDays, Content::Number(30)),
        (Topic::CancelNotice, Content::Number(48)),
    ];
    ProvisionsText(answers.map(|(topic, content)| Provision { topic, content }).to_vec())
}

fn pick(chance: &mut Chance, count: usize) -> usize {
    draw(chance, 0, count.saturating_sub(1) as u64) as usize
}

fn name(text: &str) -> Name {
    // INVARIANT: every text in this file is short and plain.
    Name::new(text).expect("a generated name is short and plain")
}

fn short(text: &str) -> ShortText {
    // INVARIANT: every text in this file is short and plain.
    ShortText::new(text).expect("a generated text is short and plain")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_a_whole_story_and_its_seed_decides_it() {
        let plan = RegionPlan { firms: 40, sponsors: 2, items_max: 3, slow_percent: 20, absent_percent: 10 };
        let one = plan.story(RunSeed(1));
        one.check().unwrap();
        let text = |story: &Story| format!("{story:?}");
        assert_eq!(text(&one), text(&plan.story(RunSeed(1))));
        assert_ne!(text(&one), text(&plan.story(RunSeed(2))));
        let all = |wanted: Pace| one.firms.iter().flat_map(|firm| &firm.people).any(|person| person.pace == wanted);
        assert!(all(Pace::Prompt) && all(Pace::Slow) && all(Pace::Absent));
    }
}
