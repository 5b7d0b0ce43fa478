//! A firm of the story: its folder, its node when it runs, and its people at their terminals.

use crate::program::{COSOLVENT, Running, Said, as_toml, run, secret, until};
use firm::profile::ItemDraft;
use protocol::{facts::Side, time::UnixMs, vocabulary::Role};
use serde_json::{Value, json};
use simulations::story::{FirmPlan, PersonPlan};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// One firm.
pub(crate) struct Party {
    pub(crate) plan: FirmPlan,
    pub(crate) node: Option<Running>,
    folder: PathBuf,
    listen: [String; 2],
}

impl Party {
    /// A firm that has a configuration and secrets, and has not joined yet.
    pub(crate) fn new(plan: FirmPlan, place: &Path, address: &str, port: u16) -> Party {
        let folder = place.join(&plan.id);
        fs::create_dir(&folder).unwrap();
        let listen = [format!("/ip4/{address}/tcp/{port}"), format!("/ip4/{address}/udp/{port}/quic-v1")];
        let party = Party { plan, node: None, folder, listen };
        secret(&party.beside("passphrase"), &format!("{} opens its own", party.plan.id));
        party.plan.people.iter().for_each(|person| secret(&party.beside(person.id.as_str()), &password(person)));
        party.configure("");
        party
    }

