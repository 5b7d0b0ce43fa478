//! A text as words, numbers and signs, with a bounded cost whatever it holds.
//!
//! - `TXT-1` No text costs more than its first 4,096 bytes and 600 tokens; words beyond 40 bytes and letters of other scripts
//!   are stepped over, signs that turn the direction of writing count as spaces.
use crate::number::Number;
use crate::vocabulary::{is_mark, unaccented};
use alloc::{string::String, vec::Vec};

/// The most of a text that is read.
pub(crate) const TEXT_BYTES_MAX: usize = 4_096;
const TOKENS_MAX: usize = 600;
const WORD_BYTES_MAX: usize = 40;

/// What a token is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Is {
    /// A word in lower case without accents.
    Word(String),
    /// A number; `bare` if it had neither a point nor a comma.
    Number(Number),
    /// Any other sign.
    Sign(char),
}

/// A token and where it stands in the text, in bytes.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) is: Is,
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Token {
    pub(super) fn word(&self) -> &str {
        match &self.is {
            Is::Word(word) => word,
            _ => "",
        }
    }

    pub(super) fn number(&self) -> Option<Number> {
        match self.is {
            Is::Number(number) => Some(number),
            _ => None,
        }
    }

    pub(super) fn sign(&self) -> Option<char> {
        match self.is {
            Is::Sign(sign) => Some(sign),
            _ => None,
        }
    }
}

/// The part of a text that is read: whole characters of the first bytes.
pub(crate) fn readable(text: &str) -> &str {
    let end = (0..=TEXT_BYTES_MAX.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

/// The tokens of a text.
pub(super) fn scan(text: &str) -> Vec<Token> {
    let text = readable(text);
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if tokens.len() >= TOKENS_MAX {
            break;
        }
        let from = text.len() - rest.len();
        let (is, length) = if first.is_ascii_digit() || (first == '.' && digit_at(rest, 1)) {
            number(rest)
        } else if first.is_alphabetic() {
            let length = rest.find(|letter: char| !letter.is_alphabetic() && !is_mark(letter)).unwrap_or(rest.len());
            let word = rest.get(..length).filter(|word| word.len() <= WORD_BYTES_MAX);
            (word.map(|word| Is::Word(unaccented(word))), length)
        } else {
            (sign(first), first.len_utf8())
        };
        if let Some(is) = is {
            tokens.push(Token { is, from, to: from + length });
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    tokens
}

fn sign(letter: char) -> Option<Is> {
    let seen = letter.is_ascii_punctuation() || "±°²³×ø⌀–—½¼¾″′’“”«»µΩ≤≥\n".contains(letter);
    let sign = match letter {
        '″' | '“' | '”' => '"',
        '′' | '’' => '\'',
        '–' | '—' => '-',
        '⌀' => 'ø',
        other => other,
    };
    seen.then_some(Is::Sign(sign))
}

fn digit_at(text: &str, at: usize) -> bool {
    text.as_bytes().get(at).is_some_and(u8::is_ascii_digit)
}

/// A number: digits, thousands in threes behind a comma, an apostrophe or a narrow space, and a fraction behind a point or a
/// comma. `1,200` counts; `0,125` and `12,5` measure. Letters that follow at once are another token (`24x12`, `14k`).
fn number(rest: &str) -> (Option<Is>, usize) {
    let mut digits = String::new();
    let mut length = 0;
    let mut fraction = false;
    for (at, letter) in rest.char_indices() {
        let after = at + letter.len_utf8();
        let three = (0..3).all(|next| digit_at(rest, after + next)) && !digit_at(rest, after + 3);
        let thousands = !fraction && three && !digits.is_empty() && digits.len() <= 9 && !digits.starts_with('0');
        match letter {
            '0'..='9' => digits.push(letter),
            ',' if thousands && digits.len() <= 3 => {}
            ',' if thousands && length > 3 => {}
            '\u{a0}' | '\u{202f}' if thousands => {}
            ' ' if thousands && digits.len() <= 3 && spaced(rest, after + 3) => {}
            '.' | ',' if !fraction && digit_at(rest, after) => {
                fraction = true;
                digits.push('.');
            }
            _ => break,
        }
        length = after;
    }
    if length > WORD_BYTES_MAX {
        return (None, length);
    }
    (Number::parse(&digits).map(Is::Number), length)
}

/// Whether a number with a plain space between its thousands ends before a unit that makes this reading safe.
fn spaced(rest: &str, at: usize) -> bool {
    let unit = rest.get(at..).unwrap_or_default().trim_start();
    ["pi", "kg", "lb", "mm", "tr", "h ", "heures", "pcs", "pi\u{e8}ces", "psi", "rpm", "kn", "t "]
        .iter()
        .any(|known| unit.get(..known.len()).is_some_and(|start| start.eq_ignore_ascii_case(known)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::{String, ToString};

    fn numbers(text: &str) -> String {
        let all: Vec<String> = scan(text).iter().filter_map(Token::number).map(|number| number.to_string()).collect();
        all.join(" ")
    }

    #[test]
    fn numbers_of_both_languages_are_read() {
        assert_eq!(numbers("1,200 pcs, .005 in, 0,01 mm, 12,5 t, 60,000 lb"), "1200 0.005 0.01 12.5 60000");
        assert_eq!(numbers("2 400 pi2; 3\u{a0}500 kg; 24x12x10"), "2400 2 3500 24 12 10");
        assert_eq!(numbers("0,125 po"), "0.125");
    }

    #[test]
    fn hostile_text_costs_no_more_than_its_bound() {
        // TXT-1
        let long = "1".repeat(100_000) + &"x".repeat(100_000);
        assert!(scan(&long).is_empty());
        assert!(scan(&"a 1 ".repeat(50_000)).len() <= TOKENS_MAX);
        assert_eq!(scan("\u{202e}\u{200f}机械\u{1f600}").iter().filter(|token| token.sign().is_some()).count(), 0);
    }
}
