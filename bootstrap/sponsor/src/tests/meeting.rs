//! The meeting point: what a sponsor carries for everybody, what it survives, and what its state may say.

use super::*;
use machine::{AtOnce, Ticket, Topic, Verdict};
use proptest::prelude::*;
use protocol::check::{Checked, Kind, Record as Said, own};
use protocol::id::{DisputeKey, HolderKey};
use protocol::log::{Start, StartBody};
use protocol::pass::{Pass, Purpose};

/// An entry of the log under a pass of this sponsor.
fn entry(running: &Running, number: u8) -> Checked {
    entry_by(&founder(), running, number)
}

fn entry_by(sponsor: &SigningKey, running: &Running, number: u8) -> Checked {
    let holder = SigningKey::from_bytes(&[number; 32]);
    let network = genesis().id();
    let pass = Pass::issue(network, running.at().week(), Purpose::Log, HolderKey::of(&holder), sponsor);
    let body = StartBody { network, pass, receipt: Hash([1; 32]), next: Hash([2; 32]), dispute: DisputeKey([3; 32]) };
    own(Said::Start(Start::new(body, &holder))).unwrap()
}

#[test]
fn a_new_record_is_passed_on_and_a_known_one_is_not() {
    let mut running = Running::start();
    let record = entry(&running, 1);
    for (ticket, expected) in [(1, Verdict::Accept), (2, Verdict::Ignore)] {
        let effects = running.input(Input::Heard([(Some(Ticket(ticket)), record.clone())].to_vec()));
        let verdicts = effects.at_once.iter().filter_map(|effect| match effect {
            AtOnce::Verdict(ticket, verdict) => Some((ticket.0, *verdict)),
            _ => None,
        });
        assert_eq!(verdicts.collect::<Vec<_>>(), [(ticket, expected)]);
    }
    assert_eq!(running.sponsor.market.shelf.count(Kind::Log), 1);
}

#[test]
fn a_neighbour_that_slept_gets_everything_from_a_sponsor_and_gives_what_the_sponsor_missed() {
    let (mut awake, mut asleep) = (Running::start(), Running::start());
    let heard = (1..6).map(|number| (None, entry(&awake, number))).collect();
    awake.input(Input::Heard(heard));
    let missed = entry(&asleep, 9);
    asleep.input(Input::Heard([(None, missed)].to_vec()));
    let mut to_asleep = sent(&awake.input(Input::PeerConnected(peer(2))));
    let mut to_awake = sent(&asleep.input(Input::PeerConnected(peer(1))));
    while !to_asleep.is_empty() || !to_awake.is_empty() {
        for parcel in core::mem::take(&mut to_asleep) {
            to_awake.extend(asleep.receive(&peer(1), parcel.to_bytes()));
        }
        for parcel in core::mem::take(&mut to_awake) {
            to_asleep.extend(awake.receive(&peer(2), parcel.to_bytes()));
        }
    }
    assert_eq!(awake.sponsor.market.shelf.count(Kind::Log), 6);
    let roots = [&awake, &asleep].map(|running| running.sponsor.market.shelf.holdings().root(running.at()));
    assert_eq!(roots[0], roots[1]);
    assert_eq!(asleep.sponsor.digest(), asleep.replayed().digest());
}

#[test]
fn nothing_is_told_to_a_peer_that_is_not_connected() {
    let mut running = Running::start();
    let record = entry(&running, 1);
    running.input(Input::Heard([(None, record.clone())].to_vec()));
    let want = Parcel::Want { kind: Kind::Log, ids: [record.id()].to_vec() };
    assert!(running.receive(&peer(1), want.to_bytes()).is_empty());
    running.input(Input::PeerConnected(peer(1)));
    assert_eq!(running.receive(&peer(1), want.to_bytes()).len(), 1);
    running.input(Input::PeerGone(peer(1)));
    assert!(running.receive(&peer(1), want.to_bytes()).is_empty());
}

#[test]
fn a_sponsor_never_speaks_openly_and_promises_nothing_before_it_is_recorded() {
    let mut running = Running::start();
    let token = running.invite(7).body().token;
    let command = Command::Admit { peer: Blob(peer(1).0), request: Blob(request(token, 1)) };
    let effects = running.input(Input::Asked { ask: Ask(1), command });
    assert_eq!((effects.records.len(), effects.after_commit.len()), (1, 1));
    let open = effects.after_commit.iter().any(|e| matches!(e, AfterCommit::Publish(Topic::Adverts, _)));
    assert!(!open);
}

