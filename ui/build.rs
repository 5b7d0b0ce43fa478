//! Reads both languages, refuses to build when they differ, and turns every key into a name that the compiler knows.
//!
//! A key that one language lacks, a variable that one language forgets, a duplicate or unreadable message: each stops the
//! build with the file and the key. What remains for the tests is that every code of every vocabulary has a label.

use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;
use std::process::exit;
use std::{env, fs};

type Messages = BTreeMap<String, BTreeSet<String>>;

fn main() {
    println!("cargo:rerun-if-changed=locales");
    println!("cargo:rerun-if-changed=build.rs");
    let mut faults = Vec::new();
    let english = read("locales/en.ftl", &mut faults);
    let french = read("locales/fr.ftl", &mut faults);
    compare(&english, &french, &mut faults);
    if !faults.is_empty() {
        for fault in faults {
            println!("cargo:error={fault}");
        }
        exit(1);
    }
    let out = env::var("OUT_DIR").unwrap_or_default();
    if let Err(error) = fs::write(Path::new(&out).join("keys.rs"), generated(&english)) {
        println!("cargo:error=cannot write keys.rs to {out}: {error}");
        exit(1);
    }
}

fn read(path: &str, faults: &mut Vec<String>) -> Messages {
    let source = fs::read_to_string(path).unwrap_or_else(|error| {
        faults.push(format!("{path}: cannot be read: {error}"));
        String::new()
    });
    let resource = parser::parse(source.as_str()).unwrap_or_else(|(resource, errors)| {
        for error in errors {
            let line = source.get(..error.pos.start).map_or(0, |before| before.lines().count());
            faults.push(format!("{path}: near line {line}: {}", error.kind));
        }
        resource
    });
    let mut messages = Messages::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let key = message.id.name.to_string();
        let mut variables = BTreeSet::new();
        match &message.value {
            Some(pattern) => collect(pattern, &mut variables),
            None => faults.push(format!("{path}: `{key}` has no text")),
        }
        if messages.insert(key.clone(), variables).is_some() {
            faults.push(format!("{path}: `{key}` stands there twice"));
        }
    }
    messages
}

fn compare(english: &Messages, french: &Messages, faults: &mut Vec<String>) {
    for (key, variables) in english {
        match french.get(key) {
            None => faults.push(format!("locales/fr.ftl: `{key}` is missing")),
            Some(theirs) if theirs != variables => {
                faults.push(format!("`{key}` uses {variables:?} in English and {theirs:?} in French"));
            }
            Some(_) => {}
        }
    }
    for key in french.keys().filter(|key| !english.contains_key(*key)) {
        faults.push(format!("locales/en.ftl: `{key}` is missing"));
    }
}

fn collect(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            in_expression(expression, variables);
        }
    }
}

fn in_expression(expression: &Expression<&str>, variables: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => in_inline(inline, variables),
        Expression::Select { selector, variants } => {
            in_inline(selector, variables);
            for variant in variants {
                collect(&variant.value, variables);
            }
        }
    }
}

fn in_inline(inline: &InlineExpression<&str>, variables: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            variables.insert(id.name.to_string());
        }
        InlineExpression::FunctionReference { arguments: CallArguments { positional, .. }, .. } => {
            for argument in positional {
                in_inline(argument, variables);
            }
        }
        InlineExpression::Placeable { expression } => in_expression(expression, variables),
        _ => {}
    }
}

fn generated(messages: &Messages) -> String {
    let mut out = String::from(
        "/// Every string of every page, by name. Made from `locales/en.ftl` and `locales/fr.ftl`, which hold the same.\n\
         #[allow(clippy::enum_variant_names, reason = \"the names are those of the strings\")]\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]\npub(crate) enum Key {\n",
    );
    let mut table = String::new();
    for (key, variables) in messages {
        let variant = variant(key);
        let _ = writeln!(out, "    /// `{key}`\n    {variant},");
        let variables: Vec<&String> = variables.iter().collect();
        let _ = writeln!(table, "    (Key::{variant}, {key:?}, &{variables:?}),");
    }
    let _ = write!(
        out,
        "}}\n\n/// Key, its text in the files, the variables that it needs; sorted by text.\n\
         pub(crate) static TABLE: [(Key, &str, &[&str]); {}] = [\n{table}];\n",
        messages.len()
    );
    out
}

fn variant(key: &str) -> String {
    key.split('-')
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
        })
        .collect()
}
