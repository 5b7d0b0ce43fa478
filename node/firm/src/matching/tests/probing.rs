//! Colluding probers, each with the passes of a week, who share every answer and choose the next question by all of them.

use super::*;

/// Members that collude, and what each can ask in a week: `Purpose::Contact.passes_per_epoch`.
const PROBERS: u32 = 5;

/// A brief of a need that tells so much worth for so many hours.
fn question(value: ValueBand, hours: u32) -> Said {
    let need = ItemDraft { value: Some(value), hours, ..mandrels() };
    Said::by_brief(plain(), Side::Need, None, &brief(&need))
}

/// The rule, which is published, so that probers know it too: the most that a band of worth is, dollars, against the step that a floor
/// counts as, for the least hours of their band.
fn would_fit(floor: u64, value: ValueBand, hours: u32) -> bool {
    let most = match value {
        ValueBand::Upto2k => 2_000,
        ValueBand::Upto5k => 5_000,
        ValueBand::Upto10k => 10_000,
        ValueBand::Upto25k => 25_000,
        ValueBand::Upto100k => 100_000,
        ValueBand::Over100k => return true,
    };
    let steps = [
        1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 25, 31, 40, 50, 63, 80, 100, 125, 160, 200, 250, 315, 400, 500, 630, 800,
        1_000,
    ];
    let step = steps.into_iter().chain([1_250, 1_600, 2_000]).filter(|step| *step <= floor).max().unwrap_or(0);
    most >= step * u64::from(HoursBand::of_hours(hours).lower_hours())
}

#[test]
fn probers_who_collude_and_adapt_learn_no_more_of_a_floor_than_the_step_that_it_lies_in() {
    // MAT-7
    let questions = PROBERS * protocol::pass::Purpose::Contact.passes_per_epoch();
    let bands = &ValueBand::ALL[..5];
    let asked: Vec<(ValueBand, u32)> = bands.iter().flat_map(|value| (1..400).map(|hours| (*value, hours))).collect();
    for floor in [95, 160, 200, 240] {
        let own = Said::by_item(plain(), &ItemDraft { limit: Some(Money::cad(floor)), ..idle_shift() });
        let (mut low, mut high) = (20_u64, 1_999_u64);
        let mut spent = 0;
        while spent < questions {
            // The question that leaves least, whatever the answer.
            let splits = asked.iter().filter_map(|(value, hours)| {
                let fits = (low..=high).filter(|floor| would_fit(*floor, *value, *hours)).count();
                let left = fits.abs_diff((high - low + 1) as usize - fits);
                (fits > 0 && fits <= (high - low) as usize).then_some((left, *value, *hours))
            });
            let Some((_, value, hours)) = splits.min_by_key(|(left, ..)| *left) else { break };
            let open = judge(plain(), &own, &question(value, hours), NOW).fits;
            let stay: Vec<u64> = (low..=high).filter(|floor| would_fit(*floor, value, hours) == open).collect();
            assert!(stay.contains(&floor), "the probers know the rule");
            (low, high) = (stay[0], stay[stay.len() - 1]);
            spent += 1;
        }
        assert!(low <= floor && floor <= high);
        assert!(high * 10 >= low * 12, "{floor} is known to lie between {low} and {high} after {spent} questions");
        // Nothing that they could ask beside tells the floors of one step apart.
        let other = Said::by_item(plain(), &ItemDraft { limit: Some(Money::cad(low)), ..idle_shift() });
        for (value, hours) in asked.iter().step_by(37) {
            let theirs = question(*value, *hours);
            let [one, two] = [&own, &other].map(|own| judge(plain(), own, &theirs, NOW));
            assert_eq!((one.fits, one.fit, one.band), (two.fits, two.fit, two.band), "{value:?} {hours}");
        }
    }
}

#[test]
fn a_bound_of_the_policy_counts_like_one_of_the_item_and_the_stricter_of_both_decides() {
    // MAT-7, POL-7
    let cheap = Facts { value: Some(ValueBand::Upto5k), ..advert(&mandrels()) };
    let fits = |entered: Option<u64>, ruled: u64| {
        let item = ItemDraft { limit: entered.map(Money::cad), ..idle_shift() };
        let own = Said::by_item(plain(), &item).bounded(Money::cad(ruled));
        judge(plain(), &own, &Said::by_advert(plain(), &cheap), NOW).fits
    };
    // At most 5,000 dollars for at least 41 hours: 121 dollars an hour, between the steps of 100 and of 125.
    let seen = [(None, 124), (None, 125), (Some(80), 125), (Some(125), 80)].map(|(own, rule)| fits(own, rule));
    assert_eq!(seen, [true, false, false, false]);
    let dear = ItemDraft { limit: Some(Money::cad(200)), ..mandrels() };
    let offer = Facts { value: Some(ValueBand::Upto25k), ..advert(&idle_shift()) };
    let pays = |most: u64| {
        let own = Said::by_item(plain(), &dear).bounded(Money::cad(most));
        judge(plain(), &own, &Said::by_advert(plain(), &offer), NOW).fits
    };
    assert!(pays(500) == pays(200) && (!pays(1) || pays(200)), "a ceiling is bound by the lower of both");
}
