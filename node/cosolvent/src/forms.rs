//! What is entered in a file or with options: resources, needs and terms, as people write them.

use crate::failure::Failure;
use clap::Args;
use firm::{
    command::Command,
    profile::{ItemDraft, Mode},
    register::PersonId,
};
use protocol::{
    facts::Side,
    id::DealId,
    terms::{Fulfilment, Line, Lot},
    text::{Name, ShortText, TermsText},
    time::Day,
    vocabulary::{
        ConflictClass, Credential, Instrument, Language, Material, Presence, Process, ResourceClass, Unit, ValueBand,
    },
};
use serde::{Deserialize, de::DeserializeOwned};
use std::{fs, path::Path};
use written::{MoneyText, ProvisionsText, SiteText, WeeksText};

/// A resource or need; what an option says goes before what the file says.
#[derive(Clone, Debug, Default, Args, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ItemForm {
    /// What the firm calls it; never leaves
    #[arg(long, value_parser = Name::new)]
    title: Option<Name>,
    /// What kind of thing, such as machine-with-operator
    #[arg(long)]
    class: Option<ResourceClass>,
    /// Process, service or skill, such as machining.milling.five-axis
    #[arg(long)]
    process: Option<Process>,
    /// Material families worked or required
    #[arg(long, value_delimiter = ',')]
    materials: Vec<Material>,
    /// Tolerance in ± micrometres
    #[arg(long)]
    tolerance_um: Option<u32>,
    /// Longest side in millimetres
    #[arg(long)]
    envelope_mm: Option<u32>,
    /// Credentials held or required, such as AS9100D
    #[arg(long, value_delimiter = ',')]
    credentials: Vec<Credential>,
    /// Where it stands, "LATITUDE, LONGITUDE" in degrees; only a coarse area can leave
    #[arg(long, allow_hyphen_values = true)]
    site: Option<SiteText>,
    /// When, such as 2026-W48..2026-W51
    #[arg(long)]
    weeks: Option<WeeksText>,
    /// Hours available or needed within those weeks
    #[arg(long)]
    hours: Option<u32>,
    /// Where the work can be done, such as on-site
    #[arg(long)]
    presence: Option<Presence>,
    /// How far this side travels, in kilometres
    #[arg(long)]
    travel_km: Option<u32>,
    /// Languages of the work, such as en,fr
    #[arg(long, value_delimiter = ',')]
    languages: Vec<Language>,
    /// Lines of business in whose interest it is, such as automotive-maker; at most four, and each narrows who it could be
    #[arg(long, value_delimiter = ',')]
    conflict_classes: Vec<ConflictClass>,
    /// Whether an operator comes with it
    #[arg(long)]
    operator: bool,
    /// Whose time and skill it is, by short name; that person and the firm must let it be offered first. Never leaves
    #[arg(long)]
    person: Option<PersonId>,
    /// A band of worth that may be told
    #[arg(long)]
    value: Option<ValueBand>,
    /// Two sentences that may be told to a matched party
    #[arg(long, value_parser = ShortText::new)]
    experience: Option<ShortText>,
    /// How loudly: open, coarse or silent [default: coarse for a resource, silent for a need]
    #[arg(long, value_parser = mode)]
    mode: Option<Mode>,
    /// Least or most for an hour, such as "185.00 CAD"; matching only, never leaves
    #[arg(long)]
    limit: Option<MoneyText>,
    /// Why, for whom, what for; never leaves
    #[arg(long, value_parser = ShortText::new)]
    note: Option<ShortText>,
}

fn mode(text: &str) -> Result<Mode, String> {
    match text {
        "open" => Ok(Mode::Open),
        "coarse" => Ok(Mode::Coarse),
        "silent" => Ok(Mode::Silent),
        _ => Err("write open, coarse or silent".into()),
    }
}

impl ItemForm {
    /// The form with what `file` adds, as the firm takes it.
    pub(crate) fn draft(self, file: Option<&Path>, side: Side) -> Result<ItemDraft, Failure> {
        let file = file.map(read::<ItemForm>).transpose()?.unwrap_or_default();
        let longer = |own: Vec<_>, other: Vec<_>| if own.is_empty() { other } else { own };
        Ok(ItemDraft {
            side,
            title: needed("title", self.title.or(file.title))?,
            class: needed("class", self.class.or(file.class))?,
            process: needed("process", self.process.or(file.process))?,
            materials: longer(self.materials, file.materials),
            tolerance_um: self.tolerance_um.or(file.tolerance_um),
            envelope_mm: self.envelope_mm.or(file.envelope_mm),
            credentials: if self.credentials.is_empty() { file.credentials } else { self.credentials },
            site: needed("site", self.site.or(file.site))?.0,
            weeks: needed("weeks", self.weeks.or(file.weeks))?.0,
            hours: needed("hours", self.hours.or(file.hours))?,
            presence: self.presence.or(file.presence),
            travel_km: self.travel_km.or(file.travel_km),
            languages: if self.languages.is_empty() { file.languages } else { self.languages },
            conflict_classes: if self.conflict_classes.is_empty() {
                file.conflict_classes
            } else {
                self.conflict_classes
            },
            operator: self.operator || file.operator,
            person: self.person.or(file.person),
            value: self.value.or(file.value),
            experience: self.experience.or(file.experience),
            mode: self.mode.or(file.mode).unwrap_or(Mode::by_default(side)),
            limit: self.limit.or(file.limit).map(|money| money.0),
            note: self.note.or(file.note),
        })
    }
}

