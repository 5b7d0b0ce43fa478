//! Who belongs: genesis, charter, invitation, admission, membership, inception, person certificate, pass.

use super::world::{World, signer};
use super::{Changed, Specimen, plain, said};
use protocol::admission::{Admission, AdmissionAnswer, AdmissionRequest, Membership, NotAdmitted, Welcome, admits};
use protocol::census::{Census, Row, SignedCensus, Tuple, check_census};
use protocol::charter::{Charter, SignedCharter};
use protocol::facts::Side;
use protocol::firm_id::{PersonCertificate, SignedInception, SignedPerson};
use protocol::genesis::Genesis;
use protocol::id::{Blob, InvitationToken, PersonKey, SponsorKey};
use protocol::invitation::{Invitation, InvitationBody};
use protocol::money::Money;
use protocol::pass::{Pass, Purpose};
use protocol::place::{Cell, Point};
use protocol::sign::Signed;
use protocol::text::{Name, ShortText};
use protocol::time::{DAY_MS, UnixMs};
use protocol::vocabulary::{
    Credential, EnvelopeBand, Instrument, Language, Material, Process, ResourceClass, Role, ToleranceBand,
};
use protocol::wire::encode;

pub fn all(world: &World) -> Vec<Specimen> {
    let genesis = Specimen::new("genesis", "Genesis", &world.genesis, Changed::Differs, |_, bytes| {
        plain::<Genesis>(bytes).map(|genesis| encode(&genesis))
    });
    let request = AdmissionRequest {
        token: InvitationToken([0x5a; 16]),
        legal_name: Name::new("Example Machining Ltd.").unwrap(),
        inception: world.inception(),
        classes: vec![ResourceClass::MachineWithOperator, ResourceClass::Laboratory],
    };
    let refused = AdmissionAnswer::NotAdmitted(NotAdmitted::Used);
    vec![
        genesis.with("network", world.network.to_string()),
        charter(world),
        invitation(world),
        inception(world),
        person(world),
        Specimen::new("admission-request", "AdmissionRequest", &request, Changed::Differs, |_, bytes| {
            let request: AdmissionRequest = plain(bytes)?;
            request.inception.founds().map_err(said)?;
            Ok(encode(&request))
        }),
        hello(world),
        membership(world),
        welcomed(world),
        Specimen::new("not-admitted", "AdmissionAnswer", &refused, Changed::Differs, answer),
        pass(world),
        census(world),
    ]
}

pub fn answer(world: &World, bytes: &[u8]) -> Result<Vec<u8>, String> {
    let answer: AdmissionAnswer = plain(bytes)?;
    if let AdmissionAnswer::Welcome(welcome) = &answer {
        let sponsor = SponsorKey::of(&signer("sponsor"));
        welcome.charter.verify(&sponsor).map_err(said)?;
        welcome.admission.verify(&sponsor).map_err(said)?;
        welcome.membership.verify(&sponsor).map_err(said)?;
        if welcome.genesis.id() != world.network {
            return Err("another network".to_owned());
        }
    }
    Ok(encode(&answer))
}

pub fn peer() -> Vec<u8> {
    // A libp2p peer id: identity multihash of a protobuf-wrapped Ed25519 key.
    [&[0x00, 0x24, 0x08, 0x01, 0x12, 0x20][..], &[0x77; 32]].concat()
}

fn signed_charter(world: &World) -> SignedCharter {
    let body = Charter {
        network: world.network,
        sponsor: SponsorKey::of(&signer("sponsor")),
        version: 1,
        name: Name::new("Example Market").unwrap(),
        languages: vec![Language::English, Language::French],
        instruments: vec![Instrument::CapacityRental, Instrument::LaboratoryTest],
        purpose: ShortText::new("Idle capability between neighbours.").unwrap(),
    };
    SignedCharter::new(body, &signer("sponsor"))
}

fn charter(world: &World) -> Specimen {
    let charter = signed_charter(world);
    let hash = charter.body.hash().to_string();
    Specimen::new("charter", "Signed<Charter>", &charter, Changed::Refused, |_, bytes| {
        let charter: SignedCharter = plain(bytes)?;
        charter.verify(&SponsorKey::of(&signer("sponsor"))).map_err(said)?;
        Ok(encode(&charter))
    })
    .with("hash", hash)
}

fn invitation(world: &World) -> Specimen {
    let body = InvitationBody {
        network: world.network,
        sponsor: SponsorKey::of(&signer("sponsor")),
        peer: Blob(peer()),
        addresses: vec!["/ip4/192.0.2.7/tcp/4001".to_owned()],
        expires: world.now.plus(14 * DAY_MS),
        token: InvitationToken([0x5a; 16]),
    };
    let text = Invitation::new(body, &signer("sponsor")).to_string();
    Specimen {
        name: "invitation",
        kind: "Invitation",
        bytes: text.into_bytes(),
        read: |_, bytes| {
            let text = std::str::from_utf8(bytes).map_err(said)?;
            text.parse::<Invitation>().map(|invitation| invitation.to_string().into_bytes()).map_err(said)
        },
        changed: Changed::Refused,
        derived: Vec::new(),
    }
}

