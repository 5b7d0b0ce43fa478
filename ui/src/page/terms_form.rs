//! Drafting terms: form of engagement, price lines, days, what the form asks for, clauses. A draft leaves only after the right person said so.

use crate::form::{Faults, Form, minutes, money};
use crate::page::deal::find;
use crate::page::deals::other;
use crate::page::frame::{Place, page, token};
use crate::page::item_form::{options, text_fault};
use crate::page::parts::Fields;
use crate::page::provisions;
use crate::stop::Stop;
use crate::visit::{Posted, Visit};
use crate::voice::Voice;
use crate::words::Key;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use firm::command::{Answer, BadTermsRefusal, Command};
use firm::policy::Asking;
use firm::view::{DealView, InstrumentView, Query, View};
use maud::{Markup, html};
use protocol::dialogue::{Field, Value};
use protocol::facts::Side;
use protocol::id::DealId;
use protocol::limits::{TERMS_CLAUSES_MAX, TERMS_LINES_MAX};
use protocol::money::Money;
use protocol::terms::{Line, Lot, Terms};
use protocol::text::TermsText;
use protocol::time::Day;
use protocol::vocabulary::{Instrument, ResourceClass, Unit};

/// Rows of each kind that an empty form shows.
const ROWS: usize = 3;

/// `GET /deals/{id}/terms`
pub(crate) async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Stop> {
    visit.only(Asking::Propose)?;
    let deal = find(&visit, &id).await?;
    let instruments = instruments(&visit).await?;
    let form = match &deal.terms {
        Some(view) => filled(&view.terms),
        None => first_draft(&visit.voice, &deal, &instruments),
    };
    Ok(shown(&visit, (&deal, &instruments), &form, &Faults::default(), None))
}

/// `POST /deals/{id}/terms`
pub(crate) async fn propose(Path(id): Path<String>, sent: Posted) -> Result<Response, Stop> {
    let Posted { visit, form } = sent;
    let deal = find(&visit, &id).await?;
    let mut faults = Faults::default();
    let instruments = instruments(&visit).await?;
    if form.text("act") != "propose" {
        let before = instruments.iter().find(|one| one.instrument.text() == form.text("shown"));
        let asked = chosen(&instruments, &form).filter(|_| form.text("act") == "instrument");
        let form = asked.map_or_else(|| form.clone(), |of| provisions::with_proposals(&form, before, of));
        return Ok(shown(&visit, (&deal, &instruments), &form, &faults, None));
    }
    let again = |faults: &Faults, also: Option<&str>| {
        let mut response = shown(&visit, (&deal, &instruments), &form, faults, also);
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        Ok(response)
    };
    let Some(command) = parse(deal.id, &form, &mut faults) else {
        return again(&faults, None);
    };
    match visit.ask(command).await? {
        Answer::Refused(refusal) => again(&faults, Some(&visit.voice.refusal(&refusal))),
        Answer::NeedsPerson(approval) => Ok(Redirect::to(&format!("/approvals/{approval}")).into_response()),
        _ => Ok(Redirect::to(&format!("/deals/{}?note=proposed", deal.id)).into_response()),
    }
}

/// Why the firm did not take the draft.
pub(crate) fn refused(bad: BadTermsRefusal) -> Key {
    match bad {
        BadTermsRefusal::Count => Key::RefusalTermsCount,
        BadTermsRefusal::Sum => Key::RefusalTermsSum,
        BadTermsRefusal::Days => Key::RefusalTermsDays,
        BadTermsRefusal::Provision => Key::RefusalTermsProvision,
    }
}

async fn instruments(visit: &Visit) -> Result<Vec<InstrumentView>, Stop> {
    match visit.view(Query::Instruments).await? {
        View::Instruments(known) => Ok(known),
        _ => Err(visit.missing()),
    }
}

