//! Descriptors of relays by members with bad intentions: every signature is right, and made with keys that the member has.

use crate::shelf::catch_up;
use crate::specimens::records::{relay, relay_body};
use crate::specimens::world::{World, secret, signer};
use proptest::prelude::*;
use protocol::cells::{Cell, Delays, Exit, Hop, Load, OnionSecret, Opened};
use protocol::check::{Checked, Context, Kind, Record, Unfit, check, own};
use protocol::id::{HolderKey, NetworkId, OnionKey, PeerKey, SponsorKey};
use protocol::pass::{BadPass, Pass, Purpose};
use protocol::relay::{BadRelay, Predecessor, Relay, RelayBody};
use protocol::shelf::{Partition, Placing, Shelf};
use protocol::time::{DAY_MS, UnixMs, Week};

/// Three hours.
const GRACE_MS: u64 = 3 * 3_600_000;

fn judged(world: &World, relay: Relay, now: UnixMs) -> Result<Checked, Unfit> {
    let made = own(Record::Relay(relay)).unwrap();
    check(made.frame(), Kind::Relays, &Context { now, ..world.context() })
}

/// A descriptor that both of its keys sign after `change`.
fn said(world: &World, change: impl FnOnce(&mut RelayBody)) -> Relay {
    let mut body = relay_body(world);
    change(&mut body);
    Relay::new(body, &signer("relay_holder"), &signer("relay_peer"))
}