fn inception(world: &World) -> Specimen {
    let inception = world.inception();
    let firm = inception.founds().unwrap().to_string();
    Specimen::new("inception", "Signed<Inception>", &inception, Changed::Refused, |_, bytes| {
        let inception: SignedInception = plain(bytes)?;
        inception.founds().map_err(said)?;
        Ok(encode(&inception))
    })
    .with("firm", firm)
}

pub fn certificate(world: &World) -> SignedPerson {
    let body = PersonCertificate {
        firm: world.inception().body.firm(),
        person: PersonKey::of(&signer("person")),
        roles: vec![Role::Owner, Role::Signer],
        expires: world.today().plus(200),
        scope: vec![ResourceClass::Machine, ResourceClass::MachineWithOperator],
        limit: Some(Money::cad(5_000)),
    };
    SignedPerson::new(body, &signer("firm_operating"))
}

fn person(world: &World) -> Specimen {
    let certificate = certificate(world);
    Specimen::new("person-certificate", "Signed<PersonCertificate>", &certificate, Changed::Refused, |world, bytes| {
        let certificate: SignedPerson = plain(bytes)?;
        certificate.verify(&world.inception().body.operating).map_err(said)?;
        Ok(encode(&certificate))
    })
}

pub fn signed_admission(world: &World, expires: UnixMs) -> Signed<Admission> {
    let sponsor = SponsorKey::of(&signer("sponsor"));
    let body = Admission { network: world.network, sponsor, peer: Blob(peer()), expires };
    Signed::new(body, &signer("sponsor"))
}

fn hello(world: &World) -> Specimen {
    let admission = signed_admission(world, world.now.plus(30 * DAY_MS));
    Specimen::new("admission", "Signed<Admission>", &admission, Changed::Refused, |world, bytes| {
        admits(Some(bytes), &world.genesis, &peer(), world.now).map_err(said)?;
        plain::<Signed<Admission>>(bytes).map(|admission| encode(&admission))
    })
}

pub fn signed_membership(world: &World) -> Signed<Membership> {
    let body = Membership {
        network: world.network,
        sponsor: SponsorKey::of(&signer("sponsor")),
        firm: world.inception().body.firm(),
        legal_name: Name::new("Example Machining Ltd.").unwrap(),
        since: world.today(),
        expires: world.today().plus(365),
    };
    Signed::new(body, &signer("sponsor"))
}

fn membership(world: &World) -> Specimen {
    Specimen::new("membership", "Signed<Membership>", &signed_membership(world), Changed::Refused, |_, bytes| {
        let membership: Signed<Membership> = plain(bytes)?;
        membership.verify(&SponsorKey::of(&signer("sponsor"))).map_err(said)?;
        Ok(encode(&membership))
    })
}

pub fn welcome(world: &World) -> Welcome {
    Welcome {
        genesis: world.genesis.clone(),
        charter: signed_charter(world),
        admission: signed_admission(world, world.now.plus(30 * DAY_MS)),
        membership: signed_membership(world),
        meeting_points: vec!["/ip4/192.0.2.8/udp/4001/quic-v1".to_owned()],
    }
}

fn welcomed(world: &World) -> Specimen {
    let answer_of = AdmissionAnswer::Welcome(Box::new(welcome(world)));
    Specimen::new("welcome", "AdmissionAnswer", &answer_of, Changed::Differs, answer)
}

pub fn pass(world: &World) -> Specimen {
    let pass = world.pass(Purpose::Advert, "pseudonym");
    Specimen::new("pass", "Pass", &pass, Changed::Refused, |world, bytes| {
        let pass: Pass = plain(bytes)?;
        pass.issued_in(&world.context(), Purpose::Advert).map_err(said)?;
        Ok(encode(&pass))
    })
}

pub fn signed_census(world: &World) -> SignedCensus {
    let cell = Cell::containing(Point { lat_udeg: 43_260_000, lon_udeg: -79_870_000 }).unwrap();
    let tuple = |area, materials: &[Material], credentials: &[Credential]| Tuple {
        side: Side::Offer,
        class: ResourceClass::MachineWithOperator,
        process: Process::FiveAxisMilling,
        materials: materials.to_vec(),
        credentials: credentials.to_vec(),
        tolerance: Some(ToleranceBand::Um10),
        envelope: Some(EnvelopeBand::Mm1000),
        area,
    };
    let row = |tuple, firms| Row { tuple, firms };
    let mut rows = vec![
        row(tuple(None, &[Material::Titanium, Material::Aluminium], &[Credential::As9100]), Some(12)),
        row(tuple(Some(cell), &[Material::Titanium], &[]), None),
        row(tuple(Some(cell.coarser()), &[Material::Titanium], &[]), Some(7)),
    ];
    rows.sort_by_key(|row| encode(&row.tuple));
    let sponsor = SponsorKey::of(&signer("sponsor"));
    let body = Census { network: world.network, sponsor, epoch: world.epoch(), fetched: Some(40), rows };
    SignedCensus::new(body, &signer("sponsor"))
}

fn census(world: &World) -> Specimen {
    Specimen::new("census", "Signed<Census>", &signed_census(world), Changed::Refused, |world, bytes| {
        let census: SignedCensus = plain(bytes)?;
        check_census(&census, &world.genesis, world.network).map_err(said)?;
        Ok(encode(&census))
    })
}
