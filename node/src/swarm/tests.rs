//! Promises of the carrier, kept over real loopback sockets.

mod changes;
mod strangers;

use super::{
    AdmissionDesk, AdmissionError, Gate, Swarm, SwarmConfig, SwarmError, SwarmHandle, begin,
    gossip::Topics,
    keypair, peer as machine_peer, peer_id,
    room::{self, AdmittedEvent, RoomEvent},
    turnstile::Passage,
};
use crate::carrier::{FromCarrier, ToCarrier};
use futures::{FutureExt as _, StreamExt as _};
use libp2p::{Multiaddr, PeerId, gossipsub, request_response::Event as Exchange, swarm::SwarmEvent};
use machine::{Delivery, Parcel, Peer, Ticket, Topic, Verdict};
use std::{sync::Arc, time::Duration};
use tokio::sync::mpsc;

/// Long enough for a loaded machine; a test that works never waits this long.
const PATIENCE: Duration = Duration::from_secs(60);
const TCP: &str = "/ip4/127.0.0.1/tcp/0";
const QUIC: &str = "/ip4/127.0.0.1/udp/0/quic-v1";
const MEMBER: &[u8] = b"member";

/// A running carrier with its driver's side in the test's hands.
struct Node {
    handle: SwarmHandle,
    outbox: mpsc::UnboundedSender<ToCarrier>,
    inbox: mpsc::Receiver<FromCarrier>,
    seen: Vec<FromCarrier>,
}

fn members_only() -> Gate {
    Arc::new(|_, shown| match shown {
        Some(MEMBER) => Ok(()),
        Some(b"crash") => panic!("a gate that fails"),
        _ => Err("members only".to_owned()),
    })
}

fn config(seed: u8, listen: &str) -> SwarmConfig {
    SwarmConfig {
        transport_key: [seed; 32].into(),
        network: "test.net".to_owned(),
        listen: vec![listen.parse().unwrap()],
        meeting_points: vec![],
        admission: Some(MEMBER.to_vec()),
        gate: members_only(),
        admission_desk: None,
    }
}

async fn start(config: SwarmConfig) -> Node {
    start_with(config, super::limits::STRANGER_WAIT).await
}

async fn start_with(config: SwarmConfig, stranger_wait: Duration) -> Node {
    let (outbox, outbox_in) = mpsc::unbounded_channel();
    let (inbox_out, inbox) = mpsc::channel(16);
    let handle = begin(config, outbox_in, inbox_out, stranger_wait).await.unwrap();
    Node { handle, outbox, inbox, seen: vec![] }
}

impl Node {
    fn peer(&self) -> Peer {
        machine_peer(&self.handle.me())
    }

    fn meeting_point(&self) -> (PeerId, Vec<Multiaddr>) {
        (self.handle.me(), self.handle.listening())
    }

    fn tell(&self, command: ToCarrier) {
        self.outbox.send(command).unwrap();
    }

    fn dial(&self, other: &Node) {
        let addresses = other.handle.listening().iter().map(ToString::to_string).collect();
        self.tell(ToCarrier::Dial(other.peer(), addresses));
    }

    async fn next(&mut self) -> FromCarrier {
        let report = tokio::time::timeout(PATIENCE, self.inbox.recv()).await;
        let report = report.unwrap_or_else(|_| panic!("nothing more after {:?}", self.seen)).expect("the carrier runs");
        self.seen.push(report.clone());
        report
    }

    async fn until<T>(&mut self, mut wanted: impl FnMut(FromCarrier) -> Option<T>) -> T {
        loop {
            if let Some(found) = wanted(self.next().await) {
                return found;
            }
        }
    }

    async fn connected_to(&mut self, other: &Peer) {
        self.until(|report| (report == FromCarrier::Connected(other.clone())).then_some(())).await;
    }

    async fn heard(&mut self) -> (Ticket, Vec<u8>) {
        self.until(|report| match report {
            FromCarrier::Gossip { ticket, bytes, .. } => Some((ticket, bytes)),
            _ => None,
        })
        .await
    }

    async fn received(&mut self) -> (Delivery, Vec<u8>) {
        self.until(|report| match report {
            FromCarrier::Received { delivery, bytes, .. } => Some((delivery, bytes)),
            _ => None,
        })
        .await
    }

