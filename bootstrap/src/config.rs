//! `sponsor.toml`: where this sponsor's node listens, how others reach it, and where the other sponsors are.
//!
//! Parsed into a checked type before anything starts; an unknown key or a bad address is one sentence that names it.

use libp2p::{Multiaddr, PeerId, multiaddr::Protocol};
use protocol::limits::{ADDRESS_BYTES_MAX, ADDRESSES_MAX};
use serde::Deserialize;
use thiserror::Error;

/// Where a sponsor's node listens when nothing else is said.
pub const LISTEN_DEFAULT: [&str; 2] = ["/ip4/0.0.0.0/tcp/4471", "/ip4/0.0.0.0/udp/4471/quic-v1"];

/// Why the configuration cannot be used.
#[derive(Debug, Error)]
pub enum BadConfig {
    /// Not TOML, or an unknown key.
    #[error("could not read sponsor.toml: {0}; correct the file, the example in SPONSORING.md shows every line")]
    Shape(String),
    /// Not an address, or an unfit one.
    #[error(
        "{address:?} is no address to {purpose}; write it like /ip4/203.0.113.7/tcp/4471, at most {ADDRESS_BYTES_MAX} \
         characters"
    )]
    Address {
        /// As written.
        address: String,
        /// What it was to be used for.
        purpose: &'static str,
    },
    /// Another sponsor's address does not say whom to expect there.
    #[error("{0:?} does not end in /p2p/ and a peer id; copy the address whole from the other sponsor's `key`")]
    NoPeer(String),
    /// Too many.
    #[error("too many addresses; at most {ADDRESSES_MAX} to announce, and of {ADDRESSES_MAX} other sponsors")]
    TooMany,
}

/// How a sponsor's node takes part in the network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// Where to listen. Port 0 lets the operating system choose.
    pub listen: Vec<Multiaddr>,
    /// How firms reach this node from outside. Empty: where it listens.
    pub announce: Vec<Multiaddr>,
    /// Where the other sponsors' nodes are.
    pub others: Vec<(PeerId, Multiaddr)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    listen: Vec<String>,
    #[serde(default)]
    announce: Vec<String>,
    #[serde(default)]
    others: Vec<String>,
}

impl Config {
    /// A configuration from address texts.
    ///
    /// # Errors
    /// The first address that cannot be used.
    pub fn new(listen: &[String], announce: &[String], others: &[String]) -> Result<Config, BadConfig> {
        if announce.len() > ADDRESSES_MAX || others.len() >= ADDRESSES_MAX {
            return Err(BadConfig::TooMany);
        }
        let all = |texts: &[String], purpose| -> Result<Vec<Multiaddr>, BadConfig> {
            texts.iter().map(|text| address(text, purpose)).collect()
        };
        Ok(Config {
            listen: all(listen, "listen on")?,
            announce: all(announce, "announce")?,
            others: others.iter().map(|text| located(text)).collect::<Result<_, _>>()?,
        })
    }

    /// Reads `sponsor.toml`.
    ///
    /// # Errors
    /// What is wrong, in one sentence.
    pub fn read(text: &str) -> Result<Config, BadConfig> {
        let file: File = toml::from_str(text).map_err(|error| BadConfig::Shape(error.message().to_owned()))?;
        Config::new(&file.listen, &file.announce, &file.others)
    }

    /// The text of `sponsor.toml`, with a line for people above each key.
    pub fn text(&self) -> String {
        let addresses = |all: &[Multiaddr]| list(all.iter().map(ToString::to_string));
        format!(
            "# Where this node listens on its own computer.\nlisten = {}\n\n# How firms reach it from outside: your public \
             address. Empty means: where it listens.\nannounce = {}\n\n# The other sponsors' nodes, as their `key` \
             prints them.\nothers = {}\n",
            addresses(&self.listen),
            addresses(&self.announce),
            list(self.others.iter().map(|(peer, address)| with_peer(address, *peer))),
        )
    }

    /// The other sponsors' nodes, each with all of its addresses.
    pub fn others(&self) -> Vec<(PeerId, Vec<Multiaddr>)> {
        let mut others: Vec<(PeerId, Vec<Multiaddr>)> = Vec::new();
        for (peer, address) in &self.others {
            match others.iter_mut().find(|(known, _)| known == peer) {
                Some((_, addresses)) => addresses.push(address.clone()),
                None => others.push((*peer, vec![address.clone()])),
            }
        }
        others
    }

