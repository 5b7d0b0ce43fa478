//! One specimen of everything that has a wire form, always the same: what the golden vectors are written from, and what the
//! hostile tests start from.
//!
//! A specimen knows its bytes and how a receiver reads them: decode, judge every signature that the bytes carry, encode again.
//! The secrets are fixed seeds and stand in `vectors/world.json`, so another implementation can make every byte again
//! (Ed25519 and everything drawn here is deterministic).

pub mod belonging;
mod derived;
mod diagnostic;
pub mod issuing;
pub mod keys;
pub mod parcels;
pub mod records;
pub mod words;
pub mod world;

use protocol::wire::{Encode, decode, encode};
use serde_json::{Value, json};
use world::World;

/// What happens when one byte is changed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// Everything stands under a signature or a hash that is checked: always refused.
    Refused,
    /// Some fields are nobody's promise yet: refused, or read as exactly the changed bytes and nothing else.
    Differs,
}

/// Reads bytes as a receiver does, and gives the bytes of what was understood.
pub type Read = fn(&World, &[u8]) -> Result<Vec<u8>, String>;

/// One thing with a wire form.
pub struct Specimen {
    /// Its name in the vector file.
    pub name: &'static str,
    /// The type of SPEC.md that it is one of.
    pub kind: &'static str,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// How a receiver reads it.
    pub read: Read,
    /// Whether a change can go unnoticed.
    pub changed: Changed,
    /// What else follows from it: ids, hashes, sealed forms.
    pub derived: Vec<(&'static str, Value)>,
}

impl Specimen {
    fn new<T: Encode>(name: &'static str, kind: &'static str, value: &T, changed: Changed, read: Read) -> Specimen {
        Specimen { name, kind, bytes: encode(value), read, changed, derived: Vec::new() }
    }

    fn with(mut self, name: &'static str, value: impl Into<Value>) -> Specimen {
        self.derived.push((name, value.into()));
        self
    }

    fn json(&self) -> Value {
        let mut object = json!({ "name": self.name, "type": self.kind });
        match std::str::from_utf8(&self.bytes) {
            Ok(text) if self.kind == "Invitation" => object["text"] = text.into(),
            _ => {
                object["bytes"] = hex(&self.bytes).into();
                object["diagnostic"] = diagnostic::of(&self.bytes).into();
            }
        }
        for (name, value) in &self.derived {
            object[*name] = value.clone();
        }
        object
    }
}

/// A file of golden vectors: its name, and what it must contain.
pub fn files() -> Vec<(&'static str, String)> {
    let (world, blind) = (&World::new(), &World::blind());
    let list = |specimens: Vec<Specimen>| Value::Array(specimens.iter().map(Specimen::json).collect());
    [
        ("world.json", world.json()),
        ("derived.json", derived::all(world)),
        ("belonging.json", list(belonging::all(world))),
        ("keys.json", list(keys::all(world))),
        ("key-logs.json", keys::judged(world)),
        ("records.json", list(records::all(world))),
        ("dialogue.json", list(words::all(world))),
        ("parcels.json", list(parcels::all(world))),
        ("blind.json", list(issuing::all(blind))),
    ]
    .into_iter()
    .map(|(name, value)| (name, format!("{value:#}\n")))
    .collect()
}

/// Each world with its specimens.
pub fn worlds() -> [(World, Vec<Specimen>); 2] {
    let (plain, blind) = (World::new(), World::blind());
    let (of_plain, of_blind) = (all(&plain), issuing::all(&blind));
    [(plain, of_plain), (blind, of_blind)]
}

/// Every specimen of the world of scheme 0.
pub fn all(world: &World) -> Vec<Specimen> {
    [belonging::all(world), keys::all(world), records::all(world), words::all(world), parcels::all(world)]
        .into_iter()
        .flatten()
        .collect()
}

/// Decodes and encodes again.
fn plain<'b, T: Encode + minicbor::Decode<'b, ()>>(bytes: &'b [u8]) -> Result<T, String> {
    decode(bytes, protocol::limits::PARCEL_BYTES_MAX).map_err(said)
}

fn said(why: impl std::fmt::Display) -> String {
    why.to_string()
}

pub fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}
