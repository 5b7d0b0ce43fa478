//! Every golden record with every defect that canonical form forbids, at every place. The signatures are no help: most of these
//! decode to the very value that was signed.

use crate::specimens::{Specimen, worlds};
use data_encoding::BASE32_NOPAD;
use minicbor::{Decoder, data::Type};

const INVITATION: &str = "cosolvent-invitation-1-";

/// CBOR as a tree.
enum Tree {
    Number(u64),
    Bool(bool),
    Bytes(Vec<u8>),
    Text(String),
    Array(Vec<Tree>),
    Map(Vec<(Tree, Tree)>),
}

/// What canonical form forbids.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Defect {
    /// A number or length that takes more bytes than it needs.
    Wide,
    /// An indefinite length.
    Indefinite,
    /// The first entry of a map again.
    Twice,
    /// The first two entries of a map exchanged.
    OutOfOrder,
    /// A field that nobody defined.
    UnknownField,
    /// `null` for a value, which for a field that may be left out says the same as leaving it out.
    Null,
    /// A tag around a value.
    Tagged,
    /// A length that promises 2^32 elements.
    Promise,
}

const DEFECTS: [Defect; 8] = [
    Defect::Wide,
    Defect::Indefinite,
    Defect::Twice,
    Defect::OutOfOrder,
    Defect::UnknownField,
    Defect::Null,
    Defect::Tagged,
    Defect::Promise,
];

#[test]
fn no_second_form_of_any_record_is_accepted() {
    // ENC-1, ENC-2, ENC-3, CHK-1
    let mut tried = 0;
    let worlds = worlds();
    for (world, specimen) in worlds.iter().flat_map(|(world, of)| of.iter().map(move |specimen| (world, specimen))) {
        let tree = parse(&mut Decoder::new(&cbor_of(specimen)));
        let (whole, places) = write(&tree, None);
        assert_eq!(whole, cbor_of(specimen), "{}: this test writes canonical form", specimen.name);
        for place in 0..places {
            for defect in DEFECTS {
                let (bytes, _) = write(&tree, Some((place, defect)));
                if bytes == whole {
                    continue;
                }
                let read = (specimen.read)(world, &dressed(specimen, &bytes));
                assert!(read.is_err(), "{}: {defect:?} at place {place} is accepted", specimen.name);
                tried += 1;
            }
        }
        for more in [&[0][..], &[0xf6], &whole] {
            let longer = [&whole, more].concat();
            assert!((specimen.read)(world, &dressed(specimen, &longer)).is_err(), "{}: bytes after it", specimen.name);
        }
        for length in 0..whole.len() {
            let read = (specimen.read)(world, &dressed(specimen, &whole[..length]));
            assert!(read.is_err(), "{}: cut to {length} bytes", specimen.name);
        }
    }
    assert!(tried > 4_000, "{tried} defects");
}

fn cbor_of(specimen: &Specimen) -> Vec<u8> {
    if specimen.kind != "Invitation" {
        return specimen.bytes.clone();
    }
    let text = std::str::from_utf8(&specimen.bytes).unwrap().strip_prefix(INVITATION).unwrap();
    BASE32_NOPAD.decode(text.to_ascii_uppercase().as_bytes()).unwrap()
}

fn dressed(specimen: &Specimen, bytes: &[u8]) -> Vec<u8> {
    if specimen.kind != "Invitation" {
        return bytes.to_vec();
    }
    format!("{INVITATION}{}", BASE32_NOPAD.encode(bytes).to_ascii_lowercase()).into_bytes()
}

fn parse(d: &mut Decoder<'_>) -> Tree {
    match d.datatype().unwrap() {
        Type::Bool => Tree::Bool(d.bool().unwrap()),
        Type::U8 | Type::U16 | Type::U32 | Type::U64 => Tree::Number(d.u64().unwrap()),
        Type::Bytes => Tree::Bytes(d.bytes().unwrap().to_vec()),
        Type::String => Tree::Text(d.str().unwrap().to_owned()),
        Type::Array => {
            let count = d.array().unwrap().unwrap();
            Tree::Array((0..count).map(|_| parse(d)).collect())
        }
        Type::Map => {
            let count = d.map().unwrap().unwrap();
            Tree::Map((0..count).map(|_| (parse(d), parse(d))).collect())
        }
        other => panic!("the protocol does not use {other}"),
    }
}

