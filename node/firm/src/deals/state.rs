//! A deal as it stands.

use super::{Dockets, Event, Opening, Sealed, Word};
use crate::matching::Report;
use crate::register::PersonId;
use alloc::{collections::BTreeMap, sync::Arc, vec::Vec};
use protocol::dialogue::{
    Ask, Brief, CloseReason, Identity, KeyRelease, Message, OptIn, Position, Reply, Step, WitnessedReceipt,
};
use protocol::id::{Blob, DealId, Hash, HolderKey, ItemId, RecordId};
use protocol::key_log::KeyLog;
use protocol::limits::MESSAGES_READ_MAX;
use protocol::lock::{LockKey, Parts};
use protocol::noise::{Channel, Seed, Sequence};
use protocol::sign::Signed;
use protocol::terms::{Act, Terms, WitnessedAct};
use protocol::text::ShortText;
use protocol::time::UnixMs;

/// What one side has said so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Party {
    /// First words or their answer.
    pub brief: Option<Brief>,
    /// What it asked before names.
    pub asks: Vec<Ask>,
    /// What it answered to the other side's asks, in their order.
    pub replies: Vec<Reply>,
    /// "It can be done."
    pub viable: bool,
    /// Consent to exchange names.
    pub opt_in: Option<Signed<OptIn>>,
    /// The locked identity, as far as it has come.
    pub locked: Parts,
    /// Its key.
    pub key: Option<KeyRelease>,
    /// Acknowledged this version.
    pub acknowledged: Option<Hash>,
    /// Signed this version.
    pub signed: Option<WitnessedAct>,
    /// Own START entry.
    pub start: Option<RecordId>,
    /// What it wrote down about the work.
    pub dockets: Dockets,
    /// The outcome as this side saw it.
    pub outcome: Option<WitnessedReceipt>,
}

/// How far a message of this side has got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Must not leave yet.
    Held,
    /// Should leave.
    Due,
    /// In an envelope on everybody's shelf.
    Enveloped(RecordId),
    /// Confirmed by the other side.
    Delivered,
}

/// A message of this side.
#[derive(Clone, Debug, PartialEq)]
pub struct Outgoing {
    /// What leaves.
    pub sealed: Sealed,
    /// How far it has got.
    pub way: Way,
    /// To which step it belongs.
    pub step: Step,
    /// Since when it should leave.
    pub since: UnixMs,
    /// Whether both sides know each other's names when it leaves, so that it may go directly. The keys themselves and all
    /// before them go in envelopes: the other side could not tell yet who is calling.
    pub named: bool,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Milestone {
    /// Which step.
    pub step: Step,
    /// By this side.
    pub ours: bool,
    /// When.
    pub at: UnixMs,
    /// Who decided here.
    pub by: Option<PersonId>,
}

/// How a deal ended before its outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Closed {
    /// By this side.
    pub by_us: bool,
    /// As coarsely as it was told.
    pub reason: CloseReason,
    /// For this firm's eyes.
    pub note: Option<ShortText>,
    /// When.
    pub at: UnixMs,
}

/// One deal.
#[derive(Clone, Debug)]
pub struct Deal {
    /// Its id.
    pub id: DealId,
    /// Own item.
    pub item: ItemId,
    /// The responder's advert.
    pub advert: RecordId,
    /// Own position.
    pub position: Position,
    /// The initiator's and the responder's pseudonyms.
    pub pseudonyms: [HolderKey; 2],
    /// Why it matched, judged again with what the talk told.
    pub report: Report,
    /// How it began.
    pub opening: Opening,
    /// Seals and opens, once the answer is known to both.
    pub channel: Option<Arc<Channel>>,
    /// What this side said.
    pub ours: Party,
    /// What the other side said.
    pub theirs: Party,
    /// Versions of terms, and whether they are ours.
    pub terms: Vec<(Terms, bool)>,
    /// The version of terms that the other side signed and this one did not take as signed (`TRM-4`).
    pub unsigned: Option<Hash>,
    /// Opens our lock; and the seed of the key with which we may dispute.
    pub lock: Option<(LockKey, Seed)>,
    /// Who they are, with the newest key-event log that they told.
    pub identity: Option<Identity>,
    /// The transport identity under which the other side was reached before the one that it told last (`RVL-10`).
    pub before: Option<Blob>,
    /// The transport identity that this side has locked or told; empty if it told none.
    pub shown_peer: Blob,
    /// The key-event log that this side has shown or told.
    pub shown: Option<KeyLog>,
    /// Number of this side's newest message about its keys.
    pub told: Option<Sequence>,
    /// Number of this side's newest message about its transport identity.
    pub told_peer: Option<Sequence>,
    /// Messages of this side.
    pub outbox: Vec<Outgoing>,
    /// The other side's next number.
    pub next_in: Sequence,
    /// What happened, oldest first.
    pub milestones: Vec<Milestone>,
    /// START and OUTCOME, once the log shows that both sides took them.
    pub logged: Option<Step>,
    /// Set once it has ended early.
    pub closed: Option<Closed>,
    /// When something last happened.
    pub touched: UnixMs,
    /// Number of the last message of this side which the other, by what it said, has shown that it read.
    pub read: Option<Sequence>,
    /// When whoever must act was last told again since then, and after how many days.
    pub reminded: Option<(UnixMs, u32)>,
}

