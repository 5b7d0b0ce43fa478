//! What the stories of the project offer and need, in their own words, as far as the codes of an item can say it.
//!
//! S1 stands above, in the tests of every limit. Not said by the codes of an item, and so not here: caps per week and shifts, a split
//! and avoided firms (S3, S4, S6: the calendar and the policy say these), revolutions, tools and evidence of a machine for sale as
//! fields (S7: the text alone says them), hours of one night (S10: windows are weeks), square metres as a field (S14: the text
//! says them).

use super::*;
use std::borrow::ToOwned;
use std::string::String;

const WINDSOR: Point = Point { lat_udeg: 42_310_000, lon_udeg: -83_040_000 };

fn said(side: Side, class: ResourceClass, process: Process, text: &str) -> ItemDraft {
    ItemDraft {
        side,
        class,
        process,
        materials: vec![],
        tolerance_um: None,
        envelope_mm: None,
        credentials: vec![],
        presence: None,
        languages: vec![],
        conflict_classes: vec![],
        operator: false,
        person: None,
        weeks: Weeks { first: Week(2_970), last: Week(2_979) },
        hours: 40,
        travel_km: (side == Side::Need).then_some(120),
        experience: Some(ShortText::new(text).unwrap()),
        ..idle_shift()
    }
}

/// What both sides come to: from the advert in bands, and from the brief.
fn both(offer: &ItemDraft, need: &ItemDraft) -> [Report; 2] {
    [against_facts(offer, &advert(need)), against_brief(need, None, &brief(offer))]
}

fn meet(offer: &ItemDraft, need: &ItemDraft) {
    for report in both(offer, need) {
        assert!(report.is_match(), "{report:#?}");
    }
}

fn part(offer: &ItemDraft, need: &ItemDraft) {
    for report in both(offer, need) {
        assert!(!report.is_match(), "{report:#?}");
    }
}

/// S2: micro-chatter on bored titanium housings meets a retired process engineer, not a quality auditor.
#[test]
fn chatter() {
    let (class, process) = (ResourceClass::Expertise, Process::ProcessTroubleshooting);
    let need = ItemDraft {
        hours: 4,
        materials: vec![Material::Titanium],
        presence: Some(Presence::Either),
        ..said(Side::Need, class, process, "Micro-chatter on bored Ti-6Al-4V housings since the insert was changed.")
    };
    let retired = ItemDraft {
        materials: vec![Material::Titanium],
        presence: Some(Presence::Either),
        ..said(Side::Offer, class, process, "Retired process engineer, twenty years of titanium; spindle resonance.")
    };
    meet(&retired, &need);
    let told = reasons(&against_brief(&need, None, &brief(&retired)), Language::English);
    assert!(told.iter().any(|word| word == "ti-6al-4v" || word == "titanium"), "{told:?}");
    // By the hour is how such a person comes.
    meet(&ItemDraft { class: ResourceClass::PersonHours, ..retired.clone() }, &need);
    part(&said(Side::Offer, class, Process::QualitySystems, "Lead auditor, documents and audits."), &need);
    part(&ItemDraft { class: ResourceClass::Space, ..retired }, &need);
}

/// S3: a registered lead auditor is no firm's certificate, and the other way round.
#[test]
fn quality_manager() {
    let (class, process) = (ResourceClass::Expertise, Process::QualitySystems);
    let need = ItemDraft {
        hours: 24,
        credentials: vec![Credential::Iatf16949LeadAuditor],
        ..said(Side::Need, class, process, "Quality guidance towards IATF 16949, three hours a week for eight weeks.")
    };
    let auditor = ItemDraft {
        hours: 48,
        credentials: vec![Credential::Iatf16949LeadAuditor],
        ..said(Side::Offer, class, process, "IATF 16949 lead auditor, six hours a week at most.")
    };
    meet(&auditor, &need);
    part(&ItemDraft { credentials: vec![Credential::Iatf16949], ..auditor }, &need);
}

/// S4: a PLC specialist works from afar, so that distance does not matter; who comes to the place is another offer.
#[test]
fn plc_specialist() {
    let (class, process) = (ResourceClass::Expertise, Process::PlcProgramming);
    let need = ItemDraft {
        hours: 4,
        presence: Some(Presence::Remote),
        ..said(Side::Need, class, process, "Controls retrofit of a transfer machine, ladder logic.")
    };
    let specialist = ItemDraft {
        site: MONTREAL,
        presence: Some(Presence::Remote),
        ..said(Side::Offer, class, process, "PLC specialist, four hours a week.")
    };
    meet(&specialist, &need);
    part(&ItemDraft { presence: Some(Presence::OnSite), ..specialist }, &need);
}

/// S5: the metrologist in Windsor programs a measuring machine from there.
#[test]
fn metrologist() {
    let process = Process::MeasuringProgramming;
    let need = ItemDraft {
        presence: Some(Presence::Remote),
        ..said(Side::Need, ResourceClass::Expertise, process, "Our CMM needs programs for moulded parts.")
    };
    let person = ItemDraft {
        site: WINDSOR,
        presence: Some(Presence::Either),
        ..said(Side::Offer, ResourceClass::PersonHours, process, "Semi-retired metrologist, offline CMM programming.")
    };
    meet(&person, &need);
    part(&said(Side::Offer, ResourceClass::Training, Process::Welding, "Welding course, evenings."), &need);
}

