//! What can be asked of an identity.

use super::{Event, Identity};
use crate::command::{ContactCard, Refusal};
use alloc::boxed::Box;
use protocol::admission::Welcome;
use protocol::firm_id::SignedInception;
use protocol::id::{Blob, OperatingKey};
use protocol::text::Name;

/// Founds the firm whose operating key this node holds.
pub fn found(
    identity: &Identity,
    operating: OperatingKey,
    inception: SignedInception,
    legal_name: Name,
    contact: ContactCard,
) -> Result<Event, Refusal> {
    if identity.founding.is_some() {
        return Err(Refusal::AlreadyFounded);
    }
    let own = inception.founds().is_ok() && inception.body.operating == operating;
    if own { Ok(Event::Founded { inception, legal_name, contact }) } else { Err(Refusal::BadInception) }
}

/// Takes in a sponsor's welcome.
pub fn join(identity: &Identity, welcome: Box<Welcome>, sponsor_peer: Blob) -> Result<Event, Refusal> {
    let founding = identity.founding.as_ref().ok_or(Refusal::NotFounded)?;
    let network = welcome.genesis.id();
    let elsewhere = identity.network.as_ref().is_some_and(|(_, id)| *id != network);
    let sponsor = welcome.membership.body.sponsor;
    let membership = &welcome.membership;
    let admission = &welcome.admission;
    let charter = &welcome.charter;
    let sound = welcome.genesis.well_formed()
        && welcome.genesis.founder(&sponsor).is_some()
        && membership.body.network == network
        && membership.body.firm == founding.firm
        && membership.body.legal_name == founding.legal_name
        && admission.body.network == network
        && admission.body.sponsor == sponsor
        && charter.body.network == network
        && charter.body.sponsor == sponsor
        && membership.verify(&sponsor).is_ok()
        && admission.verify(&sponsor).is_ok()
        && charter.verify(&sponsor).is_ok();
    if sound && !elsewhere { Ok(Event::Joined { welcome, sponsor_peer }) } else { Err(Refusal::BadWelcome) }
}
