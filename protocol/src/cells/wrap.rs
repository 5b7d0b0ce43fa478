//! Wrapping: three layers around what the last relay is to do (`CEL-2` to `CEL-6`).

use super::keys::{LayerKeys, STREAM_BYTES, mix};
use super::{
    BadCell, Cell, Delays, EXIT, EXIT_BYTES, Exit, FORWARD, HOPS, Hop, KEY_BYTES, ROUTING_BYTES, SLOT_BYTES,
    ZERO_BYTES, wide,
};
use crate::check::Checked;
use crate::id::{Blob, NetworkId};
use crate::noise::{pad, public_of, shared};
use crate::wire::encode;
use alloc::vec::Vec;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

/// What a cell carries. A record is a checked one: nothing else leaves a node this way.
#[derive(Clone, Copy, Debug)]
pub enum Load<'a> {
    /// To be published by the last relay.
    Record(&'a Checked),
    /// Nothing; only the last relay will know.
    Dummy,
}

/// What is drawn for one cell.
pub(super) struct Draws {
    /// The secret half of the first element.
    pub(super) secret: Zeroizing<[u8; 32]>,
    /// Stands for peer and seal in the slot of the last relay, which has no next one.
    pub(super) fill: [[u8; 32]; 2],
}

impl Cell {
    /// Wraps a load for the relays of a path.
    ///
    /// Errors: [`BadCell::LowOrder`], which a [`Hop`] of a checked descriptor does not cause (`REL-3`).
    pub fn wrap(
        network: &NetworkId,
        path: &[Hop; HOPS],
        delays: &Delays,
        load: Load<'_>,
        chance: &mut impl CryptoRng,
    ) -> Result<Cell, BadCell> {
        let mut draws = Draws { secret: Zeroizing::new([0; 32]), fill: [[0; 32]; 2] };
        chance.fill_bytes(draws.secret.as_mut());
        draws.fill.iter_mut().for_each(|fill| chance.fill_bytes(fill));
        layered(network, path, delays, load, &draws).ok_or(BadCell::LowOrder)
    }
}

/// The cell that follows from these draws; `None` if a public key is of low order.
pub(super) fn layered(
    network: &NetworkId,
    path: &[Hop; HOPS],
    delays: &Delays,
    load: Load<'_>,
    draws: &Draws,
) -> Option<Cell> {
    let (element, layers) = agree(network, path, &draws.secret)?;
    let mut payload = [[0; ZERO_BYTES].as_slice(), &padded(load)?].concat();
    let mut routing = [0; ROUTING_BYTES];
    let mut fill = filler(&layers);
    let [no_peer, no_seal] = &draws.fill;
    let mut slot = slot(EXIT, no_peer, *delays.0.last()?, no_seal);
    let mut seal = [0; KEY_BYTES];
    for (at, keys) in layers.iter().enumerate().rev() {
        wide::encrypt(&keys.wide, &mut payload);
        routing = shifted(&slot, &routing);
        mix(&mut routing, &keys.stream());
        // Behind its own slot the last relay finds what the others made of the zeros that they appended.
        let own = ROUTING_BYTES.saturating_sub(fill.len());
        routing.iter_mut().skip(own).zip(fill.drain(..)).for_each(|(to, from)| *to = from);
        seal = keys.seal(&routing, &payload);
        if let Some(before) = at.checked_sub(1) {
            slot = self::slot(FORWARD, &path.get(at)?.peer.0, *delays.0.get(before)?, &seal);
        }
    }
    Cell::of([element.as_slice(), &seal, &routing, &payload].concat()).ok()
}

/// The first element, and the keys of each layer (`CEL-2`). The secret for a relay is agreed on with its onion key and blinded
/// as each relay before it blinds the element.
fn agree(network: &NetworkId, path: &[Hop; HOPS], secret: &[u8; 32]) -> Option<([u8; 32], Vec<LayerKeys>)> {
    let first = public_of(secret);
    let mut element = first;
    let mut layers: Vec<LayerKeys> = Vec::with_capacity(HOPS);
    for hop in path {
        if let Some(before) = layers.last() {
            element = *shared(&before.blind, &element)?;
        }
        let agreed = shared(secret, &hop.onion.0)?;
        let agreed = layers.iter().try_fold(agreed, |agreed, before| shared(&before.blind, &agreed))?;
        layers.push(LayerKeys::derive(network, &element, &hop.onion, &agreed));
    }
    Some((first, layers))
}

/// What stands behind the slot of the last relay: each relay before it appends a slot of zeros and covers the whole.
fn filler(layers: &[LayerKeys]) -> Vec<u8> {
    let mut fill = Vec::with_capacity(ROUTING_BYTES);
    for keys in layers.iter().take(HOPS - 1) {
        fill.resize(fill.len() + SLOT_BYTES, 0);
        let stream = keys.stream();
        let end = stream.get(STREAM_BYTES.saturating_sub(fill.len())..).unwrap_or_default();
        mix(&mut fill, end);
    }
    fill
}

fn slot(command: u8, next: &[u8; KEY_BYTES], delay_ms: u32, seal: &[u8; KEY_BYTES]) -> Vec<u8> {
    [&[command], next.as_slice(), &delay_ms.to_be_bytes(), seal].concat()
}

/// A slot, and as much of the routing behind it as there is room for.
fn shifted(slot: &[u8], behind: &[u8; ROUTING_BYTES]) -> [u8; ROUTING_BYTES] {
    let mut routing = [0; ROUTING_BYTES];
    routing.iter_mut().zip(slot.iter().chain(behind)).for_each(|(to, from)| *to = *from);
    routing
}

fn padded(load: Load<'_>) -> Option<Vec<u8>> {
    let exit = match load {
        Load::Record(record) => Exit::Publish { kind: record.kind(), frame: Blob(record.frame().to_vec()) },
        Load::Dummy => Exit::Drop,
    };
    pad(&encode(&exit), &[EXIT_BYTES]).ok()
}
