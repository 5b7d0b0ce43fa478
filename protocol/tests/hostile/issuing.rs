//! What could be done with blind passes, manifests and issuing keys, and is not.

use crate::specimens::issuing::{
    chance, grant, issuing_secret, manifest_of, other_manifest, pass, public, seed, signed_by, split,
};
use crate::specimens::records::{advert, offer, start};
use crate::specimens::world::{World, signer};
use protocol::advert::{Advert, BadAdvert};
use protocol::check::{Checked, Context, Kind, Record, Unfit, check, own};
use protocol::id::{BlindSignature, Blinded, HolderKey, Modulus, NetworkId, RsaSignature, Signature, SponsorKey};
use protocol::log::Start;
use protocol::pass::{
    BadKey, BadManifest, BadPass, IssuingKey, Keyring, Manifest, NotSigned, Pass, PassSignature, Purpose,
    SignedManifest, Split,
};
use protocol::shelf::{Placing, Shelf};
use protocol::sign::Signed;
use protocol::time::{DAY_MS, UnixMs};

fn judged(world: &World, keys: &Keyring, record: Record, now: UnixMs) -> Result<Checked, Unfit> {
    let made = own(record).unwrap();
    check(made.frame(), made.kind(), &Context { keys, now, ..world.context() })
}

/// What becomes of an otherwise good advert under this pass.
fn advertised(world: &World, keys: &Keyring, pass: Pass) -> Result<(), Unfit> {
    let mut body = advert(world, offer(world)).body;
    body.pass = pass;
    judged(world, keys, Record::Advert(Advert::new(body, &signer("pseudonym"))), world.now).map(drop)
}

fn key() -> HolderKey {
    HolderKey::of(&signer("pseudonym"))
}

fn refused(why: BadPass) -> Result<(), Unfit> {
    Err(Unfit::Advert(BadAdvert::Pass(why)))
}

#[test]
fn a_blind_pass_is_good_for_its_own_network_sponsor_week_purpose_and_key_only() {
    // PAS-1, PAS-5
    let world = World::blind();
    let (epoch, advert) = (world.epoch(), Purpose::Advert);
    let with = |pass| advertised(&world, &world.keys, pass);
    let good = world.pass(advert, "pseudonym");
    assert_eq!(with(good.clone()), Ok(()));
    for other in [Purpose::Contact, Purpose::Log, Purpose::Peer] {
        assert_eq!(with(world.pass(other, "pseudonym")), refused(BadPass::NotIssued), "{other:?}");
        // The sponsor cannot see what it signs: a grant for an advert, signed under the key of another purpose.
        let cheap = signed_by(issuing_secret("sponsor", other), &grant(&world, "sponsor", epoch, advert, key()));
        assert_eq!(with(cheap), refused(BadPass::NotIssued), "{other:?}");
    }
    let other_week = Pass { epoch, ..pass(&world, "sponsor", epoch.plus(1), advert, key()) };
    assert_eq!(with(other_week), refused(BadPass::NotIssued), "of another week");
    let other_sponsor = Pass { sponsor: SponsorKey::of(&signer("other_sponsor")), ..good.clone() };
    assert_eq!(with(other_sponsor), refused(BadPass::NotIssued), "with another sponsor's name");
    let stolen = world.pass(advert, "other_pseudonym");
    assert_eq!(with(stolen.clone()), Err(Unfit::Advert(BadAdvert::Signature)), "of another holder");
    assert_eq!(with(Pass { holder: key(), ..stolen }), refused(BadPass::NotIssued), "of another holder, renamed");
    let mut elsewhere = World::blind();
    elsewhere.network = NetworkId([9; 32]);
    assert_eq!(with(elsewhere.pass(advert, "pseudonym")), refused(BadPass::NotIssued), "of another network");
    let nobody = Pass { sponsor: SponsorKey::of(&signer("person")), ..good };
    assert_eq!(with(nobody), refused(BadPass::NotIssued), "of nobody that founded the network");
}

