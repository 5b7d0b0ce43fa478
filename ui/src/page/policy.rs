//! The policy: its rules as sentences, and what it says to one resource or need, each answer with its rule.

use crate::page::frame::{Place, page};
use crate::page::loan::not_lent;
use crate::stop::Stop;
use crate::visit::Visit;
use crate::voice::Voice;
use crate::words::Key;
use axum::extract::Path;
use axum::response::Response;
use firm::matching::Band;
use firm::policy::{Because, Bound, Detail, Period, Permission, Says, Scope, Told};
use firm::view::{ExplanationView, ItemView, PolicyView, Query, RuleView, StandingView, StepView, View};
use maud::{Markup, html};
use protocol::dialogue::{Field, Step};
use protocol::facts::Side;
use protocol::id::ItemId;
use protocol::time::Day;
use protocol::vocabulary::ConflictClass;

/// `GET /policy`
pub(crate) async fn show(visit: Visit) -> Result<Response, Stop> {
    let View::Policy(policy) = visit.view(Query::Policy(None)).await? else { return Err(visit.missing()) };
    let mut items: Vec<ItemView> = Vec::new();
    for side in [Side::Offer, Side::Need] {
        if let View::Items(more) = visit.view(Query::Items(side)).await? {
            items.extend(more);
        }
    }
    let names = visit.names().await?;
    let voice = &visit.voice;
    let (version, hash) = (("version", policy.version.into()), ("hash", policy.hash.short().into()));
    let whose = match &policy.by {
        Some(by) => voice.with(Key::PolicyVersion, &[version, hash, ("name", names.of(by).into())]),
        None if policy.signed => voice.with(Key::PolicySigned, &[version, hash]),
        None => voice.with(Key::PolicyUnsigned, &[version, hash]),
    };
    let main = html! {
        p.crumb { a href="/people" { (voice.text(Key::NavPeople)) } }
        h1 { (voice.text(Key::PolicyTitle)) }
        p.lead { (voice.text(Key::PolicyLead)) }
        @if policy.version == 0 { p.card.empty { (voice.text(Key::PolicyNone)) } }
        @else {
            (rules(voice, &policy, &whose))
            (explained(voice, &items))
        }
    };
    Ok(page(&visit, Place::People, &voice.text(Key::PolicyTitle), &main))
}

/// `GET /policy/{item}`
pub(crate) async fn explain(visit: Visit, Path(id): Path<String>) -> Result<Response, Stop> {
    let id: ItemId = id.parse().map_err(|_| visit.missing())?;
    let View::Explanation(said) = visit.view(Query::Explain(id)).await? else { return Err(visit.missing()) };
    let voice = &visit.voice;
    let title = voice.with(Key::PolicyExplainItem, &[("title", said.title.as_str().into())]);
    let main = html! {
        p.crumb { a href="/policy" { (voice.text(Key::PolicyTitle)) } }
        h1 { (title) }
        p.lead { (voice.text(Key::PolicyExplainLead)) }
        (deciders(voice, &said))
        (unasked(voice, &said))
        (facts(voice, &said))
        (limits(voice, &said))
        (person(voice, &said))
    };
    Ok(page(&visit, Place::People, &title, &main))
}

fn rules(voice: &Voice, policy: &PolicyView, whose: &str) -> Markup {
    html! {
        section.card aria-labelledby="rules" {
            h2 #rules { (voice.text(Key::PolicyRules)) }
            p.hint { (whose) }
            table.stack {
                thead { tr {
                    @for column in [Key::PolicyRule, Key::PolicyFor, Key::PolicySays] {
                        th scope="col" { (voice.text(column)) }
                    }
                } }
                tbody { @for rule in &policy.rules { tr id={ "rule-" (rule.number) } {
                    th scope="row" { (rule.number) }
                    td data-label=(voice.text(Key::PolicyFor)) { (scope(voice, rule)) }
                    td data-label=(voice.text(Key::PolicySays)) {
                        @match &rule.says {
                            Some(says) => { (sentence(voice, says)) }
                            None => { span.quiet { (voice.text(Key::PolicyHidden)) } }
                        }
                    }
                } } }
            }
            @if !policy.never_said.is_empty() {
                h3 { (voice.text(Key::PolicyNeverSaid)) }
                ul { @for word in &policy.never_said { li { (word.as_str()) } } }
            }
            p.hint { (voice.text(Key::PolicyChange)) }
        }
    }
}

fn explained(voice: &Voice, items: &[ItemView]) -> Markup {
    html! {
        @if !items.is_empty() {
            section.card aria-labelledby="explained" {
                h2 #explained { (voice.text(Key::PolicyExplain)) }
                ul { @for view in items {
                    li { a href={ "/policy/" (view.item.id) } { (view.item.draft.title) } }
                } }
            }
        }
    }
}

fn scope(voice: &Voice, rule: &RuleView) -> Markup {
    html! {
        @match rule.scope {
            Scope::Everything => { (voice.text(Key::PolicyEverything)) }
            Scope::Class(class) => { (voice.code("class", class)) }
            Scope::Work(work) => { (voice.code("process", work)) }
            Scope::Item(item) => a href={ "/items/" (item) } {
                @match &rule.title { Some(title) => { (title) }, None => { (item) } }
            },
        }
    }
}

