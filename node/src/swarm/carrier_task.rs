//! The carrier's one task: takes commands, reads the network, and never waits for either while the other has something.

use super::{
    Order,
    desk::{Ask, Desk},
    gossip::Tickets,
    limits::{PARCEL_BYTES_MAX, REPORTS_MAX, TICK},
    listen::Opened,
    meeting::MeetingPoints,
    parcels::{Received, Sent},
    room::{Admitted, Room, RoomEvent},
    session::Session,
    supervisor::Shared,
};
use crate::carrier::{FromCarrier, ToCarrier};
use futures::StreamExt as _;
use libp2p::{
    Multiaddr, PeerId,
    gossipsub::{MessageAcceptance, PublishError},
    swarm::{
        DialError, SwarmEvent,
        dial_opts::{DialOpts, PeerCondition},
    },
};
use machine::{Delivery, Parcel, Peer, Ticket, Topic, Verdict};
use std::{
    collections::{HashMap, VecDeque},
    num::NonZeroU8,
    time::Instant,
};
use tokio::{
    sync::oneshot,
    time::{MissedTickBehavior, interval},
};

/// Why the task ended.
#[derive(Debug)]
pub(super) enum Ended {
    /// The owner or the driver wants no more.
    Stopped,
    /// It is to start again under another transport identity.
    Renamed(oneshot::Sender<()>),
    /// Something that should not end did.
    Failed(String),
}

/// Everything that is lost when the task fails, and may be.
pub(super) struct CarrierTask<'a> {
    pub(super) shared: &'a mut Shared,
    pub(super) swarm: libp2p::Swarm<Room>,
    pub(super) sessions: HashMap<PeerId, Session>,
    pub(super) sent: Sent,
    pub(super) received: Received,
    pub(super) tickets: Tickets,
    pub(super) meeting_points: MeetingPoints,
    pub(super) asks: Vec<Ask>,
    pub(super) desk: Desk,
    pub(super) verdicts_late: u64,
    /// When admissions were looked at last.
    looked: Instant,
    early: VecDeque<SwarmEvent<RoomEvent>>,
}

impl<'a> CarrierTask<'a> {
    /// A task over a swarm that listens.
    pub(super) fn new(shared: &'a mut Shared, opened: Opened) -> Self {
        CarrierTask {
            meeting_points: MeetingPoints::new(&shared.me, &shared.meeting_points),
            shared,
            swarm: opened.swarm,
            sessions: HashMap::new(),
            sent: Sent::default(),
            received: Received::default(),
            tickets: Tickets::default(),
            asks: Vec::new(),
            desk: Desk::default(),
            verdicts_late: 0,
            looked: Instant::now(),
            early: opened.early,
        }
    }

