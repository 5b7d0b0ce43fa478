//! Writing down what was done under signed terms, and having people say whether what the other side wrote down was so (`DKT`).

use super::Turn;
use crate::approvals::{Approval, Subject};
use crate::command::Refusal;
use alloc::vec::Vec;
use protocol::dialogue::{Payload, Step};
use protocol::docket::{BadWork, Countersignature, Docket, Work};
use protocol::facts::Side;
use protocol::id::{ApprovalId, DealId};
use protocol::limits::DOCKETS_MAX;

impl Turn<'_> {
    /// Drafts a docket; the right person then decides whether it leaves.
    pub(super) fn write_docket(&mut self, id: DealId, work: Work) -> Result<ApprovalId, Refusal> {
        let drafts = self.drafts(id);
        let deal = self.deal(id)?;
        let not_now = Refusal::NotNow { step: Step::Work };
        let (terms, _) = deal.current_terms().ok_or(not_now.clone())?;
        if deal.logged != Some(Step::Start) || deal.ours.outcome.is_some() {
            return Err(not_now);
        }
        let used = deal.ours.dockets.all().iter().map(|written| written.said.docket.number);
        let number = used.chain(drafts.iter().map(|draft| draft.number)).max().map_or(1, |last| last.saturating_add(1));
        if number > DOCKETS_MAX {
            return Err(BadWork::TooMany.into());
        }
        let docket = Docket { deal: id, terms: terms.hash(), number, work };
        // What waits for a yes already counts: otherwise the second of two would be refused only when somebody decides.
        self.can_be_so(id, &docket.work, &drafts)?;
        self.ask_about_work(id, Subject::Docket(docket))
    }

    /// Whether this side may say so now.
    pub(super) fn can_be_so(&self, id: DealId, work: &Work, drafts: &[Docket]) -> Result<(), Refusal> {
        let deal = self.deal(id)?;
        let (terms, _) = deal.current_terms().ok_or(Refusal::NotNow { step: Step::Work })?;
        self.is_whose_to_write(id, work, true)?;
        let drafted = |line| drafts.iter().map(|draft| draft.work.minutes_on(line)).fold(0, u32::saturating_add);
        let written = |line| deal.ours.dockets.minutes(line).saturating_add(drafted(line));
        Ok(work.check(terms, self.at().day(), written)?)
    }

    /// Time is written down by the side that offers (`DKT-3`).
    pub(super) fn is_whose_to_write(&self, id: DealId, work: &Work, ours: bool) -> Result<(), BadWork> {
        let item = self.deal(id).ok().and_then(|deal| self.firm.profile.item(&deal.item));
        let offers = item.is_some_and(|item| (item.draft.side == Side::Offer) == ours);
        if offers || !matches!(work, Work::Session(_)) { Ok(()) } else { Err(BadWork::OtherSide) }
    }

    /// Puts every docket of theirs that waits for a word before a person, once at a time.
    pub(super) fn ask_countersigns(&mut self, id: DealId) {
        let Ok(deal) = self.deal(id) else { return };
        if deal.ours.outcome.is_some() {
            return;
        }
        let open = deal.theirs.dockets.open().map(|written| written.said.docket.hash());
        let subjects = open.map(|docket| Subject::Countersign(Countersignature { deal: id, docket }));
        let asked = |subject: &Subject| self.firm.approvals.about(id, Step::Work).any(|one| one.subject == *subject);
        let unasked: Vec<Subject> = subjects.filter(|subject| !asked(subject)).collect();
        for subject in unasked {
            let _ = self.ask_about_work(id, subject);
        }
    }

    /// A no to what they wrote down is told, without a reason; a no to what was drafted here is not.
    pub(super) fn contest(&mut self, approval: &Approval) {
        if let (Subject::Countersign(said), Some(deal)) = (&approval.subject, approval.summary.deal) {
            let _ = self.say(deal, &Payload::contest(said.docket), false, None);
        }
    }

    fn ask_about_work(&mut self, id: DealId, subject: Subject) -> Result<ApprovalId, Refusal> {
        let deal = self.deal(id)?;
        let (item, to) = (deal.item, super::telling::name_of(deal));
        self.ask(item, Some(id), Some(to), Step::Work, subject)
    }

    fn drafts(&self, id: DealId) -> Vec<Docket> {
        let drafts = self.firm.approvals.about(id, Step::Work).filter_map(|asked| match &asked.subject {
            Subject::Docket(docket) => Some(docket.clone()),
            _ => None,
        });
        drafts.collect()
    }
}
