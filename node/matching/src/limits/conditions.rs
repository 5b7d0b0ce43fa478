//! Which rule opens another compliant path (`LIM-8`).
use super::Limit;
use crate::{
    pack::Condition,
    record::{Facts, Named, Origin},
    vocabulary::{Concept, Vocabulary},
};

/// The first rule that opens a violated limit: it is for that certificate, the need plainly asks for the work that the rule is
/// for, the advert offers it, and the need names what the rule wants named.
pub(crate) fn opening<'v>(
    vocabulary: &'v Vocabulary,
    limit: Limit,
    need: &Facts,
    advert: &Facts,
) -> Option<&'v Condition> {
    let Limit::Credential(Named::Concept(missing)) = limit else { return None };
    let names = |facts: &Facts, sought: &[Concept]| {
        let plain = facts.terms.iter().filter(|term| term.origin > Origin::Guessed);
        plain.into_iter().any(|term| sought.iter().any(|one| vocabulary.is(term.concept, *one)))
    };
    vocabulary.conditions().iter().find(|rule| {
        rule.opens == missing
            && names(need, &rule.work)
            && names(advert, &rule.work)
            && (rule.beside.is_empty() || names(need, &rule.beside))
    })
}
