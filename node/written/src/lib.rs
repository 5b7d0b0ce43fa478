//! What people write down in files and on command lines: rules of a policy, weeks, places, amounts of money, and answers to
//! questions and of terms.
//!
//! ```text
//!   cosolvent policy set FILE ─┐
//!   a story's [[firm.rule]]   ─┴─▶ policy ─▶ firm::policy::Policy ─▶ policy ─▶ cosolvent policy show
//! ```
//!
//! Decides what a text means and refuses what cannot be meant, with the field at fault and what to write instead. It opens no file
//! and enters nothing: whoever reads a file hands its text over, and the firm judges what came of it.
//!
//! Nobody learns anything here. An attacker hands over a file: it is read as TOML, every key is known, and what comes of it is judged
//! by the firm like anything else that is entered.
#![forbid(unsafe_code)]

mod amounts;
mod answers;
pub mod policy;
mod provisions;

pub use amounts::{MoneyText, SiteText, WeeksText};
pub use answers::answer;
pub use provisions::{ProvisionsText, content, written};
