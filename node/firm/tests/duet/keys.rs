//! Keys that change while two firms are in a deal: people who leave, a new operating key, a firm that says two things.

use super::*;
use firm::command::{BadDecisionRefusal, Refusal};
use firm::identity::Validity;
use firm::record::Event;
use firm::view::{KeyHolder, KeysView};
use firm::{identity, register};
use protocol::id::OperatingKey;
use protocol::key_log::{Change, KeyEvent, KeyLog, SignedKeyEvent};
use protocol::terms::{Act, TermsAct, WitnessedAct};

fn signing(byte: u8) -> SigningKey {
    SigningKey::from_bytes(&[byte; 32])
}

fn log_of(duet: &Duet, at: usize) -> KeyLog {
    duet.sides[at].firm.identity.founding.as_ref().unwrap().log.clone()
}

/// What the holder of a key says next in the log of a side.
fn said(duet: &Duet, at: usize, change: Change, key: &SigningKey) -> SignedKeyEvent {
    let keys = log_of(duet, at).verify().unwrap();
    let day = UnixMs(duet.at).day();
    let body = KeyEvent { firm: keys.firm, number: keys.number + 1, previous: keys.head, day, change };
    SignedKeyEvent::new(body, key)
}

fn root(at: usize) -> SigningKey {
    signing(at as u8 + 21)
}

/// The rotation that a side's owner makes with the key from the safe, to this operating key.
fn rotation(duet: &Duet, at: usize, operating: &SigningKey) -> SignedKeyEvent {
    rotation_to(duet, at, OperatingKey::of(operating))
}

fn rotation_to(duet: &Duet, at: usize, operating: OperatingKey) -> SignedKeyEvent {
    let next = signing(at as u8 + 31);
    let change = Change::Rotate {
        root: RootKey::of(&next),
        next_root: Inception::commit_next(&RootKey::of(&signing(at as u8 + 41))),
        operating,
        last: UnixMs(duet.at).day().plus(300),
    };
    said(duet, at, change, &next)
}

fn up_to_reveal() -> Duet {
    let mut duet = up_to_viable();
    duet.approve_both(Step::OptIn);
    duet
}

pub(super) fn up_to_sign() -> Duet {
    let mut duet = up_to_reveal();
    propose(&mut duet, SUPPLIER);
    assert_eq!(duet.decide(SUPPLIER, Step::Terms, Verdict::Approve), Answer::Decided);
    duet.approve_both(Step::Acknowledge);
    duet
}

impl Duet {
    pub(super) fn revoke(&mut self, at: usize, person: usize) -> Answer {
        self.ask(at, Command::RevokePerson(format!("person-{person}").parse().unwrap()))
    }

    /// Starts a side again from its journal, with another operating key.
    fn restart(&mut self, at: usize, operating: SigningKey) {
        let side = &mut self.sides[at];
        side.firm = Firm::new(FirmKeys {
            operating,
            master: Seed([at as u8 + 101; 32]),
            transport: SigningKey::from_bytes(&[at as u8 + 121; 32]),
        });
        side.records.iter().for_each(|record| side.firm.apply(record));
        let peers = [self.sides[1 - at].peer.clone(), Peer(SPONSOR_PEER.to_vec())];
        self.input(at, Input::Started);
        peers.into_iter().for_each(|peer| self.input(at, Input::PeerConnected(peer)));
    }

    /// What a side knows of the other's log.
    fn known(&self, at: usize) -> KeyLog {
        self.sides[at].firm.deals.all().next().unwrap().identity.as_ref().unwrap().keys.clone()
    }
}

