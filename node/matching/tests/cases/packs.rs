//! Packs over the built-in one: what they add, what is refused, and what a hostile one cannot do.

use matching::{
    pack::{Difference, Pack, Refused, differences},
    vocabulary::Vocabulary,
};
use std::{fs, path::PathBuf};

/// The files of the example pack.
pub(crate) fn folder() -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/packs/northern-testing");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let name = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    files.map(|path| (name(&path), fs::read_to_string(&path).unwrap())).collect()
}

/// The built-in pack with these files over it.
pub(crate) fn with(files: &[(String, String)]) -> Result<Vocabulary, Refused> {
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Vocabulary::with(&[Pack::read("example", &files)?])
}

pub(crate) fn northern() -> Vocabulary {
    with(&folder()).unwrap()
}

/// The example pack with this text as its vocabulary, and no rules.
pub(crate) fn speaking(vocabulary: &str) -> Result<Vocabulary, Refused> {
    with(&[
        (
            "pack.txt".into(),
            "format | 1\nid | other\nversion | 1\nlanguages | en fr\nover | cosolvent 4\nvocabulary | v.txt\n".into(),
        ),
        ("v.txt".into(), vocabulary.into()),
    ])
}

fn refusal(vocabulary: &str) -> String {
    speaking(vocabulary).expect_err("it is refused").to_string()
}

