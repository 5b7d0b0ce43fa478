//! Terms for readers without a browser: what the pages say of them, line by line.

use crate::page::terms::{answered, fulfilled, lack, quantity};
use crate::voice::Voice;
use crate::words::{Key, Language};
use firm::deals::Lack;
use jiff::tz::TimeZone;
use protocol::terms::{Line, Terms};
use protocol::time::UnixMs;

/// Terms and what keeps them from being signed, in sentences of one line each; a heading ends with a colon.
pub fn terms(language: Language, terms: &Terms, lacks: &[Lack]) -> Vec<String> {
    // Nothing in terms is a moment, so neither the zone nor the time of reading is told.
    let voice = Voice { language, zone: TimeZone::UTC, now: UnixMs(0) };
    let days = [("first", voice.day(terms.first).into()), ("last", voice.day(terms.last).into())];
    let version = voice.with(Key::TermsVersion, &[("number", terms.number.into())]);
    let form = voice.code("instrument", terms.instrument);
    let mut all = vec![format!("{version} · {form} · {}", voice.with(Key::TermsDays, &days))];
    all.extend(terms.lines.iter().map(|line| priced(&voice, line)));
    all.push(voice.with(Key::ToldPair, &pair(voice.text(Key::TermsTotal), voice.money(terms.total))));
    let provisions = terms.provisions.iter().map(|one| {
        let (topic, answer) = answered(&voice, one);
        voice.with(Key::ToldPair, &pair(topic, answer))
    });
    under(&voice, Key::TermsProvisions, provisions, &mut all);
    under(&voice, Key::TermsConditions, terms.fulfilments.iter().map(|one| fulfilled(&voice, one)), &mut all);
    under(&voice, Key::TermsClauses, terms.clauses.iter().map(ToString::to_string), &mut all);
    under(&voice, Key::TermsLacks, lacks.iter().map(|one| lack(&voice, one)), &mut all);
    all.extend((!lacks.is_empty()).then(|| voice.text(Key::TermsLacksDo)));
    all
}

fn priced(voice: &Voice, line: &Line) -> String {
    let each = voice.money(line.lot.map_or(line.hourly, |lot| lot.each));
    let amount = line.amount().map(|amount| voice.money(amount)).unwrap_or_default();
    voice.with(Key::ToldPair, &pair(line.what.to_string(), format!("{} × {each} = {amount}", quantity(voice, line))))
}

fn pair<'a>(what: String, value: String) -> [(&'static str, fluent_bundle::FluentValue<'a>); 2] {
    [("what", what.into()), ("value", value.into())]
}

fn under(voice: &Voice, heading: Key, lines: impl Iterator<Item = String>, all: &mut Vec<String>) {
    let mut lines = lines.peekable();
    if lines.peek().is_some() {
        all.push(voice.with(Key::ToldHeading, &[("heading", voice.text(heading).into())]));
        all.extend(lines.map(|line| format!("  {line}")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::id::DealId;
    use protocol::money::Money;
    use protocol::terms::{Content, Provision, Topic};
    use protocol::text::TermsText;
    use protocol::time::Day;
    use protocol::vocabulary::Instrument;

    fn told(language: Language) -> String {
        let answered = |topic, content| Provision { topic, content };
        let line = Line::hourly(TermsText::new("Machining").unwrap(), 45 * 60, Money::cad(220));
        let said = Terms {
            deal: DealId([1; 16]),
            number: 2,
            instrument: Instrument::CapacityRental,
            total: line.amount().unwrap(),
            lines: vec![line],
            first: Day(20_794),
            last: Day(20_830),
            clauses: vec![TermsText::new("Fetched by the buyer.").unwrap()],
            provisions: vec![answered(Topic::Confidentiality, Content::Number(24))],
            fulfilments: vec![],
        };
        terms(language, &said, &[Lack::Missing(Topic::GoverningLaw)]).join("\n")
    }

    #[test]
    fn terms_are_told_as_the_pages_say_them_in_both_languages() {
        // TRM-4
        let english = told(Language::English);
        for line in
            ["Version 2 · ", "\nMachining: 45 h × $220.00 CAD = $9,900.00 CAD\n", "24 months\n", "Not ready to sign:\n"]
        {
            assert!(english.contains(line), "{line} in\n{english}");
        }
        let french = told(Language::French);
        for line in ["\nMachining\u{a0}: 45", "24 mois\n", "il manque\u{a0}: Quel droit s’applique\n"] {
            assert!(french.contains(line), "{line} in\n{french}");
        }
    }
}
