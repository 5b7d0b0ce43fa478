//! Leaks: planted strings found where they must not be.
//!
//! Every firm of a story carries strings that nobody else has. They are looked for in everything that another party holds: what
//! it received, its whole state and journal, its pages, its sponsor's state outside of the member register, and every log.
//! After a reveal the counterpart may hold the name and how to reach it; what belongs to nobody else never becomes allowed.
//!
//! A record that everybody came to know otherwise than over relays counts, too: its author said it first, and whoever heard that knows
//! the author's node. Socket addresses and transport identities are not counted: neighbours see them, and every relay tells its own.

use super::market::{ClosedBooks, Market};
use super::pages;
use anyhow::Result;
use firm::Firm;
use firm::record::Event;
use firm::{deals, leaving, market};
use protocol::check::Kind;
use protocol::id::{FirmId, RecordId};
use serde::Serialize;
use simulations::{Canaries, Canary, Told};
use std::collections::{BTreeMap, BTreeSet};

/// Where something was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Place {
    /// Among the words of another party.
    Received,
    /// Anywhere else in another firm's state.
    State,
    /// In another firm's decrypted journal.
    Journal,
    /// On a page of another firm's desk, as its people read it.
    Page,
    /// In the JSON that another firm's desk gives to programs.
    Data,
    /// In a sponsor's state outside of its member register.
    Sponsor,
    /// In a log.
    Log,
    /// Between a record and the node that it came from: it was told back without having left over relays.
    Link,
}

/// One leak.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Leak {
    /// Who holds what it must not hold.
    pub(super) party: String,
    /// Where.
    pub(super) place: Place,
    /// Whose, and which planted string.
    pub(super) what: String,
    /// After which step of the story it was first seen.
    pub(super) step: usize,
}

/// Looks for leaks, and remembers each once.
pub(super) struct Watch {
    canaries: Canaries,
    found: BTreeMap<(String, Place, String), usize>,
}

impl Watch {
    /// Over all planted strings of a market.
    pub(super) fn over(market: &Market) -> Watch {
        let mut canaries = Canaries::of(&market.story);
        market.firms.iter().for_each(|member| canaries.plant_id(&member.plan.id, member.id));
        Watch { canaries, found: BTreeMap::new() }
    }

    /// Everything found so far.
    pub(super) fn leaks(&self) -> Vec<Leak> {
        let leak = |((party, place, what), step): (&(String, Place, String), &usize)| Leak {
            party: party.clone(),
            place: *place,
            what: what.clone(),
            step: *step,
        };
        self.found.iter().map(leak).collect()
    }

    /// Looks at what every party holds now.
    pub(super) async fn look(&mut self, market: &Market, step: usize) -> Result<()> {
        for member in &market.firms {
            let now = member.office().now();
            // One look: what a firm holds and whose names it was told must be of the same moment.
            let firm = member.office().handle().view(|firm: &Firm| firm.clone()).await?;
            let (told, received, state) = (told_to(&firm), words(&firm), all(&firm));
            let known = market.firms.iter().filter(|other| told.contains(&other.id));
            let known: BTreeSet<String> = known.map(|other| other.plan.id.clone()).collect();
            for (place, bytes) in [(Place::Received, received), (Place::State, state)] {
                self.judge(&member.plan.id, place, &bytes, &known, step);
            }
            let shown = pages::read(firm, now, member.plan.reads).await?;
            let places = [(Place::Page, shown.pages), (Place::Data, shown.data)];
            for (place, text) in places.iter().flat_map(|(place, texts)| texts.values().map(|text| (*place, text))) {
                self.judge(&member.plan.id, place, text.as_bytes(), &known, step);
            }
        }
        for sponsor in &market.sponsors {
            let nobody = BTreeSet::new();
            let handle = sponsor.node.handle();
            let state = handle.view(|sponsor| {
                let frames = Kind::ALL.into_iter().flat_map(|kind| sponsor.market.shelf.of(kind));
                let mut bytes = format!("{:?}{:?}{:?}", sponsor.office, sponsor.issued, sponsor.market).into_bytes();
                frames.for_each(|checked| bytes.extend_from_slice(checked.frame()));
                bytes
            });
            self.judge(&sponsor.id, Place::Sponsor, &state.await?, &nobody, step);
        }
        Ok(())
    }

    /// Looks at logs: they belong to nobody, so no planted string may stand in them.
    pub(super) fn look_at_log(&mut self, log: &[u8], step: usize) {
        self.judge("everybody", Place::Log, log, &BTreeSet::new(), step);
    }

