//! A report for people: the steps of each deal side by side, what was checked, and what was broken.

use crate::Report;
use protocol::dialogue::Step;
use protocol::time::DAY_MS;
use serde_json::Value;
use std::fmt::Write;

/// The report as text.
pub(crate) fn of(report: &Report) -> String {
    let mut text = String::new();
    let days = report.virtual_ms.0 as f64 / DAY_MS as f64;
    let _ = writeln!(text, "{}, seed {}: {days:.1} days, {} events", report.scenario, report.seed, report.events);
    for deal in report.outcomes.get("deals").and_then(Value::as_array).into_iter().flatten() {
        told(&mut text, deal);
    }
    if let Some(Value::Object(steps)) = report.outcomes.get("steps") {
        let _ = writeln!(text, "\nsides of deals that reached each step");
        for step in Step::ALL {
            let _ = writeln!(
                text,
                "  {:<12}{:>8}",
                step.name(),
                steps.get(step.name()).and_then(Value::as_u64).unwrap_or(0)
            );
        }
    }
    let _ = writeln!(text, "\nchecked");
    for (name, count) in report.outcomes.get("counts").and_then(Value::as_object).into_iter().flatten() {
        let _ = writeln!(text, "  {name:<28}{count:>12}");
    }
    if report.violations.is_empty() {
        let _ = writeln!(text, "\nno promise was broken");
    }
    for one in &report.violations {
        let _ = writeln!(text, "\nBROKEN {} at {}, {}: {}", one.checker, moment(one.at_ms.0), one.node, one.what);
    }
    if !report.trace_hash.is_empty() {
        let _ = writeln!(text, "trace {}", report.trace_hash);
    }
    text
}

fn told(text: &mut String, sides: &Value) {
    let name = |side: &Value| side["item"].as_str().unwrap_or("?").to_owned();
    let [offer, need] = [&sides[0], &sides[1]];
    let _ = writeln!(text, "\n  {:<12}{:>24}{:>24}", "", name(offer), name(need));
    for step in Step::ALL {
        let at = |side: &Value| side["steps"][step.name()].as_u64().map_or("-".to_owned(), moment);
        let _ = writeln!(text, "  {:<12}{:>24}{:>24}", step.name(), at(offer), at(need));
    }
    let end = |side: &Value| match (side["outcome"].as_str(), side["closed"].as_bool()) {
        (Some(outcome), _) => outcome.to_owned(),
        (None, Some(true)) => "closed".to_owned(),
        _ if side["deal"].is_null() => "never began".to_owned(),
        _ => "open".to_owned(),
    };
    let _ = writeln!(text, "  {:<12}{:>24}{:>24}", "ended", end(offer), end(need));
}

/// A moment of virtual time as days, hours, minutes, seconds.
fn moment(ms: u64) -> String {
    let (days, rest) = (ms / DAY_MS, ms % DAY_MS);
    let (hours, minutes, seconds) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1_000 % 60);
    format!("{days} d {hours:02}:{minutes:02}:{seconds:02}.{:03}", ms % 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_reads_as_days_and_clock() {
        assert_eq!(moment(DAY_MS + 3_723_004), "1 d 01:02:03.004");
    }
}