/// The instrument that the form names, or else the first.
fn chosen<'a>(instruments: &'a [InstrumentView], form: &Form) -> Option<&'a InstrumentView> {
    let named = |one: &&InstrumentView| one.instrument.text() == form.text("instrument");
    instruments.iter().find(named).or_else(|| instruments.first())
}

/// The form of engagement that fits what was matched.
fn usual(deal: &DealView) -> Instrument {
    let class = deal.heard.iter().find_map(|entry| match entry.value {
        Value::Class(class) => Some(class),
        _ => None,
    });
    match class {
        Some(ResourceClass::Expertise | ResourceClass::Training) => Instrument::Consultation,
        Some(ResourceClass::PersonHours | ResourceClass::Credential) => Instrument::Guidance,
        Some(ResourceClass::Laboratory) => Instrument::LaboratoryTest,
        Some(ResourceClass::Space) => Instrument::SpaceLicence,
        Some(ResourceClass::UsedEquipment) => Instrument::EquipmentSale,
        Some(ResourceClass::Material) => Instrument::MaterialLot,
        Some(ResourceClass::Logistics) => Instrument::SpotJob,
        Some(ResourceClass::Machine | ResourceClass::MachineWithOperator) | None => Instrument::CapacityRental,
    }
}

/// A form that begins with what was told: their weeks and hours, our process; and with what the packs propose. Prices are for a
/// person to say.
fn first_draft(voice: &Voice, deal: &DealView, instruments: &[InstrumentView]) -> Form {
    let instrument = usual(deal).to_string();
    let mut pairs = vec![("lines", "3".to_string()), ("clauses", "3".into()), ("currency", "CAD".into())];
    for entry in &deal.heard {
        match &entry.value {
            Value::Weeks(weeks) => {
                pairs.push(("first", weeks.first.monday().to_string()));
                pairs.push(("last", weeks.last.monday().plus(6).to_string()));
            }
            Value::Number(hours) if entry.field == Field::Hours && deal.side == Side::Offer => {
                pairs.push(("hours-0", hours.to_string()));
            }
            Value::Process(process) => pairs.push(("what-0", voice.code("process", process))),
            _ => {}
        }
    }
    pairs.push(("instrument", instrument));
    let form = Form::of(pairs.into_iter().map(|(name, value)| (name.to_string(), value)).collect());
    chosen(instruments, &form).map_or_else(|| form.clone(), |of| provisions::with_proposals(&form, None, of))
}

/// A form that repeats terms, for a counter-proposal.
fn filled(terms: &Terms) -> Form {
    let cents = |minor: u64| format!("{}.{:02}", minor / 100, minor % 100);
    let mut pairs = vec![
        ("instrument".to_string(), terms.instrument.to_string()),
        ("first".into(), terms.first.to_string()),
        ("last".into(), terms.last.to_string()),
        ("currency".into(), terms.total.to_string().split(' ').next_back().unwrap_or("CAD").to_string()),
        ("lines".into(), terms.lines.len().to_string()),
        ("clauses".into(), terms.clauses.len().max(1).to_string()),
    ];
    for (at, line) in terms.lines.iter().enumerate() {
        pairs.push((format!("what-{at}"), line.what.as_str().to_string()));
        let (quantity, unit, price) = match line.lot {
            Some(lot) => (lot.count.to_string(), lot.unit.text(), lot.each),
            None => (cents(u64::from(line.minutes) * 100 / 60), HOUR, line.hourly),
        };
        pairs.push((format!("hours-{at}"), quantity));
        pairs.push((format!("unit-{at}"), unit.to_string()));
        pairs.push((format!("hourly-{at}"), cents(price.minor)));
    }
    for (at, clause) in terms.clauses.iter().enumerate() {
        pairs.push((format!("clause-{at}"), clause.as_str().to_string()));
    }
    pairs.extend(provisions::repeated(terms));
    Form::of(pairs)
}

