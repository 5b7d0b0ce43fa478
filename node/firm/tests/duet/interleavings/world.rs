//! Both firms, the words between them, and everything that can happen next.

use super::super::*;
use firm::deals::{Deal, Way};
use protocol::check::Record as Said;
use protocol::envelope::{Envelope, EnvelopeBody};
use protocol::id::HolderKey;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Something that can happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// The other side's word under this number comes to this side.
    Comes(usize, u64),
    /// A person of this side says yes to the question about this step.
    Yes(usize, Step),
    /// Or no.
    No(usize, Step),
    /// A person of this side ends the deal.
    Ends(usize),
    /// Nobody of this side acts until the deal lapses.
    Lapses(usize),
}

impl Act {
    /// On which side it happens.
    pub(super) fn side(self) -> usize {
        match self {
            Act::Comes(at, _) | Act::Yes(at, _) | Act::No(at, _) | Act::Ends(at) | Act::Lapses(at) => at,
        }
    }
}

/// A state.
#[derive(Clone)]
pub(super) struct World {
    duet: Duet,
    /// What each side has let leave, by number.
    pub(super) left: [BTreeMap<u64, Checked>; 2],
    /// Numbers of each side's words that have come to the other.
    come: [BTreeSet<u64>; 2],
}

impl World {
    /// What follows is heard as the search has it, and no parcel goes between the two.
    pub(super) fn new(mut duet: Duet) -> World {
        for at in 0..2 {
            let other = duet.sides[1 - at].peer.clone();
            duet.input(at, Input::PeerGone(other));
        }
        duet.held = Some(Vec::new());
        World { duet, left: Default::default(), come: Default::default() }
    }

    pub(super) fn deal(&self, at: usize) -> Option<&Deal> {
        self.duet.sides[at].firm.deals.all().next()
    }

    /// What a person of a side is shown of the deal.
    pub(super) fn shown(&self, at: usize) -> Option<firm::view::DealView> {
        let query = Query::Deal(self.deal(at)?.id);
        match self.duet.sides[at].firm.view(&[], &query, UnixMs(self.duet.at)) {
            View::Deal(view) => Some(*view),
            _ => None,
        }
    }

    /// The records of both sides give the same state again: a crash before any step changes nothing.
    pub(super) fn survives_a_crash(&self) -> bool {
        self.duet.sides.iter().all(|side| {
            let mut fresh = side.fresh.clone();
            side.records.iter().for_each(|record| fresh.apply(record));
            fresh.digest() == side.firm.digest()
        })
    }

    /// Steps about which a side's people are asked.
    pub(super) fn asked(&self, at: usize) -> Vec<Step> {
        let asked = self.duet.sides[at].firm.approvals.waiting().map(|asked| asked.summary.step);
        let mut asked: Vec<Step> = asked.filter(|step| *step >= Step::Interest && *step <= Step::OptIn).collect();
        asked.sort();
        asked
    }

    /// Whether both sides know both names.
    pub(super) fn is_session(&self) -> bool {
        let knows = |deal: &Deal| deal.closed.is_none() && deal.identity.is_some() && deal.ours.key.is_some();
        (0..2).all(|at| self.deal(at).is_some_and(knows))
    }

    /// Whether neither side has ended it: before first words while somebody is asked about them.
    pub(super) fn is_open(&self) -> bool {
        let goes_on = |deal: &Deal| deal.closed.is_none();
        match (self.deal(SUPPLIER), self.deal(BUYER)) {
            (Some(first), Some(second)) => goes_on(first) && goes_on(second),
            (Some(first), None) => goes_on(first),
            (None, _) => !self.asked(SUPPLIER).is_empty(),
        }
    }

    /// Everything that can happen now. Words for a side that has ended the deal change nothing, and are left out.
    pub(super) fn acts(&self) -> Vec<Act> {
        let mut acts = Vec::new();
        for at in 0..2 {
            let open = self.deal(at).is_some_and(|deal| deal.closed.is_none());
            if open || self.deal(at).is_none() {
                let under_way = self.left[1 - at].keys().filter(|number| !self.come[1 - at].contains(number));
                acts.extend(under_way.map(|number| Act::Comes(at, *number)));
                acts.extend(self.asked(at).into_iter().flat_map(|step| [Act::Yes(at, step), Act::No(at, step)]));
            }
            if open {
                acts.extend([Act::Ends(at), Act::Lapses(at)]);
            }
        }
        acts
    }

