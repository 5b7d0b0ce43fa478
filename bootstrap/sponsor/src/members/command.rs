//! What can be asked of the register.

use super::{Event, Invited, Member, MemberNo, Members, Use};
use crate::command::Refusal;
use crate::limits::{CERTIFICATE_DAYS, INVITATION_DAYS_MAX, PAST_ADMISSIONS_MAX, RENEWAL_DAYS};
use crate::office::Office;
use alloc::boxed::Box;
use alloc::vec::Vec;
use protocol::admission::{
    ADMISSION_BYTES_MAX, Admission, AdmissionAnswer, AdmissionRequest, Membership, NotAdmitted, Welcome,
};
use protocol::id::{Blob, FirmId, Hash, InvitationToken, PeerKey};
use protocol::invitation::{Invitation, InvitationBody};
use protocol::limits::LIST_MAX;
use protocol::sign::Signed;
use protocol::time::{Day, UnixMs};
use protocol::vocabulary::ResourceClass;
use protocol::wire::decode;

/// How a request for admission ends: what to answer, and what became true by it, if anything.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// For the peer.
    pub answer: AdmissionAnswer,
    /// For the journal, before the answer leaves.
    pub event: Option<Event>,
}

/// Makes an invitation with a freshly drawn token.
pub fn invite(
    office: &Office,
    token: InvitationToken,
    expires: UnixMs,
    now: UnixMs,
) -> Result<(Invitation, Event), Refusal> {
    let latest = now.day().plus(INVITATION_DAYS_MAX + 1).start();
    if expires <= now || expires > latest {
        return Err(Refusal::Expiry);
    }
    let body = InvitationBody {
        network: office.network,
        sponsor: office.key(),
        peer: office.peer.clone(),
        addresses: office.addresses.clone(),
        expires,
        token,
    };
    Ok((Invitation::new(body, &office.keys.operating), Event::Invited { token, issued: now, expires }))
}

/// Judges a request that `peer` handed in (`INV-1`).
pub fn admit(members: &Members, office: &Office, peer: &Blob, request: &[u8], now: UnixMs) -> Judgement {
    judgement(office, judge(members, office, peer, request, now))
}

fn judgement(office: &Office, judged: Result<(Member, Option<Event>), NotAdmitted>) -> Judgement {
    let (answer, event) = match judged {
        Ok((member, event)) => (AdmissionAnswer::Welcome(Box::new(welcome(office, &member))), event),
        Err(why) => (AdmissionAnswer::NotAdmitted(why), None),
    };
    Judgement { answer, event }
}

fn judge(
    members: &Members,
    office: &Office,
    peer: &Blob,
    bytes: &[u8],
    now: UnixMs,
) -> Result<(Member, Option<Event>), NotAdmitted> {
    let request: AdmissionRequest = decode(bytes, ADMISSION_BYTES_MAX).map_err(|_| NotAdmitted::Malformed)?;
    let invited = members.invitation(&request.token).ok_or(NotAdmitted::Unknown)?;
    let hash = Hash::of_bytes("cosolvent/admission-request/1", bytes);
    if invited.used.is_some() {
        return again(members, office, invited, peer, hash, now).ok_or(NotAdmitted::Used);
    }
    if now >= invited.expires {
        return Err(NotAdmitted::Expired);
    }
    let firm = request.inception.founds().map_err(|_| NotAdmitted::Malformed)?;
    let member = enrol(members, office, peer, firm, &request, now).ok_or(NotAdmitted::Malformed)?;
    let used = Use { peer: peer.clone(), request: hash, member: member.number };
    let event = Event::Admitted { token: request.token, used, member: Box::new(member.clone()) };
    Ok((member, Some(event)))
}

/// Renews for whoever is a member's peer, while the membership is not over (`ADM-4`).
pub fn renew(members: &Members, office: &Office, peer: &Blob, now: UnixMs) -> Judgement {
    let listed = members.by_peer(&peer.0).and_then(|number| members.member(number)).ok_or(NotAdmitted::NotAMember);
    let listed = listed.and_then(|one| if one.holds_at(now) { Ok(one) } else { Err(NotAdmitted::Ended) });
    judgement(office, listed.map(|member| prolonged(office, member, now)))
}

/// Admits a member under another transport identity in the place of the one that asks (`ADM-5`). Asked again by the one before, it
/// gives the same answer.
pub fn rebind(members: &Members, office: &Office, from: &Blob, to: PeerKey, now: UnixMs) -> Judgement {
    judgement(office, rebound(members, office, from, &Blob(to.to_peer_id()), now))
}