#[test]
fn a_revoked_persons_decision_is_refused_from_that_input_on() {
    // REG-3, IDN-6
    let mut duet = up_to_answer();
    let side = &duet.sides[BUYER];
    let id = side.firm.approvals.waiting().find(|asked| asked.summary.step == Step::Answer).unwrap().id;
    let approver = side.people[1].0.clone();
    let decision = Decision::sign(&side.firm.question(&id).unwrap(), Verdict::Approve, &approver);
    assert_eq!(duet.revoke(BUYER, 1), Answer::Done);
    duet.input(BUYER, Input::Decided { ask: machine::Ask(0), decision });
    assert_eq!(duet.sides[BUYER].answers.pop(), Some(Answer::Refused(Refusal::NoSuchPerson)), "signed while it held");
    assert_eq!(duet.revoke(BUYER, 1), Answer::Refused(Refusal::NoSuchPerson), "nobody by that name any more");
    let again = Command::Enrol {
        entrant: Entrant {
            id: "person-9".parse().unwrap(),
            name: name("The same key"),
            key: PersonKey::of(&approver),
            roles: vec![Role::Approver],
            expires: Day(21_200),
            scope: vec![],
            limit: None,
        },
        vouch: None,
    };
    assert_eq!(duet.ask(BUYER, again), Answer::Refused(Refusal::KeyRevoked));
    let keys = log_of(&duet, BUYER).verify().unwrap();
    assert!(keys.is_revoked(&PersonKey::of(&approver), UnixMs(duet.at).day()), "the log says so as well");
    assert_eq!(duet.decide(BUYER, Step::Answer, Verdict::Decline), Answer::Refused(Refusal::NoSuchPerson));
}

#[test]
fn a_counterpart_hears_of_a_revocation_and_refuses_the_act_of_who_left() {
    // RVL-8, TRM-2, IDN-10
    let mut duet = up_to_sign();
    let signer = duet.sides[SUPPLIER].people[2].0.clone();
    let side = &duet.sides[SUPPLIER].firm;
    let certificate = side.register.by_key(PersonKey::of(&signer)).unwrap().certificate.clone();
    let asked = side.approvals.waiting().find(|asked| asked.summary.step == Step::Sign).unwrap();
    let decision = Decision::sign(&side.question(&asked.id).unwrap(), Verdict::Approve, &signer);
    let deal = side.deals.all().next().unwrap();
    let act = TermsAct { act: Act::Sign, deal: deal.id, terms: deal.current_terms().unwrap().0.hash() };
    let signature = Message::Act(WitnessedAct { act, decision, certificate });
    assert_eq!(judged(&duet, &signature), Ok(()));
    assert_eq!(duet.revoke(SUPPLIER, 2), Answer::Done);
    assert_eq!(duet.known(BUYER), log_of(&duet, SUPPLIER), "the buyer was told");
    assert_eq!(judged(&duet, &signature), Err(Unfit::Unsigned));
    assert!(duet.sides[BUYER].firm.deals.all().all(firm::deals::Deal::is_open), "the deal goes on with somebody else");
}

#[test]
fn a_firm_sees_in_which_deals_nobody_has_confirmed_who_left() {
    // RVL-8
    let mut duet = up_to_sign();
    let (deal, other) = (duet.deal(SUPPLIER), duet.sides[BUYER].peer.clone());
    assert!(keys_of(&duet, SUPPLIER).untold.is_empty());
    duet.input(SUPPLIER, Input::PeerGone(other.clone()));
    assert_eq!(duet.revoke(SUPPLIER, 2), Answer::Done);
    assert_eq!(keys_of(&duet, SUPPLIER).untold, [deal]);
    duet.input(SUPPLIER, Input::PeerConnected(other));
    assert_eq!(duet.known(BUYER), log_of(&duet, SUPPLIER));
    assert!(keys_of(&duet, SUPPLIER).untold.is_empty(), "the buyer has confirmed it");
}

