use super::*;
use crate::{
    config::Config,
    journal::JournalError,
    keystore::{Cost, Password, SealError},
    lock::LockError,
    root::RootKeys,
    swarm::{AdmissionDesk, Swarm, SwarmConfig, SwarmHandle, peer_id},
};
use ed25519_dalek::SigningKey;
use firm::{
    command::{Answer, Asker, Command, ContactCard, Refusal},
    policy::Policy,
    register::PersonId,
    view::{Query, View},
};
use futures::FutureExt as _;
use libp2p::PeerId;
use protocol::{
    admission::{Admission, AdmissionAnswer, AdmissionRequest, Membership, NotAdmitted, Welcome},
    charter::{Charter, SignedCharter},
    genesis::{Founder, Genesis, NetworkKind, PassScheme},
    id::{Blob, Hash, InvitationToken, SponsorKey},
    invitation::{BadInvitation, Invitation, InvitationBody},
    sign::Signed,
    text::{Name, ShortText},
    time::{Day, UnixMs},
    vocabulary::Role,
    wire::{decode, encode},
};
use std::{fs, io::Write as _, sync::Arc};
use tempfile::TempDir;
use tokio::sync::mpsc;
use zeroize::Zeroizing;

const CHEAP: Cost = Cost { memory_kib: 64, passes: 1, lanes: 1 };
const TOKEN: InvitationToken = InvitationToken([4; 16]);

fn password(text: &str) -> Password {
    Password::new(text.into())
}

fn premises(folder: &TempDir) -> Premises {
    Premises::at(folder.path().join("data")).with_cost(CHEAP)
}

fn founding() -> Founding {
    let text = |text| ShortText::new(text).unwrap();
    let contact = ContactCard {
        street: text("1 Mill Lane"),
        mail: text("office@firm.example"),
        phone: text("555 0100"),
        person: text("A. Person"),
    };
    Founding { legal_name: Name::new("Mill Lane Machining").unwrap(), contact }
}

async fn founded(premises: &Premises) -> FirmNode {
    premises.found(&password("boot"), founding(), &RootKeys::generate().unwrap()).await.unwrap()
}

fn loopback(kind: NetworkKind) -> Config {
    Config { kind, listen: vec!["/ip4/127.0.0.1/tcp/0".parse().unwrap()], ..Config::default() }
}

/// A sponsor's front desk: it knows one invitation, and admits whoever shows it.
struct Sponsor {
    key: SigningKey,
    genesis: Genesis,
    peer: PeerId,
    swarm: SwarmHandle,
}

async fn sponsor(kind: NetworkKind) -> Sponsor {
    let key = SigningKey::from_bytes(&[3; 32]);
    let founder = Founder { key: SponsorKey::of(&key), name: Name::new("Valley Association").unwrap() };
    let name = Name::new("Valley market").unwrap();
    let genesis =
        Genesis { name, kind, passes: PassScheme::Plain, founders: vec![founder], salt: Hash([9; 32]), cells: None };
    let desk: AdmissionDesk = {
        let (key, genesis) = (key.clone(), genesis.clone());
        Arc::new(move |peer, bytes| {
            let request: AdmissionRequest = decode(&bytes, 8_192).unwrap();
            let answer = match request.token == TOKEN {
                true => AdmissionAnswer::Welcome(Box::new(welcome(&key, &genesis, &peer.0, &request))),
                false => AdmissionAnswer::NotAdmitted(NotAdmitted::Used),
            };
            async move { encode(&answer) }.boxed()
        })
    };
    let config = SwarmConfig {
        transport_key: Zeroizing::new([8; 32]),
        network: genesis.id().to_string(),
        listen: vec!["/ip4/127.0.0.1/tcp/0".parse().unwrap()],
        meeting_points: Vec::new(),
        admission: None,
        gate: Arc::new(|_, _| Err("members only".into())),
        admission_desk: Some(desk),
    };
    let (to_carrier, outbox) = mpsc::unbounded_channel();
    let (inbox, events) = mpsc::channel(16);
    // The swarm lives as long as its driver's side does.
    std::mem::forget((to_carrier, events));
    let swarm = Swarm::start(config, outbox, inbox).await.unwrap();
    Sponsor { key, genesis, peer: peer_id(&[8; 32]).unwrap(), swarm }
}

fn welcome(key: &SigningKey, genesis: &Genesis, peer: &[u8], request: &AdmissionRequest) -> Welcome {
    let (network, sponsor) = (genesis.id(), SponsorKey::of(key));
    let charter = Charter {
        network,
        sponsor,
        version: 1,
        name: genesis.name.clone(),
        languages: Vec::new(),
        instruments: Vec::new(),
        purpose: ShortText::new("Idle machines find work.").unwrap(),
    };
    let admission = Admission { network, sponsor, peer: Blob(peer.to_vec()), expires: UnixMs(u64::MAX) };
    let membership = Membership {
        network,
        sponsor,
        firm: request.inception.body.firm(),
        legal_name: request.legal_name.clone(),
        since: Day(1),
        expires: Day(u32::MAX),
    };
    Welcome {
        genesis: genesis.clone(),
        charter: SignedCharter::new(charter, key),
        admission: Signed::new(admission, key),
        membership: Signed::new(membership, key),
        meeting_points: Vec::new(),
    }
}

