//! A firm that runs: alone after it was opened, among neighbours after it was started.
//!
//! What arrives by gossip is judged here by `protocol::check` on workers: what every node would refuse is rejected and counts
//! against the sender (`CHK-2`), what depends on this node's clock is ignored.

use super::{Office, OpenError, Premises};
use crate::{
    carrier::{Outbox, ToCarrier},
    config::{Config, gather, point},
    driver::{self, Check, Clock, Stopped, World},
    journal::Journal,
    keystore::{NodeKeys, Secret},
    lock::Lock,
    swarm::{Gate, Swarm, SwarmConfig, SwarmError, SwarmHandle, limits::REPORTS_MAX},
};
use ed25519_dalek::SigningKey;
use firm::{
    Firm, FirmKeys,
    command::{Answer, Command, Refusal},
    identity::Joined,
    record::Record,
};
use libp2p::{Multiaddr, PeerId};
use machine::{Entropy, Topic, Verdict};
use protocol::{
    admission::admits,
    check::{Context, Kind, check},
    genesis::{Genesis, NetworkKind},
    id::{Blob, NetworkId},
    limits::{ADDRESS_BYTES_MAX, ADDRESSES_MAX},
    noise::Seed,
    time::UnixMs,
    wire::encode,
};
use std::sync::Arc;
use thiserror::Error;
use tokio::{
    sync::mpsc::{self, UnboundedReceiver},
    task::JoinHandle,
};
use zeroize::Zeroizing;

/// Why a node did not get among neighbours.
#[derive(Debug, Error)]
pub enum StartError {
    /// No network yet.
    #[error("this firm has not joined a network yet; run `cosolvent init` with a sponsor's invitation")]
    NotJoined,
    /// `NET-2`.
    #[error(
        "this node was started for a {} network and its firm belongs to a {} one; set `kind` in cosolvent.toml only if you \
         are sure which one this is", named(*started_for), named(*found)
    )]
    WrongKind {
        /// What the configuration says.
        started_for: NetworkKind,
        /// What the genesis says.
        found: NetworkKind,
    },
    /// It is started already.
    #[error("the node is already among its neighbours; stop it before starting it again")]
    AlreadyStarted,
    /// The carrier.
    #[error(transparent)]
    Swarm(#[from] SwarmError),
    /// The machine.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// The firm does not take in where it listens.
    #[error(transparent)]
    Refused(Refusal),
}

/// A kind of network in a word.
pub(super) fn named(kind: NetworkKind) -> &'static str {
    match kind {
        NetworkKind::Real => "real",
        NetworkKind::Demonstration => "demonstration",
        NetworkKind::Simulated => "simulated",
    }
}

/// One firm's node. Dropping it stops it without waiting; [`FirmNode::stop`] waits until everything is closed.
pub struct FirmNode {
    office: Office,
    transport: Secret,
    outbox: Option<UnboundedReceiver<ToCarrier>>,
    answers: Outbox,
    network: Option<Running>,
    lock: Lock,
}

/// The part of a node that talks to neighbours.
struct Running {
    swarm: SwarmHandle,
    listening: JoinHandle<Result<(), Stopped>>,
}

impl FirmNode {
    /// Replays the journal and lets the machine run.
    pub(super) fn run(
        premises: &Premises,
        lock: Lock,
        keys: NodeKeys,
        journal: Journal,
        records: Vec<Record>,
    ) -> Result<FirmNode, OpenError> {
        let (answers, outbox) = mpsc::unbounded_channel();
        let world = World {
            clock: premises.clock().clone(),
            entropy: Entropy::new(*Secret::random()?.expose()),
            carrier: answers.clone(),
            on_note: Box::new(|note: &firm::Note| tracing::info!(?note, "noted")),
            on_ask_human: Box::new(|approval| tracing::info!(%approval, "a person must decide")),
        };
        let operating = SigningKey::from_bytes(keys.operating.expose());
        let firm = Firm::new(FirmKeys { operating, master: Seed(*keys.pseudonyms.expose()) });
        let handle = driver::spawn(firm, records, journal, world)?;
        let office = Office::new(handle, premises);
        Ok(FirmNode { office, transport: keys.transport, outbox: Some(outbox), answers, network: None, lock })
    }

    /// The way to the firm and its people. Cheap to copy.
    pub fn office(&self) -> &Office {
        &self.office
    }

    /// The seed of the transport identity.
    pub(super) fn transport(&self) -> &Secret {
        &self.transport
    }

    /// Own transport identity, once started.
    pub fn peer(&self) -> Option<PeerId> {
        self.network.as_ref().map(|running| running.swarm.me())
    }

    /// Where other nodes can reach this one, once started, with the ports that were chosen.
    pub fn listening(&self) -> Vec<Multiaddr> {
        self.network.as_ref().map_or_else(Vec::new, |running| running.swarm.listening())
    }

