//! Drafting questions to the other side, and the answer to theirs. Neither leaves before the right person said so.

use crate::form::{Faults, Form, decimal};
use crate::page::deal::find;
use crate::page::deals::other;
use crate::page::frame::{Place, page, token};
use crate::page::item_form::{options, text_fault};
use crate::page::parts::Fields;
use crate::page::talk::{refused, says};
use crate::stop::Stop;
use crate::visit::{Posted, Visit};
use crate::voice::Voice;
use crate::words::Key;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use firm::command::{Answer, Command};
use firm::policy::Asking;
use firm::view::{DealView, ProposedView, QuestionView, RepliedView, ShapeView};
use maud::{Markup, html};
use protocol::dialogue::{Entry, Fact, Field, Replied, Value};
use protocol::facts::Weeks;
use protocol::id::QuestionCode;
use protocol::limits::QUESTIONS_PER_ASK_MAX;
use protocol::text::ShortText;
use protocol::time::Day;
use protocol::vocabulary::{Credential, Language as Spoken, Material, Presence};

/// `GET /deals/{id}/ask`
pub(crate) async fn show_ask(visit: Visit, Path(id): Path<String>) -> Result<Response, Stop> {
    visit.only(Asking::Talk)?;
    let deal = find(&visit, &id).await?;
    Ok(ask_form(&visit, &deal, &Form::default(), None))
}

/// `POST /deals/{id}/ask`
pub(crate) async fn ask(Path(id): Path<String>, sent: Posted) -> Result<Response, Stop> {
    let Posted { visit, form } = sent;
    let deal = find(&visit, &id).await?;
    let questions: Vec<QuestionCode> = form.all("question").filter_map(|code| code.parse().ok()).collect();
    match visit.ask(Command::Ask { deal: deal.id, questions }).await? {
        Answer::Refused(refusal) => {
            let again = ask_form(&visit, &deal, &form, Some(&visit.voice.refusal(&refusal)));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
        }
        answer => Ok(drafted(&deal, &answer)),
    }
}

/// `GET /deals/{id}/reply`
pub(crate) async fn show_reply(visit: Visit, Path(id): Path<String>) -> Result<Response, Stop> {
    visit.only(Asking::Talk)?;
    let deal = find(&visit, &id).await?;
    let form = filled(&visit.voice, &deal.talk.asks_us);
    Ok(reply_form(&visit, &deal, &form, &Faults::default(), None))
}

/// `POST /deals/{id}/reply`
pub(crate) async fn reply(Path(id): Path<String>, sent: Posted) -> Result<Response, Stop> {
    let Posted { visit, form } = sent;
    let deal = find(&visit, &id).await?;
    let mut faults = Faults::default();
    let asked = deal.talk.asks_us.iter();
    let replied =
        asked.map(|one| Replied { question: one.question.code, fact: typed(&one.question, &form, &mut faults) });
    let replied: Vec<Replied> = replied.collect();
    let again = |faults: &Faults, also: Option<&str>| {
        Ok((StatusCode::UNPROCESSABLE_ENTITY, reply_form(&visit, &deal, &form, faults, also)).into_response())
    };
    if !faults.is_empty() {
        return again(&faults, None);
    }
    match visit.ask(Command::Reply { deal: deal.id, replied }).await? {
        Answer::Refused(refusal) => again(&faults, Some(&visit.voice.refusal(&refusal))),
        answer => Ok(drafted(&deal, &answer)),
    }
}

fn drafted(deal: &DealView, answer: &Answer) -> Response {
    match answer {
        Answer::NeedsPerson(approval) => Redirect::to(&format!("/approvals/{approval}")).into_response(),
        _ => Redirect::to(&format!("/deals/{}", deal.id)).into_response(),
    }
}

