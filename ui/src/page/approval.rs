//! One question to a person: exactly what leaves, to whom, what stays, why, what next, until when, by which rule.
//!
//! - `DSK-8` The page carries the hashes of what it shows, and a decision is taken over these. Enter in the password field
//!   decides nothing: the form's first button is disabled, so only a named button says yes or no.

use crate::desk::{DeskError, Password};
use crate::page::frame::{Place, page, token};
use crate::page::inbox::{matter, question, who as who_may};
use crate::page::parts::{entries, facts, moment, report, rows, ruled, state};
use crate::page::terms::{lacking, terms};
use crate::page::{crowd, loan, no, talk, waiting, work};
use crate::stop::{Stop, desk_key};
use crate::visit::{Names, Posted, Visit};
use crate::voice::Voice;
use crate::words::Key;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use firm::approvals::Seen;
use firm::command::{Answer, BadDecisionRefusal, Command};
use firm::lending::{Confirmation, Unconfirmed};
use firm::policy::Asking;
use firm::view::{ApprovalState, ApprovalView, EntryView, Query, Recipient, Stays, View};
use maud::{Markup, html};
use protocol::decision::Verdict;
use protocol::dialogue::{Field, Step};
use protocol::id::{ApprovalId, DealId};
use protocol::text::Name;

/// `GET /approvals/{id}`
pub(crate) async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Stop> {
    let approval = find(&visit, &id).await?;
    shown(&visit, &approval, &[], None).await
}

/// `POST /approvals/{id}`
pub(crate) async fn decide(Path(id): Path<String>, sent: Posted) -> Result<Response, Stop> {
    let Posted { visit, mut form } = sent;
    let approval = find(&visit, &id).await?;
    let password = Password::new(form.take("password"));
    let confirmed = loan::ticked(&form);
    let again = async |status: StatusCode, sentence: String| {
        let mut response = shown(&visit, &approval, &confirmed, Some(&sentence)).await?;
        *response.status_mut() = status;
        Ok(response)
    };
    let Some((verdict, note)) = verdict(form.text("verdict")) else {
        return again(StatusCode::UNPROCESSABLE_ENTITY, visit.voice.text(Key::ErrorNoVerdict)).await;
    };
    if password.expose().is_empty() {
        return again(StatusCode::UNPROCESSABLE_ENTITY, visit.voice.text(Key::ErrorNoPassword)).await;
    }
    if let (Verdict::Approve, Err(missing)) = (verdict, Unconfirmed::among(&approval.confirms, &confirmed)) {
        return again(StatusCode::UNPROCESSABLE_ENTITY, visit.voice.refusal(&missing.into())).await;
    }
    let confirmed = confirmed.clone();
    let seen = Seen { summary: approval.summary_hash, bytes: approval.bytes_hash, confirmed };
    if form.text("summary") != seen.summary.to_string() || form.text("bytes") != seen.bytes.to_string() {
        return again(StatusCode::CONFLICT, visit.voice.text(Key::ErrorChanged)).await;
    }
    let who = &visit.person.id;
    if let Some(sentence) = visit.hurried() {
        return again(StatusCode::TOO_MANY_REQUESTS, sentence).await;
    }
    let decided = visit.app.desk.decide(who, approval.id, seen, verdict, password).await;
    if decided != Err(DeskError::WrongPassword) {
        visit.app.throttle.clear(who);
    }
    match decided {
        Ok(Answer::Refused(refusal)) => again(StatusCode::CONFLICT, visit.voice.refusal(&refusal)).await,
        Ok(Answer::NeedsPerson(same)) if same == approval.id => {
            Ok(Redirect::to(&format!("/approvals/{same}?note=agreed")).into_response())
        }
        Ok(Answer::NeedsPerson(next)) => Ok(Redirect::to(&format!("/approvals/{next}?note={note}")).into_response()),
        Ok(Answer::Done | Answer::Decided | Answer::Confided(_)) => {
            if let (Verdict::Decline, Some(why)) = (verdict, no::why(&form)) {
                // The no stands whatever becomes of its reason, which can be given on the page as well.
                visit.ask(Command::Explain { approval: approval.id, why }).await?;
            }
            let to =
                approval.deal.map_or_else(|| format!("/?note={note}"), |deal| format!("/deals/{deal}?note={note}"));
            Ok(Redirect::to(&to).into_response())
        }
        Err(DeskError::WrongPassword) => {
            again(StatusCode::UNAUTHORIZED, visit.voice.text(desk_key(&DeskError::WrongPassword))).await
        }
        Err(error) => Err(visit.failed(&error)),
    }
}