fn parse(deal: DealId, form: &Form, faults: &mut Faults) -> Option<Command> {
    let instrument = faults.keep("instrument", form.text("instrument").parse().map_err(|_| Key::FaultChoose));
    let first = faults.keep("first", form.text("first").parse::<Day>().map_err(|_| Key::FaultDate));
    let last = faults.keep("last", form.text("last").parse::<Day>().map_err(|_| Key::FaultDate));
    let mut lines = Vec::new();
    for at in 0..TERMS_LINES_MAX {
        let names = ["what", "hours", "hourly"].map(|part| format!("{part}-{at}"));
        let [what, hours, hourly] = names.each_ref().map(|name| form.text(name));
        if what.is_empty() && hours.is_empty() && hourly.is_empty() {
            continue;
        }
        let what = faults.keep(&names[0], TermsText::new(what).map_err(text_fault));
        let quantity =
            faults.keep(&names[1], quantity(hours, form.text(&format!("unit-{at}"))).ok_or(Key::FaultLineHours));
        let price = price(hourly, form.text("currency"), instrument).ok_or(Key::FaultMoney);
        let price = faults.keep(&names[2], price);
        if let (Some(what), Some(quantity), Some(each)) = (what, quantity, price) {
            lines.push(match quantity {
                Quantity::Minutes(minutes) => Line::hourly(what, minutes, each),
                Quantity::Units(count, unit) => Line::lot(what, Lot { count, unit, each }),
            });
        }
    }
    if lines.is_empty() {
        faults.note("what-0", Key::FaultNoLine);
    }
    let mut clauses = Vec::new();
    for at in 0..TERMS_CLAUSES_MAX {
        let name = format!("clause-{at}");
        if !form.text(&name).is_empty() {
            clauses.extend(faults.keep(&name, TermsText::new(form.text(&name)).map_err(text_fault)));
        }
    }
    let (provisions, fulfilments) = (provisions::provisions(form, faults), provisions::fulfilments(form, faults));
    if !faults.is_empty() {
        return None;
    }
    let (instrument, first, last) = (instrument?, first?, last?);
    Some(Command::ProposeTerms { deal, instrument, lines, first, last, clauses, provisions, fulfilments })
}

/// What a preference costs may be nothing; anything else has a price.
fn price(text: &str, currency: &str, instrument: Option<Instrument>) -> Option<Money> {
    let nothing = || {
        let named = instrument == Some(Instrument::ReciprocityPreference) && text.trim() == "0";
        let cent = money("1", currency).filter(|_| named)?;
        Some(Money { minor: 0, ..cent })
    };
    money(text, currency).or_else(nothing)
}

/// How much of something.
enum Quantity {
    Minutes(u32),
    Units(u32, Unit),
}

/// What stands in the form for time by the hour.
const HOUR: &str = "hour";

fn quantity(text: &str, unit: &str) -> Option<Quantity> {
    match unit.parse() {
        Ok(unit) => text.trim().parse().ok().filter(|count| *count > 0).map(|count| Quantity::Units(count, unit)),
        Err(_) => minutes(text).map(Quantity::Minutes),
    }
}

/// How many rows to show: as many as before, one more if that was asked for.
fn count(form: &Form, name: &str, more: &str, max: usize) -> usize {
    let before = form.text(name).parse::<usize>().unwrap_or(ROWS);
    (before + usize::from(form.text("act") == more)).clamp(1, max)
}