#[test]
fn a_firm_sees_whom_its_operating_key_cannot_revoke_in_the_log_until_another_is_named() {
    // IDN-6
    let mut duet = Duet::new();
    for person in 0..32 {
        let change = Change::RevokePerson { person: PersonKey([person; 32]), from: Day(20_775) };
        let event = said(&duet, SUPPLIER, change, &root(SUPPLIER));
        assert_eq!(duet.ask(SUPPLIER, Command::ChangeKeys(vec![event])), Answer::Done);
    }
    let left = PersonKey::of(&duet.sides[SUPPLIER].people[1].0);
    assert_eq!(duet.revoke(SUPPLIER, 1), Answer::Done, "here at once");
    assert_eq!(keys_of(&duet, SUPPLIER).unsaid, [left]);
    renew(&mut duet, SUPPLIER, 300);
    assert!(keys_of(&duet, SUPPLIER).unsaid.is_empty(), "what the old key certified does not count");
    assert_eq!(log_of(&duet, SUPPLIER).events.len(), 33);
}

#[test]
fn a_new_root_and_operating_key_come_in_and_the_deal_goes_on_to_its_outcome() {
    // IDN-4, IDN-10, RVL-8
    let mut duet = up_to_sign();
    let new = signing(99);
    let events = vec![rotation(&duet, SUPPLIER, &new)];
    let other = duet.ask(SUPPLIER, Command::ChangeKeys(events.clone()));
    assert_eq!(other, Answer::Refused(Refusal::OtherOperatingKey), "the node still runs with the old key");
    duet.restart(SUPPLIER, new);
    let over = duet.decide(SUPPLIER, Step::Sign, Verdict::Approve);
    assert!(matches!(over, Answer::Refused(_)), "nobody would believe the new key yet: {over:?}");
    assert_eq!(duet.ask(SUPPLIER, Command::ChangeKeys(events.clone())), Answer::Done);
    assert_eq!(duet.known(BUYER), log_of(&duet, SUPPLIER));
    let again = duet.ask(SUPPLIER, Command::ChangeKeys(events));
    assert_eq!(again, Answer::Refused(Refusal::BadKeyEvents), "that is no news");
    duet.approve_both(Step::Sign);
    duet.approve_both(Step::Start);
    let deal = duet.deal(BUYER);
    duet.ask(BUYER, Command::ReportOutcome { deal, outcome: OutcomeCode::Completed });
    assert_eq!(duet.decide(BUYER, Step::Outcome, Verdict::Approve), Answer::Decided);
    assert_eq!(duet.decide(SUPPLIER, Step::Outcome, Verdict::Approve), Answer::Decided);
    assert_eq!([duet.reached(BUYER), duet.reached(SUPPLIER)], [Step::Outcome; 2]);
}

#[test]
fn a_log_that_went_on_before_the_reveal_is_revealed_whole() {
    // IDN-7, RVL-7
    let mut duet = up_to_answer();
    for person in 0..60 {
        let change = Change::RevokePerson { person: PersonKey([person; 32]), from: Day(20_775) };
        let event = said(&duet, SUPPLIER, change, &root(SUPPLIER));
        assert_eq!(duet.ask(SUPPLIER, Command::ChangeKeys(vec![event])), Answer::Done);
    }
    assert_eq!(duet.decide(BUYER, Step::Answer, Verdict::Approve), Answer::Decided);
    duet.approve_both(Step::Viable);
    duet.approve_both(Step::OptIn);
    assert_eq!(duet.known(BUYER), log_of(&duet, SUPPLIER));
    assert_eq!(duet.known(BUYER).events.len(), 60);
}

/// Has the side draw a key and its owner name it with the renewal key, for so many days after today.
fn renew(duet: &mut Duet, at: usize, days: u32) {
    let operating = drawn(duet, at);
    let last = UnixMs(duet.at).day().plus(days);
    let event = said(duet, at, Change::Delegate { operating, last }, &root(at));
    assert_eq!(duet.ask(at, Command::ChangeKeys(vec![event])), Answer::Done);
    assert_eq!(duet.sides[at].firm.operating(), operating);
}

