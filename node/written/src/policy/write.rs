//! Rules as text: whole files, and one line each for the difference between two versions.

use firm::policy::{Bound, Permission, Rule, Says, Scope};
use protocol::{dialogue::Step, money::Money, text::ShortText};
use std::fmt::{Display, Write as _};

/// A whole file.
pub fn write(rules: &[Rule], never_said: &[ShortText]) -> String {
    let mut text = String::new();
    if !never_said.is_empty() {
        let words = list(never_said.iter().map(ShortText::as_str));
        // Writing into a string cannot fail.
        let _ = writeln!(text, "never_said = {words}\n");
    }
    for rule in rules {
        let lines: Vec<String> = pairs(rule).into_iter().map(|(field, value)| format!("{field} = {value}\n")).collect();
        let _ = writeln!(text, "[[rule]]\n{}", lines.concat());
    }
    text.trim_end().to_string() + "\n"
}

/// One rule in one line.
pub fn line(rule: &Rule) -> String {
    let parts: Vec<String> = pairs(rule).into_iter().map(|(field, value)| format!("{field} = {value}")).collect();
    parts.join(", ")
}

/// The fields of a rule with their values as a file has them.
fn pairs(rule: &Rule) -> Vec<(&'static str, String)> {
    let mut pairs = Vec::new();
    match rule.scope {
        Scope::Everything => {}
        Scope::Class(class) => pairs.push(("for", quoted(class))),
        Scope::Work(work) => pairs.push(("for", quoted(work))),
        Scope::Item(item) => pairs.push(("for", quoted(item))),
    }
    let step = |step: Option<Step>| quoted(step.map_or("any", Step::name));
    match &rule.says {
        Says::Decide { step: at, permission } => {
            let roles = match permission {
                Permission::Ask(roles) | Permission::Two(roles) => roles.as_slice(),
                Permission::Deny => &[],
            };
            pairs.extend([("decide", step(*at)), ("who", list(roles.iter().map(|role| role.text())))]);
            if matches!(permission, Permission::Two(_)) {
                pairs.push(("people", "2".into()));
            }
        }
        Says::Tell { step: at, fields, detail } => {
            let named = fields.iter().map(|field| field.name());
            pairs.push(("tell", if fields.is_empty() { list(["any"].into_iter()) } else { list(named) }));
            pairs.extend(at.map(|at| ("at", quoted(at))));
            pairs.push(("how", quoted(detail.name())));
        }
        Says::Publish(mode) => pairs.push(("publish", quoted(mode.name()))),
        Says::Price { bound, hourly } => {
            let field = if *bound == Bound::Floor { "price_at_least" } else { "price_at_most" };
            pairs.push((field, amount(*hourly)));
        }
        Says::Cap { hours, per } => pairs.extend([("cap_hours", hours.to_string()), ("per", quoted(per))]),
        Says::Split { expert_percent } => pairs.push(("expert_percent", expert_percent.to_string())),
        Says::Exclude(name) => pairs.push(("exclude", quoted(name))),
        Says::Avoid(classes) => pairs.push(("avoid", list(classes.iter().map(|class| class.text())))),
        Says::Remind { step: at, days } => {
            let days: Vec<String> = days.iter().map(u32::to_string).collect();
            pairs.extend([("remind", step(*at)), ("on_days", format!("[{}]", days.join(", ")))]);
        }
        Says::Escalate { step: at, days, to } => {
            pairs.extend([("escalate", step(*at)), ("to", list(to.iter().map(|role| role.text())))]);
            pairs.push(("after_days", days.to_string()));
        }
        Says::Standing { fit, weekly, until } => pairs.extend([
            ("standing", quoted(fit.name())),
            ("answers_a_week", weekly.to_string()),
            ("until", quoted(until)),
        ]),
        Says::Named => pairs.push(("person", quoted("named"))),
    }
    pairs
}

fn amount(money: Money) -> String {
    let currency = format!("{:?}", money.currency).to_uppercase();
    quoted(format!("{}.{:02} {currency}", money.minor / 100, money.minor % 100))
}

fn quoted(text: impl Display) -> String {
    toml::Value::String(text.to_string()).to_string()
}

fn list<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    format!("[{}]", texts.map(quoted).collect::<Vec<_>>().join(", "))
}
