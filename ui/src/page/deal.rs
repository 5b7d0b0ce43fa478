//! One deal: its steps, who must act since when and until when, what each side knows, terms, outcome.

use crate::page::deals::{other, standing};
use crate::page::frame::{Place, page, token};
use crate::page::item_form::options;
use crate::page::parts::{badge, callsign, entries, moment, not_yours, report, rows, ruled, side, who_acts};
use crate::page::talk;
use crate::page::terms::{lacking, terms};
use crate::page::work;
use crate::stop::Stop;
use crate::visit::{Names, Posted, Visit};
use crate::voice::Voice;
use crate::words::Key;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use firm::command::{Answer, Command};
use firm::policy::Asking;
use firm::view::{CounterpartView, DealState, DealView, MilestoneView, Query, SplitView, View, Waiting, WhoActs};
use maud::{Markup, html};
use protocol::dialogue::{CloseReason, Field, Step};
use protocol::id::DealId;
use protocol::text::ShortText;
use protocol::time::UnixMs;
use protocol::vocabulary::OutcomeCode;

/// `GET /deals/{id}`
pub(crate) async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Stop> {
    let deal = find(&visit, &id).await?;
    shown(&visit, &deal, None).await
}

/// `POST /deals/{id}/outcome`
pub(crate) async fn outcome(Path(id): Path<String>, sent: Posted) -> Result<Response, Stop> {
    let Posted { visit, form } = sent;
    let deal = find(&visit, &id).await?;
    let Ok(outcome) = form.text("outcome").parse() else {
        return again(&visit, &deal, &visit.voice.text(Key::FaultChoose)).await;
    };
    let answer = visit.ask(Command::ReportOutcome { deal: deal.id, outcome }).await?;
    answered(&visit, &deal, &answer, "reported").await
}

/// `POST /deals/{id}/close`
pub(crate) async fn close(Path(id): Path<String>, sent: Posted) -> Result<Response, Stop> {
    let Posted { visit, form } = sent;
    let deal = find(&visit, &id).await?;
    let reason = match form.text("reason") {
        "" => None,
        text => match ShortText::new(text) {
            Ok(reason) => Some(reason),
            Err(bad) => {
                let key = crate::page::item_form::text_fault(bad);
                return again(&visit, &deal, &visit.voice.text(key)).await;
            }
        },
    };
    let answer = visit.ask(Command::Close { deal: deal.id, reason }).await?;
    answered(&visit, &deal, &answer, "closed").await
}

/// A deal by the text of its id.
pub(crate) async fn find(visit: &Visit, id: &str) -> Result<DealView, Stop> {
    let id: DealId = id.parse().map_err(|_| visit.missing())?;
    match visit.view(Query::Deal(id)).await? {
        View::Deal(deal) => Ok(*deal),
        _ => Err(visit.missing()),
    }
}

async fn answered(visit: &Visit, deal: &DealView, answer: &Answer, note: &str) -> Result<Response, Stop> {
    Ok(match answer {
        Answer::Refused(refusal) => again(visit, deal, &visit.voice.refusal(refusal)).await?,
        Answer::NeedsPerson(approval) => Redirect::to(&format!("/approvals/{approval}")).into_response(),
        _ => Redirect::to(&format!("/deals/{}?note={note}", deal.id)).into_response(),
    })
}

async fn again(visit: &Visit, deal: &DealView, fault: &str) -> Result<Response, Stop> {
    let mut response = shown(visit, deal, Some(fault)).await?;
    *response.status_mut() = StatusCode::CONFLICT;
    Ok(response)
}

