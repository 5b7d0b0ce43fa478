//! A policy as a file of rules that people read and write.
//!
//! ```toml
//! never_said = ["Aéro Boréale"]
//!
//! [[rule]]                      # every step: an approver or the owner
//! decide = "any"
//! who = ["approver", "owner"]
//!
//! [[rule]]                      # signing: two different people
//! decide = "sign"
//! who = ["signer"]
//! people = 2
//!
//! [[rule]]
//! for = "expertise"             # a class, a kind of work, or the id of one resource or need; everything if left out
//! tell = ["hours", "tolerance"] # or ["any"]
//! at = "answer"                 # every step if left out
//! how = "band"                  # exactly, band or nothing
//!
//! [[rule]]
//! for = "person-hours"
//! cap_hours = 6
//! per = "week"                  # or month
//! ```
//!
//! The others: `expert_percent = 60`, `publish = "coarse"`, `price_at_least = "185.00 CAD"`, `price_at_most = "260.00 CAD"`,
//! `exclude = "Legal Name Inc."`, `avoid = ["automotive-maker"]` (conflict classes), `person = "named"`, `remind = "any"` with
//! `on_days = [3, 7]`, `escalate = "sign"` with `to = ["signer"]` and `after_days = 3`, and `standing = "strong"` (or `possible` for both; first words
//! that fit so are answered without asking anybody) with `answers_a_week = 3` and `until = "2027-01-31"`.
//! A rule says one thing. What cannot be meant is refused with rule, field and what to write.

use crate::MoneyText;
use firm::{
    matching::Band,
    policy::{Bound, Detail, Period, Permission, Policy, Rule, Says, Scope},
    profile::Mode,
};
use protocol::{
    dialogue::{Field, Step},
    id::ItemId,
    text::{Name, ShortText},
    time::Day,
    vocabulary::{ConflictClass, Process, ResourceClass, Role},
};
use serde::Deserialize;
use toml::{Table, Value};

/// Fields of a rule: those that say what kind it is, and those that only go with one of them.
const KINDS: [&str; 13] = [
    "decide",
    "remind",
    "escalate",
    "tell",
    "publish",
    "price_at_least",
    "price_at_most",
    "cap_hours",
    "expert_percent",
    "exclude",
    "avoid",
    "person",
    "standing",
];
const FURTHER: [(&str, &str); 11] = [
    ("for", ""),
    ("who", "decide"),
    ("people", "decide"),
    ("on_days", "remind"),
    ("to", "escalate"),
    ("after_days", "escalate"),
    ("at", "tell"),
    ("how", "tell"),
    ("per", "cap_hours"),
    ("answers_a_week", "standing"),
    ("until", "standing"),
];

/// The rules of such a file, in a table of another file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Vec<Table>")]
pub struct RulesText(pub Vec<Rule>);

impl TryFrom<Vec<Table>> for RulesText {
    type Error = String;
    fn try_from(tables: Vec<Table>) -> Result<RulesText, String> {
        let rules = tables.iter().zip(1u32..).map(|(table, number)| numbered(table, number));
        rules.collect::<Result<_, _>>().map(RulesText)
    }
}

/// A policy from the text of such a file, without version and numbers.
///
/// # Errors
///
/// What cannot be meant, as a sentence: the line, or else the rule and the field, and what to write instead.
pub fn read(text: &str) -> Result<Policy, String> {
    let table: Table = text.parse().map_err(|error: toml::de::Error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        format!("line {line}: {}; correct that line", error.message().replace('\n', " "))
    })?;
    known(&table, &["rule", "never_said"])?;
    let never_said = match table.get("never_said") {
        None => Vec::new(),
        Some(value) => words(value, "never_said")?,
    };
    let never_said =
        never_said.into_iter().map(|word| ShortText::new(word).map_err(|why| format!("never_said: {why}")));
    let rules = match table.get("rule") {
        None => &[][..],
        Some(Value::Array(rules)) => rules,
        Some(_) => return Err("rule: write each rule under a line [[rule]]".into()),
    };
    let rules = rules.iter().zip(1u32..).map(|(rule, number)| {
        let table = rule.as_table().ok_or_else(|| format!("rule {number}: write each rule under a line [[rule]]"))?;
        numbered(table, number)
    });
    Ok(Policy {
        rules: rules.collect::<Result<_, _>>()?,
        never_said: never_said.collect::<Result<_, _>>()?,
        ..Policy::default()
    })
}

fn numbered(table: &Table, number: u32) -> Result<Rule, String> {
    rule_of(table).map_err(|why| format!("rule {number}: {why}"))
}

