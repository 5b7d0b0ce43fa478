//! What the index promises: that it finds what judging everything would find, whatever comes and goes.
mod churn;
mod cost;
mod exact;
mod ranking;
mod stored;
mod world;

use matching::{index::Facets, vocabulary::Vocabulary};
use std::sync::LazyLock;

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::builtin);
static FACETS: LazyLock<Facets<'static>> = LazyLock::new(|| Facets::new(&VOCABULARY));
