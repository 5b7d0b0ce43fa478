//! S9, OT security: a skill that stands in no title, lent by an employer.

use crate::{as_told, committed, weekly};
use protocol::dialogue::{Field, Step};
use protocol::money::Money;
use protocol::vocabulary::Language;

#[test]
fn a_supervisors_skill_is_lent_when_two_people_let_the_name_be_told() {
    let (played, _) = as_told("ot-security");
    let [atelier, hydraulique] = ["atelier", "hydraulique"].map(|id| played.stage.firm(id).unwrap());
    assert!(["atelier", "hydraulique"].iter().all(|id| played.stage.story.firm(id).unwrap().reads == Language::French));
    let deal = atelier.deals.all().next().unwrap();
    assert_eq!(deal.current_terms().unwrap().0.total, Money::cad(4_505));
    // APR-5: two different people said yes to the exchange of names.
    let asked = atelier.approvals.all().find(|asked| asked.summary.step == Step::OptIn).unwrap();
    assert!(asked.agreed.is_some());
    assert_eq!(weekly(&committed(&played, "atelier")), [12, 12, 12, 12, 5]);
    let heard = hydraulique.deals.all().next().unwrap().theirs.brief.clone().unwrap();
    assert_eq!(heard.value(Field::Value), None);
}
