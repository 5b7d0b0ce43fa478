//! Packs come into force whole, in an order, and stay as long as others stand on them.

use super::*;
use matching::vocabulary::Vocabulary;
use protocol::terms::{Content, Provision, Topic};
use protocol::time::UnixMs;
use protocol::vocabulary::{Instrument, Language};
use std::{string::ToString, vec, vec::Vec};

const NOW: UnixMs = UnixMs(1_795_000_000_000);

fn file(name: &str, text: &str) -> PackFile {
    PackFile { name: name.into(), text: text.into() }
}

/// The sponsor's pack that the tests of every room load.
pub(crate) fn northern() -> Vec<PackFile> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/packs/northern-testing");
    let names = ["pack.txt", "vocabulary.txt", "equivalences.txt", "conditions.txt"];
    names.map(|name| file(name, &std::fs::read_to_string(folder.join(name)).unwrap())).to_vec()
}

/// A pack of one word over another.
fn small(id: &str, version: u32, over: &str, line: &str) -> Vec<PackFile> {
    let manifest = std::format!(
        "format | 1\nid | {id}\nversion | {version}\nlanguages | en fr\nover | {over}\nvocabulary | words.txt\n"
    );
    vec![file("pack.txt", &manifest), file("words.txt", line)]
}

fn with(packs: &[Vec<PackFile>]) -> Knowledge {
    let mut knowledge = Knowledge::default();
    for files in packs {
        let added = add(&knowledge, files.clone(), NOW).unwrap();
        knowledge.apply(&added);
    }
    knowledge
}

fn refusal(knowledge: &Knowledge, files: Vec<PackFile>) -> BadPack {
    add(knowledge, files, NOW).unwrap_err()
}

#[test]
fn a_pack_in_force_adds_its_words_and_its_hash() {
    // KNW-1
    let knowledge = with(&[northern()]);
    assert!(knowledge.vocabulary().concept("lab.mechanical.headframe").is_some());
    assert!(Knowledge::default().vocabulary().concept("lab.mechanical.headframe").is_none());
    assert_ne!(knowledge.sha256(), Knowledge::default().sha256());
    assert_eq!(Knowledge::default().sha256().0, Vocabulary::shared().digest().0);
    let mut again = Knowledge::default();
    let kept = serde_json::to_string(&add(&again, northern(), NOW).unwrap()).unwrap();
    again.apply(&serde_json::from_str(&kept).unwrap());
    assert_eq!((again.sha256(), std::format!("{again:?}")), (knowledge.sha256(), std::format!("{knowledge:?}")));
}

#[test]
fn what_is_wrong_is_told_with_file_line_and_remedy_and_nothing_changes() {
    // KNW-2
    let wrong = small("north", 1, "cosolvent 4", "# words\nshort | line\n");
    let BadPack::Text(told) = refusal(&Knowledge::default(), wrong) else { panic!("another refusal") };
    assert!(told.starts_with("added/words.txt:2: 2 columns where this section has 6; put a bar"), "{told}");
    let knowledge = with(&[northern()]);
    assert_eq!(refusal(&knowledge, northern()), BadPack::Same { id: "northern-testing".into(), version: 1 });
    let mut changed = northern();
    changed[1].text.push_str("# a remark\n");
    let why = refusal(&knowledge, changed).to_string();
    assert!(why.contains("write a higher version than 1 into its pack.txt"), "{why}");
}

#[test]
fn a_newer_version_takes_the_place_of_the_earlier_one_below_what_stands_on_it() {
    // KNW-2
    let first =
        |version| small("first", version, "cosolvent 4", "rock-bolt | part | | rock bolt | boulon d'ancrage |\n");
    let second = small("second", 1, "first 1", "+rock-bolt | | | roof bolt | boulon de toit |\n");
    let mut knowledge = with(&[first(1), second]);
    knowledge.apply(&add(&knowledge, first(2), NOW).unwrap());
    let told: Vec<_> = knowledge.packs().iter().map(|pack| (pack.id.as_str(), pack.version, &pack.fault)).collect();
    assert_eq!(told, [("first", 2, &None), ("second", 1, &None)]);
    let other = small("first", 3, "cosolvent 4", "rope | part | | hoist rope | câble de levage |\n");
    let why = refusal(&knowledge, other).to_string();
    assert!(
        why.starts_with("second/words.txt:1: "),
        "a version that would leave another pack without its ground: {why}"
    );
    let on = BadPack::StoodOn { id: "first".into(), by: "second".into() };
    assert_eq!(remove(&knowledge, "first"), Err(on));
    assert_eq!(remove(&knowledge, "third"), Err(BadPack::NoSuchPack));
    for id in ["second", "first"] {
        knowledge.apply(&remove(&knowledge, id).unwrap());
    }
    assert_eq!((knowledge.packs().len(), knowledge.sha256()), (0, Knowledge::default().sha256()));
}

