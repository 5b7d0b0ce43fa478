//! What a match leads to, and what it never leads to: a budget of questions, an end with its time, silence that says nothing.

use super::conflicts::{avoiding, of_class};
use super::policy::and;
use super::{BUYER, Duet, START, SUPPLIER, item, up_to_answer};
use firm::Firm;
use firm::command::{Answer, Command};
use firm::limits::NOTICES_PER_DAY_MAX;
use firm::matching::{self, Near, Said};
use firm::policy::{Permission, Says};
use firm::profile::{ItemDraft, Mode};
use firm::view::{Query, View};
use machine::{Input, Machine, MonoMs, Now, Ticket, WallMs};
use protocol::check::Checked;
use protocol::decision::Verdict;
use protocol::dialogue::{Field, Step};
use protocol::facts::Side;
use protocol::id::{ItemId, RecordId};
use protocol::money::Money;
use protocol::text::{Name, ShortText};
use protocol::time::UnixMs;
use protocol::vocabulary::{Process, ValueBand};
use std::collections::BTreeSet;

pub(super) fn offer() -> ItemDraft {
    item(Side::Offer, Mode::Silent, 43_260_000, -79_870_000)
}

pub(super) fn need() -> ItemDraft {
    item(Side::Need, Mode::Coarse, 43_450_000, -80_490_000)
}

pub(super) fn enter(duet: &mut Duet, at: usize, draft: ItemDraft) {
    let answer = duet.ask(at, Command::Confide(Box::new(draft)));
    assert!(matches!(answer, Answer::Confided(_)), "{answer:?}");
}

/// The supplier's first words to the buyer's advert, on their way.
fn first_words(duet: &mut Duet, offer: ItemDraft, need: ItemDraft) -> Checked {
    enter(duet, SUPPLIER, offer);
    enter(duet, BUYER, need);
    assert_eq!(duet.decide(BUYER, Step::Advertise, Verdict::Approve), Answer::Decided);
    duet.held = Some(Vec::new());
    assert_eq!(duet.decide(SUPPLIER, Step::Interest, Verdict::Approve), Answer::Decided);
    duet.held.take().unwrap().pop().expect("an envelope")
}

/// Everything that leaves a firm when it hears these words, and everything that is done at once.
fn outward(duet: &Duet, firm: &Firm, words: &Checked) -> (String, usize) {
    let mut firm = firm.clone();
    let now = Now { wall: WallMs(duet.at), mono: MonoMs(duet.at - START) };
    let mut entropy = machine::Entropy::new([7; 32]);
    let effects = firm.handle(now, &mut entropy, Input::Heard(vec![(Some(Ticket(1)), words.clone())]));
    let outward = (&effects.at_once, &effects.after_commit);
    (serde_json::to_string(&outward).unwrap(), effects.records.len())
}

#[test]
fn unfit_overpriced_avoided_and_forbidden_look_like_nobody_there() {
    // MAT-7, POL-9: in the messages, in what is done at once, and in what is written before anything could leave.
    let loose = ItemDraft { tolerance_um: Some(20), ..offer() };
    let tight = ItemDraft { tolerance_um: Some(12), ..need() };
    let dear = ItemDraft { value: Some(ValueBand::Over100k), ..offer() };
    let nobody = and(Says::Decide { step: Some(Step::Answer), permission: Permission::Deny });
    let cases = [
        (offer(), need(), None, true),
        (loose, tight, None, false),
        (dear, need(), None, false),
        (offer(), need(), Some(nobody), false),
        (of_class(offer()), need(), None, true),
        (of_class(offer()), need(), Some(avoiding()), false),
        (offer(), need(), Some(avoiding()), true),
    ];
    for (offer, need, policy, is_fit) in cases {
        let mut duet = Duet::new();
        let words = first_words(&mut duet, offer, need);
        if let Some(policy) = policy {
            duet.govern(BUYER, policy);
        }
        // The same firm, if these words were addressed to somebody else.
        let mut absent = duet.sides[BUYER].firm.clone();
        absent.market.adverts.clear();
        let (seen, unseen) = (outward(&duet, &duet.sides[BUYER].firm, &words), outward(&duet, &absent, &words));
        assert_eq!((seen == unseen, seen.0.contains("ask_human")), (!is_fit, is_fit), "{seen:?} {unseen:?}");
    }
}

