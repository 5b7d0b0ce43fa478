//! `pack`: knowledge packs of the node, and the reading of packs from folders. Files are read here, what they say is judged in
//! `matching`.
//!
//! Only the `.txt` files of a folder belong to its pack. Sizes are looked at before anything is read.

use crate::{
    arguments::{PackVerb, Place},
    door,
    failure::Failure,
    print::Printer,
    reasons,
};
use firm::{
    command::{Answer, Command, Refusal},
    knowledge::{ADDED, BadPack, Catalogue, PackFile},
    view::Query,
};
use matching::{
    pack::{PACK_BYTES_MAX, PACK_FILE_BYTES_MAX, Pack, Refused, Section},
    vocabulary::Vocabulary,
};
use serde_json::json;
use std::{
    fs::{self, File},
    io::Read as _,
    path::{Path, PathBuf},
};

pub(crate) async fn pack(place: &Place, verb: PackVerb, printer: &mut Printer<'_>) -> Result<(), Failure> {
    match verb {
        PackVerb::Check { folders } => check(&folders, printer),
        PackVerb::Add { folder } => {
            let Folder { place: path, files } = Folder::read(&folder)?;
            let files = files.into_iter().map(|(name, text)| PackFile { name, text }).collect();
            let answer = door::ask(place, Command::AddPack(files)).await?;
            // The node was given texts and no folder; whoever mends them looks for the folder.
            if let Answer::Refused(Refusal::Pack(BadPack::Text(told))) = &answer
                && let Some(told) = told.strip_prefix(ADDED)
            {
                return Err(Failure::of("pack", &format!("{path}{told}")));
            }
            printer.answer(answer)
        }
        PackVerb::List => {
            let items = door::view(place, Query::Packs).await?;
            let columns =
                [("ID", "id"), ("VERSION", "version"), ("SHA256", "sha256"), ("ADDED", "added"), ("FAULT", "fault")];
            printer.table("pack", &items, &columns)
        }
        PackVerb::Show { id } => {
            let items = door::view(place, Query::Packs).await?;
            let found = items.iter().find(|pack| pack["id"].as_str() == Some(&id));
            let found = found.ok_or(Refusal::Pack(BadPack::NoSuchPack))?;
            if printer.is_json() {
                printer.items("pack", std::slice::from_ref(found))
            } else {
                printer.line(&reasons::pack(found))
            }
        }
        PackVerb::Remove { id } => printer.answer(door::ask(place, Command::RemovePack(id)).await?),
    }
}

/// The files of a folder, by name.
struct Folder {
    place: String,
    files: Vec<(String, String)>,
}

impl Folder {
    fn read(path: &Path) -> Result<Folder, Failure> {
        let unread = |error: &dyn std::fmt::Display| {
            let sentence = format!("cannot read {} ({error}); name the folder that holds a pack.txt", path.display());
            Failure::of("pack", &sentence)
        };
        let mut files = Vec::new();
        let mut left = PACK_BYTES_MAX;
        let entries = fs::read_dir(path).map_err(|error| unread(&error))?;
        for entry in entries {
            let entry = entry.map_err(|error| unread(&error))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.ends_with(".txt") {
                let text = text(&entry.path(), left)?;
                left = left.saturating_sub(text.len());
                files.push((name, text));
            }
        }
        files.sort_unstable();
        Ok(Folder { place: path.display().to_string(), files })
    }

    fn pack(&self) -> Result<Pack<'_>, Failure> {
        let files: Vec<(&str, &str)> = self.files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        Pack::read(&self.place, &files).map_err(|refused| Failure::of("pack", &refused))
    }
}

