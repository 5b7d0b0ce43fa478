//! Words as they are compared: case, accents, hyphens, plurals and simple inflections of English and French folded away.
//!
//! One fold serves both languages, for shop notes mix them ("setup de lathe"). It is no dictionary: it must only bring the
//! spellings of one word together and keep different trades apart. So `milled` meets `milling` but never `mill` (a machine,
//! or a plant that rolls steel), and `soudeuse` (a welding set) never `soudeur` (the person). A code of a single letter and
//! digits stays one word (`D2`, `316L`), longer ones part (`ISO9001`, `Ti6Al4V`), as people write them either way.
use alloc::{borrow::ToOwned, string::String, vec::Vec};

/// What stands between a word and the one before it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Gap {
    /// Nothing, a space, a hyphen or a slash: the words may be one name.
    Joined,
    /// A comma, a bracket, a colon: no name spans it.
    Clause,
    /// The end of a sentence or line: no frame spans it either.
    Sentence,
}

/// One folded word and where it stood, in bytes of the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Token {
    pub(super) word: String,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) gap: Gap,
    /// Whether it is an article; `à` is none, and neither is a part of a longer run, as `la` in `a2la`.
    article: bool,
}

/// Articles and prepositions that names keep or leave out at will.
const SKIPPED: [&str; 13] = ["the", "of", "a", "an", "le", "la", "les", "de", "du", "des", "un", "une", "aux"];
/// Words that lose their vowel before an apostrophe.
const ELIDED: [&str; 10] = ["l", "d", "s", "n", "m", "t", "c", "j", "qu", "jusqu"];

/// How many axes a machine has, in words.
const AXES: [(&str, &str); 6] =
    [("three", "3"), ("four", "4"), ("five", "5"), ("trois", "3"), ("quatre", "4"), ("cinq", "5")];

/// The words of a text, folded, without articles.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut gap = Gap::Sentence;
    let mut after_apostrophe = false;
    let mut rest = text.char_indices().peekable();
    while let Some((from, letter)) = rest.next() {
        if !letter.is_alphanumeric() {
            let next = rest.peek().map_or(' ', |(_, next)| *next);
            gap = gap.max(gap_of(letter, next));
            after_apostrophe = is_apostrophe(letter);
            continue;
        }
        let mut to = from + letter.len_utf8();
        while let Some((at, next)) = rest.next_if(|(_, next)| next.is_alphanumeric() || is_mark(*next)) {
            to = at + next.len_utf8();
        }
        let run = text.get(from..to).unwrap_or_default();
        let before_apostrophe = rest.peek().is_some_and(|(_, next)| is_apostrophe(*next));
        let folded = unaccented(run);
        let dropped = (before_apostrophe && ELIDED.contains(&folded.as_str())) || (after_apostrophe && folded == "s");
        after_apostrophe = false;
        if dropped {
            continue;
        }
        let pieces = pieces(run);
        let article = pieces.len() == 1 && SKIPPED.contains(&folded.as_str()) && !run.starts_with(['à', 'À']);
        for (start, piece) in pieces {
            let (from, to) = (from + start, from + start + piece.len());
            found.push(Token { word: stem(&unaccented(piece)), from, to, gap, article });
            gap = Gap::Joined;
        }
    }
    without_articles(found)
}

/// Leaves articles out; what stood before one now stands before the next word. `A` before a number is a grade or a class.
fn without_articles(tokens: Vec<Token>) -> Vec<Token> {
    let mut kept = Vec::with_capacity(tokens.len());
    let mut gap = Gap::Joined;
    let mut rest = tokens.into_iter().peekable();
    while let Some(mut token) = rest.next() {
        gap = gap.max(token.gap);
        let numbered = rest.peek().is_some_and(|next| next.word.starts_with(|first: char| first.is_ascii_digit()));
        if token.article && !(token.word == "a" && numbered) {
            continue;
        }
        let axes = rest.peek().is_some_and(|next| next.word == "axis");
        if let Some((_, digit)) = AXES.iter().find(|(word, _)| axes && *word == token.word) {
            token.word = (*digit).to_owned();
        }
        token.gap = gap;
        gap = Gap::Joined;
        kept.push(token);
    }
    kept
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '\u{2019}')
}

