//! The part of the form of terms that an instrument asks for: topics with their answers, and how conditions of the match are
//! fulfilled.
//!
//! A topic is a list to choose from, with a line for an own answer where it can have one, or that line alone. The style sheet hides
//! an empty line until the list says "something else". Everything works without script: another form of engagement is shown when
//! somebody asks for it, and what was typed stays.

use crate::form::{Fault, Faults, Form, money};
use crate::page::item_form::text_fault;
use crate::page::parts::Fields;
use crate::page::terms::{ours, topic as label_of};
use crate::voice::Voice;
use crate::words::Key;
use firm::matching::Condition;
use firm::view::InstrumentView;
use maud::{Markup, html};
use protocol::facts::Side;
use protocol::limits::TERMS_FULFILMENTS_MAX;
use protocol::terms::{Content, Free, Fulfilment, Measure, Provision, Terms, Topic};
use protocol::text::{RuleText, TermsText};
use protocol::time::Day;

/// The option that stands for an own answer, and that for none yet.
const OWN: &str = "own";
const WITHHELD: &str = "withheld";

/// The form with what the packs propose for an instrument where nothing is answered. What was only proposed for the instrument
/// that it showed before, and is not asked for here, goes.
pub(crate) fn with_proposals(form: &Form, before: Option<&InstrumentView>, of: &InstrumentView) -> Form {
    let is_asked = |topic: Topic| of.requirements.topics.iter().any(|wanted| wanted.topic == topic);
    let gone = before.map(proposed).unwrap_or_default().into_iter().filter(|one| !is_asked(one.topic));
    let gone = gone.map(|one| pairs(&one)).filter(|pairs| pairs.iter().all(|(name, value)| form.text(name) == value));
    let form = gone.flatten().fold(form.clone(), |form, (name, _)| form.with(&name, ""));
    let answered = |topic| ["", "-own"].iter().any(|part| !form.text(&format!("{}{part}", field(topic))).is_empty());
    let begun = proposed(of).into_iter().filter(|one| !answered(one.topic)).flat_map(|one| pairs(&one));
    begun.fold(form.clone(), |form, (name, value)| form.with(&name, &value))
}

fn proposed(of: &InstrumentView) -> Vec<Provision> {
    let wanted = of.requirements.topics.iter();
    let proposed = wanted.filter_map(|wanted| Some((wanted.topic, wanted.proposed.clone()?)));
    proposed.map(|(topic, content)| Provision { topic, content }).collect()
}

/// What a form of a counter-proposal repeats.
pub(crate) fn repeated(terms: &Terms) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = terms.provisions.iter().flat_map(pairs).collect();
    for one in &terms.fulfilments {
        let [by, evidence] = names(one.pack.as_str(), one.rule.as_str());
        all.push(("fulfil".into(), format!("{}/{}", one.pack, one.rule)));
        all.push((by, one.by.as_str().to_string()));
        all.push((evidence, one.evidence.as_str().to_string()));
    }
    all
}

/// A topic's answer as the form has it.
fn pairs(provision: &Provision) -> Vec<(String, String)> {
    let name = field(provision.topic);
    let own = match &provision.content {
        Content::Choice(choice) => return vec![(name, choice.to_string())],
        Content::Withheld => return vec![(name, WITHHELD.into())],
        Content::Number(number) => number.to_string(),
        Content::Money(money) => format!("{}.{:02}", money.minor / 100, money.minor % 100),
        Content::Day(day) => day.to_string(),
        Content::Text(text) => text.as_str().to_string(),
    };
    vec![(format!("{name}-own"), own), (name, OWN.into())]
}

fn field(topic: Topic) -> String {
    format!("topic-{topic}")
}

/// What a rule is fulfilled by, and its evidence.
fn names(pack: &str, rule: &str) -> [String; 2] {
    ["by", "evidence"].map(|part| format!("{part}-{pack}-{rule}"))
}