#[test]
fn a_pass_of_another_scheme_than_the_genesis_names_is_no_pass() {
    // PAS-1
    let (plain, blind) = (World::new(), World::blind());
    let clear = Pass::issue(blind.network, blind.epoch(), Purpose::Advert, key(), &signer("sponsor"));
    assert_eq!(advertised(&blind, &blind.keys, clear), refused(BadPass::NotIssued));
    let hidden = pass(&plain, "sponsor", plain.epoch(), Purpose::Advert, key());
    assert_eq!(advertised(&plain, &blind.keys, hidden), refused(BadPass::NotIssued));
}

#[test]
fn forged_signatures_are_refused_and_blamed() {
    // PAS-5, CHK-2
    let world = World::blind();
    let good = world.pass(Purpose::Advert, "pseudonym");
    let with = |bytes| advertised(&world, &world.keys, Pass { signature: PassSignature::Blind(bytes), ..good.clone() });
    let PassSignature::Blind(right) = good.signature else { panic!("a blind pass") };
    let mut changed = right;
    changed.0[255] ^= 1;
    let modulus = issuing_secret("sponsor", Purpose::Advert).modulus();
    for forged in [RsaSignature([0; 256]), RsaSignature([0xff; 256]), RsaSignature(modulus.0), changed] {
        let refused = with(forged).unwrap_err();
        assert_eq!(refused, Unfit::Advert(BadAdvert::Pass(BadPass::NotIssued)));
        assert!(refused.is_senders_fault());
    }
    let one = RsaSignature(std::array::from_fn(|at| u8::from(at == 255)));
    assert!(with(one).is_err(), "1 is the root of 1 under every key");
    let blank = Pass { signature: PassSignature::Plain(Signature([0; 64])), ..good.clone() };
    assert!(advertised(&world, &world.keys, blank).is_err());
}

#[test]
fn a_pass_whose_key_is_not_known_yet_is_nobodys_fault_and_can_be_asked_for_again() {
    // PAS-7, CHK-2, SYN-9
    let world = World::blind();
    let unknown = advertised(&world, &Keyring::default(), world.pass(Purpose::Advert, "pseudonym")).unwrap_err();
    assert_eq!(unknown, Unfit::Advert(BadAdvert::Pass(BadPass::KeyUnknown)));
    assert!(!unknown.is_senders_fault() && !unknown.is_hopeless());
}

#[test]
fn the_sponsor_sees_nothing_of_what_it_signs() {
    // PAS-5
    let world = World::blind();
    let issuing = issuing_secret("sponsor", Purpose::Advert);
    let grant = grant(&world, "sponsor", world.epoch(), Purpose::Advert, key());
    let (public, other_seed) = (public(issuing), protocol::noise::Seed([0x22; 32]));
    let (one, other) = (public.blind(&grant, &seed()).unwrap(), public.blind(&grant, &other_seed).unwrap());
    assert_ne!(one.blinded, other.blinded, "one grant hidden twice is two numbers");
    assert_eq!(one.blinded, public.blind(&grant, &seed()).unwrap().blinded, "and the same again after a crash");
    let answers = [one.blinded, other.blinded].map(|blinded| issuing.sign(&mut chance(), &blinded).unwrap());
    let opened = [public.open(&grant, &one, &answers[0]), public.open(&grant, &other, &answers[1])];
    let [Ok(first), Ok(second)] = opened else { panic!("both open") };
    // Either answer fits either signature under some factor, so nothing that was seen points at one of them.
    for seen in answers.map(|answer| answer.0).into_iter().chain([one.blinded.0, other.blinded.0]) {
        assert!(seen != first.0 && seen != second.0);
    }
    assert_eq!(public.open(&grant, &one, &answers[1]), Err(NotSigned), "an answer to another question");
    assert_eq!(public.open(&grant, &one, &BlindSignature([7; 256])), Err(NotSigned), "no answer at all");
    let others = [Purpose::Contact, Purpose::Log, Purpose::Peer].map(|purpose| issuing_secret("sponsor", purpose));
    let elsewhere = others.iter().find_map(|other| other.sign(&mut chance(), &one.blinded)).unwrap();
    assert_eq!(public.open(&grant, &one, &elsewhere), Err(NotSigned), "signed under another key");
    assert_eq!(issuing.sign(&mut chance(), &Blinded([0xff; 256])), None, "a number beyond the modulus");
}

