//! Shapes that mean the same whoever writes them: mails, links, telephones, part and order numbers.
//!
//! A part number has no shape of its own: standards, alloys, tempers, tool holders and sizes look like one. So a number counts
//! when a word before it says so, or when it is long and begins like none of them.

use super::Telling;
use alloc::{string::String, vec::Vec};

type Found = (usize, usize, Telling);

/// Everything with such a shape.
pub(super) fn all(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for chunk in chunks(text) {
        found.extend(mail(chunk).or_else(|| link(chunk)).or_else(|| number(chunk)));
    }
    found.extend(spelled_mails(text));
    found.extend(phones(text));
    found.extend(named_numbers(text));
    found
}

/// A stretch without white space, and where it begins. Brackets and what ends a sentence are cut off.
#[derive(Clone, Copy)]
struct Chunk<'a> {
    text: &'a str,
    start: usize,
}

impl Chunk<'_> {
    fn found(self, kind: Telling) -> Option<Found> {
        Some((self.start, self.start + self.text.len(), kind))
    }
}

fn chunks(text: &str) -> impl Iterator<Item = Chunk<'_>> {
    let edge = |c: char| !c.is_alphanumeric();
    text.split_whitespace().filter_map(move |piece| {
        let trimmed = piece.trim_matches(edge);
        let start = trimmed.as_ptr() as usize - text.as_ptr() as usize;
        (!trimmed.is_empty()).then_some(Chunk { text: trimmed, start })
    })
}

fn mail(chunk: Chunk<'_>) -> Option<Found> {
    let (before, after) = chunk.text.split_once('@')?;
    let domain = after.split_once('.').is_some_and(|(name, end)| !name.is_empty() && !end.is_empty());
    if !before.is_empty() && domain { chunk.found(Telling::Mail) } else { None }
}

/// "sales (at) example.com", "ventes [arobase] exemple.ca".
fn spelled_mails(text: &str) -> impl Iterator<Item = Found> + '_ {
    let signs = ["(at)", "[at]", "(arobase)", "[arobase]"];
    let lower = text.to_ascii_lowercase();
    signs.into_iter().filter_map(move |sign| {
        let at = lower.find(sign)?;
        let end = at + sign.len();
        let before = text.get(..at)?.trim_end().rfind(char::is_whitespace).map_or(0, |space| space + 1);
        let rest = text.get(end..)?;
        let gap = rest.len() - rest.trim_start().len();
        let after = rest.trim_start().find(char::is_whitespace).unwrap_or(rest.trim_start().len());
        (after > 0).then_some((before, end + gap + after, Telling::Mail))
    })
}

const ENDS: [&str; 16] =
    ["com", "ca", "org", "net", "io", "qc", "biz", "info", "eu", "fr", "us", "co", "dev", "app", "shop", "example"];

fn link(chunk: Chunk<'_>) -> Option<Found> {
    let lower = chunk.text.to_ascii_lowercase();
    let host = lower.split_once("://").map_or(lower.as_str(), |(_, rest)| rest).split('/').next().unwrap_or_default();
    let (name, end) = host.rsplit_once('.').unwrap_or((host, ""));
    let is_named = name.chars().any(char::is_alphabetic) && ENDS.contains(&end);
    if lower.contains("://") || lower.starts_with("www.") || is_named { chunk.found(Telling::Link) } else { None }
}

/// Runs of digits and what stands between the groups of a telephone number.
fn phones(text: &str) -> Vec<Found> {
    let belongs =
        |c: char| c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '(' | ')' | '.' | '-' | '+');
    let mut found = Vec::new();
    let mut at = 0;
    for run in text.split_inclusive(|c| !belongs(c)) {
        let body = run.trim_end_matches(|c| !belongs(c));
        let begins = body.find(|c: char| c.is_ascii_digit() || c == '+' || c == '(').unwrap_or(body.len());
        let number = body.get(begins..).unwrap_or_default();
        let number = number.trim_end_matches(|c: char| !c.is_ascii_digit());
        if is_phone(number) {
            found.push((at + begins, at + begins + number.len(), Telling::Phone));
        }
        at += run.len();
    }
    found
}

fn is_phone(number: &str) -> bool {
    let groups: Vec<usize> =
        number.split(|c: char| !c.is_ascii_digit()).map(str::len).filter(|length| *length > 0).collect();
    let digits: usize = groups.iter().sum();
    let joined = number.contains(['-', '.']);
    match groups.as_slice() {
        _ if number.starts_with('+') => (8..=15).contains(&digits),
        [3, 3, 4] | [10] | [3, 7] => true,
        [1, 3, 3, 4] | [11] | [1, 10] => number.starts_with('1'),
        [3, 4] => joined,
        [2, 2, 2, 2, 2] => true,
        _ => false,
    }
}

