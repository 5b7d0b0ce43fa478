//! `MAT-9`: whom the index leaves out, the judgement would refuse, whatever comes and goes, and on every day.

use super::properties::pair;
use super::*;
use matching::index::Facets;
use proptest::{collection::vec as list, prelude::*};

/// Adverts that came, some of which went again, and what they leave.
fn standing(adverts: &[(Facts, bool)]) -> (Candidates<usize>, Vec<(usize, Said)>) {
    let read = |facts: &Facts| Said::by_advert(plain(), facts);
    let all: Vec<Said> = adverts.iter().map(|(facts, _)| read(facts)).collect();
    let mut candidates = Candidates::new(&Facets::of(Vocabulary::shared()));
    all.iter().enumerate().for_each(|(at, said)| candidates.enter(at, said));
    let gone = adverts.iter().enumerate().filter(|(_, (_, stays))| !stays).map(|(at, _)| at);
    gone.for_each(|at| candidates.leave(&at));
    let stay = all.into_iter().enumerate().filter(|(at, _)| adverts[*at].1).collect();
    (candidates, stay)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_found_and_judged_is_what_judging_everything_finds(
        pairs in list((pair(), any::<bool>(), any::<bool>()), 1..40),
        weeks in 0..8_u64,
    ) {
        let now = NOW.plus(weeks * 7 * 86_400_000);
        let today = day(now.day());
        let facts = |(pair, ours, stays): &((ItemDraft, ItemDraft), bool, bool)| {
            (advert(if *ours { &pair.0 } else { &pair.1 }), *stays)
        };
        let (candidates, stay) = standing(&pairs.iter().map(facts).collect::<Vec<_>>());
        for ((offer, need), ..) in &pairs {
            for own in [offer, need] {
                let ours = Said::by_item(plain(), own);
                let open = |theirs: &Said| is_open(plain(), &ours, theirs, now);
                let all: Vec<usize> = stay.iter().filter(|(_, theirs)| open(theirs)).map(|(at, _)| *at).collect();
                let mut found = candidates.that_could_meet(&ours, today);
                prop_assert!(found.iter().all(|at| pairs[*at].2), "what is gone is not found");
                found.retain(|at| stay.iter().any(|(own, theirs)| own == at && open(theirs)));
                prop_assert_eq!(found, all);
            }
        }
    }
}

/// Left out are most of those that could not serve: a market of a thousand lathes is not judged for a need of milling far away.
#[test]
fn most_of_what_cannot_meet_is_left_out() {
    let places = [HAMILTON, KITCHENER, MONTREAL];
    let offers = (0..300).map(|at| {
        let other = [Material::CastIron, Material::Polymer, Material::Titanium][at % 3];
        let weeks = Weeks { first: Week(2_970 + (at % 20) as u32), last: Week(2_972 + (at % 20) as u32) };
        let (materials, site) = (vec![other, Material::Aluminium], places[at / 3 % 3]);
        (advert(&ItemDraft { materials, site, weeks, ..idle_shift() }), true)
    });
    let (candidates, stay) = standing(&offers.collect::<Vec<_>>());
    let ours = Said::by_item(plain(), &mandrels());
    let open = stay.iter().filter(|(_, theirs)| is_open(plain(), &ours, theirs, NOW)).count();
    let found = candidates.that_could_meet(&ours, day(NOW.day())).len();
    assert!(open > 0 && open <= found && found * 5 < stay.len(), "{open} open, {found} found, {} stand", stay.len());
}

/// With `--nocapture` it prints what building costs beside judging all.
#[test]
#[allow(clippy::disallowed_methods, reason = "it prints times")]
fn the_index_finds_what_judging_all_finds_among_a_hundred_thousand() {
    let places = [HAMILTON, KITCHENER, MONTREAL];
    let offer = |at: usize| {
        let of = |step: usize, all: usize| at / step % all;
        let text =
            ["Five-axis trunnion mill idle on nights, titanium daily.", "Tour CNC, barres de 65 mm, laiton et acier."];
        let weeks = Weeks { first: Week(2_970 + of(3, 8) as u32), last: Week(2_972 + of(3, 8) as u32) };
        let item = ItemDraft {
            process: Process::ALL[of(2, 10)],
            materials: vec![Material::ALL[of(1, Material::ALL.len())], Material::ALL[of(7, Material::ALL.len())]],
            site: places[of(5, 3)],
            weeks,
            tolerance_um: Some(5 + of(11, 40) as u32),
            ..idle_shift()
        };
        Facts { text: (at % 3 == 0).then(|| ShortText::new(text[of(3, 2)]).unwrap()), ..advert(&item) }
    };
    let facets = Facets::of(Vocabulary::shared());
    for count in [1_000, 10_000, 100_000] {
        let adverts: Vec<Facts> = (0..count).map(offer).collect();
        let begin = std::time::Instant::now();
        let mut candidates = Candidates::new(&facets);
        for (at, facts) in adverts.iter().enumerate() {
            candidates.enter(at, &Said::by_advert(plain(), facts));
        }
        let built = begin.elapsed();
        let ours = Said::by_item(plain(), &mandrels());
        let open = |at: &usize| is_open(plain(), &ours, &Said::by_advert(plain(), &adverts[*at]), NOW);
        let begin = std::time::Instant::now();
        let candidates = candidates.that_could_meet(&ours, day(NOW.day()));
        let found: Vec<usize> = candidates.iter().copied().filter(open).collect();
        let indexed = begin.elapsed();
        let begin = std::time::Instant::now();
        let all: Vec<usize> = (0..count).filter(open).collect();
        let judged = begin.elapsed();
        assert_eq!(found, all);
        std::println!(
            "{count} adverts: read and entered in {built:?}; of {} candidates {} are open, in {indexed:?}; all judged in {judged:?}",
            candidates.len(),
            found.len()
        );
    }
}
