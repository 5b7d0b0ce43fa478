//! Incomplete terms are read and never signed: not here, and not by a counterpart that signs them anyway.

use super::*;
use firm::command::Refusal;
use firm::deals::Lack;
use firm::knowledge::PackFile;
use firm::view::{DealView, Waiting};
use protocol::terms::{Act, TermsAct, WitnessedAct};

/// Up to the point where the supplier proposes; the terms then leave and both read them.
fn read_by_both(provisions: Vec<Provision>) -> Duet {
    let mut duet = up_to_answer();
    assert_eq!(duet.decide(BUYER, Step::Answer, Verdict::Approve), Answer::Decided);
    duet.approve_both(Step::Viable);
    duet.approve_both(Step::OptIn);
    propose_these(&mut duet, SUPPLIER, provisions);
    duet.approve_both(Step::Acknowledge);
    duet
}

fn propose_these(duet: &mut Duet, at: usize, provisions: Vec<Provision>) {
    let line = Line::hourly(TermsText::new("machining").unwrap(), 45 * 60, Money::cad(220));
    let propose = Command::ProposeTerms {
        deal: duet.deal(at),
        instrument: Instrument::CapacityRental,
        lines: vec![line],
        first: Day(20_790),
        last: Day(20_820),
        clauses: vec![],
        provisions,
        fulfilments: vec![],
    };
    assert!(matches!(duet.ask(at, propose), Answer::NeedsPerson(_)));
    assert_eq!(duet.decide(at, Step::Terms, Verdict::Approve), Answer::Decided);
}

pub(super) fn shown(duet: &Duet, at: usize) -> DealView {
    let deal = duet.deal(at);
    let View::Deal(view) = duet.sides[at].firm.view(&[], &Query::Deal(deal), UnixMs(duet.at)) else { panic!("a deal") };
    *view
}

pub(super) fn asks_to_sign(duet: &Duet, at: usize) -> bool {
    duet.sides[at].firm.approvals.waiting().any(|asked| asked.summary.step == Step::Sign)
}

/// All answers but one.
fn without(topic: Topic) -> Vec<Provision> {
    complete().into_iter().filter(|provision| provision.topic != topic).collect()
}

/// A sponsor's pack that asks for one thing more.
fn stricter(line: &str) -> Vec<PackFile> {
    let manifest =
        "format | 1\nid | strict\nversion | 1\nlanguages | en fr\nover | cosolvent 8\ninstruments | asks.txt\n";
    let file = |name: &str, text: &str| PackFile { name: name.into(), text: text.into() };
    vec![file("pack.txt", manifest), file("asks.txt", line)]
}

/// The signature that a side would give if its node let it, over the current terms.
fn signature(duet: &Duet, at: usize) -> Message {
    let side = &duet.sides[at];
    let deal = side.firm.deals.all().next().unwrap();
    let act = TermsAct { act: Act::Sign, deal: deal.id, terms: deal.current_terms().unwrap().0.hash() };
    let (key, _) = side.people.iter().find(|(_, roles)| roles.contains(&Role::Signer)).unwrap();
    let certificate = side.firm.register.people().find(|person| person.roles().contains(&Role::Signer)).unwrap();
    let question = protocol::decision::Question {
        network: duet.genesis.id(),
        approval: ApprovalId([7; 16]),
        summary: Hash([8; 32]),
        bytes: protocol::decision::bytes_hash(&act),
        lapses: UnixMs(duet.at + DAY_MS),
        roles: &[Role::Signer],
        firm: side.firm.operating(),
        about: protocol::firm_id::About::default(),
    };
    let decision = Decision::sign(&question, Verdict::Approve, key);
    Message::Act(WitnessedAct { act, decision, certificate: certificate.certificate.clone() })
}

#[test]
fn terms_without_a_required_answer_are_read_and_nobody_is_asked_to_sign_them() {
    // TRM-4
    let mut duet = read_by_both(without(Topic::Scrap));
    for at in 0..2 {
        let view = shown(&duet, at);
        assert_eq!(view.reached, Step::Acknowledge, "both have read them");
        assert!(!asks_to_sign(&duet, at));
        assert_eq!(view.terms.unwrap().lacks, [Lack::Missing(Topic::Scrap)]);
        let Waiting { step: Step::Terms, who: WhoActs::Us { roles, approval: None }, .. } = view.waiting else {
            panic!("{:?}", view.waiting)
        };
        assert!(!roles.is_empty(), "somebody here proposes the next version");
    }
    propose_these(&mut duet, BUYER, complete());
    duet.approve_both(Step::Acknowledge);
    duet.approve_both(Step::Sign);
    assert_eq!((duet.reached(SUPPLIER), duet.reached(BUYER)), (Step::Sign, Step::Sign));
}

