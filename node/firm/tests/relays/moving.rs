//! A relay that takes another transport identity: nothing that goes through it is lost, nor drawn anew.

use super::{AUTHOR, everybody_shows, market, path_of};
use crate::world::{Cut, World};
use firm::command::{Answer, Command};
use firm::record::Event;
use protocol::check::{Kind, Record};
use protocol::id::{PeerKey, RecordId};

/// A market with one advert told back, and its path.
fn spoken() -> (World, RecordId, Vec<usize>) {
    let mut world = market(6);
    let advert = world.advertise(AUTHOR);
    world.until("it left", |world| world.nodes[AUTHOR].firm.leaving.outgoing[&advert].cells > 0);
    let path = path_of(&world, advert);
    world.until("everybody shows it", |world| everybody_shows(world, advert));
    (world, advert, path)
}

fn has_moved(world: &World, at: usize, before: PeerKey) -> bool {
    let firm = &world.nodes[at].firm;
    firm.identity.transport.next.is_none() && PeerKey::of(&firm.transport()) != before
}

#[test]
fn a_path_through_a_relay_goes_on_when_it_takes_another_transport_identity() {
    // ADM-5, REL-5, PTH-3
    for place in 0..3 {
        let (mut world, advert, path) = spoken();
        let relay = path[place];
        let before = PeerKey::of(&world.nodes[relay].firm.transport());
        // What the author says now is on its way while the relay moves.
        let withdrawal = world.withdraw(AUTHOR, advert);
        assert_eq!(world.ask(relay, Command::RotateTransport), Answer::Done);
        world.until("it moved", |world| has_moved(world, relay, before));
        world.until("everybody shows the withdrawal", |world| everybody_shows(world, withdrawal));
        assert_eq!(world.publishers(withdrawal), [path[2]], "over the same path");
        let paths = &world.nodes[AUTHOR].firm.leaving.paths;
        assert!(paths.values().all(|pinned| pinned.path.redrawn == 0), "which nobody drew again");
        assert_eq!(world.nodes[AUTHOR].firm.leaving.pair.as_ref().map(|paired| paired.pair.redrawn), Some(0));
        let described = world.nodes[AUTHOR].firm.market.shelf.of(Kind::Relays);
        let heirs = described.filter(|checked| match checked.record() {
            Record::Relay(relay) => relay.body.predecessor.is_some_and(|past| past.peer == before),
            _ => false,
        });
        assert_eq!(heirs.count(), 1, "everybody hears who it was");
    }
}

#[test]
fn a_power_cut_at_any_moment_leaves_one_identity_in_force_and_the_move_goes_on() {
    // ADM-5, MCH-1
    let mut cuts = 0;
    for at in 0..32 {
        let (mut world, advert, path) = spoken();
        let relay = path[0];
        let before = PeerKey::of(&world.nodes[relay].firm.transport());
        let cut = if at % 2 == 0 { Cut::BeforeCommit } else { Cut::AfterCommit };
        let withdrawal = world.withdraw(AUTHOR, advert);
        world.cut = Some((relay, at / 2, cut));
        // A command that met the cut is given again by whoever gave it.
        if world.try_ask(relay, Command::RotateTransport).is_none() {
            world.ask(relay, Command::RotateTransport);
        }
        world.until("it moved", |world| has_moved(world, relay, before));
        world.until("everybody shows the withdrawal", |world| everybody_shows(world, withdrawal));
        let identity = |record: &&firm::record::Record| {
            matches!(record.event, Event::Identity(firm::identity::Event::TransportMoved { .. }))
        };
        let moved = world.nodes[relay].records.iter().filter(identity).count();
        assert_eq!(moved, 1, "cut {at}");
        assert!(world.nodes[AUTHOR].firm.leaving.paths.values().all(|pinned| pinned.path.redrawn == 0), "cut {at}");
        cuts += u64::from(world.cut.is_none());
    }
    assert!(cuts >= 8, "the move is made of steps: {cuts}");
}
