//! How a Cosolvent node runs.
//!
//! A machine (`firm`, `sponsor`) decides and cannot touch the world. This crate is the world it touches: it gives a machine
//! time, chance, a memory that survives crashes, keys, and neighbours. It decides nothing about the business, and is the same
//! for a firm and for a sponsor.
//!
//! ```text
//!            passphrase                      password, per approval
//!                │                                    │
//!   lock ─▶ keystore ─ journal key ─▶ journal ─ records ─▶ driver ◀──▶ carrier (ToCarrier, FromCarrier) ◀──▶ neighbours
//!                                        ▲                   │
//!                                        └──── append ───────┘
//! ```
//!
//! | room | promise it keeps |
//! |---|---|
//! | [`lock`] | one mind per data folder |
//! | [`keystore`] | a node without its people cannot approve, reveal or sign |
//! | [`journal`] | what was durable comes back, all of it and unchanged, or the node says why not |
//! | [`driver`] | a node never says what a crash could make it forget |
//! | [`carrier`], [`swarm`] | bytes move between admitted peers, and nothing else does |
//! | [`door`] | only admitted peers come in, and only what keeps every rule is taken in |
//! | [`config`] | what is configured is what is in force, or the node says which line is not |
//! | [`office`] | a decision is one person's signature over what that person saw |
//! | [`root`] | a firm's keys are replaced by whoever holds its recovery sheet, and by nobody else |
//! | [`control`] | the command line reaches the firm through the data folder's owner only |
//!
//! A start in order: [`lock::Lock::take`], [`keystore::Keystore::open_node`], [`journal::Journal::open`],
//! [`driver::spawn`], [`driver::listen`]. A stop: [`driver::Handle::stop`], then drop the lock. For a firm, [`office`] does
//! this.
#![forbid(unsafe_code)]

pub mod carrier;
pub mod config;
pub mod control;
pub mod door;
pub mod driver;
pub mod journal;
pub mod keystore;
pub mod lock;
pub mod office;
pub mod root;
pub mod swarm;
