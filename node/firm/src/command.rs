//! What people and programs ask of a firm, and what they get back.

use crate::approvals::Why;
use crate::availability::{NotThere, Wanted};
use crate::composer::Coarsening;
use crate::deals::BadTalk;
use crate::deputies::{Delegation, Word as DeputyWord};
use crate::knowledge::{BadPack, PackFile};
use crate::leaving::Choice;
use crate::lending::{NotLent, Unconfirmed};
use crate::limits::GUARDS_MAX;
use crate::linter::Telling;
use crate::policy::{Asking, BadPolicy, Because, Policy};
use crate::profile::{BadItem, ItemDraft};
use crate::register::{Entrant, PersonId, Register, Vouch};
use alloc::{boxed::Box, string::String, vec::Vec};
use calendar::shift::SiteHours;
use calendar::timetable::Timetable;
use protocol::admission::Welcome;
use protocol::decision::BadDecision;
use protocol::dialogue::{Field, Replied, Step};
use protocol::docket::{BadWork, Work};
use protocol::firm_id::SignedInception;
use protocol::id::{ApprovalId, Blob, DealId, ItemId, QuestionCode, RecordId};
use protocol::key_log::{KeyLog, SignedKeyEvent};
use protocol::terms::{BadTerms, Line};
use protocol::text::{Name, ShortText, TermsText};
use protocol::time::Day;
use protocol::vocabulary::{Instrument, OutcomeCode, Role};
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
        /// Clauses.
        clauses: Vec<TermsText>,
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