fn ask_form(visit: &Visit, deal: &DealView, form: &Form, fault: Option<&str>) -> Response {
    let voice = &visit.voice;
    let (open, others): (Vec<_>, Vec<_>) = deal.talk.proposed.iter().partition(|one| one.open);
    let numbers = [("most", QUESTIONS_PER_ASK_MAX.into()), ("left", deal.talk.asks_left.into())];
    let title = voice.text(Key::TalkAsk);
    let main = html! {
        p.crumb { a href={ "/deals/" (deal.id) } { (deal.title) " ↔ " (other(deal)) } }
        h1 { (title) }
        @if deal.talk.asks_barred.is_none() { p.lead { (voice.with(Key::TalkAskLead, &numbers)) } }
        @if let Some(fault) = fault { p.fault role="alert" { (fault) } }
        @if deal.talk.proposed.is_empty() { p.empty { (deal.talk.asks_barred.map_or_else(|| voice.text(Key::TalkAskNothing), |why| refused(voice, why))) } } @else {
            form.entry method="post" action={ "/deals/" (deal.id) "/ask" } {
                (token(&visit.token))
                (choices(voice, Key::TalkAskOpen, &open, form)) (choices(voice, Key::TalkAskOthers, &others, form))
                p.hint { (voice.text(Key::TalkAskDiscloses)) }
                p.actions {
                    button.primary type="submit" { (voice.text(Key::TalkAskButton)) }
                    a.button href={ "/deals/" (deal.id) } { (voice.text(Key::FormCancel)) }
                }
            }
        }
    };
    page(visit, Place::Deals, &title, &main)
}

fn choices(voice: &Voice, title: Key, proposed: &[&ProposedView], form: &Form) -> Markup {
    html! { @if !proposed.is_empty() {
        fieldset.card {
            legend { (voice.text(title)) }
            div.options.checkbox { @for one in proposed {
                @let code = one.question.code.to_string();
                label.option {
                    input type="checkbox" name="question" value=(code) checked[form.has("question", &code)];
                    span { (says(voice, &one.question)) }
                }
            } }
        }
    } }
}

fn reply_form(visit: &Visit, deal: &DealView, form: &Form, faults: &Faults, also: Option<&str>) -> Response {
    let voice = &visit.voice;
    let title = voice.text(Key::TalkReply);
    let main = html! {
        p.crumb { a href={ "/deals/" (deal.id) } { (deal.title) " ↔ " (other(deal)) } }
        h1 { (title) }
        p.lead { (voice.text(Key::TalkReplyLead)) }
        @if deal.talk.asks_us.is_empty() { p.empty { (voice.text(Key::RefusalTalkNothingAsked)) } } @else {
            form.entry method="post" action={ "/deals/" (deal.id) "/reply" } {
                (token(&visit.token))
                (Fields { voice, form, faults }.summary(also))
                section.card {
                    p.hint { (voice.text(Key::TalkReplyLimits)) }
                    @for one in &deal.talk.asks_us { (answer(voice, &one.question, form, faults)) }
                }
                p.actions {
                    button.primary type="submit" { (voice.text(Key::TalkReplyButton)) }
                    a.button href={ "/deals/" (deal.id) } { (voice.text(Key::FormCancel)) }
                }
            }
        }
    };
    page(visit, Place::Deals, &title, &main)
}

/// What the answer to a question is called in the form.
fn named(question: &QuestionView) -> String {
    format!("answer-{}", question.code)
}

/// How an answer is entered.
enum Entered {
    /// One of these, or nothing.
    One(Vec<(String, String)>),
    /// Any of these.
    Any(Vec<(String, String)>),
    /// A number with what stands behind it.
    Number(String),
    /// A first and a last day.
    Days,
    /// Words.
    Words,
}

