//! Passes: keys published ahead, batches handed over, and the crowd that fetched them told.

use super::{Note, Sponsor, Turn};
use crate::census;
use crate::issuing::{self, Signer, Slot};
use crate::limits::MANIFEST_WEEKS_AHEAD;
use crate::record::Event;
use alloc::string::ToString;
use alloc::{boxed::Box, sync::Arc, vec::Vec};
use machine::{AtOnce, Peer};
use protocol::check::{Record as Said, own};
use protocol::genesis::PassScheme;
use protocol::id::{Blinded, HolderKey};
use protocol::parcel::Parcel;
use protocol::pass::{Manifest, Purpose};
use protocol::time::Week;

impl Turn<'_> {
    /// Publishes the manifests that are due (`PAS-7`).
    pub(super) fn publish_manifests(&mut self) {
        let Some(signer) = self.sponsor.office.signer() else { return };
        let this = self.at().week();
        signer.forget_before(this);
        for epoch in (0..=MANIFEST_WEEKS_AHEAD).map(|weeks| this.plus(weeks)) {
            let Sponsor { office, members, market, .. } = &*self.sponsor;
            if market.shelf.in_slot(&Manifest::slot_of(&office.key(), epoch)).is_some() {
                continue;
            }
            let Some(keys) = signer.keys(epoch) else {
                self.effects.at_once.push(AtOnce::Note(Note::NoIssuingKeys { epoch }));
                continue;
            };
            let count = members.all().filter(|member| member.holds_at(self.at())).count();
            let manifest = issuing::manifest(office, epoch, count, keys);
            if let Some(checked) = own(Said::Manifest(manifest)) {
                self.say(&checked);
            }
        }
    }

    /// The signer, if its keys of an epoch are those that were published, and for how many members that was.
    fn signer_of(&self, epoch: Week) -> Option<(Arc<dyn Signer>, u32)> {
        let Sponsor { office, market, .. } = &*self.sponsor;
        let signer = office.signer()?;
        let published = market.shelf.in_slot(&Manifest::slot_of(&office.key(), epoch))?;
        let Said::Manifest(manifest) = published.record() else { return None };
        (signer.keys(epoch)? == manifest.body.keys).then_some((signer, manifest.body.members))
    }

    pub(super) fn issue_blindly(&mut self, from: &Peer, epoch: Week, purpose: Purpose, blinded: &[Blinded]) {
        let Some(slot) = self.slot(from, epoch, purpose) else { return };
        let signer = self.signer_of(epoch);
        if signer.as_ref().is_some_and(|(_, members)| self.sponsor.issued.is_beyond(&slot, *members)) {
            self.effects.at_once.push(AtOnce::Note(Note::Crowded { epoch }));
            return;
        }
        let issue = signer
            .and_then(|(signer, _)| issuing::issue_blindly(&self.sponsor.issued, &*signer, slot, blinded, self.at()));
        let Some(issue) = issue else {
            self.effects.at_once.push(AtOnce::Note(Note::NoIssuingKeys { epoch }));
            return;
        };
        let (answers, used_up) = (issue.answers, issue.used_up);
        self.hand_over(from, slot, issue.event, &Parcel::BlindAnswer { epoch, purpose, answers, used_up });
    }

    /// The batch of the member that a peer is; anybody else gets nothing.
    fn slot(&mut self, from: &Peer, epoch: Week, purpose: Purpose) -> Option<Slot> {
        let Sponsor { members, .. } = &*self.sponsor;
        let member = members.by_peer(&from.0).and_then(|number| members.member(number));
        let slot = member.filter(|member| member.holds_at(self.at())).map(|member| member.number);
        if slot.is_none() {
            self.effects.at_once.push(AtOnce::Note(Note::NotAMember { from: from.clone() }));
        }
        slot.map(|member| Slot { epoch, purpose, member })
    }

    /// Sends what a member asked for. A first batch for adverts may have made the crowd larger, which everybody is told.
    fn hand_over(&mut self, from: &Peer, slot: Slot, event: Option<issuing::Event>, batch: &Parcel) {
        let before = census::step(self.sponsor.issued.advertisers(slot.epoch));
        if let Some(event) = event {
            self.record(Event::Issuing(event));
        }
        self.send(from, batch);
        if census::step(self.sponsor.issued.advertisers(slot.epoch)) != before {
            let all: Vec<Peer> = self.sponsor.run.neighbours.iter().cloned().collect();
            all.iter().for_each(|peer| self.tell_census(peer));
        } else if slot.purpose == Purpose::Advert {
            self.tell_census(from);
        }
    }

    pub(super) fn issue(&mut self, from: &Peer, epoch: Week, purpose: Purpose, holders: &[HolderKey]) {
        let Some(slot) = self.slot(from, epoch, purpose) else { return };
        let Sponsor { issued, office, .. } = &*self.sponsor;
        if office.genesis.passes != PassScheme::Plain {
            self.refuse(from, "a request for passes that the sponsor could link; this network's are blind".to_string());
            return;
        }
        let issue = issuing::issue(issued, office, slot, holders, self.at());
        self.hand_over(from, slot, issue.event, &Parcel::Passes { purpose, passes: issue.passes });
    }

    /// Sends the census of this week to a member.
    pub(super) fn tell_census(&mut self, to: &Peer) {
        let Sponsor { members, issued, office, .. } = &*self.sponsor;
        let census = census::publish(office, issued, self.at().week());
        if let (Some(_), Some(census)) = (members.by_peer(&to.0), census) {
            self.send(to, &Parcel::Census(Box::new(census)));
        }
    }
}
