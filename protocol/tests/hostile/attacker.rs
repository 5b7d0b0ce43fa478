//! A member with bad intentions: every signature here is right, and made with keys and passes that the member does have.

use crate::specimens::belonging;
use crate::specimens::records::{advert, envelope, need, offer, outcome, start};
use crate::specimens::world::{World, signer};
use protocol::admission::{Admission, NotANeighbour, admits};
use protocol::advert::{Advert, AdvertBody, BadAdvert, Withdrawal, WithdrawalBody, withdraw};
use protocol::check::{Checked, Kind, Record, Unfit, check, own};
use protocol::envelope::{BadEnvelope, Envelope};
use protocol::facts::{Facts, Weeks};
use protocol::id::{Blob, HolderKey, InvitationToken, NetworkId, SponsorKey};
use protocol::invitation::{BadInvitation, Invitation, InvitationBody};
use protocol::log::{BadEntry, Outcome, Start};
use protocol::pass::{BadPass, Pass, Purpose};
use protocol::sign::Signed;
use protocol::time::{DAY_MS, UnixMs, Week};
use protocol::vocabulary::{ConflictClass, Material};
use protocol::wire::{Malformed, decode, encode};

const MINUTE_MS: u64 = 60_000;

fn judged(world: &World, record: Record, now: UnixMs) -> Result<Checked, Unfit> {
    let made = own(record).unwrap();
    check(made.frame(), made.kind(), &protocol::check::Context { now, ..world.context() })
}

/// An advert that its pseudonym signs after `change`.
fn said(world: &World, change: impl FnOnce(&mut AdvertBody)) -> Record {
    let mut body = advert(world, offer(world)).body;
    change(&mut body);
    Record::Advert(Advert::new(body, &signer("pseudonym")))
}

