//! The node itself, from start to stop.
//!
//! ```text
//!   open (passphrase, lock, journal) ─▶ start (neighbours) ─▶ desk ─▶ control socket ─▶ … ─▶ SIGTERM or SIGINT ─▶ stop
//! ```
//!
//! Nothing here waits for the network. If the machine stops by itself (a full disk, say), so does the program, with the reason.

use crate::{arguments::Place, door, failure::Failure, print::Printer, secrets};
use node::{
    config::Config,
    control::{Control, Site},
};
use tokio::signal::unix::{SignalKind, signal};

pub(crate) async fn run(place: &Place, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let premises = place.premises();
    let config = Config::read(&premises.config())?;
    if !premises.is_founded() {
        return Err(node::office::OpenError::NotFounded { folder: premises.data().into() }.into());
    }
    let passphrase = secrets::passphrase(place, &config)?;
    let mut node = door::open(premises.clone(), passphrase).await?;
    node.start(&config).await?;
    let site = Site {
        running: true,
        peer: node.peer().map(|peer| peer.to_string()),
        listening: node.listening().iter().map(ToString::to_string).collect(),
        desk: None,
    };
    let control = Control::serve(&premises.socket(), node.office().clone(), site.clone())?;
    tracing::info!(peer = ?site.peer, listening = ?site.listening, socket = %premises.socket().display(), "running");
    if !printer.is_json() {
        printer.line("running; stop it with Ctrl-C or `systemctl stop`")?;
    }
    let stopped = tokio::select! {
        asked = told_to_stop() => asked.map(|()| None)?,
        why = node.stopped() => Some(why),
    };
    drop(control);
    let ended = node.stop().await;
    match stopped {
        Some(why) => Err(why.into()),
        None => Ok(ended?),
    }
}

async fn told_to_stop() -> Result<(), Failure> {
    let failed = |error| Failure::of("system", &format!("cannot listen for signals ({error}); restart the computer"));
    let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("stopping");
    Ok(())
}