/// Words that announce a number, in lower case, and what it then is.
const ANNOUNCED: [(&str, Telling); 24] = [
    ("p/n", Telling::PartNumber),
    ("pn", Telling::PartNumber),
    ("part no", Telling::PartNumber),
    ("part number", Telling::PartNumber),
    ("drawing", Telling::PartNumber),
    ("drawing no", Telling::PartNumber),
    ("dwg", Telling::PartNumber),
    ("no de pièce", Telling::PartNumber),
    ("numéro de pièce", Telling::PartNumber),
    ("pièce no", Telling::PartNumber),
    ("dessin", Telling::PartNumber),
    ("dessin no", Telling::PartNumber),
    ("plan no", Telling::PartNumber),
    ("réf", Telling::PartNumber),
    ("p.o", Telling::OrderNumber),
    ("po", Telling::OrderNumber),
    ("purchase order", Telling::OrderNumber),
    ("work order", Telling::OrderNumber),
    ("order no", Telling::OrderNumber),
    ("job no", Telling::OrderNumber),
    ("bon de commande", Telling::OrderNumber),
    ("commande no", Telling::OrderNumber),
    ("b.c", Telling::OrderNumber),
    ("#", Telling::PartNumber),
];

/// "PO 12345", "P/N: A-1002", "bon de commande n° 4471".
fn named_numbers(text: &str) -> impl Iterator<Item = Found> + '_ {
    chunks(text).filter_map(move |chunk| {
        let digits = chunk.text.chars().filter(char::is_ascii_digit).count();
        let lettered = chunk.text.chars().any(|c| c.is_ascii_alphabetic());
        let coded = chunk.text.chars().all(|c| c.is_ascii_alphanumeric() || "-/._#".contains(c));
        if !coded || digits < if lettered { 3 } else { 4 } {
            return None;
        }
        let said = text.get(..chunk.start)?.trim_end_matches([' ', ':', '.', '\u{a0}']);
        // The French inch is written "po" too, but never in capitals.
        let inches = said.ends_with("po");
        let lower = said.to_lowercase().replace("n°", "no").replace("nº", "no");
        let before = lower.trim_end_matches([' ', ':', '.']);
        let bare = before.strip_suffix(" no").unwrap_or(before);
        let counted = before.trim_end_matches(['#', ' ', ':', '.']);
        let announces = |word: &str| {
            let rest = [before, bare, counted].into_iter().find_map(|before| before.strip_suffix(word));
            rest.is_some_and(|rest| word == "#" || !rest.chars().next_back().is_some_and(char::is_alphanumeric))
        };
        let (_, kind) = ANNOUNCED.iter().find(|(word, _)| announces(word)).filter(|_| !inches)?;
        chunk.found(*kind)
    })
}

/// Beginnings of standards, alloys, steels, tool holders, threads, protection classes and machines' axes.
const KNOWN: [&str; 44] = [
    "iso",
    "iec",
    "iatf",
    "as",
    "en",
    "din",
    "ansi",
    "asme",
    "astm",
    "ams",
    "csa",
    "cwb",
    "aws",
    "sae",
    "aisi",
    "uns",
    "api",
    "mil",
    "hsk",
    "cat",
    "bt",
    "sk",
    "er",
    "capto",
    "ti",
    "al",
    "cu",
    "inconel",
    "hastelloy",
    "monel",
    "ss",
    "ip",
    "nema",
    "hrc",
    "hb",
    "hv",
    "ra",
    "rz",
    "iso/iec",
    "nas",
    "nadcap",
    "ul",
    "w",
    "gost",
];

/// A number that nobody announced, and that begins like no known thing.
fn number(chunk: Chunk<'_>) -> Option<Found> {
    let text = chunk.text;
    let coded = text.chars().all(|c| c.is_ascii_alphanumeric() || "-_/.#".contains(c));
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters: String = text.chars().take_while(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase();
    let begins_known = KNOWN.contains(&letters.as_str()) || steel(text) || temper(text) || measure(text);
    let lettered = text.chars().any(|c| c.is_ascii_alphabetic());
    let parted = text.contains(['-', '_', '/']) && digits >= 4;
    let long = digits >= 5 && !letters.is_empty();
    if coded && lettered && (parted || long) && !begins_known { chunk.found(Telling::PartNumber) } else { None }
}

/// EN names of steels: X5CrNi18-10, S355J2, 42CrMo4, C45-1.
fn steel(text: &str) -> bool {
    let after =
        |letter: char| text.strip_prefix(letter).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let elements = ["Cr", "Ni", "Mo", "Mn", "Si", "Al"].iter().any(|element| text.contains(element));
    (after('X') && elements)
        || (after('S') && text.len() <= 9)
        || (text.starts_with(|c: char| c.is_ascii_digit()) && elements)
}

/// Aluminium with its temper: 6061-T6, 7075-T7351, 5083-H111, "7075/6061-T6".
fn temper(text: &str) -> bool {
    text.rsplit_once('-').is_some_and(|(alloy, temper)| {
        let alloys = alloy.split('/').all(|one| one.len() == 4 && one.chars().all(|c| c.is_ascii_digit()));
        alloys && temper.starts_with(['T', 'H', 'O', 'F']) && temper.chars().skip(1).all(|c| c.is_ascii_digit())
    })
}

/// A number with what it counts: 14000-rpm, 1000-hour, 2500kg, 12000/min.
fn measure(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let unit = rest.trim_start_matches(['-', '/']);
    rest.len() < text.len() && !unit.is_empty() && unit.chars().all(|c| c.is_ascii_alphabetic())
}
