//! A node that runs, and the command line beside it.

use crate::place::{Place, Sponsor};
use std::{
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    os::unix::fs::PermissionsExt,
};

#[test]
fn the_command_line_reaches_a_running_node_and_a_second_one_is_refused_by_name() {
    let (sponsor, place) = (Sponsor::start(), Place::new());
    assert_eq!(place.init(&sponsor.invitation()).code, 0);
    let node = place.start();
    let socket = place.data().join("control.sock");
    assert_eq!(fs::metadata(&socket).unwrap().permissions().mode() & 0o777, 0o600);

    let status = place.until(&["status"], |items| (items[0]["neighbours"] == 1).then(|| items[0].clone()));
    assert_eq!((&status["running"], &status["peer"]), (&true.into(), &node.told["peer"]));
    assert_eq!(status["listening"].as_array().unwrap().len(), 2, "TCP and QUIC");
    let second = place.run(&["--json", "run"]);
    assert_eq!((second.code, second.error().as_str()), (1, "locked"));
    assert!(second.err.contains("another cosolvent is running"), "{second:?}");
    place.until(&["status"], |items| {
        let passes = items[0]["passes"].as_array().unwrap();
        passes.iter().all(|count| count.as_u64().unwrap() > 0).then_some(())
    });

    assert_eq!(node.stop(), Some(0));
    assert!(!socket.exists());
    assert_eq!(place.items(&["status"])[0]["running"], false, "the folder is free again");
}

#[test]
fn the_desk_opens_with_the_secret_of_this_start_and_not_without() {
    let (sponsor, place) = (Sponsor::start(), Place::new());
    assert_eq!(place.init(&sponsor.invitation()).code, 0);
    let node = place.start();
    let url = node.told["desk"].as_str().unwrap().strip_prefix("http://").unwrap();
    let (host, path) = url.split_once('/').unwrap();
    let page = |path: &str| {
        let mut stream = TcpStream::connect(host).unwrap();
        write!(stream, "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    let opened = page(path);
    assert!(opened.starts_with("HTTP/1.1 303") && opened.contains("cosolvent-desk-"), "{opened}");
    let closed = page("");
    assert!(!closed.contains("Mill Lane Machining"), "{closed}");
    assert_eq!(node.stop(), Some(0));
}

#[test]
fn a_port_in_use_is_named_and_the_folder_stays_free() {
    let (sponsor, place) = (Sponsor::start(), Place::new());
    assert_eq!(place.init(&sponsor.invitation()).code, 0);
    let busy = TcpListener::bind("127.0.0.1:0").unwrap();
    let busy_at = busy.local_addr().unwrap();
    let config = fs::read_to_string(place.data().join("cosolvent.toml")).unwrap();
    for (free, used) in [
        ("/ip4/127.0.0.1/tcp/0".to_string(), format!("/ip4/127.0.0.1/tcp/{}", busy_at.port())),
        ("127.0.0.1:0".to_string(), busy_at.to_string()),
    ] {
        place.configure(&config.replacen(&free, &used, 1));
        let said = place.run(&["--json", "run"]);
        assert_eq!((said.code, said.error().as_str()), (1, "port-in-use"), "{said:?}");
        assert!(said.err.contains(&busy_at.port().to_string()), "{said:?}");
    }
    place.configure(&config);
    assert_eq!(place.start().stop(), Some(0));
}