/// Why something asked was not done. Each says what the asker can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// Not set up.
    #[error("this node is not set up yet; run `cosolvent init` first")]
    NotFounded,
    /// Set up already.
    #[error("this node already belongs to a firm; use another data directory for another firm")]
    AlreadyFounded,
    /// The inception is not self-signed.
    #[error("the firm's first event is not signed by its own root key; run `cosolvent init` again")]
    BadInception,
    /// Not in a network.
    #[error("this node has not joined a network yet; run `cosolvent init` with a sponsor's invitation")]
    NotJoined,
    /// The welcome does not hold together.
    #[error("the sponsor's answer is not valid for this firm and network; ask the sponsor for a new invitation")]
    BadWelcome,
    /// A field of an item.
    #[error(transparent)]
    Item(#[from] BadItem),
    /// A text gives the firm away (`LNT-1`).
    #[error("text: \"{words}\" gives the firm away; {}", kind.instead())]
    Tells {
        /// What it is.
        kind: Telling,
        /// The words.
        words: String,
    },
    /// Fewer than five firms could have said it, and the question did not say so (`CMP-4`).
    #[error(
        "by now this could be any of fewer than 5 firms; nothing left, have it asked again so that the owner can decide"
    )]
    StandsOut,
    /// The item is not published and cannot be.
    #[error("the item is silent; enter it again as coarse or open before it can be published")]
    Silent,
    /// No such item.
    #[error("there is no such resource or need; list them with `cosolvent resource list` or `cosolvent need list`")]
    NoSuchItem,
    /// No such match.
    #[error("this advert is gone or does not match; list matches with `cosolvent match list`")]
    NoSuchMatch,
    /// No such deal.
    #[error("there is no such deal; list deals with `cosolvent deal list`")]
    NoSuchDeal,
    /// No such approval, or it is closed.
    #[error("this question is no longer open; list open ones with `cosolvent approval list`")]
    NoSuchApproval,
    /// Nobody by that name.
    #[error("this person is not in the firm's register")]
    NoSuchPerson,
    /// The key is already somebody else's.
    #[error("this key already belongs to another person of the register")]
    KeyTaken,
    /// The key was revoked.
    #[error("this key was revoked and is never entered again; enter the person with a new key")]
    KeyRevoked,
    /// Since the firm has an owner.
    #[error(
        "this firm has an owner, so somebody must vouch for this entry: add `--vouched-by` with the short name of one who is \
         {} and have them type their own password; if nobody is left who could, `cosolvent keys rotate` with the recovery \
         sheet opens the register again",
        listed(roles)
    )]
    NeedsVouch {
        /// Who may.
        roles: Vec<Role>,
    },
    /// The entry was changed, or the register since.
    #[error("the signature is for another entry, or the register has changed since; nothing was entered: try again")]
    OtherVouch,
    /// The operating key of this node is not in force.
    #[error(
        "this node's operating key may not sign for the firm today; whoever keeps the recovery sheet runs `cosolvent keys renew` on \
         the node's computer, or `cosolvent keys rotate` if `cosolvent keys show` warns of an old copy"
    )]
    OperatingKeyOver,
    /// The events leave another key in force.
    #[error(
        "nothing changed, because this change names an operating key that this node does not have; whoever keeps the recovery sheet \
         runs `cosolvent keys renew` or `cosolvent keys rotate` on the node's own computer, which has the node draw one"
    )]
    OtherOperatingKey,
    /// The events are no continuation.
    #[error(
        "nothing changed, because this change does not continue the firm's key log or is not signed by its root key; whoever keeps \
         the recovery sheet asks `cosolvent keys sheet FILE --check` whether it is the present one, and gives the command again"
    )]
    BadKeyEvents,
    /// A key of this firm said two things (`IDN-9`).
    #[error(
        "somebody else has used the same key of this firm for another change; neither stands with whoever sees both, so tell \
         your counterparts and your sponsor"
    )]
    OwnKeysForked,
    /// The person's entry is over.
    #[error("this person's entry in the firm's register is over; ask the owner to enrol the person anew")]
    NoLongerEnrolled,
    /// The asker's roles may not ask for this.
    #[error("your roles do not let you {asking}; {}", way_on(roles))]
    NotYours {
        /// For what.
        asking: Asking,
        /// Roles that may; nobody if only the operator of this computer may.
        roles: Vec<Role>,
    },
    /// It names a person who is not lent (`LND-1`).
    #[error("this is not offered: {0}")]
    NotLent(#[from] NotLent),
    /// It names somebody whom nobody can ask.
    #[error(
        "person: {0} is not in the register as an expert; have the owner run `cosolvent person add {0} --role expert`, or leave the name out"
    )]
    NoSuchExpert(PersonId),
    /// It names nobody, so there is nobody to ask.
    #[error("this names nobody, so there is no consent and no release to give or to take back")]
    NamesNobody,
    /// It stands already, or is not there to be taken back.
    #[error("there is nothing to change: what you ask for is as you want it already")]
    AsItIs,
    /// The naming of a deputy was changed, or another one was named since.
    #[error(
        "the signature is for another deputy, or somebody was named since you saw the list; nothing was changed, try again"
    )]
    OtherDeputy,
    /// Oneself.
    #[error("nobody is their own deputy; name somebody else")]
    OwnDeputy,
    /// No such time.
    #[error(
        "write a span that ends after it begins, in the future, and is not longer than 92 days; nothing was changed"
    )]
    DeputySpan,
    /// More than whoever names has (`DEP-1`).
    #[error(
        "a deputy gets some or all of your own roles, kinds of resource and limit, and no more; yours are: {}",
        listed(roles)
    )]
    DeputyReach {
        /// What there is to hand over.
        roles: Vec<Role>,
    },
    /// No such naming.
    #[error("there is no such deputy; list them with `cosolvent deputy list`")]
    NoSuchDeputy,
    /// Somebody else's.
    #[error("only {0}, the deputy or an owner ends this; nothing was changed")]
    NotYourDeputy(PersonId),
    /// The span ended, or was ended, between showing and deciding (`DEP-2`).
    #[error(
        "you may not decide this any more, because your time as a deputy is over; nothing was decided, tell whoever named you"
    )]
    DeputyOver,
    /// Not declined, or by somebody else.
    #[error("only whoever declined a question says why; nothing was changed")]
    NotDeclined,
    /// Somebody else's consent (`LND-1`).
    #[error("only {0} can consent to this or take the consent back, with their own key; nobody can for them")]
    OwnConsent(PersonId),
    /// Somebody's own release (`LND-3`).
    #[error("nobody releases themselves on the employer's behalf; ask another of those who may decide, or an owner")]
    OwnRelease,
    /// A release without one of its confirmations (`LND-2`).
    #[error(transparent)]
    Unconfirmed(#[from] Unconfirmed),
    /// The policy says no.
    #[error("{step} is refused here {because}; an owner can change the policy")]
    NotAllowed {
        /// Which step.
        step: Step,
        /// Which rule said so.
        because: Because,
    },
    /// More guards than a node keeps.
    #[error("too many first relays are named; name at most {GUARDS_MAX} that you know")]
    TooManyGuards,
    /// Two different people must say yes (`APR-5`).
    #[error(
        "you have said yes already, and two different people must; nothing has left, ask another of those who may decide"
    )]
    OnePerson,
    /// The policy lets a field not leave, or not as exactly as it would.
    #[error("{field} may not be told at the step {step} {because}; an owner can change the policy")]
    NotTold {
        /// At which step.
        step: Step,
        /// Which field.
        field: Field,
        /// Which rule said so.
        because: Because,
    },
    /// The price is outside a bound of the policy (`POL-7`). The bound itself is not said: not every role may read it.
    #[error(
        "the price for an hour is outside what the firm's policy allows ({because}); propose other terms, or an owner can change the policy"
    )]
    Price {
        /// Which rule.
        because: Because,
    },
    /// A rule of a proposed policy (`POL-6`).
    #[error(transparent)]
    Policy(#[from] BadPolicy),
    /// Since the firm has an owner (`POL-5`).
    #[error("a policy comes into force under an owner's signature; run `cosolvent policy set FILE --as OWNER`")]
    NeedsOwnersWord,
    /// The policy was changed, or another one is in force since.
    #[error(
        "the policy has changed since you saw it, or the signature is for another one; look at it again and repeat the change"
    )]
    OtherPolicy,
    /// The calendar does not have it.
    #[error(transparent)]
    Calendar(#[from] NotThere),
    /// A knowledge pack.
    #[error(transparent)]
    Pack(#[from] BadPack),
    /// Of the talk before names.
    #[error(transparent)]
    Talk(#[from] BadTalk),
    /// Not now.
    #[error("the deal is not at a point where {step} is possible; its page says who must act")]
    NotNow {
        /// Which step.
        step: Step,
    },
    /// The terms do not hold together.
    #[error(transparent)]
    Terms(#[from] BadTermsRefusal),
    /// What was done cannot be so.
    #[error(transparent)]
    Work(#[from] BadWork),
    /// The decision does not count.
    #[error(transparent)]
    Decision(#[from] BadDecisionRefusal),
    /// No pass at hand.
    #[error("no {0} pass is at hand; the node asks its sponsor for more, decide again in a minute (nothing was lost)")]
    NoPass(String),
    /// This week's batch is used up, or what is left is kept for deals that have begun (scheme 1). Nothing more is asked for.
    #[error("this week's passes are used up; the next ones come with the new week")]
    UsedUp,
    /// It would not fit.
    #[error("what would leave is too long for one message; shorten the texts")]
    TooLong,
    /// The other side is bound already.
    #[error("both sides have signed; end the engagement by its outcome instead")]
    AlreadySigned,
}

/// Who may instead.
fn way_on(roles: &[Role]) -> String {
    match roles {
        [] => "it is done at the computer of this node, with `cosolvent`".into(),
        [only] => alloc::format!("ask the {only}"),
        _ => alloc::format!("ask somebody who is {}", listed(roles)),
    }
}

/// "owner, planner or approver".
fn listed(roles: &[Role]) -> String {
    match roles.split_last() {
        None => String::new(),
        Some((only, [])) => only.text().into(),
        Some((last, rest)) => {
            let rest: Vec<&str> = rest.iter().map(|role| role.text()).collect();
            alloc::format!("{} or {last}", rest.join(", "))
        }
    }
}

/// [`BadTerms`] as a stored and shown refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum BadTermsRefusal {
    /// See [`BadTerms::Count`].
    #[error("{}", BadTerms::Count)]
    Count,
    /// See [`BadTerms::Sum`].
    #[error("{}", BadTerms::Sum)]
    Sum,
    /// See [`BadTerms::Days`].
    #[error("{}", BadTerms::Days)]
    Days,
}

/// [`BadDecision`] as a stored and shown refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum BadDecisionRefusal {
    /// See [`BadDecision::OtherQuestion`].
    #[error("{}", BadDecision::OtherQuestion)]
    OtherQuestion,
    /// See [`BadDecision::Lapsed`].
    #[error("{}", BadDecision::Lapsed)]
    Lapsed,
    /// See [`BadDecision::NotEntitled`].
    #[error("{}", BadDecision::NotEntitled)]
    NotEntitled,
    /// See [`BadDecision::Signature`].
    #[error("{}", BadDecision::Signature)]
    Signature,
}
