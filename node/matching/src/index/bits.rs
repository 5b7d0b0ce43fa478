//! Sets of small numbers as bits of some words; loops over words, which the compiler turns into the widest instructions it may
//! use.

/// A set of numbers below 64 times `WORDS`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Bits<const WORDS: usize>(pub(super) [u64; WORDS]);

impl<const WORDS: usize> Bits<WORDS> {
    pub(super) const NONE: Self = Bits([0; WORDS]);
    pub(super) const ALL: Self = Bits([u64::MAX; WORDS]);

    /// Keeps what is in both.
    pub(super) fn keep(&mut self, other: &[u64; WORDS]) {
        self.0.iter_mut().zip(other).for_each(|(own, other)| *own &= other);
    }

    /// Adds what is in the other.
    pub(super) fn add(&mut self, other: &[u64; WORDS]) {
        self.0.iter_mut().zip(other).for_each(|(own, other)| *own |= other);
    }

    /// Drops what is in the other.
    pub(super) fn drop(&mut self, other: &[u64; WORDS]) {
        self.0.iter_mut().zip(other).for_each(|(own, other)| *own &= !other);
    }

    /// Adds what is in both of two others.
    pub(super) fn add_both(&mut self, one: &[u64; WORDS], other: &[u64; WORDS]) {
        self.0.iter_mut().zip(one).zip(other).for_each(|((own, one), other)| *own |= one & other);
    }

    /// Adds what is in the first and not in the second.
    pub(super) fn add_without(&mut self, one: &[u64; WORDS], other: &[u64; WORDS]) {
        self.0.iter_mut().zip(one).zip(other).for_each(|((own, one), other)| *own |= one & !other);
    }

    pub(super) fn any(&self) -> bool {
        self.0.iter().fold(0, |all, word| all | word) != 0
    }

    pub(super) fn set(&mut self, number: usize, on: bool) {
        set(&mut self.0, number, on);
    }

    /// The numbers in order.
    pub(super) fn numbers(&self) -> impl Iterator<Item = usize> {
        numbers(&self.0)
    }
}

pub(super) fn set(words: &mut [u64], number: usize, on: bool) {
    if let Some(word) = words.get_mut(number / 64) {
        let bit = 1 << (number % 64);
        *word = if on { *word | bit } else { *word & !bit };
    }
}

/// The numbers in a set, in order.
pub(super) fn numbers(words: &[u64]) -> impl Iterator<Item = usize> {
    words.iter().enumerate().flat_map(|(at, word)| {
        let mut rest = *word;
        core::iter::from_fn(move || {
            let bit = usize::try_from(rest.trailing_zeros()).unwrap_or(64);
            (rest != 0).then(|| {
                rest &= rest - 1;
                at * 64 + bit
            })
        })
    })
}
