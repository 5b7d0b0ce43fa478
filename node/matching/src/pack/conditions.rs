//! Rules that open another compliant path:
//! `id | opens | for this work | where the need also names | what must be done, English | French | who shows what`.
//!
//! A laboratory without the accreditation that is asked for may still do the test, if a certified inspector witnesses it. Such
//! a rule names one certificate or ticket, the narrow work that it is for, and what must be done; it opens nothing else.
use super::{
    Fault, File, Refused,
    bounds::{ROWS_MAX, WORK_BELOW_MAX},
    is_id,
    refused::Bound,
    rows,
};
use crate::{
    read::Side,
    vocabulary::{Concept, Kind, Vocabulary},
};
use alloc::{borrow::ToOwned, string::String, vec::Vec};

/// A rule.
#[derive(Clone, Debug)]
pub struct Condition {
    /// Its id within the pack.
    pub id: String,
    /// The id of the pack.
    pub pack: String,
    /// The certificate or ticket whose absence it makes good.
    pub opens: Concept,
    /// The work that it is for: the need asks for one of these or a sort of it, and the advert offers one.
    pub work: Vec<Concept>,
    /// What the need also names, one of them; nothing if it need not.
    pub beside: Vec<Concept>,
    /// What must be done, in English and in French.
    pub says: [String; 2],
    /// What must be shown before anything is signed, and by whom.
    pub proofs: Vec<Proof>,
}

/// Something that a side shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Proof {
    /// What.
    pub concept: Concept,
    /// Who.
    pub by: Side,
}

/// The rules of a file.
pub(crate) fn read(vocabulary: &Vocabulary, pack: &str, file: &File<'_>) -> Result<Vec<Condition>, Refused> {
    let mut read: Vec<Condition> = Vec::new();
    for row in rows::<7>(&file.called, file.text)? {
        let [id, opens, work, beside, english, french, proofs] = row.columns;
        let known = |id: &str| vocabulary.concept(id).ok_or_else(|| row.refuse(Fault::Unknown(id.to_owned())));
        if !is_id(id) {
            return Err(row.refuse(Fault::Id(id.to_owned())));
        }
        if read.iter().any(|rule| rule.id == id) {
            return Err(row.refuse(Fault::Taken(id.to_owned())));
        }
        if read.len() >= ROWS_MAX {
            return Err(row.refuse(Fault::TooMany(Bound::Rows)));
        }
        let opened = known(opens)?;
        if !matches!(vocabulary.kind(opened), Kind::Credential | Kind::Ticket) {
            return Err(row.refuse(Fault::Opens(opens.to_owned())));
        }
        let narrow = |id: &str| {
            let concept = known(id)?;
            let work = matches!(vocabulary.kind(concept), Kind::Act | Kind::Machine | Kind::Role | Kind::Skill);
            let broad = !work || vocabulary.below(concept) > WORK_BELOW_MAX;
            if broad { Err(row.refuse(Fault::Broad(id.to_owned()))) } else { Ok(concept) }
        };
        let work = work.split_whitespace().map(narrow).collect::<Result<Vec<Concept>, Refused>>()?;
        if work.is_empty() {
            return Err(row.refuse(Fault::Broad(String::new())));
        }
        let proof = |written: &str| {
            let side = match written.split_once('@') {
                Some((id, "need")) => Some((id, Side::Need)),
                Some((id, "offer")) => Some((id, Side::Offer)),
                _ => None,
            };
            let (id, by) = side.ok_or_else(|| row.refuse(Fault::Proof(written.to_owned())))?;
            Ok(Proof { concept: known(id)?, by })
        };
        read.push(Condition {
            id: id.to_owned(),
            pack: pack.to_owned(),
            opens: opened,
            work,
            beside: beside.split_whitespace().map(known).collect::<Result<_, Refused>>()?,
            says: row.sentences(english, french)?,
            proofs: proofs.split_whitespace().map(proof).collect::<Result<_, Refused>>()?,
        });
    }
    Ok(read)
}
