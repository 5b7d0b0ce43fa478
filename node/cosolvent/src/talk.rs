//! Questions before names: which can be asked, asking them, and answering theirs.

use crate::{
    arguments::Place,
    door::{self, Door},
    failure::Failure,
    print::Printer,
};
use firm::command::{Command, Refusal};
use firm::deals::BadTalk;
use firm::view::{Query, QuestionView};
use node::control::Request;
use protocol::dialogue::Replied;
use protocol::id::DealId;
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
    let draft = |talk: &Value| {
        let known = views(&talk["proposed"]);
        let questions = names.iter().map(|name| find(name, &known).map(|question| question.code));
        Ok(Command::Ask { deal, questions: questions.collect::<Result<_, Failure>>()? })
    };
    through(place, deal, draft, printer).await
}

/// Drafts the answer to what they ask, each as QUESTION=ANSWER; the rest is "we do not say".
pub(crate) async fn reply(
    place: &Place,
    deal: DealId,
    said: &[String],
    printer: &mut Printer<'_>,
) -> Result<(), Failure> {
    let draft = |talk: &Value| {
        let asked = views(&talk["asks_us"]);
        let replied = said.iter().map(|said| replied(said, &asked));
        Ok(Command::Reply { deal, replied: replied.collect::<Result<_, Failure>>()? })
    };
    through(place, deal, draft, printer).await
}

/// QUESTION=ANSWER.
fn replied(said: &str, asked: &[QuestionView]) -> Result<Replied, Failure> {
    let usage = || Failure::usage(&format!("{said:?} is no answer; write QUESTION=ANSWER"));
    let (name, text) = said.split_once('=').ok_or_else(usage)?;
    let question = find(name, asked)?;
    let template = question.template.as_ref().ok_or(Refusal::from(BadTalk::Unknown(question.code)))?;
    let wrong = |why| Failure::usage(&format!("{name}: {why}; nothing was drafted"));
    Ok(Replied { question: question.code, fact: Some(answer(&template.shape, text).map_err(wrong)?) })
}

/// Asks for what is drafted from the talk as it stands, through one door.
async fn through(
    place: &Place,
    deal: DealId,
    draft: impl FnOnce(&Value) -> Result<Command, Failure>,
    printer: &mut Printer<'_>,
) -> Result<(), Failure> {
    let mut door = Door::open(place).await?;
    let answer = async {
        let items = door.items(Request::View { query: Query::Deal(deal) }).await?;
        let shown = items.first().ok_or(Refusal::NoSuchDeal)?;
        door.answer(Request::Ask { command: Box::new(draft(&shown["talk"])?) }).await
    };
    let answer = answer.await;
    door.close().await?;
    printer.answer(answer?)
}

/// The questions of a list of the view.
fn views(list: &Value) -> Vec<QuestionView> {
    let all = list.as_array().into_iter().flatten();
    all.filter_map(|one| serde_json::from_value(one["question"].clone()).ok()).collect()
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
