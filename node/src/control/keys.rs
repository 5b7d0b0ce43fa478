//! What people are told about the firm's own keys, and what to do about it.

use firm::{identity::Validity, view::KeysView};

/// One sentence "what is wrong; what to do" each, the worst first.
pub(super) fn warnings(keys: &KeysView) -> Vec<String> {
    let day = keys.operating_until.map(|day| day.to_string()).unwrap_or_default();
    let mut warnings = Vec::new();
    if keys.forks.iter().any(|fork| fork.firm == keys.firm) {
        warnings.push(
            "a key of this firm was used for two different changes, so somebody else has it, and whoever sees both believes \
             neither; run `cosolvent keys show`, and if the root key said both, rotate with the recovery key, otherwise tell \
             counterparts and sponsor that the firm starts anew under another id"
                .into(),
        );
    }
    match keys.validity {
        Validity::Lapsed => warnings.push(format!(
            "the firm's operating key does not hold (its last day was {day}), so nobody believes what this node says for the firm; \
             fetch the recovery sheet and run `cosolvent keys renew`"
        )),
        _ if !keys.speaks => warnings.push(
            "the firm's key log names an operating key that this node does not have, so this folder is an old copy, or somebody \
             else has rotated; fetch the newest recovery sheet and run `cosolvent keys rotate`"
                .into(),
        ),
        Validity::LapsesSoon => warnings.push(format!(
            "the firm's operating key ends on {day} and only the recovery sheet renews it; fetch the sheet and run `cosolvent keys \
             renew` before that"
        )),
        Validity::Holds => {}
    }
    warnings.extend(unheard(keys.untold.len(), keys.unsaid.len()));
    if keys.sheet.is_none() {
        warnings.push(
            "nobody has shown to hold the recovery sheet of this firm, without which its keys can never be replaced; run \
             `cosolvent keys sheet`"
                .into(),
        );
    }
    warnings
}

/// What is to do when counterparts have not heard who left, or which keys are over: `untold` open deals in which nobody has
/// confirmed it, `unsaid` people for whom the log still stands.
#[must_use]
pub fn unheard(untold: usize, unsaid: usize) -> Vec<String> {
    let mut warnings = Vec::new();
    if unsaid > 0 {
        warnings.push(format!(
            "counterparts still believe people who left (number: {unsaid}), because the operating key's half of the key log is full; \
             fetch the recovery sheet and run `cosolvent keys renew`, which certifies anew whoever is left"
        ));
    }
    if untold > 0 {
        warnings.push(format!(
            "counterparts in open deals (number: {untold}) have not confirmed that they heard how this firm's keys changed, and may \
             still believe who left; leave the node running and connected, and tell them yourself if this is still said tomorrow"
        ));
    }
    warnings
}
