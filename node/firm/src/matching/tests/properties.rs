//! Properties over generated pairs.

use super::*;
use proptest::{collection::vec as list, option, prelude::*, sample::select};

fn item(side: Side) -> impl Strategy<Value = ItemDraft> {
    let kind = (select(ResourceClass::ALL[..5].to_vec()), select(Process::ALL[..6].to_vec()), any::<bool>());
    let lists = (
        list(select(Material::ALL[..3].to_vec()), 0..4),
        list(select(Credential::ALL[..4].to_vec()), 0..3),
        list(select(Language::ALL.to_vec()), 0..3),
    );
    let numbers = (option::of(1..60u32), option::of(50..900u32), 1..200u32, option::of(20..=500u32));
    let window = (2_970..2_980u32, 0..6u32);
    let place = (option::of(select(Presence::ALL.to_vec())), select(std::vec![HAMILTON, KITCHENER, MONTREAL]));
    (kind, lists, numbers, window, place).prop_map(
        move |((class, process, operator), (materials, credentials, languages), numbers, (first, length), place)| {
            let (tolerance_um, envelope_mm, hours, travel_km) = numbers;
            ItemDraft {
                side,
                class,
                process,
                materials,
                tolerance_um,
                envelope_mm,
                credentials,
                site: place.1,
                weeks: Weeks { first: Week(first), last: Week(first + length) },
                hours,
                presence: place.0,
                travel_km: travel_km.filter(|_| side == Side::Need),
                languages,
                conflict_classes: vec![],
                operator,
                ..idle_shift()
            }
        },
    )
}

/// A pair that often fits: an offer and a need that starts as a copy of it with some of a random need's values.
pub(super) fn pair() -> impl Strategy<Value = (ItemDraft, ItemDraft)> {
    (item(Side::Offer), item(Side::Need), any::<u16>()).prop_map(|(offer, random, keep)| {
        let mut need = ItemDraft { side: Side::Need, ..offer.clone() };
        let changes: [fn(&mut ItemDraft, ItemDraft); 9] = [
            |n, r| (n.class, n.operator) = (r.class, r.operator),
            |n, r| n.process = r.process,
            |n, r| n.materials = r.materials,
            |n, r| n.tolerance_um = r.tolerance_um,
            |n, r| n.envelope_mm = r.envelope_mm,
            |n, r| n.credentials = r.credentials,
            |n, r| (n.weeks, n.hours) = (r.weeks, r.hours),
            |n, r| (n.site, n.travel_km, n.presence) = (r.site, r.travel_km, r.presence),
            |n, r| n.languages = r.languages,
        ];
        for (bit, change) in changes.into_iter().enumerate() {
            if keep & (1 << bit) == 0 {
                change(&mut need, random.clone());
            }
        }
        (offer, need)
    })
}

/// What a person with both exact sheets on the table would refuse. Written without intervals, claims, records or reports.
fn refused_by_a_reader(offer: &ItemDraft, need: &ItemDraft) -> bool {
    let machine = |c| matches!(c, ResourceClass::Machine | ResourceClass::MachineWithOperator);
    let hands = |c| matches!(c, ResourceClass::PersonHours | ResourceClass::Expertise);
    let knowledge = |c| matches!(c, ResourceClass::Training | ResourceClass::Expertise);
    let staffed = |i: &ItemDraft| i.operator || i.class == ResourceClass::MachineWithOperator;
    let both = |of: fn(ResourceClass) -> bool| of(offer.class) && of(need.class);
    let class = !(both(machine) || both(hands) || both(knowledge));
    let operator = staffed(need) && !staffed(offer);
    let materials = !offer.materials.is_empty() && need.materials.iter().any(|m| !offer.materials.contains(m));
    let holds = |c: &Credential| {
        offer.credentials.contains(c)
            || *c == Credential::Iso9001 && offer.credentials.contains(&Credential::As9100)
            || *c == Credential::Iso9001 && offer.credentials.contains(&Credential::Iatf16949)
    };
    let credentials = !offer.credentials.is_empty() && !need.credentials.iter().all(holds);
    let tolerance = matches!((offer.tolerance_um, need.tolerance_um), (Some(o), Some(n)) if o > n);
    let envelope = matches!((offer.envelope_mm, need.envelope_mm), (Some(o), Some(n)) if o < n);
    let common = (offer.weeks.first.0..=offer.weeks.last.0)
        .filter(|week| (need.weeks.first.0..=need.weeks.last.0).contains(week))
        .count() as u32;
    let hours = offer.hours * common * 10 < need.hours * (offer.weeks.last.0 - offer.weeks.first.0 + 1);
    let there = |i: &ItemDraft| i.presence == Some(Presence::OnSite) || i.presence.is_none() && machine(i.class);
    let area = (there(offer) || there(need)) && need.travel_km.is_some_and(|km| beyond(offer, need, km));
    let opposite = |a, b| a == Some(Presence::OnSite) && b == Some(Presence::Remote);
    let presence = opposite(offer.presence, need.presence) || opposite(need.presence, offer.presence);
    let languages = !offer.languages.is_empty()
        && !need.languages.is_empty()
        && !need.languages.iter().any(|l| offer.languages.contains(l));
    class
        || operator
        || materials
        || credentials
        || tolerance
        || envelope
        || common == 0
        || hours
        || area
        || presence
        || languages
}

