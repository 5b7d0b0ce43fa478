//! Why a story is refused: which entry is wrong, and what would be right.

/// Why a story is refused.
#[derive(Debug, thiserror::Error)]
pub enum StoryError {
    /// Not TOML of this shape.
    #[error("the story could not be read: {0}")]
    Unreadable(#[from] toml::de::Error),
    /// No story by this name.
    #[error("there is no story {name:?}; there are: {known}")]
    Unknown {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// Nobody in it.
    #[error("a story needs at least one [[sponsor]] and one [[firm]]")]
    Nobody,
    /// A name or a planted text that stands for two things.
    #[error("the {what} {name:?} stands there twice; each needs one of its own")]
    Twice {
        /// What kind.
        what: &'static str,
        /// Which.
        name: String,
    },
    /// A planted text too short to be recognised.
    #[error("the planted text {text:?} of firm {firm:?} is too short to be recognised; write at least 8 characters")]
    Short {
        /// Whose.
        firm: String,
        /// Which.
        text: String,
    },
    /// A firm with a sponsor that is not there.
    #[error("firm {firm:?} names sponsor {sponsor:?}, but no [[sponsor]] has this id")]
    NoSuchSponsor {
        /// Whose.
        firm: String,
        /// Which.
        sponsor: String,
    },
    /// A neighbour that nobody knows.
    #[error("neighbours names {id:?}, but no such firm is among those that stories share; there are: {known}")]
    NoSuchNeighbour {
        /// Who.
        id: String,
        /// Who there is.
        known: String,
    },
    /// A deal about something that is not there.
    #[error(
        "a [[deal]] names {item:?}, but no firm has this item; write it as firm/item, an offer under `offer` and a need under `need`"
    )]
    NoSuchItem {
        /// Which.
        item: String,
    },
    /// A person, item or deal that does not hold together.
    #[error("{whose}: {why}")]
    Unfit {
        /// Whose.
        whose: String,
        /// What is wrong and what would be right.
        why: String,
    },
}
