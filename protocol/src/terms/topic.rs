//! What terms can settle beside prices and days: a closed list of topics, and for each the answers that it can have.
//!
//! A topic is answered by a choice from its own short list, or by a number in the topic's unit, an amount, a day, or a short text
//! where nothing else will do. Which topics an instrument requires is no matter of the protocol: each side's knowledge packs say so
//! (decision 0034). Labels in people's languages are elsewhere; numbers are never reused.
//!
//! ```text
//!   topic ──▶ Shape { choices, free }     liability-cap   the price, twice the price, unlimited, or an amount
//!                                         payment-days    0 to 1,827 days
//! ```

use super::provision::{Content, Provision};
use crate::limits::{TERMS_DAYS_MAX, TERMS_HOURS_MAX, TERMS_MONTHS_MAX};
use crate::vocabulary::{UnknownCode, vocabulary};
use crate::wire::wire_types;
use core::{fmt, str::FromStr};

vocabulary!(
    /// What terms settle.
    Topic, "topic of terms" {
        IntellectualProperty = 1 "intellectual-property",
        Confidentiality = 2 "confidentiality",
        CrossClientSecrecy = 3 "cross-client-secrecy",
        LiabilityCap = 4 "liability-cap",
        Insurance = 5 "insurance",
        Scrap = 6 "scrap",
        CustomerMaterial = 7 "customer-material",
        SuppliesMaterial = 8 "supplies-material",
        SuppliesTooling = 9 "supplies-tooling",
        SuppliesPrograms = 10 "supplies-programs",
        Operator = 11 "operator",
        Quality = 12 "quality",
        InProcessInspection = 13 "in-process-inspection",
        FinalInspection = 14 "final-inspection",
        InspectionScope = 15 "inspection-scope",
        NonCompete = 16 "non-compete",
        NonCompeteMonths = 17 "non-compete-months",
        Taxes = 18 "taxes",
        GoverningLaw = 19 "governing-law",
        RecordLanguage = 20 "record-language",
        PaymentDays = 21 "payment-days",
        PaymentMethod = 22 "payment-method",
        Mediator = 23 "mediator",
        MoveNotice = 24 "move-notice",
        CancelNotice = 25 "cancel-notice",
        Reciprocity = 26 "reciprocity",
        WeeklyHours = 27 "weekly-hours",
        Report = 28 "report",
        Samples = 29 "samples",
        Condition = 30 "condition",
        MaterialCertificate = 31 "material-certificate",
        Title = 32 "title",
        Transport = 33 "transport",
        DeliveryDay = 34 "delivery-day",
        Access = 35 "access",
        Deposit = 36 "deposit",
    }
);

vocabulary!(
    /// An answer to a topic, where a choice will do.
    Choice, "choice of terms" {
        OfferingSide = 1 "offering-side",
        NeedingSide = 2 "needing-side",
        BothSides = 3 "both-sides",
        ThirdParty = 4 "third-party",
        None = 5 "none",
        Unlimited = 6 "unlimited",
        Price = 7 "price",
        TwicePrice = 8 "twice-price",
        Kept = 9 "kept",
        Shown = 10 "shown",
        BeforeStart = 11 "before-start",
        Drawing = 12 "drawing",
        Iso9001 = 13 "iso-9001",
        As9100 = 14 "as9100",
        Iso13485 = 15 "iso-13485",
        Iatf16949 = 16 "iatf-16949",
        Iso17025 = 17 "iso-17025",
        EveryPiece = 18 "every-piece",
        Sample = 19 "sample",
        FirstPiece = 20 "first-piece",
        Customers = 21 "customers",
        Staff = 22 "staff",
        CustomersAndStaff = 23 "customers-and-staff",
        Added = 24 "added",
        Included = 25 "included",
        Exempt = 26 "exempt",
        Transfer = 27 "transfer",
        Cheque = 28 "cheque",
        Card = 29 "card",
        InAdvance = 30 "in-advance",
        English = 31 "english",
        French = 32 "french",
        Signed = 33 "signed",
        Countersigned = 34 "countersigned",
        Accredited = 35 "accredited",
        Returned = 36 "returned",
        Retained = 37 "retained",
        Destroyed = 38 "destroyed",
        AsIs = 39 "as-is",
        Tested = 40 "tested",
        Warranted = 41 "warranted",
        MillCertificate = 42 "mill-certificate",
        OnDelivery = 43 "on-delivery",
        OnPayment = 44 "on-payment",
        WorkingHours = 45 "working-hours",
        AnyTime = 46 "any-time",
        Escorted = 47 "escorted",
        Alberta = 60 "alberta",
        BritishColumbia = 61 "british-columbia",
        Manitoba = 62 "manitoba",
        NewBrunswick = 63 "new-brunswick",
        Newfoundland = 64 "newfoundland-and-labrador",
        NovaScotia = 65 "nova-scotia",
        Ontario = 66 "ontario",
        PrinceEdwardIsland = 67 "prince-edward-island",
        Quebec = 68 "quebec",
        Saskatchewan = 69 "saskatchewan",
        NorthwestTerritories = 70 "northwest-territories",
        Nunavut = 71 "nunavut",
        Yukon = 72 "yukon",
    }
);

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Days, at most [`TERMS_DAYS_MAX`].
    Days,
    /// Months, at most [`TERMS_MONTHS_MAX`].
    Months,
    /// Hours, at most [`TERMS_HOURS_MAX`].
    Hours,
}

