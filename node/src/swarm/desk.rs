//! Admission over the network: asking a sponsor for it, and answering for those who are one.

use super::{
    AdmissionError,
    carrier_task::CarrierTask,
    limits::{ADMISSION_WAIT, ADMISSIONS_AT_ONCE_MAX},
    peer as machine_peer,
};
use futures::{
    StreamExt as _,
    future::{BoxFuture, pending},
    stream::FuturesUnordered,
};
use libp2p::{
    Multiaddr, PeerId,
    request_response::{Event as Exchange, Message, OutboundFailure, OutboundRequestId, ResponseChannel},
};
use std::{collections::HashSet, time::Instant};
use tokio::sync::oneshot;

/// A request of ours for admission.
pub(super) struct Ask {
    peer: PeerId,
    bytes: Vec<u8>,
    answer: oneshot::Sender<Result<Vec<u8>, AdmissionError>>,
    since: Instant,
    request: Option<OutboundRequestId>,
}

impl Ask {
    /// A request that has not left yet.
    pub(super) fn new(peer: PeerId, bytes: Vec<u8>, answer: oneshot::Sender<Result<Vec<u8>, AdmissionError>>) -> Self {
        Ask { peer, bytes, answer, since: Instant::now(), request: None }
    }

    fn end(self, outcome: Result<Vec<u8>, AdmissionError>) {
        // Whoever asked may have stopped waiting.
        let _ = self.answer.send(outcome);
    }
}

/// An answer of our desk, and whose it is.
pub(super) struct Answer {
    peer: PeerId,
    channel: ResponseChannel<Vec<u8>>,
    bytes: Vec<u8>,
}

/// Requests of others that our desk is working on: one per peer, and a bounded number in all.
#[derive(Default)]
pub(super) struct Desk {
    peers: HashSet<PeerId>,
    working: FuturesUnordered<BoxFuture<'static, Answer>>,
}

impl Desk {
    /// The next answer that is ready. Waits for ever while there is nothing to do.
    pub(super) async fn next_answer(&mut self) -> Answer {
        match self.working.next().await {
            Some(answer) => answer,
            None => pending().await,
        }
    }
}

impl CarrierTask<'_> {
    /// Asks a peer, once it is connected.
    pub(super) fn ask(&mut self, peer: PeerId, addresses: Vec<Multiaddr>, ask: Ask) {
        self.asks.push(ask);
        if self.sessions.contains_key(&peer) {
            self.send_asks(peer);
        } else if let Err(error) = self.dial(peer, addresses) {
            self.fail_unsent_asks(peer, &error.to_string());
        }
    }

    /// The peer is connected: send what waits for it.
    pub(super) fn send_asks(&mut self, peer: PeerId) {
        let swarm = &mut self.swarm;
        for ask in self.asks.iter_mut().filter(|ask| ask.peer == peer && ask.request.is_none()) {
            ask.request = Some(swarm.behaviour_mut().admission.send_request(&peer, ask.bytes.clone()));
        }
    }

    /// The peer could not be reached: say so to everybody who waits for it.
    pub(super) fn fail_unsent_asks(&mut self, peer: PeerId, cause: &str) {
        if self.sessions.contains_key(&peer) {
            return;
        }
        for ask in self.asks.extract_if(.., |ask| ask.peer == peer && ask.request.is_none()) {
            ask.end(Err(AdmissionError::Unreachable { peer, cause: cause.to_owned() }));
        }
    }

    /// Gives up what has waited too long or is waited for no more.
    pub(super) fn expire_asks(&mut self, now: Instant) {
        let too_long = |ask: &mut Ask| now.duration_since(ask.since) >= ADMISSION_WAIT || ask.answer.is_closed();
        for ask in self.asks.extract_if(.., too_long) {
            let (peer, cause) = (ask.peer, "no answer in time".to_owned());
            ask.end(Err(AdmissionError::Unanswered { peer, cause }));
        }
    }

    pub(super) fn on_admission_exchange(&mut self, exchange: Exchange<Vec<u8>, Vec<u8>>) {
        match exchange {
            Exchange::Message { peer, message: Message::Request { request, channel, .. }, .. } => {
                self.on_admission_request(peer, request, channel);
            }
            Exchange::Message { message: Message::Response { request_id, response }, .. } => {
                if let Some(ask) = self.take_ask(request_id) {
                    ask.end(Ok(response));
                }
            }
            Exchange::OutboundFailure { peer, request_id, error, .. } => self.on_ask_failed(peer, request_id, &error),
            Exchange::InboundFailure { .. } | Exchange::ResponseSent { .. } => {}
        }
    }

    /// Hands the answer of our desk to the peer.
    pub(super) fn on_desk_answer(&mut self, answer: Answer) {
        self.desk.peers.remove(&answer.peer);
        // Whoever hung up needs no answer.
        let _ = self.swarm.behaviour_mut().admission.send_response(answer.channel, answer.bytes);
    }

    fn on_admission_request(&mut self, peer: PeerId, bytes: Vec<u8>, channel: ResponseChannel<Vec<u8>>) {
        let Some(desk) = &self.shared.desk else { return };
        if self.desk.working.len() >= ADMISSIONS_AT_ONCE_MAX || !self.desk.peers.insert(peer) {
            tracing::info!(%peer, "refusing a request for admission: too many at once");
            return;
        }
        let work = desk(machine_peer(&peer), bytes);
        self.desk.working.push(Box::pin(async move { Answer { peer, channel, bytes: work.await } }));
    }

    fn take_ask(&mut self, request: OutboundRequestId) -> Option<Ask> {
        let at = self.asks.iter().position(|ask| ask.request == Some(request))?;
        Some(self.asks.swap_remove(at))
    }

    fn on_ask_failed(&mut self, peer: PeerId, request: OutboundRequestId, error: &OutboundFailure) {
        let Some(mut ask) = self.take_ask(request) else { return };
        let replaced = matches!(error, OutboundFailure::ConnectionClosed) && self.sessions.contains_key(&peer);
        if replaced {
            // Both sides had dialled at once and the other connection was kept.
            ask.request = None;
            self.asks.push(ask);
            self.send_asks(peer);
            return;
        }
        let cause = match error {
            OutboundFailure::UnsupportedProtocols => "it does not admit anybody".to_owned(),
            other => other.to_string(),
        };
        ask.end(Err(AdmissionError::Unanswered { peer, cause }));
    }
}
