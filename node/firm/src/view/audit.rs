//! Views of the audit: all of it, or what left to one counterpart, on one person's say, in one period.

use crate::Firm;
use crate::audit::Chained;
use crate::register::PersonId;
use alloc::{string::String, vec::Vec};
use protocol::id::{DealId, Hash};
use protocol::text::Name;
use protocol::time::Day;
use serde::{Deserialize, Serialize};

/// Which rows are asked for; what is not given does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    /// On whose say.
    pub by: Option<PersonId>,
    /// In which deal.
    pub deal: Option<DealId>,
    /// To whom: a callsign or a legal name, whole.
    pub to: Option<String>,
    /// From this day on (UTC).
    pub from: Option<Day>,
    /// Until this day, it included (UTC).
    pub until: Option<Day>,
    /// Only so many, the newest.
    pub newest: Option<u32>,
}

/// What left, to whom, on whose say and by which rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditView {
    /// Rows in the whole chain.
    pub length: u64,
    /// Hash of the newest row, which says that all before it are as they were; `None` before the first.
    pub head: Option<Hash>,
    /// The rows that were asked for, oldest first.
    pub rows: Vec<AuditRowView>,
}

/// One field that left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditRowView {
    /// The row, in its place.
    #[serde(flatten)]
    pub chained: Chained,
    /// Under which callsign the counterpart was met; `None` is everybody.
    pub callsign: Option<String>,
    /// Its legal name, if this firm knows it by now.
    pub legal_name: Option<Name>,
}

impl Firm {
    pub(super) fn audit_view(&self, asked: &Rows) -> AuditView {
        let rows = self.audit.rows();
        let newest = asked.newest.map_or(usize::MAX, |newest| usize::try_from(newest).unwrap_or(usize::MAX));
        let fit = rows.iter().rev().map(|chained| self.audit_row(chained)).filter(|row| asked.cover(row));
        let mut shown: Vec<AuditRowView> = fit.take(newest).collect();
        shown.reverse();
        let last = rows.last();
        AuditView { length: last.map_or(0, |last| last.number), head: last.map(|last| last.hash), rows: shown }
    }

    fn audit_row(&self, chained: &Chained) -> AuditRowView {
        let deal = chained.row.deal.and_then(|id| self.deals.deal(&id));
        let identity = deal.and_then(|deal| deal.identity.as_ref());
        AuditRowView {
            chained: chained.clone(),
            callsign: deal.map(crate::deals::Deal::their_callsign),
            legal_name: identity.map(|identity| identity.membership.body.legal_name.clone()),
        }
    }
}

impl Rows {
    fn cover(&self, view: &AuditRowView) -> bool {
        let row = &view.chained.row;
        let day = row.at.day();
        let named = |to: &String| {
            view.callsign.as_ref() == Some(to)
                || view.legal_name.as_ref().is_some_and(|name| name.as_str().to_lowercase() == to.to_lowercase())
        };
        self.by.as_ref().is_none_or(|by| *by == row.by)
            && self.deal.is_none_or(|deal| row.deal == Some(deal))
            && self.to.as_ref().is_none_or(named)
            && self.from.is_none_or(|from| from <= day)
            && self.until.is_none_or(|until| day <= until)
    }
}
