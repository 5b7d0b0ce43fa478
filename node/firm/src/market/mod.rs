//! What is said and heard openly: the shelf of everybody's records, own adverts, and the passes that let this firm speak.
//!
//! - `SYN-1` to `SYN-3`: the shelf is the same pure code on every node.
//! - `PAS-2`: a pass is burned with its object, in the same record, so no crash can spend it twice.
//! - `PAS-3`: keys and passes are forgotten with the grace of their week, spent or not; `PAS-4`: those of the next week are fetched in
//!   the second half of this one, at a moment that follows from a secret of the firm.
//! - `PAS-9`: neighbours that showed the same manifest are remembered, so that the rule holds across a restart. `PAS-10`: a batch is
//!   hidden and durable before it is asked for, and opened and judged before it counts.
//! - `KAN-3`: a census is kept as its sponsor signed it, for this epoch and the one before.
//! - Own adverts are built from [`protocol::facts::Facts`] that a person released; the pseudonym's seed comes from the
//!   firm's master, the contact secret is chance and dies with the advert.

mod command;
mod event;
mod state;
mod wallet;

pub use command::{Preview, Publication, advertise, preview, withdraw};
pub use event::Event;
pub use state::{Market, OwnAdvert, Told};
pub use wallet::{Batch, Hidden, Holder, Wallet};
