//! The fixed world of the specimens: one network, two sponsors, two firms, and every secret as a seed.

use super::{hex, issuing};
use ed25519_dalek::SigningKey;
use protocol::check::Context;
use protocol::dialogue::prologue;
use protocol::firm_id::{FirstPosition, Inception, SignedInception};
use protocol::genesis::{Founder, Genesis, NetworkKind, PassScheme};
use protocol::id::{ContactKey, Hash, HolderKey, NetworkId, OperatingKey, RootKey, SponsorKey};
use protocol::key_log::{KeyLog, KeyState};
use protocol::noise::{Answer, Channel, ContactSecret, First, Prologue, Seed, TagKey, answer, finish, first_message};
use protocol::pass::{Keyring, Pass, Purpose};
use protocol::text::Name;
use protocol::time::{DAY_MS, Day, UnixMs, Week};
use serde_json::{Value, json};

/// Every secret is 32 times one byte.
pub const SECRETS: [(&str, u8); 28] = [
    ("sponsor", 0x01),
    ("other_sponsor", 0x02),
    ("firm_root", 0x03),
    ("firm_next_root", 0x04),
    ("firm_operating", 0x05),
    ("person", 0x06),
    ("pseudonym", 0x07),
    ("contact", 0x08),
    ("envelope_holder", 0x09),
    ("position", 0x0a),
    ("next_position", 0x0b),
    ("dispute", 0x0c),
    ("initiator_handshake", 0x0d),
    ("responder_handshake", 0x0e),
    ("tag_key", 0x0f),
    ("lock", 0x10),
    ("other_firm_root", 0x11),
    ("other_pseudonym", 0x12),
    ("relay_holder", 0x13),
    ("relay_peer", 0x14),
    ("onion", 0x15),
    ("firm_third_root", 0x16),
    ("firm_second_operating", 0x17),
    ("firm_third_operating", 0x18),
    ("other_person", 0x19),
    ("firm_master", 0x1a),
    ("blinding", 0x1b),
    ("past_relay_peer", 0x1c),
];

/// Wednesday 2026-11-18, noon UTC.
pub const NOW: UnixMs = UnixMs(20_775 * DAY_MS + 12 * 3_600_000);

pub struct World {
    pub genesis: Genesis,
    pub network: NetworkId,
    pub now: UnixMs,
    pub keys: Keyring,
}

impl World {
    /// Passes of scheme 0.
    pub fn new() -> World {
        World::of(PassScheme::Plain)
    }

    /// Passes of scheme 1. The sponsors' manifests of this week, the one before and the next are known.
    pub fn blind() -> World {
        let mut world = World::of(PassScheme::Blind);
        for epoch in [world.epoch().0 - 1, world.epoch().0, world.epoch().0 + 1].map(Week) {
            world.keys.learn(&issuing::manifest_of(&world, "sponsor", epoch).body);
            world.keys.learn(&issuing::manifest_of(&world, "other_sponsor", epoch).body);
        }
        world
    }

    fn of(passes: PassScheme) -> World {
        let mut founders: Vec<Founder> = [("sponsor", "Example Sponsor One"), ("other_sponsor", "Example Sponsor Two")]
            .into_iter()
            .map(|(secret, name)| Founder { key: SponsorKey::of(&signer(secret)), name: Name::new(name).unwrap() })
            .collect();
        founders.sort_by_key(|founder| founder.key);
        let genesis = Genesis {
            name: Name::new("Example Region").unwrap(),
            kind: NetworkKind::Simulated,
            passes,
            founders,
            salt: Hash([0xaa; 32]),
            cells: None,
        };
        World { network: genesis.id(), genesis, now: NOW, keys: Keyring::default() }
    }

