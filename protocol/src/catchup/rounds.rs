//! What a node remembers of its catch-up with each neighbour while it runs: what it asked for, and whether the two agreed.
//!
//! Nothing durable depends on it and no answer to a neighbour follows from it (`SYN-4`); forgetting it costs a repetition. A
//! round begins with a root. What the neighbour turns out to hold and this node lacks is asked for in batches, one at a time,
//! the nearest first, from several neighbours side by side; when a round brought news, the next follows at once. Every other
//! round begins with another partition.
//!
//! - `SYN-9` A node asks a neighbour for one batch at a time, does not ask two neighbours for one record at once (unless the
//!   first let it down before), does not ask again for what it refused, and leaves a neighbour's questions unanswered while
//!   [`ANSWERS_FLYING_MAX`](crate::limits::ANSWERS_FLYING_MAX) answers to it are on the way.
//! - `SYN-14` A neighbour holds the same of a partition once it has told the same root or print, or said "same".
//! - `SYN-10` A node counts itself complete when two neighbours agreed with it. One that goes on to differ while two others
//!   agree withholds something or has something that the others refuse: it is shown.
//!
//! What an attacker would try: offer ids that nobody has (they make a list of bounded length, dropped at the next round), take
//! a question and never answer, or answer without what was asked (at the second look the batch is given up, and from then on
//! others are asked for whatever this neighbour is asked for), tell each half of the network another thing under one key, so often
//! that these differences, which stay, fill every answer (a later round begins behind them), send a good record
//! as if it were bad (it is not remembered as refused).

use super::{Findings, begin, bodies, go_on};
use crate::check::{Checked, Context, Kind, Unfit, check};
use crate::frame::record_id;
use crate::id::{Blob, Hash, Print, RecordId};
use crate::limits::{
    ANSWERS_FLYING_MAX, BODIES_PER_PARCEL_MAX, IDS_PER_PARCEL_MAX, NEIGHBOURS_ALIKE_MIN, REFUSED_IDS_MAX,
};
use crate::parcel::Parcel;
use crate::shelf::{Partition, Placing, Shelf};
use crate::time::UnixMs;
use alloc::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    vec,
    vec::Vec,
};

/// Rounds with all neighbours. `P` names a neighbour.
#[derive(Clone, Debug)]
pub struct Rounds<P> {
    with: BTreeMap<P, Round>,
    refused: BTreeSet<RecordId>,
    /// To whom each parcel of catch-up is on the way, by its name.
    flying: BTreeMap<u64, P>,
}

/// The round with one neighbour.
#[derive(Clone, Debug, Default)]
struct Round {
    /// Known to be there and not here, in the order in which to ask.
    wanted: VecDeque<(Kind, RecordId)>,
    /// The batch that was asked for.
    asked: Vec<RecordId>,
    /// Whether that batch was open at the last look.
    is_late: bool,
    /// Whether it ever failed to bring what it was asked for. It keeps no other neighbour from being asked any more.
    let_down: bool,
    /// How many rounds were opened, this one with them; one that followed news at once was not.
    turn: usize,
    /// What the round brought.
    news: Vec<(Kind, RecordId)>,
    /// Whether the neighbour differed; absent before the first comparison.
    differs: Option<bool>,
    /// The root that was last said to it.
    said: Option<Hash>,
}

impl Round {
    /// Forgets what the last round left, and says the root.
    fn restart(&mut self, shelf: &Shelf, now: UnixMs) -> Parcel {
        self.wanted.clear();
        self.news.clear();
        let root = shelf.holdings().root(now);
        self.said = Some(root);
        Parcel::Root(root)
    }
}

/// How the neighbours compare with this node, for its status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// Neighbours that held the same when they were last compared.
    pub alike: usize,
    /// Neighbours that did not.
    pub apart: usize,
}

impl Agreement {
    /// Whether this node may take what it holds for all there is (`SYN-10`).
    pub fn is_complete(self) -> bool {
        self.alike >= NEIGHBOURS_ALIKE_MIN
    }
}

/// What to say when a batch is in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Next {
    /// To the neighbour that it came from.
    pub to_sender: Vec<Parcel>,
    /// To every other neighbour (`SYN-6`).
    pub to_others: Vec<Parcel>,
    /// Whether nothing came of what was asked for, although the neighbour had said that it holds it (`SYN-17`).
    pub is_empty: bool,
}

impl<P> Default for Rounds<P> {
    fn default() -> Self {
        Rounds { with: BTreeMap::new(), refused: BTreeSet::new(), flying: BTreeMap::new() }
    }
}

