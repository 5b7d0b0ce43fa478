//! Plaintexts of few lengths, so that a ciphertext's length says only its size class.
//!
//! Decides how a payload fills its size class; refuses a payload that no class holds, a length that is no class, a length
//! prefix that points outside and a fill that is not all zero. Rule: `DLG-15`.
//!
//! ```text
//!   ┌──────────────┬───────────┬─────────────────┐
//!   │ length, 2 B  │ payload   │ zeros           │   = one of the sizes
//!   └──────────────┴───────────┴─────────────────┘
//! ```
//!
//! An attacker who can seal (the counterpart) might hide words in the fill; there is no room for them.

use super::Refused;
use alloc::{vec, vec::Vec};

/// What stands before the payload: its length in bytes, big-endian.
pub const LENGTH_PREFIX_BYTES: usize = 2;

/// Fills `payload` up to the smallest of `sizes` (padded lengths in bytes, in any order) that holds it.
///
/// Errors: [`Refused::TooLong`], with the longest payload that fits.
pub fn pad(payload: &[u8], sizes: &[usize]) -> Result<Vec<u8>, Refused> {
    let needed = payload.len().saturating_add(LENGTH_PREFIX_BYTES);
    let size = sizes.iter().copied().filter(|size| *size >= needed).min();
    let (Some(size), Ok(length)) = (size, u16::try_from(payload.len())) else {
        let largest = sizes.iter().copied().max().unwrap_or(0).saturating_sub(LENGTH_PREFIX_BYTES);
        return Err(Refused::TooLong { found: payload.len(), limit: largest.min(usize::from(u16::MAX)) });
    };
    let mut padded = vec![0; size];
    length.to_be_bytes().iter().chain(payload).zip(&mut padded).for_each(|(from, to)| *to = *from);
    Ok(padded)
}

/// The payload inside `padded`, whose length must be one of `sizes`.
///
/// Errors: [`Refused::SizeClass`], [`Refused::Padding`].
pub fn unpad<'a>(padded: &'a [u8], sizes: &[usize]) -> Result<&'a [u8], Refused> {
    if !sizes.contains(&padded.len()) {
        return Err(Refused::SizeClass(padded.len()));
    }
    let (prefix, rest) = padded.split_first_chunk::<LENGTH_PREFIX_BYTES>().ok_or(Refused::Padding)?;
    let length = usize::from(u16::from_be_bytes(*prefix));
    let (payload, fill) = rest.split_at_checked(length).ok_or(Refused::Padding)?;
    if fill.iter().all(|byte| *byte == 0) { Ok(payload) } else { Err(Refused::Padding) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SIZES: [usize; 3] = [32, 8, 16];

    #[test]
    fn a_payload_fills_the_smallest_class_that_holds_it() {
        // DLG-15
        for (length, size) in [(0, 8), (6, 8), (7, 16), (14, 16), (15, 32), (30, 32)] {
            let padded = pad(&vec![9; length], &SIZES).unwrap();
            assert_eq!(padded.len(), size);
            assert_eq!(unpad(&padded, &SIZES), Ok(&vec![9; length][..]));
        }
        assert_eq!(pad(&[9; 31], &SIZES), Err(Refused::TooLong { found: 31, limit: 30 }));
        assert_eq!(pad(&[], &[]), Err(Refused::TooLong { found: 0, limit: 0 }));
    }

    #[test]
    fn a_length_that_is_no_class_is_refused() {
        // DLG-15
        assert_eq!(unpad(&[0; 9], &SIZES), Err(Refused::SizeClass(9)));
        assert_eq!(unpad(&[], &SIZES), Err(Refused::SizeClass(0)));
        assert_eq!(unpad(&[0], &[1]), Err(Refused::Padding), "a class too small for its prefix");
    }

    #[test]
    fn a_prefix_that_points_outside_and_words_in_the_fill_are_refused() {
        // DLG-15
        assert_eq!(unpad(&[0, 7, 1, 2, 3, 4, 5, 6], &SIZES), Err(Refused::Padding));
        assert_eq!(unpad(&[255, 255, 1, 2, 3, 4, 5, 6], &SIZES), Err(Refused::Padding));
        assert_eq!(unpad(&[0, 1, 1, 0, 0, 0, 0, 6], &SIZES), Err(Refused::Padding));
    }

    proptest! {
        #[test]
        fn hostile_bytes_never_panic_and_what_is_accepted_is_canonical(
            mut padded in proptest::collection::vec(any::<u8>(), 16),
            short in any::<bool>(),
        ) {
            if short {
                padded[0] = 0;
                padded[1] %= 16;
            }
            if let Ok(payload) = unpad(&padded, &[16]) {
                prop_assert_eq!(pad(payload, &[16]).unwrap(), padded.clone());
            }
        }
    }
}
