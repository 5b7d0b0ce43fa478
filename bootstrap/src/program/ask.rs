//! Asking the sponsor: the running one over its socket, or, when none runs, the folder itself under the same lock.

use super::{
    args::{Dismiss, Invite, Premises},
    failure::Failure,
    set_up::setup,
    show,
};
use crate::{
    control::{Question, Reply, answer},
    folder::Folder,
    sponsor_node::QuietSponsor,
};
use node::control::{CallError, Caller};
use sponsor::Query;

/// Makes invitations and prints one line each.
pub(super) async fn invite(args: &Invite, json: bool) -> Result<(), Failure> {
    let question = Question::Invite { days: args.days, count: args.count };
    match ask(&args.premises, question).await? {
        Reply::Invited(invited) => show::invitations(&invited, json),
        other => unexpected(other),
    }
}

/// Ends a membership and shows the register.
pub(super) async fn dismiss(args: &Dismiss, json: bool) -> Result<(), Failure> {
    match ask(&args.premises, Question::Dismiss { member: args.member }).await? {
        Reply::Seen(view) => show::view(&view, json),
        other => unexpected(other),
    }
}

/// Shows the answer to a query.
pub(super) async fn see(premises: &Premises, query: Query, json: bool) -> Result<(), Failure> {
    match ask(premises, Question::See(query)).await? {
        Reply::Seen(view) => show::view(&view, json),
        other => unexpected(other),
    }
}

fn unexpected(reply: Reply) -> Result<(), Failure> {
    Err(match reply {
        Reply::Refused(why) => Failure::failed(why),
        _ => Failure::unreachable("the running sponsor answered another question; use the same version of both"),
    })
}

async fn ask(premises: &Premises, question: Question) -> Result<Reply, Failure> {
    match Caller::connect(&Folder::at(&premises.data).socket()).await {
        Err(CallError::Nobody { .. }) => {}
        running => return Ok(running?.call(&question).await?),
    }
    let sponsor = QuietSponsor::open(&setup(premises)?)?;
    let reply = answer(sponsor.desk().clone(), question).await;
    sponsor.close().await?;
    Ok(reply)
}