impl<P: Clone + Ord> Rounds<P> {
    /// Opens a round, unless a batch of the last one is open: what it brings opens the next, and [`Rounds::look`] gives it up.
    pub fn open(&mut self, with: &P, shelf: &Shelf, now: UnixMs) -> Option<Parcel> {
        let round = self.with.entry(with.clone()).or_default();
        if !round.asked.is_empty() {
            return None;
        }
        round.turn = round.turn.saturating_add(1);
        Some(round.restart(shelf, now))
    }

    /// What to say to a neighbour's parcel of catch-up; nothing to any other. Bodies are for [`Rounds::judge`].
    pub fn answer(&mut self, with: &P, shelf: &Shelf, parcel: &Parcel, now: UnixMs) -> Vec<Parcel> {
        if self.flying.values().filter(|to| *to == with).count() >= ANSWERS_FLYING_MAX {
            return Vec::new();
        }
        let holdings = shelf.holdings();
        match parcel {
            Parcel::Root(theirs) if *theirs == holdings.root(now) => {
                self.compared(with, false);
                vec![Parcel::Same]
            }
            Parcel::Same => {
                self.compared(with, false);
                Vec::new()
            }
            Parcel::Root(_) => vec![Parcel::Partitions(holdings.prints(now))],
            Parcel::Partitions(theirs) => {
                let mut spans = begin(holdings, theirs, now);
                let before = self.with.get(with).map_or(0, |round| round.turn.saturating_sub(1));
                let first = before.checked_rem(spans.len()).unwrap_or(0);
                spans.rotate_left(first);
                self.compared(with, !spans.is_empty());
                if spans.is_empty() { Vec::new() } else { vec![Parcel::Spans(spans)] }
            }
            Parcel::Spans(theirs) => {
                let Findings { spans, surplus, lacking } = go_on(holdings, theirs, now);
                let mut said: Vec<Parcel> =
                    surplus.into_iter().map(|(kind, ids)| Parcel::Offer { kind, ids }).collect();
                if !spans.is_empty() {
                    said.push(Parcel::Spans(spans));
                }
                said.extend(self.want(with, shelf, lacking));
                said
            }
            Parcel::Offer { kind, ids } => {
                let lacking = ids.iter().map(|id| (*kind, *id)).collect();
                self.want(with, shelf, lacking).into_iter().collect()
            }
            Parcel::Want { kind, ids } => vec![bodies(shelf, *kind, ids)],
            Parcel::Bodies { .. }
            | Parcel::PassRequest { .. }
            | Parcel::Passes { .. }
            | Parcel::BlindRequest { .. }
            | Parcel::BlindAnswer { .. }
            | Parcel::Session { .. }
            | Parcel::RenewalRequest
            | Parcel::RebindRequest(_)
            | Parcel::Renewal { .. }
            | Parcel::Census(_)
            | Parcel::Cell(_) => Vec::new(),
        }
    }

    /// The partitions of a kind of which a parcel shows that its sender holds in them exactly what is shown here now (`SYN-14`). "The
    /// same" is the answer to a root that was said earlier, so it counts only while that is still the root.
    pub fn alike(&self, with: &P, shelf: &Shelf, parcel: &Parcel, kind: Kind, now: UnixMs) -> Vec<Partition> {
        let holdings = shelf.holdings();
        let is_all = match parcel {
            Parcel::Root(theirs) => *theirs == holdings.root(now),
            Parcel::Same => self.with.get(with).is_some_and(|round| round.said == Some(holdings.root(now))),
            Parcel::Partitions(_) => false,
            _ => return Vec::new(),
        };
        let holds = |one: &(Partition, Print)| match parcel {
            Parcel::Partitions(theirs) => theirs.contains(one),
            _ => is_all,
        };
        let own = holdings.prints(now).into_iter().filter(|(partition, _)| partition.kind == kind);
        own.filter(holds).map(|(partition, _)| partition).collect()
    }

    /// The records among a neighbour's bodies that neighbours have not told this node yet, each judged as if it had been
    /// gossiped. A refusal is for counting; [`Unfit::is_senders_fault`] says whether the neighbour is to blame.
    pub fn judge(
        &mut self,
        shelf: &Shelf,
        kind: Kind,
        frames: &[Blob],
        context: &Context<'_>,
    ) -> Vec<Result<Checked, Unfit>> {
        let unknown = frames.iter().map(|frame| (record_id(&frame.0), frame));
        let unknown = unknown.filter(|(id, _)| shelf.shown(id).is_none());
        let judged: Vec<_> = unknown.map(|(id, frame)| (id, check(&frame.0, kind, context))).collect();
        let hopeless = judged.iter().filter(|(_, judged)| judged.as_ref().is_err_and(|why| why.is_hopeless()));
        let hopeless: Vec<RecordId> = hopeless.map(|(id, _)| *id).collect();
        hopeless.into_iter().for_each(|id| self.refuse(id));
        judged.into_iter().map(|(_, judged)| judged).collect()
    }

