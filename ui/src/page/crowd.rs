//! How many firms could have said a notice: what singles this one out, and what leaving out would gain.
//!
//! The numbers are the firm's own reckoning (`CMP-2`, `CMP-3`, `CMP-5`); this page only says them. Asking again with less is
//! a question too: nothing leaves by it.

use crate::page::frame::token;
use crate::page::parts::rows;
use crate::visit::Visit;
use crate::voice::Voice;
use crate::words::Key;
use firm::composer::{Advice, Coarsening, Exposure, PLENTY, Proposal};
use firm::linter::Finding;
use firm::view::{ApprovalState, ApprovalView};
use maud::{Markup, html};
use protocol::census::K;

/// The section of the approval page.
pub(crate) fn section(visit: &Visit, approval: &ApprovalView) -> Markup {
    let voice = &visit.voice;
    html! {
        @if let Some(exposure) = approval.exposure {
            section.card aria-labelledby="crowd" {
                h2 #crowd { (voice.text(Key::CrowdTitle)) }
                (crowd(voice, exposure))
                p.hint { (voice.text(Key::CrowdBasis)) }
                @if let (Some(advice), ApprovalState::Waiting) = (&approval.advice, &approval.state) {
                    (less(visit, approval, advice))
                }
            }
        }
        @if !approval.findings.is_empty() {
            section.card aria-labelledby="telling" {
                h2 #telling { (voice.text(Key::TellsTitle)) }
                p.fault { (voice.text(Key::TellsWarning)) }
                (rows(&approval.findings.iter().map(|finding| found(voice, finding)).collect::<Vec<_>>()))
            }
        }
    }
}

fn crowd(voice: &Voice, exposure: Exposure) -> Markup {
    let count = |firms: u32| [("count", firms.into())];
    let said = match exposure.k {
        K::Of(firms) if firms >= PLENTY => voice.with(Key::CrowdMany, &count(firms)),
        K::Of(firms) => voice.with(Key::CrowdFew, &count(firms)),
        K::Below5 => voice.text(Key::CrowdBelow),
    };
    html! {
        p class=[(!exposure.k.reaches(PLENTY)).then_some("fault")] { strong { (said) } }
        @if let Some(field) = exposure.singles_out {
            p { (voice.with(Key::CrowdSingles, &[("field", voice.field(field).into())])) }
        }
    }
}

fn less(visit: &Visit, approval: &ApprovalView, advice: &Advice) -> Markup {
    let voice = &visit.voice;
    let gains: Vec<_> = advice.gains.iter().map(|gain| (step(voice, gain.step), firms(voice, gain.k))).collect();
    html! {
        @if !gains.is_empty() { h3 { (voice.text(Key::CrowdGains)) } (rows(&gains)) }
        @for proposal in [&advice.to_5, &advice.to_10].into_iter().flatten() {
            (again(visit, approval, proposal))
        }
    }
}

fn again(visit: &Visit, approval: &ApprovalView, proposal: &Proposal) -> Markup {
    let voice = &visit.voice;
    let steps: Vec<String> = proposal.steps.iter().map(|one| step(voice, *one)).collect();
    let without: Vec<String> = proposal.steps.iter().map(ToString::to_string).collect();
    let say = [("what", steps.join(", ").into()), ("firms", firms(voice, proposal.k).into())];
    html! {
        @if let Some(item) = approval.item {
            form method="post" action={ "/items/" (item) "/advert" } {
                (token(&visit.token))
                input type="hidden" name="without" value=(without.join(" "));
                p { (voice.with(Key::CrowdLeast, &say)) }
                button type="submit" { (voice.text(Key::CrowdAgain)) }
            }
        }
    }
}

/// A number of firms, as a cell of a table.
fn firms(voice: &Voice, k: K) -> String {
    match k {
        K::Of(firms) => voice.with(Key::CrowdFirms, &[("count", firms.into())]),
        K::Below5 => voice.text(Key::CrowdFirmsBelow),
    }
}

fn step(voice: &Voice, step: Coarsening) -> String {
    let one = |what: String| voice.with(Key::CrowdStepOne, &[("what", what.into())]);
    match step {
        Coarsening::Text => voice.text(Key::CrowdStepText),
        Coarsening::WiderArea => voice.text(Key::CrowdStepWiderArea),
        Coarsening::Area => voice.text(Key::CrowdStepArea),
        Coarsening::Envelope => voice.text(Key::CrowdStepEnvelope),
        Coarsening::WiderTolerance => voice.text(Key::CrowdStepWiderTolerance),
        Coarsening::Tolerance => voice.text(Key::CrowdStepTolerance),
        Coarsening::Credential(credential) => one(voice.code("credential", credential)),
        Coarsening::Material(material) => one(voice.code("material", material)),
    }
}

fn found(voice: &Voice, finding: &Finding) -> (String, String) {
    (finding.words.clone(), tells(voice, finding.kind))
}

/// What a finding is, in words.
pub(crate) fn tells(voice: &Voice, kind: firm::linter::Telling) -> String {
    Key::of_code("tells", kind.name()).map_or_else(|| kind.name().to_owned(), |key| voice.text(key))
}
