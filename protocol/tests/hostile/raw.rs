//! Bytes without sense.

use crate::decoders;
use crate::specimens::world::World;
use crate::specimens::{self, Specimen};
use proptest::prelude::*;
use std::sync::OnceLock;

/// What any decoder may allocate for itself, in bytes, whatever it is shown: error texts, Noise states, one frame.
const OWN_BYTES_MAX: u64 = 64 * 1_024;

/// What a decoder may allocate for each byte that it is shown, in bytes: the value, its encoding for the comparison, and room
/// that a growing vector keeps. A value's largest form on the wire to memory ratio is that of an empty frame in `Bodies`
/// (one byte, 24 in memory), and a growing vector holds it twice over.
const BYTES_PER_BYTE_MAX: u64 = 128;

/// Shows `bytes` to every decoder: none panics, none allocates beyond reason, and what is accepted is canonical.
pub(crate) fn shown(world: &World, bytes: &[u8]) {
    for (what, read) in decoders::ALL {
        let mut result = Err(String::new());
        let used = allocation_counter::measure(|| result = read(world, bytes)).bytes_max;
        let allowed = OWN_BYTES_MAX + BYTES_PER_BYTE_MAX * bytes.len() as u64;
        assert!(used <= allowed, "{what}: {used} bytes allocated for {} bytes", bytes.len());
        match result {
            Ok(again) => {
                assert!(*what == "a first message" || again == bytes, "{what}: accepted, and not as it stands")
            }
            Err(why) => assert!(!why.is_empty(), "{what}: a refusal has a reason"),
        }
    }
}

