//! Founding a firm: keys that nobody else ever sees, and the first event signed by a key that does not stay here.

use super::{FirmNode, OpenError, Premises};
use crate::{
    journal::Journal,
    keystore::{Password, SealError, Secret},
    lock::Lock,
};
use ed25519_dalek::SigningKey;
use firm::command::{Answer, Asker, Command, ContactCard};
use protocol::{
    firm_id::{FirstPosition, Inception, SignedInception},
    id::{FirmId, OperatingKey, RootKey},
    limits::OPERATING_KEY_DAYS_MAX,
    noise::Seed,
    text::Name,
    time::Day,
};

/// What a person says about the firm at set-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Founding {
    /// Legal name, as the sponsor knows it.
    pub legal_name: Name,
    /// How to reach the firm; told at reveals, never earlier.
    pub contact: ContactCard,
}

/// The firm's root key and the next one. They sign changes of the firm's identity and nothing else, and stay offline.
#[derive(Clone, Debug)]
pub struct RootKeys {
    /// Ed25519 seed of the root key.
    pub root: Secret,
    /// Ed25519 seed of the root key that comes after it.
    pub next: Secret,
}

impl RootKeys {
    /// Two new keys.
    ///
    /// # Errors
    /// [`SealError::NoRandomness`].
    pub fn generate() -> Result<Self, SealError> {
        Ok(RootKeys { root: Secret::random()?, next: Secret::random()? })
    }

    /// The first event of a firm with this operating key, which holds for a year from today, and this first position.
    pub fn incept(&self, operating: OperatingKey, position: &FirstPosition, today: Day) -> SignedInception {
        let root = SigningKey::from_bytes(self.root.expose());
        let inception = Inception {
            root: RootKey::of(&root),
            operating,
            next_root: Inception::commit_next(&RootKey::of(&SigningKey::from_bytes(self.next.expose()))),
            position: position.commitment(),
            day: today,
            operating_last: today.plus(OPERATING_KEY_DAYS_MAX - 1),
        };
        SignedInception::new(inception, &root)
    }

    /// The keys as a text to print or to keep on a medium outside of this computer.
    pub fn recovery_text(&self, firm: FirmId, legal_name: &Name) -> String {
        let hex = |secret: &Secret| secret.expose().iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        format!(
            "cosolvent root keys, version 1\n\
             MOVE THIS FILE AWAY FROM THIS COMPUTER: print it or put it on a medium in a safe, then delete it here.\n\
             Whoever has it can change who this firm is; without it nobody can, not even you.\n\
             firm       {legal_name}\n\
             firm id    {firm}\n\
             root key   {}\n\
             next root  {}\n",
            hex(&self.root),
            hex(&self.next)
        )
    }
}

impl Premises {
    /// Makes a new firm here: node keys under `passphrase`, a journal, and the first event signed by the root key. It belongs
    /// to no network before [`FirmNode::join`].
    ///
    /// # Errors
    /// [`OpenError::AlreadyFounded`] when there is one; others as named.
    pub async fn found(
        &self,
        passphrase: &Password,
        founding: Founding,
        root: &RootKeys,
    ) -> Result<FirmNode, OpenError> {
        if self.is_founded() {
            return Err(OpenError::AlreadyFounded { folder: self.data().into() });
        }
        let lock = Lock::take(self.data())?;
        let keys = self.keystore().create_node(passphrase)?;
        let journal = Journal::create(&self.journal(), &keys.journal)?;
        let operating = OperatingKey::of(&SigningKey::from_bytes(keys.operating.expose()));
        let position = FirstPosition::draw(&Seed(*keys.pseudonyms.expose()));
        let node = FirmNode::run(self, lock, keys, journal, Vec::new())?;
        let Founding { legal_name, contact } = founding;
        let inception = root.incept(operating, &position, node.office().now().day());
        let found = Command::Found { inception, legal_name, contact };
        match node.office().ask(Asker::Operator, found).await? {
            Answer::Refused(refusal) => Err(OpenError::Refused(refusal)),
            _ => Ok(node),
        }
    }
}
