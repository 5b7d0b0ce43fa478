//! Every function that turns a stranger's bytes into a value, behind one shape.

use crate::specimens::world::{World, secret};
use crate::specimens::{Read, belonging};
use minicbor::Decode;
use protocol::admission::{ADMISSION_BYTES_MAX, AdmissionAnswer, AdmissionRequest, Membership, Welcome, admits};
use protocol::cells::{Cell, OnionSecret};
use protocol::census::{SignedCensus, check_census};
use protocol::charter::SignedCharter;
use protocol::check::{Kept, Kind, check};
use protocol::decision::Decision;
use protocol::dialogue::{Identity, KeyRelease, Message};
use protocol::firm_id::{SignedInception, SignedPerson};
use protocol::frame::{frame, unframe};
use protocol::genesis::Genesis;
use protocol::id::Ephemeral;
use protocol::invitation::Invitation;
use protocol::key_log::{ForkProof, KeyLog, SignedKeyEvent};
use protocol::limits::{FORK_PROOF_BYTES_MAX, KEY_LOG_BYTES_MAX, PLAINTEXT_CLASSES_BYTES};
use protocol::noise::{Parts, Prologue, pad, read_first, unpad};
use protocol::parcel::Parcel;
use protocol::sign::Signed;
use protocol::wire::{Encode, decode, encode};

/// Each with the name of what it reads.
pub(crate) const ALL: &[(&str, Read)] = &[
    ("a gossiped frame, adverts", |world, bytes| gossiped(world, bytes, Kind::Adverts)),
    ("a gossiped frame, envelopes", |world, bytes| gossiped(world, bytes, Kind::Envelopes)),
    ("a gossiped frame, log", |world, bytes| gossiped(world, bytes, Kind::Log)),
    ("a gossiped frame, relays", |world, bytes| gossiped(world, bytes, Kind::Relays)),
    ("a gossiped frame, keys", |world, bytes| gossiped(world, bytes, Kind::Keys)),
    ("a cell", |world, bytes| {
        let mut whole = bytes.to_vec();
        whole.resize(protocol::limits::CELL_BYTES, 0);
        let cell = Cell::from_bytes(&whole).map_err(said)?;
        cell.open(&world.network, &OnionSecret(secret("onion"))).map(|_| bytes.to_vec()).map_err(said)
    }),
    ("a frame", |_, bytes| unframe(bytes).map_err(said).and_then(|record| frame(record).ok_or("too long".to_owned()))),
    ("a parcel", |_, bytes| Parcel::from_bytes(bytes).map(|parcel| encode(&parcel)).map_err(said)),
    ("a message", |_, bytes| Message::from_bytes(bytes).map(|message| encode(&message)).map_err(said)),
    ("an invitation", |_, bytes| {
        let text = std::str::from_utf8(bytes).map_err(said)?;
        text.parse::<Invitation>().map(|invitation| invitation.to_string().into_bytes()).map_err(said)
    }),
    ("an admission request", |_, bytes| plain::<AdmissionRequest>(bytes)),
    ("an admission answer", |_, bytes| plain::<AdmissionAnswer>(bytes)),
    ("a welcome", |_, bytes| plain::<Welcome>(bytes)),
    ("a membership", |_, bytes| plain::<Signed<Membership>>(bytes)),
    ("a hello", |world, bytes| {
        let peer = belonging::peer();
        admits(Some(bytes), &world.genesis, &peer, world.now).map(|()| bytes.to_vec()).map_err(said)
    }),
    ("an identity", |_, bytes| plain::<Identity>(bytes)),
    ("a key release", |_, bytes| plain::<KeyRelease>(bytes)),
    ("a key event", |_, bytes| plain::<SignedKeyEvent>(bytes)),
    ("a key-event log", |_, bytes| {
        let log = decode::<KeyLog>(bytes, KEY_LOG_BYTES_MAX).map_err(said)?;
        log.verify().map(|_| encode(&log)).map_err(said)
    }),
    ("a proof of a fork", |_, bytes| {
        let proof = decode::<ForkProof>(bytes, FORK_PROOF_BYTES_MAX).map_err(said)?;
        proof.verify().map(|_| encode(&proof)).map_err(said)
    }),
    ("an inception", |_, bytes| plain::<SignedInception>(bytes)),
    ("a person's certificate", |_, bytes| plain::<SignedPerson>(bytes)),
    ("a decision", |_, bytes| plain::<Decision>(bytes)),
    ("a charter", |_, bytes| plain::<SignedCharter>(bytes)),
    ("a census", |world, bytes| {
        let census: SignedCensus = decode(bytes, protocol::limits::PARCEL_BYTES_MAX).map_err(said)?;
        check_census(&census, &world.genesis, world.network).map_err(said)?;
        Ok(encode(&census))
    }),
    ("a genesis", |_, bytes| plain::<Genesis>(bytes)),
    ("a journal's record", |_, bytes| {
        let kept: Kept = minicbor_serde::from_slice(bytes).map_err(said)?;
        minicbor_serde::to_vec(&kept).map_err(said)
    }),
    ("a padded plaintext", |_, bytes| {
        let payload = unpad(bytes, &PLAINTEXT_CLASSES_BYTES).map_err(said)?;
        pad(payload, &PLAINTEXT_CLASSES_BYTES).map_err(said)
    }),
    ("a first message", |world, bytes| {
        let (ephemeral, ciphertext) = bytes.split_first_chunk::<32>().ok_or("too short")?;
        let parts = Parts { ephemeral: &Ephemeral(*ephemeral), ciphertext };
        read_first(&world.contact_secret(), Prologue(&world.prologue()), parts).map_err(said)
    }),
];

fn gossiped(world: &World, bytes: &[u8], kind: Kind) -> Result<Vec<u8>, String> {
    check(bytes, kind, &world.context()).map(|checked| checked.frame().to_vec()).map_err(said)
}

fn plain<'b, T: Encode + Decode<'b, ()>>(bytes: &'b [u8]) -> Result<Vec<u8>, String> {
    decode::<T>(bytes, ADMISSION_BYTES_MAX).map(|value| encode(&value)).map_err(said)
}

fn said(why: impl std::fmt::Display) -> String {
    why.to_string()
}
