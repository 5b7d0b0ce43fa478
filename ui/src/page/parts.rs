//! Pieces that several pages share: reasons of a match, facts of a notice, terms, roles, fields of forms.

use crate::form::{Faults, Form};
use crate::visit::Names;
use crate::voice::Voice;
use crate::words::Key;
use firm::approvals::Ruled;
use firm::matching::{Band, Condition, Near, Proof, Report, Requirement, Verdict};
use firm::policy::Asking;
use firm::view::{ApprovalState, ApprovalView, WhoActs};
use maud::{Markup, html};
use protocol::dialogue::{Entry, Field};
use protocol::facts::{Facts, Side};
use protocol::time::UnixMs;

/// A moment, with its distance from now.
pub(crate) fn moment(voice: &Voice, at: UnixMs) -> Markup {
    html! { span.when { (voice.moment(at)) } " " span.quiet { "(" (voice.distance(at)) ")" } }
}

/// A callsign, set apart.
pub(crate) fn callsign(callsign: &str) -> Markup {
    html! { span.callsign { (callsign) } }
}

/// Two columns: what, and its value.
pub(crate) fn rows(rows: &[(String, String)]) -> Markup {
    html! { dl.facts { @for (label, value) in rows { div { dt { (label) } dd { (value) } } } } }
}

/// What a notice says.
pub(crate) fn facts(voice: &Voice, facts: &Facts) -> Vec<(String, String)> {
    let mut rows = vec![
        (voice.field(Field::Class), voice.code("class", facts.class)),
        (voice.field(Field::Process), voice.code("process", facts.process)),
    ];
    let mut add = |field: Field, value: Option<String>| {
        rows.extend(value.filter(|value| !value.is_empty()).map(|value| (voice.field(field), value)));
    };
    add(Field::Materials, Some(voice.codes("material", &facts.materials)));
    add(Field::Tolerance, facts.tolerance.map(|band| voice.code("tolerance", band)));
    add(Field::Envelope, facts.envelope.map(|band| voice.code("envelope", band)));
    add(Field::Credentials, Some(voice.codes("credential", &facts.credentials)));
    add(Field::Area, Some(facts.area.map_or_else(|| voice.text(Key::AreaWhole), |cell| voice.area(cell))));
    add(Field::Weeks, Some(voice.weeks(facts.weeks)));
    add(Field::Hours, Some(voice.code("hours", facts.hours)));
    add(Field::Presence, facts.presence.map(|presence| voice.code("presence", presence)));
    add(Field::Languages, Some(voice.codes("language", &facts.languages)));
    add(Field::ConflictClasses, Some(voice.codes("conflict-class", &facts.conflict_classes)));
    add(Field::Value, facts.value.map(|band| voice.code("value", band)));
    add(Field::Experience, facts.text.as_ref().map(|text| text.as_str().to_string()));
    rows.extend(facts.travel.map(|band| (voice.text(Key::FieldTravel), voice.code("travel", band))));
    rows
}

/// Told entries.
pub(crate) fn entries(voice: &Voice, entries: &[Entry]) -> Markup {
    let told: Vec<_> =
        entries.iter().map(|entry| (voice.field(entry.field), voice.value(entry.field, &entry.value))).collect();
    rows(&told)
}

/// Why something fits: one line for each requirement, verdicts in words.
pub(crate) fn report(voice: &Voice, report: &Report) -> Markup {
    let score = [("fit", voice.share(report.fit).into()), ("certainty", voice.share(report.certainty).into())];
    let count = |of: [Verdict; 2]| report.requirements.iter().filter(|line| of.contains(&line.verdict)).count();
    let met = [
        ("met", count([Verdict::Match, Verdict::Exceeds]).into()),
        ("open", count([Verdict::Partial, Verdict::Unknown]).into()),
        ("all", report.requirements.len().into()),
    ];
    html! {
        p.fit { (band(voice, report.band)) " " (voice.with(Key::MatchFit, &met)) }
        table.stack {
            thead { tr {
                th scope="col" { (voice.text(Key::MatchRequirement)) }
                th scope="col" { (voice.text(Key::MatchNeeded)) }
                th scope="col" { (voice.text(Key::MatchOffered)) }
                th scope="col" { (voice.text(Key::MatchVerdict)) }
            } }
            tbody { @for line in &report.requirements { tr {
                th scope="row" { (voice.requirement(line.field)) }
                td data-label=(voice.text(Key::MatchNeeded)) { (voice.shown(line.field, &line.needed)) }
                td data-label=(voice.text(Key::MatchOffered)) { (voice.shown(line.field, &line.offered)) }
                td data-label=(voice.text(Key::MatchVerdict)) { (verdict(voice, line.verdict)) }
            } } }
        }
        (conditions(voice, &report.conditions))
        (sentences(Key::MatchQuestions, report.requirements.iter().filter_map(|line| question(voice, line)), voice))
        (sentences(Key::MatchNear, report.requirements.iter().filter_map(|line| near(voice, line)), voice))
        details { summary { (voice.with(Key::MatchScore, &score)) } (rows(&points(voice, report))) }
    }
}

