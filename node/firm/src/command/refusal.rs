//! Why something asked was not done, as it is stored, said and shown.

use crate::availability::NotThere;
use crate::deals::{BadTalk, Lack};
use crate::invoices::BadInvoice;
use crate::knowledge::BadPack;
use crate::lending::{NotLent, Unconfirmed};
use crate::limits::GUARDS_MAX;
use crate::linter::Telling;
use crate::policy::{Asking, BadPolicy, Because};
use crate::profile::BadItem;
use crate::register::PersonId;
use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use protocol::decision::BadDecision;
use protocol::dialogue::{Field, Step};
use protocol::docket::BadWork;
use protocol::terms::BadTerms;
use protocol::vocabulary::Role;
use serde::{Deserialize, Serialize};

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
    /// An invoice that cannot be issued or cancelled.
    #[error(transparent)]
    Invoice(#[from] BadInvoice),
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
    /// Something is missing that is required here before anybody signs (`TRM-4`).
    #[error(
        "the terms lack something without which nobody signs here: {}; propose the next version with it, or ask the other side to",
        named(lacks)
    )]
    Incomplete {
        /// What.
        lacks: Vec<Lack>,
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

/// What terms lack, by the codes that a file of terms knows.
fn named(lacks: &[Lack]) -> String {
    let names: Vec<String> = lacks.iter().map(ToString::to_string).collect();
    names.join(", ")
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
    /// See [`BadTerms::Provision`].
    #[error("{}", BadTerms::Provision)]
    Provision,
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
