//! Why somebody said no: coarsely for everybody in the firm, in words for few, and never for the other side (`APR-7`).

use crate::form::Form;
use crate::page::frame::token;
use crate::stop::Stop;
use crate::visit::{Posted, Visit};
use crate::voice::Voice;
use crate::words::Key;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use firm::approvals::{Ground, Why};
use firm::command::{Answer, Command};
use firm::view::{ApprovalState, ApprovalView};
use maud::{Markup, html};
use protocol::id::ApprovalId;
use protocol::text::ShortText;

/// `POST /approvals/{id}/why`: a reason that comes after the no.
pub(crate) async fn explain(Path(id): Path<String>, sent: Posted) -> Result<Response, Stop> {
    let Posted { visit, form } = sent;
    let approval: ApprovalId = id.parse().map_err(|_| visit.missing())?;
    if let Some(why) = why(&form)
        && let Answer::Refused(refusal) = visit.ask(Command::Explain { approval, why }).await?
    {
        return Err(visit.refused(&refusal));
    }
    Ok(Redirect::to(&format!("/approvals/{approval}")).into_response())
}

/// What a form says: nothing without a coarse reason. Words that do not fit are left out, never the no.
pub(crate) fn why(form: &Form) -> Option<Why> {
    let ground = form.text("ground").parse().ok()?;
    Some(Why { ground, note: ShortText::new(form.text("note")).ok() })
}

/// The fields, folded away: a no needs no reason.
pub(crate) fn reason(voice: &Voice) -> Markup {
    html! {
        details.reason {
            summary { (voice.text(Key::WhyTitle)) }
            (fields(voice))
        }
    }
}

fn fields(voice: &Voice) -> Markup {
    html! {
        p.hint { (voice.text(Key::WhyHint)) }
        div.field {
            label for="ground" { (voice.text(Key::WhyGround)) }
            select #ground name="ground" {
                option value="" selected { (voice.text(Key::WhyNone)) }
                @for ground in Ground::ALL { option value=(ground) { (voice.code("ground", ground)) } }
            }
        }
        div.field {
            label for="note" { (voice.text(Key::WhyNote)) }
            textarea #note name="note" rows="2" {}
        }
    }
}

/// What was said of a question that was declined, or a place to say it.
pub(crate) fn said(visit: &Visit, approval: &ApprovalView) -> Markup {
    let voice = &visit.voice;
    let own = matches!(&approval.state, ApprovalState::Declined { by, .. } if *by == visit.person.id);
    html! {
        @match &approval.declined {
            Some(why) => {
                p { (voice.with(Key::WhySaid, &[("ground", voice.code("ground", why.ground).into())])) }
                @if let Some(note) = &why.note { p { (note.as_str()) } }
            },
            None => @if own {
                form method="post" action={ "/approvals/" (approval.id) "/why" } {
                    (token(&visit.token))
                    (fields(voice))
                    button type="submit" { (voice.text(Key::WhySave)) }
                }
            },
        }
    }
}
