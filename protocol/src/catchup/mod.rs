//! How neighbours fill each other's gaps: pure questions and answers over a [`Shelf`].
//!
//! Decides what to say to a neighbour's [`Parcel`] of catch-up, and which of the frames in it are news. Refuses to trust any
//! of it: ids are only asked for, frames are checked exactly as if they had been gossiped.
//!
//! ```text
//!   A                          B        A is brought up to what B holds; B asks in its turn.
//!   Roots ───────────────────▶          one root per kind
//!         ◀─────────────────── Ids      only of kinds whose roots differ; several parcels if there are many
//!   Want  ───────────────────▶          only ids that A does not hold
//!         ◀─────────────────── Bodies   only what B still holds
//! ```
//!
//! - `SYN-4` No step remembers the one before: each answer follows from the question and the shelf alone. So a lost parcel,
//!   a restart or an answer to no question costs a repetition at most, and one node can have any number of neighbours.
//!
//! What an attacker would try: send ids that nobody has (each costs its sender as much as the question for it costs us),
//! ask for everything again and again (only an admitted neighbour is answered, and the carrier makes it wait), send bodies
//! that were not asked for (they are judged like gossip, and a known one is recognised by its hash before any signature).

use crate::check::{Checked, Context, Kind, Unfit, check};
use crate::frame::record_id;
use crate::id::{Blob, RecordId};
use crate::limits::{BODIES_PER_PARCEL_MAX, IDS_PER_PARCEL_MAX};
use crate::parcel::Parcel;
use crate::shelf::Shelf;
use alloc::{collections::BTreeSet, vec::Vec};

/// The question that opens a catch-up: "this is what I hold".
pub fn roots(shelf: &Shelf) -> Parcel {
    Parcel::Roots {
        adverts: shelf.root(Kind::Adverts),
        envelopes: shelf.root(Kind::Envelopes),
        log: shelf.root(Kind::Log),
    }
}

/// What to send back for a parcel of catch-up. Empty when nothing is missing, and for every other kind of parcel; bodies
/// are for [`news`].
pub fn answer(shelf: &Shelf, parcel: &Parcel) -> Vec<Parcel> {
    match parcel {
        Parcel::Roots { adverts, envelopes, log } => {
            let theirs = [(Kind::Adverts, adverts), (Kind::Envelopes, envelopes), (Kind::Log, log)];
            let differing = theirs.into_iter().filter(|(kind, root)| shelf.root(*kind) != **root);
            differing.flat_map(|(kind, _)| list(shelf, kind)).collect()
        }
        Parcel::Ids { ids, .. } => wanted(shelf, ids),
        Parcel::Want { ids } => bodies(shelf, ids),
        _ => Vec::new(),
    }
}

/// The records among a neighbour's bodies that this shelf does not hold, each judged as if it had been gossiped. A refusal
/// is for counting; [`Unfit::is_senders_fault`] says whether the neighbour is to blame.
pub fn news(shelf: &Shelf, kind: Kind, frames: &[Blob], context: &Context<'_>) -> Vec<Result<Checked, Unfit>> {
    let unknown = frames.iter().filter(|frame| shelf.find(&record_id(&frame.0)).is_none());
    unknown.map(|frame| check(&frame.0, kind, context)).collect()
}

/// What to tell the other neighbours when a catch-up brought news (`SYN-6`): gossip does not carry these any more, because their author
/// was cut off while it said them. Each asks for what it lacks.
pub fn offer(kind: Kind, news: &[RecordId]) -> Vec<Parcel> {
    // A neighbour may have sent them in any order, and twice.
    let news: Vec<RecordId> = news.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    news.chunks(IDS_PER_PARCEL_MAX).map(|ids| Parcel::Ids { kind, ids: ids.to_vec() }).collect()
}

fn list(shelf: &Shelf, kind: Kind) -> Vec<Parcel> {
    offer(kind, &shelf.ids(kind))
}

fn wanted(shelf: &Shelf, ids: &[RecordId]) -> Vec<Parcel> {
    let missing: Vec<RecordId> = ids.iter().filter(|id| shelf.find(id).is_none()).copied().collect();
    missing.chunks(BODIES_PER_PARCEL_MAX).map(|ids| Parcel::Want { ids: ids.to_vec() }).collect()
}

