//! Of the firm and its node.

use crate::identity::Validity;
use crate::register::PersonId;
use crate::view::LeavingView;
use alloc::vec::Vec;
use protocol::admission::NotAdmitted;
use protocol::genesis::NetworkKind;
use protocol::id::{DealId, FirmId, Hash, NetworkId, RecordId};
use protocol::text::Name;
use protocol::time::{Day, UnixMs, Week};
use protocol::vocabulary::{OutcomeCode, Role};
use serde::Serialize;

/// What one sponsor signed for this firm, and how long it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BelongingView {
    /// Name of the sponsor.
    pub sponsor: Name,
    /// Last day of the membership.
    pub member_until: Day,
    /// When the admission to neighbours ends.
    pub admitted_until: UnixMs,
    /// When the first of both ends.
    pub ends: UnixMs,
    /// How it stands now.
    pub validity: Validity,
    /// Why the sponsor does not renew it, if it said so.
    pub refused: Option<NotAdmitted>,
}

/// The node at a glance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatusView {
    /// Legal name, once founded.
    pub firm: Option<Name>,
    /// Firm id, once founded.
    pub firm_id: Option<FirmId>,
    /// Network name, once joined.
    pub network: Option<Name>,
    /// Its id.
    pub network_id: Option<NetworkId>,
    /// Real, demonstration or simulated.
    pub kind: Option<NetworkKind>,
    /// Names of the sponsors that admitted this firm.
    pub sponsors: Vec<Name>,
    /// The last day of the operating key that the log named last.
    pub operating_until: Option<Day>,
    /// Since when the node is about to go on under another transport identity.
    pub moving_since: Option<UnixMs>,
    /// How it stands with that key now.
    pub operating: Option<Validity>,
    /// Last day of the newest membership.
    pub member_until: Option<Day>,
    /// Whether the firm can do business today.
    pub standing: Standing,
    /// Whether the sponsor could tell which passes this firm uses (scheme 0).
    pub sponsor_can_link_passes: bool,
    /// Connected neighbours.
    pub neighbours: u32,
    /// Neighbours that held the same when they were last compared.
    pub alike: u32,
    /// Neighbours that did not: they lack something still, or withhold it.
    pub apart: u32,
    /// Whether enough of them are alike for this node to take what it holds for all there is (`SYN-10`).
    pub complete: bool,
    /// Live adverts of everybody.
    pub adverts: u32,
    /// Live envelopes of everybody.
    pub envelopes: u32,
    /// Log entries of everybody.
    pub log_entries: u32,
    /// Passes at hand for adverts, contacts, log entries.
    pub passes: [u32; 3],
    /// Why there are none for something new, if there are none (scheme 1).
    pub pass_wait: Option<PassWait>,
    /// How own records leave, once joined.
    pub leaving: Option<LeavingView>,
    /// Questions that wait for a person.
    pub waiting: u32,
    /// This node's clock.
    pub now: UnixMs,
}

/// Why a firm has no passes for something new.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PassWait {
    /// The week's batch is used up; the next one comes with the new week.
    UsedUp,
    /// Neighbours have not yet shown that they hold the same keys of the sponsor (`PAS-9`).
    Unconfirmed,
    /// Only one neighbour is connected: its word counts when the keys are two days old (`PAS-9`).
    Alone,
    /// No node of a sponsor that vouches for this firm is connected.
    Unreached,
    /// The sponsor was asked and has not answered yet.
    Unanswered,
    /// Every sponsor that vouches for this firm told two keys for one week, and nobody takes its passes any more (`PAS-8`).
    Distrusted,
}

/// Whether a firm can do business today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// The node belongs to no firm yet.
    NotFounded,
    /// The firm is in no network yet.
    NotJoined,
    /// The last day of every membership is over: sponsors issue nothing more.
    Lapsed,
    /// A sponsor vouches for it.
    Member,
}

/// One own engagement in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EngagementView {
    /// Which deal.
    pub deal: DealId,
    /// With whom.
    pub with: Option<Name>,
    /// Own START entry.
    pub start: RecordId,
    /// Own OUTCOME entry.
    pub outcome: Option<OutcomeCode>,
    /// Begun.
    pub week: Week,
}

/// The trust log as this node holds it, and own standing with reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TrustView {
    /// Entries of everybody.
    pub entries: u32,
    /// Digest of the set: equal on nodes that hold the same entries.
    pub digest: Hash,
    /// Own engagements.
    pub engagements: Vec<EngagementView>,
    /// How many completed, with how many firms, still open.
    pub completed: u32,
    /// See `completed`.
    pub firms: u32,
    /// See `completed`.
    pub open: u32,
}

/// A person of the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonView {
    /// Short name.
    pub id: PersonId,
    /// Name.
    pub name: Name,
    /// Roles.
    pub roles: Vec<Role>,
    /// Last day.
    pub expires: Day,
}