/// A file's text, if it is one and not too large.
fn text(path: &Path, left: usize) -> Result<String, Failure> {
    let wrong = |why: &str| Failure::of("pack", &format!("{}: {why}", path.display()));
    let failed = |error: std::io::Error| wrong(&format!("cannot be read ({error}); check the permissions"));
    let about = fs::metadata(path).map_err(failed)?;
    if !about.is_file() {
        return Err(wrong("it is no plain file; put the text itself into the folder"));
    }
    let most = left.min(PACK_FILE_BYTES_MAX);
    let large = || {
        wrong(&format!(
            "a file has at most {PACK_FILE_BYTES_MAX} bytes and a pack {PACK_BYTES_MAX}; split or shorten it"
        ))
    };
    let mut bytes = Vec::new();
    // A file may grow while it is read.
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    if about.len() >= limit {
        return Err(large());
    }
    File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes)).map_err(failed)?;
    if bytes.len() > most {
        return Err(large());
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes().iter().take(good).filter(|byte| **byte == b'\n').count();
        Failure::of("pack", &format!("{}:{line}: it is not UTF-8 text; save the file as UTF-8", path.display()))
    })
}

/// What the built-in pack and these folders over it know, in their order.
pub(crate) fn load(paths: &[PathBuf]) -> Result<Vocabulary, Failure> {
    over(paths, Vocabulary::with)
}

