//! Billing what was done under signed terms (`INV`).

use super::dockets::{begun, hours, said};
use super::hours::replay;
use super::*;
use firm::command::Refusal;
use firm::invoices::{BadInvoice, Draft, Quantity, Tax};
use firm::view::InvoicesView;

fn invoices(duet: &Duet, at: usize) -> Option<InvoicesView> {
    let query = Query::Invoices(duet.deal(at));
    match duet.sides[at].firm.view(Role::ALL, &query, UnixMs(duet.at)) {
        View::Invoices(view) => Some(*view),
        _ => None,
    }
}

/// Everything that the supplier wrote down.
fn dockets(duet: &Duet) -> Vec<Hash> {
    let deal = duet.sides[SUPPLIER].firm.deals.deal(&duet.deal(SUPPLIER)).unwrap();
    deal.ours.dockets.all().iter().map(|written| written.said.docket.hash()).collect()
}

fn draft(duet: &Duet, number: &str, sessions: Vec<Hash>) -> Draft {
    let (deal, issued) = (duet.deal(SUPPLIER), UnixMs(duet.at).day());
    let hst = Tax { name: name("HST"), rate: 13_000, registration: Some(name("123456789 RT0001")) };
    let (due, number) = (Some(issued.plus(30)), name(number));
    Draft { deal, number, issued, due, order: None, sessions, units: Vec::new(), taxes: vec![hst] }
}

fn bill(duet: &mut Duet, draft: &Draft) -> Answer {
    duet.ask(SUPPLIER, Command::Bill(Box::new(draft.clone())))
}

fn bad(why: BadInvoice) -> Answer {
    Answer::Refused(Refusal::Invoice(why))
}

#[test]
fn what_was_countersigned_is_billed_once_and_nothing_of_it_leaves() {
    // INV-1, INV-2
    let mut duet = begun();
    for each in [8, 4] {
        let worked = hours(&duet, each);
        said(&mut duet, worked);
    }
    let both = dockets(&duet);
    let too_early = draft(&duet, "2026-17", both.clone());
    assert_eq!(bill(&mut duet, &too_early), bad(BadInvoice::Session), "nobody countersigned them");
    assert_eq!(duet.decide(BUYER, Step::Work, Verdict::Approve), Answer::Decided);
    assert_eq!(duet.decide(BUYER, Step::Work, Verdict::Decline), Answer::Decided);
    assert_eq!(bill(&mut duet, &too_early), bad(BadInvoice::Session), "one of them is contested");

    let (heard, rows) = (duet.heard.len(), duet.sides[SUPPLIER].firm.audit.rows().len());
    let left = invoices(&duet, SUPPLIER).unwrap().unbilled;
    let [counts] = &left[..] else { panic!("one line has something left: {left:?}") };
    let [(docket, _)] = &counts.sessions[..] else { panic!("one session is left: {counts:?}") };
    let first = draft(&duet, "2026-17", vec![*docket]);
    assert_eq!(bill(&mut duet, &first), Answer::Done);
    let view = invoices(&duet, SUPPLIER).unwrap();
    assert_eq!(view.unbilled, []);
    let figures = &view.invoices[0].figures;
    let minutes = if let Quantity::Time { minutes, .. } = figures.lines[0].quantity { minutes } else { 0 };
    let worth = |hours: u64| Money::cad(220 * hours);
    assert_eq!(figures.net, worth(u64::from(minutes / 60)));
    assert_eq!(figures.total.minor, figures.net.minor * 113 / 100);
    assert_eq!(view.invoices[0].to.legal_name, duet.sides[BUYER].firm.identity.founding.as_ref().unwrap().legal_name);
    assert_eq!(view.taxes, first.taxes, "the next form begins with them");
    let again = draft(&duet, "2026-18", first.sessions.clone());
    assert_eq!(bill(&mut duet, &again), bad(BadInvoice::Session));
    let twice = draft(&duet, "2026-18", vec![first.sessions[0]; 2]);
    assert_eq!(bill(&mut duet, &twice), bad(BadInvoice::Session));
    assert_eq!(
        (duet.heard.len(), duet.sides[SUPPLIER].firm.audit.rows().len()),
        (heard, rows),
        "it is the firm's own paper"
    );
    replay(&mut duet);
}

