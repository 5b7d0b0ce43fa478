//! Keys of a staged story, all drawn from the run's seed: the same seed founds the same firms.

use crate::RunSeed;
use ed25519_dalek::SigningKey;
use firm::FirmKeys;
use protocol::firm_id::{FirstPosition, Inception, SignedInception};
use protocol::id::{FirmId, OperatingKey, RootKey};
use protocol::limits::OPERATING_KEY_DAYS_MAX;
use protocol::noise::Seed;
use protocol::time::Day;

/// The keys of one firm and its people.
#[derive(Clone)]
pub struct FirmChest {
    /// What the node opens at boot.
    pub node: FirmKeys,
    /// The first event, signed by a root key that is not kept.
    pub inception: SignedInception,
    /// One for each person, in the story's order. In a real firm each is sealed under its owner's password.
    pub people: Vec<SigningKey>,
}

impl FirmChest {
    /// The keys of the firm with this number, with so many people, founded on a day.
    pub fn draw(seed: RunSeed, number: u64, people: usize, founded: Day) -> FirmChest {
        let key = |label: &str, numbers: &[u64]| SigningKey::from_bytes(&seed.bytes(label, numbers));
        let root = key("root key", &[number]);
        let operating = key("operating key", &[number]);
        let master = Seed(seed.bytes("master", &[number]));
        let inception = Inception {
            root: RootKey::of(&root),
            operating: OperatingKey::of(&operating),
            next_root: Inception::commit_next(&RootKey::of(&key("next root key", &[number]))),
            position: FirstPosition::draw(&master).commitment(),
            day: founded,
            operating_last: founded.plus(OPERATING_KEY_DAYS_MAX - 1),
        };
        FirmChest {
            node: FirmKeys { operating, master, transport: key("transport key", &[number]) },
            inception: SignedInception::new(inception, &root),
            people: (0..people as u64).map(|person| key("person key", &[number, person])).collect(),
        }
    }

    /// The firm's id.
    pub fn firm_id(&self) -> FirmId {
        self.inception.body.firm()
    }
}