/// What was answered.
pub(crate) fn provisions(form: &Form, faults: &mut Faults) -> Vec<Provision> {
    let answered = Topic::ALL.iter().filter_map(|topic| {
        let (name, own_name) = (field(*topic), format!("{}-own", field(*topic)));
        let (chosen, own) = (form.text(&name), form.text(&own_name));
        let content = match chosen {
            "" | OWN if own.is_empty() => return None,
            "" | OWN => faults.keep(&own_name, own_answer(*topic, own, form.text("currency")))?,
            _ if !own.is_empty() => return faults.keep(&own_name, Err(Key::FaultOwnOrChoice)),
            WITHHELD => Content::Withheld,
            code => faults.keep(&name, topic.plain(code).ok_or(Key::FaultChoose))?,
        };
        let provision = Provision { topic: *topic, content };
        faults.keep(&name, if provision.is_sound() { Ok(provision) } else { Err(Key::FaultChoose) })
    });
    answered.collect()
}

fn own_answer(topic: Topic, text: &str, currency: &str) -> Result<Content, Fault> {
    match topic.shape().free {
        Some(Free::Number(measure)) => match text.parse::<u32>() {
            Ok(number) if number <= measure.most() => Ok(Content::Number(number)),
            _ => Err(Fault::Most(measure.most())),
        },
        Some(Free::Money) => money(text, currency).map(Content::Money).ok_or(Key::FaultMoney.into()),
        Some(Free::Day) => text.parse::<Day>().map(Content::Day).map_err(|_| Key::FaultDate.into()),
        Some(Free::Text) => TermsText::new(text).map(Content::Text).map_err(|bad| text_fault(bad).into()),
        None => Err(Key::FaultChoose.into()),
    }
}

/// How conditions are fulfilled.
pub(crate) fn fulfilments(form: &Form, faults: &mut Faults) -> Vec<Fulfilment> {
    let told = form.all("fulfil").take(TERMS_FULFILMENTS_MAX).filter_map(|path| {
        let (pack, rule) = path.split_once('/')?;
        let [by, evidence] = names(pack, rule);
        let texts = [&by, &evidence].map(|name| form.text(name));
        if texts == [""; 2] {
            return None;
        }
        let mut text = |name: &str| match form.text(name) {
            "" => faults.keep(name, Err(Key::FaultFulfil)),
            text => faults.keep(name, TermsText::new(text).map_err(text_fault)),
        };
        let (by, evidence) = (text(&by), text(&evidence));
        let (pack, rule) = (RuleText::new(pack).ok()?, RuleText::new(rule).ok()?);
        Some(Fulfilment { pack, rule, by: by?, evidence: evidence? })
    });
    told.collect()
}

/// The topics of an instrument: what it requires, what else it names, and everything else, folded away.
pub(crate) fn topics(fields: &Fields<'_>, of: &InstrumentView, side: Side) -> Markup {
    let voice = fields.voice;
    let wanted = &of.requirements.topics;
    let named = |required: bool| wanted.iter().filter(move |one| one.required == required);
    let further = || Topic::ALL.iter().filter(|topic| !wanted.iter().any(|one| one.topic == **topic));
    let says = |topic: Topic| !fields.form.text(&field(topic)).is_empty();
    html! {
        section.card aria-labelledby="required" {
            h2 #required { (voice.text(Key::TermsRequired)) }
            p { (of.requirements.says(voice.spoken())) }
            p.hint { (ours(voice, side)) " " (voice.text(Key::TermsRequiredHint)) }
            @for one in named(true) { (answer(fields, one.topic, Some(&one.pack))) }
        }
        section.card aria-labelledby="optional" {
            h2 #optional { (voice.text(Key::TermsOptional)) }
            p.hint { (voice.text(Key::TermsOptionalHint)) }
            @for one in named(false) { (answer(fields, one.topic, None)) }
            details open[further().any(|topic| says(*topic))] {
                summary { (voice.text(Key::TermsFurther)) }
                @for topic in further() { (answer(fields, *topic, None)) }
            }
        }
    }
}

