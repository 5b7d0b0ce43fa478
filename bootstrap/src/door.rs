//! A sponsor's own part at the doors of its node ([`node::door`] has the rest): requests for admission go to its machine and the
//! answers back, whoever asks; and it admits its own node, so that neighbours treat it like any other.
//!
//! What an attacker would try: flood the desk (the carrier bounds how many are answered at once, and a refused request leaves no
//! trace in the journal).

use futures::FutureExt;
use node::{
    driver::{Clock, Handle},
    swarm::AdmissionDesk,
};
use protocol::{
    admission::Admission,
    genesis::Genesis,
    id::{Blob, SponsorKey},
    sign::Signed,
    time::{DAY_MS, UnixMs},
    wire::encode,
};
use sponsor::{Answer, Command, Sponsor, SponsorKeys};
use std::sync::Arc;
use tokio::sync::watch;

/// How long the node's own admission holds, in milliseconds: 30 days.
pub(crate) const OWN_ADMISSION_MS: u64 = 30 * DAY_MS;
/// The node signs itself a new admission when less than this is left, in milliseconds: 20 days. So a neighbour on a long
/// connection hears three hellos a month, and a node that slept for two weeks is still admitted when it wakes.
pub(crate) const OWN_ADMISSION_LEFT_MS: u64 = 20 * DAY_MS;

/// The machine, once it runs. The ports open a moment earlier, because invitations name them.
pub(crate) type Convened = watch::Receiver<Option<Handle<Sponsor>>>;

/// The time of day, as the protocol writes it.
pub(crate) fn wall(clock: &Clock) -> UnixMs {
    UnixMs(clock.now().wall.0)
}

/// Takes requests for admission to the machine, and its answers back.
pub(crate) fn admission_desk(convened: Convened) -> AdmissionDesk {
    Arc::new(move |peer, request| {
        let mut convened = convened.clone();
        async move {
            let handle = convened.wait_for(Option::is_some).await.ok().and_then(|handle| handle.clone());
            let command = Command::Admit { peer: Blob(peer.0), request: Blob(request) };
            let answer = match handle {
                Some(handle) => handle.ask(command).await.ok(),
                None => None,
            };
            match answer {
                Some(Answer::Admission(bytes)) => bytes.0,
                // The node is about to stop. No bytes are no answer, and nothing was recorded.
                _ => Vec::new(),
            }
        }
        .boxed()
    })
}

/// A sponsor's word for its own node, and when it lapses.
pub(crate) fn own_admission(keys: &SponsorKeys, genesis: &Genesis, peer: &Blob, now: UnixMs) -> (Vec<u8>, UnixMs) {
    let (sponsor, expires) = (SponsorKey::of(&keys.operating), now.plus(OWN_ADMISSION_MS));
    let admission = Admission { network: genesis.id(), sponsor, peer: peer.clone(), expires };
    (encode(&Signed::new(admission, &keys.operating)), expires)
}
