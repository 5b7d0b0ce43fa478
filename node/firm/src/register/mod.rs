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
//! - `REG-4` While the firm has no owner, the operator of the computer enters people. From then on each entry, and each change of
//!   roles, is vouched for by the signature of somebody who may ask for it (`POL-4`). A firm whose owners are all gone, over or
//!   locked out goes back to the beginning when its recovery key replaces all keys and no owner acts.
//!
//! An attacker who works as the node's account finds no command that makes an owner of it. One who changes the program, or
//! takes the operating key out of it, could certify whom it likes; the entry stands in the journal and on the people page
//! without anybody's word, and a counterpart sees only certified roles.

mod command;
mod event;
mod person;
mod state;
mod vouch;

pub use command::{Entrant, certify_again, enrol};
pub use event::Event;
pub use person::{BadPersonId, Person, PersonId};
pub use state::Register;
pub use vouch::Vouch;
