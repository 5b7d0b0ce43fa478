//! Asks and replies that feel for more than may be asked, or answer what nobody asked.

use crate::specimens::words::{ask, reply};
use proptest::prelude::*;
use protocol::dialogue::{Ask, Entry, Fact, Field, Message, Replied, Reply, Value};
use protocol::id::QuestionCode;
use protocol::limits::{PLAINTEXT_CLASSES_BYTES, QUESTIONS_PER_ASK_MAX};
use protocol::text::ShortText;
use protocol::wire::encode;

fn is_read(message: &Message) -> bool {
    Message::from_bytes(&encode(message)).is_ok()
}

fn replying(fact: Fact) -> Message {
    Message::Reply(Reply(vec![Replied { question: QuestionCode([1; 8]), fact: Some(fact) }]))
}

#[test]
fn an_ask_is_a_few_different_codes_and_never_words() {
    // TLK-1
    let codes = |codes: Vec<u8>| Message::Ask(Ask(codes.into_iter().map(|n| QuestionCode([n; 8])).collect()));
    assert!(is_read(&Message::Ask(ask())) && is_read(&codes(vec![7])));
    assert!(!is_read(&codes(vec![])), "nothing is asked");
    assert!(!is_read(&codes((0..=QUESTIONS_PER_ASK_MAX as u8).collect())), "too much at once");
    assert!(!is_read(&codes(vec![1, 2, 1])), "the same twice");
    // [13, [["what do you pay at most?"]]]
    let words = [&[0x82, 0x0d, 0x81, 0x81, 0x78, 24][..], b"what do you pay at most?"].concat();
    assert!(Message::from_bytes(&words).is_err());
}

#[test]
fn a_reply_of_the_longest_texts_fits_one_message() {
    // TLK-2
    let text = Fact::Text(ShortText::new(&"w".repeat(240)).unwrap());
    let all = ask().0.into_iter().map(|question| Replied { question, fact: Some(text.clone()) });
    let longest = Message::Reply(Reply(all.collect()));
    assert!(encode(&longest).len() + 2 <= PLAINTEXT_CLASSES_BYTES[1], "{} bytes", encode(&longest).len());
    assert!(is_read(&longest));
}

#[test]
fn a_reply_answers_one_ask_whole_and_in_order() {
    // TLK-2
    assert!(reply().answers(&ask()));
    let mut turned = reply();
    turned.0.swap(0, 1);
    assert!(!turned.answers(&ask()), "another order");
    let mut short = reply();
    short.0.pop();
    assert!(!short.answers(&ask()), "one is left out without saying so");
    let other = Ask(vec![QuestionCode([9; 8])]);
    assert!(!reply().answers(&other));
}

#[test]
fn no_fact_names_anybody_or_a_place() {
    // TLK-3
    let text = || Value::Text(ShortText::new("1 Example Street").unwrap());
    for field in Field::ALL {
        let about_the_work = matches!(
            field,
            Field::Weeks
                | Field::Hours
                | Field::Materials
                | Field::Tolerance
                | Field::Envelope
                | Field::Credentials
                | Field::Operator
                | Field::Presence
                | Field::Languages
        );
        for value in [text(), Value::Number(1), Value::Flag(true), Value::Materials(vec![])] {
            let read = is_read(&replying(Fact::Entry(Entry { field, value })));
            assert!(about_the_work || !read, "{field} is told in the talk");
        }
    }
    assert!(is_read(&replying(Fact::Entry(Entry { field: Field::Hours, value: Value::Number(45) }))));
    assert!(!is_read(&replying(Fact::Entry(Entry { field: Field::Hours, value: text() }))), "words for a number");
}

proptest! {
    #[test]
    fn what_is_read_of_a_talk_is_few_and_reads_back_as_its_bytes(
        codes in proptest::collection::vec(any::<[u8; 8]>(), 0..9),
        number in any::<u32>(),
        choice in any::<u8>(),
    ) {
        // TLK-1, ENC-2
        let asked = Message::Ask(Ask(codes.iter().copied().map(QuestionCode).collect()));
        let facts = [None, Some(Fact::Number(number)), Some(Fact::Choice(choice))].into_iter().cycle();
        let replied = codes.iter().zip(facts).map(|(code, fact)| Replied { question: QuestionCode(*code), fact });
        for message in [asked, Message::Reply(Reply(replied.collect()))] {
            let bytes = encode(&message);
            let read = Message::from_bytes(&bytes);
            prop_assert_eq!(read.is_ok(), (1..=QUESTIONS_PER_ASK_MAX).contains(&codes.len()));
            if let Ok(read) = read {
                prop_assert_eq!(encode(&read), bytes);
            }
        }
    }
}
