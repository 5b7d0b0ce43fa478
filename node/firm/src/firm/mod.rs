//! The firm as a machine: one input in, one set of effects out.
//!
//! Everything durable happens in [`Turn::record`], which applies an event and keeps it for the journal; everything audible is
//! an after-commit effect of the same turn. The other files of this folder are the inputs, one each: what neighbours say
//! (`heard`, `parcels`), what fits of it (`matches`), what people ask and decide (`commands`, `decisions`, `loans`), what time brings
//! (`ticks`), what people let lie (`silence`), what is billed (`invoicing`); and what follows from them: the next step of a deal (`progress`) and the talk before names (`talk`), answers that need no person (`standing`), getting
//! sealed words across (`carriage`), passes (`passes`; blind ones in `batches`, under keys that everybody is told: `manifests`), certificates in
//! good time (`renewal`), letting own records out over relays (`beats`) and being one (`relays`), and going on under another transport identity (`transport`).

mod adverts;
mod batches;
mod beats;
mod bookings;
mod bounds;
mod carriage;
mod commands;
mod decisions;
mod deputising;
mod dockets;
mod governing;
mod heard;
mod invoicing;
mod keys;
mod loans;
mod manifests;
mod matches;
mod parcels;
mod passes;
mod progress;
mod relays;
mod renewal;
mod silence;
mod standing;
mod talk;
mod telling;
mod ticks;
mod transport;
mod turn;

use crate::command::{Answer, Asked};
use crate::record::{Event, Record};
use crate::{
    approvals, audit, availability, deals, deputies, identity, invoices, knowledge, leaving, lending, market, matching,
    policy, profile, register, relaying, trust,
};
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::sync::Arc;
use alloc::vec::Vec;
use ed25519_dalek::SigningKey;
use machine::{Delivery, Effects, Entropy, Input, Machine, MonoMs, Now, Parcel, Peer};
pub(crate) use matches::could_serve;
pub(crate) use passes::FETCHED;
use protocol::catchup::{Agreement, Faults, Rounds};
use protocol::check::Checked;
use protocol::decision::Decision;
use protocol::genesis::Genesis;
use protocol::id::{ApprovalId, Blob, DealId, ItemId, NetworkId, OperatingKey, PeerKey, Print, RecordId};
use protocol::noise::{Seed, Sequence};
use protocol::pass::{Blinding, Keyring, Purpose};
use protocol::time::{Day, Week};
use serde::Serialize;
pub(crate) use telling::REVEALED;
use turn::Turn;

/// Keys that the node opens at boot. No person's key is among them.
#[derive(Clone)]
pub struct FirmKeys {
    /// Signs certificates and reveals, until the log names one that was drawn later.
    pub operating: SigningKey,
    /// Advert pseudonyms are derived from it.
    pub master: Seed,
    /// The transport identity until another was drawn: signs what this node says of itself as a relay.
    pub transport: SigningKey,
}

/// Something worth a log line. Carries no private value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Note {
    /// A neighbour sent something that is refused.
    Refused {
        /// Who.
        from: Peer,
        /// Why.
        why: alloc::string::String,
    },
    /// Somebody's cell is lost: the next relay could not be reached for as long as a cell may travel. Its sender says again what
    /// was in it.
    CellLost {
        /// The relay that was not there.
        next: PeerKey,
    },
    /// Somebody here must act in a deal, and was told again.
    Waits {
        /// In which.
        deal: DealId,
        /// After how many days without a word.
        days: u32,
    },
    /// A counterpart's message was out of step or unfit.
    Skipped {
        /// In which deal.
        deal: DealId,
        /// Why.
        why: alloc::string::String,
    },
}

/// What a parcel of this run is about, until it is confirmed.
#[derive(Clone, Debug)]
enum Errand {
    Session {
        deal: DealId,
        sequence: Sequence,
    },
    Passes(Purpose, Week),
    /// To this relay.
    Cell(PeerKey, CellOf),
}

/// Whose cell it is.
#[derive(Clone, Copy, Debug)]
enum CellOf {
    /// This node's, with an own record in it, or a dummy.
    Own(Option<RecordId>),
    /// Somebody else's, by the name under which it is held.
    Another(u64),
}