fn rule_of(table: &Table) -> Result<Rule, String> {
    let all: Vec<&str> = KINDS.into_iter().chain(FURTHER.map(|(field, _)| field)).collect();
    known(table, &all)?;
    let said: Vec<&str> = KINDS.into_iter().filter(|kind| table.contains_key(*kind)).collect();
    let [kind] = said[..] else {
        let found = if said.is_empty() { "nothing".into() } else { said.join(" and ") };
        return Err(format!("it says {found}; a rule says exactly one of {}", KINDS.join(", ")));
    };
    if let Some((stray, of)) = FURTHER.iter().find(|(field, of)| table.contains_key(*field) && !["", kind].contains(of))
    {
        return Err(format!(
            "{stray}: this goes with `{of}` and not with `{kind}`; take it out or write a rule of its own"
        ));
    }
    let scope = text(table, "for")?.map_or(Ok(Scope::Everything), scope)?;
    let says = match kind {
        "decide" => Says::Decide { step: step(table, "decide")?, permission: permission(table)? },
        "tell" => Says::Tell {
            step: step(table, "at")?,
            fields: fields(table)?,
            detail: named("how", needed(table, "how")?, &Detail::ALL, Detail::name)?,
        },
        "publish" => Says::Publish(named(kind, needed(table, kind)?, &Mode::ALL, Mode::name)?),
        "price_at_least" => Says::Price { bound: Bound::Floor, hourly: money(needed(table, kind)?, kind)? },
        "price_at_most" => Says::Price { bound: Bound::Ceiling, hourly: money(needed(table, kind)?, kind)? },
        "cap_hours" => Says::Cap {
            hours: number(table, kind, "hours")?,
            per: named("per", needed(table, "per")?, &Period::ALL, Period::name)?,
        },
        "expert_percent" => Says::Split { expert_percent: number(table, kind, "percent")? },
        "remind" => Says::Remind { step: waiting_step(table, kind)?, days: days(table)? },
        "escalate" => Says::Escalate {
            step: step(table, kind)?,
            days: number(table, "after_days", "days")?,
            to: roles(table, "to")?,
        },
        "avoid" => Says::Avoid(conflict_classes(table)?),
        "standing" => Says::Standing {
            fit: named(kind, needed(table, kind)?, &[Band::Strong, Band::Possible], Band::name)?,
            weekly: number(table, "answers_a_week", "answers")?,
            until: day(needed(table, "until")?, "until")?,
        },
        "person" => match needed(table, kind)? {
            "named" => Says::Named,
            other => {
                let wanted = "write \"named\" where an offer must name the person whose time it is";
                return Err(format!("person: \"{other}\" is not known; {wanted}"));
            }
        },
        _ => Says::Exclude(Name::new(needed(table, "exclude")?).map_err(|why| format!("exclude: {why}"))?),
    };
    Ok(Rule { number: 0, scope, says })
}

/// Refuses fields that nothing reads.
fn known(table: &Table, names: &[&str]) -> Result<(), String> {
    match table.keys().find(|key| !names.contains(&key.as_str())) {
        None => Ok(()),
        Some(key) => Err(format!("`{key}` is not known here{}", meant(key, names.iter().copied()))),
    }
}

/// "; did you mean …?", or all that could have been meant.
fn meant<'a>(written: &str, could: impl Iterator<Item = &'a str> + Clone) -> String {
    near(written, could.clone()).unwrap_or_else(|| format!("; write one of {}", could.collect::<Vec<_>>().join(", ")))
}

/// "; did you mean …?", if something is spelt almost so.
fn near<'a>(written: &str, could: impl Iterator<Item = &'a str>) -> Option<String> {
    let (distance, one) = could.map(|one| (strsim::damerau_levenshtein(written, one), one)).min()?;
    (distance <= 3 && distance < one.len()).then(|| format!("; did you mean {one}?"))
}

fn text<'a>(table: &'a Table, field: &str) -> Result<Option<&'a str>, String> {
    match table.get(field) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.trim())),
        Some(other) => Err(format!("{field}: {other} is no text; write it between quotation marks")),
    }
}

fn needed<'a>(table: &'a Table, field: &str) -> Result<&'a str, String> {
    text(table, field)?.ok_or_else(|| format!("{field}: it is missing; write it into the rule"))
}

fn words<'a>(value: &'a Value, field: &str) -> Result<Vec<&'a str>, String> {
    let wrong = || format!("{field}: {value} is no list of texts; write [\"one\", \"another\"]");
    let list = value.as_array().ok_or_else(wrong)?;
    list.iter().map(|one| one.as_str().map(str::trim).ok_or_else(wrong)).collect()
}

