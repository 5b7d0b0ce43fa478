//! `policy`: show the rules in force, say what they mean for one resource or need, try others out, and put others into force.
//!
//! An owner's password opens the key that signs a version; nothing changes without it. The difference is shown before.

use crate::{
    arguments::Place,
    door::{self, Door},
    failure::Failure,
    forms::ItemForm,
    loans,
    print::Printer,
    secrets, yes,
};
use clap::{Args, Subcommand};
use firm::{
    policy::{Policy, Rule},
    register::PersonId,
    view::{PolicyView, Query, RuleView},
};
use node::control::{Request, Typed};
use protocol::{dialogue::Step, facts::Side, id::ItemId, time::Day};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
};

#[derive(Debug, Subcommand)]
pub(crate) enum PolicyVerb {
    /// Show the rules, as the file that `policy set` reads
    Show {
        /// The number of an earlier version
        #[arg(long, value_name = "VERSION")]
        number: Option<u32>,
        #[command(flatten)]
        reader: Reader,
    },
    /// Say who decides each step of one resource or need, and how each fact is told, with the rule that says so
    Explain {
        /// Its id
        item: ItemId,
        #[command(flatten)]
        reader: Reader,
    },
    /// Say what would happen to a need (or offer) of somebody else: what fits it here, who would be asked, what would be told
    DryRun {
        /// A TOML file with the need, as `need add` reads it
        file: Option<PathBuf>,
        #[command(flatten)]
        form: Box<ItemForm>,
        /// It is an offer, which own needs may fit
        #[arg(long)]
        offer: bool,
        /// Under the rules of this file instead of those in force
        #[arg(long, value_name = "POLICY")]
        under: Option<PathBuf>,
        #[command(flatten)]
        reader: Reader,
    },
    /// Put the rules of a file into force under an owner's signature, after showing what changes
    Set {
        /// The file
        file: PathBuf,
        /// Which owner signs
        #[arg(long = "as", value_name = "PERSON")]
        person: PersonId,
        /// Read the owner's own password from the first line of this file instead of asking for it
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
        /// Do not ask again after showing what changes
        #[arg(long)]
        yes: bool,
    },
}

/// Who reads: private rules are shown to owners and approvers only.
#[derive(Debug, Args)]
pub(crate) struct Reader {
    /// Who reads; without, private rules are only said to be set
    #[arg(id = "reader", long = "as", value_name = "PERSON")]
    person: Option<PersonId>,
    /// Read the person's own password from the first line of this file instead of asking for it
    #[arg(long, value_name = "FILE", requires = "reader")]
    password_file: Option<PathBuf>,
}

impl Reader {
    fn asks(self, query: Query) -> Result<Request, Failure> {
        let Some(person) = self.person else { return Ok(Request::View { query }) };
        let password = secrets::password(self.password_file.as_deref(), person.as_str())?;
        Ok(Request::ViewAs { person, password, query })
    }
}

pub(crate) async fn policy(place: &Place, verb: PolicyVerb, printer: &mut Printer<'_>) -> Result<(), Failure> {
    match verb {
        PolicyVerb::Show { number, reader } => {
            let items = door::items(place, reader.asks(Query::Policy(number))?).await?;
            show(&items, printer)
        }
        PolicyVerb::Explain { item, reader } => {
            let items = door::items(place, reader.asks(Query::Explain(item))?).await?;
            explain(&items, printer)
        }
        PolicyVerb::DryRun { file, form, offer, under, reader } => {
            let theirs = Box::new(form.draft(file.as_deref(), if offer { Side::Offer } else { Side::Need })?);
            let policy = under.as_deref().map(read).transpose()?.map(Box::new);
            let items = door::items(place, reader.asks(Query::DryRun { theirs, policy })?).await?;
            tried(&items, printer)
        }
        PolicyVerb::Set { file, person, password_file, yes } => {
            let proposed = read(&file)?;
            let password = secrets::password(password_file.as_deref(), person.as_str())?;
            set(place, proposed, (person, password), yes, printer).await
        }
    }
}

/// Reads a file of rules.
fn read(path: &Path) -> Result<Policy, Failure> {
    let text = fs::read_to_string(path)
        .map_err(|error| Failure::usage(&format!("cannot read {}: {error}; check the path", path.display())))?;
    written::policy::read(&text).map_err(|why| Failure::usage(&format!("{}: {why}", path.display())))
}

fn show(items: &[Value], printer: &mut Printer<'_>) -> Result<(), Failure> {
    if printer.is_json() {
        return printer.items("policy", items);
    }
    let shown = seen(items)?;
    let whose = match &shown.by {
        Some(by) => format!("signed by {by}"),
        None if shown.signed => "signed by an owner who has left since".into(),
        None => "from when the firm had no owner yet".into(),
    };
    printer.line(&format!("# Version {} of the policy, {whose}, {}", shown.version, shown.hash))?;
    let hidden = shown.rules.iter().filter(|rule| rule.says.is_none()).map(|rule| rule.number.to_string());
    let hidden: Vec<String> = hidden.collect();
    if !hidden.is_empty() {
        printer.line(&format!(
            "# Not shown here: rules {}. Read as an owner or approver: --as PERSON",
            hidden.join(", ")
        ))?;
    }
    printer.line(written::policy::write(&rules_of(&shown.rules), &shown.never_said).trim_end())
}

