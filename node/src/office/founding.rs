//! Founding a firm: keys that nobody else ever sees, and the first event signed by a key that does not stay here.

use super::{FirmNode, OpenError, Premises};
use crate::{
    journal::Journal,
    keystore::Password,
    lock::Lock,
    root::{BadSheet, RootKeys, Sheet},
};
use ed25519_dalek::SigningKey;
use firm::command::{Answer, Asker, Command, ContactCard, Refusal};
use protocol::{firm_id::FirstPosition, id::OperatingKey, noise::Seed, text::Name};

/// What a person says about the firm at set-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Founding {
    /// Legal name, as the sponsor knows it.
    pub legal_name: Name,
    /// How to reach the firm; told at reveals, never earlier.
    pub contact: ContactCard,
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
        let (node, operating, position) = self.begin(passphrase)?;
        let Founding { legal_name, contact } = founding;
        let inception = root.incept(operating, &position, node.office().now().day());
        accepted(node, Command::Found { inception, legal_name, contact }).await
    }

    /// Goes on here with a firm of which only the recovery sheet is left: node keys that nobody has seen, and a rotation that
    /// names them. Gives the sheet that takes the place of that one; nothing has left this computer yet.
    ///
    /// # Errors
    /// As [`Premises::found`], and [`OpenError::Sheet`].
    pub async fn recover(
        &self,
        passphrase: &Password,
        founding: Founding,
        sheet: &Sheet,
    ) -> Result<(FirmNode, Sheet), OpenError> {
        let keys = RootKeys::succeed(sheet.keys.next.clone())?;
        let state = sheet.log.verify().map_err(BadSheet::from)?;
        let (node, operating, _) = self.begin(passphrase)?;
        let event = keys.rotate(&state, operating, node.office().now().day().max(state.day));
        let log = sheet.log.with(&[event]).ok_or(OpenError::Refused(Refusal::BadKeyEvents))?;
        let Founding { legal_name, contact } = founding;
        let recover = Command::Recover { log: Box::new(log.clone()), legal_name, contact };
        Ok((accepted(node, recover).await?, Sheet { keys, log }))
    }

    /// New keys and an empty journal.
    fn begin(&self, passphrase: &Password) -> Result<(FirmNode, OperatingKey, FirstPosition), OpenError> {
        if self.is_founded() {
            return Err(OpenError::AlreadyFounded { folder: self.data().into() });
        }
        let lock = Lock::take(self.data())?;
        let keys = self.keystore().create_node(passphrase)?;
        let journal = Journal::create(&self.journal(), &keys.journal)?;
        let operating = OperatingKey::of(&SigningKey::from_bytes(keys.operating.expose()));
        let position = FirstPosition::draw(&Seed(*keys.pseudonyms.expose()));
        Ok((FirmNode::run(self, lock, keys, journal, Vec::new())?, operating, position))
    }
}

async fn accepted(node: FirmNode, command: Command) -> Result<FirmNode, OpenError> {
    match node.office().ask(Asker::Operator, command).await? {
        Answer::Refused(refusal) => Err(OpenError::Refused(refusal)),
        _ => Ok(node),
    }
}
