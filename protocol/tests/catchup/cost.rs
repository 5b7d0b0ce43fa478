//! Two holdings of made-up ids that are compared until they agree, and what that cost.

use protocol::catchup::{begin, go_on};
use protocol::check::Kind;
use protocol::id::{Hash, RecordId};
use protocol::limits::BODIES_PER_PARCEL_MAX;
use protocol::parcel::Parcel;
use protocol::shelf::{Holdings, Partition};
use protocol::time::UnixMs;

pub(crate) const NOW: UnixMs = UnixMs(1_795_000_000_000);

/// What a comparison cost.
#[derive(Default)]
pub(crate) struct Cost {
    /// Bytes of all parcels but bodies.
    pub(crate) bytes: usize,
    /// Those parcels.
    pub(crate) parcels: usize,
    /// Roots said until they were the same.
    pub(crate) comparisons: usize,
}

impl Cost {
    fn said(&mut self, parcel: &Parcel) {
        self.bytes += parcel.to_bytes().len();
        self.parcels += 1;
    }
}

/// Compares two holdings until they agree; bodies are left out, the questions for them are counted.
pub(crate) fn reconcile(left: &mut Holdings, right: &mut Holdings) -> Cost {
    let mut cost = Cost::default();
    loop {
        cost.comparisons += 1;
        cost.said(&Parcel::Root(left.root(NOW)));
        if left.root(NOW) == right.root(NOW) {
            cost.said(&Parcel::Same);
            return cost;
        }
        cost.said(&Parcel::Partitions(right.prints(NOW)));
        let mut spans = begin(left, &right.prints(NOW), NOW);
        let (mut for_left, mut for_right) = (Vec::new(), Vec::new());
        let mut is_right_asked = true;
        while !spans.is_empty() {
            cost.said(&Parcel::Spans(spans.clone()));
            let found = go_on(if is_right_asked { right } else { left }, &spans, NOW);
            let (lacking, surplus) =
                if is_right_asked { (&mut for_right, &mut for_left) } else { (&mut for_left, &mut for_right) };
            lacking.extend(found.lacking);
            for (kind, ids) in found.surplus {
                surplus.extend(ids.iter().map(|id| (kind, *id)));
                cost.said(&Parcel::Offer { kind, ids });
            }
            spans = found.spans;
            is_right_asked = !is_right_asked;
        }
        for (holdings, news) in [(&mut *left, for_left), (&mut *right, for_right)] {
            for batch in news.chunks(BODIES_PER_PARCEL_MAX) {
                let ids: Vec<RecordId> = batch.iter().map(|(_, id)| *id).collect();
                ids.iter().for_each(|id| holdings.insert(synthetic_partition(id), *id));
                cost.said(&Parcel::Want { kind: Kind::Adverts, ids });
            }
        }
    }
}

pub(crate) fn synthetic(number: u32) -> RecordId {
    RecordId(Hash::of_bytes("synthetic", &number.to_be_bytes()).0)
}

/// The last byte says in which of nine weeks.
pub(crate) fn synthetic_partition(id: &RecordId) -> Partition {
    Partition { kind: Kind::Adverts, period: NOW.week().0 + u32::from(id.0[31]) * 9 / 256 }
}

pub(crate) fn synthetic_holdings(numbers: impl IntoIterator<Item = u32>) -> Holdings {
    let mut holdings = Holdings::default();
    for id in numbers.into_iter().map(synthetic) {
        holdings.insert(synthetic_partition(&id), id);
    }
    holdings
}
