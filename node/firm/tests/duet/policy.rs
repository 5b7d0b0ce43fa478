//! Policies that change under way: whose word they need, what they let leave, and what becomes of questions that wait.

use super::*;
use firm::command::Refusal;
use firm::policy::{Detail, Says, Scope};
use protocol::dialogue::{Field, Value};

pub(super) fn rule(says: Says) -> firm::policy::Rule {
    firm::policy::Rule { number: 0, scope: Scope::Everything, says }
}

/// The small shop's, with this said besides.
pub(super) fn and(says: Says) -> Policy {
    let mut policy = Policy::small_shop();
    policy.rules.push(rule(says));
    policy
}

pub(super) fn tell(step: Option<Step>, fields: &[Field], detail: Detail) -> Says {
    Says::Tell { step, fields: fields.to_vec(), detail }
}

fn number(brief: &Brief, field: Field) -> Option<u32> {
    match brief.value(field) {
        Some(Value::Number(number)) => Some(*number),
        _ => None,
    }
}

#[test]
fn a_policy_comes_into_force_under_an_owners_word_over_the_version_that_the_owner_saw() {
    // POL-5
    let mut duet = Duet::new();
    let before = duet.sides[BUYER].firm.policy.hash();
    let refused = |duet: &mut Duet, policy: Policy, why: Refusal| {
        assert_eq!(duet.ask(BUYER, Command::Govern(Box::new(policy))), Answer::Refused(why));
        assert_eq!(duet.sides[BUYER].firm.policy.hash(), before);
    };
    refused(&mut duet, Policy::plant(), Refusal::NeedsOwnersWord);
    let approvers = duet.worded(BUYER, Policy::plant(), 1);
    refused(&mut duet, approvers, Refusal::NeedsOwnersWord);
    let mut changed = duet.worded(BUYER, Policy::plant(), 2);
    changed.rules.pop();
    refused(&mut duet, changed, Refusal::OtherPolicy);
    let of_another_firm = duet.worded(SUPPLIER, Policy::plant(), 2);
    refused(&mut duet, of_another_firm, Refusal::NeedsOwnersWord);
    // Two owners change one version: the later one is told.
    let [first, second] = [Policy::plant(), Policy::small_shop()].map(|policy| duet.worded(BUYER, policy, 2));
    assert_eq!(duet.ask(BUYER, Command::Govern(Box::new(first.clone()))), Answer::Done);
    for late in [second, first] {
        assert_eq!(duet.ask(BUYER, Command::Govern(Box::new(late))), Answer::Refused(Refusal::OtherPolicy));
    }
    assert_eq!(duet.sides[BUYER].firm.policy.policy().version, 2);
    assert_eq!(
        duet.sides[BUYER].firm.policy.version(1).map(Policy::hash),
        Some(before),
        "earlier versions stay readable"
    );
}

#[test]
fn what_a_rule_tells_in_bands_leaves_in_bands_and_what_no_rule_tells_stays() {
    // POL-1: an offer promises the worse end of a band, a need asks for the harder one.
    let mut duet = Duet::new();
    let exact = [Field::Hours, Field::Tolerance, Field::Envelope, Field::Area];
    let mut policy = and(tell(Some(Step::Interest), &exact, Detail::Band));
    policy.rules.push(rule(tell(None, &[Field::Value], Detail::Nothing)));
    for at in [SUPPLIER, BUYER] {
        duet.govern(at, policy.clone());
    }
    let offer = item(Side::Offer, Mode::Silent, 43_260_000, -79_870_000);
    let need = item(Side::Need, Mode::Coarse, 43_450_000, -80_490_000);
    duet.ask(SUPPLIER, Command::Confide(Box::new(offer)));
    duet.ask(BUYER, Command::Confide(Box::new(need)));
    assert_eq!(duet.decide(BUYER, Step::Advertise, Verdict::Approve), Answer::Decided);
    assert_eq!(duet.decide(SUPPLIER, Step::Interest, Verdict::Approve), Answer::Decided);
    let heard = duet.sides[BUYER].firm.deals.all().next().unwrap().theirs.brief.clone().unwrap();
    let told = [Field::Hours, Field::Tolerance, Field::Envelope].map(|field| number(&heard, field));
    assert_eq!(told, [Some(161), Some(10), Some(500)], "200 hours, 10 micrometres, 600 millimetres");
    assert_eq!(duet.decide(BUYER, Step::Answer, Verdict::Approve), Answer::Decided);
    let answered = duet.sides[SUPPLIER].firm.deals.all().next().unwrap().theirs.brief.clone().unwrap();
    assert_eq!(number(&answered, Field::Hours), Some(50), "only first words are told in bands");
    assert_eq!(answered.value(Field::Value), None);
    let rows = duet.sides[SUPPLIER].firm.audit.rows();
    let hours = rows.iter().find(|chained| chained.row.field == Field::Hours).unwrap();
    assert_eq!((hours.row.rule, hours.row.told_by), (Some(1), Some(5)), "asked by one rule, told by another");
    assert_eq!(hours.row.policy, Some(duet.sides[SUPPLIER].firm.policy.hash()));
}

