//! `loan`: whose time is offered, who let it, and taking that back.

use crate::{
    arguments::Place,
    door::{self, Door},
    failure::Failure,
    print::Printer,
    secrets, yes,
};
use clap::{Args, Subcommand};
use firm::{
    command::{Command, Refusal},
    lending::{Confirmation, NotLent, Unconfirmed},
    register::PersonId,
    view::Query,
};
use node::control::Request;
use protocol::{facts::Side, id::ItemId};
use serde_json::Value;
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(crate) enum LoanVerb {
    /// List resources that name a person: who consented, who released, what is missing
    List,
    /// Ask the person for consent and the firm for the release, whichever is missing
    Ask {
        /// Own resource
        item: ItemId,
    },
    /// Take the own consent back: the notice is withdrawn, and deals end that bind nobody yet. No reason is asked for
    Withdraw(TakingBack),
    /// Take the firm's release back, with the same effect
    Recall(TakingBack),
}

#[derive(Debug, Args)]
pub(crate) struct TakingBack {
    /// Own resource
    item: ItemId,
    /// Who takes it back: the consent only the person who is named
    #[arg(long = "as", value_name = "PERSON")]
    person: PersonId,
    /// Read the person's own password from the first line of this file instead of asking for it
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

pub(crate) async fn loan(place: &Place, verb: LoanVerb, printer: &mut Printer<'_>) -> Result<(), Failure> {
    match verb {
        LoanVerb::List => {
            let items = door::view(place, Query::Items(Side::Offer)).await?;
            let named: Vec<Value> = items.into_iter().filter(|item| !item["loan"].is_null()).collect();
            let columns = [
                ("ID", "item.id"),
                ("TITLE", "item.draft.title"),
                ("PERSON", "loan.person"),
                ("CONSENT", "consent"),
                ("RELEASE", "release"),
                ("MISSING", "missing"),
            ];
            if printer.is_json() {
                return printer.items("loan", &named);
            }
            printer.table("loan", &named.iter().map(row).collect::<Vec<_>>(), &columns)
        }
        LoanVerb::Ask { item } => printer.answer(door::ask(place, Command::Lend(item)).await?),
        LoanVerb::Withdraw(back) => take(place, back, Command::TakeBack, printer).await,
        LoanVerb::Recall(back) => take(place, back, Command::Recall, printer).await,
    }
}

/// A resource with its loan in words.
fn row(item: &Value) -> Value {
    let mut row = item.clone();
    for say in item["loan"]["says"].as_array().into_iter().flatten() {
        row[name(say)] = standing(say).into();
    }
    row["missing"] = missing(&item["not_lent"]).into();
    row
}

/// Which of both it is.
pub(crate) fn name(say: &Value) -> &'static str {
    if say["say"] == "own" { "consent" } else { "release" }
}

/// How one of both stands, in words.
pub(crate) fn standing(say: &Value) -> String {
    let by = |who: &Value| who[0].as_str().unwrap_or("the operator of the node").to_owned();
    match (&say["given"], &say["taken_back"], say["question"].as_str()) {
        (given, _, _) if !given.is_null() => format!("given by {}", by(given)),
        (_, _, Some(question)) => format!("asked in {question}"),
        (_, back, None) if !back.is_null() => format!("taken back by {}", by(back)),
        _ => "not given".into(),
    }
}

/// Why it is not offered, as a sentence; "nothing" if it is.
pub(crate) fn missing(not_lent: &Value) -> String {
    serde_json::from_value::<NotLent>(not_lent.clone()).map_or_else(|_| "nothing".into(), |why| why.to_string())
}

async fn take(
    place: &Place,
    back: TakingBack,
    command: fn(ItemId) -> Command,
    printer: &mut Printer<'_>,
) -> Result<(), Failure> {
    let TakingBack { item, person, password_file } = back;
    let mut door = Door::open(place).await?;
    let password = secrets::password(password_file.as_deref(), person.as_str())?;
    let answer = door.answer(Request::AskAs { person, password, command: Box::new(command(item)) }).await;
    door.close().await?;
    printer.answer(answer?)
}

/// What somebody confirms of a question that wants confirmations: what was given with the command, or one typed yes after the other.
pub(crate) fn confirmed(shown: &Value, given: Vec<Confirmation>) -> Result<Vec<Confirmation>, Failure> {
    let asked: Vec<Confirmation> = serde_json::from_value(shown["confirms"].clone()).unwrap_or_default();
    if asked.is_empty() || !given.is_empty() {
        Unconfirmed::among(&asked, &given).map_err(Refusal::from)?;
        return Ok(given);
    }
    for one in &asked {
        let sentence = one.sentence();
        let (first, rest) = sentence.split_at(1);
        let question = format!("{}{rest}?", first.to_uppercase());
        if !yes::typed(&question, "give --confirm with each that is true")? {
            return Err(Refusal::from(Unconfirmed(*one)).into());
        }
    }
    Ok(asked)
}
