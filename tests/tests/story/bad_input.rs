//! What goes wrong at set-up and start: one clear sentence, the right exit code, and nothing lost.

use crate::{
    market::{Market, Sponsor},
    party::Party,
    program::secret,
};
use ed25519_dalek::SigningKey;
use node::keystore::{Keystore, Password};
use protocol::{
    id::InvitationToken,
    invitation::{Invitation, InvitationBody},
    time::UnixMs,
};
use std::{fs, net::TcpListener};

/// The journal's engine keeps its file in pages of this size.
const PAGE_BYTES: usize = 4096;

/// A market whose supplier is a member with one resource, and does not run.
fn a_stopped_member() -> Market {
    let mut market = Market::convene();
    let invitation = market.sponsor("lakeshore").invitation();
    assert_eq!(market.supplier.init(&invitation).code, 0);
    market.supplier.confide();
    market
}

/// The node runs again and knows what it knew.
fn assert_well(party: &mut Party) {
    party.start();
    assert_eq!(party.items(&["resource", "list"]).len(), 1);
    party.stop();
}

/// What people read: one sentence with what to do.
fn assert_one_sentence(party: &Party, words: &[&str], says: &str) {
    let said = party.run_plainly(words);
    let lines: Vec<&str> = said.err.lines().collect();
    assert!(said.code == 1 && lines.len() == 1 && said.out.is_empty(), "{said:?}");
    assert!(lines[0].starts_with("cosolvent: ") && lines[0].contains("; ") && lines[0].contains(says), "{said:?}");
}

#[test]
fn a_wrong_passphrase_opens_nothing_and_harms_nothing() {
    let mut market = a_stopped_member();
    let wrong = market.supplier.beside("wrong");
    secret(&wrong, "a guess");
    let words = ["run", "--passphrase-file", wrong.to_str().unwrap()];
    let (exit, code, _) = market.supplier.run(&words).error();
    assert_eq!((exit, code.as_str()), (1, "wrong-passphrase"));
    assert_one_sentence(&market.supplier, &words, "passphrase is wrong");
    assert_well(&mut market.supplier);
}

#[test]
fn a_second_instance_is_refused_by_name_and_the_first_one_goes_on() {
    let mut market = a_stopped_member();
    market.supplier.start();
    assert_eq!(market.supplier.run(&["run"]).error().1, "locked");
    assert_one_sentence(&market.supplier, &["run"], "another cosolvent is running");
    assert_eq!(market.supplier.items(&["status"])[0]["running"], true);
    market.supplier.stop();
    assert_well(&mut market.supplier);
}

#[test]
fn an_unknown_key_of_the_configuration_is_named_with_its_line() {
    let mut market = a_stopped_member();
    market.supplier.configure("metting_points = []\n");
    assert_eq!(market.supplier.run(&["run"]).error().1, "configuration");
    assert_one_sentence(&market.supplier, &["run"], "line 1");
    assert_one_sentence(&market.supplier, &["status"], "`metting_points`");
    market.supplier.configure("");
    assert_well(&mut market.supplier);
}

#[test]
fn a_port_in_use_is_named_for_neighbours_and_for_the_desk() {
    let mut market = a_stopped_member();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    market.supplier.configure(&format!("listen = [\"/ip4/127.0.0.1/tcp/{port}\"]\n"));
    let (exit, code, sentence) = market.supplier.run(&["run"]).error();
    assert_eq!((exit, code.as_str()), (1, "port-in-use"));
    assert!(sentence.contains(&port), "{sentence}");

    market.supplier.configure("");
    let file = market.supplier.folder().join("cosolvent.toml");
    let text = fs::read_to_string(&file).unwrap().replace("\"127.0.0.1:0\"", &format!("\"127.0.0.1:{port}\""));
    fs::write(&file, text).unwrap();
    let (exit, code, sentence) = market.supplier.run(&["run"]).error();
    assert_eq!((exit, code.as_str()), (1, "port-in-use"));
    assert!(sentence.contains(&port), "{sentence}");
    market.supplier.configure("");
    assert_well(&mut market.supplier);
}

