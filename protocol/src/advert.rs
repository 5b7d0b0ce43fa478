//! Adverts: an offer or need that everybody hears and nobody can put a name to.
//!
//! - `ADV-2` An advert names its pseudonym (the pass's holder key, which signs it), a contact key for envelopes, the day of
//!   publication, the week after which it is gone, and its facts. It lives at most eight weeks.
//! - `ADV-3` One version under one key: a second different advert under one pseudonym is refused; the only further word is
//!   its withdrawal.
//! - `ADV-4` A withdrawal repeats the advert's pass and last week, and is signed by the same pseudonym: whoever could not
//!   have published the advert cannot take it back. It is kept until that week is over, whether or not the advert is known.
//!
//! Who learns what: everybody learns the facts, the coarse dates and which sponsor vouches; nobody learns the firm from
//! the record itself. What only one firm could say names that firm all the same, whatever the protocol does.

use crate::check::Context;
use crate::facts::Facts;
use crate::id::{ContactKey, HolderKey, NetworkId};
use crate::limits::ADVERT_WEEKS_MAX;
use crate::pass::{BadPass, Pass, Purpose};
use crate::sign::{Signed, Statement};
use crate::time::{Day, UnixMs, Week};
use crate::wire::wire_types;
use ed25519_dalek::SigningKey;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// What a pseudonym says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct AdvertBody {
    /// In which network.
    #[n(0)]
    pub network: NetworkId,
    /// Opens envelopes to this advert.
    #[n(1)]
    pub contact: ContactKey,
    /// When it was published.
    #[n(2)]
    pub published: Day,
    /// The last week of its life.
    #[n(3)]
    pub expires: Week,
    /// What is offered or needed.
    #[n(4)]
    pub facts: Facts,
    /// The pass; its holder key is the pseudonym.
    #[n(5)]
    pub pass: Pass,
}

/// A published advert.
pub type Advert = Signed<AdvertBody>;

/// The last word of a pseudonym: its advert is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct WithdrawalBody {
    /// In which network.
    #[n(0)]
    pub network: NetworkId,
    /// Whose advert.
    #[n(1)]
    pub pseudonym: HolderKey,
    /// The week in which the advert would have ended anyway, so that the withdrawal can be forgotten with it.
    #[n(2)]
    pub expires: Week,
    /// The advert's pass: a withdrawal needs no second one.
    #[n(3)]
    pub pass: Pass,
}

/// A published withdrawal.
pub type Withdrawal = Signed<WithdrawalBody>;

wire_types!(AdvertBody, WithdrawalBody);
impl Statement for AdvertBody {
    const LABEL: &'static str = "cosolvent/advert/1";
}
impl Statement for WithdrawalBody {
    const LABEL: &'static str = "cosolvent/withdrawal/1";
}

/// Why an advert or withdrawal is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadAdvert {
    /// For another network.
    #[error("the advert belongs to another network")]
    OtherNetwork,
    /// Lists out of order, windows upside down, a life too long (`ADV-1`, `ADV-2`).
    #[error("the advert's facts or dates are not well formed")]
    IllFormed,
    /// Published later than now.
    #[error("the advert says it was published in the future; one of the two clocks is wrong")]
    FromTheFuture,
    /// Its last week is over.
    #[error("the advert has expired")]
    Expired,
    /// No good pass.
    #[error(transparent)]
    Pass(#[from] BadPass),
    /// Not signed by its pseudonym.
    #[error("the advert is not signed by its own pseudonym")]
    Signature,
}

impl AdvertBody {
    /// The pseudonym that speaks.
    pub fn pseudonym(&self) -> HolderKey {
        self.pass.holder
    }
}

/// Judges an advert (`ADV-1` to `ADV-3`): cheap rules first, signatures last.
pub fn check_advert(advert: &Advert, context: &Context<'_>) -> Result<(), BadAdvert> {
    let body = &advert.body;
    if body.network != context.network {
        return Err(BadAdvert::OtherNetwork);
    }
    check_life(body.published, body.expires, context.now)?;
    if !body.facts.well_formed() {
        return Err(BadAdvert::IllFormed);
    }
    // A pass vouches for the moment of publication; catch-up may bring the advert much later.
    body.pass.in_epoch(body.published.start())?;
    body.pass.issued_in(context, Purpose::Advert)?;
    advert.verify(&body.pass.holder).map(drop).map_err(|_| BadAdvert::Signature)
}

/// Judges a withdrawal (`ADV-4`).
pub fn check_withdrawal(withdrawal: &Withdrawal, context: &Context<'_>) -> Result<(), BadAdvert> {
    let (body, now) = (&withdrawal.body, context.now);
    if body.network != context.network {
        return Err(BadAdvert::OtherNetwork);
    }
    // A pass of the week before may publish during its grace, so an advert's last week lies up to one week further out.
    if body.pass.holder != body.pseudonym || body.expires > body.pass.epoch.plus(ADVERT_WEEKS_MAX + 1) {
        return Err(BadAdvert::IllFormed);
    }
    // No advert that can exist yet lives as long, so nothing that is held now is taken back by it.
    if body.expires > now.plus(crate::limits::CLOCK_SKEW_MS_MAX).week().plus(ADVERT_WEEKS_MAX) {
        return Err(BadAdvert::FromTheFuture);
    }
    if now >= body.expires.end() {
        return Err(BadAdvert::Expired);
    }
    body.pass.issued_in(context, Purpose::Advert)?;
    withdrawal.verify(&body.pseudonym).map(drop).map_err(|_| BadAdvert::Signature)
}

/// Signs a withdrawal of an own advert.
pub fn withdraw(advert: &AdvertBody, pseudonym: &SigningKey) -> Withdrawal {
    let body = WithdrawalBody {
        network: advert.network,
        pseudonym: advert.pseudonym(),
        expires: advert.expires,
        pass: advert.pass.clone(),
    };
    Withdrawal::new(body, pseudonym)
}

fn check_life(published: Day, expires: Week, now: UnixMs) -> Result<(), BadAdvert> {
    if expires < published.week() || expires > published.week().plus(ADVERT_WEEKS_MAX) {
        return Err(BadAdvert::IllFormed);
    }
    if published.start() > now.plus(crate::limits::CLOCK_SKEW_MS_MAX) {
        return Err(BadAdvert::FromTheFuture);
    }
    if now >= expires.end() { Err(BadAdvert::Expired) } else { Ok(()) }
}
