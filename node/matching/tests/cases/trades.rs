//! Rules of the trade, each with cases of its own: what serves is worth a question, and what shares its words is not.
//!
//! Written before the rules were mended and from the trade alone; none is in the public set.

use crate::benchmark::Ground;
use crate::promises::{case, today};
use matching::{rank::Market, vocabulary::Vocabulary};
use serde_json::{Value, json};
use std::sync::LazyLock;

/// The adverts of the public set, among which these stand: how rare a word is depends on a market.
static OTHERS: LazyLock<Ground> = LazyLock::new(Ground::read);

/// What is needed, what serves it, and what only sounds so; each of a category, and in words.
type Trade = (Value, (&'static str, &'static str), (&'static str, &'static str));

fn need(category: &str, text: &str) -> Value {
    json!({"id": "need", "category": category, "region": "OTT", "max_km": 30, "text": text})
}

fn with(mut need: Value, field: &str, value: Value) -> Value {
    need[field] = value;
    need
}

fn tell(rule: &str, trades: &[Trade]) {
    let vocabulary = Vocabulary::shared();
    let mut wrong = Vec::new();
    for (need, serves, sounds) in trades {
        let advert = |id: &str, (category, summary): &(&str, &str)| {
            case(json!({"id": id, "category": category, "region": "OTT", "summary": summary}))
        };
        let own = [advert("serves", serves), advert("sounds", sounds)];
        let market = Market::new(vocabulary, &[OTHERS.adverts.as_slice(), &own].concat(), today());
        let list = market.rank(&market.wanted(&case(need.clone())));
        let place = |id: &str| list.iter().position(|found| market.id(found) == id);
        let (good, bad) = (place("serves"), place("sounds").filter(|at| list[*at].accepted()));
        if good.is_none() || bad.is_some() {
            wrong.push(format!("{}: what serves is at {good:?}, what sounds so is accepted at {bad:?}", need["text"]));
        }
    }
    assert!(wrong.is_empty(), "{rule}:\n  {}", wrong.join("\n  "));
}

#[test]
fn a_die_that_is_worked_on_is_a_part_and_no_call_for_a_die_maker() {
    tell(
        "die",
        &[
            (
                need("service", "nitride six trim dies, .008 case"),
                ("service", "gas nitriding, pit to 30 in"),
                ("service", "progressive die build, die design and tryout"),
            ),
            (
                need("service", "Nitrurer des matrices d'extrusion"),
                ("service", "nitruration gazeuse, four de 800 mm"),
                ("service", "fabrication de matrices, outils progressifs"),
            ),
            (
                need("machine", "die plates 24 x 18 to be ground flat both sides"),
                ("machine", "surface grinding, 40 in magnetic chuck"),
                ("machine", "stamping dies designed, built and tried out"),
            ),
        ],
    );
}

#[test]
fn a_plate_is_a_shape_and_no_plating() {
    tell(
        "plaque",
        &[
            (
                need("machine", "Plaques d'acier 25 mm, perçage et taraudage de 40 trous"),
                ("machine", "perçage, taraudage, fraisage de plaques, centre vertical"),
                ("service", "placage au zinc, ligne au tonneau"),
            ),
            (
                need("machine", "fraiser deux plaques d'aluminium 600 x 400"),
                ("machine", "fraisage CNC, aluminium, table de 1000 mm"),
                ("service", "chromage et placage nickel sur aluminium"),
            ),
        ],
    );
}

#[test]
fn goods_stand_on_skids_in_a_store_and_a_welded_skid_is_a_frame() {
    tell(
        "skid",
        &[
            (
                need("logistics", "store 120 skids of finished goods until June"),
                ("logistics", "warehousing, 400 pallet positions, sprinklered"),
                ("service", "welded skid frames and bases, structural fabrication"),
            ),
            (
                need("service", "weld two skid frames for pump packages, W6 beam"),
                ("service", "structural welding, skid frames, bases, 10 t crane"),
                ("logistics", "skid storage, heated, 300 spots"),
            ),
        ],
    );
}

#[test]
fn levels_of_a_ticket_are_read_as_cards_write_them() {
    tell(
        "level",
        &[
            (
                with(
                    need("person", "MT level 2 on site for a shutdown, own card"),
                    "certifications",
                    json!(["CGSB-48.9712"]),
                ),
                ("person", "CGSB MT2 PT2, own yoke, shutdowns"),
                ("expertise", "responsible level III, procedures and audits by e-mail"),
            ),
            (
                need("expertise", "cherche niveau III UT pour approuver une procédure, à distance"),
                ("expertise", "UT3, je suis votre niveau 3 responsable, par courriel"),
                ("person", "CGSB UT2 MT2, arrêts d'usine, sur place"),
            ),
        ],
    );
}

