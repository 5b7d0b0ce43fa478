//! What a person sees in a browser: every page of a firm's desk, and the JSON that the desk gives to programs, as of one moment.
//!
//! A reader with every role signs in at the desk's own router, without a socket, and follows every link. The firm is a copy, so
//! what it shows and whose names it was told are of the same moment, and nothing that is pressed could change anything.

use anyhow::{Context, Result, ensure};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, header},
};
use firm::{
    Firm,
    approvals::Seen,
    command::{Answer, Command},
    deputies::Handover,
    register::PersonId,
    view::{PersonView, Query, View},
};
use futures::future::{BoxFuture, ready};
use protocol::{
    decision::Verdict,
    id::ApprovalId,
    text::Name,
    time::{Day, UnixMs},
    vocabulary::{Language, Role},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::watch;
use tower::ServiceExt;
use ui::{Desk, DeskConfig, DeskError, Password, Secret};

/// The name under which the copy's desk answers.
const HOST: &str = "localhost:7000";

/// Larger than any page, in bytes.
const PAGE_BYTES_MAX: usize = 8 * 1_024 * 1_024;

/// What programs may read.
const DATA: [&str; 8] = ["status", "resources", "needs", "matches", "approvals", "deals", "trust", "people"];

/// Everything that a desk shows.
#[derive(Default)]
pub(super) struct Shown {
    /// Pages, as a person reads them, by path.
    pub(super) pages: BTreeMap<String, String>,
    /// JSON, by path.
    pub(super) data: BTreeMap<String, String>,
}

/// Opens the desk of this copy of a firm and reads all of it, in the language in which its people do.
pub(super) async fn read(firm: Firm, now: UnixMs, reads: Language) -> Result<Shown> {
    let copy = Arc::new(Copy { firm: Mutex::new(firm), now, changes: watch::channel(0).0 });
    let mut visitor = Visitor::sign_in(copy, reads).await?;
    let mut shown = Shown::default();
    let mut ahead: BTreeSet<String> = ["/".to_owned()].into();
    while let Some(path) = ahead.pop_first() {
        let page = visitor.show(&path).await?;
        ahead.extend(links(&page).filter(|link| !shown.pages.contains_key(link) && *link != path));
        shown.pages.insert(path, read_by_people(&page));
    }
    for noun in DATA {
        let path = format!("/api/v1/{noun}");
        let answer = visitor.show(&path).await?;
        shown.data.insert(path, answer);
    }
    Ok(shown)
}

/// Links to pages of the desk itself that show something.
fn links(page: &str) -> impl Iterator<Item = String> + '_ {
    let targets = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let pages = targets.filter_map(|target| target.split(['?', '#']).next());
    let here =
        pages.filter(|path| path.starts_with('/') && !path.starts_with("/static/") && !path.starts_with("/language/"));
    here.map(str::to_owned)
}

/// A page's text without the escapes that HTML needs, so that a name with an ampersand is found as what it is.
fn read_by_people(page: &str) -> String {
    let escapes = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    escapes.iter().fold(page.to_owned(), |page, (escape, letter)| page.replace(escape, letter))
}

/// A browser at the router.
struct Visitor {
    router: Router,
    cookies: BTreeMap<String, String>,
    _open: watch::Sender<bool>,
}

impl Visitor {
    async fn sign_in(desk: Arc<dyn Desk>, reads: Language) -> Result<Visitor> {
        let listen = SocketAddr::from(([127, 0, 0, 1], 7_000));
        let config = DeskConfig { listen, host_names: Vec::new(), secret: Secret::draw()? };
        let (open, closing) = watch::channel(false);
        let router = ui::router(desk, &config, listen, closing);
        let mut visitor = Visitor { router, cookies: BTreeMap::new(), _open: open };
        visitor.go("GET", &format!("/language/{reads}"), String::new()).await?;
        visitor.go("GET", &format!("/open?secret={}", config.secret.expose()), String::new()).await?;
        let door = visitor.show("/sign-in").await?;
        let token = door.split("name=\"token\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let token = token.context("a form at the door")?;
        visitor.go("POST", "/sign-in", format!("token={token}&person={READER}&password=none")).await?;
        Ok(visitor)
    }

    /// A page that must be there.
    async fn show(&mut self, path: &str) -> Result<String> {
        let (status, body) = self.go("GET", path, String::new()).await?;
        ensure!(status == 200, "{path} is not shown: {status}");
        Ok(body)
    }

    async fn go(&mut self, method: &str, path: &str, form: String) -> Result<(u16, String)> {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, HOST)
            .header(header::ORIGIN, format!("http://{HOST}"))
            .header(header::COOKIE, cookies.join("; "))
            .body(Body::from(form))?;
        let answer = self.router.clone().oneshot(request).await?;
        for set in answer.headers().get_all(header::SET_COOKIE) {
            let pair = set.to_str()?.split(';').next().and_then(|pair| pair.split_once('='));
            self.cookies.extend(pair.map(|(name, value)| (name.to_owned(), value.to_owned())));
        }
        let status = answer.status().as_u16();
        let body = to_bytes(answer.into_body(), PAGE_BYTES_MAX).await?;
        Ok((status, String::from_utf8(body.to_vec())?))
    }
}

/// The short name of the reader with every role.
const READER: &str = "reader";

/// A desk over a copy: it shows everything and does nothing.
struct Copy {
    /// A firm keeps digests at hand that one thread at a time may renew.
    firm: Mutex<Firm>,
    now: UnixMs,
    changes: watch::Sender<u64>,
}

impl Desk for Copy {
    fn people(&self) -> BoxFuture<'_, Result<Vec<PersonView>, DeskError>> {
        let reader = || Some((READER.parse().ok()?, Name::new("Reader").ok()?));
        let person =
            reader().map(|(id, name)| PersonView { id, name, roles: Role::ALL.to_vec(), expires: Day(u32::MAX) });
        Box::pin(ready(Ok(person.into_iter().collect())))
    }

    fn sign_in<'a>(&'a self, _: &'a PersonId, _: Password) -> BoxFuture<'a, Result<(), DeskError>> {
        Box::pin(ready(Ok(())))
    }

    fn ask<'a>(&'a self, _: &'a PersonId, _: Command) -> BoxFuture<'a, Result<Answer, DeskError>> {
        Box::pin(ready(Err(DeskError::NotRunning)))
    }

    fn decide<'a>(
        &'a self,
        _: &'a PersonId,
        _: ApprovalId,
        _: Seen,
        _: Verdict,
        _: Password,
    ) -> BoxFuture<'a, Result<Answer, DeskError>> {
        Box::pin(ready(Err(DeskError::NotRunning)))
    }

    fn deputise<'a>(&'a self, _: &'a PersonId, _: Handover, _: Password) -> BoxFuture<'a, Result<Answer, DeskError>> {
        Box::pin(ready(Err(DeskError::NotRunning)))
    }

    fn view<'a>(&'a self, _: &'a PersonId, query: Query) -> BoxFuture<'a, Result<View, DeskError>> {
        let firm = self.firm.lock().unwrap_or_else(PoisonError::into_inner);
        Box::pin(ready(Ok(firm.view(Role::ALL, &query, self.now))))
    }

    fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }
}
