//! Every family, category and word that a market lives on is known, in both languages.
use super::*;

/// The process families of records, dotted, and those of materials.
const FAMILIES: [&str; 36] = [
    "machining.milling",
    "machining.turning",
    "machining.grinding",
    "machining.edm",
    "machining.boring",
    "machining.gear",
    "cutting.laser",
    "cutting.other",
    "forming.sheet",
    "forming.stamping",
    "forming.thread",
    "joining.weld",
    "casting",
    "plastics",
    "tooling",
    "additive",
    "composites",
    "electronics",
    "finishing.plating",
    "finishing.coating",
    "finishing.deburr",
    "finishing.peen",
    "thermal",
    "lab.dimensional",
    "lab.mechanical",
    "lab.ndt",
    "lab.environment",
    "lab.calibration",
    "assembly",
    "logistics",
    "lab",
    "material",
    "aluminium",
    "titanium",
    "nickel-alloy",
    "steel",
];

#[test]
fn every_family_is_a_concept_found_by_its_own_labels() {
    for id in FAMILIES.into_iter().chain(crate::category::Category::ALL.map(crate::category::Category::text)) {
        let family = concept(id);
        for language in Language::ALL {
            let label = BUILTIN.label(family, language);
            let found = BUILTIN.mentions(label, Some(language));
            assert!(found.iter().any(|mention| BUILTIN.is(mention.concept, family)), "{label} names {id}");
        }
    }
}

#[test]
fn every_label_names_its_concept() {
    let pairs = BUILTIN.concepts().flat_map(|concept| Language::ALL.map(|language| (concept, language)));
    let strange = pairs.filter(|(concept, language)| {
        let found = BUILTIN.mentions(BUILTIN.label(*concept, *language), Some(*language));
        found.iter().all(|mention| mention.concept != *concept)
    });
    let strange: Vec<_> =
        strange.map(|(concept, language)| (BUILTIN.id(concept), BUILTIN.label(concept, language))).collect();
    assert!(strange.is_empty(), "labels that do not name their concept: {strange:?}");
}

/// What the stories say, in the words of the people in them, and what it names.
const STORIES: [(&str, &[&str]); 26] = [
    ("two five-axis horizontal centres, second shift idle", &["machine.mill.5-axis", "second-shift", "idle"]),
    (
        "AS9100D and ISO 13485, Ti-6Al-4V, Inconel 718, 7075/6061, 316L",
        &["as9100", "iso-13485", "ti64", "inconel-718", "aluminium-7075", "aluminium-6061", "stainless-316"],
    ),
    ("four Ti-6Al-4V mandrels, contoured, aerospace-grade quality", &["ti64", "mandrel", "as9100"]),
    ("micro-chatter on bored titanium housings", &["chatter", "titanium", "housing"]),
    ("retired process engineer, 20 years of titanium", &["retiree", "process-engineer", "titanium"]),
    ("IATF 16949 lead auditor, quality systems", &["iatf-auditor", "quality-system"]),
    ("PLC specialist for a controls retrofit, remote", &["plc-programmer", "plc-programming", "remote"]),
    ("a CMM and no metrologist, remote programming of our CMM", &["machine.cmm", "cmm-programming", "remote"]),
    ("second-shift press line makes steel blanks", &["second-shift", "forming.stamping", "steel", "blank-part"]),
    ("five-axis machine under the tarp, ballbar test, service history", &["machine.mill.5-axis", "idle", "manual"]),
    ("inspector, rigging, customs", &["inspector", "logistics.rigging", "logistics.customs"]),
    (
        "two tensile and four guided-bend tests for a weld procedure, CSA W59",
        &["lab.mechanical.tensile", "lab.mechanical.bend", "weld-procedure", "csa-w59"],
    ),
    ("a CWB-certified inspector may witness, chain of custody", &["weld-inspector", "chain-of-custody"]),
    ("IEC 62443 self-assessment", &["iec-62443"]),
    ("auto-évaluation IEC 62443 de nos automates", &["iec-62443", "plc"]),
    ("superviseur d'atelier, a sécurisé nos automates", &["supervisor", "plc"]),
    ("five-axis trunnion mill, routing request for the blank", &["machine.mill.5-axis", "freight-routing"]),
    (
        "thermal manifold for a hydrogen fuel cell, vacuum coating, NDT, freight loop",
        &["heat-exchanger", "hydrogen", "finishing.coating.pvd", "lab.ndt", "logistics.trucking"],
    ),
    ("half of an annex, dry, 5 t crane", &["space.floor", "space.crane-bay"]),
    ("la moitié d'une annexe, pont roulant de 5 t", &["space.floor", "machine.crane.overhead"]),
    ("deux centres d'usinage 5 axes, libres le soir", &["machine.mill.5-axis", "idle", "second-shift"]),
    ("broutage à l'alésage de boîtiers en titane", &["chatter", "housing", "titanium"]),
    ("spécialiste en automates, à distance", &["plc-programmer", "remote"]),
    ("métrologue semi-retraité, programmation de MMT", &["metrologist", "retiree", "cmm-programming"]),
    (
        "deux essais de traction et quatre pliages guidés, procédure de soudage",
        &["lab.mechanical.tensile", "lab.mechanical.bend", "weld-procedure"],
    ),
    ("auditrice principale IATF 16949, trois heures par semaine", &["iatf-auditor"]),
];

#[test]
fn the_words_of_the_stories_are_understood() {
    for (text, ids) in STORIES {
        let found = named(text, None);
        for id in ids {
            assert!(found.contains(id), "{id} is named in {text:?}: {found:?}");
        }
    }
}
