//! Lending a person: nothing is offered before the person consented and the employer released, and nothing after either took it back.

use super::policy::and;
use super::*;
use firm::command::Refusal;
use firm::lending::{NotLent, Say};
use firm::policy::{Permission, Says};
use protocol::id::ItemId;

const PERSON: usize = 0;
const OWNER: usize = 2;

fn hours(side: Side, mode: Mode) -> ItemDraft {
    let (lat, lon) = if side == Side::Offer { (43_260_000, -79_870_000) } else { (43_450_000, -80_490_000) };
    ItemDraft {
        class: ResourceClass::PersonHours,
        process: Process::QualitySystems,
        materials: vec![],
        tolerance_um: None,
        envelope_mm: None,
        credentials: vec![],
        operator: false,
        person: (side == Side::Offer).then(|| "person-0".parse().unwrap()),
        presence: Some(Presence::Either),
        ..item(side, mode, lat, lon)
    }
}

/// A supplier who would lend somebody, and a buyer whose need is known.
fn offered(mode: Mode) -> (Duet, ItemId) {
    let mut duet = Duet::new();
    let need = hours(Side::Need, Mode::Coarse);
    assert!(matches!(duet.ask(BUYER, Command::Confide(Box::new(need))), Answer::Confided(_)));
    assert_eq!(duet.decide(BUYER, Step::Advertise, Verdict::Approve), Answer::Decided);
    let offer = hours(Side::Offer, mode);
    let Answer::Confided(id) = duet.ask(SUPPLIER, Command::Confide(Box::new(offer))) else { panic!("entered") };
    (duet, id)
}

/// Has somebody of the supplier decide the open question about a step.
fn says(duet: &mut Duet, person: usize, step: Step, verdict: Verdict) -> Answer {
    let side = &duet.sides[SUPPLIER];
    let asked = side.firm.approvals.waiting().find(|asked| asked.summary.step == step).expect("asked").id;
    let decision = Decision::sign(&side.firm.question(&asked).unwrap(), verdict, &side.people[person].0);
    duet.input(SUPPLIER, Input::Decided { ask: machine::Ask(0), decision });
    duet.sides[SUPPLIER].answers.pop().expect("an answer")
}

fn lend(duet: &mut Duet) {
    assert_eq!(says(duet, PERSON, Step::OwnConsent, Verdict::Approve), Answer::Decided);
    assert_eq!(says(duet, OWNER, Step::Release, Verdict::Approve), Answer::Decided);
}

fn by(person: usize) -> Asker {
    Asker::Person(format!("person-{person}").parse().unwrap())
}

/// Whether anything is published, matched or asked about offering it.
fn in_play(duet: &Duet) -> bool {
    let firm = &duet.sides[SUPPLIER].firm;
    let asked = firm.approvals.waiting().any(|asked| !asked.summary.step.lends());
    asked || firm.matches.all().next().is_some() || !firm.market.adverts.is_empty()
}

fn replayed(duet: &mut Duet) {
    for side in &mut duet.sides {
        side.records.iter().for_each(|record| side.fresh.apply(record));
        assert_eq!(side.fresh.digest(), side.firm.digest());
    }
}

#[test]
fn an_unreleased_employee_is_never_matched_or_advertised() {
    // LND-1, in whichever order both are asked, and whoever of them says no.
    for (first, second) in
        [((PERSON, Step::OwnConsent), (OWNER, Step::Release)), ((OWNER, Step::Release), (PERSON, Step::OwnConsent))]
    {
        for verdict in [Verdict::Approve, Verdict::Decline] {
            let (mut duet, id) = offered(Mode::Coarse);
            assert!(!in_play(&duet), "nobody was asked yet");
            assert_eq!(says(&mut duet, first.0, first.1, Verdict::Approve), Answer::Decided);
            assert!(!in_play(&duet), "one of both is not enough");
            let refused = duet.ask(SUPPLIER, Command::Advertise { item: id, leave_out: vec![] });
            assert!(matches!(refused, Answer::Refused(Refusal::NotLent(_))), "{refused:?}");
            duet.input(SUPPLIER, Input::Woke);
            assert_eq!(says(&mut duet, second.0, second.1, verdict), Answer::Decided);
            assert_eq!(in_play(&duet), verdict == Verdict::Approve);
            replayed(&mut duet);
        }
    }
}

