//! A sponsor's node: the machine `sponsor` with everything around it that `node` provides, put together and taken apart in
//! order.
//!
//! ```text
//!   lock ─▶ journal ─▶ [`Doors`]: ports open ─▶ [`SponsorNode`]: machine replays and runs ─▶ gossip, parcels, admissions
//! ```
//!
//! The ports open first, because invitations and welcomes name them; whoever knocks in between waits a moment. Sponsors on
//! one computer, whose ports the operating system chooses, first all open their doors and then tell each other's members
//! where the others are ([`Doors::convene`]).
//!
//! Nothing is asked of a person here: keys come in opened, so that a restart needs nobody. If the machine stops (a full
//! disk, say), [`SponsorNode::stopped`] says why and the carrier is to be stopped with it.

use crate::{
    config::with_peer,
    desk::Desk,
    door::{OWN_ADMISSION_LEFT_MS, OWN_ADMISSION_MS, own_admission, wall},
    folder::Folder,
};
use libp2p::{Multiaddr, PeerId};
use node::{
    carrier::{FromCarrier, Outbox},
    door::judge,
    driver::{self, Handle, Stopped},
    journal::{Journal, JournalError},
    keystore::SealError,
    lock::{Lock, LockError},
    swarm::{Swarm, SwarmError, SwarmHandle, SwarmWay, limits::REPORTS_MAX},
};
use protocol::{
    genesis::Genesis,
    id::{Blob, SponsorKey},
    time::UnixMs,
};
use sponsor::{Misfounded, Record, Sponsor};
use std::time::Duration;
use thiserror::Error;
use tokio::{
    sync::{mpsc, watch},
    task::JoinSet,
    time::{Instant, MissedTickBehavior, interval_at},
};

pub use crate::setup::Setup;

/// How often the node looks whether its own admission must be renewed: an hour, so that a clock that was set right, or a
/// computer that woke up, is noticed soon.
const RENEWAL_LOOK: Duration = Duration::from_secs(3_600);

