//! Amounts of money: integer minor units with their currency, never a fraction.

use crate::wire::wire_types;
use core::fmt;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// A currency by its ISO 4217 code. Closed: what the first markets pay in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode)]
#[cbor(index_only)]
pub enum Currency {
    /// Canadian dollar.
    #[n(0)]
    #[serde(rename = "CAD")]
    Cad,
    /// United States dollar.
    #[n(1)]
    #[serde(rename = "USD")]
    Usd,
}

/// An amount in minor units (cents).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Money {
    /// Cents.
    #[n(0)]
    pub minor: u64,
    /// Of what.
    #[n(1)]
    pub currency: Currency,
}

wire_types!(Money);

impl Money {
    /// Whole Canadian dollars.
    pub const fn cad(dollars: u64) -> Money {
        Money { minor: dollars * 100, currency: Currency::Cad }
    }

    /// The sum, if both are in one currency and it fits.
    pub fn plus(self, other: Money) -> Option<Money> {
        (self.currency == other.currency)
            .then(|| self.minor.checked_add(other.minor))
            .flatten()
            .map(|minor| Money { minor, ..self })
    }

    /// This price `count` times; `None` if it does not fit.
    pub fn times(self, count: u32) -> Option<Money> {
        self.minor.checked_mul(u64::from(count)).map(|minor| Money { minor, ..self })
    }

    /// This rate for `minutes` when it is a rate per hour, rounded to the nearest cent; `None` if it does not fit.
    pub fn for_minutes(self, minutes: u32) -> Option<Money> {
        let minor = self.minor.checked_mul(u64::from(minutes))?.checked_add(30)? / 60;
        Some(Money { minor, ..self })
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = match self.currency {
            Currency::Cad => "CAD",
            Currency::Usd => "USD",
        };
        write!(f, "{}.{:02} {code}", self.minor / 100, self.minor % 100)
    }
}
