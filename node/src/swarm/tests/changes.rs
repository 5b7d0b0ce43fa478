//! What changes while neighbours are connected: an admission that lapses, and a transport identity.

use super::*;
use std::sync::atomic::{AtomicBool, Ordering};

#[tokio::test(flavor = "multi_thread")]
async fn a_member_whose_admission_lapses_stops_being_a_neighbour_and_a_renewed_one_comes_back() {
    // ADM-1
    let over = Arc::new(AtomicBool::new(false));
    let judge = over.clone();
    let gate: Gate = Arc::new(move |_, shown| match (shown, judge.load(Ordering::SeqCst)) {
        (Some(MEMBER), false) | (Some(b"renewed"), _) => Ok(()),
        _ => Err("lapsed".to_owned()),
    });
    let mut host = start_with(SwarmConfig { gate, ..config(2, TCP) }, Duration::from_millis(600)).await;
    let guest = start(SwarmConfig { meeting_points: vec![host.meeting_point()], ..config(1, TCP) }).await;
    host.connected_to(&guest.peer()).await;
    over.store(true, Ordering::SeqCst);
    host.until(|report| (report == FromCarrier::Gone(guest.peer())).then_some(())).await;
    guest.handle.way().replace_admission(b"renewed".to_vec()).await;
    host.connected_to(&guest.peer()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_carrier_takes_another_transport_identity_on_the_same_ports_and_gives_back_what_was_under_way() {
    // ADM-5
    let mut host = start(config(2, TCP)).await;
    let mut guest = start(SwarmConfig { meeting_points: vec![host.meeting_point()], ..config(1, TCP) }).await;
    let (before, ports) = (guest.peer(), guest.handle.listening());
    host.connected_to(&before).await;
    guest.connected_to(&host.peer()).await;
    guest.tell(ToCarrier::Send { to: host.peer(), parcel: Parcel(1), bytes: b"under way".to_vec() });
    host.received().await;
    guest.handle.way().take_on(&[9; 32], Some(MEMBER.to_vec())).await.unwrap();
    assert!(guest.peer() != before && guest.handle.listening() == ports);
    guest.until(|report| (report == FromCarrier::Undelivered(Parcel(1))).then_some(())).await;
    guest.until(|report| (report == FromCarrier::Restarted).then_some(())).await;
    let after = guest.peer();
    host.connected_to(&after).await;
    guest.connected_to(&host.peer()).await;
    guest.tell(ToCarrier::Send { to: host.peer(), parcel: Parcel(2), bytes: b"again".to_vec() });
    let (delivery, bytes) = host.received().await;
    assert_eq!(bytes, b"again");
    host.tell(ToCarrier::Receipt(delivery));
    guest.until(|report| (report == FromCarrier::Delivered(Parcel(2))).then_some(())).await;
}
