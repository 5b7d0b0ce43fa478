//! Forms as people fill them in: what was typed is kept as typed, and each field says itself what is wrong with it.
//!
//! Parses units of the shop floor into exact numbers: millimetres with decimals into micrometres, degrees into microdegrees,
//! hours into minutes, amounts into cents. A comma and a point both separate decimals, since both are written in Québec.

use crate::voice::Voice;
use crate::words::Key;
use protocol::money::{Currency, Money};
use std::collections::BTreeMap;
use zeroize::Zeroize;

/// The pairs of a submitted form, in order.
#[derive(Clone, Default)]
pub(crate) struct Form {
    pairs: Vec<(String, String)>,
}

impl Form {
    /// Reads `application/x-www-form-urlencoded` (WHATWG URL, 5.1).
    pub(crate) fn from_bytes(bytes: &[u8]) -> Form {
        let pairs = bytes.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).map(|pair| {
            let at = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
            let (name, value) = pair.split_at(at);
            (decoded(name), decoded(value.strip_prefix(b"=").unwrap_or_default()))
        });
        Form { pairs: pairs.collect() }
    }

    /// A form that already says something.
    pub(crate) fn filled<const N: usize>(pairs: [(&str, &str); N]) -> Form {
        Form { pairs: pairs.map(|(name, value)| (name.to_string(), value.to_string())).to_vec() }
    }

    /// A form of these pairs.
    pub(crate) fn of(pairs: Vec<(String, String)>) -> Form {
        Form { pairs }
    }

    /// The same form with another value under a name.
    pub(crate) fn with(&self, name: &str, value: &str) -> Form {
        let others = self.pairs.iter().filter(|(key, _)| key != name).cloned();
        Form::of(others.chain([(name.to_string(), value.to_string())]).collect())
    }

    /// The first value under a name, trimmed; empty if there is none.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    /// Whether `name` was sent with this value.
    pub(crate) fn has(&self, name: &str, value: &str) -> bool {
        self.pairs.iter().any(|(key, given)| key == name && given == value)
    }

    /// Every value under a name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Takes a value out, untrimmed, so that it lives nowhere else.
    pub(crate) fn take(&mut self, name: &str) -> String {
        let found = self.pairs.iter_mut().find(|(key, _)| key == name);
        found.map(|(_, value)| std::mem::take(value)).unwrap_or_default()
    }
}

impl Drop for Form {
    fn drop(&mut self) {
        // A password may be among them.
        for (_, value) in &mut self.pairs {
            value.zeroize();
        }
    }
}

fn decoded(bytes: &[u8]) -> String {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let hex = |at: usize| char::from(*after.get(at)?).to_digit(16);
        match (*first, hex(0), hex(1)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                rest = after.get(2..).unwrap_or_default();
            }
            (b'+', _, _) => out.push(b' '),
            _ => out.push(*first),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// What is wrong with a field: a sentence that stands for itself, or one that was put together for the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Key(Key),
    /// A whole number up to this was meant.
    Most(u32),
    Said(String),
}

impl Fault {
    /// The sentence.
    pub(crate) fn said(&self, voice: &Voice) -> String {
        match self {
            Fault::Key(key) => voice.text(*key),
            Fault::Most(most) => voice.with(Key::FaultNumberMost, &[("most", (*most).into())]),
            Fault::Said(sentence) => sentence.clone(),
        }
    }
}

impl From<Key> for Fault {
    fn from(key: Key) -> Fault {
        Fault::Key(key)
    }
}

impl From<String> for Fault {
    fn from(sentence: String) -> Fault {
        Fault::Said(sentence)
    }
}

/// What is wrong, by field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Faults(BTreeMap<String, Fault>);

impl Faults {
    /// Notes a fault and goes on; the first one of a field stays.
    pub(crate) fn note(&mut self, field: &str, fault: impl Into<Fault>) {
        self.0.entry(field.to_string()).or_insert_with(|| fault.into());
    }

    /// The value, or a noted fault.
    pub(crate) fn keep<T>(&mut self, field: &str, value: Result<T, impl Into<Fault>>) -> Option<T> {
        value.map_err(|fault| self.note(field, fault)).ok()
    }

    /// What is wrong with a field.
    pub(crate) fn of(&self, field: &str) -> Option<&Fault> {
        self.0.get(field)
    }

    /// Fields and what is wrong with them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Fault)> {
        self.0.iter().map(|(field, fault)| (field.as_str(), fault))
    }

    /// Whether nothing is wrong.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A decimal number with at most `digits` decimals, in units of the last of them: "0,01" with 3 digits is 10. What could be
