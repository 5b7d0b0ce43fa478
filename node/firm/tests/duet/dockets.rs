//! What was done under signed terms: written down by one side, countersigned by the other (`DKT`).

use super::hours::replay;
use super::talk;
use super::*;
use firm::approvals::{LAPSE_MS, Status, Subject};
use firm::command::Refusal;
use firm::view::{DocketState, WorkView};
use protocol::decision::bytes_hash;
use protocol::dialogue::Field;
use protocol::docket::{
    BadWork, Countersignature, Docket, Evidence, Handover, Session, WitnessedCountersignature, WitnessedDocket, Work,
};
use protocol::limits::DOCKETS_MAX;

/// A deal in which the work has begun.
pub(super) fn begun() -> Duet {
    let mut duet = up_to_answer();
    go_on_to_sign(&mut duet);
    duet.approve_both(Step::Start);
    duet
}

/// So many hours on the first line of the terms, which has 45.
pub(super) fn hours(duet: &Duet, hours: u32) -> Work {
    Work::Session(Session { line: 0, day: UnixMs(duet.at).day(), minutes: hours * 60, note: None })
}

pub(super) fn write(duet: &mut Duet, at: usize, work: Work) -> Answer {
    let deal = duet.deal(at);
    duet.ask(at, Command::WriteDocket { deal, work })
}

/// Written by the supplier and let go, which puts it before the buyer.
pub(super) fn said(duet: &mut Duet, work: Work) {
    let drafted = write(duet, SUPPLIER, work);
    assert!(matches!(drafted, Answer::NeedsPerson(_)), "{drafted:?}");
    assert_eq!(duet.decide(SUPPLIER, Step::Work, Verdict::Approve), Answer::Decided);
}

fn work(duet: &Duet, at: usize) -> WorkView {
    let query = Query::Deal(duet.deal(at));
    let View::Deal(view) = duet.sides[at].firm.view(Role::ALL, &query, UnixMs(duet.at)) else { panic!("a deal") };
    view.work.expect("the work has begun")
}

/// Written and countersigned hours of the first line, as both sides see them.
fn line(duet: &Duet) -> (u32, u32) {
    let [ours, theirs] = [SUPPLIER, BUYER].map(|at| {
        let (_, line) = work(duet, at).lines.remove(0);
        (line.written / 60, line.countersigned / 60)
    });
    assert_eq!(ours, theirs, "both sides see the same");
    ours
}

fn end(duet: &mut Duet) {
    let deal = duet.deal(BUYER);
    duet.ask(BUYER, Command::ReportOutcome { deal, outcome: OutcomeCode::Completed });
    duet.approve_both_outcomes();
}

impl Duet {
    fn approve_both_outcomes(&mut self) {
        assert_eq!(self.decide(BUYER, Step::Outcome, Verdict::Approve), Answer::Decided);
        assert_eq!(self.decide(SUPPLIER, Step::Outcome, Verdict::Approve), Answer::Decided);
    }

    fn work_waits(&self, at: usize) -> usize {
        self.sides[at].firm.approvals.waiting().filter(|asked| asked.summary.step == Step::Work).count()
    }
}

#[test]
fn hours_count_when_the_other_side_has_countersigned_them_and_not_before() {
    // DKT-1, DKT-2
    let mut duet = begun();
    let heard = duet.heard.len();
    let eight = hours(&duet, 8);
    assert!(matches!(write(&mut duet, SUPPLIER, eight), Answer::NeedsPerson(_)));
    assert_eq!((duet.heard.len(), line(&duet)), (heard, (0, 0)), "a draft tells nobody anything");
    assert_eq!(duet.decide(SUPPLIER, Step::Work, Verdict::Approve), Answer::Decided);
    assert_eq!(line(&duet), (8, 0), "nothing counts by silence");
    let View::Deal(waits) = duet.sides[BUYER].firm.view(&[], &Query::Deal(duet.deal(BUYER)), UnixMs(duet.at)) else {
        panic!("a deal")
    };
    assert!(matches!(waits.waiting.who, WhoActs::Us { approval: Some(_), .. }), "the page says who must act");
    assert_eq!(duet.decide(BUYER, Step::Work, Verdict::Approve), Answer::Decided);
    assert_eq!(line(&duet), (8, 8));
    let amount = work(&duet, BUYER).lines[0].1.amount;
    assert_eq!(amount, Money::cad(8 * 220));
    for at in [SUPPLIER, BUYER] {
        let docket = work(&duet, at).dockets.remove(0);
        assert_eq!((docket.number, docket.ours, docket.state), (1, at == SUPPLIER, DocketState::Countersigned));
        assert_eq!(docket.by.is_some(), at == SUPPLIER, "the other side learns a key, and no name");
    }
    let rows = duet.sides[SUPPLIER].firm.audit.rows();
    assert_eq!(rows.iter().filter(|chained| chained.row.field == Field::Docket).count(), 1);
    end(&mut duet);
    replay(&mut duet);
}