#[test]
fn a_withheld_answer_keeps_terms_from_being_signed_even_where_none_is_required() {
    // TRM-4
    let mut withheld = complete();
    withheld.push(Provision { topic: Topic::Mediator, content: Content::Withheld });
    let duet = read_by_both(withheld);
    assert!((0..2).all(|at| !asks_to_sign(&duet, at)));
    assert_eq!(shown(&duet, BUYER).terms.unwrap().lacks, [Lack::Withheld(Topic::Mediator)]);
}

#[test]
fn a_signature_of_incomplete_terms_is_not_taken_however_well_it_is_signed() {
    // TRM-4, TRM-2
    let duet = read_by_both(without(Topic::GoverningLaw));
    let hostile = signature(&duet, SUPPLIER);
    assert_eq!(judged(&duet, &hostile), Err(Unfit::Incomplete));
    let honest = read_by_both(complete());
    assert_eq!(judged(&honest, &signature(&honest, SUPPLIER)), Ok(()), "the same hand signs what is complete");
}

#[test]
fn where_packs_differ_the_stricter_side_does_not_take_the_others_signature_and_the_next_version_heals_it() {
    // TRM-4, KNW-4
    let mut duet = up_to_answer();
    let pack = stricter("+capacity-rental | | mediator | | |\n");
    assert_eq!(duet.ask(BUYER, Command::AddPack(pack)), Answer::Done);
    duet.decide(BUYER, Step::Answer, Verdict::Approve);
    duet.approve_both(Step::Viable);
    duet.approve_both(Step::OptIn);
    propose_these(&mut duet, SUPPLIER, complete());
    duet.approve_both(Step::Acknowledge);
    assert!(asks_to_sign(&duet, SUPPLIER) && !asks_to_sign(&duet, BUYER), "each judges by its own packs");
    assert_eq!(duet.decide(SUPPLIER, Step::Sign, Verdict::Approve), Answer::Decided);
    assert_eq!((duet.reached(SUPPLIER), duet.reached(BUYER)), (Step::Acknowledge, Step::Acknowledge));
    // Were the pack taken away now, the buyer's signature would bind in the supplier's eyes alone.
    assert_eq!(duet.ask(BUYER, Command::RemovePack("strict".into())), Answer::Done);
    duet.input(BUYER, Input::Woke);
    assert!(!asks_to_sign(&duet, BUYER));
    assert_eq!(shown(&duet, BUYER).terms.unwrap().lacks, [Lack::Refused]);
    let mut answered = complete();
    answered.push(Provision { topic: Topic::Mediator, content: Content::Choice(protocol::terms::Choice::None) });
    propose_these(&mut duet, BUYER, answered);
    duet.approve_both(Step::Acknowledge);
    duet.approve_both(Step::Sign);
    assert_eq!((duet.reached(SUPPLIER), duet.reached(BUYER)), (Step::Sign, Step::Sign));
    for side in &mut duet.sides {
        side.records.iter().for_each(|record| side.fresh.apply(record));
        assert_eq!(side.fresh.digest(), side.firm.digest(), "a restart knows which signature was refused");
    }
}

#[test]
fn a_question_that_waited_is_refused_once_a_pack_asks_for_more() {
    // TRM-4, KNW-4
    let mut duet = read_by_both(complete());
    let pack = stricter("+capacity-rental | full | | mediator | |\n+spot-job | | mediator | | |\n");
    assert_eq!(duet.ask(BUYER, Command::AddPack(pack)), Answer::Done);
    let pack = stricter("+capacity-rental | | mediator | | |\n");
    let newer = pack.into_iter().map(|file| PackFile { text: file.text.replace("version | 1", "version | 2"), ..file });
    assert_eq!(duet.ask(BUYER, Command::AddPack(newer.collect())), Answer::Done);
    let Answer::Refused(Refusal::Incomplete { lacks }) = duet.decide(BUYER, Step::Sign, Verdict::Approve) else {
        panic!("it was signed")
    };
    assert_eq!(lacks, [Lack::Missing(Topic::Mediator)]);
}
