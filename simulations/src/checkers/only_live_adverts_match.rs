//! An advert whose life is over, or that was never heard, is never matched and never written to.

use crate::party::{Party, Record};
use crate::world::{CommitSeen, Findings, Witness};
use firm::record::Event;
use firm::{deals, market, matching};
use protocol::check::{Checked, Record as Gossiped};
use protocol::id::RecordId;
use protocol::time::UnixMs;
use std::collections::BTreeMap;

/// Finds matches with adverts that are over.
#[derive(Default)]
pub struct OnlyLiveAdvertsMatch {
    /// By node and advert: when its life is over.
    adverts: BTreeMap<(u32, RecordId), UnixMs>,
    matches: u64,
}

impl OnlyLiveAdvertsMatch {
    fn placed(&mut self, node: u32, record: &Checked) {
        if let Gossiped::Advert(advert) = record.record() {
            self.adverts.insert((node, record.id()), advert.body.expires.end());
        }
    }

    fn used(&mut self, node: u32, advert: RecordId, at: UnixMs) -> Result<(), String> {
        self.matches += 1;
        match self.adverts.get(&(node, advert)) {
            None => Err(format!("{advert:?} was used and never heard")),
            Some(over) if at >= *over => Err(format!("{advert:?} was used {} ms after its life", at.0 - over.0)),
            Some(_) => Ok(()),
        }
    }
}

impl Witness<Party> for OnlyLiveAdvertsMatch {
    fn name(&self) -> &'static str {
        "only_live_adverts_match"
    }

    fn committed(&mut self, seen: &CommitSeen<'_, Party>, found: &mut Findings) {
        let node = seen.place.node.0;
        for record in seen.records {
            let Record::Firm(record) = record else { continue };
            let used = match &record.event {
                Event::Market(market::Event::Placed { record, .. }) => {
                    self.placed(node, &record.0);
                    continue;
                }
                Event::Matching(matching::Event::Found { advert, at, .. }) => self.used(node, *advert, *at),
                Event::Deals(deals::Event::Opened { advert, at, .. }) => self.used(node, *advert, *at),
                _ => continue,
            };
            if let Err(why) = used {
                found.add(seen.place, why);
            }
        }
    }

    fn counts(&self) -> Vec<(&'static str, u64)> {
        vec![("adverts_used", self.matches)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkers::told;
    use protocol::time::DAY_MS;

    #[test]
    fn an_honest_story_matches_live_adverts_only() {
        assert_eq!(told::idle_shift().found(OnlyLiveAdvertsMatch::default()), [] as [&str; 0]);
    }

    #[test]
    fn a_match_after_the_end_of_an_advert_is_caught() {
        let mut journals = told::idle_shift();
        journals.change("supplier", |records| {
            for record in records {
                if let Record::Firm(firm::record::Record { event, .. }) = record
                    && let Event::Matching(matching::Event::Found { at, .. }) = event
                {
                    *at = at.plus(400 * DAY_MS);
                }
            }
        });
        let found = journals.found(OnlyLiveAdvertsMatch::default());
        assert!(found.iter().any(|what| what.contains("after its life")), "{found:?}");
    }
}