fn up_to_viable() -> Duet {
    let mut duet = up_to_answer();
    assert_eq!(duet.decide(BUYER, Step::Answer, Verdict::Approve), Answer::Decided);
    duet.approve_both(Step::Viable);
    duet
}

#[test]
fn an_operating_key_that_is_renewed_between_opt_in_and_reveal_leaves_both_names_open() {
    // RVL-6, RVL-8
    for at in [SUPPLIER, BUYER] {
        let mut duet = up_to_viable();
        assert_eq!(duet.decide(at, Step::OptIn, Verdict::Approve), Answer::Decided);
        renew(&mut duet, at, 300);
        assert_eq!(duet.decide(1 - at, Step::OptIn, Verdict::Approve), Answer::Decided);
        assert_eq!([duet.reached(SUPPLIER), duet.reached(BUYER)], [Step::Reveal; 2], "renewed on side {at}");
        assert_eq!(duet.known(1 - at), log_of(&duet, at), "and the other side hears of the new key");
        propose(&mut duet, at);
        assert_eq!(duet.decide(at, Step::Terms, Verdict::Approve), Answer::Decided);
        duet.approve_both(Step::Acknowledge);
        duet.approve_both(Step::Sign);
    }
}

#[test]
fn a_lock_whose_operating_key_is_over_ends_the_deal_on_both_sides_and_shows_nothing() {
    // RVL-6, IDN-5
    let mut duet = up_to_answer();
    renew(&mut duet, SUPPLIER, 0);
    assert_eq!(duet.decide(BUYER, Step::Answer, Verdict::Approve), Answer::Decided);
    duet.approve_both(Step::Viable);
    assert_eq!(duet.decide(SUPPLIER, Step::OptIn, Verdict::Approve), Answer::Decided);
    duet.at += DAY_MS;
    renew(&mut duet, SUPPLIER, 300);
    assert_eq!(duet.decide(BUYER, Step::OptIn, Verdict::Approve), Answer::Decided);
    for at in 0..2 {
        assert!(duet.sides[at].firm.deals.all().all(|deal| deal.closed.is_some()), "side {at} does not wait for ever");
        assert!(!duet.knows(at, &format!("Canary Works {} Inc.", 2 - at)), "side {at}");
    }
}

#[test]
fn a_thief_of_the_operating_key_cannot_change_the_firms_own_log() {
    // IDN-4, IDN-5
    let mut duet = Duet::new();
    let operating = signing(SUPPLIER as u8 + 1);
    let last = UnixMs(duet.at).day().plus(9);
    let change = Change::Delegate { operating: OperatingKey::of(&signing(66)), last };
    for key in [&operating, &root(BUYER), &signing(66)] {
        let forged = said(&duet, SUPPLIER, change.clone(), key);
        let refused = duet.ask(SUPPLIER, Command::ChangeKeys(vec![forged]));
        assert_eq!(refused, Answer::Refused(Refusal::BadKeyEvents));
    }
    let stale = said(&duet, SUPPLIER, change, &root(SUPPLIER));
    assert_eq!(duet.revoke(SUPPLIER, 0), Answer::Done);
    let overruled = duet.ask(SUPPLIER, Command::ChangeKeys(vec![stale]));
    assert_eq!(overruled, Answer::Refused(Refusal::OtherOperatingKey), "the root key may, the node cannot follow");
    assert_eq!(duet.ask(SUPPLIER, Command::ChangeKeys(vec![])), Answer::Refused(Refusal::BadKeyEvents));
}

#[test]
fn a_refusal_about_the_firms_keys_says_who_must_act_and_with_which_command() {
    for refusal in [Refusal::OperatingKeyOver, Refusal::OtherOperatingKey, Refusal::BadKeyEvents] {
        let said = refusal.to_string();
        let (what, remedy) = said.split_once("; ").unwrap();
        assert!(!what.contains("cosolvent") && remedy.starts_with("whoever keeps the recovery sheet"), "{said}");
        assert!(remedy.contains("`cosolvent keys "), "{said}");
    }
}