    /// Reads a stopped firm's journal record by record: what it may hold grows with each reveal.
    pub(super) fn look_at_journal(
        &mut self,
        books: &ClosedBooks,
        ids: &BTreeMap<String, String>,
        step: usize,
    ) -> Result<()> {
        let mut known = BTreeSet::new();
        let mut traces = Traces::default();
        for record in books.read()? {
            if let Some(told) = traces.read(&record.event) {
                self.found.entry((books.id.clone(), Place::Link, told.to_string())).or_insert(step);
            }
            if let Event::Deals(deals::Event::Revealed { identity, .. }) = &record.event {
                known.extend(ids.get(&identity.keys.inception.body.firm().to_string()).cloned());
            }
            let bytes = minicbor_serde::to_vec(&record)?;
            self.judge(&books.id, Place::Journal, &bytes, &known, step);
        }
        Ok(())
    }

    fn judge(&mut self, party: &str, place: Place, bytes: &[u8], known: &BTreeSet<String>, step: usize) {
        let bad =
            |canary: &&Canary| canary.owner != party && (canary.told == Told::Never || !known.contains(&canary.owner));
        for canary in self.canaries.in_bytes(bytes).into_iter().filter(bad) {
            let what = format!("{}: {}", canary.owner, canary.text);
            self.found.entry((party.to_owned(), place, what)).or_insert(step);
        }
    }
}

/// Own records of one firm, and which of them left in a cell.
#[derive(Default)]
struct Traces {
    own: BTreeSet<RecordId>,
    left: BTreeSet<RecordId>,
}

impl Traces {
    /// Reads on. Gives an own notice, envelope or log entry that everybody came to know otherwise than over relays: its author
    /// said it first, and a neighbour could see that.
    fn read(&mut self, event: &Event) -> Option<RecordId> {
        let is_hidden = |kind| matches!(kind, Kind::Adverts | Kind::Envelopes | Kind::Log);
        match event {
            Event::Market(market::Event::Placed { record, own: true, .. }) if is_hidden(record.0.kind()) => {
                self.own.insert(record.0.id());
            }
            Event::Deals(deals::Event::Enveloped { record, .. }) => {
                self.own.insert(record.0.id());
            }
            Event::Leaving(leaving::Event::Left { record, .. }) => {
                self.left.insert(*record);
            }
            Event::Market(market::Event::Echoed { record, .. }) => {
                return Some(*record).filter(|record| self.own.contains(record) && !self.left.contains(record));
            }
            _ => {}
        }
        None
    }
}

/// Firms whose names this one has been told.
fn told_to(firm: &Firm) -> BTreeSet<FirmId> {
    let identities = firm.deals.all().filter_map(|deal| deal.identity.as_ref());
    identities.map(|identity| identity.keys.inception.body.firm()).collect()
}

fn words(firm: &Firm) -> Vec<u8> {
    firm.deals.all().flat_map(|deal| format!("{:?}{:?}", deal.theirs, deal.terms).into_bytes()).collect()
}

fn all(firm: &Firm) -> Vec<u8> {
    let mut bytes = format!(
        "{:?}{:?}{:?}{:?}{:?}{:?}{:?}{:?}",
        firm.identity, firm.register, firm.profile, firm.matches, firm.approvals, firm.deals, firm.trust, firm.audit
    )
    .into_bytes();
    let frames = Kind::ALL.into_iter().flat_map(|kind| firm.market.shelf.of(kind));
    frames.for_each(|checked| bytes.extend_from_slice(checked.frame()));
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::SigningKey;
    use protocol::check::{Kept, Record, own};
    use protocol::envelope::{Envelope, EnvelopeBody};
    use protocol::id::{Blob, Ephemeral, HolderKey, NetworkId};
    use protocol::pass::{Pass, Purpose};
    use protocol::time::{UnixMs, Week};

    #[test]
    fn a_record_that_came_back_without_having_left_over_relays_is_a_link() {
        let (network, key) = (NetworkId([1; 32]), SigningKey::from_bytes(&[2; 32]));
        let pass = Pass::issue(network, Week(2_968), Purpose::Contact, HolderKey::of(&key), &key);
        let body =
            EnvelopeBody { network, pass, ephemeral: Ephemeral([3; 32]), tag: [0; 2], ciphertext: Blob(vec![4; 496]) };
        let record = own(Record::Envelope(Envelope::new(body, &key))).unwrap();
        let (id, at) = (record.id(), UnixMs(0));
        let placed = Event::Market(market::Event::Placed { record: Kept(record), at, spent: None, own: true });
        let left = Event::Leaving(leaving::Event::Left { record: id, late: at });
        let echoed = Event::Market(market::Event::Echoed { record: id, at });
        let told = |events: &[&Event]| {
            let mut traces = Traces::default();
            events.iter().filter_map(|event| traces.read(event)).collect::<Vec<_>>()
        };
        assert_eq!(told(&[&placed, &left, &echoed]), []);
        assert_eq!(told(&[&placed, &echoed]), [id]);
    }
}
