//! Answers as people and programs read them: dates in RFC 3339 (UTC), ids as text.

use super::failure::Failure;
use crate::founding::kind_word;
use protocol::time::UnixMs;
use serde_json::{Value, json};
use sponsor::{
    InvitationText, View,
    members::MemberNo,
    view::{InvitationStatus, InvitationView, MemberView, PassesView, StatusView},
};
use std::io::{Write, stdout};

/// Prints `{"schema", "items"}`.
pub(super) fn print(schema: &str, items: Vec<Value>) -> Result<(), Failure> {
    Ok(writeln!(stdout(), "{}", json!({ "schema": schema, "items": items }))?)
}

/// New invitations: for people one per line and nothing else, so that a line can be copied whole.
pub(super) fn invitations(invited: &[(InvitationText, UnixMs)], json: bool) -> Result<(), Failure> {
    if json {
        let item = |(text, at): &(InvitationText, UnixMs)| json!({ "invitation": text.0, "expires": at });
        return print("invitation/1", invited.iter().map(item).collect());
    }
    if let Some((_, expires)) = invited.first() {
        eprintln!("Each line is for one firm and works once, until {expires}.");
    }
    invited.iter().for_each(|(text, _)| println!("{}", text.0));
    Ok(())
}

/// What a query shows.
pub(super) fn view(view: &View, json: bool) -> Result<(), Failure> {
    if json {
        return match view {
            View::Status(status) => print("sponsor-status/1", vec![status_json(status)]),
            View::Members(members) => print("member/1", members.iter().map(member_json).collect()),
            View::Invitations(all) => print("invitation-state/1", all.iter().map(invitation_json).collect()),
            View::Passes(passes) => print("passes/1", passes.iter().map(passes_json).collect()),
        };
    }
    match view {
        View::Status(status) => show_status(status),
        View::Members(members) => {
            let line = |m: &MemberView| {
                let ended = if m.dismissed { "  dismissed" } else { "" };
                println!("{:>4}  {}  since {}  until {}{ended}", m.number.0, m.legal_name, m.since, m.expires)
            };
            members.iter().for_each(line);
            println!("{} members", members.len());
        }
        View::Invitations(all) => {
            let line = |i: &InvitationView| println!("made {}  until {}  {}", i.issued, i.expires, state(i.status).0);
            all.iter().for_each(line);
            println!("{} invitations", all.len());
        }
        View::Passes(passes) => {
            let line = |p: &PassesView| println!("week of {}  {}  {}", p.epoch.monday(), purpose(p), p.issued);
            passes.iter().for_each(line);
        }
    }
    Ok(())
}

fn show_status(status: &StatusView) {
    println!("Market       {}", status.market);
    println!("Network      {} ({})", status.network_name, kind_word(status.kind));
    println!("Network id   {}", status.network);
    println!("Sponsor      {}", status.sponsor);
    println!("Members      {}, invitations open {}", status.members, status.invitations_open);
    println!("Neighbours   {}", status.neighbours);
    println!(
        "Carried      {} notices, {} envelopes, {} log entries",
        status.adverts, status.envelopes, status.log_entries
    );
}

fn status_json(status: &StatusView) -> Value {
    json!({
        "network": status.network, "network_name": status.network_name, "kind": status.kind, "sponsor": status.sponsor,
        "market": status.market, "members": status.members, "invitations_open": status.invitations_open,
        "neighbours": status.neighbours, "adverts": status.adverts, "envelopes": status.envelopes,
        "log_entries": status.log_entries,
    })
}

fn member_json(member: &MemberView) -> Value {
    json!({
        "number": member.number, "firm": member.firm, "legal_name": member.legal_name, "classes": member.classes,
        "since": member.since, "expires": member.expires, "dismissed": member.dismissed,
    })
}

fn invitation_json(invitation: &InvitationView) -> Value {
    let (status, member) = state(invitation.status);
    json!({
        "issued": invitation.issued, "expires": invitation.expires, "status": status, "member": member,
    })
}

fn passes_json(passes: &PassesView) -> Value {
    json!({ "week": passes.epoch, "purpose": passes.purpose, "issued": passes.issued })
}

fn state(status: InvitationStatus) -> (&'static str, Option<MemberNo>) {
    match status {
        InvitationStatus::Open => ("open", None),
        InvitationStatus::Used(member) => ("used", Some(member)),
        InvitationStatus::Expired => ("expired", None),
    }
}

fn purpose(passes: &PassesView) -> String {
    serde_json::to_value(passes.purpose).ok().and_then(|word| word.as_str().map(ToOwned::to_owned)).unwrap_or_default()
}
