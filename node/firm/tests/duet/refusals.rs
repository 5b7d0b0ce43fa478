//! What does not count: another entry as a counterpart's start, weeks that are over, an item that was withdrawn.

use super::{BUYER, Duet, SUPPLIER, go_on_to_sign, item, up_to_answer};
use firm::command::{Answer, Command, Refusal};
use firm::profile::{BadItem, Mode};
use machine::{Delivery, Input};
use protocol::decision::Verdict;
use protocol::dialogue::{Message, Step};
use protocol::facts::{Side, Weeks};
use protocol::id::{Blob, RecordId};
use protocol::limits::PLAINTEXT_CLASSES_BYTES;
use protocol::noise::pad;
use protocol::parcel::Parcel;
use protocol::time::UnixMs;
use protocol::wire::encode;

/// Has the supplier hear from the buyer that its start is `start`, which the buyer's own program would say of its own alone.
fn claim_start(duet: &mut Duet, start: RecordId) {
    let deal = duet.sides[BUYER].firm.deals.all().next().unwrap();
    let (channel, sequence) = (deal.channel.as_ref().unwrap(), deal.next_out());
    let plaintext = pad(&encode(&Message::Started(start)), &PLAINTEXT_CLASSES_BYTES).unwrap();
    let ciphertext = Blob(channel.seal(sequence, &plaintext).unwrap());
    let tag = deal.opening.tag_key().tag(deal.position, sequence).0;
    let bytes = Parcel::Session { tag, ciphertext }.to_bytes();
    let from = duet.sides[BUYER].peer.clone();
    duet.input(SUPPLIER, Input::Received { from, delivery: Delivery(0), bytes });
}

#[test]
fn no_other_entry_passes_for_the_counterparts_start() {
    let mut duet = up_to_answer();
    go_on_to_sign(&mut duet);
    assert_eq!(duet.decide(SUPPLIER, Step::Start, Verdict::Approve), Answer::Decided);
    let own = duet.sides[SUPPLIER].firm.deals.all().next().unwrap().ours.start.unwrap();
    claim_start(&mut duet, own);
    let deal = duet.sides[SUPPLIER].firm.deals.all().next().unwrap();
    assert_eq!(deal.theirs.start, Some(own), "the claim was heard");
    assert_eq!(deal.reached(), Step::Sign, "and work has not started by it");
}

#[test]
fn a_notice_decided_after_its_last_week_does_not_leave() {
    let mut duet = Duet::new();
    let week = UnixMs(duet.at).week();
    let mut need = item(Side::Need, Mode::Coarse, 43_450_000, -80_490_000);
    need.weeks = Weeks { first: week, last: week };
    assert!(matches!(duet.ask(BUYER, Command::Confide(Box::new(need))), Answer::Confided(_)));
    // Less than the week after which the question lapses.
    duet.at = week.end().0 + 3_600_000;
    let answer = duet.decide(BUYER, Step::Advertise, Verdict::Approve);
    assert_eq!(answer, Answer::Refused(Refusal::Item(BadItem::Weeks)));
    assert!(duet.heard.is_empty(), "nothing was said");
}

#[test]
fn a_withdrawn_item_makes_no_contact() {
    let mut duet = Duet::new();
    let need = item(Side::Need, Mode::Coarse, 43_450_000, -80_490_000);
    let offer = item(Side::Offer, Mode::Silent, 43_260_000, -79_870_000);
    let Answer::Confided(id) = duet.ask(SUPPLIER, Command::Confide(Box::new(offer))) else { panic!("an id") };
    duet.ask(BUYER, Command::Confide(Box::new(need)));
    assert_eq!(duet.decide(BUYER, Step::Advertise, Verdict::Approve), Answer::Decided);
    let (_, advert, _) = duet.sides[SUPPLIER].firm.matches.all().next().unwrap();
    assert_eq!(duet.ask(SUPPLIER, Command::Withdraw(id)), Answer::Done);
    assert_eq!(duet.ask(SUPPLIER, Command::Contact { item: id, advert }), Answer::Refused(Refusal::NoSuchItem));
}