/// What must be done first, who shows what, and which rule says so.
fn conditions(voice: &Voice, conditions: &[Condition]) -> Markup {
    html! { @if !conditions.is_empty() {
        p { strong { (voice.text(Key::MatchConditions)) } }
        ul { @for condition in conditions { li {
            (voice.with(Key::MatchMissing, &[("what", voice.word(&condition.missing).into())])) " " (voice.says(condition))
            @for proof in &condition.shows { " " (shows(voice, proof)) }
            " " span.quiet { (voice.with(Key::MatchRule, &[
                ("rule", condition.rule.as_str().into()), ("pack", condition.pack.as_str().into())
            ])) }
        } } }
    } }
}

fn shows(voice: &Voice, proof: &Proof) -> String {
    let key = match proof.by {
        Side::Need => Key::MatchShowsNeed,
        Side::Offer => Key::MatchShowsOffer,
    };
    voice.with(key, &[("what", voice.word(&proof.what).into())])
}

/// What a person would do with it.
fn band(voice: &Voice, band: Band) -> Markup {
    match band {
        Band::Strong => badge("good", &voice.text(Key::BandStrong)),
        Band::Possible => badge("good", &voice.text(Key::BandPossible)),
        Band::Ask => badge("warn", &voice.text(Key::BandAsk)),
        Band::Conditional => badge("warn", &voice.text(Key::BandConditional)),
        Band::No => badge("bad", &voice.text(Key::BandNo)),
    }
}

fn sentences(title: Key, sentences: impl Iterator<Item = String>, voice: &Voice) -> Markup {
    let sentences: Vec<String> = sentences.collect();
    html! { @if !sentences.is_empty() {
        p { strong { (voice.text(title)) } }
        ul { @for sentence in &sentences { li { (sentence) } } }
    } }
}

/// What to ask where nobody said enough.
pub(crate) fn question(voice: &Voice, line: &Requirement) -> Option<String> {
    let key = match line.verdict {
        Verdict::Unknown => Key::MatchAsk,
        Verdict::Partial => Key::MatchAskExactly,
        _ => return None,
    };
    let needed = voice.shown(line.field, &line.needed);
    Some(voice.with(key, &[("what", voice.requirement(line.field).into()), ("needed", needed.into())]))
}

/// What would have met a requirement that is not met.
pub(crate) fn near(voice: &Voice, line: &Requirement) -> Option<String> {
    let what = ("what", voice.requirement(line.field).into());
    Some(match line.near.as_ref()? {
        Near::Days(days) => voice.with(Key::NearDays, &[("days", (*days).into())]),
        Near::Kilometres(km) => voice.with(Key::NearKilometres, &[("km", voice.whole(u64::from(*km)).into())]),
        Near::Offered => {
            let offered = voice.shown(line.field, &line.offered);
            voice.with(Key::NearOffered, &[what, ("offered", offered.into())])
        }
    })
}

