//! A founder's census that breaks its own rules, rightly signed; and what honest rows add up to, whoever asks.

use crate::specimens::belonging::signed_census;
use crate::specimens::records::need;
use crate::specimens::world::{World, signer};
use proptest::prelude::*;
use protocol::census::{BadCensus, Census, K, Row, SignedCensus, Tuple, check_census};
use protocol::facts::{Facts, Side};
use protocol::id::NetworkId;
use protocol::parcel::Parcel;
use protocol::place::{Cell, Point};
use protocol::vocabulary::{Credential, EnvelopeBand, Material, Process, ResourceClass, ToleranceBand};
use protocol::wire::encode;

fn judged(change: impl FnOnce(&mut Census)) -> Result<(), BadCensus> {
    let world = World::new();
    let mut body = signed_census(&world).body;
    change(&mut body);
    check_census(&SignedCensus::new(body, &signer("sponsor")), &world.genesis, world.network)
}

#[test]
fn a_census_that_says_what_may_not_be_said_is_refused() {
    // KAN-2, KAN-3
    assert_eq!(judged(|_| {}), Ok(()));
    for few in 0..5 {
        assert_eq!(judged(|census| census.rows[0].firms = Some(few)), Err(BadCensus::IllFormed));
        assert_eq!(judged(|census| census.fetched = Some(few)), Err(BadCensus::IllFormed));
    }
    assert_eq!(judged(|census| census.rows.reverse()), Err(BadCensus::IllFormed));
    let twice = |census: &mut Census| census.rows.insert(1, Row { firms: Some(99), ..census.rows[0].clone() });
    assert_eq!(judged(twice), Err(BadCensus::IllFormed));
    let unordered = |census: &mut Census| census.rows.iter_mut().for_each(|row| row.tuple.materials.reverse());
    assert_eq!(judged(unordered), Err(BadCensus::IllFormed));
    let many = |census: &mut Census| census.rows = (0..=512).map(|_| census.rows[0].clone()).collect();
    assert_eq!(judged(many), Err(BadCensus::IllFormed));
    let parcel = |change: fn(&mut Census)| {
        let mut body = signed_census(&World::new()).body;
        change(&mut body);
        Parcel::from_bytes(&Parcel::Census(Box::new(SignedCensus::new(body, &signer("sponsor")))).to_bytes())
    };
    assert!(parcel(|_| {}).is_ok() && parcel(|census| census.fetched = Some(4)).is_err());
}

#[test]
fn a_census_is_a_founders_word_for_one_network() {
    // KAN-3
    let world = World::new();
    let census = signed_census(&world);
    assert_eq!(judged(|census| census.network = NetworkId([9; 32])), Err(BadCensus::OtherNetwork));
    let stranger = SignedCensus::new(census.body.clone(), &signer("firm_operating"));
    assert_eq!(check_census(&stranger, &world.genesis, world.network), Err(BadCensus::Signature));
    let mut named = census.body;
    named.sponsor = protocol::id::SponsorKey::of(&signer("other_sponsor"));
    let other = SignedCensus::new(named, &signer("sponsor"));
    assert_eq!(check_census(&other, &world.genesis, world.network), Err(BadCensus::Signature));
}

/// Hamilton, Kitchener, Montréal, Sudbury, in microdegrees.
const PLACES: [(i32, i32); 4] =
    [(43_260_000, -79_870_000), (43_450_000, -80_490_000), (45_500_000, -73_570_000), (46_520_000, -80_950_000)];

fn seat(index: usize) -> Cell {
    let (lat_udeg, lon_udeg) = PLACES[index];
    Cell::containing(Point { lat_udeg, lon_udeg }).unwrap()
}

fn tuple() -> impl Strategy<Value = Tuple> {
    let lists = (
        proptest::sample::subsequence(vec![Material::Titanium, Material::Aluminium], 0..=2),
        proptest::sample::subsequence(vec![Credential::As9100], 0..=1),
    );
    let bands = (
        proptest::option::of(proptest::sample::select(vec![ToleranceBand::Um10, ToleranceBand::Um25])),
        proptest::option::of(Just(EnvelopeBand::Mm500)),
    );
    (lists, bands, 0_usize..4, 0_u8..3).prop_map(|((materials, credentials), (tolerance, envelope), place, level)| {
        Tuple {
            side: Side::Offer,
            class: ResourceClass::Machine,
            process: Process::FiveAxisMilling,
            materials,
            credentials,
            tolerance,
            envelope,
            area: [Some(seat(place)), Some(seat(place).coarser()), None][usize::from(level)],
        }
    })
}

