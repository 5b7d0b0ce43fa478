//! What a pack's rule asks becomes part of the terms: who does it, and where the evidence is. Nobody signs before.

use super::packs::{northern, tensile_tests};
use super::terms::{asks_to_sign, shown};
use super::*;
use firm::deals::Lack;
use protocol::terms::Fulfilment;
use protocol::text::RuleText;

/// A laboratory neither accredited nor insured for outside work, and a fabricator that can go on with it all the same; both have
/// the sponsor's pack, and each knows the other's name.
fn introduced() -> Duet {
    let mut duet = tensile_tests();
    for at in 0..2 {
        assert_eq!(duet.ask(at, Command::AddPack(northern())), Answer::Done);
    }
    assert_eq!(duet.decide(BUYER, Step::Interest, Verdict::Approve), Answer::Decided);
    assert_eq!(duet.decide(SUPPLIER, Step::Answer, Verdict::Approve), Answer::Decided);
    duet.approve_both(Step::Viable);
    duet.approve_both(Step::OptIn);
    duet
}

/// The laboratory proposes, and both read it.
fn propose(duet: &mut Duet, fulfilments: &[Fulfilment]) {
    let tests = Line::hourly(TermsText::new("Two tensile and four bend tests").unwrap(), 5 * 60, Money::cad(150));
    let terms = Command::ProposeTerms {
        deal: duet.deal(SUPPLIER),
        instrument: Instrument::LaboratoryTest,
        lines: vec![tests],
        first: Day(20_790),
        last: Day(20_804),
        clauses: vec![],
        provisions: complete_for(Instrument::LaboratoryTest),
        fulfilments: fulfilments.to_vec(),
    };
    assert!(matches!(duet.ask(SUPPLIER, terms), Answer::NeedsPerson(_)));
    assert_eq!(duet.decide(SUPPLIER, Step::Terms, Verdict::Approve), Answer::Decided);
    duet.approve_both(Step::Acknowledge);
}

fn fulfils(pack: &str, rule: &str, by: &str, evidence: &str) -> Fulfilment {
    let (rule_text, terms_text) = (|text| RuleText::new(text).unwrap(), |text| TermsText::new(text).unwrap());
    Fulfilment { pack: rule_text(pack), rule: rule_text(rule), by: terms_text(by), evidence: terms_text(evidence) }
}

#[test]
fn conditions_of_the_match_keep_terms_from_being_signed_until_each_has_who_fulfils_it_and_its_evidence() {
    // TRM-4, KNW-2
    let witnessed = fulfils(
        "cosolvent",
        "witnessed-weld-tests",
        "The fabricator's certified inspector witnesses and countersigns.",
        "Ticket 4410, to 2027-09-30; the fabricator keeps it.",
    );
    let insured = fulfils(
        "northern-testing",
        "group-policy",
        "The sponsor's group policy covers the tests.",
        "Certificate 1207, to 2027-03-31; the laboratory shows it.",
    );
    let open = |one: &Fulfilment| Lack::Condition { pack: one.pack.to_string(), rule: one.rule.to_string() };
    let mut duet = introduced();
    let mut of_another = insured.clone();
    of_another.pack = RuleText::new("cosolvent").unwrap();
    for told in [vec![], vec![witnessed.clone()], vec![witnessed.clone(), of_another]] {
        propose(&mut duet, &told);
        let mut missing = vec![open(&insured)];
        missing.extend(told.is_empty().then(|| open(&witnessed)));
        for at in 0..2 {
            assert!(!asks_to_sign(&duet, at));
            let lacks = shown(&duet, at).terms.unwrap().lacks;
            assert!(lacks.len() == missing.len() && missing.iter().all(|one| lacks.contains(one)), "{lacks:?}");
        }
    }
    propose(&mut duet, &[witnessed, insured]);
    duet.approve_both(Step::Sign);
    for at in 0..2 {
        assert_eq!(duet.reached(at), Step::Sign);
        assert_eq!(shown(&duet, at).terms.unwrap().terms.fulfilments.len(), 2, "what was signed says both");
    }
}
