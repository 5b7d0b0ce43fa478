//! An advert or a need as it is written down: some fields, and free text that may say the rest.
//!
//! Nothing here is judged. What a field says in words of its own ("AS9100D", "machining.milling", "HAM") is understood by
//! [`crate::read`], where unknown words stay comparable with themselves.
use crate::{day::Day, number::Number};
use alloc::{collections::BTreeMap, string::String, vec::Vec};
use serde::Deserialize;

/// One line of a file of cases. All fields but the id may be missing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Case {
    /// Names the case within its file.
    pub id: String,
    /// What sort of thing: machine, service, lab, person, expertise, training, space, equipment, certification, logistics.
    pub category: Option<String>,
    /// A region's code.
    pub region: Option<String>,
    /// `en` or `fr`.
    pub lang: Option<String>,
    /// A dotted process code; it may be wrong, so the text decides.
    pub process: Option<String>,
    /// Families of materials; `any` for all.
    pub materials: Option<Vec<String>>,
    /// Millimetres along each axis, in any order.
    pub envelope_mm: Option<Vec<Number>>,
    /// ± millimetres.
    pub tolerance_mm: Option<Number>,
    /// What a firm or person is certified to.
    pub certifications: Option<Vec<String>>,
    /// Controllers, CAM systems, standards and other things that a person knows.
    pub skills: Option<Vec<String>>,
    /// Quantities by their code, such as `force_kn`.
    pub capacity: Option<BTreeMap<String, Number>>,
    /// When.
    pub window: Option<WrittenWindow>,
    /// How much.
    pub quantity: Option<WrittenQuantity>,
    /// How far the needing side goes, kilometres.
    pub max_km: Option<Number>,
    /// Free text, as a shop writes it.
    #[serde(alias = "summary")]
    pub text: String,
}

/// Days from the first to before the last, in a time zone that is not needed to compare days.
#[derive(Clone, Debug, Deserialize)]
pub struct WrittenWindow {
    /// The first day.
    pub from: Option<Day>,
    /// The day after the last.
    pub to: Option<Day>,
}

/// A value and its unit.
#[derive(Clone, Debug, Deserialize)]
pub struct WrittenQuantity {
    /// How many.
    pub value: Number,
    /// Of what: h, h/wk, pcs, sqft, seats, cycles, unit.
    pub unit: String,
}
