//! Setting up a firm: from a sponsor's invitation to a data folder that `run` can open.
//!
//! Everything is made in `<data>/init` and moved to its place at the very end, keys last, because a folder with keys is a
//! firm. So a wrong, used or expired invitation, a sponsor that cannot be reached, or a power cut leave no firm behind, and
//! the same command can be given again.
//!
//! ```text
//!   invitation read ─▶ keys, journal, people (in init/) ─▶ sponsor asked ─▶ welcome judged ─▶ moved into place
//!                                                             │ says no: init/ is removed
//!                                                             │ no answer: init/ stays, because the sponsor may have
//!                                                             ▼            admitted exactly these keys
//! ```

use crate::{
    arguments::{Init, Place},
    door,
    failure::Failure,
    keys,
    nouns::CERTIFICATE_DAYS,
    print::Printer,
    secrets,
};
use firm::{
    Firm,
    command::{Answer, Asker, Command, ContactCard},
};
use node::{
    config::Config,
    control::Typed,
    keystore::Password,
    lock::Lock,
    office::{FirmNode, Founding, Newcomer, OpenError, Premises},
    root::{RootKeys, Sheet},
};
use protocol::invitation::Invitation;
use serde_json::json;
use std::{
    fs::{self, File},
    io,
    path::PathBuf,
};

/// Written into a new data folder, so that the part-time administrator finds every key in it.
const CONFIGURATION: &str = include_str!("cosolvent.toml");

/// Sets up a new firm, or goes on with the firm of a recovery sheet.
pub(crate) async fn init(
    place: &Place,
    arguments: Init,
    from: Option<Sheet>,
    printer: &mut Printer<'_>,
) -> Result<(), Failure> {
    let premises = place.premises();
    let invitation: Invitation = arguments.invitation.parse()?;
    invitation.live_at(protocol::time::UnixMs(premises.clock().now().wall.0))?;
    if premises.is_founded() {
        return Err(OpenError::AlreadyFounded { folder: premises.data().into() }.into());
    }
    let config = Config::read(&premises.config())?;
    let lock = Lock::take(premises.data())?;
    let making = Making::at(&premises, arguments.out.clone());
    if making.was_nearly_done() {
        making.put_keys_in_place()?;
    } else if premises.journal().exists() {
        let sentence = format!(
            "there is a journal in {} but its keys are missing; bring keys/ back from a copy, or use another data folder for \
             a new firm (nothing was changed)",
            premises.data().display()
        );
        return Err(Failure::of("keys-missing", &sentence));
    } else {
        making.sheet_has_room()?;
        let passphrase = secrets::new_passphrase(place, &config)?;
        let people = passwords(&arguments)?;
        let node = making.node(&passphrase, founding(&arguments), from.as_ref()).await?;
        let joined = enrol_and_join(&node, &arguments, people, &invitation, &config).await;
        node.stop().await?;
        if let Err((failure, keep)) = joined {
            return Err(if keep { making.kept(failure) } else { making.undone(failure)? });
        }
        making.put_in_place()?;
    }
    if !premises.config().exists() {
        fs::write(premises.config(), CONFIGURATION).map_err(|error| secrets::unwritten(&premises.config(), &error))?;
    }
    drop(lock);
    tell(&making, printer)
}

fn founding(arguments: &Init) -> Founding {
    let contact = ContactCard {
        street: arguments.street.clone(),
        mail: arguments.mail.clone(),
        phone: arguments.phone.clone(),
        person: arguments.contact.clone(),
    };
    Founding { legal_name: arguments.name.clone(), contact }
}

fn passwords(arguments: &Init) -> Result<Vec<Typed>, Failure> {
    let file = |id: &firm::register::PersonId| {
        arguments.passwords.iter().find(|given| given.id == *id).map(|given| given.path.as_path())
    };
    let people = arguments.people.iter();
    people.map(|person| secrets::new_password(file(&person.id), person.id.as_str())).collect()
}

/// Puts the preset's policy into force (people decide every step), enters people and asks the sponsor. With a failure
/// comes whether the sponsor may have admitted these keys nevertheless.
async fn enrol_and_join(
    node: &FirmNode,
    arguments: &Init,
    passwords: Vec<Typed>,
    invitation: &Invitation,
    config: &Config,
) -> Result<(), (Failure, bool)> {
    let office = node.office();
    let expires = office.now().day().plus(CERTIFICATE_DAYS);
    let people = arguments.people.iter().zip(passwords).map(|(person, password)| {
        let (id, name, roles) = (person.id.clone(), person.name.clone(), person.roles.clone());
        (Newcomer { id, name, roles, expires }, password.password())
    });
    let policy = office.handle().view(|firm: &Firm| firm.policy.policy().version).await;
    if policy.map_err(|error| (error.into(), false))? == 0 {
        // Before there is an owner, whose signature it would need then.
        let govern = office.ask(Asker::Operator, Command::Govern(Box::new(arguments.preset.policy()))).await;
        accepted(govern.map_err(|error| (error.into(), false))?)?;
    }
    let entered = office.enrol_all(people.collect()).await;
    accepted(entered.map_err(|error| (error.into(), false))?)?;
    let joined = node.office().join(invitation, config.kind, arguments.classes.clone()).await;
    joined.map_err(|error| {
        let keep = error.may_be_admitted();
        (error.into(), keep)
    })
}

fn accepted(answer: Answer) -> Result<(), (Failure, bool)> {
    match answer {
        Answer::Refused(refusal) => Err((refusal.into(), false)),
        _ => Ok(()),
    }
}

/// A firm in the making, and where it will be.
struct Making {
    premises: Premises,
    staging: Premises,
    sheet: PathBuf,
}

