//! Every interleaving of two firms from first words to both names, searched breadth first over the machines themselves.
//!
//! A state is both firms whole, the words that are under way, and what of them has come. From each, everything that can happen next is
//! tried: any word comes, in any order and again; a person decides yes or no, or ends the deal; time runs out on one side. A word that is
//! lost is one that is never tried. States are the same when nothing that the protocol knows tells them apart (`World::trace`): keys, nonces
//! and moments differ from path to path and decide nothing.
//!
//! The search is a queue and a map and not `stateright`: its states must be hashed and compared whole, and a firm is neither, so all that it
//! would lend is the queue. What is searched is no model: `Firm::handle` takes every step, and who hears whom is all that the test adds.
//!
//! ```text
//!   world   a state, what can happen in it, and what tells it from others
//!   rules   what must hold in every state and over every step
//! ```

mod rules;
mod world;

use super::policy::and;
use super::*;
use firm::policy::Says;
use std::collections::BTreeMap;
use world::{Act, World};

/// Far more than there are: a search that runs away says so.
const STATES_MAX: usize = 100_000;

/// Everything that was found.
struct Found {
    /// How each state was first reached.
    from: Vec<Option<(usize, Act)>>,
    next: Vec<Vec<usize>>,
    /// Both sides know both names.
    session: Vec<usize>,
    /// Neither side has ended it.
    open: Vec<usize>,
}

impl Found {
    /// The steps from the beginning to a state.
    fn path(&self, mut at: usize) -> Vec<Act> {
        let mut path = Vec::new();
        while let Some((before, act)) = self.from[at] {
            path.insert(0, act);
            at = before;
        }
        path
    }

    /// States from which one of these can be reached.
    fn leads_to(&self, goals: &[usize]) -> Vec<bool> {
        let mut before = vec![Vec::new(); self.next.len()];
        for (at, next) in self.next.iter().enumerate() {
            next.iter().for_each(|to| before[*to].push(at));
        }
        let mut leads = vec![false; self.next.len()];
        let mut queue = goals.to_vec();
        while let Some(at) = queue.pop() {
            if !std::mem::replace(&mut leads[at], true) {
                queue.extend(&before[at]);
            }
        }
        leads
    }
}

/// Searches everything that can come of this beginning; a rule that breaks is told with the steps that break it.
fn search(begin: World) -> Found {
    let mut known = BTreeMap::from([(begin.trace(), 0)]);
    let mut found = Found { from: vec![None], next: vec![Vec::new()], session: Vec::new(), open: Vec::new() };
    let mut queue = VecDeque::from([(0, begin)]);
    while let Some((at, world)) = queue.pop_front() {
        let blame = |found: &Found, act: Option<Act>, why: String| {
            panic!("{why}\nafter {:#?}\nand then {act:?}", found.path(at));
        };
        rules::of_state(&world).unwrap_or_else(|why| blame(&found, None, why));
        if world.is_session() {
            found.session.push(at);
            continue;
        }
        if world.is_open() {
            found.open.push(at);
        }
        for act in world.acts() {
            let after = world.after(act);
            rules::of_step(&world, act, &after).unwrap_or_else(|why| blame(&found, Some(act), why));
            let fresh = found.from.len();
            let to = *known.entry(after.trace()).or_insert(fresh);
            if to == fresh {
                assert!(fresh < STATES_MAX, "the search runs away");
                found.from.push(Some((at, act)));
                found.next.push(Vec::new());
                queue.push_back((fresh, after));
            }
            found.next[at].push(to);
        }
    }
    let steps: usize = found.next.iter().map(Vec::len).sum();
    println!("{} states, {steps} steps, {} of them with both names known", found.from.len(), found.session.len());
    found
}

/// The supplier is asked whether its first words leave, and may keep a list of firms to which it tells no name.
fn begin(list: Option<&str>) -> World {
    let mut duet = Duet::new();
    if let Some(listed) = list {
        duet.govern(SUPPLIER, and(Says::Exclude(name(listed))));
    }
    duet.ask(SUPPLIER, Command::Confide(Box::new(item(Side::Offer, Mode::Silent, 43_260_000, -79_870_000))));
    duet.ask(BUYER, Command::Confide(Box::new(item(Side::Need, Mode::Coarse, 43_450_000, -80_490_000))));
    assert_eq!(duet.decide(BUYER, Step::Advertise, Verdict::Approve), Answer::Decided);
    World::new(duet)
}

/// Nothing is stuck: as long as neither side has ended it, both names can still come.
fn nothing_is_stuck(found: &Found) {
    let leads = found.leads_to(&found.session);
    if let Some(stuck) = found.open.iter().find(|at| !leads[**at]) {
        panic!("no way on from here, and nobody ended it: {:#?}", found.path(*stuck));
    }
    assert!(!found.session.is_empty());
}

#[test]
fn no_interleaving_loss_or_abort_gives_either_side_more_than_its_step() {
    // STP-1 to STP-6, RVL-5, RVL-9
    nothing_is_stuck(&search(begin(None)));
}

#[test]
fn nor_when_the_first_to_write_asked_to_be_the_second_to_tell_its_name() {
    // RVL-9
    nothing_is_stuck(&search(begin(Some("Nobody Here Ltd."))));
}

#[test]
fn a_name_that_is_on_a_list_is_never_told_ours_in_any_interleaving() {
    // POL-8, RVL-9
    let found = search(begin(Some("Canary Works 2 Inc.")));
    assert!(found.session.is_empty());
}