fn entered(voice: &Voice, shape: &ShapeView) -> Entered {
    match shape {
        ShapeView::YesNo | ShapeView::Field(Field::Operator) => {
            Entered::One(vec![("yes".into(), voice.text(Key::Yes)), ("no".into(), voice.text(Key::No))])
        }
        ShapeView::Choice(choices) => {
            let choice = |(at, both): (usize, &[String; 2])| (at.to_string(), voice.own(both).to_string());
            Entered::One(choices.iter().enumerate().map(choice).collect())
        }
        ShapeView::Number { symbols, .. } => Entered::Number(voice.own(symbols).to_string()),
        ShapeView::Text => Entered::Words,
        ShapeView::Field(field) => match field {
            Field::Presence => Entered::One(options(voice, "presence", Presence::ALL)),
            Field::Materials => Entered::Any(options(voice, "material", Material::ALL)),
            Field::Credentials => Entered::Any(options(voice, "credential", Credential::ALL)),
            Field::Languages => Entered::Any(options(voice, "language", Spoken::ALL)),
            Field::Weeks => Entered::Days,
            Field::Hours => Entered::Number("h".into()),
            _ => Entered::Number("mm".into()),
        },
    }
}

fn answer(voice: &Voice, question: &QuestionView, form: &Form, faults: &Faults) -> Markup {
    let (name, label) = (named(question), says(voice, question));
    let Some(template) = &question.template else {
        return html! { div.field { p { strong { (label) } } p.hint { (voice.text(Key::TalkUnknownHint)) } } };
    };
    let fault = faults.of(&name).map(|fault| fault.said(voice));
    let fault_id = fault.as_ref().map(|_| format!("{name}-fault"));
    let invalid = fault.as_ref().map(|_| "true");
    let note = html! { @if let Some(fault) = &fault { p.fault id=[fault_id.as_deref()] { (fault) } } };
    let chosen = form.text(&name);
    html! { @match entered(voice, &template.shape) {
        Entered::Any(options) => {
            fieldset.field #(name) {
                legend { (label) }
                p.hint { (voice.text(Key::TalkMoreChoices)) } (note)
                div.options.checkbox { @for (value, text) in &options { label.option {
                    input type="checkbox" name=(name) value=(value) checked[form.has(&name, value)];
                    span { (text) }
                } } }
            }
        },
        Entered::Days => {
            fieldset.field #(name) {
                legend { (label) } (note)
                div.pair { @for (part, text) in [("from", Key::FormFrom), ("to", Key::FormTo)] {
                    @let part = format!("{name}-{part}");
                    div.field {
                        label for=(part) { (voice.text(text)) }
                        input #(part) type="date" name=(part) value=(form.text(&part)) aria-invalid=[invalid];
                    }
                } }
            }
        },
        Entered::One(options) => {
            div.field {
                label for=(name) { (label) } (note)
                select #(name) name=(name) aria-invalid=[invalid] aria-describedby=[fault_id.as_deref()] {
                    option value="" selected[chosen.is_empty()] { (voice.text(Key::TalkReplyNothing)) }
                    @for (value, text) in &options { option value=(value) selected[*value == chosen] { (text) } }
                }
            }
        },
        Entered::Number(unit) => {
            div.field {
                label for=(name) { (label) } (note)
                span.control {
                    input #(name) type="text" inputmode="decimal" name=(name) value=(chosen) autocomplete="off"
                        placeholder=(voice.text(Key::TalkReplyNothing)) aria-invalid=[invalid] aria-describedby=[fault_id.as_deref()];
                    span.unit { (unit) }
                }
            }
        },
        Entered::Words => {
            div.field {
                label for=(name) { (label) }
                p.hint { (voice.text(Key::TalkReplyText)) } (note)
                textarea #(name) name=(name) rows="2" aria-invalid=[invalid] aria-describedby=[fault_id.as_deref()] { (chosen) }
            }
        },
    } }
}