#[test]
fn a_cancelled_invoice_keeps_its_number_and_gives_back_what_it_billed() {
    // INV-3
    let mut duet = begun();
    let worked = hours(&duet, 3);
    said(&mut duet, worked);
    assert_eq!(duet.decide(BUYER, Step::Work, Verdict::Approve), Answer::Decided);
    let sessions = dockets(&duet);
    let first = draft(&duet, "A-1", sessions.clone());
    assert_eq!(bill(&mut duet, &first), Answer::Done);
    assert_eq!(duet.ask(SUPPLIER, Command::CancelInvoice(2)), bad(BadInvoice::NoSuch));
    assert_eq!(duet.ask(SUPPLIER, Command::CancelInvoice(1)), Answer::Done);
    assert_eq!(duet.ask(SUPPLIER, Command::CancelInvoice(1)), bad(BadInvoice::NoSuch), "it is cancelled already");
    assert_eq!(bill(&mut duet, &first), bad(BadInvoice::Number(name("A-1"))));
    let second = draft(&duet, "A-2", sessions);
    assert_eq!(bill(&mut duet, &second), Answer::Done);
    let view = invoices(&duet, SUPPLIER).unwrap();
    let stand: Vec<(u32, bool)> =
        view.invoices.iter().map(|one| (one.invoice.serial, one.cancelled.is_none())).collect();
    assert_eq!(stand, [(2, true), (1, false)]);
    replay(&mut duet);
}

#[test]
fn nobody_bills_before_the_work_nor_the_side_that_pays() {
    // INV-1
    let mut duet = up_to_answer();
    go_on_to_sign(&mut duet);
    let early = draft(&duet, "1", Vec::new());
    assert_eq!(bill(&mut duet, &early), bad(BadInvoice::NotBegun));
    assert_eq!(invoices(&duet, SUPPLIER), None);
    duet.approve_both(Step::Start);
    assert_eq!(bill(&mut duet, &early), bad(BadInvoice::Nothing));
    let deal = duet.deal(BUYER);
    let theirs = Draft { deal, ..early };
    assert_eq!(duet.ask(BUYER, Command::Bill(Box::new(theirs))), bad(BadInvoice::OtherSide));
    assert_eq!(invoices(&duet, BUYER), None);
}

#[test]
fn what_would_be_no_invoice_is_refused_and_uses_up_nothing() {
    let mut duet = begun();
    let worked = hours(&duet, 3);
    said(&mut duet, worked);
    assert_eq!(duet.decide(BUYER, Step::Work, Verdict::Approve), Answer::Decided);
    let good = draft(&duet, "A-1", dockets(&duet));
    let tax = |rate| Tax { name: name("HST"), rate, registration: None };
    let wrong = [
        (Draft { due: Some(Day(good.issued.0 - 1)), ..good.clone() }, BadInvoice::Days),
        (Draft { taxes: vec![tax(0)], ..good.clone() }, BadInvoice::Taxes),
        (Draft { taxes: vec![tax(100_001)], ..good.clone() }, BadInvoice::Taxes),
        (Draft { taxes: vec![tax(5_000), tax(5_000)], ..good.clone() }, BadInvoice::Taxes),
        (
            Draft { units: vec![firm::invoices::Units { line: 0, count: 1 }], ..good.clone() },
            BadInvoice::Units { line: 0, left: 0 },
        ),
    ];
    for (draft, why) in wrong {
        assert_eq!(bill(&mut duet, &draft), bad(why));
    }
    assert_eq!(bill(&mut duet, &good), Answer::Done);
}
