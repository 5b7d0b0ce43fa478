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

#[test]
fn ten_and_a_thousand_missing_among_a_hundred_thousand_cost_what_is_missing_and_not_what_is_there() {
    // SYN-1, SYN-8
    let whole = synthetic_holdings(0..100_000);
    // Missing records, bytes at most without bodies, parcels at most.
    for (missing, bytes_max, parcels_max) in [(0, 100, 1), (10, 16_000, 12), (1_000, 600_000, 40)] {
        let mut sleeper = synthetic_holdings(missing..100_000);
        let mut other = whole.clone();
        let cost = reconcile(&mut sleeper, &mut other);
        println!("{missing} missing: {} bytes, {} parcels, {} comparisons", cost.bytes, cost.parcels, cost.comparisons);
        assert!(cost.bytes <= bytes_max, "{missing} missing: {} bytes", cost.bytes);
        assert!(cost.parcels <= parcels_max, "{missing} missing: {} parcels", cost.parcels);
        assert_eq!(sleeper.root(NOW), whole.root(NOW));
    }
}

#[test]
fn a_newcomer_to_a_hundred_thousand_learns_all_names_in_bounded_steps() {
    let mut all = synthetic_holdings(0..100_000);
    let mut newcomer = Holdings::default();
    let cost = reconcile(&mut newcomer, &mut all);
    println!("newcomer: {} bytes, {} parcels, {} comparisons", cost.bytes, cost.parcels, cost.comparisons);
    assert_eq!(newcomer.root(NOW), all.root(NOW));
    assert!(cost.comparisons <= 2 + 100_000 / IDS_PER_PARCEL_MAX * 2, "{} comparisons", cost.comparisons);
    assert!(cost.bytes < 100_000 * 100, "{} bytes", cost.bytes);
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
