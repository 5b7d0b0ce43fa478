//! Answers to questions before names, as people write them: `yes`, `12000`, one of the choices, codes with commas between them.

use crate::WeeksText;
use firm::view::ShapeView;
use protocol::dialogue::{Entry, Fact, Field, Value};
use protocol::text::ShortText;
use protocol::vocabulary::{Credential, Language, Material, Presence};
use std::{fmt::Display, str::FromStr};

/// What a text says to a question of this shape, or what to write instead.
pub fn answer(shape: &ShapeView, text: &str) -> Result<Fact, String> {
    let text = text.trim();
    match shape {
        ShapeView::YesNo => flag(text).map(Fact::Flag),
        ShapeView::Number { unit, .. } => number(text, unit).map(Fact::Number),
        ShapeView::Choice(choices) => choice(text, choices).map(Fact::Choice),
        ShapeView::Text => ShortText::new(text).map(Fact::Text).map_err(|bad| bad.to_string()),
        ShapeView::Field(field) => value(*field, text).map(|value| Fact::Entry(Entry { field: *field, value })),
    }
}

fn value(field: Field, text: &str) -> Result<Value, String> {
    match field {
        Field::Operator => flag(text).map(Value::Flag),
        Field::Hours => number(text, "hours").map(Value::Number),
        Field::Tolerance => number(text, "micrometres").map(Value::Number),
        Field::Envelope => number(text, "millimetres").map(Value::Number),
        Field::Weeks => text.parse::<WeeksText>().map(|WeeksText(weeks)| Value::Weeks(weeks)),
        Field::Presence => code(text, Presence::ALL).map(Value::Presence),
        Field::Materials => codes(text, Material::ALL).map(Value::Materials),
        Field::Credentials => codes(text, Credential::ALL).map(Value::Credentials),
        Field::Languages => codes(text, Language::ALL).map(Value::Languages),
        other => Err(format!("{other} is not asked for before names; leave it out")),
    }
}

fn flag(text: &str) -> Result<bool, String> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        other => Err(format!("{other:?} is neither yes nor no")),
    }
}

fn number(text: &str, unit: &str) -> Result<u32, String> {
    text.parse().map_err(|_| format!("{text:?} is no whole number; write how many {unit}, digits alone"))
}

/// A choice by what it says in either language.
fn choice(text: &str, choices: &[[String; 2]]) -> Result<u8, String> {
    let at = choices.iter().position(|both| both.iter().any(|own| own.eq_ignore_ascii_case(text)));
    let all = || choices.iter().map(|[english, _]| english.as_str()).collect::<Vec<_>>().join(", ");
    at.and_then(|at| u8::try_from(at).ok())
        .ok_or_else(|| format!("{text:?} is none of the choices; write one of {}", all()))
}

fn code<T: FromStr + Display>(text: &str, all: &[T]) -> Result<T, String> {
    let listed = || all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    text.parse().map_err(|_| format!("{text:?} is none of the codes; write one of {}", listed()))
}

fn codes<T: FromStr + Display + Ord>(text: &str, all: &[T]) -> Result<Vec<T>, String> {
    let mut codes = text.split(',').map(|one| code(one.trim(), all)).collect::<Result<Vec<T>, String>>()?;
    codes.sort();
    codes.dedup();
    Ok(codes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_in_the_shape_of_its_question() {
        let both = |one: &str, other: &str| [one.to_owned(), other.to_owned()];
        let stock =
            ShapeView::Choice(vec![both("whoever offers", "celui qui offre"), both("whoever needs", "le besoin")]);
        let rpm = ShapeView::Number { unit: "rpm".into(), symbols: both("rpm", "tr/min") };
        assert_eq!(answer(&ShapeView::YesNo, "yes"), Ok(Fact::Flag(true)));
        assert_eq!(answer(&rpm, " 14000 "), Ok(Fact::Number(14_000)));
        assert_eq!(answer(&stock, "Whoever needs"), Ok(Fact::Choice(1)));
        assert_eq!(answer(&stock, "celui qui offre"), Ok(Fact::Choice(0)));
        let entry = |field, value| Ok(Fact::Entry(Entry { field, value }));
        let materials = vec![Material::Titanium, Material::Aluminium];
        let read = answer(&ShapeView::Field(Field::Materials), "aluminium, titanium, titanium");
        assert_eq!(read, entry(Field::Materials, Value::Materials(materials)));
        assert_eq!(answer(&ShapeView::Field(Field::Tolerance), "10"), entry(Field::Tolerance, Value::Number(10)));
        assert!(matches!(answer(&ShapeView::Field(Field::Weeks), "2026-W48..2026-W50"), Ok(Fact::Entry(_))));
    }

    #[test]
    fn what_is_no_answer_is_refused_with_what_to_write() {
        let both = ["a".to_owned(), "b".to_owned()];
        let rpm = ShapeView::Number { unit: "rpm".into(), symbols: both.clone() };
        for (shape, text, why) in [
            (ShapeView::YesNo, "perhaps", "neither yes nor no"),
            (rpm.clone(), "14 000", "write how many rpm"),
            (rpm, "-1", "digits alone"),
            (ShapeView::Choice(vec![both]), "c", "write one of a"),
            (ShapeView::Field(Field::Materials), "unobtainium", "write one of titanium"),
            (ShapeView::Field(Field::Mail), "me", "not asked for before names"),
            (ShapeView::Text, "", "empty"),
        ] {
            let refused = answer(&shape, text).unwrap_err();
            assert!(refused.contains(why), "{refused}");
        }
    }
}