/// The one of all that is written so.
fn named<T: Copy>(field: &str, written: &str, all: &[T], name: impl Fn(T) -> &'static str) -> Result<T, String> {
    let found = all.iter().copied().find(|one| name(*one) == written);
    let wrong = || format!("{field}: \"{written}\" is not known{}", meant(written, all.iter().map(|one| name(*one))));
    found.ok_or_else(wrong)
}

fn scope(written: &str) -> Result<Scope, String> {
    if written == "everything" {
        return Ok(Scope::Everything);
    }
    let class = written.parse::<ResourceClass>().map(Scope::Class);
    let work = || written.parse::<Process>().map(Scope::Work);
    let item = || written.parse::<ItemId>().map(Scope::Item);
    class.or_else(|_| work()).or_else(|_| item()).map_err(|_| {
        let classes = ResourceClass::ALL.iter().map(|class| class.text());
        let could = classes.chain(Process::ALL.iter().map(|process| process.text())).chain(["everything"]);
        let all = "; write a class such as machine, a kind of work such as machining.turning, the id of a resource or need, or \
                   everything";
        format!("for: \"{written}\" is not known{}", near(written, could).unwrap_or_else(|| all.into()))
    })
}

fn step(table: &Table, field: &str) -> Result<Option<Step>, String> {
    let steps: Vec<Option<Step>> = Policy::STEPS.into_iter().map(Some).chain([None]).collect();
    let name = |step: Option<Step>| step.map_or("any", Step::name);
    text(table, field)?.map_or(Ok(None), |written| named(field, written, &steps, name))
}

/// A step at which a question can wait: a person's own consent waits as well, though no rule says who gives it.
fn waiting_step(table: &Table, field: &str) -> Result<Option<Step>, String> {
    match text(table, field)? {
        Some(written) if written == Step::OwnConsent.name() => Ok(Some(Step::OwnConsent)),
        _ => step(table, field),
    }
}

fn roles(table: &Table, field: &str) -> Result<Vec<Role>, String> {
    let wanted = || format!("{field}: it is missing; write the roles that may, or [] for nobody");
    let written = words(table.get(field).ok_or_else(wanted)?, field)?;
    written.into_iter().map(|role| named(field, role, Role::ALL, Role::text)).collect()
}

fn conflict_classes(table: &Table) -> Result<Vec<ConflictClass>, String> {
    let written = table.get("avoid").map_or(Ok(Vec::new()), |value| words(value, "avoid"))?;
    written.into_iter().map(|class| named("avoid", class, ConflictClass::ALL, ConflictClass::text)).collect()
}

fn days(table: &Table) -> Result<Vec<u32>, String> {
    let wanted =
        || "on_days: write the days after which people are reminded, such as [3, 7], or [] for never".to_owned();
    let list = table.get("on_days").and_then(Value::as_array).ok_or_else(wanted)?;
    let day = |day: &Value| day.as_integer().and_then(|day| u32::try_from(day).ok()).ok_or_else(wanted);
    list.iter().map(day).collect()
}

fn permission(table: &Table) -> Result<Permission, String> {
    let roles = roles(table, "who")?;
    match table.get("people").map_or(Some(1), Value::as_integer) {
        Some(1 | 2) if roles.is_empty() => Ok(Permission::Deny),
        Some(1) => Ok(Permission::Ask(roles)),
        Some(2) => Ok(Permission::Two(roles)),
        _ => Err("people: one person decides or two; write 1 or 2".into()),
    }
}

fn fields(table: &Table) -> Result<Vec<Field>, String> {
    let written = table.get("tell").map_or(Ok(Vec::new()), |value| words(value, "tell"))?;
    if written == ["any"] {
        return Ok(Vec::new());
    }
    if written.is_empty() {
        return Err("tell: it names no field; write [\"any\"] for all of them".into());
    }
    written.into_iter().map(|field| named("tell", field, &Field::ALL, Field::name)).collect()
}

fn money(written: &str, field: &str) -> Result<protocol::money::Money, String> {
    written.parse::<MoneyText>().map(|money| money.0).map_err(|why| format!("{field}: {why}"))
}

fn day(written: &str, field: &str) -> Result<Day, String> {
    written.parse().map_err(|_| format!("{field}: \"{written}\" is no day; write one such as 2027-01-31"))
}

