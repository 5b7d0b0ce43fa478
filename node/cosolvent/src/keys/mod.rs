//! The keys of the firm itself, from the recovery sheet to the log.
//!
//! ```text
//!   log at hand + sheet ─▶ which of both stands ─▶ new operating key drawn by the node ─▶ new sheet shown, asked back, on disk
//!                                                                                                                       │
//!     the old sheet still holds, the new one is deleted   ◀──────── the node says no ────────────────────────────────────┤
//!     the new sheet holds                                 ◀──────── the node has taken in the event ─────────────────────┤
//!     one of both holds, and both stay                    ◀──────── no answer, or none that is clear ────────────────────┘
//! ```
//!
//! The root keys come from paper or a file for one signature and are in this process only: never in a request to the node, an
//! argument, the journal or the log. Where somebody sits at a terminal a new sheet is copied before it is written, so breaking off
//! leaves no key on disk. It is complete on disk before the rotation that makes it count, and the rotation is one record, so there
//! is always exactly one sheet that holds, and `keys sheet --check` says which.

mod ceremony;
mod sheet;
mod transport;

use crate::{
    arguments::{FromSheet, KeysVerb, Place},
    door::Door,
    failure::Failure,
    init,
    print::Printer,
};
use ceremony::Ceremony;
use firm::{
    command::{Answer, Command},
    register::PersonId,
    view::Query,
};
use node::{
    control::{Request, unheard},
    office::Premises,
    root::Sheet,
};
use serde_json::{Value, json};
use std::{
    path::{Path, PathBuf},
    time::Duration,
};
use tokio::time::{Instant, sleep};

/// How long a counterpart that is connected may take to confirm that it heard who left.
const HEARD_WITHIN: Duration = Duration::from_secs(10);

/// Where a recovery sheet is written unless somebody says otherwise.
pub(crate) fn usual_sheet(premises: &Premises) -> PathBuf {
    premises.data().join("recovery-sheet.txt")
}

pub(crate) async fn keys(place: &Place, verb: KeysVerb, printer: &mut Printer<'_>) -> Result<(), Failure> {
    match verb {
        KeysVerb::Show => show(place, printer).await,
        KeysVerb::Renew(from) => renew(place, from, printer).await,
        KeysVerb::Rotate { transport: true, .. } => transport::rotate(place, printer).await,
        KeysVerb::Rotate { from, out, .. } => rotate(place, from, out, printer).await,
        KeysVerb::Revoke { person: Some(id), .. } => revoke_person(place, id, printer).await,
        KeysVerb::Revoke { from, .. } => revoke(place, from, printer).await,
        KeysVerb::Sheet { file, check } => keep(place, file, check, printer).await,
        KeysVerb::Recover(recover) => {
            let sheet = sheet::read(&recover.sheet)?;
            init::init(place, recover.init, Some(sheet), printer).await
        }
    }
}

async fn show(place: &Place, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let mut door = Door::open(place).await?;
    let keys = door.items(Request::View { query: Query::Keys }).await;
    let status = door.items(Request::Status).await;
    door.close().await?;
    let mut keys = keys?.into_iter().next().ok_or(firm::command::Refusal::NotFounded)?;
    if let (Value::Object(fields), Some(status)) = (&mut keys, status?.into_iter().next()) {
        fields.insert("warnings".into(), status.get("warnings").cloned().unwrap_or_default());
        if !printer.is_json() {
            // Nobody reads it, and `keys sheet` has it.
            fields.remove("log");
        }
    }
    printer.outline("keys", &keys)
}

/// Revokes a person, and waits a little for counterparts to confirm that they heard of it.
async fn revoke_person(place: &Place, id: PersonId, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let mut door = Door::open(place).await?;
    let done = revoked(&mut door, id).await;
    door.close().await?;
    let (untold, unsaid) = done?;
    let warnings = unheard(untold, unsaid);
    let words = "Nothing that this person decides counts from now on, here and with counterparts.";
    let words =
        if warnings.is_empty() { words.to_string() } else { format!("Revoked here. But {}.", warnings.join(". But ")) };
    told(printer, json!({"revoked": true, "untold": untold, "unsaid": unsaid, "warnings": warnings}), &words)
}

