//! How neighbours fill each other's gaps: pure answers to catch-up parcels (`SYN-1`).

use crate::check::Kind;
use crate::id::{Blob, RecordId};
use crate::limits::{BODIES_PER_PARCEL_MAX, IDS_PER_PARCEL_MAX};
use crate::parcel::Parcel;
use crate::shelf::Shelf;
use alloc::vec::Vec;

/// "This is what I hold."
pub fn roots(shelf: &Shelf) -> Parcel {
    Parcel::Roots {
        adverts: shelf.root(Kind::Adverts),
        envelopes: shelf.root(Kind::Envelopes),
        log: shelf.root(Kind::Log),
    }
}

/// What to send back for a neighbour's catch-up parcel.
pub fn answer(shelf: &Shelf, parcel: &Parcel) -> Vec<Parcel> {
    match parcel {
        Parcel::Roots { adverts, envelopes, log } => {
            [(Kind::Adverts, adverts), (Kind::Envelopes, envelopes), (Kind::Log, log)]
                .into_iter()
                .filter(|(kind, root)| shelf.root(*kind) != **root)
                .map(|(kind, _)| Parcel::Ids {
                    kind,
                    ids: shelf.ids(kind).into_iter().take(IDS_PER_PARCEL_MAX).collect(),
                })
                .collect()
        }
        Parcel::Ids { kind, ids } => {
            let missing: Vec<RecordId> = ids.iter().filter(|id| shelf.find(id).is_none()).copied().collect();
            let theirs: Vec<RecordId> =
                shelf.ids(*kind).into_iter().filter(|id| ids.binary_search(id).is_err()).collect();
            let wants = missing.chunks(BODIES_PER_PARCEL_MAX).map(|ids| Parcel::Want { ids: ids.to_vec() });
            wants.chain(bodies(shelf, &theirs)).collect()
        }
        Parcel::Want { ids } => bodies(shelf, ids),
        _ => Vec::new(),
    }
}

fn bodies(shelf: &Shelf, ids: &[RecordId]) -> Vec<Parcel> {
    let mut parcels = Vec::new();
    for kind in Kind::ALL {
        let frames: Vec<Blob> = ids
            .iter()
            .filter_map(|id| shelf.find(id))
            .filter(|checked| checked.kind() == kind)
            .map(|checked| Blob(checked.frame().to_vec()))
            .collect();
        parcels.extend(
            frames.chunks(BODIES_PER_PARCEL_MAX).map(|frames| Parcel::Bodies { kind, frames: frames.to_vec() }),
        );
    }
    parcels
}