/// A combining accent, as some keyboards send it.
pub(crate) fn is_mark(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

fn gap_of(letter: char, next: char) -> Gap {
    match letter {
        ';' | '!' | '?' | '\n' | '\u{2022}' | '|' => Gap::Sentence,
        '.' if !next.is_alphanumeric() => Gap::Sentence,
        ',' | '(' | ')' | '[' | ']' | '"' | '«' | '»' | '\u{2014}' => Gap::Clause,
        ':' if !next.is_alphanumeric() => Gap::Clause,
        _ => Gap::Joined,
    }
}

/// Parts letters from digits where two letters or more stand together: `ISO9001`, but `D2` and `316L` whole.
fn pieces(run: &str) -> Vec<(usize, &str)> {
    let mut spans: Vec<(usize, usize, usize, bool)> = Vec::new();
    for (at, letter) in run.char_indices() {
        let digit = letter.is_ascii_digit();
        let end = at + letter.len_utf8();
        match spans.last_mut() {
            Some((_, to, count, kind)) if *kind == digit => (*to, *count) = (end, *count + 1),
            _ => spans.push((at, end, 1, digit)),
        }
    }
    let mut parts: Vec<(usize, usize, usize, bool)> = Vec::new();
    for (from, to, count, digit) in spans {
        match parts.last_mut() {
            Some((_, end, last, kind)) if (if digit { *last } else { count }) < 2 => {
                (*end, *last, *kind) = (to, count, digit);
            }
            _ => parts.push((from, to, count, digit)),
        }
    }
    parts.into_iter().filter_map(|(from, to, ..)| Some((from, run.get(from..to)?))).collect()
}

/// Lower case without accents.
pub(crate) fn unaccented(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for letter in word.chars().flat_map(char::to_lowercase) {
        match letter {
            'à' | 'â' | 'ä' | 'á' => folded.push('a'),
            'é' | 'è' | 'ê' | 'ë' => folded.push('e'),
            'î' | 'ï' | 'í' => folded.push('i'),
            'ô' | 'ö' | 'ó' => folded.push('o'),
            'ù' | 'û' | 'ü' | 'ú' => folded.push('u'),
            'ç' => folded.push('c'),
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            other if is_mark(other) => {}
            other => folded.push(other),
        }
    }
    folded
}

/// Spellings of one word on two sides of an ocean or of a border, plurals that no rule forms, and states that are no acts
/// (`hardened D2` asks for no hardening).
const SPELLINGS: [(&str, &str); 20] = [
    ("aluminum", "aluminium"),
    ("apprentis", "apprenti"),
    ("ax", "axis"),
    ("axe", "axis"),
    ("axes", "axis"),
    ("calibrated", "calibrated"),
    ("center", "centre"),
    ("color", "colour"),
    ("dice", "die"),
    ("feet", "foot"),
    ("fiber", "fibre"),
    ("gage", "gauge"),
    ("hardened", "hardened"),
    ("licence", "license"),
    ("meter", "metre"),
    ("programme", "program"),
    ("rolled", "rolled"),
    ("sulfur", "sulphur"),
    ("travaux", "travail"),
    ("used", "used"),
];
/// Endings and what they become; the first that fits, if three letters stand before it. One that becomes itself stays as it
/// is: `brass` and `axis` are no plurals.
const NUMBERS: [(&str, &str); 19] = [
    ("eaux", "eau"),
    ("yaux", "yau"),
    ("aux", "al"),
    ("ies", "y"),
    ("sses", "ss"),
    ("xes", "x"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("ss", "ss"),
    ("us", "us"),
    ("ais", "ai"),
    ("ois", "oi"),
    ("is", "is"),
    ("s", ""),
    ("sse", "ss"),
    ("che", "ch"),
    ("xe", "x"),
    ("ie", "y"),
    ("oux", "ou"),
];
const GENDERS: [(&str, &str); 9] = [
    ("trice", "teur"),
    ("ienne", "ien"),
    ("elle", "el"),
    ("iere", "ier"),
    ("ee", "e"),
    ("ale", "al"),
    ("ive", "if"),
    ("eed", "eed"),
    ("ed", "ing"),
];
const SPELT_WITH_S: [(&str, &str); 6] =
    [("isation", "ization"), ("ising", "izing"), ("iseur", "izeur"), ("iser", "izer"), ("ise", "ize"), ("yse", "yze")];

/// Brings inflections of a folded word together. Words of one to three letters stay as they are.
fn stem(word: &str) -> String {
    if let Ok(at) = SPELLINGS.binary_search_by(|(from, _)| (*from).cmp(word)) {
        return SPELLINGS.get(at).map_or_else(String::new, |(_, to)| (*to).to_owned());
    }
    if word.len() < 4 {
        return word.to_owned();
    }
    let mut stem = word.to_owned();
    if let Some(rest) = word.strip_prefix("mould") {
        stem = String::from("mold");
        stem.push_str(rest);
    }
    for endings in [NUMBERS.as_slice(), GENDERS.as_slice(), SPELT_WITH_S.as_slice()] {
        stem = with_ending(stem, endings);
    }
    match SPELLINGS.binary_search_by(|(from, _)| (*from).cmp(stem.as_str())) {
        Ok(at) => SPELLINGS.get(at).map_or(stem, |(_, to)| (*to).to_owned()),
        Err(_) => stem,
    }
}

fn with_ending(mut word: String, endings: &[(&str, &str)]) -> String {
    let fits = |from: &str, to: &str| word.ends_with(from) && (from == to || word.len() >= from.len() + 3);
    let fitting = endings.iter().find(|(from, to)| fits(from, to));
    if let Some((from, to)) = fitting {
        word.truncate(word.len() - from.len());
        word.push_str(to);
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        tokens(text).iter().map(|token| token.word.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn spellings_of_one_word_meet() {
        for (one, other) in [
            ("Ti-6Al-4V", "ti6al4v"),
            ("ISO 9001", "ISO9001"),
            ("5-axis", "5 Axes"),
            ("5ax", "five axes"),
            ("centre cinq axes", "centre 5 axes"),
            ("A2LA", "a2la"),
            ("moulds", "mold"),
            ("anodising", "anodized"),
            ("pièces usinées", "piece usine"),
            ("métaux", "metal"),
            ("l'outillage", "outillage"),
            ("presses", "presse"),
            ("soudeurs", "soudeur"),
            ("centre d’usinage", "centre usinage"),
            ("horizontales", "horizontal"),
            ("aluminum fibres", "aluminium fiber"),
            ("inspectrices", "inspecteur"),
        ] {
            assert_eq!(words(one), words(other), "{one} and {other}");
        }
    }

    #[test]
    fn different_trades_stay_apart() {
        for (one, other) in [
            ("mill", "milling"),
            ("welder", "welding"),
            ("soudeur", "soudeuse"),
            ("tap", "tape"),
            ("scrap", "scrape"),
            ("A2", "a 2"),
            ("à distance", "distance"),
            ("hardened", "hardening"),
            ("plane", "plan"),
        ] {
            assert_ne!(words(one), words(other), "{one} and {other}");
        }
    }

    #[test]
    fn places_point_into_the_text() {
        let text = "Tôle d'acier: 44W, 6 mm.";
        let found: Vec<_> = tokens(text).iter().map(|token| &text[token.from..token.to]).collect();
        assert_eq!(found, ["Tôle", "acier", "44W", "6", "mm"]);
    }
}
