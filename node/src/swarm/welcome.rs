//! Hello and welcome: how two peers let each other in (the picture is in `session`).

use super::{
    carrier_task::CarrierTask,
    limits::HELLOS_MAX,
    peer as machine_peer,
    session::{Judged, hello},
};
use crate::carrier::FromCarrier;
use libp2p::{
    PeerId,
    request_response::{Event as Exchange, Message, OutboundRequestId, ResponseChannel},
    swarm::ConnectionId,
};

impl CarrierTask<'_> {
    /// Says hello, if it is due and none is under way.
    pub(super) fn say_hello(&mut self, peer: PeerId) {
        let Some(session) = self.sessions.get_mut(&peer) else { return };
        if !session.hello_due || session.hello.is_some() {
            return;
        }
        if session.hellos_said >= HELLOS_MAX {
            tracing::info!(%peer, "hanging up: too many hellos without an answer");
            self.hang_up(peer);
            return;
        }
        session.hello_due = false;
        session.hellos_said += 1;
        let bytes = hello::say(self.shared.admission.as_deref());
        session.hello = Some(self.swarm.behaviour_mut().hello.send_request(&peer, bytes));
    }

    /// Shows another admission from now on, also to those who are there.
    pub(super) fn replace_admission(&mut self, admission: Vec<u8>) {
        self.shared.admission = Some(admission);
        let peers: Vec<_> = self.sessions.keys().copied().collect();
        for peer in peers {
            if let Some(session) = self.sessions.get_mut(&peer) {
                session.hello_due = true;
                session.hellos_said = 0;
            }
            self.say_hello(peer);
        }
    }

    pub(super) fn on_hello_exchange(&mut self, exchange: Exchange<Vec<u8>, Vec<u8>>) {
        match exchange {
            Exchange::Message { peer, message: Message::Request { request, channel, .. }, .. } => {
                self.on_hello(peer, &request, channel);
            }
            Exchange::Message { peer, message: Message::Response { request_id, response }, .. } => {
                self.on_hello_answer(peer, request_id, &response);
            }
            Exchange::OutboundFailure { peer, request_id, error, .. } => {
                let session = self.sessions.get_mut(&peer).filter(|session| session.hello == Some(request_id));
                if let Some(session) = session {
                    // The next tick says it again, as long as the connection lasts.
                    tracing::debug!(%peer, %error, "a hello was not answered");
                    session.hello = None;
                    session.hello_due = true;
                }
            }
            Exchange::InboundFailure { .. } | Exchange::ResponseSent { .. } => {}
        }
    }

    fn on_hello(&mut self, peer: PeerId, bytes: &[u8], channel: ResponseChannel<Vec<u8>>) {
        let Some(session) = self.sessions.get_mut(&peer) else { return };
        session.hellos_heard += 1;
        if session.hellos_heard > HELLOS_MAX {
            tracing::info!(%peer, "hanging up: too many hellos");
            self.hang_up(peer);
            return;
        }
        let verdict = match hello::hear(bytes) {
            Some(admission) => (self.shared.gate)(&machine_peer(&peer), admission),
            None => Err("this is no hello".to_owned()),
        };
        if let Err(reason) = verdict {
            tracing::debug!(%peer, reason, "not admitted");
            let was_in = session.judged != Judged::Out;
            self.answer_hello(channel, hello::sorry(&reason));
            if was_in {
                self.hang_up(peer);
            }
            return;
        }
        session.shown = hello::hear(bytes).flatten().map(<[u8]>::to_vec);
        match session.judged {
            Judged::Listening => self.answer_hello(channel, hello::welcome()),
            Judged::In => session.unanswered.push(channel),
            Judged::Out => {
                session.judged = Judged::In;
                session.unanswered.push(channel);
                let connection = session.connection;
                self.swarm.behaviour_mut().admitted.let_through(connection);
            }
        }
    }

    /// Hangs up on peers that our gate would not let in any more: an admission lapses while its holder is connected.
    pub(super) fn look_at_admissions(&mut self) {
        let inside = self.sessions.iter().filter(|(_, session)| session.judged != Judged::Out);
        let lapsed = inside.filter_map(|(peer, session)| {
            let verdict = (self.shared.gate)(&machine_peer(peer), session.shown.as_deref());
            verdict.err().map(|reason| (*peer, reason))
        });
        for (peer, reason) in lapsed.collect::<Vec<_>>() {
            tracing::info!(%peer, reason, "hanging up: not admitted any more");
            self.hang_up(peer);
        }
    }

    fn answer_hello(&mut self, channel: ResponseChannel<Vec<u8>>, answer: Vec<u8>) {
        // Whoever hung up needs no answer.
        let _ = self.swarm.behaviour_mut().hello.send_response(channel, answer);
    }

    fn on_hello_answer(&mut self, peer: PeerId, request: OutboundRequestId, answer: &[u8]) {
        let Some(session) = self.sessions.get_mut(&peer).filter(|session| session.hello == Some(request)) else {
            return;
        };
        session.hello = None;
        match hello::answered(answer) {
            Ok(()) => session.welcomed = true,
            Err(reason) => tracing::info!(%peer, reason, "the peer does not let us in"),
        }
        self.say_hello(peer);
        self.connect(peer);
    }

    /// The door to this peer listens: those who said hello may come.
    pub(super) fn on_listening(&mut self, peer: PeerId, connection: ConnectionId) {
        let session = self.sessions.get_mut(&peer).filter(|session| session.connection == connection);
        let Some(session) = session else { return };
        session.judged = Judged::Listening;
        for channel in std::mem::take(&mut session.unanswered) {
            self.answer_hello(channel, hello::welcome());
        }
        self.connect(peer);
    }

    /// The peer sends what only those send who have welcomed us; its word may still be under way.
    pub(super) fn welcomed_by_deed(&mut self, peer: PeerId) {
        if let Some(session) = self.sessions.get_mut(&peer).filter(|session| session.judged == Judged::Listening) {
            session.welcomed = true;
            self.connect(peer);
        }
    }

    fn connect(&mut self, peer: PeerId) {
        let Some(session) = self.sessions.get_mut(&peer) else { return };
        if session.connected || !session.welcomed || session.judged != Judged::Listening {
            return;
        }
        session.connected = true;
        self.swarm.behaviour_mut().admitted.speak(&peer);
        self.meeting_points.connected(&peer);
        self.shared.report(FromCarrier::Connected(machine_peer(&peer)));
    }
}
