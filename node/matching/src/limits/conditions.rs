//! Which rule opens another compliant path (`LIM-8`).
use super::Limit;
use crate::{
    pack::Condition,
    record::{Facts, Named, Origin},
    vocabulary::{Concept, Vocabulary},
};

/// The first rule of a pack that opens a violated limit: it is for that certificate, the need plainly asks for the work that the rule is
/// for, the advert offers it, and the need names what the rule wants named.
pub fn opening<'v>(vocabulary: &'v Vocabulary, limit: Limit, need: &Facts, advert: &Facts) -> Option<&'v Condition> {
    let Limit::Credential(Named::Concept(missing)) = limit else { return None };
    asked(vocabulary, missing, need).find(|rule| names(vocabulary, advert, &rule.work))
}

/// The rules that would open a certificate for this need, were the work offered.
pub(crate) fn asked<'v>(
    vocabulary: &'v Vocabulary,
    missing: Concept,
    need: &Facts,
) -> impl Iterator<Item = &'v Condition> {
    vocabulary.conditions().iter().filter(move |rule| {
        rule.opens == missing
            && names(vocabulary, need, &rule.work)
            && (rule.beside.is_empty() || names(vocabulary, need, &rule.beside))
    })
}

fn names(vocabulary: &Vocabulary, facts: &Facts, sought: &[Concept]) -> bool {
    let mut plain = facts.terms.iter().filter(|term| term.origin > Origin::Guessed);
    plain.any(|term| sought.iter().any(|one| vocabulary.is(term.concept, *one)))
}
