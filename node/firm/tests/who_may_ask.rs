//! Every command asked by somebody of every role, and by people who are not or no longer enrolled (`POL-4`, `REG-2`).

use ed25519_dalek::SigningKey;
use firm::approvals::{Ground, Why};
use firm::command::{Answer, Asker, Command, ContactCard, Refusal};
use firm::policy::{Asking, Policy};
use firm::profile::{ItemDraft, Mode};
use firm::register::{Entrant, PersonId};
use firm::view::{Query, View};
use firm::{Firm, FirmKeys};
use machine::{AfterCommit, Ask, Entropy, Input, Machine, MonoMs, Now, WallMs};
use protocol::docket::{Session, Work};
use protocol::facts::{Side, Weeks};
use protocol::firm_id::{FirstPosition, Inception, SignedInception};
use protocol::id::{ApprovalId, Blob, DealId, ItemId, PersonKey, RecordId, RootKey};
use protocol::money::Money;
use protocol::noise::Seed;
use protocol::place::Point;
use protocol::text::{Name, ShortText};
use protocol::time::{Day, UnixMs};
use protocol::vocabulary::{Instrument, OutcomeCode, Process, ResourceClass, Role};

const NOW: u64 = 1_795_000_000_000; // 2026-11-18
const NOTE: &str = "the spring programme ended";
const ITEM: ItemId = ItemId([1; 8]);
const DEAL: DealId = DealId([1; 16]);

fn text(text: &str) -> ShortText {
    ShortText::new(text).unwrap()
}

fn id(role: Role) -> PersonId {
    role.text().parse().unwrap()
}

fn ask(firm: &mut Firm, by: Asker, command: Command) -> Answer {
    let now = Now { wall: WallMs(NOW), mono: MonoMs(0) };
    let input = Input::Asked { ask: Ask(1), command: command.by(by) };
    let effects = firm.handle(now, &mut Entropy::new([7; 32]), input);
    let refused = effects.after_commit.into_iter().find_map(|effect| match effect {
        AfterCommit::Reply(_, answer) => Some(answer),
        _ => None,
    });
    refused.expect("an answer")
}

fn work() -> Work {
    Work::Session(Session { line: 0, day: UnixMs(NOW).day(), minutes: 60, note: None })
}

fn found() -> Command {
    let root = SigningKey::from_bytes(&[20; 32]);
    let operating = firm().operating();
    let next_root = Inception::commit_next(&RootKey([0; 32]));
    let position = FirstPosition::draw(&Seed([2; 32])).commitment();
    let (root_key, day) = (RootKey::of(&root), UnixMs(NOW).day());
    let body = Inception { root: root_key, operating, next_root, position, day, operating_last: day.plus(365) };
    let inception = SignedInception::new(body, &root);
    let contact =
        ContactCard { street: text("1 Lane"), mail: text("a@b.example"), phone: text("1"), person: text("P") };
    Command::Found { inception, legal_name: Name::new("Test Works Inc.").unwrap(), contact }
}

fn firm() -> Firm {
    Firm::new(FirmKeys {
        operating: SigningKey::from_bytes(&[1; 32]),
        master: Seed([2; 32]),
        transport: SigningKey::from_bytes(&[3; 32]),
    })
}

fn enrol(person: &str, key: u8, roles: &[Role], expires: Day) -> Command {
    let entrant = Entrant {
        id: person.parse().unwrap(),
        name: Name::new("Person").unwrap(),
        key: PersonKey::of(&SigningKey::from_bytes(&[key; 32])),
        roles: roles.to_vec(),
        expires,
        scope: Vec::new(),
        limit: None,
    };
    Command::Enrol { entrant, vouch: None }
}

