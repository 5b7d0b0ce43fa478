//! Lines of a pack's files: columns between bars, `#` begins a remark, and nothing in them that is not what it looks like.
use super::{
    bounds::LINE_BYTES_MAX,
    refused::{Bound, Fault, Refused},
};
use crate::vocabulary::Language;
use alloc::{borrow::ToOwned, string::String, vec::Vec};

/// One line in its columns.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a, const N: usize> {
    pub(crate) file: &'a str,
    pub(crate) line: usize,
    /// What stands between the bars, without the space around it.
    pub columns: [&'a str; N],
}

impl<const N: usize> Row<'_, N> {
    /// The refusal of this line.
    #[must_use]
    pub fn refuse(&self, why: Fault) -> Refused {
        Refused { file: self.file.to_owned(), line: self.line, why }
    }

    /// A sentence in each language.
    ///
    /// # Errors
    /// [`Refused`] where one is missing or too long.
    pub fn sentences(&self, english: &str, french: &str) -> Result<[String; 2], Refused> {
        for (language, sentence) in Language::ALL.into_iter().zip([english, french]) {
            if sentence.is_empty() {
                return Err(self.refuse(Fault::Speechless(language)));
            }
            if sentence.len() > super::bounds::SENTENCE_BYTES_MAX {
                return Err(self.refuse(Fault::TooMany(Bound::SentenceBytes)));
            }
        }
        Ok([english.to_owned(), french.to_owned()])
    }
}

/// The lines that say something.
pub(crate) fn rows<'a, const N: usize>(file: &'a str, text: &'a str) -> Result<Vec<Row<'a, N>>, Refused> {
    let mut rows = Vec::new();
    for (line, raw) in (1..).zip(text.split('\n')) {
        let refuse = |why| Refused { file: file.to_owned(), line, why };
        if raw.len() > LINE_BYTES_MAX {
            return Err(refuse(Fault::TooMany(Bound::LineBytes)));
        }
        if let Some(letter) = raw.chars().find(|letter| !is_plain(*letter)) {
            return Err(refuse(Fault::Letter(letter)));
        }
        let said = raw.trim();
        if said.is_empty() || said.starts_with('#') {
            continue;
        }
        let columns: Vec<&str> = said.split('|').map(str::trim).collect();
        let found = columns.len();
        let columns = columns.try_into().map_err(|_| refuse(Fault::Columns { found, wanted: N }))?;
        rows.push(Row { file, line, columns });
    }
    Ok(rows)
}

/// Letters of English and French with their accents, figures, and the signs that shops use. What turns the direction of
/// writing, joins without being seen or looks like another letter is none of them.
fn is_plain(letter: char) -> bool {
    matches!(letter, ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='ÿ' | 'œ' | 'Œ' | 'Ÿ')
        || "–—‘’“”…•′″≤≥Ω→\u{202f}".contains(letter)
}

/// Whether an id is spelt plainly.
pub(crate) fn is_id(id: &str) -> bool {
    let sound = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-.".contains(letter);
    !id.is_empty() && id.len() <= 64 && id.chars().all(sound)
}
