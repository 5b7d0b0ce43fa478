//! The node itself, from start to stop.
//!
//! ```text
//!   open (passphrase, lock, journal) ─▶ start (neighbours) ─▶ desk ─▶ control socket ─▶ … ─▶ SIGTERM or SIGINT ─▶ stop
//! ```
//!
//! Nothing here waits for the network. If the machine stops by itself (a full disk, say), so does the program, with the reason.

use crate::{NodeDesk, arguments::Place, door, failure::Failure, print::Printer, secrets};
use node::{
    config::Config,
    control::{Site, serve, warnings},
    office::{Office, OpenError},
};
use serde_json::json;
use std::sync::Arc;
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::oneshot,
};
use ui::{Bound, DeskConfig, Secret};

pub(crate) async fn run(place: &Place, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let premises = place.premises();
    let config = Config::read(&premises.config())?;
    if !premises.is_founded() {
        return Err(OpenError::NotFounded { folder: premises.data().into() }.into());
    }
    let passphrase = secrets::passphrase(place, &config)?;
    let mut node = door::open(premises.clone(), passphrase).await?;
    node.start(&config).await?;
    let (close_desk, desk_closing) = oneshot::channel();
    let desk = serve_desk(node.office().clone(), &config, desk_closing).await?;
    let site = Site {
        running: true,
        listening: node.listening().iter().map(ToString::to_string).collect(),
        desk: Some(format!("http://{}", desk.addr)),
    };
    let control = serve(&premises.socket(), node.office().clone(), site.clone())?;
    let peer = node.peer().map(|peer| peer.to_string());
    tracing::info!(?peer, listening = ?site.listening, desk = ?site.desk, "running");
    let warnings = warnings(node.office()).await?;
    warnings.iter().for_each(|warning| tracing::warn!("{warning}"));
    let told = told_to_stop()?;
    tell((&site, peer), &desk, &warnings, printer)?;
    let stopped = tokio::select! {
        () = told => None,
        why = node.stopped() => Some(why),
    };
    drop(control);
    // A desk that has ended already needs no word.
    let _ = close_desk.send(());
    if let Ok(Err(error)) = desk.join.await {
        tracing::warn!(%error, "the desk ended with an error");
    }
    let ended = node.stop().await;
    match stopped {
        Some(why) => Err(why.into()),
        None => Ok(ended?),
    }
}

/// Opens the desk to browsers that come with the secret of this start.
async fn serve_desk(office: Office, config: &Config, closing: oneshot::Receiver<()>) -> Result<Bound, Failure> {
    let desk = DeskConfig { listen: config.desk, host_names: config.host_names.clone(), secret: Secret::draw()? };
    let shutdown = async move {
        // It is also over when nobody can say so any more.
        let _ = closing.await;
    };
    Ok(ui::serve(Arc::new(NodeDesk::new(office)), desk, shutdown).await?)
}

fn tell(
    (site, peer): (&Site, Option<String>),
    desk: &Bound,
    warnings: &[String],
    printer: &mut Printer<'_>,
) -> Result<(), Failure> {
    if printer.is_json() {
        let running = json!({"peer": peer, "listening": site.listening, "desk": desk.url, "warnings": warnings});
        return printer.items("run", &[running]);
    }
    for warning in warnings {
        printer.line(&format!("Warning: {warning}."))?;
    }
    printer.line(&format!(
        "The node is running. Open the desk in a browser on this computer:\n  {}\n\
         The address works until the next start; keep it to the people of this firm. Stop the node with Ctrl-C.",
        desk.url
    ))
}

/// What ends when somebody stops the program. Whoever calls it hears every signal from then on, so it is called before anybody
/// is told that the program runs.
pub(crate) fn told_to_stop() -> Result<impl Future<Output = ()>, Failure> {
    let failed = |error| Failure::of("system", &format!("cannot listen for signals ({error}); restart the computer"));
    let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
    })
}
