//! A firm that runs: alone after it was opened, among neighbours after it was started.

use super::{Office, OpenError, Premises};
use crate::{
    carrier::{Outbox, ToCarrier},
    config::{Config, gather, point},
    door::{gate, judge},
    driver::{self, Stopped, World},
    journal::Journal,
    keystore::{NodeKeys, Secret},
    lock::Lock,
    swarm::{Swarm, SwarmConfig, SwarmError, SwarmHandle, SwarmWay, limits::REPORTS_MAX},
};
use ed25519_dalek::SigningKey;
use firm::{
    Firm, FirmKeys,
    command::{Answer, Asker, Command, Refusal},
    identity::Joined,
    record::Record,
};
use libp2p::{Multiaddr, PeerId};
use machine::Entropy;
use protocol::{
    genesis::NetworkKind,
    id::Blob,
    limits::{ADDRESS_BYTES_MAX, ADDRESSES_MAX},
    noise::Seed,
    wire::encode,
};
use std::sync::Arc;
use thiserror::Error;
use tokio::{
    sync::mpsc::{self, UnboundedReceiver},
    task::{JoinHandle, JoinSet},
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
    outbox: Option<UnboundedReceiver<ToCarrier>>,
    answers: Outbox,
    network: Option<Running>,
    lock: Lock,
}

/// The part of a node that talks to neighbours.
struct Running {
    swarm: SwarmHandle,
    listening: JoinHandle<Result<(), Stopped>>,
    belonging: JoinSet<()>,
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
        let firm = Firm::new(FirmKeys {
            operating,
            master: Seed(*keys.pseudonyms.expose()),
            transport: SigningKey::from_bytes(keys.transport.expose()),
        });
        let handle = driver::spawn(firm, records, journal, world)?;
        let office = Office::new(handle, premises);
        Ok(FirmNode { office, outbox: Some(outbox), answers, network: None, lock })
    }

    /// The way to the firm and its people. Cheap to copy.
    pub fn office(&self) -> &Office {
        &self.office
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
        let look = |firm: &Firm| (firm.identity.network.clone(), Standing::of(firm));
        let (network, standing) = self.office.handle().view(look).await?;
        let (genesis, network) = network.ok_or(StartError::NotJoined)?;
        if genesis.kind != config.kind {
            return Err(StartError::WrongKind { started_for: config.kind, found: genesis.kind });
        }
        let outbox = self.outbox.take().ok_or(StartError::AlreadyStarted)?;
        let clock = self.office.clock().clone();
        let (inbox, events) = mpsc::channel(REPORTS_MAX);
        let swarm = SwarmConfig {
            transport_key: Zeroizing::new(standing.transport.to_bytes()),
            network: network.to_string(),
            listen: config.listen.clone(),
            meeting_points: meeting_points(config, &standing.joined),
            admission: admission(&standing.joined),
            gate: gate(&genesis, &clock),
            admission_desk: None,
        };
        let swarm = Swarm::start(swarm, outbox, inbox).await?;
        let handle = self.office.handle().clone();
        let judge = judge::<Firm>(&genesis);
        let listening = tokio::spawn(driver::listen(events, handle, self.answers.clone(), clock, judge));
        let (peer, addresses) = (swarm.me(), told(&swarm.listening()));
        // Only a second start could have set it, and that was refused above.
        let _ = self.office.carrier().set(swarm.way());
        let mut belonging = JoinSet::new();
        belonging.spawn(keep_up(self.office.clone(), swarm.way(), config.clone(), standing));
        self.network = Some(Running { swarm, listening, belonging });
        match self.office.ask(Asker::Operator, Command::ListenAt { peer: Blob(peer.to_bytes()), addresses }).await? {
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
        if let Some(Running { swarm, listening, mut belonging }) = self.network {
            belonging.shutdown().await;
            swarm.stop().await;
            // It ends with the network; how the machine ended is known already.
            let _ = listening.await;
        }
        drop(self.lock);
        stopped
    }
}

/// What to show to neighbours: the admission that holds longest.
fn admission(joined: &[Joined]) -> Option<Vec<u8>> {
    let longest = joined.iter().max_by_key(|one| one.welcome.admission.body.expires)?;
    Some(encode(&longest.welcome.admission))
}

/// What the carrier must know of the firm.
#[derive(PartialEq)]
struct Standing {
    joined: Vec<Joined>,
    transport: SigningKey,
}

impl Standing {
    fn of(firm: &Firm) -> Standing {
        Standing { joined: firm.identity.joined.clone(), transport: firm.transport() }
    }
}

/// Goes on under another transport identity, shows a renewed admission, and looks for the meeting points of a sponsor that was
/// joined meanwhile.
async fn keep_up(office: Office, carrier: SwarmWay, config: Config, known: Standing) {
    let mut known = Arc::new(known);
    let mut changes = office.changes();
    while changes.changed().await.is_ok() {
        let before = known.clone();
        let look = move |firm: &Firm| Some(Standing::of(firm)).filter(|standing| *standing != *before);
        match office.handle().view(look).await {
            Ok(None) => {}
            Ok(Some(standing)) => {
                let shown = admission(&standing.joined);
                if standing.transport != known.transport {
                    if let Err(error) = carrier.take_on(standing.transport.as_bytes(), shown).await {
                        tracing::error!(%error, "cannot take on the other transport identity; restart the node");
                    }
                } else if let Some(admission) = shown {
                    carrier.replace_admission(admission).await;
                }
                carrier.meet(meeting_points(&config, &standing.joined)).await;
                known = Arc::new(standing);
            }
            Err(_stopped) => return,
        }
    }
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
