//! A region in virtual time.
