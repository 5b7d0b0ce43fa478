//! A simulated region to walk around in: played up to a moment, then the real desk pages of its firms, with a clock that goes
//! on.
//!
//! ```text
//!   scenario ─▶ world ─ played as `run` plays it ─▶ clockwork (one thread) ◀─ letters ─ desk ◀─ pages ◀─ browsers
//!                                                      │
//!                                                      └─ checkers go on watching; what they found is told at the end
//! ```
//!
//! What is done at a page goes through the same machines as everything else, and its answer is durable before the page shows
//! it. Between two acts virtual time passes at a pace, which may be none. Up to the first page the run is that of
//! `cosolvent-sim run`, with the same trace hash; from then on it depends on what people do and when.
//!
//! Refuses addresses that are not loopback: the passwords of simulated people are printed. Who learns what: whoever can read
//! the terminal. Every page says that its network is simulated (`NET-2`).

mod clockwork;
mod desk;
mod guide;

pub use clockwork::Backlog;
pub(crate) use guide::{Unhosted, host};

use crate::run::{Unplayed, run_on, stage};
use crate::seats::{NoDesk, OpenDesk, open_desk};
use crate::story::Story;
use crate::world::{Violation, VirtualMs};
use crate::{RunSeed, Scenario};
use clockwork::{Clockwork, Letter};
use desk::SimulatedDesk;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;
use tokio::sync::watch;

/// A played region that goes on, and whose desks can be opened.
pub struct Region {
    /// Its story.
    pub story: Story,
    /// How it stood when the scripted part was over.
    pub opening: Opening,
    letters: Sender<Letter>,
    closing: watch::Sender<bool>,
    world: JoinHandle<Vec<Violation>>,
}

/// How a region stood at the moment from which on people could look.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The seed of the run.
    pub seed: RunSeed,
    /// Virtual time.
    pub at: VirtualMs,
    /// What a correct wall clock showed.
    pub wall: machine::WallMs,
    /// 64 hexadecimal digits, as in a report; empty for a region that is not traced.
    pub trace_hash: String,
    /// How much each firm waited for people, in the story's order.
    pub backlogs: Vec<Backlog>,
}

/// Why a region cannot be browsed.
#[derive(Debug, thiserror::Error)]
pub enum Unbrowsed {
    /// It cannot be played.
    #[error(transparent)]
    Unplayed(#[from] Unplayed),
    /// The world broke off.
    #[error("the world broke off while it was played; what it said last stands above")]
    BrokenOff,
}

impl Region {
    /// Plays a scenario up to `until`, or until it is over, and lets time go on `pace` times as fast as real time.
    pub fn play(scenario: Scenario, story: Story, until: Option<VirtualMs>, pace: u32) -> Result<Region, Unbrowsed> {
        let (letters, mailbox) = channel();
        let (played, playing) = channel();
        let told = story.clone();
        // Machines and their world stay on the thread on which they were made.
        let world = std::thread::spawn(move || match begun(&scenario, &story, until) {
            Ok((works, opening)) => {
                // If nobody waits for it any more, nobody writes letters either.
                let _ = played.send(Ok(opening));
                works.keep_going(&mailbox, pace)
            }
            Err(why) => {
                let _ = played.send(Err(why));
                Vec::new()
            }
        });
        let opening = playing.recv().map_err(|_| Unbrowsed::BrokenOff)??;
        Ok(Region { story: told, opening, letters, closing: watch::channel(false).0, world })
    }

    /// Opens the pages of the firm at this place of the story.
    pub async fn open_desk(&self, firm: usize, listen: SocketAddr) -> Result<OpenDesk, NoDesk> {
        let desk = Arc::new(SimulatedDesk::new(firm, self.letters.clone()));
        let mut closing = self.closing.subscribe();
        let stopping = async move {
            // A region that is gone has closed.
            let _ = closing.wait_for(|closing| *closing).await;
        };
        open_desk(desk, &self.story.firms[firm], listen, stopping).await
    }

    /// What opens a person's key at these desks.
    pub fn password_of(person: &firm::register::PersonId) -> String {
        desk::password_of(person)
    }

    /// From now on nobody of this firm decides by script, as after somebody signed in there.
    pub fn attend(&self, firm: usize) {
        self.tell(Box::new(move |works| works.attend(firm)));
    }

    /// Lets so many milliseconds of virtual time pass as fast as the computer can.
    pub fn let_pass(&self, ms: u64) {
        self.tell(Box::new(move |works| works.let_pass(ms)));
    }

    /// Closes the desks and ends the world. Gives the promises that were broken, up to the opening and since.
    pub fn close(self) -> Result<Vec<Violation>, Unbrowsed> {
        self.closing.send_replace(true);
        self.tell(Box::new(Clockwork::stop));
        self.world.join().map_err(|_| Unbrowsed::BrokenOff)
    }

    fn tell(&self, letter: Letter) {
        // A world that broke off is noticed when the region is closed.
        let _ = self.letters.send(letter);
    }
}

fn begun(scenario: &Scenario, story: &Story, until: Option<VirtualMs>) -> Result<(Clockwork, Opening), Unplayed> {
    let (mut stage, _) = stage(scenario, story, scenario.seed, None, None)?;
    match until {
        Some(until) => stage.world.run_until(until),
        None => run_on(&mut stage, scenario.until()),
    }
    let at = stage.world.at();
    let wall = machine::WallMs(scenario.start.0 + at.0);
    let trace_hash = stage.world.trace_hash().map(|hash| hash.to_string()).unwrap_or_default();
    let works = Clockwork::new(stage);
    let opening = Opening { seed: scenario.seed, at, wall, trace_hash, backlogs: works.backlogs() };
    Ok((works, opening))
}