#[test]
fn what_is_contested_never_counts_and_makes_room_for_another() {
    // DKT-2, DKT-3
    let mut duet = begun();
    let all = hours(&duet, 24);
    said(&mut duet, all.clone());
    let rest = hours(&duet, 22);
    let more = write(&mut duet, SUPPLIER, rest);
    assert_eq!(more, Answer::Refused(Refusal::Work(BadWork::Beyond { left: 21 * 60 })));
    assert_eq!(duet.decide(BUYER, Step::Work, Verdict::Decline), Answer::Decided);
    assert_eq!(line(&duet), (0, 0));
    assert_eq!(work(&duet, SUPPLIER).dockets[0].state, DocketState::Contested);
    said(&mut duet, all);
    assert_eq!(duet.decide(BUYER, Step::Work, Verdict::Approve), Answer::Decided);
    assert_eq!(line(&duet), (24, 24));
    let numbers: Vec<u32> = work(&duet, BUYER).dockets.iter().map(|docket| docket.number).collect();
    assert_eq!(numbers, [1, 2]);
    replay(&mut duet);
}

#[test]
fn two_drafts_do_not_write_down_more_than_was_agreed_whoever_decides_first() {
    // DKT-3
    let mut duet = begun();
    for _ in 0..2 {
        let draft = hours(&duet, 20);
        assert!(matches!(write(&mut duet, SUPPLIER, draft), Answer::NeedsPerson(_)));
    }
    let third = hours(&duet, 6);
    let refused = write(&mut duet, SUPPLIER, third);
    assert_eq!(refused, Answer::Refused(Refusal::Work(BadWork::Beyond { left: 5 * 60 })), "drafts count");
    assert_eq!(duet.decide(SUPPLIER, Step::Work, Verdict::Decline), Answer::Decided);
    assert_eq!(duet.decide(SUPPLIER, Step::Work, Verdict::Approve), Answer::Decided);
    assert_eq!(line(&duet), (20, 0), "a draft that was declined left nothing behind");
    assert_eq!(duet.work_waits(BUYER), 1);
}

#[test]
fn things_and_documents_are_signed_by_both_sides_and_time_by_who_does_the_work() {
    // DKT-1, DKT-3
    let mut duet = begun();
    let day = UnixMs(duet.at).day();
    let own = hours(&duet, 1);
    assert_eq!(write(&mut duet, BUYER, own), Answer::Refused(Refusal::Work(BadWork::OtherSide)));
    let what = |text: &str| TermsText::new(text).unwrap();
    let blanks = Handover { what: what("Ti-6Al-4V blanks, sawn"), count: 4, day, given: true };
    let report = Evidence { what: what("Measuring report of the first part"), sha256: Hash([7; 32]), day };
    for work in [Work::Handover(blanks), Work::Evidence(report)] {
        assert!(matches!(write(&mut duet, BUYER, work), Answer::NeedsPerson(_)));
        assert_eq!(duet.decide(BUYER, Step::Work, Verdict::Approve), Answer::Decided);
        assert_eq!(duet.decide(SUPPLIER, Step::Work, Verdict::Approve), Answer::Decided);
    }
    let states = work(&duet, SUPPLIER).dockets.iter().map(|docket| (docket.ours, docket.state)).collect::<Vec<_>>();
    assert_eq!(states, [(false, DocketState::Countersigned); 2]);
    assert_eq!(line(&duet), (0, 0));
    replay(&mut duet);
}