#[test]
fn words_to_a_notice_are_not_shown_to_anybody_once_the_person_is_not_lent() {
    // LND-4: from outside it is silence, as if nobody had answered.
    let (mut duet, id) = offered(Mode::Coarse);
    lend(&mut duet);
    assert_eq!(says(&mut duet, OWNER, Step::Advertise, Verdict::Approve), Answer::Decided);
    assert_eq!(duet.ask_by(SUPPLIER, by(PERSON), Command::TakeBack(id)), Answer::Done);
    let before = duet.sides[SUPPLIER].firm.deals.all().count();
    let question = duet.sides[BUYER].firm.approvals.waiting().any(|asked| asked.summary.step == Step::Interest);
    assert!(!question, "the notice was withdrawn, and the buyer's question with it");
    assert_eq!(duet.sides[SUPPLIER].firm.deals.all().count(), before);
}

#[test]
fn nobody_consents_for_somebody_else_and_nobody_releases_themselves() {
    // LND-1, LND-3
    let (mut duet, id) = offered(Mode::Silent);
    for other in [1, OWNER] {
        let refused = says(&mut duet, other, Step::OwnConsent, Verdict::Approve);
        assert!(matches!(refused, Answer::Refused(_)), "{refused:?}");
        let refused = duet.ask_by(SUPPLIER, by(other), Command::TakeBack(id));
        assert!(matches!(refused, Answer::Refused(Refusal::NotYours { .. })), "{refused:?}");
    }
    assert_eq!(
        duet.ask(SUPPLIER, Command::TakeBack(id)),
        Answer::Refused(Refusal::OwnConsent("person-0".parse().unwrap())),
        "the operator of the computer is nobody's self"
    );
    // The person may release others, and not herself.
    let mut people = duet.sides[SUPPLIER].firm.register.person(&"person-0".parse().unwrap()).unwrap().clone();
    people.certificate.body.roles.push(Role::Approver);
    let entrant = Entrant {
        id: people.id,
        name: people.name,
        key: people.certificate.body.person,
        roles: people.certificate.body.roles,
        expires: people.certificate.body.expires,
        scope: vec![],
        limit: None,
    };
    assert_eq!(duet.enrol(SUPPLIER, entrant, OWNER), Answer::Done);
    let refused = says(&mut duet, PERSON, Step::Release, Verdict::Approve);
    assert_eq!(refused, Answer::Refused(Refusal::OwnRelease));
    lend(&mut duet);
    assert!(in_play(&duet));
}

#[test]
fn a_policy_names_who_releases_and_a_denial_ends_what_was_released() {
    // LND-5: a policy that changes in between is the one that counts.
    let (mut duet, _) = offered(Mode::Coarse);
    let release = |roles: &[Role]| Permission::Ask(roles.to_vec());
    let decide = |permission| and(Says::Decide { step: Some(Step::Release), permission });
    assert_eq!(says(&mut duet, PERSON, Step::OwnConsent, Verdict::Approve), Answer::Decided);
    duet.govern(SUPPLIER, decide(release(&[Role::Owner])));
    let refused = says(&mut duet, 1, Step::Release, Verdict::Approve);
    assert!(matches!(refused, Answer::Refused(Refusal::Decision(_))), "{refused:?}");
    assert_eq!(says(&mut duet, OWNER, Step::Release, Verdict::Approve), Answer::Decided);
    assert!(in_play(&duet));
    duet.govern(SUPPLIER, decide(Permission::Deny));
    assert!(!in_play(&duet), "the release counts no more");
    duet.govern(SUPPLIER, decide(release(&[Role::Owner])));
    assert!(in_play(&duet), "and again");
}

