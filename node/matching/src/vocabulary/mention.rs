//! Which concepts a text names, where, and in what frame.
//!
//! The longest form wins, from the left; no name spans a comma or a sentence. A form that several concepts share is decided
//! by a word beside it (their `@` cues), else by the company it keeps (the other concepts of the sentence), else by the usual
//! reading; when none of these speaks, every reading is handed on as doubtful. A *frame* is a concept that changes what its
//! sentence is about: in "five-axis course, evenings" five-axis milling is taught, not offered; in "for sale: trunnion mill"
//! the mill is sold. Negation is the reader's business, who knows what was asked.
use super::{Concept, Form, Kind, Language, Relation, Vocabulary, fold};
use alloc::{collections::BTreeSet, vec::Vec};
use fold::{Gap, Token};

/// A concept named in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mention {
    /// What is named.
    pub concept: Concept,
    /// Its first byte in the text.
    pub from: usize,
    /// The byte after its last.
    pub to: usize,
    /// The nearest frame of the same sentence, or a sort of one (a lathe course is training); a frame itself has none.
    pub frame: Option<Concept>,
    /// False when the words name several concepts and nothing told which; each is then a mention of its own.
    pub sure: bool,
}

/// A form found in the text, with every reading of it.
struct Found<'a> {
    readings: Vec<&'a Form>,
    from: usize,
    to: usize,
    sentence: usize,
}

impl Vocabulary {
    /// The concepts that a text names, in the order of the text. `language` is the author's, if known; else it is guessed.
    #[must_use]
    pub fn mentions(&self, text: &str, language: Option<Language>) -> Vec<Mention> {
        let tokens = fold::tokens(text);
        let language = language.or_else(|| guessed(text));
        let found = self.found(text, &tokens, language);
        let mut mentions = Vec::new();
        let plain: Vec<Option<Concept>> = found.iter().map(plain).collect();
        for (form, only) in found.iter().zip(&plain) {
            let chosen = match only {
                Some(concept) => Vec::from([*concept]),
                None => self.chosen(form, &company(&found, &plain, form), &tokens),
            };
            let sure = chosen.len() == 1;
            for concept in chosen {
                mentions.push((Mention { concept, from: form.from, to: form.to, frame: None, sure }, form.sentence));
            }
        }
        self.framed(mentions)
    }

    fn found<'a>(&'a self, text: &str, tokens: &[Token], language: Option<Language>) -> Vec<Found<'a>> {
        let numbers: Vec<u16> =
            tokens.iter().map(|token| self.words.get(&token.word).copied().unwrap_or(u16::MAX)).collect();
        let mut found = Vec::new();
        let mut sentence = 0;
        let mut at = 0;
        while let Some(first) = tokens.get(at) {
            sentence += usize::from(first.gap == Gap::Sentence);
            let together = 1 + tokens.iter().skip(at + 1).take_while(|token| token.gap == Gap::Joined).count();
            let hit = (1..=together.min(self.longest)).rev().find_map(|length| {
                let forms = self.forms.get(numbers.get(at..at + length)?)?;
                let readings = spoken(forms, language);
                let last = tokens.get(at + length - 1)?;
                let number = length == 1 && first.word.chars().all(|letter| letter.is_ascii_digit());
                let counted = number && counts(text, tokens, at);
                (!readings.is_empty() && !counted).then_some((length, readings, last.to))
            });
            match hit {
                Some((length, readings, to)) => {
                    found.push(Found { readings, from: first.from, to, sentence });
                    at += length;
                }
                None => at += 1,
            }
        }
        found
    }

    /// The readings of a form that its neighbours leave.
    fn chosen(&self, form: &Found<'_>, company: &[Concept], tokens: &[Token]) -> Vec<Concept> {
        let candidates = concepts(&form.readings);
        let weight = |concept: Concept| {
            let cues = self.entry(concept).map(|entry| entry.cues.as_slice()).unwrap_or_default();
            let cued = tokens
                .iter()
                .any(|token| (token.to <= form.from || token.from >= form.to) && cues.contains(&token.word));
            let kept = company.iter().any(|other| {
                let relation = self.relation(concept, *other);
                !matches!(relation, Relation::Unrelated | Relation::Not)
            });
            2 * u8::from(cued) + u8::from(kept)
        };
        let best = candidates.iter().map(|concept| weight(*concept)).max().unwrap_or(0);
        let left: BTreeSet<_> = candidates.iter().copied().filter(|concept| weight(*concept) == best).collect();
        let usual = form.readings.iter().find(|form| form.usual && left.contains(&form.concept));
        match usual {
            Some(usual) => Vec::from([usual.concept]),
            None => left.into_iter().collect(),
        }
    }

    /// Whether a concept is a frame, or a sort of one, as a lathe course is training.
    fn frames(&self, concept: Concept) -> bool {
        self.up(concept).any(|(up, _)| self.kind(up) == Kind::Frame)
    }

    /// Gives every mention the nearest frame of its sentence.
    fn framed(&self, mentions: Vec<(Mention, usize)>) -> Vec<Mention> {
        let frames: Vec<(Mention, usize)> =
            mentions.iter().filter(|(mention, _)| self.frames(mention.concept)).copied().collect();
        mentions
            .into_iter()
            .map(|(mut mention, sentence)| {
                if !self.frames(mention.concept) {
                    let near = frames.iter().filter(|(_, other)| *other == sentence);
                    let nearest = near.min_by_key(|(frame, _)| {
                        mention.from.saturating_sub(frame.to).max(frame.from.saturating_sub(mention.to))
                    });
                    mention.frame = nearest.map(|(frame, _)| frame.concept);
                }
                mention
            })
            .collect()
    }
}

