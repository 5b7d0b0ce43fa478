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
use crate::id::{Blob, RecordId};
use crate::limits::{
    ANSWERS_FLYING_MAX, BODIES_PER_PARCEL_MAX, IDS_PER_PARCEL_MAX, NEIGHBOURS_ALIKE_MIN, REFUSED_IDS_MAX,
};
use crate::parcel::Parcel;
use crate::shelf::{Partition, Shelf};
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
    flying: BTreeMap<u64, (P, Flying)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flying {
    Root,
    Other,
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
    /// How many rounds came before this one, those apart that followed news at once.
    turn: usize,
    /// What the round brought.
    news: Vec<(Kind, RecordId)>,
    /// Whether the neighbour answered the root.
    answered: bool,
    /// Where the neighbour differed; absent before the first comparison.
    differing: Option<Vec<Partition>>,
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
}

impl<P> Default for Rounds<P> {
    fn default() -> Self {
        Rounds { with: BTreeMap::new(), refused: BTreeSet::new(), flying: BTreeMap::new() }
    }
}

impl<P: Clone + Ord> Rounds<P> {
    /// Opens a round; whatever was open with this neighbour is forgotten.
    pub fn open(&mut self, with: &P, shelf: &Shelf, now: UnixMs) -> Parcel {
        if let Some(round) = self.with.get_mut(with) {
            round.turn = round.turn.wrapping_add(1);
        }
        self.open_again(with, shelf, now)
    }

    fn open_again(&mut self, with: &P, shelf: &Shelf, now: UnixMs) -> Parcel {
        let Round { differing, let_down, turn, asked, .. } = self.with.remove(with).unwrap_or_default();
        let let_down = let_down || !asked.is_empty();
        self.with.insert(with.clone(), Round { differing, let_down, turn, ..Round::default() });
        Parcel::Root(shelf.holdings().root(now))
    }

    /// What to say to a neighbour's parcel of catch-up; nothing to any other. Bodies are for [`Rounds::judge`].
    pub fn answer(&mut self, with: &P, shelf: &Shelf, parcel: &Parcel, now: UnixMs) -> Vec<Parcel> {
        if self.flying.values().filter(|(to, _)| to == with).count() >= ANSWERS_FLYING_MAX {
            return Vec::new();
        }
        let holdings = shelf.holdings();
        match parcel {
            Parcel::Root(theirs) if *theirs == holdings.root(now) => {
                self.compared(with, Vec::new());
                Vec::new()
            }
            Parcel::Root(_) => vec![Parcel::Partitions(holdings.prints(now))],
            Parcel::Partitions(theirs) => {
                let mut spans = begin(holdings, theirs, now);
                let differing = spans.iter().map(|span| span.partition).collect();
                let turn = self.with.get(with).map_or(0, |round| round.turn);
                let first = turn.checked_rem(spans.len()).unwrap_or(0);
                spans.rotate_left(first);
                self.compared(with, differing);
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
            | Parcel::Session { .. }
            | Parcel::RenewalRequest
            | Parcel::Renewal { .. }
            | Parcel::Census(_) => Vec::new(),
        }
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
        // A good record under another's kind is the sender's fault and not the record's.
        let is_hopeless = |why: &Unfit| why.is_senders_fault() && *why != Unfit::WrongTopic;
        let at_fault = judged.iter().filter(|(_, judged)| judged.as_ref().is_err_and(is_hopeless));
        let at_fault: Vec<RecordId> = at_fault.map(|(id, _)| *id).collect();
        at_fault.into_iter().for_each(|id| self.refuse(id));
        judged.into_iter().map(|(_, judged)| judged).collect()
    }

    /// A record of a neighbour's bodies was placed.
    pub fn placed(&mut self, from: &P, checked: &Checked) {
        if let Some(round) = self.with.get_mut(from) {
            round.news.push((checked.kind(), checked.id()));
        }
    }

    /// A record has no place here, and never will while what contradicts it is held.
    pub fn refuse(&mut self, id: RecordId) {
        if self.refused.len() >= REFUSED_IDS_MAX {
            self.refused.clear();
        }
        self.refused.insert(id);
    }

    /// A batch of bodies is in, and what was new in it is placed: what to say now.
    pub fn next(&mut self, from: &P, shelf: &Shelf, now: UnixMs) -> Next {
        let Some(round) = self.with.get_mut(from) else { return Next::default() };
        let asked = core::mem::take(&mut round.asked);
        round.let_down |= asked.iter().any(|id| shelf.shown(id).is_none() && !self.refused.contains(id));
        if let Some(want) = self.want(from, shelf, Vec::new()) {
            return Next { to_sender: vec![want], to_others: Vec::new() };
        }
        let news = self.with.get_mut(from).map(|round| core::mem::take(&mut round.news)).unwrap_or_default();
        if news.is_empty() {
            return Next::default();
        }
        let to_sender = vec![self.open_again(from, shelf, now)];
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
        Next { to_sender, to_others }
    }

    /// A parcel of catch-up leaves under a name of the sender's.
    pub fn sent(&mut self, to: &P, name: u64, parcel: &Parcel) {
        let flying = if matches!(parcel, Parcel::Root(_)) { Flying::Root } else { Flying::Other };
        self.flying.insert(name, (to.clone(), flying));
    }

    /// A parcel arrived, or did not. A root that arrived and was not answered found the same.
    pub fn landed(&mut self, name: u64, has_arrived: bool) {
        let Some((to, flying)) = self.flying.remove(&name) else { return };
        let round = self.with.get(&to);
        if has_arrived && flying == Flying::Root && round.is_some_and(|round| !round.answered) {
            self.compared(&to, Vec::new());
        }
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
        self.flying.retain(|_, (to, _)| to != peer);
    }

    /// How the neighbours compare (`SYN-10`).
    pub fn agreement(&self) -> Agreement {
        let compared = || self.with.values().filter_map(|round| round.differing.as_ref());
        let alike = compared().filter(|differing| differing.is_empty()).count();
        Agreement { alike, apart: compared().count() - alike }
    }

    /// Neighbours that differed when they were last compared, and where (`SYN-10`).
    pub fn apart(&self) -> impl Iterator<Item = (&P, &[Partition])> {
        let compared = self.with.iter().filter_map(|(peer, round)| Some((peer, round.differing.as_deref()?)));
        compared.filter(|(_, differing)| !differing.is_empty())
    }

    fn compared(&mut self, with: &P, differing: Vec<Partition>) {
        if let Some(round) = self.with.get_mut(with) {
            round.answered = !differing.is_empty();
            round.differing = Some(differing);
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
            if shelf.is_full(kind)
                || shelf.shown(&id).is_some()
                || self.refused.contains(&id)
                || elsewhere.contains(&id)
            {
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