#[test]
fn a_pack_adds_words_and_concepts_and_takes_none_away() {
    // PCK-4
    let (plain, more) = (Vocabulary::builtin(), northern());
    let named = |vocabulary: &Vocabulary, text: &str| {
        let mentions = vocabulary.mentions(text, None);
        mentions.iter().map(|mention| vocabulary.id(mention.concept).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(named(&more, "wraparound bends"), ["lab.mechanical.bend"]);
    assert_ne!(named(&plain, "wraparound bends"), ["lab.mechanical.bend"]);
    assert_eq!(named(&more, "essai d'arrachement de boulons d'ancrage"), ["lab.mechanical.headframe"]);
    for concept in plain.concepts() {
        let id = plain.id(concept);
        let other = more.concept(id).unwrap();
        assert_eq!(plain.kind(concept), more.kind(other), "{id}");
        let implied = |vocabulary: &Vocabulary, concept| {
            vocabulary.implied(concept).into_iter().map(|up| vocabulary.id(up).to_owned()).collect::<Vec<_>>()
        };
        let more_implied = implied(&more, other);
        assert!(implied(&plain, concept).iter().all(|up| more_implied.contains(up)), "{id}");
    }
}

#[test]
fn nodes_with_other_packs_know_that_they_differ() {
    // PCK-1
    let (plain, more) = (Vocabulary::builtin(), northern());
    assert_ne!(plain.digest(), more.digest());
    assert_eq!(differences(plain.packs(), plain.packs()), []);
    let [Difference::OnlyThere(pack)] = &differences(plain.packs(), more.packs())[..] else { panic!("one difference") };
    assert_eq!(pack.id, "northern-testing");
    let mut changed = folder();
    changed.iter_mut().find(|(name, _)| name == "vocabulary.txt").unwrap().1.push_str("# a remark\n");
    let changed = with(&changed).unwrap();
    assert_ne!(changed.digest(), more.digest(), "a remark is a change");
    let told: Vec<String> = differences(more.packs(), changed.packs()).iter().map(ToString::to_string).collect();
    assert_eq!(told, ["version 1 of northern-testing is not the same here and there: one was changed"]);
    let names: Vec<_> = more.packs().iter().rev().cloned().collect();
    assert_eq!(differences(more.packs(), &names), [Difference::Order]);
}

#[test]
fn versions_that_this_one_does_not_know_are_refused_with_what_to_do() {
    // PCK-2
    let manifest = |change: (&str, &str)| {
        let mut files = folder();
        let text = &mut files.iter_mut().find(|(name, _)| name == "pack.txt").unwrap().1;
        *text = text.replace(change.0, change.1);
        with(&files).expect_err("it is refused").to_string()
    };
    let told = manifest(("format | 1", "format | 7"));
    assert!(told.starts_with("example/pack.txt:2: the format `7` is not known; this version reads format 1"), "{told}");
    let told = manifest(("over | cosolvent 4", "over | cosolvent 9000"));
    assert!(told.contains("version 9000 of `cosolvent`, and here is version"), "{told}");
    let told = manifest(("over | cosolvent 4", "over | elsewhere 1"));
    assert!(told.contains("`elsewhere`, which is not loaded; load that pack before it"), "{told}");
    let told = manifest(("over | cosolvent 4\n", ""));
    assert!(told.contains("there is no line `over | …`; add it"), "{told}");
    let told = manifest(("id | northern-testing", "id | cosolvent"));
    assert!(told.contains("a pack with the id `cosolvent` is loaded already"), "{told}");
    let told = manifest(("version | 1", "version | one"));
    assert!(told.contains("`one` is not a number"), "{told}");
    let told = manifest(("languages | en fr", "languages | en"));
    assert!(told.contains("a pack speaks `en fr`"), "{told}");
    let told = manifest(("conditions | ", "rate-bands | "));
    assert!(told.contains("this version knows no `rate-bands`"), "{told}");
}

#[test]
fn signs_that_are_not_seen_and_letters_that_look_like_others_are_refused() {
    // PCK-3
    for letter in ['\u{202e}', '\u{2066}', '\u{200b}', '\u{feff}', '\r', '\t', '\0', '\u{85}', 'а', 'ο', '\u{301}'] {
        let told = refusal(&format!("# plain\nmine | act | | mi{letter}ne work | travail de mine |\n"));
        assert!(told.starts_with("example/v.txt:2: the character U+"), "{letter:?}: {told}");
    }
}

#[test]
fn circles_are_refused_on_the_line_of_the_pack_that_closes_them() {
    // PCK-3
    let told = refusal(
        "one | credential | two | one thing | une chose |\ntwo | credential | one | other thing | autre chose |\n",
    );
    assert!(told.starts_with("example/v.txt:2: ") && told.contains("among its own parents"), "{told}");
    let told = refusal("+iso-9001 | | | | | =as9100\n");
    assert!(told.starts_with("example/v.txt:1: ") && told.contains("in a section `equivalences`"), "{told}");
    let equals = |lines: &str| {
        let mut files = folder();
        files.iter_mut().find(|(name, _)| name == "equivalences.txt").unwrap().1 = lines.into();
        with(&files)
    };
    let told = equals("iso-9001 | as9100 | It is enough. | Cela suffit.\n").expect_err("a circle").to_string();
    assert!(told.starts_with("example/equivalences.txt:1: `as9100` would be among its own"), "{told}");
    let told = equals("welder | as9100 | It is enough. | Cela suffit.\n").expect_err("a person is no firm").to_string();
    assert!(told.contains("not both certificates of a firm"), "{told}");
    let long: String = ["iso-14001", "iso-45001", "iso-17020", "nadcap", "c-tpat", "rbq"]
        .windows(2)
        .map(|pair| format!("{} | {} | So it is. | C'est ainsi.\n", pair[0], pair[1]))
        .collect();
    equals(&long).unwrap();
    let told = equals(&(long + "rbq | iso-14001 | So it is. | C'est ainsi.\n")).expect_err("a circle").to_string();
    assert!(told.starts_with("example/equivalences.txt:6: "), "{told}");
}

#[test]
fn a_pack_that_joins_everything_is_refused() {
    // PCK-3
    let acts = ["service", "lab", "machine", "person", "logistics", "material", "machining", "joining", "finishing"];
    let joined: String = acts
        .iter()
        .enumerate()
        .map(|(at, id)| {
            let edges: String = acts.iter().skip(at + 1).map(|other| format!("~{other}:999 ")).collect();
            format!("+{id} | | | | | {edges}\n")
        })
        .collect();
    let told = refusal(&joined);
    assert!(told.contains("pairs of concepts, more than the 10000"), "{told}");
    let told = refusal(
        "all | act | machining joining finishing lab casting plastics thermal cutting forming additive composites \
                        electronics tooling assembly logistics material machine person space training | everything | tout |\n",
    );
    assert!(told.contains("more than 6 things that a concept is or implies directly"), "{told}");
    let told = refusal("every | frame | | every | chaque |\n");
    assert!(told.contains("is a frame"), "{told}");
    let told = refusal("other | act | | dye penetrant | ressuage |\n");
    assert!(told.contains("also names `lab.ndt.penetrant`"), "a pack takes no word: {told}");
}

#[test]
fn whatever_is_too_much_is_refused_before_it_costs() {
    // PCK-3
    let many = |count: usize, line: &dyn Fn(usize) -> String| (0..count).map(line).collect::<String>();
    let told = refusal(&many(9_000, &|at| format!("c{at} | act | | thing{at} | chose{at} |\n")));
    assert!(told.contains("more than 8192 concepts in all packs"), "{told}");
    let forms = many(200, &|at| format!("word{at},"));
    assert!(refusal(&format!("one | act | | {forms} | mot |\n")).contains("more than 96 forms"));
    assert!(
        refusal(&format!("one | act | | {} | mot |\n", "long ".repeat(40))).contains("more than 80 bytes in a form")
    );
    assert!(refusal(&format!("# {}\n", "x".repeat(5_000))).contains("more than 4096 bytes in a line"));
    assert!(refusal(&"# x\n".repeat(300_000)).contains("more than 1048576 bytes in a file"));
    let shared = many(20, &|at| format!("s{at} | act | | common* | commun* |\n"));
    assert!(refusal(&shared).contains("concepts that share a form"));
    let edges = many(40, &|_| "~lab:5 ".into());
    assert!(refusal(&format!("one | act | | word | mot | {edges}\n")).contains("more than 24 edges on a line"));
    let chain = many(60, &|at| match at {
        0 => "k0 | act | | kword0 | kmot0 |\n".into(),
        at => format!("k{at} | act | k{} | kword{at} | kmot{at} |\n", at - 1),
    });
    assert!(refusal(&chain).contains("more than 24 things that a concept is or implies"));
}
