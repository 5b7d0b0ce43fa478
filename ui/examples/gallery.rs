//! Serves the fixture shop on loopback, to look at every page by eye: `cargo run -p ui --example gallery [port]`.
//! The password of everybody is in `tests/fixture`.

#[path = "../tests/fixture/mod.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod fixture;

use std::net::SocketAddr;
use std::sync::Arc;
use ui::{Desk, DeskConfig, Secret, serve};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(0), |port| port.parse())?;
    let fresh = std::env::args().nth(2).is_some_and(|word| word == "fresh");
    let desk: Arc<dyn Desk> = Arc::new(if fresh { fixture::Fixture::fresh() } else { fixture::Fixture::busy() });
    let listen = SocketAddr::from(([127, 0, 0, 1], port));
    let config = DeskConfig { listen, host_names: Vec::new(), secret: Secret::draw()? };
    let shutdown = async { drop(tokio::signal::ctrl_c().await) };
    let bound = serve(desk, config, shutdown).await?;
    println!("{}", bound.url);
    bound.join.await??;
    Ok(())
}
