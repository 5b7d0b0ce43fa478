//! Spans of weeks, places and money as people write them.

use protocol::{
    facts::Weeks,
    money::{Currency, Money},
    place::Point,
    time::Week,
};
use serde::Deserialize;
use std::str::FromStr;

macro_rules! written {
    ($(#[$doc:meta])* $name:ident($inner:ty), $parse:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
        #[serde(try_from = "String")]
        pub struct $name(pub $inner);

        impl FromStr for $name {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, String> {
                $parse(text.trim()).map($name)
            }
        }
        impl TryFrom<String> for $name {
            type Error = String;
            fn try_from(text: String) -> Result<Self, String> {
                text.parse()
            }
        }
    };
}

written!(
    /// Weeks, such as `2026-W48..2026-W51`, or one week.
    WeeksText(Weeks), weeks
);
written!(
    /// A place in decimal degrees, such as `43.4516, -80.4925`.
    SiteText(Point), site
);
written!(
    /// An amount, such as `185.00 CAD`.
    MoneyText(Money), money
);

fn weeks(text: &str) -> Result<Weeks, String> {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    let week = |text: &str| {
        let wrong = |_| format!("{text:?} is not a week; write weeks like 2026-W48..2026-W51");
        text.trim().parse::<Week>().map_err(wrong)
    };
    Ok(Weeks { first: week(first)?, last: week(last)? })
}

fn site(text: &str) -> Result<Point, String> {
    let wrong = || format!("{text:?} is not a place; write latitude and longitude like \"43.4516, -80.4925\"");
    let (lat, lon) = text.split_once(',').ok_or_else(wrong)?;
    let degrees = |text: &str| decimal(text.trim(), 6).and_then(|micro| i32::try_from(micro).ok()).ok_or_else(wrong);
    Ok(Point { lat_udeg: degrees(lat)?, lon_udeg: degrees(lon)? })
}

fn money(text: &str) -> Result<Money, String> {
    let wrong = || format!("{text:?} is not an amount; write it like 185.00 CAD");
    let (amount, currency) = text.split_once(' ').ok_or_else(wrong)?;
    let currency = match currency.trim() {
        "CAD" => Currency::Cad,
        "USD" => Currency::Usd,
        _ => return Err(wrong()),
    };
    let minor = decimal(amount, 2).and_then(|minor| u64::try_from(minor).ok()).ok_or_else(wrong)?;
    Ok(Money { minor, currency })
}

/// A decimal number in units of its last place, without ever being a fraction.
fn decimal(text: &str, places: usize) -> Option<i64> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || fraction.len() > places || !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let units: i64 = format!("{whole}{fraction:0<places$}").parse().ok()?;
    Some(sign * units)
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::time::Day;

    #[test]
    fn what_people_write_is_what_is_meant() {
        let week = Day(20_773).week();
        assert_eq!("2026-W47".parse(), Ok(WeeksText(Weeks { first: week, last: week })));
        assert_eq!("2026-W47 .. 2026-W49".parse(), Ok(WeeksText(Weeks { first: week, last: week.plus(2) })));
        assert_eq!("43.45, -80.4925".parse(), Ok(SiteText(Point { lat_udeg: 43_450_000, lon_udeg: -80_492_500 })));
        assert_eq!("185.5 CAD".parse(), Ok(MoneyText(Money { minor: 18_550, currency: Currency::Cad })));
        assert_eq!("185 USD".parse(), Ok(MoneyText(Money { minor: 18_500, currency: Currency::Usd })));
    }

    #[test]
    fn what_cannot_be_meant_is_refused_with_an_example() {
        assert!("2026-W54".parse::<WeeksText>().unwrap_err().contains("2026-W48"));
        assert!("43.45".parse::<SiteText>().is_err());
        for text in ["185", "185 EUR", "-3 CAD", "1.234 CAD", "1e3 CAD", "one CAD"] {
            assert!(text.parse::<MoneyText>().is_err(), "{text}");
        }
    }
}
