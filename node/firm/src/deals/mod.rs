//! Two parties, step by step, from first interest to co-signed outcome.
//!
//! - `STP-1` to `STP-4` of the protocol: order of steps, released words only, closes, timeouts.
//! - A message is taken in strictly in the order of its sequence; one that comes early waits on the shelf, one that comes
//!   again is recognised by its tag and dropped.
//! - What this side says is sealed once, stored, and sent until it has arrived: the same bytes in an envelope, or in a
//!   parcel once names are exchanged.
//! - `TLK-1` to `TLK-4`: the talk before names. Each side has asks of its own; nothing else waits for them.
//! - `TRM-4` of the protocol: what this firm's catalogue calls incomplete is neither signed here nor taken as signed from there.
//! - A session is rebuilt from what the journal holds (seed, inputs), never stored as a cipher state (`DLG-6`).
//!
//! ```text
//!   dockets   what was done, and what the other side said to it
//!   state     one deal: both sides' words so far, the session, the outbox
//!   session   the sealed channel and how it is rebuilt
//!   command   what may be said or taken in now, and why not
//!   talk      what is asked and answered before names
//!   lacks     what terms still lack before anybody signs them
//!   silence   what becomes of it while nobody says anything
//!   event     said, told, carried, closed
//! ```

mod command;
mod dockets;
mod event;
mod lacks;
mod session;
mod silence;
mod state;
mod talk;

pub use command::{Unfit, admissible, expected_act, goes_first, proof, reveal};
pub use dockets::{Dockets, Word, Written};
pub use event::{Event, Opening, Sealed};
pub use lacks::{Lack, lacks};
pub use session::{first_sealed, open, read_first, seal};
pub use state::{Closed, Deal, Deals, Milestone, Outgoing, Party, Way};
pub use talk::{BadTalk, Round};
