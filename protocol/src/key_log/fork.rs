//! Two logs of one firm: which stands, and when neither does.
//!
//! - `IDN-8` Of two logs of one firm that part, the one stands in which the higher key has spoken since: the committed root key
//!   over the root key, the root key over the operating key. So an owner takes back what a thief said. The same words are
//!   something else when a higher key signed them.
//! - `IDN-9` When the highest key that has spoken since they parted is the same in both, it said two things: the firm is forked.
//!   That proves itself. A reader believes neither log, and no later one until a higher key has spoken; a fork by a committed
//!   root key never heals.

use super::state::Signer;
use super::{BadLog, KeyLog, KeyState, SignedKeyEvent};
use crate::id::FirmId;
use crate::wire::wire_types;
use alloc::{boxed::Box, vec::Vec};
use core::cmp::{Ordering, Reverse};
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Two continuations of one log whose last events one key signed, neither of which contains the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct ForkProof {
    /// What both have in common.
    #[n(0)]
    pub common: KeyLog,
    /// How one goes on.
    #[n(1)]
    pub one: Vec<SignedKeyEvent>,
    /// How the other goes on.
    #[n(2)]
    pub other: Vec<SignedKeyEvent>,
}
wire_types!(ForkProof);

/// What a proof proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fork {
    /// Of which firm.
    pub firm: FirmId,
    /// The number at which its logs part.
    pub number: u32,
    /// Which of its keys said both.
    pub by: Signer,
}

/// Why a proof proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadFork {
    /// The common part or a continuation does not hold.
    #[error(transparent)]
    Log(#[from] BadLog),
    /// A continuation is missing, or both begin with the same event.
    #[error("the two logs do not part where the proof says")]
    NoParting,
    /// The last events are signed by different keys.
    #[error("no key said both")]
    DifferentKeys,
}

/// What came of comparing a log that a reader holds with another of the same firm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meeting {
    /// The one at hand stands: the other is no longer, or was overruled.
    Stands,
    /// The other stands: it goes on from here, or overrules what is at hand.
    Yields,
    /// One key said both (`IDN-9`).
    Forked(Box<ForkProof>),
    /// It is another firm's.
    Stranger,
}

impl Signer {
    fn key(&self) -> [u8; 32] {
        match self {
            Signer::Operating(key) => key.0,
            Signer::Root(key) | Signer::NextRoot(key) => key.0,
        }
    }

    /// How high the key stands (`IDN-8`).
    fn rank(&self) -> u8 {
        match self {
            Signer::Operating(_) => 0,
            Signer::Root(_) => 1,
            Signer::NextRoot(_) => 2,
        }
    }
}

impl ForkProof {
    /// What it proves, if it does (`IDN-9`).
    pub fn verify(&self) -> Result<Fork, BadFork> {
        let common = self.common.verify()?;
        let (Some(one), Some(other)) = (self.one.first(), self.other.first()) else { return Err(BadFork::NoParting) };
        if one.body == other.body {
            return Err(BadFork::NoParting);
        }
        let (one, other) = (last_signer(&common, &self.one)?, last_signer(&common, &self.other)?);
        let by = if one.rank() < other.rank() { other } else { one };
        let fork = Fork { firm: common.firm, number: common.number.saturating_add(1), by };
        if one.key() == other.key() { Ok(fork) } else { Err(BadFork::DifferentKeys) }
    }
}

impl Fork {
    /// Whether a reader who knows of this fork may not believe a log of that firm: no higher key has spoken since the logs
    /// parted (`IDN-9`).
    pub fn condemns(&self, keys: &KeyState) -> bool {
        keys.firm == self.firm
            && match self.by {
                Signer::Operating(_) => keys.by_root < self.number,
                Signer::Root(_) => keys.rotated < self.number,
                Signer::NextRoot(_) => true,
            }
    }
}

impl KeyLog {
    /// Compares this log, which a reader holds, with another one (`IDN-8`, `IDN-9`). Fails when either does not hold.
    pub fn meet(&self, other: &KeyLog) -> Result<Meeting, BadLog> {
        if self.inception.body != other.inception.body {
            return Ok(Meeting::Stranger);
        }
        let founded = |log: &KeyLog| KeyState::founded(&log.inception).map_err(|why| BadLog { number: 0, why });
        let ours = ranks(&founded(self)?, &self.events)?;
        let theirs = ranks(&founded(other)?, &other.events)?;
        for at in 0..ours.len().max(theirs.len()) {
            let (one, two) = (self.events.get(at), other.events.get(at));
            let same_words = one.map(|event| &event.body) == two.map(|event| &event.body);
            if same_words && ours.get(at) == theirs.get(at) {
                continue;
            }
            let (ours, theirs) = match (highest(&ours, at), highest(&theirs, at)) {
                (_, None) => return Ok(Meeting::Stands),
                (None, _) => return Ok(Meeting::Yields),
                (Some(ours), Some(theirs)) => (ours, theirs),
            };
            match ours.rank.cmp(&theirs.rank) {
                Ordering::Greater => return Ok(Meeting::Stands),
                Ordering::Less => return Ok(Meeting::Yields),
                // The same words by two keys, and the higher key has spoken in both: no contradiction yet.
                Ordering::Equal if same_words => {}
                Ordering::Equal => {
                    let part = |log: &KeyLog, from, to| log.events.get(from..to).unwrap_or_default().to_vec();
                    let common = KeyLog { inception: self.inception.clone(), events: part(self, 0, at) };
                    let (one, other) = (part(self, at, ours.until), part(other, at, theirs.until));
                    return Ok(Meeting::Forked(Box::new(ForkProof { common, one, other })));
                }
            }
        }
        Ok(Meeting::Stands)
    }
}

/// The highest key that spoke in a log from some event on, and how many events the log has up to the first thing that it said.
struct Highest {
    rank: u8,
    until: usize,
}

/// `None` when the log has ended by then.
fn highest(ranks: &[u8], from: usize) -> Option<Highest> {
    let spoken = ranks.iter().zip(1..).skip(from);
    spoken.max_by_key(|(rank, until)| (**rank, Reverse(*until))).map(|(rank, until)| Highest { rank: *rank, until })
}

/// How high the key stands that signed each event of a continuation that holds.
fn ranks(common: &KeyState, tail: &[SignedKeyEvent]) -> Result<Vec<u8>, BadLog> {
    Ok(signers(common, tail)?.iter().map(Signer::rank).collect())
}

/// Who signed the last event of a continuation that holds.
fn last_signer(common: &KeyState, tail: &[SignedKeyEvent]) -> Result<Signer, BadFork> {
    signers(common, tail)?.pop().ok_or(BadFork::NoParting)
}

/// Who signed each event of a continuation that holds.
fn signers(common: &KeyState, tail: &[SignedKeyEvent]) -> Result<Vec<Signer>, BadLog> {
    let (mut state, mut signers) = (common.clone(), Vec::with_capacity(tail.len()));
    for (event, number) in tail.iter().zip(common.number.saturating_add(1)..) {
        let (next, signer) = state.after(event).map_err(|why| BadLog { number, why })?;
        state = next;
        signers.push(signer);
    }
    Ok(signers)
}