#[test]
fn two_people_release_where_the_policy_wants_two() {
    let (mut duet, _) = offered(Mode::Coarse);
    let two = Permission::Two(vec![Role::Owner, Role::Approver]);
    duet.govern(SUPPLIER, and(Says::Decide { step: Some(Step::Release), permission: two }));
    assert_eq!(says(&mut duet, PERSON, Step::OwnConsent, Verdict::Approve), Answer::Decided);
    assert!(matches!(says(&mut duet, OWNER, Step::Release, Verdict::Approve), Answer::NeedsPerson(_)));
    assert!(!in_play(&duet));
    assert_eq!(says(&mut duet, 1, Step::Release, Verdict::Approve), Answer::Decided);
    assert!(in_play(&duet));
}

#[test]
fn an_offer_that_names_nobody_is_not_offered_where_a_rule_wants_a_name() {
    // LND-6
    let mut duet = Duet::new();
    let nameless = |mode| ItemDraft { person: None, ..hours(Side::Offer, mode) };
    let Answer::Confided(id) = duet.ask(SUPPLIER, Command::Confide(Box::new(nameless(Mode::Coarse)))) else { panic!() };
    assert_eq!(says(&mut duet, OWNER, Step::Advertise, Verdict::Approve), Answer::Decided);
    assert!(in_play(&duet));
    duet.govern(SUPPLIER, and(Says::Named));
    assert!(!in_play(&duet), "what was published before the rule is withdrawn");
    let refused = duet.ask(SUPPLIER, Command::Advertise { item: id, leave_out: vec![] });
    let Answer::Refused(Refusal::NotLent(NotLent::Unnamed { because })) = refused else { panic!("{refused:?}") };
    assert_eq!(because.rule, Some(5));
    let need = ItemDraft { person: "person-0".parse().ok(), ..hours(Side::Need, Mode::Silent) };
    let refused = duet.ask(SUPPLIER, Command::Confide(Box::new(need)));
    assert!(matches!(refused, Answer::Refused(Refusal::Item(_))), "a need names nobody: {refused:?}");
    let stranger = ItemDraft { person: "stranger".parse().ok(), ..hours(Side::Offer, Mode::Silent) };
    let refused = duet.ask(SUPPLIER, Command::Confide(Box::new(stranger)));
    assert_eq!(refused, Answer::Refused(Refusal::NoSuchExpert("stranger".parse().unwrap())));
}

#[test]
fn a_consent_taken_back_withdraws_the_notice_and_ends_what_binds_nobody_like_any_no() {
    // LND-4
    for who in [Say::Own, Say::Employer] {
        let (mut duet, id) = offered(Mode::Silent);
        lend(&mut duet);
        assert_eq!(duet.decide(SUPPLIER, Step::Interest, Verdict::Approve), Answer::Decided);
        assert_eq!(duet.decide(BUYER, Step::Answer, Verdict::Approve), Answer::Decided);
        duet.approve_both(Step::Viable);
        let (asker, command) = match who {
            Say::Own => (by(PERSON), Command::TakeBack(id)),
            Say::Employer => (by(OWNER), Command::Recall(id)),
        };
        assert_eq!(duet.ask_by(SUPPLIER, asker.clone(), command.clone()), Answer::Done);
        let [ours, theirs] = [SUPPLIER, BUYER].map(|at| duet.sides[at].firm.deals.all().next().unwrap());
        assert!(!ours.is_open() && !theirs.is_open());
        assert_eq!(theirs.closed.as_ref().unwrap().reason, CloseReason::Declined, "what any no says");
        assert!(!in_play(&duet));
        assert!(!format!("{:?}", theirs.theirs).contains("person-0"), "and nobody learns who it was");
        assert_eq!(duet.ask_by(SUPPLIER, asker, command), Answer::Refused(Refusal::AsItIs));
        // Asked again, both may let it be offered again.
        assert!(matches!(duet.ask(SUPPLIER, Command::Lend(id)), Answer::NeedsPerson(_)));
        let (person, step) = if who == Say::Own { (PERSON, Step::OwnConsent) } else { (OWNER, Step::Release) };
        assert_eq!(says(&mut duet, person, step, Verdict::Approve), Answer::Decided);
        assert_eq!(duet.ask(SUPPLIER, Command::Lend(id)), Answer::Refused(Refusal::AsItIs));
        replayed(&mut duet);
    }
}