/// Why a sponsor's node could not start. Each says what was attempted and what to do.
#[derive(Debug, Error)]
pub enum StartError {
    /// Another process has the folder.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The journal cannot be read.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The ports cannot be opened.
    #[error(transparent)]
    Carrier(#[from] SwarmError),
    /// Key, genesis and charter do not belong together.
    #[error("cannot be a sponsor of this network: {0}")]
    Misfounded(#[from] Misfounded),
    /// The machine did not start.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// No chance.
    #[error(transparent)]
    NoRandomness(#[from] SealError),
}

/// A sponsor's node whose ports are open and whose machine does not run yet.
pub struct Doors {
    setup: Setup,
    journal: Journal,
    records: Vec<Record>,
    carrier: SwarmHandle,
    outbox: Outbox,
    inbox: mpsc::Receiver<FromCarrier>,
    convened: watch::Sender<Option<Handle<Sponsor>>>,
    admitted_until: UnixMs,
    lock: Lock,
}

impl Doors {
    /// Takes the folder, reads the journal and opens the ports.
    ///
    /// # Errors
    /// As named; nothing is left running.
    pub async fn open(setup: Setup) -> Result<Doors, StartError> {
        // A sponsor that could not be set up must not take a port or a lock first.
        setup.machine(&[], &[])?;
        let lock = Lock::take(&setup.data)?;
        let (journal, records) = Journal::open(&Folder::at(&setup.data).journal(), &setup.keys.journal)?;
        let (outbox, orders) = mpsc::unbounded_channel();
        let (reports, inbox) = mpsc::channel(REPORTS_MAX);
        let (convened, seen) = watch::channel(None);
        let (config, admitted_until) = setup.swarm_config(seen)?;
        let carrier = Swarm::start(config, orders, reports).await?;
        Ok(Doors { setup, journal, records, carrier, outbox, inbox, convened, admitted_until, lock })
    }

    /// Where this node can be met: one address that ends in its peer id.
    pub fn meeting_point(&self) -> Option<String> {
        let announced = self.setup.config.announced(&self.carrier.listening());
        announced.first().map(|address| with_peer(address, self.carrier.me()))
    }

    /// Starts the machine. `other_meeting_points` are told to new members beside this node and the configured others.
    ///
    /// # Errors
    /// As named; the ports are closed again.
    pub async fn convene(self, other_meeting_points: &[String]) -> Result<SponsorNode, StartError> {
        let Doors { setup, journal, records, carrier, outbox, inbox, convened, admitted_until, lock } = self;
        let started = setup.machine(&carrier.listening(), other_meeting_points).and_then(|machine| {
            let world = setup.world(outbox.clone())?;
            Ok(driver::spawn(machine, records, journal, world)?)
        });
        let handle = match started {
            Ok(handle) => handle,
            Err(error) => {
                carrier.stop().await;
                return Err(error);
            }
        };
        convened.send_replace(Some(handle.clone()));
        let mut tasks = JoinSet::new();
        let (heard, clock, check) = (handle.clone(), setup.clock.clone(), judge::<Sponsor>(&setup.genesis));
        tasks.spawn(async move {
            // Whoever holds the node hears from the machine itself why it stopped.
            let _ = driver::listen(inbox, heard, outbox, clock, check).await;
        });
        tasks.spawn(stay_admitted(carrier.way(), carrier.me(), setup.clone(), admitted_until));
        Ok(SponsorNode { setup, handle, carrier, tasks, _lock: lock })
    }
}

/// A running sponsor's node. Dropping it stops everything; [`SponsorNode::stop`] does so in order and waits.
pub struct SponsorNode {
    setup: Setup,
    handle: Handle<Sponsor>,
    carrier: SwarmHandle,
    tasks: JoinSet<()>,
    _lock: Lock,
}

impl SponsorNode {
    /// Opens the doors and starts the machine.
    ///
    /// # Errors
    /// As named; nothing is left running.
    pub async fn start(setup: Setup) -> Result<SponsorNode, StartError> {
        Doors::open(setup).await?.convene(&[]).await
    }

    /// What the staff use.
    pub fn desk(&self) -> Desk {
        Desk::new(self.handle.clone(), self.setup.clock.clone())
    }

    /// The machine itself.
    pub fn handle(&self) -> Handle<Sponsor> {
        self.handle.clone()
    }

    /// The sponsor's key.
    pub fn sponsor(&self) -> SponsorKey {
        self.setup.sponsor()
    }

    /// The network.
    pub fn genesis(&self) -> &Genesis {
        &self.setup.genesis
    }

    /// The node's transport identity.
    pub fn peer(&self) -> PeerId {
        self.carrier.me()
    }

    /// Where it listens, with the ports that were chosen.
    pub fn listening(&self) -> Vec<Multiaddr> {
        self.carrier.listening()
    }

    /// Waits until the machine has stopped, and says why.
    pub async fn stopped(&self) -> Stopped {
        self.handle.stopped().await
    }

    /// Commits what is queued, then closes journal, ports and folder.
    ///
    /// # Errors
    /// The machine had stopped for another reason.
    pub async fn stop(mut self) -> Result<(), Stopped> {
        let end = self.handle.stop().await;
        self.tasks.shutdown().await;
        self.carrier.stop().await;
        end
    }
}

/// A machine without a carrier, for staff who ask something while the node does not run. Same folder, same lock.
pub struct QuietSponsor {
    desk: Desk,
    handle: Handle<Sponsor>,
    _lock: Lock,
}

impl QuietSponsor {
    /// Takes the folder and starts the machine alone.
    ///
    /// # Errors
    /// As named.
    pub fn open(setup: &Setup) -> Result<QuietSponsor, StartError> {
        let machine = setup.machine(&setup.config.listen, &[])?;
        let lock = Lock::take(&setup.data)?;
        let (journal, records) = Journal::open(&Folder::at(&setup.data).journal(), &setup.keys.journal)?;
        let (outbox, _nobody) = mpsc::unbounded_channel();
        let handle = driver::spawn(machine, records, journal, setup.world(outbox)?)?;
        Ok(QuietSponsor { desk: Desk::new(handle.clone(), setup.clock.clone()), handle, _lock: lock })
    }

    /// What the staff use.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Commits what is queued and closes the journal.
    ///
    /// # Errors
    /// The machine had stopped for another reason.
    pub async fn close(self) -> Result<(), Stopped> {
        self.handle.stop().await
    }
}

/// Signs the node a new admission in time, for as long as it runs. The first was signed when its doors were opened.
async fn stay_admitted(carrier: SwarmWay, me: PeerId, setup: Setup, mut until: UnixMs) {
    let me = Blob(me.to_bytes());
    let mut look = interval_at(Instant::now() + RENEWAL_LOOK, RENEWAL_LOOK);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        look.tick().await;
        let now = wall(&setup.clock);
        // Much too far ahead means that the clock was wrong when it was signed.
        let ahead = until.0.saturating_sub(now.0);
        if (OWN_ADMISSION_LEFT_MS..=OWN_ADMISSION_MS).contains(&ahead) {
            continue;
        }
        let (admission, expires) = own_admission(&setup.sponsor_keys(), &setup.genesis, &me, now);
        carrier.replace_admission(admission).await;
        until = expires;
    }
}
