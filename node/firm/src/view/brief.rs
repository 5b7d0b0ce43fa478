//! View for the deal brief: who the two firms are, and who signed for them.

use crate::Firm;
use crate::deals::{Deal, Party};
use alloc::vec::Vec;
use protocol::dialogue::{Entry, Field, Value};
use protocol::id::PersonKey;
use protocol::text::{Name, ShortText};
use protocol::vocabulary::Role;
use serde::{Deserialize, Serialize};

/// A firm as a letterhead names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterheadView {
    /// Legal name.
    pub legal_name: Name,
    /// Street address.
    pub street: Option<ShortText>,
    /// Mail address.
    pub mail: Option<ShortText>,
    /// Telephone.
    pub phone: Option<ShortText>,
    /// Contact person.
    pub contact: Option<ShortText>,
}

/// Who signed for a firm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignatureView {
    /// By which key, which the firm certified.
    pub person: PersonKey,
    /// The name of that person, if it is one of this firm.
    pub name: Option<Name>,
    /// In which roles.
    pub roles: Vec<Role>,
}

/// Who the parties to terms are. This firm stands first, the other second.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BriefView {
    /// Both firms.
    pub parties: [LetterheadView; 2],
    /// Who signed the current terms.
    pub signatures: [Option<SignatureView>; 2],
}

impl Firm {
    /// `None` before names are exchanged and terms are on the table.
    pub(super) fn brief_view(&self, deal: &Deal) -> Option<BriefView> {
        let (terms, _) = deal.current_terms()?;
        let hash = terms.hash();
        let signature = |party: &Party| {
            let signed = party.signed.as_ref().filter(|signed| signed.act.terms == hash)?;
            let certificate = &signed.certificate.body;
            let known = self.register.by_key(certificate.person);
            let name = known.map(|person| person.name.clone());
            Some(SignatureView { person: certificate.person, name, roles: certificate.roles.clone() })
        };
        Some(BriefView {
            parties: self.letterheads(deal)?,
            signatures: [signature(&deal.ours), signature(&deal.theirs)],
        })
    }

    /// This firm and the other, once names are exchanged.
    pub(super) fn letterheads(&self, deal: &Deal) -> Option<[LetterheadView; 2]> {
        let (own, their) = (self.identity.founding.as_ref()?, deal.identity.as_ref()?);
        let card = &own.contact;
        let told = |field| their.contact.0.iter().find(|entry| entry.field == field).and_then(text);
        let ours = LetterheadView {
            legal_name: own.legal_name.clone(),
            street: Some(card.street.clone()),
            mail: Some(card.mail.clone()),
            phone: Some(card.phone.clone()),
            contact: Some(card.person.clone()),
        };
        let theirs = LetterheadView {
            legal_name: their.membership.body.legal_name.clone(),
            street: told(Field::Street),
            mail: told(Field::Mail),
            phone: told(Field::Phone),
            contact: told(Field::Contact),
        };
        Some([ours, theirs])
    }
}

fn text(entry: &Entry) -> Option<ShortText> {
    if let Value::Text(text) = &entry.value { Some(text.clone()) } else { None }
}
