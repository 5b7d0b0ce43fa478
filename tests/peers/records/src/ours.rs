//! A firm's node from the carrier's door to the disk: check on a worker, machine, journal. Only the sockets are left out.

use crate::adverts::Sponsor;
use anyhow::{Context, Result, anyhow, ensure};
use ed25519_dalek::SigningKey;
use firm::command::{Answer, Asker, Command, ContactCard};
use firm::{Firm, FirmKeys};
use machine::{Entropy, Peer, Ticket, Topic, Verdict, WallMs};
use node::carrier::{FromCarrier, ToCarrier};
use node::door::judge;
use node::driver::{self, Clock, Handle, World, listen};
use node::journal::Journal;
use node::keystore::Secret;
use protocol::admission::{Admission, Membership, Welcome};
use protocol::charter::{Charter, SignedCharter};
use protocol::check::{Checked, Kind};
use protocol::firm_id::{FirstPosition, Inception, SignedInception};
use protocol::id::{Blob, RootKey, SponsorKey};
use protocol::noise::Seed;
use protocol::sign::Signed;
use protocol::text::{Name, ShortText};
use std::path::Path;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

/// What a node did with what it was told.
pub struct Kept {
    pub took: Duration,
    pub commits: u64,
    pub rows: u64,
    pub journal_bytes: u64,
}

/// Tells a new node every advert, each as often as `copies` says, and waits until all of them are on its disk.
pub async fn hear(sponsor: &Sponsor, adverts: &[Checked], copies: usize, folder: &Path) -> Result<Kept> {
    let path = folder.join("journal");
    let journal = Journal::create(&path, &Secret::random()?)?;
    let (answers, mut outbox) = mpsc::unbounded_channel();
    let wall = WallMs(sponsor.now.0);
    let clock = Clock::with_wall(move || wall);
    let world = World {
        clock: clock.clone(),
        entropy: Entropy::new([7; 32]),
        carrier: answers.clone(),
        on_note: Box::new(|_| {}),
        on_ask_human: Box::new(|_| {}),
    };
    let keys = FirmKeys {
        operating: SigningKey::from_bytes(&[3; 32]),
        master: Seed([3; 32]),
        transport: SigningKey::from_bytes(&[4; 32]),
    };
    let handle = driver::spawn(Firm::new(keys), Vec::new(), journal, world)?;
    join(&handle, sponsor).await?;
    let (reports, carrier) = mpsc::channel(node::swarm::limits::REPORTS_MAX);
    let listening = tokio::spawn(listen(carrier, handle.clone(), answers, clock, judge::<Firm>(&sponsor.genesis)));
    let gossip = |topic, ticket: u64, record: &Checked| FromCarrier::Gossip {
        topic,
        ticket: Ticket(ticket),
        from: Peer(vec![9; 38]),
        bytes: record.frame().to_vec(),
    };
    reports.send(gossip(Topic::Keys, 0, &sponsor.manifest(u32::MAX))).await.map_err(|_| anyhow!("nobody listens"))?;
    ensure!(verdict(&mut outbox).await? == Verdict::Accept, "the manifest is not accepted");
    let before = handle.tally();
    let begin = Instant::now();
    let told: Vec<FromCarrier> = (1..)
        .zip(adverts.iter().flat_map(|advert| std::iter::repeat_n(advert, copies)))
        .map(|(ticket, advert)| gossip(Topic::Adverts, ticket, advert))
        .collect();
    let count = told.len();
    let telling = tokio::spawn(async move {
        for report in told {
            if reports.send(report).await.is_err() {
                break;
            }
        }
    });
    let mut accepted = 0;
    for _ in 0..count {
        accepted += usize::from(verdict(&mut outbox).await? == Verdict::Accept);
    }
    // A verdict comes before the commit; what is looked at now comes after it.
    let held = handle.view(|firm| firm.market.shelf.count(Kind::Adverts)).await?;
    let took = begin.elapsed();
    let after = handle.tally();
    telling.await?;
    listening.await??;
    handle.stop().await?;
    ensure!(accepted == adverts.len() && held == adverts.len(), "{accepted} accepted and {held} held");
    let journal_bytes = std::fs::metadata(&path)?.len();
    std::fs::remove_file(&path)?;
    Ok(Kept { took, commits: after.commits - before.commits, rows: after.rows - before.rows, journal_bytes })
}

async fn verdict(outbox: &mut mpsc::UnboundedReceiver<ToCarrier>) -> Result<Verdict> {
    loop {
        match outbox.recv().await.context("the node fell silent")? {
            ToCarrier::Verdict(_, verdict) => return Ok(verdict),
            _ => continue,
        }
    }
}

/// Founds the firm and makes it a member.
async fn join(handle: &Handle<Firm>, sponsor: &Sponsor) -> Result<()> {
    let text = |text| ShortText::new(text).map_err(|_| anyhow!("a text does not fit"));
    let name = |text| Name::new(text).map_err(|_| anyhow!("a name does not fit"));
    let (root, today) = (SigningKey::from_bytes(&[5; 32]), sponsor.now.day());
    let operating = handle.view(|firm| firm.operating()).await?;
    let inception = Inception {
        root: RootKey::of(&root),
        operating,
        next_root: Inception::commit_next(&RootKey([0; 32])),
        position: FirstPosition::draw(&Seed([3; 32])).commitment(),
        day: today,
        operating_last: today.plus(365),
    };
    let contact = ContactCard { street: text("s")?, mail: text("m")?, phone: text("p")?, person: text("c")? };
    let inception = SignedInception::new(inception, &root);
    ask(handle, Command::Found { inception, legal_name: name("Mill Lane Machining")?, contact }).await?;
    let firm = handle.view(|firm| firm.identity.founding.as_ref().map(|founding| founding.firm)).await?;
    let (network, key) = (sponsor.genesis.id(), SponsorKey::of(&sponsor.key));
    let charter = Charter {
        network,
        sponsor: key,
        version: 1,
        name: name("Market")?,
        languages: Vec::new(),
        instruments: Vec::new(),
        purpose: text("Measuring")?,
    };
    let peer = Blob(vec![8; 38]);
    let admission = Admission { network, sponsor: key, peer: peer.clone(), expires: today.plus(366).start() };
    let membership = Membership {
        network,
        sponsor: key,
        firm: firm.context("the firm is founded")?,
        legal_name: name("Mill Lane Machining")?,
        since: today,
        expires: today.plus(365),
    };
    let welcome = Welcome {
        genesis: sponsor.genesis.clone(),
        charter: SignedCharter::new(charter, &sponsor.key),
        admission: Signed::new(admission, &sponsor.key),
        membership: Signed::new(membership, &sponsor.key),
        meeting_points: Vec::new(),
    };
    ask(handle, Command::Join { welcome: Box::new(welcome), sponsor_peer: peer }).await
}

async fn ask(handle: &Handle<Firm>, command: Command) -> Result<()> {
    match handle.ask(command.by(Asker::Operator)).await? {
        Answer::Refused(why) => Err(anyhow!("the firm refuses: {why}")),
        _ => Ok(()),
    }
}
