//! Where, how far, from afar or not, and in which language, as a text says it.
use super::units::Around;
use crate::{
    place::REGIONS,
    record::{Facts, Origin, Stated},
};

const REFUSED: &[&str] = &["dont", "don", "no", "not", "non", "pas", "sans", "never", "without"];

pub(super) fn read(text: Around<'_>, plain: &str, facts: &mut Facts, need: bool) {
    presence(text, facts);
    languages(text, facts);
    if facts.place.is_none() {
        place(plain, facts);
    }
    if need && facts.max_km.is_none() {
        drive(text, facts);
    }
}

fn presence(text: Around<'_>, facts: &mut Facts) {
    for at in 0..text.0.len() {
        let pair = (text.word(at), text.word(at + 1));
        // "on-site" has a hyphen between.
        let second = if text.sign(at + 1) == Some('-') { text.word(at + 2) } else { pair.1 };
        let refused = text.before(at, 2, REFUSED);
        let remote = matches!(
            pair.0,
            "remote"
                | "remotely"
                | "phone"
                | "telephone"
                | "visio"
                | "video"
                | "courriel"
                | "email"
                | "online"
                | "virtual"
                | "virtually"
                | "teletravail"
                | "telework"
                | "skype"
                | "emails"
                | "zoom"
                | "vpn"
                | "teams"
                | "facetime"
                | "webex"
        ) || matches!(
            (pair.0, second),
            ("e", "mail")
                | ("a", "distance")
                | ("en", "ligne")
                | ("mode", "virtuel")
                | ("screen", "share")
                | ("par", "video")
                | ("over", "video")
                | ("off", "site")
                | ("hors", "site")
        ) || pair.0 == "offsite";
        // A call on the telephone to ask is no work from afar.
        let remote = remote && !text.before(at, 3, &["call", "give", "appelez", "coup"]);
        let only = text.near(at, 3, &["only", "seulement", "uniquement", "strictly", "strictement"]);
        let site = matches!(pair.0, "onsite")
            || matches!(
                (pair.0, second),
                ("on", "site")
                    | ("sur", "place")
                    | ("in", "person")
                    | ("en", "personne")
                    | ("sur", "site")
                    | ("en", "presentiel")
                    | ("chez", "nous")
                    | ("en", "usine")
                    | ("at", "site")
                    | ("hands", "on")
                    | ("the", "floor")
                    | ("le", "plancher")
                    | ("sur", "plancher")
                    | ("the", "cell")
                    | ("stand", "there")
                    | ("come", "see")
                    | ("come", "look")
                    | ("venir", "voir")
                    | ("our", "shop")
                    | ("on", "floor")
            );
        // A remote sensor or remote laser is no remote work; "remote only if" still is.
        facts.presence.only |= only && (remote || site) && !refused;
        if remote && !refused {
            facts.presence.remote = true;
        } else if remote {
            facts.presence.on_site = true;
            facts.presence.only = true;
        }
        if site && !refused {
            facts.presence.on_site = true;
        }
    }
}

fn languages(text: Around<'_>, facts: &mut Facts) {
    for at in 0..text.0.len() {
        match text.word(at) {
            "french" | "francais" | "francophone" | "francaise" => facts.languages[0] = true,
            "english" | "anglais" | "anglophone" => facts.languages[1] = true,
            "bilingual" | "bilingue" | "bilingues" => facts.languages = [true; 2],
            _ => {}
        }
    }
}

/// A place that the text names; the first of them.
fn place(plain: &str, facts: &mut Facts) {
    let named = |name: &str| {
        plain.match_indices(name).find(|(at, _)| {
            let edge = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
            let before = plain.get(..*at).and_then(|before| before.chars().next_back());
            let after = plain.get(at + name.len()..).and_then(|after| after.chars().next());
            edge(before) && edge(after)
        })
    };
    let first = REGIONS
        .iter()
        .filter_map(|region| {
            let at = region.names.iter().filter_map(|name| named(name)).map(|(at, _)| at).min()?;
            Some((at, region))
        })
        .min_by_key(|(at, _)| *at);
    facts.place = first.map(|(_, region)| Stated::new(region.point(), Origin::Read));
}

/// "Within an hour of": what an hour or two of driving reaches.
fn drive(text: Around<'_>, facts: &mut Facts) {
    for at in 0..text.0.len() {
        let hour = matches!(text.word(at), "hour" | "hours" | "heure" | "heures" | "h");
        let road = text.after(at + 1, 3, &["drive", "of", "route", "driving", "away", "voiture", "from"]);
        let within = text.before(at, 4, &["within", "under", "moins", "inside", "max", "maximum"]);
        if hour && road && (within || text.after(at + 1, 2, &["drive", "route", "driving"])) {
            let count = at.checked_sub(1).and_then(|before| text.number(before)).map_or(1, |number| number.floor());
            let km = u32::try_from(count.clamp(1, 12) * 100).unwrap_or(100);
            facts.max_km = Some(Stated::new(km, Origin::Guessed));
            return;
        }
    }
}