impl Sponsor {
    fn invitation(&self, token: InvitationToken, expires: UnixMs) -> Invitation {
        let body = InvitationBody {
            network: self.genesis.id(),
            sponsor: SponsorKey::of(&self.key),
            peer: Blob(self.peer.to_bytes()),
            addresses: self.swarm.listening().iter().map(ToString::to_string).collect(),
            expires,
            token,
        };
        Invitation::new(body, &self.key)
    }
}

#[tokio::test]
async fn a_firm_comes_back_with_its_passphrase_and_not_without() {
    let folder = tempfile::tempdir().unwrap();
    let premises = premises(&folder);
    assert!(matches!(premises.open(&password("boot")), Err(OpenError::NotFounded { .. })));
    let node = founded(&premises).await;
    let before = node.office().handle().view(firm::Firm::digest).await.unwrap();
    let second = premises.open(&password("boot")).err().unwrap();
    assert!(matches!(second, OpenError::Lock(LockError::Taken { .. })), "{second}");
    node.stop().await.unwrap();

    let wrong = premises.open(&password("guess")).err().unwrap();
    assert!(matches!(wrong, OpenError::Keys(SealError::WrongPassword { .. })), "{wrong}");
    let again = premises.found(&password("boot"), founding(), &RootKeys::generate().unwrap()).await.err().unwrap();
    assert!(matches!(again, OpenError::AlreadyFounded { .. }), "{again}");
    let node = premises.open(&password("boot")).unwrap();
    assert_eq!(node.office().handle().view(firm::Firm::digest).await.unwrap(), before);
    node.stop().await.unwrap();
}

