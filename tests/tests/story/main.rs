//! A story across separate processes: every party is a program of its own, as it would be in another town.
//!
//! ```text
//!   cosolvent-sponsor run ─┐                        ┌─ cosolvent run   supplier
//!                          ├── TCP, QUIC, loopback ─┤
//!   cosolvent-sponsor run ─┘                        └─ cosolvent run   buyer
//!              people type: need add · approval approve · deal propose · deal outcome, each a process too
//! ```
//!
//! The parties share nothing but the network. What a test knows of one, it reads as a person would: from what that party's
//! own command line prints, and at the end from its own journal. Nobody waits for a time, only for a state; a test that
//! works never waits as long as [`program::PATIENCE`].

mod bad_input;
mod books;
mod crashes;
mod foreign;
mod full_disk;
mod idle_shift;
mod market;
mod party;
mod play;
mod program;
mod signer_gone;
mod sponsor_gone;
