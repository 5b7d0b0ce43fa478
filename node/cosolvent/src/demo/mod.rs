//! A market to try: sponsors, firms and their desks in one process on loopback, with real networking.
//!
//! ```text
//!   demo           ─▶ market ─▶ a desk for each persona ─▶ people decide in their browsers ─▶ Ctrl-C
//!   demo --auto    ─▶ market ─▶ the story's own people decide ─▶ JSON Lines, and what leaked
//! ```
//!
//! Refuses a folder that is not empty, so that it can never stand in a real firm's; the network is of a kind that a real node
//! refuses (`NET-2`).

mod auto;
mod guide;
mod leaks;
mod market;
mod pages;
mod tape;
#[cfg(test)]
mod tests;

use crate::failure::Failure;
use anyhow::{Context, Result};
use auto::{Closing, Play, closing};
use clap::Args;
use leaks::Watch;
use market::Market;
use simulations::story::Story;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tape::Tape;

/// `cosolvent demo`.
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Which story
    #[arg(long, default_value = "idle-shift")]
    story: String,
    /// Let the story's own people decide, and report what left, who learnt what, and what leaked
    #[arg(long)]
    auto: bool,
    /// Give up after this many seconds (with --auto)
    #[arg(long, default_value_t = 120)]
    limit_s: u64,
    /// Keep the market's data in this folder, which must be empty; otherwise it is thrown away at the end
    #[arg(long)]
    folder: Option<PathBuf>,
}

impl Demo {
    /// Plays, and says how it ended by the exit code: 0 only for a story that completed without a leak, or a clean stop.
    pub(crate) async fn run(self, out: &mut (dyn Write + '_)) -> Result<(), Failure> {
        let tape = Tape::start();
        let started = Instant::now();
        let story = Story::named(&self.story).map_err(|error| Failure::usage(&error.to_string()))?;
        let scratch = Scratch::take(self.folder.as_deref())?;
        let done = if self.auto {
            self.play(story, &scratch, started, &tape, out).await
        } else {
            guide::host(story, scratch.path(), out)
                .await
                .map(|()| true)
                .map_err(|error| Failure::of("demo", &format!("{error:#}")))
        };
        match done? {
            true => Ok(()),
            false => Err(Failure::of(
                "story",
                &"the story did not complete cleanly; its last line says how far it came, what leaked and what was not as told",
            )),
        }
    }

    async fn play(
        &self,
        story: Story,
        scratch: &Scratch,
        started: Instant,
        tape: &Tape,
        out: &mut (dyn Write + '_),
    ) -> Result<bool, Failure> {
        let name = story.name.clone();
        let limit = Duration::from_secs(self.limit_s);
        let closing = match act(story, scratch.path(), started, limit, tape, out).await {
            Ok(closing) => closing,
            Err(error) => {
                tracing::error!("{error:#}");
                Closing::broken_off(&name, started)
            }
        };
        let clean = closing.is_clean();
        let line = serde_json::to_string(&closing).map_err(|error| Failure::of("story", &error.to_string()))?;
        let _ = writeln!(out, "{line}");
        Ok(clean)
    }
}

/// Raises the market, plays the story in it, closes it, and reads every journal and log for what must not be there.
async fn act(
    story: Story,
    folder: &Path,
    started: Instant,
    limit: Duration,
    tape: &Tape,
    out: &mut (dyn Write + '_),
) -> Result<Closing> {
    let name = story.name.clone();
    let market = Market::raise(story, folder).await.context("raising the market")?;
    let mut play = Play::new(&market, started, out);
    let played = play.play(limit).await;
    let otherwise = play.otherwise().await?;
    let (steps, mut watch) = play.into_parts();
    let ids = market.firms.iter().map(|member| (member.id.to_string(), member.plan.id.clone())).collect();
    look_at_the_rest(market, &mut watch, &ids, tape, steps).await?;
    Ok(closing(&name, (played?, otherwise), started, steps, &watch))
}

async fn look_at_the_rest(
    market: Market,
    watch: &mut Watch,
    ids: &BTreeMap<String, String>,
    tape: &Tape,
    steps: usize,
) -> Result<()> {
    for books in market.close().await? {
        watch.look_at_journal(&books, ids, steps)?;
    }
    watch.look_at_log(&tape.heard(), steps);
    Ok(())
}

/// Where the market lives: a folder that vanishes, or an empty one that was named.
enum Scratch {
    Thrown(tempfile::TempDir),
    Kept(PathBuf),
}

impl Scratch {
    fn take(named: Option<&Path>) -> Result<Scratch, Failure> {
        let Some(folder) = named else {
            let failed =
                |error| Failure::of("folder", &format!("cannot make a temporary folder ({error}); free some disk"));
            return tempfile::tempdir().map(Scratch::Thrown).map_err(failed);
        };
        let failed = |error| Failure::of("folder", &format!("cannot use {} ({error}); name another", folder.display()));
        std::fs::create_dir_all(folder).map_err(failed)?;
        let occupied = std::fs::read_dir(folder).map_err(failed)?.next().is_some();
        if occupied {
            let why = format!("{} is not empty, and may belong to a real firm; name an empty folder", folder.display());
            return Err(Failure::of("folder", &why));
        }
        Ok(Scratch::Kept(folder.into()))
    }

    fn path(&self) -> &Path {
        match self {
            Scratch::Thrown(folder) => folder.path(),
            Scratch::Kept(folder) => folder,
        }
    }
}
