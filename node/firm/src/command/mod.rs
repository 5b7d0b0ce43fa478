//! What people and programs ask of a firm, and what they get back.

mod refusal;

pub use refusal::{BadDecisionRefusal, BadTermsRefusal, Refusal};

use crate::approvals::Why;
use crate::availability::Wanted;
use crate::composer::Coarsening;
use crate::deputies::{Delegation, Word as DeputyWord};
use crate::invoices;
use crate::knowledge::PackFile;
use crate::leaving::Choice;
use crate::policy::{Asking, Policy};
use crate::profile::ItemDraft;
use crate::register::{Entrant, PersonId, Register, Vouch};
use alloc::{boxed::Box, string::String, vec::Vec};
use calendar::shift::SiteHours;
use calendar::timetable::Timetable;
use protocol::admission::Welcome;
use protocol::dialogue::Replied;
use protocol::docket::Work;
use protocol::firm_id::SignedInception;
use protocol::id::{ApprovalId, Blob, DealId, ItemId, QuestionCode, RecordId};
use protocol::key_log::{KeyLog, SignedKeyEvent};
use protocol::terms::{Fulfilment, Line, Provision};
use protocol::text::{Name, ShortText, TermsText};
use protocol::time::Day;
use protocol::vocabulary::{Instrument, OutcomeCode};
use serde::{Deserialize, Serialize};

/// Something asked of the firm. None of these approves, reveals or signs: that takes a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Command {
    /// Take in who this firm is. Once, at set-up.
    Found {
        /// The signed first event.
        inception: SignedInception,
        /// Legal name.
        legal_name: Name,
        /// Street, mail, telephone, contact person: revealed together with the name, never earlier.
        contact: ContactCard,
    },
    /// Take in who this firm is from a log that went on elsewhere and names this node's operating key now. Once, at set-up.
    Recover {
        /// The whole log.
        log: Box<KeyLog>,
        /// Legal name.
        legal_name: Name,
        /// As at the founding.
        contact: ContactCard,
    },
    /// Take in a sponsor's welcome.
    Join {
        /// What the sponsor answered.
        welcome: Box<Welcome>,
        /// The sponsor's transport identity.
        sponsor_peer: Blob,
    },
    /// Where this node can be reached directly, told at reveals.
    ListenAt {
        /// Own transport identity.
        peer: Blob,
        /// Multiaddr texts.
        addresses: Vec<String>,
    },
    /// Enter a person into the register, or change roles.
    Enrol {
        /// Who, and as what.
        entrant: Entrant,
        /// The word of somebody who may ask for it, once the firm has an owner (`REG-4`).
        vouch: Option<Vouch>,
    },
    /// Let a person go: from this moment on nothing that its key decides counts, here and with every counterpart of a deal.
    RevokePerson(PersonId),
    /// Draw a new operating key, for the root key to name it. Another one each time: a copy of this node's memory that was
    /// taken earlier does not hold it.
    PrepareKey,
    /// Take in events of the key-event log that the root key signed elsewhere: a rotation, a delegation, a revocation. This
    /// node must have the operating key that they leave in force.
    ChangeKeys(Vec<SignedKeyEvent>),
    /// Remember that somebody has shown to hold the recovery sheet with this log's root keys.
    KeepSheet,
    /// Go on under another transport identity: sponsors and counterparts are told of it, and then the present one is given up.
    RotateTransport,
    /// Choose how own records leave: in cells over relays, or directly.
    Leave(Choice),
    /// Choose whether this node carries others' cells.
    Relay {
        /// Whether it does.
        serve: bool,
    },
    /// Put a policy into force, under the word of an owner once the firm has one (`POL-5`).
    Govern(Box<Policy>),
    /// Bring a knowledge pack into force, or a newer version in the place of an earlier one.
    AddPack(Vec<PackFile>),
    /// Take a knowledge pack out of force.
    RemovePack(String),
    /// Enter a resource or need, for this firm's eyes.
    Confide(Box<ItemDraft>),
    /// Ask the right person whether to publish an item, with these things left out. Takes the place of an open question.
    Advertise {
        /// Which.
        item: ItemId,
        /// What is said more coarsely than its mode would.
        leave_out: Vec<Coarsening>,
    },
    /// Ask the right person whether to publish an offer with the weeks and the band of hours that its calendar has free.
    AdvertiseByCalendar(ItemId),
    /// Take a resource or need back; a live advert is withdrawn.
    Withdraw(ItemId),
    /// Ask the person whom a resource names for consent and the employer for the release, whichever of them is missing.
    Lend(ItemId),
    /// Say why a question was declined: whoever did so, and once (`APR-7`).
    Explain {
        /// Which question.
        approval: ApprovalId,
        /// Why.
        why: Why,
    },
    /// Name a deputy, under the signature of whoever is away (`DEP-1`).
    Deputise {
        /// Who for whom, for what and how long.
        delegation: Box<Delegation>,
        /// The signature.
        word: DeputyWord,
    },
    /// End it before its time.
    EndDeputy(u32),
    /// Take the own consent back: of whoever is named, and of nobody else (`LND-4`).
    TakeBack(ItemId),
    /// Take the employer's release back.
    Recall(ItemId),
    /// Ask the right person whether to write to a matched advert. Also asked by the node itself when a match appears.
    Contact {
        /// Own item.
        item: ItemId,
        /// The advert that fits.
        advert: RecordId,
    },
    /// Draft questions to the other side; the right person then decides whether they leave.
    Ask {
        /// In which deal.
        deal: DealId,
        /// Which, in this order.
        questions: Vec<QuestionCode>,
    },
    /// Draft a reply to what the other side asks, in the place of the one that the node drafted; the right person then decides whether it
    /// leaves. Questions that it leaves out are answered with "we do not say".
    Reply {
        /// In which deal.
        deal: DealId,
        /// What is said.
        replied: Vec<Replied>,
    },
    /// Draft terms; the right person then decides whether they leave.
    ProposeTerms {
        /// In which deal.
        deal: DealId,
        /// Form of engagement.
        instrument: Instrument,
        /// Price lines.
        lines: Vec<Line>,
        /// First day of the work.
        first: Day,
        /// Last day of the work.
        last: Day,
        /// What no provision says.
        clauses: Vec<TermsText>,
        /// Topics and their answers, in any order.
        provisions: Vec<Provision>,
        /// How the conditions of the match are fulfilled.
        fulfilments: Vec<Fulfilment>,
    },
    /// Write down what was done; the right person then decides whether that leaves.
    WriteDocket {
        /// In which deal.
        deal: DealId,
        /// What.
        work: Work,
    },
    /// Say how an engagement ended; the right person then decides whether that leaves.
    ReportOutcome {
        /// Which deal.
        deal: DealId,
        /// How.
        outcome: OutcomeCode,
    },
    /// Put the firm's zone, shifts and holidays into force.
    SetSiteHours(Box<SiteHours>),
    /// Put an item's timetable into force.
    SetTimetable {
        /// Of which item.
        item: ItemId,
        /// The whole of it.
        timetable: Box<Timetable>,
        /// The version that its author saw; 0 if there was none.
        over: u32,
    },
    /// Say that an item's timetable is still true.
    ConfirmTimetable(ItemId),
    /// Hold hours for a deal, or move those that it has.
    Hold {
        /// For which deal.
        deal: DealId,
        /// Which.
        wanted: Wanted,
    },
    /// Let the hours go that are held for a deal.
    Release(DealId),
    /// Issue an invoice (`INV-1`).
    Bill(Box<invoices::Draft>),
    /// Cancel the invoice with this serial number (`INV-3`).
    CancelInvoice(u32),
    /// End a deal before anything binds.
    Close {
        /// Which deal.
        deal: DealId,
        /// Why, for this firm's eyes only.
        reason: Option<ShortText>,
    },
}

