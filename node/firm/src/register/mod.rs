//! Who may act for the firm: the register of people.
//!
//! Decides nothing by itself; it holds, for each person, the key that is sealed under that person's own password and the
//! certificate by which the firm's operating key gives it roles. Refuses a second person under one id or one key.
//!
//! - `REG-1` A decision counts only under a certificate in this register (`DEC-2`); a person who left has none.
//! - `REG-2` An entry counts until the end of its last day, for decisions, commands (`POL-4`) and views alike.
//! - `REG-3` A revocation takes effect with the input that asks for it, whatever the root key does, and a revoked key is never
//!   entered again. Counterparts hear of it in every deal that goes on (`RVL-8`).
//!
//! An attacker with the running node could add a person; the entry stands in the journal and on the people page, and a
//! counterpart sees only certified roles.

mod command;
mod event;
mod person;
mod state;

pub use command::{Entrant, certify_again, enrol};
pub use event::Event;
pub use person::{BadPersonId, Person, PersonId};
pub use state::Register;