/// A founded firm with one person of each role, a person of all roles who left yesterday, and one resource with a price limit.
fn shop() -> Firm {
    let mut shop = firm();
    let today = UnixMs(NOW).day();
    assert_eq!(ask(&mut shop, Asker::Operator, found()), Answer::Done);
    // The owner comes last: from then on the owner vouches.
    let left = enrol("left", 90, &Role::ALL[1..], Day(today.0 - 1));
    assert_eq!(ask(&mut shop, Asker::Operator, left), Answer::Done);
    for (at, role) in Role::ALL.iter().enumerate().rev() {
        let command = enrol(role.text(), 50 + at as u8, &[*role], today);
        assert_eq!(ask(&mut shop, Asker::Operator, command), Answer::Done);
    }
    assert!(matches!(ask(&mut shop, Asker::Operator, enter()), Answer::Confided(_)));
    shop
}

fn enter() -> Command {
    let week = UnixMs(NOW).week();
    Command::Confide(Box::new(ItemDraft {
        side: Side::Offer,
        title: Name::new("Second shift").unwrap(),
        class: ResourceClass::Machine,
        process: Process::FiveAxisMilling,
        materials: Vec::new(),
        tolerance_um: None,
        envelope_mm: None,
        credentials: Vec::new(),
        site: Point { lat_udeg: 43_260_000, lon_udeg: -79_870_000 },
        weeks: Weeks { first: week, last: week.plus(3) },
        hours: 40,
        presence: None,
        travel_km: None,
        languages: Vec::new(),
        conflict_classes: Vec::new(),
        operator: false,
        person: None,
        value: None,
        experience: None,
        mode: Mode::Silent,
        limit: Some(Money::cad(190)),
        note: Some(ShortText::new(NOTE).unwrap()),
    }))
}

/// One command for each row of the table.
fn commands() -> Vec<(Asking, Command)> {
    let propose = Command::ProposeTerms {
        deal: DEAL,
        instrument: Instrument::SpotJob,
        lines: Vec::new(),
        first: Day(20_800),
        last: Day(20_801),
        clauses: Vec::new(),
        provisions: Vec::new(),
        fulfilments: Vec::new(),
    };
    let later = Day(UnixMs(NOW).day().0 + 100);
    vec![
        (Asking::SetUp, found()),
        (Asking::SetUp, Command::ListenAt { peer: Blob(vec![1]), addresses: Vec::new() }),
        (Asking::SetUp, Command::ChangeKeys(Vec::new())),
        (Asking::SetUp, Command::RotateTransport),
        (Asking::Govern, Command::Govern(Box::new(Policy::small_shop()))),
        (Asking::Govern, Command::Leave(firm::leaving::Choice::default())),
        (Asking::Govern, Command::Relay { serve: false }),
        (Asking::Know, Command::AddPack(Vec::new())),
        (Asking::Know, Command::RemovePack("northern".into())),
        (Asking::Enrol, enrol("new", 91, &[Role::Approver], later)),
        (Asking::EnrolOwner, enrol("new", 91, &[Role::Owner], later)),
        (Asking::EnrolOwner, enrol("owner", 50, &[Role::Planner], later)),
        (Asking::Enrol, Command::RevokePerson(id(Role::Planner))),
        (Asking::EnrolOwner, Command::RevokePerson(id(Role::Owner))),
        (Asking::Enter, enter()),
        (Asking::Withdraw, Command::Withdraw(ITEM)),
        (Asking::Contact, Command::Contact { item: ITEM, advert: RecordId([1; 32]) }),
        (Asking::Talk, Command::Ask { deal: DEAL, questions: Vec::new() }),
        (Asking::Talk, Command::Reply { deal: DEAL, replied: Vec::new() }),
        (Asking::Propose, propose),
        (Asking::Enter, Command::SetTimetable { item: ITEM, timetable: Box::default(), over: 0 }),
        (Asking::Enter, Command::ConfirmTimetable(ITEM)),
        (Asking::Book, Command::Release(DEAL)),
        (Asking::WriteDown, Command::WriteDocket { deal: DEAL, work: work() }),
        (Asking::Report, Command::ReportOutcome { deal: DEAL, outcome: OutcomeCode::Completed }),
        (Asking::Bill, Command::CancelInvoice(1)),
        (Asking::Close, Command::Close { deal: DEAL, reason: None }),
        (Asking::Enter, Command::Lend(ITEM)),
        (
            Asking::Explain,
            Command::Explain { approval: ApprovalId([1; 16]), why: Why { ground: Ground::Other, note: None } },
        ),
        (Asking::Deputise, Command::EndDeputy(1)),
        (Asking::TakeBack, Command::TakeBack(ITEM)),
        (Asking::Recall, Command::Recall(ITEM)),
    ]
}