#[test]
fn a_firm_is_founded_with_its_own_keys_and_first_position() {
    // IDN-1, IDN-5, IDN-12
    let mut duet = Duet::new();
    let good = log_of(&duet, SUPPLIER).inception;
    duet.sides[SUPPLIER] = side(1, b"peer-one");
    let contact = || {
        let text = ShortText::new("x").unwrap();
        ContactCard { street: text.clone(), mail: text.clone(), phone: text.clone(), person: text }
    };
    let mut found = |change: fn(&mut Inception)| {
        let mut body = good.body.clone();
        change(&mut body);
        let inception = SignedInception::new(body, &root(SUPPLIER));
        duet.ask(SUPPLIER, Command::Found { inception, legal_name: name("Works"), contact: contact() })
    };
    let bad = Answer::Refused(Refusal::BadInception);
    assert_eq!(found(|body| body.position = Hash([1; 32])), bad, "another's first position");
    assert_eq!(found(|body| body.operating = OperatingKey::of(&signing(66))), bad, "another's operating key");
    assert_eq!(found(|body| body.day = body.day.plus(2)), bad, "from the future");
    assert_eq!(found(|body| body.operating_last = body.day.plus(366)), bad, "for more than a year");
    let over = |body: &mut Inception| (body.day, body.operating_last) = (Day(20_000), Day(20_300));
    assert_eq!(found(over), bad, "over");
    assert_eq!(found(|_| {}), Answer::Done);
}

#[test]
fn a_signer_binds_the_firm_up_to_the_limit_and_within_the_scope_of_the_certificate() {
    // DEC-2, IDN-2
    let mut duet = up_to_reveal();
    let key = PersonKey::of(&duet.sides[BUYER].people[2].0);
    let enrol = |scope, limit| Entrant {
        id: "person-2".parse().unwrap(),
        name: name("Person"),
        key,
        roles: vec![Role::Owner, Role::Signer],
        expires: Day(21_200),
        scope,
        limit: Some(Money::cad(limit)),
    };
    propose(&mut duet, SUPPLIER);
    assert_eq!(duet.decide(SUPPLIER, Step::Terms, Verdict::Approve), Answer::Decided);
    duet.approve_both(Step::Acknowledge);
    let beyond = Answer::Refused(Refusal::Decision(BadDecisionRefusal::NotEntitled));
    for bad in [enrol(vec![], 11_399), enrol(vec![ResourceClass::Laboratory], 20_000)] {
        assert_eq!(duet.enrol(BUYER, bad, 2), Answer::Done);
        assert_eq!(duet.decide(BUYER, Step::Sign, Verdict::Approve), beyond);
    }
    duet.enrol(BUYER, enrol(vec![ResourceClass::Laboratory, ResourceClass::MachineWithOperator], 11_400), 2);
    duet.approve_both(Step::Sign);
}

#[test]
fn a_firm_whose_key_said_two_things_is_not_believed_any_more() {
    // IDN-9
    let mut duet = up_to_reveal();
    assert_eq!(duet.revoke(BUYER, 0), Answer::Done);
    let honest = log_of(&duet, BUYER);
    assert_eq!(duet.known(SUPPLIER), honest);
    // The buyer's node, in whose journal somebody exchanged what was revoked, under the operating key that is at hand.
    let mut event = honest.events[0].body.clone();
    event.change = Change::RevokePerson { person: PersonKey([7; 32]), from: event.day };
    let exchanged = SignedKeyEvent::new(event, &signing(BUYER as u8 + 1));
    for record in &mut duet.sides[BUYER].records {
        if let Event::Identity(identity::Event::KeysChanged { events }) = &mut record.event {
            *events = vec![exchanged.clone()];
        }
    }
    duet.restart(BUYER, signing(BUYER as u8 + 1));
    assert_eq!(duet.revoke(BUYER, 1), Answer::Done, "whatever makes the node speak of its keys");
    let supplier = &duet.sides[SUPPLIER].firm;
    assert_eq!(supplier.trust.forks.len(), 1);
    assert!(supplier.trust.forks[0].condemns(&honest.verify().unwrap()));
    assert!(supplier.deals.all().all(|deal| deal.closed.is_some()), "nothing was bound yet, so it ends");
    let side = &mut duet.sides[SUPPLIER];
    side.records.iter().for_each(|record| side.fresh.apply(record));
    assert_eq!(side.fresh.trust.forks, side.firm.trust.forks, "the proof outlives a restart");
}