/// What is true of this run only. Nothing durable depends on it.
#[derive(Clone, Debug, Default)]
struct Run {
    neighbours: BTreeSet<Peer>,
    next_parcel: u64,
    errands: BTreeMap<Parcel, Errand>,
    /// The last words of each neighbour that came before their turn, until it comes.
    early: BTreeMap<Peer, (Delivery, [u8; 2], Blob)>,
    dialled: BTreeMap<Peer, MonoMs>,
    alarm: Option<MonoMs>,
    retry: Option<MonoMs>,
    next_tick: MonoMs,
    turn_of: usize,
    rounds: Rounds<Peer>,
    faults: Faults<Peer>,
    /// Own records that nobody had told back at the last look.
    unheard: BTreeSet<RecordId>,
    sponsor_turn: usize,
    renewal_asked: BTreeMap<Peer, MonoMs>,
    /// When each sponsor was last asked to admit the transport identity to come.
    rebind_asked: BTreeMap<Peer, MonoMs>,
    /// When each batch was last asked for.
    batches_asked: BTreeMap<(Week, Purpose), MonoMs>,
    /// How the keys of each batch were hidden, until their passes are here.
    hidden: BTreeMap<(Week, Purpose), BTreeMap<Print, Blinding>>,
    /// When neighbours are asked next which keys they hold, while somebody waits for that.
    keys_look: Option<MonoMs>,
    /// Items and adverts as the engine reads them.
    readings: matching::Readings,
    /// Matches of this input that nobody has been asked about yet.
    fresh: Vec<matches::Fresh>,
    /// The day on which matches were judged last.
    judged: Option<Day>,
    /// Others' cells.
    held: relaying::Held,
    /// How often relays were there.
    uptime: leaving::Uptime,
    /// Since when relays that are not connected are dialled, or since the last bad look at them.
    looked_for: BTreeMap<PeerKey, MonoMs>,
    /// When relays that this node dialled had a cell to or from it last.
    relays_used: BTreeMap<PeerKey, MonoMs>,
    /// When the next own cell leaves.
    beat: Option<MonoMs>,
    /// Own records whose cell did not reach its guard.
    cells_failed: BTreeSet<RecordId>,
    /// Since when the guard is not there, or it or the middle has no key.
    pair_gone: Option<MonoMs>,
    /// Since when an exit has no key.
    exits_gone: BTreeMap<leaving::Whose, MonoMs>,
    /// Neighbours that hold what was told back, until there are enough.
    holders: BTreeMap<RecordId, BTreeSet<Peer>>,
    /// Items whose calendar or whose bounds changed in this input.
    moved: BTreeSet<ItemId>,
}

/// One firm: everything that it knows, wants, allows and has said.
#[derive(Clone)]
pub struct Firm {
    keys: FirmKeys,
    /// Who this firm is and where it belongs.
    pub identity: identity::Identity,
    /// Who may act here.
    pub register: register::Register,
    /// What is allowed.
    pub policy: policy::Rulebook,
    /// What the firm has and needs.
    pub profile: profile::Profile,
    /// What is said and heard openly.
    pub market: market::Market,
    /// What fits.
    pub matches: matching::Matches,
    /// What waits for a person.
    pub approvals: approvals::Approvals,
    /// Two parties, step by step.
    pub deals: deals::Deals,
    /// What is remembered.
    pub trust: trust::Trust,
    /// What left.
    pub audit: audit::Audit,
    /// When resources are free.
    pub availability: availability::Availability,
    /// What is known of the trades.
    pub knowledge: knowledge::Knowledge,
    /// Who decides for whom.
    pub deputies: deputies::Deputies,
    /// Whose time is offered.
    pub lending: lending::Lending,
    /// Own records on their way out.
    pub leaving: leaving::Leaving,
    /// What this node does for others' records.
    pub relaying: relaying::Relaying,
    /// What was billed.
    pub invoices: invoices::Invoices,
    run: Run,
}

impl Firm {
    /// A firm with an empty journal.
    pub fn new(keys: FirmKeys) -> Firm {
        Firm {
            keys,
            identity: identity::Identity::default(),
            register: register::Register::default(),
            policy: policy::Rulebook::default(),
            profile: profile::Profile::default(),
            market: market::Market::default(),
            matches: matching::Matches::default(),
            approvals: approvals::Approvals::default(),
            deals: deals::Deals::default(),
            trust: trust::Trust::default(),
            audit: audit::Audit::default(),
            availability: availability::Availability::default(),
            knowledge: knowledge::Knowledge::default(),
            deputies: deputies::Deputies::default(),
            lending: lending::Lending::default(),
            leaving: leaving::Leaving::default(),
            relaying: relaying::Relaying::default(),
            invoices: invoices::Invoices::default(),
            run: Run::default(),
        }
    }

    /// The operating key's public half.
    pub fn operating(&self) -> OperatingKey {
        OperatingKey::of(&self.operating_key())
    }

    /// The key that the log named last, if it was drawn here; otherwise the one that the node came with.
    fn operating_key(&self) -> SigningKey {
        let named = self.identity.founding.as_ref().and_then(|founding| founding.newest());
        named.and_then(|(key, _)| self.held(key)).unwrap_or_else(|| self.keys.operating.clone())
    }

