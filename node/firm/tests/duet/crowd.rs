//! Before a need is published: how many firms could have said it, who is asked, and whether what was shown is what leaves.

use super::*;
use firm::command::{BadDecisionRefusal, Refusal};
use firm::composer::Coarsening;
use firm::linter::Telling;
use firm::view::AdvertPreview;
use protocol::census::{Census, K, Row, SignedCensus, Tuple};
use protocol::check::{Record as Said, own};
use protocol::dialogue::Field;
use protocol::frame::unframe;
use protocol::id::{ContactKey, HolderKey, ItemId, Signature};
use protocol::pass::PassSignature;
use protocol::place::Cell;
use protocol::vocabulary::{EnvelopeBand, ToleranceBand};

const PLANNER: usize = 0;
const APPROVER: usize = 1;
const OWNER: usize = 2;

fn need() -> ItemDraft {
    item(Side::Need, Mode::Coarse, 43_450_000, -80_490_000)
}

fn confided(duet: &mut Duet, draft: ItemDraft) -> ItemId {
    match duet.ask(BUYER, Command::Confide(Box::new(draft))) {
        Answer::Confided(item) => item,
        other => panic!("{other:?}"),
    }
}

/// The sponsor tells the buyer that so many firms could have said its need, and that so many fetched passes.
fn count(duet: &mut Duet, firms: u32, fetched: u32) {
    let tuple = Tuple {
        side: Side::Need,
        class: ResourceClass::MachineWithOperator,
        process: Process::FiveAxisMilling,
        materials: vec![Material::Titanium],
        credentials: vec![Credential::As9100],
        tolerance: Some(ToleranceBand::Um25),
        envelope: Some(EnvelopeBand::Mm500),
        area: need().cell().map(Cell::coarser),
    };
    let (network, sponsor) = (duet.genesis.id(), SponsorKey::of(&duet.sponsor));
    let sayable = |number: u32| Some(number).filter(|number| *number >= 5);
    let rows = vec![Row { tuple, firms: sayable(firms) }];
    let census = Census { network, sponsor, epoch: UnixMs(duet.at).week(), fetched: sayable(fetched), rows };
    hear(duet, SPONSOR_PEER, SignedCensus::new(census, &duet.sponsor));
}

fn hear(duet: &mut Duet, from: &[u8], census: SignedCensus) {
    let bytes = Parcel::Census(Box::new(census)).to_bytes();
    duet.input(BUYER, Input::Received { from: Peer(from.to_vec()), delivery: machine::Delivery(0), bytes });
}

fn asked(duet: &Duet) -> &firm::approvals::Approval {
    let mut asked = duet.sides[BUYER].firm.approvals.waiting().filter(|asked| asked.summary.step == Step::Advertise);
    let one = asked.next().expect("a question about a notice");
    assert!(asked.next().is_none(), "one question about one notice");
    one
}

fn decided_by(duet: &mut Duet, person: usize) -> Answer {
    let id = asked(duet).id;
    let side = &duet.sides[BUYER];
    let question = side.firm.question(&id).expect("an open question");
    let decision = Decision::sign(&question, Verdict::Approve, &side.people[person].0);
    duet.input(BUYER, Input::Decided { ask: machine::Ask(0), decision });
    duet.sides[BUYER].answers.pop().expect("an answer")
}

