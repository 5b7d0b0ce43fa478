//! The idle shift, every limit alone, and properties against an oracle that knows nothing of intervals.

use super::*;
use crate::profile::{ItemDraft, Mode};
use protocol::dialogue::{Brief, Entry, Field, Value};
use protocol::facts::{Facts, Side, Weeks};
use protocol::place::Point;
use protocol::text::Name;
use protocol::time::Week;
use protocol::vocabulary::{
    Credential, EnvelopeBand, HoursBand, Language, Material, Presence, Process, ResourceClass, ToleranceBand,
    TravelBand,
};
use std::{vec, vec::Vec};

mod properties;

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
        operator: true,
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
            (Field::Weeks, Verdict::Match),
            // 480 h over twelve weeks, six of them in common: 240 h for 41 to 80 h.
            (Field::Hours, Verdict::Exceeds),
            (Field::Materials, Verdict::Match),
            (Field::Tolerance, Verdict::Exceeds),
            (Field::Envelope, Verdict::Exceeds),
            (Field::Credentials, Verdict::Match),
            (Field::Operator, Verdict::Match),
            (Field::Presence, Verdict::Match),
            (Field::Languages, Verdict::Match),
        ]
    );
    assert_eq!((report.fit, report.certainty), (958, 958));
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
    let offers: [(Field, Change); 11] = [
        (Field::Class, |offer| offer.class = ResourceClass::Laboratory),
        (Field::Process, |offer| offer.process = Process::Turning),
        (Field::Area, |offer| offer.site = MONTREAL),
        (Field::Weeks, |offer| offer.weeks = Weeks { first: Week(2_978), last: Week(2_981) }),
        (Field::Hours, |offer| offer.hours = 40),
        (Field::Materials, |offer| offer.materials = vec![Material::Aluminium]),
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
            assert_eq!((report.fits, gaps(&report)), (false, vec![field]));
        }
    }
}

#[test]
fn a_machine_alone_does_not_answer_a_need_for_an_operator_and_an_operator_never_harms() {
    let alone = ItemDraft { class: ResourceClass::Machine, operator: false, ..idle_shift() };
    let report = against_facts(&alone, &advert(&mandrels()));
    assert_eq!((report.fits, gaps(&report)), (false, vec![Field::Operator]));
    let machine_only = ItemDraft { class: ResourceClass::Machine, operator: false, ..mandrels() };
    let report = against_facts(&idle_shift(), &advert(&machine_only));
    assert!(report.fits && verdicts(&report).contains(&(Field::Class, Verdict::Exceeds)));
}

#[test]
fn what_is_not_said_is_unknown_and_never_unfit() {
    let silent = Brief::default();
    let report = against_brief(&mandrels(), None, &silent);
    assert!(report.fits);
    assert!(report.requirements.iter().all(|line| line.verdict == Verdict::Unknown));
    assert_eq!((report.fit, report.certainty, report.requirements.len()), (0, 0, 12));
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
fn half_the_hours_are_worth_asking_and_less_is_a_gap() {
    let hours = |offered: u32| {
        let offer = ItemDraft { hours: offered, weeks: mandrels().weeks, ..idle_shift() };
        let report = against_brief(&mandrels(), None, &brief(&offer));
        report.requirements.into_iter().find(|line| line.field == Field::Hours).unwrap().verdict
    };
    let seen = [24, 25, 49, 50, 51].map(hours);
    assert_eq!(seen, [Verdict::Gap, Verdict::Partial, Verdict::Partial, Verdict::Match, Verdict::Exceeds]);
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
    assert_eq!(area(&far(None)), Verdict::Partial, "expertise may come by wire; ask");
    assert_eq!(area(&far(Some(Presence::OnSite))), Verdict::Gap);
}

#[test]
fn a_stronger_scheme_and_a_more_able_machine_exceed() {
    let modest = ItemDraft { process: Process::ThreeAxisMilling, credentials: vec![Credential::Iso9001], ..mandrels() };
    let seen = verdicts(&against_facts(&idle_shift(), &advert(&modest)));
    assert!(seen.contains(&(Field::Process, Verdict::Exceeds)));
    assert!(seen.contains(&(Field::Credentials, Verdict::Exceeds)));
}

#[test]
fn two_offers_have_nothing_to_say_to_each_other() {
    assert!(!against_facts(&idle_shift(), &advert(&idle_shift())).fits);
}
