//! When something of a story is free, and what a planner books for a deal: counted from the week in which the story begins, so
//! that it never grows old.

use calendar::days::Days;
use calendar::shift::SiteHours;
use calendar::span::{Hours, Span};
use calendar::timetable::Timetable;
use calendar::window::Window;
use calendar::zone::Zone;
use firm::availability::Wanted;
use protocol::time::{Day, Week};
use serde::Deserialize;

/// `[[firm.item.open]]`, `[[firm.item.shut]]`: a shift of the firm on some days for some weeks, as `cosolvent calendar open` takes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WindowPlan {
    /// Which shift, by its name in `[firm.hours]`.
    pub shift: String,
    /// On which of its days; absent is all.
    pub days: Option<Days>,
    /// From which week on, 0 for the one in which the story begins.
    #[serde(default)]
    pub from: u32,
    /// For how many weeks.
    pub weeks: u32,
}

impl WindowPlan {
    /// The window in a story that begins in this week; `None` if the firm has no such shift, or the shift no such day.
    fn window(&self, site: &SiteHours, first: Week) -> Option<Window> {
        let monday = first.plus(self.from).monday().date()?;
        site.shift(&self.shift)?.window(site.zone.clone(), self.days.as_ref(), monday, self.weeks)
    }
}

/// The windows of one item.
#[derive(Clone, Debug, Default)]
pub struct Windows {
    /// Hours offered.
    pub open: Vec<WindowPlan>,
    /// Hours taken out again: maintenance, own runs.
    pub shut: Vec<WindowPlan>,
}

impl Windows {
    /// The timetable in a story that begins in this week, or the shift that is not there; `None` for an item whose hours nobody keeps.
    pub fn timetable(&self, site: Option<&SiteHours>, first: Week) -> Result<Option<Timetable>, String> {
        let window = |plan: &WindowPlan| {
            let window = site.and_then(|site| plan.window(site, first));
            window.ok_or_else(|| {
                format!("shift: [firm.hours] has no {:?} on such days; write one of its shifts", plan.shift)
            })
        };
        let windows = |plans: &[WindowPlan]| plans.iter().map(window).collect::<Result<Vec<_>, _>>();
        let (open, shut) = (windows(&self.open)?, windows(&self.shut)?);
        Ok((!open.is_empty()).then(|| Timetable { open, shut, ..Timetable::default() }))
    }
}

/// `[deal.hours]`: what each side whose item has windows books before anybody there says that the work can be done.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoursPlan {
    /// How many, from the first to the last day of the terms.
    pub hours: u32,
    /// How many of them in a week.
    pub weekly: Option<u32>,
    /// Whether the firm refuses them by a rule. Whoever planned them then ends the deal.
    #[serde(default)]
    pub refused: bool,
    /// What is moved when the work has begun.
    pub moved: Option<MovePlan>,
}

/// `moved = { week = 3, day = "thu", later = 1 }`: what is booked on the Thursday of the third week takes place a day later.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MovePlan {
    /// In which week that has hours, from 1.
    pub week: usize,
    /// On which days.
    pub day: Days,
    /// How many days later.
    pub later: u8,
}

impl MovePlan {
    /// The hours after the move, on the wall of a zone; `None` if nothing is booked there (any more).
    pub fn moved(&self, hours: &Hours, zone: &Zone) -> Option<Hours> {
        let date = |span: &Span| zone.wall(span.from()).date();
        let week = |span: &Span| date(span).iso_week_date();
        let mut weeks: Vec<(i16, i8)> =
            hours.spans().iter().map(|span| (week(span).year(), week(span).week())).collect();
        weeks.dedup();
        let wanted = *weeks.get(self.week.checked_sub(1)?)?;
        let moves =
            |span: &Span| (week(span).year(), week(span).week()) == wanted && self.day.has(date(span).weekday());
        let seconds = i64::from(self.later) * 86_400;
        let later = |span: &Span| Span::new(span.from().plus(seconds), span.to().plus(seconds));
        let after: Option<Hours> =
            hours.spans().iter().map(|span| if moves(span) { later(span) } else { Some(*span) }).collect();
        after.filter(|after| after != hours)
    }
}

impl HoursPlan {
    /// What is asked of the calendar for work between two days.
    pub fn wanted(&self, first: Day, last: Day) -> Wanted {
        let minutes = |hours: u32| hours.saturating_mul(60);
        Wanted::Earliest { minutes: minutes(self.hours), weekly: self.weekly.map(minutes), first, last }
    }
}
