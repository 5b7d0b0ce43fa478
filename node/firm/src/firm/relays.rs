//! Being a relay: telling everybody so, and passing on what comes.
//!
//! - `REL-1` The descriptor of a week is told as soon as its pass is at hand; a second one when the node listens elsewhere.
//! - `REL-4` A firm relays unless its owner chose not to.
//! - `CEL-6` The last relay publishes as if a neighbour had told it; to its neighbours it is the first to say it, and everybody knows
//!   that it is a relay.

use super::{CellOf, Errand, Firm, Note, Turn};
use crate::market;
use crate::record::Event;
use crate::relaying::{self, Onward, Refused};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use machine::Peer;
use protocol::cells::{Cell, Exit, OnionSecret};
use protocol::check::{Checked, Context, Kept, Kind, Record, check, own};
use protocol::genesis::Pace;
use protocol::id::{Blob, PeerKey};
use protocol::limits::{CELLS_MISSED_MAX, RELAY_ADDRESSES_BYTES_MAX};
use protocol::parcel::Parcel;
use protocol::pass::Purpose;
use protocol::relay::{Relay, RelayBody};
use protocol::shelf::Placing;
use protocol::time::Week;

/// So many neighbours stay however idle they are: what gossip wants at most for each topic.
const NEIGHBOURS_KEPT: usize = 12;

/// A relay that is not there is tried so many times while its cell may travel.
const TRIES: u32 = 8;

impl Firm {
    /// This node as a relay, if it listens under the transport identity that it signs with.
    pub(super) fn own_peer(&self) -> PeerKey {
        PeerKey::of(&self.transport())
    }

    /// Descriptors of a week.
    pub(super) fn relays(&self, week: Week) -> impl Iterator<Item = &Relay> {
        self.market.shelf.of(Kind::Relays).filter_map(move |checked| match checked.record() {
            Record::Relay(relay) if relay.body.week == week => Some(relay),
            _ => None,
        })
    }
}

