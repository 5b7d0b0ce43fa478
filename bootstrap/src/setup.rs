//! Everything a sponsor's node starts from, and how machine, world and carrier follow from it.
//!
//! Keys come in opened; who opened them, and with which passphrase, is the command line's business. The sponsor's key is the
//! node's operating key, and the transport identity is independent of it, so a node that moves keeps both.

use crate::{
    config::{Config, with_peer},
    door::{Convened, admission_desk, own_admission, wall},
    signing::Signing,
    sponsor_node::StartError,
};
use ed25519_dalek::SigningKey;
use libp2p::{Multiaddr, PeerId};
use machine::Entropy;
use node::{
    carrier::Outbox,
    door::gate,
    driver::{Clock, World},
    keystore::{NodeKeys, Secret},
    swarm::{SwarmConfig, SwarmError, peer_id},
};
use protocol::{
    census::Row,
    charter::Charter,
    genesis::{Genesis, PassScheme},
    id::{Blob, NetworkId, SponsorKey},
    limits::ADDRESSES_MAX,
    time::UnixMs,
};
use sponsor::{NoDecision, Note, Sponsor, SponsorKeys};
use std::path::PathBuf;
use zeroize::Zeroizing;

/// Everything a sponsor's node starts from.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The data folder; [`Folder::lay_out`] has made its journal.
    pub data: PathBuf,
    /// The node's keys. The operating key is the sponsor's.
    pub keys: NodeKeys,
    /// The network's first record.
    pub genesis: Genesis,
    /// The market's rules, for this network and this sponsor.
    pub charter: Charter,
    /// What its staff counted in the region; nothing is a region of which nothing is known.
    pub census: Vec<Row>,
    /// Where it listens, and where the others are.
    pub config: Config,
    /// Who holds its issuing keys, where passes are blind.
    pub signing: Signing,
    /// What time it is.
    pub clock: Clock,
}

impl Setup {
    /// The sponsor's key.
    pub fn sponsor(&self) -> SponsorKey {
        SponsorKey::of(&self.sponsor_keys().operating)
    }

    /// The transport identity that follows from the keys.
    ///
    /// # Errors
    /// Only for a fault of the program.
    pub fn peer(&self) -> Result<PeerId, SwarmError> {
        peer_id(self.keys.transport.expose())
    }

    pub(crate) fn sponsor_keys(&self) -> SponsorKeys {
        SponsorKeys { operating: SigningKey::from_bytes(self.keys.operating.expose()) }
    }

    /// The machine of a node that listens there, with an empty journal.
    pub(crate) fn machine(
        &self,
        listening: &[Multiaddr],
        other_meeting_points: &[String],
    ) -> Result<Sponsor, StartError> {
        let me = self.peer()?;
        let announced = self.config.announced(listening);
        let room = ADDRESSES_MAX.saturating_sub(self.config.others.len() + other_meeting_points.len());
        let own = announced.iter().take(room).map(|address| with_peer(address, me));
        let others = self.config.others.iter().map(|(peer, address)| with_peer(address, *peer));
        let mut meeting_points: Vec<String> = own.chain(others).collect();
        for address in other_meeting_points {
            if !meeting_points.contains(address) {
                meeting_points.push(address.clone());
            }
        }
        let addresses = announced.iter().map(ToString::to_string).collect();
        let (keys, peer) = (self.sponsor_keys(), Blob(me.to_bytes()));
        let sponsor = Sponsor::new(keys, self.genesis.clone(), self.charter.clone(), peer, addresses, meeting_points)?;
        let sponsor = sponsor.with_census(self.census.clone());
        match self.genesis.passes {
            PassScheme::Plain => Ok(sponsor),
            PassScheme::Blind => Ok(sponsor.with_signer(self.signing.over(&self.data, &self.keys.journal))),
        }
    }

    /// What surrounds the machine.
    pub(crate) fn world(&self, carrier: Outbox) -> Result<World<Sponsor>, StartError> {
        Ok(World {
            clock: self.clock.clone(),
            entropy: Entropy::new(*Secret::random()?.expose()),
            carrier,
            on_note: Box::new(note),
            on_ask_human: Box::new(|never: &NoDecision| match *never {}),
        })
    }

    /// How the node takes part in the network, and until when it has admitted itself.
    pub(crate) fn swarm_config(&self, convened: Convened) -> Result<(SwarmConfig, UnixMs), StartError> {
        let me = Blob(self.peer()?.to_bytes());
        let (admission, expires) = own_admission(&self.sponsor_keys(), &self.genesis, &me, wall(&self.clock));
        let config = SwarmConfig {
            transport_key: Zeroizing::new(*self.keys.transport.expose()),
            network: carrier_name(self.genesis.id()),
            listen: self.config.listen.clone(),
            meeting_points: self.config.others(),
            admission: Some(admission),
            gate: gate(&self.genesis, &self.clock),
            admission_desk: Some(admission_desk(convened)),
        };
        Ok((config, expires))
    }
}

/// The name under which a network's nodes speak on the carrier: its id, so that two networks never mix (`NET-1`).
pub fn carrier_name(network: NetworkId) -> String {
    network.to_string()
}

fn note(note: &Note) {
    match note {
        Note::Refused { from, why } => tracing::debug!(?from, why, "refused what a neighbour sent"),
        Note::NoIssuingKeys { epoch } => {
            tracing::error!(
                week = epoch.0,
                "no issuing keys at hand for this week, or others than were published: members get no passes of it here"
            );
        }
        Note::Crowded { epoch } => {
            tracing::warn!(
                week = epoch.0,
                "more members joined than this week's manifest allows; the newest get their passes next week"
            );
        }
        Note::Split => {
            tracing::error!("a sponsor of this network told two manifests for one week; everybody gets the proof")
        }
        Note::NotAMember { from } => {
            tracing::info!(?from, "a neighbour that another sponsor admitted asked for passes")
        }
    }
}