#[test]
fn a_legal_name_and_a_firm_id_stand_in_the_register_and_nowhere_else() {
    let mut running = Running::start();
    let (peer, welcome) = running.member(1);
    let holder = HolderKey::of(&SigningKey::from_bytes(&[1; 32]));
    let request = Parcel::PassRequest { epoch: running.at().week(), purpose: Purpose::Log, holders: [holder].to_vec() };
    assert_eq!(running.receive(&peer, request.to_bytes()).len(), 1);
    let heard = entry(&running, 1);
    running.input(Input::Heard([(None, heard)].to_vec()));
    let planted = [legal_name(1).into_bytes(), welcome.membership.body.firm.0.to_vec(), peer.0.clone()];
    let says = |bytes: &[u8], canary: &Vec<u8>| bytes.windows(canary.len()).any(|window| window == canary);
    let register = minicbor_serde::to_vec(&running.sponsor.members).unwrap();
    let issued = minicbor_serde::to_vec(&running.sponsor.issued).unwrap();
    let frames: Vec<u8> = Kind::ALL
        .iter()
        .flat_map(|kind| running.sponsor.market.shelf.of(*kind))
        .flat_map(|c| c.frame().to_vec())
        .collect();
    for canary in &planted {
        assert!(says(&register, canary), "the register is where it belongs");
        assert!(!says(&issued, canary) && !says(&frames, canary));
    }
    assert!(says(&issued, &holder.0.to_vec()), "a key is found where it is, so the search can find");
}

#[test]
fn a_replayed_journal_gives_the_same_state_and_the_digest_notices_a_missing_record() {
    let mut running = Running::start();
    running.invite(7);
    let (peer, _) = running.member(1);
    let holder = HolderKey([4; 32]);
    let request =
        Parcel::PassRequest { epoch: running.at().week(), purpose: Purpose::Advert, holders: [holder].to_vec() };
    running.receive(&peer, request.to_bytes());
    let heard = entry(&running, 1);
    running.input(Input::Heard([(None, heard)].to_vec()));
    let replayed = running.replayed();
    assert_eq!(replayed.digest(), running.sponsor.digest());
    assert_eq!((&replayed.members, &replayed.issued), (&running.sponsor.members, &running.sponsor.issued));
    for missing in 0..running.journal.len() {
        let mut partial = empty();
        let rest = running.journal.iter().enumerate().filter(|(index, _)| *index != missing);
        rest.for_each(|(_, record)| partial.apply(record));
        assert_ne!(partial.digest(), running.sponsor.digest(), "record {missing}");
    }
}

#[test]
fn a_record_says_its_version_and_its_kind() {
    let mut running = Running::start();
    running.invite(7);
    let bytes = minicbor_serde::to_vec(&running.journal[0]).unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    assert!(["version", "kind", "members", "data"].iter().all(|word| text.contains(word)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn hostile_bytes_change_nothing_and_crash_nothing(
        noise in prop::collection::vec(any::<u8>(), 0..300),
        at in any::<prop::sample::Index>(), to in any::<u8>(), shape in 0..6u8,
    ) {
        let mut running = Running::start();
        let (member, _) = running.member(1);
        let record = entry_by(&SigningKey::from_bytes(&[66; 32]), &running, 1);
        let parcel = match shape {
            0 => Parcel::PassRequest { epoch: running.at().week(), purpose: Purpose::Log, holders: Vec::new() },
            1 => Parcel::Bodies { kind: Kind::Adverts, frames: [Blob(record.frame().to_vec())].to_vec() },
            2 => Parcel::Want { kind: Kind::Log, ids: [record.id(); 3].to_vec() },
            3 => Parcel::Root(running.sponsor.market.shelf.holdings().root(running.at())),
            4 => Parcel::Session { tag: [0; 2], ciphertext: Blob(noise.clone()) },
            _ => Parcel::Bodies { kind: Kind::Log, frames: [Blob(noise.clone())].to_vec() },
        };
        let mut bent = parcel.to_bytes();
        let place = at.index(bent.len());
        bent[place] = to;
        for bytes in [noise.clone(), parcel.to_bytes(), bent] {
            running.receive(&member, bytes);
        }
        let (before, records) = (running.sponsor.digest(), running.journal.len());
        running.admit(&peer(2), &noise);
        prop_assert_eq!((running.sponsor.digest(), running.journal.len()), (before, records));
        prop_assert_eq!(running.replayed().digest(), before);
        prop_assert_eq!(running.sponsor.market.shelf.count(Kind::Log), 0);
    }
}