#[test]
fn two_logs_that_a_firm_shows_in_two_deals_prove_its_fork_and_end_both() {
    // IDN-9
    let mut duet = early::two_up_to_reveal();
    // The same node, revoking one person to the one and another to the other counterpart that it takes for two.
    let told = |duet: &Duet, person: &str, nth: usize| {
        let mut firm = duet.sides[SUPPLIER].firm.clone();
        let now = Now { wall: WallMs(duet.at), mono: MonoMs(duet.at - START) };
        let command = Command::RevokePerson(person.parse().unwrap()).by(Asker::Operator);
        let asked = Input::Asked { ask: machine::Ask(0), command };
        let effects = firm.handle(now, &mut Entropy::new([7; 32]), asked);
        let sent = effects.after_commit.into_iter().filter_map(|effect| match effect {
            AfterCommit::Send { to, bytes, .. } if to == duet.sides[BUYER].peer => Some(bytes),
            _ => None,
        });
        let from = duet.sides[SUPPLIER].peer.clone();
        let bytes = sent.collect::<Vec<_>>().swap_remove(nth);
        Input::Received { from, delivery: machine::Delivery(0), bytes }
    };
    let (one, other) = (told(&duet, "person-0", 0), told(&duet, "person-1", 1));
    duet.input(BUYER, one);
    assert!(duet.sides[BUYER].firm.trust.forks.is_empty());
    duet.input(BUYER, other);
    let [first, second]: [&firm::deals::Deal; 2] =
        duet.sides[BUYER].firm.deals.all().collect::<Vec<_>>().try_into().unwrap();
    assert_ne!(first.identity, second.identity, "each deal was told something else");
    assert_eq!(duet.sides[BUYER].firm.trust.forks.len(), 1, "and the proof is kept");
    assert!(first.closed.is_some() && second.closed.is_some(), "nothing was bound yet, so both end");
    let side = &mut duet.sides[BUYER];
    side.records.iter().for_each(|record| side.fresh.apply(record));
    assert_eq!(side.fresh.trust.forks, side.firm.trust.forks, "the proof outlives a restart");
}

#[test]
fn a_person_whom_the_root_key_revokes_leaves_the_register() {
    // REG-3, IDN-6
    let mut duet = Duet::new();
    let person = PersonKey::of(&duet.sides[BUYER].people[0].0);
    let from = UnixMs(duet.at).day();
    let event = said(&duet, BUYER, Change::RevokePerson { person, from }, &root(BUYER));
    assert_eq!(duet.ask(BUYER, Command::ChangeKeys(vec![event])), Answer::Done);
    assert!(duet.sides[BUYER].firm.register.by_key(person).is_none());
    let left =
        |record: &&Record| matches!(&record.event, Event::Register(register::Event::Revoked(key)) if *key == person);
    assert_eq!(duet.sides[BUYER].records.iter().filter(left).count(), 1);
}

