//! One function for each noun: what its verbs ask, and which columns people see.

use crate::{
    arguments::{
        AdvertVerb, ApprovalVerb, DealVerb, Decide, ItemVerb, Join, MatchVerb, PersonVerb, Place, Reader, TrustVerb,
    },
    door::{self, Door},
    failure::Failure,
    forms, loans,
    print::Printer,
    ranking, reasons, secrets, talk,
};
use firm::{
    approvals::{Seen, Why},
    command::{Answer, Command},
    deals::Lack,
    lending::Confirmation,
    view::Query,
};
use node::{control::Request, office::Newcomer};
use protocol::{
    decision::Verdict,
    facts::Side,
    id::{DealId, Hash},
    terms::Terms,
    time::UnixMs,
};
use serde_json::Value;

/// How long a person's certificate lasts unless somebody says otherwise, in days.
pub(crate) const CERTIFICATE_DAYS: u32 = 365;

pub(crate) async fn status(place: &Place, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let items = door::items(place, Request::Status).await?;
    one("status", items, printer)
}

/// Joins, and shows what each sponsor has signed by now.
pub(crate) async fn join(place: &Place, join: Join, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let Join { invitation, classes } = join;
    let mut door = Door::open(place).await?;
    let joined = door.answer(Request::Join { invitation, classes }).await;
    let items = door.items(Request::View { query: Query::Belonging }).await;
    door.close().await?;
    joined?;
    let columns = [
        ("SPONSOR", "sponsor"),
        ("MEMBER UNTIL", "member_until"),
        ("ADMITTED UNTIL", "admitted_until"),
        ("VALIDITY", "validity"),
    ];
    printer.table("belonging", &items?, &columns)
}

pub(crate) async fn person(place: &Place, verb: PersonVerb, printer: &mut Printer<'_>) -> Result<(), Failure> {
    match verb {
        PersonVerb::List => {
            let items = door::view(place, Query::People).await?;
            let columns = [("ID", "id"), ("NAME", "name"), ("ROLES", "roles"), ("UNTIL", "expires")];
            printer.table("person", &items, &columns)
        }
        PersonVerb::Add { id, name, roles, expires, password_file, vouched_by, voucher_password_file } => {
            let mut door = Door::open(place).await?;
            let password = secrets::new_password(password_file.as_deref(), id.as_str())?;
            let today = UnixMs(node::driver::Clock::system().now().wall.0).day();
            let expires = expires.unwrap_or_else(|| today.plus(CERTIFICATE_DAYS));
            let voucher = match vouched_by {
                Some(person) => {
                    let typed = secrets::password(voucher_password_file.as_deref(), person.as_str())?;
                    Some((person, typed))
                }
                None => None,
            };
            let newcomer = Newcomer { id, name, roles, expires };
            let answer = door.answer(Request::Enrol { newcomer, password, voucher }).await;
            door.close().await?;
            printer.answer(answer?)
        }
    }
}

pub(crate) async fn item(place: &Place, side: Side, verb: ItemVerb, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let noun = if side == Side::Offer { "resource" } else { "need" };
    match verb {
        ItemVerb::Add { file, form } => {
            let draft = form.draft(file.as_deref(), side)?;
            printer.answer(door::ask(place, Command::Confide(Box::new(draft))).await?)
        }
        ItemVerb::List => {
            let items = door::view(place, Query::Items(side)).await?;
            let columns = [
                ("ID", "item.id"),
                ("TITLE", "item.draft.title"),
                ("CLASS", "item.draft.class"),
                ("PROCESS", "item.draft.process"),
                ("HOURS", "item.draft.hours"),
                ("MODE", "mode"),
                ("CALLSIGN", "callsign"),
                ("MATCHES", "matches"),
            ];
            printer.table(noun, &items, &columns)
        }
        ItemVerb::Show { id } => one(noun, door::view(place, Query::Item(id)).await?, printer),
        ItemVerb::Withdraw { id } => printer.answer(door::ask(place, Command::Withdraw(id)).await?),
    }
}

pub(crate) async fn advert(place: &Place, verb: AdvertVerb, printer: &mut Printer<'_>) -> Result<(), Failure> {
    match verb {
        AdvertVerb::Preview { item } => {
            let items = door::view(place, Query::Advert(item)).await?;
            let Some(preview) = items.first() else {
                let sentence = "nothing would leave: there is no such resource or need, it is silent, or this node has \
                                not joined a network; show it with `cosolvent resource show` or `cosolvent need show`";
                return Err(Failure::of("not-found", &sentence));
            };
            printer.outline("advert-preview", preview)
        }
        AdvertVerb::Ask { item, without, by_calendar } => {
            let command = if by_calendar {
                Command::AdvertiseByCalendar(item)
            } else {
                Command::Advertise { item, leave_out: without }
            };
            printer.answer(door::ask(place, command).await?)
        }
    }
}

