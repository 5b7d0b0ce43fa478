//! The closed vocabulary of adverts: every code that may be said without a name.
//!
//! A code is a number on the wire and a dotted text wherever people or files meet it. Closed on purpose: a rare word would
//! name its owner. Labels and synonyms in people's languages are elsewhere; numbers are never reused.

use crate::wire::wire_types;
use core::{fmt, str::FromStr};

/// A text that is no code of a vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not a known {0} code")]
pub struct UnknownCode(pub &'static str);

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident, $what:literal { $($variant:ident = $code:literal $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $(#[doc = $text] $variant),+ }

        impl $name {
            /// Every code, in ascending order of its number.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// The number on the wire.
            pub const fn code(self) -> u16 { match self { $($name::$variant => $code),+ } }
            /// The dotted text.
            pub const fn text(self) -> &'static str { match self { $($name::$variant => $text),+ } }
            /// The code with this number.
            pub fn from_code(code: u16) -> Option<Self> { match code { $($code => Some($name::$variant),)+ _ => None } }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(self.text()) }
        }
        impl FromStr for $name {
            type Err = UnknownCode;
            fn from_str(text: &str) -> Result<Self, UnknownCode> {
                match text { $($text => Ok($name::$variant),)+ _ => Err(UnknownCode($what)) }
            }
        }
        impl<C> minicbor::Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(&self, e: &mut minicbor::Encoder<W>, _: &mut C)
                -> Result<(), minicbor::encode::Error<W::Error>> { e.u16(self.code())?.ok() }
        }
        impl<'b, C> minicbor::Decode<'b, C> for $name {
            fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
                $name::from_code(d.u16()?).ok_or(minicbor::decode::Error::message(concat!("unknown ", $what)))
            }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { s.serialize_str(self.text()) }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <alloc::string::String as serde::Deserialize>::deserialize(d)?;
                text.parse().map_err(|_| serde::de::Error::custom(alloc::format!(
                    "\"{text}\" is not a known {} code", $what)))
            }
        }
        wire_types!($name);
    };
}

pub(crate) use vocabulary;

vocabulary!(
    /// What kind of thing is offered or needed. One list everywhere.
    ResourceClass, "resource class" {
        Machine = 1 "machine",
        MachineWithOperator = 2 "machine-with-operator",
        PersonHours = 3 "person-hours",
        Expertise = 4 "expertise",
        Training = 5 "training",
        Laboratory = 6 "laboratory",
        Space = 7 "space",
        UsedEquipment = 8 "used-equipment",
        Credential = 9 "credential-coverage",
        Material = 10 "material",
        Logistics = 11 "logistics",
    }
);

vocabulary!(
    /// A process, service or skill.
    Process, "process" {
        FiveAxisMilling = 1 "machining.milling.five-axis",
        ThreeAxisMilling = 2 "machining.milling.three-axis",
        Turning = 3 "machining.turning",
        Grinding = 4 "machining.grinding",
        WireErosion = 5 "machining.edm.wire",
        Boring = 6 "machining.boring",
        LaserCutting = 20 "cutting.laser",
        Stamping = 21 "forming.stamping",
        SheetBending = 22 "forming.sheet.bending",
        Welding = 30 "joining.welding",
        Casting = 40 "casting",
        InjectionMoulding = 41 "plastics.injection",
        HeatTreatment = 50 "thermal.heat-treatment",
        Plating = 51 "finishing.plating",
        DimensionalInspection = 60 "laboratory.dimensional",
        TensileTest = 61 "laboratory.mechanical.tensile",
        NonDestructiveTest = 62 "laboratory.non-destructive",
        ProcessTroubleshooting = 70 "expertise.machining.troubleshooting",
        QualitySystems = 71 "expertise.quality-systems",
        PlcProgramming = 72 "expertise.controls.plc",
        MeasuringProgramming = 73 "expertise.metrology.programming",
        OtSecurity = 74 "expertise.ot-security",
        Assembly = 80 "assembly",
        FloorSpace = 90 "space.floor",
    }
);

vocabulary!(
    /// A material family. Grades stay private.
    Material, "material" {
        Titanium = 1 "titanium",
        NickelAlloy = 2 "nickel-alloy",
        Aluminium = 3 "aluminium",
        StainlessSteel = 4 "stainless-steel",
        CarbonSteel = 5 "carbon-steel",
        ToolSteel = 6 "tool-steel",
        CastIron = 7 "cast-iron",
        Copper = 8 "copper-alloy",
        Polymer = 9 "polymer",
        Composite = 10 "composite",
    }
);

vocabulary!(
    /// A credential scheme.
    Credential, "credential" {
        As9100 = 1 "AS9100D",
        Iso13485 = 2 "ISO-13485",
        Iso9001 = 3 "ISO-9001",
        Iatf16949 = 4 "IATF-16949",
        Iso17025 = 5 "ISO-IEC-17025",
        Cwb = 6 "CWB",
        Iatf16949LeadAuditor = 7 "IATF-16949-lead-auditor",
        Iec62443 = 8 "IEC-62443",
    }
);

