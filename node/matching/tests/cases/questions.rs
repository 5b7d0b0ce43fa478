//! Questions before names: a set for every class, codes that stay, and what is refused.

use crate::packs::with;
use matching::{
    pack::{Shape, questions::CLASSES},
    read::Side,
    vocabulary::{Language, Vocabulary},
};
use std::collections::BTreeSet;

/// A pack with these lines as its questions.
fn asking(lines: &str) -> Result<Vocabulary, String> {
    let manifest =
        "format | 1\nid | other\nversion | 1\nlanguages | en fr\nover | cosolvent 7\nquestions | q.txt\n".to_owned();
    with(&[("pack.txt".into(), manifest), ("q.txt".into(), lines.to_owned())]).map_err(|refused| refused.to_string())
}

#[test]
fn there_is_something_to_ask_each_side_of_every_class() {
    let vocabulary = Vocabulary::shared();
    for class in CLASSES {
        for side in [Side::Offer, Side::Need] {
            let asked = vocabulary.questions().iter().filter(|question| question.is_for(vocabulary, side, class, None));
            assert!(asked.count() >= 5, "{class}, {side:?}");
        }
    }
    let codes: BTreeSet<_> = vocabulary.questions().iter().map(|question| question.code).collect();
    assert_eq!(codes.len(), vocabulary.questions().len(), "no two have one code");
    for question in vocabulary.questions() {
        let [english, french] = Language::ALL.map(|language| question.says(language));
        assert!(english.ends_with('?') && french.ends_with('?'), "{}", question.id);
        assert_ne!(english, french, "{}", question.id);
        assert_eq!(vocabulary.question(&question.code).map(|found| &found.id), Some(&question.id));
    }
}

#[test]
fn a_code_follows_from_pack_id_and_shape_and_not_from_the_words() {
    // TLK-5
    let code = |id: &str| {
        let found = Vocabulary::shared().questions().iter().find(|question| question.id == id).unwrap();
        found.code.iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    assert_eq!(code("spindle-hours"), "12d8f945fdcbd8b3", "computed elsewhere: printf | sha256sum | head -c 16");
    assert_eq!(code("tolerance"), "d214b8822aacac27");
    assert_eq!(code("control-make"), "b598f420ac301d4b");
    let of = |lines: &str| asking(lines).unwrap().questions().last().unwrap().code;
    let first = of("x | offer | space | | number mm | How wide? | Quelle largeur? | |\n");
    let reworded = of("x | need | machine | | number mm | How wide is it? | Quelle est la largeur? | |\n");
    let reshaped = of("x | offer | space | | number m | How wide? | Quelle largeur? | |\n");
    assert_eq!(first, reworded);
    assert_ne!(first, reshaped, "two nodes that know a code expect one shape");
}

#[test]
fn what_is_no_question_is_refused_with_its_line_and_a_remedy() {
    // PCK-2, PCK-3
    let rest = "How wide? | Quelle largeur?";
    let cases = [
        ("x | offer | space | | number furlong", "", "`number furlong` is no shape of an answer; write yes-no"),
        ("x | offer | space | | field mail", "", "`field mail` is no shape of an answer"),
        ("x | offer | space | | field area", "", "`field area` is no shape of an answer"),
        ("x | offer | space | | choice", "wide | large", "from 2 to 12 choices"),
        ("x | offer | space | | choice", "wide; narrow | large", "as many in French as in English"),
        ("x | offer | space | | yes-no", "wide; narrow | large; étroit", "and no other, has from 2 to 12 choices"),
        ("x | anybody | space | | yes-no", "", "`anybody` says not who is asked; write offer, need or either"),
        ("x | offer | room | | yes-no", "", "there is no class `room`; the classes are machine,"),
        ("x | offer | space | no.such.work | yes-no", "", "no concept has the id `no.such.work`"),
        ("X y | offer | space | | yes-no", "", "`X y` is no id"),
    ];
    for (line, choices, why) in cases {
        let choices = if choices.is_empty() { "|" } else { choices };
        let refused = asking(&format!("# remark\n{line} | {rest} | {choices}\n")).unwrap_err();
        assert!(refused.starts_with("example/q.txt:2: ") && refused.contains(why), "{refused}");
    }
    let twice = "x | offer | | | yes-no | How? | Comment? | |\n".repeat(2);
    assert!(asking(&twice).unwrap_err().contains("the id `x` is taken"));
    let speechless = asking("x | offer | | | yes-no | How? | | |\n").unwrap_err();
    assert!(speechless.contains("no sentence in French"), "{speechless}");
}

#[test]
fn a_question_for_some_work_is_for_its_sorts_too() {
    let vocabulary = Vocabulary::shared();
    let find = |id: &str| vocabulary.questions().iter().find(|question| question.id == id).unwrap();
    let work = |id: &str| vocabulary.concept(id);
    let taper = find("spindle-taper");
    assert!(matches!(&taper.shape, Shape::Choice(choices) if choices.len() == 8));
    assert!(taper.is_for(vocabulary, Side::Offer, "machine", work("machining.milling.5-axis")));
    assert!(!taper.is_for(vocabulary, Side::Offer, "machine", work("joining.weld")), "other work");
    assert!(!taper.is_for(vocabulary, Side::Offer, "space", work("machining.milling.5-axis")), "another class");
    assert!(!taper.is_for(vocabulary, Side::Need, "machine", work("machining.milling.5-axis")), "the other side");
}
