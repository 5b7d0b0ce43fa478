//! Words without case and accents, each with its place in the text (`LNT-3`).

use alloc::{string::String, vec::Vec};

/// One word: letters and digits without anything between them.
pub(super) struct Word {
    /// Lower case, without accents.
    pub(super) folded: String,
    /// The first byte in the text.
    pub(super) start: usize,
    /// The first byte after it.
    pub(super) end: usize,
}

/// The words of a text, in order.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut within = false;
    for (at, c) in text.char_indices() {
        let joins = within && is_mark(c);
        if !c.is_alphanumeric() && !joins {
            within = false;
            continue;
        }
        if !within {
            words.push(Word { folded: String::new(), start: at, end: at });
            within = true;
        }
        if let Some(word) = words.last_mut() {
            c.to_lowercase().for_each(|c| fold(c, &mut word.folded));
            word.end = at + c.len_utf8();
        }
    }
    words
}

/// Where a phrase stands, as bytes from and to.
pub(super) fn find<'a>(words: &'a [Word], phrase: &'a [String]) -> impl Iterator<Item = (usize, usize)> + 'a {
    let windows = words.windows(phrase.len().max(1)).filter(move |_| !phrase.is_empty());
    windows.filter_map(move |window| {
        let same = window.iter().zip(phrase).all(|(word, of)| word.folded == *of);
        let (first, last) = (window.first()?, window.last()?);
        same.then_some((first.start, last.end))
    })
}

/// An accent that follows its letter as a character of its own.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// The letters of Latin scripts that people type here, without their accents.
fn fold(c: char, into: &mut String) {
    let plain = match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' => 's',
        'ť' | 'ţ' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ű' | 'ů' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        'œ' => return into.push_str("oe"),
        'æ' => return into.push_str("ae"),
        'ß' => return into.push_str("ss"),
        mark if is_mark(mark) => return,
        other => other,
    };
    into.push(plain);
}
