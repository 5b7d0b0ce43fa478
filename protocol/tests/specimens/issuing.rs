//! Blind passes: manifests, proofs of splits, what is asked of a sponsor, and every record that carries a pass of scheme 1.

use super::world::{World, secret, signer};
use super::{Specimen, belonging, hex, parcels, records};
use chacha20::ChaCha20Rng;
use protocol::advert::withdraw;
use protocol::check::Record;
use protocol::id::{HolderKey, SponsorKey};
use protocol::noise::Seed;
use protocol::parcel::Parcel;
use protocol::pass::{Grant, IssuingKey, IssuingSecret, Manifest, Pass, PassSignature, Purpose, SignedManifest, Split};
use protocol::time::Week;
use rand_core::SeedableRng;
use serde_json::Value;
use std::sync::OnceLock;

pub fn all(world: &World) -> Vec<Specimen> {
    let advert = records::advert(world, records::offer(world));
    let seen = asked(world);
    let grant = grant(world, "sponsor", world.epoch(), Purpose::Advert, HolderKey::of(&signer("pseudonym")));
    let (blinded, answer) = (vec![seen.0], vec![(seen.0.print(), seen.1)]);
    let (epoch, purpose) = (world.epoch(), Purpose::Advert);
    vec![
        belonging::pass(world)
            .with("message", hex(&grant.blind_message()))
            .with("blinding_seed", hex(&secret("blinding")))
            .with("blinded", seen.0.to_string())
            .with("answer", seen.1.to_string()),
        records::specimen("manifest", Record::Manifest(manifest_of(world, "sponsor", epoch))),
        records::specimen("split", Record::Split(split(world))),
        records::specimen("advert-offer", Record::Advert(advert.clone())),
        records::specimen("withdrawal", Record::Withdrawal(withdraw(&advert.body, &signer("pseudonym")))),
        records::specimen("envelope-small", Record::Envelope(records::envelope(world, 480))),
        records::specimen("envelope-middle", Record::Envelope(records::envelope(world, 1_480))),
        records::specimen("envelope-large", Record::Envelope(records::envelope(world, 2_880))),
        records::specimen("start", Record::Start(records::start(world))),
        records::specimen("outcome", Record::Outcome(records::outcome(world))),
        records::specimen("relay", Record::Relay(records::relay(world))),
        parcels::specimen("blind-request", Parcel::BlindRequest { epoch, purpose, blinded }),
        parcels::specimen("blind-answer", Parcel::BlindAnswer { epoch, purpose, answers: answer, used_up: true }),
    ]
}

/// What the sponsor sees and says when it signs for the pseudonym.
fn asked(world: &World) -> (protocol::id::Blinded, protocol::id::BlindSignature) {
    let grant = grant(world, "sponsor", world.epoch(), Purpose::Advert, HolderKey::of(&signer("pseudonym")));
    let issuing = issuing_secret("sponsor", Purpose::Advert);
    let blinded = public(issuing).blind(&grant, &seed()).unwrap().blinded;
    (blinded, issuing.sign(&mut chance(), &blinded).unwrap())
}

/// A pass, blinded, signed and opened.
pub fn pass(world: &World, sponsor: &str, epoch: Week, purpose: Purpose, holder: HolderKey) -> Pass {
    signed_by(issuing_secret(sponsor, purpose), &grant(world, sponsor, epoch, purpose, holder))
}

/// A pass of this grant under whatever key.
pub fn signed_by(issuing: &IssuingSecret, grant: &Grant) -> Pass {
    let key = public(issuing);
    let hidden = key.blind(grant, &seed()).unwrap();
    let answer = issuing.sign(&mut chance(), &hidden.blinded).unwrap();
    let signature = PassSignature::Blind(key.open(grant, &hidden, &answer).unwrap());
    Pass { sponsor: grant.sponsor, epoch: grant.epoch, holder: grant.holder, signature }
}

pub fn grant(world: &World, sponsor: &str, epoch: Week, purpose: Purpose, holder: HolderKey) -> Grant {
    Grant::new(world.network, SponsorKey::of(&signer(sponsor)), epoch, purpose, holder)
}

pub fn manifest_of(world: &World, sponsor: &str, epoch: Week) -> SignedManifest {
    let keys = Purpose::ALL.map(|purpose| (purpose, issuing_secret(sponsor, purpose).modulus())).to_vec();
    let body = Manifest { network: world.network, sponsor: SponsorKey::of(&signer(sponsor)), epoch, members: 40, keys };
    SignedManifest::new(body, &signer(sponsor))
}

/// The same sponsor and epoch with two keys changed over.
pub fn other_manifest(world: &World, epoch: Week) -> SignedManifest {
    let mut body = manifest_of(world, "sponsor", epoch).body;
    let (contact, log) = (body.keys[1].1, body.keys[2].1);
    (body.keys[1].1, body.keys[2].1) = (log, contact);
    SignedManifest::new(body, &signer("sponsor"))
}

pub fn split(world: &World) -> Split {
    let epoch = world.epoch();
    Split::of(&manifest_of(world, "sponsor", epoch), &other_manifest(world, epoch)).unwrap()
}

/// The first sponsor's keys stand in `issuing-keys.json` by purpose; the other sponsor's are the same, each for the purpose after.
pub fn issuing_secret(sponsor: &str, purpose: Purpose) -> &'static IssuingSecret {
    static KEYS: OnceLock<Vec<IssuingSecret>> = OnceLock::new();
    let keys = KEYS.get_or_init(|| {
        let file: Value = serde_json::from_str(include_str!("../../vectors/issuing-keys.json")).unwrap();
        let read = |key: &Value| {
            let bytes = data_encoding::HEXLOWER.decode(key["pkcs8"].as_str().unwrap().as_bytes()).unwrap();
            IssuingSecret::from_bytes(&bytes).unwrap()
        };
        file["keys"].as_array().unwrap().iter().map(read).collect()
    });
    let at = Purpose::ALL.iter().position(|known| *known == purpose).unwrap();
    &keys[(at + usize::from(sponsor == "other_sponsor")) % keys.len()]
}

pub fn public(issuing: &IssuingSecret) -> IssuingKey {
    IssuingKey::new(&issuing.modulus()).unwrap()
}

pub fn seed() -> Seed {
    Seed(secret("blinding"))
}

pub fn chance() -> ChaCha20Rng {
    ChaCha20Rng::from_seed([0x77; 32])
}
