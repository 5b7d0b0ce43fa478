//! A story staged in a world: sponsors convene, firms found themselves and are admitted, people go to work.
//!
//! Nothing is put into a machine that a real party would not put there: every step of the set-up is a command in virtual
//! time, an admission is a request judged by the sponsor's machine, passes are fetched by the firm's. What has been done is
//! read from the machines, so a step that a crash swallowed is simply done again.
//!
//! ```text
//!   sponsor   ◀ Invite ─ Admit ▶            (the exchange that a real firm makes over the carrier)
//!   firm      ◀ Found ─ Join ─ ListenAt ─ Govern ─ Enrol… ▶   then it is linked   ◀ Confide… ▶
//! ```

mod issuing;
mod keys;
mod staff;

pub use keys::FirmChest;
pub use staff::{Attended, Staff};

use crate::RunSeed;
use crate::canary::Canaries;
use crate::checkers::Known;
use crate::party::{Answer, Command, Party, judge};
use crate::story::{FirmPlan, SponsorPlan, Story};
use crate::world::{Graph, NodeId, NodeSpec, Setup, Sharing, VirtualMs, World};
use ed25519_dalek::SigningKey;
use firm::Firm;
use firm::command::{Asker, Command as FirmCommand};
use firm::policy::{Policy, Says, Word};
use firm::register::{Entrant, Vouch};
use issuing::Keys;
use machine::{Ask, Peer};
use protocol::admission::{ADMISSION_BYTES_MAX, AdmissionAnswer, AdmissionRequest, Welcome};
use protocol::charter::Charter;
use protocol::decision::Decision;
use protocol::genesis::{Founder, Genesis, NetworkKind, Pace, PassScheme};
use protocol::id::{Blob, Hash, ItemId, PersonKey, SponsorKey};
use protocol::invitation::Invitation;
use protocol::time::{DAY_MS, Day, UnixMs};
use protocol::vocabulary::Role;
use protocol::wire::{decode, encode};
use sponsor::{Misfounded, Sponsor, SponsorKeys};
use std::rc::Rc;
use std::sync::Arc;

/// A command of the set-up that got no answer in this many virtual milliseconds is looked at again.
const PATIENCE_MS: u64 = 60_000;

/// So often a step of the set-up is tried before the stage gives up: an hour of crashes.
const TRIES_MAX: u32 = 60;

/// A person's certificate and the stage's invitations hold this long, in days.
const CERTIFICATE_DAYS: u32 = 300;
const INVITATION_MS: u64 = 30 * DAY_MS;

/// Why a story cannot be staged.
#[derive(Debug, thiserror::Error)]
pub enum Unstaged {
    /// A sponsor does not hold together.
    #[error("sponsor {sponsor:?} cannot convene: {why}")]
    Misfounded {
        /// Whose.
        sponsor: String,
        /// Why.
        why: Misfounded,
    },
    /// A party refused a step of the set-up, or never did it.
    #[error("{party} did not get through its set-up at {step}: {why}")]
    Stuck {
        /// Whose.
        party: String,
        /// Which step.
        step: &'static str,
        /// What it said.
        why: String,
    },
}

/// A story in its world.
pub struct Stage {
    /// The world. Its first nodes are the story's sponsors, then its firms, in the story's order.
    pub world: World<Party>,
    /// The story.
    pub story: Rc<Story>,
    /// Where somebody real decides instead of the story's people.
    pub attended: Attended,
    chests: Vec<FirmChest>,
    start: UnixMs,
}

impl Stage {
    /// Brings the parties of a story into a new world, whose passes are of this scheme and whose records are published directly. Nothing
    /// has happened yet.
    pub fn new(story: Story, passes: PassScheme, setup: Setup) -> Result<Stage, Unstaged> {
        Stage::at_pace(story, passes, setup, None)
    }