fn why(world: &World, change: impl FnOnce(&mut AdvertBody)) -> Option<BadAdvert> {
    match judged(world, said(world, change), world.now) {
        Err(Unfit::Advert(why)) => Some(why),
        Ok(_) => None,
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn an_advert_for_another_network_or_with_unsound_facts_is_refused() {
    // NET-1, ADV-1, ADV-5
    let world = World::new();
    assert_eq!(why(&world, |_| {}), None);
    assert_eq!(why(&world, |body| body.network = NetworkId([9; 32])), Some(BadAdvert::OtherNetwork));
    let unsound: [fn(&mut Facts); 7] = [
        |facts| facts.materials.reverse(),
        |facts| facts.materials = vec![Material::Titanium, Material::Titanium],
        |facts| facts.weeks = Weeks { first: facts.weeks.last, last: facts.weeks.first },
        |facts| facts.weeks.last = facts.weeks.first.plus(53),
        |facts| facts.languages.reverse(),
        |facts| facts.conflict_classes = ConflictClass::ALL[..5].to_vec(),
        |facts| facts.conflict_classes = vec![ConflictClass::Mining, ConflictClass::Energy],
    ];
    for change in unsound {
        assert_eq!(why(&world, |body| change(&mut body.facts)), Some(BadAdvert::IllFormed));
    }
    assert_eq!(why(&world, |body| body.facts.weeks.last = body.facts.weeks.first.plus(52)), None);
}

#[test]
fn an_advert_lives_at_most_eight_weeks_and_is_gone_after_its_last() {
    // ADV-2, SYN-3
    let world = World::new();
    let week = world.epoch();
    assert_eq!(why(&world, |body| body.expires = week.plus(8)), None);
    assert_eq!(why(&world, |body| body.expires = week.plus(9)), Some(BadAdvert::IllFormed));
    assert_eq!(why(&world, |body| body.expires = Week(week.0 - 1)), Some(BadAdvert::IllFormed));
    assert_eq!(why(&world, |body| body.expires = Week(u32::MAX)), Some(BadAdvert::IllFormed));
    let last_moment = week.plus(4).end();
    assert!(judged(&world, said(&world, |_| {}), last_moment.minus(1)).is_ok());
    let late = judged(&world, said(&world, |_| {}), last_moment).unwrap_err();
    assert_eq!(late, Unfit::Advert(BadAdvert::Expired));
    assert!(!late.is_senders_fault(), "CHK-2");
}

#[test]
fn ten_minutes_of_clock_skew_are_accepted_and_two_days_are_not() {
    // CHK-2
    let world = World::new();
    let published = world.today().start();
    assert!(judged(&world, said(&world, |_| {}), published.minus(10 * MINUTE_MS)).is_ok());
    for early in [10 * MINUTE_MS + 1, 2 * DAY_MS] {
        let refused = judged(&world, said(&world, |_| {}), published.minus(early)).unwrap_err();
        assert_eq!(refused, Unfit::Advert(BadAdvert::FromTheFuture));
        assert!(!refused.is_senders_fault());
    }
    let ahead = why(&world, |body| body.published = body.published.plus(2));
    assert_eq!(ahead, Some(BadAdvert::FromTheFuture));
}

#[test]
fn a_pass_is_good_for_its_own_network_purpose_week_and_key_only() {
    // PAS-1, PAS-2, PAS-3
    let world = World::new();
    let with = |pass: Pass| why(&world, |body| body.pass = pass);
    let pass = |epoch| world.pass_of(epoch, Purpose::Advert, "pseudonym");
    let not_issued = Some(BadAdvert::Pass(BadPass::NotIssued));
    let out_of_epoch = Some(BadAdvert::Pass(BadPass::OutOfEpoch));
    assert_eq!(with(world.pass(Purpose::Contact, "pseudonym")), not_issued, "a pass for envelopes");
    assert_eq!(with(world.pass(Purpose::Log, "pseudonym")), not_issued, "a pass for the log");
    let key = HolderKey::of(&signer("pseudonym"));
    let elsewhere = Pass::issue(NetworkId([9; 32]), world.epoch(), Purpose::Advert, key, &signer("sponsor"));
    assert_eq!(with(elsewhere), not_issued, "a pass of another network");
    let own_make = Pass::issue(world.network, world.epoch(), Purpose::Advert, key, &signer("pseudonym"));
    assert_eq!(with(own_make), not_issued, "a pass of nobody's");
    let borrowed = Pass { sponsor: SponsorKey::of(&signer("other_sponsor")), ..pass(world.epoch()) };
    assert_eq!(with(borrowed), not_issued, "another sponsor's name on it");
    assert_eq!(with(world.pass(Purpose::Advert, "other_pseudonym")), Some(BadAdvert::Signature), "another's pass");
    assert_eq!(with(pass(world.epoch().plus(1))), out_of_epoch, "a pass of next week");
    let changed = Pass { epoch: world.epoch(), ..pass(Week(world.epoch().0 - 1)) };
    assert_eq!(with(changed), not_issued, "an old pass with a new date");
}

#[test]
fn a_pass_holds_for_48_hours_after_its_week_and_its_advert_can_still_be_withdrawn() {
    // PAS-3, ADV-4
    let world = World::new();
    let last_week = Week(world.epoch().0 - 1);
    let tuesday = world.epoch().monday().plus(1);
    let late = |body: &mut AdvertBody| {
        body.pass = world.pass_of(last_week, Purpose::Advert, "pseudonym");
        body.published = tuesday;
        body.expires = world.epoch().plus(8);
    };
    let record = said(&world, late);
    let Record::Advert(advert) = record.clone() else { panic!("an advert") };
    assert!(judged(&world, record, tuesday.start()).is_ok());
    let gone = Record::Withdrawal(withdraw(&advert.body, &signer("pseudonym")));
    assert!(judged(&world, gone, tuesday.start()).is_ok());
    let thursday = tuesday.plus(2);
    let too_late = said(&world, |body| {
        late(body);
        body.published = thursday;
    });
    let refused = judged(&world, too_late, thursday.start()).unwrap_err();
    assert_eq!(refused, Unfit::Advert(BadAdvert::Pass(BadPass::OutOfEpoch)));
}

#[test]
fn only_the_pseudonym_withdraws_its_advert() {
    // ADV-4
    let world = World::new();
    let victim = advert(&world, offer(&world)).body;
    let forged = |change: fn(&mut WithdrawalBody), key| {
        let mut body = withdraw(&victim, &signer("pseudonym")).body;
        change(&mut body);
        match judged(&world, Record::Withdrawal(Withdrawal::new(body, &signer(key))), world.now) {
            Err(Unfit::Advert(why)) => Some(why),
            Ok(_) => None,
            Err(other) => panic!("{other:?}"),
        }
    };
    assert_eq!(forged(|_| {}, "pseudonym"), None);
    assert_eq!(forged(|_| {}, "other_pseudonym"), Some(BadAdvert::Signature));
    let own_pass = |body: &mut WithdrawalBody| body.pass = World::new().pass(Purpose::Advert, "other_pseudonym");
    assert_eq!(forged(own_pass, "other_pseudonym"), Some(BadAdvert::IllFormed));
    let longer = |body: &mut WithdrawalBody| body.expires = body.pass.epoch.plus(10);
    assert_eq!(forged(longer, "pseudonym"), Some(BadAdvert::IllFormed));
    let elsewhere = |body: &mut WithdrawalBody| body.network = NetworkId([9; 32]);
    assert_eq!(forged(elsewhere, "pseudonym"), Some(BadAdvert::OtherNetwork));
    let over = |body: &mut WithdrawalBody| body.expires = Week(body.pass.epoch.0 - 1);
    assert_eq!(forged(over, "pseudonym"), Some(BadAdvert::Expired));
}

#[test]
fn an_envelope_of_odd_size_for_elsewhere_or_too_late_is_refused() {
    // ENV-1, ENV-2
    let world = World::new();
    let sealed = |change: &dyn Fn(&mut Envelope), now| {
        let mut made = envelope(&world, 480);
        change(&mut made);
        match judged(&world, Record::Envelope(Envelope::new(made.body, &signer("envelope_holder"))), now) {
            Err(Unfit::Envelope(why)) => Some(why),
            Ok(_) => None,
            Err(other) => panic!("{other:?}"),
        }
    };
    assert_eq!(sealed(&|_| {}, world.now), None);
    for length in [0, 480, 495, 497, 2_000] {
        let odd = |made: &mut Envelope| made.body.ciphertext = Blob(vec![0; length]);
        assert_eq!(sealed(&odd, world.now), Some(BadEnvelope::Size));
    }
    assert_eq!(sealed(&|made| made.body.network = NetworkId([9; 32]), world.now), Some(BadEnvelope::OtherNetwork));
    let advert_pass = |made: &mut Envelope| made.body.pass = world.pass(Purpose::Advert, "envelope_holder");
    assert_eq!(sealed(&advert_pass, world.now), Some(BadEnvelope::Pass(BadPass::NotIssued)));
    let stolen = |made: &mut Envelope| made.body.pass = world.pass(Purpose::Contact, "other_pseudonym");
    assert_eq!(sealed(&stolen, world.now), Some(BadEnvelope::Signature));
    let lapse = world.epoch().end().plus(2 * DAY_MS + 7 * DAY_MS);
    assert_eq!(sealed(&|_| {}, lapse.minus(1)), None);
    assert_eq!(sealed(&|_| {}, lapse), Some(BadEnvelope::Lapsed));
    let monday = world.epoch().monday().start();
    assert_eq!(sealed(&|_| {}, monday.minus(10 * MINUTE_MS)), None);
    assert_eq!(sealed(&|_| {}, monday.minus(2 * DAY_MS)), Some(BadEnvelope::Pass(BadPass::OutOfEpoch)));
}

#[test]
fn an_entry_of_the_log_is_judged_by_itself_and_never_by_a_clock() {
    // LOG-1, LOG-2
    let world = World::new();
    for now in [UnixMs(0), world.now, UnixMs(u64::MAX)] {
        assert!(judged(&world, Record::Start(start(&world)), now).is_ok());
        assert!(judged(&world, Record::Outcome(outcome(&world)), now).is_ok());
    }
    let entry = |change: fn(&mut Start), key| {
        let mut made = start(&world);
        change(&mut made);
        judged(&world, Record::Start(Start::new(made.body, &signer(key))), world.now).unwrap_err()
    };
    assert_eq!(entry(|_| {}, "next_position"), Unfit::Entry(BadEntry::Signature));
    assert_eq!(entry(|made| made.body.network = NetworkId([9; 32]), "position"), Unfit::Entry(BadEntry::OtherNetwork));
    let wrong_pass = |made: &mut Start| made.body.pass = World::new().pass(Purpose::Contact, "position");
    assert_eq!(entry(wrong_pass, "position"), Unfit::Entry(BadEntry::Pass(BadPass::NotIssued)));
    let mut ended = outcome(&world);
    ended.body.network = NetworkId([9; 32]);
    let ended = judged(&world, Record::Outcome(Outcome::new(ended.body, &signer("position"))), world.now);
    assert_eq!(ended.unwrap_err(), Unfit::Entry(BadEntry::OtherNetwork));
}

#[test]
fn the_first_rule_that_fails_names_the_reason_and_the_blame() {
    // CHK-1, CHK-2, FRM-1
    let world = World::new();
    let made = own(said(&world, |_| {})).unwrap();
    assert_eq!(check(made.frame(), Kind::Log, &world.context()), Err(Unfit::WrongTopic));
    assert_eq!(check(&[0; 3_401], Kind::Log, &world.context()), Err(Unfit::Malformed(Malformed::TooLong)));
    let mut wide = made.frame().to_vec();
    wide.resize(2_000, 0);
    assert_eq!(check(&wide, Kind::Adverts, &world.context()), Err(Unfit::Malformed(Malformed::Shape)));
    // Everything is wrong with it: the network is named first, the signature would be last.
    let all_wrong = said(&world, |body| {
        body.network = NetworkId([9; 32]);
        body.expires = Week(0);
        body.pass.epoch = Week(0);
    });
    let refused = judged(&world, all_wrong, world.now).unwrap_err();
    assert_eq!(refused, Unfit::Advert(BadAdvert::OtherNetwork));
    assert!(refused.is_senders_fault());
}

#[test]
fn a_hello_admits_one_transport_identity_in_one_network_for_its_time() {
    // ADM-1
    let world = World::new();
    let until = world.now.plus(DAY_MS);
    let peer = belonging::peer();
    let greet =
        |admission: &Signed<Admission>, peer: &[u8], now| admits(Some(&encode(admission)), &world.genesis, peer, now);
    let good = belonging::signed_admission(&world, until);
    assert_eq!(greet(&good, &peer, world.now), Ok(()));
    assert_eq!(greet(&good, &peer, until.minus(1)), Ok(()));
    assert_eq!(greet(&good, &peer, until), Err(NotANeighbour::Expired));
    assert_eq!(greet(&good, b"another peer", world.now), Err(NotANeighbour::Invalid));
    assert_eq!(admits(None, &world.genesis, &peer, world.now), Err(NotANeighbour::Missing));
    let with = |change: fn(&mut Admission), key| {
        let mut body = good.body.clone();
        change(&mut body);
        greet(&Signed::new(body, &signer(key)), &peer, world.now)
    };
    assert_eq!(with(|body| body.network = NetworkId([9; 32]), "sponsor"), Err(NotANeighbour::Invalid));
    assert_eq!(with(|_| {}, "other_sponsor"), Err(NotANeighbour::Invalid));
    let stranger = |body: &mut Admission| body.sponsor = SponsorKey::of(&signer("pseudonym"));
    assert_eq!(with(stranger, "pseudonym"), Err(NotANeighbour::Invalid));
    let second = |body: &mut Admission| body.sponsor = SponsorKey::of(&signer("other_sponsor"));
    assert_eq!(with(second, "other_sponsor"), Ok(()), "any founder admits");
}

#[test]
fn a_membership_and_an_admission_share_no_name() {
    // ADM-2
    let world = World::new();
    let holds = |bytes: &[u8], name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
    let membership = encode(&belonging::signed_membership(&world));
    let admission = encode(&belonging::signed_admission(&world, world.now));
    assert!(!holds(&membership, &belonging::peer()));
    assert!(!holds(&admission, world.inception().body.firm().as_bytes()));
    assert!(!holds(&admission, b"Example Machining"));
}

#[test]
fn an_invitation_is_refused_by_name_when_it_is_not_one_changed_or_late() {
    // INV-1
    let world = World::new();
    let body = InvitationBody {
        network: world.network,
        sponsor: SponsorKey::of(&signer("sponsor")),
        peer: Blob(belonging::peer()),
        addresses: vec!["/ip4/192.0.2.7/tcp/4001".to_owned()],
        expires: world.now,
        token: InvitationToken([1; 16]),
    };
    let forged = Invitation::new(body.clone(), &signer("pseudonym")).to_string();
    assert_eq!(forged.parse::<Invitation>(), Err(BadInvitation::Damaged));
    let crowded = InvitationBody { addresses: vec!["/x".to_owned(); 9], ..body.clone() };
    let crowded = Invitation::new(crowded, &signer("sponsor")).to_string();
    assert_eq!(crowded.parse::<Invitation>(), Err(BadInvitation::Damaged));
    assert_eq!("cosolvent".parse::<Invitation>(), Err(BadInvitation::NotOne));
    let good: Invitation = Invitation::new(body, &signer("sponsor")).to_string().parse().unwrap();
    assert_eq!(good.live_at(world.now), Err(BadInvitation::Expired));
}

#[test]
fn a_network_is_told_apart_by_everything_in_its_genesis() {
    // NET-1, NET-2, NET-3
    let world = World::new();
    let mut real = world.genesis.clone();
    real.kind = protocol::genesis::NetworkKind::Real;
    assert_ne!(real.id(), world.network, "the same market, but not a simulated one");
    let mut crowded = world.genesis.clone();
    crowded.founders.reverse();
    assert!(!crowded.well_formed());
    assert!(world.genesis.well_formed());
}

#[test]
fn a_real_network_has_the_pace_for_which_there_are_figures_or_none() {
    // NET-4
    use protocol::genesis::{Genesis, NetworkKind, Pace};
    let world = World::new();
    let with = |kind, cells| Genesis { kind, cells, ..world.genesis.clone() };
    let hasty = Pace { cell_ms: 500, ..Pace::REAL };
    assert!(with(NetworkKind::Real, None).well_formed() && with(NetworkKind::Real, Some(Pace::REAL)).well_formed());
    assert!(!with(NetworkKind::Real, Some(hasty)).well_formed());
    assert!(with(NetworkKind::Demonstration, Some(hasty)).well_formed());
    for never in [Pace { cell_ms: 0, ..hasty }, Pace { delay_ms: 300_001, ..hasty }, Pace { travel_ms: 0, ..hasty }] {
        assert!(!with(NetworkKind::Simulated, Some(never)).well_formed());
    }
    let other = with(world.genesis.kind, Some(hasty));
    assert_ne!(other.id(), world.network, "another pace is another network");
    assert_eq!(decode::<Genesis>(&encode(&other), 1_000), Ok(other));
}

#[test]
fn a_need_and_an_offer_are_told_apart_by_nothing_but_their_side() {
    // ADV-2
    let world = World::new();
    let record = Record::Advert(advert(&world, need(&world)));
    assert!(judged(&world, record, world.now).is_ok());
}
