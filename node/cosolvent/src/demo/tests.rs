//! The demonstration watches itself: a story that leaks nothing is told apart from one that leaks everywhere.

use super::auto::Closing;
use super::leaks::{Leak, Place};
use super::tape::Tape;
use super::{Scratch, act};
use protocol::dialogue::Step;
use protocol::text::{Name, ShortText};
use simulations::story::Story;
use std::collections::BTreeSet;
use std::io::Write;
use std::time::{Duration, Instant};

fn play(story: Story, tape: &Tape) -> (Closing, String) {
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let mut out = Vec::new();
    let limit = Duration::from_secs(300);
    let closing = runtime.block_on(act(story, folder.path(), Instant::now(), limit, tape, &mut out)).unwrap();
    (closing, String::from_utf8(out).unwrap())
}

/// Plays a story to the end that it tells of, and gives its lines.
fn play_clean(name: &str) -> String {
    let (closing, lines) = play(Story::named(name).unwrap(), &Tape::default());
    assert!(closing.is_clean(), "{closing:#?}, how far it came:\n{lines}");
    lines
}

#[test]
fn the_idle_shift_completes_on_real_networking_and_leaks_nothing() {
    let lines = play_clean("idle-shift");
    for step in Step::ALL {
        assert!(lines.contains(&format!("\"name\":\"{step}\"")), "{step} is missing from the story's lines");
    }
}

#[test]
fn people_are_lent_within_their_hours_and_after_two_yeses_on_real_networking() {
    let lines = play_clean("quality-manager");
    assert!(lines.contains("\"action\":\"refused\""), "the rule that refuses the second client's hours");
    play_clean("ot-security");
}

#[test]
fn a_planted_leak_in_each_place_is_found() {
    let mut story = Story::named("idle-shift").unwrap();
    // HTML writes this name otherwise than people read it.
    let supplier = Name::new("Canary Forge & Sons <Ltd.>").unwrap();
    story.firms.iter_mut().find(|firm| firm.id == "supplier").unwrap().legal_name = supplier.clone();
    let mut tape = Tape::default();
    // A node that logs a name.
    write!(tape, "connected to {supplier}").unwrap();
    // A firm's own name never gets into a text that others read: the linter refuses it. Another firm's name does.
    let name_of = |id: &str| story.firm(id).unwrap().legal_name.as_str().to_owned();
    let gives_away = [("buyer", name_of("housings")), ("housings", name_of("practitioner"))];
    for (id, name) in gives_away {
        let firm = story.firms.iter_mut().find(|firm| firm.id == id).unwrap();
        // Words to an unnamed party.
        firm.items[0].entry.experience = ShortText::new(&format!("As for {name}")).ok();
        if id != "buyer" {
            // An advert to everybody, the sponsors among them.
            firm.items[0].entry.mode = firm::profile::Mode::Open;
            // A firm that knows another's name from nowhere.
            firm.items[0].entry.title = Name::new(&format!("Like {supplier}")).unwrap();
        }
    }
    let leaked = play(story, &tape).0.leaked;
    let places: BTreeSet<Place> = leaked.iter().map(|leak| leak.place).collect();
    let all = [Place::Received, Place::State, Place::Journal, Place::Page, Place::Data, Place::Sponsor, Place::Log];
    assert_eq!(places, all.into(), "{leaked:?}");
    let named = |leak: &&Leak| leak.place == Place::Page && leak.what == format!("supplier: {supplier}");
    assert!(leaked.iter().any(|leak| named(&leak)), "a name on a page is found as people read it: {leaked:?}");
    // What only the buyer has written.
    let received = leaked.iter().find(|leak| leak.place == Place::Received && leak.what.starts_with("housings"));
    assert_eq!(received.map(|leak| leak.party.as_str()), Some("supplier"), "{leaked:?}");
}

#[test]
fn a_folder_that_holds_something_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("journal.redb"), b"somebody's").unwrap();
    assert!(Scratch::take(Some(folder.path())).is_err());
    assert!(Scratch::take(Some(&folder.path().join("new"))).is_ok());
}
