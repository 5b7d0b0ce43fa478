//! What an item would say openly, in closed codes and bands. The exact values stay in the item.

use super::{Coarsening, Ground};
use crate::profile::{ItemDraft, Mode};
use protocol::census::K;
use protocol::facts::{Facts, Side};
use protocol::vocabulary::{EnvelopeBand, HoursBand, ToleranceBand, TravelBand};

/// The facts that are proposed for an item; `None` in silent mode. A coarse notice names no area when only that puts it into a
/// crowd (`CMP-1`).
pub fn compose(draft: &ItemDraft, ground: &Ground<'_>) -> Option<Facts> {
    let facts = public_facts(draft)?;
    let nowhere = Coarsening::Area.of(&facts).filter(|_| draft.mode == Mode::Coarse);
    let helps = |less: &Facts| ground.k(&facts) == K::Below5 && ground.k(less) != K::Below5;
    Some(nowhere.filter(helps).unwrap_or(facts))
}

/// The facts that an item would carry at its mode, whoever else there is; `None` in silent mode.
pub fn public_facts(draft: &ItemDraft) -> Option<Facts> {
    let area = draft.cell();
    let (area, text) = match draft.mode {
        Mode::Silent => return None,
        Mode::Coarse => (area.map(protocol::place::Cell::coarser), None),
        Mode::Open => (area, draft.experience.clone()),
    };
    Some(Facts {
        side: draft.side,
        class: draft.class,
        process: draft.process,
        materials: draft.materials.clone(),
        envelope: draft.envelope_mm.map(EnvelopeBand::of_mm),
        tolerance: draft.tolerance_um.map(ToleranceBand::of_um),
        credentials: draft.credentials.clone(),
        area,
        weeks: draft.weeks,
        hours: HoursBand::of_hours(draft.hours),
        presence: draft.presence,
        travel: draft.travel_km.filter(|_| draft.side == Side::Need).map(TravelBand::of_km),
        languages: draft.languages.clone(),
        // Worth is told to a matched party, never to everybody.
        value: None,
        text,
        conflict_classes: draft.conflict_classes.clone(),
    })
}
