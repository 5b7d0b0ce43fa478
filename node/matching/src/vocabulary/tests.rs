//! What the vocabulary promises.
use super::*;

#[test]
fn the_built_in_data_is_sound() {
    let vocabulary = Vocabulary::load(&data::FILES).unwrap_or_else(|refused| panic!("{refused}"));
    assert!(vocabulary.concepts().count() > 100);
}
