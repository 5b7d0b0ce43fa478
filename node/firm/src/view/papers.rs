//! What a firm may carry away: the signed objects that it holds, each in the form that `SPEC.md` gives it.
//!
//! They prove themselves to anybody who reads the specification: no node, no sponsor and no program of ours is needed. No
//! secret key is among them.

use crate::Firm;
use crate::deals::{Deal, Party, Word};
use alloc::{format, string::String, vec::Vec};
use ed25519_dalek::SigningKey;
use protocol::id::{Blob, DealId, Hash, HolderKey, RecordId};
use protocol::wire::{Encode, encode};
use serde::{Deserialize, Serialize};

/// Everything that a firm may carry away and show to others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PapersView {
    /// Signed objects.
    pub papers: Vec<Paper>,
    /// With these the firm shows which entries of the shared log are its own, and that none is missing.
    pub openings: Vec<OpeningView>,
}

/// One signed object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Where it belongs: a relative path of lower-case letters, digits, hyphens and dots, with `/` between folders.
    pub file: String,
    /// Its name in `SPEC.md`.
    pub shape: String,
    /// Canonical CBOR; of entries of the shared log the whole frame (`FRM-1`).
    pub bytes: Blob,
}

/// What opens the commitments of one START (`LOG-1`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningView {
    /// The engagement.
    pub deal: DealId,
    /// Own START.
    pub start: RecordId,
    /// Own OUTCOME, once there is one.
    pub outcome: Option<RecordId>,
    /// The position key that signed both.
    pub position: HolderKey,
    /// Opens the commitment to the terms.
    pub receipt_salt: Hash,
    /// Opens the commitment to the next position.
    pub next_salt: Hash,
}

impl Firm {
    pub(super) fn papers_view(&self) -> PapersView {
        let mut papers = Papers::default();
        if let Some(founding) = &self.identity.founding {
            papers.add("identity/key-log.cbor", "key-log", &founding.log);
        }
        if let Some((genesis, _)) = &self.identity.network {
            papers.add("identity/genesis.cbor", "genesis", genesis);
        }
        for (number, joined) in (1_u32..).zip(&self.identity.joined) {
            let (welcome, folder) = (&joined.welcome, format!("identity/sponsor-{number}"));
            papers.add(&format!("{folder}/membership.cbor"), "signed<membership>", &welcome.membership);
            papers.add(&format!("{folder}/admission.cbor"), "signed<admission>", &welcome.admission);
            papers.add(&format!("{folder}/charter.cbor"), "signed<charter>", &welcome.charter);
        }
        self.deals.all().for_each(|deal| papers.deal(deal));
        let mut openings = Vec::new();
        for (deal, engagement) in &self.trust.engagements {
            let outcome = engagement.outcome.as_ref().map(|(record, _)| *record);
            for (name, record) in [("start", Some(engagement.start)), ("outcome", outcome)] {
                let known = record.and_then(|record| self.market.shelf.find(&record));
                if let Some(known) = known {
                    let file = format!("deals/{deal}/our-{name}.frame");
                    papers.0.push(Paper { file, shape: name.into(), bytes: Blob(known.frame().to_vec()) });
                }
            }
            openings.push(OpeningView {
                deal: *deal,
                start: engagement.start,
                outcome,
                position: HolderKey::of(&SigningKey::from_bytes(&engagement.position.0)),
                receipt_salt: engagement.receipt_salt,
                next_salt: engagement.next_salt,
            });
        }
        PapersView { papers: papers.0, openings }
    }
}

#[derive(Default)]
struct Papers(Vec<Paper>);

impl Papers {
    fn add<T: Encode>(&mut self, file: &str, shape: &str, value: &T) {
        self.0.push(Paper { file: file.into(), shape: shape.into(), bytes: Blob(encode(value)) });
    }

    fn deal(&mut self, deal: &Deal) {
        let folder = format!("deals/{}", deal.id);
        for (terms, _) in &deal.terms {
            self.add(&format!("{folder}/terms-{}.cbor", terms.number), "terms", terms);
        }
        if let Some(identity) = &deal.identity {
            self.add(&format!("{folder}/their-identity.cbor"), "identity", identity);
        }
        if let Some(shown) = &deal.shown {
            self.add(&format!("{folder}/our-key-log.cbor"), "key-log", shown);
        }
        self.party(&format!("{folder}/our"), &deal.ours);
        self.party(&format!("{folder}/their"), &deal.theirs);
    }

    fn party(&mut self, of: &str, party: &Party) {
        if let Some(opt_in) = &party.opt_in {
            self.add(&format!("{of}-opt-in.cbor"), "signed<opt-in>", opt_in);
        }
        if let Some(signed) = &party.signed {
            self.add(&format!("{of}-signature.cbor"), "witnessed-act", signed);
        }
        for written in party.dockets.all() {
            let file = format!("{of}-docket-{}.cbor", written.said.docket.number);
            self.add(&file, "witnessed-docket", &written.said);
            // The word of the other side on it.
            if let Word::Countersigned(word) = &written.word {
                let file = format!("{of}-docket-{}-countersigned.cbor", written.said.docket.number);
                self.add(&file, "witnessed-countersignature", word);
            }
        }
        if let Some(outcome) = &party.outcome {
            self.add(&format!("{of}-receipt.cbor"), "witnessed-receipt", outcome);
        }
    }
}
