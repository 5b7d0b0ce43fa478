//! What can be asked of an identity.

use super::{Event, Identity, Joined};
use crate::command::{ContactCard, Refusal};
use alloc::{boxed::Box, vec::Vec};
use ed25519_dalek::SigningKey;
use protocol::admission::{AdmissionAnswer, Welcome};
use protocol::firm_id::{FirstPosition, SignedInception};
use protocol::id::{Blob, OperatingKey, PersonKey};
use protocol::key_log::{Change, ForkProof, KeyEvent, KeyLog, Meeting, SignedKeyEvent};
use protocol::limits::ADDRESSES_MAX;
use protocol::text::Name;
use protocol::time::UnixMs;

/// Places where a sponsor and its friends are looked for, after a renewal: those that it names now and as many from before.
const MEETING_POINTS_MAX: usize = 2 * ADDRESSES_MAX;

/// Founds the firm whose operating key and first position this node holds.
pub fn found(
    identity: &Identity,
    (operating, position): (OperatingKey, &FirstPosition),
    inception: SignedInception,
    (legal_name, contact): (Name, ContactCard),
    now: UnixMs,
) -> Result<Event, Refusal> {
    if identity.founding.is_some() {
        return Err(Refusal::AlreadyFounded);
    }
    let keys = KeyLog::new(inception.clone()).verify().map_err(|_| Refusal::BadInception)?;
    let speaks = keys.today(now).and_then(|today| keys.operating_at(today)) == Some(operating);
    let own = speaks && keys.position == position.commitment();
    if own { Ok(Event::Founded { inception, legal_name, contact }) } else { Err(Refusal::BadInception) }
}

/// Goes on with a firm that was founded elsewhere, whose log names this node's operating key for today.
pub fn recover(
    identity: &Identity,
    operating: OperatingKey,
    log: Box<KeyLog>,
    (legal_name, contact): (Name, ContactCard),
    now: UnixMs,
) -> Result<Event, Refusal> {
    if identity.founding.is_some() {
        return Err(Refusal::AlreadyFounded);
    }
    let keys = log.verify().map_err(|_| Refusal::BadKeyEvents)?;
    let today = keys.today(now).ok_or(Refusal::BadKeyEvents)?;
    let own = keys.operating_at(today) == Some(operating);
    if own { Ok(Event::Recovered { log, legal_name, contact }) } else { Err(Refusal::OtherOperatingKey) }
}

/// What came of events that are said to change the firm's keys.
pub enum GoneOn {
    /// They stand.
    Changed(Event),
    /// They and the log at hand prove that one key said two things (`IDN-9`).
    Forked(Box<ForkProof>),
}

/// Takes in events that the owner of the root key signed: they go on from this firm's log, or take back the end of it (`IDN-8`).
/// Refused when they leave an operating key in force that this node does not have (`first` is the one it came with), because
/// it could then say nothing.
pub fn go_on(
    identity: &Identity,
    first: OperatingKey,
    events: Vec<SignedKeyEvent>,
    now: UnixMs,
) -> Result<GoneOn, Refusal> {
    let founding = identity.founding.as_ref().ok_or(Refusal::NotFounded)?;
    let log = founding.log.with(&events).ok_or(Refusal::BadKeyEvents)?;
    match founding.log.meet(&log) {
        Ok(Meeting::Yields) => {}
        Ok(Meeting::Forked(proof)) => return Ok(GoneOn::Forked(proof)),
        _ => return Err(Refusal::BadKeyEvents),
    }
    let keys = log.verify().map_err(|_| Refusal::BadKeyEvents)?;
    let today = keys.today(now).ok_or(Refusal::BadKeyEvents)?;
    let another = keys.operating_at(today).is_some_and(|key| key != first && identity.prepared(&key).is_none());
    if another { Err(Refusal::OtherOperatingKey) } else { Ok(GoneOn::Changed(Event::KeysChanged { events })) }
}

/// The recovery sheet with the root keys of the present log is in somebody's hands.
pub fn keep_sheet(identity: &Identity, now: UnixMs) -> Result<Event, Refusal> {
    let founding = identity.founding.as_ref().ok_or(Refusal::NotFounded)?;
    Ok(Event::SheetKept { rotated: founding.keys.rotated, day: now.day() })
}

/// The event by which the operating key revokes a person's key from today on; `None` when the log does not take it: the
/// operating key is not in force, the log is full, or it says so already.
pub fn revoke(identity: &Identity, operating: &SigningKey, person: PersonKey, now: UnixMs) -> Option<Event> {
    let keys = &identity.founding.as_ref()?.keys;
    let day = keys.today(now)?;
    let change = Change::RevokePerson { person, from: day };
    let body = KeyEvent { firm: keys.firm, number: keys.number.checked_add(1)?, previous: keys.head, day, change };
    let event = SignedKeyEvent::new(body, operating);
    keys.after(&event).is_ok().then(|| Event::KeysChanged { events: [event].into() })
}

