//! The talk before names: rounds each way, what a reply changes, and a counterpart that keeps no rule.

use super::hours::replay;
use super::policy::{and, rule, tell};
use super::*;
use firm::approvals::Subject;
use firm::command::Refusal;
use firm::deals::{BadTalk, Deal};
use firm::matching::Verdict as Fares;
use firm::policy::{Detail, Permission, Says};
use firm::view::{ApprovalView, DealView};
use protocol::check::{Record as Said, own};
use protocol::dialogue::{Ask, Entry, Fact, Field, Replied, Reply, Value};
use protocol::envelope::{Envelope, EnvelopeBody};
use protocol::id::{HolderKey, QuestionCode};
use protocol::limits::{ASKS_MAX, MESSAGES_READ_MAX, PLAINTEXT_CLASSES_BYTES};
use protocol::noise::{blank_ephemeral, pad};
use protocol::wire::encode;

fn code(id: &str) -> QuestionCode {
    let words = matching::vocabulary::Vocabulary::shared();
    QuestionCode(words.questions().iter().find(|question| question.id == id).unwrap().code)
}

/// A deal in which both have told their briefs.
fn up_to_talk() -> Duet {
    let mut duet = up_to_answer();
    assert_eq!(duet.decide(BUYER, Step::Answer, Verdict::Approve), Answer::Decided);
    duet
}

fn deal(duet: &Duet, at: usize) -> &Deal {
    duet.sides[at].firm.deals.all().next().unwrap()
}

fn draft(duet: &mut Duet, at: usize, ids: &[&str]) -> Answer {
    let (deal, questions) = (duet.deal(at), ids.iter().map(|id| code(id)).collect());
    duet.ask(at, Command::Ask { deal, questions })
}

/// Asks, and lets it leave.
fn ask(duet: &mut Duet, at: usize, ids: &[&str]) {
    assert!(matches!(draft(duet, at, ids), Answer::NeedsPerson(_)));
    assert_eq!(decide_talk(duet, at, true, Verdict::Approve), Answer::Decided);
}

/// Drafts a reply with these facts.
fn reply(duet: &mut Duet, at: usize, facts: &[(&str, Fact)]) -> Answer {
    let replied = facts.iter().map(|(id, fact)| Replied { question: code(id), fact: Some(fact.clone()) });
    let (deal, replied) = (duet.deal(at), replied.collect());
    duet.ask(at, Command::Reply { deal, replied })
}

/// Decides on an ask (or a reply) that waits.
fn decide_talk(duet: &mut Duet, at: usize, asks: bool, verdict: Verdict) -> Answer {
    let side = &duet.sides[at];
    let is_it = |subject: &Subject| matches!(subject, Subject::Ask(_)) == asks;
    let mut waiting = side.firm.approvals.waiting().filter(|asked| asked.summary.step == Step::Talk);
    let id = waiting.find(|asked| is_it(&asked.subject)).expect("a question of the talk").id;
    drop(waiting);
    let question = side.firm.question(&id).unwrap();
    let decision = Decision::sign(&question, verdict, &side.people[1].0);
    duet.input(at, Input::Decided { ask: machine::Ask(0), decision });
    duet.sides[at].answers.pop().unwrap()
}

fn view(duet: &Duet, at: usize) -> DealView {
    let View::Deal(view) = duet.sides[at].firm.view(Role::ALL, &Query::Deal(duet.deal(at)), UnixMs(duet.at)) else {
        panic!("a deal")
    };
    *view
}

fn waiting(duet: &Duet, at: usize) -> Vec<ApprovalView> {
    let View::Approvals(all) = duet.sides[at].firm.view(Role::ALL, &Query::Approvals, UnixMs(duet.at)) else {
        panic!("approvals")
    };
    all.into_iter().filter(|one| one.step == Step::Talk && !one.deciders.is_empty()).collect()
}