#[test]
fn what_leaves_is_the_same_whatever_the_private_limits_titles_and_notes_are() {
    let said = |limits: [u64; 2], title: &str| {
        let private = |draft: ItemDraft, limit| ItemDraft {
            title: Name::new(title).unwrap(),
            note: ShortText::new(title).ok(),
            limit: Some(Money::cad(limit)),
            ..draft
        };
        let mut duet = Duet::new();
        enter(&mut duet, SUPPLIER, private(offer(), limits[0]));
        enter(&mut duet, BUYER, private(need(), limits[1]));
        assert_eq!(duet.decide(BUYER, Step::Advertise, Verdict::Approve), Answer::Decided);
        assert_eq!(duet.decide(SUPPLIER, Step::Interest, Verdict::Approve), Answer::Decided);
        assert_eq!(duet.decide(BUYER, Step::Answer, Verdict::Approve), Answer::Decided);
        duet.approve_both(Step::Viable);
        duet.heard
    };
    assert_eq!(said([190, 260], "one"), said([185, 300], "another"));
}

#[test]
fn the_best_of_what_is_found_at_once_is_asked_about_and_the_rest_waits_on_the_page() {
    let mut duet = Duet::new();
    duet.held = Some(Vec::new());
    for at in 0..NOTICES_PER_DAY_MAX + 2 {
        // The first two need boring, which a milling machine does in part.
        let process = if at < 2 { Process::Boring } else { Process::FiveAxisMilling };
        enter(&mut duet, BUYER, ItemDraft { process, ..need() });
        assert_eq!(duet.decide(BUYER, Step::Advertise, Verdict::Approve), Answer::Decided);
    }
    let adverts = duet.held.take().unwrap();
    enter(&mut duet, SUPPLIER, offer());
    let worse: Vec<RecordId> = adverts.iter().take(2).map(Checked::id).collect();
    duet.input(SUPPLIER, Input::Heard(adverts.into_iter().map(|advert| (None, advert)).collect()));
    let View::Matches(matches) = duet.sides[SUPPLIER].firm.view(&[], &Query::Matches(None), UnixMs(duet.at)) else {
        panic!("matches")
    };
    assert_eq!(matches.len(), NOTICES_PER_DAY_MAX + 2);
    let asked: Vec<bool> = matches.iter().map(|found| found.approval.is_some()).collect();
    assert_eq!(asked.iter().filter(|asked| **asked).count(), NOTICES_PER_DAY_MAX);
    assert!(asked.is_sorted_by(|one, other| one >= other), "the best stand first and were asked about: {asked:?}");
    assert!(matches.iter().all(|found| found.approval.is_none() == worse.contains(&found.advert)));
    // A person may still ask about any of the others.
    let unasked = matches.last().unwrap();
    let contact = Command::Contact { item: unasked.item, advert: unasked.advert };
    assert!(matches!(duet.ask(SUPPLIER, contact), Answer::NeedsPerson(_)));
}

/// Every pair of an own item and another's advert that judging all of them finds.
fn judged(firm: &Firm, at: u64) -> BTreeSet<(ItemId, RecordId)> {
    let words = firm.knowledge.vocabulary();
    let pairs = firm.profile.live().flat_map(|item| firm.market.others().map(move |advert| (item, advert)));
    let fits = pairs.filter(|(item, (_, body))| {
        let (ours, theirs) = (Said::by_item(words, &item.draft), Said::by_advert(words, &body.facts));
        matching::is_open(words, &ours, &theirs, UnixMs(at))
            && matching::judge(words, &ours, &theirs, UnixMs(at)).is_match()
    });
    fits.map(|(item, (checked, _))| (item.id, checked.id())).collect()
}

