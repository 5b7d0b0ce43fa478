//! The turnstile's arm on one connection: refuses, then listens, then speaks.

use either::Either;
use libp2p::{
    core::upgrade::DeniedUpgrade,
    swarm::{
        ConnectionHandler, ConnectionHandlerEvent, SubstreamProtocol,
        handler::{ConnectionEvent, FullyNegotiatedInbound, ListenUpgradeError, SendWrapper},
    },
};

use std::{
    fmt,
    task::{Context, Poll, Waker},
};

/// What the turnstile tells its arm.
pub(crate) enum Order<H: ConnectionHandler> {
    /// Accept streams with this handler, open none.
    Listen(Box<H>),
    /// Open streams too.
    Speak,
    /// For the wrapped handler.
    Inside(H::FromBehaviour),
}

impl<H: ConnectionHandler> fmt::Debug for Order<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Order::Listen(_) => f.write_str("Listen"),
            Order::Speak => f.write_str("Speak"),
            Order::Inside(event) => f.debug_tuple("Inside").field(event).finish(),
        }
    }
}

/// What the arm tells the turnstile.
#[derive(Debug)]
pub(crate) enum Word<Event> {
    /// From now on streams of the wrapped protocols are accepted.
    Listening,
    /// From the wrapped handler.
    Inside(Event),
}

/// The arm on one connection.
pub(crate) struct Handler<H> {
    inside: Option<H>,
    speaking: bool,
    announce: bool,
    waker: Option<Waker>,
}

impl<H> Handler<H> {
    /// Refuses every stream of the wrapped protocols.
    pub(super) fn shut() -> Self {
        Handler { inside: None, speaking: false, announce: false, waker: None }
    }

    fn wake(&mut self) {
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

type Inbound<H> = Either<SendWrapper<<H as ConnectionHandler>::InboundProtocol>, SendWrapper<DeniedUpgrade>>;

impl<H: ConnectionHandler> ConnectionHandler for Handler<H> {
    type FromBehaviour = Order<H>;
    type ToBehaviour = Word<H::ToBehaviour>;
    type InboundProtocol = Inbound<H>;
    type OutboundProtocol = H::OutboundProtocol;
    type InboundOpenInfo = Option<H::InboundOpenInfo>;
    type OutboundOpenInfo = H::OutboundOpenInfo;

    fn listen_protocol(&self) -> SubstreamProtocol<Self::InboundProtocol, Self::InboundOpenInfo> {
        match &self.inside {
            Some(inside) => {
                inside.listen_protocol().map_upgrade(|upgrade| Either::Left(SendWrapper(upgrade))).map_info(Some)
            }
            None => SubstreamProtocol::new(Either::Right(SendWrapper(DeniedUpgrade)), None),
        }
    }

    fn connection_keep_alive(&self) -> bool {
        self.inside.as_ref().is_some_and(ConnectionHandler::connection_keep_alive)
    }

    fn poll(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<ConnectionHandlerEvent<Self::OutboundProtocol, Self::OutboundOpenInfo, Self::ToBehaviour>> {
        if self.announce {
            self.announce = false;
            return Poll::Ready(ConnectionHandlerEvent::NotifyBehaviour(Word::Listening));
        }
        match &mut self.inside {
            Some(inside) if self.speaking => inside.poll(cx).map(|event| event.map_custom(Word::Inside)),
            _ => {
                self.waker = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    }

    fn poll_close(&mut self, cx: &mut Context<'_>) -> Poll<Option<Self::ToBehaviour>> {
        match &mut self.inside {
            Some(inside) => inside.poll_close(cx).map(|last| last.map(Word::Inside)),
            None => Poll::Ready(None),
        }
    }

    fn on_behaviour_event(&mut self, order: Order<H>) {
        match order {
            Order::Listen(inside) => {
                self.inside = Some(*inside);
                self.announce = true;
            }
            Order::Speak => self.speaking = true,
            Order::Inside(event) => {
                if let Some(inside) = &mut self.inside {
                    inside.on_behaviour_event(event);
                }
            }
        }
        self.wake();
    }

    fn on_connection_event(
        &mut self,
        event: ConnectionEvent<'_, Inbound<H>, H::OutboundProtocol, Self::InboundOpenInfo, H::OutboundOpenInfo>,
    ) {
        // A door that is still shut has nothing to hear: it opens no streams and completes none.
        let Some(inside) = &mut self.inside else { return };
        match event {
            ConnectionEvent::FullyNegotiatedInbound(FullyNegotiatedInbound { protocol, info: Some(info) }) => {
                let futures::future::Either::Left(protocol) = protocol;
                inside.on_connection_event(ConnectionEvent::FullyNegotiatedInbound(FullyNegotiatedInbound {
                    protocol,
                    info,
                }));
                // Who speaks to us listens: it has welcomed us, even if its word has not arrived yet.
                self.speaking = true;
                self.wake();
            }
            ConnectionEvent::ListenUpgradeError(ListenUpgradeError {
                info: Some(info),
                error: Either::Left(error),
            }) => {
                inside.on_connection_event(ConnectionEvent::ListenUpgradeError(ListenUpgradeError { info, error }));
            }
            ConnectionEvent::FullyNegotiatedOutbound(outbound) => {
                inside.on_connection_event(ConnectionEvent::FullyNegotiatedOutbound(outbound));
            }
            ConnectionEvent::DialUpgradeError(error) => {
                inside.on_connection_event(ConnectionEvent::DialUpgradeError(error));
            }
            ConnectionEvent::AddressChange(change) => {
                inside.on_connection_event(ConnectionEvent::AddressChange(change));
            }
            ConnectionEvent::LocalProtocolsChange(change) => {
                inside.on_connection_event(ConnectionEvent::LocalProtocolsChange(change));
            }
            ConnectionEvent::RemoteProtocolsChange(change) => {
                inside.on_connection_event(ConnectionEvent::RemoteProtocolsChange(change));
            }
            _ => {}
        }
    }
}