#[test]
fn a_question_about_work_that_lapses_is_asked_anew_and_ends_with_the_outcome() {
    // DKT-2, DEC-3
    let mut duet = begun();
    let two = hours(&duet, 2);
    said(&mut duet, two);
    let first = duet.sides[BUYER].firm.approvals.waiting().next().unwrap().id;
    duet.at += LAPSE_MS + 60_000;
    duet.input(BUYER, Input::Woke);
    duet.input(BUYER, Input::Woke);
    assert_eq!(duet.sides[BUYER].firm.approvals.approval(&first).unwrap().status, Status::Lapsed);
    assert_eq!((duet.work_waits(BUYER), line(&duet)), (1, (2, 0)), "asked again, and nothing counts");
    end(&mut duet);
    assert_eq!(duet.work_waits(BUYER), 0, "nobody is asked about a deal that is over");
    assert_eq!(line(&duet), (2, 0));
    let one = hours(&duet, 1);
    let late = write(&mut duet, SUPPLIER, one);
    assert_eq!(late, Answer::Refused(Refusal::NotNow { step: Step::Work }));
    replay(&mut duet);
}

/// A docket with a word of this person of the supplier.
fn forged(duet: &Duet, person: usize, docket: Docket) -> Message {
    let (decision, certificate) = word(duet, SUPPLIER, person, bytes_hash(&docket));
    Message::Docket(WitnessedDocket { docket, decision, certificate })
}

/// What a hostile program can have a person of a side sign.
fn word(duet: &Duet, at: usize, person: usize, bytes: Hash) -> (Decision, protocol::firm_id::SignedPerson) {
    let side = &duet.sides[at];
    let (key, _) = &side.people[person];
    let question = protocol::decision::Question {
        network: duet.genesis.id(),
        approval: ApprovalId([5; 16]),
        summary: Hash([6; 32]),
        bytes,
        lapses: UnixMs(duet.at + DAY_MS),
        roles: Role::ALL,
        firm: side.firm.operating(),
        about: protocol::firm_id::About { class: None, amount: None },
    };
    let certificate = side.firm.register.people().nth(person).unwrap().certificate.clone();
    (Decision::sign(&question, Verdict::Approve, key), certificate)
}

#[test]
fn a_lying_writer_is_refused_at_every_lie() {
    // DKT-1 to DKT-4, TRM-2
    const PLANNER_AND_EXPERT: usize = 0;
    const APPROVER: usize = 1;
    let mut duet = up_to_answer();
    go_on_to_sign(&mut duet);
    let deal = duet.deal(SUPPLIER);
    let terms = duet.sides[SUPPLIER].firm.deals.all().next().unwrap().current_terms().unwrap().0.hash();
    let day = UnixMs(duet.at).day();
    let session = |line, minutes| Work::Session(Session { line, day, minutes, note: None });
    let honest = Docket { deal, terms, number: 1, work: session(0, 60) };
    let early = forged(&duet, APPROVER, honest.clone());
    assert_eq!(judged(&duet, &early), Err(Unfit::OutOfStep), "not before both started");
    duet.approve_both(Step::Start);
    assert_eq!(judged(&duet, &early), Ok(()));
    assert_eq!(
        judged(&duet, &forged(&duet, PLANNER_AND_EXPERT, honest.clone())),
        Ok(()),
        "who does the work may say so"
    );
    let lies = [
        (Docket { terms: Hash([1; 32]), ..honest.clone() }, Unfit::OtherMatter),
        (Docket { deal: DealId([1; 16]), ..honest.clone() }, Unfit::OtherMatter),
        (Docket { work: session(0, 45 * 60 + 1), ..honest.clone() }, Unfit::Work(BadWork::Minutes)),
        (Docket { work: session(7, 60), ..honest.clone() }, Unfit::Work(BadWork::Line)),
    ];
    for (lie, why) in lies {
        assert_eq!(judged(&duet, &forged(&duet, APPROVER, lie.clone())), Err(why), "{lie:?}");
    }
    let (decision, certificate) = word(&duet, BUYER, APPROVER, bytes_hash(&honest));
    let other = Message::Docket(WitnessedDocket { docket: honest.clone(), decision, certificate });
    assert_eq!(judged(&duet, &other), Err(Unfit::Unsigned), "a person of another firm");
    let Message::Docket(mut changed) = early.clone() else { unreachable!() };
    changed.docket.work = session(0, 120);
    assert_eq!(judged(&duet, &Message::Docket(changed)), Err(Unfit::Unsigned), "other hours than were signed");
    let stranger = Countersignature { deal, docket: honest.hash() };
    let (decision, certificate) = word(&duet, SUPPLIER, APPROVER, bytes_hash(&stranger));
    let own = Message::Countersign(WitnessedCountersignature { countersignature: stranger, decision, certificate });
    assert_eq!(judged(&duet, &own), Err(Unfit::OutOfStep), "nobody countersigns what was not said");
    assert_eq!(judged(&duet, &Message::Contest(honest.hash())), Err(Unfit::OutOfStep));
    said(&mut duet, session(0, 60));
    assert_eq!(judged(&duet, &early), Err(Unfit::OtherMatter), "a number is used once");
    said(&mut duet, session(0, 24 * 60));
    let beyond = Docket { number: 3, work: session(0, 20 * 60 + 1), ..honest.clone() };
    let left = Unfit::Work(BadWork::Beyond { left: 20 * 60 });
    assert_eq!(judged(&duet, &forged(&duet, APPROVER, beyond)), Err(left), "more than was agreed on");
    let late = Work::Session(Session { line: 0, day: day.plus(2), minutes: 60, note: None });
    let late = forged(&duet, APPROVER, Docket { number: 3, work: late, ..honest });
    assert_eq!(judged(&duet, &late), Err(Unfit::Work(BadWork::Day)));
}