    pub fn context(&self) -> Context<'_> {
        Context { genesis: &self.genesis, network: self.network, keys: &self.keys, now: self.now }
    }

    pub fn pass(&self, purpose: Purpose, holder: &str) -> Pass {
        self.pass_of(self.epoch(), purpose, holder)
    }

    pub fn pass_of(&self, epoch: Week, purpose: Purpose, holder: &str) -> Pass {
        let holder = HolderKey::of(&signer(holder));
        match self.genesis.passes {
            PassScheme::Plain => Pass::issue(self.network, epoch, purpose, holder, &signer("sponsor")),
            PassScheme::Blind => issuing::pass(self, "sponsor", epoch, purpose, holder),
        }
    }

    pub fn epoch(&self) -> Week {
        self.now.week()
    }

    pub fn today(&self) -> Day {
        self.now.day()
    }

    pub fn inception(&self) -> SignedInception {
        let root = signer("firm_root");
        let body = Inception {
            root: RootKey::of(&root),
            operating: OperatingKey::of(&signer("firm_operating")),
            next_root: Inception::commit_next(&RootKey::of(&signer("firm_next_root"))),
            position: FirstPosition::draw(&Seed(secret("firm_master"))).commitment(),
            day: self.founded(),
            operating_last: self.founded().plus(365),
        };
        SignedInception::new(body, &root)
    }

    /// When the firm was founded: 100 days ago.
    pub fn founded(&self) -> Day {
        Day(self.today().0 - 100)
    }

    /// The firm's key-event log while it has only begun, and what it says.
    pub fn keys(&self) -> (KeyLog, KeyState) {
        let log = KeyLog::new(self.inception());
        let state = log.verify().unwrap();
        (log, state)
    }

    pub fn contact_secret(&self) -> ContactSecret {
        ContactSecret(secret("contact"))
    }

    pub fn contact(&self) -> ContactKey {
        self.contact_secret().contact_key()
    }

    pub fn tag_key(&self) -> TagKey {
        TagKey(secret("tag_key"))
    }

    pub fn prologue(&self) -> Vec<u8> {
        let key = |name| HolderKey::of(&signer(name));
        prologue(self.network, key("pseudonym"), key("envelope_holder"))
    }

    /// The first message with this padded plaintext.
    pub fn first(&self, padded: &[u8]) -> First {
        let seed = Seed(secret("initiator_handshake"));
        first_message(&seed, &self.contact(), Prologue(&self.prologue()), padded).unwrap()
    }

    /// The answer with this padded plaintext, and both ends of the channel: the initiator's and the responder's.
    pub fn meet(&self, first: &[u8], reply: &[u8]) -> (Answer, Channel, Channel) {
        let (written, bytes) = (self.first(first), self.prologue());
        let seed = Seed(secret("responder_handshake"));
        let (answered, responder) =
            answer(&seed, &self.contact_secret(), Prologue(&bytes), written.parts(), reply).unwrap();
        let seed = Seed(secret("initiator_handshake"));
        let (_, initiator) = finish(&seed, &self.contact(), Prologue(&bytes), first, answered.parts()).unwrap();
        (answered, initiator, responder)
    }

    pub fn json(&self) -> Value {
        let secrets: serde_json::Map<String, Value> =
            SECRETS.iter().map(|(name, byte)| ((*name).to_owned(), hex(&[*byte; 32]).into())).collect();
        json!({
            "secrets": secrets,
            "now_unix_ms": self.now.0,
            "epoch": self.epoch().0,
            "network": self.network.to_string(),
            "about": "Ed25519 seeds, X25519 secrets (contact, onion), HMAC keys (tag_key, firm_master) and dialogue seeds, by name. \
                      The files beside this one were made from them; see SPEC.md, Vectors.",
        })
    }
}

/// 32 secret bytes by name.
pub fn secret(name: &str) -> [u8; 32] {
    let found = SECRETS.iter().find(|(known, _)| *known == name);
    [found.unwrap_or_else(|| panic!("no secret is called {name}")).1; 32]
}

/// An Ed25519 key by name.
pub fn signer(name: &str) -> SigningKey {
    SigningKey::from_bytes(&secret(name))
}
