//! What one firm decides.
