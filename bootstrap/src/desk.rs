//! What the sponsor's staff may ask of their running sponsor: invitations, and a look at its own register and counts.
//!
//! Everything here goes through the machine and is durable before it is answered. Nothing here can show more than
//! [`sponsor::View`] has: a sponsor's desk has no page about adverts, dialogues or deals of its members.

use crate::door::wall;
use node::driver::{Clock, Handle, Stopped};
use protocol::time::{DAY_MS, UnixMs};
use sponsor::{
    Answer, Command, InvitationText, Query, Refusal, Sponsor, View, limits::INVITATION_DAYS_MAX, members::MemberNo,
};
use thiserror::Error;

/// Invitations made at once at most: a room full of firms, and one slip of a key is no flood.
pub const INVITATIONS_AT_ONCE_MAX: u32 = 100;

/// Why the desk could not do what was asked.
#[derive(Clone, Debug, Error)]
pub enum DeskError {
    /// The machine runs no more.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// The machine says no.
    #[error("no invitation was made: {0}; choose 1 to {INVITATION_DAYS_MAX} days")]
    Refused(Refusal),
    /// It cannot be ended.
    #[error("nobody was dismissed: {0}; look at `members`")]
    NotDismissed(Refusal),
    /// Too many or none.
    #[error("no invitation was made: {0} at once is not possible; ask for 1 to {INVITATIONS_AT_ONCE_MAX}")]
    Count(u32),
    /// An invitation would lead nowhere.
    #[error(
        "no invitation was made: nobody could reach this sponsor with it; start the sponsor first, or write your public \
         address into `announce` of sponsor.toml"
    )]
    NoAddress,
}

/// An invitation and when it lapses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// Give it to one firm, by a way that only that firm reads.
    pub text: InvitationText,
    /// When it lapses.
    pub expires: UnixMs,
}

/// The staff's way to the machine.
#[derive(Clone, Debug)]
pub struct Desk {
    handle: Handle<Sponsor>,
    clock: Clock,
}

impl Desk {
    pub(crate) fn new(handle: Handle<Sponsor>, clock: Clock) -> Desk {
        Desk { handle, clock }
    }

    /// Makes `count` invitations that lapse in `days` days.
    ///
    /// # Errors
    /// As named; invitations made before an error remain usable only if their text was given out, which it was not.
    pub async fn invite(&self, days: u32, count: u32) -> Result<Vec<Invited>, DeskError> {
        if !(1..=INVITATIONS_AT_ONCE_MAX).contains(&count) {
            return Err(DeskError::Count(count));
        }
        if self.handle.view(|sponsor| sponsor.office.addresses.is_empty()).await? {
            return Err(DeskError::NoAddress);
        }
        let expires = wall(&self.clock).plus(u64::from(days) * DAY_MS);
        let mut invited = Vec::new();
        for _ in 0..count {
            match self.handle.ask(Command::Invite { expires }).await? {
                Answer::Invited(text) => invited.push(Invited { text, expires }),
                Answer::Refused(why) => return Err(DeskError::Refused(why)),
                // INVARIANT: the machine answers an invitation with one of the two above.
                Answer::Admission(_) | Answer::Done => unreachable!("not an answer to an invitation"),
            }
        }
        Ok(invited)
    }

    /// Ends the membership with this number in the register: no more passes, no renewal.
    ///
    /// # Errors
    /// As named.
    pub async fn dismiss(&self, number: u32) -> Result<(), DeskError> {
        match self.handle.ask(Command::Dismiss { member: MemberNo(number) }).await? {
            Answer::Refused(why) => Err(DeskError::NotDismissed(why)),
            _ => Ok(()),
        }
    }

    /// Looks at the register and the counts, as of the last commit.
    ///
    /// # Errors
    /// The machine has stopped.
    pub async fn see(&self, query: Query) -> Result<View, Stopped> {
        let now = wall(&self.clock);
        self.handle.view(move |sponsor| sponsor.view(query, now)).await
    }
}
