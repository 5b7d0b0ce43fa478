//! One request, one reply: the same with a socket and without.

use super::{Control, ControlError, Fault, Reply, Request, belonging::warnings};
use crate::{
    driver::Stopped,
    office::{JoinError, Office, PersonError},
};
use firm::{
    command::{Answer, Asker, Refusal},
    view::{Query, View},
};
use libp2p::PeerId;
use serde_json::{Value, json};
use std::path::Path;

/// What a running node knows about itself and a firm does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// Whether the node is among neighbours; false when the command line has opened the folder itself.
    pub running: bool,
    /// Where other nodes can reach this one.
    pub listening: Vec<String>,
    /// Where the desk is, without its secret.
    pub desk: Option<String>,
}

/// Serves a firm's office at `path`. Needs a tokio runtime.
///
/// # Errors
/// [`ControlError`].
pub fn serve(path: &Path, office: Office, site: Site) -> Result<Control, ControlError> {
    Control::serve(path, move |request| {
        let (office, site) = (office.clone(), site.clone());
        async move { respond(&office, &site, request).await }
    })
}

/// Does what is asked.
pub async fn respond(office: &Office, site: &Site, request: Request) -> Reply {
    match done(office, site, request).await {
        Ok(reply) => reply,
        Err(fault) => Reply::Fault(fault),
    }
}

async fn done(office: &Office, site: &Site, request: Request) -> Result<Reply, Fault> {
    Ok(match request {
        Request::Status => Reply::Items(vec![status(office, site).await?]),
        Request::View { query } => Reply::Items(items(office.view(None, query).await?)),
        Request::ViewAs { person, password, query } => {
            office.sign_in(&person, password.password()).await?;
            Reply::Items(items(office.view(Some(person), query).await?))
        }
        Request::Ask { command } => Reply::Answer(office.ask(Asker::Operator, *command).await?),
        Request::AskAs { person, password, command } => {
            office.sign_in(&person, password.password()).await?;
            Reply::Answer(office.ask(Asker::Person(person), *command).await?)
        }
        Request::Decide { person, approval, seen, verdict, password } => {
            Reply::Answer(office.decide(&person, approval, seen, verdict, password.password()).await?)
        }
        Request::Govern { person, policy, over, password } => {
            Reply::Answer(office.govern(&person, *policy, Some(over), password.password()).await?)
        }
        Request::Deputise { person, password, handover } => {
            Reply::Answer(office.deputise(&person, handover, password.password()).await?)
        }
        Request::Join { invitation, classes } => {
            office.join_another(&invitation.parse().map_err(JoinError::Invitation)?, classes).await?;
            Reply::Answer(Answer::Done)
        }
        Request::Enrol { newcomer, password, voucher } => {
            let voucher = voucher.map(|(person, typed)| (person, typed.password()));
            Reply::Answer(office.enrol(newcomer, password.password(), voucher).await?)
        }
    })
}

async fn status(office: &Office, site: &Site) -> Result<Value, Fault> {
    let mut shown = json!(office.view(None, Query::Status).await?);
    let belonging = json!(office.view(None, Query::Belonging).await?);
    let warnings = warnings(office).await?;
    let peer = office.handle().view(|firm| PeerId::from_bytes(&firm.identity.peer.0).ok()).await?;
    let peer = peer.filter(|_| site.running).map(|peer| peer.to_string());
    if let Value::Object(fields) = &mut shown {
        fields.insert("belonging".into(), belonging);
        fields.insert("warnings".into(), warnings.into());
        fields.insert("running".into(), site.running.into());
        fields.insert("peer".into(), json!(peer));
        fields.insert("listening".into(), json!(site.listening));
        fields.insert("desk".into(), json!(site.desk));
        let tally = office.handle().tally();
        fields.insert("commits".into(), tally.commits.into());
    }
    Ok(shown)
}

fn items(view: View) -> Vec<Value> {
    match (&view, json!(view)) {
        (View::Nothing, _) => Vec::new(),
        (_, Value::Array(items)) => items,
        (_, item) => vec![item],
    }
}

impl From<Stopped> for Fault {
    fn from(stopped: Stopped) -> Self {
        Fault::of("stopped", &stopped)
    }
}

impl From<JoinError> for Fault {
    fn from(error: JoinError) -> Self {
        let code = match &error {
            JoinError::Invitation(_) => "invitation",
            JoinError::NotAdmitted(_) => "not-admitted",
            JoinError::Asking(_) | JoinError::NoAddress => "unreachable",
            JoinError::Unreadable | JoinError::AnotherNetwork => "bad-welcome",
            JoinError::Elsewhere => "another-network",
            JoinError::WrongKind { .. } => "wrong-kind",
            JoinError::Refused(refusal) => return Fault::from(refusal.clone()),
            JoinError::Swarm(_) => "network",
            JoinError::Stopped(_) => "stopped",
        };
        Fault::of(code, &error)
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        // A refusal is named by its variant, as its stored form names it.
        let code = match serde_json::to_value(&refusal) {
            Ok(Value::String(name)) => name,
            Ok(Value::Object(fields)) => fields.keys().next().cloned().unwrap_or_default(),
            _ => "refused".into(),
        };
        Fault::of(&code, &refusal)
    }
}

impl From<PersonError> for Fault {
    fn from(error: PersonError) -> Self {
        let code = match &error {
            PersonError::WrongPassword => "wrong-password",
            PersonError::VouchersPassword(_) => "wrong-password",
            PersonError::NotEnrolled => "not-enrolled",
            PersonError::Keys(_) => "keys",
            PersonError::Stopped(_) => "stopped",
            PersonError::BrokenOff(_) => "broken-off",
        };
        Fault::of(code, &error)
    }
}
