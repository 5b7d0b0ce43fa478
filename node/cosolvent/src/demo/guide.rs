//! The market by hand: a desk for every persona, and a guide in the terminal.

use super::market::{Market, Member};
use crate::desk::NodeDesk;
use anyhow::Result;
use simulations::story::{PersonPlan, Story};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use tokio::sync::watch;
use ui::{Bound, DeskConfig, Secret};

/// Raises the market, opens its desks, says where they are, and waits for Ctrl-C.
pub(super) async fn host(story: Story, folder: &Path, out: &mut (dyn Write + '_)) -> Result<()> {
    writeln!(out, "Raising \"{}\": {} sponsors, {} firms …", story.network, story.sponsors.len(), story.firms.len())?;
    let market = Market::raise(story, folder).await?;
    let (stop, stopping) = watch::channel(false);
    let mut desks = Vec::new();
    for member in &market.firms {
        desks.push(open_desk(member, stopping.clone()).await?);
    }
    let pages: Vec<(&Member, &(Bound, Secret))> = market.firms.iter().zip(&desks).collect();
    say(&market.story, &pages, out)?;
    out.flush()?;
    crate::run::told_to_stop().await.map_err(|failure| anyhow::anyhow!("{failure:?}"))?;
    let _ = stop.send(true);
    for (bound, _) in desks {
        bound.join.await??;
    }
    market.close().await?;
    writeln!(out, "Stopped; nothing is left running.")?;
    Ok(())
}

async fn open_desk(member: &Member, mut stopping: watch::Receiver<bool>) -> Result<(Bound, Secret)> {
    let secret = Secret::draw()?;
    let config = DeskConfig {
        listen: ([127, 0, 0, 1], 0).into(),
        host_names: member.plan.people.iter().map(|person| host_name(member, person)).collect(),
        secret: secret.clone(),
    };
    let desk = Arc::new(NodeDesk::new(member.office().clone()));
    let bound = ui::serve(desk, config, async move {
        let _ = stopping.wait_for(|stop| *stop).await;
    });
    Ok((bound.await?, secret))
}

/// A name of its own for each persona, so that one browser can be several people at once: cookies belong to a name.
fn host_name(member: &Member, person: &PersonPlan) -> String {
    format!("{}.{}.localhost", person.id, member.plan.id)
}

fn say(story: &Story, pages: &[(&Member, &(Bound, Secret))], out: &mut (dyn Write + '_)) -> Result<()> {
    writeln!(out, "\n{}\n\nOpen these pages, each in a tab of its own; every persona has one:\n", story.about)?;
    for (member, (bound, secret)) in pages {
        writeln!(out, "{}", member.plan.legal_name)?;
        for person in &member.plan.people {
            let roles: Vec<&str> = person.roles.iter().map(|role| role.text()).collect();
            let (name, port) = (host_name(member, person), bound.addr.port());
            writeln!(out, "  {} ({})", person.name, roles.join(", "))?;
            writeln!(out, "    http://{name}:{port}/open?secret={}", secret.expose())?;
            writeln!(out, "    sign in as {} with the password demo-{}", person.id, person.id)?;
        }
        writeln!(out)?;
    }
    writeln!(out, "What to do: each page's inbox shows what waits for that persona and what happens next.")?;
    writeln!(
        out,
        "The story begins with the buyer's owner, who is asked whether the need may be advertised without a name."
    )?;
    writeln!(out, "Then the supplier's operations director is told of a fit that nobody else can see.")?;
    writeln!(out, "\nThis is a demonstration: all firms are fictional. Stop it with Ctrl-C.")?;
    Ok(())
}
