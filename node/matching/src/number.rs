//! Numbers as people write them, exactly: millionths in 64 bits, without floating point.
//!
//! A decimal comma and a decimal point mean the same; thousands may stand apart. What is too long to be a measure of
//! anything is no number.
use alloc::format;
use core::fmt;
use serde::{Deserialize, Deserializer, de};

/// A number in millionths, from minus to plus 4,000,000,000.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Number(pub i64);

const ONE: i64 = 1_000_000;
const LARGEST: i64 = 4_000_000_000 * ONE;

impl Number {
    /// A whole number.
    #[must_use]
    pub const fn whole(value: i32) -> Number {
        // INVARIANT: 32 bits times a million fit into 64.
        Number(value as i64 * ONE)
    }

    /// From plain decimal text: an optional minus, digits, an optional point and digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Number> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !plain(whole) || !plain(fraction) || whole.len() > 10 {
            return None;
        }
        let mut value = whole.parse::<i64>().unwrap_or(0) * ONE;
        let mut unit = ONE;
        for digit in fraction.bytes().take(6) {
            unit /= 10;
            value += i64::from(digit - b'0') * unit;
        }
        (value <= LARGEST).then_some(Number(if negative { -value } else { value }))
    }

    /// Times a ratio of whole numbers, rounded toward zero; at the ends of the range it stays there.
    #[must_use]
    pub fn times(self, by: i64, per: i64) -> Number {
        let per = per.max(1);
        let product = match self.0.checked_mul(by) {
            Some(product) => product / per,
            None => i64::try_from(i128::from(self.0) * i128::from(by) / i128::from(per)).unwrap_or(LARGEST),
        };
        Number(product.clamp(-LARGEST, LARGEST))
    }

    /// The whole part.
    #[must_use]
    pub fn floor(self) -> i64 {
        self.0.div_euclid(ONE)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.unsigned_abs() / 1_000_000, self.0.unsigned_abs() % 1_000_000);
        if part == 0 {
            return write!(f, "{sign}{whole}");
        }
        write!(f, "{sign}{whole}.{}", format!("{part:06}").trim_end_matches('0'))
    }
}

/// JSON has one sort of number; its shortest decimal text is what somebody wrote.
impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Number;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number between -4000000000 and 4000000000")
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Number, E> {
                Number::parse(&format!("{value}"))
                    .ok_or_else(|| E::invalid_value(de::Unexpected::Unsigned(value), &self))
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Number, E> {
                Number::parse(&format!("{value}")).ok_or_else(|| E::invalid_value(de::Unexpected::Signed(value), &self))
            }
            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Number, E> {
                Number::parse(&format!("{value}")).ok_or_else(|| E::invalid_value(de::Unexpected::Float(value), &self))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString;

    #[test]
    fn numbers_come_back_as_they_were_written() {
        for text in ["0", "0.01", "-40", "280", "730.5", "0.000005"] {
            assert_eq!(Number::parse(text).map(|number| number.to_string()).as_deref(), Some(text));
        }
        for text in ["", "-", ".", "1e5", "99999999999", "1.2.3", "٣"] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
        assert_eq!(Number::whole(1).times(254, 10_000).to_string(), "0.0254");
    }
}