/// Terms as a file says them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TermsForm {
    instrument: Instrument,
    first: Day,
    last: Day,
    #[serde(default)]
    clauses: Vec<TermsText>,
    #[serde(default)]
    provisions: ProvisionsText,
    #[serde(default)]
    fulfilments: Vec<Fulfilment>,
    lines: Vec<LineForm>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LineForm {
    what: TermsText,
    minutes: Option<u32>,
    hours: Option<u32>,
    hourly: Option<MoneyText>,
    count: Option<u32>,
    unit: Option<Unit>,
    each: Option<MoneyText>,
}

/// The command that drafts what a file says.
pub(crate) fn proposal(deal: DealId, file: &Path) -> Result<Command, Failure> {
    let form: TermsForm = read(file)?;
    let lines = form.lines.iter().map(line).collect::<Result<_, _>>()?;
    let TermsForm { instrument, first, last, lines: _, clauses, provisions, fulfilments } = form;
    let provisions = provisions.0;
    Ok(Command::ProposeTerms { deal, instrument, lines, first, last, clauses, provisions, fulfilments })
}

fn line(form: &LineForm) -> Result<Line, Failure> {
    if let (Some(count), Some(unit), Some(each), None, None, None) =
        (form.count, form.unit, form.each, form.minutes, form.hours, form.hourly)
    {
        return Ok(Line::lot(form.what.clone(), Lot { count, unit, each: each.0 }));
    }
    let minutes = match (form.minutes, form.hours) {
        (Some(minutes), None) => Some(minutes),
        (None, Some(hours)) => hours.checked_mul(60),
        _ => None,
    };
    let hourly =
        minutes.zip(form.hourly).filter(|_| form.count.is_none() && form.unit.is_none() && form.each.is_none());
    let (minutes, hourly) = hourly.ok_or_else(|| {
        Failure::usage(
            "a price line says minutes or hours with the hourly price, or else count, unit and the price of each; write one of these",
        )
    })?;
    Ok(Line::hourly(form.what.clone(), minutes, hourly.0))
}

fn needed<T>(name: &str, value: Option<T>) -> Result<T, Failure> {
    value.ok_or_else(|| Failure::usage(&format!("{name} is missing; write it into the file or give --{name}")))
}

/// A TOML file, or the line of its mistake.
pub(crate) fn read<T: DeserializeOwned>(path: &Path) -> Result<T, Failure> {
    let text = fs::read_to_string(path);
    let text =
        text.map_err(|error| Failure::usage(&format!("cannot read {}: {error}; check the path", path.display())))?;
    toml::from_str(&text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let what = error.message().replace('\n', " ");
        Failure::usage(&format!("{} has a mistake in line {line}: {what}; correct that line", path.display()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::money::Money;
    use std::path::PathBuf;

    fn file(text: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("form.toml");
        fs::write(&path, text).unwrap();
        (folder, path)
    }

    const RESOURCE: &str = r#"
        title = "Five-axis centre, second shift"
        class = "machine-with-operator"
        process = "machining.milling.five-axis"
        materials = ["titanium"]
        site = "43.4516, -80.4925"
        weeks = "2026-W48..2026-W51"
        hours = 60
        limit = "185.00 CAD"
    "#;

    #[test]
    fn a_resource_is_coarse_and_a_need_silent_unless_somebody_says_otherwise() {
        let (_folder, path) = file(RESOURCE);
        let draft = ItemForm::default().draft(Some(&path), Side::Offer).unwrap();
        assert_eq!((draft.mode, draft.hours, draft.limit.unwrap().minor), (Mode::Coarse, 60, 18_500));
        assert_eq!(ItemForm::default().draft(Some(&path), Side::Need).unwrap().mode, Mode::Silent);
        let louder = ItemForm { mode: Some(Mode::Open), hours: Some(8), ..ItemForm::default() };
        let draft = louder.draft(Some(&path), Side::Need).unwrap();
        assert_eq!((draft.mode, draft.hours), (Mode::Open, 8));
    }

    #[test]
    fn a_mistake_is_named_with_its_line_and_what_is_missing_by_name() {
        let (_folder, path) = file("title = \"x\"\nhuors = 3\n");
        let refused = ItemForm::default().draft(Some(&path), Side::Offer).unwrap_err();
        assert!(refused.fault.message.contains("line 2") && refused.exit == 2, "{refused:?}");
        let refused = ItemForm::default().draft(None, Side::Offer).unwrap_err();
        assert!(refused.fault.to_string().contains("--title"), "{refused:?}");
    }

    #[test]
    fn terms_say_hours_or_minutes() {
        let head =
            "instrument = \"spot-job\"\nfirst = \"2026-11-23\"\nlast = \"2026-11-27\"\n[[lines]]\nwhat = \"Work\"\n";
        let (_folder, path) = file(&format!("{head}hours = 2\nhourly = \"100.00 CAD\"\n"));
        let Command::ProposeTerms { lines, .. } = proposal(DealId([1; 16]), &path).unwrap() else { panic!() };
        assert_eq!(lines[0].minutes, 120);
        let (_folder, path) = file(&format!("{head}hourly = \"100.00 CAD\"\n"));
        assert!(proposal(DealId([1; 16]), &path).is_err());
        let (_folder, path) = file(&format!("{head}count = 2\nunit = \"month\"\neach = \"2400.00 CAD\"\n"));
        let Command::ProposeTerms { lines, .. } = proposal(DealId([1; 16]), &path).unwrap() else { panic!() };
        assert_eq!(lines[0].amount(), Some(Money::cad(4_800)));
        let (_folder, path) = file(&format!("{head}count = 2\nunit = \"month\"\nhours = 3\neach = \"1.00 CAD\"\n"));
        assert!(proposal(DealId([1; 16]), &path).is_err());
    }
}
