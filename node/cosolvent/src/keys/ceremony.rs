//! One change of keys, from the log at hand to the log that the node has taken in.

use super::sheet;
use crate::{arguments::Place, door::Door, failure::Failure, print::Printer, secrets};
use firm::{
    command::{Answer, Command, Refusal},
    view::Query,
};
use node::{
    control::Request,
    keystore::Secret,
    root::{self, BadSheet, Part, RootKeys, Sheet, renews, rotates},
};
use protocol::{
    id::{Blob, OperatingKey},
    key_log::{KeyLog, KeyState, SignedKeyEvent},
    limits::KEY_LOG_BYTES_MAX,
    text::Name,
    time::{Day, UnixMs},
    wire::decode,
};
use serde_json::Value;
use std::{fs, path::Path};

/// An open way to the firm, and its log.
pub(super) struct Ceremony {
    door: Door,
    held: KeyLog,
    name: Name,
}

/// The log that a change goes on from, and what it says.
struct Base {
    log: KeyLog,
    state: KeyState,
    today: Day,
}

impl Ceremony {
    pub(super) async fn begin(place: &Place) -> Result<Ceremony, Failure> {
        let mut door = Door::open(place).await?;
        match firm(&mut door).await {
            Ok((held, name)) => Ok(Ceremony { door, held, name }),
            Err(failure) => {
                door.close().await?;
                Err(failure)
            }
        }
    }

    /// Closes the way; what was done is durable then. What was not done is worth more words than a way that closes badly.
    pub(super) async fn end<T>(self, done: Result<T, Failure>) -> Result<T, Failure> {
        let closed = self.door.close().await;
        let done = done?;
        closed.map(|()| done)
    }

    /// Has the root key name a new operating key, and gives its last day.
    pub(super) async fn renew(&mut self, file: Option<&Path>) -> Result<String, Failure> {
        let (root, base) = self.given(file, Part::Renewal).await?;
        renews(&root, &base.log, &base.state)?;
        let operating = self.prepare().await?;
        let event = root::renew(&root, &base.state, operating, base.today);
        Ok(self.take_in(&base, event).await?)
    }

    /// Has the root key end the operating key today.
    pub(super) async fn revoke(&mut self, file: Option<&Path>) -> Result<(), Failure> {
        let (root, base) = self.given(file, Part::Renewal).await?;
        renews(&root, &base.log, &base.state)?;
        let Some(operating) = base.state.operating_at(base.today) else {
            return Err(Failure::of(
                "nothing-to-revoke",
                &"no operating key holds today; `cosolvent keys renew` names one",
            ));
        };
        let event = root::revoke(&root, &base.state, operating, base.today);
        self.take_in(&base, event).await?;
        Ok(())
    }

    /// Makes a new sheet, shows it to whoever sits there unless it is wanted in a file (`named`), writes it to `out`, and has the
    /// node take in the rotation. Gives the last day of the new operating key, and whether somebody showed to hold the new sheet.
    /// Until the sheet is copied it is nowhere but on the screen; from the moment in which it may count it is on disk, and it is
    /// deleted only if the node says no.
    pub(super) async fn rotate(
        &mut self,
        file: Option<&Path>,
        (out, named): (&Path, bool),
        printer: &mut Printer<'_>,
    ) -> Result<(String, bool), Failure> {
        let (recovery, base) = self.given(file, Part::Recovery).await?;
        rotates(&recovery, &base.log, &base.state)?;
        let operating = self.prepare().await?;
        let keys = RootKeys::succeed(recovery)?;
        let event = keys.rotate(&base.state, operating, base.today);
        let log = base.log.with(std::slice::from_ref(&event)).ok_or(Refusal::BadKeyEvents)?;
        let made = Sheet { keys, log };
        let text = made.text(&self.name, base.today);
        let copied = !named && sheet::can_show(printer);
        if copied {
            let what = "Write both keys down twice; to print them, press Ctrl-C and name a file on a stick with --out.";
            sheet::show(&made, &text, what, printer)?;
        }
        secrets::write_new(out, text.as_bytes())?;
        let until = match self.take_in(&base, event).await {
            Ok(until) => until,
            Err(NotIn::Refused(failure)) => {
                fs::remove_file(out).map_err(|error| secrets::unwritten(out, &error))?;
                return Err(failure);
            }
            Err(NotIn::Unknown { number, why }) => return Err(unknown(number, &why, Some(out))),
        };
        // The rotation counts in any case; a sheet that the node does not know to be held stays on disk and is asked for again.
        let shown = copied && self.answer(Command::KeepSheet).await.is_ok();
        Ok((until, shown))
    }

    /// Judges a sheet: whether it is the firm's now.
    pub(super) async fn check(&mut self, made: &Sheet) -> Result<(), Failure> {
        let base = self.base(Some(made)).await?;
        renews(&made.keys.root, &base.log, &base.state)?;
        rotates(&made.keys.next, &base.log, &base.state)?;
        if base.log != self.held {
            return Err(Failure::of(
                "older-folder",
                &"this sheet is not the firm's recovery sheet in this folder, the one before it still is: the rotation that made it \
                  was broken off, or this folder is an old copy; keep both, and run `cosolvent keys rotate` with this sheet, which \
                  is right in either case and makes the one that holds then",
            ));
        }
        Ok(())
    }

    /// Shows the present sheet to whoever sits there.
    pub(super) fn show(&self, made: &Sheet, printer: &mut Printer<'_>) -> Result<(), Failure> {
        if !sheet::can_show(printer) {
            return Err(Failure::of(
                "needs-person",
                &"somebody must read the sheet and there is no terminal; run this in a terminal, or check a copy with --check",
            ));
        }
        sheet::show(made, &made.text(&self.name, today()), "Write both keys down twice, or print the file.", printer)
    }