#[test]
fn a_node_whose_operating_key_is_over_certifies_nobody_until_another_is_named() {
    // IDN-5
    let mut duet = Duet::new();
    duet.at += 366 * DAY_MS;
    let late = Entrant {
        id: "late".parse().unwrap(),
        name: name("Late"),
        key: PersonKey::of(&signing(67)),
        roles: vec![Role::Planner],
        expires: Day(21_500),
        scope: vec![],
        limit: None,
    };
    assert_eq!(duet.enrol(BUYER, late.clone(), 2), Answer::Refused(Refusal::OperatingKeyOver));
    assert_eq!(duet.revoke(BUYER, 0), Answer::Done, "who leaves leaves at once all the same");
    assert!(log_of(&duet, BUYER).events.is_empty());
    let new = signing(98);
    let event = rotation(&duet, BUYER, &new);
    duet.restart(BUYER, new);
    assert_eq!(duet.ask(BUYER, Command::ChangeKeys(vec![event])), Answer::Done);
    assert_eq!(duet.enrol(BUYER, late, 2), Answer::Done);
    let left = PersonKey::of(&duet.sides[BUYER].people[0].0);
    let keys = log_of(&duet, BUYER).verify().unwrap();
    assert!(keys.is_revoked(&left, UnixMs(duet.at).day()), "what could not be said then is said now");
}

fn keys_of(duet: &Duet, at: usize) -> KeysView {
    match duet.sides[at].firm.view(&[], &Query::Keys, UnixMs(duet.at)) {
        View::Keys(keys) => *keys,
        other => panic!("{other:?}"),
    }
}

/// Has the side draw a key.
fn drawn(duet: &mut Duet, at: usize) -> OperatingKey {
    assert_eq!(duet.ask(at, Command::PrepareKey), Answer::Done);
    keys_of(duet, at).prepared.unwrap()
}

#[test]
fn a_drawn_operating_key_takes_over_in_the_running_node_and_is_another_one_each_time() {
    // IDN-4, IDN-10, RVL-8
    let mut duet = up_to_sign();
    let (in_vain, new) = (drawn(&mut duet, SUPPLIER), drawn(&mut duet, SUPPLIER));
    assert_ne!(in_vain, new, "a copy that was taken in between does not hold the key that is named");
    let event = rotation_to(&duet, SUPPLIER, new);
    assert_eq!(duet.ask(SUPPLIER, Command::ChangeKeys(vec![event])), Answer::Done);
    assert_eq!(duet.sides[SUPPLIER].firm.operating(), new);
    assert_eq!(duet.known(BUYER), log_of(&duet, SUPPLIER), "the buyer was told");
    duet.approve_both(Step::Sign);
    duet.approve_both(Step::Start);
    let side = &mut duet.sides[SUPPLIER];
    side.records.iter().for_each(|record| side.fresh.apply(record));
    assert_eq!((side.fresh.operating(), side.fresh.digest()), (new, side.firm.digest()));
}

#[test]
fn a_rotation_that_is_broken_off_anywhere_leaves_one_key_that_speaks_and_can_be_done_again() {
    // IDN-4, IDN-5
    let rotate = |duet: &mut Duet| {
        let new = drawn(duet, SUPPLIER);
        let event = rotation_to(duet, SUPPLIER, new);
        assert_eq!(duet.ask(SUPPLIER, Command::ChangeKeys(vec![event])), Answer::Done);
    };
    let whole = {
        let mut duet = Duet::new();
        rotate(&mut duet);
        duet.sides[SUPPLIER].records.len()
    };
    let (begun, mut broken_off) = (Duet::new().sides[SUPPLIER].records.len(), 0);
    for kept in begun..=whole {
        let mut duet = Duet::new();
        rotate(&mut duet);
        duet.sides[SUPPLIER].records.truncate(kept);
        duet.restart(SUPPLIER, signing(SUPPLIER as u8 + 1));
        assert!(keys_of(&duet, SUPPLIER).speaks, "with {kept} of {whole} records");
        if log_of(&duet, SUPPLIER).events.is_empty() {
            broken_off += 1;
            rotate(&mut duet);
            assert!(keys_of(&duet, SUPPLIER).speaks && log_of(&duet, SUPPLIER).events.len() == 1);
        }
    }
    assert_eq!(broken_off, 2, "before the key was drawn, and before it was named");
}

