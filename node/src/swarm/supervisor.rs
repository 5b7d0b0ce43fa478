//! Keeps the carrier's task alive: what a failure must not lose lives here, outside of the task.
//!
//! After a failure: everything under way is reported undelivered, then `Restarted`, then the task starts again on the same
//! ports after a wait that doubles while failures follow each other quickly.

use super::{
    AdmissionDesk, Gate, Order, Presence, SwarmConfig, SwarmError,
    carrier_task::{CarrierTask, Ended},
    gossip::{Topics, Unsent},
    limits::{HEALTHY_RUN, RESTART_WAIT_FIRST, RESTART_WAIT_MAX},
    listen::{self, Opened},
    meeting::wait,
    room,
};
use crate::carrier::{FromCarrier, ToCarrier};
use futures::FutureExt as _;
use libp2p::{Multiaddr, PeerId, identity::Keypair};
use machine::{Delivery, Parcel, Ticket};
use std::{
    collections::{BTreeSet, VecDeque},
    panic::AssertUnwindSafe,
    time::{Duration, Instant},
};
use tokio::sync::{mpsc, oneshot, watch};

/// What outlives a failure of the task.
pub(super) struct Shared {
    pub(super) key: Keypair,
    pub(super) me: PeerId,
    pub(super) network: String,
    pub(super) topics: Topics,
    pub(super) meeting_points: Vec<(PeerId, Vec<Multiaddr>)>,
    pub(super) admission: Option<Vec<u8>>,
    pub(super) gate: Gate,
    pub(super) desk: Option<AdmissionDesk>,
    pub(super) outbox: mpsc::UnboundedReceiver<ToCarrier>,
    pub(super) inbox: mpsc::Sender<FromCarrier>,
    pub(super) orders: mpsc::Receiver<Order>,
    presence: watch::Sender<Presence>,
    /// Reports that the driver has not taken yet.
    pub(super) reports: VecDeque<FromCarrier>,
    /// Parcels of ours that have not come back yet.
    pub(super) open_parcels: BTreeSet<Parcel>,
    pub(super) unsent: Unsent,
    /// How long a peer may be connected without being admitted.
    pub(super) stranger_wait: Duration,
    listen: Vec<Multiaddr>,
    next_ticket: u64,
    next_delivery: u64,
}

impl Shared {
    pub(super) fn new(
        config: SwarmConfig,
        key: Keypair,
        outbox: mpsc::UnboundedReceiver<ToCarrier>,
        inbox: mpsc::Sender<FromCarrier>,
        orders: mpsc::Receiver<Order>,
        presence: watch::Sender<Presence>,
        stranger_wait: Duration,
    ) -> Self {
        Shared {
            me: key.public().to_peer_id(),
            key,
            topics: Topics::of(&config.network),
            network: config.network,
            meeting_points: config.meeting_points,
            admission: config.admission,
            gate: config.gate,
            desk: config.admission_desk,
            outbox,
            inbox,
            orders,
            presence,
            reports: VecDeque::new(),
            open_parcels: BTreeSet::new(),
            unsent: Unsent::default(),
            stranger_wait,
            listen: config.listen,
            next_ticket: 0,
            next_delivery: 0,
        }
    }

    /// Builds a swarm that listens. The ports chosen the first time are kept.
    pub(super) async fn open(&mut self) -> Result<Opened, SwarmError> {
        let swarm = room::build(&self.key, &self.network, &self.topics, self.desk.is_some())?;
        let opened = listen::open(swarm, &self.listen).await?;
        self.listen.clone_from(&opened.fixed);
        self.tell_presence(opened.swarm.listeners().cloned().collect());
        Ok(opened)
    }

    /// Tells the node as whom and where others reach it.
    pub(super) fn tell_presence(&self, listening: Vec<Multiaddr>) {
        self.presence.send_replace(Presence { me: self.me, listening });
    }

    /// Takes on another transport identity, with what shows that it may connect.
    pub(super) fn rename(&mut self, key: Keypair, admission: Option<Vec<u8>>) {
        self.me = key.public().to_peer_id();
        self.key = key;
        self.admission = admission;
    }

    pub(super) fn next_ticket(&mut self) -> Ticket {
        self.next_ticket += 1;
        Ticket(self.next_ticket)
    }

    pub(super) fn next_delivery(&mut self) -> Delivery {
        self.next_delivery += 1;
        Delivery(self.next_delivery)
    }

    /// Tells the driver; it takes the report when it can.
    pub(super) fn report(&mut self, report: FromCarrier) {
        self.reports.push_back(report);
    }

    fn report_failure(&mut self) {
        for parcel in std::mem::take(&mut self.open_parcels) {
            self.report(FromCarrier::Undelivered(parcel));
        }
        self.report(FromCarrier::Restarted);
    }

    /// Hands over what the driver has not taken. False when there is no driver any more.
    async fn flush(&mut self) -> bool {
        while let Some(report) = self.reports.pop_front() {
            if self.inbox.send(report).await.is_err() {
                return false;
            }
        }
        true
    }
}

/// Runs the task until it is stopped, and starts it again whenever it fails or takes on another identity.
pub(super) async fn supervise(mut shared: Shared, opened: Opened) {
    let mut next = Some(opened);
    let mut failures = 0;
    let mut renamed: Option<oneshot::Sender<()>> = None;
    loop {
        let began = Instant::now();
        let ended = match next.take() {
            Some(opened) => AssertUnwindSafe(CarrierTask::new(&mut shared, opened).run()).catch_unwind().await,
            None => match shared.open().await {
                Ok(opened) => {
                    next = Some(opened);
                    if let Some(done) = renamed.take() {
                        // Whoever gave the order may have stopped waiting.
                        let _ = done.send(());
                    }
                    continue;
                }
                Err(error) => Ok(Ended::Failed(error.to_string())),
            },
        };
        match ended {
            Ok(Ended::Stopped) => return,
            Ok(Ended::Renamed(done)) => {
                tracing::info!(me = %shared.me, "the carrier starts again under another transport identity");
                (renamed, failures) = (Some(done), 0);
            }
            Ok(Ended::Failed(cause)) => tracing::error!(cause, "the carrier failed and starts again"),
            Err(_) => tracing::error!("the carrier panicked and starts again"),
        }
        if began.elapsed() >= HEALTHY_RUN {
            failures = 0;
        }
        shared.report_failure();
        let pause = wait(failures, RESTART_WAIT_FIRST, RESTART_WAIT_MAX);
        failures = failures.saturating_add(1);
        let told_and_rested = async {
            let there = shared.flush().await;
            tokio::time::sleep(pause).await;
            there
        };
        if !told_and_rested.await {
            return;
        }
    }
}