    /// Runs until it is stopped or something fails.
    pub(super) async fn run(mut self) -> Ended {
        while let Some(event) = self.early.pop_front() {
            if let Err(cause) = self.on_event(event) {
                return Ended::Failed(cause);
            }
        }
        let inbox = self.shared.inbox.clone();
        let mut tick = interval(TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                permit = inbox.reserve(), if !self.shared.reports.is_empty() => {
                    let Ok(permit) = permit else { return Ended::Stopped };
                    if let Some(report) = self.shared.reports.pop_front() {
                        permit.send(report);
                    }
                }
                command = self.shared.outbox.recv() => {
                    let Some(command) = command else { return Ended::Stopped };
                    self.on_command(command);
                }
                order = self.shared.orders.recv() => match order {
                    None | Some(Order::Stop) => return Ended::Stopped,
                    Some(Order::TakeOn { key, admission, done }) => {
                        self.shared.rename(key, admission);
                        return Ended::Renamed(done);
                    }
                    Some(order) => self.on_order(order),
                },
                event = self.swarm.select_next_some(), if self.shared.reports.len() < REPORTS_MAX => {
                    if let Err(cause) = self.on_event(event) {
                        return Ended::Failed(cause);
                    }
                }
                answer = self.desk.next_answer() => self.on_desk_answer(answer),
                _ = tick.tick() => self.on_tick(),
            }
        }
    }

    fn on_command(&mut self, command: ToCarrier) {
        match command {
            ToCarrier::Verdict(ticket, verdict) => self.give_verdict(ticket, verdict),
            ToCarrier::Dial(peer, addresses) => self.dial_for_driver(&peer, &addresses),
            ToCarrier::HangUp(peer) => {
                if let Some(peer) = known(&peer) {
                    self.hang_up(peer);
                }
            }
            ToCarrier::Send { to, parcel, bytes } => self.send(&to, parcel, bytes),
            ToCarrier::Publish(topic, record) => self.publish(topic, record),
            ToCarrier::Receipt(delivery) => self.confirm(delivery),
        }
    }

    fn on_order(&mut self, order: Order) {
        match order {
            Order::Ask { peer, addresses, bytes, answer } => self.ask(peer, addresses, Ask::new(peer, bytes, answer)),
            Order::Replace { admission, done } => {
                self.replace_admission(admission);
                // Whoever asked may have stopped waiting.
                let _ = done.send(());
            }
            Order::Meet(points) => {
                for (peer, addresses) in points {
                    self.meeting_points.add(&self.shared.me, peer, &addresses);
                    // What is met from now on is met by the next task, too.
                    self.shared.meeting_points.retain(|(known, _)| *known != peer);
                    self.shared.meeting_points.push((peer, addresses));
                }
            }
            Order::Stop | Order::TakeOn { .. } => {}
        }
    }

    fn on_tick(&mut self) {
        let now = Instant::now();
        let dial = self.meeting_points.due(now, |peer| self.sessions.contains_key(peer));
        for (peer, addresses) in dial {
            if let Err(error) = self.dial(peer, addresses) {
                tracing::debug!(%peer, %error, "a meeting point cannot be dialled now");
            }
        }
        let patience = self.shared.stranger_wait;
        let too_long = |session: &Session| !session.connected && now.duration_since(session.since) >= patience;
        let strangers: Vec<_> = self.sessions.iter().filter(|(_, s)| too_long(s)).map(|(peer, _)| *peer).collect();
        for peer in strangers {
            tracing::info!(%peer, "hanging up: no admission in time");
            self.hang_up(peer);
        }
        if now.duration_since(self.looked) >= patience {
            self.looked = now;
            self.look_at_admissions();
        }
        let to_greet: Vec<_> = self.sessions.iter().filter(|(_, s)| s.hello_due).map(|(peer, _)| *peer).collect();
        to_greet.into_iter().for_each(|peer| self.say_hello(peer));
        self.expire_asks(now);
        self.publish_unsent();
    }

    /// The protocols that only admitted peers may use.
    pub(super) fn inside(&mut self) -> &mut Admitted {
        self.swarm.behaviour_mut().admitted.inside()
    }

    /// Closes every connection to a peer. It is gone at once, even if a dead line takes its time to close.
    pub(super) fn hang_up(&mut self, peer: PeerId) {
        self.end_session(peer);
        // An error means that there is no connection, which is what is wanted.
        let _ = self.swarm.disconnect_peer_id(peer);
    }

    /// Dials a peer unless it is connected or being dialled.
    pub(super) fn dial(&mut self, peer: PeerId, addresses: Vec<Multiaddr>) -> Result<(), DialError> {
        let options = DialOpts::peer_id(peer)
            .addresses(addresses)
            .condition(PeerCondition::DisconnectedAndNotDialing)
            // A port of its own for each connection, so that a lost one never blocks the next.
            .allocate_new_port()
            // One address after the other: of two that succeed at once each side could keep another.
            .override_dial_concurrency_factor(NonZeroU8::MIN)
            .build();
        match self.swarm.dial(options) {
            Err(DialError::DialPeerConditionFalse(_)) => Ok(()),
            other => other,
        }
    }

    fn dial_for_driver(&mut self, peer: &Peer, addresses: &[String]) {
        let Some(peer) = known(peer) else { return };
        let addresses: Vec<Multiaddr> = addresses.iter().filter_map(|text| text.parse().ok()).collect();
        if addresses.is_empty() {
            tracing::warn!(%peer, "no usable address to dial");
        } else if let Err(error) = self.dial(peer, addresses) {
            tracing::info!(%peer, %error, "cannot dial");
        }
    }

    fn give_verdict(&mut self, ticket: Ticket, verdict: Verdict) {
        let acceptance = match verdict {
            Verdict::Accept => MessageAcceptance::Accept,
            Verdict::Ignore => MessageAcceptance::Ignore,
            Verdict::Reject => MessageAcceptance::Reject,
        };
        let in_time = self.tickets.redeem(ticket).is_some_and(|(message, from)| {
            self.inside().gossip.report_message_validation_result(&message, &from, acceptance)
        });
        if !in_time {
            self.verdicts_late += 1;
            tracing::debug!(?ticket, late = self.verdicts_late, "a verdict came too late; catch-up repairs");
        }
    }

    fn publish(&mut self, topic: Topic, record: Vec<u8>) {
        let hash = self.shared.topics.hash(topic);
        match self.inside().gossip.publish(hash, record.clone()) {
            Ok(_) => {}
            Err(PublishError::NoPeersSubscribedToTopic) => {
                if self.shared.unsent.keep(topic, record) {
                    tracing::warn!("too many records wait for a neighbour; the oldest is left to catch-up");
                }
            }
            // The network has it already, which is what was wanted.
            Err(PublishError::Duplicate) => tracing::debug!(?topic, "published before"),
            Err(error) => tracing::warn!(?topic, %error, "a record was not published; catch-up repairs"),
        }
    }

    /// Tries again what nobody could hear.
    pub(super) fn publish_unsent(&mut self) {
        if self.shared.unsent.is_empty() || !self.sessions.values().any(|session| session.connected) {
            return;
        }
        for (topic, record) in self.shared.unsent.take() {
            self.publish(topic, record);
        }
    }

    fn send(&mut self, to: &Peer, parcel: Parcel, bytes: Vec<u8>) {
        self.shared.open_parcels.insert(parcel);
        let connected = known(to).filter(|peer| self.sessions.get(peer).is_some_and(|session| session.connected));
        let queued = match connected {
            Some(peer) if bytes.len() <= PARCEL_BYTES_MAX => self.sent.queue(peer, parcel, bytes).is_ok(),
            _ => false,
        };
        match connected.filter(|_| queued) {
            Some(peer) => self.fly_next(peer),
            None => {
                tracing::debug!(?to, ?parcel, "not connected, too large, or too many under way");
                self.close_parcel(parcel, false);
            }
        }
    }

    /// Lets as many parcels fly to a peer as may.
    pub(super) fn fly_next(&mut self, peer: PeerId) {
        while let Some((parcel, bytes)) = self.sent.next(peer) {
            let request = self.inside().parcels.send_request(&peer, bytes);
            self.sent.fly(request, peer, parcel);
        }
    }

    /// Reports how a parcel ended, once.
    pub(super) fn close_parcel(&mut self, parcel: Parcel, delivered: bool) {
        if self.shared.open_parcels.remove(&parcel) {
            self.shared.report(if delivered {
                FromCarrier::Delivered(parcel)
            } else {
                FromCarrier::Undelivered(parcel)
            });
        }
    }

    fn confirm(&mut self, delivery: Delivery) {
        let Some(channel) = self.received.release(delivery) else { return };
        // If the sender has given up meanwhile it will send again; the machine knows what it has seen.
        let _ = self.inside().parcels.send_response(channel, vec![1]);
    }
}

/// The peer behind the machine's bytes, if they are a transport identity.
fn known(peer: &Peer) -> Option<PeerId> {
    let id = PeerId::from_bytes(&peer.0).ok();
    if id.is_none() {
        tracing::warn!(?peer, "not a transport identity");
    }
    id
}
