//! Opening the doors: every configured address is listened on, or the error names the one that is not.
//!
//! The TCP transport shares its port with other sockets of the same user (`SO_REUSEPORT`), so a second instance would
//! silently take half of the first one's callers. Each port is therefore tried first without sharing.

use super::{
    SwarmError,
    limits::LISTEN_WAIT,
    room::{Room, RoomEvent},
};
use futures::StreamExt as _;
use libp2p::{Multiaddr, TransportError, core::transport::ListenerId, multiaddr::Protocol, swarm::SwarmEvent};
use std::{
    collections::{HashMap, VecDeque},
    io,
    net::{IpAddr, TcpListener, UdpSocket},
};

/// A swarm that listens, and what happened to it meanwhile.
pub(super) struct Opened {
    pub(super) swarm: libp2p::Swarm<Room>,
    /// Events that came before the addresses were known; they count like any other.
    pub(super) early: VecDeque<SwarmEvent<RoomEvent>>,
    /// The configured addresses with chosen ports in place of 0, for the next start.
    pub(super) fixed: Vec<Multiaddr>,
}

/// Listens on every address.
pub(super) async fn open(mut swarm: libp2p::Swarm<Room>, addresses: &[Multiaddr]) -> Result<Opened, SwarmError> {
    for address in addresses {
        try_alone(address)?;
    }
    let mut listeners = Vec::new();
    for address in addresses {
        let id = swarm.listen_on(address.clone()).map_err(|error| refused(address, error))?;
        listeners.push((id, address.clone()));
    }
    let mut early = VecDeque::new();
    let mut named: HashMap<ListenerId, Multiaddr> = HashMap::new();
    let all_named = async {
        while named.len() < listeners.len() {
            let event = swarm.select_next_some().await;
            if let SwarmEvent::NewListenAddr { listener_id, address } = &event {
                named.entry(*listener_id).or_insert_with(|| address.clone());
            }
            early.push_back(event);
        }
    };
    if tokio::time::timeout(LISTEN_WAIT, all_named).await.is_err() {
        tracing::warn!("the operating system has not named every listen address yet; going on");
    }
    let fixed = listeners
        .into_iter()
        .map(|(id, address)| named.get(&id).map_or_else(|| address.clone(), |actual| with_port_of(&address, actual)))
        .collect();
    Ok(Opened { swarm, early, fixed })
}

fn refused(address: &Multiaddr, error: TransportError<io::Error>) -> SwarmError {
    let address = address.clone();
    match error {
        TransportError::MultiaddrNotSupported(_) => SwarmError::Unsupported { address },
        TransportError::Other(source) if source.kind() == io::ErrorKind::AddrInUse => SwarmError::PortInUse { address },
        TransportError::Other(source) => SwarmError::Listen { address, source },
    }
}

fn try_alone(address: &Multiaddr) -> Result<(), SwarmError> {
    let mut parts = address.iter();
    let ip: IpAddr = match parts.next() {
        Some(Protocol::Ip4(ip)) => ip.into(),
        Some(Protocol::Ip6(ip)) => ip.into(),
        _ => return Ok(()),
    };
    let tried = match parts.next() {
        Some(Protocol::Tcp(port)) if port != 0 => TcpListener::bind((ip, port)).map(drop),
        Some(Protocol::Udp(port)) if port != 0 => UdpSocket::bind((ip, port)).map(drop),
        _ => Ok(()),
    };
    match tried {
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            Err(SwarmError::PortInUse { address: address.clone() })
        }
        // Any other trouble shows when it is listened on in earnest.
        _ => Ok(()),
    }
}

/// The configured address with the port of the actual one where the configuration left it open.
fn with_port_of(configured: &Multiaddr, actual: &Multiaddr) -> Multiaddr {
    let port = actual.iter().find_map(|part| match part {
        Protocol::Tcp(port) | Protocol::Udp(port) => Some(port),
        _ => None,
    });
    configured
        .iter()
        .map(|part| match (part, port) {
            (Protocol::Tcp(0), Some(port)) => Protocol::Tcp(port),
            (Protocol::Udp(0), Some(port)) => Protocol::Udp(port),
            (other, _) => other,
        })
        .collect()
}
