//! What the network reports, and what becomes of it.

use super::{
    carrier_task::CarrierTask,
    limits::STRANGERS_MAX,
    peer as machine_peer,
    room::{AdmittedEvent, RoomEvent},
    session::{Session, newer_counts},
    turnstile::Passage,
};
use crate::carrier::FromCarrier;
use libp2p::{
    PeerId, gossipsub, ping,
    request_response::{Event as Exchange, InboundRequestId, Message, ResponseChannel},
    swarm::{ConnectionId, SwarmEvent},
};
use std::time::Instant;

type Bytes = Exchange<Vec<u8>, Vec<u8>>;

impl CarrierTask<'_> {
    /// Takes one event. An error ends the task.
    pub(super) fn on_event(&mut self, event: SwarmEvent<RoomEvent>) -> Result<(), String> {
        match event {
            SwarmEvent::ConnectionEstablished { peer_id, connection_id, endpoint, .. } => {
                self.on_established(peer_id, connection_id, endpoint.is_dialer());
            }
            SwarmEvent::ConnectionClosed { peer_id, connection_id, .. } => self.on_closed(peer_id, connection_id),
            SwarmEvent::OutgoingConnectionError { peer_id: Some(peer), error, .. } => {
                tracing::debug!(%peer, %error, "dialling failed");
                self.fail_unsent_asks(peer, &error.to_string());
            }
            SwarmEvent::NewListenAddr { .. } | SwarmEvent::ExpiredListenAddr { .. } => {
                let listening = self.swarm.listeners().cloned().collect();
                self.shared.tell_presence(listening);
            }
            SwarmEvent::ListenerClosed { addresses, reason, .. } => {
                return Err(format!("stopped listening on {addresses:?}: {reason:?}"));
            }
            SwarmEvent::Behaviour(event) => self.on_behaviour(event),
            _ => {}
        }
        Ok(())
    }

    fn on_behaviour(&mut self, event: RoomEvent) {
        match event {
            RoomEvent::Ping(ping::Event { peer, connection, result: Err(failure) }) => {
                tracing::info!(%peer, %failure, "closing a dead connection");
                self.on_closed(peer, connection);
                self.swarm.close_connection(connection);
            }
            RoomEvent::Hello(exchange) => self.on_hello_exchange(exchange),
            RoomEvent::Admission(exchange) => self.on_admission_exchange(exchange),
            RoomEvent::Admitted(Passage::Listening(peer, connection)) => self.on_listening(peer, connection),
            RoomEvent::Admitted(Passage::Inside(AdmittedEvent::Gossip(event))) => self.on_gossip(event),
            RoomEvent::Admitted(Passage::Inside(AdmittedEvent::Parcels(exchange))) => self.on_parcels(exchange),
            _ => {}
        }
    }

    fn on_established(&mut self, peer: PeerId, connection: ConnectionId, we_dialled: bool) {
        if let Some(old) = self.sessions.get(&peer) {
            let (old_connection, old_we_dialled) = (old.connection, old.we_dialled);
            if !newer_counts(&self.shared.me, &peer, old_we_dialled, we_dialled) {
                self.swarm.close_connection(connection);
                return;
            }
            self.end_session(peer);
            self.swarm.close_connection(old_connection);
        } else if !we_dialled {
            self.make_room_for_a_stranger();
        }
        self.sessions.insert(peer, Session::new(connection, we_dialled));
        self.say_hello(peer);
        self.send_asks(peer);
    }

    /// A crowd of strangers gives way from its oldest end: an honest one needs its place for a moment only.
    fn make_room_for_a_stranger(&mut self) {
        let strangers = self.sessions.iter().filter(|(_, session)| !session.connected && !session.we_dialled);
        if strangers.clone().count() < STRANGERS_MAX {
            return;
        }
        if let Some(oldest) = strangers.min_by_key(|(_, session)| session.since).map(|(peer, _)| *peer) {
            tracing::info!(peer = %oldest, "hanging up: too many strangers at the door");
            self.hang_up(oldest);
        }
    }

    fn on_closed(&mut self, peer: PeerId, connection: ConnectionId) {
        if self.sessions.get(&peer).is_some_and(|session| session.connection == connection) {
            self.end_session(peer);
        }
    }

    /// Forgets the session with a peer; its connection is closed, or about to be.
    pub(super) fn end_session(&mut self, peer: PeerId) {
        let Some(session) = self.sessions.remove(&peer) else { return };
        self.swarm.behaviour_mut().admitted.shut(session.connection);
        for parcel in self.sent.peer_gone(&peer) {
            self.close_parcel(parcel, false);
        }
        if session.connected {
            self.shared.report(FromCarrier::Gone(machine_peer(&peer)));
        }
        self.meeting_points.lost(Instant::now(), &peer);
    }

    fn on_gossip(&mut self, event: gossipsub::Event) {
        match event {
            gossipsub::Event::Message { propagation_source, message_id, message } => {
                self.on_gossip_message(propagation_source, message_id, message);
            }
            gossipsub::Event::Subscribed { .. } => self.publish_unsent(),
            gossipsub::Event::GossipsubNotSupported { peer_id } => {
                // It said welcome and then refused: start over rather than stay half connected.
                tracing::warn!(peer = %peer_id, "hanging up: the peer refuses gossip");
                self.hang_up(peer_id);
            }
            _ => {}
        }
    }

    fn on_gossip_message(&mut self, from: PeerId, id: gossipsub::MessageId, message: gossipsub::Message) {
        self.welcomed_by_deed(from);
        let topic = self.shared.topics.topic(&message.topic);
        let Some(topic) = topic.filter(|_| self.sessions.get(&from).is_some_and(|session| session.connected)) else {
            let ignore = gossipsub::MessageAcceptance::Ignore;
            self.inside().gossip.report_message_validation_result(&id, &from, ignore);
            return;
        };
        let ticket = self.shared.next_ticket();
        if self.tickets.remember(ticket, id, from) {
            tracing::debug!("too many records wait for a verdict; the oldest is left to catch-up");
        }
        let from = machine_peer(&from);
        self.shared.report(FromCarrier::Gossip { topic, ticket, from, bytes: message.data });
    }

    fn on_parcels(&mut self, exchange: Bytes) {
        match exchange {
            Exchange::Message { peer, message: Message::Request { request_id, request, channel }, .. } => {
                self.on_parcel(peer, request_id, request, channel);
            }
            Exchange::Message { message: Message::Response { request_id, .. }, .. } => {
                if let Some((peer, parcel)) = self.sent.land(request_id) {
                    self.close_parcel(parcel, true);
                    self.fly_next(peer);
                }
            }
            Exchange::OutboundFailure { request_id, error, .. } => {
                if let Some((peer, parcel)) = self.sent.land(request_id) {
                    tracing::debug!(%peer, ?parcel, %error, "a parcel did not arrive");
                    self.close_parcel(parcel, false);
                    self.fly_next(peer);
                }
            }
            Exchange::InboundFailure { request_id, .. } => self.received.give_up(request_id),
            Exchange::ResponseSent { .. } => {}
        }
    }

    fn on_parcel(
        &mut self,
        from: PeerId,
        request: InboundRequestId,
        bytes: Vec<u8>,
        channel: ResponseChannel<Vec<u8>>,
    ) {
        self.welcomed_by_deed(from);
        let connected = self.sessions.get(&from).is_some_and(|session| session.connected);
        if !connected || !self.received.has_room(&from) {
            // Dropping the channel tells the sender that the parcel did not arrive.
            tracing::debug!(peer = %from, "refusing a parcel: too many wait for a receipt");
            return;
        }
        let delivery = self.shared.next_delivery();
        self.received.hold(delivery, from, request, channel);
        self.shared.report(FromCarrier::Received { from: machine_peer(&from), delivery, bytes });
    }
}
