//! Lending a person: what is asked of the person and of the employer, the four confirmations, and taking a word back.
//!
//! The firm decides who may (`LND-1` to `LND-4`); this page says what a yes means, what ends with a word that is taken back, and
//! what does not.

use crate::form::Form;
use crate::page::frame::token;
use crate::page::parts::{moment, rows};
use crate::stop::Stop;
use crate::visit::{Names, Posted, Visit};
use crate::voice::Voice;
use crate::words::Key;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use firm::command::{Answer, Command};
use firm::lending::{Confirmation, Loan, NotLent, Say};
use firm::policy::Asking;
use firm::view::{ApprovalView, ItemView, LoanEnds, LoanView, SayView};
use maud::{Markup, html};
use protocol::dialogue::{Field, Step};
use protocol::id::ItemId;

/// `POST /items/{id}/lend`: asks whoever has not let it yet.
pub(crate) async fn lend(id: Path<String>, sent: Posted) -> Result<Response, Stop> {
    ask(id, sent, (Command::Lend, "lend-asked")).await
}

/// `POST /items/{id}/take-back`: the person takes the own consent back.
pub(crate) async fn take_back(id: Path<String>, sent: Posted) -> Result<Response, Stop> {
    ask(id, sent, (Command::TakeBack, "taken-back")).await
}

/// `POST /items/{id}/recall`: the employer takes the release back.
pub(crate) async fn recall(id: Path<String>, sent: Posted) -> Result<Response, Stop> {
    ask(id, sent, (Command::Recall, "taken-back")).await
}

async fn ask(
    Path(id): Path<String>,
    sent: Posted,
    (command, note): (fn(ItemId) -> Command, &str),
) -> Result<Response, Stop> {
    let visit = sent.visit;
    let item: ItemId = id.parse().map_err(|_| visit.missing())?;
    match visit.ask(command(item)).await? {
        Answer::Refused(refusal) => Err(visit.refused(&refusal)),
        _ => Ok(Redirect::to(&format!("/items/{item}?note={note}")).into_response()),
    }
}

/// The section of the approval page: who is lent, for what, and what a yes means.
pub(crate) fn section(voice: &Voice, approval: &ApprovalView) -> Markup {
    let Some(loan) = &approval.loan else { return html! {} };
    let own = approval.step == Step::OwnConsent;
    let (title, means) = if own {
        (Key::LoanOwnTitle, [Key::LoanOwnMeans, Key::LoanOwnNames, Key::LoanOwnBack, Key::LoanOwnNothing])
    } else {
        (Key::LoanTitle, [Key::LoanMeans, Key::LoanNames, Key::LoanBack, Key::LoanNothing])
    };
    html! {
        section.card aria-labelledby="loan" {
            h2 #loan { (voice.text(title)) }
            (rows(&lent(voice, approval, loan)))
            h3 { (voice.text(Key::LoanYes)) }
            ul { @for line in means { li { (voice.text(line)) } } }
        }
    }
}

fn lent(voice: &Voice, approval: &ApprovalView, loan: &Loan) -> Vec<(String, String)> {
    let name = approval.lends.as_ref().map_or_else(|| loan.person.to_string(), ToString::to_string);
    let mut rows = vec![
        (voice.text(Key::LoanWho), name),
        (voice.field(Field::Class), voice.code("class", loan.class)),
        (voice.field(Field::Process), voice.code("process", loan.work)),
        (voice.field(Field::Weeks), voice.weeks(loan.weeks)),
        (voice.text(Key::LoanHours), voice.hours(loan.hours.saturating_mul(60))),
    ];
    let place = loan.presence.map_or_else(|| voice.text(Key::NotSaid), |presence| voice.code("presence", presence));
    rows.push((voice.field(Field::Presence), place));
    rows
}

/// One box for each thing that a yes confirms; none is ticked beforehand.
pub(crate) fn confirmations(voice: &Voice, approval: &ApprovalView, ticked: &[Confirmation]) -> Markup {
    html! {
        @if !approval.confirms.is_empty() {
            fieldset.field #confirmations {
                legend { (voice.text(Key::ConfirmTitle)) }
                div.options.confirmations { @for one in &approval.confirms {
                    label.option {
                        input type="checkbox" name="confirmed" value=(one) checked[ticked.contains(one)] required;
                        span { (voice.code("confirm", one)) }
                    }
                } }
            }
        }
    }
}

