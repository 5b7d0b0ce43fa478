//! Views of the calendar: when an item is offered, which deals have its hours, and how much of what is installed is engaged.

use crate::Firm;
use crate::availability::{Schedule, moment, unix_ms};
use crate::profile::Item;
use alloc::{string::String, vec::Vec};
use calendar::book::{Booking, State};
use calendar::capacity::{self, Week};
use calendar::shift::SiteHours;
use calendar::span::{Hours, Moment, Span};
use calendar::timetable::{Kind, Timetable};
use calendar::zone::{Oddity, Zone};
use jiff::civil::DateTime;
use protocol::facts::Side;
use protocol::id::{DealId, ItemId};
use protocol::text::Name;
use protocol::time::UnixMs;
use serde::Serialize;

/// Weeks that are counted: a quarter.
const WEEKS: usize = 13;

/// The calendar of one item. For the firm's own people: nothing of it leaves but weeks and a number of hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CalendarView {
    /// Which item.
    pub item: ItemId,
    /// Its private title.
    pub title: Name,
    /// Offer or need.
    pub side: Side,
    /// On whose wall weeks and days are counted.
    pub zone: Zone,
    /// When it is offered; without windows, hours are not kept for it.
    pub timetable: Timetable,
    /// Counts timetables up from 1; 0 is none yet.
    pub version: u32,
    /// When a person last said that it is true.
    pub confirmed: Option<UnixMs>,
    /// How far it can be believed, in thousandths.
    pub certainty_permille: Option<u16>,
    /// From when on somebody is asked whether it is still true.
    pub due: Option<UnixMs>,
    /// Whether somebody should say if it is still true.
    pub still_true: bool,
    /// Capacity week by week, from the present one.
    pub weeks: Vec<Week>,
    /// Minutes that are free and long enough ahead, in those weeks.
    pub free_min: i64,
    /// Who has hours.
    pub bookings: Vec<BookingView>,
    /// Times on the wall that come twice or never.
    pub oddities: Vec<OddityView>,
}

/// Hours of one deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BookingView {
    /// Which deal.
    pub deal: DealId,
    /// With whom: a callsign until names are exchanged.
    pub with: Option<String>,
    /// Which hours.
    pub spans: Vec<SpanView>,
    /// How many minutes.
    pub minutes: i64,
    /// Until when they are held; `None` once they are committed.
    pub lapses: Option<UnixMs>,
    /// Whether a person chose them.
    pub chosen: bool,
    /// Minutes of it that the timetable does not offer any more.
    pub not_offered_min: i64,
}

impl BookingView {
    /// Which hours, as a calendar has them.
    pub fn hours(&self) -> Hours {
        self.spans.iter().filter_map(|span| Span::new(moment(span.begins), moment(span.ends))).collect()
    }
}

/// From one moment to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SpanView {
    /// The first moment.
    pub begins: UnixMs,
    /// The first moment after it.
    pub ends: UnixMs,
}

/// A time on the wall that is odd.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OddityView {
    /// Open or shut.
    pub kind: Kind,
    /// Which window, from 1.
    pub window: usize,
    /// What the wall shows, as `2027-03-14T02:30:00`.
    pub wall: DateTime,
    /// Whether it never comes (clocks go forward); otherwise it comes twice.
    pub never: bool,
}

impl Firm {
    /// The zone, shifts and holidays of the firm.
    pub(super) fn site_hours(&self) -> Option<SiteHours> {
        self.availability.site.clone()
    }

    /// The calendars of all live items that have one, soonest asked "still true?" first.
    pub(super) fn calendars(&self, now: UnixMs) -> Vec<CalendarView> {
        let kept = self.profile.live().filter(|item| self.availability.schedule(&item.id).is_some());
        let mut views: Vec<CalendarView> = kept.map(|item| self.calendar_of(item, now)).collect();
        views.sort_by_key(|view| view.confirmed);
        views
    }

    /// The calendar of one item.
    pub(super) fn calendar(&self, id: &ItemId, now: UnixMs) -> Option<CalendarView> {
        self.profile.item(id).map(|item| self.calendar_of(item, now))
    }

    fn calendar_of(&self, item: &Item, now: UnixMs) -> CalendarView {
        let none = Schedule::default();
        let schedule = self.availability.schedule(&item.id).unwrap_or(&none);
        let zone = self.availability.zone_of(schedule);
        let site = self.availability.site.clone();
        let site = site.unwrap_or(SiteHours { zone: zone.clone(), shifts: Vec::new(), holidays: Vec::new() });
        let at = moment(now);
        let known = self.availability.schedule(&item.id).filter(|schedule| !schedule.timetable.open.is_empty());
        let freshness = known.map(|schedule| schedule.freshness(now));
        let weeks = capacity::weeks(&site, &schedule.offered, &schedule.book, site.today(at), WEEKS, at);
        let ahead = Span::new(at, at.plus(WEEKS as i64 * 7 * 86_400));
        CalendarView {
            item: item.id,
            title: item.draft.title.clone(),
            side: item.draft.side,
            zone,
            timetable: schedule.timetable.clone(),
            version: schedule.version,
            confirmed: (schedule.version > 0).then_some(schedule.confirmed),
            still_true: freshness.is_some_and(|fresh| fresh.is_due(at)),
            certainty_permille: freshness.map(|fresh| fresh.certainty_permille),
            due: freshness.map(|fresh| unix_ms(fresh.due)),
            weeks,
            free_min: ahead.map_or(0, |ahead| schedule.book.free(schedule.offer(), ahead, at, None).seconds() / 60),
            bookings: self.bookings(schedule, at),
            oddities: oddities(&schedule.timetable),
        }
    }

    fn bookings(&self, schedule: &Schedule, now: Moment) -> Vec<BookingView> {
        let standing = schedule.book.all().filter(|(_, booking)| booking.stands(now));
        let mut views: Vec<BookingView> =
            standing.map(|(deal, booking)| self.booking(schedule, deal, booking)).collect();
        views.sort_by_key(|view| view.spans.first().map(|span| span.begins));
        views
    }

    fn booking(&self, schedule: &Schedule, deal: &DealId, booking: &Booking) -> BookingView {
        BookingView {
            deal: *deal,
            with: self.deals.deal(deal).map(|deal| match &deal.identity {
                Some(identity) => identity.membership.body.legal_name.as_str().into(),
                None => deal.their_callsign(),
            }),
            minutes: booking.hours.seconds() / 60,
            not_offered_min: booking.hours.without(&schedule.offered).seconds() / 60,
            spans: booking.hours.spans().iter().map(SpanView::of).collect(),
            lapses: match booking.state {
                State::Held { lapses } => Some(unix_ms(lapses)),
                State::Committed => None,
            },
            chosen: schedule.chosen.contains(deal),
        }
    }
}

impl SpanView {
    pub(super) fn of(span: &Span) -> SpanView {
        SpanView { begins: unix_ms(span.from()), ends: unix_ms(span.to()) }
    }
}

pub(super) fn oddities(timetable: &Timetable) -> Vec<OddityView> {
    let of = |kind, windows: &[calendar::window::Window]| -> Vec<OddityView> {
        let numbered = windows.iter().enumerate();
        let odd = numbered.flat_map(|(at, window)| window.oddities().into_iter().map(move |odd| (at + 1, odd)));
        odd.map(|(window, (wall, oddity))| OddityView { kind, window, wall, never: oddity == Oddity::Never }).collect()
    };
    let mut all = of(Kind::Open, &timetable.open);
    all.extend(of(Kind::Shut, &timetable.shut));
    all
}