/// One topic; `required` names the pack that asks for it.
fn answer(fields: &Fields<'_>, topic: Topic, required: Option<&str>) -> Markup {
    let (voice, shape, name) = (fields.voice, topic.shape(), field(topic));
    let own = format!("{name}-own");
    let label = label_of(voice, topic);
    let hint = Key::of_code("topic-hint", topic.text());
    let chosen = fields.form.text(&name);
    let notes = |name: &str| html! { @if let Some(why) = fields.faults.of(name) { p.fault id={ (name) "-fault" } { (why.said(voice)) } } };
    let own_line = html! {
        @if let Some(free) = shape.free {
            span.control.own {
                input #(own) name=(own) type=(if free == Free::Day { "date" } else { "text" }) autocomplete="off"
                    placeholder=(voice.text(Key::TermsOwnEmpty)) inputmode=[matches!(free, Free::Number(_)).then_some("numeric")]
                    value=(fields.form.text(&own)) aria-label=[(!shape.choices.is_empty()).then(|| own_label(voice, &label))];
                @if let Free::Number(measure) = free { span.unit { (unit(voice, measure)) } }
            }
            (notes(&own))
        }
    };
    html! {
        div.field {
            label for=(if shape.choices.is_empty() { &own } else { &name }) {
                (label)
                @if let Some(pack) = required {
                    " " span.badge title=(voice.with(Key::TermsAskedBy, &[("pack", pack.into())])) { (voice.text(Key::TermsMust)) }
                }
            }
            @if let Some(hint) = hint { p.hint { (voice.text(hint)) } }
            @if !shape.choices.is_empty() {
                select #(name) name=(name) {
                    option value="" { (voice.text(Key::TermsUnsaid)) }
                    @for choice in shape.choices {
                        option value=(choice) selected[choice.text() == chosen] { (voice.code("choice", choice)) }
                    }
                    @if shape.free.is_some() { option value=(OWN) selected[chosen == OWN] { (voice.text(Key::TermsOwn)) } }
                    option value=(WITHHELD) selected[chosen == WITHHELD] { (voice.text(Key::TermsWithheld)) }
                }
                (notes(&name))
            }
            (own_line)
        }
    }
}

fn own_label(voice: &Voice, topic: &str) -> String {
    voice.with(Key::TermsOwnLabel, &[("topic", topic.to_string().into())])
}

fn unit(voice: &Voice, measure: Measure) -> String {
    voice.text(match measure {
        Measure::Days => Key::MeasureUnitDays,
        Measure::Months => Key::MeasureUnitMonths,
        Measure::Hours => Key::MeasureUnitHours,
    })
}

/// Conditions of the match, and those that the other side's terms speak of.
pub(crate) fn conditions(fields: &Fields<'_>, open: &[Condition]) -> Markup {
    let voice = fields.voice;
    let ours: Vec<(String, Option<&str>)> =
        open.iter().map(|one| (format!("{}/{}", one.pack, one.rule), Some(one.says(voice.spoken())))).collect();
    let known = |path: &str| ours.iter().any(|(own, _)| own == path);
    let theirs: Vec<(String, Option<&str>)> =
        fields.form.all("fulfil").filter(|path| !known(path)).map(|path| (path.to_string(), None)).collect();
    let all: Vec<(String, Option<&str>)> = ours.iter().cloned().chain(theirs).collect();
    html! {
        @if !all.is_empty() {
            section.card aria-labelledby="conditions" {
                h2 #conditions { (voice.text(Key::TermsConditions)) }
                p.hint { (voice.text(Key::TermsConditionsHint)) }
                @for (path, says) in &all {
                    @if let Some((pack, rule)) = path.split_once('/') {
                        @let [by, evidence] = names(pack, rule);
                        fieldset.line {
                            legend { (rule) " · " (pack) }
                            @if let Some(says) = says { p { (says) } }
                            input type="hidden" name="fulfil" value=(path);
                            (fields.area(&by, Key::TermsBy, None))
                            (fields.line(&evidence, Key::TermsEvidence, None, "text", None))
                        }
                    }
                }
            }
        }
    }
}
