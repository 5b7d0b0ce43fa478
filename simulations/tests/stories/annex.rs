//! S14, Half-empty annex: floor space at a price for a month, decided by the owner alone.

use crate::as_told;
use protocol::dialogue::{Field, Value};
use protocol::money::Money;

#[test]
fn an_owner_alone_lets_half_an_annex_and_whoever_has_no_name_hears_the_larger_area_only() {
    let (played, _) = as_told("annex");
    let [annex, builder] = ["annex", "builder"].map(|id| played.stage.firm(id).unwrap());
    let deal = annex.deals.all().next().unwrap();
    let (terms, _) = deal.current_terms().unwrap();
    assert_eq!((terms.total, terms.lines[0].minutes), (Money::cad(4_800), 0));
    let item = annex.profile.item(&deal.item).unwrap();
    let exact = item.draft.cell().unwrap();
    let heard = builder.deals.all().next().unwrap().theirs.brief.clone().unwrap();
    assert_eq!(heard.value(Field::Area), Some(&Value::Area(exact.coarser())));
}