    /// The addresses to print in invitations when the node listens on `listening`. Those that only this computer can use
    /// are left out, unless there are no others.
    pub fn announced(&self, listening: &[Multiaddr]) -> Vec<Multiaddr> {
        let known = if self.announce.is_empty() { listening } else { &self.announce };
        let usable = known.iter().filter(|address| !is_nowhere(address));
        let outside: Vec<_> = usable.clone().filter(|address| !is_loopback(address)).cloned().collect();
        let mut chosen = if outside.is_empty() { usable.cloned().collect() } else { outside };
        chosen.truncate(ADDRESSES_MAX);
        chosen
    }
}

/// An address that says whom to expect there.
pub fn with_peer(address: &Multiaddr, peer: PeerId) -> String {
    address.clone().with_p2p(peer).unwrap_or_else(|already| already).to_string()
}

fn list(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.map(|item| format!("{item:?}")).collect();
    format!("[{}]", items.join(", "))
}

fn address(text: &str, purpose: &'static str) -> Result<Multiaddr, BadConfig> {
    let bad = || BadConfig::Address { address: text.chars().take(ADDRESS_BYTES_MAX).collect(), purpose };
    let address: Multiaddr = text.parse().map_err(|_| bad())?;
    // The carrier asks no name server, so a name would never be found.
    let by_number = matches!(address.iter().next(), Some(Protocol::Ip4(_) | Protocol::Ip6(_)));
    if by_number && text.len() <= ADDRESS_BYTES_MAX { Ok(address) } else { Err(bad()) }
}

fn located(text: &str) -> Result<(PeerId, Multiaddr), BadConfig> {
    let mut address = address(text, "reach another sponsor")?;
    match address.pop() {
        Some(Protocol::P2p(peer)) => Ok((peer, address)),
        _ => Err(BadConfig::NoPeer(text.to_owned())),
    }
}

/// "Every address of this computer", or a port that was not chosen yet: good to listen on, useless to dial.
fn is_nowhere(address: &Multiaddr) -> bool {
    address.iter().any(|part| match part {
        Protocol::Ip4(ip) => ip.is_unspecified(),
        Protocol::Ip6(ip) => ip.is_unspecified(),
        Protocol::Tcp(port) | Protocol::Udp(port) => port == 0,
        _ => false,
    })
}

fn is_loopback(address: &Multiaddr) -> bool {
    address.iter().any(|part| match part {
        Protocol::Ip4(ip) => ip.is_loopback(),
        Protocol::Ip6(ip) => ip.is_loopback(),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(texts: &[&str]) -> Vec<Multiaddr> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn a_configuration_survives_its_file() {
        let other = with_peer(&"/ip4/203.0.113.8/tcp/4471".parse().unwrap(), PeerId::random());
        let listen = LISTEN_DEFAULT.map(ToOwned::to_owned);
        let config = Config::new(&listen, &["/ip4/198.51.100.7/tcp/4471".to_owned()], &[other]).unwrap();
        assert_eq!(Config::read(&config.text()).unwrap(), config);
    }

    #[test]
    fn an_unknown_key_and_an_unusable_address_are_named() {
        let unknown = Config::read("listen = []\nlisten_on = []\n").unwrap_err().to_string();
        assert!(unknown.contains("listen_on"), "{unknown}");
        let bad = Config::read("listen = [\"localhost:4471\"]\n").unwrap_err().to_string();
        assert!(bad.contains("localhost:4471"), "{bad}");
        let nobody = Config::read("listen = []\nothers = [\"/ip4/203.0.113.8/tcp/4471\"]\n").unwrap_err();
        assert!(matches!(nobody, BadConfig::NoPeer(_)));
    }

    #[test]
    fn an_invitation_names_addresses_that_others_can_use() {
        let listening = addresses(&["/ip4/127.0.0.1/tcp/4471", "/ip4/203.0.113.7/tcp/4471", "/ip4/0.0.0.0/tcp/4471"]);
        let config = Config::default();
        assert_eq!(config.announced(&listening), listening[1..2]);
        assert_eq!(config.announced(&listening[..1]), listening[..1], "a demonstration on one computer");
        let announce = addresses(&["/ip4/198.51.100.7/tcp/4471"]);
        assert_eq!(Config { announce: announce.clone(), ..config }.announced(&listening), announce);
    }
}
