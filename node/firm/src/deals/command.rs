//! What may be said or taken in at a deal's present point, and why not.

use super::{Deal, Party, lacks, talk};
use crate::knowledge::Catalogue;
use protocol::dialogue::{Identity, KeyRelease, Message, OptIn, Position, RevealProof, Step};
use protocol::docket::BadWork;
use protocol::genesis::Genesis;
use protocol::id::{FirmId, NetworkId};
use protocol::invitation::addresses_fit;
use protocol::key_log::{KeyState, Meeting, SignedKeyEvent};
use protocol::limits::IDENTITY_BYTES_MAX;
use protocol::lock::{Locked, unlock};
use protocol::sign::{Signed, verify};
use protocol::terms::{Act, TermsAct};
use protocol::time::UnixMs;

/// Why a message is refused. Its number is used up, nothing else changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Not at this point of the deal (`STP-1`).
    #[error("the message is out of its step")]
    OutOfStep,
    /// It speaks of another deal, session, version of terms or side.
    #[error("the message is about something else")]
    OtherMatter,
    /// A signature, certificate or decision does not hold.
    #[error("the message is not backed by the signatures it needs")]
    Unsigned,
    /// An answer has another shape than its question (`TLK-3`).
    #[error("an answer has another shape than its question wants")]
    OtherShape,
    /// A signature of terms in which something is missing that is required here (`TRM-4`).
    #[error("the terms lack something that is required here, so they are not taken as signed")]
    Incomplete,
    /// The lock does not open, or what is in it does not prove itself.
    #[error("the revealed name does not prove itself")]
    FalseName,
    /// It writes something down that cannot be so (`DKT-1`, `DKT-3`, `DKT-4`).
    #[error("the docket cannot be so: {0}")]
    Work(#[from] BadWork),
    /// The name that was proven, or the conflict class that was said, is one to which this firm tells nothing (`POL-8`, `POL-9`).
    #[error("the deal ends here")]
    Excluded,
    /// A key of the other side said two things (`IDN-9`).
    #[error("the other firm shows different key logs to different readers, and is not believed")]
    Forked,
}