async fn shown(visit: &Visit, deal: &DealView, fault: Option<&str>) -> Result<Response, Stop> {
    let names = visit.names().await?;
    let voice = &visit.voice;
    let main = html! {
        p.crumb { a href="/deals" { (voice.text(Key::NavDeals)) } }
        h1 { (deal.title) " ↔ " (other(deal)) }
        p.badges { (side(voice, deal.side)) " " (standing(voice, deal)) }
        @if let Some(fault) = fault { p.fault role="alert" { (fault) } }
        div.columns {
            div.wide {
                (turn(visit, deal))
                @if let Some(known) = &deal.counterpart { (counterpart(voice, known, &deal.callsign)) }
                @if let Some(view) = &deal.terms {
                    section.card aria-labelledby="terms" {
                        h2 #terms { (voice.text(Key::TermsTitle)) }
                        p.badges {
                            (badge("mute", &voice.text(if view.ours { Key::TermsByUs } else { Key::TermsByThem }))) " "
                            (both(voice, Key::TermsRead, view.acknowledged)) " " (both(voice, Key::TermsSigned, view.signed))
                        }
                        (lacking(voice, &view.lacks, None))
                        (terms(voice, &view.terms, Some(deal.side)))
                        p.actions { a.button href={ "/deals/" (deal.id) "/brief" } { (voice.text(Key::BriefOpen)) } }
                        @if let Some(split) = &deal.split { p.hint { (split_of(voice, split)) } }
                    }
                }
                (work::section(voice, deal))
                @if !deal.heard.is_empty() {
                    section.card aria-labelledby="heard" {
                        h2 #heard { (voice.text(Key::DealHeard)) } (entries(voice, &deal.heard))
                    }
                }
                (talk::card(visit, deal))
                (they_know(voice, &names, deal))
                @if let Some(why) = &deal.why {
                    section.card aria-labelledby="why" { h2 #why { (voice.text(Key::ApprovalWhy)) } (report(voice, why)) }
                }
            }
            div.narrow-column {
                (timeline(voice, &names, deal))
                @if deal.state == DealState::Open && deal.waiting.can_close && visit.may(Asking::Close) {
                    (ending(visit, deal))
                }
            }
        }
    };
    Ok(page(visit, Place::Deals, deal.title.as_str(), &main))
}

/// What to do now, by whom, since when, until when.
fn turn(visit: &Visit, deal: &DealView) -> Markup {
    let voice = &visit.voice;
    let waiting = &deal.waiting;
    html! {
        section.card.turn aria-labelledby="turn" {
            h2 #turn { (voice.text(Key::DealNow)) }
            @match &deal.state {
                DealState::Completed => { p { (voice.text(Key::DealCompletedMore)) } }
                DealState::Closed { by_us, reason, note } => { (closed(voice, *by_us, *reason, note.as_ref())) }
                DealState::Open => {
                    p { strong { (voice.step(waiting.step)) } " · " (who_acts(voice, &waiting.who)) }
                    p.meta {
                        (voice.text(Key::DealSince)) " " (moment(voice, waiting.since))
                        @if let Some(lapses) = waiting.lapses {
                            br; (voice.text(Key::DealLapses)) " " (moment(voice, lapses))
                        }
                        @if let Some(reminded) = waiting.reminded {
                            br; (voice.text(Key::WaitReminded)) " " (moment(voice, reminded))
                        }
                    }
                    @if let Some(since) = waiting.stale { (stale(voice, since, waiting)) }
                    (acts(visit, deal))
                }
            }
        }
    }
}

/// That nothing has been said for long, what revives the deal, what becomes of it otherwise, and how to leave.
fn stale(voice: &Voice, since: UnixMs, waiting: &Waiting) -> Markup {
    html! {
        p { (badge("mute", &voice.text(Key::DealStale))) " " (voice.with(Key::DealStaleSince, &[("day", voice.day(since.day()).into())])) }
        p { (voice.text(Key::DealStaleRevives)) }
        p { @match waiting.lapses {
            Some(lapses) => { (voice.with(Key::DealStaleLapses, &[("day", voice.day(lapses.day()).into())])) },
            None => { (voice.text(Key::DealStaleBinds)) },
        } }
        @if waiting.can_close { p { a href="#end" { (voice.text(Key::DealStaleLeave)) } } }
    }
}

fn acts(visit: &Visit, deal: &DealView) -> Markup {
    let voice = &visit.voice;
    let (ours, approval) = match &deal.waiting.who {
        WhoActs::Us { approval, .. } | WhoActs::Both { approval } => (true, *approval),
        _ => (false, None),
    };
    let step = deal.waiting.step;
    html! {
        p.actions {
            @if let Some(approval) = approval {
                a.button.primary href={ "/approvals/" (approval) } { (voice.text(Key::InboxOpen)) }
            }
            @if !visit.may(Asking::Propose) {}
            @else if step == Step::Terms && ours && approval.is_none() {
                @let label = if deal.terms.is_some() { Key::TermsCounter } else { Key::TermsPropose };
                a.button.primary href={ "/deals/" (deal.id) "/terms" } { (voice.text(label)) }
            } @else if matches!(step, Step::Terms | Step::Acknowledge | Step::Sign) && deal.terms.is_some() {
                a.button href={ "/deals/" (deal.id) "/terms" } { (voice.text(Key::TermsCounter)) }
            }
        }
        @let unsaid = step == Step::Outcome && approval.is_none() && deal.outcomes[0].is_none();
        @if unsaid && !visit.may(Asking::Report) { (not_yours(voice, Asking::Report)) }
        @else if unsaid {
            form method="post" action={ "/deals/" (deal.id) "/outcome" } {
                (token(&visit.token))
                div.field {
                    label for="outcome" { (voice.text(Key::OutcomeAsk)) }
                    p.hint #outcome-hint { (voice.text(Key::OutcomeHint)) }
                    select #outcome name="outcome" aria-describedby="outcome-hint" {
                        @for (value, text) in options(voice, "outcome", OutcomeCode::ALL) { option value=(value) { (text) } }
                    }
                }
                button.primary type="submit" { (voice.text(Key::OutcomeReport)) }
            }
        }
    }
}

fn closed(voice: &Voice, by_us: bool, reason: CloseReason, note: Option<&ShortText>) -> Markup {
    let key = match (by_us, reason) {
        (true, CloseReason::Declined) => Key::ClosedByUs,
        (true, CloseReason::Lapsed) => Key::ClosedLapsedHere,
        (false, CloseReason::Declined) => Key::ClosedByThem,
        (false, CloseReason::Lapsed) => Key::ClosedLapsedThere,
    };
    html! {
        p { (voice.text(key)) }
        @if let Some(note) = note { p.meta { (voice.text(Key::ClosedNote)) " " q { (note) } } }
    }
}

