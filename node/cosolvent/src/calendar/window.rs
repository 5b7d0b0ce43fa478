//! A window as people type it: a shift for some weeks, or hours of its own.

use crate::failure::Failure;
use ::calendar::{days::Days, rule::Rule, shift::SiteHours, window::Window, zone::Zone};
use clap::Args;
use jiff::civil::{Date, DateTime};

/// Either `--shift` with `--from` and `--weeks`, or `--starts` and `--ends`, perhaps with `--rule`.
#[derive(Clone, Debug, Args)]
pub(crate) struct WindowForm {
    /// A shift of the firm, by its name
    #[arg(long, requires_all = ["from", "weeks"], conflicts_with_all = ["starts", "ends", "rule"])]
    shift: Option<String>,
    /// On which of the shift's days, such as tue-thu [default: all of them]
    #[arg(long, requires = "shift")]
    days: Option<Days>,
    /// From which day on, such as 2027-02-22
    #[arg(long, requires = "shift")]
    from: Option<Date>,
    /// For how many weeks
    #[arg(long, requires = "shift")]
    weeks: Option<u32>,
    /// When it first begins, such as 2027-02-23T15:00
    #[arg(long, requires = "ends", required_unless_present = "shift")]
    starts: Option<DateTime>,
    /// When it first ends
    #[arg(long, requires = "starts")]
    ends: Option<DateTime>,
    /// How it comes again, such as "FREQ=WEEKLY;BYDAY=TU,WE,TH;UNTIL=20270404"
    #[arg(long)]
    rule: Option<Rule>,
    /// On whose wall, such as America/Toronto [default: the firm's zone]
    #[arg(long)]
    zone: Option<Zone>,
    /// Days on which it does not begin although the rule says so
    #[arg(long, value_delimiter = ',')]
    except: Vec<Date>,
}

impl WindowForm {
    /// The window that it says.
    pub(super) fn window(self, site: Option<&SiteHours>) -> Result<Window, Failure> {
        let zone = self.zone.clone().or_else(|| site.map(|site| site.zone.clone()));
        let zone = zone.ok_or_else(|| {
            Failure::usage(
                "zone is missing; give --zone, such as America/Toronto, or enter `cosolvent calendar site FILE` once",
            )
        })?;
        let window = match (&self.shift, self.starts, self.ends) {
            (Some(name), ..) => self.of_shift(name, zone, site)?,
            (None, Some(starts), Some(ends)) => Window { rule: self.rule, ..Window::once(starts, ends, zone) },
            (None, ..) => {
                return Err(Failure::usage("starts and ends are missing; give --starts and --ends, or --shift"));
            }
        };
        Ok(Window { except: self.except, ..window })
    }

    fn of_shift(&self, name: &str, zone: Zone, site: Option<&SiteHours>) -> Result<Window, Failure> {
        let known = site.map(|site| site.shifts.iter().map(|shift| shift.name.text()).collect::<Vec<_>>().join(", "));
        let shift = site.and_then(|site| site.shift(name)).ok_or_else(|| {
            let known = known.filter(|names| !names.is_empty()).unwrap_or_else(|| "none yet".into());
            Failure::usage(&format!(
                "shift: there is none called {name:?} (there are: {known}); see `cosolvent calendar site`"
            ))
        })?;
        let (Some(from), Some(weeks)) = (self.from, self.weeks) else {
            return Err(Failure::usage("from and weeks are missing; give --from and --weeks"));
        };
        shift.window(zone, self.days.as_ref(), from, weeks).ok_or_else(|| {
            Failure::usage(&format!(
                "days: {} begins on {}; choose some of these, for at least one week",
                shift.name, shift.days
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Typed {
        #[command(flatten)]
        window: WindowForm,
    }

    fn typed(words: &str) -> Result<Window, String> {
        let site = r#"{"zone":"America/Toronto","shifts":[{"name":"second","starts":"15:00:00","ends":"23:00:00","days":"MO,TU,WE,TH,FR"}]}"#;
        let site: SiteHours = serde_json::from_str(site).unwrap();
        let form = Typed::try_parse_from(format!("x {words}").split(' ')).map_err(|error| error.to_string())?;
        form.window.window(Some(&site)).map_err(|failure| failure.fault.to_string())
    }

    #[test]
    fn machine_three_second_shift_tuesday_to_thursday_six_weeks_is_one_line() {
        let window = typed("--shift second --days tue-thu --from 2027-02-22 --weeks 6").unwrap();
        assert_eq!(window.check(), Ok(()));
        assert_eq!((window.occurrences().count(), window.hours().seconds()), (18, 18 * 8 * 3_600));
        let own =
            typed("--starts 2027-02-23T15:00 --ends 2027-02-23T23:00 --rule FREQ=WEEKLY;BYDAY=TU,WE,TH;UNTIL=20270404")
                .unwrap();
        assert_eq!(own.hours(), window.hours());
    }

    #[test]
    fn what_is_wrong_is_named_with_what_to_type() {
        for (words, said) in [
            ("--shift third --from 2027-02-22 --weeks 6", "there are: second"),
            ("--shift second --days sat --from 2027-02-22 --weeks 6", "MO,TU,WE,TH,FR"),
            ("--shift second", "--from"),
            ("--starts 2027-02-23T15:00", "--ends"),
            ("--starts 2027-02-23T15:00 --ends 2027-02-23T23:00 --rule FREQ=WEEKLY", "never ends"),
            ("--starts 2027-02-23T15:00 --ends 2027-02-23T23:00 --zone Toronto", "America/Toronto"),
        ] {
            let why = typed(words).unwrap_err();
            assert!(why.contains(said), "{words}: {why}");
        }
    }
}