/// In how many open deals nobody has confirmed it, and how many people the log cannot revoke.
async fn revoked(door: &mut Door, id: PersonId) -> Result<(usize, usize), Failure> {
    if let Answer::Refused(refusal) = door.answer(Request::Ask { command: Box::new(Command::RevokePerson(id)) }).await?
    {
        return Err(refusal.into());
    }
    let until = Instant::now() + HEARD_WITHIN;
    loop {
        let keys = door.items(Request::View { query: Query::Keys }).await?.into_iter().next().unwrap_or_default();
        let count = |field: &str| keys.get(field).and_then(Value::as_array).map_or(0, Vec::len);
        let (untold, unsaid) = (count("untold"), count("unsaid"));
        // Without a running node nothing leaves.
        if untold == 0 || matches!(door, Door::Here(_)) || Instant::now() >= until {
            return Ok((untold, unsaid));
        }
        sleep(Duration::from_millis(200)).await;
    }
}

async fn renew(place: &Place, from: FromSheet, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let mut ceremony = Ceremony::begin(place).await?;
    let done = ceremony.renew(from.sheet.as_deref()).await;
    ceremony.end(done).await.and_then(|until| {
        told(printer, json!({"operating_until": until}), &format!("The firm has a new operating key, until {until}."))
    })
}

async fn revoke(place: &Place, from: FromSheet, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let mut ceremony = Ceremony::begin(place).await?;
    let done = ceremony.revoke(from.sheet.as_deref()).await;
    ceremony.end(done).await?;
    let words =
        "The operating key does not hold any more; the node says nothing for the firm until `cosolvent keys renew`.";
    told(printer, json!({"operating_until": null}), words)
}

async fn rotate(
    place: &Place,
    from: FromSheet,
    out: Option<PathBuf>,
    printer: &mut Printer<'_>,
) -> Result<(), Failure> {
    let premises = place.premises();
    let (out, named) = out.map_or_else(|| (usual_sheet(&premises), false), |out| (out, true));
    if out.exists() {
        let sentence = format!(
            "there is already a file {}; if it is a recovery sheet, run `cosolvent keys sheet` first, or name another one with --out",
            out.display()
        );
        return Err(Failure::of("already-set-up", &sentence));
    }
    let mut ceremony = Ceremony::begin(place).await?;
    let done = ceremony.rotate(from.sheet.as_deref(), (&out, named), printer).await;
    let (until, shown) = ceremony.end(done).await?;
    if shown {
        sheet::take_off(&out)?;
    }
    let rest = if shown {
        String::new()
    } else {
        format!(" The new sheet is {}: run `cosolvent keys sheet {0}` now.", out.display())
    };
    told(
        printer,
        json!({"operating_until": until, "sheet": out.display().to_string()}),
        &format!(
            "Every key of the firm is new; the operating key holds until {until}. Destroy the old recovery sheet now, it does \
             nothing but harm.{rest}"
        ),
    )
}

async fn keep(place: &Place, file: Option<PathBuf>, check: bool, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let premises = place.premises();
    let usual = usual_sheet(&premises);
    let file = file.unwrap_or_else(|| usual.clone());
    let sheet = sheet::read(&file)?;
    let mut ceremony = Ceremony::begin(place).await?;
    let inside = within(&file, premises.data());
    let done = held(&mut ceremony, &sheet, (check, inside), printer).await;
    ceremony.end(done).await?;
    let taken_off = !check && file == usual;
    if taken_off {
        sheet::take_off(&file)?;
    }
    let rest = if taken_off { " and was taken off this computer" } else { "; keep it off this computer" };
    told(
        printer,
        json!({"kept": true}),
        &format!("This sheet is the firm's recovery sheet now, and no older one is{rest}."),
    )
}

async fn held(
    ceremony: &mut Ceremony,
    sheet: &Sheet,
    (check, inside): (bool, bool),
    printer: &mut Printer<'_>,
) -> Result<(), Failure> {
    ceremony.check(sheet).await?;
    if !check {
        ceremony.show(sheet, printer)?;
    } else if inside {
        return Err(Failure::of(
            "sheet",
            &"this sheet is the firm's recovery sheet now, and in the data folder it is lost together with it; copy it to another \
              medium and check that copy",
        ));
    }
    ceremony.keep().await
}

/// Whether a file is in the data folder, or cannot be told not to be.
fn within(file: &Path, data: &Path) -> bool {
    match (file.canonicalize(), data.canonicalize()) {
        (Ok(file), Ok(data)) => file.starts_with(data),
        _ => true,
    }
}

fn told(printer: &mut Printer<'_>, item: Value, words: &str) -> Result<(), Failure> {
    if printer.is_json() { printer.items("keys", &[item]) } else { printer.line(words) }
}