/// All deals.
#[derive(Clone, Debug, Default)]
pub struct Deals {
    deals: BTreeMap<DealId, Deal>,
}

impl Deals {
    /// Takes in what happened.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Opened { deal, .. } => {
                if let Some(opened) = Deal::open(event) {
                    self.deals.insert(*deal, opened);
                }
            }
            Event::Said { deal, .. }
            | Event::LetGo { deal, .. }
            | Event::Enveloped { deal, .. }
            | Event::Delivered { deal, .. }
            | Event::Skipped { deal, .. }
            | Event::Told { deal, .. }
            | Event::Locked { deal, .. }
            | Event::Revealed { deal, .. }
            | Event::Judged { deal, .. }
            | Event::Stepped { deal, .. }
            | Event::Reminded { deal, .. }
            | Event::Closed { deal, .. } => {
                if let Some(deal) = self.deals.get_mut(deal) {
                    deal.apply(event);
                }
            }
        }
    }

    /// One deal.
    pub fn deal(&self, id: &DealId) -> Option<&Deal> {
        self.deals.get(id)
    }

    /// All deals.
    pub fn all(&self) -> impl Iterator<Item = &Deal> {
        self.deals.values()
    }
}

impl Deal {
    /// Whether it still goes on.
    pub fn is_open(&self) -> bool {
        self.closed.is_none() && self.logged != Some(Step::Outcome)
    }

    /// Whether it still reads what the other side says (`STP-7`).
    pub fn listens(&self) -> bool {
        self.closed.is_none() && self.next_in.0 < MESSAGES_READ_MAX
    }

    /// Whether both sides have signed the same terms.
    pub fn is_binding(&self) -> bool {
        self.reached() >= Step::Sign
    }

    /// The current version of terms.
    pub fn current_terms(&self) -> Option<&(Terms, bool)> {
        self.terms.last()
    }

    /// The callsign of the other side.
    pub fn their_callsign(&self) -> alloc::string::String {
        let [initiator, responder] = &self.pseudonyms;
        protocol::callsign::callsign(match self.position {
            Position::Initiator => responder,
            Position::Responder => initiator,
        })
    }

    /// The tag of the other side's message under a number.
    pub fn tag_of(&self, sequence: Sequence) -> [u8; 2] {
        self.opening.tag_key().tag(self.position.other(), sequence).0
    }

    /// The number under which this side's next message is sealed.
    pub fn next_out(&self) -> Sequence {
        let handshake = self.outbox.iter().any(|out| out.sealed.sequence == Sequence::HANDSHAKE);
        let last = self.outbox.iter().map(|out| out.sealed.sequence).max();
        match last {
            Some(last) if handshake => last.next().unwrap_or(Sequence::LAST),
            _ => Sequence::HANDSHAKE,
        }
    }

    fn open(event: &Event) -> Option<Deal> {
        let Event::Opened { deal, item, advert, initiator, responder, report, opening, at } = event else {
            return None;
        };
        let position = match opening {
            Opening::Written { .. } => Position::Initiator,
            Opening::Heard { .. } => Position::Responder,
        };
        Some(Deal {
            id: *deal,
            item: *item,
            advert: *advert,
            position,
            pseudonyms: [*initiator, *responder],
            report: report.clone(),
            opening: opening.clone(),
            channel: None,
            ours: Party::default(),
            theirs: Party::default(),
            terms: Vec::new(),
            unsigned: None,
            lock: None,
            identity: None,
            before: None,
            shown_peer: Blob::default(),
            shown: None,
            told: None,
            told_peer: None,
            outbox: Vec::new(),
            next_in: Sequence::HANDSHAKE,
            milestones: Vec::new(),
            logged: None,
            closed: None,
            touched: *at,
            read: None,
            reminded: None,
        })
    }

