//! The node at a glance: in which network, vouched for by whom, and how much of it is heard.

use crate::page::frame::{Place, page};
use crate::page::parts::{moment, rows};
use crate::stop::Stop;
use crate::visit::Visit;
use crate::voice::Voice;
use crate::words::Key;
use axum::response::Response;
use firm::view::{LeavingView, PackView, PassWait, Query, StatusView, View, Way};
use maud::{Markup, html};
use protocol::genesis::NetworkKind;

/// `GET /status`
pub(crate) async fn show(visit: Visit) -> Result<Response, Stop> {
    let View::Packs(packs) = visit.view(Query::Packs).await? else { return Err(visit.missing()) };
    let voice = &visit.voice;
    let status = &visit.status;
    let none = || voice.text(Key::StatusNone);
    let kind = match status.kind {
        Some(NetworkKind::Real) => voice.text(Key::StatusReal),
        Some(NetworkKind::Demonstration) => voice.text(Key::BannerDemonstration),
        Some(NetworkKind::Simulated) => voice.text(Key::BannerSimulated),
        None => none(),
    };
    let complete = voice.text(if status.complete { Key::StatusCompleteYes } else { Key::StatusCompleteNot });
    let sponsors: Vec<&str> = status.sponsors.iter().map(|name| name.as_str()).collect();
    let whole = |number: u32| voice.whole(u64::from(number));
    let main = html! {
        h1 { (voice.text(Key::StatusTitle)) }
        section.card aria-labelledby="firm" {
            h2 #firm { (voice.text(Key::StatusFirm)) }
            (rows(&[
                (voice.text(Key::StatusName), status.firm.as_ref().map_or_else(none, |name| name.as_str().to_string())),
                (voice.text(Key::StatusFirmId), status.firm_id.map_or_else(none, |id| id.to_string())),
                (voice.text(Key::StatusSponsors), if sponsors.is_empty() { none() } else { sponsors.join(", ") }),
                (voice.text(Key::StatusMember), status.member_until.map_or_else(none, |day| voice.day(day))),
                (voice.text(Key::StatusOperating), status.operating_until.map_or_else(none, |day| voice.day(day))),
            ]))
        }
        section.card aria-labelledby="network" {
            h2 #network { (voice.text(Key::StatusNetwork)) }
            (rows(&[
                (voice.text(Key::StatusName), status.network.as_ref().map_or_else(none, |name| name.as_str().to_string())),
                (voice.text(Key::StatusKind), kind),
                (voice.text(Key::StatusNetworkId), status.network_id.map_or_else(none, |id| id.to_string())),
                (voice.text(Key::StatusNeighbours), whole(status.neighbours)),
                (voice.text(Key::StatusAlike), whole(status.alike)),
                (voice.text(Key::StatusApart), whole(status.apart)),
                (voice.text(Key::StatusComplete), complete),
                (voice.text(Key::StatusNotices), whole(status.adverts)),
                (voice.text(Key::StatusSealed), whole(status.envelopes)),
                (voice.text(Key::StatusLog), whole(status.log_entries)),
            ]))
            @if let Some(since) = status.moving_since {
                p role="status" { (voice.text(Key::StatusMoving)) " " (moment(voice, since)) }
            }
        }
        @if let Some(leaving) = &status.leaving { (ways(voice, leaving)) }
        section.card aria-labelledby="allowance" {
            h2 #allowance { (voice.text(Key::StatusAllowance)) }
            p.hint { (voice.text(Key::StatusAllowanceHint)) }
            (rows(&[
                (voice.text(Key::StatusForNotices), whole(status.passes[0])),
                (voice.text(Key::StatusForMessages), whole(status.passes[1])),
                (voice.text(Key::StatusForLog), whole(status.passes[2])),
            ]))
            @if let Some(key) = linkable(status) { p { (voice.text(key)) } }
            @if let Some(why) = status.pass_wait { p role="status" { (voice.text(wait(why))) } }
        }
        section.card aria-labelledby="packs" {
            h2 #packs { (voice.text(Key::StatusPacks)) }
            p.hint { (voice.text(Key::StatusPacksHint)) }
            @for known in &packs { (pack(voice, known)) }
        }
    };
    Ok(page(&visit, Place::Status, &voice.text(Key::StatusTitle), &main))
}

/// A knowledge pack, and what each of its rules asks.
fn pack(voice: &Voice, pack: &PackView) -> Markup {
    html! {
        h3 { (voice.with(Key::StatusPack, &[("id", pack.id.as_str().into()), ("version", pack.version.into())])) }
        @if let Some(why) = &pack.fault {
            p.fault { (voice.with(Key::StatusPackFault, &[("why", why.as_str().into())])) }
        }
        p.meta {
            (voice.text(Key::StatusPackAdded)) ": "
            @match pack.added {
                Some(at) => { (moment(voice, at)) }
                None => { (voice.text(Key::StatusPackBuiltIn)) }
            }
            " · " (voice.text(Key::StatusPackSum)) ": " (pack.sha256.short())
        }
        @if !pack.rules.is_empty() {
            ul { @for rule in &pack.rules { li {
                (voice.with(Key::MatchMissing, &[("what", voice.word(&rule.condition.missing).into())])) " "
                (voice.says(&rule.condition))
            } } }
        }
    }
}

/// How notices and messages leave, and how far they have come.
fn ways(voice: &Voice, leaving: &LeavingView) -> Markup {
    let whole = |number: u32| voice.whole(u64::from(number));
    let (said, needs_somebody) = match leaving.way {
        Way::FoundedDirect => (Key::StatusWayFounded, false),
        Way::OwnerDirect => (Key::StatusWayOwner, true),
        Way::WaitsForRelays => (Key::StatusWayWaits, true),
        Way::WaitsForGuard => (Key::StatusWayGuard, true),
        Way::Relays => (Key::StatusWayRelays, false),
        Way::RelaysInVain => (Key::StatusWayInVain, true),
    };
    html! {
        section.card aria-labelledby="leaving" {
            h2 #leaving { (voice.text(Key::StatusLeaving)) }
            p role=[needs_somebody.then_some("status")] { (voice.text(said)) }
            @if let Some(until) = leaving.held_until {
                p role="status" { (voice.text(Key::StatusHeld)) " " (moment(voice, until)) }
            }
            @if leaving.way != Way::FoundedDirect {
                (rows(&[
                    (voice.text(Key::StatusRelays), whole(leaving.relays)),
                    (voice.text(Key::StatusOnTheWay), whole(leaving.on_the_way)),
                    (voice.text(Key::StatusToldBack), whole(leaving.told_back)),
                    (voice.text(Key::StatusServes), voice.text(if leaving.serves { Key::Yes } else { Key::No })),
                    (voice.text(Key::StatusBytes), voice.whole(leaving.bytes_a_day.div_ceil(1_000_000))),
                ]))
            }
        }
    }
}

/// What the sponsor could tell about notices and messages, which depends on how the network makes its permits.
pub(crate) fn linkable(status: &StatusView) -> Option<Key> {
    status.network.as_ref()?;
    Some(if status.sponsor_can_link_passes { Key::FooterLinkable } else { Key::FooterUnlinkable })
}

fn wait(why: PassWait) -> Key {
    match why {
        PassWait::UsedUp => Key::StatusWaitUsedUp,
        PassWait::Unconfirmed => Key::StatusWaitUnconfirmed,
        PassWait::Alone => Key::StatusWaitAlone,
        PassWait::Unreached => Key::StatusWaitUnreached,
        PassWait::Unanswered => Key::StatusWaitUnanswered,
        PassWait::Distrusted => Key::StatusWaitDistrusted,
    }
}