/// S6: blanks of steel on a press line; a need in French finds it all the same.
#[test]
fn press_line() {
    let (class, process) = (ResourceClass::MachineWithOperator, Process::Stamping);
    let pressed = |side, text| ItemDraft {
        materials: vec![Material::CarbonSteel],
        operator: true,
        hours: 180,
        ..said(side, class, process, text)
    };
    let line = pressed(Side::Offer, "Second-shift press line, steel blanks.");
    meet(&line, &pressed(Side::Need, "Steel blanks, three shifts a week for ten weeks."));
    meet(&line, &pressed(Side::Need, "Flans d’acier découpés à la presse, dix semaines."));
    let offer = pressed(Side::Offer, "Second-shift press line, blanks.");
    let aluminium = ItemDraft { materials: vec![Material::Aluminium], ..offer };
    part(&aluminium, &pressed(Side::Need, "Steel blanks for ten weeks."));
}

/// S7: a machine for sale is told parameter by parameter: more than was asked, not said, and a gap with what would have done.
#[test]
fn used_machine() {
    // MAT-2
    let (class, process) = (ResourceClass::UsedEquipment, Process::FiveAxisMilling);
    let need = ItemDraft {
        envelope_mm: Some(650),
        tolerance_um: Some(20),
        travel_km: None,
        ..said(
            Side::Need,
            class,
            process,
            "Used five-axis mill wanted, 20,000 rpm and 30 tools at least, service history.",
        )
    };
    let machine = ItemDraft {
        envelope_mm: Some(730),
        ..said(
            Side::Offer,
            class,
            process,
            "Five-axis mill for sale, 30,000 rpm, 40 tools, six years; ballbar test on file.",
        )
    };
    let told = |offer: &ItemDraft| {
        let report = against_brief(&need, None, &brief(offer));
        let line = |field| {
            report.requirements.iter().find(|line| line.field == field).map(|line| (line.verdict, line.near.clone()))
        };
        (report.fits, line(Field::Envelope), line(Field::Tolerance))
    };
    // A ballbar test is evidence and no proof of what a part will measure.
    assert_eq!(told(&machine), (true, Some((Verdict::Exceeds, None)), Some((Verdict::Unknown, None))));
    let small = ItemDraft { envelope_mm: Some(600), tolerance_um: Some(10), ..machine };
    let near = Some((Verdict::Gap, Some(Near::Offered)));
    assert_eq!(
        told(&small),
        (false, near, Some((Verdict::Exceeds, None))),
        "and exceeding one does not make good another"
    );
}

/// What a person reads as the reasons of a report: the words that meet, and what is asked where it is met.
fn reasons(report: &Report, language: Language) -> Vec<String> {
    let met = |line: &&Requirement| matches!(line.verdict, Verdict::Match | Verdict::Exceeds);
    let asked = report.requirements.iter().filter(met).flat_map(|line| match &line.needed {
        Shown::Words(words) => words.iter().map(|word| word.label(language).to_owned()).collect(),
        Shown::Measured { measure, number } => vec![std::format!("{measure} {number}")],
        _ => vec![],
    });
    let alike =
        report.words.iter().filter(|alike| alike.points > 0).map(|alike| alike.needed.label(language).to_owned());
    asked.chain(alike).collect()
}

/// S9: knowledge of plant networks that shows in work done and in no title, in French.
#[test]
fn ot_security() {
    let process = Process::OtSecurity;
    let french =
        |side, class, text| ItemDraft { languages: vec![Language::French], ..said(side, class, process, text) };
    let need = ItemDraft {
        hours: 50,
        presence: Some(Presence::Either),
        ..french(
            Side::Need,
            ResourceClass::Expertise,
            "Autoévaluation IEC 62443 dans six mois, automates et réseau d’usine.",
        )
    };
    let supervisor = ItemDraft {
        presence: Some(Presence::Either),
        ..french(
            Side::Offer,
            ResourceClass::PersonHours,
            "Cybersécurité d’usine : j’ai segmenté notre réseau et fait l’autoévaluation IEC 62443.",
        )
    };
    meet(&supervisor, &need);
    let told = reasons(&against_brief(&need, None, &brief(&supervisor)), Language::French);
    assert!(told.iter().any(|word| word.contains("62443")), "{told:?}");
    part(&ItemDraft { languages: vec![Language::English], ..supervisor.clone() }, &need);
    part(&ItemDraft { process: Process::QualitySystems, experience: None, ..supervisor }, &need);
}

