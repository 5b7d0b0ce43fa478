//! Sets of small numbers as bits of some words; loops over words, which the compiler turns into the widest instructions it may
//! use.

/// A set of numbers below 64 times `WORDS`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Bits<const WORDS: usize>([u64; WORDS]);

impl<const WORDS: usize> Bits<WORDS> {
    pub(super) const NONE: Self = Bits([0; WORDS]);
    pub(super) const ALL: Self = Bits([u64::MAX; WORDS]);

    pub(super) fn from_words(words: [u64; WORDS]) -> Self {
        Bits(words)
    }

    /// All of the first so many words.
    pub(super) fn first_words(words: usize) -> Self {
        let mut bits = Self::NONE;
        bits.0.iter_mut().take(words).for_each(|word| *word = u64::MAX);
        bits
    }

    pub(super) fn words(self) -> [u64; WORDS] {
        self.0
    }

    pub(super) fn and(self, other: Self) -> Self {
        self.zip(other, |one, two| one & two)
    }

    pub(super) fn or(self, other: Self) -> Self {
        self.zip(other, |one, two| one | two)
    }

    pub(super) fn without(self, other: Self) -> Self {
        self.zip(other, |one, two| one & !two)
    }

    fn zip(mut self, other: Self, join: impl Fn(u64, u64) -> u64) -> Self {
        for (one, two) in self.0.iter_mut().zip(other.0) {
            *one = join(*one, two);
        }
        self
    }

    pub(super) fn any(self) -> bool {
        self.0.iter().fold(0, |all, word| all | word) != 0
    }

    pub(super) fn has(self, number: usize) -> bool {
        self.0.get(number / 64).is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    pub(super) fn set(&mut self, number: usize, on: bool) {
        if let Some(word) = self.0.get_mut(number / 64) {
            let bit = 1 << (number % 64);
            *word = if on { *word | bit } else { *word & !bit };
        }
    }

    pub(super) fn count(self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    pub(super) fn first(self) -> Option<usize> {
        self.numbers().next()
    }

    /// The numbers in order.
    pub(super) fn numbers(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().enumerate().flat_map(|(at, mut rest)| {
            core::iter::from_fn(move || {
                let bit = usize::try_from(rest.trailing_zeros()).unwrap_or(64);
                (rest != 0).then(|| {
                    rest &= rest - 1;
                    at * 64 + bit
                })
            })
        })
    }
}
