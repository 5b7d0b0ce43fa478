//! The words of all packs, and what each names, once no two concepts share one by accident.
use super::{Concept, Entry, Form, Language, fold, load::Said};
use crate::pack::{
    Bound, Fault, Refused,
    bounds::{FORM_BYTES_MAX, FORMS_MAX, READINGS_MAX, WORDS_MAX},
};
use alloc::{
    borrow::ToOwned,
    boxed::Box,
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};

/// A form as written, with its marks and where it came from.
struct Written<'a> {
    said: &'a Said<'a>,
    text: &'a str,
    form: Form,
    shared: bool,
}

/// Forms by their words.
#[derive(Default)]
pub(super) struct Forms<'a> {
    words: BTreeMap<String, u16>,
    written: BTreeMap<Box<[u16]>, Vec<Written<'a>>>,
    counts: BTreeMap<(Concept, Language), usize>,
}

/// The number of each word, and the readings of each form.
pub(super) type Settled = (BTreeMap<String, u16>, BTreeMap<Box<[u16]>, Vec<Form>>);

impl<'a> Forms<'a> {
    /// Takes in the forms of a line in one language.
    pub(super) fn add(&mut self, said: &'a Said<'a>, language: Language) -> Result<(), Refused> {
        let [.., english, french, _] = said.row.columns;
        let column = match language {
            Language::English => english,
            Language::French => french,
        };
        for text in column.split(',').map(str::trim).filter(|text| !text.is_empty()) {
            self.add_form(said, language, text)?;
        }
        let count = self.counts.get(&(said.concept, language)).copied().unwrap_or(0);
        if count == 0 { Err(said.row.refuse(Fault::Wordless(language))) } else { Ok(()) }
    }

    fn add_form(&mut self, said: &'a Said<'a>, language: Language, text: &'a str) -> Result<(), Refused> {
        let refuse = |why| Err(said.row.refuse(why));
        let bare = text.trim_end_matches(['*', '+', '^']);
        let marks = text.get(bare.len()..).unwrap_or_default();
        if bare.len() > FORM_BYTES_MAX {
            return refuse(Fault::TooMany(Bound::FormBytes));
        }
        let mut key = Vec::new();
        for token in fold::tokens(bare) {
            let Some(number) = self.number(token.word) else { return refuse(Fault::TooMany(Bound::Words)) };
            key.push(number);
        }
        if key.is_empty() {
            return refuse(Fault::Empty(text.to_owned()));
        }
        let concept = said.concept;
        let form = Form { concept, language, only: marks.contains('^'), usual: marks.contains('+') };
        let others = self.written.entry(key.into_boxed_slice()).or_default();
        if others.iter().any(|other| other.form.concept == concept && other.form.language == language) {
            return refuse(Fault::Twice(text.to_owned()));
        }
        if others.len() >= 2 * READINGS_MAX {
            return refuse(Fault::TooMany(Bound::Readings));
        }
        others.push(Written { said, text, form, shared: marks.contains(['*', '+']) });
        let count = self.counts.entry((concept, language)).or_default();
        *count += 1;
        if *count > FORMS_MAX { refuse(Fault::TooMany(Bound::Forms)) } else { Ok(()) }
    }

    fn number(&mut self, word: String) -> Option<u16> {
        let next = u16::try_from(self.words.len()).ok().filter(|next| usize::from(*next) < WORDS_MAX);
        match (self.words.get(&word), next) {
            (Some(number), _) => Some(*number),
            (None, Some(next)) => {
                self.words.insert(word, next);
                Some(next)
            }
            (None, None) => None,
        }
    }

    /// Words and forms, once every form that names several concepts is marked so by each.
    pub(super) fn settled(self, entries: &[Entry]) -> Result<Settled, Refused> {
        let mut forms = BTreeMap::new();
        for (key, uses) in self.written {
            let usual: BTreeSet<_> =
                uses.iter().filter(|written| written.form.usual).map(|written| written.form.concept).collect();
            // The latest first: whose form meets an earlier one is told, not who was there before.
            for written in uses.iter().rev() {
                let other = uses.iter().find(|other| other.form.concept != written.form.concept);
                match other {
                    Some(other) if !written.shared || !other.shared => {
                        let other = entries.get(usize::from(other.form.concept.0)).map(|entry| entry.id.clone());
                        let why = Fault::Shared { form: written.text.to_owned(), other: other.unwrap_or_default() };
                        return Err(written.said.row.refuse(why));
                    }
                    None if written.shared => {
                        return Err(written.said.row.refuse(Fault::Unshared(written.text.to_owned())));
                    }
                    _ if usual.len() > 1 => {
                        return Err(written.said.row.refuse(Fault::Usual(written.text.to_owned())));
                    }
                    _ => {}
                }
            }
            forms.insert(key, uses.into_iter().map(|written| written.form).collect());
        }
        Ok((self.words, forms))
    }
}