impl Measure {
    /// The largest number.
    pub const fn most(self) -> u32 {
        match self {
            Measure::Days => TERMS_DAYS_MAX,
            Measure::Months => TERMS_MONTHS_MAX,
            Measure::Hours => TERMS_HOURS_MAX,
        }
    }

    /// Its word.
    pub const fn name(self) -> &'static str {
        match self {
            Measure::Days => "days",
            Measure::Months => "months",
            Measure::Hours => "hours",
        }
    }
}

/// What a topic can be answered with beside its choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Free {
    /// A whole number, from 0.
    Number(Measure),
    /// An amount of money.
    Money,
    /// A day.
    Day,
    /// A short text.
    Text,
}

/// The answers that a topic can have: at least one choice, or something free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Choices, in the order in which they are offered.
    pub choices: &'static [Choice],
    /// What else.
    pub free: Option<Free>,
}

const SIDES: &[Choice] = &[Choice::OfferingSide, Choice::NeedingSide, Choice::BothSides, Choice::None];

const INSPECTORS: &[Choice] =
    &[Choice::OfferingSide, Choice::NeedingSide, Choice::BothSides, Choice::ThirdParty, Choice::None];

const LAWS: &[Choice] = &[
    Choice::Alberta,
    Choice::BritishColumbia,
    Choice::Manitoba,
    Choice::NewBrunswick,
    Choice::Newfoundland,
    Choice::NovaScotia,
    Choice::Ontario,
    Choice::PrinceEdwardIsland,
    Choice::Quebec,
    Choice::Saskatchewan,
    Choice::NorthwestTerritories,
    Choice::Nunavut,
    Choice::Yukon,
];

const QUALITY: &[Choice] = &[
    Choice::Drawing,
    Choice::Iso9001,
    Choice::As9100,
    Choice::Iso13485,
    Choice::Iatf16949,
    Choice::Iso17025,
    Choice::None,
];

impl Topic {
    /// What it can be answered with (`TRM-5`).
    pub const fn shape(self) -> Shape {
        use Choice as C;
        let (choices, free): (&[Choice], Option<Free>) = match self {
            Topic::IntellectualProperty
            | Topic::Scrap
            | Topic::CustomerMaterial
            | Topic::SuppliesMaterial
            | Topic::SuppliesTooling
            | Topic::SuppliesPrograms
            | Topic::Operator
            | Topic::Transport => (SIDES, None),
            Topic::Confidentiality => (&[C::Unlimited, C::None], Some(Free::Number(Measure::Months))),
            Topic::CrossClientSecrecy => (&[C::Kept, C::None], None),
            Topic::LiabilityCap => (&[C::Price, C::TwicePrice, C::Unlimited], Some(Free::Money)),
            Topic::Insurance => (&[C::Shown, C::BeforeStart, C::None], Some(Free::Text)),
            Topic::Quality => (QUALITY, Some(Free::Text)),
            Topic::InProcessInspection | Topic::FinalInspection => (INSPECTORS, None),
            Topic::InspectionScope => (&[C::EveryPiece, C::Sample, C::FirstPiece, C::None], Some(Free::Text)),
            Topic::NonCompete => (&[C::Customers, C::Staff, C::CustomersAndStaff, C::None], None),
            Topic::NonCompeteMonths => (&[], Some(Free::Number(Measure::Months))),
            Topic::Taxes => (&[C::Added, C::Included, C::Exempt], None),
            Topic::GoverningLaw => (LAWS, Some(Free::Text)),
            Topic::RecordLanguage => (&[C::English, C::French], None),
            Topic::PaymentDays => (&[C::InAdvance], Some(Free::Number(Measure::Days))),
            Topic::PaymentMethod => (&[C::Transfer, C::Cheque, C::Card], None),
            Topic::Mediator => (&[C::None], Some(Free::Text)),
            Topic::MoveNotice | Topic::CancelNotice => (&[C::None], Some(Free::Number(Measure::Hours))),
            Topic::Reciprocity => (&[C::BothSides, C::OfferingSide, C::NeedingSide, C::None], None),
            Topic::WeeklyHours => (&[], Some(Free::Number(Measure::Hours))),
            Topic::Report => (&[C::Signed, C::Countersigned, C::Accredited, C::None], None),
            Topic::Samples => (&[C::Returned, C::Retained, C::Destroyed], None),
            Topic::Condition => (&[C::AsIs, C::Tested, C::Warranted], Some(Free::Text)),
            Topic::MaterialCertificate => (&[C::MillCertificate, C::None], Some(Free::Text)),
            Topic::Title => (&[C::OnDelivery, C::OnPayment], None),
            Topic::DeliveryDay => (&[], Some(Free::Day)),
            Topic::Access => (&[C::WorkingHours, C::AnyTime, C::Escorted], Some(Free::Text)),
            Topic::Deposit => (&[C::None], Some(Free::Money)),
        };
        Shape { choices, free }
    }

    /// An answer as one plain word: a choice by its code, or a number. `None` if the topic has no such answer.
    pub fn plain(self, word: &str) -> Option<Content> {
        let content = match word.parse() {
            Ok(choice) => Content::Choice(choice),
            Err(_) => Content::Number(word.parse().ok()?),
        };
        let provision = Provision { topic: self, content };
        provision.is_sound().then_some(provision.content)
    }
}