/// A rule as one sentence.
fn sentence(voice: &Voice, says: &Says) -> String {
    let step =
        |step: &Option<Step>| ("step", step.map_or(voice.text(Key::PolicyAnyStep), |step| voice.step(step)).into());
    match says {
        Says::Decide { step: at, permission: Permission::Ask(roles) } => {
            voice.with(Key::PolicyAsk, &[step(at), ("roles", voice.roles(roles).into())])
        }
        Says::Decide { step: at, permission: Permission::Two(roles) } => {
            voice.with(Key::PolicyTwo, &[step(at), ("roles", voice.roles(roles).into())])
        }
        Says::Decide { step: at, permission: Permission::Deny } => voice.with(Key::PolicyDeny, &[step(at)]),
        Says::Tell { step: at, fields, detail } => {
            let key = match detail {
                Detail::Exactly => Key::PolicyTellExactly,
                Detail::Band => Key::PolicyTellBand,
                Detail::Nothing => Key::PolicyTellNothing,
            };
            let named = if fields.is_empty() { voice.text(Key::PolicyAnyField) } else { voice.codes("field", fields) };
            voice.with(key, &[step(at), ("fields", named.into())])
        }
        Says::Publish(mode) => voice.with(Key::PolicyPublish, &[("mode", voice.code("mode", mode.name()).into())]),
        Says::Price { bound, hourly } => {
            let key = if *bound == Bound::Floor { Key::PolicyFloor } else { Key::PolicyCeiling };
            voice.with(key, &[("money", voice.money(*hourly).into())])
        }
        Says::Cap { hours, per } => capped(voice, *hours, *per),
        Says::Split { expert_percent } => shared(voice, *expert_percent),
        Says::Exclude(name) => voice.with(Key::PolicyExclude, &[("name", name.as_str().into())]),
        Says::Avoid(classes) => avoided(voice, classes),
        Says::Remind { step: at, days } if days.is_empty() => voice.with(Key::PolicyRemindNever, &[step(at)]),
        Says::Remind { step: at, days } => voice.with(Key::PolicyRemind, &[step(at), ("days", after(days).into())]),
        Says::Escalate { step: at, days, to } => {
            let variables = [step(at), ("days", (*days).into()), ("roles", voice.codes("role", to).into())];
            voice.with(Key::PolicyEscalate, &variables)
        }
        Says::Standing { fit, weekly, until } => standing(voice, *fit, *weekly, *until),
        Says::Named => voice.text(Key::PolicyNamed),
    }
}

/// Days, one after the other.
fn after(days: &[u32]) -> String {
    days.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
}

/// What becomes of a question about a step that nobody decides.
fn waits(voice: &Voice, step: &StepView) -> Markup {
    let says = Says::Remind { step: Some(step.step), days: step.reminders.days.clone() };
    html! {
        (sentence(voice, &says)) " " span.quiet { "(" (because(voice, &step.reminders.because)) ")" }
        @if let Some(to) = &step.escalation {
            @let says = Says::Escalate { step: Some(step.step), days: to.days, to: to.to.clone() };
            br; (sentence(voice, &says)) " " span.quiet { "(" (because(voice, &to.because)) ")" }
        }
    }
}

fn capped(voice: &Voice, hours: u32, per: Period) -> String {
    let key = if per == Period::Week { Key::PolicyCapWeek } else { Key::PolicyCapMonth };
    voice.with(key, &[("hours", voice.hours(hours.saturating_mul(60)).into())])
}

fn shared(voice: &Voice, percent: u8) -> String {
    voice.with(Key::PolicySplit, &[("percent", percent.into())])
}

fn avoided(voice: &Voice, classes: &[ConflictClass]) -> String {
    voice.with(Key::PolicyAvoid, &[("classes", voice.codes("conflict-class", classes).into())])
}

fn standing(voice: &Voice, fit: Band, weekly: u32, until: Day) -> String {
    if weekly == 0 {
        return voice.text(Key::PolicyStandingNone);
    }
    let fit = if fit == Band::Strong { Key::PolicyFitStrong } else { Key::PolicyFitPossible };
    let variables = [("weekly", weekly.into()), ("until", voice.day(until).into()), ("fit", voice.text(fit).into())];
    voice.with(Key::PolicyStanding, &variables)
}

fn because(voice: &Voice, because: &Because) -> String {
    voice.because((Key::PolicyByRule, Key::PolicyByDefault), because, &[])
}

fn deciders(voice: &Voice, said: &ExplanationView) -> Markup {
    html! {
        section.card aria-labelledby="deciders" {
            h2 #deciders { (voice.text(Key::PolicySteps)) }
            table.stack {
                thead { tr {
                    @for column in [Key::PolicyStep, Key::PolicyWho, Key::PolicyBecause, Key::PolicyWaits] {
                        th scope="col" { (voice.text(column)) }
                    }
                } }
                tbody { @for step in &said.steps { tr {
                    th scope="row" { (voice.step(step.step)) }
                    td data-label=(voice.text(Key::PolicyWho)) {
                        @let roles = voice.roles(&step.answer.roles);
                        @if step.answer.people > 1 { (voice.with(Key::PolicyWhoTwo, &[("roles", roles.into())])) }
                        @else { (roles) }
                    }
                    td data-label=(voice.text(Key::PolicyBecause)) { (because(voice, &step.answer.because)) }
                    td data-label=(voice.text(Key::PolicyWaits)) { (waits(voice, step)) }
                } } }
            }
        }
    }
}