#[test]
fn every_command_is_refused_to_every_role_that_may_not_ask_for_it_and_to_no_other() {
    let shop = shop();
    let rows: std::collections::BTreeSet<Asking> = commands().into_iter().map(|(asking, _)| asking).collect();
    assert_eq!(rows.len(), Asking::ALL.len(), "every row of the table is asked for");
    for (asking, command) in commands() {
        for role in Role::ALL {
            let mut shop = shop.clone();
            let before = shop.digest();
            let answer = ask(&mut shop, Asker::Person(id(*role)), command.clone());
            let refusal = Answer::Refused(Refusal::NotYours { asking, roles: asking.roles().to_vec() });
            let may = asking.roles().contains(role);
            assert_eq!(answer != refusal, may, "{role} asks to {asking}: {answer:?}");
            assert!(may || shop.digest() == before, "{role} asks to {asking}, is refused, and something changed");
        }
        let answer = ask(&mut shop.clone(), Asker::Operator, command);
        assert!(!matches!(answer, Answer::Refused(Refusal::NotYours { .. })), "the operator asks to {asking}");
    }
}

#[test]
fn people_who_left_or_never_came_are_refused_everything() {
    let shop = shop();
    for (asking, command) in commands() {
        for (who, refusal) in [("left", Refusal::NoLongerEnrolled), ("stranger", Refusal::NoSuchPerson)] {
            let answer = ask(&mut shop.clone(), Asker::Person(who.parse().unwrap()), command.clone());
            assert_eq!(answer, Answer::Refused(refusal), "{who} asks to {asking}");
        }
    }
}

#[test]
fn a_refusal_names_who_may_instead() {
    let told = |asking: Asking| Refusal::NotYours { asking, roles: asking.roles().to_vec() }.to_string();
    assert_eq!(
        told(Asking::Propose),
        "your roles do not let you propose terms; ask somebody who is owner, planner or approver"
    );
    assert_eq!(told(Asking::Govern), "your roles do not let you change the policy; ask the owner");
    assert!(told(Asking::SetUp).ends_with("at the computer of this node, with `cosolvent`"));
}

#[test]
fn a_price_limit_and_a_note_are_shown_to_owners_and_approvers_and_to_everybody_else_only_as_set() {
    let shop = shop();
    let seen = |roles: &[Role]| {
        let View::Items(items) = shop.view(roles, &Query::Items(Side::Offer), UnixMs(NOW)) else { panic!() };
        let View::Item(one) = shop.view(roles, &Query::Item(items[0].item.id), UnixMs(NOW)) else { panic!() };
        assert_eq!(items[0], *one, "the list and the page say the same");
        let note = one.item.draft.note.as_ref().map(|note| note.as_str().to_owned());
        (one.item.draft.limit, one.limit_set, note, one.note_set)
    };
    for role in Role::ALL {
        let reads = matches!(role, Role::Owner | Role::Approver);
        let shown = (reads.then(|| Money::cad(190)), true, reads.then(|| NOTE.to_owned()), true);
        assert_eq!(seen(&[*role]), shown, "{role}");
    }
    assert_eq!(seen(&[]), (None, true, None, true));
    let queries = [Query::Status, Query::Matches(None), Query::Approvals, Query::Deals, Query::Trust, Query::People];
    for query in queries.iter().chain([&Query::Items(Side::Offer), &Query::Policy(None)]) {
        let json = serde_json::to_string(&shop.view(&[Role::Planner, Role::Auditor], query, UnixMs(NOW))).unwrap();
        assert!(!json.contains("19000"), "{query:?} shows a planner the limit: {json}");
    }
}
