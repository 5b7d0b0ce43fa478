//! What a shelf tells neighbours that it holds: ids by partition, nearest first.
//!
//! - `SYN-7` A partition is a kind and a period that the record itself states: adverts and withdrawals by their last week,
//!   envelopes by the week of their pass (with which their life ends, `ENV-2`), log entries by the quarter (13 weeks) of
//!   their pass, relays by their week, manifests and proofs of splits by the quarter of their epoch. One whose life is over by
//!   the reader's clock does not count, on either side.
//!
//! So what is new and what is over differ in few partitions, the rest is compared by one print each; and there are few: ten
//! weeks of adverts, four of envelopes, three of relays, four quarters of log and four of keys for each year. Weeks of log would
//! be 52, and old ones never differ. The order is that in which a newcomer wants them: keys, without which nothing else can be
//! judged, adverts, the longest life first, then the newest envelopes and entries; relays are too few to wait for what comes
//! before them.
//!
//! What an attacker would try: make partitions (a founder may date a log pass as it likes: quarters end at 1,023, the year
//! 2224, and what lies beyond is one with the last).

use super::ids::Ids;
use crate::check::{Checked, Kind, Record};
use crate::envelope::ENVELOPE_LIFE_MS;
use crate::id::{Hash, Print, RecordId};
use crate::limits::{LOG_QUARTER_WEEKS, LOG_QUARTERS_MAX, ONION_GRACE_MS, PASS_GRACE_MS};
use crate::time::{UnixMs, Week};
use crate::wire::wire_types;
use alloc::{collections::BTreeMap, vec::Vec};
use core::cmp::Reverse;
use minicbor::{Decode, Encode};

/// A kind and a period (`SYN-7`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Partition {
    /// Of which kind.
    #[n(0)]
    pub kind: Kind,
    /// A week; of the log, a quarter.
    #[n(1)]
    pub period: u32,
}
wire_types!(Partition);

impl Ord for Partition {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        // Keys first: what is said under blind passes cannot be judged without them.
        let rank = |of: &Partition| (of.kind != Kind::Keys, of.kind, Reverse(of.period));
        rank(self).cmp(&rank(other))
    }
}
impl PartialOrd for Partition {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Partition {
    /// Where a record belongs.
    pub fn of(checked: &Checked) -> Partition {
        let quarter = |week: Week| (week.0 / LOG_QUARTER_WEEKS).min(LOG_QUARTERS_MAX - 1);
        let period = match checked.record() {
            Record::Advert(advert) => advert.body.expires.0,
            Record::Withdrawal(withdrawal) => withdrawal.body.expires.0,
            Record::Envelope(envelope) => envelope.body.pass.epoch.0,
            Record::Start(start) => quarter(start.body.pass.epoch),
            Record::Outcome(outcome) => quarter(outcome.body.pass.epoch),
            Record::Relay(relay) => relay.body.week.0,
            Record::Manifest(manifest) => quarter(manifest.body.epoch),
            Record::Split(split) => quarter(split.one.body.epoch),
        };
        Partition { kind: checked.kind(), period }
    }

    /// Whether anything in it may be alive at `now`.
    pub fn is_live(self, now: UnixMs) -> bool {
        match self.kind {
            Kind::Adverts => now < Week(self.period).end(),
            Kind::Envelopes => now < Week(self.period).end().plus(PASS_GRACE_MS + ENVELOPE_LIFE_MS),
            Kind::Log | Kind::Keys => self.period < LOG_QUARTERS_MAX,
            Kind::Relays => now < Week(self.period).end().plus(ONION_GRACE_MS),
        }
    }
}

/// Ids by partition.
#[derive(Clone, Debug, Default)]
pub struct Holdings(BTreeMap<Partition, Ids>);

impl Holdings {
    /// Takes an id in.
    pub fn insert(&mut self, partition: Partition, id: RecordId) {
        self.0.entry(partition).or_default().insert(id);
    }

    /// Lets an id go.
    pub fn remove(&mut self, partition: Partition, id: &RecordId) {
        if let Some(ids) = self.0.get_mut(&partition) {
            ids.remove(id);
            if ids.is_empty() {
                self.0.remove(&partition);
            }
        }
    }

    /// The ids of one partition, if there are any.
    pub fn ids(&self, partition: Partition) -> Option<&Ids> {
        self.0.get(&partition)
    }

    /// One hash over everything that lives at `now` (`SYN-1`).
    pub fn root(&self, now: UnixMs) -> Hash {
        let mut bytes = Vec::new();
        for (partition, ids) in self.live(now) {
            bytes.extend(crate::wire::encode(&partition));
            bytes.extend(ids.hash().0);
        }
        Hash::of_bytes("cosolvent/holdings/1", &bytes)
    }

    /// One print for each partition that lives at `now`, in order.
    pub fn prints(&self, now: UnixMs) -> Vec<(Partition, Print)> {
        self.live(now).map(|(partition, ids)| (partition, ids.hash().print())).collect()
    }

    fn live(&self, now: UnixMs) -> impl Iterator<Item = (Partition, &Ids)> {
        self.0.iter().filter(move |(partition, _)| partition.is_live(now)).map(|(partition, ids)| (*partition, ids))
    }
}