fn why(world: &World, change: impl FnOnce(&mut RelayBody)) -> Option<BadRelay> {
    match judged(world, said(world, change), world.now) {
        Err(Unfit::Relay(why)) => Some(why),
        Ok(_) => None,
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn nobody_describes_another_s_node_or_under_another_s_pass() {
    // REL-1, CHK-1
    let world = World::new();
    assert_eq!(why(&world, |_| {}), None);
    let signed_by =
        |holder, peer| judged(&world, Relay::new(relay_body(&world), &signer(holder), &signer(peer)), world.now);
    let unsigned = Err(Unfit::Relay(BadRelay::Signature));
    assert_eq!(signed_by("relay_holder", "relay_holder"), unsigned, "not by the node");
    assert_eq!(signed_by("relay_peer", "relay_peer"), unsigned, "not by the holder of the pass");
    assert_eq!(signed_by("relay_peer", "relay_holder"), unsigned, "each for the other");
    let victim = PeerKey::of(&signer("pseudonym"));
    assert_eq!(why(&world, |body| body.peer = victim), Some(BadRelay::Signature));
    let stolen = world.pass(Purpose::Peer, "pseudonym");
    assert_eq!(why(&world, |body| body.pass = stolen), Some(BadRelay::Signature));
    let mut swapped = relay(&world);
    std::mem::swap(&mut swapped.by_holder, &mut swapped.by_peer);
    assert_eq!(judged(&world, swapped, world.now), unsigned);
    let mut both = relay(&world);
    both.body.pass = world.pass(Purpose::Peer, "relay_peer");
    let one_key = Relay::new(both.body, &signer("relay_peer"), &signer("relay_peer"));
    assert!(judged(&world, one_key.clone(), world.now).is_ok(), "one key may hold the pass and be the node");
    assert_ne!(one_key.by_holder, one_key.by_peer, "under two labels all the same");
}

#[test]
fn a_relay_inherits_from_nobody_who_does_not_say_so() {
    // REL-5
    let world = World::new();
    let (past, own) = (signer("past_relay_peer"), PeerKey::of(&signer("relay_peer")));
    let named = |predecessor| why(&world, |body| body.predecessor = Some(predecessor));
    assert_eq!(named(Predecessor::new(world.network, &past, own)), None);
    let unsigned = Some(BadRelay::Signature);
    let elsewhere = Predecessor::new(NetworkId([9; 32]), &past, own);
    assert_eq!(named(elsewhere), unsigned, "said in another network");
    let for_another = Predecessor::new(world.network, &past, PeerKey::of(&signer("pseudonym")));
    assert_eq!(named(for_another), unsigned, "said of another");
    let forged =
        Predecessor { peer: PeerKey::of(&past), ..Predecessor::new(world.network, &signer("relay_peer"), own) };
    assert_eq!(named(forged), unsigned, "said by the heir");
    assert_eq!(
        named(Predecessor::new(world.network, &signer("relay_peer"), own)),
        unsigned,
        "nobody inherits from itself"
    );
    let longest = said(&world, |body| {
        body.addresses = vec!["x".repeat(162); 8];
        body.predecessor = Some(Predecessor::new(world.network, &past, own));
    });
    assert!(judged(&world, longest, world.now).is_ok(), "with every address that it may tell");
}

#[test]
fn a_relay_needs_a_peer_pass_of_its_own_network_and_week() {
    // REL-1, REL-2, PAS-1, NET-1
    let world = World::new();
    let not_issued = Some(BadRelay::Pass(BadPass::NotIssued));
    for other in [Purpose::Advert, Purpose::Contact, Purpose::Log] {
        assert_eq!(why(&world, |body| body.pass = world.pass(other, "relay_holder")), not_issued);
    }
    let key = HolderKey::of(&signer("relay_holder"));
    let elsewhere = Pass::issue(NetworkId([9; 32]), world.epoch(), Purpose::Peer, key, &signer("sponsor"));
    assert_eq!(why(&world, |body| body.pass = elsewhere), not_issued);
    let own_make = Pass::issue(world.network, world.epoch(), Purpose::Peer, key, &signer("relay_holder"));
    assert_eq!(why(&world, |body| body.pass = own_make), not_issued);
    let borrowed = SponsorKey::of(&signer("other_sponsor"));
    assert_eq!(why(&world, |body| body.pass.sponsor = borrowed), not_issued);
    let next = world.pass_of(world.epoch().plus(1), Purpose::Peer, "relay_holder");
    assert_eq!(why(&world, |body| body.pass = next), Some(BadRelay::IllFormed), "a pass of another week");
    assert_eq!(why(&world, |body| body.network = NetworkId([9; 32])), Some(BadRelay::OtherNetwork));
}

#[test]
fn a_descriptor_is_heard_from_a_week_before_its_own_until_three_hours_after_it() {
    // REL-2, CHK-2, SYN-3
    let world = World::new();
    let at = |now| judged(&world, relay(&world), now);
    let (begin, end) = (world.epoch().monday().start(), world.epoch().end());
    let early = begin.minus(7 * DAY_MS + 600_000);
    assert!(at(early).is_ok());
    assert!(at(end.plus(GRACE_MS - 1)).is_ok());
    for (now, why) in [(early.minus(1), BadRelay::FromTheFuture), (end.plus(GRACE_MS), BadRelay::Expired)] {
        let refused = at(now).unwrap_err();
        assert_eq!(refused, Unfit::Relay(why));
        assert!(!refused.is_senders_fault());
    }
    assert!(
        Unfit::Relay(BadRelay::IllFormed).is_senders_fault() && Unfit::Relay(BadRelay::Signature).is_senders_fault()
    );
}

#[test]
fn addresses_and_onion_keys_keep_their_bounds() {
    // REL-1, REL-3, FRM-1
    let world = World::new();
    let addressed = |addresses: Vec<String>| why(&world, |body| body.addresses = addresses);
    let ill_formed = Some(BadRelay::IllFormed);
    assert_eq!(addressed(vec![]), ill_formed);
    assert_eq!(addressed(vec![String::new()]), ill_formed);
    assert_eq!(addressed(vec!["/x".to_owned(); 8]), None);
    assert_eq!(addressed(vec!["/x".to_owned(); 9]), ill_formed);
    assert_eq!(addressed(vec!["x".repeat(200)]), None);
    assert_eq!(addressed(vec!["x".repeat(201)]), ill_formed);
    assert_eq!(addressed(vec!["x".repeat(163); 8]), ill_formed, "1,304 bytes together");
    for odd in ["/dns4/a b", "/dns4/a\n", "/dns4/é", "/dns4/\u{202e}"] {
        assert_eq!(addressed(vec![odd.to_owned()]), ill_formed, "{odd:?}");
    }
    let longest = said(&world, |body| body.addresses = vec!["x".repeat(162); 8]);
    assert_eq!(judged(&world, longest, world.now).unwrap().frame().len(), 2_000, "the second class");
    assert_eq!(judged(&world, relay(&world), world.now).unwrap().frame().len(), 1_000);
    for low in [[0; 32], {
        let mut one = [0; 32];
        one[0] = 1;
        one
    }] {
        assert_eq!(why(&world, |body| body.onion = OnionKey(low)), ill_formed);
    }
}

#[test]
fn a_relay_belongs_on_its_own_topic_and_in_its_own_set() {
    // CHK-1, SYN-1, SYN-2, SYN-3, SYN-7
    let world = World::new();
    let made = own(Record::Relay(relay(&world))).unwrap();
    for kind in [Kind::Adverts, Kind::Envelopes, Kind::Log] {
        assert_eq!(check(made.frame(), kind, &world.context()), Err(Unfit::WrongTopic));
    }
    let mut shelves = [Shelf::default(), Shelf::default()];
    assert_eq!(shelves[0].consider(&made, world.now), Placing::New);
    shelves[0].place(&made, world.now);
    let second = own(Record::Relay(said(&world, |body| body.addresses.truncate(1)))).unwrap();
    assert_eq!(shelves[0].consider(&second, world.now), Placing::Contradicts(made.id()), "one pass, one descriptor");
    catch_up(&world, &mut shelves);
    assert_eq!(shelves[1].of(Kind::Relays).map(Checked::id).collect::<Vec<_>>(), [made.id()]);
    let end = world.epoch().end().plus(GRACE_MS);
    let partition = Partition::of(&made);
    assert_eq!((partition.kind, partition.period), (Kind::Relays, world.epoch().0));
    assert!(partition.is_live(end.minus(1)) && !partition.is_live(end), "compared for as long as it is kept");
    assert_eq!(shelves[0].next_expiry(), Some(end));
    assert!(shelves[0].expired(end.minus(1)).is_empty());
    assert_eq!(shelves[0].expired(end), [made.id()]);
    shelves[0].forget(&made.id());
    assert_eq!(shelves[0].count(Kind::Relays), 0);
}

#[test]
fn a_cell_for_a_described_relay_opens_with_its_onion_secret_and_names_the_next_peer() {
    // REL-1, CEL-4
    use rand_core::SeedableRng;
    let world = World::new();
    let body = relay_body(&world);
    let peer_id = body.peer.to_peer_id();
    assert_eq!((peer_id.len(), PeerKey::of_peer_id(&peer_id)), (38, Some(body.peer)));
    assert_eq!(PeerKey::of_peer_id(&peer_id[..37]), None);
    assert_eq!(PeerKey::of_peer_id(&[&[0x12, 0x20][..], &[7; 32]].concat()), None, "a peer id of another kind of key");
    let hop = Hop { peer: body.peer, onion: body.onion };
    let chance = &mut chacha20::ChaCha20Rng::from_seed([1; 32]);
    let cell = Cell::wrap(&world.network, &[hop; 3], &Delays([0; 3]), Load::Dummy, chance).unwrap();
    let onion = OnionSecret(secret("onion"));
    let Opened::Forward { next, cell, .. } = cell.open(&world.network, &onion).unwrap() else { panic!("forward") };
    assert_eq!(next, body.peer);
    let Opened::Forward { cell, .. } = cell.open(&world.network, &onion).unwrap() else { panic!("forward") };
    let Opened::Exit { exit, .. } = cell.open(&world.network, &onion).unwrap() else { panic!("exit") };
    assert_eq!(exit, Exit::Drop);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn an_accepted_descriptor_keeps_every_bound(
        (week, epoch) in (extreme(), extreme()),
        lengths in proptest::collection::vec(0_usize..230, 0..10),
        now in prop_oneof![4 => Just(World::new().now.0), 1 => any::<u64>(), 1 => Just(0), 1 => Just(u64::MAX)],
    ) {
        let world = World::new();
        let addresses: Vec<String> = lengths.iter().map(|length| "x".repeat(*length)).collect();
        let body = RelayBody {
            week: Week(week), addresses, pass: world.pass_of(Week(epoch), Purpose::Peer, "relay_holder"), ..relay_body(&world)
        };
        let now = UnixMs(now);
        let made = own(Record::Relay(Relay::new(body, &signer("relay_holder"), &signer("relay_peer"))));
        let Some(made) = made else { return Ok(()) };
        if let Ok(checked) = check(made.frame(), Kind::Relays, &Context { now, ..world.context() }) {
            prop_assert!(week == epoch && now < Week(week).end().plus(GRACE_MS));
            prop_assert!(!lengths.is_empty() && lengths.len() <= 8 && lengths.iter().sum::<usize>() <= 1_300);
            prop_assert!(checked.frame().len() <= 2_000);
            let mut shelf = Shelf::default();
            prop_assert_eq!(shelf.consider(&checked, now), Placing::New);
            shelf.place(&checked, now);
            prop_assert!(shelf.next_expiry().is_some_and(|end| end > now));
        }
    }
}

fn extreme() -> impl Strategy<Value = u32> {
    let right = World::new().epoch().0;
    prop_oneof![8 => Just(right), 2 => right - 2..=right + 2, 1 => prop::sample::select(vec![0, 1, u32::MAX]), 1 => any::<u32>()]
}
