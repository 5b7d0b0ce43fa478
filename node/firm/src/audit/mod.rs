//! What left, to whom, on whose say and by which rule.
//!
//! - `AUD-1` Every outbound plaintext field has a row with the approval that let it go, the policy rule that asked, or the
//!   standing rule that did not, the rule that lets this field be told, the hash of the policy, and that of the knowledge packs by which it
//!   was judged.
//! - `AUD-2` Rows form a hash chain: each holds the hash of the one before, so that whoever noted the hash of one row sees
//!   when it or an earlier one was changed or dropped. Without such a note the chain proves nothing against the firm itself,
//!   which could make it anew.

mod event;
mod state;

pub use event::{Event, Row};
pub use state::{Audit, Chained};
