//! A planner enters hours in plain fields, looks at six weeks of them, and only then saves.

use crate::fixture::Fixture;
use crate::{Browser, Page};
use axum::http::StatusCode;
use calendar::timetable::{BadTimetable, Timetable};
use firm::availability::NotThere;
use firm::command::{Answer, Command, Refusal};
use jiff::civil::date;
use protocol::id::ItemId;
use std::sync::Arc;

const PATH: &str = "/items/0101010101010101/calendar";
const FRESH: &str = "/items/0202020202020202/calendar";

/// Saturdays of the first shift, which the fixture's timetable does not have yet.
const SATURDAYS: [(&str, &str); 8] = [
    ("over", "2"),
    ("kind", "open"),
    ("days", "6"),
    ("starts", "7:00"),
    ("ends", "15 h"),
    ("first", "2026-12-01"),
    ("last", "2027-01-10"),
    ("zone", "America/Toronto"),
];

fn with(field: &str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    let kept = SATURDAYS.iter().filter(|(name, _)| *name != field).copied();
    kept.chain([(if field == "days" { "days" } else { field_name(field) }, value), ("act", "look")]).collect()
}

fn field_name(field: &str) -> &'static str {
    SATURDAYS.iter().map(|(name, _)| *name).chain(["except"]).find(|name| *name == field).unwrap()
}

fn acting(act: &'static str) -> Vec<(&'static str, &'static str)> {
    SATURDAYS.iter().copied().chain([("except", "2026-12-26 2027-01-02"), ("act", act)]).collect()
}

/// What the desk was asked to put into force, and over which version.
fn set(desk: &Fixture) -> Option<(Timetable, u32)> {
    match desk.asked.lock().unwrap().as_slice() {
        [] => None,
        [Command::SetTimetable { item: ItemId([1, ..]), timetable, over }] => Some(((**timetable).clone(), *over)),
        other => panic!("{other:?}"),
    }
}

async fn planner() -> (Arc<Fixture>, Browser) {
    let desk = Arc::new(Fixture::busy());
    let browser = Browser::of(desk.clone(), "operations").await;
    (desk, browser)
}

#[tokio::test]
async fn the_page_lists_windows_as_people_say_them_and_six_weeks_of_hours() {
    let (_, mut browser) = planner().await;
    let body = browser.show(PATH).await.body;
    for says in ["Tue, Wed, Thu", "15:00–23:00", "1 Dec 2026 to 7 Jan 2027", "24 Dec 2026", "Times in America/Toronto"]
    {
        assert!(body.contains(says), "{says}");
    }
    assert_eq!(body.matches("<td data-label").count(), 6 * 7 + 2 * 5, "six weeks of seven days, two windows");
    assert!(browser.show("/items/0101010101010101").await.body.contains(PATH), "its page leads there");
    assert!(browser.show("/calendar").await.body.contains(PATH));
    browser.speak("fr").await;
    let body = browser.show(PATH).await.body;
    assert!(body.contains("mar., mer., jeu.") && body.contains("de 15\u{a0}h\u{a0}00 à 23\u{a0}h\u{a0}00"), "{body}");
}