    /// The same in a network whose records leave in cells at a pace, if one is given (`NET-4`).
    pub fn at_pace(story: Story, passes: PassScheme, setup: Setup, cells: Option<Pace>) -> Result<Stage, Unstaged> {
        let story = Rc::new(story);
        let attended = Attended::default();
        let mut world = World::new(setup, Sharing::OnEqualGround, Box::new(judge));
        let genesis = Genesis { cells, ..genesis(&story, passes, setup.seed) };
        for (number, plan) in story.sponsors.iter().enumerate() {
            world.add(sponsor_node(setup.seed, number as u64, plan, &genesis)?);
        }
        // A week before anything happens, so that no clock of the story is too slow for it.
        let founded = Day(UnixMs(setup.start.0).day().0.saturating_sub(7));
        let seeded =
            |(number, firm): (usize, &FirmPlan)| FirmChest::draw(setup.seed, number as u64, firm.people.len(), founded);
        let chests: Vec<FirmChest> = story.firms.iter().enumerate().map(seeded).collect();
        for (number, plan) in story.firms.iter().enumerate() {
            let keys = chests[number].node.clone();
            let mut spec = NodeSpec::new(&plan.id, move || Party::Firm(Box::new(Firm::new(keys.clone()))));
            spec.peer = Some(Peer(chests[number].peer().to_peer_id()));
            let staff = Staff::new(story.clone(), number, chests[number].people.clone(), attended.clone());
            spec.people = Some(Box::new(staff));
            world.add(spec);
        }
        Ok(Stage { world, story, attended, chests, start: UnixMs(setup.start.0) })
    }

    /// The node of a sponsor or firm.
    pub fn node(&self, id: &str) -> Option<NodeId> {
        self.story.position(id).map(|position| NodeId(position as u32))
    }

    /// The node of the firm at this position of the story.
    pub fn firm_node(&self, number: usize) -> NodeId {
        NodeId((self.story.sponsors.len() + number) as u32)
    }

    /// The firm with this id; `None` while its node is down.
    pub fn firm(&self, id: &str) -> Option<&Firm> {
        self.world.machine(self.node(id)?)?.firm()
    }

    /// Every planted string of the story, firm ids included.
    pub fn canaries(&self) -> Canaries {
        let mut canaries = Canaries::of(&self.story);
        for (plan, chest) in self.story.firms.iter().zip(&self.chests) {
            canaries.plant_id(&plan.id, chest.firm_id());
        }
        canaries
    }

    /// The nodes by id, with their sponsors, in the world's order.
    pub fn known(&self) -> Vec<Known> {
        let sponsors = self.story.sponsors.iter().map(|sponsor| Known { id: sponsor.id.clone(), sponsor: None });
        let firms = self.story.firms.iter();
        sponsors.chain(firms.map(|firm| Known { id: firm.id.clone(), sponsor: Some(firm.sponsor.clone()) })).collect()
    }

    /// The keys of a firm.
    pub fn chest(&self, number: usize) -> &FirmChest {
        &self.chests[number]
    }

    /// Admits every firm, links everybody, and lets every firm enter what it has and needs.
    pub fn set_up(&mut self, graph: Graph) -> Result<(), Unstaged> {
        for number in 0..self.story.firms.len() {
            self.found(number)?;
        }
        self.world.connect_all(graph);
        for number in 0..self.story.firms.len() {
            // A firm that is linked with others still fetches its passes from its own sponsor.
            self.world.connect(self.firm_node(number), self.sponsor_of(number));
        }
        for number in 0..self.story.firms.len() {
            self.confide(number)?;
        }
        Ok(())
    }

    fn sponsor_of(&self, number: usize) -> NodeId {
        let named = &self.story.firms[number].sponsor;
        let position = self.story.sponsors.iter().position(|sponsor| sponsor.id == *named);
        NodeId(position.unwrap_or_default() as u32)
    }