    /// What became of a record of a neighbour's bodies.
    pub fn placed(&mut self, from: &P, checked: &Checked, placing: Placing) {
        match placing {
            Placing::New | Placing::Echo => {
                if let Some(round) = self.with.get_mut(from) {
                    round.news.push((checked.kind(), checked.id()));
                }
            }
            Placing::Contradicts(_) | Placing::Outranked => self.refuse(checked.id()),
            Placing::Known | Placing::Gone => {}
        }
    }

    /// A record is not asked for again.
    fn refuse(&mut self, id: RecordId) {
        if self.refused.len() >= REFUSED_IDS_MAX {
            self.refused.clear();
        }
        self.refused.insert(id);
    }

    /// A batch of bodies is in, and what was new in it is placed: what to say now.
    pub fn next(&mut self, from: &P, shelf: &Shelf, now: UnixMs) -> Next {
        let Some(round) = self.with.get_mut(from) else { return Next::default() };
        let asked = core::mem::take(&mut round.asked);
        let is_missing = |id: &RecordId| shelf.shown(id).is_none() && !self.refused.contains(id);
        round.let_down |= asked.iter().any(is_missing);
        let is_empty = !asked.is_empty() && asked.iter().all(is_missing);
        let nothing = Next { is_empty, ..Next::default() };
        if let Some(want) = self.want(from, shelf, Vec::new()) {
            return Next { to_sender: vec![want], ..nothing };
        }
        let Some(round) = self.with.get_mut(from) else { return nothing };
        let news = core::mem::take(&mut round.news);
        if news.is_empty() {
            return nothing;
        }
        let to_sender = vec![round.restart(shelf, now)];
        // A few ids are shorter than a comparison, many are longer.
        let to_others = if news.len() > BODIES_PER_PARCEL_MAX {
            to_sender.clone()
        } else {
            let of = |of: Kind| -> BTreeSet<RecordId> {
                news.iter().filter(|(kind, _)| *kind == of).map(|(_, id)| *id).collect()
            };
            let offers = Kind::ALL.into_iter().map(|kind| (kind, of(kind))).filter(|(_, ids)| !ids.is_empty());
            offers.map(|(kind, ids)| Parcel::Offer { kind, ids: ids.into_iter().collect() }).collect()
        };
        Next { to_sender, to_others, is_empty }
    }

    /// A parcel of catch-up leaves under a name of the sender's.
    pub fn sent(&mut self, to: &P, name: u64) {
        self.flying.insert(name, to.clone());
    }

    /// A parcel arrived, or did not.
    pub fn landed(&mut self, name: u64) {
        self.flying.remove(&name);
    }

    /// Time passed: a batch that was open the last time too is given up, so that another neighbour may be asked for it.
    pub fn look(&mut self) {
        for round in self.with.values_mut() {
            if round.is_late {
                round.asked.clear();
                round.let_down = true;
            }
            round.is_late = !round.asked.is_empty();
        }
    }

    /// A neighbour is gone.
    pub fn forget(&mut self, peer: &P) {
        self.with.remove(peer);
        self.flying.retain(|_, to| to != peer);
    }

    /// How the neighbours compare (`SYN-10`).
    pub fn agreement(&self) -> Agreement {
        let of = |differs: bool| self.with.values().filter(|round| round.differs == Some(differs)).count();
        Agreement { alike: of(false), apart: of(true) }
    }

    fn compared(&mut self, with: &P, differs: bool) {
        if let Some(round) = self.with.get_mut(with) {
            round.differs = Some(differs);
        }
    }

    /// Notes what a neighbour holds and this node lacks, and asks for the next batch if none is open (`SYN-9`).
    fn want(&mut self, with: &P, shelf: &Shelf, lacking: Vec<(Kind, RecordId)>) -> Option<Parcel> {
        let elsewhere: BTreeSet<RecordId> = self
            .with
            .iter()
            .filter(|(peer, round)| *peer != with && !round.let_down)
            .flat_map(|(_, round)| round.asked.iter().copied())
            .collect();
        let round = self.with.get_mut(with)?;
        let room = IDS_PER_PARCEL_MAX.saturating_sub(round.wanted.len());
        round.wanted.extend(lacking.into_iter().take(room));
        if !round.asked.is_empty() {
            return None;
        }
        round.is_late = false;
        let mut batch: Option<Kind> = None;
        while let Some((kind, id)) = round.wanted.pop_front() {
            if shelf.shown(&id).is_some() || self.refused.contains(&id) || elsewhere.contains(&id) {
                continue;
            }
            if *batch.get_or_insert(kind) != kind || round.asked.len() == BODIES_PER_PARCEL_MAX {
                round.wanted.push_front((kind, id));
                break;
            }
            round.asked.push(id);
        }
        batch.map(|kind| Parcel::Want { kind, ids: round.asked.clone() })
    }
}