#[test]
fn a_modulus_that_is_none_is_refused() {
    // PAS-6
    let good = issuing_secret("sponsor", Purpose::Advert).modulus();
    assert!(IssuingKey::new(&good).is_ok());
    let with = |at: usize, byte: u8| {
        let mut changed = good;
        changed.0[at] = byte;
        IssuingKey::new(&changed)
    };
    assert_eq!(with(0, good.0[0] & 0x7f), Err(BadKey), "2,047 bits");
    assert_eq!(with(0, 0), Err(BadKey), "2,040 bits");
    assert_eq!(with(255, good.0[255] & 0xfe), Err(BadKey), "even");
    assert_eq!(IssuingKey::new(&Modulus([0; 256])), Err(BadKey));
    // 2^2048 − 1 is divisible by 3.
    assert_eq!(IssuingKey::new(&Modulus([0xff; 256])), Err(BadKey));
}

#[test]
fn a_manifest_says_one_good_key_for_each_purpose_under_a_founders_signature() {
    // PAS-6, PAS-7, CHK-1
    let world = World::blind();
    let good = manifest_of(&world, "sponsor", world.epoch());
    let judge = |manifest: SignedManifest| judged(&world, &world.keys, Record::Manifest(manifest), world.now).map(drop);
    let changed = |change: &dyn Fn(&mut Manifest)| {
        let mut body = good.body.clone();
        change(&mut body);
        judge(SignedManifest::new(body, &signer("sponsor")))
    };
    let ill_formed = Err(Unfit::Keys(BadManifest::IllFormed));
    assert_eq!(judge(good.clone()), Ok(()));
    assert_eq!(changed(&|body| body.keys.truncate(3)), ill_formed, "a purpose is missing");
    assert_eq!(changed(&|body| body.keys.swap(0, 1)), ill_formed, "out of order");
    assert_eq!(changed(&|body| body.keys[1].0 = Purpose::Advert), ill_formed, "a purpose twice");
    assert_eq!(changed(&|body| body.keys[1].1 = body.keys[0].1), ill_formed, "one key for two purposes");
    assert_eq!(changed(&|body| body.keys[0].1.0[255] ^= 1), Err(Unfit::Keys(BadManifest::Key(BadKey))));
    assert_eq!(changed(&|body| body.network = NetworkId([9; 32])), Err(Unfit::Keys(BadManifest::OtherNetwork)));
    let unsigned = Err(Unfit::Keys(BadManifest::Signature));
    assert_eq!(judge(Signed::new(good.body.clone(), &signer("other_sponsor"))), unsigned);
    assert_eq!(changed(&|body| body.sponsor = SponsorKey::of(&signer("other_sponsor"))), unsigned);
    let stranger = Manifest { sponsor: SponsorKey::of(&signer("person")), ..good.body.clone() };
    assert_eq!(judge(SignedManifest::new(stranger, &signer("person"))), unsigned, "no founder");
}

#[test]
fn a_manifest_is_heard_four_weeks_ahead_and_ever_after() {
    // PAS-7, CHK-2, SYN-3
    let world = World::blind();
    let at = |now| judged(&world, &world.keys, Record::Manifest(manifest_of(&world, "sponsor", world.epoch())), now);
    let early = world.epoch().monday().start().minus(28 * DAY_MS + 600_000);
    let made = at(early).unwrap();
    let refused = at(early.minus(1)).unwrap_err();
    assert_eq!(refused, Unfit::Keys(BadManifest::FromTheFuture));
    assert!(!refused.is_senders_fault());
    let later = world.now.plus(1_000 * DAY_MS);
    assert!(at(later).is_ok());
    let mut shelf = Shelf::default();
    shelf.place(&made, world.now);
    assert!(shelf.expired(later).is_empty(), "what the log rests on stays");
}

