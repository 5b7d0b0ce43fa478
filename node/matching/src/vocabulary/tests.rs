//! What the vocabulary promises.
#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests may stop")]
mod coverage;
mod readings;
mod refusals;
mod relations;

use super::*;
use std::sync::LazyLock;

/// The built-in vocabulary, read once for all tests.
static BUILTIN: LazyLock<Vocabulary> =
    LazyLock::new(|| Vocabulary::with(&[]).unwrap_or_else(|refused| panic!("{refused}")));

fn concept(id: &str) -> Concept {
    BUILTIN.concept(id).unwrap_or_else(|| panic!("no concept {id}"))
}

/// Ids of the sure mentions of a text.
fn named(text: &str, language: Option<Language>) -> Vec<&'static str> {
    BUILTIN
        .mentions(text, language)
        .iter()
        .filter(|mention| mention.sure)
        .map(|mention| BUILTIN.id(mention.concept))
        .collect()
}

/// The version stands for the data (`PCK-1`): whoever changes a file raises it in `pack.txt` and writes the new hash here.
#[test]
fn the_version_rises_with_the_data() {
    let [pack] = BUILTIN.packs() else { panic!("the built-in pack alone") };
    assert_eq!(
        (pack.id.as_str(), pack.version, std::format!("{}", pack.digest).as_str()),
        ("cosolvent", 8, "da759ec0b12eed964605d84e1a6251402357684fb1d7d845b940a8c5d8589feb"),
        "raise the version and write this hash beside it"
    );
}

#[test]
fn the_built_in_pack_leaves_room_for_others() {
    // PCK-3
    use crate::pack::bounds::{CONCEPTS_MAX, FORMS_MAX, UPS_MAX, WORDS_MAX};
    assert!(BUILTIN.words.len() * 4 < WORDS_MAX, "{} words", BUILTIN.words.len());
    assert!(BUILTIN.entries.len() * 4 < CONCEPTS_MAX, "{} concepts", BUILTIN.entries.len());
    let ups = BUILTIN.ups.iter().map(BTreeMap::len).max().unwrap_or(0);
    assert!(ups * 2 <= UPS_MAX, "a concept is or implies {ups} things");
    let forms = BUILTIN.concepts().map(|concept| {
        let of = |language| {
            let forms = BUILTIN.forms.values().flatten();
            forms.filter(move |form| form.concept == concept && form.language == language).count()
        };
        Language::ALL.map(of).into_iter().max().unwrap_or(0)
    });
    assert!(forms.max().unwrap_or(0) * 3 <= FORMS_MAX);
}
