//! Answers on standard output: lines and outlines for people, `{"schema":"noun/1","items":[…]}` for programs.

use crate::failure::Failure;
use firm::command::Answer;
use serde_json::{Value, json};
use std::{fmt::Write as _, io::Write};

/// What a person should read before the rest.
const READ_FIRST: [(&str, &[&str]); 5] = [
    ("advert-preview", &["title", "facts", "exposure", "firms", "members", "advice", "findings"]),
    (
        "approval",
        &[
            "title",
            "step",
            "to",
            "asks",
            "replies",
            "leaves",
            "facts",
            "exposure",
            "findings",
            "terms",
            "outcome",
            "legal_name",
            "expects",
            "stays",
            "why",
            "roles",
        ],
    ),
    ("deal", &["title", "callsign", "counterpart", "state", "reached", "waiting", "talk", "terms", "milestones"]),
    (
        "keys",
        &[
            "warnings",
            "firm",
            "operating",
            "operating_until",
            "validity",
            "speaks",
            "sheet",
            "transport",
            "forks",
            "events",
        ],
    ),
    ("status", &["warnings", "firm", "network", "running", "neighbours", "alike", "apart", "complete", "waiting"]),
];

/// Standard output, and who reads it.
pub(crate) struct Printer<'a> {
    json: bool,
    out: &'a mut dyn Write,
}

impl<'a> Printer<'a> {
    pub(crate) fn new(json: bool, out: &'a mut dyn Write) -> Self {
        Printer { json, out }
    }

    /// Whether programs read it.
    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    /// Things as a table: one line each, with these columns (paths into the thing, with dots).
    pub(crate) fn table(&mut self, noun: &str, items: &[Value], columns: &[(&str, &str)]) -> Result<(), Failure> {
        if self.json {
            return self.items(noun, items);
        }
        if items.is_empty() {
            return self.line("none");
        }
        let head = columns.iter().map(|(name, _)| (*name).to_string()).collect();
        let row = |item: &Value| columns.iter().map(|(_, path)| cell(item, path)).collect();
        let rows: Vec<Vec<String>> = std::iter::once(head).chain(items.iter().map(row)).collect();
        let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns.len()).map(width).collect();
        for row in &rows {
            let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
            self.line(cells.collect::<Vec<_>>().join("  ").trim_end())?;
        }
        Ok(())
    }

    /// One thing as an outline of everything in it.
    pub(crate) fn outline(&mut self, noun: &str, item: &Value) -> Result<(), Failure> {
        if self.json {
            return self.items(noun, std::slice::from_ref(item));
        }
        let mut text = String::new();
        let first = READ_FIRST.iter().find(|(of, _)| *of == noun).map_or(&[][..], |(_, fields)| fields);
        let (begin, rest) = parted(item, first);
        begin.iter().chain(&rest).for_each(|part| draw(&mut text, part, 0));
        self.line(text.trim_end())
    }

    /// What came of a command. A person who must decide is no error, and a code of its own.
    pub(crate) fn answer(&mut self, answer: Answer) -> Result<(), Failure> {
        if let Answer::Refused(refusal) = answer {
            return Err(refusal.into());
        }
        if self.json {
            self.items("answer", &[serde_json::to_value(&answer).unwrap_or(Value::Null)])?;
        }
        match answer {
            Answer::NeedsPerson(approval) => Err(Failure::of(
                "needs-person",
                &format!("nothing has left yet, a person must decide; see `cosolvent approval show {approval}`"),
            )),
            _ if self.json => Ok(()),
            Answer::Confided(item) => {
                self.line(&format!("entered as {item}; questions that follow: `cosolvent approval list`"))
            }
            Answer::Decided => self.line("decided"),
            Answer::Done | Answer::Refused(_) => self.line("done"),
        }
    }

    /// One line for people.
    pub(crate) fn line(&mut self, text: &str) -> Result<(), Failure> {
        writeln!(self.out, "{text}").and_then(|()| self.out.flush()).map_err(|error| {
            Failure::of("output", &format!("could not print the answer ({error}); nothing was undone"))
        })
    }

    /// Things for programs.
    pub(crate) fn items(&mut self, noun: &str, items: &[Value]) -> Result<(), Failure> {
        self.line(&json!({"schema": format!("{noun}/1"), "items": items}).to_string())
    }
}

fn cell(item: &Value, path: &str) -> String {
    let found = path.split('.').try_fold(item, |value, field| value.get(field));
    found.map(plain).unwrap_or_default()
}

/// A thing taken apart: these fields in this order, and the others together.
fn parted(item: &Value, first: &[&str]) -> (Vec<Value>, Option<Value>) {
    let Value::Object(fields) = item else { return (Vec::new(), Some(item.clone())) };
    let begin = first.iter().filter_map(|name| Some(json!({*name: fields.get(*name)?}))).collect();
    let rest = fields.iter().filter(|(name, _)| !first.contains(&name.as_str()));
    (begin, Some(rest.map(|(name, value)| (name.clone(), value.clone())).collect()))
}

/// A value in a word or two.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => "-".into(),
        Value::Bool(true) => "yes".into(),
        Value::Bool(false) => "no".into(),
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => match (fields.get("minor").and_then(Value::as_u64), fields.get("currency")) {
            (Some(minor), Some(currency)) => format!("{}.{:02} {}", minor / 100, minor % 100, plain(currency)),
            _ => {
                let said = fields.iter().filter(|(_, value)| !value.is_null());
                let parts = said.map(|(name, value)| format!("{} {}", name.replace('_', " "), plain(value)));
                parts.collect::<Vec<_>>().join(", ")
            }
        },
    }
}

fn draw(text: &mut String, value: &Value, depth: usize) {
    let Value::Object(fields) = value else {
        return line(text, depth, &plain(value));
    };
    for (name, value) in fields {
        let name = name.replace('_', " ");
        match value {
            Value::Null => {}
            Value::Array(items) if items.is_empty() => {}
            Value::Array(items) if items.iter().any(Value::is_object) => {
                line(text, depth, &format!("{name}:"));
                items.iter().for_each(|item| line(text, depth + 1, &format!("- {}", plain(item))));
            }
            Value::Object(fields) if !fields.contains_key("minor") => {
                line(text, depth, &format!("{name}:"));
                draw(text, value, depth + 1);
            }
            other => line(text, depth, &format!("{name}: {}", plain(other))),
        }
    }
}

fn line(text: &mut String, depth: usize, words: &str) {
    // Writing into a string cannot fail.
    let _ = writeln!(text, "{:indent$}{words}", "", indent = 2 * depth);
}
