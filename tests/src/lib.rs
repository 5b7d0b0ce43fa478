//! What we promise, and where it is watched.
//!
//! | promise | test |
//! |---|---|
//! | the house is as its plan says | `tidy`, here: `cargo test -p tests --test tidy` |
//! | two nodes mean the same bytes | `protocol/tests/vectors.rs`, with the files in `protocol/vectors/` |
//! | no stranger's bytes stop or fool a node | `protocol/tests/hostile/`, and each decoder's own tests |
//! | matching is judged by cases that are what they say | `node/matching/tests/cases`, with the cases in `tests/matching/` |
//! | one firm's decisions, step by step | `node/firm/tests/`, `bootstrap/sponsor/src/tests/` |
//! | people decide by what a page shows them | `browser`, here, in a real Chromium |
//! | whole regions, crashes and loss included | `simulations`, with its checkers |
//!
//! Vectors and hostile input stand in the room whose promise they are, not here: this package is linked with the carrier and
//! everything else, and a change of a record should be judged in seconds by whoever works on the protocol alone. What is here
//! needs the whole house: its order, and stories across processes.
