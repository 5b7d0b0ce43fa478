//! Bytes as groups of characters that people copy by hand: a slip is noticed, and in which group.
//!
//! A group is 8 characters of `0123456789abcdefghjkmnpqrstvwxyz` (Crockford's base 32) for 4 bytes and a check byte. The check
//! byte is the first of H(`cosolvent/sheet-group/1`, part ‖ number ‖ the 4 bytes), so a group at another place, or of another
//! part, is noticed too. One slip in 256 is not; the key then does not fit the log.

use super::Part;
use crate::keystore::Secret;
use protocol::id::Hash;
use zeroize::Zeroizing;

/// Groups of one key.
pub const GROUPS: usize = 8;

const CHARACTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const BYTES: usize = 4;

/// One group of a key, counted from 0.
pub fn group(part: Part, secret: &Secret, number: usize) -> Zeroizing<String> {
    Zeroizing::new(encoded(part, secret.expose()).get(number).cloned().unwrap_or_default())
}

/// A key from its groups, as many as there are; otherwise the number of the first that is wrong, counted from 1.
pub fn read<'a>(part: Part, groups: impl IntoIterator<Item = &'a str>) -> Result<Secret, usize> {
    let bytes = decoded(part, groups)?;
    let key = bytes.as_slice().try_into().map_err(|_| bytes.len() / BYTES + 1)?;
    Ok(Secret::new(key))
}

/// Whether what was typed is this group, as sloppily as people may write it.
pub fn is_group(typed: &str, group: &str) -> bool {
    let values = |text: &str| text.trim().bytes().map(value).collect::<Option<Vec<u64>>>();
    values(typed).is_some_and(|typed| Some(typed) == values(group))
}

/// Bytes as groups; what is missing of the last one is zeros.
pub(super) fn encoded(part: Part, bytes: &[u8]) -> Vec<String> {
    let group = |(number, chunk): (usize, &[u8])| {
        let mut four = [0; BYTES];
        four[..chunk.len()].copy_from_slice(chunk);
        let [a, b, c, d] = four;
        let bits = u64::from_be_bytes([0, 0, 0, a, b, c, d, check(part, number, four)]);
        let character = |at: usize| char::from(CHARACTERS[(bits >> (35 - 5 * at) & 31) as usize]);
        (0..8).map(character).collect()
    };
    bytes.chunks(BYTES).enumerate().map(group).collect()
}

/// Bytes from groups; otherwise the number of the first that is wrong, counted from 1.
pub(super) fn decoded<'a>(part: Part, groups: impl IntoIterator<Item = &'a str>) -> Result<Zeroizing<Vec<u8>>, usize> {
    let mut bytes = Zeroizing::new(Vec::new());
    for (number, text) in groups.into_iter().enumerate() {
        let values: Option<Vec<u64>> = text.bytes().map(value).collect();
        let values = Zeroizing::new(values.filter(|values| values.len() == 8).ok_or(number + 1)?);
        let bits = values.iter().fold(0, |bits, value| bits << 5 | value);
        let [_, _, _, a, b, c, d, told] = bits.to_be_bytes();
        if check(part, number, [a, b, c, d]) != told {
            return Err(number + 1);
        }
        bytes.extend_from_slice(&[a, b, c, d]);
    }
    Ok(bytes)
}

/// What a character stands for; those that look alike stand for the same.
fn value(character: u8) -> Option<u64> {
    let meant = match character.to_ascii_lowercase() {
        b'o' => b'0',
        b'i' | b'l' => b'1',
        other => other,
    };
    let at = CHARACTERS.iter().position(|of| *of == meant)?;
    u64::try_from(at).ok()
}

fn check(part: Part, number: usize, four: [u8; BYTES]) -> u8 {
    let number = u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes();
    let said = Zeroizing::new([part.name().as_bytes(), &number, &four].concat());
    Hash::of_bytes("cosolvent/sheet-group/1", &said).0[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_copied_by_hand_comes_back_and_look_alikes_do_no_harm() {
        let secret = Secret::new([0x5a; 32]);
        let groups = encoded(Part::Renewal, secret.expose());
        assert_eq!(groups.len(), GROUPS);
        let sloppy: Vec<String> = groups.iter().map(|group| group.to_uppercase().replace('0', "O")).collect();
        assert_eq!(read(Part::Renewal, sloppy.iter().map(String::as_str)), Ok(secret));
    }

    #[test]
    fn a_slip_is_noticed_in_its_group_and_so_are_groups_that_change_places_or_parts() {
        let groups = encoded(Part::Recovery, &[7; 32]);
        let read_of = |groups: &[String]| read(Part::Recovery, groups.iter().map(String::as_str));
        let mut noticed = 0;
        for at in 0..8 {
            let mut slip = groups.clone();
            let other = if slip[4].as_bytes()[at] == b'7' { "8" } else { "7" };
            slip[4].replace_range(at..=at, other);
            noticed += usize::from(read_of(&slip) == Err(5));
        }
        assert_eq!(noticed, 8, "of this key, every one of these slips");
        let mut swapped = groups.clone();
        swapped.swap(1, 2);
        assert_eq!(read_of(&swapped), Err(2));
        assert_eq!(read(Part::Renewal, groups.iter().map(String::as_str)), Err(1), "the other key of the sheet");
        assert_eq!(read_of(&groups[..7]), Err(8), "one is missing");
        assert_eq!(read_of(&[groups.clone(), groups].concat()).err(), Some(9), "too many");
    }
}
