//! What is found, what is not, and where.

use super::Telling::{Link, Mail, NamePart, NeverSaid, OrderNumber, OwnName, PartNumber, Person, Phone, Place, Street};
use super::*;

const OWN: OwnWords<'static> = OwnWords {
    legal_name: "Escarpment Precision Machining Ltd.",
    street: "418 Burlington Quarry Road, Caledonia",
    people: &["Marguerite Okafor-Lind", "Théodora Vance, front office"],
    never_said: &["Aéro Boréale", "Nordkap"],
};

/// Text, and each finding with its words.
type Case = (&'static str, &'static [(Telling, &'static str)]);

const FOUND: [Case; 38] = [
    ("Escarpment Precision Machining Ltd. has time", &[(OwnName, "Escarpment Precision Machining")]),
    ("ESCARPMENT  precision-machining", &[(OwnName, "ESCARPMENT  precision-machining")]),
    ("ask at escarpment for hours", &[(NamePart, "escarpment")]),
    ("Ask for Marguerite Okafor Lind", &[(Person, "Marguerite Okafor Lind")]),
    ("Mme Okafor connaît la machine", &[(NamePart, "Okafor")]),
    ("demandez THEODORA VANCE", &[(Person, "THEODORA VANCE")]),
    ("on Burlington Quarry Road", &[(Street, "Burlington Quarry Road")]),
    ("near the plant in Caledonia", &[(Place, "Caledonia")]),
    ("spindles for Aero Boreale", &[(NeverSaid, "Aero Boreale")]),
    ("comme pour AÉRO-BORÉALE l'an dernier", &[(NeverSaid, "AÉRO-BORÉALE")]),
    ("fixtures as for Nordkap.", &[(NeverSaid, "Nordkap")]),
    ("write to desk@escarpment-precision.example", &[(Mail, "desk@escarpment-precision.example")]),
    ("écrire à ventes@usinage.qc.ca, merci", &[(Mail, "ventes@usinage.qc.ca")]),
    ("sales (at) example.com", &[(Mail, "sales (at) example.com")]),
    ("ventes [arobase] exemple.ca svp", &[(Mail, "ventes [arobase] exemple.ca")]),
    ("see https://example.net/shop", &[(Link, "https://example.net/shop")]),
    ("voir www.exemple.ca", &[(Link, "www.exemple.ca")]),
    ("our-shop.example shows it", &[(Link, "our-shop.example")]),
    ("call 905-555-0118", &[(Phone, "905-555-0118")]),
    ("call (905) 555-0118 mornings", &[(Phone, "(905) 555-0118")]),
    ("+1 905 555 0118", &[(Phone, "+1 905 555 0118")]),
    ("composez le 1 514 555.0118", &[(Phone, "1 514 555.0118")]),
    ("local 555-0118", &[(Phone, "555-0118")]),
    ("9055550118", &[(Phone, "9055550118")]),
    ("pick up in Kitchener", &[(Place, "Kitchener")]),
    ("livraison à Trois-Rivières", &[(Place, "Trois-Rivières")]),
    ("atelier de MONTREAL", &[(Place, "MONTREAL")]),
    ("près de Levis", &[(Place, "Levis")]),
    ("like P/N A-1002", &[(PartNumber, "A-1002")]),
    ("numéro de pièce : 77410", &[(PartNumber, "77410")]),
    ("drawing no. GR-77410-B", &[(PartNumber, "GR-77410-B")]),
    ("brackets 4477-A102 and more", &[(PartNumber, "4477-A102")]),
    ("housing BX204551", &[(PartNumber, "BX204551")]),
    ("under PO 12345", &[(OrderNumber, "12345")]),
    ("P.O. #77120", &[(OrderNumber, "77120")]),
    ("bon de commande n° 4471", &[(OrderNumber, "4471")]),
    ("dessin no 8812C", &[(PartNumber, "8812C")]),
    ("in Guelph, call 519 555 0177", &[(Place, "Guelph"), (Phone, "519 555 0177")]),
];

const HARMLESS: [&str; 34] = [
    "5-axis horizontals, HSK-A63, 14,000 rpm, 60 tools",
    "AS9100D and ISO 13485, ISO-IEC-17025",
    "Ti-6Al-4V, Inconel-718, 316L, 17-4PH, 15-5PH",
    "6061-T6, 7075-T7351 and 5083-H111 plate",
    "7075/6061-T6 fixtures",
    "CAT40, BT-40, ER32 and M6x1 threads",
    "ASTM-E8M, CSA-W59, AMS-4911, AISI-4140",
    "IATF-16949 lead auditor, IEC-62443",
    "EN10204-3.1 certificates",
    "X5CrNi18-10 and 42CrMo4 bar",
    "S355-J2 plate, 250-ton press",
    "Ra0.8 on sealing faces, HRC58-62",
    "14000-rpm spindle, 1000-hour overhaul",
    "0.01 mm over 300 mm, 4.2 um ballbar",
    "7075 6061 316 in stock",
    "Contoured mandrels in Ti-6Al-4V and fixtures in 7075, from our models.",
    "precision machining of castings",
    "usinage de précision, titane et aluminium",
    "Tuesday and Thursday, 13:00 to 17:00",
    "weeks 2026-48 to 2026-52, 45 to 50 hours",
    "3-2-1 fixturing, 2-shift operation, 24/7",
    "budget 11,400 CAD or 10 k to 25 k",
    "230 mm @ 12 mm depth",
    "road tests on the shop floor",
    "machine à commande numérique 840D",
    "barres de 24 po 316L",
    "une pièce de 250 mm, tolérance 25 µm",
    "for a part 250 mm long",
    "(a) rough milling (b) finish milling",
    "Heidenhain TNC640 or Fanuc 31i-B5",
    "IP67 probes, NEMA4 cabinet",
    "order of operations matters",
    "good at thin walls e.g. 0.5 mm",
    "We bring bar stock and inspect at the end.",
];

#[test]
fn what_gives_a_firm_away_is_found_where_it_stands() {
    // LNT-1, LNT-2, LNT-3
    for (text, expected) in FOUND {
        let found = lint(text, OWN);
        let said: Vec<(Telling, &str)> = found.iter().map(|one| (one.kind, one.words.as_str())).collect();
        assert_eq!(said, expected, "{text:?}");
        for one in &found {
            assert_eq!(text.get(one.start as usize..one.end as usize), Some(one.words.as_str()), "{text:?}");
        }
    }
}

#[test]
fn the_words_of_the_trade_are_not_taken_for_secrets() {
    // LNT-2
    for text in HARMLESS {
        assert_eq!(lint(text, OWN), [], "{text:?}");
    }
}

#[test]
fn every_kind_has_a_code_and_says_what_to_write_instead() {
    // LNT-1
    for kind in Telling::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        assert!(!kind.instead().is_empty());
    }
    let refused: Vec<Telling> = Telling::ALL.into_iter().filter(|kind| kind.is_refused()).collect();
    assert_eq!(refused, [OwnName, Person, Street, NeverSaid, Mail, Link, Phone]);
}

#[test]
fn a_name_made_of_common_words_alone_is_found_whole_only() {
    let own = OwnWords { legal_name: "Precision Tooling Inc.", ..OwnWords::default() };
    assert_eq!(lint("precision work and tooling", own), []);
    assert_eq!(lint("Precision Tooling can do it", own).first().map(|one| one.kind), Some(OwnName));
    assert_eq!(lint("machines", OwnWords { legal_name: "Machines Ltd", ..OwnWords::default() }), []);
}