/// What a form says was ticked.
pub(crate) fn ticked(form: &Form) -> Vec<Confirmation> {
    form.all("confirmed").filter_map(|name| name.parse().ok()).collect()
}

/// The section of an item's page.
pub(crate) fn standing(visit: &Visit, names: &Names, item: &ItemView) -> Markup {
    let voice = &visit.voice;
    let id = item.item.id;
    html! {
        @if let (Some(why), None) = (&item.not_lent, &item.loan) { p.fault { (not_lent(voice, why)) } }
        @if let Some(loan) = &item.loan {
            section.card aria-labelledby="loan" {
                h2 #loan { (voice.with(Key::LoanOf, &[("name", names.of(&loan.person).into())])) }
                @if let Some(why) = &item.not_lent { p.fault { (not_lent(voice, why)) } }
                @else { p { (voice.text(Key::LoanStands)) } }
                dl.facts { @for say in &loan.says { div {
                    dt { (voice.text(if say.say == Say::Own { Key::LoanConsent } else { Key::LoanRelease })) }
                    dd { (how(voice, names, say)) }
                } } }
                @if !item.item.withdrawn { (ways(visit, loan, id)) }
            }
        }
    }
}

fn how(voice: &Voice, names: &Names, say: &SayView) -> Markup {
    html! {
        @match (&say.given, &say.question, &say.taken_back) {
            (Some((by, at)), _, _) => {
                (voice.with(Key::LoanGiven, &[("name", names.of(by).into())])) " · " (moment(voice, *at))
            },
            (None, Some(question), _) => { a href={ "/approvals/" (question) } { (voice.text(Key::LoanAsked)) } },
            (None, None, Some((by, at))) => {
                @let by = by.as_ref().map_or_else(|| voice.text(Key::LoanOperator), |by| names.of(by).to_string());
                (voice.with(Key::LoanTakenBack, &[("name", by.into())])) " · " (moment(voice, *at))
            },
            (None, None, None) => { (voice.text(Key::LoanNotGiven)) },
        }
    }
}

/// What this reader can do about a loan.
fn ways(visit: &Visit, loan: &LoanView, id: ItemId) -> Markup {
    let voice = &visit.voice;
    let given = |say: Say| loan.says.iter().any(|one| one.say == say && one.given.is_some());
    let unasked = loan.says.iter().any(|one| one.given.is_none() && one.question.is_none());
    let form = |path: &str, class: &str, text: Key| {
        html! {
            form method="post" action={ "/items/" (id) "/" (path) } {
                (token(&visit.token))
                button class=(class) type="submit" { (voice.text(text)) }
            }
        }
    };
    let own = given(Say::Own) && loan.person == visit.person.id;
    let employer = given(Say::Employer) && visit.may(Asking::Recall);
    html! {
        @if unasked && visit.may(Asking::Enter) { (form("lend", "", Key::LoanAsk)) }
        @if own || employer { p.hint { (ends(voice, loan.ends)) } }
        @if own { (form("take-back", "decline", Key::LoanTakeBack)) }
        @if employer { (form("recall", "decline", Key::LoanRecall)) }
    }
}

/// What ends with a word that is taken back, and what does not.
fn ends(voice: &Voice, ends: LoanEnds) -> String {
    let notice = ends.notice.then(|| voice.text(Key::LoanEndsNotice));
    let deals = (ends.deals > 0).then(|| voice.with(Key::LoanEndsDeals, &[("count", ends.deals.into())]));
    let owed = (ends.owed > 0).then(|| voice.with(Key::LoanEndsOwed, &[("count", ends.owed.into())]));
    let said: Vec<String> = [notice, deals, owed].into_iter().flatten().collect();
    if said.is_empty() { voice.text(Key::LoanEndsNothing) } else { said.join(" ") }
}

/// Why something is not offered, and what to do.
pub(crate) fn not_lent(voice: &Voice, why: &NotLent) -> String {
    let (key, person) = match why {
        NotLent::Unnamed { because } => {
            return voice.because((Key::NotLentUnnamed, Key::NotLentUnnamedDefault), because, &[]);
        }
        NotLent::Denied { because } => {
            return voice.because((Key::NotLentDenied, Key::NotLentDeniedDefault), because, &[]);
        }
        NotLent::NotEnrolled(person) => (Key::NotLentNotEnrolled, person),
        NotLent::NoConsent(person) => (Key::NotLentNoConsent, person),
        NotLent::NotReleased(person) => (Key::NotLentNotReleased, person),
    };
    voice.with(key, &[("person", person.as_str().into())])
}