fn both(voice: &Voice, what: Key, [here, there]: [bool; 2]) -> Markup {
    let who = match (here, there) {
        (true, true) => Key::DoneBoth,
        (true, false) => Key::DoneHere,
        (false, true) => Key::DoneThere,
        (false, false) => Key::DoneNobody,
    };
    badge(if here && there { "good" } else { "mute" }, &voice.with(what, &[("who", voice.text(who).into())]))
}

fn counterpart(voice: &Voice, known: &CounterpartView, name: &str) -> Markup {
    html! {
        section.card.names aria-labelledby="them" {
            h2 #them { (known.legal_name) }
            @match &known.vouched_by {
                Some(sponsor) => { p { (voice.with(Key::CounterpartVouched, &[("sponsor", sponsor.as_str().into())])) } }
                None => { p { (voice.text(Key::CounterpartUnvouched)) } }
            }
            (entries(voice, &known.contact))
            p.meta { (voice.text(Key::CounterpartWas)) " " (callsign(name)) " · " span.id { (known.firm.short()) } }
        }
    }
}

/// What of the price is whose, for those who may know.
fn split_of(voice: &Voice, split: &SplitView) -> String {
    let because = voice.because((Key::PolicyByRule, Key::PolicyByDefault), &split.split.because, &[]);
    let [expert, firm] = [split.expert, split.firm].map(|money| voice.money(money));
    voice.with(Key::TermsSplit, &[("expert", expert.into()), ("firm", firm.into()), ("because", because.into())])
}

fn they_know(voice: &Voice, names: &Names, deal: &DealView) -> Markup {
    html! {
        section.card aria-labelledby="they-know" {
            h2 #they-know { (voice.text(Key::DealTheyKnow)) }
            @if deal.they_know.is_empty() { p { (voice.text(Key::DealTheyKnowNothing)) } } @else {
                (rows(&by_step(voice, &deal.they_know)))
                @let told = talk::told(voice, deal);
                @if !told.is_empty() { h3 { (voice.text(Key::TalkTitle)) } (rows(&told)) }
            }
            @if let Some(by) = &deal.ruled { p.hint { (voice.step(Step::Answer)) ": " (ruled(voice, names, by)) } }
        }
    }
}

/// Fields by the step at which they were told, in the order of the steps.
fn by_step(voice: &Voice, known: &[(Field, Step)]) -> Vec<(String, String)> {
    let told = |step: Step| -> Vec<String> {
        known.iter().filter(|(_, at)| *at == step).map(|(field, _)| voice.field(*field)).collect()
    };
    let steps = Step::ALL.into_iter().map(|step| (step, told(step))).filter(|(_, fields)| !fields.is_empty());
    steps.map(|(step, fields)| (voice.step(step), fields.join(", "))).collect()
}

fn timeline(voice: &Voice, names: &Names, deal: &DealView) -> Markup {
    let open = deal.state == DealState::Open;
    html! {
        section.card aria-labelledby="steps" {
            h2 #steps { (voice.text(Key::DealSteps)) }
            @let of = |step: Step| deal.milestones.iter().filter(move |event| event.step == step).collect::<Vec<_>>();
            // A deal may go on without a talk.
            @let taken = Step::ALL.into_iter().filter(|step| *step != Step::Talk || !of(*step).is_empty());
            ol.timeline { @for step in taken {
                @let events: Vec<&MilestoneView> = of(step);
                @let now = open && step == deal.waiting.step;
                @let (class, key) = match (now, step <= deal.reached || (!events.is_empty() && (!open || step == Step::Talk))) {
                    (true, _) => ("now", Key::StepNow),
                    (false, true) => ("done", Key::StepDone),
                    (false, false) => ("ahead", Key::StepAhead),
                };
                li class=(class) aria-current=[now.then_some("step")] {
                    span.step-name { (voice.step(step)) } " " span.step-state { (voice.text(key)) }
                    @for event in events {
                        span.event {
                            (voice.text(if event.ours { Key::StepOurs } else { Key::StepTheirs }))
                            @if let Some(by) = &event.by { " (" (names.of(by)) ")" }
                            " · " (voice.moment_short(event.at))
                        }
                    }
                }
            } }
        }
    }
}

fn ending(visit: &Visit, deal: &DealView) -> Markup {
    let voice = &visit.voice;
    html! {
        form.card #end method="post" action={ "/deals/" (deal.id) "/close" } {
            (token(&visit.token))
            h2 { (voice.text(Key::CloseTitle)) }
            div.field {
                label for="reason" { (voice.text(Key::CloseReason)) }
                p.hint #reason-hint { (voice.text(Key::CloseHint)) }
                textarea #reason name="reason" rows="2" aria-describedby="reason-hint" {}
            }
            button.decline type="submit" { (voice.text(Key::CloseButton)) }
        }
    }
}