    fn found(&mut self, number: usize) -> Result<(), Unstaged> {
        let node = self.firm_node(number);
        for _ in 0..TRIES_MAX {
            self.await_up(node);
            let Some(firm) = self.world.machine(node).and_then(Party::firm) else { continue };
            let story = self.story.clone();
            let plan = &story.firms[number];
            let unenrolled = plan.people.iter().position(|person| firm.register.person(&person.id).is_none());
            let (step, command) = if firm.identity.founding.is_none() {
                ("found", self.found_command(number))
            } else if firm.identity.network.is_none() {
                let Some(welcome) = self.admission(number)? else { continue };
                let sponsor_peer = Blob(self.world.peer(self.sponsor_of(number)).0.clone());
                ("join", FirmCommand::Join { welcome: Box::new(welcome), sponsor_peer })
            } else if firm.identity.peer.0.is_empty() {
                let peer = Blob(self.world.peer(node).0.clone());
                // Nobody resolves an address here; a relay tells one.
                ("listen", FirmCommand::ListenAt { peer, addresses: vec![format!("/memory/{}", number + 1)] })
            } else if firm.policy.policy().version == 0 {
                ("govern", FirmCommand::Govern(Box::new(plan.policy())))
            } else if let Some(person) = unenrolled {
                ("enrol", self.enrol_command(number, person, firm))
            } else if let Some(policy) = self.worded(number, firm) {
                ("govern", FirmCommand::Govern(Box::new(policy)))
            } else {
                return Ok(());
            };
            self.ask_firm(node, step, command)?;
        }
        Err(self.stuck(node, "set-up", "it crashed again and again".to_owned()))
    }

    /// Enters what a firm has and needs, and when it is free.
    fn confide(&mut self, number: usize) -> Result<(), Unstaged> {
        let (node, story) = (self.firm_node(number), self.story.clone());
        let plan = &story.firms[number];
        if let Some(hours) = &plan.hours {
            let command = || FirmCommand::SetSiteHours(Box::new(hours.clone()));
            self.until(node, "site-hours", |firm| firm.availability.site.is_some(), |_| command())?;
        }
        for item in &plan.items {
            let (draft, timetable) = (item.draft(self.start), plan.timetable(item, self.start));
            let entered =
                |firm: &Firm| firm.profile.live().find(|one| one.draft.title == draft.title).map(|one| one.id);
            let confide = |_: &Firm| FirmCommand::Confide(Box::new(draft.clone()));
            self.until(node, "confide", |firm| entered(firm).is_some(), confide)?;
            let Some(timetable) = timetable.map(Box::new) else { continue };
            let kept = |firm: &Firm| entered(firm).is_some_and(|id| firm.availability.schedule(&id).is_some());
            let open = |firm: &Firm| FirmCommand::SetTimetable {
                item: entered(firm).unwrap_or(ItemId([0; 8])),
                timetable: timetable.clone(),
                over: 0,
            };
            self.until(node, "timetable", kept, open)?;
        }
        Ok(())
    }

    /// Asks a firm until it is done, whatever crashes come between.
    fn until(
        &mut self,
        node: NodeId,
        step: &'static str,
        done: impl Fn(&Firm) -> bool,
        command: impl Fn(&Firm) -> FirmCommand,
    ) -> Result<(), Unstaged> {
        for _ in 0..TRIES_MAX {
            self.await_up(node);
            let Some(firm) = self.world.machine(node).and_then(Party::firm) else { continue };
            if done(firm) {
                return Ok(());
            }
            let command = command(firm);
            self.ask_firm(node, step, command)?;
        }
        Err(self.stuck(node, step, "it crashed again and again".to_owned()))
    }

    fn found_command(&self, number: usize) -> FirmCommand {
        let plan = &self.story.firms[number];
        FirmCommand::Found {
            inception: self.chests[number].inception.clone(),
            legal_name: plan.legal_name.clone(),
            contact: plan.contact_card(),
        }
    }

    /// Once there is an owner, the owner vouches.
    fn enrol_command(&self, number: usize, person: usize, firm: &Firm) -> FirmCommand {
        let plan = &self.story.firms[number].people[person];
        let entrant = Entrant {
            id: plan.id.clone(),
            name: plan.name.clone(),
            key: PersonKey::of(&self.chests[number].people[person]),
            roles: plan.roles.clone(),
            expires: self.start.day().plus(CERTIFICATE_DAYS),
            scope: Vec::new(),
            limit: None,
        };
        let owner = self.owner(number).filter(|_| firm.register.vouching(&plan.id, &plan.roles).is_some());
        let vouch = owner.zip(firm.identity.founding.as_ref());
        let vouch = vouch.map(|(owner, founding)| Vouch::sign(&firm.register, founding.firm, &entrant, owner));
        FirmCommand::Enrol { entrant, vouch }
    }