/// The form as it stands before anybody typed: with what the node drafted.
fn filled(voice: &Voice, asked: &[RepliedView]) -> Form {
    let mut pairs = Vec::new();
    for one in asked {
        let name = named(&one.question);
        let mut put = |text: String| pairs.push((name.clone(), text));
        match &one.fact {
            None => {}
            Some(Fact::Flag(flag)) => put(yes_or_no(*flag)),
            Some(Fact::Number(number)) => put(number.to_string()),
            Some(Fact::Choice(choice)) => put(choice.to_string()),
            Some(Fact::Text(text)) => put(text.as_str().to_string()),
            Some(Fact::Entry(entry)) => match &entry.value {
                Value::Number(um) if entry.field == Field::Tolerance => put(voice.decimal(u64::from(*um), 3, 0)),
                Value::Number(number) => put(number.to_string()),
                Value::Flag(flag) => put(yes_or_no(*flag)),
                Value::Presence(presence) => put(presence.to_string()),
                Value::Materials(list) => list.iter().for_each(|code| put(code.to_string())),
                Value::Credentials(list) => list.iter().for_each(|code| put(code.to_string())),
                Value::Languages(list) => list.iter().for_each(|code| put(code.to_string())),
                Value::Weeks(weeks) => {
                    pairs.push((format!("{name}-from"), weeks.first.monday().to_string()));
                    pairs.push((format!("{name}-to"), weeks.last.monday().plus(6).to_string()));
                }
                _ => {}
            },
        }
    }
    Form::of(pairs)
}

fn yes_or_no(flag: bool) -> String {
    if flag { "yes".into() } else { "no".into() }
}

/// What was typed for a question: nothing is "we do not say".
fn typed(question: &QuestionView, form: &Form, faults: &mut Faults) -> Option<Fact> {
    let name = named(question);
    let text = form.text(&name);
    let entry = |field, value| Fact::Entry(Entry { field, value });
    let flag = || match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let mut number = |digits: u32, fault: Key| {
        let read = decimal(text, digits).and_then(|number| u32::try_from(number).ok());
        if text.is_empty() { None } else { faults.keep(&name, read.ok_or(fault)) }
    };
    match &question.template.as_ref()?.shape {
        ShapeView::YesNo => flag().map(Fact::Flag),
        ShapeView::Choice(_) => text.parse().ok().map(Fact::Choice),
        ShapeView::Number { .. } => number(0, Key::TalkReplyNumber).map(Fact::Number),
        ShapeView::Text if text.is_empty() => None,
        ShapeView::Text => faults.keep(&name, ShortText::new(text).map_err(text_fault)).map(Fact::Text),
        ShapeView::Field(field) => {
            let value = match field {
                Field::Operator => Value::Flag(flag()?),
                Field::Tolerance => Value::Number(number(3, Key::FaultTolerance)?),
                Field::Envelope => Value::Number(number(0, Key::FaultEnvelope)?),
                Field::Hours => Value::Number(number(0, Key::FaultHours)?),
                Field::Presence => Value::Presence(text.parse().ok()?),
                Field::Materials => Value::Materials(ticked(form, &name)?),
                Field::Credentials => Value::Credentials(ticked(form, &name)?),
                Field::Languages => Value::Languages(ticked(form, &name)?),
                Field::Weeks => Value::Weeks(weeks(form, &name, faults)?),
                _ => return None,
            };
            Some(entry(*field, value))
        }
    }
}

/// Codes that are ticked, in order; nothing where none is.
fn ticked<T: std::str::FromStr + Ord>(form: &Form, name: &str) -> Option<Vec<T>> {
    let mut codes: Vec<T> = form.all(name).filter_map(|code| code.parse().ok()).collect();
    codes.sort();
    codes.dedup();
    (!codes.is_empty()).then_some(codes)
}

fn weeks(form: &Form, name: &str, faults: &mut Faults) -> Option<Weeks> {
    let [from, to] = ["from", "to"].map(|part| form.text(&format!("{name}-{part}")).to_string());
    if from.is_empty() && to.is_empty() {
        return None;
    }
    let day = |text: &str| text.parse::<Day>().map(Day::week).ok();
    let weeks = day(&from).zip(day(&to)).filter(|(first, last)| first <= last);
    faults.keep(name, weeks.map(|(first, last)| Weeks { first, last }).ok_or(Key::FaultWeeks))
}
