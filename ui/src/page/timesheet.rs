//! Dockets as a table for spreadsheets (RFC 4180).

use crate::spreadsheet;
use firm::view::{DocketState, DocketView, WorkView};
use protocol::docket::Work;

const COLUMNS: [&str; 11] =
    ["docket", "written_by", "day", "kind", "line", "minutes", "what", "count", "sha256", "state", "decided_by"];

/// One row for each docket, in the order in which they were said; texts in the words of whoever wrote them.
pub(crate) fn table(work: &WorkView) -> Vec<u8> {
    spreadsheet::table(COLUMNS, work.dockets.iter().map(|docket| row(work, docket)))
}

fn row(work: &WorkView, docket: &DocketView) -> [String; 11] {
    let side = if docket.ours { "us" } else { "them" };
    let state = match docket.state {
        DocketState::Open => "open",
        DocketState::Countersigned => "countersigned",
        DocketState::Contested => "contested",
    };
    let [kind, line, minutes, what, count, sha256] = cells(work, &docket.work);
    let by = docket.by.as_ref().map_or_else(String::new, ToString::to_string);
    let (number, day) = (docket.number.to_string(), docket.work.day().to_string());
    [number, side.into(), day, kind, line, minutes, what, count, sha256, state.into(), by]
}

/// Kind, line, minutes, what, count, hash.
fn cells(work: &WorkView, docket: &Work) -> [String; 6] {
    let none = String::new;
    match docket {
        Work::Session(session) => {
            let line = work.lines.iter().find(|(at, _)| *at == session.line);
            let line = line.map_or_else(none, |(_, line)| line.what.to_string());
            let note = session.note.as_ref().map_or_else(none, ToString::to_string);
            ["session".into(), line, session.minutes.to_string(), note, none(), none()]
        }
        Work::Handover(handover) => {
            let kind = if handover.given { "given" } else { "received" };
            [kind.into(), none(), none(), handover.what.to_string(), handover.count.to_string(), none()]
        }
        Work::Evidence(evidence) => {
            ["document".into(), none(), none(), evidence.what.to_string(), none(), evidence.sha256.to_string()]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use firm::view::LineView;
    use protocol::docket::{Handover, Session};
    use protocol::id::Hash;
    use protocol::money::Money;
    use protocol::text::TermsText;
    use protocol::time::{Day, UnixMs};

    #[test]
    fn a_row_for_each_docket_says_who_wrote_it_and_whether_it_counts() {
        let text = |text: &str| TermsText::new(text).unwrap();
        let docket = |number, ours, work, state| DocketView {
            hash: Hash([1; 32]),
            number,
            ours,
            work,
            by: ours.then(|| "machinist".parse().unwrap()),
            at: UnixMs(0),
            state,
            approval: None,
        };
        let session = Session { line: 0, day: Day(20_789), minutes: 90, note: Some(text("=1+1, \"roughing\"")) };
        let blanks = Handover { what: text("Blanks"), count: 4, day: Day(20_788), given: true };
        let line =
            LineView { what: text("Milling"), agreed: 600, written: 90, countersigned: 0, amount: Money::cad(0) };
        let work = WorkView {
            lines: vec![(0, line)],
            dockets: vec![
                docket(1, false, Work::Handover(blanks), DocketState::Countersigned),
                docket(1, true, Work::Session(session), DocketState::Open),
            ],
        };
        let table = String::from_utf8(table(&work)).unwrap();
        let rows: Vec<&str> = table.lines().skip(1).collect();
        assert_eq!(
            rows,
            [
                "1,them,2026-12-01,given,,,Blanks,4,,countersigned,",
                "1,us,2026-12-02,session,Milling,90,\"'=1+1, \"\"roughing\"\"\",,,open,machinist",
            ]
        );
    }
}