/// Has one side hear a message that the other's program would not say, in an envelope with a good pass.
pub(super) fn say(duet: &mut Duet, to: usize, message: &Message, n: u8) {
    let theirs = deal(duet, 1 - to);
    let sequence = deal(duet, to).next_in;
    let plaintext = pad(&encode(message), &PLAINTEXT_CLASSES_BYTES).unwrap();
    let ciphertext = Blob(theirs.channel.as_ref().unwrap().seal(sequence, &plaintext).unwrap());
    let tag = theirs.opening.tag_key().tag(theirs.position, sequence).0;
    let holder = SigningKey::from_bytes(&[n; 32]);
    let (network, epoch) = (duet.genesis.id(), UnixMs(duet.at).week());
    let pass = Pass::issue(network, epoch, Purpose::Contact, HolderKey::of(&holder), &duet.sponsor);
    let ephemeral = blank_ephemeral(&Seed([n; 32]), sequence);
    let body = EnvelopeBody { network, pass, ephemeral, tag, ciphertext };
    let checked = own(Said::Envelope(Envelope::new(body, &holder))).unwrap();
    duet.input(to, Input::Heard(vec![(None, checked)]));
}

#[test]
fn both_sides_ask_and_answer_before_names_and_each_word_waits_for_a_person() {
    // TLK-1, TLK-2, STP-2
    let mut duet = up_to_talk();
    assert!(matches!(draft(&mut duet, SUPPLIER, &["part-count", "who-supplies-stock"]), Answer::NeedsPerson(_)));
    assert!(deal(&duet, BUYER).theirs.asks.is_empty(), "a draft says nothing");
    assert_eq!(decide_talk(&mut duet, SUPPLIER, true, Verdict::Approve), Answer::Decided);
    // Both at once: neither waits for the other.
    ask(&mut duet, BUYER, &["probing", "spindle-taper", "tolerance"]);
    assert_eq!(deal(&duet, SUPPLIER).asks_us().unwrap().0.len(), 3);
    assert!(
        reply(&mut duet, BUYER, &[("part-count", Fact::Number(4)), ("who-supplies-stock", Fact::Choice(1))])
            == Answer::NeedsPerson(waiting(&duet, BUYER)[0].id)
    );
    assert_eq!(deal(&duet, SUPPLIER).theirs.replies.len(), 0, "nor does a draft of a reply");
    assert_eq!(decide_talk(&mut duet, BUYER, false, Verdict::Approve), Answer::Decided);
    assert_eq!(deal(&duet, SUPPLIER).told_us().count(), 2);
    // The operator still may say that it can be done, whatever is open; and the exact tolerance was filled in.
    let [drafted] = &waiting(&duet, SUPPLIER)[..] else { panic!("one question of the talk") };
    let told: Vec<_> = drafted.replies.iter().map(|one| one.fact.clone()).collect();
    let own = Fact::Entry(Entry { field: Field::Tolerance, value: Value::Number(10) });
    assert_eq!(told, [None, None, Some(own)], "what the item's own fields say, and nothing else");
    reply(&mut duet, SUPPLIER, &[("probing", Fact::Flag(true)), ("spindle-taper", Fact::Choice(0))]);
    assert_eq!(decide_talk(&mut duet, SUPPLIER, false, Verdict::Approve), Answer::Decided);
    let buyers = view(&duet, BUYER);
    assert!(buyers.talk.rounds.iter().all(|round| round.replied) && buyers.talk.rounds.len() == 2);
    let facts: Vec<_> = buyers.talk.rounds[0].questions.iter().map(|one| one.fact.clone()).collect();
    assert_eq!(
        facts,
        [Some(Fact::Flag(true)), Some(Fact::Choice(0)), None],
        "an answer that was taken out is not told"
    );
    assert!(buyers.they_know.contains(&(Field::Answers, Step::Talk)), "{:?}", buyers.they_know);
    assert_eq!(buyers.reached, Step::Answer);
    assert_eq!(buyers.waiting.step, Step::Viable, "the talk holds nothing up");
    duet.approve_both(Step::Viable);
    duet.approve_both(Step::OptIn);
    assert_eq!(duet.reached(SUPPLIER), Step::Reveal);
    replay(&mut duet);
}

