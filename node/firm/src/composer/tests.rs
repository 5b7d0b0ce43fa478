//! What a crowd is reckoned to be, and what leaving out gains.

use super::*;
use crate::profile::{ItemDraft, Mode};
use alloc::vec::Vec;
use proptest::prelude::*;
use protocol::census::{Census, K, Row, Tuple};
use protocol::dialogue::Field;
use protocol::facts::{Facts, Side, Weeks};
use protocol::id::{NetworkId, SponsorKey};
use protocol::place::{Cell, Point};
use protocol::text::{Name, ShortText};
use protocol::time::Week;
use protocol::vocabulary::{Credential, Material, Process, ResourceClass, ToleranceBand};
use protocol::wire::encode;

const SEAT: Point = Point { lat_udeg: 43_260_000, lon_udeg: -79_870_000 };

fn draft(side: Side, mode: Mode) -> ItemDraft {
    ItemDraft {
        side,
        title: Name::new("Second shift").unwrap(),
        class: ResourceClass::MachineWithOperator,
        process: Process::FiveAxisMilling,
        materials: [Material::Titanium, Material::Aluminium].to_vec(),
        tolerance_um: Some(10),
        envelope_mm: Some(800),
        credentials: [Credential::As9100].to_vec(),
        site: SEAT,
        weeks: Weeks { first: Week(3_000), last: Week(3_004) },
        hours: 60,
        presence: None,
        travel_km: None,
        languages: Vec::new(),
        conflict_classes: Vec::new(),
        operator: true,
        person: None,
        value: None,
        experience: ShortText::new("Contoured parts.").ok(),
        mode,
        limit: None,
        note: None,
    }
}

fn facts() -> Facts {
    public_facts(&draft(Side::Offer, Mode::Open)).unwrap()
}

fn census(rows: &[(Tuple, u32)], fetched: u32) -> Census {
    let row = |(tuple, firms): &(Tuple, u32)| Row { tuple: tuple.clone(), firms: Some(*firms) };
    let mut rows: Vec<Row> = rows.iter().map(row).collect();
    rows.sort_by_key(|row| encode(&row.tuple));
    let (network, sponsor) = (NetworkId([1; 32]), SponsorKey([2; 32]));
    Census { network, sponsor, epoch: Week(3_000), fetched: Some(fetched), rows }
}

fn ground(census: &Census) -> Ground<'_> {
    Ground { census: Some(census), heard: Vec::new() }
}

#[test]
fn a_coarse_offer_and_a_silent_need_are_what_nobody_chose() {
    // CMP-1
    assert_eq!([Side::Offer, Side::Need].map(Mode::by_default), [Mode::Coarse, Mode::Silent]);
    let coarse = public_facts(&draft(Side::Offer, Mode::Coarse)).unwrap();
    assert_eq!((coarse.text, coarse.value, coarse.area), (None, None, facts().area.map(Cell::coarser)));
    assert_eq!(public_facts(&draft(Side::Need, Mode::Silent)), None);
}

#[test]
fn a_coarse_notice_names_no_area_when_only_that_puts_it_into_a_crowd() {
    // CMP-1
    let coarse = draft(Side::Offer, Mode::Coarse);
    let market = census(&[(Tuple { area: None, ..Tuple::of(&facts()) }, 8)], 50);
    assert_eq!(compose(&coarse, &ground(&market)).unwrap().area, None);
    assert_eq!(compose(&draft(Side::Offer, Mode::Open), &ground(&market)).unwrap().area, facts().area);
    assert_eq!(compose(&coarse, &Ground::default()).unwrap().area, facts().area.map(Cell::coarser));
    let here = census(&[(Tuple::of(&facts()), 6)], 50);
    assert_eq!(compose(&coarse, &ground(&here)).unwrap().area, facts().area.map(Cell::coarser));
}

#[test]
fn without_a_census_everybody_stands_out() {
    // CMP-2, KAN-5
    let exposure = Ground::default().exposure(&facts());
    assert_eq!((exposure.k, exposure.needs_owner(), exposure.singles_out), (K::Below5, true, Some(Field::Process)));
    assert_eq!(advise(&Ground::default(), &facts()).to_5, None);
}

#[test]
fn the_field_that_singles_the_firm_out_is_the_one_whose_leaving_out_gains_most() {
    // CMP-2, CMP-5
    let all = Tuple::of(&facts());
    let without_aluminium = Tuple { materials: [Material::Titanium].to_vec(), ..all.clone() };
    let without_credential = Tuple { credentials: Vec::new(), ..all.clone() };
    let census = census(&[(all, 5), (without_aluminium, 6), (without_credential, 14)], 50);
    let ground = ground(&census);
    let exposure = ground.exposure(&facts());
    assert_eq!((exposure.k, exposure.singles_out, exposure.needs_owner()), (K::Of(5), Some(Field::Credentials), false));
    let advice = advise(&ground, &facts());
    let gain = |step| advice.gains.iter().find(|gain| gain.step == step).map(|gain| gain.k);
    assert_eq!(gain(Coarsening::Material(Material::Aluminium)), Some(K::Of(6)));
    assert_eq!(gain(Coarsening::Text), Some(K::Of(5)), "a text is not counted");
    assert_eq!(advice.to_5, None, "reached already");
    let least = advice.to_10.unwrap();
    assert_eq!((least.steps, least.k), ([Coarsening::Credential(Credential::As9100)].to_vec(), K::Of(14)));
}

