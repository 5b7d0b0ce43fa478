//! What the sponsor's own staff and node ask.

use super::{Sponsor, Turn};
use crate::command::{Answer, Command, InvitationText, Refusal};
use crate::members;
use crate::office::speakable;
use crate::record::Event;
use alloc::string::ToString;
use machine::Entropy;
use protocol::id::{Blob, InvitationToken};
use protocol::wire::encode;
use rand_core::Rng;

impl Turn<'_> {
    pub(super) fn command(&mut self, command: Command, entropy: &mut Entropy) -> Result<Answer, Refusal> {
        match command {
            Command::Invite { expires } => {
                let mut token = [0; 16];
                entropy.chance("invitation").fill_bytes(&mut token);
                let (invitation, event) =
                    members::invite(&self.sponsor.office, InvitationToken(token), expires, self.at())?;
                self.record(Event::Members(event));
                Ok(Answer::Invited(InvitationText(invitation.to_string())))
            }
            Command::Admit { peer, request } => {
                let Sponsor { members, office, .. } = &*self.sponsor;
                let judgement = members::admit(members, office, &peer, &request.0, self.at());
                Ok(Answer::Admission(Blob(encode(&self.judged(judgement)))))
            }
            Command::Dismiss { member } => {
                self.record(Event::Members(members::dismiss(&self.sponsor.members, member)?));
                Ok(Answer::Done)
            }
            Command::Listen { addresses } => {
                if !speakable(&addresses) {
                    return Err(Refusal::Addresses);
                }
                // Configuration of this run, like the rest of the office: the node says it again at every start.
                self.sponsor.office.addresses = addresses;
                Ok(Answer::Done)
            }
        }
    }
}
