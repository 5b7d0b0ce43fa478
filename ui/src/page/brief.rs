//! The deal brief: what both firms agreed on, for whoever advises one of them. Made to be printed and kept.
//!
//! It shows what was signed and what the other side told; no limit, note, rule or split of this firm is on it.

use crate::page::deal::find;
use crate::page::deals::other;
use crate::page::frame::{Place, page};
use crate::page::invoice::letterhead;
use crate::page::parts::{entries, question};
use crate::page::terms::terms;
use crate::stop::Stop;
use crate::visit::Visit;
use crate::voice::Voice;
use crate::words::Key;
use axum::extract::Path;
use axum::response::Response;
use firm::view::{BriefView, DealView, Query, SignatureView, View};
use maud::{Markup, html};
use protocol::facts::Side;
use protocol::text::Name;

/// `GET /deals/{id}/brief`
pub(crate) async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Stop> {
    let deal = find(&visit, &id).await?;
    let brief = match visit.view(Query::Brief(deal.id)).await? {
        View::Brief(brief) => Some(*brief),
        _ => None,
    };
    let voice = &visit.voice;
    let title = voice.text(Key::BriefTitle);
    let main = html! {
        p.crumb { a href={ "/deals/" (deal.id) } { (deal.title) " ↔ " (other(&deal)) } }
        h1 { (title) }
        @match brief {
            None => { p.lead { (voice.text(Key::BriefNotYet)) } }
            Some(brief) => { p.lead { (voice.text(Key::BriefLead)) } (sheet(voice, &deal, &brief)) }
        }
    };
    Ok(page(&visit, Place::Deals, &title, &main))
}

fn sheet(voice: &Voice, deal: &DealView, brief: &BriefView) -> Markup {
    let [ours, theirs] = &brief.parties;
    let [offers, needs] = if deal.side == Side::Offer { [ours, theirs] } else { [theirs, ours] };
    let named = |firm: &Name| ("firm", firm.as_str().to_string().into());
    let roles = [("offers", offers.legal_name.as_str().into()), ("needs", needs.legal_name.as_str().into())];
    let unsigned = brief.parties.iter().zip(&brief.signatures).filter(|(_, signature)| signature.is_none());
    html! {
        @for (party, _) in unsigned {
            p.badges { span.badge.warn { (voice.with(Key::BriefDraft, &[named(&party.legal_name)])) } }
        }
        section.card {
            div.parties { (letterhead(voice, Key::BriefOffers, offers)) (letterhead(voice, Key::BriefNeeds, needs)) }
            p { strong { (voice.text(Key::BriefBinds)) } }
        }
        @if let Some(view) = &deal.terms {
            section.card aria-labelledby="terms" {
                h2 #terms { (voice.text(Key::TermsTitle)) }
                (terms(voice, &view.terms, None))
                p.hint { (voice.with(Key::BriefHash, &[("hash", view.hash.to_string().into())])) }
            }
            section.card aria-labelledby="how" {
                h2 #how { (voice.text(Key::BriefHow)) }
                @let days = [("first", voice.day(view.terms.first).into()), ("last", voice.day(view.terms.last).into())];
                ul {
                    li { (voice.with(Key::BriefHowDays, &days)) }
                    @if view.terms.lines.iter().any(|line| line.lot.is_none()) { li { (voice.with(Key::BriefHowHours, &roles)) } }
                    li { (voice.text(Key::BriefHowThings)) }
                    li { (voice.text(Key::BriefHowEnd)) }
                }
                h3 { (voice.text(Key::BriefPrepare)) }
                ul {
                    li { (voice.with(Key::BriefPrepareOffers, &roles)) }
                    li { (voice.with(Key::BriefPrepareNeeds, &roles)) }
                }
            }
        }
        section.card aria-labelledby="told" {
            h2 #told { (voice.with(Key::BriefTold, &[named(&theirs.legal_name)])) }
            (entries(voice, &deal.heard))
            @if let Some(report) = &deal.why {
                h3 { (voice.text(Key::BriefOpenQuestions)) }
                @let open: Vec<String> = report.requirements.iter().filter_map(|line| question(voice, line)).collect();
                @if open.is_empty() { p { (voice.text(Key::BriefNothingOpen)) } }
                @else { ul { @for one in &open { li { (one) } } } }
            }
        }
        section.card aria-labelledby="signatures" {
            h2 #signatures { (voice.text(Key::BriefSignatures)) }
            ul { @for (party, signature) in brief.parties.iter().zip(&brief.signatures) {
                li { (signed(voice, &party.legal_name, signature.as_ref())) }
            } }
        }
    }
}

fn signed(voice: &Voice, firm: &Name, signature: Option<&SignatureView>) -> String {
    let firm = ("firm", firm.as_str().into());
    let Some(signature) = signature else { return voice.with(Key::BriefUnsigned, &[firm]) };
    let by = [firm, ("roles", voice.roles(&signature.roles).into()), ("key", signature.person.to_string().into())];
    match &signature.name {
        Some(name) => voice.with(Key::BriefSigned, &[by.as_slice(), &[("who", name.as_str().into())]].concat()),
        None => voice.with(Key::BriefSignedKey, &by),
    }
}