/// What is made of the packs in these folders, in their order.
fn over<T>(paths: &[PathBuf], read: impl Fn(&[Pack<'_>]) -> Result<T, Refused>) -> Result<T, Failure> {
    let folders = paths.iter().map(|path| Folder::read(path)).collect::<Result<Vec<_>, _>>()?;
    let packs = folders.iter().map(Folder::pack).collect::<Result<Vec<_>, _>>()?;
    read(&packs).map_err(|refused| Failure::of("pack", &refused))
}

/// How many lines about instruments the last of them has, once all are read.
fn instruments(packs: &[Pack<'_>]) -> Result<usize, Refused> {
    Catalogue::with(packs)?;
    packs.last().map_or(Ok(0), |pack| Ok(pack.lines::<6>(Section::Instruments)?.len()))
}

/// Checks packs over the built-in one, and says what the last of them adds and what its hash is.
fn check(paths: &[PathBuf], printer: &mut Printer<'_>) -> Result<(), Failure> {
    let below = load(paths.split_last().map_or(&[][..], |(_, below)| below))?;
    let vocabulary = load(paths)?;
    let instruments = over(paths, instruments)?;
    let counts = |vocabulary: &Vocabulary| {
        [
            vocabulary.concepts().count(),
            vocabulary.form_count(),
            vocabulary.equivalences().len(),
            vocabulary.conditions().len(),
        ]
    };
    let added = counts(&vocabulary).into_iter().zip(counts(&below)).map(|(all, below)| all - below);
    let [concepts, forms, equivalences, conditions] = added.collect::<Vec<_>>()[..] else { return Ok(()) };
    let Some(pack) = vocabulary.packs().last() else { return Ok(()) };
    let item = json!({
        "id": pack.id, "version": pack.version, "sha256": pack.digest.to_string(), "concepts": concepts, "forms": forms,
        "equivalences": equivalences, "conditions": conditions, "instruments": instruments, "all_packs_sha256": vocabulary.digest().to_string(),
    });
    printer.outline("pack", &item)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::OsString;

    /// Runs the program and gives its exit code, answer and errors.
    fn run(arguments: &[&str]) -> (u8, String, String) {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let arguments = std::iter::once("cosolvent").chain(arguments.iter().copied()).map(OsString::from).collect();
        let code = crate::run(arguments, &mut out, &mut err);
        (code, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
    }

    fn example() -> String {
        format!("{}/../../tests/packs/northern-testing", env!("CARGO_MANIFEST_DIR"))
    }

    fn broken(name: &str, bytes: &[u8]) -> (tempfile::TempDir, String) {
        let folder = tempfile::tempdir().unwrap();
        for file in fs::read_dir(example()).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
        }
        fs::write(folder.path().join(name), bytes).unwrap();
        let path = folder.path().display().to_string();
        (folder, path)
    }

    #[test]
    fn a_pack_is_checked_and_its_hash_is_what_sha256sum_says() {
        // PCK-1
        let (code, out, err) = run(&["pack", "check", &example(), "--json"]);
        assert_eq!((code, err.as_str()), (0, ""));
        let listing = "cd \"$0\" && LC_ALL=C sha256sum *.txt | sha256sum";
        let by_hand = std::process::Command::new("sh").args(["-c", listing, &example()]).output().unwrap();
        let by_hand = String::from_utf8(by_hand.stdout).unwrap();
        assert!(out.contains(by_hand.split(' ').next().unwrap()), "{out} {by_hand}");
        assert!(out.contains("\"id\":\"northern-testing\""));
    }

    #[test]
    fn what_is_wrong_is_told_with_file_line_and_remedy() {
        // PCK-2
        let cases: [(&str, &[u8], &str); 4] = [
            (
                "conditions.txt",
                b"# rules\nshort | line\n",
                "conditions.txt:2: 2 columns where this section has 7; put a bar",
            ),
            ("conditions.txt", b"# rules\n# \xff\n", "conditions.txt:2: it is not UTF-8 text; save the file as UTF-8"),
            ("notes.txt", b"# mine\n", "notes.txt: pack.txt does not name `notes.txt`; name it in a section"),
            ("pack.txt", b"format | 2\n", "pack.txt:1: the format `2` is not known; this version reads format 1"),
        ];
        for (name, bytes, told) in cases {
            let (_folder, path) = broken(name, bytes);
            let (code, _, err) = run(&["pack", "check", &path]);
            assert_eq!(code, 1);
            assert!(err.contains(&format!("{path}/{told}")), "{err}");
        }
        let (code, _, err) = run(&["pack", "check", "/nowhere/at/all"]);
        assert_eq!(code, 1);
        assert!(err.contains("name the folder that holds a pack.txt"), "{err}");
    }

    #[test]
    fn what_is_wrong_in_what_a_pack_asks_of_terms_is_told_likewise() {
        // PCK-2, KNW-4
        let cases = [
            (
                "+capacity-rental | | mediatr | | |",
                "there is no topic `mediatr`; write one of these: intellectual-property, ",
            ),
            (
                "+capacity-rental | | scrap=maybe | | |",
                "`scrap` is not answered by `maybe`; propose one of these, or nothing: ",
            ),
            (
                "+capacity-rental | express | mediator | | |",
                "a pack takes no requirement away; leave the track empty or write",
            ),
            ("+capacity-rental | | mediator", "3 columns where this section has 6"),
        ];
        for (line, told) in cases {
            let (code, _, err) = asking(line, &[]);
            assert!(code == 1 && err.contains("asks.txt:2: ") && err.contains(told), "{err}");
        }
        let (code, out, err) = asking("+capacity-rental | | mediator | | |", &["--json"]);
        assert!(code == 0 && out.contains("\"instruments\":1"), "{out} {err}");
    }

    /// Checks a pack that asks this of terms.
    fn asking(line: &str, how: &[&str]) -> (u8, String, String) {
        let (folder, path) = broken("asks.txt", format!("# asks\n{line}\n").as_bytes());
        let manifest = fs::read_to_string(folder.path().join("pack.txt")).unwrap();
        let manifest = manifest.replace("cosolvent 4", "cosolvent 8");
        fs::write(folder.path().join("pack.txt"), format!("{manifest}instruments | asks.txt\n")).unwrap();
        run(&[&["pack", "check", path.as_str()], how].concat())
    }

    #[test]
    fn a_giant_file_is_not_read_and_a_link_to_a_device_is_refused() {
        // PCK-3
        let (folder, path) = broken("conditions.txt", b"");
        let giant = File::create(folder.path().join("conditions.txt")).unwrap();
        giant.set_len(1 << 40).unwrap();
        let (code, _, err) = run(&["pack", "check", &path]);
        assert_eq!(code, 1);
        assert!(err.contains("at most 1048576 bytes"), "{err}");
        fs::remove_file(folder.path().join("conditions.txt")).unwrap();
        std::os::unix::fs::symlink("/dev/zero", folder.path().join("conditions.txt")).unwrap();
        let (_, _, err) = run(&["pack", "check", &path]);
        assert!(err.contains("no plain file"), "{err}");
    }
}
