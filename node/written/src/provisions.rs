//! Answers to topics of terms as people write them: `governing-law = "ontario"`, `payment-days = 30`, `deposit = "500.00 CAD"`,
//! `mediator = "text: somebody whom both sides know"`, `scrap = "withheld"`.

use crate::amounts::MoneyText;
use protocol::{
    terms::{Content, Free, Provision, Topic},
    text::TermsText,
    time::Day,
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// `[provisions]` of a file: topics and their answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "BTreeMap<String, Answer>")]
pub struct ProvisionsText(pub Vec<Provision>);

/// A number, or a text.
#[derive(Deserialize)]
#[serde(untagged)]
enum Answer {
    Number(u32),
    Text(String),
}

impl TryFrom<BTreeMap<String, Answer>> for ProvisionsText {
    type Error = String;
    fn try_from(answers: BTreeMap<String, Answer>) -> Result<Self, String> {
        let read = |(topic, answer): (String, Answer)| {
            let topic = topic.parse().map_err(|_| format!("there is no topic {topic:?}; {}", words(Topic::ALL)))?;
            let answer = match answer {
                Answer::Number(number) => number.to_string(),
                Answer::Text(text) => text,
            };
            Ok(Provision { topic, content: content(topic, answer.trim())? })
        };
        let mut read = answers.into_iter().map(read).collect::<Result<Vec<_>, String>>()?;
        read.sort_by_key(|provision| provision.topic);
        Ok(ProvisionsText(read))
    }
}

/// What stands before a text that is no choice, so that a choice with a slip of the pen is not taken for one.
const TEXT: &str = "text:";

/// What stands for an answer that is kept back.
const WITHHELD: &str = "withheld";

/// An answer to a topic.
///
/// # Errors
/// What the topic can be answered with instead.
pub fn content(topic: Topic, written: &str) -> Result<Content, String> {
    let shape = topic.shape();
    let free = match shape.free {
        Some(Free::Money) => written.parse().ok().map(|MoneyText(money)| Content::Money(money)),
        Some(Free::Day) => written.parse::<Day>().ok().map(Content::Day),
        Some(Free::Text) => match written.strip_prefix(TEXT).map(TermsText::new) {
            Some(Err(bad)) => return Err(format!("{topic}: {bad}")),
            said => said.and_then(Result::ok).map(Content::Text),
        },
        Some(Free::Number(_)) | None => None,
    };
    let withheld = (written == WITHHELD).then_some(Content::Withheld);
    topic.plain(written).or(free).or(withheld).ok_or_else(|| {
        let beside = match shape.free {
            Some(Free::Number(measure)) => format!("0 to {} {}", measure.most(), measure.name()),
            Some(Free::Money) => "an amount like 500.00 CAD".to_owned(),
            Some(Free::Day) => "a day like 2026-12-31".to_owned(),
            Some(Free::Text) => format!("{TEXT} and your own words"),
            None => String::new(),
        };
        let choices = shape.choices.iter().map(|choice| choice.text().to_owned());
        let all: Vec<String> = choices.chain([beside]).filter(|one| !one.is_empty()).collect();
        format!("{topic} is not answered by {written:?}; write one of these: {}, or withheld", all.join(", "))
    })
}

/// An answer as it would be written.
pub fn written(content: &Content) -> String {
    match content {
        Content::Choice(choice) => choice.to_string(),
        Content::Number(number) => number.to_string(),
        Content::Money(money) => money.to_string(),
        Content::Day(day) => day.to_string(),
        Content::Text(text) => format!("{TEXT} {text}"),
        Content::Withheld => WITHHELD.to_owned(),
    }
}

fn words(topics: &[Topic]) -> String {
    let texts: Vec<&str> = topics.iter().map(|topic| topic.text()).collect();
    format!("the topics are {}", texts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{money::Money, terms::Choice};

    #[test]
    fn what_people_answer_is_what_is_meant() {
        // TRM-5
        let read: ProvisionsText = toml::from_str(
            "payment-days = 30\ngoverning-law = 'ontario'\ndeposit = '500.00 CAD'\ndelivery-day = '2026-12-31'\n\
             mediator = 'text: Somebody whom both know'\nscrap = 'withheld'\n",
        )
        .unwrap();
        let said = |topic| &read.0.iter().find(|provision| provision.topic == topic).unwrap().content;
        assert_eq!(said(Topic::PaymentDays), &Content::Number(30));
        assert_eq!(said(Topic::GoverningLaw), &Content::Choice(Choice::Ontario));
        assert_eq!(said(Topic::Deposit), &Content::Money(Money::cad(500)));
        assert_eq!(said(Topic::DeliveryDay), &Content::Day("2026-12-31".parse().unwrap()));
        assert_eq!(said(Topic::Mediator), &Content::Text(TermsText::new("Somebody whom both know").unwrap()));
        assert_eq!(said(Topic::Scrap), &Content::Withheld);
        assert!(read.0.is_sorted_by_key(|provision| provision.topic));
        for Provision { topic, content: said } in &read.0 {
            assert_eq!(content(*topic, &written(said)).as_ref(), Ok(said));
        }
    }

    #[test]
    fn what_cannot_be_meant_is_refused_with_what_could() {
        let refused = |text: &str| toml::from_str::<ProvisionsText>(text).unwrap_err().to_string();
        assert!(refused("governing-law = 'ontaro'").contains("british-columbia"));
        assert!(refused("payment-days = 4000").contains("0 to 1827 days"));
        assert!(refused("payment-dais = 30").contains("payment-days"));
        assert!(refused("scrap = 'text: we shall see'").contains("offering-side"));
        assert!(refused("mediator = 'text:'").contains("empty"));
    }
}
