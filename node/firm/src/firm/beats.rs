//! Letting own records out: in cells, one beat after the other, until they were told back.
//!
//! What this node made is on its shelf under embargo (`SYN-11`); here it leaves, and nowhere else (`PTH-3`).

use super::{CellOf, Errand, Firm, Turn};
use crate::deals::{self, Deal};
use crate::leaving::{self, Choice, Step, Whose, next_pair, next_path};
use crate::record::Event;
use alloc::{collections::BTreeSet, vec::Vec};
use machine::{MonoMs, Peer};
use protocol::cells::{Cell, Delays, HOPS, Hop, Load};
use protocol::check::{Checked, Kind};
use protocol::dialogue::Position;
use protocol::genesis::Pace;
use protocol::id::{HolderKey, PeerKey, RecordId};
use protocol::limits::{CELLS_MISSED_MAX, NEIGHBOURS_ALIKE_MIN};
use protocol::parcel::Parcel;
use protocol::path::{Search, Seen};
use protocol::relay::Relay;
use protocol::shelf::Partition;
use protocol::time::Week;
use rand_core::Rng;

/// Records that are looked at in one beat: those of a node whose guards are away wait their turn.
const LOOKED_AT_MAX: usize = 16;

impl Firm {
    /// The relays of a week, and how often each was there.
    pub(crate) fn seen_relays(&self, week: Week) -> Vec<Seen<'_>> {
        let up = |relay: &Relay| self.run.uptime.permille(&relay.body.peer);
        self.relays(week).map(|relay| Seen { relay, up_permille: up(relay) }).collect()
    }

    /// Where this node looks for a path (`PTH-1`, `PTH-2`).
    pub(crate) fn search<'a>(&'a self, seen: &'a [Seen<'a>], week: Week) -> Search<'a> {
        Search { seen, week, own: self.own_peer(), guards: &self.leaving.choice.guards }
    }
}

