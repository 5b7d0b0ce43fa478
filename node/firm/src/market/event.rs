//! What can happen in the market.

use super::{Holder, OwnAdvert};
use alloc::{boxed::Box, vec::Vec};
use protocol::census::SignedCensus;
use protocol::check::Kept;
use protocol::id::{Blob, HolderKey, ItemId, RecordId, SponsorKey};
use protocol::pass::{Pass, Purpose};
use protocol::time::{UnixMs, Week};
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// A record was placed on the shelf.
    Placed {
        /// The record.
        record: Kept,
        /// When it was heard, or made here.
        at: UnixMs,
        /// The own key that was spent on it, if it is this firm's.
        spent: Option<HolderKey>,
        /// Whether this firm made it: then neighbours do not see it before one of them tells it (`SYN-11`).
        own: bool,
    },
    /// A neighbour told a record of this firm's own making.
    Echoed {
        /// The record.
        record: RecordId,
        /// When it was heard.
        at: UnixMs,
    },
    /// Records reached the end of their life.
    Expired(Vec<RecordId>),
    /// Keys were made for which the sponsor is asked to issue passes.
    HoldersMade(Vec<Holder>),
    /// Passes arrived.
    PassesIssued(Vec<Pass>),
    /// The first passes of a batch came when its epoch had begun: this node is new, or was away (`PAS-11`).
    CameLate {
        /// For what.
        purpose: Purpose,
        /// For which week.
        epoch: Week,
        /// When.
        at: UnixMs,
    },
    /// A sponsor had fewer passes to give than were asked for: its batch is used up (`PAS-10`).
    UsedUp {
        /// For what.
        purpose: Purpose,
        /// For which week.
        epoch: Week,
        /// Which.
        sponsor: SponsorKey,
    },
    /// A neighbour showed that it holds the same manifest (`PAS-9`).
    KeyTold {
        /// The manifest.
        manifest: RecordId,
        /// The neighbour's transport identity.
        by: Blob,
    },
    /// A sponsor published its census.
    Counted(Box<SignedCensus>),
    /// Keys and passes of weeks before this one can say nothing any more.
    Outdated(Week),
    /// An item is advertised.
    Advertised(OwnAdvert),
    /// An item's advert is gone.
    Silenced(ItemId),
}