/// Judges a message of either side against the deal's present point (`STP-1`). What only the journal's owner can have made is
/// judged by the same rules, so neither side can be led out of step by its own program.
pub fn admissible(
    deal: &Deal,
    message: &Message,
    ours: bool,
    (network, catalogue): (NetworkId, &Catalogue),
    now: UnixMs,
) -> Result<(), Unfit> {
    let (party, other) = if ours { (&deal.ours, &deal.theirs) } else { (&deal.theirs, &deal.ours) };
    let position = if ours { deal.position } else { deal.position.other() };
    match message {
        Message::Interest(_) => when(ours && position == Position::Initiator && party.brief.is_none()),
        Message::Answer(_) => when(position == Position::Responder && party.brief.is_none()),
        Message::Ask(ask) => when(talk::may_ask(party, other, ask)),
        Message::Reply(reply) => when(talk::may_reply(party, other, reply)),
        Message::Viable(consent) => {
            when(party.brief.is_some() && other.brief.is_some() && !party.viable)?;
            about(consent.deal == deal.id && consent.step == Step::Viable)
        }
        Message::OptIn(opt_in) => {
            when(party.viable && other.viable && party.opt_in.is_none())?;
            check_opt_in(deal, opt_in, position, other)
        }
        Message::Locked(part) => when(party.opt_in.is_some() && party.locked.takes(&part.0)),
        Message::Key(_) => {
            let first = Some(position) == goes_first(deal) || other.key.is_some();
            let locked = party.locked.whole().is_some() && other.locked.whole().is_some();
            when(locked && party.key.is_none() && first)
        }
        Message::Terms(terms) => {
            when(deal.identity.is_some() && deal.ours.key.is_some() && !deal.is_binding())?;
            about(terms.deal == deal.id && follows(deal, terms.number, ours))
        }
        Message::Act(act) => {
            let expected = expected_act(deal, act.act.act).ok_or(Unfit::OutOfStep)?;
            match act.act.act {
                Act::Acknowledge => when(party.acknowledged != Some(expected.terms))?,
                Act::Sign => when(
                    party.acknowledged == Some(expected.terms)
                        && other.acknowledged == Some(expected.terms)
                        && party.signed.as_ref().is_none_or(|signed| signed.act.terms != expected.terms),
                )?,
            }
            let (terms, _) = deal.current_terms().ok_or(Unfit::OutOfStep)?;
            if act.act.act == Act::Sign && !lacks(deal, terms, catalogue).is_empty() {
                return Err(Unfit::Incomplete);
            }
            let backed =
                ours || their_keys(deal).is_some_and(|keys| act.verify(network, &expected, terms.total, &keys, now));
            if backed { Ok(()) } else { Err(Unfit::Unsigned) }
        }
        Message::Started(_) => when(deal.reached() == Step::Sign && party.start.is_none()),
        Message::Docket(said) => {
            when(has_started(deal, ours) && party.outcome.is_none())?;
            let (docket, (terms, _)) = (&said.docket, deal.current_terms().ok_or(Unfit::OutOfStep)?);
            about(docket.deal == deal.id && docket.terms == terms.hash() && !party.dockets.has(docket.number))?;
            docket.work.check(terms, now.day(), |line| party.dockets.minutes(line))?;
            let backed = ours || their_keys(deal).is_some_and(|keys| said.verify(network, &keys, now));
            if backed { Ok(()) } else { Err(Unfit::Unsigned) }
        }
        Message::Countersign(said) => {
            let about_one = &said.countersignature;
            when(party.outcome.is_none() && other.dockets.waits(&about_one.docket))?;
            about(about_one.deal == deal.id)?;
            let backed = ours || their_keys(deal).is_some_and(|keys| said.verify(network, &keys, now));
            if backed { Ok(()) } else { Err(Unfit::Unsigned) }
        }
        Message::Contest(docket) => when(party.outcome.is_none() && other.dockets.waits(docket)),
        Message::Outcome(outcome) => {
            when(has_started(deal, ours) && party.outcome.is_none())?;
            let terms = deal.current_terms().map(|(terms, _)| terms.hash()).ok_or(Unfit::OutOfStep)?;
            let backed =
                ours || their_keys(deal).is_some_and(|keys| outcome.verify(network, deal.id, terms, &keys, now));
            if backed { Ok(()) } else { Err(Unfit::Unsigned) }
        }
        Message::Keys(events) => {
            when(party.key.is_some() && deal.identity.is_some())?;
            if ours { Ok(()) } else { check_keys(deal, events) }
        }
        Message::Whereabouts(_) => {
            when(party.key.is_some() && deal.identity.is_some())?;
            // Who told no way to it is reached by envelopes, for good.
            let told = ours || deal.identity.as_ref().is_some_and(|known| !known.peer.0.is_empty());
            when(told)
        }
        Message::Close(_) => when(!deal.is_binding()),
    }
}

/// Whether work has begun for a side: whoever says so has heard both STARTs. Gossip may bring them to the other side later than the words.
fn has_started(deal: &Deal, ours: bool) -> bool {
    if ours { deal.logged == Some(Step::Start) } else { deal.theirs.start.and(deal.ours.start).is_some() }
}

/// What the other side's newest log says.
fn their_keys(deal: &Deal) -> Option<KeyState> {
    deal.identity.as_ref()?.keys.verify().ok()
}

/// Whether the other side's log goes on in this way (`RVL-8`).
fn check_keys(deal: &Deal, events: &[SignedKeyEvent]) -> Result<(), Unfit> {
    let known = &deal.identity.as_ref().ok_or(Unfit::OutOfStep)?.keys;
    let told = known.with(events).ok_or(Unfit::OutOfStep)?;
    match known.meet(&told) {
        Ok(Meeting::Yields) => Ok(()),
        Ok(Meeting::Forked(_)) => Err(Unfit::Forked),
        Ok(Meeting::Stands | Meeting::Stranger) => Err(Unfit::OutOfStep),
        Err(_) => Err(Unfit::Unsigned),
    }
}

/// The act that acknowledging or signing the current terms would be.
pub fn expected_act(deal: &Deal, act: Act) -> Option<TermsAct> {
    let (terms, _) = deal.current_terms()?;
    Some(TermsAct { act, deal: deal.id, terms: terms.hash() })
}

