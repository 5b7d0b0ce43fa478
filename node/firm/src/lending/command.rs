//! What is lent, and whether it may be offered.

use super::{Lending, Say};
use crate::policy::{Because, Rulebook, Target};
use crate::profile::Item;
use crate::register::{Person, PersonId, Register};
use core::{fmt, str::FromStr};
use protocol::dialogue::Step;
use protocol::facts::{Side, Weeks};
use protocol::id::{Hash, PersonKey};
use protocol::time::Day;
use protocol::vocabulary::{Presence, Process, ResourceClass, Role};
use serde::{Deserialize, Serialize};

/// What an employer confirms of a loan (`LND-2`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confirmation {
    /// The person can be spared for these hours.
    Availability,
    /// The work is within what the person may do for others.
    Scope,
    /// It touches no duty towards the employer.
    Duty,
    /// It is no competition to the employer.
    Competition,
}

/// Not the name of a confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write one of availability, scope, duty, competition")]
pub struct UnknownConfirmation;

impl Confirmation {
    /// All four.
    pub const ALL: [Confirmation; 4] =
        [Confirmation::Availability, Confirmation::Scope, Confirmation::Duty, Confirmation::Competition];

    /// As pages and the command line know it.
    pub const fn name(self) -> &'static str {
        match self {
            Confirmation::Availability => "availability",
            Confirmation::Scope => "scope",
            Confirmation::Duty => "duty",
            Confirmation::Competition => "competition",
        }
    }

    /// As a sentence to be confirmed.
    pub const fn sentence(self) -> &'static str {
        match self {
            Confirmation::Availability => "the person can be spared for these hours in these weeks",
            Confirmation::Scope => "this work is within what the person may do for others",
            Confirmation::Duty => "it touches no duty that the person has towards us",
            Confirmation::Competition => "it is no competition to us",
        }
    }
}

impl fmt::Display for Confirmation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Confirmation {
    type Err = UnknownConfirmation;
    fn from_str(text: &str) -> Result<Self, UnknownConfirmation> {
        Confirmation::ALL.into_iter().find(|one| one.name() == text).ok_or(UnknownConfirmation)
    }
}

/// A yes without one of its confirmations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error(
    "nothing was decided, because a release confirms four things and this one is missing: {sentence} ({0}); confirm each that is \
     true, or decline", sentence = .0.sentence()
)]
pub struct Unconfirmed(pub Confirmation);

impl Unconfirmed {
    /// The first of `asked` that is not among what was `confirmed`.
    pub fn among(asked: &[Confirmation], confirmed: &[Confirmation]) -> Result<(), Unconfirmed> {
        asked.iter().find(|one| !confirmed.contains(one)).map_or(Ok(()), |missing| Err(Unconfirmed(*missing)))
    }
}

/// What of a person is offered: that to which the person consents and for which the employer releases them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loan {
    /// Who is lent.
    pub person: PersonId,
    /// By which key that person consents.
    pub key: PersonKey,
    /// What kind of thing.
    pub class: ResourceClass,
    /// The work.
    pub work: Process,
    /// First and last week.
    pub weeks: Weeks,
    /// Hours within those weeks, at most.
    pub hours: u32,
    /// Where the work can be done.
    pub presence: Option<Presence>,
}

impl Loan {
    /// What a resource would lend of a person.
    pub fn of(item: &Item, person: &Person) -> Loan {
        let draft = &item.draft;
        Loan {
            person: person.id.clone(),
            key: person.certificate.body.person,
            class: draft.class,
            work: draft.process,
            weeks: draft.weeks,
            hours: draft.hours,
            presence: draft.presence,
        }
    }

    /// The hash of what a decision covers: the loan, and in the employer's case the four confirmations (`LND-2`). Local to the
    /// firm: it has no wire form.
    pub fn bytes_hash(&self, say: Say) -> Hash {
        let confirmed: &[Confirmation] = if say == Say::Employer { &Confirmation::ALL } else { &[] };
        Hash::of_bytes("cosolvent/loan/1", &minicbor_serde::to_vec((self, say, confirmed)).unwrap_or_default())
    }
}

/// Why something is not offered yet, or not any more.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotLent {
    /// It names nobody, and must (`LND-6`).
    #[error("it names nobody, and must {because}; enter it again with the person whose time it is")]
    Unnamed {
        /// Which rule wants it.
        because: Because,
    },
    /// Whom it names cannot consent.
    #[error(
        "{0} is not in the register as an expert (any more); have the owner enrol that person with the role expert"
    )]
    NotEnrolled(PersonId),
    /// The person has not consented.
    #[error("{0} has not consented to be offered; only {0} can, on the page of questions")]
    NoConsent(PersonId),
    /// Nobody may release.
    #[error("a release is refused here {because}; an owner can change the policy")]
    Denied {
        /// Which rule says so.
        because: Because,
    },
    /// The employer has not released the person.
    #[error("the firm has not released {0}; whoever may releases them, on the page of questions")]
    NotReleased(PersonId),
}

/// Whether a resource may be offered on this day (`LND-1`, `LND-5`, `LND-6`). Needs and what names nobody may, unless a rule wants a
/// name.
pub fn stands(
    lending: &Lending,
    (register, policy): (&Register, &Rulebook),
    item: &Item,
    today: Day,
) -> Result<(), NotLent> {
    let target = Target::of(item);
    let Some(id) = &item.draft.person else {
        let wants = policy.must_name(&target).filter(|_| item.draft.side == Side::Offer);
        return wants.map_or(Ok(()), |because| Err(NotLent::Unnamed { because }));
    };
    let person = expert(register, id, today).ok_or_else(|| NotLent::NotEnrolled(id.clone()))?;
    let key = person.certificate.body.person;
    let given = |say| lending.of(&item.id).and_then(|loan| loan.given(say)).is_some_and(|given| given.lent == key);
    let release = policy.who(&target, Step::Release);
    match () {
        () if !given(Say::Own) => Err(NotLent::NoConsent(id.clone())),
        () if release.roles.is_empty() => Err(NotLent::Denied { because: release.because }),
        () if !given(Say::Employer) => Err(NotLent::NotReleased(id.clone())),
        () => Ok(()),
    }
}

/// Somebody who can be lent on this day.
pub(crate) fn expert<'a>(register: &'a Register, id: &PersonId, today: Day) -> Option<&'a Person> {
    register.person(id).filter(|person| person.acts_on(today) && person.roles().contains(&Role::Expert))
}

/// Whether somebody may release who is lent (`LND-3`).
pub fn may_release(loan: &Loan, by: &Person) -> bool {
    by.id != loan.person || by.roles().contains(&Role::Owner)
}
