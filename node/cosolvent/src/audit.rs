//! `audit`: what left, as a list, as a file to keep, and whether such a file is whole.

use crate::{arguments::Place, door, failure::Failure, print::Printer};
use clap::{Args, Subcommand};
use firm::{
    audit::Chained,
    register::PersonId,
    view::{Query, Rows},
};
use protocol::{
    id::{DealId, Hash},
    time::Day,
};
use serde_json::{Value, json};
use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    str::FromStr,
};

#[derive(Debug, Subcommand)]
pub(crate) enum AuditVerb {
    /// List fields that left, oldest first
    List(AuditRows),
    /// Write them into a file: a table for spreadsheets if its name ends with .csv, else JSON Lines that can be verified
    Export {
        /// The file; one that is there already is not written over
        file: PathBuf,
        #[command(flatten)]
        rows: AuditRows,
    },
    /// Check that no row of such a file was changed, and that it agrees with what somebody noted; needs no node
    Verify {
        /// A file that `audit export` wrote, as JSON Lines
        file: PathBuf,
        /// A row's number and hash as somebody noted them earlier, such as from the page or from a printed list
        #[arg(long, value_name = "NUMBER:HASH")]
        noted: Vec<Noted>,
    },
}

/// Which rows of the audit.
#[derive(Debug, Args)]
pub(crate) struct AuditRows {
    /// Only on this person's say
    #[arg(long, value_name = "PERSON")]
    by: Option<PersonId>,
    /// Only in this deal
    #[arg(long, value_name = "DEAL")]
    deal: Option<DealId>,
    /// Only to this counterpart: its callsign or its legal name
    #[arg(long, value_name = "NAME")]
    to: Option<String>,
    /// Only from this day on (UTC), such as 2026-11-30
    #[arg(long, value_name = "DATE")]
    from: Option<Day>,
    /// Only until this day (UTC), it included
    #[arg(long, value_name = "DATE")]
    until: Option<Day>,
}

impl AuditRows {
    pub(crate) fn asked(self) -> Rows {
        let AuditRows { by, deal, to, from, until } = self;
        Rows { by, deal, to, from, until, newest: None }
    }
}

/// `number:hash`
#[derive(Clone, Debug)]
pub(crate) struct Noted {
    pub(crate) number: u64,
    pub(crate) hash: Hash,
}

impl FromStr for Noted {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is not a noted row; write NUMBER:HASH as `cosolvent audit list` shows them");
        let (number, hash) = text.split_once(':').ok_or_else(wrong)?;
        Ok(Noted { number: number.parse().map_err(|_| wrong())?, hash: hash.parse().map_err(|_| wrong())? })
    }
}

/// Columns of the list and of the table in a file.
const COLUMNS: [(&str, &str); 13] = [
    ("ROW", "number"),
    ("AT", "at"),
    ("FIELD", "field"),
    ("BYTES", "bytes"),
    ("STEP", "step"),
    ("TO", "callsign"),
    ("NAME", "legal_name"),
    ("BY", "by"),
    ("RULE", "rule"),
    ("STANDING", "standing"),
    ("POLICY", "policy_version"),
    ("PACKS", "packs"),
    ("HASH", "hash"),
];

pub(crate) async fn audit(place: &Place, verb: AuditVerb, printer: &mut Printer<'_>) -> Result<(), Failure> {
    match verb {
        AuditVerb::List(rows) => printer.table("audit", &shown(place, rows.asked()).await?, &COLUMNS),
        AuditVerb::Export { file, rows } => {
            let rows = shown(place, rows.asked()).await?;
            let is_table = file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
            let bytes = if is_table { table(&rows) } else { lines(&rows).into_bytes() };
            write(&file, &bytes)?;
            told(printer, "audit-export", json!({"rows": rows.len(), "file": file}), |rows| {
                format!("{rows} rows written to {}", file.display())
            })
        }
        AuditVerb::Verify { file, noted } => verify(&file, &noted, printer),
    }
}

