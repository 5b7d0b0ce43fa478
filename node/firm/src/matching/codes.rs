//! The one place where codes of the protocol become names of the engine's vocabulary.
//!
//! Every code is named here, so that a new one does not compile before somebody says what it means. A test looks each name up.

use matching::category::Category;
use matching::vocabulary::{Concept, Vocabulary};
use protocol::vocabulary::{Credential, Material, Process, ResourceClass};

/// What sort of thing a class is to the engine. Whether an operator comes with a machine is a requirement of its own.
pub(super) fn category(class: ResourceClass) -> Category {
    match class {
        ResourceClass::Machine | ResourceClass::MachineWithOperator => Category::Machine,
        ResourceClass::PersonHours => Category::Person,
        ResourceClass::Expertise => Category::Expertise,
        ResourceClass::Training => Category::Training,
        ResourceClass::Laboratory => Category::Lab,
        ResourceClass::Space => Category::Space,
        // Goods, like equipment; `kin` keeps the two apart.
        ResourceClass::UsedEquipment | ResourceClass::Material => Category::Equipment,
        ResourceClass::Credential => Category::Certification,
        ResourceClass::Logistics => Category::Logistics,
    }
}

/// Whether what is offered as one class can serve a need of another at all.
pub fn kin(needed: ResourceClass, offered: ResourceClass) -> bool {
    let bulk = |class| class == ResourceClass::Material;
    bulk(needed) == bulk(offered) && category(needed).accepts(category(offered))
}

/// A process, service or skill.
pub(super) fn process(process: Process) -> &'static str {
    match process {
        Process::FiveAxisMilling => "machining.milling.5-axis",
        Process::ThreeAxisMilling => "machining.milling.3-axis",
        Process::Turning => "machining.turning",
        Process::Grinding => "machining.grinding",
        Process::WireErosion => "machining.edm.wire",
        Process::Boring => "machining.boring",
        Process::LaserCutting => "cutting.laser",
        Process::Stamping => "forming.stamping",
        Process::SheetBending => "forming.sheet.brake",
        Process::Welding => "joining.weld",
        Process::Casting => "casting",
        Process::InjectionMoulding => "plastics.injection",
        Process::HeatTreatment => "thermal",
        Process::Plating => "finishing.plating",
        Process::DimensionalInspection => "lab.dimensional",
        Process::TensileTest => "lab.mechanical.tensile",
        Process::NonDestructiveTest => "lab.ndt",
        Process::ProcessTroubleshooting => "process-improvement",
        Process::QualitySystems => "quality-system",
        Process::PlcProgramming => "plc-programming",
        Process::MeasuringProgramming => "cmm-programming",
        Process::OtSecurity => "cybersecurity",
        Process::Assembly => "assembly",
        Process::FloorSpace => "space.floor",
    }
}

/// The concept of a process in a vocabulary.
pub(crate) fn work(vocabulary: &Vocabulary, code: Process) -> Option<Concept> {
    vocabulary.concept(process(code))
}

/// A family of materials. Stainless and tool steel are families of their own, so "steel" is what is left.
pub(super) fn material(material: Material) -> &'static str {
    match material {
        Material::Titanium => "titanium",
        Material::NickelAlloy => "nickel-alloy",
        Material::Aluminium => "aluminium",
        Material::StainlessSteel => "stainless-steel",
        Material::CarbonSteel => "steel",
        Material::ToolSteel => "tool-steel",
        Material::CastIron => "cast-iron",
        Material::Copper => "copper-alloy",
        Material::Polymer => "plastic",
        Material::Composite => "composite-material",
    }
}

/// A scheme. The knowledge of one is a skill to the engine, so IEC 62443 as a credential is comparable with itself only.
pub(super) fn credential(credential: Credential) -> &'static str {
    match credential {
        Credential::As9100 => "as9100",
        Credential::Iso13485 => "iso-13485",
        Credential::Iso9001 => "iso-9001",
        Credential::Iatf16949 => "iatf-16949",
        Credential::Iso17025 => "iso-17025",
        Credential::Cwb => "cwb-firm",
        Credential::Iatf16949LeadAuditor => "iatf-auditor",
        Credential::Iec62443 => "iec-62443",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use matching::vocabulary::{Kind, Vocabulary};

    #[test]
    fn every_code_is_a_concept_of_the_kind_that_it_stands_for() {
        let vocabulary = Vocabulary::shared();
        let kind = |id: &str| vocabulary.kind(vocabulary.concept(id).unwrap_or_else(|| panic!("no concept {id}")));
        for code in Process::ALL {
            assert!(matches!(kind(process(*code)), Kind::Act | Kind::Skill | Kind::Place), "{code}");
        }
        for code in Material::ALL {
            assert_eq!(kind(material(*code)), Kind::Material, "{code}");
        }
        for code in Credential::ALL {
            assert!(matches!(kind(credential(*code)), Kind::Credential | Kind::Ticket | Kind::Skill), "{code}");
        }
    }

    #[test]
    fn goods_are_no_machine_time_and_bulk_is_no_equipment() {
        assert!(kin(ResourceClass::Machine, ResourceClass::MachineWithOperator));
        assert!(kin(ResourceClass::Expertise, ResourceClass::PersonHours));
        assert!(!kin(ResourceClass::Machine, ResourceClass::UsedEquipment));
        assert!(!kin(ResourceClass::UsedEquipment, ResourceClass::Material));
        assert!(!kin(ResourceClass::Machine, ResourceClass::Training));
    }
}
