//! The way to a running firm for everybody who works in it: the desk, the command line, a demonstration's script.
//!
//! - A person's key opens inside the request that decides, signs once, and is dropped. A node without its people can carry and
//!   listen, never approve, reveal or sign.
//! - What is signed is what was seen: whoever shows a question passes on the hashes it showed, and a question that changed
//!   meanwhile is refused before the key is used.

use super::Premises;
use crate::{
    driver::{Clock, Handle, Stopped},
    keystore::{self, Keystore, Password, SealError},
    swarm::SwarmWay,
};
use ed25519_dalek::SigningKey;
use firm::{
    Firm,
    approvals::Seen,
    command::{Answer, Asker, Command, Refusal},
    deputies::Handover,
    policy::{Policy, Word},
    register::{Entrant, Person, PersonId, Vouch},
    view::{Query, View},
};
use protocol::{
    decision::{Decision, Question, Verdict},
    id::{ApprovalId, Hash, PersonKey},
    text::Name,
    time::{Day, UnixMs},
    vocabulary::Role,
};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, OnceLock};
use thiserror::Error;
use tokio::{sync::watch, task::spawn_blocking};

/// Why something that needs a person's key was not done.
#[derive(Debug, Error)]
pub enum PersonError {
    /// The password does not open the person's key, or nobody has that short name; which of the two is not said.
    #[error("the password does not open this person's key; type it again, or ask the owner who is in the register")]
    WrongPassword,
    /// The key opens and the firm gives this person no roles (any more).
    #[error("this person may no longer act for the firm; ask the owner to enter the person again")]
    NotEnrolled,
    /// The password of whoever vouches does not open that person's key.
    #[error("the password of {0}, who vouches, does not open the key of {0}; nobody was entered, type it again")]
    VouchersPassword(PersonId),
    /// The sealed key.
    #[error(transparent)]
    Keys(SealError),
    /// The machine.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// The operating system gave no worker.
    #[error("the work on the key was broken off ({0}); try again")]
    BrokenOff(String),
}

impl From<SealError> for PersonError {
    fn from(error: SealError) -> Self {
        match error {
            SealError::WrongPassword { .. } | SealError::Missing { .. } => PersonError::WrongPassword,
            other => PersonError::Keys(other),
        }
    }
}

/// Who is to be entered, but for the key, which is made under the person's own password.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Newcomer {
    /// Short name.
    pub id: PersonId,
    /// Name.
    pub name: Name,
    /// Roles.
    pub roles: Vec<Role>,
    /// Last day.
    pub expires: Day,
}

/// The way to one running firm. Copies reach the same firm; the firm stops when the last one is dropped.
#[derive(Clone, Debug)]
pub struct Office {
    handle: Handle<Firm>,
    keystore: Keystore,
    clock: Clock,
    carrier: Arc<OnceLock<SwarmWay>>,
}

impl Office {
    pub(super) fn new(handle: Handle<Firm>, premises: &Premises) -> Self {
        let (keystore, clock) = (premises.keystore(), premises.clock().clone());
        Office { handle, keystore, clock, carrier: Arc::default() }
    }

    /// The way to the node's carrier, once it was started.
    pub(super) fn carrier(&self) -> &OnceLock<SwarmWay> {
        &self.carrier
    }

    /// The machine's own handle.
    pub fn handle(&self) -> &Handle<Firm> {
        &self.handle
    }

    /// The node's clock.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The node's wall clock, now.
    pub fn now(&self) -> UnixMs {
        UnixMs(self.clock.now().wall.0)
    }

    /// Asks the firm for something and waits until the answer is durable. Whether `by` may ask for it, the firm decides.
    ///
    /// # Errors
    /// The machine has stopped.
    pub async fn ask(&self, by: Asker, command: Command) -> Result<Answer, Stopped> {
        self.handle.ask(command.by(by)).await
    }

