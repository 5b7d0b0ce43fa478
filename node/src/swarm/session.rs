//! One neighbour, from the first handshake to the last: who has welcomed whom, and which of two connections counts.
//!
//! ```text
//!               our gate says yes       the door listens
//!   unjudged ───────────────────▶ judged ───────▶ listening ──┐
//!                                                             ├──▶ connected
//!   we say hello ──────── the other side says welcome ────────┘
//! ```
//!
//! The other side hears "welcome" only once our door listens, so whatever it sends afterwards is not refused.
//!
//! Two sides that dial each other at once end with two connections. Both keep the one that the smaller id dialled; two in
//! the same direction mean that the older is dead at the other end, so the newer one counts. Both sides see the same two
//! connections and so choose the same.

use libp2p::{
    PeerId,
    request_response::{OutboundRequestId, ResponseChannel},
    swarm::ConnectionId,
};
use std::time::Instant;

/// What our gate said about the other side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Judged {
    /// Nothing yet, or no.
    Out,
    /// Yes, and the door is being opened.
    In,
    /// Yes, and the door listens.
    Listening,
}

/// The connection to one peer that counts, and how far it has come.
pub(super) struct Session {
    pub(super) connection: ConnectionId,
    pub(super) we_dialled: bool,
    pub(super) since: Instant,
    pub(super) judged: Judged,
    /// What it showed when our gate let it in.
    pub(super) shown: Option<Vec<u8>>,
    /// The other side has welcomed us.
    pub(super) welcomed: bool,
    /// Both are true, and the driver knows.
    pub(super) connected: bool,
    /// Our hello that waits for its answer.
    pub(super) hello: Option<OutboundRequestId>,
    /// Our hello has to be said, for the first time or again.
    pub(super) hello_due: bool,
    pub(super) hellos_said: u32,
    pub(super) hellos_heard: u32,
    /// The other side's hellos that get their welcome when the door listens.
    pub(super) unanswered: Vec<ResponseChannel<Vec<u8>>>,
}

impl Session {
    /// A session that begins now.
    pub(super) fn new(connection: ConnectionId, we_dialled: bool) -> Self {
        Session {
            connection,
            we_dialled,
            since: Instant::now(),
            judged: Judged::Out,
            shown: None,
            welcomed: false,
            connected: false,
            hello: None,
            hello_due: true,
            hellos_said: 0,
            hellos_heard: 0,
            unanswered: Vec::new(),
        }
    }
}

/// Whether a new connection to a peer replaces the one in use.
pub(super) fn newer_counts(me: &PeerId, peer: &PeerId, old_we_dialled: bool, new_we_dialled: bool) -> bool {
    if old_we_dialled == new_we_dialled {
        return true;
    }
    let we_are_smaller = me.to_bytes() < peer.to_bytes();
    new_we_dialled == we_are_smaller
}

/// What stands on the wire of a hello.
pub(super) mod hello {
    use crate::swarm::limits::WELCOME_BYTES_MAX;

    const NOTHING: u8 = 0;
    const ADMISSION: u8 = 1;
    const SORRY: u8 = 0;
    const WELCOME: u8 = 1;

    /// A hello that shows an admission, or says that there is none.
    pub(in crate::swarm) fn say(admission: Option<&[u8]>) -> Vec<u8> {
        match admission {
            None => vec![NOTHING],
            Some(bytes) => [&[ADMISSION], bytes].concat(),
        }
    }

    /// The admission in a hello. The outer `None` means that this is no hello.
    pub(in crate::swarm) fn hear(bytes: &[u8]) -> Option<Option<&[u8]>> {
        match bytes.split_first()? {
            (&NOTHING, []) => Some(None),
            (&ADMISSION, admission) => Some(Some(admission)),
            _ => None,
        }
    }

    /// The answer to a hello that was let in.
    pub(in crate::swarm) fn welcome() -> Vec<u8> {
        vec![WELCOME]
    }

    /// The answer to a hello that was not, with the reason for the people there.
    pub(in crate::swarm) fn sorry(reason: &str) -> Vec<u8> {
        let mut end = reason.len().min(WELCOME_BYTES_MAX - 1);
        while !reason.is_char_boundary(end) {
            end -= 1;
        }
        [&[SORRY], &reason.as_bytes()[..end]].concat()
    }

    /// What an answer says: welcome, or the other side's reason, made safe for a log line.
    pub(in crate::swarm) fn answered(bytes: &[u8]) -> Result<(), String> {
        match bytes.split_first() {
            Some((&WELCOME, [])) => Ok(()),
            Some((&SORRY, reason)) => {
                let reason = String::from_utf8_lossy(reason);
                Err(reason.chars().filter(|c| !c.is_control()).collect())
            }
            _ => Err("an answer that is neither welcome nor refusal".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_keep_the_same_of_two_connections() {
        let (a, b) = (PeerId::random(), PeerId::random());
        for first_dialled_by_a in [true, false] {
            // Each side may notice the two in either order.
            let a_keeps_second = newer_counts(&a, &b, first_dialled_by_a, !first_dialled_by_a);
            let b_keeps_second = newer_counts(&b, &a, !first_dialled_by_a, first_dialled_by_a);
            let b_reversed_keeps_first = newer_counts(&b, &a, first_dialled_by_a, !first_dialled_by_a);
            assert_eq!(a_keeps_second, b_keeps_second);
            assert_ne!(a_keeps_second, b_reversed_keeps_first);
        }
        assert!(newer_counts(&a, &b, true, true) && newer_counts(&b, &a, false, false));
    }

    #[test]
    fn a_hello_says_what_it_shows_and_junk_is_no_hello() {
        assert_eq!(hello::hear(&hello::say(None)), Some(None));
        assert_eq!(hello::hear(&hello::say(Some(b"pass"))), Some(Some(&b"pass"[..])));
        for junk in [&[][..], &[0, 0], &[2], &[255; 40]] {
            assert_eq!(hello::hear(junk), None);
        }
    }

    #[test]
    fn a_refusal_brings_its_reason_cut_to_size_and_harmless() {
        assert_eq!(hello::answered(&hello::welcome()), Ok(()));
        assert_eq!(hello::answered(&hello::sorry("expired\u{1b}[2J")), Err("expired[2J".to_owned()));
        let long = hello::sorry(&"é".repeat(600));
        assert!(long.len() <= crate::swarm::limits::WELCOME_BYTES_MAX);
        assert!(hello::answered(&long).unwrap_err().chars().all(|c| c == 'é'));
        assert!(hello::answered(&[1, 1]).is_err() && hello::answered(&[]).is_err());
    }
}