impl Turn<'_> {
    /// The pace of cells in this network, if it has any.
    pub(super) fn pace(&self) -> Option<Pace> {
        self.firm.network().and_then(|(genesis, _)| genesis.cells)
    }

    /// Whether this node carries others' cells, or would if it could be described.
    fn serves(&self) -> bool {
        self.pace().is_some() && !self.firm.relaying.declined
    }

    /// Where this node listens, as far as a descriptor has room (`REL-1`).
    fn told_addresses(&self) -> Vec<String> {
        let mut room = RELAY_ADDRESSES_BYTES_MAX;
        let printable =
            self.firm.identity.addresses.iter().filter(|one| one.bytes().all(|byte| byte.is_ascii_graphic()));
        let fits = printable.filter(|one| {
            let left = room.checked_sub(one.len());
            room = left.unwrap_or(room);
            left.is_some()
        });
        fits.cloned().collect()
    }

    /// Whether another descriptor of a week is to be told: there is none yet, or none with the present addresses.
    pub(super) fn wants_description(&self, week: Week) -> bool {
        let (addresses, own) = (self.told_addresses(), self.firm.own_peer());
        let told: Vec<&Relay> = self.firm.relays(week).filter(|relay| relay.body.peer == own).collect();
        self.serves()
            && self.firm.identity.peer.0 == own.to_peer_id()
            && !addresses.is_empty()
            && told.len() < Purpose::Peer.passes_per_epoch() as usize
            && told.iter().all(|relay| relay.body.addresses != addresses)
    }

    /// Tells everybody that this node relays, for each week of which it has a pass.
    pub(super) fn describe(&mut self) {
        for week in self.open_epochs().collect::<Vec<_>>() {
            if self.wants_description(week)
                && let Some(described) = self.description(week)
            {
                let (at, spent) = (self.at(), Some(described.holder()));
                let placed = market::Event::Placed { record: Kept(described.clone()), at, spent, own: true };
                self.record(Event::Market(placed));
                self.publish(&described);
            }
        }
    }

    fn description(&mut self, week: Week) -> Option<Checked> {
        let (_, network) = self.network().ok()?;
        let (holder, pass) = self.firm.market.wallet.issued_for(Purpose::Peer, week)?;
        let (holder, pass) = (holder.signer(), pass.clone());
        if self.firm.relaying.onion_key(week).is_none() {
            let secret = OnionSecret(self.seed("onion key").0);
            self.record(Event::Relaying(relaying::Event::KeyDrawn { week, secret }));
        }
        let onion = self.firm.relaying.onion_key(week)?;
        let (peer, addresses) = (self.firm.own_peer(), self.told_addresses());
        let predecessor = self.firm.identity.transport.predecessor(week);
        let body = RelayBody { network, peer, onion, week, addresses, pass, predecessor };
        own(Record::Relay(Relay::new(body, &holder, &self.firm.transport())))
    }

    /// Keys of weeks that are over (`REL-2`).
    pub(super) fn wipe_onion_keys(&mut self) {
        if let Some(first) = self.firm.relaying.outdated(self.at()) {
            self.record(Event::Relaying(relaying::Event::Wiped(first)));
        }
    }

    /// Takes a cell from a neighbour. Says whether it may have a receipt: what found no room may come again.
    pub(super) fn take_cell(&mut self, from: &Peer, cell: &Cell) -> bool {
        let (Some(pace), Ok((_, network)), true) = (self.pace(), self.network(), self.serves()) else { return false };
        let now = self.now.mono;
        if !self.firm.run.held.admits(from, now, pace.cell_ms.into()) {
            return false;
        }
        if let Some(used) = PeerKey::of_peer_id(&from.0).and_then(|relay| self.firm.run.relays_used.get_mut(&relay)) {
            *used = now;
        }
        match relaying::open(&self.firm.relaying, &network, cell) {
            Ok((event, delay_ms, onward)) => {
                self.record(Event::Relaying(event));
                let ripe = now + u64::from(delay_ms);
                self.firm.run.held.hold(from.clone(), onward, ripe, ripe + u64::from(pace.travel_ms));
                true
            }
            // It got through the first time, and the receipt did not.
            Err(Refused::Again) => true,
            Err(why) => {
                self.note(Note::Refused { from: from.clone(), why: why.to_string() });
                why != Refused::TooMany
            }
        }
    }

    /// Lets go what was held long enough.
    pub(super) fn pass_on(&mut self) {
        for (name, onward) in self.firm.run.held.due(self.now.mono) {
            match onward {
                Onward::Out(exit) => {
                    self.firm.run.held.done(name);
                    self.let_go(exit);
                }
                Onward::To(next, cell) => match self.connected_as(&next) {
                    Some(there) => {
                        let errand = Errand::Cell(there, CellOf::Another(name));
                        self.send(&Peer(there.to_peer_id()), &Parcel::Cell(cell), Some(errand));
                        self.firm.run.held.fly(name);
                    }
                    None => {
                        self.reach(next);
                        self.passed_on(name, next, false);
                    }
                },
            }
        }
    }

    /// A relay is connected now.
    pub(super) fn reached(&mut self, peer: &Peer) {
        if let Some(relay) = PeerKey::of_peer_id(&peer.0) {
            if self.firm.run.looked_for.remove(&relay).is_some() {
                self.firm.run.uptime.looked(relay, true);
            }
            self.firm.run.held.reached(&relay, self.now.mono);
            self.pass_on();
        }
    }

    /// Somebody else's cell landed at the next relay, or did not because that is not there.
    pub(super) fn passed_on(&mut self, name: u64, next: PeerKey, landed: bool) {
        let Some(pace) = self.pace() else { return };
        let again = self.now.mono + u64::from(pace.travel_ms / TRIES).max(1);
        if landed {
            self.firm.run.held.done(name);
        } else if self.firm.run.held.try_again(name, again) {
            self.note(Note::CellLost { next });
        }
    }

    /// Here a cell's way ends (`CEL-6`).
    fn let_go(&mut self, exit: Exit) {
        let (Exit::Publish { kind, frame: Blob(frame) }, Ok((genesis, network))) = (exit, self.network()) else {
            return;
        };
        let keys = self.firm.market.shelf.keyring().clone();
        let context = Context { genesis: &genesis, network, keys: &keys, now: self.at() };
        // Who put it in cannot be told, so nobody is blamed.
        let Ok(checked) = check(&frame, kind, &context) else { return };
        if matches!(self.take_in(&checked), Placing::New | Placing::Echo) {
            self.publish(&checked);
        }
    }

    /// Whether a relay is connected.
    pub(super) fn is_neighbour(&self, relay: &PeerKey) -> bool {
        self.firm.run.neighbours.contains(&Peer(relay.to_peer_id()))
    }

    /// Dials a relay, and the identity under which it goes on, if it does.
    pub(super) fn reach(&mut self, relay: PeerKey) {
        let heir = self.firm.heir_of(relay, self.at().week());
        core::iter::once(relay).chain(heir).for_each(|peer| self.dial_relay(peer));
    }

    /// Dials one at every address that it told, at most once in the time of one cell. One that was not there for as long as a cell
    /// may travel is a bad look.
    fn dial_relay(&mut self, relay: PeerKey) {
        let Some(pace) = self.pace() else { return };
        let (now, peer) = (self.now.mono, Peer(relay.to_peer_id()));
        let dialled = self.firm.run.dialled.get(&peer).copied();
        if dialled.is_some_and(|at| at + u64::from(pace.cell_ms) > now) {
            return;
        }
        let since = self.firm.run.looked_for.entry(relay).or_insert(now);
        if *since + u64::from(pace.travel_ms) <= now {
            *since = now;
            self.firm.run.uptime.looked(relay, false);
        }
        let described = self.firm.relays(self.at().week()).map(|relay| &relay.body).filter(|body| body.peer == relay);
        let addresses: Vec<_> = described.flat_map(|body| body.addresses.iter().cloned()).collect();
        if !addresses.is_empty() {
            self.firm.run.dialled.insert(peer.clone(), now);
            self.firm.run.relays_used.insert(relay, now);
            self.dial(peer, addresses);
        }
    }

    /// Hangs up on relays that this node dialled for a cell and has had no cell for since as long as a path waits for a relay: each
    /// would stay for ever otherwise, and a node has room for few connections. The guard stays, and so do as many
    /// neighbours as gossip wants.
    pub(super) fn let_idle_relays_go(&mut self) {
        let Some(pace) = self.pace() else { return };
        let (now, idle_ms) = (self.now.mono, u64::from(pace.cell_ms) * CELLS_MISSED_MAX);
        let guard = self.firm.leaving.pair.as_ref().map(|paired| paired.pair.guard());
        let idle =
            self.firm.run.relays_used.iter().filter(|(relay, used)| {
                **used + idle_ms <= now && guard != Some(**relay) && !self.is_known_by_name(relay)
            });
        let idle: Vec<PeerKey> = idle.map(|(relay, _)| *relay).collect();
        let spare = self.firm.run.neighbours.len().saturating_sub(NEIGHBOURS_KEPT);
        for relay in idle.into_iter().filter(|relay| self.is_neighbour(relay)).take(spare).collect::<Vec<_>>() {
            self.firm.run.relays_used.remove(&relay);
            self.hang_up(Peer(relay.to_peer_id()));
        }
    }

    /// Whether a relay is a sponsor's node, or that of a counterpart in an open deal.
    fn is_known_by_name(&self, relay: &PeerKey) -> bool {
        let peer = relay.to_peer_id();
        let open = self.firm.deals.all().filter(|deal| deal.is_open());
        self.firm.identity.joined.iter().any(|one| one.sponsor_peer.0 == peer)
            || open.filter_map(|deal| deal.identity.as_ref()).any(|identity| identity.peer.0 == peer)
    }
}