vocabulary!(
    /// A conflict class: a line of business in whose interest its author stands.
    ConflictClass, "conflict class" {
        AutomotiveMaker = 1 "automotive-maker",
        AutomotiveSupplier = 2 "automotive-supplier",
        AerospaceDefence = 3 "aerospace-defence",
        RailMarine = 4 "rail-marine",
        MedicalDevices = 5 "medical-devices",
        Energy = 6 "energy",
        Mining = 7 "mining",
        Food = 8 "food",
        AgricultureEquipment = 9 "agriculture-equipment",
        Construction = 10 "construction",
        Electronics = 11 "electronics",
        Plastics = 12 "plastics",
        ContractManufacturing = 13 "contract-manufacturing",
        Tooling = 14 "tooling",
        RoboticsAutomation = 15 "robotics-automation",
        EducationResearch = 16 "education-research",
        PublicSector = 17 "public-sector",
        Consultancy = 18 "consultancy",
    }
);

vocabulary!(
    /// A language in which the work can be done.
    Language, "language" {
        English = 1 "en",
        French = 2 "fr",
        Spanish = 3 "es",
    }
);

vocabulary!(
    /// Where the work can be done.
    Presence, "presence" {
        OnSite = 1 "on-site",
        Remote = 2 "remote",
        Either = 3 "either",
    }
);

vocabulary!(
    /// Tolerance, as a band. Reads "down to" for an offer and "no wider than" for a need.
    ToleranceBand, "tolerance band" {
        Um5 = 1 "5um",
        Um10 = 2 "10um",
        Um25 = 3 "25um",
        Um50 = 4 "50um",
        Um100 = 5 "100um",
        Um250 = 6 "250um",
        Coarser = 7 "coarser",
    }
);

vocabulary!(
    /// Longest side of a part, as a band. An offer says what fits, a need what must fit.
    EnvelopeBand, "envelope band" {
        Mm100 = 1 "100mm",
        Mm250 = 2 "250mm",
        Mm500 = 3 "500mm",
        Mm1000 = 4 "1000mm",
        Mm2000 = 5 "2000mm",
        Larger = 6 "larger",
    }
);

vocabulary!(
    /// Hours in the whole window, as a band.
    HoursBand, "hours band" {
        Upto4 = 1 "up-to-4h",
        Upto8 = 2 "5-to-8h",
        Upto16 = 3 "9-to-16h",
        Upto40 = 4 "17-to-40h",
        Upto80 = 5 "41-to-80h",
        Upto160 = 6 "81-to-160h",
        Over160 = 7 "over-160h",
    }
);

vocabulary!(
    /// How far the needing side drives, as a band. Straight-line kilometres between areas.
    TravelBand, "travel band" {
        Km25 = 1 "25km",
        Km50 = 2 "50km",
        Km100 = 3 "100km",
        Km250 = 4 "250km",
        Km500 = 5 "500km",
        Anywhere = 6 "anywhere",
    }
);

vocabulary!(
    /// What the engagement is worth, as a band that the needing side may choose to say. Canadian dollars.
    ValueBand, "value band" {
        Upto2k = 1 "up-to-2k-cad",
        Upto5k = 2 "2k-to-5k-cad",
        Upto10k = 3 "5k-to-10k-cad",
        Upto25k = 4 "10k-to-25k-cad",
        Upto100k = 5 "25k-to-100k-cad",
        Over100k = 6 "over-100k-cad",
    }
);

vocabulary!(
    /// A role that a person holds in a firm. Counterparts see the role, never the person.
    Role, "role" {
        Owner = 1 "owner",
        Planner = 2 "planner",
        Approver = 3 "approver",
        Signer = 4 "signer",
        Expert = 5 "expert",
        Executor = 6 "executor",
        Security = 7 "security",
        Auditor = 8 "auditor",
    }
);

vocabulary!(
    /// What form of engagement the terms describe.
    Instrument, "instrument" {
        CapacityRental = 1 "capacity-rental",
        SpotJob = 2 "spot-job",
        Consultation = 3 "consultation",
        LaboratoryTest = 4 "laboratory-test",
        Guidance = 5 "fractional-guidance",
        EquipmentSale = 6 "equipment-sale",
        SpaceLicence = 7 "space-licence",
        MaterialLot = 8 "material-lot",
        ReciprocityPreference = 9 "reciprocity-preference",
    }
);

vocabulary!(
    /// What is paid for where it is not time by the hour.
    Unit, "unit" {
        Month = 1 "month",
        Week = 2 "week",
        Day = 3 "day",
        Piece = 4 "piece",
        Whole = 5 "whole",
    }
);