async fn shown(place: &Place, asked: Rows) -> Result<Vec<Value>, Failure> {
    Ok(rows(&door::view(place, Query::Audit(asked)).await?))
}

/// The rows of such a view.
pub(crate) fn rows(view: &[Value]) -> Vec<Value> {
    let rows = view.first().and_then(|view| view.get("rows")).and_then(Value::as_array);
    rows.cloned().unwrap_or_default()
}

/// JSON Lines.
pub(crate) fn lines(rows: &[Value]) -> String {
    rows.iter().map(|row| format!("{row}\n")).collect()
}

fn table(rows: &[Value]) -> Vec<u8> {
    let cell = |row: &Value, field: &str| match row.get(field) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let row = |row: &Value| COLUMNS.map(|(_, field)| cell(row, field));
    ui::spreadsheet::table(COLUMNS.map(|(_, field)| field), rows.iter().map(row))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let written = || -> io::Result<()> {
        let mut file = File::create_new(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    written().map_err(|error| {
        Failure::of("file", &format!("cannot write {} ({error}); choose another name or place", path.display()))
    })
}

fn verify(path: &Path, noted: &[Noted], printer: &mut Printer<'_>) -> Result<(), Failure> {
    let text = fs::read_to_string(path)
        .map_err(|error| Failure::of("file", &format!("cannot read {} ({error}); check the path", path.display())))?;
    let rows = text.lines().zip(1..).map(|(line, number)| {
        serde_json::from_str(line).map_err(|why| {
            let place = format!("{} line {number}", path.display());
            Failure::of("file", &format!("{place} is no row of an audit ({why}); export it anew, as JSON Lines"))
        })
    });
    let rows: Vec<Chained> = rows.collect::<Result<_, Failure>>()?;
    in_order(&rows)?;
    noted.iter().try_for_each(|noted| as_noted(&rows, noted))?;
    let last = rows.last().map(|last| format!("{}:{}", last.number, last.hash));
    let whole = rows.last().is_none_or(|last| usize::try_from(last.number) == Ok(rows.len()));
    let item = json!({"rows": rows.len(), "whole": whole, "last": last, "noted": noted.len()});
    told(printer, "audit-proof", item, |count| {
        let extent = if whole { "none is missing before the last" } else { "others are missing here" };
        let end = last.as_ref().map_or_else(String::new, |last| format!("; note the last one: {last}"));
        format!("{count} rows are as they were written, {extent}{end}")
    })
}

/// Every row is what its hash says, and none was put behind another that it did not follow.
fn in_order(rows: &[Chained]) -> Result<(), Failure> {
    if let Some(row) = rows.iter().find(|row| !row.is_sound()) {
        return Err(broken(row.number, "was changed"));
    }
    let pairs = || rows.iter().zip(rows.iter().skip(1));
    let strays = |(earlier, later): &(&Chained, &Chained)| {
        later.number <= earlier.number || (later.number - earlier.number == 1 && !later.follows(earlier))
    };
    pairs().find(strays).map_or(Ok(()), |(_, later)| Err(broken(later.number, "does not follow the row before it")))
}

fn as_noted(rows: &[Chained], noted: &Noted) -> Result<(), Failure> {
    match rows.iter().find(|row| row.number == noted.number) {
        Some(row) if row.hash == noted.hash => Ok(()),
        Some(row) => Err(broken(row.number, "is not the one that was noted")),
        None => {
            let sentence = format!("row {} is not in this file; export the audit up to that row", noted.number);
            Err(Failure::of("no-such-row", &sentence))
        }
    }
}

fn broken(number: u64, why: &str) -> Failure {
    let sentence = format!("row {number} {why}; this is not what the audit said, compare it with an earlier export");
    Failure::of("audit-broken", &sentence)
}

fn told(printer: &mut Printer<'_>, noun: &str, item: Value, says: impl Fn(&Value) -> String) -> Result<(), Failure> {
    if printer.is_json() {
        return printer.items(noun, &[item]);
    }
    printer.line(&says(&item["rows"]))
}