    /// The key of the first owner of a firm.
    fn owner(&self, number: usize) -> Option<&SigningKey> {
        let owner = self.story.firms[number].people.iter().position(|person| person.roles.contains(&Role::Owner));
        owner.map(|owner| &self.chests[number].people[owner])
    }

    /// The rules in force under an owner's word, where a standing rule needs one (`POL-10`).
    fn worded(&self, number: usize, firm: &Firm) -> Option<Policy> {
        let current = firm.policy.policy();
        let stands = current.rules.iter().any(|rule| matches!(rule.says, Says::Standing { .. }));
        let (owner, founding) = self.owner(number).zip(firm.identity.founding.as_ref())?;
        (stands && current.word.is_none()).then(|| Word::sign(current, current.clone(), founding.firm, owner))
    }

    /// Invites and admits a firm at its sponsor; `None` when a crash came between.
    fn admission(&mut self, number: usize) -> Result<Option<Welcome>, Unstaged> {
        let sponsor = self.sponsor_of(number);
        let (node, plan) = (self.firm_node(number), &self.story.firms[number]);
        let (legal_name, classes) = (plan.legal_name.clone(), plan.classes());
        self.await_up(sponsor);
        let expires = UnixMs(self.world.now(sponsor).wall.0).plus(INVITATION_MS);
        let invited = self.ask(sponsor, Command::Sponsor(sponsor::Command::Invite { expires }));
        let Some(Answer::Sponsor(sponsor::Answer::Invited(text))) = invited else { return Ok(None) };
        let Ok(invitation) = text.0.parse::<Invitation>() else {
            return Err(self.stuck(sponsor, "invite", "its invitation cannot be read".to_owned()));
        };
        let inception = self.chests[number].inception.clone();
        let request = AdmissionRequest { token: invitation.body().token, legal_name, inception, classes };
        let peer = Blob(self.world.peer(node).0.clone());
        let command = sponsor::Command::Admit { peer, request: Blob(encode(&request)) };
        let admitted = self.ask(sponsor, Command::Sponsor(command));
        let Some(Answer::Sponsor(sponsor::Answer::Admission(bytes))) = admitted else { return Ok(None) };
        match decode::<AdmissionAnswer>(&bytes.0, ADMISSION_BYTES_MAX) {
            Ok(AdmissionAnswer::Welcome(welcome)) => Ok(Some(*welcome)),
            Ok(AdmissionAnswer::NotAdmitted(why)) => Err(self.stuck(node, "admission", why.to_string())),
            Err(why) => Err(self.stuck(node, "admission", why.to_string())),
        }
    }

    fn ask_firm(&mut self, node: NodeId, step: &'static str, command: FirmCommand) -> Result<(), Unstaged> {
        match self.ask(node, Command::Firm(command.by(Asker::Operator))) {
            Some(Answer::Firm(firm::command::Answer::Refused(why))) => Err(self.stuck(node, step, why.to_string())),
            _ => Ok(()),
        }
    }

    /// Asks and waits until the answer is durable; `None` when a crash swallowed it, or nobody answers for a minute.
    pub fn ask(&mut self, node: NodeId, command: Command) -> Option<Answer> {
        let ask = self.world.ask(node, command);
        self.answer(node, ask)
    }

    /// Brings a decision and waits, as [`Stage::ask`] does.
    pub fn decide(&mut self, node: NodeId, decision: Decision) -> Option<Answer> {
        let ask = self.world.decide(node, decision);
        self.answer(node, ask)
    }

