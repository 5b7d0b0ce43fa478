//! Reads a short text as a stranger would, and finds in it what says who wrote it.
//!
//! Decides what a text may not say before names are exchanged, and what a person is warned of. Refuses nothing by itself:
//! whoever takes a text in asks [`lint`]. Works on the words of the firm itself, a list of place names and a few shapes; it
//! understands nothing, and a firm can be recognised by what no list holds.
//!
//! ```text
//!   fold      words without case and accents, with their places in the text
//!   shapes    mails, links, telephones, part and order numbers
//!   places    towns and cities
//! ```
//!
//! - `LNT-1` The firm's own legal name, its people's full names, its street, words that it never says, mails, links and
//!   telephone numbers are refused: no reason to publish them outweighs what they give away.
//! - `LNT-2` Parts of these names, places, part numbers and order numbers are shown to whoever decides, and are under the
//!   signature: they may be somebody else's, and harmless.
//! - `LNT-3` Case, accents and whatever stands between words make no difference.
//!
//! An insider who wants to be recognised will be: by an agreed phrase, a spelling. This is for those who forget.

mod fold;
mod places;
mod shapes;
#[cfg(test)]
mod tests;

use alloc::{string::String, vec::Vec};
use fold::{Word, find, words};
use serde::{Deserialize, Serialize};

/// What gives the firm away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Telling {
    /// The firm's legal name.
    OwnName,
    /// Somebody of the firm, by full name.
    Person,
    /// The firm's street.
    Street,
    /// A word that the firm never says.
    NeverSaid,
    /// A mail address.
    Mail,
    /// A web address.
    Link,
    /// A telephone number.
    Phone,
    /// A word of the firm's name, or somebody's family name.
    NamePart,
    /// A town or city.
    Place,
    /// A part or drawing number.
    PartNumber,
    /// An order or job number.
    OrderNumber,
}

impl Telling {
    /// Everything that is looked for.
    pub const ALL: [Telling; 11] = [
        Telling::OwnName,
        Telling::Person,
        Telling::Street,
        Telling::NeverSaid,
        Telling::Mail,
        Telling::Link,
        Telling::Phone,
        Telling::NamePart,
        Telling::Place,
        Telling::PartNumber,
        Telling::OrderNumber,
    ];

    /// Whether it is refused (`LNT-1`), rather than shown to whoever decides (`LNT-2`).
    pub fn is_refused(self) -> bool {
        self <= Telling::Phone
    }

    /// What to write instead.
    pub fn instead(self) -> &'static str {
        match self {
            Telling::OwnName | Telling::NamePart => "say what the firm does, not what it is called",
            Telling::Person => "name the skill or the role, not the person",
            Telling::Street | Telling::Place => "leave the place to the area that the notice names anyway",
            Telling::NeverSaid => "take the word out; the firm's policy says that it is never told",
            Telling::Mail | Telling::Link | Telling::Phone => "take it out; it is told when names are exchanged",
            Telling::PartNumber => "describe the part by shape, size and material",
            Telling::OrderNumber => "take it out; it belongs to somebody's books",
        }
    }

    /// The text of its code.
    pub fn name(self) -> &'static str {
        match self {
            Telling::OwnName => "own-name",
            Telling::Person => "person",
            Telling::Street => "street",
            Telling::NeverSaid => "never-said",
            Telling::Mail => "mail",
            Telling::Link => "link",
            Telling::Phone => "phone",
            Telling::NamePart => "name-part",
            Telling::Place => "place",
            Telling::PartNumber => "part-number",
            Telling::OrderNumber => "order-number",
        }
    }
}

/// Something found in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What it is.
    pub kind: Telling,
    /// The first byte.
    pub start: u32,
    /// The first byte after it.
    pub end: u32,
    /// The words themselves.
    pub words: String,
}

/// What this firm would be known by.
#[derive(Clone, Copy, Debug, Default)]
pub struct OwnWords<'a> {
    /// Its legal name.
    pub legal_name: &'a str,
    /// Its street address; the town after a comma.
    pub street: &'a str,
    /// Its people, and whom to ask for.
    pub people: &'a [&'a str],
    /// Customers and whatever else it never says.
    pub never_said: &'a [&'a str],
}