#[test]
fn one_changed_byte_of_the_journal_is_noticed_or_was_in_no_use() {
    let mut market = a_stopped_member();
    let party = &market.supplier;
    let known = party.items(&["resource", "list"]);
    let file = party.folder().join("journal.redb");
    let whole = fs::read(&file).unwrap();
    let is_written = |page: &[u8]| page.iter().any(|byte| *byte != 0);
    let pages: Vec<(usize, &[u8])> =
        whole.chunks(PAGE_BYTES).enumerate().filter(|(_, page)| is_written(page)).collect();
    let mut noticed = 0;
    // In each of at most 120 pages that were ever written, one byte that is no empty space.
    let step = pages.len().div_ceil(120);
    for (page, content) in pages.iter().step_by(step) {
        let written: Vec<usize> = (0..content.len()).filter(|at| content[*at] != 0).collect();
        let mut damaged = whole.clone();
        damaged[page * PAGE_BYTES + written[written.len() / 2]] ^= 0x10;
        fs::write(&file, &damaged).unwrap();
        let said = party.run(&["resource", "list"]);
        if said.code == 0 {
            assert_eq!(said.items(), known, "page {page}");
            continue;
        }
        noticed += 1;
        let (exit, code, sentence) = said.error();
        assert!(exit == 1 && code == "damaged-journal", "page {page}: {sentence}");
        assert!(sentence.contains("restore it from your backup"), "{sentence}");
    }
    println!("        {noticed} of {} changed bytes were noticed", pages.len().div_ceil(step));
    assert!(noticed > 0);
    fs::write(&file, whole).unwrap();
    assert_well(&mut market.supplier);
}

#[test]
fn an_invitation_that_does_not_fit_is_told_apart_from_others_and_leaves_no_firm_behind() {
    let mut market = Market::convene();
    let used = market.sponsor("lakeshore").invitation();
    let (late, unknown) = (
        signed(market.sponsor("lakeshore"), |body| body.expires = UnixMs(1)),
        signed(market.sponsor("lakeshore"), |body| body.token = InvitationToken([7; 16])),
    );
    assert_eq!(market.supplier.init(&used).code, 0);
    let letter = if used.ends_with('a') { "b" } else { "a" };
    let changed = format!("{}{letter}", &used[..used.len() - 1]);
    for (invitation, code, says) in [
        (&used, "not-admitted", "used"),
        (&late, "invitation", "expired"),
        (&unknown, "not-admitted", "invitation"),
        (&changed, "invitation", "damaged"),
    ] {
        let (exit, found, sentence) = market.buyer.init(invitation).error();
        assert_eq!((exit, found.as_str()), (1, code), "{sentence}");
        assert!(sentence.contains(says), "{sentence}");
        assert_eq!(market.buyer.run(&["status"]).error().1, "not-set-up");
    }
    let good = market.sponsor("lakeshore").invitation();
    assert_eq!(market.buyer.init(&good).code, 0, "the same folder, a good invitation");
    assert_eq!(market.supplier.init(&good).error().1, "already-set-up");
    market.buyer.start();
    market.buyer.wait_for_passes();
}

/// An invitation of this sponsor that says something else.
fn signed(sponsor: &Sponsor, change: impl Fn(&mut InvitationBody)) -> String {
    let invitation: Invitation = sponsor.invitation().parse().unwrap();
    let mut body = invitation.body().clone();
    change(&mut body);
    let passphrase = fs::read_to_string(sponsor.folder().with_extension("passphrase")).unwrap();
    let keys = Keystore::at(sponsor.folder()).open_node(&Password::new(passphrase.trim().to_owned())).unwrap();
    Invitation::new(body, &SigningKey::from_bytes(keys.operating.expose())).to_string()
}
