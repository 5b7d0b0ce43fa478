//! What people are told when a membership, an admission or a key is about to end, or has ended, or when nothing leaves as it
//! should, and what to do about it.

use crate::{driver::Stopped, office::Office};
use firm::{
    identity::Validity,
    view::{BelongingView, Query, View, Way},
};

/// One sentence "what is wrong; what to do" for each sponsor whose word does not hold much longer, and for each trouble with
/// the firm's own keys or with the way in which records leave. None is good.
///
/// # Errors
/// The machine has stopped.
pub async fn warnings(office: &Office) -> Result<Vec<String>, Stopped> {
    let mut all: Vec<String> = match office.view(None, Query::Belonging).await? {
        View::Belonging(all) => all.iter().filter_map(warning).collect(),
        _ => Vec::new(),
    };
    if let View::Status(status) = office.view(None, Query::Status).await? {
        all.extend(status.leaving.and_then(|leaving| leaves(leaving.way)).map(str::to_owned));
    }
    if let View::Keys(keys) = office.view(None, Query::Keys).await? {
        all.extend(super::keys::warnings(&keys));
    }
    Ok(all)
}

/// What is to be known about the way in which records leave.
fn leaves(way: Way) -> Option<&'static str> {
    match way {
        Way::FoundedDirect | Way::Relays => None,
        Way::OwnerDirect => Some(
            "this node publishes directly, so neighbours can see from which node a notice came first; run `cosolvent publish relays` to \
             hide that again",
        ),
        Way::WaitsForRelays => Some(
            "nothing leaves, because fewer than three relays are known; ask your sponsor whether at least four firms run their nodes, or \
             have the owner choose `cosolvent publish directly`",
        ),
        Way::WaitsForGuard => Some(
            "nothing new leaves, because none of the first relays that the owner named is there; see to those nodes, or run \
             `cosolvent publish relays` with others after --first, or with none",
        ),
        Way::RelaysInVain => Some(
            "a notice or message came through on none of three paths and goes on being sent; if this is still said tomorrow, withdraw \
             the notice and enter it again, or name a first relay with `cosolvent publish relays --first PEER`",
        ),
    }
}

fn warning(one: &BelongingView) -> Option<String> {
    let BelongingView { sponsor, ends, validity, refused, .. } = one;
    let day = ends.day();
    let anew = format!("ask {sponsor} for a new invitation and run `cosolvent join INVITATION`");
    match (validity, refused) {
        (Validity::Lapsed, _) => Some(format!(
            "the membership of {sponsor} has ended ({day}), so it gives no passes and vouches for nothing any more; {anew}"
        )),
        (_, Some(why)) => {
            let why = why.to_string();
            let why = why.split("; ").next().unwrap_or_default();
            Some(format!("{sponsor} does not renew the membership, which ends on {day}: {why}; {anew}"))
        }
        (Validity::LapsesSoon, None) => Some(format!(
            "the membership of {sponsor} ends on {day} and is not renewed yet; leave the node running and connected, it asks by \
             itself, and if this is still said in three days, {anew}"
        )),
        (Validity::Holds, None) => None,
    }
}
