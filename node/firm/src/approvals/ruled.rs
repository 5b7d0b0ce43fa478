//! What a standing rule answered in a person's stead (`APR-8`).

use crate::policy::Because;
use crate::register::PersonId;
use protocol::time::UnixMs;
use serde::{Deserialize, Serialize};

/// By which rule, whose, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruled {
    /// The rule, and the version of the policy.
    pub because: Because,
    /// Who signed that version.
    pub by: PersonId,
    /// When.
    pub at: UnixMs,
}