    /// Has the node remember that somebody holds the present sheet.
    pub(super) async fn keep(&mut self) -> Result<(), Failure> {
        self.answer(Command::KeepSheet).await
    }

    /// The key that this change needs, from the file or from whoever types it, and the log that it goes on from.
    async fn given(&mut self, file: Option<&Path>, part: Part) -> Result<(Secret, Base), Failure> {
        let Some(file) = file else {
            let key = sheet::typed(part)?;
            return Ok((key, self.base(None).await?));
        };
        let sheet = sheet::read(file)?;
        let base = self.base(Some(&sheet)).await?;
        let RootKeys { root, next } = sheet.keys;
        Ok((if part == Part::Renewal { root } else { next }, base))
    }

    /// Whichever stands of the log at hand and the sheet's. Where one key said two things the node is told, so that it
    /// remembers and says so.
    async fn base(&mut self, sheet: Option<&Sheet>) -> Result<Base, Failure> {
        let log = match sheet.map(|sheet| sheet.goes_on_from(&self.held)) {
            None => self.held.clone(),
            Some(Err(BadSheet::Forked)) => {
                let events = sheet.map(|sheet| sheet.log.since(&self.held).to_vec()).unwrap_or_default();
                self.answer(Command::ChangeKeys(events)).await?;
                return Err(BadSheet::Forked.into());
            }
            Some(log) => log?,
        };
        let state = log.verify().map_err(BadSheet::from)?;
        let today = today().max(state.day);
        Ok(Base { log, state, today })
    }

    /// A new operating key, drawn by the node.
    async fn prepare(&mut self) -> Result<OperatingKey, Failure> {
        self.answer(Command::PrepareKey).await?;
        let keys = self.door.items(Request::View { query: Query::Keys }).await?;
        let key = keys.first().and_then(|keys| keys.get("prepared")).and_then(|key| {
            let key: Result<OperatingKey, _> = serde_json::from_value(key.clone());
            key.ok()
        });
        key.ok_or_else(unreadable)
    }

    /// Has the node take in what it has not seen of `base` and this event, and gives the last day of the operating key then.
    async fn take_in(&mut self, base: &Base, event: SignedKeyEvent) -> Result<String, NotIn> {
        let number = event.body.number;
        let log = base.log.with(&[event]).ok_or_else(|| NotIn::Refused(Refusal::BadKeyEvents.into()))?;
        let state = log.verify().map_err(|bad| NotIn::Refused(BadSheet::from(bad).into()))?;
        let command = Box::new(Command::ChangeKeys(log.since(&self.held).to_vec()));
        match self.door.answer(Request::Ask { command }).await {
            Ok(Answer::Refused(refusal)) => return Err(NotIn::Refused(refusal.into())),
            Ok(_) => {}
            Err(why) => return Err(NotIn::Unknown { number, why }),
        }
        let until = state.operating.last().map(|named| Day(named.ends.0.saturating_sub(1)));
        Ok(until.map(|day| day.to_string()).unwrap_or_default())
    }

    async fn answer(&mut self, command: Command) -> Result<(), Failure> {
        match self.door.answer(Request::Ask { command: Box::new(command) }).await? {
            Answer::Refused(refusal) => Err(refusal.into()),
            _ => Ok(()),
        }
    }
}

/// Why an event does not stand, as far as anybody knows.
enum NotIn {
    /// The node was not asked, or said no.
    Refused(Failure),
    /// It was asked, and what came back is neither yes nor no: it may stand.
    Unknown { number: u32, why: Failure },
}

impl From<NotIn> for Failure {
    fn from(not: NotIn) -> Self {
        match not {
            NotIn::Refused(failure) => failure,
            NotIn::Unknown { number, why } => unknown(number, &why, None),
        }
    }
}

/// The node did not say whether the event counts, and with it the sheet that was made for it.
fn unknown(number: u32, why: &Failure, made: Option<&Path>) -> Failure {
    let look = match made {
        None => String::new(),
        Some(made) => format!(
            "; keep both recovery sheets until `cosolvent keys sheet {} --check` has said which of them is the firm's now",
            made.display()
        ),
    };
    Failure::of(
        "unknown",
        &format!(
            "the node did not say whether the change was taken in ({}); when it runs, `cosolvent keys show` lists event {number} \
             if it was{look}",
            why.fault.message
        ),
    )
}

fn today() -> Day {
    UnixMs(node::driver::Clock::system().now().wall.0).day()
}

/// Log and legal name.
async fn firm(door: &mut Door) -> Result<(KeyLog, Name), Failure> {
    let keys = door.items(Request::View { query: Query::Keys }).await?.into_iter().next().ok_or(Refusal::NotFounded)?;
    let status = door.items(Request::Status).await?.into_iter().next().unwrap_or(Value::Null);
    let log: Option<Blob> = keys.get("log").and_then(|log| serde_json::from_value(log.clone()).ok());
    let log = log.and_then(|log| decode::<KeyLog>(&log.0, KEY_LOG_BYTES_MAX).ok()).ok_or_else(unreadable)?;
    let name = status.get("firm").and_then(Value::as_str).and_then(|name| Name::new(name).ok());
    Ok((log, name.ok_or_else(unreadable)?))
}

fn unreadable() -> Failure {
    Failure::of("malformed", &"the firm's keys cannot be read; use the command line of the node's version")
}