#[test]
fn two_manifests_of_one_week_prove_a_split_in_one_form_only() {
    // PAS-8, ENC-2
    let world = World::blind();
    let (one, other) = (manifest_of(&world, "sponsor", world.epoch()), other_manifest(&world, world.epoch()));
    let judge = |split: Split| judged(&world, &world.keys, Record::Split(split), world.now).map(drop);
    let proof = Split::of(&one, &other).unwrap();
    assert_eq!(Split::of(&other, &one), Some(proof.clone()));
    assert_eq!(judge(proof.clone()), Ok(()));
    let turned = Split { one: proof.other.clone(), other: proof.one.clone() };
    assert_eq!(judge(turned), Err(Unfit::Keys(BadManifest::IllFormed)));
    assert_eq!(Split::of(&one, &one), None);
    assert_eq!(Split::of(&one, &manifest_of(&world, "sponsor", world.epoch().plus(1))), None, "two weeks");
    assert_eq!(Split::of(&one, &manifest_of(&world, "other_sponsor", world.epoch())), None, "two sponsors");
    let forged = SignedManifest::new(other.body.clone(), &signer("person"));
    let slander = Split::of(&one, &forged).unwrap();
    assert_eq!(judge(slander), Err(Unfit::Keys(BadManifest::Signature)), "nobody convicts a sponsor with a forgery");
}

#[test]
fn after_a_split_nodes_that_heard_different_keys_hold_the_same_and_take_nothing_new_of_that_sponsor() {
    // PAS-8, SYN-2, LOG-2
    let world = World::blind();
    let made = |record| own(record).unwrap();
    let (one, other) = (manifest_of(&world, "sponsor", world.epoch()), other_manifest(&world, world.epoch()));
    let records = [made(Record::Manifest(one)), made(Record::Manifest(other))];
    let proof = made(Record::Split(split(&world)));
    let shelves = [[0, 1], [1, 0]].map(|order| {
        let mut shelf = Shelf::default();
        let [first, second] = order.map(|at| records[at].clone());
        shelf.place(&first, world.now);
        assert_eq!(shelf.consider(&second, world.now), Placing::Contradicts(first.id()));
        assert_eq!(shelf.in_slot(&second.holder()), Some(&first), "so the two can be put together");
        assert_eq!(shelf.consider(&proof, world.now), Placing::New);
        shelf.place(&proof, world.now);
        assert_eq!(shelf.consider(&first, world.now), Placing::Gone);
        assert_eq!(shelf.consider(&second, world.now), Placing::Gone);
        shelf
    });
    assert_eq!(shelves[0].root(Kind::Keys), shelves[1].root(Kind::Keys));
    assert_eq!(shelves[0].keyring(), shelves[1].keyring());
    let keys = shelves[0].keyring();
    let why = advertised(&world, keys, world.pass(Purpose::Advert, "pseudonym")).unwrap_err();
    assert_eq!(why, Unfit::Advert(BadAdvert::Pass(BadPass::Distrusted)));
    assert!(!why.is_senders_fault() && why.is_hopeless());
    assert!(keys.key(&SponsorKey::of(&signer("sponsor")), world.epoch(), Purpose::Advert).is_none());
    // What was begun is remembered, under either key.
    let begun = start(&world);
    assert!(judged(&world, keys, Record::Start(begun.clone()), world.now).is_ok());
    let swapped = grant(&world, "sponsor", world.epoch(), Purpose::Log, begun.body.pass.holder);
    let mut body = begun.body;
    body.pass = signed_by(issuing_secret("sponsor", Purpose::Contact), &swapped);
    assert!(judged(&world, keys, Record::Start(Start::new(body, &signer("position"))), world.now).is_ok());
}

#[test]
fn weeks_before_a_split_and_other_sponsors_stay_good() {
    // PAS-8
    let world = World::blind();
    let mut keys = world.keys.clone();
    let later = world.epoch().plus(1);
    let proof = Split::of(&manifest_of(&world, "sponsor", later), &other_manifest(&world, later)).unwrap();
    keys.distrust(&proof);
    assert_eq!(advertised(&world, &keys, world.pass(Purpose::Advert, "pseudonym")), Ok(()));
    keys.distrust(&split(&world));
    let other = pass(&world, "other_sponsor", world.epoch(), Purpose::Advert, key());
    assert_eq!(advertised(&world, &keys, other), Ok(()));
    assert_eq!(keys.splits().collect::<Vec<_>>(), [(SponsorKey::of(&signer("sponsor")), world.epoch())]);
}
