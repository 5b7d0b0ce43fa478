//! What a sponsor's desk may show: its own register and counts. Nothing here names the owner of anything on the shelf.

use crate::members::{Invited, Member, MemberNo};
use crate::sponsor::Sponsor;
use alloc::vec::Vec;
use protocol::check::Kind;
use protocol::genesis::NetworkKind;
use protocol::id::{FirmId, NetworkId, SponsorKey};
use protocol::pass::Purpose;
use protocol::text::Name;
use protocol::time::{Day, UnixMs, Week};
use protocol::vocabulary::ResourceClass;
use serde::{Deserialize, Serialize};

/// What can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Query {
    /// The sponsor at a glance.
    Status,
    /// The register.
    Members,
    /// Invitations.
    Invitations,
    /// Passes issued.
    Passes,
}

/// What is seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum View {
    /// For [`Query::Status`].
    Status(StatusView),
    /// For [`Query::Members`], in order of entry.
    Members(Vec<MemberView>),
    /// For [`Query::Invitations`], oldest first.
    Invitations(Vec<InvitationView>),
    /// For [`Query::Passes`], by week and purpose.
    Passes(Vec<PassesView>),
}

/// The sponsor at a glance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusView {
    /// The network.
    pub network: NetworkId,
    /// What people call it.
    pub network_name: Name,
    /// Real, demonstration or simulated.
    pub kind: NetworkKind,
    /// This sponsor.
    pub sponsor: SponsorKey,
    /// The market's name, from the charter.
    pub market: Name,
    /// Firms in the register.
    pub members: usize,
    /// Invitations that can still be used.
    pub invitations_open: usize,
    /// Connected neighbours.
    pub neighbours: usize,
    /// Adverts and withdrawals on the shelf.
    pub adverts: usize,
    /// Envelopes on the shelf.
    pub envelopes: usize,
    /// Log entries on the shelf.
    pub log_entries: usize,
}

/// One member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberView {
    /// Place in the register.
    pub number: MemberNo,
    /// Which firm.
    pub firm: FirmId,
    /// Its legal name.
    pub legal_name: Name,
    /// What it does, as declared.
    pub classes: Vec<ResourceClass>,
    /// Member since.
    pub since: Day,
    /// The last day of its certificates.
    pub expires: Day,
    /// Whether its membership was ended: its certificates run out and are not renewed.
    pub dismissed: bool,
}

/// Whether an invitation can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InvitationStatus {
    /// It waits for a firm.
    Open,
    /// This member used it.
    Used(MemberNo),
    /// It lapsed unused.
    Expired,
}

/// One invitation, without its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationView {
    /// When it was made.
    pub issued: UnixMs,
    /// When it lapses.
    pub expires: UnixMs,
    /// Whether it can be used.
    pub status: InvitationStatus,
}

/// Passes issued for one week and purpose, to all members together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassesView {
    /// For which week.
    pub epoch: Week,
    /// For what.
    pub purpose: Purpose,
    /// How many.
    pub issued: u64,
}

impl Sponsor {
    /// What the desk shows at `now`. Pure; answers from the state as it stands.
    pub fn view(&self, query: Query, now: UnixMs) -> View {
        match query {
            Query::Status => View::Status(self.status(now)),
            Query::Members => View::Members(self.members.all().map(|one| self.member(one)).collect()),
            Query::Invitations => {
                let mut all: Vec<InvitationView> =
                    self.members.invitations().map(|invited| invitation(invited, now)).collect();
                all.sort_by_key(|invitation| (invitation.issued, invitation.expires));
                View::Invitations(all)
            }
            Query::Passes => {
                let totals = self.issued.totals();
                View::Passes(totals.map(|(epoch, purpose, issued)| PassesView { epoch, purpose, issued }).collect())
            }
        }
    }

    fn status(&self, now: UnixMs) -> StatusView {
        let open = |invited: &&Invited| invitation(invited, now).status == InvitationStatus::Open;
        StatusView {
            network: self.office.network,
            network_name: self.office.genesis.name.clone(),
            kind: self.office.genesis.kind,
            sponsor: self.office.key(),
            market: self.office.charter.body.name.clone(),
            members: self.members.all().count(),
            invitations_open: self.members.invitations().filter(open).count(),
            neighbours: self.neighbours(),
            adverts: self.market.shelf.count(Kind::Adverts),
            envelopes: self.market.shelf.count(Kind::Envelopes),
            log_entries: self.market.shelf.count(Kind::Log),
        }
    }

    fn member(&self, member: &Member) -> MemberView {
        let body = &member.membership.body;
        MemberView {
            number: member.number,
            firm: body.firm,
            legal_name: body.legal_name.clone(),
            classes: member.classes.clone(),
            since: body.since,
            expires: body.expires,
            dismissed: self.members.is_dismissed(member.number),
        }
    }
}

fn invitation(invited: &Invited, now: UnixMs) -> InvitationView {
    let status = match &invited.used {
        Some(used) => InvitationStatus::Used(used.member),
        None if now >= invited.expires => InvitationStatus::Expired,
        None => InvitationStatus::Open,
    };
    InvitationView { issued: invited.issued, expires: invited.expires, status }
}
