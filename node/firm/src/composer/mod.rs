//! What an item would say openly, and how many firms could have said it.
//!
//! Content identifies a firm before the network does: with the full list of firms of a region a reader needs no address to
//! name the one that works titanium to five micrometres. So before anything is said the composer counts the crowd that the
//! firm would stand in (`KAN-5`: k), names what singles it out, and says what leaving out would gain.
//!
//! ```text
//!   item ─ facts (coarse by default) ─ k from the sponsor's census ─┬─ 10 or more   a question to whoever may
//!                                                                    ├─ 5 to 9       the same, with a warning
//!                                                                    └─ below 5      a question to the owner alone
//! ```
//!
//! - `CMP-1` An offer is coarse and a need stays local unless a person says otherwise. Coarse is: the larger area, or the whole
//!   market when only that reaches 5; no text, bands, no worth.
//! - `CMP-2` Below 5 the question names the risk and the field that singles the firm out, both under the signature, and only
//!   an owner may say yes. Where the policy allows no notice at all, nobody may.
//! - `CMP-3` From 5 to 9 the page warns.
//! - `CMP-4` k is reckoned again when the decision is taken in. What has fallen below 5 since it was asked does not leave.
//! - `CMP-5` For each thing that could be left out the page says what that gains, and what to leave out at least to reach 5
//!   and 10.
//!
//! What an attacker would try: publish many adverts like the expected one, so that k falls and nobody dares to speak (each
//! costs a pass; the owner may still say yes). Raise k by speech: nothing that is heard adds to it.

mod coarsening;
mod crowd;
mod facts;
#[cfg(test)]
mod tests;

pub use coarsening::{Advice, Coarsening, Gain, Proposal, UnknownCoarsening, advise};
pub use crowd::{Exposure, Ground, PLENTY};
pub use facts::{compose, public_facts};
