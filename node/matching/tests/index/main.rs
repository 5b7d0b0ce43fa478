//! What the index promises: that it finds what judging everything would find, whatever comes and goes.
mod churn;
mod cost;
mod exact;
mod ranking;
mod stored;
mod world;

use matching::{index::Facets, vocabulary::Vocabulary};
use std::sync::{Arc, LazyLock};

static VOCABULARY: LazyLock<Arc<Vocabulary>> = LazyLock::new(|| Vocabulary::shared().clone());
static FACETS: LazyLock<Arc<Facets>> = LazyLock::new(|| Facets::of(&VOCABULARY));
