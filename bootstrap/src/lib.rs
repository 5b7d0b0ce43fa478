//! Who convenes: a sponsor's node, as a library and as the program `cosolvent-sponsor`.
//!
//! A sponsor (an association, an agency, a college) founds a network alone or with others, invites firms, vouches for them
//! once, issues their passes and is a place to meet. What it decides stands in the machine `sponsor`; this crate puts that
//! machine into the world, exactly as a firm's node does with `firm`. `SPONSORING.md` is the page for its staff.
//!
//! ```text
//!   founding      one genesis for all founding sponsors       charter_file   the market's rules, as staff write them
//!   census_file   what the staff counted in the region
//!   config        addresses                                   folder         what lies where on disk
//!   door          who may come in, who may ask to             setup          everything a node starts from
//!   sponsor_node  machine, journal and carrier put together
//!   signing       issuing keys, sealed by week, and the process that signs with them
//!   desk          what staff may ask                          control        the same, over a socket of the owner
//!   program       the command line
//! ```
//!
//! The promise kept here is the fourth: no single party is needed. Sponsors of one network know each other only by the
//! genesis; each admits its own node, accepts what every other founder admitted, and holds the same shelf. One that vanishes
//! takes with it only its own invitations and the passes that it would have issued.
#![forbid(unsafe_code)]

pub mod census_file;
pub mod charter_file;
pub mod config;
mod control;
pub mod desk;
mod door;
pub mod folder;
pub mod founding;
mod program;
mod setup;
pub mod signing;
pub mod sponsor_node;
#[cfg(test)]
mod tests;

pub use founding::found_network;
pub use program::main;
pub use setup::carrier_name;
pub use signing::Signing;
pub use sponsor_node::{Doors, QuietSponsor, Setup, SponsorNode, StartError};
