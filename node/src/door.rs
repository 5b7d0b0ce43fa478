//! The doors of a node: whom it lets in, and which records it takes in. The same for a firm and for a sponsor.
//!
//! - `ADM-1`: a neighbour's hello must show a live admission by a founder of this network, whichever founder it is.
//! - `CHK-1`, `CHK-2`: a gossiped record that every node would refuse is rejected and counts against its sender; what depends on
//!   this node's clock, or on issuing keys that it has not heard of, is ignored.
//!
//! What an attacker would try: show another's admission (it names the transport identity that the carrier has proved).

use crate::{
    driver::{Check, Clock},
    swarm::Gate,
};
use machine::{Machine, Topic, Verdict};
use protocol::{
    admission::admits,
    check::{Checked, Context, Kind, check},
    genesis::Genesis,
    pass::Keyring,
    time::UnixMs,
};
use std::sync::Arc;

/// Lets in whom any founder admitted.
pub fn gate(genesis: &Genesis, clock: &Clock) -> Gate {
    let (genesis, clock) = (genesis.clone(), clock.clone());
    Arc::new(move |peer, hello| {
        let now = UnixMs(clock.now().wall.0);
        admits(hello, &genesis, &peer.0, now).map_err(|refused| refused.to_string())
    })
}

/// Judges gossiped bytes.
pub fn judge<M: Machine<Heard = Checked, Ground = Arc<Keyring>>>(genesis: &Genesis) -> Check<M> {
    let (genesis, network) = (genesis.clone(), genesis.id());
    Arc::new(move |topic, bytes, wall, keys| {
        let kind = match topic {
            Topic::Adverts => Kind::Adverts,
            Topic::Envelopes => Kind::Envelopes,
            Topic::Log => Kind::Log,
            Topic::Relays => Kind::Relays,
            Topic::Keys => Kind::Keys,
        };
        let context = Context { genesis: &genesis, network, keys, now: UnixMs(wall.0) };
        check(bytes, kind, &context).map_err(|unfit| {
            tracing::debug!(?topic, %unfit, "refused a gossiped record");
            if unfit.is_senders_fault() { Verdict::Reject } else { Verdict::Ignore }
        })
    })
}