/// Where the score comes from: parts in thousandths, the largest first.
fn points(voice: &Voice, report: &Report) -> Vec<(String, String)> {
    let lines = report.requirements.iter().map(|line| {
        (format!("{}: {}", voice.requirement(line.field), voice.shown(line.field, &line.needed)), line.points)
    });
    let words = report.words.iter().map(|word| {
        let theirs = word.offered.as_ref().map_or_else(|| voice.text(Key::NotSaid), |word| voice.word(word));
        (format!("{} ← {theirs}", voice.word(&word.needed)), word.points)
    });
    let mut parts: Vec<(String, u32)> =
        lines.chain(words).chain([(voice.text(Key::MatchTexts), report.letters)]).collect();
    parts.retain(|(_, points)| *points > 0);
    parts.sort_by_key(|(_, points)| std::cmp::Reverse(*points));
    let share = |points: u32| voice.share(u16::try_from(points / 1_000).unwrap_or(1_000));
    parts.into_iter().map(|(what, points)| (what, share(points))).collect()
}

fn verdict(voice: &Voice, verdict: Verdict) -> Markup {
    let (class, key) = match verdict {
        Verdict::Match => ("good", Key::VerdictMatch),
        Verdict::Exceeds => ("good", Key::VerdictExceeds),
        Verdict::Partial => ("warn", Key::VerdictPartial),
        Verdict::Conditional => ("warn", Key::VerdictConditional),
        Verdict::Gap => ("bad", Key::VerdictGap),
        Verdict::Unknown => ("mute", Key::VerdictUnknown),
    };
    badge(class, &voice.text(key))
}

/// A word in a coloured frame; the word alone says it.
pub(crate) fn badge(class: &str, text: &str) -> Markup {
    html! { span class={ "badge " (class) } { (text) } }
}

/// Offer or need.
pub(crate) fn side(voice: &Voice, side: Side) -> Markup {
    match side {
        Side::Offer => badge("offer", &voice.text(Key::SideOffer)),
        Side::Need => badge("need", &voice.text(Key::SideNeed)),
    }
}

/// How a question stands.
pub(crate) fn state(voice: &Voice, approval: &ApprovalView) -> Markup {
    match &approval.state {
        ApprovalState::Waiting => badge("warn", &voice.text(Key::StateWaiting)),
        ApprovalState::Approved { .. } => badge("good", &voice.text(Key::StateApproved)),
        ApprovalState::Declined { .. } => badge("mute", &voice.text(Key::StateDeclined)),
        ApprovalState::Ruled(_) => badge("good", &voice.text(Key::StateRuled)),
        ApprovalState::Lapsed => badge("mute", &voice.text(Key::StateLapsed)),
        ApprovalState::Moot => badge("mute", &voice.text(Key::StateMoot)),
    }
}

/// By which standing rule nobody was asked, whose word it is, and how to stop it.
pub(crate) fn ruled(voice: &Voice, names: &Names, ruled: &Ruled) -> Markup {
    let because = &ruled.because;
    let rule = because.rule.unwrap_or_default();
    html! {
        (voice.with(Key::StateRuledMore, &[
            ("rule", rule.into()), ("version", because.version.into()), ("person", names.of(&ruled.by).into())]))
        " " (voice.text(Key::StateRuledStop)) " "
        a href={ "/policy#rule-" (rule) } { (voice.text(Key::PolicyTitle)) }
    }
}

/// Who must act for a deal to go on.
pub(crate) fn who_acts(voice: &Voice, who: &WhoActs) -> String {
    match who {
        WhoActs::Us { roles, .. } => voice.with(Key::WhoUs, &[("roles", voice.roles(roles).into())]),
        WhoActs::Them => voice.text(Key::WhoThem),
        WhoActs::Both { .. } => voice.text(Key::WhoBoth),
        WhoActs::Network => voice.text(Key::WhoNetwork),
        WhoActs::Nobody => voice.text(Key::WhoNobody),
    }
}

/// Where a button would stand that is not this reader's: who may press it.
pub(crate) fn not_yours(voice: &Voice, asking: Asking) -> Markup {
    let what = voice.code("asking", asking.name());
    html! { p.hint { (voice.with(Key::MayOthers, &[("what", what.into()), ("roles", voice.roles(asking.roles()).into())])) } }
}

/// The state of a form while it is filled in.
pub(crate) struct Fields<'a> {
    pub(crate) voice: &'a Voice,
    pub(crate) form: &'a Form,
    pub(crate) faults: &'a Faults,
}