#[test]
fn each_question_and_each_answer_that_left_has_a_row_and_what_was_not_said_has_none() {
    // AUD-1
    let mut duet = up_to_talk();
    ask(&mut duet, SUPPLIER, &["part-count", "drawings-ready"]);
    reply(&mut duet, BUYER, &[("part-count", Fact::Number(4))]);
    decide_talk(&mut duet, BUYER, false, Verdict::Approve);
    let rows = |at: usize| {
        let rows = duet.sides[at].firm.audit.rows().iter().filter(|chained| chained.row.step == Step::Talk);
        rows.map(|chained| (chained.row.field, chained.row.question)).collect::<Vec<_>>()
    };
    let asked = ["part-count", "drawings-ready"].map(|id| (Field::Questions, Some(code(id))));
    assert_eq!(rows(SUPPLIER), asked);
    assert_eq!(rows(BUYER), [(Field::Answers, Some(code("part-count")))]);
    assert!(duet.sides[BUYER].firm.audit.rows().iter().all(Chained::is_sound));
}

#[test]
fn a_deal_goes_on_without_a_talk_and_a_no_or_a_lapse_of_it_ends_nothing() {
    // STP-4, TLK-2
    let mut duet = up_to_talk();
    ask(&mut duet, SUPPLIER, &["part-count"]);
    let before = duet.heard.len();
    assert_eq!(decide_talk(&mut duet, BUYER, false, Verdict::Decline), Answer::Decided);
    assert_eq!(duet.heard.len(), before, "a no says nothing");
    duet.input(BUYER, Input::Woke);
    assert!(waiting(&duet, BUYER).is_empty(), "and nobody is asked again by itself");
    let talk = view(&duet, BUYER).talk;
    assert!(talk.asks_us.len() == 1 && talk.replying.is_none(), "the page says that they wait");
    assert!(matches!(reply(&mut duet, BUYER, &[]), Answer::NeedsPerson(_)), "whoever thinks again may");
    // It outlives the week of the other questions.
    duet.approve_both(Step::Viable);
    duet.decide(SUPPLIER, Step::OptIn, Verdict::Approve);
    duet.at += 3 * DAY_MS;
    assert!(matches!(reply(&mut duet, BUYER, &[("part-count", Fact::Number(4))]), Answer::NeedsPerson(_)));
    duet.decide(BUYER, Step::OptIn, Verdict::Approve);
    assert!(waiting(&duet, BUYER).is_empty(), "after the own consent nothing is answered any more");
    assert_eq!(reply(&mut duet, BUYER, &[]), Answer::Refused(BadTalk::NothingAsked.into()));
    assert_eq!(duet.reached(BUYER), Step::Reveal);
    let mut other = up_to_talk();
    ask(&mut other, SUPPLIER, &["part-count"]);
    other.approve_both(Step::Viable);
    let lapses = waiting(&other, BUYER)[0].lapses;
    other.at = lapses.0;
    other.input(BUYER, Input::Woke);
    assert!(waiting(&other, BUYER).is_empty());
    assert!(deal(&other, BUYER).is_open(), "what is not answered in time closes no deal");
}

