//! Data that would make a word mean two things by accident is refused, with its place.
use super::*;

fn refused(text: &str) -> (usize, Fault) {
    let refused = Vocabulary::load(&[("data", text)]).expect_err("the data is wrong");
    assert_eq!(refused.file, "data");
    (refused.line, refused.why)
}

#[test]
fn a_line_with_other_columns_is_refused() {
    assert_eq!(refused("# remark\n\na | act | | a | b"), (3, Fault::Columns { found: 5, wanted: 6 }));
}

#[test]
fn an_id_is_taken_once_and_spelt_plainly() {
    assert_eq!(refused("one | act | | one | un seul |\none | act | | two | deux |"), (2, Fault::Taken("one".into())));
    assert_eq!(refused("Öne | act | | one | uno |"), (1, Fault::Id("Öne".into())));
}

#[test]
fn what_is_named_must_exist() {
    assert_eq!(refused("one | deed | | one | uno |"), (1, Fault::Kind("deed".into())));
    assert_eq!(refused("one | act | two | one | uno |"), (1, Fault::Unknown("two".into())));
    assert_eq!(refused("family.one | act | | one | uno |"), (1, Fault::Unknown("family".into())));
    assert_eq!(refused("one | act | | one | uno | !two"), (1, Fault::Unknown("two".into())));
}

#[test]
fn an_edge_has_a_sign_and_a_strength_in_range() {
    for edge in ["two", "~one", "~one:0", "~one:1000", "~one:-1"] {
        assert_eq!(refused(&std::format!("one | act | | one | uno | {edge}")), (1, Fault::Edge(edge.into())));
    }
}

#[test]
fn no_concept_is_its_own_ancestor() {
    let circle = "one | act | two | one | uno |\ntwo | act | | two | duo | =one";
    assert_eq!(refused(circle), (2, Fault::Circle("two".into())));
}

#[test]
fn near_and_not_the_same_exclude_each_other() {
    let both = "one | act | | one | uno | ~two:500\ntwo | act | | two | duo | !one";
    assert_eq!(refused(both), (2, Fault::Contradiction("one".into())));
    assert_eq!(refused("one | act | | one | uno | !one"), (1, Fault::Contradiction("one".into())));
}

#[test]
fn every_concept_has_words_in_both_languages() {
    assert_eq!(refused("one | act | | one | |"), (1, Fault::Wordless(Language::French)));
    assert_eq!(refused("one | act | | the | uno |"), (1, Fault::Empty("the".into())));
}

#[test]
fn forms_that_fold_alike_are_marked_or_refused() {
    assert_eq!(refused("one | act | | gear, gears | uno |"), (1, Fault::Twice("gears".into())));
    let shared = "one | act | | gear | uno |\ntwo | act | | Gears | duo |";
    assert_eq!(refused(shared), (2, Fault::Shared { form: "Gears".into(), other: "one".into() }));
    assert_eq!(refused("one | act | | gear* | uno |"), (1, Fault::Unshared("gear*".into())));
    let usual = "one | act | | gear+ | uno |\ntwo | act | | gear+ | duo |";
    assert_eq!(refused(usual), (2, Fault::Usual("gear+".into())));
}

#[test]
fn a_refusal_says_where_and_why() {
    let refused = Vocabulary::load(&[("data", "one | deed | | one | uno |")]).expect_err("no such kind");
    assert_eq!(
        std::format!("{refused}"),
        "data:1: there is no kind `deed`; the kinds are act, machine, part, material, role, skill, program, credential, \
         ticket, place, symptom, document, sector and property"
    );
}
