//! Hours and deals: what is asked of the calendar, and what a deal's steps do to it (`AVL-1` to `AVL-4`).

use super::Turn;
use crate::availability::{self, Wanted, Why};
use crate::command::{Command, Refusal};
use crate::record::Event;
use alloc::vec::Vec;
use protocol::dialogue::Step;
use protocol::id::{DealId, ItemId};

impl Turn<'_> {
    /// What people ask of the calendar.
    pub(super) fn calendar(&mut self, command: Command) -> Result<(), Refusal> {
        let (known, at) = (&self.firm.availability, self.at());
        let event = match command {
            Command::SetSiteHours(site) => {
                self.firm.run.moved.extend(known.all().map(|(item, _)| *item));
                availability::site(*site)?
            }
            Command::SetTimetable { item, timetable, over } => {
                self.live(item)?;
                availability::schedule(known, item, (*timetable, over), at)?
            }
            Command::ConfirmTimetable(item) => {
                self.live(item)?;
                availability::confirm(known, item, at)?
            }
            Command::Hold { deal, wanted } => {
                let current = self.deal(deal)?;
                if !current.is_open() {
                    return Err(Refusal::NotNow { step: Step::Terms });
                }
                availability::hold(known, (current.item, deal), (&wanted, &self.limits(current.item, deal)), at)?
            }
            Command::Release(deal) => availability::release(known, (self.deal(deal)?.item, deal), Why::LetGo)?,
            _ => return Ok(()),
        };
        self.record(Event::Availability(event));
        Ok(())
    }

    fn live(&self, item: ItemId) -> Result<(), Refusal> {
        self.firm.profile.item(&item).filter(|item| !item.withdrawn).map(|_| ()).ok_or(Refusal::NoSuchItem)
    }

    /// New terms stand: their hours are held, if they are there (`AVL-2`).
    pub(super) fn hold_for_terms(&mut self, id: DealId) {
        let Ok(deal) = self.deal(id) else { return };
        let Some((terms, _)) = deal.current_terms() else { return };
        let Some(wanted) = Wanted::by(terms) else { return };
        let limits = self.limits(deal.item, id);
        let event = availability::for_terms(&self.firm.availability, (deal.item, id), (&wanted, &limits), self.at());
        if let Some(event) = event {
            self.record(Event::Availability(event));
        }
    }

    /// What a signature on the current terms does to the hours, or why it has to wait (`AVL-3`, `POL-7`).
    pub(super) fn may_sign(&self, id: DealId) -> Result<Vec<availability::Event>, Refusal> {
        let deal = self.deal(id)?;
        let (terms, _) = deal.current_terms().ok_or(Refusal::NotNow { step: Step::Sign })?;
        self.within_price(terms)?;
        let Some(wanted) = Wanted::by(terms) else { return Ok(Vec::new()) };
        let limits = self.limits(deal.item, id);
        Ok(availability::to_commit(&self.firm.availability, (deal.item, id), (&wanted, &limits), self.at())?)
    }

    /// The deal ended before anything bound both sides: its hours are free again, whatever this side had signed.
    pub(super) fn release_hours(&mut self, id: DealId) {
        let Ok(deal) = self.deal(id) else { return };
        if let Ok(event) = availability::release(&self.firm.availability, (deal.item, id), Why::DealEnded) {
            self.record(Event::Availability(event));
        }
    }

    /// The engagement is over: hours that were not needed are free again.
    pub(super) fn settle_hours(&mut self, id: DealId) {
        let Ok(deal) = self.deal(id) else { return };
        let item = deal.item;
        let booked =
            self.firm.availability.schedule(&item).is_some_and(|schedule| schedule.book.booking(&id).is_some());
        if booked {
            let at = self.at();
            self.record(Event::Availability(availability::Event::Settled { item, deal: id, at }));
        }
    }

    /// The item is withdrawn: what was only held is free again, what is committed stays owed.
    pub(super) fn release_all(&mut self, item: ItemId) {
        let known = &self.firm.availability;
        let deals = known.schedule(&item).into_iter().flat_map(|schedule| schedule.book.all().map(|(deal, _)| *deal));
        let events = deals.filter_map(|deal| availability::release(known, (item, deal), Why::Withdrawn).ok());
        let events: Vec<_> = events.collect();
        events.into_iter().for_each(|event| self.record(Event::Availability(event)));
    }

    /// Holds whose time is over.
    pub(super) fn lapse_holds(&mut self) {
        let lapsed: Vec<_> = self.firm.availability.lapsed(self.at()).collect();
        for (item, deal) in lapsed {
            self.record(Event::Availability(availability::Event::Released { item, deal, why: Why::Lapsed }));
        }
    }
}
