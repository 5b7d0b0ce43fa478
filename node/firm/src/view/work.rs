//! View of what was done under signed terms (`DKT`).

use super::{DocketState, DocketView, LineView, WorkView};
use crate::Firm;
use crate::approvals::Subject;
use crate::deals::{Deal, Dockets, Word, Written};
use alloc::vec::Vec;
use protocol::dialogue::Step;
use protocol::docket::Docket;
use protocol::facts::Side;
use protocol::id::Hash;
use protocol::terms::Line;

impl Firm {
    /// `None` before the work has begun.
    pub(super) fn work_view(&self, deal: &Deal, side: Side) -> Option<WorkView> {
        deal.logged?;
        let (terms, _) = deal.current_terms()?;
        let of_offer = if side == Side::Offer { &deal.ours.dockets } else { &deal.theirs.dockets };
        let lines = (0..).zip(&terms.lines).filter(|(_, line)| line.lot.is_none());
        let lines = lines.filter_map(|(at, line)| Some((at, line_view(at, line, of_offer)?)));
        let mut dockets: Vec<DocketView> = [(true, &deal.ours.dockets), (false, &deal.theirs.dockets)]
            .into_iter()
            .flat_map(|(ours, dockets)| dockets.all().iter().map(move |written| (ours, written)))
            .map(|(ours, written)| self.docket_view(deal, ours, written))
            .collect();
        dockets.sort_by_key(|docket| (docket.at, docket.ours, docket.number));
        Some(WorkView { lines: lines.collect(), dockets })
    }

    fn docket_view(&self, deal: &Deal, ours: bool, written: &Written) -> DocketView {
        let docket = &written.said.docket;
        let hash = docket.hash();
        let is_it = |subject: &Subject| matches!(subject, Subject::Countersign(said) if said.docket == hash);
        let asked = self.approvals.about(deal.id, Step::Work).find(|asked| is_it(&asked.subject));
        DocketView {
            hash,
            number: docket.number,
            ours,
            work: docket.work.clone(),
            by: written.by.clone(),
            at: written.at,
            state: match written.word {
                Word::Open => DocketState::Open,
                Word::Countersigned(_) => DocketState::Countersigned,
                Word::Contested => DocketState::Contested,
            },
            approval: asked.map(|asked| asked.id),
        }
    }
}

/// What a docket or a countersignature is about.
pub(super) fn docket_of(subject: &Subject, deal: Option<&Deal>) -> Option<Docket> {
    let is = |written: &&Written, hash: &Hash| written.said.docket.hash() == *hash;
    match subject {
        Subject::Docket(docket) => Some(docket.clone()),
        Subject::Countersign(said) => {
            let written = deal?.theirs.dockets.all().iter().find(|written| is(written, &said.docket))?;
            Some(written.said.docket.clone())
        }
        _ => None,
    }
}

fn line_view(at: u8, line: &Line, dockets: &Dockets) -> Option<LineView> {
    let countersigned = dockets.all().iter().filter(|written| matches!(written.word, Word::Countersigned(_)));
    let countersigned = countersigned.map(|written| written.said.docket.work.minutes_on(at));
    let countersigned = countersigned.fold(0, u32::saturating_add);
    Some(LineView {
        what: line.what.clone(),
        agreed: line.minutes,
        written: dockets.minutes(at),
        countersigned,
        amount: line.hourly.for_minutes(countersigned)?,
    })
}