/// A firm as it is: everything that it could say, from its seat.
fn firm() -> impl Strategy<Value = Tuple> {
    (tuple(), 0_usize..4).prop_map(|(tuple, place)| Tuple { area: Some(seat(place)), ..tuple })
}

fn with_less(tuple: &Tuple, [material, credential, tolerance, envelope, area]: [bool; 5]) -> Tuple {
    let mut less = tuple.clone();
    less.materials.truncate(if material { 1 } else { 2 });
    less.credentials.retain(|_| !credential);
    less.tolerance = less.tolerance.filter(|_| !tolerance);
    less.envelope = less.envelope.filter(|_| !envelope);
    less.area = less.area.map(Cell::coarser).filter(|_| !area);
    less
}

/// An honest sponsor's census of these firms, over these tuples.
fn census(firms: &[Tuple], tuples: Vec<Tuple>) -> Census {
    let count = |tuple: &Tuple| firms.iter().filter(|firm| firm.covers(tuple)).count() as u32;
    let mut rows: Vec<Row> =
        tuples.into_iter().map(|tuple| Row { firms: Some(count(&tuple)).filter(|firms| *firms >= 5), tuple }).collect();
    rows.sort_by_key(|row| encode(&row.tuple));
    rows.dedup();
    Census { rows, fetched: Some(1_000), ..signed_census(&World::new()).body }
}

proptest! {
    #[test]
    fn a_count_is_never_more_than_the_firms_that_there_are(
        firms in proptest::collection::vec(firm(), 0..60),
        tuples in proptest::collection::vec(tuple(), 0..40),
        wanted in tuple(),
        heard in proptest::collection::vec(tuple(), 0..6),
    ) {
        // KAN-1, KAN-4, KAN-5
        let census = census(&firms, tuples);
        prop_assert!(census.well_formed());
        let there_are = firms.iter().filter(|firm| firm.covers(&wanted)).count() as u32;
        let counted = census.count(&wanted, &[]);
        prop_assert!(counted <= there_are, "{counted} of {there_are}");
        prop_assert!(census.count(&wanted, &heard) <= counted, "what was heard raised a count");
    }

    #[test]
    fn saying_less_never_lowers_a_count(
        firms in proptest::collection::vec(firm(), 0..60),
        tuples in proptest::collection::vec(tuple(), 0..40),
        wanted in tuple(),
        dropped in any::<[bool; 5]>(),
        heard in proptest::collection::vec(tuple(), 0..6),
    ) {
        // KAN-4
        let less = with_less(&wanted, dropped);
        prop_assert!(wanted.covers(&less));
        let census = census(&firms, tuples);
        prop_assert!(census.count(&less, &heard) >= census.count(&wanted, &heard));
    }
}

#[test]
fn no_row_means_below_five_and_few_members_are_few_whatever_the_region_holds() {
    // KAN-4, KAN-5
    let asked = Tuple { materials: vec![Material::Titanium], ..row_tuple() };
    let crowd = vec![Row { tuple: asked.clone(), firms: Some(30) }];
    let census = |fetched, rows| Census { fetched, rows, ..signed_census(&World::new()).body };
    let facts = facts_of(&asked);
    assert_eq!(census(Some(20), crowd.clone()).k(&facts, &[]), K::Of(20));
    assert_eq!(census(None, crowd.clone()).k(&facts, &[]), K::Below5);
    assert_eq!(census(Some(20), vec![]).k(&facts, &[]), K::Below5);
    let both = Tuple { materials: vec![Material::Titanium, Material::Aluminium], ..row_tuple() };
    let alone = Tuple { materials: vec![Material::Aluminium], ..row_tuple() };
    let apart = vec![Row { tuple: alone, firms: Some(40) }, crowd[0].clone()];
    let joint = facts_of(&both);
    assert_eq!(census(Some(20), apart).k(&joint, &[]), K::Below5, "two rows apart say nothing about both together");
    assert_eq!(census(Some(90), crowd).k(&facts, &vec![asked; 26]), K::Below5, "each that was heard may be known");
}

fn facts_of(tuple: &Tuple) -> Facts {
    let Tuple { side, class, process, materials, credentials, tolerance, envelope, area } = tuple.clone();
    let need = need(&World::new());
    Facts { side, class, process, materials, credentials, tolerance, envelope, area, ..need }
}

fn row_tuple() -> Tuple {
    Tuple {
        side: Side::Need,
        class: ResourceClass::Machine,
        process: Process::Turning,
        materials: vec![],
        credentials: vec![],
        tolerance: None,
        envelope: None,
        area: None,
    }
}
