//! A flood from computers that nobody admitted.

use super::{MEMBER, Node, PATIENCE, TCP, config, keypair, start};
use crate::carrier::ToCarrier;
use crate::swarm::{
    SwarmConfig,
    gossip::Topics,
    room::{self, RoomEvent},
    turnstile::Passage,
};
use futures::StreamExt as _;
use libp2p::{Multiaddr, swarm::SwarmEvent};
use machine::{Topic, Verdict};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// Strangers for each connection between members.
const STRANGERS_EACH: usize = 20;

/// Honest records that must come through, and the time for all of them.
const RECORDS: usize = 1_000;
const WITHIN: Duration = Duration::from_secs(60);

/// Comes again and again, lets itself through, and asks, gossips and sends parcels as fast as it can.
async fn pester(seed: usize, victim: Multiaddr) {
    let key = keypair(&[[0xf0; 24].as_slice(), &seed.to_be_bytes()].concat().try_into().unwrap()).unwrap();
    let mut rogue = room::build(&key, "test.net", &Topics::of("test.net"), false).unwrap();
    let mut sent = 0_u32;
    loop {
        if rogue.connected_peers().next().is_none() {
            let _ = rogue.dial(victim.clone());
        }
        match rogue.select_next_some().await {
            SwarmEvent::ConnectionEstablished { peer_id, connection_id, .. } => {
                rogue.behaviour_mut().admitted.let_through(connection_id);
                rogue.behaviour_mut().admitted.speak(&peer_id);
                rogue.behaviour_mut().hello.send_request(&peer_id, vec![0; 4_000]);
            }
            SwarmEvent::Behaviour(RoomEvent::Admitted(Passage::Inside(_))) => {
                let Some(peer) = rogue.connected_peers().next().copied() else { continue };
                sent += 1;
                rogue.behaviour_mut().admitted.inside().parcels.send_request(&peer, sent.to_be_bytes().repeat(800));
                rogue.behaviour_mut().admission.send_request(&peer, vec![0; 60_000]);
            }
            _ => {}
        }
    }
}

/// Takes whatever comes until so many records that begin like this were heard.
async fn accept(node: &mut Node, beginning: &[u8], count: usize) {
    let mut heard = 0;
    while heard < count {
        let (ticket, bytes) = node.heard().await;
        node.tell(ToCarrier::Verdict(ticket, Verdict::Accept));
        heard += usize::from(bytes.starts_with(beginning));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_strangers_for_each_member_keep_no_record_of_a_member_back() {
    let mut middle = start(config(2, TCP)).await;
    let mut author = start(SwarmConfig { meeting_points: vec![middle.meeting_point()], ..config(1, TCP) }).await;
    let mut reader = start(SwarmConfig { meeting_points: vec![middle.meeting_point()], ..config(3, TCP) }).await;
    author.connected_to(&middle.peer()).await;
    reader.connected_to(&middle.peer()).await;
    let mut crowd = JoinSet::new();
    let (id, addresses) = middle.meeting_point();
    for seed in 0..2 * STRANGERS_EACH {
        crowd.spawn(pester(seed, addresses[0].clone().with_p2p(id).unwrap()));
    }
    let record = |beginning: &[u8], number: usize| [beginning, &number.to_be_bytes(), &[0; 900]].concat();
    // The neighbours may not have heard of each other's topics yet.
    let through = async {
        for number in 0.. {
            author.tell(ToCarrier::Publish(Topic::Adverts, record(b"early", number)));
            accept(&mut middle, b"early", 1).await;
            if tokio::time::timeout(WITHIN / 300, accept(&mut reader, b"early", 1)).await.is_ok() {
                break;
            }
        }
    };
    tokio::time::timeout(PATIENCE, through).await.expect("a first record comes through");
    let begin = Instant::now();
    for number in 1..=RECORDS {
        author.tell(ToCarrier::Publish(Topic::Adverts, record(MEMBER, number)));
    }
    let heard = async { tokio::join!(accept(&mut middle, MEMBER, RECORDS), accept(&mut reader, MEMBER, RECORDS)) };
    tokio::time::timeout(PATIENCE, heard).await.expect("every record comes through");
    assert!(begin.elapsed() < WITHIN);
    assert!(!crowd.is_empty() && crowd.try_join_next().is_none(), "the strangers never stopped");
}