    /// Its data folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// A file outside the data folder, such as a secret.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.folder.with_extension(name)
    }

    /// Writes the configuration: loopback, own ports, any free one for the desk. `more` goes to its top.
    pub(crate) fn configure(&self, more: &str) {
        let listen = if more.contains("listen") { String::new() } else { format!("listen = {:?}\n", self.listen) };
        let passphrase = self.beside("passphrase");
        let text = format!(
            "{more}kind = \"real\"\n{listen}[desk]\nlisten = \"127.0.0.1:0\"\n[passphrase]\nfrom = \"file\"\npath = {passphrase:?}\n"
        );
        fs::write(self.folder.join("cosolvent.toml"), text).unwrap();
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(COSOLVENT);
        command.arg("--json").arg("--data").arg(&self.folder).args(words);
        command
    }

    /// Runs the program on this firm's folder, to its end.
    pub(crate) fn run(&self, words: &[&str]) -> Said {
        run(&mut self.command(words))
    }

    /// The same for people: one sentence instead of JSON.
    pub(crate) fn run_plainly(&self, words: &[&str]) -> Said {
        run(Command::new(COSOLVENT).arg("--data").arg(&self.folder).args(words))
    }

    /// What a command prints, which must succeed.
    #[track_caller]
    pub(crate) fn items(&self, words: &[&str]) -> Vec<Value> {
        self.run(words).items()
    }

    /// Waits until a command prints what is wanted.
    #[track_caller]
    pub(crate) fn until<T>(&self, words: &[&str], wanted: impl Fn(&[Value]) -> Option<T>) -> T {
        until(&format!("{} {words:?}", self.plan.id), || wanted(&self.items(words)))
    }

    /// Sets the firm up as its people would.
    pub(crate) fn init(&self, invitation: &str) -> Said {
        let plan = &self.plan;
        let texts = [
            ("--name", plan.legal_name.as_str()),
            ("--street", plan.street.as_str()),
            ("--mail", plan.mail.as_str()),
            ("--phone", plan.phone.as_str()),
            ("--contact", plan.contact.as_str()),
            ("--invitation", invitation),
        ];
        let mut init = self.command(&["init", "--passphrase-file"]);
        init.arg(self.beside("passphrase"));
        texts.iter().for_each(|(option, text)| {
            init.args([option, text]);
        });
        for person in &plan.people {
            let roles: Vec<String> = person.roles.iter().map(word).collect();
            init.arg("--person").arg(format!("{}:{}:{}", person.id, person.name, roles.join(",")));
            init.arg("--password-file").arg(format!("{}={}", person.id, self.beside(person.id.as_str()).display()));
        }
        run(&mut init)
    }

    /// Starts its node.
    pub(crate) fn start(&mut self) {
        assert!(self.node.is_none(), "{} runs already", self.plan.id);
        self.node = Some(Running::start(&mut self.command(&["run"]), &self.beside("log")));
    }

    /// `kill -9`.
    pub(crate) fn kill(&mut self) {
        self.node.take().unwrap().kill();
    }

    /// Stops it in order.
    pub(crate) fn stop(&mut self) {
        self.node.take().unwrap().stop();
    }

    /// Waits until its sponsor has given it passes.
    pub(crate) fn wait_for_passes(&self) {
        self.until(&["status"], |items| {
            let passes = items[0]["passes"].as_array()?;
            passes.iter().all(|count| count.as_u64().is_some_and(|count| count > 0)).then_some(())
        });
    }

    /// Enters its items, from files.
    pub(crate) fn confide(&self) {
        for item in &self.plan.items {
            let draft = item.draft(now());
            let file = self.beside(&format!("{}.toml", item.id));
            fs::write(&file, as_toml(&form(&draft))).unwrap();
            let noun = if draft.side == Side::Offer { "resource" } else { "need" };
            let said = self.run(&[noun, "add", file.to_str().unwrap()]);
            assert_eq!(said.code, 0, "{said:?}");
        }
    }

    /// The first person who may decide a question says yes.
    pub(crate) fn approve(&self, question: &Value) -> Said {
        let roles: Vec<&str> = question["roles"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let may = |person: &&PersonPlan| person.roles.iter().any(|role| roles.contains(&word(role).as_str()));
        let person = self.plan.people.iter().find(may).unwrap_or_else(|| panic!("nobody may decide {question}"));
        let file = self.beside(person.id.as_str());
        let id = question["id"].as_str().unwrap();
        let words = ["approval", "approve", id, "--as", person.id.as_str(), "--password-file"];
        self.run(&[&words[..], &[file.to_str().unwrap()]].concat())
    }

    /// Everything that its people can be shown, as text.
    pub(crate) fn pages(&self) -> String {
        let reads = [
            &["status"][..],
            &["match", "list"],
            &["approval", "list"],
            &["deal", "list"],
            &["trust", "show"],
            &["resource", "list"],
            &["need", "list"],
        ];
        let mut pages: Vec<Value> = reads.iter().flat_map(|words| self.items(words)).collect();
        for deal in self.items(&["deal", "list"]) {
            pages.extend(self.items(&["deal", "show", deal["id"].as_str().unwrap()]));
        }
        Value::Array(pages).to_string()
    }

    /// Its only deal.
    pub(crate) fn deal(&self) -> Option<Value> {
        let mut deals = self.items(&["deal", "list"]);
        assert!(deals.len() < 2, "one match, one deal: {deals:?}");
        deals.pop()
    }
}

/// What a person types; each has an own one.
pub(crate) fn password(person: &PersonPlan) -> String {
    format!("{} has an own word", person.id)
}

fn word(role: &Role) -> String {
    serde_json::to_value(role).unwrap().as_str().unwrap().to_owned()
}

/// A draft as its form is written in a file.
fn form(draft: &ItemDraft) -> Value {
    let mut form = json!(draft);
    form["weeks"] = format!("{}..{}", draft.weeks.first, draft.weeks.last).into();
    let degrees = |micro: i32| f64::from(micro) / 1e6;
    form["site"] = format!("{:.6}, {:.6}", degrees(draft.site.lat_udeg), degrees(draft.site.lon_udeg)).into();
    form["limit"] = draft.limit.map_or(Value::Null, |money| money.to_string().into());
    form.as_object_mut().unwrap().remove("side");
    form
}

/// Now, by the computer's clock.
pub(crate) fn now() -> UnixMs {
    UnixMs(node::driver::Clock::system().now().wall.0)
}
