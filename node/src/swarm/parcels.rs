//! Parcels under way: those of ours that wait for a receipt, and those of others that wait for ours.
//!
//! The promise to the driver: every parcel it sends comes back exactly once, as delivered or as undelivered, whatever
//! happens to the connection, the peer or the carrier itself. The promise to others: what one peer can make us hold is
//! bounded, so none can crowd the rest out.

use super::limits::{
    PARCELS_FLYING_PER_PEER_MAX, PARCELS_HELD_MAX, PARCELS_HELD_PER_PEER_MAX, PARCELS_QUEUED_BYTES_MAX,
    PARCELS_QUEUED_BYTES_PER_PEER_MAX, PARCELS_QUEUED_PER_PEER_MAX,
};
use libp2p::{
    PeerId,
    request_response::{InboundRequestId, OutboundRequestId, ResponseChannel},
};
use machine::{Delivery, Parcel};
use std::collections::{BTreeMap, HashMap, VecDeque};

/// Our parcels to one peer.
#[derive(Default)]
struct Outgoing {
    queued: VecDeque<(Parcel, Vec<u8>)>,
    queued_bytes: usize,
    flying: usize,
}

/// Parcels of ours.
#[derive(Default)]
pub(super) struct Sent {
    peers: HashMap<PeerId, Outgoing>,
    queued_bytes: usize,
    flying: HashMap<OutboundRequestId, (PeerId, Parcel)>,
}

impl Sent {
    /// Puts a parcel in the peer's queue, or gives it back because the queue is full.
    pub(super) fn queue(&mut self, to: PeerId, parcel: Parcel, bytes: Vec<u8>) -> Result<(), Parcel> {
        let outgoing = self.peers.entry(to).or_default();
        let has_room = outgoing.queued.len() < PARCELS_QUEUED_PER_PEER_MAX
            && outgoing.queued_bytes + bytes.len() <= PARCELS_QUEUED_BYTES_PER_PEER_MAX
            && self.queued_bytes + bytes.len() <= PARCELS_QUEUED_BYTES_MAX;
        if !has_room {
            return Err(parcel);
        }
        outgoing.queued_bytes += bytes.len();
        self.queued_bytes += bytes.len();
        outgoing.queued.push_back((parcel, bytes));
        Ok(())
    }

    /// The next parcel that may fly to this peer.
    pub(super) fn next(&mut self, to: PeerId) -> Option<(Parcel, Vec<u8>)> {
        let outgoing = self.peers.get_mut(&to).filter(|o| o.flying < PARCELS_FLYING_PER_PEER_MAX)?;
        let (parcel, bytes) = outgoing.queued.pop_front()?;
        outgoing.queued_bytes -= bytes.len();
        self.queued_bytes -= bytes.len();
        outgoing.flying += 1;
        Some((parcel, bytes))
    }

    /// The parcel flies under this request.
    pub(super) fn fly(&mut self, request: OutboundRequestId, to: PeerId, parcel: Parcel) {
        self.flying.insert(request, (to, parcel));
    }

    /// The request has ended, well or badly.
    pub(super) fn land(&mut self, request: OutboundRequestId) -> Option<(PeerId, Parcel)> {
        let (to, parcel) = self.flying.remove(&request)?;
        if let Some(outgoing) = self.peers.get_mut(&to) {
            outgoing.flying = outgoing.flying.saturating_sub(1);
            if outgoing.flying == 0 && outgoing.queued.is_empty() {
                self.peers.remove(&to);
            }
        }
        Some((to, parcel))
    }

    /// The peer is gone: what has not left yet comes back. What is flying lands by itself.
    pub(super) fn peer_gone(&mut self, peer: &PeerId) -> Vec<Parcel> {
        let Some(outgoing) = self.peers.get_mut(peer) else { return Vec::new() };
        self.queued_bytes -= std::mem::take(&mut outgoing.queued_bytes);
        let queued = outgoing.queued.drain(..).map(|(parcel, _)| parcel).collect();
        if outgoing.flying == 0 {
            self.peers.remove(peer);
        }
        queued
    }
}

struct Held {
    from: PeerId,
    request: InboundRequestId,
    channel: ResponseChannel<Vec<u8>>,
}

/// Parcels of others that wait for our receipt.
#[derive(Default)]
pub(super) struct Received {
    held: BTreeMap<Delivery, Held>,
}

impl Received {
    /// Whether another parcel of this peer may be taken in.
    pub(super) fn has_room(&self, from: &PeerId) -> bool {
        self.held.len() < PARCELS_HELD_MAX
            && self.held.values().filter(|held| held.from == *from).count() < PARCELS_HELD_PER_PEER_MAX
    }

    /// Holds a parcel's channel until the receipt.
    pub(super) fn hold(
        &mut self,
        delivery: Delivery,
        from: PeerId,
        request: InboundRequestId,
        channel: ResponseChannel<Vec<u8>>,
    ) {
        self.held.insert(delivery, Held { from, request, channel });
    }

    /// The channel on which to confirm a delivery.
    pub(super) fn release(&mut self, delivery: Delivery) -> Option<ResponseChannel<Vec<u8>>> {
        self.held.remove(&delivery).map(|held| held.channel)
    }

    /// The request behind a delivery has ended without us.
    pub(super) fn give_up(&mut self, request: InboundRequestId) {
        self.held.retain(|_, held| held.request != request);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_queue_gives_the_parcel_back_and_a_gone_peer_gives_back_all() {
        let (mut sent, peer) = (Sent::default(), PeerId::random());
        for n in 0..PARCELS_QUEUED_PER_PEER_MAX as u64 {
            sent.queue(peer, Parcel(n), vec![]).unwrap();
        }
        assert_eq!(sent.queue(peer, Parcel(999), vec![]), Err(Parcel(999)));
        let flying = std::iter::from_fn(|| sent.next(peer)).count();
        assert_eq!(flying, PARCELS_FLYING_PER_PEER_MAX);
        assert_eq!(sent.peer_gone(&peer).len(), PARCELS_QUEUED_PER_PEER_MAX - flying);
    }

    #[test]
    fn a_crowd_that_asks_much_and_takes_nothing_is_bounded_in_bytes_and_one_that_leaves_makes_room() {
        use super::super::limits::PARCEL_BYTES_MAX;
        let mut sent = Sent::default();
        let fill = |sent: &mut Sent, peer| {
            (0..20_u64).filter(|n| sent.queue(peer, Parcel(*n), vec![0; PARCEL_BYTES_MAX]).is_ok()).count()
        };
        let crowd: Vec<PeerId> = (0..10).map(|_| PeerId::random()).collect();
        let queued: Vec<usize> = crowd.iter().map(|peer| fill(&mut sent, *peer)).collect();
        assert_eq!(queued, [8, 8, 8, 8, 8, 8, 8, 8, 0, 0]);
        assert_eq!(sent.peer_gone(&crowd[0]).len(), 8);
        assert!(sent.next(crowd[1]).is_some());
        assert_eq!((fill(&mut sent, crowd[8]), fill(&mut sent, crowd[9])), (8, 1));
    }
}
