//! A desk for each firm of a story on this computer, and an address of its own for each person.
//!
//! Cookies belong to a name, so one browser can be several people at once when each has a name of its own. Everything here
//! listens on loopback; passwords are no secret, because nobody of a story exists.

use crate::story::{FirmPlan, PersonPlan};
use protocol::facts::Side;
use protocol::vocabulary::Language;
use std::future::Future;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::sync::Arc;
use ui::{Bound, Desk, DeskConfig, NoEntropy, Secret, ServeError};

/// A firm's desk that listens.
pub struct OpenDesk {
    /// Where, and until when.
    pub bound: Bound,
    secret: Secret,
}

/// Why a desk does not open.
#[derive(Debug, thiserror::Error)]
pub enum NoDesk {
    /// It has no place to listen.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// It has no secret.
    #[error(transparent)]
    NoEntropy(#[from] NoEntropy),
}

/// Opens the pages of a firm, with a name for each of its people, until `stopping` completes.
pub async fn open_desk(
    desk: Arc<dyn Desk>,
    firm: &FirmPlan,
    listen: SocketAddr,
    stopping: impl Future<Output = ()> + Send + 'static,
) -> Result<OpenDesk, NoDesk> {
    let secret = Secret::draw()?;
    let host_names = firm.people.iter().map(|person| host_name(firm, person)).collect();
    let config = DeskConfig { listen, host_names, secret: secret.clone() };
    Ok(OpenDesk { bound: ui::serve(desk, config, stopping).await?, secret })
}

impl OpenDesk {
    /// What one of its people writes into the address bar. Who reads another language than English is shown it at once.
    pub fn address(&self, firm: &FirmPlan, person: &PersonPlan) -> String {
        let (name, port) = (host_name(firm, person), self.bound.addr.port());
        let open = format!("/open?secret={}", self.secret.expose());
        let path = match firm.reads {
            Language::English => open,
            other => format!("/language/{other}?back={open}"),
        };
        format!("http://{name}:{port}{path}")
    }
}

fn host_name(firm: &FirmPlan, person: &PersonPlan) -> String {
    format!("{}.{}.localhost", person.id, firm.id)
}

/// A person with a page, as a guide in the terminal tells it.
pub struct Seat<'a> {
    /// What the guide calls it, from 1.
    pub number: usize,
    /// Where the person works.
    pub firm: &'a FirmPlan,
    /// Who it is.
    pub person: &'a PersonPlan,
    /// Where.
    pub address: String,
    /// What opens the person's key.
    pub password: String,
}

/// Says who sits where, firm by firm.
pub fn tell(seats: &[Seat<'_>], out: &mut (dyn Write + '_)) -> io::Result<()> {
    let mut firm = None;
    for seat in seats {
        if firm != Some(&seat.firm.id) {
            firm = Some(&seat.firm.id);
            let items = seat.firm.items.iter().map(|item| match item.entry.side {
                Side::Offer => format!("has \"{}\"", item.entry.title),
                Side::Need => format!("needs \"{}\"", item.entry.title),
            });
            writeln!(out, "\n  {}, {}", seat.firm.legal_name, items.collect::<Vec<_>>().join(", "))?;
        }
        let roles: Vec<&str> = seat.person.roles.iter().map(|role| role.text()).collect();
        let Seat { number, person, password, address, .. } = seat;
        writeln!(out, "  [{number}] {} ({}), password {password}", person.name, roles.join(", "))?;
        writeln!(out, "      {address}")?;
    }
    Ok(())
}
