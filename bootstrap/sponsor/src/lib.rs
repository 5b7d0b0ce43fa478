//! What a sponsor decides.
