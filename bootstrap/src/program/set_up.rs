//! Setting up a sponsor, alone or with others: key, genesis, init.

use super::{
    args::{Genesis, Init, Key, Premises},
    failure::Failure,
    passphrase,
    show::print,
};
use crate::{
    charter_file::CharterFile,
    config::{Config, LISTEN_DEFAULT, with_peer},
    folder::Folder,
    founding::{found_network, genesis_text, kind_word, read_genesis},
    setup::Setup,
};
use node::{
    driver::Clock,
    keystore::{Keystore, NodeKeys, SealError},
    lock::Lock,
    swarm::peer_id,
};
use protocol::id::SponsorKey;
use serde_json::json;
use std::fs;

/// Makes keys and configuration, or opens those that are there, and prints what others need to know.
pub(super) fn key(args: &Key, json: bool) -> Result<(), Failure> {
    let folder = Folder::at(&args.premises.data);
    let store = Keystore::at(&args.premises.data);
    let addresses_given = !(args.listen.is_empty() && args.announce.is_empty());
    let config = if folder.has_config() && !addresses_given {
        folder.config()?
    } else {
        let others = if folder.has_config() { folder.config()?.others } else { Vec::new() };
        let listen =
            if args.listen.is_empty() { LISTEN_DEFAULT.map(ToOwned::to_owned).to_vec() } else { args.listen.clone() };
        Config { others, ..Config::new(&listen, &args.announce, &[])? }
    };
    let keys = if folder.path().join("keys/node.seal").exists() {
        store.open_node(&passphrase::of(&args.premises)?)?
    } else {
        store.create_node(&passphrase::new(&args.premises)?)?
    };
    folder.put_config(&config)?;
    tell_key(&keys, &config, json)
}

fn tell_key(keys: &NodeKeys, config: &Config, json: bool) -> Result<(), Failure> {
    let sponsor = sponsor_key(keys);
    let peer = peer_id(keys.transport.expose())?;
    let addresses: Vec<String> =
        config.announced(&config.listen).iter().map(|address| with_peer(address, peer)).collect();
    if json {
        let item = json!({ "sponsor": sponsor, "peer": peer.to_string(), "addresses": addresses });
        return print("sponsor-key/1", vec![item]);
    }
    println!("Sponsor key   {sponsor}\nPeer id       {peer}");
    addresses.iter().for_each(|address| println!("Address       {address}"));
    if addresses.is_empty() {
        println!(
            "No address that others can dial is known yet: run this again with --announce and your public address, like\n\
             --announce /ip4/203.0.113.7/tcp/4471"
        );
    }
    println!("\nFor the genesis:   --founder {sponsor}=\"YOUR NAME\"");
    addresses.first().into_iter().for_each(|address| println!("For other sponsors: --other {address}"));
    Ok(())
}

/// Makes the genesis of a network.
pub(super) fn genesis(args: &Genesis, json: bool) -> Result<(), Failure> {
    let (kind, passes, cells) = (args.kind.into(), args.passes.into(), args.publish.into());
    let genesis = found_network(args.network.clone(), kind, passes, cells, &args.founders)?;
    let text = genesis_text(&genesis);
    match &args.out {
        None if json => {}
        None => print!("{text}"),
        Some(path) if path.exists() => {
            let path = path.display();
            return Err(Failure::failed(format!("{path} is there already and was left as it is; choose another name")));
        }
        Some(path) => fs::write(path, &text).map_err(|error| {
            Failure::failed(format!("could not write {}: {error}; check the folder", path.display()))
        })?,
    }
    if json {
        return print("genesis/1", vec![json!({ "network": genesis.id(), "text": text })]);
    }
    eprintln!("Network id {}", genesis.id());
    eprintln!("Send this file to every founder; compare the id by telephone before anybody runs `init`.");
    Ok(())
}

/// Joins a sponsor to its network.
pub(super) fn init(args: &Init, json: bool) -> Result<(), Failure> {
    let data = &args.premises.data;
    let _lock = Lock::take(data)?;
    let folder = Folder::at(data);
    let mut config = folder.config()?;
    let genesis = read_genesis(&fs::read_to_string(&args.genesis).map_err(|error| unread(&args.genesis, &error))?)?;
    let charter = fs::read_to_string(&args.charter).map_err(|error| unread(&args.charter, &error))?;
    CharterFile::read(&charter)?;
    let keys = opened(&args.premises)?;
    let sponsor = sponsor_key(&keys);
    let Some(founder) = genesis.founder(&sponsor) else {
        return Err(Failure::failed(
            "this sponsor's key is not among the founders of that genesis; use the file that names it, or have one made",
        ));
    };
    let me = peer_id(keys.transport.expose())?;
    for other in Config::new(&[], &[], &args.others)?.others {
        if other.0 != me && !config.others.contains(&other) {
            config.others.push(other);
        }
    }
    folder.init(&keys, &genesis, &charter)?;
    folder.put_config(&config)?;
    if json {
        let item = json!({ "network": genesis.id(), "kind": genesis.kind, "sponsor": sponsor, "name": founder.name });
        return print("sponsor-init/1", vec![item]);
    }
    println!("{} is ready to sponsor the {} network \"{}\".", founder.name, kind_word(genesis.kind), genesis.name);
    println!("Network id  {}", genesis.id());
    println!("Next: cosolvent-sponsor run --data {}", data.display());
    Ok(())
}

/// Everything that a node of this folder starts from.
pub(super) fn setup(premises: &Premises) -> Result<Setup, Failure> {
    let folder = Folder::at(&premises.data);
    // What needs no passphrase is looked at first, so that nobody types one in vain.
    let (genesis, charter, config) = (folder.genesis()?, folder.charter()?, folder.config()?);
    let census = folder.census()?;
    let keys = opened(premises)?;
    let charter = charter.charter(genesis.id(), sponsor_key(&keys));
    Ok(Setup { data: premises.data.clone(), keys, genesis, charter, census, config, clock: Clock::system() })
}

fn opened(premises: &Premises) -> Result<NodeKeys, Failure> {
    let store = Keystore::at(&premises.data);
    match store.open_node(&passphrase::of(premises)?) {
        Err(SealError::Missing { .. }) => Err(Failure::failed(
            "this folder has no keys; run `cosolvent-sponsor key` on it first, or restore them from your backup",
        )),
        opened => Ok(opened?),
    }
}

fn sponsor_key(keys: &NodeKeys) -> SponsorKey {
    SponsorKey::of(&ed25519_dalek::SigningKey::from_bytes(keys.operating.expose()))
}

fn unread(path: &std::path::Path, error: &std::io::Error) -> Failure {
    Failure::usage(format!("could not read {}: {error}; check the name", path.display()))
}