vocabulary!(
    /// How an engagement ended, as coded aspects without free text.
    OutcomeCode, "outcome" {
        Completed = 1 "completed",
        CompletedLate = 2 "completed-late",
        EndedEarly = 3 "ended-early",
        NotStarted = 4 "not-started",
    }
);

impl ToleranceBand {
    /// The band that a tolerance of ± `um` micrometres falls into: the finest band not finer than it.
    pub fn of_um(um: u32) -> Self {
        match um {
            0..=5 => Self::Um5,
            6..=10 => Self::Um10,
            11..=25 => Self::Um25,
            26..=50 => Self::Um50,
            51..=100 => Self::Um100,
            101..=250 => Self::Um250,
            _ => Self::Coarser,
        }
    }

    /// The widest tolerance in the band, in micrometres; `None` when it has no upper end.
    pub fn upper_um(self) -> Option<u32> {
        match self {
            Self::Um5 => Some(5),
            Self::Um10 => Some(10),
            Self::Um25 => Some(25),
            Self::Um50 => Some(50),
            Self::Um100 => Some(100),
            Self::Um250 => Some(250),
            Self::Coarser => None,
        }
    }
}

impl EnvelopeBand {
    /// The band that a longest side of `mm` millimetres falls into.
    pub fn of_mm(mm: u32) -> Self {
        match mm {
            0..=100 => Self::Mm100,
            101..=250 => Self::Mm250,
            251..=500 => Self::Mm500,
            501..=1_000 => Self::Mm1000,
            1_001..=2_000 => Self::Mm2000,
            _ => Self::Larger,
        }
    }

    /// Longest side at the upper end of the band, in millimetres; `None` when it has no upper end.
    pub fn upper_mm(self) -> Option<u32> {
        match self {
            Self::Mm100 => Some(100),
            Self::Mm250 => Some(250),
            Self::Mm500 => Some(500),
            Self::Mm1000 => Some(1_000),
            Self::Mm2000 => Some(2_000),
            Self::Larger => None,
        }
    }
}

impl HoursBand {
    /// The band that `hours` fall into.
    pub fn of_hours(hours: u32) -> Self {
        match hours {
            0..=4 => Self::Upto4,
            5..=8 => Self::Upto8,
            9..=16 => Self::Upto16,
            17..=40 => Self::Upto40,
            41..=80 => Self::Upto80,
            81..=160 => Self::Upto160,
            _ => Self::Over160,
        }
    }

    /// The fewest hours in the band.
    pub fn lower_hours(self) -> u32 {
        match self {
            Self::Upto4 => 1,
            Self::Upto8 => 5,
            Self::Upto16 => 9,
            Self::Upto40 => 17,
            Self::Upto80 => 41,
            Self::Upto160 => 81,
            Self::Over160 => 161,
        }
    }

    /// The most hours in the band; `None` when it has no upper end.
    pub fn upper_hours(self) -> Option<u32> {
        match self {
            Self::Upto4 => Some(4),
            Self::Upto8 => Some(8),
            Self::Upto16 => Some(16),
            Self::Upto40 => Some(40),
            Self::Upto80 => Some(80),
            Self::Upto160 => Some(160),
            Self::Over160 => None,
        }
    }
}

impl TravelBand {
    /// The smallest band that covers `km` kilometres.
    pub fn of_km(km: u32) -> Self {
        match km {
            0..=25 => Self::Km25,
            26..=50 => Self::Km50,
            51..=100 => Self::Km100,
            101..=250 => Self::Km250,
            251..=500 => Self::Km500,
            _ => Self::Anywhere,
        }
    }

    /// Kilometres covered; `None` when there is no limit.
    pub fn upper_km(self) -> Option<u32> {
        match self {
            Self::Km25 => Some(25),
            Self::Km50 => Some(50),
            Self::Km100 => Some(100),
            Self::Km250 => Some(250),
            Self::Km500 => Some(500),
            Self::Anywhere => None,
        }
    }
}

impl Credential {
    /// Whether holding `self` implies meeting `needed`. One way: AS9100D and IATF 16949 imply ISO 9001.
    pub fn implies(self, needed: Credential) -> bool {
        self == needed || (needed == Self::Iso9001 && matches!(self, Self::As9100 | Self::Iatf16949))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_back_from_its_number_and_text() {
        for process in Process::ALL {
            assert_eq!(Process::from_code(process.code()), Some(*process));
            assert_eq!(process.text().parse(), Ok(*process));
        }
        assert!("machining.magic".parse::<Process>().is_err());
    }

    #[test]
    fn certificates_imply_one_way() {
        assert!(Credential::As9100.implies(Credential::Iso9001));
        assert!(!Credential::Iso9001.implies(Credential::As9100));
    }

    #[test]
    fn a_value_lies_within_its_band() {
        for hours in 1..400 {
            let band = HoursBand::of_hours(hours);
            assert!(band.lower_hours() <= hours && band.upper_hours().is_none_or(|upper| hours <= upper));
        }
    }
}