impl Turn<'_> {
    /// The pace at which own records leave in cells; `None` when they are published directly.
    pub(super) fn leaves_at(&self) -> Option<Pace> {
        self.pace().filter(|_| !self.firm.leaving.choice.direct)
    }

    /// Lets an own record out over the path of whoever says it, or directly where that is how records leave.
    pub(super) fn let_out(&mut self, record: &Checked) {
        if self.leaves_at().is_none() {
            return self.publish(record);
        }
        let pseudonym = self.speaker_of(record);
        let at = self.firm.first_moment(record).map_or(self.at(), |first| first.max(self.at()));
        let queued = leaving::Event::Queued { record: record.id(), pseudonym, at };
        self.record(Event::Leaving(queued));
    }

    /// Whose path an own record takes (`PTH-3`): of an envelope, that of the pseudonym under which this side takes part in its deal.
    fn speaker_of(&self, record: &Checked) -> HolderKey {
        let carries = |deal: &&Deal| deal.outbox.iter().any(|out| out.way == deals::Way::Enveloped(record.id()));
        self.firm.deals.all().find(carries).map_or(record.holder(), pseudonym_in)
    }

    /// What leaves in cells is said again by its beats alone (`SYN-12`).
    pub(super) fn is_said_openly(&self, record: &Checked) -> bool {
        self.leaves_at().is_none() || matches!(record.kind(), Kind::Relays | Kind::Keys)
    }

    /// Takes in how records are to leave from now on.
    pub(super) fn choose_way(&mut self, choice: Choice) {
        if self.firm.leaving.choice != choice {
            self.record(Event::Leaving(leaving::Event::Chosen(choice)));
            self.look_after_outgoing();
        }
    }

    /// One cell in the time of one cell, if there is a path (`PTH-4`).
    pub(super) fn beat(&mut self) {
        let (now, Some(pace)) = (self.now.mono, self.leaves_at()) else { return };
        let Some(planned) = self.firm.run.beat.filter(|planned| *planned <= now) else { return };
        // A computer that slept does not make up for the beats that it left out.
        let every = u64::from(pace.cell_ms);
        self.firm.run.beat = Some(if planned + every > now { planned + every } else { now + every });
        if !self.say_in_cell(pace) {
            self.send_dummy(pace);
        }
    }

    /// The next beat; the moment of the first is drawn.
    pub(super) fn next_beat(&mut self) -> Option<MonoMs> {
        let every = self.leaves_at().map(|pace| u64::from(pace.cell_ms));
        let (now, planned) = (self.now.mono, self.firm.run.beat);
        self.firm.run.beat =
            every.map(|every| planned.unwrap_or_else(|| now + self.chance("first beat").next_u64() % every));
        self.firm.run.beat
    }

    /// The oldest record that is due and whose guard is there. Says whether one left.
    fn say_in_cell(&mut self, pace: Pace) -> bool {
        let failed = &self.firm.run.cells_failed;
        let due = self.firm.leaving.due(self.at(), |record| failed.contains(record));
        due.into_iter().take(LOOKED_AT_MAX).any(|id| {
            let Some(record) = self.firm.market.shelf.find(&id).cloned() else {
                self.record(Event::Leaving(leaving::Event::Out(id)));
                return false;
            };
            let Some(outgoing) = self.firm.leaving.outgoing.get(&id) else { return false };
            let pseudonym = Some(outgoing.pseudonym);
            if !outgoing.told && outgoing.late.is_some_and(|late| late <= self.at()) {
                self.record(Event::Leaving(leaving::Event::Late(id)));
            }
            self.path(pseudonym).is_some_and(|hops| self.send_cell(pace, &hops, Some(&record)))
        })
    }

    /// A dummy over one of the paths, or over the node's own; each carries its share.
    fn send_dummy(&mut self, pace: Pace) {
        let mut paths: Vec<Whose> = self.firm.leaving.paths.keys().copied().collect();
        if !paths.contains(&None) {
            paths.push(None);
        }
        let count = u64::try_from(paths.len()).unwrap_or(1);
        let first = usize::try_from(self.chance("dummy's path").next_u64() % count).unwrap_or(0);
        paths.rotate_left(first);
        let _ = paths.into_iter().any(|whose| self.path(whose).is_some_and(|hops| self.send_cell(pace, &hops, None)));
    }

    /// The relays of a path with this week's keys, drawn and pinned if there is none yet (`PTH-2`, `PTH-3`).
    fn path(&mut self, whose: Whose) -> Option<[Hop; HOPS]> {
        let (week, now) = (self.at().week(), self.now.mono);
        let patience_ms = u64::from(self.leaves_at()?.cell_ms) * CELLS_MISSED_MAX;
        let is_over = |since: Option<&MonoMs>| since.is_some_and(|since| *since + patience_ms <= now);
        let mut chance = self.chance("path");
        let firm = &*self.firm;
        let (leaving, run) = (&firm.leaving, &firm.run);
        let seen = firm.seen_relays(week);
        let search = firm.search(&seen, week);
        let step = next_pair(leaving.pair.as_ref(), is_over(run.pair_gone.as_ref()), &search, &mut chance);
        let (pair, new_pair) = settled(step, leaving.pair.as_ref().map(|paired| &paired.pair))?;
        let pinned = leaving.paths.get(&whose);
        let step = next_path(pinned, &pair, is_over(run.exits_gone.get(&whose)), &search, &mut chance);
        let (path, new_path) = settled(step, pinned.map(|pinned| &pinned.path))?;
        let hops = path.hops(seen.iter().map(|seen| seen.relay), week);
        if let Some(pair) = new_pair {
            self.record(Event::Leaving(leaving::Event::Paired(pair)));
            self.firm.run.pair_gone = None;
        }
        if let Some(path) = new_path {
            self.record(Event::Leaving(leaving::Event::Pinned { whose, path }));
            self.firm.run.exits_gone.remove(&whose);
        }
        let lacks_exit = hops.as_ref().is_err_and(|missing| path.relays.last() == Some(&missing.0));
        let has_pair = match &hops {
            Ok([guard, ..]) => self.connected_as(&guard.peer).is_some(),
            Err(_) => lacks_exit,
        };
        let run = &mut self.firm.run;
        run.pair_gone = if has_pair { None } else { run.pair_gone.or(Some(now)) };
        if lacks_exit {
            run.exits_gone.entry(whose).or_insert(now);
        } else {
            run.exits_gone.remove(&whose);
        }
        hops.ok()
    }

    /// Sends a cell to its guard, if that is connected; otherwise dials it. Says whether it left.
    fn send_cell(&mut self, pace: Pace, hops: &[Hop; HOPS], record: Option<&Checked>) -> bool {
        let Ok((_, network)) = self.network() else { return false };
        let [Hop { peer: guard, .. }, ..] = *hops;
        let Some(there) = self.connected_as(&guard) else {
            self.reach(guard);
            return false;
        };
        let mut chance = self.chance("cell");
        let delays = Delays::draw(pace.delay_ms, &mut chance);
        let load = record.map_or(Load::Dummy, Load::Record);
        let Ok(cell) = Cell::wrap(&network, hops, &delays, load, &mut chance) else { return false };
        if let Some(record) = record {
            self.firm.run.cells_failed.remove(&record.id());
            let id = record.id();
            let is_last = self.firm.leaving.outgoing.get(&id).is_some_and(|outgoing| outgoing.told);
            let left = leaving::Event::Left { record: id, late: delays.late(self.at(), pace.travel_ms) };
            self.record(Event::Leaving(if is_last { leaving::Event::Out(id) } else { left }));
        }
        let errand = Errand::Cell(there, CellOf::Own(record.map(Checked::id)));
        self.send(&Peer(there.to_peer_id()), &Parcel::Cell(cell), Some(errand));
        true
    }

    /// A cell landed at the next relay, or did not: a look at that relay. An own record whose guard did not take it leaves with the
    /// next beat.
    pub(super) fn cell_landed(&mut self, relay: PeerKey, of: CellOf, landed: bool) {
        self.firm.run.uptime.looked(relay, landed);
        if let Some(used) = self.firm.run.relays_used.get_mut(&relay) {
            *used = self.now.mono;
        }
        match of {
            CellOf::Own(Some(record)) if !landed => {
                self.firm.run.cells_failed.insert(record);
            }
            CellOf::Own(_) => {}
            CellOf::Another(name) => self.passed_on(name, relay, landed),
        }
    }

    /// A neighbour told an own record back.
    pub(super) fn told_back(&mut self, record: RecordId) {
        if self.firm.leaving.outgoing.get(&record).is_some_and(|outgoing| !outgoing.told) {
            self.record(Event::Leaving(leaving::Event::ToldBack { record, at: self.at() }));
        }
    }

    /// A neighbour showed that it holds the same: so it holds what was told back, too (`PTH-5`).
    pub(super) fn records_alike(&mut self, with: &Peer, parcel: &Parcel) {
        if !self.firm.leaving.outgoing.values().any(|outgoing| outgoing.told) {
            return;
        }
        let (at, firm) = (self.at(), &*self.firm);
        let kinds = [Kind::Adverts, Kind::Envelopes, Kind::Log].into_iter();
        let alike = kinds.flat_map(|kind| firm.run.rounds.alike(with, &firm.market.shelf, parcel, kind, at));
        let alike: Vec<Partition> = alike.collect();
        let told = firm.leaving.outgoing.iter().filter(|(_, outgoing)| outgoing.told).map(|(id, _)| *id);
        let shown = |id: &RecordId| firm.market.shelf.shown(id).map(Partition::of);
        let held: Vec<RecordId> = told.filter(|id| shown(id).is_some_and(|at| alike.contains(&at))).collect();
        for record in held {
            let holders: &mut BTreeSet<Peer> = self.firm.run.holders.entry(record).or_default();
            holders.insert(with.clone());
            if holders.len() >= NEIGHBOURS_ALIKE_MIN {
                self.firm.run.holders.remove(&record);
                self.record(Event::Leaving(leaving::Event::Out(record)));
            }
        }
    }

    /// What time brings: paths of pseudonyms that say nothing more, relays that nobody knows any more, and own records that are not
    /// queued, because they were made while the owner had chosen another way.
    pub(super) fn look_after_outgoing(&mut self) {
        if self.leaves_at().is_some() {
            let waiting = self.firm.market.shelf.embargoed().filter(|record| !self.is_said_openly(record));
            let unqueued = waiting.filter(|record| !self.firm.leaving.outgoing.contains_key(&record.id()));
            let unqueued: Vec<Checked> = unqueued.cloned().collect();
            unqueued.iter().for_each(|record| self.let_out(record));
        }
        let known: BTreeSet<PeerKey> = self.firm.relays(self.at().week()).map(|relay| relay.body.peer).collect();
        let connected = known.iter().filter(|relay| self.is_neighbour(relay)).copied();
        let connected: Vec<PeerKey> = connected.collect();
        self.firm.run.uptime.retain(|relay| known.contains(relay));
        self.firm.run.looked_for.retain(|relay, _| known.contains(relay));
        self.firm.run.uptime.fade();
        connected.into_iter().for_each(|relay| self.firm.run.uptime.looked(relay, true));
        let speaking = self.speaking();
        let silent: Vec<HolderKey> = self.firm.leaving.pseudonyms().filter(|one| !speaking.contains(one)).collect();
        if !silent.is_empty() {
            self.firm.run.exits_gone.retain(|whose, _| whose.is_none_or(|one| !silent.contains(&one)));
            self.record(Event::Leaving(leaving::Event::Parted(silent)));
        }
        let outgoing = &self.firm.leaving.outgoing;
        self.firm.run.holders.retain(|record, _| outgoing.contains_key(record));
        self.firm.run.cells_failed.retain(|record| outgoing.contains_key(record));
    }

    /// Pseudonyms that may still say something: of live adverts, open deals, engagements, and records on their way.
    fn speaking(&self) -> BTreeSet<HolderKey> {
        let firm = &*self.firm;
        let of_records = firm.leaving.outgoing.values().map(|outgoing| outgoing.pseudonym);
        let adverts = firm.market.adverts.values();
        let of_adverts = adverts.filter_map(|own| Some(firm.market.advert(&own.record)?.pseudonym()));
        let open = firm.deals.all().filter(|deal| deal.is_open());
        let of_deals = open.map(pseudonym_in);
        let engagements = firm.trust.engagements.values().filter(|one| one.outcome.is_none());
        let of_positions = engagements.filter_map(|one| Some(firm.market.shelf.find(&one.start)?.holder()));
        of_records.chain(of_adverts).chain(of_deals).chain(of_positions).collect()
    }
}

/// The pseudonym under which this side takes part in a deal.
fn pseudonym_in(deal: &Deal) -> HolderKey {
    let [initiator, responder] = deal.pseudonyms;
    if deal.position == Position::Initiator { initiator } else { responder }
}

/// The one to use, and once more if it is to be pinned first; nothing while there are not enough relays.
fn settled<T: Clone>(step: Step<T>, present: Option<&T>) -> Option<(T, Option<T>)> {
    match step {
        Step::Wait => None,
        Step::Keep => Some((present?.clone(), None)),
        Step::Pin(new) => Some((new.clone(), Some(new))),
    }
}
