//! The idle shift, every limit alone, and properties against an oracle that knows nothing of intervals.

use super::*;
use crate::profile::{ItemDraft, Mode};
use matching::vocabulary::Vocabulary;
use protocol::dialogue::{Brief, Entry, Field, Value};
use protocol::facts::{Facts, Side, Weeks};
use protocol::money::Money;
use protocol::place::Point;
use protocol::text::{Name, ShortText};
use protocol::time::{DAY_MS, UnixMs, Week};
use protocol::vocabulary::{
    Credential, EnvelopeBand, HoursBand, Language, Material, Presence, Process, ResourceClass, ToleranceBand,
    TravelBand, ValueBand,
};
use std::{vec, vec::Vec};

mod candidates;
mod probing;
mod properties;
mod stories;

/// The Monday of the first week of the idle shift.
const NOW: UnixMs = UnixMs(2_970 * 7 * DAY_MS - 3 * DAY_MS);

/// The words that every node knows.
fn plain() -> &'static Vocabulary {
    Vocabulary::shared()
}

fn against_facts(item: &ItemDraft, facts: &Facts) -> Report {
    judge(plain(), &Said::by_item(plain(), item), &Said::by_advert(plain(), facts), NOW)
}

fn against_brief(item: &ItemDraft, facts: Option<&Facts>, brief: &Brief) -> Report {
    let theirs = Said::by_brief(plain(), item.side.other(), facts, brief);
    judge(plain(), &Said::by_item(plain(), item), &theirs, NOW)
}

const HAMILTON: Point = Point { lat_udeg: 43_260_000, lon_udeg: -79_870_000 };
const KITCHENER: Point = Point { lat_udeg: 43_450_000, lon_udeg: -80_490_000 };
const MONTREAL: Point = Point { lat_udeg: 45_500_000, lon_udeg: -73_570_000 };

/// Two five-axis centres that stand idle on second shift.
fn idle_shift() -> ItemDraft {
    ItemDraft {
        side: Side::Offer,
        title: Name::new("Second shift").unwrap(),
        class: ResourceClass::MachineWithOperator,
        process: Process::FiveAxisMilling,
        materials: vec![Material::Titanium, Material::NickelAlloy, Material::Aluminium, Material::StainlessSteel],
        tolerance_um: Some(10),
        envelope_mm: Some(800),
        credentials: vec![Credential::As9100, Credential::Iso13485],
        site: HAMILTON,
        weeks: Weeks { first: Week(2_970), last: Week(2_981) },
        hours: 480,
        presence: Some(Presence::OnSite),
        travel_km: None,
        languages: vec![Language::English],
        conflict_classes: Vec::new(),
        operator: true,
        person: None,
        value: None,
        experience: None,
        mode: Mode::Silent,
        limit: None,
        note: None,
    }
}

/// Four titanium mandrels within six weeks.
fn mandrels() -> ItemDraft {
    ItemDraft {
        side: Side::Need,
        title: Name::new("Mandrels").unwrap(),
        materials: vec![Material::Titanium, Material::Aluminium],
        tolerance_um: Some(25),
        envelope_mm: Some(400),
        credentials: vec![Credential::As9100],
        site: KITCHENER,
        weeks: Weeks { first: Week(2_972), last: Week(2_977) },
        hours: 50,
        travel_km: Some(65),
        mode: Mode::Coarse,
        ..idle_shift()
    }
}

/// The item as its advert says it: in bands, and nothing that the item leaves open.
fn advert(item: &ItemDraft) -> Facts {
    let staffed = item.class == ResourceClass::Machine && item.operator;
    Facts {
        side: item.side,
        class: if staffed { ResourceClass::MachineWithOperator } else { item.class },
        process: item.process,
        materials: sorted(&item.materials),
        envelope: item.envelope_mm.map(EnvelopeBand::of_mm),
        tolerance: item.tolerance_um.map(ToleranceBand::of_um),
        credentials: sorted(&item.credentials),
        area: item.cell(),
        weeks: item.weeks,
        hours: HoursBand::of_hours(item.hours),
        presence: item.presence,
        travel: item.travel_km.map(TravelBand::of_km),
        languages: sorted(&item.languages),
        conflict_classes: Vec::new(),
        value: None,
        text: None,
    }
}

