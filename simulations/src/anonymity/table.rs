//! The figures for people: a line for each market and way of leaving.

use super::{Figures, Share};
use std::fmt::Write;

/// The head of the table.
pub(crate) fn head() -> String {
    let mut text = format!("{:>5} {:>6}  {:<24}", "firms", "spies", "share of authors named");
    for column in ["1 advert", "+8 renewals", "+30 replies", "bar"] {
        let _ = write!(text, "{column:>12}");
    }
    text + "     linkage\n"
}

/// The lines of one market.
pub(crate) fn of(figures: &Figures) -> String {
    let mut text = String::new();
    let mut line = |way: &str, shares: &[Share; 3], rest: String| {
        let _ = write!(text, "{:>5} {:>6}  {way:<24}", figures.firms, figures.spies);
        shares.iter().for_each(|share| {
            let _ = write!(text, "{:>10.1} %", share.percent());
        });
        let _ = writeln!(text, "{rest}");
    };
    line("direct gossip", &figures.direct, String::new());
    line("one member says it", &figures.stem, String::new());
    let rest = format!("{:>10.1} %{:>12.2}", figures.bar_percent(), figures.linkage);
    line("cells over three relays", &figures.cells, rest);
    line("by presence alone", &figures.presence, String::new());
    text
}