    /// An operating key that is here: drawn here, or the one that the node came with.
    fn held(&self, key: OperatingKey) -> Option<SigningKey> {
        let first = &self.keys.operating;
        let drawn = || self.identity.prepared(&key).map(|seed| SigningKey::from_bytes(&seed.0));
        if OperatingKey::of(first) == key { Some(first.clone()) } else { drawn() }
    }

    /// The network, once joined.
    pub fn network(&self) -> Option<(&Genesis, NetworkId)> {
        self.identity.network.as_ref().map(|(genesis, id)| (genesis, *id))
    }

    /// Connected neighbours.
    pub fn neighbours(&self) -> usize {
        self.run.neighbours.len()
    }

    /// How they compare with this node (`SYN-10`).
    pub fn agreement(&self) -> Agreement {
        self.run.rounds.agreement()
    }

    /// SHA-256 over everything durable, for comparing a replayed state with a live one.
    pub fn digest(&self) -> [u8; 32] {
        let shelf = protocol::check::Kind::ALL.map(|kind| self.market.shelf.root(kind));
        let embargoed: Vec<_> = self.market.shelf.embargoed().map(Checked::id).collect();
        let text = alloc::format!(
            "{:?}{:?}{:?}{:?}{:?}{:?}{:?}{:?}{:?}{:?}{:?}{:?}{:?}{:?}{:?}{:?}{:?}",
            self.identity,
            self.register,
            self.policy,
            self.profile,
            (shelf, embargoed, &self.market.adverts, &self.market.wallet, &self.market.censuses, &self.market.told),
            self.matches,
            self.approvals,
            self.deals,
            self.trust,
            self.audit,
            self.availability,
            self.leaving,
            self.relaying,
            self.knowledge,
            self.lending,
            self.deputies,
            self.invoices,
        );
        protocol::id::Hash::of_bytes("cosolvent/firm-digest/1", text.as_bytes()).0
    }
}

impl Machine for Firm {
    type Heard = Checked;
    type Command = Asked;
    type Answer = Answer;
    type Decision = Decision;
    type Approval = ApprovalId;
    type Record = Record;
    type Note = Note;
    type Ground = Arc<Keyring>;

    fn ground(&self) -> Arc<Keyring> {
        self.market.shelf.keyring().clone()
    }

    fn handle(&mut self, now: Now, entropy: &mut Entropy, input: Input<Self>) -> Effects<Self> {
        let mut turn = Turn::new(self, now, entropy);
        match input {
            Input::Started => turn.started(),
            Input::PeerConnected(peer) => turn.connected(peer),
            Input::PeerGone(peer) => turn.gone(&peer),
            Input::NetworkRestarted => turn.restarted(),
            Input::Heard(records) => turn.heard(records),
            Input::Received { from, delivery, bytes } => turn.received(&from, delivery, &bytes),
            Input::Delivered(parcel) => turn.delivered(parcel),
            Input::Undelivered(parcel) => turn.undelivered(parcel),
            Input::Asked { ask, command } => {
                let answer = turn.asked(command).unwrap_or_else(Answer::Refused);
                turn.reply(ask, answer);
            }
            Input::Decided { ask, decision } => {
                let answer = turn.decide(&decision).unwrap_or_else(Answer::Refused);
                turn.reply(ask, answer);
            }
            Input::ClockJumped | Input::Woke => turn.tick(),
        }
        turn.finish()
    }

    fn apply(&mut self, record: &Record) {
        match &record.event {
            Event::Identity(event) => self.identity.apply(event),
            Event::Register(event) => self.register.apply(event),
            Event::Policy(event) => self.policy.apply(event),
            Event::Profile(event) => self.profile.apply(event),
            Event::Market(event) => self.market.apply(event),
            Event::Matching(event) => self.matches.apply(event),
            Event::Approvals(event) => self.approvals.apply(event),
            Event::Deals(event) => {
                self.deals.apply(event);
                // An envelope of this side goes onto the shelf with the record that says so.
                if let deals::Event::Enveloped { record, at, .. } = event {
                    let spent = Some(record.0.holder());
                    self.market.apply(&market::Event::Placed { record: record.clone(), at: *at, spent, own: true });
                }
            }
            Event::Trust(event) => self.trust.apply(event),
            Event::Audit(event) => self.audit.apply(event),
            Event::Availability(event) => self.availability.apply(event),
            Event::Knowledge(event) => self.knowledge.apply(event),
            Event::Deputies(event) => self.deputies.apply(event),
            Event::Lending(event) => self.lending.apply(event),
            Event::Leaving(event) => self.leaving.apply(event),
            Event::Relaying(event) => self.relaying.apply(event),
            Event::Invoices(event) => self.invoices.apply(event),
        }
    }
}
