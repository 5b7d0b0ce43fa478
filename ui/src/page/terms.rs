//! Terms in words: prices, what else holds, and what keeps them from being signed.

use crate::page::parts::rows;
use crate::voice::Voice;
use crate::words::Key;
use firm::deals::Lack;
use maud::{Markup, html};
use protocol::facts::Side;
use protocol::id::DealId;
use protocol::terms::{Content, Free, Fulfilment, Line, Measure, Provision, Terms, Topic};

/// Terms: lines, total, days, provisions, how conditions are fulfilled, clauses; `side` is the reader's.
pub(crate) fn terms(voice: &Voice, terms: &Terms, side: Option<Side>) -> Markup {
    let form = voice.code("instrument", terms.instrument);
    let days = [("first", voice.day(terms.first).into()), ("last", voice.day(terms.last).into())];
    html! {
        p { strong { (voice.with(Key::TermsVersion, &[("number", terms.number.into())])) } " · " (form) " · "
            (voice.with(Key::TermsDays, &days)) }
        table.stack.sums {
            thead { tr {
                th scope="col" { (voice.text(Key::TermsWhat)) }
                th scope="col" .number { (voice.text(Key::TermsHours)) }
                th scope="col" .number { (voice.text(Key::TermsHourly)) }
                th scope="col" .number { (voice.text(Key::TermsAmount)) }
            } }
            tbody { @for line in &terms.lines { tr {
                th scope="row" { (line.what) }
                td.number data-label=(voice.text(Key::TermsHours)) { (quantity(voice, line)) }
                td.number data-label=(voice.text(Key::TermsHourly)) { (voice.money(line.lot.map_or(line.hourly, |lot| lot.each))) }
                td.number data-label=(voice.text(Key::TermsAmount)) {
                    @if let Some(amount) = line.amount() { (voice.money(amount)) }
                }
            } } }
            tfoot { tr {
                th scope="row" colspan="3" { (voice.text(Key::TermsTotal)) }
                td.number data-label=(voice.text(Key::TermsTotal)) { strong { (voice.money(terms.total)) } }
            } }
        }
        @if !terms.provisions.is_empty() {
            h3 { (voice.text(Key::TermsProvisions)) }
            @if let Some(side) = side { p.hint { (ours(voice, side)) } }
            (rows(&terms.provisions.iter().map(|one| answered(voice, one)).collect::<Vec<_>>()))
        }
        @if !terms.fulfilments.is_empty() {
            h3 { (voice.text(Key::TermsConditions)) }
            ul { @for one in &terms.fulfilments { li { (fulfilled(voice, one)) } } }
        }
        @if !terms.clauses.is_empty() {
            h3 { (voice.text(Key::TermsClauses)) }
            ol.clauses { @for clause in &terms.clauses { li { (clause) } } }
        }
    }
}

/// Which of the two sides of the terms the reader is.
pub(crate) fn ours(voice: &Voice, side: Side) -> String {
    voice.text(if side == Side::Offer { Key::TermsWeOffer } else { Key::TermsWeNeed })
}

/// How much of it.
pub(crate) fn quantity(voice: &Voice, line: &Line) -> String {
    line.lot.map_or_else(|| voice.hours(line.minutes), |lot| voice.units(lot.count, lot.unit))
}

/// A topic and its answer.
pub(crate) fn answered(voice: &Voice, provision: &Provision) -> (String, String) {
    (topic(voice, provision.topic), content(voice, provision))
}

/// What a topic is about.
pub(crate) fn topic(voice: &Voice, topic: Topic) -> String {
    voice.code("topic", topic)
}

/// An answer in words.
fn content(voice: &Voice, provision: &Provision) -> String {
    match &provision.content {
        Content::Choice(choice) => voice.code("choice", choice),
        Content::Number(number) => match provision.topic.shape().free {
            Some(Free::Number(measure)) => counted(voice, measure, *number),
            _ => voice.whole(u64::from(*number)),
        },
        Content::Money(money) => voice.money(*money),
        Content::Day(day) => voice.day(*day),
        Content::Text(text) => text.to_string(),
        Content::Withheld => voice.text(Key::TermsWithheld),
    }
}

fn counted(voice: &Voice, measure: Measure, count: u32) -> String {
    let key = match measure {
        Measure::Days => Key::MeasureDays,
        Measure::Months => Key::MeasureMonths,
        Measure::Hours => Key::MeasureHours,
    };
    voice.with(key, &[("count", count.into())])
}

/// What fulfils a condition, and where that is shown.
pub(crate) fn fulfilled(voice: &Voice, one: &Fulfilment) -> String {
    let text = |text: &str| text.to_string().into();
    let variables = [
        ("pack", text(one.pack.as_str())),
        ("rule", text(one.rule.as_str())),
        ("by", text(one.by.as_str())),
        ("evidence", text(one.evidence.as_str())),
    ];
    voice.with(Key::TermsFulfils, &variables)
}

/// What keeps terms from being signed here, and what to do (`TRM-4`); `next` is the deal in which the reader may propose.
pub(crate) fn lacking(voice: &Voice, lacks: &[Lack], next: Option<DealId>) -> Markup {
    html! {
        @if !lacks.is_empty() {
            div.summary role="status" {
                p { strong { (voice.text(Key::TermsLacks)) } }
                p { (voice.text(Key::TermsLacksText)) }
                ul { @for one in lacks { li { (lack(voice, one)) } } }
                p { (voice.text(Key::TermsLacksDo)) }
                @if let Some(deal) = next { p { a href={ "/deals/" (deal) "/terms" } { (voice.text(Key::TermsNext)) } } }
            }
        }
    }
}

/// One thing that is open.
pub(crate) fn lack(voice: &Voice, lack: &Lack) -> String {
    match lack {
        Lack::Missing(of) => voice.with(Key::LackMissing, &[("topic", topic(voice, *of).into())]),
        Lack::Withheld(of) => voice.with(Key::LackWithheld, &[("topic", topic(voice, *of).into())]),
        Lack::Condition { pack, rule } => {
            voice.with(Key::LackCondition, &[("pack", pack.as_str().into()), ("rule", rule.as_str().into())])
        }
        Lack::Refused => voice.text(Key::LackRefused),
    }
}