/// CBOR heads and small payloads in any order: gets further into decoders than plain bytes do.
fn cbor_without_sense() -> impl Strategy<Value = Vec<u8>> {
    let item = prop_oneof![
        (0_u8..=7, 0_u8..=31).prop_map(|(major, info)| vec![major << 5 | info]),
        (0_u8..8).prop_map(|count| vec![0xa0 | count]),
        (0_u8..8).prop_map(|count| vec![0x80 | count]),
        (0_u8..16).prop_map(|key| vec![key]),
        Just([vec![0x58, 32], vec![7; 32]].concat()),
        Just([vec![0x58, 64], vec![7; 64]].concat()),
        Just(vec![0x9b, 0, 0, 0, 1, 0, 0, 0, 0]),
        Just(vec![0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
        any::<u16>().prop_map(|n| [vec![0x19], n.to_be_bytes().to_vec()].concat()),
    ];
    proptest::collection::vec(item, 0..40).prop_map(|items| items.concat())
}

/// Both worlds, made once.
fn worlds() -> &'static [(World, Vec<Specimen>); 2] {
    static WORLDS: OnceLock<[(World, Vec<Specimen>); 2]> = OnceLock::new();
    WORLDS.get_or_init(specimens::worlds)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn bytes_without_sense_are_refused_everywhere(bytes in proptest::collection::vec(any::<u8>(), 0..3_500)) {
        shown(&World::new(), &bytes);
    }

    #[test]
    fn cbor_without_sense_is_refused_everywhere(bytes in cbor_without_sense()) {
        let world = World::new();
        shown(&world, &bytes);
        if let Some(framed) = protocol::frame::frame(&bytes) {
            shown(&world, &framed);
        }
    }

    #[test]
    fn true_records_with_changed_stretches_are_refused_or_read_as_they_stand(
        which in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        cut in 0_usize..40,
        put in proptest::collection::vec(any::<u8>(), 0..40),
    ) {
        let specimens: Vec<(&World, &Specimen)> =
            worlds().iter().flat_map(|(world, of)| of.iter().map(move |specimen| (world, specimen))).collect();
        let (world, specimen) = *which.get(&specimens);
        let mut bytes = specimen.bytes.clone();
        let at = at.index(bytes.len());
        let end = (at + cut).min(bytes.len());
        bytes.splice(at..end, put);
        shown(world, &bytes);
        if let Some(framed) = protocol::frame::frame(&bytes) {
            shown(world, &framed);
        }
    }
}

#[test]
fn a_short_text_that_promises_gigabytes_costs_nothing() {
    // ENC-1
    let world = World::new();
    for head in [0x5b, 0x7b, 0x9b, 0xbb] {
        for claim in [1_u64 << 32, 1 << 40, u64::MAX] {
            let claim = [&[head][..], &claim.to_be_bytes()].concat();
            shown(&world, &claim);
            // The same within a list of frames, of passes, and of ids that are offered or wanted.
            for kind in [3, 5, 10, 11] {
                shown(&world, &[&[0x82, kind, 0x82, 0x00][..], &claim].concat());
            }
            // Of partitions, and of spans.
            for kind in [8, 9] {
                shown(&world, &[&[0x82, kind, 0x81][..], &claim].concat());
            }
        }
    }
}

#[test]
fn lists_beyond_their_limit_are_refused() {
    // FRM-1, SYN-5
    use protocol::admission::{AdmissionAnswer, Welcome};
    use protocol::catchup::{Claim, Span};
    use protocol::id::{Blob, HolderKey, Print, RecordId};
    use protocol::shelf::{Partition, Path};
    use protocol::{check::Kind, parcel::Parcel, pass::Purpose, wire::Malformed};
    let id = |n: u32| RecordId([[0; 28].as_slice(), &n.to_be_bytes()].concat().try_into().unwrap());
    let welcome = specimens::belonging::welcome(&World::new());
    let roomy = Welcome { meeting_points: vec!["/ip4/192.0.2.8/udp/4001/quic-v1".to_owned(); 300], ..welcome };
    let at = |period| Partition { kind: Kind::Log, period };
    let span = |claim| Span { partition: at(1), path: Path::default(), claim };
    let too_long = [
        Parcel::Offer { kind: Kind::Log, ids: (0..4_097).map(id).collect() },
        Parcel::Want { kind: Kind::Log, ids: (0..129).map(id).collect() },
        Parcel::Partitions((0..2_081).rev().map(|period| (at(period), Print([1; 16]))).collect()),
        Parcel::Spans(vec![span(Claim::Ids((0..4_097).map(id).collect()))]),
        Parcel::Spans(vec![span(Claim::Ids(Vec::new())); 1_025]),
        Parcel::Spans(vec![span(Claim::Ids((0..2_049).map(id).collect())); 2]),
        Parcel::Bodies { kind: Kind::Log, frames: vec![Blob(Vec::new()); 129] },
        Parcel::PassRequest {
            epoch: World::new().epoch(),
            purpose: Purpose::Log,
            holders: vec![HolderKey([0; 32]); 65],
        },
        Parcel::Renewal { answer: AdmissionAnswer::Welcome(Box::new(roomy)) },
    ];
    for parcel in too_long {
        assert_eq!(Parcel::from_bytes(&parcel.to_bytes()), Err(Malformed::TooLong));
    }
    let upside_down = [
        Parcel::Spans(vec![span(Claim::Ids(vec![id(2), id(1)]))]),
        Parcel::Partitions(vec![(at(1), Print([1; 16])), (at(2), Print([1; 16]))]),
    ];
    for parcel in upside_down {
        assert!(Parcel::from_bytes(&parcel.to_bytes()).is_err());
    }
    // Digits beyond fifteen, more digits than tell ids apart, and fifteen prints.
    let one = Parcel::Spans(vec![span(Claim::Prints([Print([1; 16]); 16]))]).to_bytes();
    assert!(Parcel::from_bytes(&one).is_ok());
    let head = [0x82, 14, 0x81, 0x81, 0x83, 0x82, 2, 1];
    let tail = [0x82, 1, 0x81, 0x80];
    let with_path = |path: &[u8]| [&head[..], path, &tail].concat();
    assert!(Parcel::from_bytes(&with_path(&[0x41, 15])).is_ok());
    assert!(Parcel::from_bytes(&with_path(&[0x41, 16])).is_err());
    assert!(Parcel::from_bytes(&with_path(&[&[0x58, 63][..], &[0; 63]].concat())).is_ok());
    assert!(Parcel::from_bytes(&with_path(&[&[0x58, 64][..], &[0; 64]].concat())).is_err());
    // Retired numbers.
    for number in 0..3 {
        assert!(Parcel::from_bytes(&[0x82, number, 0x80]).is_err());
    }
    assert_eq!(Parcel::from_bytes(&vec![0; 1_000_001]), Err(Malformed::TooLong));
    assert!(protocol::frame::frame(&[0; 3_399]).is_none());
}
