//! Records and messages of a member with every number at its extremes, rightly encoded and signed: nothing may overflow, and
//! what is accepted keeps the rules.

use crate::specimens::records::{advert, envelope, offer};
use crate::specimens::words::{deal, terms};
use crate::specimens::world::{World, signer};
use proptest::prelude::*;
use protocol::advert::{Advert, AdvertBody, Withdrawal, withdraw};
use protocol::check::{Context, Kind, Record, check, own};
use protocol::dialogue::{Brief, Entry, Field, Message, Value};
use protocol::envelope::Envelope;
use protocol::facts::Weeks;
use protocol::id::Blob;
use protocol::limits::{ADVERT_WEEKS_MAX, CONFLICT_CLASSES_MAX, TERMS_LINES_MAX};
use protocol::money::{Currency, Money};
use protocol::pass::Purpose;
use protocol::shelf::{Placing, Shelf};
use protocol::terms::{Line, Lot, Terms};
use protocol::text::{ShortText, TermsText};
use protocol::time::{DAY_MS, Day, UnixMs, Week};
use protocol::vocabulary::{ConflictClass, Language, Material, Unit};
use protocol::wire::encode;

/// Numbers that are right, nearly right, at the ends, and anywhere: mostly right, so that enough of what is tried is accepted.
fn extreme(right: u32) -> impl Strategy<Value = u32> {
    prop_oneof![
        12 => Just(right),
        4 => right.saturating_sub(12)..=right + 12,
        1 => prop::sample::select(vec![0, 1, u32::MAX, u32::MAX - 7]),
        1 => any::<u32>(),
    ]
}

/// Mostly lists in order.
fn list<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = Vec<T>> {
    prop_oneof![
        5 => prop::sample::subsequence(all, 0..=all.len()),
        1 => proptest::collection::vec(prop::sample::select(all), 0..20),
    ]
}

fn moment() -> impl Strategy<Value = UnixMs> {
    let now = World::new().now.0;
    let near = (now - 90 * DAY_MS)..(now + 90 * DAY_MS);
    prop_oneof![6 => Just(now), 3 => near, 1 => Just(0), 1 => Just(u64::MAX), 1 => any::<u64>()].prop_map(UnixMs)
}

fn week() -> impl Strategy<Value = Week> {
    extreme(World::new().epoch().0).prop_map(Week)
}