fn preview(duet: &Duet, item: ItemId) -> AdvertPreview {
    match duet.sides[BUYER].firm.view(&[], &Query::Advert(item), UnixMs(duet.at)) {
        View::Advert(preview) => *preview,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_notice_below_five_leaves_by_an_owners_word_alone_and_the_signed_summary_says_so() {
    // CMP-2, KAN-5
    let mut duet = Duet::new();
    confided(&mut duet, need());
    let summary = &asked(&duet).summary;
    assert_eq!(summary.roles, [Role::Owner]);
    let exposure = summary.exposure.expect("how many firms it could be");
    assert_eq!((exposure.k, exposure.singles_out), (K::Below5, Some(Field::Process)));
    let mut silent = summary.clone();
    silent.exposure = None;
    assert_ne!(silent.hash(), summary.hash(), "the risk is under the signature");
    let refused = Answer::Refused(Refusal::Decision(BadDecisionRefusal::NotEntitled));
    for person in [PLANNER, APPROVER] {
        assert_eq!(decided_by(&mut duet, person), refused);
    }
    assert!(duet.heard.is_empty(), "nothing was said");
    assert_eq!(decided_by(&mut duet, OWNER), Answer::Decided);
    assert_eq!(duet.heard.len(), 1);
}

#[test]
fn in_a_crowd_those_decide_whom_the_policy_names_and_a_small_crowd_is_named() {
    // CMP-3, KAN-5
    let mut duet = Duet::new();
    count(&mut duet, 23, 7);
    confided(&mut duet, need());
    let exposure = asked(&duet).summary.exposure.expect("how many firms it could be");
    assert_eq!(exposure.k, K::Of(7), "no more than the members who can speak");
    assert!(exposure.singles_out.is_some());
    count(&mut duet, 23, 40);
    let k = preview(&duet, asked(&duet).summary.item);
    assert_eq!((k.exposure.k, k.firms, k.members, k.exposure.singles_out), (K::Of(23), K::Of(23), K::Of(40), None));
    assert_eq!(decided_by(&mut duet, APPROVER), Answer::Decided);
}

#[test]
fn a_census_that_changes_who_must_be_asked_asks_anew() {
    // CMP-2, KAN-3
    let mut duet = Duet::new();
    confided(&mut duet, need());
    let (first, seen) = (asked(&duet).id, asked(&duet).summary.roles.clone());
    count(&mut duet, 12, 12);
    assert_ne!((asked(&duet).id, asked(&duet).summary.roles.clone()), (first, seen));
    assert!(duet.sides[BUYER].firm.question(&first).is_none(), "the older question is moot");
    assert!(asked(&duet).summary.roles.contains(&Role::Approver));
}

#[test]
fn a_census_counts_only_from_the_sponsor_that_admitted_the_firm() {
    // KAN-3
    let mut duet = Duet::new();
    let (network, sponsor) = (duet.genesis.id(), SponsorKey::of(&duet.sponsor));
    let body = Census { network, sponsor, epoch: UnixMs(duet.at).week(), fetched: Some(90), rows: Vec::new() };
    let good = SignedCensus::new(body.clone(), &duet.sponsor);
    hear(&mut duet, b"peer-one", good.clone());
    hear(&mut duet, SPONSOR_PEER, SignedCensus::new(body.clone(), &SigningKey::from_bytes(&[88; 32])));
    let late = Census { epoch: body.epoch.plus(2), ..body };
    let late = SignedCensus::new(late, &duet.sponsor);
    hear(&mut duet, SPONSOR_PEER, late);
    assert!(duet.sides[BUYER].firm.market.censuses.is_empty());
    hear(&mut duet, SPONSOR_PEER, good);
    assert_eq!(duet.sides[BUYER].firm.market.censuses.len(), 1);
}

#[test]
fn what_fell_below_five_since_it_was_asked_does_not_leave() {
    // CMP-4
    let mut duet = Duet::new();
    count(&mut duet, 5, 40);
    // The supplier's own need, alike, takes one firm away from the five.
    duet.ask(SUPPLIER, Command::Confide(Box::new(need())));
    confided(&mut duet, need());
    assert_eq!(asked(&duet).summary.exposure.map(|exposure| exposure.k), Some(K::Of(5)));
    assert_eq!(duet.decide(SUPPLIER, Step::Advertise, Verdict::Approve), Answer::Decided);
    assert_eq!(decided_by(&mut duet, OWNER), Answer::Refused(Refusal::StandsOut));
    let item = asked(&duet).summary.item;
    assert!(matches!(duet.ask(BUYER, Command::Advertise { item, leave_out: Vec::new() }), Answer::NeedsPerson(_)));
    assert_eq!(asked(&duet).summary.roles, [Role::Owner]);
    assert_eq!(decided_by(&mut duet, OWNER), Answer::Decided);
}

#[test]
fn leaving_out_is_asked_anew_and_leaves_as_asked() {
    // CMP-5
    let mut duet = Duet::new();
    let item = confided(&mut duet, need());
    let leave_out = vec![Coarsening::Tolerance, Coarsening::Credential(Credential::As9100)];
    assert!(matches!(duet.ask(BUYER, Command::Advertise { item, leave_out }), Answer::NeedsPerson(_)));
    assert_eq!(decided_by(&mut duet, OWNER), Answer::Decided);
    let firm = &duet.sides[BUYER].firm;
    let facts = &firm.market.advert(&firm.market.adverts[&item].record).unwrap().facts;
    assert_eq!((facts.tolerance, facts.credentials.len(), facts.materials.len()), (None, 0, 1));
    let again = Command::Advertise { item, leave_out: Vec::new() };
    assert_eq!(duet.ask(BUYER, again), Answer::Refused(Refusal::NotNow { step: Step::Advertise }));
    let silent = confided(&mut duet, item_silent());
    let ask = Command::Advertise { item: silent, leave_out: Vec::new() };
    assert_eq!(duet.ask(BUYER, ask), Answer::Refused(Refusal::Silent));
}

fn item_silent() -> ItemDraft {
    ItemDraft { mode: Mode::Silent, ..need() }
}

/// Byte-identical but for what is drawn or signed when it leaves: contact key, holder key and both signatures.
#[test]
fn the_preview_is_what_travels() {
    // CMP-2
    let mut duet = Duet::new();
    let item = confided(&mut duet, need());
    let shown = preview(&duet, item);
    assert_eq!(decided_by(&mut duet, OWNER), Answer::Decided);
    let travelled = duet.heard.last().expect("a notice").clone();
    let Ok(Said::Advert(mut advert)) = protocol::wire::decode::<Said>(unframe(&travelled).unwrap(), 3_400) else {
        panic!("a notice")
    };
    advert.body.contact = ContactKey([0; 32]);
    advert.body.pass.holder = HolderKey([0; 32]);
    advert.body.pass.signature = PassSignature::Plain(Signature([0; 64]));
    advert.signature = Signature([0; 64]);
    assert_eq!(own(Said::Advert(advert)).unwrap().frame(), shown.bytes.0);
    assert_eq!((shown.bytes.0.len(), shown.class_bytes), (travelled.len(), 1_000));
    let differing = shown.bytes.0.iter().zip(&travelled).filter(|(one, other)| one != other).count();
    assert!(differing <= 32 + 32 + 64 + 64, "{differing} bytes differ");
}

#[test]
fn a_text_that_gives_the_firm_away_is_refused_when_it_is_entered() {
    // LNT-1, LNT-2
    let mut duet = Duet::new();
    let said = |text: &str| ItemDraft { mode: Mode::Open, experience: ShortText::new(text).ok(), ..need() };
    let refused = duet.ask(BUYER, Command::Confide(Box::new(said("Ask at CANARY works 2"))));
    let words = "CANARY works 2".to_owned();
    assert_eq!(refused, Answer::Refused(Refusal::Tells { kind: Telling::OwnName, words }));
    assert_eq!(duet.sides[BUYER].firm.profile.live().count(), 0, "nothing is half saved");
    confided(&mut duet, said("Mandrels, pick up in Guelph."));
    let findings: Vec<Telling> = asked(&duet).summary.findings.iter().map(|finding| finding.kind).collect();
    assert_eq!(findings, [Telling::Place]);
    let mut policy = Policy::small_shop();
    policy.never_said.push(ShortText::new("Mandrels").unwrap());
    duet.govern(BUYER, policy);
    let never = duet.ask(BUYER, Command::Confide(Box::new(said("Four mandrels"))));
    assert!(matches!(never, Answer::Refused(Refusal::Tells { kind: Telling::NeverSaid, .. })));
}

#[test]
fn whether_to_publish_can_be_asked_again_after_a_no_and_the_item_knows_the_question() {
    let mut duet = Duet::new();
    let answer = duet.ask(BUYER, Command::Confide(Box::new(matches::need())));
    let Answer::Confided(item) = answer else { panic!("{answer:?}") };
    let again = Command::Advertise { item, leave_out: Vec::new() };
    let seen = |duet: &Duet| match duet.sides[BUYER].firm.view(&[], &Query::Item(item), UnixMs(duet.at)) {
        View::Item(item) => (item.asked, item.advert.is_some()),
        _ => panic!("an item"),
    };
    let (Some(first), false) = seen(&duet) else { panic!("it is asked at once") };
    assert_eq!(duet.decide(BUYER, Step::Advertise, Verdict::Decline), Answer::Decided);
    assert_eq!(seen(&duet), (None, false));
    let Answer::NeedsPerson(second) = duet.ask(BUYER, again.clone()) else { panic!("a person decides") };
    assert_eq!((seen(&duet), first == second), ((Some(second), false), false));
    assert_eq!(duet.decide(BUYER, Step::Advertise, Verdict::Approve), Answer::Decided);
    assert_eq!(seen(&duet), (None, true));
    assert!(matches!(duet.ask(BUYER, again), Answer::Refused(_)), "it is published");
}
