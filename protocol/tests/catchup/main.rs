//! What catch-up costs, by counts, and that no answer is larger than it may be.

mod cost;

use cost::{NOW, reconcile, synthetic, synthetic_holdings};
use proptest::prelude::*;
use protocol::catchup::{Claim, Span, go_on};
use protocol::check::Kind;
use protocol::id::Print;
use protocol::limits::{IDS_PER_PARCEL_MAX, PARCEL_BYTES_MAX, SPANS_PER_PARCEL_MAX};
use protocol::parcel::Parcel;
use protocol::shelf::{Holdings, Partition, Path};

const HELD: u32 = 100_000;

/// The table of SPEC 24: missing records, bytes, parcels and comparisons.
const COSTS: [(u32, usize, usize, usize); 7] = [
    (0, 40, 2, 1),
    (1, 1_379, 9, 2),
    (10, 9_754, 11, 2),
    (100, 69_471, 11, 2),
    (1_000, 441_579, 18, 2),
    (10_000, 3_801_030, 159, 10),
    (HELD, 6_969_256, 970, 26),
];

#[test]
fn what_is_missing_among_a_hundred_thousand_costs_what_the_specification_says() {
    // SYN-1, SYN-8
    let whole = synthetic_holdings(0..HELD);
    for (missing, bytes, parcels, comparisons) in COSTS {
        let (mut sleeper, mut other) = (synthetic_holdings(missing..HELD), whole.clone());
        let cost = reconcile(&mut sleeper, &mut other);
        assert_eq!((cost.bytes, cost.parcels, cost.comparisons), (bytes, parcels, comparisons), "{missing} missing");
        assert_eq!(sleeper.root(NOW), whole.root(NOW));
    }
}

#[test]
fn however_much_is_asked_an_answer_fits_one_parcel() {
    // SYN-5
    let all = synthetic_holdings(0..50_000);
    let mut all_at_one = Holdings::default();
    let at = Partition { kind: Kind::Adverts, period: NOW.week().0 };
    (0..50_000).for_each(|number| all_at_one.insert(at, synthetic(number)));
    let every = |claim: Claim| -> Vec<Span> {
        let whole = Path::default();
        let paths = whole.below().flat_map(|path| path.below().collect::<Vec<_>>());
        let paths = paths.flat_map(|path| path.below().collect::<Vec<_>>());
        paths.take(SPANS_PER_PARCEL_MAX).map(|path| Span { partition: at, path, claim: claim.clone() }).collect()
    };
    for holdings in [all, all_at_one] {
        for claim in [Claim::Prints([Print([7; 16]); 16]), Claim::Ids(Vec::new())] {
            let found = go_on(&holdings, &every(claim), NOW);
            assert!(found.surplus.values().map(Vec::len).sum::<usize>() <= IDS_PER_PARCEL_MAX);
            let said = Parcel::Spans(found.spans).to_bytes();
            assert!(said.len() <= PARCEL_BYTES_MAX);
            assert!(Parcel::from_bytes(&said).is_ok());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn two_sets_of_ids_agree_after_bounded_parcels(a in prop::collection::btree_set(0..4_000_u32, 0..900),
                                                   b in prop::collection::btree_set(0..4_000_u32, 0..900)) {
        let (mut left, mut right) = (synthetic_holdings(a), synthetic_holdings(b));
        let cost = reconcile(&mut left, &mut right);
        prop_assert!(cost.comparisons <= 2 && cost.parcels <= 40, "{} in {}", cost.parcels, cost.comparisons);
    }
}