#[test]
fn hours_that_the_needing_side_writes_and_words_of_nobody_are_not_taken_in() {
    // DKT-2, DKT-3
    let mut duet = begun();
    let eight = hours(&duet, 8);
    said(&mut duet, eight.clone());
    let deal = duet.deal(BUYER);
    let (terms, ours) = {
        let deal = duet.sides[SUPPLIER].firm.deals.all().next().unwrap();
        (deal.current_terms().unwrap().0.hash(), deal.ours.dockets.all()[0].said.docket.hash())
    };
    let docket = Docket { deal, terms, number: 1, work: eight };
    let (decision, certificate) = word(&duet, BUYER, 1, bytes_hash(&docket));
    let theirs = Message::Docket(WitnessedDocket { docket, decision, certificate });
    talk::say(&mut duet, SUPPLIER, &theirs, 200);
    let states = |duet: &Duet| work(duet, SUPPLIER).dockets.iter().map(|one| (one.ours, one.state)).collect::<Vec<_>>();
    assert_eq!(states(&duet), [(true, DocketState::Open)], "the side that needs writes no time down");
    let countersignature = Countersignature { deal, docket: ours };
    let (decision, certificate) = word(&duet, SUPPLIER, 1, bytes_hash(&countersignature));
    let own = WitnessedCountersignature { countersignature: countersignature.clone(), decision, certificate };
    talk::say(&mut duet, SUPPLIER, &Message::Countersign(own), 201);
    assert_eq!(states(&duet), [(true, DocketState::Open)], "nobody countersigns for another firm");
    let (decision, certificate) = word(&duet, BUYER, 1, bytes_hash(&countersignature));
    let right = WitnessedCountersignature { countersignature, decision, certificate };
    talk::say(&mut duet, SUPPLIER, &Message::Countersign(right), 202);
    assert_eq!(states(&duet), [(true, DocketState::Countersigned)]);
    talk::say(&mut duet, SUPPLIER, &Message::Contest(ours), 203);
    assert_eq!(states(&duet), [(true, DocketState::Countersigned)], "what was said once stays said");
    replay(&mut duet);
}

#[test]
fn one_side_of_a_deal_writes_so_many_dockets_and_no_more() {
    // DKT-1
    let mut duet = begun();
    for number in 1..=DOCKETS_MAX {
        let day = UnixMs(duet.at).day();
        let work = Work::Session(Session { line: 0, day, minutes: 1, note: None });
        said(&mut duet, work);
        assert_eq!(duet.decide(BUYER, Step::Work, Verdict::Approve), Answer::Decided, "{number}");
    }
    let one = hours(&duet, 1);
    assert_eq!(write(&mut duet, SUPPLIER, one), Answer::Refused(Refusal::Work(BadWork::TooMany)));
    end(&mut duet);
    assert!(duet.sides.iter().all(|side| {
        side.firm
            .approvals
            .all()
            .all(|asked| !matches!(asked.subject, Subject::Outcome(_)) || asked.status != Status::Waiting)
    }));
}