/// The bytes of a tree, with a defect at one place, and how many places it has.
fn write(tree: &Tree, defect: Option<(usize, Defect)>) -> (Vec<u8>, usize) {
    let mut writer = Writer { bytes: Vec::new(), place: 0, defect };
    writer.item(tree);
    (writer.bytes, writer.place)
}

struct Writer {
    bytes: Vec<u8>,
    place: usize,
    defect: Option<(usize, Defect)>,
}

impl Writer {
    fn item(&mut self, tree: &Tree) {
        let here = self.defect.filter(|(place, _)| *place == self.place).map(|(_, defect)| defect);
        self.place += 1;
        match here {
            Some(Defect::Null) => {
                self.bytes.push(0xf6);
                self.skip(tree);
                return;
            }
            Some(Defect::Tagged) => self.bytes.push(0xc1),
            _ => {}
        }
        match tree {
            Tree::Number(n) => self.head(0, *n, here),
            Tree::Bool(yes) => self.bytes.push(0xf4 | u8::from(*yes)),
            Tree::Bytes(bytes) => self.string(2, bytes, here),
            Tree::Text(text) => self.string(3, text.as_bytes(), here),
            Tree::Array(items) => {
                self.head(4, items.len() as u64, here);
                items.iter().for_each(|item| self.item(item));
                self.end(here);
            }
            Tree::Map(entries) => self.map(entries, here),
        }
    }

    fn map(&mut self, entries: &[(Tree, Tree)], here: Option<Defect>) {
        let more = u64::from(matches!(here, Some(Defect::Twice | Defect::UnknownField)));
        self.head(5, entries.len() as u64 + more, here);
        let mut order: Vec<&(Tree, Tree)> = entries.iter().collect();
        match here {
            Some(Defect::OutOfOrder) if order.len() > 1 => order.swap(0, 1),
            Some(Defect::Twice) => order.extend(entries.first()),
            _ => {}
        }
        for (key, value) in order {
            self.item(key);
            self.item(value);
        }
        if here == Some(Defect::UnknownField) {
            self.bytes.extend([0x18, 99, 0]);
        }
        self.end(here);
    }

    fn string(&mut self, major: u8, bytes: &[u8], here: Option<Defect>) {
        if here == Some(Defect::Indefinite) {
            self.bytes.push(major << 5 | 31);
            self.head(major, bytes.len() as u64, None);
            self.bytes.extend(bytes);
            self.bytes.push(0xff);
        } else {
            self.head(major, bytes.len() as u64, here);
            self.bytes.extend(bytes);
        }
    }

    fn head(&mut self, major: u8, n: u64, here: Option<Defect>) {
        let widths: [(u64, u8, usize); 5] =
            [(23, 0, 0), (0xff, 24, 1), (0xffff, 25, 2), (0xffff_ffff, 26, 4), (u64::MAX, 27, 8)];
        let fits = widths.iter().position(|(max, _, _)| n <= *max).unwrap();
        let (n, at) = match here {
            Some(Defect::Wide) => (n, (fits + 1).min(4)),
            Some(Defect::Promise) if major >= 2 => (1 << 32, 4),
            Some(Defect::Indefinite) if major >= 4 => {
                self.bytes.push(major << 5 | 31);
                return;
            }
            _ => (n, fits),
        };
        let (_, info, width) = widths[at];
        self.bytes.push(major << 5 | if width == 0 { u8::try_from(n).unwrap() } else { info });
        self.bytes.extend(&n.to_be_bytes()[8 - width..]);
    }

    fn end(&mut self, here: Option<Defect>) {
        if here == Some(Defect::Indefinite) {
            self.bytes.push(0xff);
        }
    }

    /// Counts the places inside what is not written, so that places keep their numbers.
    fn skip(&mut self, tree: &Tree) {
        self.place += write(tree, None).1 - 1;
    }
}
