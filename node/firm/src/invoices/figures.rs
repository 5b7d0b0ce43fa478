//! What an invoice comes to (`INV-4`).

use super::{Billable, Draft, Tax};
use alloc::vec::Vec;
use protocol::docket::Session;
use protocol::money::Money;
use protocol::terms::Lot;
use protocol::text::TermsText;
use protocol::vocabulary::Unit;
use serde::{Deserialize, Serialize};

/// A rate of 100 percent.
pub(super) const WHOLE: u32 = 100_000;

/// How much of a line is billed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quantity {
    /// Time, in minutes, and the sessions of which it is the sum.
    Time {
        /// Their sum.
        minutes: u32,
        /// Each of them, the earliest first.
        sessions: Vec<Session>,
    },
    /// Units.
    Units {
        /// How many.
        count: u32,
        /// Of what.
        unit: Unit,
    },
}

/// One line of an invoice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BilledLine {
    /// For what, in the words of the terms.
    pub what: TermsText,
    /// How much of it.
    pub quantity: Quantity,
    /// The price of an hour or of one unit.
    pub price: Money,
    /// What the line comes to.
    pub amount: Money,
}

/// What an invoice comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// In the order of the terms.
    pub lines: Vec<BilledLine>,
    /// The sum of all lines.
    pub net: Money,
    /// What each tax comes to.
    pub taxes: Vec<(Tax, Money)>,
    /// What is to be paid.
    pub total: Money,
}

/// What a draft comes to; `None` if it bills nothing, or that does not fit.
pub fn figures(of: &Billable<'_>, draft: &Draft) -> Option<Figures> {
    let billed = of.sessions.iter().filter(|(docket, _)| draft.sessions.contains(docket));
    let mut billed: Vec<Session> = billed.map(|(_, session)| session.clone()).collect();
    billed.sort_by_key(|session| session.day);
    let mut lines = Vec::new();
    for (at, line) in (0_u8..).zip(&of.terms.lines) {
        let count = draft.units.iter().filter(|units| units.line == at).map(|units| units.count).sum::<u32>();
        let sessions: Vec<Session> = billed.iter().filter(|session| session.line == at).cloned().collect();
        let (quantity, price, amount) = match line.lot {
            None if !sessions.is_empty() => {
                let minutes = sessions.iter().map(|session| session.minutes).fold(0, u32::saturating_add);
                (Quantity::Time { minutes, sessions }, line.hourly, line.hourly.for_minutes(minutes)?)
            }
            Some(Lot { unit, each, .. }) if count > 0 => (Quantity::Units { count, unit }, each, each.times(count)?),
            _ => continue,
        };
        lines.push(BilledLine { what: line.what.clone(), quantity, price, amount });
    }
    let net = lines.iter().map(|line| line.amount).try_fold(Money { minor: 0, ..of.terms.total }, Money::plus)?;
    let taxes = draft.taxes.iter().map(|tax| Some((tax.clone(), on(net, tax.rate)?)));
    let taxes = taxes.collect::<Option<Vec<(Tax, Money)>>>()?;
    let total = taxes.iter().map(|(_, amount)| *amount).try_fold(net, Money::plus)?;
    (!lines.is_empty()).then_some(Figures { lines, net, taxes, total })
}

fn on(net: Money, rate: u32) -> Option<Money> {
    let minor = (u128::from(net.minor) * u128::from(rate) + u128::from(WHOLE) / 2) / u128::from(WHOLE);
    Some(Money { minor: minor.try_into().ok()?, ..net })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invoices::{BadInvoice, Draft, Invoices, Units, issue};
    use alloc::vec;
    use protocol::id::{DealId, Hash};
    use protocol::terms::Terms;
    use protocol::terms::{Line, sum};
    use protocol::text::Name;
    use protocol::time::{Day, UnixMs};
    use protocol::vocabulary::Instrument;

    fn terms() -> Terms {
        let what = |text: &str| TermsText::new(text).unwrap();
        let lot = Lot { count: 3, unit: Unit::Month, each: Money::cad(1_000) };
        let lines = vec![Line::hourly(what("Machining"), 600, Money::cad(100)), Line::lot(what("Annex"), lot)];
        Terms {
            deal: DealId([1; 16]),
            number: 1,
            instrument: Instrument::SpotJob,
            total: sum(&lines).unwrap(),
            lines,
            first: Day(20_800),
            last: Day(20_900),
            clauses: vec![],
            provisions: vec![],
            fulfilments: vec![],
        }
    }

    fn draft(sessions: Vec<Hash>, units: Vec<Units>, rates: &[u32]) -> Draft {
        let tax = |(at, rate): (usize, &u32)| Tax {
            name: Name::new(&alloc::format!("Tax {at}")).unwrap(),
            rate: *rate,
            registration: None,
        };
        let taxes = rates.iter().enumerate().map(tax).collect();
        let number = Name::new(&alloc::format!("{}", units.len() + 10 * sessions.len())).unwrap();
        Draft { deal: DealId([1; 16]), number, issued: Day(20_850), due: None, order: None, sessions, units, taxes }
    }

    #[test]
    fn sessions_of_a_line_are_added_up_before_they_are_rounded() {
        // INV-4: three times 50 minutes at 100 an hour are 250.00 and not three times 83.33.
        let terms = terms();
        let session = |day| Session { line: 0, day: Day(day), minutes: 50, note: None };
        let sessions: Vec<_> = [20_812, 20_811, 20_813].map(|day| (Hash([day as u8; 32]), session(day))).to_vec();
        let dockets = sessions.iter().map(|(docket, _)| *docket).collect();
        let of = Billable { deal: terms.deal, terms: &terms, sessions };
        let figures = figures(&of, &draft(dockets, vec![], &[5_000, 9_975])).unwrap();
        assert_eq!(figures.net, Money::cad(250));
        let taxes: Vec<u64> = figures.taxes.iter().map(|(_, amount)| amount.minor).collect();
        assert_eq!(taxes, [1_250, 2_494], "9.975 % of 250.00 are 24.9375");
        assert_eq!(figures.total.minor, 28_744);
        let Quantity::Time { minutes: 150, sessions } = &figures.lines[0].quantity else { panic!("{figures:?}") };
        assert!(sessions.iter().map(|session| session.day.0).eq(20_811..=20_813), "the earliest first");
    }

    #[test]
    fn units_are_billed_as_far_as_they_were_agreed() {
        // INV-2
        let terms = terms();
        let of = Billable { deal: terms.deal, terms: &terms, sessions: vec![] };
        let mut invoices = Invoices::default();
        let months = |count| vec![Units { line: 1, count }];
        let event = issue(&invoices, &of, draft(vec![], months(2), &[]), (None, UnixMs(0))).unwrap();
        invoices.apply(&event);
        let more = issue(
            &invoices,
            &of,
            Draft { number: Name::new("x").unwrap(), ..draft(vec![], months(2), &[]) },
            (None, UnixMs(0)),
        );
        assert_eq!(more, Err(BadInvoice::Units { line: 1, left: 1 }));
        let none = draft(vec![], months(0), &[]);
        let none = issue(&invoices, &of, Draft { number: Name::new("y").unwrap(), ..none }, (None, UnixMs(0)));
        assert_eq!(none, Err(BadInvoice::Units { line: 1, left: 1 }));
        assert_eq!(figures(&of, &draft(vec![], months(2), &[])).unwrap().total, Money::cad(2_000));
    }
}
