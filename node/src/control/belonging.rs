//! What people are told when a membership, an admission or a key is about to end, or has ended, and what to do about it.

use crate::{driver::Stopped, office::Office};
use firm::{
    identity::Validity,
    view::{BelongingView, Query, View},
};

/// One sentence "what is wrong; what to do" for each sponsor whose word does not hold much longer, and for each trouble with
/// the firm's own keys. None is good.
///
/// # Errors
/// The machine has stopped.
pub async fn warnings(office: &Office) -> Result<Vec<String>, Stopped> {
    let mut all: Vec<String> = match office.view(None, Query::Belonging).await? {
        View::Belonging(all) => all.iter().filter_map(warning).collect(),
        _ => Vec::new(),
    };
    if let View::Keys(keys) = office.view(None, Query::Keys).await? {
        all.extend(super::keys::warnings(&keys));
    }
    Ok(all)
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