impl Form {
    /// Whether the form is a word of a text in this language; an unknown language speaks only words without a mark.
    fn speaks(&self, language: Option<Language>) -> bool {
        !self.only || language == Some(self.language)
    }
}

/// The readings of a form in a text of this language: its own if it has any (`assembler` is a person in English and an act in
/// French), else all.
fn spoken(forms: &[Form], language: Option<Language>) -> Vec<&Form> {
    let own = |form: &&Form| Some(form.language) == language;
    let any = forms.iter().any(|form| own(&form));
    forms.iter().filter(|form| form.speaks(language) && (!any || own(form))).collect()
}

/// The most concepts of a sentence that an ambiguous form is weighed against; people name fewer.
const COMPANY_MAX: usize = 32;

/// The other concepts of the sentence that a form stands in. `plain` has the concept of each form that has only one.
fn company(found: &[Found<'_>], plain: &[Option<Concept>], form: &Found<'_>) -> Vec<Concept> {
    let mut company = Vec::new();
    let others =
        found.iter().zip(plain).filter(|(other, _)| other.sentence == form.sentence && other.from != form.from);
    for concept in others.filter_map(|(_, concept)| *concept) {
        if company.len() < COMPANY_MAX && !company.contains(&concept) {
            company.push(concept);
        }
    }
    company
}

/// The concept of a form that names only one.
fn plain(form: &Found<'_>) -> Option<Concept> {
    let (first, others) = form.readings.split_first()?;
    others.iter().all(|other| other.concept == first.concept).then_some(first.concept)
}

fn concepts(readings: &[&Form]) -> BTreeSet<Concept> {
    readings.iter().map(|form| form.concept).collect()
}

/// What follows a number that counts or measures, folded; a bare number before one is no grade of steel.
const UNITS: [&str; 34] = [
    "mm", "cm", "m", "inch", "po", "pouce", "ft", "pi", "foot", "pc", "pcs", "piece", "part", "unit", "unite", "off",
    "ea", "h", "hr", "hrs", "hour", "heure", "min", "minute", "kg", "lb", "lbs", "ton", "kn", "km", "rpm", "psi",
    "sqft", "place",
];

/// Whether the number at this place counts, measures or is a sum of money.
fn counts(text: &str, tokens: &[Token], at: usize) -> bool {
    let joined = |token: &&Token| token.gap == Gap::Joined;
    let after = tokens.get(at + 1).filter(joined).is_some_and(|next| UNITS.contains(&next.word.as_str()));
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let number = |token: &Token| token.word.chars().all(|letter| letter.is_ascii_digit());
    // "3,625" and "1.718" are one number; "7075/6061" are two grades.
    let point = |before: &Token| matches!(text.as_bytes().get(before.to), Some(b'.' | b','));
    let touching = before.is_some_and(|before| {
        number(before) && point(before) && tokens.get(at).is_some_and(|own| own.from == before.to + 1)
    });
    after || touching
}

/// Small words that only one of the languages uses, and their votes.
fn guessed(text: &str) -> Option<Language> {
    const ENGLISH: [&str; 16] = [
        "the", "of", "and", "for", "with", "we", "our", "to", "need", "is", "are", "in", "on", "or", "from", "looking",
    ];
    const FRENCH: [&str; 20] = [
        "le", "la", "les", "de", "des", "du", "et", "pour", "avec", "nous", "notre", "nos", "un", "une", "est", "sur",
        "ou", "dans", "cherche", "en",
    ];
    let mut balance = 0i32;
    for word in text.split(|letter: char| !letter.is_alphanumeric()) {
        let is = |one: &str| one.eq_ignore_ascii_case(word);
        balance += i32::from(ENGLISH.iter().any(|one| is(one))) - i32::from(FRENCH.iter().any(|one| is(one)));
    }
    let accents = text.chars().filter(|letter| "éèêàçôîùœÉÈÀÇ".contains(*letter)).count();
    balance -= i32::try_from(accents.min(1_000)).unwrap_or(0);
    match balance {
        0 => None,
        1.. => Some(Language::English),
        _ => Some(Language::French),
    }
}