#[test]
fn before_the_first_answer_a_consent_taken_back_is_silence() {
    // LND-4
    let (mut duet, id) = offered(Mode::Silent);
    lend(&mut duet);
    assert_eq!(duet.decide(SUPPLIER, Step::Interest, Verdict::Approve), Answer::Decided);
    let heard = duet.heard.len();
    assert_eq!(duet.ask_by(SUPPLIER, by(PERSON), Command::TakeBack(id)), Answer::Done);
    assert_eq!(duet.heard.len(), heard, "nothing is said");
    assert_eq!(duet.decide(BUYER, Step::Answer, Verdict::Approve), Answer::Decided);
    let theirs = duet.sides[BUYER].firm.deals.all().next().unwrap();
    assert!(theirs.is_open(), "to the other side it waits, as for anybody who does not go on");
}

#[test]
fn what_both_sides_signed_stays_owed_whoever_takes_a_word_back() {
    // LND-4
    let (mut duet, id) = offered(Mode::Silent);
    lend(&mut duet);
    assert_eq!(duet.decide(SUPPLIER, Step::Interest, Verdict::Approve), Answer::Decided);
    go_on_to_sign(&mut duet);
    assert_eq!(duet.ask_by(SUPPLIER, by(PERSON), Command::TakeBack(id)), Answer::Done);
    let View::Item(shown) = duet.sides[SUPPLIER].firm.view(&[], &Query::Item(id), UnixMs(duet.at)) else { panic!() };
    let loan = shown.loan.unwrap();
    assert_eq!((loan.ends.deals, loan.ends.owed), (0, 1));
    assert_eq!(shown.not_lent, Some(NotLent::NoConsent("person-0".parse().unwrap())));
    duet.approve_both(Step::Start);
    assert_eq!(duet.reached(BUYER), Step::Start, "the engagement goes on until its outcome");
}

#[test]
fn whoever_leaves_the_register_is_not_offered_any_more() {
    // LND-5
    let (mut duet, id) = offered(Mode::Coarse);
    lend(&mut duet);
    assert_eq!(says(&mut duet, OWNER, Step::Advertise, Verdict::Approve), Answer::Decided);
    assert!(in_play(&duet));
    assert_eq!(duet.revoke(SUPPLIER, PERSON), Answer::Done);
    assert!(!in_play(&duet));
    let refused = duet.ask(SUPPLIER, Command::Lend(id));
    assert_eq!(refused, Answer::Refused(Refusal::NoSuchExpert("person-0".parse().unwrap())));
}

#[test]
fn a_yes_to_the_other_side_counts_for_nothing_once_the_person_is_not_lent() {
    // A question that was shown before, decided after.
    let (mut duet, id) = offered(Mode::Silent);
    lend(&mut duet);
    let side = &duet.sides[SUPPLIER];
    let asked = side.firm.approvals.waiting().find(|asked| asked.summary.step == Step::Interest).unwrap().id;
    let decision = Decision::sign(&side.firm.question(&asked).unwrap(), Verdict::Approve, &side.people[1].0);
    assert_eq!(duet.ask_by(SUPPLIER, by(PERSON), Command::TakeBack(id)), Answer::Done);
    duet.input(SUPPLIER, Input::Decided { ask: machine::Ask(0), decision });
    let answer = duet.sides[SUPPLIER].answers.pop().unwrap();
    assert_eq!(answer, Answer::Refused(Refusal::NoSuchApproval));
    assert!(duet.sides[BUYER].firm.deals.all().next().is_none());
}
