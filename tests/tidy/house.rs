//! The files of the house, and which of their lines are tests.

use std::{collections::BTreeSet, fs, path::Path, path::PathBuf, process::Command, sync::OnceLock};

/// Rooms without clocks, files, sockets and chance, by folder. A pure room's folder holds no other room.
pub(crate) const PURE: [&str; 6] =
    ["protocol", "node/machine", "node/matching", "node/calendar", "node/firm", "bootstrap/sponsor"];

/// One text file.
pub(crate) struct File {
    /// From the top, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
    /// The first line (from 0) of the tests at its end; 0 if the whole file is test code; its length if there are none.
    tests_from: usize,
}

impl File {
    pub(crate) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// The folder of the pure room that it belongs to.
    pub(crate) fn pure_room(&self) -> Option<&'static str> {
        PURE.into_iter().find(|room| self.path.starts_with(&format!("{room}/")))
    }

    /// Lines that are not tests, with their numbers from 1.
    pub(crate) fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().take(self.tests_from).enumerate().map(|(at, line)| (at + 1, line))
    }

    /// Lines that are tests.
    pub(crate) fn tests(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().skip(self.tests_from).map(|(at, line)| (at + 1, line))
    }
}

/// The top folder.
pub(crate) fn top() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests).to_path_buf()
}

/// Every text file that git knows of or would add.
pub(crate) fn files() -> &'static [File] {
    static FILES: OnceLock<Vec<File>> = OnceLock::new();
    FILES.get_or_init(|| {
        let texts: Vec<(String, String)> = paths()
            .into_iter()
            .filter_map(|path| fs::read_to_string(top().join(&path)).ok().map(|text| (path, text)))
            .collect();
        let test_modules: BTreeSet<String> = texts.iter().flat_map(|(path, text)| test_modules(path, text)).collect();
        texts.into_iter().map(|(path, text)| file(path, text, &test_modules)).collect()
    })
}

/// Every path that git knows of or would add.
pub(crate) fn paths() -> Vec<String> {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(top())
        .output()
        .expect("tidy asks git which files belong to the house; install git and run it in a clone");
    assert!(listed.status.success(), "git ls-files: {}", String::from_utf8_lossy(&listed.stderr));
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    listed.lines().filter(|path| top().join(path).exists()).map(str::to_owned).collect()
}

fn file(path: String, text: String, test_modules: &BTreeSet<String>) -> File {
    let in_test_folder = path.split('/').rev().skip(1).any(|folder| folder == "tests");
    let in_test_module =
        test_modules.iter().any(|module| path == format!("{module}.rs") || path.starts_with(&format!("{module}/")));
    let lines: Vec<&str> = text.lines().collect();
    let tests_from = if in_test_folder || in_test_module {
        0
    } else {
        let begins = |at: &usize| lines[*at].trim() == "#[cfg(test)]" && opens_module(&lines[*at..]);
        (0..lines.len()).find(begins).unwrap_or(lines.len())
    };
    File { path, text, tests_from }
}

/// Whether an attribute stands before a module that is written out here.
fn opens_module(lines: &[&str]) -> bool {
    let item = lines.iter().find(|line| !line.trim_start().starts_with("#["));
    item.is_some_and(|line| line.trim_start().starts_with("mod ") && line.trim_end().ends_with('{'))
}

/// Modules declared under `#[cfg(test)]`, as paths without ending.
fn test_modules(path: &str, text: &str) -> Vec<String> {
    let folder = match path.strip_suffix(".rs") {
        Some(stem) if ["mod", "lib", "main"].iter().any(|name| stem.ends_with(&format!("/{name}"))) => {
            stem.rsplit_once('/').map_or("", |(folder, _)| folder)
        }
        Some(stem) => stem,
        None => return Vec::new(),
    };
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let declared = |pair: &[&str]| {
        let name = pair[1].trim_start_matches("pub(crate) ").strip_prefix("mod ")?.strip_suffix(';')?;
        (pair[0] == "#[cfg(test)]").then(|| format!("{folder}/{name}"))
    };
    lines.windows(2).filter_map(declared).collect()
}
