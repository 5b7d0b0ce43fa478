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
    LazyLock::new(|| Vocabulary::load(&data::FILES).unwrap_or_else(|refused| panic!("{refused}")));

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

/// The version stands for the data: whoever changes a file raises it and writes the new hash here (FNV-1a, 64 bits).
#[test]
fn the_version_rises_with_the_data() {
    let hash = data::FILES
        .iter()
        .flat_map(|(name, text)| name.bytes().chain(text.bytes()))
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    assert_eq!(
        (VOCABULARY_VERSION, hash),
        (3, 0xf992_61b4_888a_3f0e),
        "raise the version and write this hash beside it: {hash:#018x}"
    );
}

#[test]
fn the_words_fit_their_numbers() {
    assert!(BUILTIN.words.len() < usize::from(u16::MAX), "a word's number has sixteen bits");
    assert!(BUILTIN.entries.len() < usize::from(u16::MAX), "so has a concept's");
}
