//! `export`: what a firm takes along when it leaves, in formats that need no program of ours.

use crate::{arguments::Place, door::Door, failure::Failure, print::Printer, secrets};
use clap::Args;
use data_encoding::HEXLOWER;
use firm::{
    register::PersonId,
    view::{PapersView, Query, Rows},
};
use node::control::{Request, Typed};
use protocol::{facts::Side, id::DealId};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs, io,
    path::{Component, Path, PathBuf},
};

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The folder; it must not be there yet
    pub(crate) folder: PathBuf,
    /// Who exports it: what this person's roles may see is in it, such as price limits [default: only what every role may see]
    #[arg(long = "as", value_name = "PERSON")]
    pub(crate) person: Option<PersonId>,
    /// Read the person's own password from the first line of this file instead of asking for it
    #[arg(long, value_name = "FILE", requires = "person")]
    pub(crate) password_file: Option<PathBuf>,
}

/// Tells whoever opens the folder what is in it.
const README: &str = include_str!("export.txt");

/// Files by their path within the folder.
type Files = BTreeMap<String, Vec<u8>>;

/// Writes the folder: completely or not at all.
pub(crate) async fn export(place: &Place, export: Export, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let Export { folder, person, password_file } = export;
    let reader = match person {
        Some(person) => {
            let typed = secrets::password(password_file.as_deref(), person.as_str())?;
            Some((person, typed))
        }
        None => None,
    };
    let mut reading = Reading { door: Door::open(place).await?, reader };
    let files = reading.gather().await;
    reading.door.close().await?;
    let mut files = files?;
    files.insert("README.txt".into(), README.as_bytes().to_vec());
    let sums = sums(&files);
    files.insert("SHA256SUMS".into(), sums.into_bytes());
    write(&folder, &files).map_err(|error| {
        let sentence = format!("cannot write {} ({error}); name a folder that is not there yet", folder.display());
        Failure::of("file", &sentence)
    })?;
    if printer.is_json() {
        return printer.items("export", &[json!({"folder": folder, "files": files.len()})]);
    }
    printer.line(&format!("{} files written to {}; README.txt there says what they are", files.len(), folder.display()))
}

/// A way to the firm, and who looks.
struct Reading {
    door: Door,
    reader: Option<(PersonId, Typed)>,
}

impl Reading {
    async fn gather(&mut self) -> Result<Files, Failure> {
        let mut files = Files::new();
        for (file, query) in [
            ("firm.json", Query::Status),
            ("belonging.json", Query::Belonging),
            ("keys.json", Query::Keys),
            ("people.json", Query::People),
            ("policy.json", Query::Policy(None)),
            ("resources.json", Query::Items(Side::Offer)),
            ("needs.json", Query::Items(Side::Need)),
            ("hours.json", Query::SiteHours),
            ("calendars.json", Query::Calendars),
            ("matches.json", Query::Matches(None)),
            ("approvals.json", Query::Approvals),
            ("deals.json", Query::Deals),
            ("trust.json", Query::Trust),
        ] {
            files.insert(file.into(), pretty(&Value::Array(self.view(query).await?)));
        }
        let deals: Vec<DealId> =
            self.view(Query::Deals).await?.iter().filter_map(|deal| deal["id"].as_str()?.parse().ok()).collect();
        for deal in deals {
            let found = self.view(Query::Invoices(deal)).await?;
            for one in found.iter().flat_map(|found| found["invoices"].as_array()).flatten() {
                files.insert(format!("invoices/{}.json", one["invoice"]["serial"]), pretty(one));
                files.insert(format!("invoices/{}.xml", one["invoice"]["serial"]), crate::invoice::document(one)?);
            }
        }
        for pack in self.view(Query::Packs).await? {
            let id = pack["id"].as_str().unwrap_or_default();
            for file in
                self.view(Query::Pack(id.into())).await?.iter().flat_map(|pack| pack["files"].as_array()).flatten()
            {
                let [name, text] = ["name", "text"].map(|field| file[field].as_str().unwrap_or_default());
                files.insert(format!("packs/{id}/{name}"), text.as_bytes().to_vec());
            }
        }
        let audit = self.view(Query::Audit(Rows::default())).await?;
        files.insert("audit.jsonl".into(), crate::audit::lines(&crate::audit::rows(&audit)).into_bytes());
        let papers = self.view(Query::Papers).await?.pop().unwrap_or_default();
        let papers: PapersView = serde_json::from_value(papers)
            .map_err(|error| Failure::of("malformed", &format!("the node's answer cannot be read ({error})")))?;
        let openings: Vec<Value> = papers.openings.iter().map(|opening| json!(opening)).collect();
        files.insert("trust-openings.json".into(), pretty(&Value::Array(openings)));
        let mut shapes = BTreeMap::new();
        for paper in papers.papers {
            shapes.insert(paper.file.clone(), paper.shape);
            files.insert(paper.file, paper.bytes.0);
        }
        files.insert("shapes.json".into(), pretty(&json!(shapes)));
        Ok(files)
    }

    async fn view(&mut self, query: Query) -> Result<Vec<Value>, Failure> {
        let request = match self.reader.clone() {
            Some((person, password)) => Request::ViewAs { person, password, query },
            None => Request::View { query },
        };
        self.door.items(request).await
    }
}

fn pretty(value: &Value) -> Vec<u8> {
    format!("{value:#}\n").into_bytes()
}

/// As `sha256sum --check` reads it.
fn sums(files: &Files) -> String {
    files.iter().fold(String::new(), |mut text, (file, bytes)| {
        let _ = writeln!(text, "{}  {file}", HEXLOWER.encode(&Sha256::digest(bytes)));
        text
    })
}

fn write(folder: &Path, files: &Files) -> io::Result<()> {
    if folder.try_exists()? {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let beside = match folder.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    // Only for the owner's eyes, and gone again if anything fails.
    let making = tempfile::Builder::new().prefix(".export-").tempdir_in(beside)?;
    for (file, bytes) in files {
        let is_within = Path::new(file).components().all(|part| matches!(part, Component::Normal(_)));
        let path = making.path().join(file);
        if !is_within {
            return Err(io::Error::other(format!("{file:?} is no path within a folder")));
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, bytes)?;
    }
    fs::rename(making.path(), folder)?;
    let _moved = making.keep();
    Ok(())
}
