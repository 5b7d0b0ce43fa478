//! What two neighbours say to each other alone.

use super::world::{World, signer};
use super::{Changed, Specimen, belonging, records, said};
use protocol::admission::{AdmissionAnswer, NotAdmitted};
use protocol::check::{Kind, Record, own};
use protocol::id::{Blob, Hash, HolderKey};
use protocol::parcel::Parcel;
use protocol::pass::Purpose;
use protocol::wire::encode;

pub fn all(world: &World) -> Vec<Specimen> {
    let record = own(Record::Start(records::start(world))).unwrap();
    let holders = vec![HolderKey::of(&signer("pseudonym")), HolderKey::of(&signer("other_pseudonym"))];
    let passes = vec![world.pass(Purpose::Advert, "pseudonym"), world.pass(Purpose::Advert, "other_pseudonym")];
    let (low, high) = (protocol::id::RecordId([1; 32]), protocol::id::RecordId([2; 32]));
    let [adverts, envelopes, log, relays] = [1, 2, 3, 4].map(|n| Hash([n; 32]));
    let roots = Parcel::Roots { adverts, envelopes, log, relays };
    vec![
        specimen("roots", roots),
        specimen("ids", Parcel::Ids { kind: Kind::Log, ids: vec![low, high] }),
        specimen("want", Parcel::Want { ids: vec![high, low] }),
        specimen("bodies", Parcel::Bodies { kind: Kind::Log, frames: vec![Blob(record.frame().to_vec())] }),
        specimen("pass-request", Parcel::PassRequest { epoch: world.epoch(), purpose: Purpose::Advert, holders }),
        specimen("passes", Parcel::Passes { purpose: Purpose::Advert, passes }),
        specimen("session", Parcel::Session { tag: [0x12, 0x34], ciphertext: Blob(vec![0xc0; 616]) }),
        specimen("renewal-request", Parcel::RenewalRequest),
        specimen("renewal", Parcel::Renewal { answer: AdmissionAnswer::Welcome(Box::new(belonging::welcome(world))) }),
        specimen("no-renewal", Parcel::Renewal { answer: AdmissionAnswer::NotAdmitted(NotAdmitted::NotAMember) }),
        specimen("census-parcel", Parcel::Census(Box::new(belonging::signed_census(world)))),
    ]
}

fn specimen(name: &'static str, parcel: Parcel) -> Specimen {
    Specimen::new(name, "Parcel", &parcel, Changed::Differs, |_, bytes| {
        Parcel::from_bytes(bytes).map(|parcel| encode(&parcel)).map_err(said)
    })
}