#[test]
fn a_second_rotation_by_the_same_key_is_refused_here_and_believed_by_nobody() {
    // IDN-9
    let mut duet = up_to_reveal();
    let thiefs = rotation_to(&duet, SUPPLIER, OperatingKey::of(&signing(66)));
    let new = drawn(&mut duet, SUPPLIER);
    let owners = rotation_to(&duet, SUPPLIER, new);
    assert_eq!(duet.ask(SUPPLIER, Command::ChangeKeys(vec![owners])), Answer::Done);
    let log = log_of(&duet, SUPPLIER);
    let refused = duet.ask(SUPPLIER, Command::ChangeKeys(vec![thiefs.clone()]));
    assert_eq!(refused, Answer::Refused(Refusal::OwnKeysForked));
    assert_eq!(log_of(&duet, SUPPLIER), log, "nothing changed");
    let shown = keys_of(&duet, SUPPLIER);
    assert_eq!((shown.forks.len(), shown.forks[0].firm, shown.forks[0].by), (1, shown.firm, KeyHolder::NextRoot));

    // The thief's node: the stolen journal, in which the other rotation stands.
    for record in &mut duet.sides[SUPPLIER].records {
        if let Event::Identity(identity::Event::KeysChanged { events }) = &mut record.event {
            *events = vec![thiefs.clone()];
        }
    }
    duet.restart(SUPPLIER, signing(66));
    assert_eq!(duet.revoke(SUPPLIER, 0), Answer::Done, "whatever makes the node speak of its keys");
    let seen = keys_of(&duet, BUYER).forks;
    assert_eq!((seen.len(), seen[0].by), (1, KeyHolder::NextRoot));
    assert!(duet.sides[BUYER].firm.deals.all().all(|deal| deal.closed.is_some()), "nothing was bound yet, so it ends");
}

#[test]
fn a_firm_goes_on_elsewhere_only_with_a_log_that_names_the_new_nodes_key() {
    // IDN-5, IDN-7
    let mut duet = Duet::new();
    let (old, begun) = (log_of(&duet, SUPPLIER), log_of(&duet, BUYER));
    let new = side(77, b"peer-new");
    let event = rotation_to(&duet, SUPPLIER, new.firm.operating());
    let log = old.with(&[event]).unwrap();
    let recover = |log: &KeyLog| {
        let text = ShortText::new("x").unwrap();
        let contact = ContactCard { street: text.clone(), mail: text.clone(), phone: text.clone(), person: text };
        Command::Recover { log: Box::new(log.clone()), legal_name: name("Canary Works 1 Inc."), contact }
    };
    assert_eq!(duet.ask(BUYER, recover(&begun)), Answer::Refused(Refusal::AlreadyFounded));
    duet.sides[SUPPLIER] = new;
    assert_eq!(duet.ask(SUPPLIER, recover(&old)), Answer::Refused(Refusal::OtherOperatingKey));
    let mut torn = log.clone();
    torn.events[0].body.number = 2;
    assert_eq!(duet.ask(SUPPLIER, recover(&torn)), Answer::Refused(Refusal::BadKeyEvents));
    assert_eq!(duet.ask(SUPPLIER, recover(&log)), Answer::Done);
    assert_eq!((log_of(&duet, SUPPLIER), keys_of(&duet, SUPPLIER).speaks), (log, true));
}

#[test]
fn the_end_of_the_operating_key_is_seen_sixty_days_before() {
    // IDN-5
    let mut duet = Duet::new();
    let begun = duet.at;
    for (days, validity) in
        [(305, Validity::Holds), (306, Validity::LapsesSoon), (365, Validity::LapsesSoon), (366, Validity::Lapsed)]
    {
        duet.at = begun + days * DAY_MS;
        assert_eq!(keys_of(&duet, BUYER).validity, validity, "after {days} days");
    }
    assert_eq!(keys_of(&duet, BUYER).operating_until, Some(UnixMs(begun).day().plus(365)));
}
