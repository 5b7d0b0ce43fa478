//! S6, Press line: three shifts a week for ten weeks, on two calendars.

use crate::{as_told, committed, weekly};
use calendar::zone::Zone;

#[test]
fn a_press_line_serves_three_shifts_a_week_and_a_shift_that_moves_moves_on_both_calendars() {
    let (played, _) = as_told("press-line");
    let hours = committed(&played, "stamper");
    assert_eq!(hours, committed(&played, "processor"));
    assert_eq!(weekly(&hours), [18; 10]);
    let zone = Zone::named("America/Toronto").unwrap();
    let days: Vec<String> =
        hours.spans().iter().map(|span| zone.wall(span.from()).strftime("%a").to_string()).collect();
    let weeks: Vec<String> = days.chunks(3).map(|week| week.join(" ")).collect();
    // The third week's Thursday is a Friday since the work began; in the fifth there is a run of the stamper's own.
    let usual = "Tue Wed Thu";
    let moved = "Tue Wed Fri";
    let own_run = "Tue Thu Fri";
    assert_eq!(weeks, [usual, usual, moved, usual, own_run, usual, usual, usual, usual, usual]);
}
