//! What a question that waits says of itself: who must act, since when, who is reminded when, when others may too, when it lapses, and
//! how to stop it.

use crate::page::inbox::who;
use crate::visit::Names;
use crate::voice::Voice;
use crate::words::Key;
use firm::view::{ApprovalState, ApprovalView};
use maud::{Markup, html};
use protocol::dialogue::Step;
use protocol::time::UnixMs;

/// To whom, until when, who may, by which rule, and what comes of it while nobody decides.
pub(crate) fn frame(voice: &Voice, names: &Names, approval: &ApprovalView) -> Vec<(String, String)> {
    let when = |at: UnixMs| format!("{} ({})", voice.moment(at), voice.distance(at));
    let roles = voice.roles(&approval.roles);
    let may = if approval.people > 1 { voice.with(Key::PolicyWhoTwo, &[("roles", roles.into())]) } else { roles };
    let mut rows = vec![(voice.text(Key::ApprovalAsked), when(approval.asked)), (voice.text(Key::ApprovalRoles), may)];
    if !approval.deciders.is_empty() {
        rows.push((voice.text(Key::ApprovalWho), who(voice, names, approval)));
    }
    let waits = &approval.waits;
    rows.extend(waits.reminded.map(|at| (voice.text(Key::WaitReminded), when(at))));
    rows.extend(waits.reminds.map(|at| (voice.text(Key::WaitReminds), when(at))));
    rows.extend(escalation(voice, approval));
    rows.push((voice.text(Key::ApprovalLapses), when(approval.lapses)));
    rows.push((voice.text(Key::ApprovalByRule), rule(voice, approval)));
    rows
}

fn escalation(voice: &Voice, approval: &ApprovalView) -> Option<(String, String)> {
    let (at, to, because) = approval.waits.escalates.as_ref()?;
    let label = if approval.waits.escalated { Key::WaitEscalated } else { Key::WaitEscalates };
    let variables = [("roles", voice.roles(to).into()), ("when", voice.moment(*at).into())];
    Some((voice.text(label), voice.because((Key::WaitBecause, Key::WaitBecauseDefault), because, &variables)))
}

fn rule(voice: &Voice, approval: &ApprovalView) -> String {
    let version = ("version", approval.policy_version.into());
    match approval.rule {
        None if approval.step == Step::OwnConsent => voice.text(Key::ApprovalOwn),
        Some(rule) => voice.with(Key::ApprovalRule, &[("rule", rule.into()), version]),
        None => voice.with(Key::ApprovalNoRule, &[version]),
    }
}

/// How to stop a question that waits.
pub(crate) fn stop(voice: &Voice, approval: &ApprovalView) -> Markup {
    html! {
        @if approval.state == ApprovalState::Waiting {
            p.hint {
                (voice.text(Key::WaitStop)) " "
                @if let Some(deal) = approval.deal { a href={ "/deals/" (deal) } { (voice.text(Key::WaitStopDeal)) } }
                @else if let Some(item) = approval.item { a href={ "/items/" (item) } { (voice.text(Key::WaitStopItem)) } }
            }
        }
    }
}
