//! The market by hand: a desk for every persona, and a guide in the terminal that says which page to open first and what to
//! do there. Who decides on what is read from each firm's policy, so that the guide cannot promise what a desk refuses.

use super::market::{Market, Member};
use crate::desk::NodeDesk;
use anyhow::Result;
use firm::policy::{Rulebook, Target};
use firm::profile::{ItemDraft, Mode};
use protocol::dialogue::Step;
use protocol::facts::Side;
use protocol::id::ItemId;
use simulations::seats::{OpenDesk, Seat, open_desk, tell};
use simulations::story::{Ending, FirmPlan, Story};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use tokio::sync::watch;

/// Raises the market, opens its desks, says where they are, and waits for Ctrl-C.
pub(super) async fn host(story: Story, folder: &Path, out: &mut (dyn Write + '_)) -> Result<()> {
    writeln!(out, "Raising \"{}\": {} sponsors, {} firms …", story.network, story.sponsors.len(), story.firms.len())?;
    let market = Market::raise(story, folder).await?;
    let (stop, stopping) = watch::channel(false);
    let mut desks = Vec::new();
    for member in &market.firms {
        desks.push(serve(member, stopping.clone()).await?);
    }
    let pages: Vec<(&Member, &OpenDesk)> = market.firms.iter().zip(&desks).collect();
    let told = crate::run::told_to_stop().map_err(|failure| anyhow::anyhow!("{failure:?}"))?;
    say(&market.story, &pages, out)?;
    out.flush()?;
    told.await;
    let _ = stop.send(true);
    for desk in desks {
        desk.bound.join.await??;
    }
    market.close().await?;
    writeln!(out, "Stopped; nothing is left running.")?;
    Ok(())
}

async fn serve(member: &Member, mut stopping: watch::Receiver<bool>) -> Result<OpenDesk> {
    let desk = Arc::new(NodeDesk::new(member.office().clone()));
    let stopped = async move {
        let _ = stopping.wait_for(|stop| *stop).await;
    };
    Ok(open_desk(desk, &member.plan, ([127, 0, 0, 1], 0).into(), stopped).await?)
}

/// Who takes part in the story comes first, buyer before supplier, since the story begins with what the buyer lacks.
fn seats<'a>(story: &Story, pages: &[(&'a Member, &OpenDesk)]) -> (Vec<Seat<'a>>, Vec<Seat<'a>>) {
    let mut all = Vec::new();
    for (member, desk) in pages {
        let firm = &member.plan;
        for person in &firm.people {
            let (address, password) = (desk.address(firm, person), format!("demo-{}", person.id));
            all.push((part_of(story, firm), Seat { number: 0, firm, person, address, password }));
        }
    }
    all.sort_by_key(|(part, _)| *part);
    for (number, (_, seat)) in (1..).zip(&mut all) {
        seat.number = number;
    }
    let (taking_part, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|(part, _)| *part < 2);
    let seats = |parted: Vec<(u8, Seat<'a>)>| parted.into_iter().map(|(_, seat)| seat).collect();
    (seats(taking_part), seats(others))
}

/// 0 for who needs something in the story's deal, 1 for who offers it, 2 for everybody else.
fn part_of(story: &Story, firm: &FirmPlan) -> u8 {
    let is_in = |side: Side| {
        let mut items = firm.items.iter().filter(|item| item.entry.side == side);
        items.any(|item| story.deals_about(&firm.id, &item.id).next().is_some())
    };
    if is_in(Side::Need) {
        0
    } else if is_in(Side::Offer) {
        1
    } else {
        2
    }
}

/// Who of a firm may decide on a step, as its policy says.
fn decider<'a>(story: &Story, seats: &'a [Seat<'_>], part: u8, step: Step) -> Option<&'a Seat<'a>> {
    seats.iter().filter(|seat| part_of(story, seat.firm) == part).find(|seat| {
        // Rules for one item do not occur in a story; any id stands for all.
        let target = |entry: &ItemDraft| Target { item: ItemId([0; 8]), class: entry.class, work: entry.process };
        let target = seat.firm.items.first().map(|item| target(&item.entry));
        let policy = Rulebook::of(seat.firm.policy());
        let asked = target.map(|target| policy.who(&target, step).roles).unwrap_or_default();
        seat.person.roles.iter().any(|role| asked.contains(role))
    })
}

/// What happens in turn: which sides decide on which step, and what they do. `notice` is the side that is heard, `other` the side that
/// writes to it.
fn play(notice: u8, other: u8) -> [(Vec<u8>, Step, &'static str); 11] {
    [
        (vec![notice], Step::Advertise, "lets the notice be published, without the firm's name"),
        (vec![other], Step::Interest, "is told of a fit that nobody else can see, and writes to the firm behind it"),
        (vec![notice], Step::Answer, "answers"),
        (vec![1, 0], Step::Viable, "says that it can be done"),
        (vec![0, 1], Step::OptIn, "agrees to exchange names; with the second yes, both learn who the other is"),
        (
            vec![1],
            Step::Terms,
            "opens the deal, presses \"Propose terms\", fills in prices and days, and lets them leave",
        ),
        (vec![0, 1], Step::Acknowledge, "confirms that the terms were read, where the inbox asks for it"),
        (vec![0, 1], Step::Sign, "signs the terms"),
        (vec![0, 1], Step::Start, "lets the start be recorded in the shared log, without names"),
        (vec![1], Step::Outcome, "opens the deal and reports how the work ended"),
        (vec![0, 1], Step::Outcome, "signs the outcome; both pages then say \"completed\""),
    ]
}

/// The need of the first deal is heard unless it is silent; then the offer is.
fn heard(story: &Story) -> [u8; 2] {
    let need = story.deals.first().and_then(|deal| story.item(deal.need.as_ref()?));
    if need.is_some_and(|need| need.entry.mode == Mode::Silent) { [1, 0] } else { [0, 1] }
}

/// What becomes of the story's further deals.
fn ends(ending: Ending) -> &'static str {
    match ending {
        Ending::Completed => "comes to the same end",
        Ending::Nameless => "ends before anybody has sent a name",
        Ending::Avoided => "ends like any no: a node finds a name on its firm's list, and shows it to nobody",
        Ending::Silent => "never begins",
    }
}

fn say(story: &Story, pages: &[(&Member, &OpenDesk)], out: &mut (dyn Write + '_)) -> Result<()> {
    let (seats, others) = seats(story, pages);
    writeln!(
        out,
        "\n{}\nAll firms are fictional. Every person below has a page; one browser can be all of them.",
        story.about
    )?;
    writeln!(out, "\nTHE FIRMS OF THE STORY")?;
    tell(&seats, out)?;
    writeln!(out, "\nWHAT TO DO")?;
    writeln!(out, "Open a page in a tab of its own, choose the person's name, sign in with the password beside it.")?;
    writeln!(out, "Each inbox shows by itself what waits: \"Read and decide\" shows what would leave, to whom, and")?;
    writeln!(
        out,
        "what stays; type the password again and press a button. \"Français\" and \"English\" change the language."
    )?;
    writeln!(
        out,
        "What is let leave goes over three other firms' nodes, so that nobody sees where it comes from: it shows up"
    )?;
    writeln!(out, "elsewhere after a second or two here, and after minutes in a real market.\n")?;
    let [notice, other] = heard(story);
    for (number, (parts, step, does)) in (1..).zip(play(notice, other)) {
        let who: Vec<String> = parts
            .iter()
            .filter_map(|part| decider(story, &seats, *part, step))
            .map(|seat| format!("[{}] {}", seat.number, seat.person.name))
            .collect();
        writeln!(out, "{number:>3}. {}\n       {does}", who.join(", then "))?;
    }
    for deal in story.deals.iter().skip(1) {
        let items = [&deal.need, &deal.offer].map(|path| path.as_ref().and_then(|path| story.item(path)));
        let [need, offer] = items.map(|item| item.map_or("a need", |item| item.entry.title.as_str()));
        writeln!(out, "\nWhat comes of \"{need}\" and \"{offer}\" {}.", ends(deal.ends))?;
    }
    if !story.not_yet.is_empty() {
        writeln!(out, "\nNOT SHOWN YET")?;
        story.not_yet.iter().try_for_each(|what| writeln!(out, "  - {what}"))?;
    }
    writeln!(out, "\nTHE OTHER FIRMS OF THE MARKET, with business of their own")?;
    tell(&others, out)?;
    if let Some(first) = decider(story, &seats, notice, Step::Advertise) {
        writeln!(out, "\nBegin with page [{}]: {}\n  {}", first.number, first.person.name, first.address)?;
    }
    writeln!(out, "Stop the demonstration with Ctrl-C.")?;
    Ok(())
}