/// Finds what gives the firm away, in order of place. Of two findings that overlap the graver stays.
pub fn lint(text: &str, own: OwnWords<'_>) -> Vec<Finding> {
    let read = words(text);
    let mut found: Vec<(usize, usize, Telling)> = Vec::new();
    let mut seek = |phrase: &[String], kind| {
        found.extend(find(&read, phrase).map(|(start, end)| (start, end, kind)));
    };
    let name = folded(own.legal_name);
    let core: Vec<String> = name.iter().filter(|word| !FORMS.contains(&word.as_str())).cloned().collect();
    let telling: Vec<String> = core.iter().filter(|word| tells(word)).cloned().collect();
    if !telling.is_empty() || core.len() > 1 {
        seek(&core, Telling::OwnName);
    }
    telling.iter().for_each(|word| seek(core::slice::from_ref(word), Telling::NamePart));
    for person in own.people {
        let names = folded(person.split(',').next().unwrap_or_default());
        let parts: Vec<String> = names.iter().filter(|word| tells(word)).cloned().collect();
        if names.len() > 1 {
            seek(&names, Telling::Person);
        }
        parts.iter().for_each(|word| seek(core::slice::from_ref(word), Telling::NamePart));
    }
    let (street, towns) = own.street.split_once(',').unwrap_or((own.street, ""));
    let road: Vec<String> = folded(street).into_iter().filter(|word| !word.chars().all(char::is_numeric)).collect();
    if road.len() > 1 {
        seek(&road, Telling::Street);
    }
    towns.split(',').map(folded).for_each(|town| seek(&town, Telling::Place));
    own.never_said.iter().for_each(|word| seek(&folded(word), Telling::NeverSaid));
    places::PLACES.iter().for_each(|place| seek(&folded(place), Telling::Place));
    found.extend(shapes::all(text));
    graver_first(text, found)
}

pub(crate) fn folded(text: &str) -> Vec<String> {
    words(text).into_iter().map(|Word { folded, .. }| folded).collect()
}

/// Whether one word of a name points at its owner.
fn tells(word: &str) -> bool {
    word.chars().count() >= 4 && !FORMS.contains(&word) && !COMMON.contains(&word)
}

fn graver_first(text: &str, mut found: Vec<(usize, usize, Telling)>) -> Vec<Finding> {
    found.sort_by_key(|(start, end, kind)| (!kind.is_refused(), core::cmp::Reverse(end - start), *kind, *start));
    let mut kept: Vec<(usize, usize, Telling)> = Vec::new();
    for (start, end, kind) in found {
        if start < end && kept.iter().all(|(from, to, _)| end <= *from || start >= *to) {
            kept.push((start, end, kind));
        }
    }
    kept.sort();
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let finding = |(start, end, kind)| Finding {
        kind,
        start: place(start),
        end: place(end),
        words: text.get(start..end).unwrap_or_default().into(),
    };
    kept.into_iter().map(finding).collect()
}

/// Words that say in which form a firm is founded.
const FORMS: [&str; 24] = [
    "ltd",
    "limited",
    "ltee",
    "limitee",
    "inc",
    "incorporated",
    "incorporee",
    "corp",
    "corporation",
    "co",
    "company",
    "cie",
    "compagnie",
    "llc",
    "llp",
    "lp",
    "ulc",
    "senc",
    "sencrl",
    "enr",
    "sa",
    "sarl",
    "the",
    "les",
];

/// Words of firm names that many firms share, and that a text about work needs.
const COMMON: [&str; 96] = [
    "acier",
    "advanced",
    "advice",
    "aerospace",
    "aluminium",
    "aluminum",
    "assembly",
    "atelier",
    "ateliers",
    "auto",
    "automation",
    "automotive",
    "avance",
    "avancee",
    "board",
    "canada",
    "canadian",
    "cast",
    "casting",
    "center",
    "centre",
    "cnc",
    "college",
    "composites",
    "components",
    "conseil",
    "custom",
    "design",
    "desk",
    "dies",
    "electric",
    "energy",
    "engineering",
    "equipment",
    "fabrication",
    "fabricators",
    "fonderie",
    "forge",
    "foundry",
    "front",
    "genie",
    "group",
    "groupe",
    "hydraulics",
    "industrial",
    "industrie",
    "industriel",
    "industrielle",
    "industries",
    "inspection",
    "integration",
    "interior",
    "laboratoire",
    "laboratory",
    "machine",
    "machines",
    "machining",
    "manufacturing",
    "mecanique",
    "metal",
    "metals",
    "metaux",
    "mill",
    "mold",
    "mould",
    "moulage",
    "office",
    "outillage",
    "parts",
    "pieces",
    "plastics",
    "plating",
    "precision",
    "process",
    "production",
    "products",
    "produits",
    "quality",
    "qualite",
    "reception",
    "robotics",
    "robotique",
    "service",
    "services",
    "shop",
    "solutions",
    "soudage",
    "soudure",
    "steel",
    "systems",
    "technical",
    "technologies",
    "tool",
    "tooling",
    "usinage",
    "works",
];