#[tokio::test]
async fn a_window_is_seen_among_six_weeks_before_it_is_saved_and_arrives_exactly() {
    let (desk, mut browser) = planner().await;
    let page = browser.send(PATH, &acting("look")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Nothing is saved yet") && page.body.contains("<strong>07:00–15:00</strong>"));
    assert_eq!(page.body.matches(">new<").count(), 4, "six Saturdays, two of them left out");
    assert_eq!(set(&desk), None, "looking changes nothing");

    let back = browser.send(PATH, &acting("change")).await.body;
    for kept in ["value=\"7:00\"", "value=\"15 h\"", "value=\"2026-12-26 2027-01-02\"", "value=\"6\" checked"] {
        assert!(back.contains(kept), "{kept}");
    }
    let saved = browser.send(PATH, &acting("save")).await;
    assert_eq!(saved.location(), format!("{PATH}?note=window-added"));
    let (timetable, over) = set(&desk).unwrap();
    let window = &timetable.open[1];
    assert_eq!((over, timetable.open.len(), window.hours().seconds()), (2, 2, 4 * 8 * 3_600));
    assert_eq!(window.starts, date(2026, 12, 5).at(7, 0, 0, 0));
    assert_eq!(window.except, [date(2026, 12, 26), date(2027, 1, 2)]);
}

#[tokio::test]
async fn a_night_ends_on_the_next_day_and_a_whole_day_at_its_midnight() {
    let (desk, mut browser) = planner().await;
    for (starts, ends, hours) in
        [("22:00", "6:00", 8), ("0:00", "24:00", 24), ("12:00", "24:00", 12), ("3 pm", "4:30 pm", 0)]
    {
        desk.asked.lock().unwrap().clear();
        let mut form = acting("save");
        form.retain(|(name, _)| !["starts", "ends", "except"].contains(name));
        form.extend([("starts", starts), ("ends", ends)]);
        assert_eq!(browser.send(PATH, &form).await.status, StatusCode::SEE_OTHER, "{starts} to {ends}");
        let expected = if hours == 0 { 5_400 } else { hours * 3_600 };
        assert_eq!(set(&desk).unwrap().0.open[1].hours().seconds(), 6 * expected, "{starts} to {ends}");
    }
}

fn at_fault(page: &Page, field: &str, says: &str) {
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
    let body = &page.body;
    assert!(body.contains(&format!("id=\"{field}-fault\"")) && body.contains(&format!("href=\"#{field}\"")), "{field}");
    assert!(body.contains(says), "{field} does not say {says:?}");
}

#[tokio::test]
async fn what_cannot_be_is_refused_beside_its_field_with_what_to_write_and_nothing_typed_is_lost() {
    let (desk, mut browser) = planner().await;
    for (field, value, says) in [
        ("days", "", "Choose at least one day"),
        ("starts", "25:00", "Enter a time of day, for example 15:00"),
        ("ends", "7:00", "00:00 to 24:00 is a whole day"),
        ("first", "soon", "Enter a date"),
        ("last", "", "six weeks would be until 11 Jan 2027"),
        ("last", "2026-11-30", "must not lie before the first"),
        ("last", "2026-12-04", "None of the chosen days lies between"),
        ("last", "2040-01-01", "at most 5 years"),
        ("zone", "toronto", "Write it like America/Toronto"),
        ("zone", "Moncton", "Write it like America/Moncton"),
        ("except", "Christmas", "“Christmas” is not a date"),
        ("except", "2026-12-25", "does not begin on 25 Dec 2026 anyway"),
        ("first", "1999-12-01", "Enter a year from 2000 to 2100"),
    ] {
        let mut form = with(field, value);
        if value == "1999-12-01" {
            form.iter_mut().filter(|(name, _)| *name == "last").for_each(|(_, last)| *last = "2027-01-02");
        }
        let page = browser.send(PATH, &form).await;
        at_fault(&page, if says.starts_with("None") { "days" } else { field }, says);
        assert!(
            page.body.contains(if field == "ends" { "value=\"7:00\"" } else { "value=\"15 h\"" }),
            "{field} keeps the rest"
        );
        assert!(page.body.contains(&format!("value=\"{value}\"")) || value.is_empty(), "{field} keeps what was typed");
    }
    let often = [("days", "1"), ("days", "2"), ("days", "3"), ("days", "4"), ("days", "5"), ("days", "7")];
    let form: Vec<_> = with("last", "2031-01-01").into_iter().chain(often).collect();
    at_fault(&browser.send(PATH, &form).await, "last", "at most 800 times");
    assert_eq!(set(&desk), None);
}

#[tokio::test]
async fn hours_that_meet_another_window_are_refused_with_its_number_and_the_day() {
    let (desk, mut browser) = planner().await;
    let mut form = with("days", "3");
    form.extend([("days", "6")]);
    form.iter_mut().filter(|(name, _)| *name == "ends").for_each(|(_, ends)| *ends = "16:00");
    at_fault(&browser.send(PATH, &form).await, "starts", "Offered window 1 has hours on 2 Dec 2026 already");
    browser.speak("fr").await;
    at_fault(&browser.send(PATH, &form).await, "starts", "La plage offerte 1 a déjà des heures le 2 déc. 2026");
    assert_eq!(set(&desk), None);
}

#[tokio::test]
async fn a_time_that_comes_twice_or_never_is_flagged_before_it_is_saved() {
    let (_, mut browser) = planner().await;
    let mut form = with("days", "7");
    for (name, value) in &mut form {
        *value = match *name {
            "starts" => "1:30",
            "ends" => "9:00",
            "first" => "2027-11-01",
            "last" => "2027-11-30",
            _ => value,
        };
    }
    let page = browser.send(PATH, &form).await;
    assert!(page.body.contains("On 7 Nov 2027 at 01:30 the clocks go back"), "{}", page.body);
    assert!(page.body.contains("choose other times or leave that day out"));
}

#[tokio::test]
async fn somebody_else_s_change_in_between_is_told_and_what_was_typed_stays() {
    let (desk, mut browser) = planner().await;
    let stale: Vec<_> =
        acting("save").into_iter().map(|(name, value)| (name, if name == "over" { "1" } else { value })).collect();
    let page = browser.send(PATH, &stale).await;
    assert_eq!((page.status, set(&desk)), (StatusCode::CONFLICT, None));
    assert!(page.body.contains("Somebody has changed the timetable") && page.body.contains("value=\"15 h\""));
    assert!(page.body.contains("name=\"over\" value=\"2\""), "the next try is over what is there now");

    desk.answers.lock().unwrap().push(Answer::Refused(Refusal::Calendar(NotThere::Changed)));
    let page = browser.send(PATH, &acting("save")).await;
    assert!(page.status == StatusCode::CONFLICT && page.body.contains("value=\"15 h\""), "the firm has the last word");
    let met = BadTimetable::Overlap { first: 1, second: 2, on: date(2026, 12, 5) };
    desk.answers.lock().unwrap().push(Answer::Refused(Refusal::Calendar(NotThere::Timetable(met))));
    at_fault(&browser.send(PATH, &acting("save")).await, "starts", "5 Dec 2026");
}

#[tokio::test]
async fn a_window_is_taken_out_after_a_look_at_what_goes() {
    let (desk, mut browser) = planner().await;
    let remove = format!("{PATH}/remove");
    let which = [("over", "2"), ("kind", "open"), ("number", "1")];
    let look: Vec<_> = which.into_iter().chain([("act", "look")]).collect();
    let page = browser.send(&remove, &look).await;
    assert!(page.body.contains("<s>15:00–23:00</s>") && page.body.contains("value=\"save\""));
    for sent in ["name=\"over\" value=\"2\"", "name=\"kind\" value=\"open\"", "name=\"number\" value=\"1\""] {
        assert!(page.body.contains(sent), "{sent} is sent once more");
    }
    assert_eq!(set(&desk), None);
    let save: Vec<_> = which.into_iter().chain([("act", "save")]).collect();
    assert_eq!(browser.send(&remove, &save).await.location(), format!("{PATH}?note=window-removed"));
    let (timetable, _) = set(&desk).unwrap();
    assert_eq!((timetable.open.len(), timetable.shut.len()), (0, 1));
    let none = browser.send(&remove, &[("over", "2"), ("kind", "shut"), ("number", "7"), ("act", "save")]).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_only_looks_sees_the_hours_and_is_told_who_may_enter_them() {
    let desk = Arc::new(Fixture::busy());
    let mut browser = Browser::of(desk.clone(), "audit").await;
    let body = browser.show(PATH).await.body;
    assert!(body.contains("15:00–23:00") && body.contains("ask your owner, planner or approver"));
    assert!(!body.contains("/remove") && !body.contains("name=\"starts\""));
    for path in [PATH.to_string(), format!("{PATH}/remove")] {
        let page = browser.send(&path, &acting("save")).await;
        assert_eq!((page.status, set(&desk)), (StatusCode::FORBIDDEN, None));
    }
    let (_, mut browser) = planner().await;
    assert!(browser.show(FRESH).await.body.contains("No windows yet"));
    assert_eq!(browser.show("/items/ffffffffffffffff/calendar").await.status, StatusCode::NOT_FOUND);
}