#[test]
fn an_answer_changes_how_the_match_fares_here_and_a_limit_that_it_violates_ends_nothing() {
    // MAT-2, MAT-3: the advert says a band of hours, and the need asks for 50.
    let mut duet = Duet::new();
    let mut offer = item(Side::Offer, Mode::Silent, 43_260_000, -79_870_000);
    offer.credentials = Vec::new();
    let mut need = item(Side::Need, Mode::Coarse, 43_450_000, -80_490_000);
    need.credentials = vec![Credential::As9100];
    duet.ask(SUPPLIER, Command::Confide(Box::new(offer)));
    duet.ask(BUYER, Command::Confide(Box::new(need)));
    duet.decide(BUYER, Step::Advertise, Verdict::Approve);
    let found = duet.sides[SUPPLIER].firm.approvals.waiting().any(|asked| asked.summary.step == Step::Interest);
    assert!(found, "an open requirement is a question");
    duet.decide(SUPPLIER, Step::Interest, Verdict::Approve);
    duet.decide(BUYER, Step::Answer, Verdict::Approve);
    let fares = |duet: &Duet| {
        let report = view(duet, BUYER).why.unwrap();
        let line = report.requirements.iter().find(|line| line.field == Field::Credentials).unwrap().verdict;
        (line, report.certainty, report.fits)
    };
    let (line, before, fits) = fares(&duet);
    assert_eq!((line, fits), (Fares::Unknown, true));
    let proposed = view(&duet, BUYER).talk.proposed;
    assert_eq!(proposed[0].question.code, code("credentials"), "what the match leaves open is proposed first");
    assert!(proposed[0].open && proposed.iter().any(|one| !one.open));
    ask(&mut duet, BUYER, &["credentials"]);
    let held = Fact::Entry(Entry { field: Field::Credentials, value: Value::Credentials(vec![Credential::As9100]) });
    reply(&mut duet, SUPPLIER, &[("credentials", held)]);
    decide_talk(&mut duet, SUPPLIER, false, Verdict::Approve);
    let (line, after, _) = fares(&duet);
    assert!(line == Fares::Match && after > before, "{line:?}: {before} then {after}");
    // An exact tolerance that is too coarse.
    ask(&mut duet, BUYER, &["tolerance"]);
    let coarse = Fact::Entry(Entry { field: Field::Tolerance, value: Value::Number(80) });
    reply(&mut duet, SUPPLIER, &[("tolerance", coarse)]);
    let heard = duet.heard.len();
    decide_talk(&mut duet, SUPPLIER, false, Verdict::Approve);
    assert_eq!(duet.heard.len(), heard + 1, "the reply, and nothing in answer to it");
    assert!(!fares(&duet).2, "the report says that it does not fit");
    assert!(deal(&duet, BUYER).is_open());
    assert_eq!(view(&duet, SUPPLIER).why.unwrap(), deal(&duet, SUPPLIER).report, "theirs is as before");
    replay(&mut duet);
}

#[test]
fn the_policy_says_who_decides_and_which_answers_may_be_told() {
    // POL-1, APR-4
    let mut duet = up_to_talk();
    let mut policy = and(tell(Some(Step::Talk), &[Field::Tolerance], Detail::Nothing));
    policy.rules.push(rule(tell(Some(Step::Talk), &[Field::Hours], Detail::Band)));
    policy.rules.push(rule(tell(Some(Step::Talk), &[Field::Answers], Detail::Band)));
    duet.govern(SUPPLIER, policy);
    ask(&mut duet, BUYER, &["tolerance", "hours", "probing"]);
    let drafted =
        |duet: &Duet| waiting(duet, SUPPLIER)[0].replies.iter().map(|one| one.fact.clone()).collect::<Vec<_>>();
    let hours = |number| Fact::Entry(Entry { field: Field::Hours, value: Value::Number(number) });
    assert_eq!(drafted(&duet), [None, Some(hours(161)), None], "of a band, the end that promises less");
    let tolerance = Fact::Entry(Entry { field: Field::Tolerance, value: Value::Number(10) });
    for (id, fact, field) in [("tolerance", tolerance, Field::Tolerance), ("probing", Fact::Flag(true), Field::Answers)]
    {
        let refused = reply(&mut duet, SUPPLIER, &[(id, fact)]);
        assert!(matches!(refused, Answer::Refused(Refusal::NotTold { field: of, .. }) if of == field), "{refused:?}");
    }
    reply(&mut duet, SUPPLIER, &[("hours", hours(195))]);
    assert_eq!(drafted(&duet), [None, Some(hours(161)), None], "written by a person, it is told no more exactly");
    // A stricter policy asks anew with less.
    duet.govern(SUPPLIER, and(tell(Some(Step::Talk), &[], Detail::Nothing)));
    assert_eq!(drafted(&duet), [None, None, None]);
    assert_eq!(
        decide_talk(&mut duet, SUPPLIER, false, Verdict::Approve),
        Answer::Decided,
        "saying nothing tells nothing"
    );
    assert!(deal(&duet, BUYER).theirs.replies[0].0.iter().all(|one| one.fact.is_none()));
    assert!(duet.sides[SUPPLIER].firm.audit.rows().iter().all(|chained| chained.row.step != Step::Talk));
    let asked = draft(&mut duet, SUPPLIER, &["part-count"]);
    assert!(matches!(asked, Answer::Refused(Refusal::NotTold { field: Field::Questions, .. })), "{asked:?}");
    let nobody = Says::Decide { step: Some(Step::Talk), permission: Permission::Deny };
    duet.govern(BUYER, and(nobody));
    let asked = draft(&mut duet, BUYER, &["spindle-taper"]);
    assert!(matches!(asked, Answer::Refused(Refusal::NotAllowed { step: Step::Talk, .. })), "{asked:?}");
}

