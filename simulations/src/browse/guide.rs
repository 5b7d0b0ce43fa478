//! The terminal beside the pages: where they are, who decides by script, and what time does.

use super::{Backlog, Region, Unbrowsed};
use crate::command::Browse;
use crate::seats::{NoDesk, OpenDesk, Seat, tell};
use crate::span::Span;
use crate::story::{FirmPlan, Story};
use crate::world::{Violation, VirtualMs};
use crate::{Scenario, ScenarioError};
use protocol::time::UnixMs;
use std::io::{self, BufRead, Write};
use std::net::SocketAddr;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// So many firms get a desk when nobody names one: what a terminal shows at once.
const DESKS_MAX: usize = 5;

/// So many firms are named to somebody who named one that is not there.
const NAMES_MAX: usize = 12;

/// Why a region is not shown.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unhosted {
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    #[error("there is no firm {name:?}; there are {known}")]
    NoSuchFirm { name: String, known: String },
    #[error(transparent)]
    Unbrowsed(#[from] Unbrowsed),
    #[error(transparent)]
    NoDesk(#[from] NoDesk),
    #[error("the terminal or the system refused: {0}")]
    System(#[from] io::Error),
}

/// Plays, opens the desks, says where they are, and lets time pass until Ctrl-C. Gives the promises that were broken.
pub(crate) fn host(
    scenario: Scenario,
    story: Story,
    plan: &Browse,
    out: &mut dyn Write,
) -> Result<Vec<Violation>, Unhosted> {
    let name = scenario.name.clone();
    let named = plan.firms.iter().map(|name| place_of(&story, name)).collect::<Result<Vec<usize>, _>>()?;
    writeln!(out, "Playing \"{name}\" …")?;
    out.flush()?;
    let region = Region::play(scenario, story, plan.until.map(|span| VirtualMs(span.0)), plan.pace)?;
    named.iter().for_each(|firm| region.attend(*firm));
    let firms = if named.is_empty() { busiest(&region.opening.backlogs) } else { named };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut desks = Vec::new();
        for (position, firm) in firms.iter().enumerate() {
            let listen = plan.listen.get(position).copied().unwrap_or(SocketAddr::from(([127, 0, 0, 1], 0)));
            desks.push((*firm, region.open_desk(*firm, listen).await?));
        }
        say(&name, &region, &desks, plan, out)?;
        out.flush()?;
        until_told_to_stop(&region, out).await?;
        Ok::<(), Unhosted>(())
    })?;
    let violations = region.close()?;
    for Violation { checker, node, at_ms, what } in &violations {
        writeln!(out, "{checker} at {node}, {} ms: {what}", at_ms.0)?;
    }
    writeln!(out, "Stopped; {} promises were broken.", violations.len())?;
    Ok(violations)
}

fn place_of(story: &Story, name: &str) -> Result<usize, Unhosted> {
    let found = story.firms.iter().position(|firm| firm.id == name);
    found.ok_or_else(|| {
        let mut known: Vec<&str> = story.firms.iter().take(NAMES_MAX).map(|firm| firm.id.as_str()).collect();
        if story.firms.len() > NAMES_MAX {
            known.push("and so on");
        }
        Unhosted::NoSuchFirm { name: name.to_owned(), known: known.join(", ") }
    })
}

/// The firms where there is most to see, the most first.
fn busiest(backlogs: &[Backlog]) -> Vec<usize> {
    let mut all: Vec<&Backlog> = backlogs.iter().collect();
    all.sort_by_key(|backlog| std::cmp::Reverse((backlog.waiting, backlog.open)));
    all.into_iter().take(DESKS_MAX).map(|backlog| backlog.firm).collect()
}

/// Lets time pass as the terminal says, until Ctrl-C.
async fn until_told_to_stop(region: &Region, out: &mut dyn Write) -> io::Result<()> {
    let mut lines = typed();
    loop {
        let line = tokio::select! {
            stopped = tokio::signal::ctrl_c() => return stopped,
            Some(line) = lines.recv() => line,
        };
        match line.trim().parse::<Span>() {
            _ if line.trim().is_empty() => {}
            Ok(Span(ms)) => {
                region.let_pass(ms);
                writeln!(out, "{} pass.", line.trim())?;
            }
            Err(why) => writeln!(out, "{why}")?,
        }
        out.flush()?;
    }
}

/// What is typed into the terminal, line by line. The thread ends with the program: nothing else wakes who waits for a line.
fn typed() -> UnboundedReceiver<String> {
    let (line, lines) = unbounded_channel();
    std::thread::spawn(move || {
        let all = io::stdin().lock().lines().map_while(Result::ok);
        all.map_while(|text| line.send(text).ok()).for_each(drop);
    });
    lines
}

fn say(name: &str, region: &Region, desks: &[(usize, OpenDesk)], plan: &Browse, out: &mut dyn Write) -> io::Result<()> {
    let (story, opening) = (&region.story, &region.opening);
    let moment = UnixMs(opening.wall.0);
    writeln!(out, "\"{name}\" with seed {}: {}", opening.seed, story.about)?;
    writeln!(out, "It is {moment}, {} hours after the beginning. Nobody here exists.", opening.at.0 / 3_600_000)?;
    if !opening.trace_hash.is_empty() {
        writeln!(out, "Trace up to here: {}", opening.trace_hash)?;
    }
    writeln!(out, "\nDESKS")?;
    for (firm, _) in desks {
        let Backlog { waiting, open, .. } = opening.backlogs[*firm];
        let FirmPlan { id, legal_name, .. } = &story.firms[*firm];
        writeln!(out, "  {id} ({legal_name}): questions that wait {waiting}, open deals {open}")?;
    }
    let hidden = (0..story.firms.len()).find(|firm| desks.iter().all(|(shown, _)| shown != firm));
    if let Some(hidden) = hidden {
        let (shown, all) = (desks.len(), story.firms.len());
        let example = &story.firms[hidden].id;
        writeln!(out, "  ({shown} of {all} firms; name others with --as, for example --as {example})")?;
    }
    let mut seats = Vec::new();
    for (firm, desk) in desks {
        let firm = &story.firms[*firm];
        for person in &firm.people {
            let (address, password) = (desk.address(firm, person), Region::password_of(&person.id));
            seats.push(Seat { number: seats.len() + 1, firm, person, address, password });
        }
    }
    tell(&seats, out)?;
    writeln!(out, "\nWHO DECIDES")?;
    if plan.firms.is_empty() {
        writeln!(
            out,
            "Everybody follows the script until you sign in at a firm; from then on, only you decide there."
        )?;
    } else {
        writeln!(out, "You decide at {}. Everybody else follows the script.", plan.firms.join(", "))?;
    }
    writeln!(out, "\nTIME")?;
    match plan.pace {
        0 => {
            writeln!(out, "Time stands still (--pace 0). What you do is answered within milliseconds of virtual time.")?
        }
        pace => writeln!(out, "{pace} virtual seconds pass in each second (--pace).")?,
    }
    writeln!(out, "Type a span and Enter, for example 8h or 2d, to let so much pass at once. Stop with Ctrl-C.")
}