/// Takes in a sponsor's welcome.
pub fn join(identity: &Identity, welcome: Box<Welcome>, sponsor_peer: Blob, at: UnixMs) -> Result<Event, Refusal> {
    let founding = identity.founding.as_ref().ok_or(Refusal::NotFounded)?;
    let network = welcome.genesis.id();
    let elsewhere = identity.network.as_ref().is_some_and(|(_, id)| *id != network);
    let sponsor = welcome.membership.body.sponsor;
    let membership = &welcome.membership;
    let admission = &welcome.admission;
    let charter = &welcome.charter;
    let sound = welcome.genesis.well_formed()
        && welcome.genesis.founder(&sponsor).is_some()
        && membership.body.network == network
        && membership.body.firm == founding.firm
        && membership.body.legal_name == founding.legal_name
        && admission.body.network == network
        && admission.body.sponsor == sponsor
        && charter.body.network == network
        && charter.body.sponsor == sponsor
        && membership.verify(&sponsor).is_ok()
        && admission.verify(&sponsor).is_ok()
        && charter.verify(&sponsor).is_ok();
    if sound && !elsewhere { Ok(Event::Joined { welcome, sponsor_peer, at }) } else { Err(Refusal::BadWelcome) }
}

/// Takes in what the sponsor behind a peer answered to a request for renewal (`ADM-3`). `None` when nothing changed.
pub fn renew(identity: &Identity, from: &Blob, answer: AdmissionAnswer, at: UnixMs) -> Result<Option<Event>, Refusal> {
    let joined = of_peer(identity, from)?;
    let before = &joined.welcome;
    let mut welcome = match answer {
        AdmissionAnswer::Welcome(welcome) => welcome,
        AdmissionAnswer::NotAdmitted(why) => {
            let sponsor = before.membership.body.sponsor;
            return Ok((joined.refused != Some(why)).then_some(Event::NotRenewed { sponsor, why }));
        }
    };
    let ends = |welcome: &Welcome| (welcome.admission.body.expires, welcome.membership.body.expires);
    let ((admitted, member), (admitted_before, member_before)) = (ends(&welcome), ends(before));
    let same = welcome.membership.body.sponsor == before.membership.body.sponsor
        && welcome.admission.body.peer == before.admission.body.peer;
    if !same || admitted < admitted_before || member < member_before {
        return Err(Refusal::BadWelcome);
    }
    if (admitted, member) == (admitted_before, member_before) {
        return Ok(None);
    }
    // Where the sponsor was met before stays worth a try.
    for point in &before.meeting_points {
        if welcome.meeting_points.len() < MEETING_POINTS_MAX && !welcome.meeting_points.contains(point) {
            welcome.meeting_points.push(point.clone());
        }
    }
    join(identity, welcome, from.clone(), at).map(Some)
}

/// Takes in what the sponsor behind a peer answered to the question whether it admits the transport identity that was drawn
/// (`ADM-5`). `None` when the answer is about something else.
pub fn rebind(identity: &Identity, from: &Blob, answer: &AdmissionAnswer) -> Result<Option<Event>, Refusal> {
    let Some(next) = identity.transport.next_peer() else { return Ok(None) };
    let joined = of_peer(identity, from)?;
    let before = &joined.welcome.admission.body;
    match answer {
        AdmissionAnswer::Welcome(welcome) if welcome.admission.body.peer.0 == next.to_peer_id() => {
            let admission = &welcome.admission;
            let same = admission.body.network == before.network && admission.body.sponsor == before.sponsor;
            if !same || admission.body.expires < before.expires || admission.verify(&before.sponsor).is_err() {
                return Err(Refusal::BadWelcome);
            }
            let known = matches!(&joined.rebound, Some(Ok(known)) if known == admission);
            Ok((!known).then(|| Event::Rebound { admission: Box::new(admission.clone()) }))
        }
        // While one is drawn, nothing else is asked of a sponsor.
        AdmissionAnswer::NotAdmitted(why) if joined.rebound.is_none() => {
            Ok(Some(Event::NotRebound { sponsor: before.sponsor, why: *why }))
        }
        _ => Ok(None),
    }
}

fn of_peer<'a>(identity: &'a Identity, sponsor_peer: &Blob) -> Result<&'a Joined, Refusal> {
    identity.joined.iter().find(|one| one.sponsor_peer == *sponsor_peer).ok_or(Refusal::BadWelcome)
}
