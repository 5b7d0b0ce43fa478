//! From whom spies first hear a record.

use super::market::Market;
use super::{Firm, Ms};
use crate::draw;
use machine::Chance;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Who told a record first, and when that came to a spy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) by: Firm,
    pub(super) at: Ms,
}

/// Floods a record from an honest node until a spy hears it. Every link takes its delay and up to the network's jitter more, and every
/// node passes a record on at once.
pub(super) fn first_told(market: &Market, from: Firm, at: Ms, chance: &mut Chance) -> Option<Told> {
    let mut heard = vec![false; market.spies.len()];
    let mut first: Option<Told> = None;
    let mut on_the_way = BinaryHeap::from([Reverse((at, from))]);
    while let Some(Reverse((now, node))) = on_the_way.pop() {
        if first.is_some_and(|told| told.at <= now) {
            break;
        }
        if std::mem::replace(&mut heard[node], true) {
            continue;
        }
        for (neighbour, base_ms) in &market.neighbours[node] {
            let at = now + base_ms + draw(chance, 0, market.network.jitter_ms);
            if !market.spies[*neighbour] {
                on_the_way.push(Reverse((at, *neighbour)));
            } else if first.is_none_or(|told| at < told.at) {
                first = Some(Told { by: node, at });
            }
        }
    }
    first
}
