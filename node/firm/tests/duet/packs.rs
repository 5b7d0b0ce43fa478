//! A knowledge pack in force decides what fits; taken out, what it alone opened is over, and its question with it.

use super::{BUYER, Duet, SUPPLIER, item};
use firm::approvals::Status;
use firm::command::{Answer, Asker, Command, Refusal};
use firm::knowledge::{BadPack, PackFile};
use firm::matching::{Band, Verdict as Fares};
use firm::profile::{ItemDraft, Mode};
use firm::view::{MatchView, Query, View};
use machine::Machine as _;
use protocol::decision::Verdict;
use protocol::dialogue::{Field, Step};
use protocol::facts::Side;
use protocol::text::ShortText;
use protocol::time::UnixMs;
use protocol::vocabulary::{Credential, Process, ResourceClass, Role};

/// The sponsor's pack of the tests.
pub(super) fn northern() -> Vec<PackFile> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/packs/northern-testing");
    let file = |name: &str| PackFile { name: name.into(), text: std::fs::read_to_string(folder.join(name)).unwrap() };
    ["pack.txt", "vocabulary.txt", "equivalences.txt", "conditions.txt"].map(file).to_vec()
}

fn testing(side: Side, mode: Mode, text: &str) -> ItemDraft {
    ItemDraft {
        class: ResourceClass::Laboratory,
        process: Process::TensileTest,
        materials: vec![],
        tolerance_um: None,
        envelope_mm: None,
        credentials: if side == Side::Need { vec![Credential::Iso17025] } else { vec![] },
        operator: false,
        person: None,
        experience: Some(ShortText::new(text).unwrap()),
        ..item(side, mode, 46_490_000, -81_000_000)
    }
}

fn found(duet: &Duet) -> Vec<MatchView> {
    let View::Matches(found) = duet.sides[BUYER].firm.view(&[], &Query::Matches(None), UnixMs(duet.at)) else {
        panic!()
    };
    found
}

fn asked(duet: &Duet) -> usize {
    duet.sides[BUYER].firm.approvals.waiting().filter(|asked| asked.summary.step == Step::Interest).count()
}

/// A fabricator, and a college lab whose notice says that it is neither accredited nor insured for outside work.
pub(super) fn tensile_tests() -> Duet {
    let mut duet = Duet::new();
    let lab = testing(
        Side::Offer,
        Mode::Open,
        "Tensile and guided bend tests of weld coupons, calibration valid. Not ISO/IEC 17025; our liability insurance excludes \
         outside work.",
    );
    let need = testing(
        Side::Need,
        Mode::Silent,
        "Two tensile and four guided bend tests for a weld procedure, CSA W59 clause 5. Liability insurance.",
    );
    for (at, draft) in [(SUPPLIER, lab), (BUYER, need)] {
        let answer = duet.ask(at, Command::Confide(Box::new(draft)));
        assert!(matches!(answer, Answer::Confided(_)), "{answer:?}");
    }
    assert_eq!(duet.decide(SUPPLIER, Step::Advertise, Verdict::Approve), Answer::Decided);
    duet
}

#[test]
fn a_rule_of_an_added_pack_opens_a_conditional_match_and_its_question_says_what_must_be_done() {
    // KNW-1, KNW-2, MAT-8
    let mut duet = tensile_tests();
    assert_eq!((found(&duet).len(), asked(&duet)), (0, 0), "the insurance stands in the way");
    let before = duet.sides[BUYER].firm.knowledge.sha256();
    assert_eq!(duet.ask(BUYER, Command::AddPack(northern())), Answer::Done);
    let matches = found(&duet);
    assert_eq!((matches.len(), asked(&duet)), (1, 1));
    let report = &matches[0].report;
    let conditional = report.requirements.iter().filter(|line| line.verdict == Fares::Conditional);
    assert_eq!((report.band, conditional.count(), report.conditions.len()), (Band::Conditional, 2, 2));
    assert!(
        report.requirements.iter().any(|line| (line.field, line.verdict) == (Field::Credentials, Fares::Conditional))
    );

    let question = matches[0].approval.unwrap();
    let View::Approval(view) = duet.sides[BUYER].firm.view(&[], &Query::Approval(question), UnixMs(duet.at)) else {
        panic!()
    };
    assert_eq!(view.why.as_ref().unwrap().conditions, report.conditions, "who decides reads the same");
    let rules: Vec<_> = report.conditions.iter().map(|condition| (&*condition.pack, &*condition.rule)).collect();
    assert!(
        rules.contains(&("northern-testing", "group-policy")) && rules.contains(&("cosolvent", "witnessed-weld-tests"))
    );

    // What leaves is noted with the packs by which it was judged.
    assert_eq!(duet.decide(BUYER, Step::Interest, Verdict::Approve), Answer::Decided);
    let rows = duet.sides[BUYER].firm.audit.rows();
    let after = duet.sides[BUYER].firm.knowledge.sha256();
    assert!(before != after && !rows.is_empty() && rows.iter().all(|chained| chained.row.packs == Some(after)));
    let side = &mut duet.sides[BUYER];
    side.records.iter().for_each(|record| side.fresh.apply(record));
    assert_eq!(side.fresh.digest(), side.firm.digest(), "the packs come back with the journal");
    assert!(side.fresh.knowledge.vocabulary().concept("lab.mechanical.headframe").is_some());
}

#[test]
fn without_the_pack_what_it_opened_is_over_and_only_an_owner_changes_packs() {
    // KNW-2, POL-4
    let mut duet = tensile_tests();
    let add = || Command::AddPack(northern());
    for person in ["person-0", "person-1"] {
        let refused = duet.ask_by(BUYER, Asker::Person(person.parse().unwrap()), add());
        assert!(
            matches!(&refused, Answer::Refused(Refusal::NotYours { roles, .. }) if *roles == [Role::Owner]),
            "{refused:?}"
        );
    }
    assert_eq!(duet.ask_by(BUYER, Asker::Person("person-2".parse().unwrap()), add()), Answer::Done);
    assert!(matches!(duet.ask(BUYER, add()), Answer::Refused(Refusal::Pack(BadPack::Same { .. }))));
    let question = found(&duet)[0].approval.unwrap();
    assert_eq!(duet.ask(BUYER, Command::RemovePack("northern-testing".into())), Answer::Done);
    assert_eq!((found(&duet).len(), asked(&duet)), (0, 0));
    assert_eq!(duet.sides[BUYER].firm.approvals.approval(&question).unwrap().status, Status::Moot);
}
