//! The Cosolvent program.