/// S10: five hours on a machine that stands idle this week; when the week is over they are gone.
#[test]
fn perishable_window() {
    let this_week = Weeks { first: Week(2_970), last: Week(2_970) };
    let need = ItemDraft {
        hours: 5,
        weeks: Weeks { first: Week(2_970), last: Week(2_971) },
        experience: ShortText::new("Five hours in one go on a trunnion mill, Ti-6Al-4V.").ok(),
        ..mandrels()
    };
    let idle = ItemDraft {
        hours: 16,
        weeks: this_week,
        site: KITCHENER,
        experience: ShortText::new("Five-axis trunnion mill idle from Thursday afternoon, titanium daily.").ok(),
        ..idle_shift()
    };
    meet(&idle, &need);
    let told = reasons(&against_brief(&need, None, &brief(&idle)), Language::English);
    assert!(told.iter().any(|word| word.contains("ti-6al-4v")), "{told:?}");
    let open = |days: u64| {
        let [need, idle] = [&need, &idle].map(|item| Said::by_item(plain(), item));
        is_open(plain(), &need, &idle, NOW.plus(days * 86_400_000))
    };
    assert_eq!([open(0), open(6), open(7)], [true, true, false]);
}

/// S14: half of an annex, dry and under a crane, for eight weeks; a smaller bay, or one without a crane that would lift it, is none.
#[test]
fn annex() {
    let floor = |side, text| ItemDraft { hours: 1_000, ..said(side, ResourceClass::Space, Process::FloorSpace, text) };
    let need = floor(Side::Need, "150 m² dry floor with a 5 t crane for eight weeks.");
    let annex = floor(Side::Offer, "200 m² of our annex, dry floor, 5 t crane; no access to the rest.");
    meet(&annex, &need);
    let told = reasons(&against_brief(&need, None, &brief(&annex)), Language::English);
    assert!(told.iter().any(|reason| reason.starts_with("area-sqft")), "{told:?}");
    assert!(told.iter().any(|reason| reason.starts_with("crane-t 5")), "{told:?}");
    // A notice tells no text, so the one who has too little learns it from the need's first words.
    for small in ["100 m² dry floor, 5 t crane.", "200 m² dry floor, 2 t crane."] {
        let report = against_brief(&need, None, &brief(&floor(Side::Offer, small)));
        assert_eq!((report.fits, gaps(&report)), (false, vec![Field::Experience]), "{report:#?}");
    }
    part(&ItemDraft { class: ResourceClass::Training, ..annex }, &need);
}

/// The sponsor's pack of the tests, over the one that every node carries.
fn northern() -> Vocabulary {
    let files = crate::knowledge::tests::northern();
    let texts: Vec<(&str, &str)> = files.iter().map(|file| (file.name.as_str(), file.text.as_str())).collect();
    Vocabulary::with(&[matching::pack::Pack::read("northern-testing", &texts).unwrap()]).unwrap()
}

/// S8: a college lab that is not accredited and whose insurance excludes outside work serves under two conditions, each of which
/// says what must be done and who shows what; it is never a plain match, and without the sponsor's rule it is none.
#[test]
fn tensile_test() {
    // MAT-8
    let (class, process) = (ResourceClass::Laboratory, Process::TensileTest);
    let need = ItemDraft {
        credentials: vec![Credential::Iso17025],
        hours: 6,
        travel_km: Some(500),
        ..said(
            Side::Need,
            class,
            process,
            "Two tensile and four guided bend tests for a weld procedure, CSA W59 clause 5. Lab with liability insurance.",
        )
    };
    let college = said(
        Side::Offer,
        class,
        process,
        "College lab: tensile and guided bend tests of weld coupons, calibration valid. Not ISO/IEC 17025; our liability \
         insurance excludes outside work.",
    );
    let words = northern();
    let (own, theirs) = (Said::by_item(&words, &need), Said::by_brief(&words, Side::Offer, None, &brief(&college)));
    let report = judge(&words, &own, &theirs, NOW);
    assert_eq!((report.fits, report.band, report.is_match()), (true, Band::Conditional, true), "{report:#?}");
    let told = |condition: &Condition| (condition.pack.clone(), condition.rule.clone(), condition.shows[0].by);
    let mut conditions: Vec<_> = report.conditions.iter().map(told).collect();
    conditions.sort();
    assert_eq!(
        conditions,
        [
            ("cosolvent".into(), "witnessed-weld-tests".into(), Side::Need),
            ("northern-testing".into(), "group-policy".into(), Side::Offer),
        ]
    );
    for condition in &report.conditions {
        let [english, french] = [Language::English, Language::French].map(|language| condition.says(language));
        assert!(english.contains("test") || english.contains("policy"), "{english}");
        assert!(french.contains("essais") || french.contains("police"), "{french}");
    }
    let lines = || report.requirements.iter().filter(|line| line.verdict == Verdict::Conditional);
    assert!(lines().count() == 2 && gaps(&report).is_empty(), "{report:#?}");
    assert_eq!(judge(&words, &theirs, &own, NOW), report, "both sides see the same conditions");
    part(&college, &need);
    let accredited = ItemDraft {
        credentials: vec![Credential::Iso17025],
        ..said(Side::Offer, class, process, "Accredited lab, insured: tensile tests, guided bends of weld coupons.")
    };
    let plain = judge(&words, &own, &Said::by_brief(&words, Side::Offer, None, &brief(&accredited)), NOW);
    assert!(plain.rank() > report.rank() && plain.conditions.is_empty(), "{plain:#?}");
}