    /// A view for this reader, from committed state. Without a reader it shows what every role may see.
    ///
    /// # Errors
    /// The machine has stopped.
    pub async fn view(&self, reader: Option<PersonId>, query: Query) -> Result<View, Stopped> {
        let now = self.now();
        let look = move |firm: &Firm| {
            let person = reader.and_then(|id| firm.register.person(&id).filter(|person| person.acts_on(now.day())));
            firm.view(person.map_or(&[], Person::roles), &query, now)
        };
        self.handle.view(look).await
    }

    /// Counts up whenever a view may have changed.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.handle.committed()
    }

    /// Whether the password opens this person's key and the firm still gives the person roles. The key is dropped at once.
    ///
    /// # Errors
    /// [`PersonError`].
    pub async fn sign_in(&self, person: &PersonId, password: Password) -> Result<(), PersonError> {
        self.person_key(person, password).await.map(drop)
    }

    /// Opens the person's key, signs `verdict` over a question that is still what was `seen` ([`Firm::to_sign`]), drops the key,
    /// and hands the decision to the firm.
    ///
    /// # Errors
    /// [`PersonError`]; a question that is closed or changed is an [`Answer::Refused`].
    pub async fn decide(
        &self,
        person: &PersonId,
        approval: ApprovalId,
        seen: Seen,
        verdict: Verdict,
        password: Password,
    ) -> Result<Answer, PersonError> {
        let key = self.person_key(person, password).await?;
        let look = move |firm: &Firm| firm.to_sign(&approval, &seen, verdict).map(without_roles);
        let question = match self.handle.view(look).await? {
            Ok(question) => question,
            Err(refusal) => return Ok(Answer::Refused(refusal)),
        };
        let decision = Decision::sign(&question, verdict, &key);
        drop(key);
        Ok(self.handle.decide(decision).await?)
    }

    /// Makes a key for a person under the person's own password and enters the person into the register. Somebody who has a
    /// key already keeps it, if the password opens it, and gets these roles. Once the firm has an owner somebody who may enrol
    /// vouches for it under their own password (`REG-4`).
    ///
    /// # Errors
    /// [`PersonError`]; a refusal of the firm is an [`Answer`].
    pub async fn enrol(
        &self,
        newcomer: Newcomer,
        password: Password,
        voucher: Option<(PersonId, Password)>,
    ) -> Result<Answer, PersonError> {
        let (id, roles) = (newcomer.id.clone(), newcomer.roles.clone());
        let vouching = self.handle.view(move |firm: &Firm| firm.register.vouching(&id, &roles)).await?;
        let voucher = match voucher {
            None => match vouching {
                // Before a key is made that nothing would be certified for.
                Some(roles) => return Ok(Answer::Refused(Refusal::NeedsVouch { roles: roles.to_vec() })),
                None => None,
            },
            Some((person, password)) => Some(match self.person_key(&person, password).await {
                Err(PersonError::WrongPassword) => return Err(PersonError::VouchersPassword(person)),
                key => key?,
            }),
        };
        let (keystore, sealed) = (self.keystore.clone(), sealed_name(&newcomer.id)?);
        let key = spawn_blocking(move || match keystore.create_person(&sealed, &password) {
            Err(SealError::Exists { .. }) => keystore.open_person(&sealed, &password).map(|key| PersonKey::of(&key)),
            made => made.map(|public| PersonKey(public.to_bytes())),
        });
        let key = key.await.map_err(|error| PersonError::BrokenOff(error.to_string()))??;
        let Newcomer { id, name, roles, expires } = newcomer;
        let entrant = Entrant { id, name, key, roles, expires, scope: Vec::new(), limit: None };
        let entry = entrant.clone();
        let vouch = move |firm: &Firm| {
            let founding = firm.identity.founding.as_ref();
            voucher.zip(founding).map(|(key, founding)| Vouch::sign(&firm.register, founding.firm, &entry, &key))
        };
        let vouch = self.handle.view(vouch).await?;
        Ok(self.ask(Asker::Operator, Command::Enrol { entrant, vouch }).await?)
    }

    /// Enters the first people of a firm; whoever of them is an owner vouches for the others.
    ///
    /// # Errors
    /// [`PersonError`]; a refusal of the firm is an [`Answer`], and nobody after that one was entered.
    pub async fn enrol_all(&self, people: Vec<(Newcomer, Password)>) -> Result<Answer, PersonError> {
        for (newcomer, password) in &people {
            let (id, roles) = (newcomer.id.clone(), newcomer.roles.clone());
            let needed = self.handle.view(move |firm: &Firm| firm.register.vouching(&id, &roles).is_some()).await?;
            let owner = people.iter().find(|(person, _)| needed && person.roles.contains(&Role::Owner));
            let voucher = owner.map(|(owner, password)| (owner.id.clone(), password.clone()));
            let answer = self.enrol(newcomer.clone(), password.clone(), voucher).await?;
            if answer != Answer::Done {
                return Ok(answer);
            }
        }
        Ok(Answer::Done)
    }

    /// Opens an owner's key, puts a policy into force under its signature (`POL-5`), and drops the key. With `over`, only over
    /// the version of which this is the hash.
    ///
    /// # Errors
    /// [`PersonError`]; a refusal of the firm is an [`Answer`].
    pub async fn govern(
        &self,
        person: &PersonId,
        policy: Policy,
        over: Option<Hash>,
        password: Password,
    ) -> Result<Answer, PersonError> {
        let key = self.person_key(person, password).await?;
        let sign = move |firm: &Firm| {
            let current = firm.policy.policy();
            let as_seen = over.is_none_or(|over| over == firm.policy.hash());
            let founding = firm.identity.founding.as_ref().filter(|_| as_seen)?;
            Some(Word::sign(current, policy, founding.firm, &key))
        };
        match self.handle.view(sign).await? {
            Some(signed) => Ok(self.ask(Asker::Operator, Command::Govern(Box::new(signed))).await?),
            None => Ok(Answer::Refused(Refusal::OtherPolicy)),
        }
    }

    /// Opens a person's key, names a deputy under its signature (`DEP-1`), and drops the key.
    ///
    /// # Errors
    /// [`PersonError`]; a refusal of the firm is an [`Answer`].
    pub async fn deputise(
        &self,
        person: &PersonId,
        handover: Handover,
        password: Password,
    ) -> Result<Answer, PersonError> {
        let key = self.person_key(person, password).await?;
        let by = person.clone();
        let sign = move |firm: &Firm| firm.hand_over(&by, handover, &key);
        match self.handle.view(sign).await? {
            Some(command) => Ok(self.ask(Asker::Operator, command).await?),
            None => Ok(Answer::Refused(Refusal::NotFounded)),
        }
    }

    async fn person_key(&self, person: &PersonId, password: Password) -> Result<SigningKey, PersonError> {
        let (keystore, sealed) = (self.keystore.clone(), sealed_name(person)?);
        let key = spawn_blocking(move || keystore.open_person(&sealed, &password)).await;
        let key = key.map_err(|error| PersonError::BrokenOff(error.to_string()))??;
        let (person, now, public) = (person.clone(), self.now(), PersonKey::of(&key));
        let look = move |firm: &Firm| {
            let entry = firm.register.person(&person);
            entry.is_some_and(|entry| entry.acts_on(now.day()) && entry.certificate.body.person == public)
        };
        if self.handle.view(look).await? { Ok(key) } else { Err(PersonError::NotEnrolled) }
    }
}

/// What is signed does not name the roles; who may decide is judged by the machine.
fn without_roles(question: Question<'_>) -> Question<'static> {
    let Question { network, approval, summary, bytes, lapses, roles: _, firm, about } = question;
    Question { network, approval, summary, bytes, lapses, roles: &[], firm, about }
}

fn sealed_name(person: &PersonId) -> Result<keystore::PersonId, PersonError> {
    Ok(person.as_str().parse()?)
}