impl Making {
    fn at(premises: &Premises, out: Option<PathBuf>) -> Making {
        let sheet = out.unwrap_or_else(|| keys::usual_sheet(premises));
        Making { premises: premises.clone(), staging: Premises::at(premises.data().join("init")), sheet }
    }

    fn staged_sheet(&self) -> PathBuf {
        keys::usual_sheet(&self.staging)
    }

    /// Whether an earlier run was broken off between its last two steps.
    fn was_nearly_done(&self) -> bool {
        self.staging.is_founded() && !self.staging.journal().exists() && self.premises.journal().exists()
    }

    /// Nothing that is there is overwritten.
    fn sheet_has_room(&self) -> Result<(), Failure> {
        let there = fs::read(&self.sheet).ok();
        let ours = there.is_some() && there == fs::read(self.staged_sheet()).ok();
        if there.is_none() || ours {
            return Ok(());
        }
        let sentence = format!("there is already a file {}; name another one with --out", self.sheet.display());
        Err(Failure::of("already-set-up", &sentence))
    }

    /// The firm as an earlier run left it, or a new one.
    async fn node(&self, passphrase: &Password, founding: Founding, from: Option<&Sheet>) -> Result<FirmNode, Failure> {
        if self.staging.is_founded() {
            match door::open(self.staging.clone(), passphrase.clone()).await {
                Ok(node) => {
                    let (wanted, from) = (founding.clone(), from.map(|sheet| sheet.log.inception.clone()));
                    let same = node.office().handle().view(move |firm: &Firm| {
                        let found = firm.identity.founding.as_ref();
                        found.is_some_and(|found| {
                            let begun = &found.log.inception;
                            let same_firm = from.map_or(found.log.events.is_empty(), |from| from == *begun);
                            same_firm && found.legal_name == wanted.legal_name && found.contact == wanted.contact
                        })
                    });
                    // Without the root keys nobody was asked yet, and nothing is lost by new ones.
                    if same.await? && self.staged_sheet().exists() {
                        return Ok(node);
                    }
                    node.stop().await?;
                }
                Err(OpenError::Keys(node::keystore::SealError::WrongPassword { .. })) => {
                    let sentence = format!(
                        "an earlier init was broken off and used another passphrase; give that one, or delete {} if you do \
                         not know it (the invitation may be used up then)",
                        self.staging.data().display()
                    );
                    return Err(Failure::of("wrong-passphrase", &sentence));
                }
                Err(other) => tracing::info!(%other, "what an earlier init left cannot be used"),
            }
        }
        self.clear()?;
        let name = founding.legal_name.clone();
        let (node, sheet) = match from {
            Some(sheet) => self.staging.recover(passphrase, founding, sheet).await?,
            None => {
                let keys = RootKeys::generate()?;
                let node = self.staging.found(passphrase, founding, &keys).await?;
                let look = |firm: &Firm| firm.identity.founding.as_ref().map(|founding| founding.log.clone());
                let log = node.office().handle().view(look).await?.ok_or(firm::command::Refusal::NotFounded)?;
                (node, Sheet { keys, log })
            }
        };
        let text = sheet.text(&name, node.office().now().day());
        secrets::write_new(&self.staged_sheet(), text.as_bytes())?;
        Ok(node)
    }

    fn clear(&self) -> Result<(), Failure> {
        match fs::remove_dir_all(self.staging.data()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(secrets::unwritten(self.staging.data(), &error))
            }
            _ => Ok(()),
        }
    }

    fn undone(&self, failure: Failure) -> Result<Failure, Failure> {
        self.clear()?;
        Ok(failure)
    }

    fn kept(&self, mut failure: Failure) -> Failure {
        let rest = format!(
            "give the same command again with the same passphrase (it goes on from {})",
            self.staging.data().display()
        );
        failure.fault.remedy =
            if failure.fault.remedy.is_empty() { rest } else { format!("{}; {rest}", failure.fault.remedy) };
        failure
    }

    fn put_in_place(&self) -> Result<(), Failure> {
        let text = fs::read(self.staged_sheet()).map_err(|error| secrets::unwritten(&self.staged_sheet(), &error))?;
        if !self.sheet.exists() {
            secrets::write_new(&self.sheet, &text)?;
        }
        self.move_up("journal.redb")?;
        self.put_keys_in_place()
    }

    fn put_keys_in_place(&self) -> Result<(), Failure> {
        self.move_up("keys")?;
        self.clear()
    }

    fn move_up(&self, name: &str) -> Result<(), Failure> {
        let (from, to) = (self.staging.data().join(name), self.premises.data().join(name));
        fs::rename(from, &to).map_err(|error| secrets::unwritten(&to, &error))?;
        let flushed = File::open(self.premises.data()).and_then(|folder| folder.sync_all());
        flushed.map_err(|error| secrets::unwritten(&to, &error))
    }
}

fn tell(making: &Making, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let (data, sheet) = (making.premises.data().display(), making.sheet.display());
    if printer.is_json() {
        let done = json!({"data": data.to_string(), "sheet": sheet.to_string()});
        return printer.items("init", &[done]);
    }
    printer.line(&format!(
        "This firm is a member now; its data is in {data}.\n\
         Its recovery sheet is {sheet}. Run `cosolvent keys sheet` now: it shows the sheet, asks for it back once you have written\n\
         it down, and takes it off this computer. Whoever has it can become this firm; without it the firm ends within a year.\n\
         An older recovery sheet of this firm, if there is one, is worthless now: destroy it.\n\
         Next: `cosolvent run` starts the node, `cosolvent person add` enters more people."
    ))
}
