//! Callsigns: how people tell unnamed parties apart.
//!
//! Two words of the spelling alphabet that English and French speakers share, and four digits, from the hash of a pseudonym:
//! about 6.8 million. Not unique and not secret; nothing is ever decided by one.

use crate::id::{Hash, HolderKey};
use alloc::{format, string::String};

const WORDS: [&str; 26] = [
    "Alfa", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India", "Juliett", "Kilo", "Lima",
    "Mike", "November", "Oscar", "Papa", "Quebec", "Romeo", "Sierra", "Tango", "Uniform", "Victor", "Whiskey", "X-ray",
    "Yankee", "Zulu",
];

/// The callsign of a pseudonym.
pub fn callsign(pseudonym: &HolderKey) -> String {
    let hash = Hash::of("cosolvent/callsign/1", pseudonym).0;
    let number = hash.first_chunk::<8>().map_or(0, |bytes| u64::from_be_bytes(*bytes));
    let word = |n: u64| WORDS.get(usize::try_from(n % 26).unwrap_or(0)).copied().unwrap_or("Alfa");
    format!("{} {} {:04}", word(number), word(number / 26), number / 676 % 10_000)
}
