//! CBOR diagnostic notation (RFC 8949, 8) for what the protocol uses of CBOR: what a reader of the vectors sees.

use super::hex;
use minicbor::{Decoder, data::Type};

pub fn of(bytes: &[u8]) -> String {
    let mut decoder = Decoder::new(bytes);
    let text = item(&mut decoder);
    assert_eq!(decoder.position(), bytes.len(), "one item and nothing after it");
    text
}

fn item(d: &mut Decoder<'_>) -> String {
    match d.datatype().unwrap() {
        Type::Bool => d.bool().unwrap().to_string(),
        Type::U8 | Type::U16 | Type::U32 | Type::U64 => d.u64().unwrap().to_string(),
        Type::Bytes => format!("h'{}'", hex(d.bytes().unwrap())),
        Type::String => serde_json::to_string(d.str().unwrap()).unwrap(),
        Type::Array => {
            let count = d.array().unwrap().expect("definite lengths only");
            let items: Vec<String> = (0..count).map(|_| item(d)).collect();
            format!("[{}]", items.join(", "))
        }
        Type::Map => {
            let count = d.map().unwrap().expect("definite lengths only");
            let entries: Vec<String> = (0..count).map(|_| format!("{}: {}", item(d), item(d))).collect();
            format!("{{{}}}", entries.join(", "))
        }
        other => panic!("the protocol does not use {other}"),
    }
}