#[test]
fn the_least_that_helps_is_proposed_where_no_single_thing_does() {
    // CMP-5
    let rough = Tuple { tolerance: Some(ToleranceBand::Um50), envelope: None, area: None, ..Tuple::of(&facts()) };
    let bare = Tuple { materials: Vec::new(), ..rough.clone() };
    let census = census(&[(rough, 7), (bare, 30)], 50);
    let advice = advise(&ground(&census), &facts());
    let steps = |proposal: Option<Proposal>| proposal.map(|proposal| proposal.steps).unwrap_or_default();
    let to_5 = [Coarsening::Area, Coarsening::Envelope, Coarsening::WiderTolerance, Coarsening::WiderTolerance];
    assert_eq!(steps(advice.to_5), to_5);
    assert_eq!(steps(advice.to_10).len(), 6);
    let need = public_facts(&draft(Side::Need, Mode::Open)).unwrap();
    assert_eq!(
        Coarsening::WiderTolerance.of(&need),
        None,
        "a need that said a wider tolerance would ask for something else"
    );
}

#[test]
fn adverts_that_were_heard_take_firms_away() {
    // KAN-5, CMP-4
    let census = census(&[(Tuple::of(&facts()), 6)], 50);
    let heard = |count: usize| Ground { census: Some(&census), heard: alloc::vec![Tuple::of(&facts()); count] };
    assert_eq!([0, 1, 2].map(|count| heard(count).k(&facts())), [K::Of(6), K::Of(5), K::Below5]);
}

#[test]
fn a_coarsening_reads_back_from_its_text() {
    let all = [Coarsening::Text, Coarsening::WiderArea, Coarsening::Material(Material::Titanium)];
    for one in all {
        let text = serde_json::to_value(one).unwrap();
        assert_eq!(serde_json::from_value::<Coarsening>(text).unwrap(), one);
    }
    assert!("material:unobtainium".parse::<Coarsening>().is_err() && "materials".parse::<Coarsening>().is_err());
}

prop_compose! {
    fn row()(
        materials in proptest::sample::subsequence(alloc::vec![Material::Titanium, Material::Aluminium], 0..=2),
        certified in any::<bool>(),
        tolerance in proptest::option::of(proptest::sample::select(ToleranceBand::ALL)),
        sized in any::<bool>(),
        level in 0_u8..3,
        firms in 5_u32..40,
    ) -> (Tuple, u32) {
        let own = Tuple::of(&facts());
        let area = match level { 0 => own.area, 1 => own.area.map(Cell::coarser), _ => None };
        let credentials = own.credentials.iter().copied().filter(|_| certified).collect();
        let envelope = own.envelope.filter(|_| sized);
        (Tuple { materials, credentials, tolerance, envelope, area, ..own }, firms)
    }
}

proptest! {
    #[test]
    fn leaving_out_never_makes_the_crowd_smaller_and_what_is_proposed_reaches_what_it_promises(
        rows in proptest::collection::vec(row(), 0..12),
        heard in proptest::collection::vec(row(), 0..4),
        fetched in 5_u32..40,
    ) {
        // CMP-5, KAN-4, KAN-5
        let mut rows = rows;
        rows.sort_by_key(|(tuple, _)| encode(tuple));
        rows.dedup_by(|one, next| one.0 == next.0);
        let census = census(&rows, fetched);
        let deaf = ground(&census);
        let ground = Ground { heard: heard.into_iter().map(|(tuple, _)| tuple).collect(), ..deaf.clone() };
        let k = ground.k(&facts());
        prop_assert!(k <= deaf.k(&facts()), "what was heard raised k");
        let advice = advise(&ground, &facts());
        for gain in &advice.gains {
            prop_assert!(gain.k >= k, "{:?} lowers k from {k:?}", gain);
        }
        for (proposal, firms) in [(&advice.to_5, 5), (&advice.to_10, 10)] {
            let Some(Proposal { steps, k: promised }) = proposal else { continue };
            let less = steps.iter().fold(facts(), |facts, step| step.of(&facts).unwrap());
            prop_assert!(promised.reaches(firms) && ground.k(&less) == *promised);
        }
        // Whatever could be left out, all of it together is the most that can be reached.
        let most = Facts { materials: Vec::new(), credentials: Vec::new(), tolerance: None, envelope: None, area: None, ..facts() };
        prop_assert_eq!(ground.k(&most).reaches(10) && !k.reaches(10), advice.to_10.is_some());
    }
}
