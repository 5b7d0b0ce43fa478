//! Comparing ids, span by span: what follows from a neighbour's words and the own [`Holdings`] alone (`SYN-4`).
//!
//! Two nodes take turns. Whoever is told the prints below a span goes one digit deeper wherever they differ; whoever is told
//! all ids of a span sees what it lacks and what to offer. Every answer to prints is deeper than the question, and ids are
//! answered by prints at most once, so it ends after at most two turns for each of 64 digits; in a set of 100,000, after four.

use crate::check::Kind;
use crate::id::{Print, RecordId};
use crate::limits::{IDS_PER_PARCEL_MAX, SPAN_IDS_MAX, SPAN_OFFER_MAX, SPANS_PER_PARCEL_MAX};
use crate::shelf::{Holdings, Ids, Partition, Path};
use crate::time::UnixMs;
use crate::wire::wire_types;
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use minicbor::{Decode, Encode};

/// What a node holds in one span.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Span {
    /// In which partition.
    #[n(0)]
    pub partition: Partition,
    /// Which ids.
    #[n(1)]
    pub path: Path,
    /// What is said of them.
    #[n(2)]
    pub claim: Claim,
}

/// What is said of a span.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Claim {
    /// The prints of the sixteen spans below.
    #[n(0)]
    Prints(#[n(0)] [Print; 16]),
    /// All ids, ascending.
    #[n(1)]
    Ids(#[n(0)] Vec<RecordId>),
}
wire_types!(Span, Claim);

/// What follows from a neighbour's spans.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// To be told to the neighbour, so that it may go on.
    pub spans: Vec<Span>,
    /// Held here, and not by the neighbour.
    pub surplus: BTreeMap<Kind, Vec<RecordId>>,
    /// Held by the neighbour, and not here, in its order.
    pub lacking: Vec<(Kind, RecordId)>,
}

/// Where to begin, when a neighbour told one print for each of its partitions: those that differ, the nearest first.
pub fn begin(mine: &Holdings, theirs: &[(Partition, Print)], now: UnixMs) -> Vec<Span> {
    let told: BTreeMap<Partition, Print> = theirs.iter().copied().collect();
    let own: BTreeMap<Partition, Print> = mine.prints(now).into_iter().collect();
    let all: BTreeSet<Partition> = told.keys().chain(own.keys()).copied().collect();
    let differing = all.into_iter().filter(|at| at.is_live(now) && told.get(at) != own.get(at));
    let mut budget = Budget::default();
    differing.map_while(|at| budget.told(at, mine.ids(at), Path::default())).collect()
}

/// What follows from a neighbour's spans. Bounded, however much was said: what is left over is found again by the next
/// comparison.
pub fn go_on(mine: &Holdings, theirs: &[Span], now: UnixMs) -> Findings {
    let mut found = Findings::default();
    let mut budget = Budget::default();
    for Span { partition, path, claim } in theirs.iter().filter(|span| span.partition.is_live(now)) {
        let own = mine.ids(*partition);
        match claim {
            Claim::Prints(prints) => {
                let held = own.map_or([Print([0; 16]); 16], |ids| ids.prints(path));
                let below = path.below().zip(prints.iter().zip(held));
                // Below 63 digits are single ids, and no span is named by all 64.
                let differing = below.filter(|(below, (theirs, mine))| **theirs != *mine && below.is_fit());
                found.spans.extend(differing.map_while(|(below, _)| budget.told(*partition, own, below)));
            }
            Claim::Ids(ids) => {
                let is_new = |id: &&RecordId| path.holds(id) && !own.is_some_and(|own| own.holds(id));
                found.lacking.extend(ids.iter().filter(is_new).map(|id| (partition.kind, *id)));
                match own.map_or(0, |own| own.count(path)) {
                    0 => {}
                    count if count > SPAN_OFFER_MAX => found.spans.extend(budget.told(*partition, own, path.clone())),
                    _ => {
                        let held = own.into_iter().flat_map(|own| own.list(path));
                        let surplus = held.filter(|id| ids.binary_search(id).is_err());
                        let offered = surplus.take_while(|_| budget.offer());
                        found.surplus.entry(partition.kind).or_default().extend(offered);
                    }
                }
            }
        }
    }
    found.surplus.retain(|_, ids| !ids.is_empty());
    found
}

/// How much more may be said in one answer.
struct Budget {
    spans: usize,
    ids: usize,
    offers: usize,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget { spans: SPANS_PER_PARCEL_MAX, ids: IDS_PER_PARCEL_MAX, offers: IDS_PER_PARCEL_MAX }
    }
}

impl Budget {
    /// What is held in a span, if there is room to say it.
    fn told(&mut self, partition: Partition, own: Option<&Ids>, path: Path) -> Option<Span> {
        self.spans = self.spans.checked_sub(1)?;
        let count = own.map_or(0, |own| own.count(&path));
        let claim = match own {
            Some(own) if count > SPAN_IDS_MAX => Claim::Prints(own.prints(&path)),
            _ => {
                self.ids = self.ids.checked_sub(count)?;
                Claim::Ids(own.into_iter().flat_map(|own| own.list(&path)).collect())
            }
        };
        Some(Span { partition, path, claim })
    }

    fn offer(&mut self) -> bool {
        let left = self.offers.checked_sub(1);
        self.offers = left.unwrap_or(0);
        left.is_some()
    }
}
