//! What a person let go beforehand, by signing rules under which a node answers by itself, and the only maker of [`StandingAnswer`].
//!
//! - `DEC-4` Under a *standing rule* first words are answered without a decision on that question. The decision is a person's signature
//!   over the firm's rules: of an owner, under a certificate of the firm that holds on that day and whose scope covers the class. What
//!   it lets go becomes an ANSWER and nothing else.
//!
//! Which rule answers what, how often and until when is the firm's own matter (`POL-10`). An attacker inside the firm's computer would
//! write a rule in; it is in no version that an owner signed. One who has such a version finds no payload but the answer that takes it.

use crate::decision::{BadDecision, entitled};
use crate::dialogue::Brief;
use crate::firm_id::{About, SignedPerson};
use crate::id::{Hash, OperatingKey, Signature};
use crate::sign::verify;
use crate::time::UnixMs;
use crate::vocabulary::Role;

/// The domain label of a person's signature over a firm's rules.
pub const RULES_LABEL: &str = "cosolvent/policy-word/1";

/// A firm's rules under a person's signature.
#[derive(Clone, Copy, Debug)]
pub struct SignedRules<'a> {
    /// What was signed: names the firm, these rules and those that they replaced.
    pub said: Hash,
    /// Under [`RULES_LABEL`].
    pub signature: &'a Signature,
    /// Whoever signed.
    pub certificate: &'a SignedPerson,
    /// Whose certificates count.
    pub firm: OperatingKey,
    /// What the scope of the certificate must cover.
    pub about: About,
}

/// An answer to first words that a person let go by signing rules. It cannot be made without them.
///
/// ```compile_fail,E0423
/// let forged = protocol::standing::StandingAnswer(protocol::dialogue::Brief(vec![]));
/// ```
#[derive(Clone, Debug)]
pub struct StandingAnswer(Brief);

impl StandingAnswer {
    /// Lets an answer go under rules that an owner signed (`DEC-4`).
    ///
    /// # Errors
    ///
    /// [`BadDecision::NotEntitled`] unless the certificate makes its holder an owner today, for this class;
    /// [`BadDecision::Signature`] unless that person signed these rules.
    pub fn under(answer: Brief, rules: &SignedRules<'_>, now: UnixMs) -> Result<StandingAnswer, BadDecision> {
        let owner = entitled(rules.certificate, &rules.firm, (&[Role::Owner], &rules.about), now.day())?;
        let signed = verify(RULES_LABEL, &rules.said, &owner.person, rules.signature);
        signed.map(|()| StandingAnswer(answer)).map_err(|_| BadDecision::Signature)
    }

    /// What was let go.
    pub fn value(&self) -> &Brief {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::firm_id::PersonCertificate;
    use crate::id::{FirmId, PersonKey};
    use crate::sign::sign;
    use crate::time::Day;
    use crate::vocabulary::ResourceClass;
    use ed25519_dalek::SigningKey;

    #[test]
    fn only_rules_that_an_owner_of_today_signed_let_an_answer_go() {
        // DEC-4
        let [operating, person, stranger] = [1, 2, 3].map(|n| SigningKey::from_bytes(&[n; 32]));
        let certificate = |roles: &[Role], scope: &[ResourceClass], signer| {
            let body = PersonCertificate {
                firm: FirmId([7; 32]),
                person: PersonKey::of(&person),
                roles: roles.to_vec(),
                scope: scope.to_vec(),
                limit: None,
                expires: Day(20_000),
            };
            SignedPerson::new(body, signer)
        };
        let said = Hash([5; 32]);
        let goes = |certificate: &SignedPerson, by: &SigningKey, label: &str, day: u32| {
            let signature = sign(label, &said, by);
            let about = About { class: Some(ResourceClass::Machine), amount: None };
            let firm = OperatingKey::of(&operating);
            let rules = SignedRules { said, signature: &signature, certificate, firm, about };
            let answer = Brief::new([].into());
            StandingAnswer::under(answer, &rules, Day(day).start()).map(|answer| answer.value().0.len())
        };
        let owner = certificate(&[Role::Owner], &[], &operating);
        assert_eq!(goes(&owner, &person, RULES_LABEL, 20_000), Ok(0));
        assert_eq!(goes(&owner, &person, RULES_LABEL, 20_001), Err(BadDecision::NotEntitled), "no owner any more");
        assert_eq!(goes(&owner, &stranger, RULES_LABEL, 20_000), Err(BadDecision::Signature), "somebody else's word");
        assert_eq!(goes(&owner, &person, "cosolvent/decision/1", 20_000), Err(BadDecision::Signature));
        for wrong in [
            certificate(&[Role::Approver], &[], &operating),
            certificate(&[Role::Owner], &[ResourceClass::Space], &operating),
            certificate(&[Role::Owner], &[], &stranger),
        ] {
            assert_eq!(goes(&wrong, &person, RULES_LABEL, 20_000), Err(BadDecision::NotEntitled));
        }
    }
}
