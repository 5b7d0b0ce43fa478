//! What comes how close to what.
use super::*;

fn relation(wanted: &str, offered: &str) -> Relation {
    BUILTIN.relation(concept(wanted), concept(offered))
}

fn closeness(wanted: &str, offered: &str) -> u16 {
    BUILTIN.closeness(concept(wanted), concept(offered)).0
}

#[test]
fn relations_are_the_same_from_both_sides() {
    let all: Vec<_> = BUILTIN.concepts().collect();
    for one in all.iter().step_by(3) {
        for other in all.iter().step_by(5) {
            assert_eq!(
                BUILTIN.relation(*one, *other),
                BUILTIN.relation(*other, *one).reversed(),
                "{} and {}",
                BUILTIN.id(*one),
                BUILTIN.id(*other)
            );
        }
    }
}

#[test]
fn a_grade_is_of_its_family_and_an_implication_goes_one_way() {
    for (family, sort) in [
        ("nickel-alloy", "inconel-718"),
        ("titanium", "ti64"),
        ("stainless-steel", "stainless-17-4"),
        ("cam", "mastercam"),
        ("cnc-control", "control-fanuc"),
        ("iso-9001", "as9100"),
        ("iso-9001", "iatf-16949"),
        ("nadcap", "heat-nadcap"),
        ("machining.milling", "machining.milling.5-axis"),
        ("machining.milling.3-axis", "machining.milling.5-axis"),
        ("ndt-level-2", "ndt-level-3"),
        ("electrician", "industrial-electrician"),
    ] {
        assert!(matches!(relation(family, sort), Relation::Narrower(_)), "{sort} will do for {family}");
        assert!(matches!(relation(sort, family), Relation::Broader(_)), "{family} may not do for {sort}");
        assert!(closeness(family, sort) > closeness(sort, family), "{family} and {sort}");
    }
}

#[test]
fn what_truly_does_the_work_is_near() {
    for (wanted, offered) in [
        ("cutting.laser", "cutting.other.waterjet"),
        ("machining.milling.hard", "machining.grinding.jig"),
        ("machining.broaching", "machining.edm.wire"),
        ("joining.weld.mig", "joining.weld.fcaw"),
        ("finishing.plating.chrome", "finishing.hvof"),
        ("machining.turning.hard", "machining.grinding.cylindrical"),
    ] {
        assert!(matches!(relation(wanted, offered), Relation::Near(_)), "{offered} for {wanted}");
    }
}

#[test]
fn a_trade_a_machine_and_a_trouble_lead_to_the_work() {
    for (from, to) in [
        ("machine.lathe", "machining.turning"),
        ("machine.mill.5-axis", "machining.milling.5-axis"),
        ("welder", "joining.weld.mig"),
        ("metrologist", "cmm-programming"),
        ("chatter", "vibration-control"),
        ("porosity", "casting-expertise"),
        ("plc-fault", "plc-programming"),
        ("scrap-rate", "spc"),
        ("warping", "thermal.stress-relief"),
        ("machine.cmm", "lab.dimensional.cmm"),
    ] {
        assert!(matches!(relation(to, from), Relation::Leads(_)), "{from} leads to {to}: {:?}", relation(to, from));
    }
}

#[test]
fn the_same_word_is_not_the_same_thing() {
    for (one, other) in [
        ("machining-training", "machining.turning"),
        ("machining-training", "machine.lathe"),
        ("brake-training", "forming.sheet.brake"),
        ("welding-training", "joining.weld.tig"),
        ("lab.mechanical.hardness", "thermal.harden"),
        ("cmm-calibration", "lab.dimensional.cmm"),
        ("lab.ndt.weld", "joining.weld"),
        ("forklift-ticket", "machine.forklift"),
        ("finishing.coating.powder", "powder-metallurgy"),
        ("forming.sheet.brake", "vehicle-brake"),
        ("machining.edm.wire", "machining.edm.sinker"),
        ("welder", "machine.welder"),
        ("welder", "cwb-w47-1"),
        ("cwb-ticket", "cwb-w47-1"),
        ("machining.milling.5-axis", "ball-milling"),
        ("machining.milling", "rolling-mill"),
        ("robot-fanuc", "control-fanuc"),
        ("control-siemens", "plc-siemens"),
        ("cutting.laser", "laser-marking"),
        ("ndt-ticket", "ndt-nadcap"),
        ("thermal", "lab.environment.thermal"),
        ("finishing.peen", "shot-size"),
    ] {
        assert_eq!(relation(one, other), Relation::Not, "{one} and {other}");
        assert_eq!(closeness(one, other), 0);
    }
}

#[test]
fn roots_make_no_siblings() {
    assert_eq!(relation("titanium", "wood"), Relation::Unrelated);
    assert_eq!(relation("welder", "buyer"), Relation::Unrelated);
    assert_eq!(relation("lab.chemistry", "lab.flammability"), Relation::Unrelated);
    assert_eq!(relation("aluminium-6061", "aluminium-7075"), Relation::Sibling);
}

#[test]
fn nothing_is_closer_than_the_same() {
    for one in BUILTIN.concepts() {
        assert_eq!(BUILTIN.closeness(one, one), Thousandths(1_000));
        for up in BUILTIN.implied(one) {
            assert!(BUILTIN.is(one, up) && !BUILTIN.is(up, one), "{} is {}", BUILTIN.id(one), BUILTIN.id(up));
            assert!(BUILTIN.closeness(up, one) < Thousandths(1_000));
        }
    }
}