fn shown(
    visit: &Visit,
    (deal, instruments): (&DealView, &[InstrumentView]),
    form: &Form,
    faults: &Faults,
    also: Option<&str>,
) -> Response {
    let voice = &visit.voice;
    let fields = Fields { voice, form, faults };
    let lines = count(form, "lines", "more-lines", TERMS_LINES_MAX);
    let clauses = count(form, "clauses", "more-clauses", TERMS_CLAUSES_MAX);
    let title = voice.text(if deal.terms.is_some() { Key::TermsCounter } else { Key::TermsPropose });
    let main = html! {
        p.crumb { a href={ "/deals/" (deal.id) } { (deal.title) " ↔ " (other(deal)) } }
        h1 { (title) }
        p.lead { (voice.text(Key::TermsLead)) }
        form.entry method="post" action={ "/deals/" (deal.id) "/terms" } {
            button type="submit" name="act" value="propose" hidden {}
            (token(&visit.token))
            input type="hidden" name="lines" value=(lines);
            input type="hidden" name="clauses" value=(clauses);
            (fields.summary(also))
            section.card { h2 { (voice.text(Key::TermsFrame)) }
                (fields.choice("instrument", Key::TermsInstrument, None, &options(voice, "instrument", Instrument::ALL)))
                button type="submit" name="act" value="instrument" formnovalidate { (voice.text(Key::TermsShow)) }
                div.pair {
                    (fields.line("first", Key::TermsFirst, None, "date", None))
                    (fields.line("last", Key::TermsLast, None, "date", None))
                }
            }
            section.card { h2 { (voice.text(Key::TermsLines)) }
                (fields.choice("currency", Key::FormCurrency, None,
                    &[("CAD".into(), voice.text(Key::CurrencyCad)), ("USD".into(), voice.text(Key::CurrencyUsd))]))
                @for at in 0..lines { (line(&fields, at)) }
                @if lines < TERMS_LINES_MAX {
                    button type="submit" name="act" value="more-lines" formnovalidate { (voice.text(Key::TermsMoreLines)) }
                }
            }
            @if let Some(of) = chosen(instruments, form) {
                input type="hidden" name="shown" value=(of.instrument);
                (provisions::topics(&fields, of, deal.side))
            }
            @if let Some(why) = &deal.why { (provisions::conditions(&fields, &why.conditions)) }
            section.card { h2 { (voice.text(Key::TermsClauses)) }
                p.hint { (voice.text(Key::TermsClausesHint)) }
                @for at in 0..clauses { (clause(&fields, at)) }
                @if clauses < TERMS_CLAUSES_MAX {
                    button type="submit" name="act" value="more-clauses" formnovalidate { (voice.text(Key::TermsMoreClauses)) }
                }
            }
            p.actions {
                button.primary type="submit" name="act" value="propose" { (voice.text(Key::TermsSubmit)) }
                a.button href={ "/deals/" (deal.id) } { (voice.text(Key::FormCancel)) }
            }
        }
    };
    page(visit, Place::Deals, &title, &main)
}

fn units(voice: &Voice) -> Vec<(String, String)> {
    let hour = (HOUR.to_string(), voice.text(Key::UnitHour));
    std::iter::once(hour).chain(options(voice, "unit", Unit::ALL)).collect()
}

fn clause(fields: &Fields<'_>, at: usize) -> Markup {
    let name = format!("clause-{at}");
    let fault = format!("{name}-fault");
    html! {
        div.field {
            label for=(name) { (fields.voice.with(Key::TermsClause, &[("number", (at + 1).into())])) }
            @if let Some(why) = fields.faults.of(&name) { p.fault id=(fault) { (why.said(fields.voice)) } }
            textarea id=(name) name=(name) rows="2" aria-describedby=[fields.faults.of(&name).map(|_| &fault)] {
                (fields.form.text(&name)) }
        }
    }
}

fn line(fields: &Fields<'_>, at: usize) -> Markup {
    html! {
        fieldset.line {
            legend { (fields.voice.with(Key::TermsLine, &[("number", (at + 1).into())])) }
            (fields.line(&format!("what-{at}"), Key::TermsWhat, None, "text", None))
            div.pair {
                (fields.line(&format!("hours-{at}"), Key::TermsHours, None, "decimal", None))
                (fields.choice(&format!("unit-{at}"), Key::TermsUnit, None, &units(fields.voice)))
                (fields.line(&format!("hourly-{at}"), Key::TermsHourly, None, "decimal", None))
            }
        }
    }
}