#[test]
fn who_never_comes_does_not_serve_who_must_stand_at_the_machine() {
    tell(
        "presence",
        &[
            (
                need("person", "Mastercam programmer, must come see the machine and prove it out with us"),
                ("person", "Mastercam programmer, at your plant evenings"),
                ("person", "Mastercam programming, off-site only"),
            ),
            (
                need("person", "Programmeur Mastercam, doit venir voir la machine"),
                ("person", "programmeur Mastercam, sur place"),
                ("person", "programmation Mastercam, hors site seulement"),
            ),
        ],
    );
}

#[test]
fn who_denies_a_family_of_certificates_has_none_of_it() {
    let asks = |text: &str, certificate: &str| with(need("service", text), "certifications", json!([certificate]));
    tell(
        "denied",
        &[
            (
                asks("powder coat 200 guards, CQI-12 assessment needed", "CQI-12"),
                ("service", "powder coating line, CQI-12 assessed"),
                ("service", "powder coating, big oven. No CQI"),
            ),
            (
                asks("case harden pins, CQI-9 shop", "CQI-9"),
                ("service", "carburizing, gas, CQI-9 yearly"),
                ("service", "carburizing and case hardening, no CQI, no ISO"),
            ),
            (
                asks("braze two manifolds, Nadcap", "NADCAP-BR"),
                ("service", "vacuum brazing, Nadcap brazing"),
                ("service", "vacuum brazing, silver brazing, not Nadcap"),
            ),
        ],
    );
}

#[test]
fn electronic_work_is_bought_by_its_class_and_the_higher_one_covers_the_lower() {
    tell(
        "class",
        &[
            (
                need("service", "hand solder 40 boards, IPC class 3"),
                ("service", "hand soldering, J-STD, class 3 boards"),
                ("service", "hand soldering and rework, class 2 boards"),
            ),
            (
                need("service", "faisceaux IPC classe 3, 80 pièces"),
                ("service", "faisceaux de câbles, ipc classe 3"),
                ("service", "faisceaux de câbles, ipc classe 2"),
            ),
            (
                need("service", "cable harness, class 2 workmanship, 100 pcs"),
                ("service", "cable harness, 620 class 3"),
                ("service", "injection moulding of connector housings"),
            ),
        ],
    );
}

#[test]
fn a_laser_that_melts_powder_is_none_that_cuts() {
    tell(
        "powder",
        &[
            (
                need("machine", "brackets in AlSi10Mg by laser powder bed, 250 mm"),
                ("machine", "LPBF printer 280 mm, AlSi10Mg, stress relieved on plate"),
                ("machine", "fibre laser 5x10 ft, aluminium to 3/8"),
            ),
            (
                need("machine", "Turbine en Inconel par fusion laser"),
                ("machine", "fusion laser sur lit de poudre, Inconel 718"),
                ("machine", "découpe laser, inox et Inconel mince"),
            ),
        ],
    );
}

#[test]
fn who_names_other_work_is_not_asked() {
    // FIT-8
    tell(
        "other work",
        &[
            (
                need("service", "anodize 300 aluminium covers, black"),
                ("service", "anodizing type II, black and clear, tank 8 ft"),
                ("machine", "three-axis milling, open nights, alu and mild steel, 40 x 20 table"),
            ),
            (
                need("machine", "turn 40 flange rings 20 in OD, steel"),
                ("machine", "CNC turning to 24 in, 4-jaw, steel"),
                ("machine", "five-axis trunnion milling, steel and stainless, 25 in swing, lights out"),
            ),
            (
                need("machine", "EDM wire cut two punches, D2 hardened"),
                ("machine", "wire EDM 16 x 12, hardened tool steel"),
                ("service", "vacuum hardening and double temper, D2 A2 H13, 24 in basket"),
            ),
            (
                need("lab", "essais d'immunité rayonnée sur un contrôleur 24 V"),
                ("lab", "chambre semi-anéchoïque 3 m, émissions et immunité"),
                ("lab", "brouillard salin et chambres d'humidité"),
            ),
        ],
    );
}

#[test]
fn worn_bores_are_no_shots_of_plastic_and_a_casting_is_also_a_thing() {
    tell(
        "shot",
        &[
            (
                need("service", "pin bores on the boom are shot, line bore at the yard"),
                ("service", "portable line boring and bore welding, we come"),
                ("service", "injection moulding, 20 oz shots"),
            ),
            (
                need("lab", "inspect 12 raw castings on a CMM, full dims"),
                ("lab", "CMM inspection, FAI, 1 m bridge"),
                ("service", "iron foundry, castings to 2,000 lb"),
            ),
        ],
    );
}