pub(crate) async fn matching(place: &Place, verb: MatchVerb, printer: &mut Printer<'_>) -> Result<(), Failure> {
    match verb {
        MatchVerb::List { item } => {
            let items = door::view(place, Query::Matches(item)).await?;
            let columns = [
                ("ITEM", "item"),
                ("TITLE", "title"),
                ("CALLSIGN", "callsign"),
                ("BAND", "report.band"),
                ("FIT", "report.fit"),
                ("CERTAINTY", "report.certainty"),
                ("QUESTION", "approval"),
                ("DEAL", "deal"),
                ("NOTICE", "advert"),
            ];
            printer.table("match", &items, &columns)
        }
        MatchVerb::Show { item, advert } => {
            let items = door::view(place, Query::Matches(Some(item))).await?;
            let found = items.iter().find(|found| found["advert"].as_str() == Some(&advert.to_string()));
            let Some(found) = found else {
                let sentence = "this notice is gone or does not fit any more; list what fits with `cosolvent match list`, \
                                and what stood in the way with `cosolvent match unmet`";
                return Err(Failure::of("not-found", &sentence));
            };
            if printer.is_json() {
                printer.items("match", std::slice::from_ref(found))
            } else {
                printer.line(&reasons::found(found))
            }
        }
        MatchVerb::Unmet { item } => {
            let items = door::view(place, Query::Unmet(item)).await?;
            if printer.is_json() {
                return printer.items("unmet", &items);
            }
            items.iter().try_for_each(|item| printer.line(&reasons::unmet(item)))
        }
        MatchVerb::Contact { item, advert } => {
            printer.answer(door::ask(place, Command::Contact { item, advert }).await?)
        }
        MatchVerb::Rank { cases, out, explain } => ranking::rank(&cases, &out, explain.as_deref(), printer),
        MatchVerb::Explain { cases, need, advert } => ranking::explain(&cases, &need, &advert, printer),
    }
}

pub(crate) async fn approval(place: &Place, verb: ApprovalVerb, printer: &mut Printer<'_>) -> Result<(), Failure> {
    match verb {
        ApprovalVerb::List => {
            let items = door::view(place, Query::Approvals).await?;
            let columns = [
                ("ID", "id"),
                ("STEP", "step"),
                ("ABOUT", "title"),
                ("TO", "to"),
                ("WHO MAY", "roles"),
                ("STATE", "state"),
                ("LAPSES", "lapses"),
            ];
            printer.table("approval", &items, &columns)
        }
        ApprovalVerb::Show { id, reader } => {
            let items = door::view(place, Query::Approval(id)).await?;
            with_terms("approval", items, ["/terms", "/lacks"], reader, printer)
        }
        ApprovalVerb::Approve { decide, confirm } => decision(place, decide, Saying::Yes(confirm), printer).await,
        ApprovalVerb::Decline { decide, reason, note } => {
            let why = reason.map(|ground| Why { ground, note });
            decision(place, decide, Saying::No(why), printer).await
        }
    }
}

/// What a person says to a question.
enum Saying {
    /// Yes, with what it confirms.
    Yes(Vec<Confirmation>),
    /// No, with a reason.
    No(Option<Why>),
}

/// Shows the question, asks for the person's password, and has the person's key sign exactly what was shown.
async fn decision(place: &Place, decide: Decide, saying: Saying, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let Decide { id, person, password_file } = decide;
    let mut door = Door::open(place).await?;
    let shown = door.items(Request::View { query: Query::Approval(id) }).await?.into_iter().next();
    let shown = shown.ok_or(firm::command::Refusal::NoSuchApproval)?;
    let hash = |field: &str| shown.get(field).and_then(Value::as_str).and_then(|text| text.parse::<Hash>().ok());
    let (Some(summary), Some(bytes)) = (hash("summary_hash"), hash("bytes_hash")) else {
        return Err(Failure::of(
            "malformed",
            &"the question cannot be read; use the command line of the node's version",
        ));
    };
    if !printer.is_json() {
        printer.outline("approval", &shown)?;
    }
    let (verdict, confirmed, why) = match saying {
        Saying::Yes(given) => (Verdict::Approve, loans::confirmed(&shown, given)?, None),
        Saying::No(why) => (Verdict::Decline, Vec::new(), why),
    };
    let password = secrets::password(password_file.as_deref(), person.as_str())?;
    let seen = Seen { summary, bytes, confirmed };
    let decide = Request::Decide { person: person.clone(), approval: id, seen, verdict, password: password.clone() };
    let mut answer = door.answer(decide).await;
    if let (Ok(Answer::Decided), Some(why)) = (&answer, why) {
        let command = Box::new(Command::Explain { approval: id, why });
        answer = door.answer(Request::AskAs { person, password, command }).await.map(|_| Answer::Decided);
    }
    door.close().await?;
    printer.answer(answer?)
}