/// thousands as well ("1,220") is refused: a price must never be read a thousand times too low.
pub(crate) fn decimal(text: &str, digits: u32) -> Option<i64> {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\u{202f}' && *c != '\u{a0}').collect();
    let (negative, text) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    let (whole, fraction) = text.split_once([',', '.']).unwrap_or((text, ""));
    let digits_only = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !digits_only(whole) || !digits_only(fraction) {
        return None;
    }
    let grouped = fraction.len() == 3 && !whole.trim_start_matches('0').is_empty();
    if grouped && (digits < 3 || text.contains(',')) {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    let missing = digits.checked_sub(u32::try_from(fraction.len()).ok()?)?;
    let whole = if whole.is_empty() { 0 } else { whole.parse::<i64>().ok()? };
    let fraction = if fraction.is_empty() { 0 } else { fraction.parse::<i64>().ok()? };
    let value =
        whole.checked_mul(10_i64.checked_pow(digits)?)?.checked_add(fraction.checked_mul(10_i64.pow(missing))?)?;
    Some(if negative { -value } else { value })
}

/// An amount of money of at least a cent.
pub(crate) fn money(text: &str, currency: &str) -> Option<Money> {
    let currency = if currency == "USD" { Currency::Usd } else { Currency::Cad };
    let minor = u64::try_from(decimal(text, 2)?).ok().filter(|minor| *minor > 0)?;
    Some(Money { minor, currency })
}

/// Hours with decimals, in minutes.
pub(crate) fn minutes(text: &str) -> Option<u32> {
    let hundredths = u64::try_from(decimal(text, 2)?).ok()?;
    u32::try_from((hundredths * 60 + 50) / 100).ok().filter(|minutes| *minutes > 0)
}

/// A time of the day in minutes after midnight, up to the 1,440 of "24:00": "15:00", "15 h 30", "7", "3:30 pm".
pub(crate) fn clock(text: &str) -> Option<u16> {
    let text: String =
        text.chars().filter(|c| !c.is_whitespace() && *c != '.').collect::<String>().to_ascii_lowercase();
    let halves = [("am", 0), ("pm", 12)];
    let half = halves.iter().find_map(|(half, later)| Some((text.strip_suffix(half)?, *later)));
    let (digits, later) = half.map_or((text.as_str(), None), |(digits, later)| (digits, Some(later)));
    let (hour, minute) = digits.split_once([':', 'h']).unwrap_or((digits, ""));
    let number = |part: &str, longest: usize| -> Option<u16> {
        let fits = part.len() <= longest && part.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| part.parse().ok()).flatten()
    };
    let minute = if minute.is_empty() { 0 } else { number(minute, 2).filter(|minute| *minute < 60)? };
    let hour = match (number(hour, 2)?, later) {
        (hour @ 1..=12, Some(later)) => hour % 12 + later,
        (_, Some(_)) => return None,
        (hour, None) => hour,
    };
    Some(hour * 60 + minute).filter(|minutes| *minutes <= 1_440)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_and_a_point_both_separate_decimals() {
        assert_eq!(decimal("0.01", 3), Some(10));
        assert_eq!(decimal("0,025", 3), Some(25));
        assert_eq!(decimal("-79,87", 6), Some(-79_870_000));
        assert_eq!(decimal("1 234,50", 2), Some(123_450));
        assert_eq!(decimal("0.0005", 3), None);
        assert_eq!(decimal("1,234.5", 2), None);
        assert_eq!(["1,220", "1.000", "1,000"].map(|text| decimal(text, 2)), [None; 3]);
        assert_eq!(
            (decimal("1,250", 3), decimal("1.250", 3), decimal("12.500", 6)),
            (None, Some(1_250), Some(12_500_000))
        );
        assert_eq!(decimal("", 2), None);
    }

    #[test]
    fn hours_become_minutes() {
        assert_eq!(minutes("45"), Some(2_700));
        assert_eq!(minutes("0,25"), Some(15));
        assert_eq!(minutes("0"), None);
    }

    #[test]
    fn a_time_of_the_day_is_read_as_shops_write_it() {
        for (text, minutes) in
            [("15:00", 900), ("15 h 30", 930), ("7", 420), ("7h", 420), ("24:00", 1_440), ("0:00", 0)]
        {
            assert_eq!(clock(text), Some(minutes), "{text}");
        }
        assert_eq!(["3:30 pm", "12 a.m.", "12pm"].map(clock), [Some(930), Some(0), Some(720)]);
        for wrong in ["", "noon", "25:00", "24:01", "7:60", "7:5:0", "-1", "13 pm", "1500"] {
            assert_eq!(clock(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_form_reads_back_what_was_typed() {
        let form = Form::from_bytes(b"a=1+%26+2&m=x&m=%C3%A9&b");
        assert_eq!(form.text("a"), "1 & 2");
        assert_eq!(form.all("m").collect::<Vec<_>>(), ["x", "é"]);
        assert_eq!(form.text("b"), "");
    }
}