#[tokio::test]
async fn a_damaged_journal_is_one_error_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let premises = premises(&folder);
    founded(&premises).await.stop().await.unwrap();
    let whole = fs::read(premises.journal()).unwrap();
    for at in (0..whole.len()).step_by(20_011) {
        let mut file = fs::File::create(premises.journal()).unwrap();
        file.write_all(&whole[..at]).unwrap();
        file.write_all(&vec![0xa5; whole.len() - at]).unwrap();
        drop(file);
        match premises.open(&password("boot")) {
            Ok(node) => {
                // Pages that hold nothing may be anything.
                let View::Status(status) = node.office().view(None, Query::Status).await.unwrap() else { panic!() };
                assert!(status.firm.is_some(), "byte {at}");
                node.stop().await.unwrap();
            }
            Err(OpenError::Journal(JournalError::InUse { .. })) => panic!("byte {at}: the journal is still open"),
            Err(OpenError::Journal(_)) => {}
            Err(other) => panic!("byte {at}: {other}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_makes_a_member_who_gets_among_neighbours() {
    let folder = tempfile::tempdir().unwrap();
    let premises = premises(&folder);
    let sponsor = sponsor(NetworkKind::Demonstration).await;
    let invitation = sponsor.invitation(TOKEN, UnixMs(u64::MAX));
    let mut node = founded(&premises).await;
    assert!(matches!(node.start(&loopback(NetworkKind::Demonstration)).await, Err(StartError::NotJoined)));
    node.office().join(&invitation, NetworkKind::Demonstration, Vec::new()).await.unwrap();
    let refused = node.start(&loopback(NetworkKind::Real)).await.unwrap_err();
    assert!(matches!(refused, StartError::WrongKind { found: NetworkKind::Demonstration, .. }), "{refused}");
    node.start(&loopback(NetworkKind::Demonstration)).await.unwrap();
    assert_eq!(node.listening().len(), 1);
    let addresses = node.office().handle().view(|firm| firm.identity.addresses.clone()).await.unwrap();
    assert_eq!(addresses, [node.listening()[0].to_string()]);
    node.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_that_does_not_work_says_why_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let premises = premises(&folder);
    let sponsor = sponsor(NetworkKind::Demonstration).await;
    let node = founded(&premises).await;
    let before = node.office().handle().view(firm::Firm::digest).await.unwrap();
    let kind = NetworkKind::Demonstration;

    let used = sponsor.invitation(InvitationToken([5; 16]), UnixMs(u64::MAX));
    let refused = node.office().join(&used, kind, Vec::new()).await.unwrap_err();
    assert!(matches!(refused, JoinError::NotAdmitted(NotAdmitted::Used)), "{refused}");
    let expired = node.office().join(&sponsor.invitation(TOKEN, UnixMs(1)), kind, Vec::new()).await.unwrap_err();
    assert!(matches!(expired, JoinError::Invitation(BadInvitation::Expired)), "{expired}");
    let real = node
        .office()
        .join(&sponsor.invitation(TOKEN, UnixMs(u64::MAX)), NetworkKind::Real, Vec::new())
        .await
        .unwrap_err();
    assert!(matches!(real, JoinError::WrongKind { .. }), "{real}");
    let lost = sponsor.invitation(TOKEN, UnixMs(u64::MAX));
    sponsor.swarm.stop().await;
    let alone = node.office().join(&lost, kind, Vec::new()).await.unwrap_err();
    assert!(matches!(alone, JoinError::Asking(_)) && !alone.may_be_admitted(), "{alone}");
    assert_eq!(node.office().handle().view(firm::Firm::digest).await.unwrap(), before);
    node.stop().await.unwrap();
}

fn newcomer(id: &str, role: Role) -> Newcomer {
    Newcomer {
        id: id.parse().unwrap(),
        name: Name::new("Somebody").unwrap(),
        roles: vec![role],
        expires: Day(u32::MAX),
    }
}

#[tokio::test]
async fn once_a_firm_has_an_owner_nobody_enters_without_an_owners_password() {
    // REG-4
    let folder = tempfile::tempdir().unwrap();
    let node = founded(&premises(&folder)).await;
    let office = node.office();
    let enrol = |id, role, voucher: Option<(&str, &str)>| {
        let voucher = voucher.map(|(id, word)| (id.parse().unwrap(), password(word)));
        office.enrol(newcomer(id, role), password(id), voucher)
    };
    assert_eq!(enrol("asha", Role::Owner, None).await.unwrap(), Answer::Done);
    assert_eq!(enrol("bert", Role::Planner, Some(("asha", "asha"))).await.unwrap(), Answer::Done);
    let refused = enrol("mallory", Role::Owner, None).await.unwrap();
    assert!(matches!(refused, Answer::Refused(Refusal::NeedsVouch { .. })), "{refused:?}");
    let refused = enrol("mallory", Role::Owner, Some(("bert", "bert"))).await.unwrap();
    assert!(matches!(refused, Answer::Refused(Refusal::NeedsVouch { .. })), "{refused:?}");
    let refused = enrol("mallory", Role::Owner, Some(("asha", "a guess"))).await;
    assert!(matches!(refused, Err(PersonError::VouchersPassword(_))), "{refused:?}");
    assert!(matches!(
        office.sign_in(&"mallory".parse().unwrap(), password("mallory")).await,
        Err(PersonError::NotEnrolled)
    ));
    let refused = enrol("oscar", Role::Planner, None).await.unwrap();
    assert!(matches!(refused, Answer::Refused(Refusal::NeedsVouch { .. })), "{refused:?}");
    let vouched = office.enrol(
        newcomer("oscar", Role::Planner),
        password("another"),
        Some(("asha".parse().unwrap(), password("asha"))),
    );
    assert_eq!(vouched.await.unwrap(), Answer::Done, "nobody was given a key in vain, so the password is still free");
    node.stop().await.unwrap();
}

#[tokio::test]
async fn a_person_enters_with_a_password_and_only_that_password_is_the_person() {
    let folder = tempfile::tempdir().unwrap();
    let premises = premises(&folder);
    let node = founded(&premises).await;
    let office = node.office();
    let asha: PersonId = "asha".parse().unwrap();
    let enrol = |role, word| office.enrol(newcomer("asha", role), password(word), None);
    assert_eq!(enrol(Role::Planner, "her own").await.unwrap(), Answer::Done);
    assert!(matches!(enrol(Role::Owner, "another").await, Err(PersonError::WrongPassword)));
    assert_eq!(enrol(Role::Owner, "her own").await.unwrap(), Answer::Done, "roles change, the key stays");
    office.sign_in(&asha, password("her own")).await.unwrap();
    assert!(matches!(office.sign_in(&asha, password("boot")).await, Err(PersonError::WrongPassword)));
    let nobody: PersonId = "nobody".parse().unwrap();
    assert!(matches!(office.sign_in(&nobody, password("her own")).await, Err(PersonError::WrongPassword)));

    let hash = Hash([1; 32]);
    let seen = firm::approvals::Seen { summary: hash, bytes: hash, confirmed: Vec::new() };
    let closed = office
        .decide(
            &asha,
            protocol::id::ApprovalId([1; 16]),
            seen,
            protocol::decision::Verdict::Approve,
            password("her own"),
        )
        .await;
    assert_eq!(closed.unwrap(), Answer::Refused(Refusal::NoSuchApproval));
    let unsigned = office.ask(Asker::Operator, Command::Govern(Box::new(Policy::small_shop()))).await;
    assert_eq!(unsigned.unwrap(), Answer::Refused(Refusal::NeedsOwnersWord));
    let signed = |word| office.govern(&asha, Policy::small_shop(), None, password(word));
    assert!(matches!(signed("boot").await, Err(PersonError::WrongPassword)));
    assert_eq!(signed("her own").await.unwrap(), Answer::Done);
    let seen = office.handle().view(|firm| firm.policy.hash()).await.unwrap();
    assert_eq!(office.govern(&asha, Policy::plant(), Some(seen), password("her own")).await.unwrap(), Answer::Done);
    let late = office.govern(&asha, Policy::plant(), Some(seen), password("her own")).await;
    assert_eq!(late.unwrap(), Answer::Refused(Refusal::OtherPolicy), "it was meant for the version before");
    node.stop().await.unwrap();
}
