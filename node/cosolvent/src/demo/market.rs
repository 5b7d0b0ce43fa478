//! A whole market on this computer: every sponsor and firm of a story as a real node, with its own folder, keys, journal and
//! ports on loopback.
//!
//! Nothing is shared between the nodes but the process: they find and hear each other over TCP and QUIC as they would from
//! different towns. The network is of the kind *demonstration*, which a real node refuses to join (`NET-2`).

use anyhow::{Context, Result, bail};
use bootstrap::config::Config as SponsorConfig;
use bootstrap::folder::Folder;
use bootstrap::{Doors, Setup, Signing, SponsorNode, found_network};
use firm::command::{Answer, Asker, Command};
use firm::register::PersonId;
use node::config::{Config, PassphraseSource};
use node::driver::Clock;
use node::keystore::{Cost, NodeKeys, Password, Secret};
use node::office::{FirmNode, Founding, Newcomer, Office, Premises};
use node::root::RootKeys;
use protocol::charter::Charter;
use protocol::genesis::{Founder, Genesis, NetworkKind, Pace, PassScheme};
use protocol::id::{FirmId, SponsorKey};
use protocol::invitation::Invitation;
use protocol::time::Day;
use simulations::story::{FirmPlan, SponsorPlan, Story};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A guess at a demonstration's password may be cheap: nothing in it is worth guessing. 1 MiB, one pass.
const COST: Cost = Cost { memory_kib: 1_024, passes: 1, lanes: 1 };

/// Everything leaves over three other firms' nodes, as in a real market, but in seconds instead of minutes: a word takes half a cell's
/// time, three delays and the way, about a second. Fourteen cells a second among seven firms hide little from who sees all links;
/// figures hold for the real pace only, and the guide says so.
const PACE: Pace = Pace { cell_ms: 500, delay_ms: 250, travel_ms: 5_000 };

/// How long certificates of the demonstration's people hold, in days.
const CERTIFICATE_DAYS: u32 = 300;

/// A sponsor of the story, running.
pub(super) struct Convener {
    /// Its id in the story.
    pub(super) id: String,
    /// Its node.
    pub(super) node: SponsorNode,
}

/// A firm of the story, running.
pub(super) struct Member {
    /// What the story says of it.
    pub(super) plan: FirmPlan,
    /// Its node.
    pub(super) node: FirmNode,
    /// Its folder.
    pub(super) premises: Premises,
    /// Who it is.
    pub(super) id: FirmId,
    passphrase: Password,
}

/// The market.
pub(super) struct Market {
    /// The story.
    pub(super) story: Story,
    /// Its sponsors.
    pub(super) sponsors: Vec<Convener>,
    /// Its firms.
    pub(super) firms: Vec<Member>,
}

impl Market {
    /// Raises the market of a story in an empty folder.
    pub(super) async fn raise(story: Story, folder: &Path) -> Result<Market> {
        let sponsors = convene(&story, folder).await?;
        let mut market = Market { story, sponsors, firms: Vec::new() };
        for plan in market.story.firms.clone() {
            let member = market.admit(plan, folder).await?;
            market.firms.push(member);
        }
        for member in &market.firms {
            member.wait_for_passes().await?;
        }
        for member in &market.firms {
            member.confide().await?;
        }
        Ok(market)
    }

    /// Stops every node in order and gives back what is needed to read the firms' journals.
    pub(super) async fn close(self) -> Result<Vec<ClosedBooks>> {
        let mut books = Vec::new();
        for member in self.firms {
            member.node.stop().await.with_context(|| format!("stopping {}", member.plan.id))?;
            books.push(ClosedBooks { id: member.plan.id, premises: member.premises, passphrase: member.passphrase });
        }
        for sponsor in self.sponsors {
            sponsor.node.stop().await.with_context(|| format!("stopping {}", sponsor.id))?;
        }
        Ok(books)
    }

    async fn admit(&self, plan: FirmPlan, folder: &Path) -> Result<Member> {
        let sponsor =
            self.sponsors.iter().find(|sponsor| sponsor.id == plan.sponsor).context("a sponsor of the story")?;
        let premises = Premises::at(folder.join(&plan.id)).with_cost(COST);
        let passphrase = Password::new(text_of(&Secret::random()?));
        let founding = Founding { legal_name: plan.legal_name.clone(), contact: plan.contact_card() };
        let root = RootKeys::generate()?;
        let mut node = premises.found(&passphrase, founding, &root).await?;
        let invited = sponsor.node.desk().invite(1, 1).await?;
        let text = invited.into_iter().next().context("an invitation")?.text.0;
        let invitation: Invitation = text.parse()?;
        node.office().join(&invitation, NetworkKind::Demonstration, plan.classes()).await?;
        node.start(&config()).await?;
        let id = node.office().handle().view(|firm| firm.identity.founding.as_ref().map(|one| one.firm)).await?;
        let member = Member { plan, node, premises, id: id.context("a founded firm")?, passphrase };
        member.staff().await?;
        Ok(member)
    }
}

impl Member {
    /// The way to the firm and its people.
    pub(super) fn office(&self) -> &Office {
        self.node.office()
    }

    /// The password of every person of the demonstration: the short name, so that a visitor can sign in as anybody.
    pub(super) fn password(person: &PersonId) -> Password {
        Password::new(format!("demo-{person}"))
    }

