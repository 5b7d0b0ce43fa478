//! What must hold in every state and over every step. What a side might learn is judged by what the other has let leave, not by what has
//! come: a hostile node reads ahead.

use super::super::*;
use super::world::{Act, World};
use firm::deals::{Deal, goes_first};
use firm::view::DealState;

/// What must hold in a state.
pub(super) fn of_state(world: &World) -> Result<(), String> {
    for at in 0..2 {
        let Some(ours) = world.deal(at) else { continue };
        once(ours)?;
        let theirs = world.deal(1 - at);
        locks_follow_both_consents(world, at, ours)?;
        keys_follow_both_locks(world, at, ours, theirs)?;
        names_are_exchanged(world, at, ours, theirs)?;
        if let Some(theirs) = theirs {
            nothing_is_read_that_was_not_said(ours, theirs)?;
        }
        somebody_can_act(world, at)?;
    }
    hold(world.after_repeats().trace() == world.trace(), "a word that comes again changes nothing")?;
    hold(world.survives_a_crash(), "the records of both sides give the same state again")
}

/// What must hold over a step: words of consent leave only with a person's yes, and an end says nothing but that it is one.
pub(super) fn of_step(before: &World, act: Act, after: &World) -> Result<(), String> {
    let at = act.side();
    let said = |world: &World| world.deal(at).map_or(0, |deal| deal.outbox.len());
    let fresh: Vec<Step> =
        after.deal(at).into_iter().flat_map(|deal| deal.outbox.iter().skip(said(before)).map(|out| out.step)).collect();
    let left = |step: Step| {
        let deal = after.deal(at).into_iter().flat_map(|deal| &deal.outbox);
        let mut left = deal.filter(|out| after.left[at].contains_key(&out.sealed.sequence.0));
        left.any(|out| out.step == step && !before.left[at].contains_key(&out.sealed.sequence.0))
    };
    match act {
        Act::Yes(_, step) => {
            let follows = |fresh: &Step| *fresh == step || (*fresh == Step::Reveal && step == Step::OptIn);
            hold(fresh.iter().all(follows), "a yes lets go what was asked and what follows from it")
        }
        // A close belongs to the step outcome.
        Act::Comes(..) => hold(
            fresh.iter().all(|step| matches!(step, Step::Reveal | Step::Outcome)),
            "no word of the other side makes this one consent to anything",
        ),
        Act::No(..) | Act::Ends(_) | Act::Lapses(_) => {
            hold(fresh.iter().all(|step| *step == Step::Outcome), "an end says nothing but that it is one")?;
            hold(!left(Step::Reveal), "an end lets no lock or key leave that was held")?;
            let over = after.deal(at).is_none_or(|deal| deal.closed.is_some());
            hold(over, "a no, an end and a lapse end the deal")
        }
    }
}

/// Nothing is said, signed or sealed twice.
fn once(deal: &Deal) -> Result<(), String> {
    let times = |step: Step| deal.outbox.iter().filter(|out| out.step == step).count();
    for step in [Step::Interest, Step::Answer, Step::Viable, Step::OptIn, Step::Outcome] {
        hold(times(step) <= 1, "each word and signature once")?;
    }
    // A lock of one part, and its key.
    hold(times(Step::Reveal) <= 2, "one lock and one key")?;
    let numbers: Vec<u64> = deal.outbox.iter().map(|out| out.sealed.sequence.0).collect();
    hold(numbers.is_sorted_by(|one, next| one + 1 == *next), "each number seals one word")
}

/// Numbers of a side's lock and key, as far as they were said.
fn lock_and_key(deal: &Deal) -> [Option<u64>; 2] {
    let mut reveal = deal.outbox.iter().filter(|out| out.step == Step::Reveal).map(|out| out.sealed.sequence.0);
    [reveal.next(), reveal.next()]
}

fn left(world: &World, at: usize, number: Option<u64>) -> bool {
    number.is_some_and(|number| world.left[at].contains_key(&number))
}

fn locks_follow_both_consents(world: &World, at: usize, ours: &Deal) -> Result<(), String> {
    let [lock, key] = lock_and_key(ours);
    if !left(world, at, lock) && !left(world, at, key) {
        return Ok(());
    }
    let (Some(here), Some(there)) = (&ours.ours.opt_in, &ours.theirs.opt_in) else {
        return Err("a lock has left before both consents".into());
    };
    hold(here.body.mutual(&there.body), "both consents name one session and the same fields")?;
    hold(here.body.gives == there.body.gives, "both give the same fields")
}

fn keys_follow_both_locks(world: &World, at: usize, ours: &Deal, theirs: Option<&Deal>) -> Result<(), String> {
    let [_, key] = lock_and_key(ours);
    if !left(world, at, key) {
        return Ok(());
    }
    let theirs = theirs.ok_or("a key has left to nobody")?;
    hold(ours.theirs.locked.whole().is_some(), "a key leaves only for a whole lock of the other side")?;
    hold(theirs.ours.locked.whole() == ours.theirs.locked.whole(), "which is the one that it made")?;
    hold(theirs.ours.opt_in == ours.theirs.opt_in, "and which it had committed to")?;
    let first = goes_first(ours) == Some(ours.position);
    hold(first || ours.identity.is_some(), "the second key leaves once the first name has proven itself")
}

fn names_are_exchanged(world: &World, at: usize, ours: &Deal, theirs: Option<&Deal>) -> Result<(), String> {
    let known = format!("{:?}", ours.identity).contains("Canary Works");
    hold(known == ours.identity.is_some(), "the name is in the identity")?;
    if !known {
        return Ok(());
    }
    let theirs = theirs.ok_or("a name of nobody is known")?;
    let [_, their_key] = lock_and_key(theirs);
    hold(left(world, 1 - at, their_key), "a name is known by its key alone")?;
    hold(ours.ours.opt_in.is_some() && theirs.ours.opt_in.is_some(), "to who consented, of who consented")?;
    let [our_lock, _] = lock_and_key(ours);
    hold(left(world, at, our_lock), "to who has locked its own name before")?;
    let first = goes_first(ours) == Some(ours.position);
    hold(!first || ours.ours.key.is_some(), "and whose turn has been, if it goes first")
}

fn nothing_is_read_that_was_not_said(ours: &Deal, theirs: &Deal) -> Result<(), String> {
    let (read, said) = (&ours.theirs, &theirs.ours);
    hold(read.brief.is_none() || read.brief == said.brief, "a brief as it was said")?;
    hold(!read.viable || said.viable, "viable as it was said")?;
    hold(read.opt_in.is_none() || read.opt_in == said.opt_in, "a consent as it was said")?;
    hold(read.key.is_none() || read.key == said.key, "a key as it was said")
}

/// The page says who must act, and whoever that is can; a person can always leave.
fn somebody_can_act(world: &World, at: usize) -> Result<(), String> {
    let shown = world.shown(at).ok_or("a deal has a page")?;
    if shown.state != DealState::Open {
        return hold(shown.waiting.who == WhoActs::Nobody, "nobody is asked about what is over");
    }
    hold(shown.waiting.can_close && shown.waiting.lapses.is_some(), "there is a way out, and an end")?;
    match shown.waiting.who {
        WhoActs::Us { approval, .. } if shown.waiting.step < Step::Terms => {
            hold(approval.is_some(), "whoever must act is asked")
        }
        WhoActs::Nobody => Err("nobody must act in a deal that goes on".into()),
        _ => Ok(()),
    }
}

fn hold(holds: bool, rule: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(format!("broken: {rule}")) }
}
