//! Frames: a gossiped record padded to its size class.
//!
//! - `FRM-1` A frame is a big-endian `u16` length, the record, and zeros up to 1,000, 2,000 or 3,400 bytes: the smallest
//!   class that fits. Anything else is refused, so a length says only its class and no two frames carry one record.

use crate::id::{Hash, RecordId};
use crate::limits::{FRAME_HEAD_BYTES, RECORD_CLASSES_BYTES};
use crate::wire::Malformed;
use alloc::vec::Vec;

const LABEL: &str = "cosolvent/record/1";

/// Pads a record to its class; `None` if it fits none.
pub fn frame(record: &[u8]) -> Option<Vec<u8>> {
    let class = class_of(record.len())?;
    let length = u16::try_from(record.len()).ok()?;
    let mut bytes = Vec::with_capacity(class);
    bytes.extend_from_slice(&length.to_be_bytes());
    bytes.extend_from_slice(record);
    bytes.resize(class, 0);
    Some(bytes)
}

/// The record in a frame (`FRM-1`).
pub fn unframe(bytes: &[u8]) -> Result<&[u8], Malformed> {
    let (head, rest) = bytes.split_at_checked(FRAME_HEAD_BYTES).ok_or(Malformed::Shape)?;
    let length = usize::from(u16::from_be_bytes(head.try_into().map_err(|_| Malformed::Shape)?));
    if class_of(length) != Some(bytes.len()) {
        return Err(if bytes.len() > crate::limits::RECORD_BYTES_MAX { Malformed::TooLong } else { Malformed::Shape });
    }
    let (record, padding) = rest.split_at_checked(length).ok_or(Malformed::Shape)?;
    if padding.iter().all(|byte| *byte == 0) { Ok(record) } else { Err(Malformed::NotCanonical) }
}

/// Names a framed record.
pub fn record_id(frame: &[u8]) -> RecordId {
    RecordId(Hash::of_bytes(LABEL, frame).0)
}

fn class_of(length: usize) -> Option<usize> {
    RECORD_CLASSES_BYTES.into_iter().find(|class| FRAME_HEAD_BYTES + length <= *class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_exactly_one_size_class_and_reads_back() {
        for length in [0, 1, 998, 999, 1_998, 1_999, 3_398] {
            let record = std::vec![7; length];
            let framed = frame(&record).unwrap();
            assert!(RECORD_CLASSES_BYTES.contains(&framed.len()));
            assert_eq!(unframe(&framed).unwrap(), record);
        }
        assert!(frame(&[0; 3_399]).is_none());
    }

    #[test]
    fn padding_that_is_not_zero_or_not_needed_is_refused() {
        let mut framed = frame(b"record").unwrap();
        *framed.last_mut().unwrap() = 1;
        assert_eq!(unframe(&framed), Err(Malformed::NotCanonical));
        let mut wide = frame(b"record").unwrap();
        wide.resize(2_000, 0);
        assert_eq!(unframe(&wide), Err(Malformed::Shape));
    }
}
