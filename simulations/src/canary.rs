//! Planted strings, and the search for them.
//!
//! Every firm of a story carries strings that nobody else has: legal name, street, mail, telephone, contact person, people,
//! private titles and notes, its firm id. Found where they must not be, they prove a leak, whatever the code believes about
//! itself. The search looks at bytes, so it does not matter whether they stand in a journal, in a page or on the wire.
//!
//! ```text
//!   Told::Revealed   leaves at the reveal, to the counterpart alone (the legal name and id are known to the own sponsor)
//!   Told::Never      never leaves: people, titles, notes
//! ```

use crate::story::Story;
use protocol::id::FirmId;
use serde::Serialize;
use std::collections::BTreeMap;

/// The shortest planted string, in bytes: shorter ones turn up by chance.
pub const BYTES_MIN: usize = 8;

/// To whom a planted string may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Told {
    /// The legal name and the firm id: to the sponsor at admission, to a counterpart at the reveal.
    Membership,
    /// Street, mail, telephone, contact person: to a counterpart at the reveal.
    Revealed,
    /// To nobody.
    Never,
}

/// One planted string.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Canary {
    /// The firm's id in its story.
    pub owner: String,
    /// To whom it may be told.
    pub told: Told,
    /// The string, or the hexadecimal form of its bytes.
    pub text: String,
}

/// All planted strings of a story.
#[derive(Clone, Debug, Default)]
pub struct Canaries {
    by_start: BTreeMap<[u8; BYTES_MIN], Vec<(Vec<u8>, usize)>>,
    /// Which pairs of first bytes begin a planted string at all; most positions are turned away here.
    begins: Vec<bool>,
    all: Vec<Canary>,
}

impl Canaries {
    /// The planted strings of a story's texts. Firm ids exist once the firms are founded: see [`Canaries::plant_id`].
    pub fn of(story: &Story) -> Canaries {
        let mut canaries = Canaries { begins: vec![false; 1 << 16], ..Canaries::default() };
        for firm in &story.firms {
            canaries.plant(&firm.id, Told::Membership, firm.legal_name.as_str());
            firm.revealed().into_iter().for_each(|text| canaries.plant(&firm.id, Told::Revealed, text));
            firm.never_told().for_each(|text| canaries.plant(&firm.id, Told::Never, text));
        }
        canaries
    }

    /// Plants a text.
    pub fn plant(&mut self, owner: &str, told: Told, text: &str) {
        self.plant_bytes(owner, told, text.as_bytes(), text.to_owned());
    }

    /// Plants a firm's id, as bytes and as text.
    pub fn plant_id(&mut self, owner: &str, id: FirmId) {
        self.plant(owner, Told::Membership, &id.to_string());
        self.plant_bytes(owner, Told::Membership, id.as_bytes(), id.to_string());
    }

    /// The planted strings in a haystack, each once.
    pub fn in_bytes(&self, haystack: &[u8]) -> Vec<&Canary> {
        let mut found: Vec<usize> = Vec::new();
        for (position, start) in haystack.windows(BYTES_MIN).enumerate() {
            if !self.begins[pair(start)] {
                continue;
            }
            let Some(planted) = start.try_into().ok().and_then(|start: &[u8; BYTES_MIN]| self.by_start.get(start))
            else {
                continue;
            };
            let here = planted.iter().filter(|(bytes, _)| haystack[position..].starts_with(bytes));
            found.extend(here.map(|(_, index)| *index));
        }
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|index| &self.all[index]).collect()
    }

    fn plant_bytes(&mut self, owner: &str, told: Told, bytes: &[u8], text: String) {
        let Some(start) = bytes.first_chunk::<BYTES_MIN>() else { return };
        self.begins[pair(start)] = true;
        self.by_start.entry(*start).or_default().push((bytes.to_vec(), self.all.len()));
        self.all.push(Canary { owner: owner.to_owned(), told, text });
    }
}

fn pair(start: &[u8]) -> usize {
    usize::from(start[0]) << 8 | usize::from(start[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_planted_string_is_found_anywhere_and_nothing_else_is() {
        let story = Story::named("idle-shift").unwrap();
        let mut canaries = Canaries::of(&story);
        canaries.plant_id("supplier", FirmId([7; 32]));
        let supplier = story.firm("supplier").unwrap();
        let text = format!("..{}..{}", supplier.street, supplier.people[0].name);
        let found = canaries.in_bytes(text.as_bytes());
        assert_eq!(found.iter().map(|one| one.told).collect::<Vec<_>>(), [Told::Revealed, Told::Never]);
        assert!(found.iter().all(|one| one.owner == "supplier"));
        assert_eq!(canaries.in_bytes(&[7; 40]).len(), 1);
        assert!(canaries.in_bytes(&text.as_bytes()[4..20]).is_empty());
        assert!(canaries.in_bytes(b"short").is_empty());
    }
}