/// Opens the other side's lock with its key and judges the name in it (`RVL-3` to `RVL-6`).
pub fn reveal(
    deal: &Deal,
    release: &KeyRelease,
    (genesis, network): (&Genesis, NetworkId),
    own: FirmId,
    now: UnixMs,
) -> Result<Identity, Unfit> {
    let position = deal.position.other();
    let opt_in = deal.theirs.opt_in.as_ref().ok_or(Unfit::OutOfStep)?;
    let locked = Locked {
        commitment: opt_in.body.commitment,
        ciphertext: deal.theirs.locked.whole().ok_or(Unfit::OutOfStep)?.to_vec(),
    };
    let bytes = unlock(position, &release.key, &locked, &opt_in.body.handshake).map_err(|_| Unfit::FalseName)?;
    let identity: Identity = protocol::wire::decode(&bytes, IDENTITY_BYTES_MAX).map_err(|_| Unfit::FalseName)?;
    let keys = identity.keys.verify().map_err(|_| Unfit::FalseName)?;
    let firm = keys.firm;
    let operating = keys.today(now).and_then(|today| keys.operating_at(today)).ok_or(Unfit::FalseName)?;
    let membership = &identity.membership.body;
    let vouched = genesis.founder(&membership.sponsor).is_some()
        && membership.network == network
        && membership.firm == firm
        && firm != own
        && now.day() <= membership.expires
        && identity.membership.verify(&membership.sponsor).is_ok();
    let bounded = identity.contact.well_formed() && addresses_fit(&identity.addresses);
    let proof = proof(deal, position, network).ok_or(Unfit::OutOfStep)?;
    let proven = verify::<RevealProof>(PROOF_LABEL, &proof, &operating, &release.proof).is_ok();
    if vouched && bounded && proven { Ok(identity) } else { Err(Unfit::FalseName) }
}

const PROOF_LABEL: &str = <RevealProof as protocol::sign::Statement>::LABEL;

/// Which side sends its key first (`RVL-9`), once both have opted in.
pub fn goes_first(deal: &Deal) -> Option<Position> {
    let (ours, theirs) = (&deal.ours.opt_in.as_ref()?.body, &deal.theirs.opt_in.as_ref()?.body);
    Some(match deal.position {
        Position::Initiator => OptIn::first(ours, theirs),
        Position::Responder => OptIn::first(theirs, ours),
    })
}

/// What the operating key of the side at `position` signs at the reveal of this deal.
pub fn proof(deal: &Deal, position: Position, network: NetworkId) -> Option<RevealProof> {
    let ours = deal.ours.opt_in.as_ref()?;
    let theirs = deal.theirs.opt_in.as_ref()?;
    let (initiator, responder) = match deal.position {
        Position::Initiator => (ours, theirs),
        Position::Responder => (theirs, ours),
    };
    let [initiator_key, responder_key] = deal.pseudonyms;
    Some(RevealProof {
        network,
        position,
        handshake: deal.channel.as_ref()?.handshake_hash(),
        initiator: initiator_key,
        responder: responder_key,
        initiator_opt_in: initiator.body.hash(),
        responder_opt_in: responder.body.hash(),
    })
}

fn check_opt_in(deal: &Deal, opt_in: &Signed<OptIn>, position: Position, other: &Party) -> Result<(), Unfit> {
    let body = &opt_in.body;
    let handshake = deal.channel.as_ref().map(|channel| channel.handshake_hash());
    about(Some(body.handshake) == handshake && body.position == position && ordered(&body.gives, &body.expects))?;
    about(other.opt_in.as_ref().is_none_or(|theirs| body.mutual(&theirs.body)))?;
    let [initiator, responder] = deal.pseudonyms;
    let pseudonym = if position == Position::Initiator { initiator } else { responder };
    opt_in.verify(&pseudonym).map(drop).map_err(|_| Unfit::Unsigned)
}

/// Whether a version of terms may come next. When both sides propose one number at once, the responder's stands.
fn follows(deal: &Deal, number: u32, ours: bool) -> bool {
    let Some((last, last_ours)) = deal.current_terms() else { return number == 1 };
    let position = if ours { deal.position } else { deal.position.other() };
    number == last.number.saturating_add(1)
        || (number == last.number && *last_ours != ours && position == Position::Responder)
}

fn ordered(gives: &[protocol::dialogue::Field], expects: &[protocol::dialogue::Field]) -> bool {
    gives.is_sorted_by(|a, b| a < b) && expects.is_sorted_by(|a, b| a < b)
}

fn when(at_this_point: bool) -> Result<(), Unfit> {
    if at_this_point { Ok(()) } else { Err(Unfit::OutOfStep) }
}

fn about(this_matter: bool) -> Result<(), Unfit> {
    if this_matter { Ok(()) } else { Err(Unfit::OtherMatter) }
}
