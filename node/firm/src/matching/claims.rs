//! What one side says, reduced to what can be compared: exact values, bands as the interval they stand for, or nothing.
//!
//! A band is an honest interval: an offer's "10um" reaches somewhere from 6 to 10 micrometres, a need's "25um" asks for
//! something from 11 to 25. Nobody reads the convenient end of it as if it had been said.

use super::report::Shown;
use crate::profile::ItemDraft;
use alloc::{string::ToString, vec::Vec};
use protocol::dialogue::{Brief, Field, Value};
use protocol::facts::{Facts, Weeks};
use protocol::money::Money;
use protocol::place::Cell;
use protocol::text::ShortText;
use protocol::vocabulary::{
    Credential, EnvelopeBand, HoursBand, Language, Material, Presence, Process, ResourceClass, ToleranceBand,
    TravelBand, ValueBand,
};

/// A whole number that was told exactly or as a band.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    /// This very number.
    Exact(u32),
    /// Somewhere in a band, both ends included; without `high` there is no upper end.
    Band {
        /// The least it can be.
        low: u32,
        /// The most it can be.
        high: Option<u32>,
        /// The band's code.
        text: &'static str,
    },
}

impl Amount {
    pub(super) fn low(self) -> u32 {
        match self {
            Amount::Exact(number) => number,
            Amount::Band { low, .. } => low,
        }
    }

    pub(super) fn high(self) -> Option<u32> {
        match self {
            Amount::Exact(number) => Some(number),
            Amount::Band { high, .. } => high,
        }
    }

    pub(super) fn shown(self) -> Shown {
        match self {
            Amount::Exact(number) => Shown::Exactly(Value::Number(number)),
            Amount::Band { text, .. } => Shown::Band(text.to_string()),
        }
    }

    fn tolerance(band: ToleranceBand) -> Self {
        let low = above(ToleranceBand::ALL, band, ToleranceBand::upper_um);
        Amount::Band { low, high: band.upper_um(), text: band.text() }
    }

    fn envelope(band: EnvelopeBand) -> Self {
        let low = above(EnvelopeBand::ALL, band, EnvelopeBand::upper_mm);
        Amount::Band { low, high: band.upper_mm(), text: band.text() }
    }

    fn hours(band: HoursBand) -> Self {
        Amount::Band { low: band.lower_hours(), high: band.upper_hours(), text: band.text() }
    }

    /// "Anywhere" has no limit at all, so even its lower end is none.
    fn travel(band: TravelBand) -> Self {
        let low = match band {
            TravelBand::Anywhere => u32::MAX,
            _ => above(TravelBand::ALL, band, TravelBand::upper_km),
        };
        Amount::Band { low, high: band.upper_km(), text: band.text() }
    }
}

/// One more than the upper end of the band before this one; 1 for the first.
fn above<B: Copy + Ord>(all: &[B], band: B, upper: impl Fn(B) -> Option<u32>) -> u32 {
    all.iter().copied().filter(|other| *other < band).filter_map(upper).max().unwrap_or(0).saturating_add(1)
}

/// Everything that one side says of an offer or need. `None` and an empty list mean that it does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Claims {
    /// The kind of thing, without its operator.
    pub(super) class: Option<ResourceClass>,
    /// Whether an operator comes with it (offer) or must (need).
    pub(super) operator: Option<bool>,
    pub(super) process: Option<Process>,
    pub(super) area: Option<Cell>,
    pub(super) weeks: Option<Weeks>,
    pub(super) hours: Option<Amount>,
    pub(super) materials: Vec<Material>,
    /// ± micrometres.
    pub(super) tolerance: Option<Amount>,
    /// Millimetres.
    pub(super) envelope: Option<Amount>,
    pub(super) credentials: Vec<Credential>,
    pub(super) presence: Option<Presence>,
    pub(super) languages: Vec<Language>,
    /// Kilometres that the needing side goes.
    pub(super) travel: Option<Amount>,
    pub(super) value: Option<ValueBand>,
    /// What an hour costs at least (offer) or at most (need). Ours alone: nobody tells it.
    pub(super) limit: Option<Money>,
    pub(super) text: Option<ShortText>,
}

