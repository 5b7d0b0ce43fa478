//! All-seeing checkers, one promise each.
//!
//! A checker relies on nothing that the world claims about itself: it keeps its own account of what was handled, committed
//! and let out, and compares. Each has a test in which the promise is broken on purpose.

mod approval_never_implied;
mod as_told;
mod author_never_first;
mod deal_agreement;
mod durable_before_audible;
mod identity_after_opt_in;
mod lent_before_offered;
mod log_converges;
mod named;
mod one_verdict;
mod only_live_adverts_match;
mod policy_kept;
mod replay_equals;
#[cfg(test)]
pub(crate) mod told;

pub use approval_never_implied::ApprovalNeverImplied;
pub use as_told::AsTold;
pub use author_never_first::AuthorNeverFirst;
pub use deal_agreement::DealAgreement;
pub use durable_before_audible::DurableBeforeAudible;
pub use identity_after_opt_in::{IdentityAfterOptIn, Known};
pub use lent_before_offered::LentBeforeOffered;
pub use log_converges::LogConverges;
pub use one_verdict::OneVerdict;
pub use only_live_adverts_match::OnlyLiveAdvertsMatch;
pub use policy_kept::PolicyKept;
pub use replay_equals::ReplayEquals;

use serde::Serialize;
use std::hash::{DefaultHasher, Hasher};

/// A value's canonical encoding, hashed, to recognise it again without keeping it. Nobody here forges: of 2^64 values two that
/// differ and look alike do not meet in a run.
fn fingerprint<T: Serialize>(value: &T) -> u64 {
    let mut hash = DefaultHasher::new();
    // A type that cannot be encoded could not stand in a journal or a trace either; all of its values then look alike here.
    hash.write(&minicbor_serde::to_vec(value).unwrap_or_default());
    hash.finish()
}
