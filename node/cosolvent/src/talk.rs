//! Questions before names: which can be asked, asking them, and answering theirs.

use crate::{
    arguments::Place,
    door::{self, Door},
    failure::Failure,
    print::Printer,
};
use firm::command::{Command, Refusal};
use firm::view::{Query, QuestionView};
use node::control::Request;
use protocol::dialogue::Replied;
use protocol::id::{DealId, QuestionCode};
use serde_json::Value;
use written::answer;

/// Lists what could be asked in a deal, what the match leaves open first.
pub(crate) async fn questions(place: &Place, deal: DealId, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let items = door::view(place, Query::Deal(deal)).await?;
    let shown = items.first().ok_or(Refusal::NoSuchDeal)?;
    let proposed = shown["talk"]["proposed"].as_array().cloned().unwrap_or_default();
    let columns = [
        ("QUESTION", "question.template.id"),
        ("OPEN", "open"),
        ("ANSWER", "question.template.shape"),
        ("ENGLISH", "question.template.english"),
        ("CODE", "question.code"),
    ];
    printer.table("question", &proposed, &columns)
}

/// Drafts questions; the right person then decides whether they leave.
pub(crate) async fn ask(
    place: &Place,
    deal: DealId,
    names: &[String],
    printer: &mut Printer<'_>,
) -> Result<(), Failure> {
    let mut door = Door::open(place).await?;
    let command = async {
        let shown = of(&mut door, deal).await?;
        let known = views(&shown["talk"]["proposed"], |one| &one["question"]);
        let named = names.iter().map(|name| find(name, &known).map(|question| question.code));
        let questions = named.collect::<Result<Vec<QuestionCode>, Failure>>()?;
        Ok(Command::Ask { deal, questions })
    };
    let command = command.await;
    through(door, command, printer).await
}

/// Drafts the answer to what they ask, each as QUESTION=ANSWER; the rest is "we do not say".
pub(crate) async fn reply(
    place: &Place,
    deal: DealId,
    said: &[String],
    printer: &mut Printer<'_>,
) -> Result<(), Failure> {
    let mut door = Door::open(place).await?;
    let command = async {
        let shown = of(&mut door, deal).await?;
        let asked = views(&shown["talk"]["asks_us"], |one| &one["question"]);
        let replied = said.iter().map(|said| {
            let usage = || Failure::usage(&format!("{said:?} is no answer; write QUESTION=ANSWER"));
            let (name, text) = said.split_once('=').ok_or_else(usage)?;
            let question = find(name, &asked)?;
            let template =
                question.template.as_ref().ok_or(Refusal::from(firm::deals::BadTalk::Unknown(question.code)))?;
            let fact = answer(&template.shape, text)
                .map_err(|why| Failure::usage(&format!("{name}: {why}; nothing was drafted")))?;
            Ok(Replied { question: question.code, fact: Some(fact) })
        });
        Ok(Command::Reply { deal, replied: replied.collect::<Result<Vec<Replied>, Failure>>()? })
    };
    let command = command.await;
    through(door, command, printer).await
}

async fn of(door: &mut Door, deal: DealId) -> Result<Value, Failure> {
    let items = door.items(Request::View { query: Query::Deal(deal) }).await?;
    Ok(items.into_iter().next().ok_or(Refusal::NoSuchDeal)?)
}

async fn through(mut door: Door, command: Result<Command, Failure>, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let answer = match command {
        Ok(command) => door.answer(Request::Ask { command: Box::new(command) }).await,
        Err(failure) => Err(failure),
    };
    door.close().await?;
    printer.answer(answer?)
}

fn views(list: &Value, question: impl Fn(&Value) -> &Value) -> Vec<QuestionView> {
    let all = list.as_array().into_iter().flatten();
    all.filter_map(|one| serde_json::from_value(question(one).clone()).ok()).collect()
}

/// A question by its id, by `pack/id`, or by its code.
fn find(name: &str, known: &[QuestionView]) -> Result<QuestionView, Failure> {
    let is_it = |question: &&QuestionView| {
        let template = question.template.as_ref();
        question.code.to_string() == name
            || template.is_some_and(|own| own.id == name || format!("{}/{}", own.pack, own.id) == name)
    };
    let sentence = || {
        let names = known.iter().filter_map(|question| Some(question.template.as_ref()?.id.as_str()));
        format!("there is no question {name:?} here; write one of {}", names.collect::<Vec<_>>().join(", "))
    };
    known.iter().find(is_it).cloned().ok_or_else(|| Failure::of("not-found", &sentence()))
}
