//! Groups of four letters: what two texts share that no vocabulary knows.
use crate::read::scan::readable;
use crate::vocabulary::unaccented;
use alloc::vec::Vec;

/// The distinct groups of a text, sorted; each a hash of four letters.
pub(super) fn grams(text: &str) -> Vec<u32> {
    let plain = unaccented(readable(text));
    let mut letters: Vec<char> = Vec::with_capacity(plain.len() + 2);
    letters.push(' ');
    for letter in plain.chars() {
        let letter = if letter.is_alphanumeric() { letter } else { ' ' };
        if letter != ' ' || letters.last() != Some(&' ') {
            letters.push(letter);
        }
    }
    if letters.last() != Some(&' ') {
        letters.push(' ');
    }
    let hash = |hash: u32, letter: &char| (hash ^ u32::from(*letter)).wrapping_mul(0x0100_0193);
    let mut grams: Vec<u32> = letters.windows(4).map(|four| four.iter().fold(0x811c_9dc5, hash)).collect();
    grams.sort_unstable();
    grams.dedup();
    grams
}

/// How much information lies in what `count` of `all` have: the logarithm to base two of their ratio, in 256ths, at least 16.
pub(super) fn rarity(count: usize, all: usize) -> u32 {
    let log = |number: usize| {
        let number = u64::try_from(number).unwrap_or(u64::MAX).saturating_add(1);
        let whole = number.ilog2();
        // Linear between powers of two, which is off by less than a tenth.
        let part = if whole >= 8 { (number >> (whole - 8)) & 0xff } else { (number << (8 - whole)) & 0xff };
        whole * 256 + u32::try_from(part).unwrap_or(0)
    };
    log(all).saturating_sub(log(count)).max(16)
}

/// Groups with what each weighs.
#[derive(Clone, Debug, Default)]
pub(super) struct Letters {
    weighed: Vec<(u32, u32)>,
    /// The root of the sum of squares.
    length: u64,
}

impl Letters {
    /// `weight` says what a group weighs; zero leaves it out.
    pub(super) fn new(grams: &[u32], weight: impl Fn(u32) -> u32) -> Letters {
        let weighed: Vec<(u32, u32)> = grams.iter().map(|gram| (*gram, weight(*gram))).collect();
        let square: u64 = weighed.iter().map(|(_, weight)| u64::from(*weight) * u64::from(*weight)).sum();
        Letters { weighed, length: square.isqrt() }
    }

    /// The cosine of two, in thousandths.
    pub(super) fn likeness(&self, other: &Letters) -> u32 {
        let mut dot = 0u64;
        let (mut mine, mut theirs) = (self.weighed.as_slice(), other.weighed.as_slice());
        while let ([(own, weight), rest @ ..], [(its, its_weight), its_rest @ ..]) = (mine, theirs) {
            match own.cmp(its) {
                core::cmp::Ordering::Less => mine = rest,
                core::cmp::Ordering::Greater => theirs = its_rest,
                core::cmp::Ordering::Equal => {
                    dot += u64::from(*weight) * u64::from(*its_weight);
                    (mine, theirs) = (rest, its_rest);
                }
            }
        }
        let product = (self.length * other.length).max(1);
        u32::try_from(dot.saturating_mul(1_000) / product).unwrap_or(1_000).min(1_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_like_themselves_and_unlike_others() {
        let letters = |text: &str| Letters::new(&grams(text), |_| 256);
        let own = letters("Usinage 5 axes, titane");
        assert!(own.likeness(&own) >= 995);
        assert!(own.likeness(&letters("usinage cinq axes de titane")) > 300);
        assert_eq!(own.likeness(&letters("warehouse bay")), 0);
        assert_eq!(own.likeness(&letters("")), 0);
    }

    #[test]
    fn what_few_have_weighs_more() {
        let weights: Vec<u32> = [1, 3, 10, 100, 400].map(|count| rarity(count, 400)).to_vec();
        assert!(weights.is_sorted_by(|one, other| one > other), "{weights:?}");
        assert_eq!(rarity(400, 400), 16);
    }
}