    fn apply(&mut self, event: &Event) {
        match event {
            Event::Opened { .. } => {}
            Event::Said { plaintext, sealed, answer_seed, held, by, at, .. } => {
                if let Some(seed) = answer_seed
                    && let Ok(padded) = protocol::noise::pad(&plaintext.0, &protocol::limits::PLAINTEXT_CLASSES_BYTES)
                    && let Ok((_, channel)) = self.opening.answer(seed, &padded)
                {
                    self.channel = Some(Arc::new(channel));
                }
                let way = if *held { Way::Held } else { Way::Due };
                let named = self.ours.key.is_some();
                if let Ok(message) = Message::from_bytes(&plaintext.0) {
                    let step = step_of(&message);
                    self.outbox.push(Outgoing { sealed: sealed.clone(), way, step, since: *at, named });
                    match message {
                        Message::Keys(_) => self.told = Some(sealed.sequence),
                        Message::Whereabouts(_) => self.told_peer = Some(sealed.sequence),
                        _ => {}
                    }
                }
                self.take(&plaintext.0, true, by.clone(), *at);
            }
            Event::LetGo { sequence, .. } => self.on_way(*sequence, Way::Due),
            Event::Enveloped { sequence, record, .. } => self.on_way(*sequence, Way::Enveloped(record.0.id())),
            Event::Delivered { sequence, .. } => self.on_way(*sequence, Way::Delivered),
            Event::Skipped { sequence, unsigned, .. } => {
                self.next_in = sequence.next().unwrap_or(Sequence::LAST);
                self.unsigned = unsigned.or(self.unsigned);
            }
            Event::Told { sequence, answer, plaintext, at, .. } => {
                if let Some((ephemeral, ciphertext)) = answer
                    && let Ok((_, channel)) = self.opening.finish(ephemeral, &ciphertext.0)
                {
                    self.channel = Some(Arc::new(channel));
                }
                self.next_in = sequence.next().unwrap_or(Sequence::LAST);
                self.shows_read(&plaintext.0);
                self.take(&plaintext.0, false, None, *at);
            }
            Event::Locked { key, dispute, keys, peer, .. } => {
                self.lock = Some((key.clone(), dispute.clone()));
                self.shown_peer = peer.clone();
                self.shown = Some(keys.clone());
            }
            Event::Revealed { identity, at, .. } => {
                self.identity = Some(identity.clone());
                self.mark(Step::Reveal, false, None, *at);
            }
            Event::Judged { report, .. } => self.report = report.clone(),
            Event::Stepped { step, at, .. } => {
                self.logged = Some(*step);
                self.touch(*at);
            }
            Event::Reminded { days, at, .. } => self.reminded = Some((*at, *days)),
            Event::Closed { by_us, reason, note, at, .. } => {
                let (by_us, reason, note) = (*by_us, *reason, note.clone());
                self.closed = Some(Closed { by_us, reason, note, at: *at });
                self.touched = *at;
            }
        }
    }

    /// Takes in a message of either side. It was found admissible before it became a record.
    fn take(&mut self, plaintext: &[u8], ours: bool, by: Option<PersonId>, at: UnixMs) {
        let Ok(message) = Message::from_bytes(plaintext) else { return };
        let (party, other) = if ours { (&mut self.ours, &mut self.theirs) } else { (&mut self.theirs, &mut self.ours) };
        let mut mark = Some(step_of(&message));
        match message {
            Message::Interest(interest) => party.brief = Some(interest.brief),
            Message::Answer(brief) => party.brief = Some(brief),
            Message::Ask(ask) => party.asks.push(ask),
            Message::Reply(reply) => party.replies.push(reply),
            Message::Viable(_) => party.viable = true,
            Message::OptIn(opt_in) => party.opt_in = Some(opt_in),
            Message::Locked(part) => {
                party.locked.push(&part.0);
                mark = None;
            }
            Message::Key(key) => {
                party.key = Some(key);
                mark = ours.then_some(Step::Reveal);
            }
            Message::Terms(terms) => self.terms.push((terms, ours)),
            Message::Act(act) if act.act.act == Act::Acknowledge => party.acknowledged = Some(act.act.terms),
            Message::Act(act) => party.signed = Some(act),
            Message::Started(start) => party.start = Some(start),
            Message::Outcome(outcome) => party.outcome = Some(outcome),
            Message::Docket(said) => {
                party.dockets.push(said, by.clone(), at);
                mark = None;
            }
            Message::Countersign(said) => {
                let docket = said.countersignature.docket;
                other.dockets.answer(&docket, Word::Countersigned(said));
                mark = None;
            }
            Message::Contest(docket) => {
                other.dockets.answer(&docket, Word::Contested);
                mark = None;
            }
            Message::Keys(events) => {
                let theirs = self.identity.as_mut().map(|identity| &mut identity.keys);
                let known = if ours { self.shown.as_mut() } else { theirs };
                if let Some(known) = known
                    && let Some(log) = known.with(&events)
                {
                    *known = log;
                }
                mark = None;
            }
            Message::Whereabouts(now) => {
                let peer = Blob(now.peer.to_peer_id());
                if ours {
                    self.shown_peer = peer;
                } else if let Some(known) = &mut self.identity {
                    let before = core::mem::replace(&mut known.peer, peer);
                    self.before = Some(before).filter(|before| *before != known.peer);
                    known.addresses = now.addresses;
                }
                mark = None;
            }
            Message::Close(_) => mark = None,
        }
        if let Some(step) = mark {
            self.mark(step, ours, by, at);
        }
        self.touch(at);
    }