/// The item as a brief that tells every field exactly.
fn brief(item: &ItemDraft) -> Brief {
    let mut told = vec![
        (Field::Class, Value::Class(item.class)),
        (Field::Operator, Value::Flag(item.operator)),
        (Field::Process, Value::Process(item.process)),
        (Field::Area, Value::Area(item.cell().unwrap())),
        (Field::Weeks, Value::Weeks(item.weeks)),
        (Field::Hours, Value::Number(item.hours)),
        (Field::Materials, Value::Materials(sorted(&item.materials))),
        (Field::Credentials, Value::Credentials(sorted(&item.credentials))),
        (Field::Languages, Value::Languages(sorted(&item.languages))),
    ];
    told.extend(item.tolerance_um.map(|um| (Field::Tolerance, Value::Number(um))));
    told.extend(item.envelope_mm.map(|mm| (Field::Envelope, Value::Number(mm))));
    told.extend(item.presence.map(|presence| (Field::Presence, Value::Presence(presence))));
    told.extend(item.value.map(|band| (Field::Value, Value::Band(band))));
    told.extend(item.experience.clone().map(|text| (Field::Experience, Value::Text(text))));
    Brief::new(told.into_iter().map(|(field, value)| Entry { field, value }).collect())
}

fn sorted<T: Ord + Copy>(list: &[T]) -> Vec<T> {
    let mut list = list.to_vec();
    list.sort();
    list.dedup();
    list
}

fn verdicts(report: &Report) -> Vec<(Field, Verdict)> {
    report.requirements.iter().map(|line| (line.field, line.verdict)).collect()
}

fn gaps(report: &Report) -> Vec<Field> {
    report.requirements.iter().filter(|line| line.verdict == Verdict::Gap).map(|line| line.field).collect()
}

#[test]
fn the_silent_supplier_sees_that_the_buyers_advert_fits_and_what_to_ask() {
    let report = against_facts(&idle_shift(), &advert(&mandrels()));
    assert!(report.fits);
    assert_eq!(
        verdicts(&report),
        [
            (Field::Class, Verdict::Match),
            (Field::Process, Verdict::Match),
            // 54 km give or take both areas: within 51 to 100 km perhaps.
            (Field::Area, Verdict::Partial),
            (Field::Weeks, Verdict::Exceeds),
            // 480 h over twelve weeks, six of them in common: 240 h for 41 to 80 h.
            (Field::Hours, Verdict::Exceeds),
            (Field::Materials, Verdict::Match),
            (Field::Materials, Verdict::Match),
            (Field::Tolerance, Verdict::Exceeds),
            (Field::Envelope, Verdict::Exceeds),
            (Field::Credentials, Verdict::Match),
            (Field::Operator, Verdict::Match),
            (Field::Presence, Verdict::Match),
            (Field::Languages, Verdict::Match),
        ]
    );
    assert_eq!((report.band, report.certainty), (Band::Strong, 961));
}

#[test]
fn the_buyer_sees_from_the_suppliers_brief_alone_what_the_supplier_saw() {
    let buyer = against_brief(&mandrels(), None, &brief(&idle_shift()));
    let supplier = against_brief(&idle_shift(), Some(&advert(&mandrels())), &brief(&mandrels()));
    assert!(buyer.fits && supplier.fits);
    assert_eq!(verdicts(&buyer), verdicts(&supplier));
    let hours = buyer.requirements.iter().find(|line| line.field == Field::Hours).unwrap();
    assert_eq!(hours.needed, Shown::Exactly(Value::Number(50)));
    assert_eq!(hours.offered, Shown::Exactly(Value::Number(480)));
}

#[test]
fn each_limit_violated_alone_ends_the_match_and_is_the_only_gap() {
    type Change = fn(&mut ItemDraft);
    let offers: [(Field, Change); 10] = [
        (Field::Class, |offer| offer.class = ResourceClass::Training),
        (Field::Area, |offer| offer.site = MONTREAL),
        (Field::Weeks, |offer| offer.weeks = Weeks { first: Week(2_978), last: Week(2_981) }),
        // Five hours are a tenth of what is needed.
        (Field::Weeks, |offer| offer.hours = 4),
        (Field::Materials, |offer| offer.materials = vec![Material::Titanium]),
        (Field::Tolerance, |offer| offer.tolerance_um = Some(26)),
        (Field::Envelope, |offer| offer.envelope_mm = Some(399)),
        (Field::Credentials, |offer| offer.credentials = vec![Credential::Iso9001]),
        (Field::Presence, |offer| offer.presence = Some(Presence::Remote)),
        (Field::Languages, |offer| offer.languages = vec![Language::French]),
    ];
    for (field, change) in offers {
        let mut offer = idle_shift();
        change(&mut offer);
        let seen = [
            against_brief(&offer, Some(&advert(&mandrels())), &brief(&mandrels())),
            against_brief(&mandrels(), None, &brief(&offer)),
        ];
        for report in seen {
            assert_eq!((report.fits, gaps(&report), report.band), (false, vec![field], Band::No), "{report:?}");
        }
    }
}

