//! What a firm says first: it must not be told by the hour that it is new, or back.

use super::blind::{asked_of, manifest, this_week};
use super::*;
use firm::policy::Policy;
use firm::profile::{ItemDraft, Mode};
use firm::register::Entrant;
use firm::view::Progress;
use protocol::decision::{Decision, Verdict};
use protocol::dialogue::Step;
use protocol::facts::{Side, Weeks};
use protocol::id::{PersonKey, RecordId};
use protocol::place::Point;
use protocol::vocabulary::{Process, ResourceClass, Role};

/// Four hours.
const WINDOW_MS: u64 = 120 * Pace::REAL.cell_ms as u64;

impl Running {
    /// A firm whose owner decides everything.
    fn owned(&mut self) -> SigningKey {
        let owner = SigningKey::from_bytes(&[77; 32]);
        self.ask(Command::Govern(Box::new(Policy::small_shop())));
        let entrant = Entrant {
            id: "owner".parse().unwrap(),
            name: name("Owner"),
            key: PersonKey::of(&owner),
            roles: vec![Role::Owner, Role::Approver, Role::Signer],
            expires: UnixMs(START).day().plus(300),
            scope: Vec::new(),
            limit: None,
        };
        assert_eq!(self.ask(Command::Enrol { entrant, vouch: None }), Answer::Done);
        owner
    }

    /// Publishes a need, and gives the moment from which on it may leave.
    fn advertise(&mut self, owner: &SigningKey) -> UnixMs {
        let known: BTreeSet<RecordId> = self.firm.leaving.outgoing.keys().copied().collect();
        self.ask(Command::Confide(Box::new(need(UnixMs(self.at).week()))));
        let asked = self.firm.approvals.waiting().find(|asked| asked.summary.step == Step::Advertise).unwrap().id;
        let decision = Decision::sign(&self.firm.question(&asked).unwrap(), Verdict::Approve, owner);
        self.input(Input::Decided { ask: Ask(0), decision });
        let outgoing = &self.firm.leaving.outgoing;
        outgoing.iter().find(|(id, _)| !known.contains(*id)).expect("it was published").1.since
    }

    fn progress(&self) -> Vec<Option<Progress>> {
        match self.firm.view(&[], &Query::Items(Side::Need), UnixMs(self.at)) {
            View::Items(items) => items.into_iter().map(|item| item.progress).collect(),
            other => panic!("{other:?}"),
        }
    }
}

fn need(week: Week) -> ItemDraft {
    ItemDraft {
        side: Side::Need,
        title: name("private title"),
        class: ResourceClass::MachineWithOperator,
        process: Process::FiveAxisMilling,
        materials: Vec::new(),
        tolerance_um: None,
        envelope_mm: None,
        credentials: Vec::new(),
        site: Point { lat_udeg: 43_450_000, lon_udeg: -80_490_000 },
        weeks: Weeks { first: week.plus(2), last: week.plus(7) },
        hours: 50,
        presence: None,
        travel_km: Some(100),
        languages: Vec::new(),
        conflict_classes: Vec::new(),
        operator: false,
        value: None,
        experience: None,
        person: None,
        mode: Mode::Coarse,
        limit: None,
        note: None,
    }
}

#[test]
fn what_a_newcomer_says_first_waits_for_moments_of_chance_and_the_page_says_until_when() {
    // PAS-11
    let (mut running, asked) = Running::asking(&[manifest(1, this_week(), 1)]);
    let owner = running.owned();
    let came = running.at;
    running.signs(1, &asked, 64);
    let moments: BTreeSet<u64> = (0..8).map(|_| running.advertise(&owner).0).collect();
    assert_eq!(moments.len(), 8, "each has a moment of its own");
    assert!(moments.iter().all(|moment| *moment < came + WINDOW_MS + 1_000));
    let spread = moments.last().unwrap() - moments.first().unwrap();
    assert!(spread > WINDOW_MS / 4, "{spread} ms");
    assert!(running.progress().contains(&Some(Progress::Held)));
    let View::Status(status) = running.firm.view(&[], &Query::Status, UnixMs(running.at)) else { panic!("status") };
    assert_eq!(status.leaving.unwrap().held_until, moments.last().copied().map(UnixMs));
    running.is_replayed();
    running.later(WINDOW_MS);
    assert!(!running.progress().contains(&Some(Progress::Held)), "and then nothing is held");
    assert!(running.advertise(&owner).0 <= running.at);
}

#[test]
fn passes_that_came_before_their_week_hold_nothing_back() {
    // PAS-11
    let next = this_week().plus(1);
    let (mut running, asked) = Running::asking(&[manifest(1, this_week(), 1), manifest(1, next, 1)]);
    let owner = running.owned();
    running.signs(1, &asked, 64);
    running.at = next.monday().start().0 - 700_000;
    let asked = asked_of(1, &running.later(600_000));
    running.signs(1, &asked, 64);
    // Passes of the week before are used first, for as long as they hold.
    running.at = next.monday().start().0 + 3 * DAY_MS;
    running.later(600_000);
    assert!(running.advertise(&owner).0 <= running.at);
}
