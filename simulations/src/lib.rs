//! WHAT IF: a region in virtual time.
//!
//! The production machines (`firm`, `sponsor`) run here unchanged in a seeded [`world`]: links delay, lose and reorder,
//! partitions come and go, computers sleep and crash at chosen commits, people decide promptly, slowly or never. All-seeing
//! [`checkers`] hold every run against the promises, one file each. The same seed gives the same trace hash in every build,
//! directory and process, so a violation is replayed by its seed.
//!
//! ```text
//!   scenario (TOML) ─▶ world ◀─ people (script)
//!                        │
//!                        ├─▶ checkers ─▶ violations
//!                        ├─▶ report: JSON Lines, then one object
//!                        └─▶ browse: the desk pages of its firms, over a clock that goes on
//! ```
//!
//! The world calls no runtime and reads no clock; [`browse`] does, around it.
//!
//! Who learns what: nobody outside the run. A recording contains entropy and is made only of simulated nodes.
#![forbid(unsafe_code)]

pub mod anonymity;
pub mod browse;
mod canary;
pub mod checkers;
mod chronicle;
mod command;
pub mod party;
pub mod people;
mod region;
mod report;
mod run;
mod scenario;
mod script;
pub mod seats;
mod seed;
mod span;
pub mod stage;
pub mod story;
mod sweep;
mod table;
#[cfg(test)]
mod trial;
pub mod world;

pub use canary::{BYTES_MIN, Canaries, Canary, Told};
pub use chronicle::{Chronicle, Reached, Steps};
pub use command::{EXIT_USAGE, EXIT_VIOLATION, main, run};
pub use region::RegionPlan;
pub use report::{Lines, Paper, Report};
pub use run::{Played, Unplayed, play};
pub use scenario::{CellsPlan, ChangePlan, CrashPlan, PartitionPlan, Scenario, ScenarioError, SleepPlan, Weather};
pub use script::{Act, Desk, Errand, Pace, Script};
pub use seed::{RunSeed, draw};
pub use sweep::{Broken, Sweep, sweep};