#[test]
fn other_work_violates_no_limit_and_is_no_match() {
    let turning = ItemDraft { process: Process::Turning, ..idle_shift() };
    let report = against_facts(&turning, &advert(&mandrels()));
    assert_eq!((report.fits, report.is_match(), gaps(&report)), (true, false, vec![Field::Process]));
}

#[test]
fn a_limit_that_barely_fails_says_what_would_have_met_it() {
    let near = |offer: ItemDraft| {
        let report = against_brief(&mandrels(), None, &brief(&offer));
        report.requirements.into_iter().find(|line| line.verdict == Verdict::Gap).and_then(|line| line.near)
    };
    let late = Weeks { first: Week(2_979), last: Week(2_982) };
    assert_eq!(near(ItemDraft { weeks: late, ..idle_shift() }), Some(Near::Days(8)));
    assert_eq!(near(ItemDraft { tolerance_um: Some(30), ..idle_shift() }), Some(Near::Offered));
    assert!(matches!(near(ItemDraft { site: MONTREAL, ..idle_shift() }), Some(Near::Kilometres(300..500))));
    assert_eq!(near(ItemDraft { credentials: vec![Credential::Iso9001], ..idle_shift() }), None);
}

#[test]
fn what_can_be_used_of_a_window_grows_less_until_nothing_is_left() {
    let seen = |weeks: u64| {
        let (need, offer) = (Said::by_item(plain(), &mandrels()), Said::by_item(plain(), &idle_shift()));
        let report = judge(plain(), &need, &offer, NOW.plus(weeks * 7 * DAY_MS));
        (report.is_match(), report.requirements.into_iter().find(|line| line.field == Field::Weeks).unwrap().verdict)
    };
    assert_eq!([seen(0), seen(3), seen(8)].map(|(matched, _)| matched), [true, true, false]);
    assert_eq!(seen(8).1, Verdict::Gap);
}

#[test]
fn the_short_text_is_read_as_well_as_the_codes() {
    let text = |text: &str| ShortText::new(text).ok();
    let need = ItemDraft { experience: text("Mandrels in Ti-6Al-4V, 300 kN press to seat them."), ..mandrels() };
    let offer = ItemDraft { experience: text("Ti-6Al-4V daily on flight parts, 200 kN press."), ..idle_shift() };
    let report = against_brief(&need, None, &brief(&offer));
    let force = report.requirements.iter().find(|line| matches!(line.needed, Shown::Measured { .. })).unwrap();
    assert_eq!((force.verdict, force.near.clone()), (Verdict::Gap, Some(Near::Offered)));
    assert_eq!(force.offered, Shown::Measured { measure: "force-kn".into(), number: "200".into() });
    assert!(report.requirements.iter().any(|line| line.needed == Shown::Words(vec![Word::Plain("ti64".into())])));
    assert_eq!(Word::Plain("titanium".into()).label(Language::French), "titane");
}

#[test]
fn a_need_that_pays_less_than_the_floor_at_every_rate_of_its_bands_is_out_and_no_page_says_why() {
    let cheap = Facts { value: Some(ValueBand::Upto5k), ..advert(&mandrels()) };
    let floor = |cad| ItemDraft { limit: Some(Money::cad(cad)), ..idle_shift() };
    // At most 5,000 dollars for at least 41 hours: 121 dollars an hour. Rates count in steps of a quarter, from 100 to 125.
    assert!(against_facts(&floor(124), &cheap).fits);
    let report = against_facts(&floor(125), &cheap);
    assert_eq!((report.fits, report.is_match(), gaps(&report)), (false, false, vec![]));
    assert!(report.requirements.iter().all(|line| line.field != Field::Value));
    let mut unmet = Unmet::default();
    unmet.count(&report);
    assert_eq!(unmet.blocked, [Blocked { field: Field::Value, adverts: 1, alone: 1 }]);
}

/// Whoever tries every band of worth with every number of hours learns which band of rates the floor lies in, and no more.
#[test]
fn floors_within_one_band_answer_every_question_alike() {
    let answers = |floor: u64| {
        let own = Said::by_item(plain(), &ItemDraft { limit: Some(Money::cad(floor)), ..idle_shift() });
        let worth = [ValueBand::Upto2k, ValueBand::Upto5k, ValueBand::Upto10k, ValueBand::Upto25k, ValueBand::Upto100k];
        let asked = worth.into_iter().flat_map(|value| (1..400u32).step_by(3).map(move |hours| (value, hours)));
        let answer = |(value, hours): (ValueBand, u32)| {
            let need = ItemDraft { value: Some(value), hours, ..mandrels() };
            judge(plain(), &own, &Said::by_brief(plain(), Side::Need, None, &brief(&need)), NOW).fits
        };
        asked.map(answer).collect::<Vec<bool>>()
    };
    assert_eq!(answers(160), answers(220));
    assert_ne!(answers(160), answers(300));
}

