//! What stands around every page: where one is, who one is, in which network, in which language.

use crate::page::status::linkable;
use crate::visit::Visit;
use crate::voice::Voice;
use crate::words::{Key, Language};
use axum::response::{Html, IntoResponse, Response};
use firm::identity::Validity;
use firm::view::{Standing, StatusView};
use maud::{DOCTYPE, Markup, html};
use protocol::genesis::NetworkKind;

/// The places of the navigation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Inbox,
    Resources,
    Needs,
    Matches,
    Deals,
    Trust,
    People,
    Status,
}

const PLACES: [(Place, &str, Key); 7] = [
    (Place::Inbox, "/", Key::NavInbox),
    (Place::Resources, "/resources", Key::NavResources),
    (Place::Needs, "/needs", Key::NavNeeds),
    (Place::Matches, "/matches", Key::NavMatches),
    (Place::Deals, "/deals", Key::NavDeals),
    (Place::Trust, "/trust", Key::NavTrust),
    (Place::People, "/people", Key::NavPeople),
];

/// A whole page for somebody who signed in.
pub(crate) fn page(visit: &Visit, place: Place, title: &str, main: &Markup) -> Response {
    let voice = &visit.voice;
    let body = html! {
        (banner(voice, &visit.status))
        (hindrance(voice, &visit.status))
        header.top {
            div.top-row {
                (brand(voice, &visit.status))
                div.who {
                    span { span.who-name { (visit.person.name) } " " span.quiet { (voice.codes("role", &visit.person.roles)) } }
                    form method="post" action="/sign-out" {
                        (token(&visit.token))
                        button.plain type="submit" { (voice.text(Key::SignOut)) }
                    }
                    (switch(voice.language, &visit.here))
                }
            }
            nav aria-label=(voice.text(Key::NavLabel)) {
                ul {
                    @for (which, href, key) in PLACES {
                        li { a href=(href) aria-current=[(which == place).then_some("page")] {
                            (voice.text(key))
                            @if which == Place::Inbox && visit.status.waiting > 0 {
                                " " span.count { (visit.status.waiting) }
                            }
                        } }
                    }
                }
            }
        }
        p #gone .stale hidden { (voice.text(Key::GoneText)) }
        p #stale .stale hidden {
            (voice.text(Key::StaleText)) " " a href=(visit.here) { (voice.text(Key::StaleLink)) }
        }
        main #main tabindex="-1" {
            @if let Some(note) = visit.note {
                p.note role="status" { (voice.text(note)) }
            }
            (main)
        }
        (footer(voice, &visit.status))
    };
    Html(document(voice.language, title, &body, true).into_string()).into_response()
}

/// A page for a browser where nobody has signed in.
pub(crate) fn bare(language: Language, title: &str, here: Option<&str>, main: &Markup) -> Markup {
    let body = html! {
        header.top { div.top-row {
            a.brand href="/" { img src="/static/mark.svg" alt="" width="28" height="28"; span { (language.text(Key::Brand)) } }
            @if let Some(here) = here { div.who { (switch(language, here)) } }
        } }
        main #main .narrow tabindex="-1" { (main) }
    };
    document(language, title, &body, false)
}

/// The token of the session, in every form (`DSK-6`).
pub(crate) fn token(token: &str) -> Markup {
    html! { input type="hidden" name="token" value=(token); }
}

fn document(language: Language, title: &str, body: &Markup, live: bool) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · " (language.text(Key::Brand)) }
                link rel="icon" href="/static/mark.svg" type="image/svg+xml";
                link rel="stylesheet" href="/static/desk.css";
                @if live { script src="/static/desk.js" defer {} }
            }
            body {
                a.skip href="#main" { (language.text(Key::SkipLink)) }
                (body)
            }
        }
    }
}

fn brand(voice: &Voice, status: &StatusView) -> Markup {
    html! {
        a.brand href="/" {
            img src="/static/mark.svg" alt="" width="28" height="28";
            span {
                (voice.text(Key::Brand))
                @if let Some(firm) = &status.firm { span.firm { (firm) } }
            }
        }
    }
}

fn switch(language: Language, here: &str) -> Markup {
    let other = if language == Language::English { Language::French } else { Language::English };
    html! {
        a.switch lang=(other.tag()) hreflang=(other.tag()) href={ "/language/" (other.tag()) "?back=" (here) } {
            (language.text(Key::SwitchLanguage))
        }
    }
}

/// Networks that are not for business say so on every page.
fn banner(voice: &Voice, status: &StatusView) -> Markup {
    let key = match status.kind {
        Some(NetworkKind::Demonstration) => Some(Key::BannerDemonstration),
        Some(NetworkKind::Simulated) => Some(Key::BannerSimulated),
        Some(NetworkKind::Real) | None => None,
    };
    html! { @if let Some(key) = key { p.banner { (voice.text(key)) } } }
}

/// What keeps the firm from doing business, and what to do about it.
fn hindrance(voice: &Voice, status: &StatusView) -> Markup {
    let sentence = match status.standing {
        Standing::Member => None,
        Standing::NotFounded => Some(voice.text(Key::RefusalNotFounded)),
        Standing::NotJoined => Some(voice.text(Key::RefusalNotJoined)),
        Standing::Lapsed => {
            let sponsors: Vec<&str> = status.sponsors.iter().map(|name| name.as_str()).collect();
            let day = status.member_until.map(|day| voice.day(day)).unwrap_or_default();
            Some(voice.with(Key::BannerLapsed, &[("day", day.into()), ("sponsors", sponsors.join(", ").into())]))
        }
    };
    let keys = match status.operating {
        None | Some(Validity::Holds) => None,
        Some(Validity::LapsesSoon) => Some(Key::BannerKeysSoon),
        Some(Validity::Lapsed) => Some(Key::BannerKeysOver),
    };
    let day = status.operating_until.map(|day| voice.day(day)).unwrap_or_default();
    let keys = keys.map(|key| voice.with(key, &[("day", day.into())]));
    html! { @for sentence in [sentence, keys].into_iter().flatten() { p.banner role="status" { (sentence) } } }
}

fn footer(voice: &Voice, status: &StatusView) -> Markup {
    html! {
        footer.foot {
            p {
                @if let Some(network) = &status.network { strong { (network) } " · " }
                (voice.with(Key::FooterNeighbours, &[("count", status.neighbours.into())]))
                " · " a href="/status" { (voice.text(Key::FooterStatus)) }
            }
            @if let Some(key) = linkable(status) { p.quiet { (voice.text(key)) } }
        }
    }
}