pub(crate) async fn deal(place: &Place, verb: DealVerb, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let command = match verb {
        DealVerb::List => {
            let items = door::view(place, Query::Deals).await?;
            let columns = [
                ("ID", "id"),
                ("ABOUT", "title"),
                ("CALLSIGN", "callsign"),
                ("WITH", "counterpart.legal_name"),
                ("REACHED", "reached"),
                ("STATE", "state"),
                ("WAITS FOR", "waiting.step"),
                ("FROM", "waiting.who"),
                ("STALE SINCE", "waiting.stale"),
                ("LAPSES", "waiting.lapses"),
            ];
            return printer.table("deal", &items, &columns);
        }
        DealVerb::Show { id, reader } => {
            let items = door::view(place, Query::Deal(id)).await?;
            let advice = items.first().and_then(|deal| stale(id, &deal["waiting"]));
            with_terms("deal", items, ["/terms/terms", "/terms/lacks"], reader, printer)?;
            return advice.filter(|_| !printer.is_json()).map_or(Ok(()), |advice| printer.line(&advice));
        }
        DealVerb::Questions { id } => return talk::questions(place, id, printer).await,
        DealVerb::Ask { id, questions } => return talk::ask(place, id, &questions, printer).await,
        DealVerb::Reply { id, answers } => return talk::reply(place, id, &answers, printer).await,
        DealVerb::Propose { id, file } => forms::proposal(id, &file)?,
        DealVerb::Outcome { id, code } => Command::ReportOutcome { deal: id, outcome: code },
        DealVerb::Close { id, reason } => Command::Close { deal: id, reason },
    };
    printer.answer(door::ask(place, command).await?)
}

pub(crate) async fn trust(place: &Place, verb: TrustVerb, printer: &mut Printer<'_>) -> Result<(), Failure> {
    match verb {
        TrustVerb::Show => one("trust", door::view(place, Query::Trust).await?, printer),
    }
}

/// One thing; for people, its terms and what they lack, which stand there in it, come last and in sentences.
fn with_terms(
    noun: &str,
    mut items: Vec<Value>,
    places: [&str; 2],
    reader: Reader,
    printer: &mut Printer<'_>,
) -> Result<(), Failure> {
    if printer.is_json() {
        return one(noun, items, printer);
    }
    let [terms, lacks] =
        places.map(|place| items.first_mut().and_then(|item| item.pointer_mut(place)).map(Value::take));
    let terms: Option<Terms> = terms.and_then(|terms| serde_json::from_value(terms).ok());
    let lacks: Vec<Lack> = lacks.and_then(|lacks| serde_json::from_value(lacks).ok()).unwrap_or_default();
    one(noun, items, printer)?;
    match terms {
        Some(terms) => printer.line(&ui::told::terms(reader.language, &terms, &lacks).join("\n")),
        None => Ok(()),
    }
}

/// What revives a stale deal, and how to leave it.
fn stale(id: DealId, waiting: &Value) -> Option<String> {
    waiting["stale"].as_str()?;
    let leave = match waiting["can_close"].as_bool() {
        Some(true) => format!("`cosolvent deal close {id}` ends it"),
        _ => "it binds both sides, so it does not lapse: speak to them".to_string(),
    };
    Some(format!(
        "stale: neither side has said anything for two weeks; the next word of theirs or a decision here (`cosolvent approval list`) \
         revives it; {leave}"
    ))
}

fn one(noun: &str, items: Vec<Value>, printer: &mut Printer<'_>) -> Result<(), Failure> {
    match items.first() {
        Some(item) => printer.outline(noun, item),
        None => {
            let sentence = format!("there is no such {noun}; list them with `cosolvent {noun} list`");
            Err(Failure::of("not-found", &sentence))
        }
    }
}
