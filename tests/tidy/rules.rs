//! The numbered rules: stated once, kept by code, watched by a test.
//!
//! The protocol's rules are stated in `protocol/SPEC.md` as `**ADV-1 Facts.**`; those of one room in its module heads as
//! ``//! - `MCH-1` ``. A citation is the number in a comment or a doc comment.

use crate::house::files;
use crate::nothing_in;
use std::collections::{BTreeMap, BTreeSet};

const SPEC: &str = "protocol/SPEC.md";

/// The rule numbers in a line: three capitals, a dash, one or two digits, and no letter or digit around it.
fn numbers(line: &str) -> Vec<&str> {
    let bytes = line.as_bytes();
    let plain = |at: usize| bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    let mut found = Vec::new();
    for (dash, _) in line.match_indices('-') {
        let digits = bytes[dash + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let begins = dash.checked_sub(3).filter(|from| bytes[*from..dash].iter().all(u8::is_ascii_uppercase));
        let Some(from) = begins else { continue };
        let end = dash + 1 + digits;
        let stands_alone = !plain(end) && (from == 0 || !plain(from - 1));
        if (1..=2).contains(&digits) && stands_alone {
            found.push(&line[from..end]);
        }
    }
    found
}

/// Numbers and ranges: "`DLG-1` to `DLG-6`" cites the four between as well.
fn cited(line: &str) -> BTreeSet<String> {
    let found = numbers(line);
    let mut cited: BTreeSet<String> = found.iter().map(|number| (*number).to_owned()).collect();
    for pair in found.windows(2) {
        let (Some((from, first)), Some((to, last))) = (pair[0].split_once('-'), pair[1].split_once('-')) else {
            continue;
        };
        let range = line.contains(&format!("`{}` to `{}`", pair[0], pair[1]));
        if let (true, true, Ok(first), Ok(last)) = (range, from == to, first.parse::<u32>(), last.parse::<u32>()) {
            cited.extend((first..=last).map(|n| format!("{from}-{n}")));
        }
    }
    cited
}

fn of_the_protocol() -> BTreeSet<String> {
    let spec = files().iter().find(|file| file.path == SPEC).expect("protocol/SPEC.md states the protocol's rules");
    let stated = spec.text.lines().filter_map(|line| line.strip_prefix("**"));
    stated.filter_map(|line| numbers(line.split('*').next()?).first().map(|number| (*number).to_owned())).collect()
}

/// Rules of one room, with the place where they are stated.
fn of_rooms() -> BTreeMap<String, String> {
    let rust = files().iter().filter(|file| file.is_rust());
    let heads = rust.flat_map(|file| file.text.lines().map(move |line| (file, line)));
    heads
        .filter_map(|(file, line)| {
            let stated = line.strip_prefix("//! - `")?;
            let (number, _) = stated.split_once('`')?;
            (numbers(number) == [number]).then(|| (number.to_owned(), file.path.clone()))
        })
        .collect()
}

#[test]
fn every_rule_of_the_protocol_is_kept_by_code_and_watched_by_a_test() {
    let rules = of_the_protocol();
    assert!(rules.len() > 50, "SPEC.md states {} rules; is its form still `**ADV-1 Name.**`?", rules.len());
    let rust = || files().iter().filter(|file| file.is_rust());
    let by_code: BTreeSet<String> = rust().flat_map(|file| file.code().flat_map(|(_, line)| cited(line))).collect();
    let by_tests: BTreeSet<String> = rust().flat_map(|file| file.tests().flat_map(|(_, line)| cited(line))).collect();
    let no_code = rules.difference(&by_code).map(|rule| format!("no code says that it keeps {rule}"));
    let no_test = rules.difference(&by_tests).map(|rule| format!("no test says that it watches {rule}"));
    nothing_in(no_code.chain(no_test).collect());
}

#[test]
fn every_cited_rule_exists() {
    let (protocol, rooms) = (of_the_protocol(), of_rooms());
    let families: BTreeSet<&str> = protocol.iter().chain(rooms.keys()).filter_map(|rule| rule.get(..3)).collect();
    let known = |number: &str| protocol.contains(number) || rooms.contains_key(number);
    let mut findings = Vec::new();
    for file in files().iter().filter(|file| file.is_rust() || file.path.ends_with(".md")) {
        for (at, line) in file.text.lines().enumerate() {
            let lost = numbers(line).into_iter().filter(|number| families.contains(&number[..3]) && !known(number));
            findings
                .extend(lost.map(|number| format!("{}:{} cites {number}, which nothing states", file.path, at + 1)));
        }
    }
    nothing_in(findings);
}

#[test]
fn numbers_are_told_from_names_of_standards() {
    assert_eq!(numbers("`ADV-3` and (DLG-15), not SHA-256, ISO-9001, UTF-8x or XADV-1"), ["ADV-3", "DLG-15"]);
    assert_eq!(cited("`DLG-2` to `DLG-4`").len(), 3);
}
