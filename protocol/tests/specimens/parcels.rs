//! What two neighbours say to each other alone.

use super::world::{World, signer};
use super::{Changed, Specimen, belonging, records, said};
use protocol::admission::{AdmissionAnswer, NotAdmitted};
use protocol::catchup::{Claim, Span, begin, go_on};
use protocol::cells::Cell;
use protocol::check::{Kind, Record, own};
use protocol::id::{Blob, HolderKey, PeerKey, RecordId};
use protocol::limits::CELL_BYTES;
use protocol::parcel::Parcel;
use protocol::pass::Purpose;
use protocol::shelf::{Holdings, Partition, Path};
use protocol::wire::encode;

pub fn all(world: &World) -> Vec<Specimen> {
    let record = own(Record::Start(records::start(world))).unwrap();
    let holders = vec![HolderKey::of(&signer("pseudonym")), HolderKey::of(&signer("other_pseudonym"))];
    let passes = vec![world.pass(Purpose::Advert, "pseudonym"), world.pass(Purpose::Advert, "other_pseudonym")];
    let (low, high) = (RecordId([1; 32]), RecordId([2; 32]));
    let mut holdings = Holdings::default();
    let at = Partition::of(&record);
    // Nine ids that begin alike and one that does not: prints, and below them lists.
    let ids = (0..9).map(|last| RecordId([&[0x1a; 31][..], &[last]].concat().try_into().expect("32 bytes")));
    ids.chain([high]).for_each(|id| holdings.insert(at, id));
    let prints = begin(&holdings, &[], world.now);
    let lists = go_on(&holdings, &begin(&Holdings::default(), &holdings.prints(world.now), world.now), world.now);
    let lists = lists.surplus.into_iter().map(|(kind, ids)| Parcel::Offer { kind, ids }).next().expect("ten ids");
    let listed = Span { partition: at, path: Path::default(), claim: Claim::Ids(vec![low, high]) };
    vec![
        specimen("root", Parcel::Root(holdings.root(world.now))),
        specimen("same", Parcel::Same),
        specimen("partitions", Parcel::Partitions(holdings.prints(world.now))),
        specimen("spans", Parcel::Spans(prints.into_iter().chain([listed]).collect())),
        specimen("offer", lists),
        specimen("want", Parcel::Want { kind: Kind::Log, ids: vec![high, low] }),
        specimen("bodies", Parcel::Bodies { kind: Kind::Log, frames: vec![Blob(record.frame().to_vec())] }),
        specimen("pass-request", Parcel::PassRequest { epoch: world.epoch(), purpose: Purpose::Advert, holders }),
        specimen("passes", Parcel::Passes { purpose: Purpose::Advert, passes }),
        specimen("session", Parcel::Session { tag: [0x12, 0x34], ciphertext: Blob(vec![0xc0; 496]) }),
        specimen("renewal-request", Parcel::RenewalRequest),
        specimen("renewal", Parcel::Renewal { answer: AdmissionAnswer::Welcome(Box::new(belonging::welcome(world))) }),
        specimen("no-renewal", Parcel::Renewal { answer: AdmissionAnswer::NotAdmitted(NotAdmitted::NotAMember) }),
        specimen("rebind-request", Parcel::RebindRequest(PeerKey::of(&signer("relay_peer")))),
        specimen("not-rebound", Parcel::Renewal { answer: AdmissionAnswer::NotAdmitted(NotAdmitted::NotRebound) }),
        specimen("cell-parcel", Parcel::Cell(Cell::from_bytes(&[0xce; CELL_BYTES]).expect("4,096 bytes"))),
        specimen("census-parcel", Parcel::Census(Box::new(belonging::signed_census(world)))),
    ]
}

pub fn specimen(name: &'static str, parcel: Parcel) -> Specimen {
    Specimen::new(name, "Parcel", &parcel, Changed::Differs, |_, bytes| {
        Parcel::from_bytes(bytes).map(|parcel| encode(&parcel)).map_err(said)
    })
}