    /// The state after something happened.
    pub(super) fn after(&self, act: Act) -> World {
        let mut world = self.clone();
        let at = act.side();
        let begin = world.duet.at;
        match act {
            Act::Comes(_, number) => {
                world.come[1 - at].insert(number);
                let word = world.left[1 - at][&number].clone();
                world.duet.input(at, Input::Heard(vec![(None, word)]));
            }
            Act::Yes(_, step) => assert_eq!(world.duet.decide(at, step, Verdict::Approve), Answer::Decided),
            Act::No(_, step) => assert_eq!(world.duet.decide(at, step, Verdict::Decline), Answer::Decided),
            Act::Ends(_) => {
                let deal = world.duet.deal(at);
                assert_eq!(world.duet.ask(at, Command::Close { deal, reason: None }), Answer::Done);
            }
            Act::Lapses(_) => {
                world.duet.at = self.deal(at).and_then(Deal::lapses).expect("it does not bind").0;
                world.duet.input(at, Input::Woke);
            }
        }
        world.let_leave(at);
        if matches!(act, Act::Lapses(_)) {
            // The other side's clock has not moved.
            world.duet.at = begin;
        }
        world
    }

    /// Every word that has come comes again, the same and as somebody else wraps it.
    pub(super) fn after_repeats(&self) -> World {
        let mut world = self.clone();
        for at in 0..2 {
            for number in &self.come[1 - at] {
                let word = &self.left[1 - at][number];
                for again in [word.clone(), self.wrapped_by_another(word)] {
                    world.duet.input(at, Input::Heard(vec![(None, again)]));
                }
            }
        }
        world
    }

    fn wrapped_by_another(&self, word: &Checked) -> Checked {
        let Said::Envelope(envelope) = word.record() else { panic!("an envelope") };
        let key = SigningKey::from_bytes(&[77; 32]);
        let (network, week) = (self.duet.genesis.id(), UnixMs(START).week());
        let pass = Pass::issue(network, week, Purpose::Contact, HolderKey::of(&key), &self.duet.sponsor);
        let body = EnvelopeBody { pass, ..envelope.body.clone() };
        protocol::check::own(Said::Envelope(Envelope::new(body, &key))).unwrap()
    }

    /// Lets everything leave that is due, and keeps it under its number.
    fn let_leave(&mut self, at: usize) {
        let due = |world: &World| world.deal(at).is_some_and(|deal| deal.outbox.iter().any(|out| out.way == Way::Due));
        for _ in 0..3 {
            if due(self) {
                // Words that may go directly are tried so for two minutes; nobody is connected here.
                self.duet.at += 150_000;
                self.duet.input(at, Input::Woke);
            }
        }
        assert!(!due(self), "everything that may leave does");
        let heard = self.duet.held.replace(Vec::new()).unwrap_or_default();
        let numbers: BTreeMap<RecordId, u64> = self.deal(at).map(numbers).unwrap_or_default();
        for said in heard {
            if let Some(number) = numbers.get(&said.id()) {
                self.left[at].entry(*number).or_insert(said);
            }
        }
        self.duet.heard.clear();
        self.duet.sides[at].asked.clear();
    }

    /// What tells this state from others: how far each side is, what its people are asked, and which words have come before their turn.
    pub(super) fn trace(&self) -> String {
        let mut trace = String::new();
        for at in 0..2 {
            write!(trace, "{:?}", self.asked(at)).unwrap();
            let Some(deal) = self.deal(at) else { continue };
            match &deal.closed {
                Some(closed) => write!(trace, "{:?} {}", closed.reason, closed.by_us).unwrap(),
                None => {
                    let early = self.come[1 - at].iter().filter(|number| **number >= deal.next_in.0);
                    write!(trace, "{:?} {:?}", deal.next_in, early.collect::<Vec<_>>()).unwrap();
                }
            }
            for (us, party) in [(true, &deal.ours), (false, &deal.theirs)] {
                let (locked, key) = (party.locked.whole().is_some(), party.key.is_some());
                let said = [party.brief.is_some(), party.viable, party.opt_in.is_some(), locked, key];
                write!(trace, "{us}{said:?}").unwrap();
            }
            let out = deal.outbox.iter().map(|out| (out.sealed.sequence.0, out.step, out.way == Way::Held));
            write!(trace, "{:?} {:?}\n", deal.identity.is_some(), out.collect::<Vec<_>>()).unwrap();
        }
        trace
    }
}

fn numbers(deal: &Deal) -> BTreeMap<RecordId, u64> {
    let enveloped = deal.outbox.iter().filter_map(|out| match out.way {
        Way::Enveloped(record) => Some((record, out.sealed.sequence.0)),
        _ => None,
    });
    enveloped.collect()
}
