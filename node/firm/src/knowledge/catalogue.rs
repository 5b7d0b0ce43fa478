//! The catalogue of instruments: what terms of each form of engagement must say before they are signed here.
//!
//! It is read from the section `instruments` of every pack in force, the built-in one first:
//!
//! ```text
//!   instrument | track | required | optional | English | French        of the built-in pack, once for each
//!   +instrument | full or nothing | more required | more optional | |  of a pack over it: adds, and takes nothing away
//! ```
//!
//! A topic may carry a proposal (`payment-days=30`): a choice or a number with which the form begins. It requires nothing.
//!
//! - `KNW-4` A topic that any pack in force requires is required. A pack may name further topics, propose answers, and put an instrument
//!   on the full track; nothing that it says makes terms complete that were not. Where two nodes' packs differ, each judges by its own,
//!   so the stricter one holds for both (`TRM-4`).
//!
//! An attacker would hand over a pack that requires everything, so that nothing is ever signed: only an owner adds one, the form shows
//! what is required and by which pack, and removing the pack ends it.

use alloc::{
    borrow::ToOwned,
    boxed::Box,
    collections::BTreeMap,
    format,
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};
use core::str::FromStr;
use matching::pack::{Bound, Fault, Pack, Refused, Row, Section};
use once_cell::race::OnceBox;
use protocol::terms::{Content, Free, Topic};
use protocol::vocabulary::{Instrument, Language};
use serde::Serialize;

/// How far terms go before work begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Track {
    /// Versions that both sides read and sign.
    Full,
    /// Small enough for one approval under standing terms, where both firms have them; else as full.
    Express,
}

/// A topic of an instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Wanted {
    /// Which.
    pub topic: Topic,
    /// Whether nothing is signed without it.
    pub required: bool,
    /// With what the form begins.
    pub proposed: Option<Content>,
    /// The pack that requires it, or else names it.
    pub pack: String,
}

/// What the packs in force say of one instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Requirements {
    /// How far.
    pub track: Track,
    /// Topics, the required ones first, in the order of the packs.
    pub topics: Vec<Wanted>,
    /// What it is for, in English and in French.
    says: [String; 2],
}

impl Requirements {
    /// What the instrument is for.
    pub fn says(&self, language: Language) -> &str {
        let [english, french] = &self.says;
        if language == Language::French { french } else { english }
    }

    /// Topics without which nothing is signed.
    pub fn required(&self) -> impl Iterator<Item = Topic> {
        self.topics.iter().filter(|wanted| wanted.required).map(|wanted| wanted.topic)
    }

    fn name(&mut self, wanted: Wanted) {
        match self.topics.iter_mut().find(|own| own.topic == wanted.topic) {
            None => self.topics.push(wanted),
            Some(own) => {
                if wanted.required && !own.required {
                    (own.required, own.pack) = (true, wanted.pack);
                }
                own.proposed = wanted.proposed.or(own.proposed.take());
            }
        }
    }
}

/// Every instrument and its requirements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue(BTreeMap<Instrument, Requirements>);

impl Catalogue {
    /// What the built-in pack says, read once for everybody of the process.
    pub fn shared() -> &'static Arc<Catalogue> {
        static SHARED: OnceBox<Arc<Catalogue>> = OnceBox::new();
        // INVARIANT: the data is part of the program, and a test reads it.
        SHARED.get_or_init(|| Box::new(Arc::new(Catalogue::with(&[]).unwrap_or_default())))
    }

    /// The built-in pack and these over it, in their order.
    ///
    /// # Errors
    /// [`Refused`] with the file, the line, the fault and what to do.
    pub fn with(packs: &[Pack<'_>]) -> Result<Catalogue, Refused> {
        let builtin = Pack::builtin()?;
        let mut catalogue = Catalogue::default();
        for pack in core::iter::once(&builtin).chain(packs) {
            for row in pack.lines::<6>(Section::Instruments)? {
                catalogue.read(&pack.name().id, &row)?;
            }
        }
        catalogue.0.values_mut().for_each(|known| known.topics.sort_by_key(|wanted| !wanted.required));
        Ok(catalogue)
    }

    /// What it says of an instrument; nothing of one that no pack names, and terms of that are not signed.
    pub fn of(&self, instrument: Instrument) -> Option<&Requirements> {
        self.0.get(&instrument)
    }

    fn read(&mut self, pack: &str, row: &Row<'_, 6>) -> Result<(), Refused> {
        let [written, track, required, optional, english, french] = row.columns;
        let (id, adds) = written.strip_prefix('+').map_or((written, false), |id| (id, true));
        let instrument = word("instrument", id, Instrument::ALL).map_err(|fault| row.refuse(fault))?;
        let track = match (track, adds) {
            ("full", _) => Some(Track::Full),
            ("express", false) => Some(Track::Express),
            ("", true) => None,
            (_, true) => return Err(row.refuse(Fault::Weaker(id.to_owned()))),
            (other, false) => {
                let among = "full, express".to_owned();
                return Err(row.refuse(Fault::Word { what: "track", written: other.to_owned(), among }));
            }
        };
        if adds {
            if !(english.is_empty() && french.is_empty()) {
                return Err(row.refuse(Fault::Weaker(id.to_owned())));
            }
        } else {
            if self.0.contains_key(&instrument) {
                return Err(row.refuse(Fault::Taken(id.to_owned())));
            }
            let says = row.sentences(english, french)?;
            self.0.insert(instrument, Requirements { track: Track::Full, topics: Vec::new(), says });
        }
        let known = self.0.get_mut(&instrument).ok_or_else(|| row.refuse(Fault::Unknown(id.to_owned())))?;
        known.track = track.unwrap_or(known.track);
        let mut seen: Vec<Topic> = Vec::new();
        for (topics, required) in [(required, true), (optional, false)] {
            for written in topics.split_whitespace() {
                let (topic, proposed) = wanted(written).map_err(|fault| row.refuse(fault))?;
                if seen.contains(&topic) {
                    return Err(row.refuse(Fault::TopicTwice(topic.to_string())));
                }
                if seen.len() >= Topic::ALL.len() {
                    return Err(row.refuse(Fault::TooMany(Bound::Rows)));
                }
                seen.push(topic);
                known.name(Wanted { topic, required, proposed, pack: pack.to_owned() });
            }
        }
        Ok(())
    }
}

/// A topic, and the answer proposed for it.
fn wanted(written: &str) -> Result<(Topic, Option<Content>), Fault> {
    let (name, answer) = written.split_once('=').map_or((written, None), |(name, answer)| (name, Some(answer)));
    let topic = word("topic", name, Topic::ALL)?;
    let proposed = match answer {
        None => None,
        Some(answer) => Some(topic.plain(answer).ok_or_else(|| Fault::Proposed {
            topic: name.to_owned(),
            written: answer.to_owned(),
            among: answers(topic),
        })?),
    };
    Ok((topic, proposed))
}

/// The answers that a pack can propose, for a refusal.
fn answers(topic: Topic) -> String {
    let shape = topic.shape();
    let choices = shape.choices.iter().map(|choice| choice.text().to_owned());
    let number = match shape.free {
        Some(Free::Number(measure)) => Some(format!("0 to {}", measure.most())),
        _ => None,
    };
    choices.chain(number).collect::<Vec<_>>().join(", ")
}

fn word<T: FromStr + Copy + ToString>(what: &'static str, written: &str, all: &[T]) -> Result<T, Fault> {
    written.parse().map_err(|_| {
        let among: Vec<String> = all.iter().map(ToString::to_string).collect();
        Fault::Word { what, written: written.to_owned(), among: among.join(", ") }
    })
}
