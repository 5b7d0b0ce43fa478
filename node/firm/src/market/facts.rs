//! What an item would say openly, in closed codes and bands.
//!
//! Coarse by default: the larger area, no text, bands instead of values, no price. The exact values stay in the item.

use crate::profile::{ItemDraft, Mode};
use protocol::facts::{Facts, Side};
use protocol::vocabulary::{EnvelopeBand, HoursBand, ToleranceBand, TravelBand};

/// The facts that an advert of this item would carry; `None` in silent mode.
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
    })
}