    /// Gets among neighbours: listens, shows its admission, looks for meeting points. Waits for nobody.
    ///
    /// # Errors
    /// [`StartError`]; the node is as before and can be started again after a [`StartError::Swarm`] only by opening it anew.
    pub async fn start(&mut self, config: &Config) -> Result<(), StartError> {
        let look = |firm: &Firm| (firm.identity.network.clone(), firm.identity.joined.clone());
        let (network, joined) = self.office.handle().view(look).await?;
        let (genesis, network) = network.ok_or(StartError::NotJoined)?;
        if genesis.kind != config.kind {
            return Err(StartError::WrongKind { started_for: config.kind, found: genesis.kind });
        }
        let outbox = self.outbox.take().ok_or(StartError::AlreadyStarted)?;
        let clock = self.office.clock().clone();
        let genesis = Arc::new(genesis);
        let admission = joined.iter().max_by_key(|one| one.welcome.admission.body.expires);
        let (inbox, events) = mpsc::channel(REPORTS_MAX);
        let swarm = SwarmConfig {
            transport_key: Zeroizing::new(*self.transport.expose()),
            network: network.to_string(),
            listen: config.listen.clone(),
            meeting_points: meeting_points(config, &joined),
            admission: admission.map(|one| encode(&one.welcome.admission)),
            gate: gate(genesis.clone(), clock.clone()),
            admission_desk: None,
        };
        let swarm = Swarm::start(swarm, outbox, inbox).await?;
        let handle = self.office.handle().clone();
        let judge = judge(genesis, network);
        let listening = tokio::spawn(driver::listen(events, handle, self.answers.clone(), clock, judge));
        let (peer, addresses) = (swarm.me(), told(&swarm.listening()));
        self.network = Some(Running { swarm, listening });
        match self.office.ask(Command::ListenAt { peer: Blob(peer.to_bytes()), addresses }).await? {
            Answer::Refused(refusal) => Err(StartError::Refused(refusal)),
            _ => Ok(()),
        }
    }

    /// Waits until the machine has stopped by itself, and says why.
    pub async fn stopped(&self) -> Stopped {
        self.office.handle().stopped().await
    }

    /// Stops in order: the machine first, so that nothing more is decided, then the network. Afterwards journal, ports and
    /// data folder are free.
    ///
    /// # Errors
    /// Why the machine had stopped earlier, if it had.
    pub async fn stop(self) -> Result<(), Stopped> {
        let stopped = self.office.handle().stop().await;
        if let Some(Running { swarm, listening }) = self.network {
            swarm.stop().await;
            // It ends with the network; how the machine ended is known already.
            let _ = listening.await;
        }
        drop(self.lock);
        stopped
    }
}

/// Judges a neighbour's hello (`ADM-1`).
fn gate(genesis: Arc<Genesis>, clock: Clock) -> Gate {
    Arc::new(move |peer, hello| {
        let now = UnixMs(clock.now().wall.0);
        admits(hello, &genesis, &peer.0, now).map_err(|refused| refused.to_string())
    })
}

/// Judges gossiped bytes (`CHK-1`, `CHK-2`).
fn judge(genesis: Arc<Genesis>, network: NetworkId) -> Check<Firm> {
    Arc::new(move |topic, bytes, wall| {
        let kind = match topic {
            Topic::Adverts => Kind::Adverts,
            Topic::Envelopes => Kind::Envelopes,
            Topic::Log => Kind::Log,
            Topic::Relays => Kind::Relays,
        };
        let context = Context { genesis: &genesis, network, now: UnixMs(wall.0) };
        check(bytes, kind, &context).map_err(|unfit| {
            tracing::debug!(?topic, %unfit, "refused a gossiped record");
            if unfit.is_senders_fault() { Verdict::Reject } else { Verdict::Ignore }
        })
    })
}

/// The configured ones, and those that the sponsors named.
fn meeting_points(config: &Config, joined: &[Joined]) -> Vec<(PeerId, Vec<Multiaddr>)> {
    let configured = config.meeting_points.iter();
    let configured = configured.flat_map(|(peer, addresses)| addresses.iter().map(|address| (*peer, address.clone())));
    let named = joined.iter().flat_map(|one| one.welcome.meeting_points.iter());
    let named = named.filter_map(|text| {
        let point = point(text);
        if point.is_none() {
            tracing::warn!(%text, "a sponsor named a meeting point of a kind that this program does not speak");
        }
        point
    });
    gather(configured.chain(named))
}

/// Addresses as they are told at reveals, within the limits of an identity.
fn told(listening: &[Multiaddr]) -> Vec<String> {
    let texts = listening.iter().map(ToString::to_string).filter(|text| text.len() <= ADDRESS_BYTES_MAX);
    texts.take(ADDRESSES_MAX).collect()
}
