//! Names and digests that both sides compute: inputs and outputs.

use super::world::{World, secret, signer};
use super::{hex, words};
use ed25519_dalek::SigningKey;
use protocol::callsign::callsign;
use protocol::decision::bytes_hash;
use protocol::dialogue::deal_id;
use protocol::firm_id::{FirstPosition, Inception};
use protocol::frame::{frame, record_id};
use protocol::id::{Hash, HolderKey, RecordId, RootKey};
use protocol::log::{commit, set_digest};
use protocol::noise::Seed;
use protocol::place::Point;
use protocol::time::Day;
use protocol::wire::labelled;
use serde_json::{Value, json};

pub fn all(world: &World) -> Value {
    let pseudonym = HolderKey::of(&signer("pseudonym"));
    let holder = HolderKey::of(&signer("envelope_holder"));
    json!({
        "labelled": { "label": "cosolvent/example/1", "bytes": "00ff", "signed_or_hashed": hex(&labelled("cosolvent/example/1", &[0, 255])),
            "sha256": Hash::of_bytes("cosolvent/example/1", &[0, 255]).to_string() },
        "callsigns": [callsigned(&pseudonym), callsigned(&holder)],
        "deal": { "first_envelope_holder": holder.to_string(), "deal": deal_id(&holder).to_string() },
        "prologue": { "network": world.network.to_string(), "pseudonym": pseudonym.to_string(),
            "first_envelope_holder": holder.to_string(), "prologue": hex(&world.prologue()) },
        "next_root": { "key": RootKey::of(&signer("firm_next_root")).to_string(),
            "commitment": Inception::commit_next(&RootKey::of(&signer("firm_next_root"))).to_string() },
        "first_position": first_position(),
        "log_commitment": { "salt": hex(&[0x51; 32]), "value": words::plain_terms(world).hash().to_string(),
            "commitment": commit(&Hash([0x51; 32]), &words::plain_terms(world).hash()).to_string() },
        "terms_hash": words::terms(world).hash().to_string(),
        "released_bytes_hash": { "of": "the terms", "hash": bytes_hash(&words::terms(world)).to_string() },
        "frames": ([0, 1, 998, 999, 1_998, 1_999, 3_398].map(framed)),
        "set_digests": ([0, 1, 2, 3, 7, 8, 21].map(digested)),
        "weeks": ([0, 3, 4, 20_773, 20_779, 20_780].map(|day| json!({ "day": day, "week": Day(day).week().0 }))),
        "distances": [
            distance((43_260_000, -79_870_000), (43_450_000, -80_490_000)),
            distance((43_260_000, -79_870_000), (45_500_000, -73_570_000)),
            distance((60_000_000, 179_900_000), (60_100_000, -179_900_000)),
        ],
    })
}

/// What the firm's master gives.
fn first_position() -> Value {
    let drawn = FirstPosition::draw(&Seed(secret("firm_master")));
    let key = HolderKey::of(&SigningKey::from_bytes(&drawn.seed.0));
    json!({ "seed": hex(&drawn.seed.0), "salt": hex(&drawn.salt.0), "position": key.to_string(),
        "commitment": drawn.commitment().to_string() })
}

fn callsigned(key: &HolderKey) -> Value {
    json!({ "pseudonym": key.to_string(), "callsign": callsign(key) })
}

/// A record of so many bytes 07 in its frame.
fn framed(length: usize) -> Value {
    let framed = frame(&vec![7; length]).unwrap();
    json!({ "record_bytes": length, "frame_bytes": framed.len(), "record_id": record_id(&framed).to_string() })
}

/// The digest of the ids 00.., 01.., 02.. and so on, each 32 times its number.
fn digested(count: u8) -> Value {
    let ids: Vec<RecordId> = (0..count).map(|n| RecordId([n; 32])).collect();
    json!({ "count": count, "digest": set_digest(&ids).to_string() })
}

fn distance(from: (i32, i32), to: (i32, i32)) -> Value {
    let point = |(lat_udeg, lon_udeg)| Point { lat_udeg, lon_udeg };
    json!({ "from_udeg": [from.0, from.1], "to_udeg": [to.0, to.1], "km": point(from).distance_km(point(to)) })
}