    /// Whether the other side, to which this one revealed itself, has not confirmed that it heard how the own log went on
    /// (`RVL-8`).
    pub fn hears_no_news(&self, log: &KeyLog) -> bool {
        let unsaid = self.shown.as_ref().is_some_and(|shown| !log.since(shown).is_empty());
        self.is_open() && self.ours.key.is_some() && (unsaid || self.told.is_some_and(|told| !self.has_arrived(told)))
    }

    /// Whether the other side reaches this one by a transport identity that is not `peer`, as far as it has confirmed (`RVL-10`).
    pub fn reaches_another(&self, peer: &Blob) -> bool {
        let unsaid = self.shown_peer != *peer;
        self.is_open()
            && self.ours.key.is_some()
            && (unsaid || self.told_peer.is_some_and(|told| !self.has_arrived(told)))
    }

    /// Whether a message of this side has arrived. A later one that has confirms an earlier one: they are taken in by number.
    fn has_arrived(&self, told: Sequence) -> bool {
        let arrived = self.outbox.iter().filter(|out| out.way == Way::Delivered);
        arrived.map(|out| out.sealed.sequence).any(|sequence| sequence >= told)
    }

    /// The last step that both sides have completed.
    pub fn reached(&self) -> Step {
        self.logged.unwrap_or(Step::Confide).max(self.said())
    }

    /// The last step that both sides have completed by their words; START and OUTCOME need the log as well.
    fn said(&self) -> Step {
        let (us, them) = (&self.ours, &self.theirs);
        let terms = self.current_terms().map(|(terms, _)| terms.hash());
        let signed = |party: &Party| party.signed.as_ref().map(|act| act.act.terms);
        if terms.is_some() && signed(us) == terms && signed(them) == terms {
            Step::Sign
        } else if terms.is_some() && us.acknowledged == terms && them.acknowledged == terms {
            Step::Acknowledge
        } else if terms.is_some() {
            Step::Terms
        } else if self.identity.is_some() && us.key.is_some() {
            Step::Reveal
        } else if us.opt_in.is_some() && them.opt_in.is_some() {
            Step::OptIn
        } else if us.viable && them.viable {
            Step::Viable
        } else if us.brief.is_some() && them.brief.is_some() {
            Step::Answer
        } else {
            Step::Interest
        }
    }

    fn mark(&mut self, step: Step, ours: bool, by: Option<PersonId>, at: UnixMs) {
        self.milestones.push(Milestone { step, ours, at, by });
        self.touch(at);
    }

    fn touch(&mut self, at: UnixMs) {
        self.touched = at;
        self.reminded = None;
    }

    fn on_way(&mut self, sequence: Sequence, way: Way) {
        if let Some(out) = self.outbox.iter_mut().find(|out| out.sealed.sequence == sequence)
            && out.way != Way::Delivered
        {
            out.way = way;
        }
    }
}

/// The step to which a message belongs.
pub(super) fn step_of(message: &Message) -> Step {
    match message {
        Message::Interest(_) => Step::Interest,
        Message::Answer(_) => Step::Answer,
        Message::Ask(_) | Message::Reply(_) => Step::Talk,
        Message::Viable(_) => Step::Viable,
        Message::OptIn(_) => Step::OptIn,
        Message::Locked(_) | Message::Key(_) | Message::Keys(_) | Message::Whereabouts(_) => Step::Reveal,
        Message::Terms(_) => Step::Terms,
        Message::Act(act) if act.act.act == Act::Acknowledge => Step::Acknowledge,
        Message::Act(_) => Step::Sign,
        Message::Started(_) => Step::Start,
        Message::Docket(_) | Message::Countersign(_) | Message::Contest(_) => Step::Work,
        Message::Outcome(_) => Step::Outcome,
        Message::Close(_) => Step::Outcome,
    }
}
