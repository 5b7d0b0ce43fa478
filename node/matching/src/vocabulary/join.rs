//! Edges as they are written, each with its line.
use super::{Concept, Edge, Entry, Thousandths, load::Said};
use crate::pack::{Fault, Refused};
use alloc::{borrow::ToOwned, collections::BTreeMap, string::String, vec::Vec};

/// One edge, from the concept of its line.
pub(super) struct Join<'a> {
    pub(super) said: &'a Said<'a>,
    pub(super) from: Concept,
    pub(super) to: Concept,
    pub(super) edge: Edge,
}

impl<'a> Join<'a> {
    pub(super) fn read(
        said: &'a Said<'a>,
        written: &str,
        ids: &BTreeMap<String, Concept>,
    ) -> Result<Join<'a>, Refused> {
        let fault = || said.row.refuse(Fault::Edge(written.to_owned()));
        let (sign, rest) = written.split_at_checked(1).ok_or_else(fault)?;
        let (id, edge) = match sign {
            "~" => {
                let (id, strength) = rest.split_once(':').ok_or_else(fault)?;
                let strength =
                    strength.parse().ok().filter(|strength| (1..1_000).contains(strength)).ok_or_else(fault)?;
                (id, Edge::Near(Thousandths(strength)))
            }
            "!" => (rest, Edge::Not),
            "=" => (rest, Edge::Implies),
            ">" => (rest, Edge::LeadsTo),
            _ => return Err(fault()),
        };
        let to = ids.get(id).copied().ok_or_else(|| said.row.refuse(Fault::Unknown(id.to_owned())))?;
        Ok(Join { said, from: said.concept, to, edge })
    }

    /// Puts it into the entry that it begins at.
    pub(super) fn enter(&self, entries: &mut [Entry]) {
        let edges: Option<&mut Vec<_>> = entries.get_mut(usize::from(self.from.0)).map(|entry| &mut entry.edges);
        if let Some(edges) = edges {
            edges.push((self.to, self.edge));
        }
    }
}
