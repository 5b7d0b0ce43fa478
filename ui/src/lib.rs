//! WHO DECIDES: the desk's pages and its JSON API, over one trait.
//!
//! What it decides: nothing. It shows a firm's views in the reader's language, carries commands, and takes a person's
//! decision together with that person's password to whoever can open the person's key ([`Desk`]). What it refuses: readers
//! without the secret of this start, names it does not answer to, forms that are not its own, hurried passwords.
//!
//! ```text
//!   page/     one file for each page: its handlers first, its markup below
//!   told      terms in sentences, for readers without a browser
//!   words     every string, English and French, checked by the build     voice    values as words
//!   guard     which requests come in       session  who sits there        throttle how often a password is tried
//!   callers   how many connect, and how long they may be silent
//!   api       the same views as JSON       changes  "something changed"   server   the router and its life
//! ```
//!
//! Rules `DSK-1` to `DSK-9` stand in the modules that keep them. Who learns what: the reader sees what the firm's views give
//! to that reader's roles; a browser without the secret learns that a desk is here; other computers learn nothing unless
//! the desk was told to listen for them.
#![forbid(unsafe_code)]

mod api;
mod asset;
mod callers;
mod changes;
mod desk;
mod form;
mod guard;
mod page;
mod server;
mod session;
pub mod spreadsheet;
mod stop;
mod throttle;
pub mod told;
pub mod ubl;
mod visit;
mod voice;
mod words;

pub use desk::{Desk, DeskError, Password};
pub use server::{Bound, DeskConfig, ServeError, router, serve};
pub use session::{NoEntropy, Secret};
pub use words::Language;