fn explain(items: &[Value], printer: &mut Printer<'_>) -> Result<(), Failure> {
    let Some(said) = items.first() else { return Err(firm::command::Refusal::NoSuchItem.into()) };
    if printer.is_json() {
        return printer.items("explanation", items);
    }
    printer.line(&format!("What version {} of the policy says to {}:", said["version"], plain(&said["title"])))?;
    for step in list(&said["steps"]) {
        printer.line(&format!("  {}: {} ({})", plain(&step["step"]), deciders(step), because(&step["because"])))?;
        printer.line(&format!("    {}", waits(step)))?;
    }
    for told in list(&said["told"]) {
        let (field, step) = (plain(&told["field"]), plain(&told["step"]));
        printer.line(&format!("  {field} at {step}: {} ({})", plain(&told["detail"]), because(&told["because"])))?;
    }
    let bound = if said["bound"].is_null() && said["bound_set"] == true { "set" } else { "none" };
    match said["bound"].as_object() {
        Some(bound) => {
            let hourly = &bound["hourly"];
            let minor = hourly["minor"].as_u64().unwrap_or_default();
            let amount = format!("{}.{:02} {}", minor / 100, minor % 100, plain(&hourly["currency"]));
            printer.line(&format!(
                "  price {}: {amount} for an hour ({})",
                plain(&bound["bound"]),
                because(&bound["because"])
            ))?;
        }
        None => printer.line(&format!("  price bound: {bound}"))?,
    }
    for cap in list(&said["caps"]) {
        printer.line(&format!(
            "  at most {} h in a {} ({})",
            cap["hours"],
            plain(&cap["per"]),
            because(&cap["because"])
        ))?;
    }
    if said["caps_set"] == true && list(&said["caps"]).is_empty() {
        printer.line("  cap on hours: set")?;
    }
    for avoided in list(&said["avoided"]) {
        let classes: Vec<String> = list(&avoided["classes"]).iter().map(plain).collect();
        printer.line(&format!("  avoids {} ({})", classes.join(", "), because(&avoided["because"])))?;
    }
    if said["avoided_set"] == true && list(&said["avoided"]).is_empty() {
        printer.line("  avoided conflict classes: set")?;
    }
    if said["standing"].is_object() {
        let rule = &said["standing"];
        printer.line(&format!(
            "  answers without asking: {} fits, at most {} in any seven days, until {}; {} given ({})",
            if rule["fit"] == "strong" { "strong" } else { "strong and possible" },
            rule["weekly"],
            day(&rule["until"]),
            rule["given"],
            because(&rule["because"])
        ))?;
        if rule["signed"] != true {
            printer.line("    no owner of today signed this version, so a person is asked")?;
        }
    }
    if said["must_name"].is_object() {
        printer.line(&format!("  names the person whose time it is ({})", because(&said["must_name"])))?;
    }
    for say in list(&said["loan"]["says"]) {
        printer.line(&format!(
            "  {} of {}: {}",
            loans::name(say),
            plain(&said["loan"]["person"]),
            loans::standing(say)
        ))?;
    }
    if !said["not_lent"].is_null() {
        printer.line(&format!("  not offered: {}", loans::missing(&said["not_lent"])))?;
    }
    Ok(())
}

fn tried(items: &[Value], printer: &mut Printer<'_>) -> Result<(), Failure> {
    if printer.is_json() {
        return printer.items("dry-run", items);
    }
    if items.is_empty() {
        return printer.line("nothing here is of the other side, so nothing would happen");
    }
    for one in items {
        let said = &one["explanation"];
        let title = plain(&said["title"]);
        if one["avoided"].is_object() {
            let rule = because(&one["avoided"]);
            printer.line(&format!(
                "{title}: refused because of {rule}, which avoids a conflict class of theirs; nobody is asked"
            ))?;
            continue;
        }
        if one["is_match"] != true {
            printer.line(&format!("{title}: does not fit, nobody is asked"))?;
            continue;
        }
        printer.line(&format!("{title}: fits ({})", plain(&one["report"]["band"])))?;
        if one["ruled"].is_object() {
            printer
                .line(&format!("  first words that fit so: answered without asking ({})", because(&one["ruled"])))?;
        }
        for wanted in [Step::Interest, Step::Answer, Step::Talk, Step::OptIn, Step::Sign, Step::Work] {
            let step = list(&said["steps"]).iter().find(|step| step["step"] == wanted.name());
            if let Some(step) = step {
                printer.line(&format!("  {wanted}: {} ({})", deciders(step), because(&step["because"])))?;
            }
        }
        let told = list(&one["told"]).iter().map(|told| {
            let how = if told["detail"] == "band" { " in bands" } else { "" };
            format!("{}{how}", plain(&told["field"]))
        });
        printer.line(&format!("  first words tell: {}", told.collect::<Vec<_>>().join(", ")))?;
    }
    Ok(())
}

