//! The turnstile: what only admitted peers may use does not know that anybody else exists.
//!
//! It wraps the behaviour that carries gossip and parcels and tells it about a connection only once that connection is let
//! through. Gossipsub's own blacklist would not do: it keeps a blacklisted peer's subscriptions, so that own records would
//! still be published to it, and it never sends our subscriptions after the peer is taken off the list.
//!
//! ```text
//!   connection ──▶ shut ──let_through──▶ listening ──speak, or the other side speaks──▶ speaking
//!                  streams are refused    streams are accepted,                          both ways
//!                                         none is opened by us
//! ```
//!
//! The middle state is what makes it safe for both sides to open at slightly different moments: a side says "welcome" only
//! when it listens (see [`Passage::Listening`]), and speaks only once welcomed, so an honest peer never finds a shut door.
//! A refused stream would otherwise switch gossip off for the whole life of the connection.
//!
//! At most one connection per peer is let through; the caller chooses which.
//!
//! An attacker would try: to open gossip or parcel streams before admission (the protocols are not offered), or to keep us
//! publishing to it after a refusal (the wrapped behaviour has forgotten it).

mod handler;

use handler::{Handler, Order, Word};
use libp2p::{
    Multiaddr, PeerId,
    core::{ConnectedPoint, Endpoint, transport::PortUse},
    swarm::{
        CloseConnection, ConnectionClosed, ConnectionDenied, ConnectionId, FromSwarm, NetworkBehaviour, NotifyHandler,
        THandler, THandlerInEvent, THandlerOutEvent, ToSwarm, behaviour::ConnectionEstablished,
    },
};
use std::{
    collections::{HashMap, VecDeque},
    task::{Context, Poll},
};

/// What comes out of the turnstile.
#[derive(Debug)]
pub(super) enum Passage<Event> {
    /// This connection accepts streams of the wrapped protocols now.
    Listening(PeerId, ConnectionId),
    /// An event of the wrapped behaviour.
    Inside(Event),
}

struct Line {
    peer: PeerId,
    endpoint: ConnectedPoint,
    let_through: bool,
}

type Outcome<B> = ToSwarm<Passage<<B as NetworkBehaviour>::ToSwarm>, Order<THandler<B>>>;

/// A behaviour that only some connections may use.
pub(super) struct Turnstile<B: NetworkBehaviour> {
    inside: B,
    lines: HashMap<ConnectionId, Line>,
    outcomes: VecDeque<Outcome<B>>,
}

impl<B: NetworkBehaviour> Turnstile<B> {
    /// Wraps a behaviour; nobody may use it yet.
    pub(super) fn new(inside: B) -> Self {
        Turnstile { inside, lines: HashMap::new(), outcomes: VecDeque::new() }
    }

    /// The wrapped behaviour.
    pub(super) fn inside(&mut self) -> &mut B {
        &mut self.inside
    }

    /// Lets this connection use the wrapped behaviour. [`Passage::Listening`] follows.
    pub(super) fn let_through(&mut self, connection: ConnectionId) {
        let Some(line) = self.lines.get_mut(&connection).filter(|line| !line.let_through) else { return };
        line.let_through = true;
        let (peer, endpoint) = (line.peer, line.endpoint.clone());
        if let Some(earlier) = self.open_line(&peer, connection) {
            self.shut(earlier);
        }
        match handler_for(&mut self.inside, connection, peer, &endpoint) {
            Ok(inner) => {
                self.inside.on_swarm_event(FromSwarm::ConnectionEstablished(ConnectionEstablished {
                    peer_id: peer,
                    connection_id: connection,
                    endpoint: &endpoint,
                    failed_addresses: &[],
                    other_established: 0,
                }));
                self.tell(peer, connection, Order::Listen(Box::new(inner)));
            }
            Err(denied) => {
                tracing::warn!(%peer, %denied, "a connection was denied after admission");
                self.lines.remove(&connection);
                let connection = CloseConnection::One(connection);
                self.outcomes.push_back(ToSwarm::CloseConnection { peer_id: peer, connection });
            }
        }
    }

    /// The peer has welcomed us: speak on the connection that was let through.
    pub(super) fn speak(&mut self, peer: &PeerId) {
        let open = self.lines.iter().find(|(_, line)| line.let_through && line.peer == *peer).map(|(id, _)| *id);
        if let Some(connection) = open {
            self.tell(*peer, connection, Order::Speak);
        }
    }