/// Shows a rightly signed record to the check, and to a shelf if it passes.
fn heard(world: &World, record: Record, now: UnixMs) -> bool {
    let Some(made) = own(record) else { return false };
    let context = Context { now, ..world.context() };
    for kind in Kind::ALL {
        match check(made.frame(), kind, &context) {
            Ok(checked) => {
                assert_eq!(checked.record(), made.record());
                let mut shelf = Shelf::default();
                let placing = shelf.consider(&checked, now);
                assert!(placing == Placing::New || now.0 > u64::MAX / 2, "{placing:?}");
                shelf.place(&checked, now);
                assert!(shelf.next_expiry().is_none_or(|end| end > now || now.0 > u64::MAX / 2));
                return true;
            }
            Err(why) => assert!(!why.to_string().is_empty()),
        }
    }
    false
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn an_accepted_advert_keeps_every_bound(
        (published, expires, first, last, epoch) in (extreme(20_775), week(), week(), week(), week()),
        materials in list(Material::ALL),
        languages in list(Language::ALL),
        purpose in prop_oneof![4 => Just(Purpose::Advert), 1 => Just(Purpose::Contact), 1 => Just(Purpose::Log)],
        now in moment(),
    ) {
        let world = World::new();
        let mut facts = offer(&world);
        (facts.materials, facts.languages, facts.weeks) = (materials, languages, Weeks { first, last });
        let pass = world.pass_of(epoch, purpose, "pseudonym");
        let body = AdvertBody { published: Day(published), expires, facts: facts.clone(), pass, ..advert(&world, facts).body };
        let gone = Withdrawal::new(withdraw(&body, &signer("pseudonym")).body, &signer("pseudonym"));
        let accepted = heard(&world, Record::Advert(Advert::new(body.clone(), &signer("pseudonym"))), now);
        let withdrawn = heard(&world, Record::Withdrawal(gone), now);
        if accepted {
            prop_assert!(body.facts.well_formed());
            prop_assert!(purpose == Purpose::Advert && now < expires.end());
            prop_assert!(expires.0 - Day(published).week().0 <= ADVERT_WEEKS_MAX);
            prop_assert!(withdrawn, "what was accepted can be withdrawn");
        }
    }

    #[test]
    fn an_accepted_envelope_has_one_of_three_sizes_and_lives_with_its_pass(
        length in prop_oneof![Just(496_usize), Just(1_496), Just(2_896), 0_usize..3_100],
        epoch in week(),
        now in moment(),
    ) {
        let world = World::new();
        let mut body = envelope(&world, 480).body;
        body.ciphertext = Blob(vec![1; length]);
        body.pass = world.pass_of(epoch, Purpose::Contact, "envelope_holder");
        if heard(&world, Record::Envelope(Envelope::new(body, &signer("envelope_holder"))), now) {
            prop_assert!([496, 1_496, 2_896].contains(&length));
            prop_assert!(now < epoch.end().plus(9 * DAY_MS));
        }
    }

    #[test]
    fn accepted_terms_add_up_whatever_their_numbers(
        lines in proptest::collection::vec((any::<u32>(), any::<u64>(), any::<bool>(), any::<Option<u32>>()), 0..14),
        (total, first, last) in (any::<u64>(), any::<u32>(), any::<u32>()),
        honest in any::<bool>(),
    ) {
        let lines: Vec<Line> = lines
            .into_iter()
            .map(|(minutes, minor, cad, count)| {
                let minor = if honest { minor % 1_000_000 } else { minor };
                let currency = if cad || honest { Currency::Cad } else { Currency::Usd };
                let price = Money { minor, currency };
                let lot = count.map(|count| Lot { count, unit: Unit::Piece, each: price });
                Line { lot, ..Line::hourly(TermsText::new("work").unwrap(), minutes, price) }
            })
            .collect();
        let sum = protocol::terms::sum(&lines);
        let total = sum.filter(|_| honest).unwrap_or(Money { minor: total, currency: Currency::Cad });
        let world = World::new();
        let terms = Terms { deal: deal(&world), lines, total, first: Day(first), last: Day(last), ..terms(&world) };
        let read = Message::from_bytes(&encode(&Message::Terms(terms.clone())));
        let sound = sum == Some(total) && first <= last && terms.lines.len() <= TERMS_LINES_MAX;
        prop_assert_eq!(read.is_ok(), sound && encode(&Message::Terms(terms)).len() <= 2_878);
    }

    #[test]
    fn an_accepted_brief_tells_each_field_once_and_in_its_own_shape(
        entries in proptest::collection::vec(
            (
                prop::sample::select(vec![
                    Field::Hours,
                    Field::Operator,
                    Field::Experience,
                    Field::FirmId,
                    Field::Mail,
                    Field::ConflictClasses,
                ]),
                prop_oneof![
                    any::<u32>().prop_map(Value::Number),
                    any::<bool>().prop_map(Value::Flag),
                    Just(Value::Text(ShortText::new("words").unwrap())),
                    (0..7usize).prop_map(|few| Value::ConflictClasses(ConflictClass::ALL[..few].to_vec())),
                ],
            ),
            0..5,
        ),
    ) {
        let brief = Brief(entries.into_iter().map(|(field, value)| Entry { field, value }).collect());
        if Message::from_bytes(&encode(&Message::Answer(brief.clone()))).is_ok() {
            prop_assert!(brief.0.is_sorted_by(|a, b| a.field < b.field));
            for entry in &brief.0 {
                let fits = match entry.field {
                    Field::Hours => matches!(entry.value, Value::Number(_)),
                    Field::Operator => matches!(entry.value, Value::Flag(_)),
                    Field::Experience | Field::Mail => matches!(entry.value, Value::Text(_)),
                    Field::ConflictClasses => {
                        matches!(&entry.value, Value::ConflictClasses(list) if list.len() <= CONFLICT_CLASSES_MAX)
                    }
                    _ => false,
                };
                prop_assert!(fits, "{:?}", entry);
            }
        }
    }
}
