//! Running the node until it is told to stop, or cannot go on.

use super::{args::Premises, failure::Failure, set_up::setup, show::print};
use crate::{config::with_peer, control::answer, folder::Folder, founding::kind_word, sponsor_node::SponsorNode};
use node::control::Control;
use protocol::genesis::{NetworkKind, PassScheme};
use serde_json::json;
use tokio::signal::unix::{SignalKind, signal};

/// Runs the sponsor of this folder.
pub(super) async fn run(premises: &Premises, json: bool) -> Result<(), Failure> {
    let node = SponsorNode::start(setup(premises)?).await?;
    let desk = node.desk();
    let control = Control::serve(&Folder::at(&premises.data).socket(), move |question| answer(desk.clone(), question))?;
    let mut terminated = signal(SignalKind::terminate())?;
    tell(&node, json)?;
    let ended = tokio::select! {
        why = node.stopped() => Err(Failure::failed(why.to_string())),
        _ = tokio::signal::ctrl_c() => Ok(()),
        _ = terminated.recv() => Ok(()),
    };
    drop(control);
    let stopped = node.stop().await;
    ended?;
    Ok(stopped?)
}

fn tell(node: &SponsorNode, json: bool) -> Result<(), Failure> {
    let genesis = node.genesis();
    let addresses: Vec<String> = node.listening().iter().map(|address| with_peer(address, node.peer())).collect();
    if json {
        let item = json!({ "network": genesis.id(), "sponsor": node.sponsor(), "peer": node.peer().to_string(), "addresses": addresses });
        return print("sponsor-run/1", vec![item]);
    }
    println!("Sponsor {} of the {} network \"{}\"", node.sponsor().short(), kind_word(genesis.kind), genesis.name);
    addresses.iter().for_each(|address| println!("listens on {address}"));
    if genesis.kind == NetworkKind::Demonstration {
        println!("This is a demonstration: no business is done here.");
    }
    println!(
        "{} Stop with Ctrl-C.",
        match genesis.passes {
            PassScheme::Plain =>
                "Passes of this network are plain: this sponsor could tell which member fetched which.",
            PassScheme::Blind => "Passes of this network are blind: no sponsor can tell whose they are.",
        }
    );
    Ok(())
}
