//! Joining a network: showing an invitation to its sponsor and taking in the welcome, if it holds together.
//!
//! A firm may be a member of several sponsors of one network, and joins a further one in the same way while its node runs.
//!
//! Nothing is kept unless everything fits: the genesis must hash to the network that the invitation names (`NET-1`), be of a
//! kind that this node was started for (`NET-2`), and the firm itself judges signatures and names (`ADM-2`).

use super::{Office, running::named};
use crate::{
    driver::Stopped,
    swarm::{AdmissionError, Gate, Swarm, SwarmConfig, SwarmError},
};
use ed25519_dalek::SigningKey;
use firm::{
    Firm,
    command::{Answer, Asker, Command, Refusal},
};
use libp2p::{Multiaddr, PeerId};
use protocol::{
    admission::{ADMISSION_BYTES_MAX, AdmissionAnswer, AdmissionRequest, NotAdmitted, Welcome},
    genesis::NetworkKind,
    id::NetworkId,
    invitation::{BadInvitation, Invitation},
    vocabulary::ResourceClass,
    wire::{decode, encode},
};
use std::sync::Arc;
use thiserror::Error;
use tokio::sync::mpsc;
use zeroize::Zeroizing;

/// Why a firm did not join.
#[derive(Debug, Error)]
pub enum JoinError {
    /// The invitation itself.
    #[error(transparent)]
    Invitation(#[from] BadInvitation),
    /// The invitation names no address of a kind that this program speaks.
    #[error("the invitation names no address that this program can reach; ask the sponsor for one with an IP address")]
    NoAddress,
    /// The sponsor says no, and why.
    #[error(transparent)]
    NotAdmitted(#[from] NotAdmitted),
    /// The sponsor cannot be reached, or does not answer.
    #[error(transparent)]
    Asking(#[from] AdmissionError),
    /// The firm belongs elsewhere.
    #[error(
        "this invitation is for another network than the one that this firm belongs to; nothing was joined, use another data \
         folder to be a member of that one, too"
    )]
    Elsewhere,
    /// The answer is not one.
    #[error("the sponsor's answer cannot be read; update this program, and if that does not help, tell the sponsor")]
    Unreadable,
    /// Another network than the invitation's.
    #[error("the sponsor's answer is about another network than the invitation; do not use it, and tell the sponsor")]
    AnotherNetwork,
    /// `NET-2`.
    #[error(
        "the invitation is for a {} network and this node was started for a {} one; nothing was joined, ask the sponsor \
         which one is meant", named(*found), named(*started_for)
    )]
    WrongKind {
        /// What the node was started for.
        started_for: NetworkKind,
        /// What the genesis says.
        found: NetworkKind,
    },
    /// The firm refuses the welcome.
    #[error(transparent)]
    Refused(Refusal),
    /// The carrier.
    #[error(transparent)]
    Swarm(#[from] SwarmError),
    /// The machine.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl JoinError {
    /// Whether the sponsor may have used the invitation up for this node's keys, so that asking again with the same keys is
    /// better than with new ones.
    pub fn may_be_admitted(&self) -> bool {
        matches!(
            self,
            JoinError::Asking(AdmissionError::Unanswered { .. } | AdmissionError::Stopped) | JoinError::Stopped(_)
        )
    }
}

