//! Which relays the next cell takes.

use super::{Paired, Pinned};
use protocol::limits::{EXIT_LATE_CELLS_MAX, PAIR_LATE_CELLS_MAX};
use protocol::path::{Pair, Path, Search};
use rand_core::CryptoRng;

/// What to do about a pair or a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step<T> {
    /// Use the one that there is.
    Keep,
    /// Pin this one first.
    Pin(T),
    /// There are not enough relays for one.
    Wait,
}

/// Draws the guard and the middle of everything that this node says where there are none, or where the owner named other guards; and
/// others where nothing came through any more or a relay is gone for too long. What was drawn again too often, or for which
/// there is nothing else, stays (`PTH-3`).
pub fn next_pair(
    paired: Option<&Paired>,
    is_gone: bool,
    search: &Search<'_>,
    chance: &mut impl CryptoRng,
) -> Step<Pair> {
    match paired {
        Some(Paired { pair, late }) if !pair.is_overruled(search) => {
            let is_lost = is_gone || *late >= PAIR_LATE_CELLS_MAX;
            let other = if is_lost { pair.choose_again(search, chance) } else { None };
            other.or_else(|| pair.moved(search)).map_or(Step::Keep, Step::Pin)
        }
        _ => Pair::choose(search, chance).map_or(Step::Wait, Step::Pin),
    }
}

/// Draws the exit of a pseudonym behind its node's pair where there is none, and another under the same conditions as a pair.
pub fn next_path(
    pinned: Option<&Pinned>,
    pair: &Pair,
    is_gone: bool,
    search: &Search<'_>,
    chance: &mut impl CryptoRng,
) -> Step<Path> {
    match pinned {
        None => Path::behind(pair, search, chance).map_or(Step::Wait, Step::Pin),
        Some(pinned) if !pinned.path.is_behind(pair) => {
            pinned.path.follow(pair, search, chance).map_or(Step::Wait, Step::Pin)
        }
        Some(pinned) if is_gone || pinned.late >= EXIT_LATE_CELLS_MAX => {
            pinned.path.choose_again(pair, search, chance).map_or(Step::Keep, Step::Pin)
        }
        Some(_) => Step::Keep,
    }
}