#[test]
fn a_machine_alone_does_not_answer_a_need_for_an_operator_and_an_operator_never_harms() {
    let alone = ItemDraft { class: ResourceClass::Machine, operator: false, ..idle_shift() };
    let report = against_facts(&alone, &advert(&mandrels()));
    assert_eq!((report.fits, gaps(&report)), (false, vec![Field::Operator]));
    let machine_only = ItemDraft { class: ResourceClass::Machine, operator: false, ..mandrels() };
    assert!(against_facts(&idle_shift(), &advert(&machine_only)).is_match());
}

#[test]
fn what_is_not_said_is_unknown_and_never_unfit() {
    let silent = Brief::default();
    let report = against_brief(&mandrels(), None, &silent);
    assert!(report.fits);
    assert!(report.requirements.iter().all(|line| line.verdict == Verdict::Unknown));
    assert_eq!((report.is_match(), report.certainty, report.requirements.len()), (false, 0, 12));
    let full = brief(&idle_shift());
    for told in &full.0 {
        let rest = Brief(full.0.iter().filter(|entry| entry.field != told.field).cloned().collect());
        let report = against_brief(&mandrels(), None, &rest);
        assert!(report.fits, "fits without {}", told.field);
        assert!(
            report.certainty <= against_brief(&mandrels(), None, &full).certainty,
            "less certain without {}",
            told.field
        );
    }
}

#[test]
fn a_brief_says_more_than_the_advert_it_follows() {
    let vague = ItemDraft { tolerance_um: Some(12), ..idle_shift() };
    let facts = Facts { side: Side::Offer, ..advert(&vague) };
    let tight = ItemDraft { tolerance_um: Some(15), ..mandrels() };
    let tolerance = |report: Report| report.requirements.into_iter().find(|l| l.field == Field::Tolerance).unwrap();
    let before = tolerance(against_facts(&tight, &facts));
    assert_eq!((before.verdict, before.offered), (Verdict::Partial, Shown::Band("25um".into())));
    let told = Brief::new(vec![Entry { field: Field::Tolerance, value: Value::Number(12) }]);
    let after = tolerance(against_brief(&tight, Some(&facts), &told));
    assert_eq!((after.verdict, after.offered), (Verdict::Exceeds, Shown::Exactly(Value::Number(12))));
}

#[test]
fn some_of_the_hours_are_worth_asking_and_less_than_a_tenth_is_a_gap() {
    let hours = |offered: u32| {
        let offer = ItemDraft { hours: offered, weeks: mandrels().weeks, ..idle_shift() };
        let report = against_brief(&mandrels(), None, &brief(&offer));
        let line = report.requirements.into_iter().find(|line| line.field == Field::Hours).unwrap();
        (report.fits, line.verdict)
    };
    let seen = [4, 5, 49, 50].map(hours);
    let (partial, enough) = ((true, Verdict::Partial), (true, Verdict::Exceeds));
    assert_eq!(seen, [(false, Verdict::Partial), partial, partial, enough]);
}

#[test]
fn distance_matters_only_where_someone_has_to_be_there() {
    let far = |presence| ItemDraft {
        class: ResourceClass::Expertise,
        process: Process::PlcProgramming,
        site: MONTREAL,
        operator: false,
        presence,
        ..idle_shift()
    };
    let near = ItemDraft { site: KITCHENER, travel_km: Some(65), side: Side::Need, ..far(Some(Presence::Either)) };
    let area = |offer: &ItemDraft| {
        let report = against_brief(&near, None, &brief(offer));
        report.requirements.into_iter().find(|line| line.field == Field::Area).unwrap().verdict
    };
    assert_eq!(area(&far(Some(Presence::Remote))), Verdict::Match);
    assert_eq!(area(&far(None)), Verdict::Unknown, "expertise may come by wire; ask");
    assert_eq!(area(&far(Some(Presence::OnSite))), Verdict::Gap);
}

#[test]
fn a_stronger_scheme_and_a_more_able_machine_serve() {
    let modest = ItemDraft { process: Process::ThreeAxisMilling, credentials: vec![Credential::Iso9001], ..mandrels() };
    let seen = verdicts(&against_facts(&idle_shift(), &advert(&modest)));
    assert!(seen.contains(&(Field::Process, Verdict::Exceeds)));
    assert!(seen.contains(&(Field::Credentials, Verdict::Match)));
}

#[test]
fn two_offers_have_nothing_to_say_to_each_other() {
    assert!(!against_facts(&idle_shift(), &advert(&idle_shift())).fits);
}