impl Office {
    /// Asks the invitation's sponsor for admission and takes in its welcome. `classes` are the coarse categories that the
    /// firm declares to its sponsor. A running node asks through its own carrier.
    ///
    /// # Errors
    /// [`JoinError`]; the firm belongs to what it belonged to before.
    pub async fn join(
        &self,
        invitation: &Invitation,
        kind: NetworkKind,
        classes: Vec<ResourceClass>,
    ) -> Result<(), JoinError> {
        let body = invitation.body();
        invitation.live_at(self.now())?;
        let look = |firm: &Firm| (firm.identity.founding.clone(), firm.network().map(|(_, network)| network));
        let (founding, network) = self.handle().view(look).await?;
        let founding = founding.ok_or(JoinError::Refused(Refusal::NotFounded))?;
        if network.is_some_and(|network| network != body.network) {
            return Err(JoinError::Elsewhere);
        }
        let (token, legal_name, inception) = (body.token, founding.legal_name, founding.log.inception);
        let request = AdmissionRequest { token, legal_name, inception, classes };
        let mut welcome = self.ask_sponsor(invitation, &request).await?;
        if welcome.genesis.id() != body.network || welcome.membership.body.sponsor != body.sponsor {
            return Err(JoinError::AnotherNetwork);
        }
        if welcome.genesis.kind != kind {
            return Err(JoinError::WrongKind { started_for: kind, found: welcome.genesis.kind });
        }
        keep_in_touch(&mut welcome, invitation);
        let join = Command::Join { welcome, sponsor_peer: body.peer.clone() };
        match self.ask(Asker::Operator, join).await? {
            Answer::Refused(refusal) => Err(JoinError::Refused(refusal)),
            _ => Ok(()),
        }
    }

    /// Joins a further sponsor of the network that the firm belongs to, or the same one anew.
    ///
    /// # Errors
    /// As [`Office::join`].
    pub async fn join_another(&self, invitation: &Invitation, classes: Vec<ResourceClass>) -> Result<(), JoinError> {
        let kind = self.handle().view(|firm: &Firm| firm.network().map(|(genesis, _)| genesis.kind)).await?;
        let kind = kind.ok_or(JoinError::Refused(Refusal::NotJoined))?;
        self.join(invitation, kind, classes).await
    }

    async fn ask_sponsor(
        &self,
        invitation: &Invitation,
        request: &AdmissionRequest,
    ) -> Result<Box<Welcome>, JoinError> {
        let body = invitation.body();
        let sponsor = PeerId::from_bytes(&body.peer.0).map_err(|_| BadInvitation::Damaged)?;
        let addresses: Vec<Multiaddr> = body.addresses.iter().filter_map(|text| text.parse().ok()).collect();
        if addresses.is_empty() {
            return Err(JoinError::NoAddress);
        }
        let request = encode(request);
        let answer = match self.carrier().get() {
            Some(carrier) => carrier.ask_admission(sponsor, addresses, request).await?,
            None => {
                let transport = self.handle().view(Firm::transport).await?;
                self.ask_alone((body.network, transport), sponsor, addresses, request).await?
            }
        };
        let answer: AdmissionAnswer = decode(&answer, ADMISSION_BYTES_MAX).map_err(|_| JoinError::Unreadable)?;
        match answer {
            AdmissionAnswer::Welcome(welcome) => Ok(welcome),
            AdmissionAnswer::NotAdmitted(why) => Err(why.into()),
        }
    }

    /// A carrier of its own for one question: it listens nowhere and lets nobody in.
    async fn ask_alone(
        &self,
        (network, transport): (NetworkId, SigningKey),
        sponsor: PeerId,
        addresses: Vec<Multiaddr>,
        request: Vec<u8>,
    ) -> Result<Vec<u8>, JoinError> {
        let nobody: Gate = Arc::new(|_, _| Err("this node has not joined yet".into()));
        let config = SwarmConfig {
            transport_key: Zeroizing::new(transport.to_bytes()),
            network: network.to_string(),
            listen: Vec::new(),
            meeting_points: Vec::new(),
            admission: None,
            gate: nobody,
            admission_desk: None,
        };
        let (_to_carrier, outbox) = mpsc::unbounded_channel();
        let (inbox, _events) = mpsc::channel(1);
        let swarm = Swarm::start(config, outbox, inbox).await?;
        let answer = swarm.way().ask_admission(sponsor, addresses, request).await;
        swarm.stop().await;
        Ok(answer?)
    }
}

/// The sponsor's own addresses become meeting points like those that it names, so that its passes can be fetched.
fn keep_in_touch(welcome: &mut Welcome, invitation: &Invitation) {
    let Ok(sponsor) = PeerId::from_bytes(&invitation.body().peer.0) else { return };
    for address in &invitation.body().addresses {
        let point = format!("{address}/p2p/{sponsor}");
        if !welcome.meeting_points.contains(&point) {
            welcome.meeting_points.push(point);
        }
    }
}