#[test]
fn what_is_asked_or_answered_wrongly_is_refused_with_what_to_do() {
    // TLK-1, TLK-3, TLK-4, LNT-1
    let mut duet = up_to_answer();
    let refused = |answer: Answer, why: BadTalk| assert_eq!(answer, Answer::Refused(why.into()));
    refused(draft(&mut duet, BUYER, &["probing"]), BadTalk::NotNow);
    duet.decide(BUYER, Step::Answer, Verdict::Approve);
    refused(draft(&mut duet, BUYER, &[]), BadTalk::Count);
    refused(draft(&mut duet, BUYER, &["probing", "probing"]), BadTalk::Count);
    let (deal, unknown) = (duet.deal(BUYER), QuestionCode([9; 8]));
    refused(duet.ask(BUYER, Command::Ask { deal, questions: vec![unknown] }), BadTalk::Unknown(unknown));
    refused(reply(&mut duet, BUYER, &[]), BadTalk::NothingAsked);
    for round in [["probing", "options-included"], ["crane", "five-axis-kind"], ["table-load", "first-article"]] {
        ask(&mut duet, BUYER, &round);
        refused(draft(&mut duet, BUYER, &["control-make"]), BadTalk::Open);
        refused(draft(&mut duet, BUYER, &["probing"]), BadTalk::Again(code("probing")));
        decide_talk(&mut duet, SUPPLIER, false, Verdict::Approve);
    }
    refused(draft(&mut duet, BUYER, &["control-make"]), BadTalk::Exhausted);
    assert_eq!(view(&duet, BUYER).talk.asks_left, 0);
    ask(&mut duet, SUPPLIER, &["part-count", "material-grade", "who-programs"]);
    refused(reply(&mut duet, BUYER, &[("probing", Fact::Flag(true))]), BadTalk::NotAsked(code("probing")));
    refused(reply(&mut duet, BUYER, &[("part-count", Fact::Flag(true))]), BadTalk::Shape(code("part-count")));
    refused(reply(&mut duet, BUYER, &[("who-programs", Fact::Choice(3))]), BadTalk::Shape(code("who-programs")));
    let words = |text: &str| Fact::Text(ShortText::new(text).unwrap());
    let tells = reply(&mut duet, BUYER, &[("material-grade", words("Ask Canary Works 2, 519 555 0100"))]);
    assert!(matches!(tells, Answer::Refused(Refusal::Tells { .. })), "{tells:?}");
    let fine = reply(&mut duet, BUYER, &[("material-grade", words("Grade 5, annealed"))]);
    assert!(matches!(fine, Answer::NeedsPerson(_)), "{fine:?}");
}