    async fn staff(&self) -> Result<()> {
        let expires = Day(self.office().now().day().0 + CERTIFICATE_DAYS);
        let people = self.plan.people.iter().map(|person| {
            let (id, name, roles) = (person.id.clone(), person.name.clone(), person.roles.clone());
            (Newcomer { id, name, roles, expires }, Member::password(&person.id))
        });
        done(self.office().ask(Asker::Operator, Command::Govern(Box::new(self.plan.policy()))).await?)?;
        done(self.office().enrol_all(people.collect()).await?)
    }

    /// Enters what the firm has and needs, and when it is free.
    async fn confide(&self) -> Result<()> {
        let (office, start) = (self.office(), self.office().now());
        if let Some(hours) = &self.plan.hours {
            done(office.ask(Asker::Operator, Command::SetSiteHours(Box::new(hours.clone()))).await?)?;
        }
        for item in &self.plan.items {
            let confided = office.ask(Asker::Operator, Command::Confide(Box::new(item.draft(start)))).await?;
            let id = if let Answer::Confided(id) = confided { id } else { return done(confided) };
            if let Some(timetable) = self.plan.timetable(item, start) {
                let command = Command::SetTimetable { item: id, timetable: Box::new(timetable), over: 0 };
                done(office.ask(Asker::Operator, command).await?)?;
            }
        }
        Ok(())
    }

    async fn wait_for_passes(&self) -> Result<()> {
        let mut changes = self.office().changes();
        let stocked = async {
            loop {
                let now = self.office().now();
                let view =
                    self.office().handle().view(move |firm| firm.view(&[], &firm::view::Query::Status, now)).await?;
                match view {
                    firm::view::View::Status(status) if status.passes.iter().all(|count| *count > 0) => return Ok(()),
                    _ => changes.changed().await?,
                }
            }
        };
        let waited = tokio::time::timeout(Duration::from_secs(60), stocked).await;
        waited.with_context(|| format!("{} got no passes from its sponsor within a minute", self.plan.id))?
    }
}

/// What is left of a stopped firm: enough to read its journal.
pub(super) struct ClosedBooks {
    /// Its id in the story.
    pub(super) id: String,
    premises: Premises,
    passphrase: Password,
}

impl ClosedBooks {
    /// Every record, in order.
    pub(super) fn read(&self) -> Result<Vec<firm::record::Record>> {
        let keys = self.premises.keystore().open_node(&self.passphrase)?;
        Ok(node::journal::Journal::open(&self.premises.journal(), &keys.journal)?.1)
    }
}

/// Sponsors first open their doors, so that each can tell its members where the others are.
async fn convene(story: &Story, folder: &Path) -> Result<Vec<Convener>> {
    let mut keys = Vec::new();
    for _ in &story.sponsors {
        keys.push(NodeKeys::generate()?);
    }
    let founder = |(plan, keys): (&SponsorPlan, &NodeKeys)| Founder { key: sponsor_key(keys), name: plan.name.clone() };
    let founders: Vec<Founder> = story.sponsors.iter().zip(&keys).map(founder).collect();
    let genesis =
        found_network(story.network.clone(), NetworkKind::Demonstration, PassScheme::Blind, Some(PACE), &founders)?;
    let mut doors = Vec::new();
    for (plan, keys) in story.sponsors.iter().zip(keys) {
        let setup = setup(plan, keys, &genesis, folder.join(&plan.id))?;
        doors.push((plan.id.clone(), Doors::open(setup).await?));
    }
    let points: Vec<String> = doors.iter().filter_map(|(_, doors)| doors.meeting_point()).collect();
    let mut sponsors = Vec::new();
    for (id, doors) in doors {
        sponsors.push(Convener { id, node: doors.convene(&points).await? });
    }
    Ok(sponsors)
}

fn setup(plan: &SponsorPlan, keys: NodeKeys, genesis: &Genesis, data: PathBuf) -> Result<Setup> {
    Folder::at(&data).lay_out(&keys.journal)?;
    let charter = Charter {
        network: genesis.id(),
        sponsor: sponsor_key(&keys),
        version: 1,
        name: plan.market.clone(),
        languages: plan.languages.clone(),
        instruments: plan.instruments.clone(),
        purpose: plan.purpose.clone(),
    };
    let census = plan.rows();
    let config = SponsorConfig::new(&LISTEN.map(String::from), &[], &[])?;
    let (genesis, signing, clock) = (genesis.clone(), Signing::Within, Clock::system());
    Ok(Setup { data, keys, genesis, charter, census, config, signing, clock })
}

/// Loopback only, on free ports.
const LISTEN: [&str; 2] = ["/ip4/127.0.0.1/tcp/0", "/ip4/127.0.0.1/udp/0/quic-v1"];

fn config() -> Config {
    Config {
        kind: NetworkKind::Demonstration,
        listen: LISTEN.iter().filter_map(|address| address.parse().ok()).collect(),
        meeting_points: Vec::new(),
        desk: ([127, 0, 0, 1], 0).into(),
        host_names: Vec::new(),
        passphrase: PassphraseSource::Prompt,
    }
}

fn sponsor_key(keys: &NodeKeys) -> SponsorKey {
    SponsorKey::of(&ed25519_dalek::SigningKey::from_bytes(keys.operating.expose()))
}

fn text_of(secret: &Secret) -> String {
    secret.expose().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn done(answer: Answer) -> Result<()> {
    match answer {
        Answer::Refused(refusal) => bail!(refusal),
        _ => Ok(()),
    }
}
