//! Words: every string of every page, in English and in French.
//!
//! The build compares both files, so a [`Key`] exists in both or not at all. Codes of vocabularies reach their labels by
//! convention: `machining.milling.five-axis` of the vocabulary `process` is `process-machining-milling-five-axis`.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

include!(concat!(env!("OUT_DIR"), "/keys.rs"));

impl Key {
    /// The key with this text.
    pub(crate) fn named(text: &str) -> Option<Key> {
        let at = TABLE.binary_search_by(|(_, name, _)| name.cmp(&text)).ok()?;
        TABLE.get(at).map(|(key, _, _)| *key)
    }

    /// The key of a code in a vocabulary.
    pub(crate) fn of_code(vocabulary: &str, code: &str) -> Option<Key> {
        Key::named(&format!("{vocabulary}-{}", code.to_ascii_lowercase().replace(['.', '_'], "-")))
    }

    // INVARIANT: the table has one row for each variant, in the order of the variants.
    fn row(self) -> &'static (Key, &'static str, &'static [&'static str]) {
        &TABLE[self as usize]
    }
}

/// A language of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English, as in Canada.
    #[default]
    English,
    /// French, as in Québec.
    French,
}

static ENGLISH: LazyLock<FluentBundle<FluentResource>> =
    LazyLock::new(|| bundle("en-CA", include_str!("../locales/en.ftl")));
static FRENCH: LazyLock<FluentBundle<FluentResource>> =
    LazyLock::new(|| bundle("fr-CA", include_str!("../locales/fr.ftl")));

fn bundle(tag: &str, source: &str) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![tag.parse::<LanguageIdentifier>().unwrap_or_default()]);
    // Isolation marks are for mixed writing directions; both languages here run left to right, and texts that could turn
    // around are refused when they are entered.
    bundle.set_use_isolating(false);
    // INVARIANT: the build parsed this very file without a fault.
    let resource = FluentResource::try_new(source.to_string()).unwrap_or_else(|(resource, _)| resource);
    bundle.add_resource_overriding(resource);
    bundle
}

impl Language {
    /// Both.
    pub const ALL: [Language; 2] = [Language::English, Language::French];

    /// As in the `lang` attribute and in the cookie.
    pub const fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::French => "fr",
        }
    }

    /// The language with this tag.
    pub fn from_tag(tag: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.tag() == tag)
    }

    /// The first of ours in an `Accept-Language` header (RFC 9110, 12.5.4), by weight.
    pub fn accepted(header: &str) -> Option<Language> {
        let weighted = |range: &str| {
            let mut parts = range.split(';');
            let tag = parts.next()?.trim().split('-').next()?.to_ascii_lowercase();
            let weight = parts.find_map(|part| part.trim().strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
            Some((Language::from_tag(&tag)?, (weight * 1_000.0) as u32))
        };
        let mut best: Option<(Language, u32)> = None;
        for (language, weight) in header.split(',').filter_map(weighted) {
            if weight > best.map_or(0, |(_, best)| best) {
                best = Some((language, weight));
            }
        }
        best.map(|(language, _)| language)
    }

    /// A string without variables.
    pub(crate) fn text(self, key: Key) -> String {
        self.with(key, &[])
    }

    /// A string with its variables.
    pub(crate) fn with(self, key: Key, variables: &[(&str, FluentValue<'_>)]) -> String {
        let (_, name, needs) = key.row();
        debug_assert!(
            needs.iter().all(|need| variables.iter().any(|(given, _)| given == need)),
            "`{name}` needs {needs:?}"
        );
        let bundle = match self {
            Language::English => &*ENGLISH,
            Language::French => &*FRENCH,
        };
        let args: FluentArgs<'_> = variables.iter().map(|(name, value)| (*name, value.clone())).collect();
        let Some(pattern) = bundle.get_message(name).and_then(|message| message.value()) else {
            return (*name).to_string();
        };
        bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_a_text_in_both_languages() {
        for (key, name, variables) in &TABLE {
            assert_eq!(Key::named(name), Some(*key));
            let values: Vec<_> = variables.iter().map(|name| (*name, FluentValue::from(3))).collect();
            for language in Language::ALL {
                let text = language.with(*key, &values);
                assert!(!text.is_empty() && !text.contains("{$"), "{name} in {language:?}: {text}");
            }
        }
    }

    #[test]
    fn french_is_set_as_in_quebec() {
        const SPACES: [char; 2] = ['\u{a0}', '\u{202f}'];
        for (_, name, variables) in &TABLE {
            let values: Vec<_> = variables.iter().map(|name| (*name, FluentValue::from(3))).collect();
            let key = Key::named(name).unwrap();
            let letters: Vec<char> = Language::French.with(key, &values).chars().collect();
            for (at, letter) in letters.iter().enumerate() {
                let before = at.checked_sub(1).and_then(|at| letters.get(at));
                let fixed = |side: Option<&char>| side.is_some_and(|side| SPACES.contains(side));
                let loose = |side: Option<&char>| side.is_some_and(|side| side.is_whitespace());
                let well = match letter {
                    ':' => fixed(before),
                    '«' => fixed(letters.get(at + 1)),
                    '»' | '%' | '$' => fixed(before),
                    ';' | '?' | '!' | ',' | '.' => !loose(before),
                    '\'' | '"' => false,
                    _ => true,
                };
                assert!(well, "{name}: {letter:?} in {:?}", letters.iter().collect::<String>());
            }
        }
    }

    /// Keys that are named by a code and not in the source.
    const BY_CODE: &[&str] = &[
        "approve",
        "asking",
        "asks",
        "choice",
        "class",
        "confirm",
        "conflict",
        "decline",
        "closed",
        "credential",
        "envelope",
        "field",
        "hours",
        "instrument",
        "language",
        "leaf",
        "material",
        "measure",
        "month",
        "next",
        "note",
        "outcome",
        "presence",
        "process",
        "role",
        "side",
        "step",
        "stays",
        "tells",
        "tolerance",
        "topic",
        "travel",
        "unit",
        "value",
        "verdict",
        "weekday",
        "ground",
        "mode",
        "quantity",
        "yes",
        "no",
    ];

    #[test]
    fn no_string_is_kept_that_no_page_says() {
        let mut sources = String::new();
        let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { sources += &std::fs::read_to_string(path).unwrap() }
            }
        }
        let words: std::collections::BTreeSet<&str> =
            sources.split("Key::").filter_map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric()).next()).collect();
        for (key, name, _) in &TABLE {
            let by_code = name.split('-').next().is_some_and(|vocabulary| BY_CODE.contains(&vocabulary));
            assert!(by_code || words.contains(format!("{key:?}").as_str()), "`{name}` is said nowhere");
        }
    }

    #[test]
    fn the_reader_s_first_known_language_is_taken() {
        assert_eq!(Language::accepted("de, fr-CA;q=0.8, en;q=0.7"), Some(Language::French));
        assert_eq!(Language::accepted("en-CA,fr;q=0.9"), Some(Language::English));
        assert_eq!(Language::accepted("fr;q=0, de"), None);
    }
}