    fn answer(&mut self, node: NodeId, ask: Ask) -> Option<Answer> {
        let until = self.world.at() + PATIENCE_MS;
        self.world.run_until_seen(until, |world| world.answer_to(node, ask).is_some() || world.machine(node).is_none());
        self.world.answer_to(node, ask).cloned()
    }

    /// Waits until a node is up and has done what waited for it.
    fn await_up(&mut self, node: NodeId) {
        if self.world.machine(node).is_none() {
            let until = self.world.at() + PATIENCE_MS;
            self.world.run_until_seen(until, |world| world.machine(node).is_some());
            let settled = VirtualMs(self.world.at().0 + 100);
            self.world.run_until(settled);
        }
    }

    fn stuck(&self, node: NodeId, step: &'static str, why: String) -> Unstaged {
        Unstaged::Stuck { party: self.world.name(node).to_owned(), step, why }
    }
}

fn sponsor_key(seed: RunSeed, number: u64) -> SigningKey {
    SigningKey::from_bytes(&seed.bytes("sponsor key", &[number]))
}

fn peer(seed: RunSeed, label: &str, number: u64) -> Peer {
    Peer(seed.bytes(label, &[number]).to_vec())
}

/// The network's first record: its founders are the story's sponsors.
fn genesis(story: &Story, passes: PassScheme, seed: RunSeed) -> Genesis {
    let founder = |(number, plan): (u64, &SponsorPlan)| Founder {
        key: SponsorKey::of(&sponsor_key(seed, number)),
        name: plan.name.clone(),
    };
    let mut founders: Vec<Founder> = (0..).zip(&story.sponsors).map(founder).collect();
    founders.sort_by_key(|founder| founder.key);
    let salt = Hash(seed.bytes("genesis salt", &[]));
    let kind = NetworkKind::Simulated;
    Genesis { name: story.network.clone(), kind, passes, founders, salt, cells: None }
}

fn sponsor_node(
    seed: RunSeed,
    number: u64,
    plan: &SponsorPlan,
    genesis: &Genesis,
) -> Result<NodeSpec<Party>, Unstaged> {
    let operating = sponsor_key(seed, number);
    let charter = Charter {
        network: genesis.id(),
        sponsor: SponsorKey::of(&operating),
        version: 1,
        name: plan.market.clone(),
        languages: plan.languages.clone(),
        instruments: plan.instruments.clone(),
        purpose: plan.purpose.clone(),
    };
    let peer = peer(seed, "sponsor peer", number);
    let (keys, at) = (SponsorKeys { operating }, Blob(peer.0.clone()));
    let sponsor = Sponsor::new(keys, genesis.clone(), charter, at, Vec::new(), Vec::new());
    let sponsor = sponsor.map_err(|why| Unstaged::Misfounded { sponsor: plan.id.clone(), why })?;
    let sponsor = sponsor.with_census(plan.rows()).with_signer(Arc::new(Keys(number)));
    let mut spec = NodeSpec::new(&plan.id, move || Party::Sponsor(Box::new(sponsor.clone())));
    spec.peer = Some(peer);
    Ok(spec)
}

#[cfg(test)]
mod tests {
    use super::*;
    use machine::WallMs;

    #[test]
    fn the_idle_shift_runs_from_private_capability_to_co_signed_outcome() {
        let setup = Setup::new(RunSeed(1), WallMs(1_803_888_000_000));
        let mut stage = Stage::new(Story::named("idle-shift").unwrap(), PassScheme::Plain, setup).unwrap();
        stage.set_up(Graph::Full).unwrap();
        stage.world.run_until(VirtualMs(21 * DAY_MS));
        for id in ["supplier", "buyer"] {
            let deal = stage.firm(id).unwrap().deals.all().next().unwrap();
            assert_eq!(deal.reached(), protocol::dialogue::Step::Outcome);
        }
        // CMP-3: the need was published under the warning that it could be one of five members.
        let buyer = stage.firm("buyer").unwrap();
        let mut crowds = buyer.approvals.all().filter_map(|asked| Some(asked.summary.exposure?.k));
        assert!(crowds.any(|k| k == protocol::census::K::Of(5)), "the sponsor's census reached the buyer");
    }
}
