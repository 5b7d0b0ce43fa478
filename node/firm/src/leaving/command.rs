//! Which path a pseudonym's next cell takes.

use super::Pinned;
use protocol::limits::LATE_CELLS_MAX;
use protocol::path::{Path, Search};
use rand_core::CryptoRng;

/// What to do about a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Use the one that there is.
    Keep,
    /// Pin this one first.
    Pin(Path),
    /// There are not three relays for one.
    Wait,
}

/// Draws a path where there is none, and another where three cells in a row were late or a relay is gone for too long; a path that
/// was drawn again too often, or for which there is no other, stays (`PTH-3`).
pub fn next_path(pinned: Option<&Pinned>, is_gone: bool, search: &Search<'_>, chance: &mut impl CryptoRng) -> Step {
    match pinned {
        None => Path::choose(search, chance).map_or(Step::Wait, Step::Pin),
        Some(pinned) if is_gone || pinned.late >= LATE_CELLS_MAX => {
            pinned.path.choose_again(search, chance).map_or(Step::Keep, Step::Pin)
        }
        Some(_) => Step::Keep,
    }
}
