//! `cosolvent calendar`: timetables, capacity and held hours.
//!
//! A change reads the timetable in force, changes it, and puts it back over the version that was read; if somebody else was
//! quicker the firm refuses, and nothing is lost.

mod files;
mod window;

use crate::{arguments::Place, door, failure::Failure, print::Printer};
use ::calendar::shift::SiteHours;
use ::calendar::timetable::{Kind, Timetable};
use clap::{Args, Subcommand};
use firm::{availability::Wanted, command::Command, view::Query};
use protocol::id::{DealId, ItemId};
use protocol::time::Day;
use serde_json::Value;
use std::path::PathBuf;
use window::WindowForm;

#[derive(Debug, Subcommand)]
pub(crate) enum CalendarVerb {
    /// List timetables, those first that nobody has confirmed for longest
    List,
    /// Show one: its windows, who has its hours, and capacity week by week (installed, offered, held, engaged)
    Show {
        /// Own resource or need
        item: ItemId,
    },
    /// Show the firm's zone, shifts and holidays, or put those of a file into force
    Site {
        /// A TOML file: zone, [[shifts]] of name, starts, ends, days, and [[holidays]] of date, name
        file: Option<PathBuf>,
    },
    /// Offer hours: a shift for some weeks, or a window of its own
    Open {
        /// Own resource or need
        item: ItemId,
        #[command(flatten)]
        window: WindowForm,
    },
    /// Shut hours that would be offered otherwise: maintenance, own work
    Shut {
        /// Own resource or need
        item: ItemId,
        #[command(flatten)]
        window: WindowForm,
    },
    /// Take a window out again
    Remove {
        /// Own resource or need
        item: ItemId,
        /// open or shut
        #[arg(value_parser = kind)]
        kind: Kind,
        /// Which of them, from 1, as `calendar show` lists them
        number: usize,
    },
    /// Set notice and batch
    Limit {
        /// Own resource or need
        item: ItemId,
        #[command(flatten)]
        limits: Limits,
    },
    /// Say that a timetable is still true
    Confirm {
        /// Own resource or need
        item: ItemId,
    },
    /// Hold the earliest free hours for a deal, or move those that it has
    Hold {
        /// The deal's id
        deal: DealId,
        /// How many hours
        #[arg(long)]
        hours: u32,
        /// How many of them in a week at most [default: as many as there are]
        #[arg(long, value_name = "HOURS")]
        weekly: Option<u32>,
        /// Not before this day, such as 2027-02-23
        #[arg(long)]
        first: Day,
        /// Not after this day
        #[arg(long)]
        last: Day,
    },
    /// Let the hours go that are held for a deal
    Release {
        /// The deal's id
        deal: DealId,
    },
    /// Write windows and booked hours into a calendar file (iCalendar)
    Export {
        /// Own resource or need
        item: ItemId,
        /// Where to
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Show what a calendar file (iCalendar) would change, or change it
    Import {
        /// Own resource or need
        item: ItemId,
        /// The file
        file: PathBuf,
        /// What its events are, if they do not say so themselves: open or shut
        #[arg(long = "as", value_parser = kind, default_value = "open")]
        kind: Kind,
        /// Put the windows into force; without it they are only shown
        #[arg(long)]
        confirm: bool,
    },
}

/// Notice and batch; what is not said stays as it is.
#[derive(Debug, Args)]
pub(crate) struct Limits {
    /// How long before an hour begins somebody must ask, in hours
    #[arg(long)]
    notice_hours: Option<u32>,
    /// Fewest hours in one booking
    #[arg(long)]
    least_hours: Option<u32>,
    /// Most hours in one booking
    #[arg(long)]
    most_hours: Option<u32>,
}

fn kind(text: &str) -> Result<Kind, String> {
    match text {
        "open" => Ok(Kind::Open),
        "shut" => Ok(Kind::Shut),
        _ => Err("write open or shut".into()),
    }
}

pub(crate) async fn calendar(place: &Place, verb: CalendarVerb, printer: &mut Printer<'_>) -> Result<(), Failure> {
    match verb {
        CalendarVerb::List => list(place, printer).await,
        CalendarVerb::Show { item } => {
            let shown = view(place, item).await?;
            still_true(&shown, printer)?;
            printer.outline("calendar", &shown)
        }
        CalendarVerb::Site { file } => site(place, file, printer).await,
        CalendarVerb::Open { item, window } => {
            let window = window.window(site_hours(place).await?.as_ref())?;
            changed(place, item, printer, |timetable| {
                timetable.open.push(window);
                Ok(())
            })
            .await
        }
        CalendarVerb::Shut { item, window } => {
            let window = window.window(site_hours(place).await?.as_ref())?;
            changed(place, item, printer, |timetable| {
                timetable.shut.push(window);
                Ok(())
            })
            .await
        }
        CalendarVerb::Remove { item, kind, number } => {
            changed(place, item, printer, |timetable| {
                let windows = if kind == Kind::Open { &mut timetable.open } else { &mut timetable.shut };
                if !(1..=windows.len()).contains(&number) {
                    let sentence = format!("there is no {kind} window {number}; see `cosolvent calendar show {item}`");
                    return Err(Failure::of("not-found", &sentence));
                }
                windows.remove(number - 1);
                Ok(())
            })
            .await
        }
        CalendarVerb::Limit { item, limits } => {
            changed(place, item, printer, |timetable| {
                timetable.notice_hours = limits.notice_hours.unwrap_or(timetable.notice_hours);
                timetable.least_hours = limits.least_hours.or(timetable.least_hours);
                timetable.most_hours = limits.most_hours.or(timetable.most_hours);
                Ok(())
            })
            .await
        }
        CalendarVerb::Confirm { item } => printer.answer(door::ask(place, Command::ConfirmTimetable(item)).await?),
        CalendarVerb::Hold { deal, hours, weekly, first, last } => {
            let minutes = |hours: u32| hours.saturating_mul(60);
            let wanted = Wanted::Earliest { minutes: minutes(hours), weekly: weekly.map(minutes), first, last };
            printer.answer(door::ask(place, Command::Hold { deal, wanted }).await?)
        }
        CalendarVerb::Release { deal } => printer.answer(door::ask(place, Command::Release(deal)).await?),
        CalendarVerb::Export { item, out } => files::export(&view(place, item).await?, &out, printer),
        CalendarVerb::Import { item, file, kind, confirm } => {
            let (mut timetable, version) = timetable(&view(place, item).await?)?;
            let zone = files::zone(site_hours(place).await?.as_ref(), &timetable);
            files::import(&mut timetable, &file, (kind, &zone), printer)?;
            if !confirm {
                return Ok(());
            }
            let command = Command::SetTimetable { item, timetable: Box::new(timetable), over: version };
            printer.answer(door::ask(place, command).await?)
        }
    }
}

async fn list(place: &Place, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let items = door::view(place, Query::Calendars).await?;
    items.iter().try_for_each(|item| still_true(item, printer))?;
    let columns = [
        ("ITEM", "item"),
        ("TITLE", "title"),
        ("CONFIRMED", "confirmed"),
        ("STILL TRUE?", "still_true"),
        ("FREE MINUTES", "free_min"),
    ];
    printer.table("calendar", &items, &columns)
}

/// The question that a timetable asks after two weeks.
fn still_true(shown: &Value, printer: &mut Printer<'_>) -> Result<(), Failure> {
    if printer.is_json() || shown["still_true"] != true {
        return Ok(());
    }
    let (title, item) = (shown["title"].as_str().unwrap_or_default(), shown["item"].as_str().unwrap_or_default());
    printer.line(&format!("still true? {title}: if so, say `cosolvent calendar confirm {item}`"))
}

async fn site(place: &Place, file: Option<PathBuf>, printer: &mut Printer<'_>) -> Result<(), Failure> {
    match file {
        Some(file) => {
            let site: SiteHours = crate::forms::read(&file)?;
            printer.answer(door::ask(place, Command::SetSiteHours(Box::new(site))).await?)
        }
        None => match door::view(place, Query::SiteHours).await?.first() {
            Some(site) => printer.outline("site-hours", site),
            None => {
                Err(Failure::of("not-found", &"there are none yet; enter them with `cosolvent calendar site FILE`"))
            }
        },
    }
}

async fn site_hours(place: &Place) -> Result<Option<SiteHours>, Failure> {
    let items = door::view(place, Query::SiteHours).await?;
    Ok(items.into_iter().next().and_then(|site| serde_json::from_value(site).ok()))
}

async fn view(place: &Place, item: ItemId) -> Result<Value, Failure> {
    let sentence = "there is no such resource or need; list them with `cosolvent resource list`";
    door::view(place, Query::Calendar(item))
        .await?
        .into_iter()
        .next()
        .ok_or_else(|| Failure::of("not-found", &sentence))
}

/// The timetable that a view shows, and its version.
fn timetable(shown: &Value) -> Result<(Timetable, u32), Failure> {
    let read = serde_json::from_value(shown["timetable"].clone());
    let read =
        read.map_err(|error| Failure::of("output", &format!("the node's timetable cannot be read ({error})")))?;
    let version = shown["version"].as_u64().and_then(|version| u32::try_from(version).ok());
    Ok((read, version.unwrap_or_default()))
}

async fn changed(
    place: &Place,
    item: ItemId,
    printer: &mut Printer<'_>,
    change: impl FnOnce(&mut Timetable) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let (mut timetable, version) = timetable(&view(place, item).await?)?;
    change(&mut timetable)?;
    let command = Command::SetTimetable { item, timetable: Box::new(timetable), over: version };
    printer.answer(door::ask(place, command).await?)
}