/// Why a decision did not count.
pub(crate) fn refused(bad: BadDecisionRefusal) -> Key {
    match bad {
        BadDecisionRefusal::OtherQuestion => Key::ErrorChanged,
        BadDecisionRefusal::Lapsed => Key::RefusalLapsed,
        BadDecisionRefusal::NotEntitled => Key::RefusalNotEntitled,
        BadDecisionRefusal::Signature => Key::RefusalSignature,
    }
}

fn verdict(text: &str) -> Option<(Verdict, &'static str)> {
    match text {
        "approve" => Some((Verdict::Approve, "approved")),
        "decline" => Some((Verdict::Decline, "declined")),
        _ => None,
    }
}

async fn find(visit: &Visit, id: &str) -> Result<ApprovalView, Stop> {
    let id: ApprovalId = id.parse().map_err(|_| visit.missing())?;
    match visit.view(Query::Approval(id)).await? {
        View::Approval(approval) => Ok(*approval),
        _ => Err(visit.missing()),
    }
}

async fn shown(
    visit: &Visit,
    approval: &ApprovalView,
    ticked: &[Confirmation],
    fault: Option<&str>,
) -> Result<Response, Stop> {
    let names = visit.names().await?;
    let voice = &visit.voice;
    let title = question(voice, approval);
    let main = html! {
        p.crumb { a href="/" { (voice.text(Key::NavInbox)) } " › " (voice.step(approval.step)) }
        h1 { (title) }
        p.lead { (state(voice, approval)) " " (standing(voice, &names, approval)) }
        @if approval.state == ApprovalState::Waiting && visit.decides(approval) {
            p.jump { a href="#decide" { (voice.text(Key::DecideJump)) } }
        }
        div.columns {
            div.wide {
                @if approval.step == Step::OptIn { (exchange(voice, approval)) }
                @if approval.step.lends() { (loan::section(voice, approval)) } @else { (leaving(voice, approval)) }
                (crowd::section(visit, approval))
                @if let Some(docket) = &approval.docket {
                    section.card aria-labelledby="docket" {
                        h2 #docket { (voice.text(if approval.countersigns { Key::WorkTheirs } else { Key::WorkOurs })) }
                        p { strong { (work::said(voice, approval.terms.as_ref(), !approval.countersigns, &docket.work)) } }
                        p.meta { (voice.day(docket.work.day())) }
                    }
                }
                @if let Some(shown) = &approval.terms {
                    section.card aria-labelledby="terms" {
                        h2 #terms { (voice.text(Key::TermsTitle)) }
                        (lacking(voice, &approval.lacks, next_version(visit, approval)))
                        (terms(voice, shown, approval.side))
                    }
                }
                (staying(voice, approval))
                @if !approval.heard.is_empty() {
                    section.card aria-labelledby="heard" {
                        h2 #heard { (voice.text(Key::ApprovalHeard)) } (entries(voice, &approval.heard))
                    }
                }
                @if let Some(why) = &approval.why {
                    section.card aria-labelledby="why" { h2 #why { (voice.text(Key::ApprovalWhy)) } (report(voice, why)) }
                }
            }
            div.narrow-column {
                section.card aria-labelledby="next" {
                    h2 #next { (voice.text(Key::ApprovalNext)) }
                    p { (next(voice, approval)) }
                    (rows(&waiting::frame(voice, &names, approval)))
                    (waiting::stop(voice, approval))
                }
                (decision(visit, &names, approval, (ticked, fault)))
            }
        }
    };
    Ok(page(visit, Place::Inbox, &title, &main))
}

/// The deal in which this person may propose the next version; not while this version is still a draft of this firm.
fn next_version(visit: &Visit, approval: &ApprovalView) -> Option<DealId> {
    approval.deal.filter(|_| approval.step != Step::Terms && visit.may(Asking::Propose))
}

/// How the question stands, with who and when.
fn standing(voice: &Voice, names: &Names, approval: &ApprovalView) -> Markup {
    html! { @match &approval.state {
        ApprovalState::Waiting => { (voice.text(Key::InboxLapses)) " " (moment(voice, approval.lapses)) },
        ApprovalState::Approved { by, at } | ApprovalState::Declined { by, at } => { (names.of(by)) " · " (moment(voice, *at)) },
        ApprovalState::Ruled(by) => { (moment(voice, by.at)) " · " (ruled(voice, names, by)) },
        ApprovalState::Lapsed => { (voice.text(Key::StateLapsedMore)) },
        ApprovalState::Moot => { (voice.text(Key::StateMootMore)) },
    } }
}

fn leaving(voice: &Voice, approval: &ApprovalView) -> Markup {
    let total: u64 = approval.leaves.iter().map(|leaf| u64::from(leaf.bytes)).sum();
    let bytes = voice.text(Key::ApprovalBytes);
    let told = voice.text(Key::ApprovalValue);
    html! {
        section.card.leaves aria-labelledby="leaves" {
            h2 #leaves { (voice.text(Key::ApprovalLeaves)) }
            p { (voice.with(Key::ApprovalTo, &[("to", voice.recipient(&approval.to).into())])) }
            @if approval.step == Step::Talk { (talk::leaving(voice, approval)) }
            @else if approval.leaves.is_empty() { p.empty { (voice.text(Key::InboxNothingLeaves)) } } @else {
                table.stack {
                    thead { tr {
                        th scope="col" { (voice.text(Key::ApprovalField)) }
                        th scope="col" { (told) }
                        th scope="col" .number { (bytes) }
                    } }
                    tbody { @for leaf in &approval.leaves { tr {
                        th scope="row" { (voice.field(leaf.field)) }
                        td data-label=(told) { (value(voice, approval, leaf)) }
                        td.number data-label=(bytes) { (voice.whole(u64::from(leaf.bytes))) }
                    } } }
                    tfoot { tr {
                        th scope="row" colspan="2" { (voice.text(Key::ApprovalTotal)) }
                        td.number data-label=(voice.text(Key::ApprovalTotal)) { strong { (voice.bytes(total)) } }
                    } }
                }
            }
            @if let Some(also) = unlisted(voice, approval) {
                h3 { (voice.text(Key::ApprovalNotice)) }
                (rows(&also))
            }
        }
    }
}

/// What a notice says beyond the fields listed above it, so that nothing of it leaves unread and nothing is read twice.
fn unlisted(voice: &Voice, approval: &ApprovalView) -> Option<Vec<(String, String)>> {
    let mut also = facts(voice, approval.facts.as_ref()?);
    also.retain(|(label, _)| !approval.leaves.iter().any(|leaf| voice.field(leaf.field) == *label));
    (!also.is_empty()).then_some(also)
}

/// The value that leaves; a document is named where it stands on the page.
fn value(voice: &Voice, approval: &ApprovalView, leaf: &EntryView) -> String {
    if let Some(entry) = &leaf.entry {
        return voice.value(leaf.field, &entry.value);
    }
    let in_facts = || {
        let label = voice.field(leaf.field);
        facts(voice, approval.facts.as_ref()?).into_iter().find(|(field, _)| *field == label).map(|(_, value)| value)
    };
    match leaf.field {
        Field::LegalName => approval.legal_name.as_ref().map(|name| name.as_str().to_string()),
        Field::Outcome => approval.outcome.map(|outcome| voice.code("outcome", outcome)),
        Field::Terms => {
            approval.terms.as_ref().map(|terms| voice.with(Key::TermsVersion, &[("number", terms.number.into())]))
        }
        _ => in_facts(),
    }
    .or_else(|| Key::of_code("leaf", leaf.field.name()).map(|key| voice.text(key)))
    .unwrap_or_else(|| voice.text(Key::LeafOther))
}

/// The exchange of names, said as such.
fn exchange(voice: &Voice, approval: &ApprovalView) -> Markup {
    let ours: Vec<_> = approval.leaves.iter().map(|leaf| voice.field(leaf.field)).collect();
    let theirs: Vec<_> = approval.expects.iter().map(|field| voice.field(*field)).collect();
    let name = approval.legal_name.as_ref().map_or("", |name| name.as_str());
    html! {
        section.card.names aria-labelledby="names" {
            h2 #names { (voice.text(Key::NamesTitle)) }
            p { (voice.with(Key::NamesText, &[("name", name.into()), ("to", voice.recipient(&approval.to).into())])) }
            @if approval.second { p.hint { (voice.text(Key::NamesSecond)) } }
            div.pair {
                div { h3 { (voice.text(Key::NamesGive)) } ul { @for field in ours { li { (field) } } } }
                div { h3 { (voice.text(Key::NamesGet)) } ul { @for field in theirs { li { (field) } } } }
            }
        }
    }
}

fn staying(voice: &Voice, approval: &ApprovalView) -> Markup {
    html! {
        section.card aria-labelledby="stays" {
            h2 #stays { (voice.text(Key::ApprovalStays)) }
            @if approval.stays.is_empty() { p { (voice.text(Key::ApprovalStaysNothing)) } }
            @else { ul.ticks { @for stays in &approval.stays { li { (voice.text(stays_key(*stays))) } } } }
        }
    }
}

fn stays_key(stays: Stays) -> Key {
    match stays {
        Stays::Name => Key::StaysName,
        Stays::Site => Key::StaysSite,
        Stays::Title => Key::StaysTitle,
        Stays::Limit => Key::StaysLimit,
        Stays::Note => Key::StaysNote,
        Stays::ExactValues => Key::StaysExactValues,
        Stays::People => Key::StaysPeople,
        Stays::OtherItems => Key::StaysOtherItems,
    }
}

fn next(voice: &Voice, approval: &ApprovalView) -> String {
    let key = Key::of_code("next", matter(approval)).unwrap_or(Key::NextOther);
    voice.with(key, &[("to", voice.recipient(&approval.to).into()), ("person", lends(approval).into())])
}

/// The name of who would be lent; empty where nobody is.
fn lends(approval: &ApprovalView) -> &str {
    approval.lends.as_ref().map_or("", Name::as_str)
}

fn decision(
    visit: &Visit,
    names: &Names,
    approval: &ApprovalView,
    (ticked, fault): (&[Confirmation], Option<&str>),
) -> Markup {
    let voice = &visit.voice;
    let agreed = approval.agreed.as_ref().filter(|_| approval.state == ApprovalState::Waiting);
    html! {
        section.card.decide aria-labelledby="decide" {
            h2 #decide { (voice.text(Key::DecideTitle)) }
            @if let Some(fault) = fault { p.fault #decide-fault role="alert" { (fault) } }
            @if let Some(by) = agreed { p { (voice.with(Key::DecideAgreed, &[("name", names.of(by).into())])) } }
            @if approval.state != ApprovalState::Waiting {
                p { (voice.text(Key::DecideClosed)) }
                (no::said(visit, approval))
                @if let Some(deal) = approval.deal { p { a.button href={ "/deals/" (deal) } { (voice.text(Key::DecideDeal)) } } }
            } @else if approval.deciders.is_empty() {
                p.fault { (voice.with(Key::DecideNobody, &[("roles", voice.roles(&approval.roles).into())])) }
            } @else if !visit.decides(approval) {
                p { (voice.with(Key::DecideOthers, &[("roles", who_may(voice, names, approval).into())])) }
            } @else {
                form method="post" action={ "/approvals/" (approval.id) } {
                    button type="submit" hidden disabled {}
                    (token(&visit.token))
                    input type="text" name="who" value=(visit.person.id) autocomplete="username" readonly hidden;
                    input type="hidden" name="summary" value=(approval.summary_hash);
                    input type="hidden" name="bytes" value=(approval.bytes_hash);
                    (loan::confirmations(voice, approval, ticked))
                    div.field {
                        label for="password" {
                            (voice.with(Key::DecidePassword, &[("name", visit.person.name.as_str().into())])) }
                        p.hint #password-hint { (voice.text(Key::DecidePasswordHint)) }
                        input #password type="password" name="password" autocomplete="current-password" required
                            aria-describedby=(if fault.is_some() { "password-hint decide-fault" } else { "password-hint" });
                    }
                    (no::reason(voice))
                    button.primary type="submit" name="verdict" value="approve" { (approve(voice, approval)) }
                    button.decline type="submit" name="verdict" value="decline" formnovalidate[!approval.confirms.is_empty()] {
                        (decline(voice, approval)) }
                    @if ends_with_a_word(approval.step) { p.hint { (voice.text(Key::DecideEnd)) } }
                }
            }
        }
    }
}

/// Steps at which a no ends the deal and the other side, which has been answered before, is told so.
fn ends_with_a_word(step: Step) -> bool {
    matches!(step, Step::Viable | Step::OptIn | Step::Acknowledge | Step::Sign)
}

/// The no button says what a no does.
fn decline(voice: &Voice, approval: &ApprovalView) -> String {
    let key = Key::of_code("decline", matter(approval)).unwrap_or(Key::DecideDecline);
    voice.with(key, &[("person", lends(approval).into()), ("to", voice.recipient(&approval.to).into())])
}

/// The yes button says what a yes does.
fn approve(voice: &Voice, approval: &ApprovalView) -> String {
    let key = Key::of_code("approve", matter(approval)).unwrap_or(Key::ApproveOther);
    let to = match &approval.to {
        Recipient::Everybody => voice.text(Key::RecipientEverybody),
        other => voice.recipient(other),
    };
    let outcome = approval.outcome.map(|outcome| voice.code("outcome", outcome)).unwrap_or_default();
    let count = approval.leaves.len().into();
    let variables =
        [("to", to.into()), ("count", count), ("outcome", outcome.into()), ("person", lends(approval).into())];
    voice.with(key, &variables)
}