    /// Whatever has been reported up to now.
    fn drain(&mut self) -> &[FromCarrier] {
        while let Ok(report) = self.inbox.try_recv() {
            self.seen.push(report);
        }
        &self.seen
    }
}

async fn a_line_passes_on_what_its_middle_accepts(listen: &str) {
    let mut b = start(config(2, listen)).await;
    let mut a = start(SwarmConfig { meeting_points: vec![b.meeting_point()], ..config(1, listen) }).await;
    let mut c = start(SwarmConfig { meeting_points: vec![b.meeting_point()], ..config(3, listen) }).await;
    a.connected_to(&b.peer()).await;
    c.connected_to(&b.peer()).await;
    // The neighbours may not have heard of each other's topics yet, so pairs of records are told until one is through.
    let mut after_first = 0;
    for n in 0_u32.. {
        for kind in [b'x', b'+'] {
            a.tell(ToCarrier::Publish(Topic::Adverts, [&[kind], &n.to_be_bytes()[..]].concat()));
        }
        for _ in 0..2 {
            let (ticket, bytes) = b.heard().await;
            let verdict = if bytes[0] == b'+' { Verdict::Accept } else { Verdict::Reject };
            b.tell(ToCarrier::Verdict(ticket, verdict));
        }
        let heard = tokio::time::timeout(Duration::from_millis(200), c.heard()).await;
        after_first += u32::from(after_first > 0 || heard.is_ok());
        if after_first == 3 {
            break;
        }
        assert!(n < 300, "nothing came through: {:?}", c.seen);
    }
    let mut records = c.seen.iter().filter_map(|report| match report {
        FromCarrier::Gossip { bytes, topic, .. } => Some((bytes[0], *topic)),
        _ => None,
    });
    assert!(records.all(|record| record == (b'+', Topic::Adverts)), "only accepted records travel on: {:?}", c.seen);
    assert!(!a.drain().contains(&FromCarrier::Connected(c.peer())), "the line is a line");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_accepted_record_crosses_a_line_over_tcp_and_a_rejected_one_does_not() {
    a_line_passes_on_what_its_middle_accepts(TCP).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_accepted_record_crosses_a_line_over_quic_and_a_rejected_one_does_not() {
    a_line_passes_on_what_its_middle_accepts(QUIC).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_may_only_ask_for_admission_and_belongs_once_it_has_it() {
    let desk: AdmissionDesk = Arc::new(|_, asked| async move { [b"you asked ", &asked[..]].concat() }.boxed());
    let mut sponsor = start(SwarmConfig { admission_desk: Some(desk), ..config(1, TCP) }).await;
    let mut stranger = start(SwarmConfig { admission: None, ..config(2, TCP) }).await;
    let (id, addresses) = sponsor.meeting_point();
    stranger.tell(ToCarrier::Publish(Topic::Log, b"told early".to_vec()));
    let answer = stranger.handle.way().ask_admission(id, addresses, b"may I".to_vec()).await.unwrap();
    assert_eq!(answer, b"you asked may I");

    let to = sponsor.peer();
    stranger.tell(ToCarrier::Send { to: to.clone(), parcel: Parcel(7), bytes: b"let me in".to_vec() });
    stranger.until(|report| (report == FromCarrier::Undelivered(Parcel(7))).then_some(())).await;
    assert!(sponsor.drain().is_empty(), "the sponsor's driver has heard nothing of the stranger");

    stranger.handle.way().replace_admission(MEMBER.to_vec()).await;
    stranger.connected_to(&to).await;
    sponsor.connected_to(&stranger.peer()).await;
    assert_eq!(sponsor.heard().await.1, b"told early");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_that_breaks_the_rules_finds_no_gossip_and_no_parcels() {
    let mut victim = start(config(1, TCP)).await;
    let (id, addresses) = victim.meeting_point();
    let topics = Topics::of("test.net");
    // The same parts, driven by somebody who lets everybody in and speaks without being welcomed.
    let mut rogue = room::build(&keypair(&[9; 32]).unwrap(), "test.net", &topics, false).unwrap();
    rogue.dial(addresses[0].clone().with_p2p(id).unwrap()).unwrap();
    let (mut gossip_refused, mut parcel_refused) = (false, false);
    let attack = async {
        while !(gossip_refused && parcel_refused) {
            match rogue.select_next_some().await {
                SwarmEvent::ConnectionEstablished { peer_id, connection_id, .. } => {
                    let door = &mut rogue.behaviour_mut().admitted;
                    door.let_through(connection_id);
                    door.speak(&peer_id);
                    door.inside().parcels.send_request(&peer_id, b"unwanted".to_vec());
                }
                SwarmEvent::Behaviour(RoomEvent::Admitted(Passage::Inside(AdmittedEvent::Gossip(event)))) => {
                    gossip_refused |= matches!(event, gossipsub::Event::GossipsubNotSupported { .. });
                }
                SwarmEvent::Behaviour(RoomEvent::Admitted(Passage::Inside(AdmittedEvent::Parcels(event)))) => {
                    parcel_refused |= matches!(event, Exchange::OutboundFailure { .. });
                }
                _ => {}
            }
        }
    };
    tokio::time::timeout(PATIENCE, attack).await.expect("both are refused");
    assert!(victim.drain().is_empty(), "the victim's driver has heard nothing: {:?}", victim.seen);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_admits_nobody_says_so() {
    let node = start(config(1, TCP)).await;
    let stranger = start(SwarmConfig { admission: None, ..config(2, TCP) }).await;
    let (id, addresses) = node.meeting_point();
    let refused = stranger.handle.way().ask_admission(id, addresses.clone(), vec![]).await;
    assert!(matches!(refused, Err(AdmissionError::Unanswered { .. })), "{refused:?}");
    node.handle.stop().await;
    let nobody = stranger.handle.way().ask_admission(peer_id(&[5; 32]).unwrap(), addresses, vec![]).await;
    assert!(matches!(nobody, Err(AdmissionError::Unreachable { .. })), "{nobody:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parcel_is_delivered_after_its_receipt_and_undelivered_without_a_peer() {
    let mut b = start(config(2, QUIC)).await;
    let mut a = start(SwarmConfig { meeting_points: vec![b.meeting_point()], ..config(1, QUIC) }).await;
    let to = b.peer();
    a.connected_to(&to).await;
    let send = |n, bytes: Vec<u8>| ToCarrier::Send { to: to.clone(), parcel: Parcel(n), bytes };
    let large = vec![7; super::limits::PARCEL_BYTES_MAX];
    a.tell(send(1, large.clone()));
    let (delivery, bytes) = b.received().await;
    assert_eq!(bytes, large);
    assert!(!a.drain().contains(&FromCarrier::Delivered(Parcel(1))), "not before the receipt");
    b.tell(ToCarrier::Receipt(delivery));
    a.until(|report| (report == FromCarrier::Delivered(Parcel(1))).then_some(())).await;

    a.tell(send(2, [large, vec![7]].concat()));
    a.until(|report| (report == FromCarrier::Undelivered(Parcel(2))).then_some(())).await;
    a.tell(send(3, b"never confirmed".to_vec()));
    b.received().await;
    let gone = b.peer();
    b.handle.stop().await;
    let mut ends = vec![FromCarrier::Undelivered(Parcel(3)), FromCarrier::Gone(gone)];
    a.until(|report| {
        ends.retain(|end| *end != report);
        ends.is_empty().then_some(())
    })
    .await;
    a.tell(send(4, b"nobody there".to_vec()));
    a.until(|report| (report == FromCarrier::Undelivered(Parcel(4))).then_some(())).await;
    for n in 1..=4 {
        let ends = |report: &&FromCarrier| {
            [FromCarrier::Delivered(Parcel(n)), FromCarrier::Undelivered(Parcel(n))].contains(report)
        };
        assert_eq!(a.drain().iter().filter(ends).count(), 1, "parcel {n} comes back exactly once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_parcels_at_once_all_arrive() {
    let mut b = start(config(2, TCP)).await;
    let mut a = start(SwarmConfig { meeting_points: vec![b.meeting_point()], ..config(1, TCP) }).await;
    a.connected_to(&b.peer()).await;
    for n in 0..200 {
        a.tell(ToCarrier::Send { to: b.peer(), parcel: Parcel(n), bytes: vec![1; 1000] });
    }
    for _ in 0..200 {
        let (delivery, _) = b.received().await;
        b.tell(ToCarrier::Receipt(delivery));
        a.drain();
    }
    let mut delivered = a.drain().iter().filter(|report| matches!(report, FromCarrier::Delivered(_))).count();
    while delivered < 200 {
        delivered += usize::from(matches!(a.next().await, FromCarrier::Delivered(_)));
    }
    assert!(!a.drain().iter().any(|report| matches!(report, FromCarrier::Undelivered(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_published_to_nobody_arrives_when_somebody_connects() {
    let mut a = start(config(1, TCP)).await;
    for n in 0..3 {
        a.tell(ToCarrier::Publish(Topic::Envelopes, vec![n]));
    }
    let mut b = start(SwarmConfig { meeting_points: vec![a.meeting_point()], ..config(2, TCP) }).await;
    let mut heard = vec![b.heard().await.1, b.heard().await.1, b.heard().await.1];
    heard.sort();
    assert_eq!(heard, [vec![0], vec![1], vec![2]]);
    assert!(a.drain().contains(&FromCarrier::Connected(b.peer())));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_in_use_is_named() {
    for listen in [TCP, QUIC] {
        let first = start(config(1, listen)).await;
        let address = first.handle.listening()[0].clone();
        let (_outbox, outbox_in) = mpsc::unbounded_channel();
        let (inbox_out, _inbox) = mpsc::channel(1);
        let second = Swarm::start(config(2, &address.to_string()), outbox_in, inbox_out).await;
        let error = second.err().expect("the port is taken");
        assert!(matches!(&error, SwarmError::PortInUse { address: named } if *named == address), "{error}");
        assert!(error.to_string().contains(&address.to_string()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_name_that_cannot_stand_in_protocol_names_is_refused() {
    for network in ["", "two words", "a/b", &"x".repeat(65)] {
        let (_outbox, outbox_in) = mpsc::unbounded_channel();
        let (inbox_out, _inbox) = mpsc::channel(1);
        let named = SwarmConfig { network: network.to_owned(), ..config(1, TCP) };
        assert!(matches!(Swarm::start(named, outbox_in, inbox_out).await, Err(SwarmError::NetworkName { .. })));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_point_that_starts_later_or_comes_back_is_found() {
    let early = start(config(2, TCP)).await;
    let (meeting_point, address) = (early.meeting_point(), early.handle.listening()[0].to_string());
    let peer = early.peer();
    early.handle.stop().await;
    let mut a = start(SwarmConfig { meeting_points: vec![meeting_point], ..config(1, TCP) }).await;
    for _ in 0..2 {
        let late = start(config(2, &address)).await;
        a.connected_to(&peer).await;
        late.handle.stop().await;
        a.until(|report| (report == FromCarrier::Gone(peer.clone())).then_some(())).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_that_dial_each_other_at_once_end_with_one_working_connection() {
    let mut a = start(config(1, TCP)).await;
    let mut b = start(config(2, TCP)).await;
    a.dial(&b);
    b.dial(&a);
    a.connected_to(&b.peer()).await;
    b.connected_to(&a.peer()).await;
    // One of the two connections may still give way to the other; afterwards every parcel arrives.
    let to = b.peer();
    let answer = async {
        loop {
            let (delivery, _) = b.received().await;
            b.tell(ToCarrier::Receipt(delivery));
        }
    };
    let ask = async {
        for n in 0.. {
            a.tell(ToCarrier::Send { to: to.clone(), parcel: Parcel(n), bytes: vec![] });
            let done = a.until(|report| match report {
                FromCarrier::Delivered(_) => Some(true),
                FromCarrier::Undelivered(_) => Some(false),
                _ => None,
            });
            if done.await {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::select! {
        () = ask => {}
        () = answer => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_inside_is_reported_and_the_carrier_starts_again_on_its_port() {
    let mut a = start(config(1, TCP)).await;
    let mut c = start(SwarmConfig { meeting_points: vec![a.meeting_point()], ..config(3, TCP) }).await;
    a.connected_to(&c.peer()).await;
    a.tell(ToCarrier::Send { to: c.peer(), parcel: Parcel(1), bytes: b"in the air".to_vec() });
    c.received().await;
    let breaker = start(SwarmConfig { admission: Some(b"crash".to_vec()), ..config(4, TCP) }).await;
    breaker.dial(&a);
    a.until(|report| (report == FromCarrier::Undelivered(Parcel(1))).then_some(())).await;
    a.until(|report| (report == FromCarrier::Restarted).then_some(())).await;
    a.connected_to(&c.peer()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_drivers_that_flood_each_other_before_they_listen_lose_nothing() {
    let mut b = start(config(2, TCP)).await;
    let mut a = start(SwarmConfig { meeting_points: vec![b.meeting_point()], ..config(1, TCP) }).await;
    a.tell(ToCarrier::Publish(Topic::Log, b"from a".to_vec()));
    b.tell(ToCarrier::Publish(Topic::Log, b"from b".to_vec()));
    assert_eq!(a.heard().await.1, b"from b");
    assert_eq!(b.heard().await.1, b"from a");
    // More than the carrier keeps for a driver that does not take anything.
    let flood = 1_500_u32;
    assert!(flood as usize > super::limits::REPORTS_MAX + 16);
    let record = |from: u8, n: u32| [&[from; 3_396][..], &n.to_be_bytes()].concat();
    for n in 0..flood {
        a.tell(ToCarrier::Publish(Topic::Adverts, record(b'a', n)));
        b.tell(ToCarrier::Publish(Topic::Adverts, record(b'b', n)));
    }
    let listen = async |node: &mut Node| {
        for _ in 0..flood {
            let (ticket, _) = node.heard().await;
            node.tell(ToCarrier::Verdict(ticket, Verdict::Accept));
        }
    };
    tokio::join!(listen(&mut a), listen(&mut b));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_keeps_sending_bad_records_is_not_heard_any_more() {
    let mut b = start(config(2, TCP)).await;
    let a = start(SwarmConfig { meeting_points: vec![b.meeting_point()], ..config(1, TCP) }).await;
    b.connected_to(&a.peer()).await;
    let most = super::limits::REJECTIONS_TO_SILENCE;
    // A few more, because what is long ago counts a little less.
    for n in 0..=most + 5 {
        a.tell(ToCarrier::Publish(Topic::Log, n.to_be_bytes().to_vec()));
        let Ok((ticket, _)) = tokio::time::timeout(Duration::from_secs(3), b.heard()).await else {
            assert!(n >= 10, "a few bad records are forgiven");
            return;
        };
        b.tell(ToCarrier::Verdict(ticket, Verdict::Reject));
    }
    panic!("{most} rejected records and still heard");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_peer_that_comes_back_before_its_old_connection_is_noticed_dead_is_welcomed_at_once() {
    let mut a = start(config(1, TCP)).await;
    let before = start(config(2, TCP)).await;
    before.dial(&a);
    let peer = before.peer();
    a.connected_to(&peer).await;
    // The same transport identity again, while the connection of the first is still open.
    let mut after = start(config(2, TCP)).await;
    after.dial(&a);
    a.until(|report| (report == FromCarrier::Gone(peer.clone())).then_some(())).await;
    a.connected_to(&peer).await;
    a.tell(ToCarrier::Publish(Topic::Log, b"news".to_vec()));
    assert_eq!(after.heard().await.1, b"news");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_without_a_word_is_hung_up_on() {
    let (_outbox, outbox_in) = mpsc::unbounded_channel();
    let (inbox_out, _inbox) = mpsc::channel(1);
    let victim = begin(config(1, TCP), outbox_in, inbox_out, Duration::from_secs(1)).await.unwrap();
    let topics = Topics::of("test.net");
    let mut silent = room::build(&keypair(&[9; 32]).unwrap(), "test.net", &topics, false).unwrap();
    silent.dial(victim.listening()[0].clone().with_p2p(victim.me()).unwrap()).unwrap();
    let hung_up_on = async { while !matches!(silent.select_next_some().await, SwarmEvent::ConnectionClosed { .. }) {} };
    tokio::time::timeout(PATIENCE, hung_up_on).await.expect("the victim hangs up");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_of_silent_strangers_keeps_no_member_out() {
    let mut a = start(config(1, TCP)).await;
    let (id, addresses) = a.meeting_point();
    let address = addresses[0].clone().with_p2p(id).unwrap();
    let topics = Topics::of("test.net");
    let mut crowd = Vec::new();
    for seed in 0..=super::limits::STRANGERS_MAX {
        let seed = 100 + u8::try_from(seed).unwrap();
        let mut silent = room::build(&keypair(&[seed; 32]).unwrap(), "test.net", &topics, false).unwrap();
        silent.dial(address.clone()).unwrap();
        while !matches!(silent.select_next_some().await, SwarmEvent::ConnectionEstablished { .. }) {}
        crowd.push(silent);
    }
    let member = start(SwarmConfig { meeting_points: vec![a.meeting_point()], ..config(2, TCP) }).await;
    a.connected_to(&member.peer()).await;
}
