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
    nouns::CERTIFICATE_DAYS,
    print::Printer,
    secrets,
};
use firm::{
    Firm,
    command::{Answer, Asker, Command, ContactCard},
    policy::Policy,
};
use node::{
    config::Config,
    control::Typed,
    keystore::Password,
    lock::Lock,
    office::{FirmNode, Founding, OpenError, Premises, RootKeys},
};
use protocol::invitation::Invitation;
use serde_json::json;
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

/// Written into a new data folder, so that the part-time administrator finds every key in it.
const CONFIGURATION: &str = include_str!("cosolvent.toml");

pub(crate) async fn init(place: &Place, arguments: Init, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let premises = place.premises();
    let invitation: Invitation = arguments.invitation.parse()?;
    invitation.live_at(protocol::time::UnixMs(premises.clock().now().wall.0))?;
    if premises.is_founded() {
        return Err(OpenError::AlreadyFounded { folder: premises.data().into() }.into());
    }
    let config = Config::read(&premises.config())?;
    let lock = Lock::take(premises.data())?;
    let making = Making::at(&premises, arguments.root_key.clone());
    if making.was_nearly_done() {
        making.put_keys_in_place()?;
    } else {
        making.root_key_has_room()?;
        let passphrase = secrets::new_passphrase(place, &config)?;
        let people = passwords(&arguments)?;
        let node = making.node(&passphrase, founding(&arguments)).await?;
        let joined = enrol_and_join(&node, &arguments, people, &invitation, &config).await;
        node.stop().await?;
        if let Err((failure, keep)) = joined {
            return Err(if keep { making.kept(failure) } else { making.undone(failure)? });
        }
        making.put_in_place()?;
    }
    if !premises.config().exists() {
        fs::write(premises.config(), CONFIGURATION).map_err(|error| unwritten(&premises.config(), &error))?;
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

/// Enters people, puts the small shop's policy into force (people decide every step) and asks the sponsor. With a failure
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
    for (person, password) in arguments.people.iter().zip(passwords) {
        let (id, name, roles) = (person.id.clone(), person.name.clone(), person.roles.clone());
        let entered = office.enrol(id, name, roles, expires, password.password()).await;
        accepted(entered.map_err(|error| (error.into(), false))?)?;
    }
    let policy = office.handle().view(|firm: &Firm| firm.policy.version).await;
    if policy.map_err(|error| (error.into(), false))? == 0 {
        let govern = office.ask(Asker::Operator, Command::Govern(Policy::small_shop())).await;
        accepted(govern.map_err(|error| (error.into(), false))?)?;
    }
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
    root_key: PathBuf,
}

impl Making {
    fn at(premises: &Premises, root_key: Option<PathBuf>) -> Making {
        let root_key = root_key.unwrap_or_else(|| premises.data().join("root-key.txt"));
        Making { premises: premises.clone(), staging: Premises::at(premises.data().join("init")), root_key }
    }

    fn staged_root_key(&self) -> PathBuf {
        self.staging.data().join("root-key.txt")
    }

    /// Whether an earlier run was broken off between its last two steps.
    fn was_nearly_done(&self) -> bool {
        self.staging.is_founded() && !self.staging.journal().exists() && self.premises.journal().exists()
    }

    /// Nothing that is there is overwritten.
    fn root_key_has_room(&self) -> Result<(), Failure> {
        let there = fs::read(&self.root_key).ok();
        let ours = there.is_some() && there == fs::read(self.staged_root_key()).ok();
        if there.is_none() || ours {
            return Ok(());
        }
        let sentence = format!("there is already a file {}; name another one with --root-key", self.root_key.display());
        Err(Failure::of("already-set-up", &sentence))
    }

    /// The firm as an earlier run left it, or a new one.
    async fn node(&self, passphrase: &Password, founding: Founding) -> Result<FirmNode, Failure> {
        if self.staging.is_founded() {
            match door::open(self.staging.clone(), passphrase.clone()).await {
                Ok(node) => {
                    let wanted = founding.clone();
                    let same = node.office().handle().view(move |firm: &Firm| {
                        let found = firm.identity.founding.as_ref();
                        found.is_some_and(|f| f.legal_name == wanted.legal_name && f.contact == wanted.contact)
                    });
                    // Without the root keys nobody was asked yet, and nothing is lost by new ones.
                    if same.await? && self.staged_root_key().exists() {
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
        let root = RootKeys::generate()?;
        let name = founding.legal_name.clone();
        let node = self.staging.found(passphrase, founding, &root).await?;
        let firm = node.office().handle().view(|firm: &Firm| firm.identity.founding.as_ref().map(|f| f.firm)).await?;
        let text = firm.map(|firm| root.recovery_text(firm, &name)).unwrap_or_default();
        write_secret(&self.staged_root_key(), text.as_bytes())?;
        Ok(node)
    }

    fn clear(&self) -> Result<(), Failure> {
        match fs::remove_dir_all(self.staging.data()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(unwritten(self.staging.data(), &error)),
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
        let text = fs::read(self.staged_root_key()).map_err(|error| unwritten(&self.staged_root_key(), &error))?;
        if !self.root_key.exists() {
            write_secret(&self.root_key, &text)?;
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
        fs::rename(from, &to).map_err(|error| unwritten(&to, &error))?;
        let flushed = File::open(self.premises.data()).and_then(|folder| folder.sync_all());
        flushed.map_err(|error| unwritten(&to, &error))
    }
}

fn write_secret(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut fresh = path.as_os_str().to_owned();
    fresh.push(".new");
    // Left over from a run that was broken off; never written through, in case somebody else put it there.
    match fs::remove_file(&fresh) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(unwritten(path, &error)),
        _ => {}
    }
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&fresh);
    let written = file.and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
    // A link, unlike a move, never replaces what is there.
    let named = written.and_then(|()| fs::hard_link(&fresh, path)).and_then(|()| fs::remove_file(&fresh));
    named.map_err(|error| unwritten(path, &error))
}

fn unwritten(path: &Path, error: &io::Error) -> Failure {
    let sentence =
        format!("could not write {}: {error}; check the disk and the permissions of its folder", path.display());
    Failure::of("disk", &sentence)
}

fn tell(making: &Making, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let (data, root_key) = (making.premises.data().display(), making.root_key.display());
    if printer.is_json() {
        let done = json!({"data": data.to_string(), "root_key": root_key.to_string()});
        return printer.items("init", &[done]);
    }
    printer.line(&format!(
        "This firm is a member now; its data is in {data}.\n\
         Move {root_key} away from this computer today: print it or put it on a medium in a safe, then delete it here.\n\
         Whoever has it can change who this firm is; without it nobody can.\n\
         Next: `cosolvent run` starts the node, `cosolvent person add` enters more people."
    ))
}