fn number<N: TryFrom<i64>>(table: &Table, field: &str, of: &str) -> Result<N, String> {
    let value = table.get(field).unwrap_or(&Value::Boolean(false));
    let number = value.as_integer().and_then(|number| N::try_from(number).ok());
    number.ok_or_else(|| format!("{field}: {value} is no number of {of}; write a whole number"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY_KIND: &str = include_str!("../../../cosolvent/tests/policies/every-kind.toml");

    #[test]
    fn what_is_written_is_what_is_read_and_the_other_way_round() {
        let item = "[[rule]]\nfor = \"0101010101010101\"\npublish = \"silent\"";
        let policy = read(&format!("{EVERY_KIND}\n{item}")).unwrap();
        assert_eq!((policy.rules.len(), policy.never_said.len()), (17, 1));
        assert_eq!(policy.rules[6].scope, Scope::Class(ResourceClass::Machine));
        assert!(matches!(&policy.rules[6].says, Says::Decide { permission: Permission::Deny, .. }));
        let again = read(&super::super::write(&policy.rules, &policy.never_said)).unwrap();
        assert_eq!(again, policy);
    }

    #[test]
    fn a_preset_reads_back_as_itself() {
        for preset in firm::policy::Preset::ALL.map(firm::policy::Preset::policy) {
            let read = read(&super::super::write(&preset.rules, &[])).unwrap();
            assert_eq!(Policy::default().followed_by(read), preset);
        }
    }

    #[test]
    fn what_cannot_be_meant_is_refused_with_rule_field_and_what_to_write() {
        let rule = |lines: &str| format!("[[rule]]\npublish = \"open\"\n[[rule]]\n{lines}");
        let cases = [
            ("decide = \"any\"\nwho = [\"aprover\"]", "rule 2: who: \"aprover\" is not known; did you mean approver?"),
            ("decide = \"singe\"\nwho = []", "decide: \"singe\" is not known; did you mean sign?"),
            ("decide = \"any\"", "who: it is missing"),
            ("decide = \"any\"\nwho = [\"owner\"]\npeople = 3", "people: one person decides or two; write 1 or 2"),
            ("decide = \"any\"\nwoh = [\"owner\"]", "`woh` is not known here; did you mean who?"),
            ("tell = [\"hour\"]\nhow = \"band\"", "tell: \"hour\" is not known; did you mean hours?"),
            ("tell = [\"hours\"]\nhow = \"bands\"", "how: \"bands\" is not known; did you mean band?"),
            ("cap_hours = -4\nper = \"week\"", "cap_hours: -4 is no number of hours; write a whole number"),
            ("expert_percent = \"60\"", "expert_percent: \"60\" is no number of percent; write a whole number"),
            ("cap_hours = 4\nper = \"day\"", "per: \"day\" is not known"),
            ("cap_hours = 4", "per: it is missing"),
            ("price_at_least = \"185 EUR\"", "price_at_least: \"185 EUR\" is not an amount"),
            ("price_at_least = 185", "price_at_least: 185 is no text; write it between quotation marks"),
            ("for = \"machin\"\npublish = \"open\"", "for: \"machin\" is not known; did you mean machine?"),
            ("publish = \"open\"\nper = \"week\"", "per: this goes with `cap_hours` and not with `publish`"),
            ("publish = \"open\"\nexclude = \"X\"", "it says publish and exclude; a rule says exactly one of"),
            ("for = \"machine\"", "it says nothing"),
            ("remind = \"any\"\non_days = 3", "on_days: write the days after which people are reminded"),
            ("escalate = \"sign\"\nafter_days = 3", "to: it is missing"),
            ("escalate = \"sign\"\nto = [\"owner\"]", "after_days: false is no number of days"),
            ("avoid = [\"automotive\"]", "avoid: \"automotive\" is not known"),
            ("avoid = [\"minning\"]", "avoid: \"minning\" is not known; did you mean mining?"),
            ("avoid = \"mining\"", "avoid: \"mining\" is no list of texts"),
            ("standing = \"strog\"", "standing: \"strog\" is not known; did you mean strong?"),
            ("standing = \"strong\"", "answers_a_week: false is no number of answers"),
            ("standing = \"strong\"\nanswers_a_week = 3", "until: it is missing"),
            (
                "standing = \"strong\"\nanswers_a_week = 3\nuntil = \"May\"",
                "until: \"May\" is no day; write one such as",
            ),
            ("person = \"asha\"", "person: \"asha\" is not known; write \"named\""),
        ];
        for (lines, told) in cases {
            let refused = read(&rule(lines)).unwrap_err();
            assert!(refused.contains(told) && refused.starts_with("rule 2: "), "{refused}");
        }
        assert!(read("[[rule]]\ndecide = ").unwrap_err().starts_with("line 2: "));
        assert!(read("[[rules]]\ndecide = \"any\"").unwrap_err().contains("did you mean rule?"));
    }
}