async fn set(
    place: &Place,
    proposed: Policy,
    (person, password): (PersonId, Typed),
    sure: bool,
    printer: &mut Printer<'_>,
) -> Result<(), Failure> {
    let mut door = Door::open(place).await?;
    let done = put_into_force(&mut door, proposed, (person, password), sure, printer).await;
    door.close().await?;
    done
}

async fn put_into_force(
    door: &mut Door,
    proposed: Policy,
    (person, password): (PersonId, Typed),
    sure: bool,
    printer: &mut Printer<'_>,
) -> Result<(), Failure> {
    let query = Query::Policy(None);
    let looked = Request::ViewAs { person: person.clone(), password: password.clone(), query };
    let before = seen(&door.items(looked).await?)?;
    let change = Change::between(&rules_of(&before.rules), &proposed.rules);
    let version = before.version.saturating_add(1);
    if !printer.is_json() {
        change.show(version, printer)?;
    }
    if !sure && !yes::typed(&format!("Put version {version} into force?"), "give --yes")? {
        return Err(Failure::of(
            "not-confirmed",
            &"nothing was changed, because nobody typed yes; give the command again",
        ));
    }
    let request = Request::Govern { person, policy: Box::new(proposed), over: before.hash, password };
    match door.answer(request).await? {
        firm::command::Answer::Refused(refusal) => Err(refusal.into()),
        _ if printer.is_json() => printer.items("policy-change", &[change.json(version)]),
        _ => printer.line(&format!("version {version} is in force")),
    }
}

/// What changes from one version to the next.
struct Change {
    added: Vec<String>,
    removed: Vec<String>,
    kept: usize,
}

impl Change {
    fn between(before: &[Rule], after: &[Rule]) -> Change {
        let mut removed: Vec<String> = before.iter().map(written::policy::line).collect();
        let mut added = Vec::new();
        for line in after.iter().map(written::policy::line) {
            match removed.iter().position(|old| *old == line) {
                Some(at) => drop(removed.remove(at)),
                None => added.push(line),
            }
        }
        Change { kept: after.len() - added.len(), added, removed }
    }

    fn show(&self, version: u32, printer: &mut Printer<'_>) -> Result<(), Failure> {
        printer.line(&format!("Version {version} would keep {} rules and change these:", self.kept))?;
        self.removed.iter().try_for_each(|line| printer.line(&format!("- {line}")))?;
        self.added.iter().try_for_each(|line| printer.line(&format!("+ {line}")))
    }

    fn json(&self, version: u32) -> Value {
        json!({"version": version, "kept": self.kept, "added": self.added, "removed": self.removed})
    }
}

fn seen(items: &[Value]) -> Result<PolicyView, Failure> {
    let Some(item) = items.first() else {
        return Err(Failure::of(
            "not-found",
            &"there is no such version; `cosolvent policy show` shows the one in force",
        ));
    };
    serde_json::from_value(item.clone())
        .map_err(|_| Failure::of("malformed", &"the policy cannot be read; use the command line of the node's version"))
}

fn rules_of(rules: &[RuleView]) -> Vec<Rule> {
    let rule = |rule: &RuleView| Some(Rule { number: rule.number, scope: rule.scope, says: rule.says.clone()? });
    rules.iter().filter_map(rule).collect()
}

fn deciders(step: &Value) -> String {
    let roles: Vec<String> = list(&step["roles"]).iter().map(plain).collect();
    match (roles.is_empty(), step["people"].as_u64()) {
        (true, _) => "nobody".into(),
        (false, Some(2)) => format!("two different people, each {}", roles.join(" or ")),
        (false, _) => roles.join(" or "),
    }
}

/// What becomes of a question that nobody decides.
fn waits(step: &Value) -> String {
    let days: Vec<String> = list(&step["reminders"]["days"]).iter().map(plain).collect();
    let reminded = match days.split_last() {
        None => "nobody is reminded".to_owned(),
        Some((only, [])) => format!("reminded after {only} days"),
        Some((last, rest)) => format!("reminded after {} and {last} days", rest.join(", ")),
    };
    let reminded = format!("{reminded} ({})", because(&step["reminders"]["because"]));
    let escalation = &step["escalation"];
    if escalation.is_null() {
        return reminded;
    }
    let to: Vec<String> = list(&escalation["to"]).iter().map(plain).collect();
    let (to, days) = (to.join(" or "), &escalation["days"]);
    format!("{reminded}; after {days} days {to} may decide too ({})", because(&escalation["because"]))
}

fn because(because: &Value) -> String {
    match because["rule"].as_u64() {
        Some(rule) => format!("rule {rule} of version {}", because["version"]),
        None => format!("no rule of version {}", because["version"]),
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A day as people write it.
fn day(value: &Value) -> String {
    value.as_u64().and_then(|day| u32::try_from(day).ok()).map_or_else(|| plain(value), |day| Day(day).to_string())
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_string)
}