fn bodies(shelf: &Shelf, ids: &[RecordId]) -> Vec<Parcel> {
    let held: Vec<&Checked> = ids.iter().take(BODIES_PER_PARCEL_MAX).filter_map(|id| shelf.find(id)).collect();
    let of = |kind: Kind| {
        let frames: Vec<Blob> = held
            .iter()
            .filter(|checked| checked.kind() == kind)
            .map(|checked| Blob(checked.frame().to_vec()))
            .collect();
        (!frames.is_empty()).then_some(Parcel::Bodies { kind, frames })
    };
    Kind::ALL.into_iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Record, own};
    use crate::genesis::{Founder, Genesis, NetworkKind, PassScheme};
    use crate::id::{DisputeKey, Hash, HolderKey, NetworkId, SponsorKey};
    use crate::log::{Start, StartBody};
    use crate::pass::{Pass, Purpose};
    use crate::shelf::Placing;
    use crate::text::Name;
    use crate::time::{UnixMs, Week};
    use ed25519_dalek::SigningKey;
    use proptest::prelude::*;

    const NOW: UnixMs = UnixMs(1_795_000_000_000);

    fn sponsor() -> SigningKey {
        SigningKey::from_bytes(&[1; 32])
    }

    fn genesis() -> Genesis {
        Genesis {
            name: Name::new("Test market").unwrap(),
            kind: NetworkKind::Simulated,
            passes: PassScheme::Plain,
            founders: [Founder { key: SponsorKey::of(&sponsor()), name: Name::new("Sponsor").unwrap() }].to_vec(),
            salt: Hash([0; 32]),
        }
    }

    fn entry(network: NetworkId, number: u16) -> Checked {
        let mut seed = [9; 32];
        seed[..2].copy_from_slice(&number.to_be_bytes());
        let holder = SigningKey::from_bytes(&seed);
        let pass = Pass::issue(network, Week(2_000), Purpose::Log, HolderKey::of(&holder), &sponsor());
        let body =
            StartBody { network, pass, receipt: Hash([1; 32]), next: Hash([2; 32]), dispute: DisputeKey([3; 32]) };
        own(Record::Start(Start::new(body, &holder))).unwrap()
    }

    fn shelf_of(numbers: impl IntoIterator<Item = u16>) -> Shelf {
        let network = genesis().id();
        let mut shelf = Shelf::default();
        for number in numbers {
            let record = entry(network, number);
            if shelf.consider(&record, NOW) == Placing::New {
                shelf.place(&record, NOW);
            }
        }
        shelf
    }

    /// `asker` asks `holder` until nothing more is said; every parcel crosses as bytes.
    fn catch_up(asker: &mut Shelf, holder: &Shelf) {
        let genesis = genesis();
        let context = Context { genesis: &genesis, network: genesis.id(), now: NOW };
        let mut questions = std::vec![roots(asker)];
        while let Some(question) = questions.pop() {
            for said in answer(holder, &Parcel::from_bytes(&question.to_bytes()).unwrap()) {
                let said = Parcel::from_bytes(&said.to_bytes()).unwrap();
                questions.extend(answer(asker, &said));
                let Parcel::Bodies { kind, frames } = said else { continue };
                for record in news(asker, kind, &frames, &context) {
                    asker.place(&record.unwrap(), NOW);
                }
            }
        }
    }

    #[test]
    fn a_shelf_that_slept_is_filled_from_one_neighbour() {
        let (mut asleep, awake) = (shelf_of(0..3), shelf_of(2..300));
        catch_up(&mut asleep, &awake);
        assert_eq!(asleep.count(Kind::Log), 300);
    }

    #[test]
    fn shelves_that_agree_have_nothing_to_say() {
        assert!(answer(&shelf_of(0..5), &roots(&shelf_of(0..5))).is_empty());
    }

    #[test]
    fn what_was_changed_on_the_way_is_refused_and_what_is_known_is_not_even_judged() {
        let (shelf, genesis) = (shelf_of(0..1), genesis());
        let context = Context { genesis: &genesis, network: genesis.id(), now: NOW };
        let known = entry(genesis.id(), 0).frame().to_vec();
        let mut changed = entry(genesis.id(), 1).frame().to_vec();
        changed[200] ^= 1;
        let judged = news(&shelf, Kind::Log, &[Blob(known), Blob(changed)], &context);
        assert_eq!(judged.len(), 1);
        assert!(judged[0].as_ref().unwrap_err().is_senders_fault());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn two_shelves_agree_after_each_asked_the_other(a in prop::collection::btree_set(0..60u16, 0..40),
                                                         b in prop::collection::btree_set(0..60u16, 0..40)) {
            let (mut left, mut right) = (shelf_of(a), shelf_of(b));
            catch_up(&mut left, &right);
            catch_up(&mut right, &left);
            prop_assert_eq!(roots(&left), roots(&right));
        }

        #[test]
        fn no_bytes_of_a_neighbour_make_an_answer_longer_than_a_parcel_may_be(
            bytes in prop::collection::vec(any::<u8>(), 0..200), ids in prop::collection::vec(any::<[u8; 32]>(), 0..300),
        ) {
            let shelf = shelf_of(0..3);
            let mut ids: Vec<RecordId> = ids.into_iter().map(RecordId).collect();
            ids.extend(shelf.ids(Kind::Log));
            ids.sort();
            ids.dedup();
            let hostile = [Parcel::Ids { kind: Kind::Adverts, ids: ids.clone() }, Parcel::Want { ids }];
            for parcel in Parcel::from_bytes(&bytes).into_iter().chain(hostile) {
                for said in answer(&shelf, &parcel) {
                    prop_assert_eq!(Parcel::from_bytes(&said.to_bytes()), Ok(said));
                }
            }
        }
    }
}
