//! What a certificate counts as: `held | counts as | why, in English | why, in French`.
use super::{Fault, File, Refused, Row, bounds::ROWS_MAX, refused::Bound, rows};
use crate::vocabulary::{Concept, Kind, Vocabulary};
use alloc::{borrow::ToOwned, string::String, vec::Vec};

/// A certificate or ticket that a pack says to be as good as another, one way.
#[derive(Clone, Debug)]
pub struct Equivalence {
    /// What is held.
    pub held: Concept,
    /// What it counts as.
    pub counts_as: Concept,
    /// Why, in English and in French.
    pub why: [String; 2],
    /// The id of the pack that says so.
    pub pack: String,
}

/// The equivalences of a file, each with its line.
pub(crate) fn read<'a>(
    vocabulary: &Vocabulary,
    pack: &str,
    file: &'a File<'_>,
) -> Result<Vec<(Row<'a, 4>, Equivalence)>, Refused> {
    let rows = rows::<4>(&file.called, file.text)?;
    let mut read = Vec::new();
    for row in rows {
        let [held, counts_as, english, french] = row.columns;
        let known = |id: &str| vocabulary.concept(id).ok_or_else(|| row.refuse(Fault::Unknown(id.to_owned())));
        let (one, other) = (known(held)?, known(counts_as)?);
        let kind = vocabulary.kind(one);
        if kind != vocabulary.kind(other) || !matches!(kind, Kind::Credential | Kind::Ticket) {
            return Err(row.refuse(Fault::Unequal(held.to_owned())));
        }
        if read.len() >= ROWS_MAX {
            return Err(row.refuse(Fault::TooMany(Bound::Rows)));
        }
        let why = row.sentences(english, french)?;
        read.push((row, Equivalence { held: one, counts_as: other, why, pack: pack.to_owned() }));
    }
    Ok(read)
}
