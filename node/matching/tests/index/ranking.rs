//! The list of a need, with and without an index.
use crate::{FACETS, VOCABULARY, exact::public_cases};
use matching::{day::Day, rank::Market};

#[test]
fn a_list_from_the_index_is_the_list_from_all() {
    let (adverts, needs) = (public_cases("adverts.jsonl"), public_cases("needs.jsonl"));
    let market = Market::new(&VOCABULARY, &adverts, Day(20_514));
    let index = market.index(&FACETS);
    let (mut found, mut listed) = (0, 0);
    for need in &needs {
        let wanted = market.wanted(need);
        let told = |list: Vec<matching::rank::Ranked>| -> Vec<_> {
            list.iter().map(|one| (one.advert, one.score, one.band, one.parts.clone())).collect()
        };
        let all = told(market.rank(&wanted));
        assert_eq!(told(market.rank_found(&wanted, &index)), all, "need {}", need.id);
        index.search(&index.plan(wanted.facts()), |_| found += 1);
        listed += all.len();
    }
    assert!(found * 10 < listed * 11, "{found} were looked at for {listed} in lists");
}