#[test]
fn what_is_found_as_things_come_and_go_is_what_judging_everything_finds() {
    // MAT-9
    let mut duet = Duet::new();
    let works = [Process::FiveAxisMilling, Process::Boring, Process::FiveAxisMilling, Process::Turning];
    let places = [(43_260_000, -79_870_000), (43_450_000, -80_490_000), (45_500_000, -73_570_000)];
    let (mut entered, mut most) = ([Vec::new(), Vec::new()], 0);
    for at in 0..12 {
        for (who, side, mode) in [(SUPPLIER, Side::Offer, Mode::Silent), (BUYER, Side::Need, Mode::Coarse)] {
            let (lat, lon) = places[at * (who + 1) % 3];
            let draft = ItemDraft { process: works[at % 4], ..item(side, mode, lat, lon) };
            let Answer::Confided(id) = duet.ask(who, Command::Confide(Box::new(draft))) else { panic!() };
            entered[who].push(id);
        }
        assert_eq!(duet.decide(BUYER, Step::Advertise, Verdict::Approve), Answer::Decided);
        if at % 4 == 3 {
            let oldest = entered[BUYER].remove(0);
            assert_eq!(duet.ask(BUYER, Command::Withdraw(oldest)), Answer::Done);
        }
        if at % 5 == 4 {
            let oldest = entered[SUPPLIER].remove(0);
            assert_eq!(duet.ask(SUPPLIER, Command::Withdraw(oldest)), Answer::Done);
        }
        if at == 6 {
            duet.input(SUPPLIER, Input::Started);
        }
        let firm = &duet.sides[SUPPLIER].firm;
        let held: BTreeSet<_> = firm.matches.all().map(|(item, advert, _)| (item, advert)).collect();
        assert_eq!(held, judged(firm, duet.at), "after {at}");
        most = most.max(held.len());
    }
    assert!(most > 10, "{most} at most");
}

#[test]
fn a_match_ends_with_its_time_and_takes_its_question_along() {
    let mut duet = Duet::new();
    enter(&mut duet, SUPPLIER, offer());
    // Little is needed in a short week, which ends before the advert does.
    let week = UnixMs(START).week();
    let weeks = protocol::facts::Weeks { first: week, last: week.plus(2) };
    enter(&mut duet, BUYER, ItemDraft { weeks, ..need() });
    assert_eq!(duet.decide(BUYER, Step::Advertise, Verdict::Approve), Answer::Decided);
    let firm = |duet: &Duet| duet.sides[SUPPLIER].firm.clone();
    assert_eq!((firm(&duet).matches.all().count(), firm(&duet).approvals.waiting().count()), (1, 1));
    duet.at = week.plus(2).end().0 + 60_000;
    duet.input(SUPPLIER, Input::Woke);
    assert_eq!((firm(&duet).matches.all().count(), firm(&duet).approvals.waiting().count()), (0, 0));
    let side = &mut duet.sides[SUPPLIER];
    side.records.iter().for_each(|record| side.fresh.apply(record));
    assert_eq!(side.fresh.digest(), side.firm.digest(), "replaying the records gives the same state");
}

#[test]
fn who_finds_nothing_learns_which_limit_blocks_and_what_barely_fails() {
    let mut duet = Duet::new();
    enter(&mut duet, BUYER, need());
    assert_eq!(duet.decide(BUYER, Step::Advertise, Verdict::Approve), Answer::Decided);
    enter(&mut duet, SUPPLIER, ItemDraft { tolerance_um: Some(40), ..offer() });
    let firm = &duet.sides[SUPPLIER].firm;
    assert_eq!(firm.matches.all().count(), 0);
    let View::Unmet(views) = firm.view(&[], &Query::Unmet(None), UnixMs(duet.at)) else { panic!("a view") };
    let [view] = views.as_slice() else { panic!("one item without a match") };
    let [blocked] = view.unmet.blocked.as_slice() else { panic!("one limit") };
    assert_eq!((view.unmet.compared, blocked.field, blocked.adverts, blocked.alone), (1, Field::Tolerance, 1, 1));
    let near = view.near[0].report.requirements.iter().find_map(|line| line.near.clone());
    assert_eq!(near, Some(Near::Offered));
}

#[test]
fn a_page_shows_reasons_that_sum_and_the_question_that_was_asked() {
    let duet = up_to_answer();
    let View::Matches(matches) = duet.sides[SUPPLIER].firm.view(&[], &Query::Matches(None), UnixMs(duet.at)) else {
        panic!("matches")
    };
    let report = &matches[0].report;
    let points = report.requirements.iter().map(|line| line.points).chain(report.words.iter().map(|word| word.points));
    assert_eq!(points.sum::<u32>() + report.letters, report.score);
    assert!(report.is_match() && matches[0].deal.is_some());
}