fn rebound(
    members: &Members,
    office: &Office,
    from: &Blob,
    to: &Blob,
    now: UnixMs,
) -> Result<(Member, Option<Event>), NotAdmitted> {
    let number = members.by_peer(&from.0).or_else(|| members.by_past_peer(from));
    let member = number.and_then(|number| members.member(number)).ok_or(NotAdmitted::NotAMember)?;
    if members.is_dismissed(member.number) || !member.holds_at(now) {
        return Err(NotAdmitted::Ended);
    }
    if member.peer() == to {
        return Ok((member.clone(), None));
    }
    if member.peer() != from {
        return Err(NotAdmitted::NotAMember);
    }
    let is_somebodys = members.by_peer(&to.0).is_some() || members.by_past_peer(to).is_some();
    if is_somebodys || members.past_held(member.number, now) >= PAST_ADMISSIONS_MAX {
        return Err(NotAdmitted::NotRebound);
    }
    let admission = Admission { peer: to.clone(), ..member.admission.body.clone() };
    let moved = Member { admission: Signed::new(admission, &office.keys.operating), ..member.clone() };
    Ok((moved.clone(), Some(Event::Rebound(Box::new(moved)))))
}

/// Ends a membership.
pub fn dismiss(members: &Members, number: MemberNo) -> Result<Event, Refusal> {
    let listed = members.member(number).is_some() && !members.is_dismissed(number);
    if listed { Ok(Event::Dismissed(number)) } else { Err(Refusal::NoSuchMember) }
}

/// The member whose request this was the first time.
fn again(
    members: &Members,
    office: &Office,
    invited: &Invited,
    peer: &Blob,
    request: Hash,
    now: UnixMs,
) -> Option<(Member, Option<Event>)> {
    let used = invited.used.as_ref().filter(|used| used.peer == *peer && used.request == request)?;
    let member = members.member(used.member).filter(|member| members.by_peer(&peer.0) == Some(member.number))?;
    member.holds_at(now).then(|| prolonged(office, member, now))
}

/// The member with certificates for another year, in the last third of the old.
fn prolonged(office: &Office, member: &Member, now: UnixMs) -> (Member, Option<Event>) {
    if now.day().plus(RENEWAL_DAYS) < member.membership.body.expires {
        return (member.clone(), None);
    }
    let (admission, membership) = certify(office, member.peer().clone(), member.membership.body.clone(), now.day());
    let renewed = Member { admission, membership, ..member.clone() };
    (renewed.clone(), Some(Event::Renewed(Box::new(renewed))))
}

fn enrol(
    members: &Members,
    office: &Office,
    peer: &Blob,
    firm: FirmId,
    request: &AdmissionRequest,
    now: UnixMs,
) -> Option<Member> {
    let today = now.day();
    let before = members.by_firm(&firm);
    let body = Membership {
        network: office.network,
        sponsor: office.key(),
        firm,
        legal_name: request.legal_name.clone(),
        since: before.map_or(today, |member| member.membership.body.since),
        expires: today,
    };
    let (admission, membership) = certify(office, peer.clone(), body, today);
    Some(Member {
        number: before.map_or_else(|| members.next_number(), |member| member.number),
        classes: declared(&request.classes)?,
        admission,
        membership,
    })
}

/// Both certificates, for a year from today.
fn certify(office: &Office, peer: Blob, body: Membership, today: Day) -> (Signed<Admission>, Signed<Membership>) {
    let last = today.plus(CERTIFICATE_DAYS);
    let admission = Admission { network: office.network, sponsor: office.key(), peer, expires: last.plus(1).start() };
    let membership = Membership { expires: last, ..body };
    (Signed::new(admission, &office.keys.operating), Signed::new(membership, &office.keys.operating))
}

fn declared(classes: &[ResourceClass]) -> Option<Vec<ResourceClass>> {
    let mut classes = classes.to_vec();
    classes.sort();
    classes.dedup();
    (classes.len() <= LIST_MAX).then_some(classes)
}

fn welcome(office: &Office, member: &Member) -> Welcome {
    Welcome {
        genesis: office.genesis.clone(),
        charter: office.charter.clone(),
        admission: member.admission.clone(),
        membership: member.membership.clone(),
        meeting_points: office.meeting_points.clone(),
    }
}
