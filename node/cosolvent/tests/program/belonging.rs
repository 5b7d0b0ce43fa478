//! Membership that does not lapse unnoticed: renewed by itself, with a word in time, and by more than one sponsor.

use crate::place::{Place, Sponsor};

fn joined(place: &Place) -> Vec<String> {
    let items = place.items(&["status"]);
    let sponsors = items[0]["sponsors"].as_array().unwrap();
    sponsors.iter().map(|name| name.as_str().unwrap().to_string()).collect()
}

#[test]
fn a_second_sponsor_is_joined_while_the_node_runs_and_while_it_does_not() {
    for runs in [true, false] {
        let [first, second] = Sponsor::start_together(["Valley Association", "Valley College"]);
        let place = Place::new();
        assert_eq!(place.init(&first.invitation()).code, 0);
        let node = runs.then(|| place.start());
        let shown = place.items(&["join", &second.invitation(), "--class", "machine"]);
        let validity: Vec<_> = shown.iter().map(|one| (&one["sponsor"], &one["validity"])).collect();
        let holds = "holds".into();
        assert_eq!(validity, [(&"Valley Association".into(), &holds), (&"Valley College".into(), &holds)]);
        assert_eq!(joined(&place), ["Valley Association", "Valley College"]);
        let node = node.unwrap_or_else(|| place.start());
        place.until(&["status"], |items| (items[0]["neighbours"] == 2).then_some(()));
        assert_eq!(node.stop(), Some(0));
    }
}

#[test]
fn a_sponsor_of_another_network_is_refused_in_one_sentence_and_nothing_is_used_up() {
    let (sponsor, elsewhere, place) = (Sponsor::start(), Sponsor::start(), Place::new());
    assert_eq!(place.init(&sponsor.invitation()).code, 0);
    let invitation = elsewhere.invitation();
    let said = place.run(&["--json", "join", &invitation]);
    assert_eq!((said.code, said.error().as_str()), (1, "another-network"), "{said:?}");
    assert!(said.err.contains("another network") && said.err.contains("another data folder"), "{said:?}");
    assert_eq!(joined(&place), ["Valley Association"]);
    assert_eq!(Place::new().init(&invitation).code, 0, "the invitation still works elsewhere");
    let said = place.run(&["--json", "join", "hello"]);
    assert_eq!((said.code, said.error().as_str()), (1, "invitation"), "{said:?}");
}

#[test]
fn what_lapses_soon_or_has_lapsed_is_said_with_what_to_do() {
    for (days, words) in [(355, "is not renewed yet"), (370, "has ended")] {
        let (sponsor, place) = (Sponsor::start(), Place::new());
        let invitation = sponsor.invitation();
        sponsor.live_days_ago(days);
        assert_eq!(place.init(&invitation).code, 0);
        let status = &place.items(&["status"])[0];
        let warning = status["warnings"][0].as_str().unwrap();
        assert!(warning.contains(words) && warning.contains("cosolvent join"), "{warning}");
        assert!(place.run(&["status"]).out.lines().next().unwrap().contains(words), "people read it first");
        let node = place.start();
        assert!(node.told["warnings"][0].as_str().unwrap().contains(words), "{}", node.told);
        assert_eq!(node.stop(), Some(0));
    }
}

#[test]
fn a_running_node_has_its_membership_renewed_and_a_dismissed_one_is_told_so() {
    for dismissed in [false, true] {
        let (sponsor, place) = (Sponsor::start(), Place::new());
        let invitation = sponsor.invitation();
        // For the firm all of it is over, for the sponsor two months are left.
        sponsor.live_days_ago(370);
        assert_eq!(place.init(&invitation).code, 0);
        place.take_sheet_away();
        sponsor.live_days_ago(66);
        if dismissed {
            sponsor.dismiss(1);
        }
        let node = place.start();
        let status = place.until(&["status"], |items| {
            let one = &items[0]["belonging"][0];
            (one["refused"] != serde_json::Value::Null || one["validity"] == "holds").then(|| items[0].clone())
        });
        let (refused, warnings) = (&status["belonging"][0]["refused"], &status["warnings"]);
        if dismissed {
            assert_eq!(refused, "not-a-member");
            assert!(warnings[0].as_str().unwrap().contains("ask Valley Association"), "{warnings}");
        } else {
            assert_eq!((refused, warnings), (&serde_json::Value::Null, &serde_json::json!([])));
        }
        assert_eq!(node.stop(), Some(0));
    }
}