#[test]
fn a_counterpart_that_keeps_no_rule_is_refused_and_nothing_is_stuck() {
    // STP-1, TLK-1 to TLK-4
    let mut duet = up_to_talk();
    let asks = |codes: &[u8]| Message::Ask(Ask(codes.iter().map(|n| QuestionCode([*n; 8])).collect()));
    let replies = |facts: Vec<(QuestionCode, Option<Fact>)>| {
        Message::Reply(Reply(facts.into_iter().map(|(question, fact)| Replied { question, fact }).collect()))
    };
    let left = |duet: &Duet| {
        let deal = deal(duet, SUPPLIER);
        (deal.theirs.asks.len(), deal.theirs.replies.len(), deal.next_in.0)
    };
    let (_, _, first) = left(&duet);
    say(&mut duet, SUPPLIER, &replies(vec![(code("probing"), None)]), 200);
    assert_eq!(left(&duet), (0, 0, first + 1), "an answer that nobody asked for uses up its number");
    // A code that no pack here has: our people are told, and can answer only that they do not say.
    say(&mut duet, SUPPLIER, &asks(&[1, 2]), 201);
    assert_eq!(left(&duet).0, 1);
    let [drafted] = &waiting(&duet, SUPPLIER)[..] else { panic!("one question of the talk") };
    assert!(drafted.replies.iter().all(|one| one.question.template.is_none() && one.fact.is_none()));
    let unknown = QuestionCode([1; 8]);
    let replied = vec![Replied { question: unknown, fact: Some(Fact::Flag(true)) }];
    let id = duet.deal(SUPPLIER);
    let answer = duet.ask(SUPPLIER, Command::Reply { deal: id, replied });
    assert_eq!(answer, Answer::Refused(BadTalk::Unknown(unknown).into()));
    say(&mut duet, SUPPLIER, &asks(&[3]), 202);
    assert_eq!(left(&duet), (1, 0, first + 3), "not again before the reply");
    decide_talk(&mut duet, SUPPLIER, false, Verdict::Approve);
    say(&mut duet, SUPPLIER, &asks(&[2, 4]), 203);
    assert_eq!(left(&duet).0, 1, "no question twice");
    say(&mut duet, SUPPLIER, &asks(&[4, 5]), 204);
    decide_talk(&mut duet, SUPPLIER, false, Verdict::Approve);
    say(&mut duet, SUPPLIER, &asks(&[6]), 205);
    decide_talk(&mut duet, SUPPLIER, false, Verdict::Approve);
    assert_eq!(left(&duet).0, ASKS_MAX);
    // Answers of another shape, to another question, in words where none are asked for.
    ask(&mut duet, SUPPLIER, &["part-count", "who-programs"]);
    let (count, who) = (code("part-count"), code("who-programs"));
    let words = Fact::Text(ShortText::new("call me").unwrap());
    let wrong = [
        vec![(count, Some(words)), (who, None)],
        vec![(count, Some(Fact::Number(4))), (who, Some(Fact::Choice(3)))],
        vec![(who, None), (count, None)],
        vec![(count, None)],
        vec![(count, Some(Fact::Entry(Entry { field: Field::Hours, value: Value::Number(4) }))), (who, None)],
    ];
    for (facts, n) in wrong.into_iter().zip(206..) {
        say(&mut duet, SUPPLIER, &replies(facts), n);
        assert_eq!(left(&duet).1, 0, "nothing of it is taken in, and the ask stays open");
    }
    assert_eq!(draft(&mut duet, SUPPLIER, &["part-kinds"]), Answer::Refused(BadTalk::Open.into()));
    say(&mut duet, SUPPLIER, &replies(vec![(count, Some(Fact::Number(4))), (who, None)]), 212);
    assert_eq!(left(&duet).1, 1, "a right answer still comes");
    replay(&mut duet);
}

#[test]
fn questions_without_end_end_the_deal_and_ask_nobody() {
    // STP-7, TLK-4
    let mut duet = up_to_talk();
    let before = duet.sides[SUPPLIER].asked.len();
    let mut n = 0u64;
    while deal(&duet, SUPPLIER).is_open() && n < MESSAGES_READ_MAX + 10 {
        let codes = (1..=5u8).map(|at| QuestionCode([(n % 250) as u8, (n / 250) as u8, at, 0, 0, 0, 0, 0]));
        say(&mut duet, SUPPLIER, &Message::Ask(Ask(codes.collect())), (n % 256) as u8);
        n += 1;
    }
    assert!(deal(&duet, SUPPLIER).closed.as_ref().is_some_and(|closed| closed.by_us), "after {n} messages");
    assert_eq!(
        duet.sides[SUPPLIER].asked.len(),
        before + 1,
        "one question to a person, for the one ask that was in step"
    );
    assert_eq!(deal(&duet, SUPPLIER).theirs.asks.len(), 1);
    replay(&mut duet);
}

#[test]
fn an_ask_heard_twice_or_late_changes_nothing_twice() {
    // DLG-13
    let mut duet = up_to_talk();
    duet.held = Some(Vec::new());
    ask(&mut duet, BUYER, &["probing"]);
    let held = duet.held.take().unwrap();
    for record in held.iter().chain(&held).rev() {
        duet.input(SUPPLIER, Input::Heard(vec![(None, record.clone())]));
    }
    assert_eq!(deal(&duet, SUPPLIER).theirs.asks.len(), 1);
    assert_eq!(waiting(&duet, SUPPLIER).len(), 1);
    replay(&mut duet);
}
