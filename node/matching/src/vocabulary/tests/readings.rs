//! How texts are read.
use super::*;

/// The reading of one word of a text, with whether it is sure.
fn read(text: &str, word: &str) -> Vec<(&'static str, bool)> {
    let at = text.find(word).expect("the word is in the text");
    let here = |mention: &&Mention| mention.from <= at && at < mention.to;
    let mentions = BUILTIN.mentions(text, None);
    mentions.iter().filter(here).map(|mention| (BUILTIN.id(mention.concept), mention.sure)).collect()
}

fn frame(text: &str, id: &str) -> Option<&'static str> {
    let mentions = BUILTIN.mentions(text, None);
    let mention = mentions.iter().find(|mention| BUILTIN.id(mention.concept) == id);
    let mention = mention.unwrap_or_else(|| panic!("{id} is named in {text}"));
    mention.frame.map(|frame| BUILTIN.id(frame))
}

#[test]
fn the_longest_name_wins() {
    assert_eq!(named("press brake operator wanted", None), ["brake-operator"]);
    assert_eq!(named("opérateur de presse-plieuse", None), ["brake-operator"]);
    assert_eq!(named("nickel plating", None), ["nickel-plating-word"]);
    assert_eq!(named("plasma arc welding", None), ["joining.weld.plasma"]);
}

#[test]
fn no_name_spans_a_comma_or_a_sentence() {
    assert_eq!(named("press, brake pads", None), ["machine.press", "vehicle-brake"]);
    assert_eq!(named("We weld. Inspector on site.", None), ["joining.weld", "inspector", "onsite"]);
}

#[test]
fn mentions_point_at_their_words() {
    let text = "Coupe de tôle d'acier à l'électroérosion à fil";
    let mention = *BUILTIN.mentions(text, None).last().expect("a mention");
    assert_eq!(&text[mention.from..mention.to], "électroérosion à fil");
}

#[test]
fn neighbours_decide_what_a_shared_word_means() {
    for (text, word, id) in [
        ("drill and tap M6 holes", "tap", "machining.threading"),
        ("kitchen water tap", "tap", "plumbing-tap"),
        ("sheet metal brake work, bend 3 mm plate", "brake work", "forming.sheet.brake"),
        ("Fanuc on a six axis robot", "Fanuc", "robot-fanuc"),
        ("lathe with Fanuc", "Fanuc", "control-fanuc"),
        ("Siemens, TIA and HMI work", "Siemens", "plc-siemens"),
        ("automates Siemens", "Siemens", "plc-siemens"),
        ("mill with Siemens control", "Siemens", "control-siemens"),
        ("robot programming, Kuka", "programming", "robot-programming"),
        ("PLC programmer", "programmer", "plc-programmer"),
        ("NX for five-axis toolpath", "NX", "nx-cam"),
        ("machine design, NX drawings", "NX", "nx-cad"),
        ("lead hand on nights", "lead", "lead-hand"),
        ("babbitt and lead", "lead", "lead"),
    ] {
        assert_eq!(read(text, word), [(id, true)], "{word} in {text}");
    }
}

#[test]
fn a_word_that_nothing_decides_is_doubtful() {
    let readings = read("need a programmer", "programmer");
    assert!(readings.len() > 1 && readings.iter().all(|(_, sure)| !sure), "{readings:?}");
}

#[test]
fn a_word_is_read_in_the_language_of_its_text() {
    assert_eq!(named("four hours for the lathe", None), ["machine.lathe"]);
    assert_eq!(named("un four pour la trempe", None), ["furnace", "thermal.harden"]);
    assert_eq!(named("looking for an assembler", Some(Language::English)), ["assembler"]);
    assert_eq!(named("assembler des boîtiers", Some(Language::French)), ["assembly", "housing"]);
    assert_eq!(named("location", Some(Language::English)), [""; 0]);
    assert_eq!(named("location", Some(Language::French)), ["rental"]);
}

#[test]
fn a_frame_covers_its_sentence_and_no_more() {
    let training = frame("Mastercam lessons for apprentices, evenings", "mastercam");
    assert_eq!(training, Some("training"));
    assert_eq!(frame("For sale: 5 axis trunnion mill, 30k spindle", "machine.mill.5-axis"), Some("sale"));
    assert_eq!(frame("Soudeuse à vendre, peu utilisée", "machine.welder"), Some("sale"));
    assert_eq!(frame("We run a lathe. Training is offered too.", "machine.lathe"), None);
    assert_eq!(frame("need someone to run our Haas", "control-haas"), Some("person-sought"));
    assert_eq!(frame("Cherche quelqu'un pour programmer notre MMT", "cmm-programming"), Some("person-sought"));
    assert_eq!(frame("cours de tour pour apprentis", "apprentice"), Some("machining-training"));
}

#[test]
fn a_number_that_counts_is_no_grade() {
    assert_eq!(named("316 pcs of 304", None), ["stainless-304"]);
    assert_eq!(named("718 mm long", None), [""; 0]);
    assert_eq!(named("turned from 4140", None), ["machining.turning", "steel-4140"]);
}

#[test]
fn a_long_text_is_read_to_its_end() {
    let text = "five-axis titanium, ".repeat(2_000);
    assert_eq!(BUILTIN.mentions(&text, None).len(), 4_000);
}