impl Command {
    /// What it asks for, as far as roles matter; about a person that depends on the register.
    pub fn asking(&self, register: &Register) -> Asking {
        match self {
            Command::Found { .. }
            | Command::Recover { .. }
            | Command::Join { .. }
            | Command::ListenAt { .. }
            | Command::PrepareKey
            | Command::ChangeKeys(_)
            | Command::KeepSheet
            | Command::RotateTransport => Asking::SetUp,
            Command::Enrol { entrant, .. } => register.asking(&entrant.id, &entrant.roles),
            Command::RevokePerson(id) => register.asking(id, &[]),
            Command::Govern(_) | Command::Leave(_) | Command::Relay { .. } => Asking::Govern,
            Command::AddPack(_) | Command::RemovePack(_) => Asking::Know,
            Command::Confide(_)
            | Command::Advertise { .. }
            | Command::AdvertiseByCalendar(_)
            | Command::Lend(_)
            | Command::SetSiteHours(_)
            | Command::SetTimetable { .. }
            | Command::ConfirmTimetable(_) => Asking::Enter,
            Command::Hold { .. } | Command::Release(_) => Asking::Book,
            Command::Withdraw(_) => Asking::Withdraw,
            Command::Explain { .. } => Asking::Explain,
            Command::Deputise { .. } | Command::EndDeputy(_) => Asking::Deputise,
            Command::TakeBack(_) => Asking::TakeBack,
            Command::Recall(_) => Asking::Recall,
            Command::Contact { .. } => Asking::Contact,
            Command::Ask { .. } | Command::Reply { .. } => Asking::Talk,
            Command::ProposeTerms { .. } => Asking::Propose,
            Command::WriteDocket { .. } => Asking::WriteDown,
            Command::ReportOutcome { .. } => Asking::Report,
            Command::Bill(_) | Command::CancelInvoice(_) => Asking::Bill,
            Command::Close { .. } => Asking::Close,
        }
    }

    /// This command, asked by somebody.
    pub fn by(self, asker: Asker) -> Asked {
        Asked { by: asker, command: self }
    }
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asker {
    /// The operator of this computer: the node itself, or the command line through a socket that only the node's own account
    /// can open.
    Operator,
    /// A person who signed in.
    Person(PersonId),
}

/// A command, with who asks: it is carried out only if that person's roles may ask for it (`POL-4`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Who asks.
    pub by: Asker,
    /// For what.
    pub command: Command,
}

/// How to reach the firm once names are exchanged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactCard {
    /// Street address.
    pub street: ShortText,
    /// Mail address.
    pub mail: ShortText,
    /// Telephone.
    pub phone: ShortText,
    /// Contact person.
    pub person: ShortText,
}

/// What came of a command or decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// Done.
    Done,
    /// An item was entered.
    Confided(ItemId),
    /// A person must decide before anything happens.
    NeedsPerson(ApprovalId),
    /// A decision was taken in.
    Decided,
    /// Not so; nothing changed.
    Refused(Refusal),
}
