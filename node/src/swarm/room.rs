//! What the carrier is made of: transports, and the behaviours on top of them.
//!
//! Before admission a peer can be counted, pinged and identified, say hello and ask for admission. Everything else stands
//! behind the turnstile. Identify tells no addresses: nobody needs them, and they would show the inside of a firm's network.

use super::{
    SwarmError,
    framed::Framed,
    gossip::{Gossip, Topics, gossip},
    limits::{
        ADMISSION_BYTES_MAX, ADMISSION_WAIT, CONNECTIONS_INBOUND_MAX, CONNECTIONS_MAX, CONNECTIONS_PENDING_MAX,
        CONNECTIONS_PER_PEER_MAX, HELLO_BYTES_MAX, HELLO_WAIT, IDLE_WAIT, MEMORY_BYTES_MAX, PARCEL_BYTES_MAX,
        PARCEL_STREAMS_MAX, PARCEL_WAIT, PING_INTERVAL, PING_WAIT, RECEIPT_BYTES_MAX, STRANGER_STREAMS_MAX,
        WELCOME_BYTES_MAX,
    },
    turnstile::Turnstile,
};
use libp2p::{
    StreamProtocol, SwarmBuilder,
    connection_limits::{self, ConnectionLimits},
    identify,
    identity::Keypair,
    memory_connection_limits, noise, ping,
    request_response::{self, ProtocolSupport},
    swarm::NetworkBehaviour,
    tcp, yamux,
};
use std::time::Duration;

/// What only admitted peers may use.
#[derive(NetworkBehaviour)]
pub(super) struct Admitted {
    pub(super) gossip: Gossip,
    pub(super) parcels: request_response::Behaviour<Framed>,
}

/// Everything the carrier does. The limits stand first, so that nothing else hears of a connection that they refuse.
#[derive(NetworkBehaviour)]
pub(super) struct Room {
    limits: connection_limits::Behaviour,
    memory: memory_connection_limits::Behaviour,
    ping: ping::Behaviour,
    identify: identify::Behaviour,
    pub(super) hello: request_response::Behaviour<Framed>,
    pub(super) admission: request_response::Behaviour<Framed>,
    pub(super) admitted: Turnstile<Admitted>,
}

impl Room {
    fn new(key: &Keypair, network: &str, topics: &Topics, has_desk: bool) -> Result<Self, String> {
        let limits = ConnectionLimits::default()
            .with_max_pending_incoming(Some(CONNECTIONS_PENDING_MAX))
            .with_max_pending_outgoing(Some(CONNECTIONS_PENDING_MAX))
            .with_max_established_incoming(Some(CONNECTIONS_INBOUND_MAX))
            .with_max_established(Some(CONNECTIONS_MAX))
            .with_max_established_per_peer(Some(CONNECTIONS_PER_PEER_MAX));
        let ping = ping::Config::new().with_interval(PING_INTERVAL).with_timeout(PING_WAIT);
        let identify = identify::Config::new(format!("/cosolvent/{network}/1"), key.public())
            .with_agent_version("cosolvent".to_owned())
            .with_hide_listen_addrs(true)
            .with_cache_size(0);
        let desk = if has_desk { ProtocolSupport::Full } else { ProtocolSupport::Outbound };
        let admitted = Admitted {
            gossip: gossip(network, topics)?,
            parcels: asking(network, "parcel", PARCEL_BYTES_MAX, RECEIPT_BYTES_MAX, PARCEL_WAIT, PARCEL_STREAMS_MAX)?
                .with(ProtocolSupport::Full),
        };
        let hello = asking(network, "hello", HELLO_BYTES_MAX, WELCOME_BYTES_MAX, HELLO_WAIT, STRANGER_STREAMS_MAX)?;
        let admission = asking(
            network,
            "admission",
            ADMISSION_BYTES_MAX,
            ADMISSION_BYTES_MAX,
            ADMISSION_WAIT,
            STRANGER_STREAMS_MAX,
        )?;
        Ok(Room {
            limits: connection_limits::Behaviour::new(limits),
            memory: memory_connection_limits::Behaviour::with_max_bytes(MEMORY_BYTES_MAX),
            ping: ping::Behaviour::new(ping),
            identify: identify::Behaviour::new(identify),
            hello: hello.with(ProtocolSupport::Full),
            admission: admission.with(desk),
            admitted: Turnstile::new(admitted),
        })
    }
}

/// A protocol of one question and one answer.
struct Asking {
    codec: Framed,
    protocol: StreamProtocol,
    config: request_response::Config,
}

fn asking(
    network: &str,
    noun: &str,
    request_bytes_max: usize,
    answer_bytes_max: usize,
    wait: Duration,
    streams_max: usize,
) -> Result<Asking, String> {
    let protocol =
        StreamProtocol::try_from_owned(format!("/cosolvent/{network}/{noun}/1")).map_err(|e| e.to_string())?;
    let config =
        request_response::Config::default().with_request_timeout(wait).with_max_concurrent_streams(streams_max);
    Ok(Asking { codec: Framed { request_bytes_max, answer_bytes_max }, protocol, config })
}

impl Asking {
    fn with(self, support: ProtocolSupport) -> request_response::Behaviour<Framed> {
        request_response::Behaviour::with_codec(self.codec, [(self.protocol, support)], self.config)
    }
}

/// A libp2p swarm with everything in it, listening nowhere yet.
pub(super) fn build(
    key: &Keypair,
    network: &str,
    topics: &Topics,
    has_desk: bool,
) -> Result<libp2p::Swarm<Room>, SwarmError> {
    let unbuilt = |cause: String| SwarmError::Build { cause };
    let room = Room::new(key, network, topics, has_desk).map_err(unbuilt)?;
    let swarm = SwarmBuilder::with_existing_identity(key.clone())
        .with_tokio()
        .with_tcp(tcp::Config::default().nodelay(true), noise::Config::new, yamux::Config::default)
        .map_err(|e| unbuilt(e.to_string()))?
        .with_quic()
        .with_behaviour(|_| room)
        .map_err(|e| unbuilt(e.to_string()))?
        .with_swarm_config(|config| config.with_idle_connection_timeout(IDLE_WAIT))
        .build();
    Ok(swarm)
}
