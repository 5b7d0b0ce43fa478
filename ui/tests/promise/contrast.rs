//! Every pair of text and ground of the style sheet can be read, by light and by dark (WCAG 2.2, 1.4.3 and 1.4.11).
//!
//! The sheet is small and flat, so its rules tell the pairs: a rule that sets text and ground is a pair; text without a ground
//! of its own may stand on any surface of a page; a ground without a text of its own carries the page's ink.

use std::collections::{BTreeMap, BTreeSet};

const SHEET: &str = include_str!("../../assets/desk.css");

/// What pages and cards are made of.
const SURFACES: [&str; 3] = ["ground", "sheet", "sunk"];

/// Lines that only separate or adorn: without them nothing is lost, words say the same (1.4.11 asks nothing of these).
const ORNAMENTS: [&str; 2] = ["line", "warn-line"];

type Tokens = BTreeMap<String, [f64; 3]>;

struct Rule {
    selector: String,
    declarations: Vec<(String, String)>,
}

/// The rules of one block of the sheet; rules inside of `@media` are read by themselves.
fn rules(sheet: &str) -> Vec<Rule> {
    let mut plain = String::new();
    for (at, part) in sheet.split("/*").enumerate() {
        plain += if at == 0 { part } else { part.split_once("*/").map_or("", |(_, after)| after) };
    }
    let mut rules = Vec::new();
    for part in plain.split('}') {
        let Some((selector, body)) = part.rsplit_once('{') else { continue };
        let selector = selector.rsplit('{').next().unwrap_or_default().trim().to_owned();
        let declarations = body.split(';').filter_map(|one| one.split_once(':'));
        let declarations =
            declarations.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect();
        rules.push(Rule { selector, declarations });
    }
    rules
}

impl Rule {
    fn token(&self, property: &str) -> Option<String> {
        let value = &self.declarations.iter().find(|(name, _)| name == property)?.1;
        Some(value.split("var(--").nth(1)?.split(')').next()?.to_owned())
    }

    /// Marks without text: their ground is seen, not read.
    fn is_mark(&self) -> bool {
        self.selector.contains("::before") || self.selector.contains("::after")
    }
}

fn colour(value: &str) -> Option<[f64; 3]> {
    let hex = value.strip_prefix('#').filter(|hex| hex.len() == 6)?;
    let part = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok().map(|part| f64::from(part) / 255.0);
    Some([part(0)?, part(2)?, part(4)?])
}

/// The tokens by light, and by dark.
fn tokens() -> [Tokens; 2] {
    let (light, dark) = SHEET.split_once("@media (prefers-color-scheme: dark)").expect("a dark half");
    let read = |sheet: &str| -> Tokens {
        let root = rules(sheet).into_iter().find(|rule| rule.selector == ":root").expect("tokens");
        let pairs = root.declarations.into_iter();
        pairs.filter_map(|(name, value)| Some((name.strip_prefix("--")?.to_owned(), colour(&value)?))).collect()
    };
    [read(light), read(dark)]
}

/// WCAG 2.2, relative luminance and contrast ratio.
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let luminance = |colour: [f64; 3]| {
        let [r, g, b] = colour.map(|c| if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Pairs of tokens with the least ratio that they need, each with the rule that made it.
fn pairs() -> BTreeMap<(String, String, bool), String> {
    let (_, after_tokens) = SHEET.split_once("/* Ground */").expect("rules after the tokens");
    let (screen, _) = after_tokens.split_once("@media print").expect("rules for paper last");
    let mut pairs = BTreeMap::new();
    for rule in rules(screen) {
        let (text, ground) = (rule.token("color"), rule.token("background"));
        let mut add = |text: &str, ground: &str, is_text: bool| {
            pairs.insert((text.to_owned(), ground.to_owned(), is_text), rule.selector.clone());
        };
        match (&text, &ground) {
            (Some(text), Some(ground)) => add(text, ground, true),
            (Some(text), None) => SURFACES.iter().for_each(|surface| add(text, surface, true)),
            (None, Some(ground)) if rule.is_mark() => SURFACES.iter().for_each(|surface| {
                if !SURFACES.contains(&ground.as_str())
                    && !ground.ends_with("-soft")
                    && !ORNAMENTS.contains(&ground.as_str())
                {
                    add(ground, surface, false);
                }
            }),
            (None, Some(ground)) => add("ink", ground, true),
            (None, None) => {}
        }
        let edges: BTreeSet<String> = rule
            .declarations
            .iter()
            .filter(|(name, _)| name.starts_with("border") || name == "outline" || name == "accent-color")
            .filter_map(|(name, _)| rule.token(name))
            .filter(|token| {
                token.as_str() != "radius" && !token.starts_with("radius") && !ORNAMENTS.contains(&token.as_str())
            })
            .collect();
        for edge in edges {
            SURFACES.iter().for_each(|surface| add(&edge, surface, false));
        }
    }
    pairs
}

#[test]
fn every_pair_of_text_and_ground_can_be_read_by_light_and_by_dark() {
    let pairs = pairs();
    assert!(pairs.len() > 40, "the sheet was read: {}", pairs.len());
    let mut faint = Vec::new();
    for (theme, tokens) in ["light", "dark"].into_iter().zip(tokens()) {
        for ((text, ground, is_text), selector) in &pairs {
            let colour =
                |token: &String| *tokens.get(token).unwrap_or_else(|| panic!("{selector}: --{token} in {theme}"));
            let (ratio, least) = (contrast(colour(text), colour(ground)), if *is_text { 4.5 } else { 3.0 });
            if ratio < least {
                faint.push(format!("{theme}: --{text} on --{ground} is {ratio:.2}, needs {least} ({selector})"));
            }
        }
    }
    assert!(faint.is_empty(), "{}", faint.join("\n"));
}

#[test]
fn ratios_are_those_of_the_standard() {
    let ratio = |one, other| contrast(colour(one).unwrap(), colour(other).unwrap());
    assert!((ratio("#000000", "#ffffff") - 21.0).abs() < 0.001);
    assert!((ratio("#777777", "#ffffff") - 4.48).abs() < 0.01, "the grey that just fails");
}