    /// Makes the wrapped behaviour forget this connection, which is about to be closed.
    pub(super) fn shut(&mut self, connection: ConnectionId) {
        let Some(line) = self.lines.remove(&connection) else { return };
        if line.let_through {
            self.inside.on_swarm_event(FromSwarm::ConnectionClosed(ConnectionClosed {
                peer_id: line.peer,
                connection_id: connection,
                endpoint: &line.endpoint,
                cause: None,
                remaining_established: 0,
            }));
        }
    }

    fn open_line(&self, peer: &PeerId, except: ConnectionId) -> Option<ConnectionId> {
        self.lines.iter().find(|(id, line)| **id != except && line.let_through && line.peer == *peer).map(|(id, _)| *id)
    }

    fn is_open(&self, connection: ConnectionId) -> bool {
        self.lines.get(&connection).is_some_and(|line| line.let_through)
    }

    fn tell(&mut self, peer_id: PeerId, connection: ConnectionId, event: Order<THandler<B>>) {
        self.outcomes.push_back(ToSwarm::NotifyHandler { peer_id, handler: NotifyHandler::One(connection), event });
    }
}

fn handler_for<B: NetworkBehaviour>(
    inside: &mut B,
    connection: ConnectionId,
    peer: PeerId,
    endpoint: &ConnectedPoint,
) -> Result<THandler<B>, ConnectionDenied> {
    match endpoint {
        ConnectedPoint::Dialer { address, role_override, port_use } => {
            inside.handle_established_outbound_connection(connection, peer, address, *role_override, *port_use)
        }
        ConnectedPoint::Listener { local_addr, send_back_addr } => {
            inside.handle_established_inbound_connection(connection, peer, local_addr, send_back_addr)
        }
    }
}

impl<B: NetworkBehaviour> NetworkBehaviour for Turnstile<B> {
    type ConnectionHandler = Handler<THandler<B>>;
    type ToSwarm = Passage<B::ToSwarm>;

    fn handle_established_inbound_connection(
        &mut self,
        _: ConnectionId,
        _: PeerId,
        _: &Multiaddr,
        _: &Multiaddr,
    ) -> Result<THandler<Self>, ConnectionDenied> {
        Ok(Handler::shut())
    }

    fn handle_established_outbound_connection(
        &mut self,
        _: ConnectionId,
        _: PeerId,
        _: &Multiaddr,
        _: Endpoint,
        _: PortUse,
    ) -> Result<THandler<Self>, ConnectionDenied> {
        Ok(Handler::shut())
    }

    fn on_swarm_event(&mut self, event: FromSwarm<'_>) {
        match event {
            FromSwarm::ConnectionEstablished(established) => {
                let (peer, endpoint) = (established.peer_id, established.endpoint.clone());
                self.lines.insert(established.connection_id, Line { peer, endpoint, let_through: false });
            }
            FromSwarm::ConnectionClosed(closed) => self.shut(closed.connection_id),
            FromSwarm::AddressChange(change) => {
                if self.is_open(change.connection_id) {
                    self.inside.on_swarm_event(event);
                }
                if let Some(line) = self.lines.get_mut(&change.connection_id) {
                    line.endpoint = change.new.clone();
                }
            }
            other => self.inside.on_swarm_event(other),
        }
    }

    fn on_connection_handler_event(&mut self, peer: PeerId, connection: ConnectionId, word: THandlerOutEvent<Self>) {
        if !self.is_open(connection) {
            return;
        }
        match word {
            Word::Listening => {
                self.outcomes.push_back(ToSwarm::GenerateEvent(Passage::Listening(peer, connection)));
            }
            Word::Inside(event) => self.inside.on_connection_handler_event(peer, connection, event),
        }
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<ToSwarm<Self::ToSwarm, THandlerInEvent<Self>>> {
        loop {
            if let Some(outcome) = self.outcomes.pop_front() {
                return Poll::Ready(outcome);
            }
            let Poll::Ready(outcome) = self.inside.poll(cx) else { return Poll::Pending };
            // The wrapped behaviour knows only the connection that was let through, so "any" means that one.
            let outcome = match outcome {
                ToSwarm::NotifyHandler { peer_id, handler, event } => {
                    let open = match handler {
                        NotifyHandler::One(id) => Some(id).filter(|id| self.is_open(*id)),
                        NotifyHandler::Any => {
                            self.lines.iter().find(|(_, l)| l.let_through && l.peer == peer_id).map(|(id, _)| *id)
                        }
                    };
                    let Some(id) = open else { continue };
                    ToSwarm::NotifyHandler { peer_id, handler: NotifyHandler::One(id), event }
                }
                other => other,
            };
            return Poll::Ready(outcome.map_out(Passage::Inside).map_in(Order::Inside));
        }
    }
}
