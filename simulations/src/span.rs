//! A span of virtual time as a person writes it: `90m`, `36h`, `2d`.

use protocol::time::DAY_MS;
use std::str::FromStr;

/// So many milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span(pub(crate) u64);

impl FromStr for Span {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Span, &'static str> {
        let unit_ms = match text.bytes().last() {
            Some(b's') => 1_000,
            Some(b'm') => 60_000,
            Some(b'h') => 3_600_000,
            Some(b'd') => DAY_MS,
            _ => 0,
        };
        let count = text.get(..text.len().saturating_sub(1)).and_then(|count| count.parse::<u64>().ok());
        let span = count.and_then(|count| count.checked_mul(unit_ms)).filter(|ms| *ms > 0);
        span.map(Span).ok_or("a span is a number with s, m, h or d behind it, for example 90m or 2d")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_a_number_and_a_unit_and_nothing_else() {
        assert_eq!("2d".parse(), Ok(Span(172_800_000)));
        assert_eq!("90m".parse(), Ok(Span(5_400_000)));
        for wrong in ["", "d", "2", "0h", "-1h", "2 d", "2w", "é"] {
            assert!(wrong.parse::<Span>().is_err(), "{wrong:?}");
        }
    }
}