impl Claims {
    /// Our own item, exactly. The place is its cell, as the other side would compute it.
    pub(super) fn of_item(item: &ItemDraft) -> Claims {
        let (class, operator) = split(item.class);
        Claims {
            class: Some(class),
            operator: Some(item.operator || operator == Some(true)),
            process: Some(item.process),
            area: item.cell(),
            weeks: Some(item.weeks),
            hours: Some(Amount::Exact(item.hours)),
            materials: item.materials.clone(),
            tolerance: item.tolerance_um.map(Amount::Exact),
            envelope: item.envelope_mm.map(Amount::Exact),
            credentials: item.credentials.clone(),
            presence: item.presence,
            languages: item.languages.clone(),
            travel: item.travel_km.map(Amount::Exact),
            value: item.value,
            limit: item.limit,
            text: item.experience.clone(),
        }
    }

    /// What an advert says, in bands.
    pub(super) fn of_facts(facts: &Facts) -> Claims {
        let (class, operator) = split(facts.class);
        Claims {
            class: Some(class),
            operator,
            process: Some(facts.process),
            area: facts.area,
            weeks: Some(facts.weeks),
            hours: Some(Amount::hours(facts.hours)),
            materials: facts.materials.clone(),
            tolerance: facts.tolerance.map(Amount::tolerance),
            envelope: facts.envelope.map(Amount::envelope),
            credentials: facts.credentials.clone(),
            presence: facts.presence,
            languages: facts.languages.clone(),
            travel: facts.travel.map(Amount::travel),
            value: facts.value,
            limit: None,
            text: facts.text.clone(),
        }
    }

    /// The same, where a brief says more. Entries that are not about capability change nothing.
    pub(super) fn told(mut self, brief: &Brief) -> Claims {
        for entry in &brief.0 {
            match (entry.field, &entry.value) {
                (Field::Class, Value::Class(told)) => {
                    let (class, operator) = split(*told);
                    (self.class, self.operator) = (Some(class), operator);
                }
                (Field::Operator, Value::Flag(told)) => {
                    self.operator = Some(*told || self.operator == Some(true));
                }
                (Field::Process, Value::Process(told)) => self.process = Some(*told),
                (Field::Area, Value::Area(told)) => self.area = Some(*told),
                (Field::Weeks, Value::Weeks(told)) => self.weeks = Some(*told),
                (Field::Hours, Value::Number(told)) => self.hours = Some(Amount::Exact(*told)),
                (Field::Materials, Value::Materials(told)) => self.materials = told.clone(),
                (Field::Tolerance, Value::Number(told)) => self.tolerance = Some(Amount::Exact(*told)),
                (Field::Envelope, Value::Number(told)) => self.envelope = Some(Amount::Exact(*told)),
                (Field::Credentials, Value::Credentials(told)) => self.credentials = told.clone(),
                (Field::Presence, Value::Presence(told)) => self.presence = Some(*told),
                (Field::Languages, Value::Languages(told)) => self.languages = told.clone(),
                (Field::Value, Value::Band(told)) => self.value = Some(*told),
                (Field::Experience, Value::Text(told)) => self.text = Some(told.clone()),
                _ => {}
            }
        }
        self
    }
}

/// The kind of thing and whether an operator comes with it. Only for machines does the class alone say so.
fn split(class: ResourceClass) -> (ResourceClass, Option<bool>) {
    match class {
        ResourceClass::MachineWithOperator => (ResourceClass::Machine, Some(true)),
        ResourceClass::Machine => (class, Some(false)),
        _ => (class, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_stands_for_every_value_that_falls_into_it_and_no_other() {
        for um in 1..400 {
            let amount = Amount::tolerance(ToleranceBand::of_um(um));
            assert!(amount.low() <= um && amount.high().is_none_or(|high| um <= high), "{um} µm in {amount:?}");
        }
        assert_eq!(
            (Amount::tolerance(ToleranceBand::Um10).low(), Amount::envelope(EnvelopeBand::Larger).low()),
            (6, 2_001)
        );
        assert_eq!(Amount::travel(TravelBand::Km25).low(), 1);
        assert_eq!(Amount::travel(TravelBand::Anywhere).low(), u32::MAX);
    }

    #[test]
    fn the_flag_of_a_brief_adds_an_operator_to_a_machine_in_either_order() {
        let flag = protocol::dialogue::Entry { field: Field::Operator, value: Value::Flag(true) };
        let class = protocol::dialogue::Entry { field: Field::Class, value: Value::Class(ResourceClass::Machine) };
        let claims = Claims::default().told(&Brief::new([flag, class].to_vec()));
        assert_eq!((claims.class, claims.operator), (Some(ResourceClass::Machine), Some(true)));
    }
}
