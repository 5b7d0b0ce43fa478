//! Promises of a sponsor's node, kept over real loopback sockets and real journals.

use crate::{
    Doors, Setup, Signing, SponsorNode, StartError, carrier_name, config::Config, folder::Folder, found_network,
};
use ed25519_dalek::SigningKey;
use libp2p::{Multiaddr, PeerId};
use machine::{Parcel, Peer, WallMs};
use node::{
    carrier::{FromCarrier, ToCarrier},
    driver::Clock,
    keystore::NodeKeys,
    swarm::{Swarm, SwarmConfig, SwarmHandle},
};
use protocol::{
    admission::{AdmissionAnswer, AdmissionRequest, NotAdmitted, Welcome, admits},
    charter::Charter,
    check::Context,
    firm_id::Inception,
    genesis::{Founder, Genesis, NetworkKind, PassScheme},
    id::{Hash, HolderKey, InvitationToken, OperatingKey, RootKey, SponsorKey},
    invitation::Invitation,
    parcel::Parcel as Words,
    pass::{Keyring, Pass, Purpose},
    sign::Signed,
    text::{Name, ShortText},
    time::{DAY_MS, Day, UnixMs},
    vocabulary::{Instrument, Language},
    wire::{decode, encode},
};
use sponsor::{Query, Sponsor, View, view::StatusView};
use std::{
    collections::BTreeSet,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tempfile::TempDir;
use tokio::sync::mpsc;

/// Long enough for a loaded machine; a test that works never waits this long.
const PATIENCE: Duration = Duration::from_secs(60);
const LOOPBACK: &str = "/ip4/127.0.0.1/tcp/0";

fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

fn sponsor_key(keys: &NodeKeys) -> SponsorKey {
    SponsorKey::of(&SigningKey::from_bytes(keys.operating.expose()))
}

/// A network of sponsors on this computer whose clocks the test can move on.
struct Network {
    place: TempDir,
    keys: Vec<NodeKeys>,
    genesis: Genesis,
    later_ms: Arc<AtomicU64>,
}

impl Network {
    fn of(sponsors: usize) -> Network {
        let keys: Vec<_> = (0..sponsors).map(|_| NodeKeys::generate().unwrap()).collect();
        let founder = |(n, keys)| Founder { key: sponsor_key(keys), name: name(&format!("Sponsor {n}")) };
        let founders: Vec<_> = keys.iter().enumerate().map(founder).collect();
        let genesis =
            found_network(name("Test network"), NetworkKind::Demonstration, PassScheme::Plain, None, &founders)
                .unwrap();
        let network = Network { place: tempfile::tempdir().unwrap(), keys, genesis, later_ms: Arc::default() };
        for (n, keys) in network.keys.iter().enumerate() {
            Folder::at(&network.data(n)).lay_out(&keys.journal).unwrap();
        }
        network
    }

    fn data(&self, n: usize) -> std::path::PathBuf {
        self.place.path().join(format!("sponsor-{n}"))
    }

    fn clock(&self) -> Clock {
        let (system, later_ms) = (Clock::system(), self.later_ms.clone());
        Clock::with_wall(move || WallMs(system.now().wall.0 + later_ms.load(Ordering::SeqCst)))
    }

    fn setup(&self, n: usize, others: &[String]) -> Setup {
        let keys = self.keys[n].clone();
        let charter = Charter {
            network: self.genesis.id(),
            sponsor: sponsor_key(&keys),
            version: 1,
            name: name("Test market"),
            languages: vec![Language::English, Language::French],
            instruments: vec![Instrument::CapacityRental],
            purpose: ShortText::new("For tests.").unwrap(),
        };
        let config = Config::new(&[LOOPBACK.to_owned()], &[], others).unwrap();
        Setup {
            data: self.data(n),
            keys,
            genesis: self.genesis.clone(),
            charter,
            census: Vec::new(),
            config,
            signing: Signing::Within,
            clock: self.clock(),
        }
    }

    async fn start(&self, n: usize) -> SponsorNode {
        SponsorNode::start(self.setup(n, &[])).await.unwrap()
    }

    /// Two sponsors that know each other, each telling members of the other.
    async fn start_both(&self) -> (SponsorNode, SponsorNode) {
        let first = Doors::open(self.setup(0, &[])).await.unwrap();
        let at_first = first.meeting_point().unwrap();
        let second = Doors::open(self.setup(1, std::slice::from_ref(&at_first))).await.unwrap();
        let at_second = second.meeting_point().unwrap();
        (first.convene(&[at_second]).await.unwrap(), second.convene(&[]).await.unwrap())
    }
}

/// A firm's carrier without a firm: it can ask, and speak once it is admitted.
struct Client {
    handle: SwarmHandle,
    outbox: mpsc::UnboundedSender<ToCarrier>,
    inbox: mpsc::Receiver<FromCarrier>,
    met: BTreeSet<Peer>,
}

impl Client {
    async fn new(seed: u8, genesis: &Genesis) -> Client {
        let (outbox, orders) = mpsc::unbounded_channel();
        let (reports, inbox) = mpsc::channel(64);
        let config = SwarmConfig {
            transport_key: [seed; 32].into(),
            network: carrier_name(genesis.id()),
            listen: vec![LOOPBACK.parse().unwrap()],
            meeting_points: vec![],
            admission: None,
            gate: Arc::new(|_, _| Ok(())),
            admission_desk: None,
        };
        Client { handle: Swarm::start(config, orders, reports).await.unwrap(), outbox, inbox, met: BTreeSet::new() }
    }

    async fn ask(&self, node: &SponsorNode, request: Vec<u8>) -> AdmissionAnswer {
        let answer = self.handle.way().ask_admission(node.peer(), node.listening(), request).await.unwrap();
        decode(&answer, protocol::admission::ADMISSION_BYTES_MAX).unwrap()
    }

    async fn join(&self, node: &SponsorNode, request: Vec<u8>) -> Welcome {
        match self.ask(node, request).await {
            AdmissionAnswer::Welcome(welcome) => *welcome,
            AdmissionAnswer::NotAdmitted(why) => panic!("not admitted: {why}"),
        }
    }

    async fn refused(&self, node: &SponsorNode, request: Vec<u8>) -> NotAdmitted {
        match self.ask(node, request).await {
            AdmissionAnswer::Welcome(_) => panic!("admitted"),
            AdmissionAnswer::NotAdmitted(why) => why,
        }
    }

    /// Dials a node and waits until both sides have let each other in, unless they have already.
    async fn meet(&mut self, peer: PeerId, addresses: &[Multiaddr]) {
        let peer = Peer(peer.to_bytes());
        let addresses = addresses.iter().map(ToString::to_string).collect();
        self.outbox.send(ToCarrier::Dial(peer.clone(), addresses)).unwrap();
        if !self.met.contains(&peer) {
            self.until(|report| (report == FromCarrier::Connected(peer.clone())).then_some(())).await;
        }
    }

    async fn until<T>(&mut self, mut wanted: impl FnMut(FromCarrier) -> Option<T>) -> T {
        let found = async {
            loop {
                let report = self.inbox.recv().await.expect("the carrier runs");
                if let FromCarrier::Connected(peer) = &report {
                    self.met.insert(peer.clone());
                }
                if let Some(found) = wanted(report) {
                    return found;
                }
            }
        };
        tokio::time::timeout(PATIENCE, found).await.expect("it comes")
    }
}

fn passes_in(report: &FromCarrier) -> Option<Vec<Pass>> {
    let FromCarrier::Received { bytes, .. } = report else { return None };
    match Words::from_bytes(bytes).unwrap() {
        Words::Passes { passes, .. } => Some(passes),
        _ => None,
    }
}

async fn invitation(node: &SponsorNode) -> Invitation {
    let invited = node.desk().invite(14, 1).await.unwrap();
    invited[0].text.0.parse().unwrap()
}

fn request(token: InvitationToken, firm: u8) -> Vec<u8> {
    let [root, operating, next] =
        [1, 2, 3].map(|n| SigningKey::from_bytes(&[firm.wrapping_mul(3).wrapping_add(n); 32]));
    let next_root = Inception::commit_next(&RootKey::of(&next));
    let body = Inception {
        root: RootKey::of(&root),
        operating: OperatingKey::of(&operating),
        next_root,
        position: Hash([firm; 32]),
        day: Day(20_000),
        operating_last: Day(20_365),
    };
    let inception = Signed::new(body, &root);
    encode(&AdmissionRequest { token, legal_name: name(&format!("Firm {firm}")), inception, classes: vec![] })
}

async fn status(node: &SponsorNode) -> StatusView {
    match node.desk().see(Query::Status).await.unwrap() {
        View::Status(status) => status,
        other => panic!("{other:?}"),
    }
}

async fn neighbours(node: &SponsorNode, wanted: usize) {
    let reached = async {
        while status(node).await.neighbours != wanted {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, reached).await.expect("the neighbours come");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_founders_let_each_other_in_although_neither_admitted_the_other() {
    let network = Network::of(2);
    let (first, second) = network.start_both().await;
    neighbours(&first, 1).await;
    neighbours(&second, 1).await;
    second.stop().await.unwrap();
    neighbours(&first, 0).await;
    first.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_with_a_good_invitation_gets_a_welcome_that_holds_together() {
    let network = Network::of(2);
    let (first, second) = network.start_both().await;
    let invitation = invitation(&first).await;
    assert_eq!(invitation.body().peer.0, first.peer().to_bytes());
    assert_eq!(invitation.body().network, network.genesis.id());
    let dialled: Vec<Multiaddr> = invitation.body().addresses.iter().map(|text| text.parse().unwrap()).collect();
    assert_eq!(dialled, first.listening());

    let client = Client::new(9, &network.genesis).await;
    let welcome = client.join(&first, request(invitation.body().token, 9)).await;
    let (sponsor, me) = (invitation.body().sponsor, client.handle.me().to_bytes());
    assert_eq!(welcome.genesis.id(), invitation.body().network);
    welcome.charter.verify(&sponsor).unwrap();
    assert_eq!(welcome.membership.verify(&sponsor).unwrap().legal_name, name("Firm 9"));
    let now = UnixMs(network.clock().now().wall.0);
    admits(Some(&encode(&welcome.admission)), &welcome.genesis, &me, now).unwrap();
    let named = |node: &SponsorNode| welcome.meeting_points.iter().any(|at| at.ends_with(&node.peer().to_string()));
    assert!(named(&first) && named(&second), "{:?}", welcome.meeting_points);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_a_used_and_an_expired_invitation_each_say_which() {
    let network = Network::of(1);
    let node = network.start(0).await;
    let (client, other) = (Client::new(9, &network.genesis).await, Client::new(8, &network.genesis).await);
    let wrong = client.refused(&node, request(InvitationToken([7; 16]), 9)).await;
    assert_eq!(wrong, NotAdmitted::Unknown);
    assert_eq!(client.refused(&node, b"hello".to_vec()).await, NotAdmitted::Malformed);

    let used = invitation(&node).await.body().token;
    client.join(&node, request(used, 9)).await;
    assert_eq!(other.refused(&node, request(used, 8)).await, NotAdmitted::Used);

    let late = invitation(&node).await.body().token;
    network.later_ms.store(15 * DAY_MS, Ordering::SeqCst);
    assert_eq!(other.refused(&node, request(late, 8)).await, NotAdmitted::Expired);
    assert_eq!(status(&node).await.members, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_keeps_members_and_used_invitations() {
    let network = Network::of(1);
    let node = network.start(0).await;
    let (client, other) = (Client::new(9, &network.genesis).await, Client::new(8, &network.genesis).await);
    let (used, open) = (invitation(&node).await.body().token, invitation(&node).await.body().token);
    let welcome = client.join(&node, request(used, 9)).await;
    let before = node.handle().view(Sponsor::digest).await.unwrap();
    node.stop().await.unwrap();

    let node = network.start(0).await;
    assert_eq!(node.handle().view(Sponsor::digest).await.unwrap(), before);
    assert_eq!(other.refused(&node, request(used, 8)).await, NotAdmitted::Used);
    assert_eq!(
        client.join(&node, request(used, 9)).await.membership,
        welcome.membership,
        "an answer lost is given again"
    );
    other.join(&node, request(open, 8)).await;
    let now = status(&node).await;
    assert_eq!((now.members, now.invitations_open), (2, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_peer_that_one_sponsor_admitted_is_let_in_by_the_other_and_has_passes_from_the_first_only() {
    let network = Network::of(2);
    let (first, second) = network.start_both().await;
    let mut client = Client::new(9, &network.genesis).await;
    let welcome = client.join(&first, request(invitation(&first).await.body().token, 9)).await;
    client.handle.way().replace_admission(encode(&welcome.admission)).await;
    client.meet(second.peer(), &second.listening()).await;
    neighbours(&second, 2).await;

    client.meet(first.peer(), &first.listening()).await;
    let epoch = UnixMs(network.clock().now().wall.0).week();
    let holders = vec![HolderKey::of(&SigningKey::from_bytes(&[5; 32]))];
    let bytes = Words::PassRequest { epoch, purpose: Purpose::Advert, holders }.to_bytes();
    let send = |parcel, node: &SponsorNode| ToCarrier::Send {
        to: Peer(node.peer().to_bytes()),
        parcel: Parcel(parcel),
        bytes: bytes.clone(),
    };
    client.outbox.send(send(1, &second)).unwrap();
    client
        .until(|report| {
            assert_eq!(passes_in(&report), None, "only the sponsor that admitted a firm issues its passes");
            (report == FromCarrier::Delivered(Parcel(1))).then_some(())
        })
        .await;
    client.outbox.send(send(2, &first)).unwrap();
    let passes = client.until(|report| passes_in(&report)).await;
    let now = UnixMs(network.clock().now().wall.0);
    let (network, keys) = (&network.genesis, &Keyring::default());
    let context = Context { genesis: network, network: network.id(), keys, now };
    passes[0].issued_in(&context, Purpose::Advert).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_node_on_one_folder_and_a_key_that_founded_nothing_are_refused_in_a_sentence() {
    let network = Network::of(1);
    let node = network.start(0).await;
    let second = SponsorNode::start(network.setup(0, &[])).await.err().unwrap();
    assert!(matches!(second, StartError::Lock(_)), "{second}");
    let stranger = Setup { keys: NodeKeys::generate().unwrap(), ..network.setup(0, &[]) };
    let refused = SponsorNode::start(stranger).await.err().unwrap();
    assert!(refused.to_string().contains("not among the founders"), "{refused}");
    node.stop().await.unwrap();
    assert!(Path::new(&network.data(0)).exists());
    network.start(0).await.stop().await.unwrap();
}

#[tokio::test]
async fn whoever_shows_no_admission_by_a_founder_is_not_let_in() {
    let network = Network::of(1);
    let gate = node::door::gate(&network.genesis, &network.clock());
    let peer = Peer(vec![1; 38]);
    let own = |keys: &NodeKeys| {
        let keys = sponsor::SponsorKeys { operating: SigningKey::from_bytes(keys.operating.expose()) };
        let me = protocol::id::Blob(peer.0.clone());
        crate::door::own_admission(&keys, &network.genesis, &me, UnixMs(network.clock().now().wall.0)).0
    };
    gate(&peer, Some(&own(&network.keys[0]))).unwrap();
    assert!(gate(&peer, None).is_err());
    assert!(gate(&peer, Some(&own(&NodeKeys::generate().unwrap()))).is_err(), "a sponsor of another network");
    assert!(gate(&Peer(vec![2; 38]), Some(&own(&network.keys[0]))).is_err(), "another's admission");
    network.later_ms.store(31 * DAY_MS, Ordering::SeqCst);
    let stale = crate::door::own_admission(
        &sponsor::SponsorKeys { operating: SigningKey::from_bytes(network.keys[0].operating.expose()) },
        &network.genesis,
        &protocol::id::Blob(peer.0.clone()),
        UnixMs(Clock::system().now().wall.0),
    );
    assert!(gate(&peer, Some(&stale.0)).is_err(), "a lapsed one");
}
