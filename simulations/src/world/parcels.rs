//! Parcels: bytes from one node to one neighbour, confirmed when they are durable there.
//!
//! A parcel, or its receipt, may be lost; then the sender hears `Undelivered` after a timeout, or as soon as it learns that
//! the neighbour is gone. So `Undelivered` means "nobody can tell", and a machine that sends again may be received twice.

use super::links::LinkId;
use super::{CONTRACT, Event, NodeId, World};
use machine::{Delivery, Input, Machine, Parcel, Peer};

/// A parcel without a receipt counts as not delivered after this many milliseconds.
pub const PARCEL_TIMEOUT_MS: u64 = 10_000;

/// Where a received parcel came from.
pub(super) struct Origin {
    link: LinkId,
    sender: NodeId,
    run: u32,
    parcel: Parcel,
}

impl<M: Machine> World<M> {
    pub(super) fn send(&mut self, id: NodeId, to: &Peer, parcel: Parcel, bytes: Vec<u8>) {
        self.traffic.parcels += 1;
        self.traffic.parcel_bytes += bytes.len() as u64;
        let place = self.nodes[id.index()].place(id, self.at);
        let run = place.run;
        if self.nodes[id.index()].outstanding.contains_key(&parcel) {
            self.findings.of(CONTRACT).add(place, format!("parcel {} is still on its way under this name", parcel.0));
        }
        let link = self.by_peer.get(to).and_then(|other| Some((*other, self.link_between(id, *other)?)));
        let Some((to, link)) = link else { return self.never_left(id, run, parcel) };
        self.nodes[id.index()].outstanding.insert(parcel, link);
        if !self.links[link.index()].connected {
            self.queue.plan(self.at + 1, Event::Overdue { node: id, run, parcel });
            return;
        }
        self.queue.plan(self.at + PARCEL_TIMEOUT_MS, Event::Overdue { node: id, run, parcel });
        if let Some(ms) = self.passage(link) {
            let epoch = self.links[link.index()].epoch_to(to);
            self.queue.plan(self.at + ms, Event::Parcel { to, link, epoch, run, parcel, bytes });
        }
    }

    /// A parcel to somebody who is no neighbour.
    fn never_left(&mut self, id: NodeId, run: u32, parcel: Parcel) {
        self.nodes[id.index()].outstanding.insert(parcel, LinkId::NONE);
        self.queue.plan(self.at + 1, Event::Overdue { node: id, run, parcel });
    }

    pub(super) fn parcel_arrives(
        &mut self,
        id: NodeId,
        link: LinkId,
        epoch: u32,
        run: u32,
        parcel: Parcel,
        bytes: Vec<u8>,
    ) {
        if !self.arrives(link, id, epoch) {
            return;
        }
        let sender = self.links[link.index()].other(id);
        let delivery = self.names.delivery();
        let origin = Origin { link, sender, run, parcel };
        self.nodes[id.index()].deliveries.insert(delivery, origin);
        let from = self.peer(sender).clone();
        self.take(id, Input::Received { from, delivery, bytes });
    }

    pub(super) fn receipt(&mut self, id: NodeId, delivery: Delivery) {
        let node = &mut self.nodes[id.index()];
        let Some(origin) = node.deliveries.remove(&delivery) else {
            let place = node.place(id, self.at);
            let what = format!("a receipt for delivery {}, which is unknown or has one", delivery.0);
            return self.findings.of(CONTRACT).add(place, what);
        };
        let Origin { link, sender, run, parcel } = origin;
        if self.links[link.index()].connected
            && let Some(ms) = self.passage(link)
        {
            let epoch = self.links[link.index()].epoch_to(sender);
            self.queue.plan(self.at + ms, Event::Receipt { to: sender, link, epoch, run, parcel });
        }
    }

    pub(super) fn receipt_arrives(&mut self, id: NodeId, link: LinkId, epoch: u32, run: u32, parcel: Parcel) {
        let arrives = self.arrives(link, id, epoch);
        let node = &mut self.nodes[id.index()];
        if arrives && node.run == run && node.outstanding.remove(&parcel).is_some() {
            self.take(id, Input::Delivered(parcel));
        }
    }

    pub(super) fn parcel_overdue(&mut self, id: NodeId, run: u32, parcel: Parcel) {
        let node = &mut self.nodes[id.index()];
        if node.run != run || node.machine.is_none() {
            return;
        }
        if node.asleep_since.is_some() {
            node.waiting.push(Event::Overdue { node: id, run, parcel });
            return;
        }
        if node.outstanding.remove(&parcel).is_some() {
            self.traffic.undelivered += 1;
            self.take(id, Input::Undelivered(parcel));
        }
    }

    /// The neighbour at the other end is gone: nobody can tell what became of the parcels to it.
    pub(super) fn parcels_stranded(&mut self, id: NodeId, link: LinkId) {
        let outstanding = &self.nodes[id.index()].outstanding;
        let stranded: Vec<Parcel> =
            outstanding.iter().filter(|(_, on)| **on == link).map(|(parcel, _)| *parcel).collect();
        for parcel in stranded {
            self.nodes[id.index()].outstanding.remove(&parcel);
            self.traffic.undelivered += 1;
            self.take(id, Input::Undelivered(parcel));
        }
    }
}