/// Farther apart than `km` however the sites lie in their cells. Two kilometres are what two roundings of a distance differ by.
fn beyond(offer: &ItemDraft, need: &ItemDraft, km: u32) -> bool {
    let (from, to) = (offer.cell().unwrap(), need.cell().unwrap());
    from.centre().distance_km(to.centre()) > km + from.radius_km() + to.radius_km() + 2
}

/// Better in every way that one number or code can be.
fn raised(offer: &ItemDraft, need: &ItemDraft) -> ItemDraft {
    let mut better = offer.clone();
    better.hours += 7;
    better.tolerance_um = offer.tolerance_um.map(|um| um.div_ceil(2));
    better.envelope_mm = offer.envelope_mm.map(|mm| mm + 90);
    better.presence = offer.presence.map(|_| Presence::Either);
    better.operator = true;
    if !better.materials.is_empty() {
        better.materials.extend(&need.materials);
    }
    if !better.credentials.is_empty() {
        better.credentials.extend(&need.credentials);
    }
    better
}

proptest! {
    #[test]
    fn both_sides_reach_the_same_verdicts_from_exact_claims((offer, mut need) in pair()) {
        need.travel_km = None;
        let ours = against_brief(&offer, None, &brief(&need));
        let theirs = against_brief(&need, None, &brief(&offer));
        prop_assert_eq!(ours, theirs);
    }

    #[test]
    fn a_travel_band_never_turns_one_sides_yes_into_the_others_no((offer, need) in pair()) {
        let ours = against_brief(&offer, Some(&advert(&need)), &brief(&need));
        let theirs = against_brief(&need, None, &brief(&offer));
        let area = |report: &Report| report.requirements.iter().find(|l| l.field == Field::Area).map(|l| l.verdict);
        let opposed = [(Some(Verdict::Gap), Some(Verdict::Match)), (Some(Verdict::Match), Some(Verdict::Gap))];
        prop_assert!(!opposed.contains(&(area(&ours), area(&theirs))));
    }

    /// In every form in which the two can meet: brief and brief, advert and item, on both sides.
    #[test]
    fn no_accepted_pair_violates_a_limit_that_both_stated((offer, need) in pair()) {
        let exact = against_brief(&need, None, &brief(&offer));
        prop_assert!(!(exact.fits && refused_by_a_reader(&offer, &need)), "{:?}", exact);
        prop_assert_eq!(exact.fits, {
            is_open(plain(), &Said::by_item(plain(), &need), &Said::by_item(plain(), &offer), NOW)
        });
        let banded = [against_facts(&need, &advert(&offer)), against_facts(&offer, &advert(&need))];
        for report in banded.iter().chain([&exact]) {
            prop_assert!(report.fits || report.band == Band::No);
            // A gap in the work alone is other work, and no limit.
            prop_assert_eq!(report.fits, report.gaps().all(|field| field == Field::Process));
        }
    }

    #[test]
    fn an_advert_is_refused_only_if_the_exact_values_would_be((offer, need) in pair()) {
        let exact = against_brief(&need, None, &brief(&offer)).fits;
        prop_assert!(!exact || against_facts(&need, &advert(&offer)).fits);
        prop_assert!(!exact || against_facts(&offer, &advert(&need)).fits);
    }

    #[test]
    fn a_better_offer_never_fits_less((offer, need) in pair()) {
        let better = raised(&offer, &need);
        let (before, after) =
            (against_brief(&need, None, &brief(&offer)), against_brief(&need, None, &brief(&better)));
        prop_assert!(after.fit >= before.fit);
        prop_assert!(after.fits || !before.fits);
    }

    #[test]
    fn the_order_of_lists_says_nothing((offer, need) in pair()) {
        let mut turned = offer.clone();
        turned.materials.reverse();
        turned.credentials.reverse();
        turned.languages.reverse();
        prop_assert_eq!(against_facts(&offer, &advert(&need)), against_facts(&turned, &advert(&need)));
    }

    #[test]
    fn the_points_of_a_report_sum_to_its_score_and_lines_stand_in_the_order_of_their_fields((offer, need) in pair()) {
        let report = against_facts(&offer, &advert(&need));
        prop_assert!(report.requirements.is_sorted_by(|a, b| a.field <= b.field));
        let points = report.requirements.iter().map(|l| l.points).chain(report.words.iter().map(|l| l.points));
        prop_assert_eq!(report.score, points.sum::<u32>() + report.letters);
        prop_assert!(report.fit <= 1_000 && report.certainty <= 1_000);
    }
}