#[test]
fn a_pack_that_this_program_does_not_read_stays_and_says_why_and_the_others_hold() {
    // KNW-3: as if an earlier program had let it in.
    let mut knowledge = with(&[northern()]);
    let files = small("later", 1, "cosolvent 4", "x | no-such-kind | | a word | un mot |\n");
    let sha256 = protocol::id::Hash([1; 32]);
    knowledge.apply(&Event::Added { id: "later".into(), version: 1, sha256, files, at: NOW });
    assert_eq!(knowledge.sha256(), with(&[northern()]).sha256());
    let fault = knowledge.pack("later").unwrap().fault.clone().unwrap();
    assert!(fault.starts_with("later/words.txt:1: "), "{fault}");
    let better = small("later", 1, "cosolvent 4", "rock-bolt | part | | rock bolt | boulon d'ancrage |\n");
    assert!(matches!(refusal(&knowledge, better), BadPack::NotNewer { .. }), "another text needs another version");
    knowledge.apply(&remove(&knowledge, "later").unwrap());
    assert_eq!(knowledge.packs().len(), 1);
}

/// A pack that says this of instruments.
fn asking(line: &str) -> Vec<PackFile> {
    let manifest =
        "format | 1\nid | asks\nversion | 1\nlanguages | en fr\nover | cosolvent 8\ninstruments | asks.txt\n";
    vec![file("pack.txt", manifest), file("asks.txt", line)]
}

#[test]
fn every_instrument_has_what_both_sides_must_settle_and_no_proposal_that_cannot_be_signed() {
    // KNW-4, TRM-5
    let catalogue = Catalogue::shared();
    for instrument in Instrument::ALL {
        let known = catalogue.of(*instrument).unwrap_or_else(|| panic!("{instrument} is in the built-in pack"));
        let required: Vec<Topic> = known.required().collect();
        for always in [Topic::GoverningLaw, Topic::RecordLanguage] {
            assert!(required.contains(&always), "{instrument} {always}");
        }
        for wanted in &known.topics {
            let proposed = wanted.proposed.clone();
            assert!(proposed.is_none_or(|content| Provision { topic: wanted.topic, content }.is_sound()));
        }
        assert!(Language::ALL.iter().all(|language| !known.says(*language).is_empty()));
    }
    let guidance: Vec<Topic> = catalogue.of(Instrument::Guidance).unwrap().required().collect();
    assert!(guidance.contains(&Topic::CrossClientSecrecy));
}

#[test]
fn a_pack_adds_requirements_and_takes_none_away() {
    // KNW-4, PCK-4
    let before = Catalogue::shared().of(Instrument::SpotJob).unwrap();
    let knowledge = with(&[asking("+spot-job | full | mediator insurance | scrap transport=none report | |\n")]);
    let after = knowledge.catalogue().of(Instrument::SpotJob).unwrap();
    let required: Vec<Topic> = after.required().collect();
    assert!(before.required().all(|topic| required.contains(&topic)), "what was required is");
    assert!(required.contains(&Topic::Mediator) && required.contains(&Topic::Insurance));
    assert!(required.contains(&Topic::Scrap), "to name it as optional takes nothing away");
    assert_eq!((before.track, after.track), (Track::Express, Track::Full));
    let by = |topic| after.topics.iter().find(|wanted| wanted.topic == topic).unwrap();
    assert_eq!((by(Topic::Mediator).pack.as_str(), by(Topic::Scrap).pack.as_str()), ("asks", "cosolvent"));
    assert_eq!(by(Topic::Transport).proposed, Some(Content::Choice(protocol::terms::Choice::None)));
}

#[test]
fn what_is_wrong_with_an_instrument_is_told_with_file_line_and_remedy() {
    // KNW-2, PCK-3
    for (line, told) in [
        ("+spot-jobs | | mediator | | |", "no instrument `spot-jobs`; write one of these: capacity-rental"),
        ("+spot-job | | meditator | | |", "no topic `meditator`; write one of these: intellectual-property"),
        ("+spot-job | | scrap=nobody | | |", "`scrap` is not answered by `nobody`; propose one of these"),
        ("+spot-job | | payment-days=4000 | | |", "0 to 1827"),
        ("+spot-job | | deposit=500 | | |", "`deposit` is not answered by `500`"),
        ("+spot-job | | scrap | scrap | |", "`scrap` stands twice on this line"),
        ("+spot-job | express | mediator | | |", "takes no requirement away"),
        ("+spot-job | | mediator | | A job | Un travail", "leave the sentences empty"),
        ("spot-job | full | mediator | | A job | Un travail", "the id `spot-job` is taken"),
        ("spot-job | full | mediator", "3 columns where this section has 6"),
    ] {
        let BadPack::Text(said) = refusal(&Knowledge::default(), asking(&std::format!("# asks\n{line}\n"))) else {
            panic!("another refusal")
        };
        assert!(said.starts_with("added/asks.txt:2: ") && said.contains(told), "{line}: {said}");
    }
}