/// Which first words are answered without asking a person.
fn unasked(voice: &Voice, said: &ExplanationView) -> Markup {
    html! {
        section.card aria-labelledby="unasked" {
            h2 #unasked { (voice.text(Key::PolicyUnasked)) }
            @match &said.standing {
                Some(StandingView { rule, given, signed }) => {
                    p {
                        (standing(voice, rule.fit, rule.weekly, rule.until)) " "
                        span.quiet { "(" (because(voice, &rule.because)) ")" }
                    }
                    p { (voice.with(Key::PolicyUnaskedGiven, &[("given", (*given).into())])) }
                    @if !signed { p.fault { (voice.text(Key::PolicyUnaskedUnsigned)) } }
                },
                None => { p { (voice.text(Key::PolicyStandingNone)) } },
            }
        }
    }
}

/// One row for each fact, one column for each step at which it could be told.
fn facts(voice: &Voice, said: &ExplanationView) -> Markup {
    let mut steps: Vec<Step> = said.told.iter().map(|told| told.step).collect();
    steps.dedup();
    let mut fields: Vec<Field> = said.told.iter().map(|said| said.told.field).collect();
    fields.sort();
    fields.dedup();
    let told = |field: Field, step: Step| said.told.iter().find(|said| said.told.field == field && said.step == step);
    html! {
        section.card aria-labelledby="facts" {
            h2 #facts { (voice.text(Key::PolicyTold)) }
            table.stack {
                thead { tr {
                    th scope="col" { (voice.text(Key::PolicyFact)) }
                    @for step in &steps { th scope="col" { (voice.step(*step)) } }
                } }
                tbody { @for field in fields { tr {
                    th scope="row" { (voice.field(field)) }
                    @for step in &steps {
                        td data-label=(voice.step(*step)) {
                            @if let Some(said) = told(field, *step) { (detail(voice, &said.told)) }
                        }
                    }
                } } }
            }
        }
    }
}

fn detail(voice: &Voice, told: &Told) -> Markup {
    let key = match told.detail {
        Detail::Exactly => Key::PolicyDetailExactly,
        Detail::Band => Key::PolicyDetailBand,
        Detail::Nothing => Key::PolicyDetailNothing,
    };
    html! {
        (voice.text(key)) " " span.quiet { "(" (because(voice, &told.because)) ")" }
    }
}

/// Whether a rule wants a person to be named, and why nothing is offered yet.
fn person(voice: &Voice, said: &ExplanationView) -> Markup {
    html! {
        @if said.must_name.is_some() || said.loan.is_some() {
            section.card aria-labelledby="person" {
                h2 #person { (voice.text(Key::PolicyPerson)) }
                @if let Some(rule) = &said.must_name {
                    p { (voice.text(Key::PolicyNamed)) " " span.quiet { "(" (because(voice, rule)) ")" } }
                }
                @match &said.not_lent {
                    Some(why) => p.fault { (not_lent(voice, why)) },
                    None => p { (voice.text(Key::LoanStands)) },
                }
            }
        }
    }
}

fn limits(voice: &Voice, said: &ExplanationView) -> Markup {
    html! {
        section.card aria-labelledby="limits" {
            h2 #limits { (voice.text(Key::PolicyLimits)) }
            @if said.bound_set || said.caps_set || said.avoided_set || said.split.is_some() {
                ul {
                    @match &said.bound {
                        Some(bound) => li {
                            (sentence(voice, &Says::Price { bound: bound.bound, hourly: bound.hourly })) " "
                            span.quiet { "(" (because(voice, &bound.because)) ")" }
                        },
                        None => @if said.bound_set { li { (voice.text(Key::PolicyHidden)) } },
                    }
                    @for cap in &said.caps {
                        li {
                            (capped(voice, cap.hours, cap.per)) " "
                            span.quiet { "(" (because(voice, &cap.because)) ")" }
                        }
                    }
                    @if let Some(split) = &said.split {
                        li {
                            (shared(voice, split.expert_percent)) " "
                            span.quiet { "(" (because(voice, &split.because)) ")" }
                        }
                    }
                    @if said.caps_set && said.caps.is_empty() { li { (voice.text(Key::PolicyHidden)) } }
                    @for rule in &said.avoided {
                        li {
                            (avoided(voice, &rule.classes)) " "
                            span.quiet { "(" (because(voice, &rule.because)) ")" }
                        }
                    }
                    @if said.avoided_set && said.avoided.is_empty() { li { (voice.text(Key::PolicyAvoidHidden)) } }
                }
            } @else { p { (voice.text(Key::PolicyNoLimits)) } }
        }
    }
}
