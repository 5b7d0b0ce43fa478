//! The register as it stands.

use super::Event;
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use protocol::admission::{Admission, Membership};
use protocol::id::{Blob, FirmId, Hash, InvitationToken};
use protocol::sign::Signed;
use protocol::text::Name;
use protocol::time::UnixMs;
use protocol::vocabulary::ResourceClass;
use serde::{Deserialize, Serialize};

/// A member's place in the register, counted from 1. The other concerns know a member by it and by nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MemberNo(pub u32);

/// A firm that was admitted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Place in the register.
    pub number: MemberNo,
    /// What it does, as declared.
    pub classes: Vec<ResourceClass>,
    /// For its transport identity.
    pub admission: Signed<Admission>,
    /// For the firm.
    pub membership: Signed<Membership>,
}

impl Member {
    /// Which firm.
    pub fn firm(&self) -> FirmId {
        self.membership.body.firm
    }

    /// Its legal name as checked.
    pub fn legal_name(&self) -> &Name {
        &self.membership.body.legal_name
    }

    /// Whether its membership is not over.
    pub fn holds_at(&self, now: UnixMs) -> bool {
        now.day() <= self.membership.body.expires
    }

    /// Its transport identity.
    pub fn peer(&self) -> &Blob {
        &self.admission.body.peer
    }
}

/// Who used an invitation, with which request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Use {
    /// The transport identity.
    pub peer: Blob,
    /// Hash of the request's bytes.
    pub request: Hash,
    /// Which member it became.
    pub member: MemberNo,
}

/// An invitation that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    /// When it was made.
    pub issued: UnixMs,
    /// When it lapses.
    pub expires: UnixMs,
    /// By whom it was used, if it was.
    pub used: Option<Use>,
}

/// All invitations and members.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Members {
    invitations: BTreeMap<InvitationToken, Invited>,
    members: BTreeMap<MemberNo, Member>,
    by_peer: BTreeMap<Blob, MemberNo>,
    by_firm: BTreeMap<FirmId, MemberNo>,
    /// Transport identities that were a member's before, whose it was, and until when their admissions hold.
    past: BTreeMap<Blob, (MemberNo, UnixMs)>,
    dismissed: BTreeSet<MemberNo>,
}

impl Members {
    /// Takes in what happened.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Invited { token, issued, expires } => {
                self.invitations.insert(*token, Invited { issued: *issued, expires: *expires, used: None });
            }
            Event::Admitted { token, used, member } => {
                if let Some(invited) = self.invitations.get_mut(token) {
                    invited.used = Some(used.clone());
                }
                self.enter(member);
            }
            Event::Renewed(member) => self.enter(member),
            Event::Rebound(member) => {
                if let Some(before) = self.members.get(&member.number) {
                    let admission = &before.admission.body;
                    self.past.insert(admission.peer.clone(), (member.number, admission.expires));
                }
                self.enter(member);
            }
            Event::Dismissed(number) => {
                self.by_peer.retain(|_, of| of != number);
                self.dismissed.insert(*number);
            }
        }
    }

    fn enter(&mut self, member: &Member) {
        self.dismissed.remove(&member.number);
        self.by_peer.retain(|_, number| *number != member.number);
        self.by_peer.insert(member.peer().clone(), member.number);
        self.by_firm.insert(member.firm(), member.number);
        self.members.insert(member.number, member.clone());
    }

    /// An invitation.
    pub fn invitation(&self, token: &InvitationToken) -> Option<&Invited> {
        self.invitations.get(token)
    }

    /// All invitations, in no telling order.
    pub fn invitations(&self) -> impl Iterator<Item = &Invited> {
        self.invitations.values()
    }

    /// A member.
    pub fn member(&self, number: MemberNo) -> Option<&Member> {
        self.members.get(&number)
    }

    /// All members, in order of entry.
    pub fn all(&self) -> impl Iterator<Item = &Member> {
        self.members.values()
    }

    /// The member whose transport identity this is now.
    pub fn by_peer(&self, peer: &[u8]) -> Option<MemberNo> {
        self.by_peer.get(&Blob(peer.to_vec())).copied()
    }

    /// The member whose transport identity this was before it asked for another.
    pub fn by_past_peer(&self, peer: &Blob) -> Option<MemberNo> {
        self.past.get(peer).map(|(number, _)| *number)
    }

    /// How many admissions of earlier transport identities of a member still hold.
    pub fn past_held(&self, number: MemberNo, now: UnixMs) -> usize {
        self.past.values().filter(|(of, until)| *of == number && now < *until).count()
    }

    /// Whether its membership was ended.
    pub fn is_dismissed(&self, number: MemberNo) -> bool {
        self.dismissed.contains(&number)
    }

    /// The member that this firm is, if it was admitted before.
    pub fn by_firm(&self, firm: &FirmId) -> Option<&Member> {
        self.members.get(self.by_firm.get(firm)?)
    }

    /// The number of the next new member.
    pub(super) fn next_number(&self) -> MemberNo {
        MemberNo(self.members.last_key_value().map_or(0, |(last, _)| last.0).saturating_add(1))
    }
}