impl Fields<'_> {
    /// What is wrong with the form as a whole, with a way to each field.
    pub(crate) fn summary(&self, also: Option<&str>) -> Markup {
        html! {
            @if !self.faults.is_empty() || also.is_some() {
                div.summary role="alert" {
                    p { strong { (self.voice.text(Key::FormNotSaved)) } }
                    ul {
                        @if let Some(also) = also { li { (also) } }
                        @for (field, fault) in self.faults.iter() { li { a href={ "#" (field) } { (fault.said(self.voice)) } } }
                    }
                }
            }
        }
    }

    /// A line of text; `kind` is an input type, `unit` stands behind it.
    pub(crate) fn line(&self, name: &str, label: Key, hint: Option<Key>, kind: &str, unit: Option<Key>) -> Markup {
        let decimal = matches!(kind, "decimal" | "numeric");
        let control = html! {
            span.control {
                input #(name) name=(name) type=(if decimal { "text" } else { kind }) inputmode=[decimal.then_some(kind)]
                    value=(self.form.text(name)) autocomplete="off"
                    aria-invalid=[self.faults.of(name).map(|_| "true")] aria-describedby=[self.described(name, hint)];
                @if let Some(unit) = unit { span.unit { (self.voice.text(unit)) } }
            }
        };
        self.around(name, label, hint, &control)
    }

    /// Several lines of text.
    pub(crate) fn area(&self, name: &str, label: Key, hint: Option<Key>) -> Markup {
        let control = html! {
            textarea #(name) name=(name) rows="3" aria-invalid=[self.faults.of(name).map(|_| "true")]
                aria-describedby=[self.described(name, hint)] { (self.form.text(name)) }
        };
        self.around(name, label, hint, &control)
    }

    /// One of many codes.
    pub(crate) fn choice(&self, name: &str, label: Key, hint: Option<Key>, options: &[(String, String)]) -> Markup {
        let chosen = self.form.text(name);
        let control = html! {
            select #(name) name=(name) aria-invalid=[self.faults.of(name).map(|_| "true")]
                aria-describedby=[self.described(name, hint)] {
                @for (value, text) in options { option value=(value) selected[value == chosen] { (text) } }
            }
        };
        self.around(name, label, hint, &control)
    }

    /// Any of many codes.
    pub(crate) fn several(&self, name: &str, label: Key, hint: Option<Key>, options: &[(String, String)]) -> Markup {
        self.set(name, label, hint, "checkbox", options)
    }

    /// One of few codes, all visible.
    pub(crate) fn radios(&self, name: &str, label: Key, hint: Option<Key>, options: &[(String, String)]) -> Markup {
        self.set(name, label, hint, "radio", options)
    }

    fn set(&self, name: &str, label: Key, hint: Option<Key>, kind: &str, options: &[(String, String)]) -> Markup {
        html! {
            fieldset #(name) .field aria-describedby=[self.described(name, hint)] {
                legend { (self.voice.text(label)) }
                (self.notes(name, hint))
                div class={ "options " (kind) } { @for (value, text) in options {
                    label.option {
                        input type=(kind) name=(name) value=(value) checked[self.form.has(name, value)];
                        span { (text) }
                    }
                } }
            }
        }
    }

    fn around(&self, name: &str, label: Key, hint: Option<Key>, control: &Markup) -> Markup {
        html! {
            div.field {
                label for=(name) { (self.voice.text(label)) }
                (self.notes(name, hint))
                (control)
            }
        }
    }

    fn notes(&self, name: &str, hint: Option<Key>) -> Markup {
        html! {
            @if let Some(hint) = hint { p.hint id={ (name) "-hint" } { (self.voice.text(hint)) } }
            @if let Some(fault) = self.faults.of(name) { p.fault id={ (name) "-fault" } { (fault.said(self.voice)) } }
        }
    }

    fn described(&self, name: &str, hint: Option<Key>) -> Option<String> {
        let hint = hint.map(|_| format!("{name}-hint"));
        let fault = self.faults.of(name).map(|_| format!("{name}-fault"));
        match (hint, fault) {
            (Some(hint), Some(fault)) => Some(format!("{hint} {fault}")),
            (hint, fault) => hint.or(fault),
        }
    }
}