#[test]
fn a_policy_that_says_less_ends_the_question_that_would_say_more_and_asks_it_anew() {
    // APR-4
    let mut duet = Duet::new();
    let offer = item(Side::Offer, Mode::Silent, 43_260_000, -79_870_000);
    let need = item(Side::Need, Mode::Coarse, 43_450_000, -80_490_000);
    duet.ask(SUPPLIER, Command::Confide(Box::new(offer)));
    duet.ask(BUYER, Command::Confide(Box::new(need)));
    duet.decide(BUYER, Step::Advertise, Verdict::Approve);
    let waits = |duet: &Duet| {
        let waiting = duet.sides[SUPPLIER].firm.approvals.waiting();
        waiting.map(|asked| (asked.id, asked.summary.leaves.iter().map(|(field, _)| *field).collect::<Vec<_>>())).next()
    };
    let (before, fields) = waits(&duet).unwrap();
    assert!(fields.contains(&Field::Tolerance));
    duet.govern(SUPPLIER, and(tell(None, &[Field::Tolerance], Detail::Nothing)));
    let (after, fields) = waits(&duet).unwrap();
    assert!(before != after && !fields.contains(&Field::Tolerance));
    // Where first words are forbidden, nothing is asked any more.
    let nobody = firm::policy::Permission::Deny;
    duet.govern(SUPPLIER, and(Says::Decide { step: Some(Step::Interest), permission: nobody }));
    let refused = duet.decide(SUPPLIER, Step::Interest, Verdict::Approve);
    assert!(
        matches!(&refused, Answer::Refused(Refusal::NotAllowed { because, .. }) if because.rule == Some(5)),
        "{refused:?}"
    );
    assert!(duet.sides[BUYER].firm.deals.all().next().is_none());
}

#[test]
fn a_class_that_may_only_be_published_coarsely_is() {
    let mut duet = Duet::new();
    duet.govern(BUYER, and(Says::Publish(Mode::Coarse)));
    let text = ShortText::new("Mandrels in small numbers.").ok();
    let loud = || ItemDraft { experience: text.clone(), ..item(Side::Need, Mode::Open, 43_450_000, -80_490_000) };
    duet.ask(BUYER, Command::Confide(Box::new(loud())));
    let said = |duet: &Duet| duet.sides[BUYER].firm.approvals.waiting().next().map(|asked| asked.subject.clone());
    let Some(firm::approvals::Subject::Advertise(facts)) = said(&duet) else { panic!("asked") };
    assert_eq!(facts.text, None);
    let mut duet = Duet::new();
    duet.govern(BUYER, and(Says::Publish(Mode::Silent)));
    let Answer::Confided(id) = duet.ask(BUYER, Command::Confide(Box::new(loud()))) else { panic!("entered") };
    assert!(said(&duet).is_none());
    let refused = duet.ask(BUYER, Command::Advertise { item: id, leave_out: Vec::new() });
    assert!(matches!(refused, Answer::Refused(Refusal::NotAllowed { because, .. }) if because.rule == Some(5)));
}
