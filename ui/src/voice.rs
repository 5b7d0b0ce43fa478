//! Voice: values in the reader's language. Bands, dates, amounts and lists become words here and nowhere else.
//!
//! Hours are shown in the zone of the computer on which the desk runs, which is the shop's; everything stored stays UTC.

use crate::words::{Key, Language};
use firm::command::Refusal;
use firm::matching::{Condition, Shown, Word};
use firm::policy::Because;
use firm::view::Recipient;
use fluent_bundle::FluentValue;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use protocol::dialogue::{Field, Step, Value};
use protocol::facts::Weeks;
use protocol::money::{Currency, Money};
use protocol::place::{Cell, Point};
use protocol::time::{Day, UnixMs, Week};
use protocol::vocabulary::{Language as Spoken, Role, Unit};
use std::fmt::Display;

/// The reader's language, zone and moment.
#[derive(Clone)]
pub(crate) struct Voice {
    pub(crate) language: Language,
    pub(crate) zone: TimeZone,
    pub(crate) now: UnixMs,
}

impl Voice {
    /// A string.
    pub(crate) fn text(&self, key: Key) -> String {
        self.language.text(key)
    }

    /// A string with variables.
    pub(crate) fn with(&self, key: Key, variables: &[(&str, FluentValue<'_>)]) -> String {
        self.language.with(key, variables)
    }

    /// The label of a code.
    pub(crate) fn code(&self, vocabulary: &str, code: impl Display) -> String {
        let code = code.to_string();
        Key::of_code(vocabulary, &code).map_or(code, |key| self.text(key))
    }

    /// Labels of codes, in order.
    pub(crate) fn codes<T: Display>(&self, vocabulary: &str, list: &[T]) -> String {
        list.iter().map(|code| self.code(vocabulary, code)).collect::<Vec<_>>().join(", ")
    }

    /// Roles as alternatives: "owner or signer".
    pub(crate) fn roles(&self, roles: &[Role]) -> String {
        let names: Vec<String> = roles.iter().map(|role| self.code("role", role)).collect();
        match names.split_last() {
            Some((last, rest)) if !rest.is_empty() => {
                self.with(Key::ListOr, &[("first", rest.join(", ").into()), ("last", last.as_str().into())])
            }
            Some((only, _)) => only.clone(),
            None => self.text(Key::RolesNobody),
        }
    }

    /// A step as a heading.
    pub(crate) fn step(&self, step: Step) -> String {
        self.code("step", step)
    }

    /// The label of a field.
    pub(crate) fn field(&self, field: Field) -> String {
        self.code("field", field)
    }

    /// What a requirement is about. The area of one side against the travel of the other is a distance.
    pub(crate) fn requirement(&self, field: Field) -> String {
        if field == Field::Area { self.text(Key::MatchDistance) } else { self.field(field) }
    }

    /// To whom.
    pub(crate) fn recipient(&self, to: &Recipient) -> String {
        match to {
            Recipient::Everybody => self.text(Key::RecipientEverybody),
            Recipient::Callsign(callsign) => {
                self.with(Key::RecipientCallsign, &[("callsign", callsign.as_str().into())])
            }
            Recipient::Firm(name) => name.as_str().to_string(),
        }
    }

    /// A whole number, grouped.
    pub(crate) fn whole(&self, number: u64) -> String {
        let digits = number.to_string();
        let separator = if self.language == Language::French { "\u{a0}" } else { "," };
        let mut out = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push_str(separator);
            }
            out.push(digit);
        }
        out
    }

    /// `value` units of the last of `digits` decimals, without trailing zeros beyond `keep` decimals.
    pub(crate) fn decimal(&self, value: u64, digits: u32, keep: usize) -> String {
        let scale = 10_u64.pow(digits);
        let mut fraction = format!("{:0width$}", value % scale, width = digits as usize);
        while fraction.len() > keep && fraction.ends_with('0') {
            fraction.pop();
        }
        let whole = self.whole(value / scale);
        let point = if self.language == Language::French { ',' } else { '.' };
        if fraction.is_empty() { whole } else { format!("{whole}{point}{fraction}") }
    }

    /// An amount.
    pub(crate) fn money(&self, money: Money) -> String {
        let amount = self.decimal(money.minor, 2, 2);
        let key = match money.currency {
            Currency::Cad => Key::MoneyCad,
            Currency::Usd => Key::MoneyUsd,
        };
        self.with(key, &[("amount", amount.into())])
    }

    /// Minutes as hours; with the minutes beside them where hundredths of an hour would not say it exactly.
    pub(crate) fn hours(&self, minutes: u32) -> String {
        if !minutes.is_multiple_of(3) {
            let parts = [("hours", (minutes / 60).into()), ("minutes", (minutes % 60).into())];
            let key = if minutes < 60 { Key::ValueMinutes } else { Key::ValueHoursMinutes };
            return self.with(key, &parts);
        }
        let hundredths = u64::from(minutes) * 100 / 60;
        self.with(Key::ValueHours, &[("hours", self.decimal(hundredths, 2, 0).into())])
    }

    /// So many of something that is not paid by the hour.
    pub(crate) fn units(&self, count: u32, unit: Unit) -> String {
        let key = Key::of_code("quantity", unit.text());
        key.map_or_else(|| self.whole(count.into()), |key| self.with(key, &[("count", count.into())]))
    }

    /// A size on the wire.
    pub(crate) fn bytes(&self, bytes: u64) -> String {
        self.with(Key::Bytes, &[("count", bytes.into()), ("shown", self.whole(bytes).into())])
    }

    /// Thousandths as a percentage.
    pub(crate) fn share(&self, thousandths: u16) -> String {
        self.with(Key::Percent, &[("percent", u32::from((thousandths + 5) / 10).into())])
    }

    /// A tolerance in micrometres, as the shop says it.
    pub(crate) fn tolerance(&self, um: u32) -> String {
        self.with(Key::ValueTolerance, &[("mm", self.decimal(u64::from(um), 3, 2).into())])
    }

    /// One value of one field.
    pub(crate) fn value(&self, field: Field, value: &Value) -> String {
        match value {
            Value::Class(class) => self.code("class", class),
            Value::Process(process) => self.code("process", process),
            Value::Area(cell) => self.area(*cell),
            Value::Weeks(weeks) => self.weeks(*weeks),
            Value::Number(number) => self.number(field, *number),
            Value::Materials(list) => self.codes("material", list),
            Value::Credentials(list) => self.codes("credential", list),
            Value::Flag(flag) => self.text(if *flag { Key::Yes } else { Key::No }),
            Value::Presence(presence) => self.code("presence", presence),
            Value::Languages(list) => self.codes("language", list),
            Value::Band(band) => self.code("value", band),
            Value::Text(text) => text.as_str().to_string(),
            Value::ConflictClasses(list) => self.codes("conflict-class", list),
        }
    }

    fn number(&self, field: Field, number: u32) -> String {
        match field {
            Field::Hours => self.hours(number.saturating_mul(60)),
            Field::Tolerance => self.tolerance(number),
            Field::Envelope => self.with(Key::ValueEnvelope, &[("mm", self.whole(u64::from(number)).into())]),
            Field::Area | Field::Travel => self.with(Key::ValueUpToKm, &[("km", self.whole(u64::from(number)).into())]),
            _ => self.whole(u64::from(number)),
        }
    }

    /// One side of a requirement.
    pub(crate) fn shown(&self, field: Field, shown: &Shown) -> String {
        match shown {
            Shown::Nothing => self.text(Key::NotSaid),
            Shown::Exactly(value) => self.value(field, value),
            Shown::Band(code) => self.code(band_vocabulary(field), code),
            Shown::Distance { km, give_or_take_km } => {
                let [km, around] = [*km, *give_or_take_km].map(|km| self.whole(u64::from(km)));
                self.with(Key::ValueDistance, &[("km", km.into()), ("around", around.into())])
            }
            Shown::Words(words) => words.iter().map(|word| self.word(word)).collect::<Vec<_>>().join(", "),
            Shown::Measured { measure, number } => self.measured(measure, number),
        }
    }

    /// A number that a text names, with its unit.
    fn measured(&self, measure: &str, number: &str) -> String {
        let decimal = if self.language == Language::French { number.replace('.', ",") } else { number.to_string() };
        format!("{} {decimal}", self.code("measure", measure))
    }

    /// A word of a text, as this reader says it.
    pub(crate) fn word(&self, word: &Word) -> String {
        word.label(self.spoken()).to_string()
    }

    /// What a rule of a pack asks to be done.
    pub(crate) fn says(&self, condition: &Condition) -> String {
        condition.says(self.spoken()).to_string()
    }

    /// The one of an English and a French text that is the reader's.
    pub(crate) fn own<'a>(&self, [english, french]: &'a [impl AsRef<str>; 2]) -> &'a str {
        if self.language == Language::French { french.as_ref() } else { english.as_ref() }
    }

    /// The reader's language as firms name it.
    pub(crate) fn spoken(&self) -> Spoken {
        if self.language == Language::French { Spoken::French } else { Spoken::English }
    }

    /// A point, exactly.
    pub(crate) fn place(&self, point: Point) -> String {
        self.degrees(point, |udeg| self.decimal(u64::from(udeg), 6, 2)).join(", ")
    }

    /// Latitude and longitude of a point, with the numbers as `shown`.
    fn degrees(&self, point: Point, shown: impl Fn(u32) -> String) -> [String; 2] {
        let latitude = if point.lat_udeg < 0 { Key::DegreesSouth } else { Key::DegreesNorth };
        let longitude = if point.lon_udeg < 0 { Key::DegreesWest } else { Key::DegreesEast };
        [(latitude, point.lat_udeg), (longitude, point.lon_udeg)]
            .map(|(key, udeg)| self.with(key, &[("degrees", shown(udeg.unsigned_abs()).into())]))
    }

    /// An area, coarsely.
    pub(crate) fn area(&self, cell: Cell) -> String {
        let tenths = |udeg: u32| self.decimal(u64::from((udeg + 50_000) / 100_000), 1, 1);
        let [latitude, longitude] = self.degrees(cell.centre(), tenths);
        let km = self.whole(u64::from(cell.radius_km()));
        let variables = [("lat", latitude.into()), ("lon", longitude.into()), ("km", km.into())];
        self.with(Key::AreaAround, &variables)
    }

    /// A day with its year.
    pub(crate) fn day(&self, day: Day) -> String {
        day.date().map_or_else(String::new, |date| self.date(date))
    }

    /// Today, where the desk stands.
    pub(crate) fn today(&self) -> Day {
        self.zoned(self.now).and_then(|now| Day::of(now.date())).unwrap_or_else(|| self.now.day())
    }

    /// A date on somebody's wall.
    pub(crate) fn date(&self, date: Date) -> String {
        let month = self.code("month", date.month());
        let variables = [("day", date.day().into()), ("month", month.into()), ("year", date.year().to_string().into())];
        self.with(Key::DateDay, &variables)
    }

    /// A time of the day on somebody's wall.
    pub(crate) fn time(&self, time: Time) -> String {
        let (hour, minute) = (format!("{:02}", time.hour()), format!("{:02}", time.minute()));
        self.with(Key::Clock, &[("hour", hour.into()), ("minute", minute.into())])
    }

    /// A week, by its Monday.
    pub(crate) fn week(&self, week: Week) -> String {
        self.with(Key::DateWeek, &[("day", self.day(week.monday()).into())])
    }

    /// A window of weeks, by its first Monday and last Sunday.
    pub(crate) fn weeks(&self, weeks: Weeks) -> String {
        let variables = [
            ("from", self.day(weeks.first.monday()).into()),
            ("to", self.day(weeks.last.monday().plus(6)).into()),
            ("count", weeks.count().into()),
        ];
        self.with(Key::DateWeeks, &variables)
    }

    /// A moment: weekday, day, hour, zone.
    pub(crate) fn moment(&self, at: UnixMs) -> String {
        self.moment_as(Key::DateMoment, at)
    }

    /// A moment without its zone, where many stand below each other.
    pub(crate) fn moment_short(&self, at: UnixMs) -> String {
        self.moment_as(Key::DateShort, at)
    }

    fn moment_as(&self, key: Key, at: UnixMs) -> String {
        let Some(zoned) = self.zoned(at) else { return String::new() };
        let variables = [
            ("weekday", self.code("weekday", zoned.weekday().to_monday_one_offset()).into()),
            ("day", zoned.day().into()),
            ("month", self.code("month", zoned.month()).into()),
            ("hour", format!("{:02}", zoned.hour()).into()),
            ("minute", format!("{:02}", zoned.minute()).into()),
            ("zone", zoned.strftime("%Z").to_string().into()),
        ];
        self.with(key, &variables)
    }

    /// A moment where the desk stands; `None` past the year 9999.
    fn zoned(&self, at: UnixMs) -> Option<Zoned> {
        let at = Timestamp::from_millisecond(i64::try_from(at.0).ok()?).ok()?;
        Some(at.to_zoned(self.zone.clone()))
    }

    /// How far away a moment is: "in 2 days", "3 hours ago".
    pub(crate) fn distance(&self, at: UnixMs) -> String {
        let ahead = at >= self.now;
        let minutes = at.0.abs_diff(self.now.0) / 60_000;
        let (unit, count) = match minutes {
            0 => return self.text(Key::TimeNow),
            1..=119 => ("minutes", minutes),
            120..=2_879 => ("hours", minutes / 60),
            _ => ("days", minutes / 1_440),
        };
        let key = match (ahead, unit) {
            (true, "minutes") => Key::TimeInMinutes,
            (true, "hours") => Key::TimeInHours,
            (true, _) => Key::TimeInDays,
            (false, "minutes") => Key::TimeAgoMinutes,
            (false, "hours") => Key::TimeAgoHours,
            (false, _) => Key::TimeAgoDays,
        };
        self.with(key, &[("count", count.into())])
    }

    /// A sentence for what a rule says, or another where none says anything.
    pub(crate) fn because(
        &self,
        (by_rule, by_default): (Key, Key),
        because: &Because,
        variables: &[(&str, FluentValue<'_>)],
    ) -> String {
        let mut all = variables.to_vec();
        all.push(("version", because.version.into()));
        match because.rule {
            Some(rule) => {
                all.push(("rule", rule.into()));
                self.with(by_rule, &all)
            }
            None => self.with(by_default, &all),
        }
    }

    /// Why the firm said no, and what to do.
    pub(crate) fn refusal(&self, refusal: &Refusal) -> String {
        let key = match refusal {
            Refusal::NotFounded => Key::RefusalNotFounded,
            Refusal::AlreadyFounded => Key::RefusalAlreadyFounded,
            Refusal::BadInception => Key::RefusalBadInception,
            Refusal::NotJoined => Key::RefusalNotJoined,
            Refusal::BadWelcome => Key::RefusalBadWelcome,
            Refusal::Item(bad) => return self.text(crate::page::item_form::field_of(*bad).1),
            Refusal::Tells { kind, words } => {
                let kind = crate::page::crowd::tells(self, *kind);
                return self.with(Key::RefusalTells, &[("words", words.as_str().into()), ("kind", kind.into())]);
            }
            Refusal::StandsOut => Key::RefusalStandsOut,
            Refusal::Silent => Key::RefusalSilent,
            Refusal::NoSuchItem => Key::RefusalNoSuchItem,
            Refusal::NoSuchMatch => Key::RefusalNoSuchMatch,
            Refusal::NoSuchDeal => Key::RefusalNoSuchDeal,
            Refusal::NoSuchApproval => Key::RefusalNoSuchApproval,
            Refusal::NoSuchPerson => Key::RefusalNoSuchPerson,
            Refusal::KeyTaken => Key::RefusalKeyTaken,
            Refusal::KeyRevoked => Key::RefusalKeyRevoked,
            Refusal::NeedsVouch { roles } => {
                return self.with(Key::RefusalNeedsVouch, &[("roles", self.roles(roles).into())]);
            }
            Refusal::OtherVouch => Key::RefusalOtherVouch,
            Refusal::OperatingKeyOver => Key::RefusalOperatingKeyOver,
            Refusal::OtherOperatingKey => Key::RefusalOtherOperatingKey,
            Refusal::BadKeyEvents => Key::RefusalBadKeyEvents,
            Refusal::OwnKeysForked => Key::RefusalOwnKeysForked,
            Refusal::NoLongerEnrolled => Key::ErrorNotEnrolled,
            Refusal::NotYours { asking, roles } => {
                let what = ("what", self.code("asking", asking.name()).into());
                return if roles.is_empty() {
                    self.with(Key::RefusalOperator, &[what])
                } else {
                    self.with(Key::RefusalNotYours, &[what, ("roles", self.roles(roles).into())])
                };
            }
            Refusal::NotTold { step, field, because } => {
                let variables = [("step", self.step(*step).into()), ("field", self.field(*field).into())];
                return self.because((Key::RefusalNotTold, Key::RefusalNotToldDefault), because, &variables);
            }
            Refusal::Price { because } => {
                return self.because((Key::RefusalPrice, Key::RefusalPriceDefault), because, &[]);
            }
            Refusal::NotLent(why) => return crate::page::loan::not_lent(self, why),
            Refusal::NoSuchExpert(person) => {
                return self.with(Key::NotLentNotEnrolled, &[("person", person.as_str().into())]);
            }
            Refusal::NotDeclined => Key::RefusalNotDeclined,
            Refusal::OtherDeputy => Key::RefusalOtherDeputy,
            Refusal::OwnDeputy => Key::RefusalOwnDeputy,
            Refusal::DeputySpan => Key::RefusalDeputySpan,
            Refusal::DeputyReach { roles } => {
                return self.with(Key::RefusalDeputyReach, &[("roles", self.codes("role", roles).into())]);
            }
            Refusal::NoSuchDeputy => Key::RefusalNoSuchDeputy,
            Refusal::NotYourDeputy(person) => {
                return self.with(Key::RefusalNotYourDeputy, &[("person", person.as_str().into())]);
            }
            Refusal::DeputyOver => Key::RefusalDeputyOver,
            Refusal::NamesNobody => Key::RefusalNamesNobody,
            Refusal::AsItIs => Key::RefusalAsItIs,
            Refusal::OwnConsent(person) => {
                return self.with(Key::RefusalOwnConsent, &[("person", person.as_str().into())]);
            }
            Refusal::OwnRelease => Key::RefusalOwnRelease,
            Refusal::Unconfirmed(missing) => {
                return self.with(Key::RefusalUnconfirmed, &[("what", self.code("confirm", missing.0).into())]);
            }
            Refusal::OnePerson => Key::RefusalOnePerson,
            Refusal::Policy(bad) => return self.with(Key::RefusalPolicy, &[("rule", bad.rule.into())]),
            Refusal::NeedsOwnersWord => Key::RefusalNeedsOwnersWord,
            Refusal::OtherPolicy => Key::RefusalOtherPolicy,
            Refusal::NotAllowed { step, because } => {
                let variables = [("step", self.step(*step).into())];
                return self.because((Key::RefusalNotAllowed, Key::RefusalNotAllowedDefault), because, &variables);
            }
            Refusal::Talk(bad) => return crate::page::talk::refused(self, *bad),
            Refusal::NotNow { step } => return self.with(Key::RefusalNotNow, &[("step", self.step(*step).into())]),
            Refusal::Terms(bad) => return self.text(crate::page::terms_form::refused(*bad)),
            Refusal::Invoice(bad) => return crate::page::invoices::refused(self, bad),
            Refusal::Work(bad) => return crate::page::work::refused(self, *bad),
            Refusal::Incomplete { lacks } => {
                let lacks: Vec<String> = lacks.iter().map(|lack| crate::page::terms::lack(self, lack)).collect();
                return self.with(Key::RefusalIncomplete, &[("lacks", lacks.join(", ").into())]);
            }
            Refusal::Decision(bad) => return self.text(crate::page::approval::refused(*bad)),
            Refusal::Calendar(why) => return crate::page::calendar::refused(self, why),
            Refusal::Pack(why) => return self.with(Key::RefusalPack, &[("why", why.to_string().into())]),
            Refusal::NoPass(_) => Key::RefusalNoPass,
            Refusal::UsedUp => Key::RefusalUsedUp,
            Refusal::TooManyGuards => Key::RefusalTooManyGuards,
            Refusal::TooLong => Key::RefusalTooLong,
            Refusal::AlreadySigned => Key::RefusalAlreadySigned,
        };
        self.text(key)
    }
}

/// The vocabulary of a field's bands.
fn band_vocabulary(field: Field) -> &'static str {
    match field {
        Field::Tolerance => "tolerance",
        Field::Envelope => "envelope",
        Field::Hours => "hours",
        Field::Area => "travel",
        _ => "value",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::vocabulary;

    fn voice(language: Language) -> Voice {
        Voice { language, zone: TimeZone::UTC, now: UnixMs(1_795_000_000_000) }
    }

    #[test]
    fn amounts_and_measures_read_as_in_each_language() {
        let (english, french) = (voice(Language::English), voice(Language::French));
        assert_eq!(english.money(Money::cad(11_400)), "$11,400.00 CAD");
        assert_eq!(french.money(Money::cad(11_400)), "11\u{a0}400,00\u{a0}$\u{a0}CAD");
        assert_eq!(english.tolerance(10), "±0.01 mm");
        assert_eq!(french.tolerance(25), "±0,025\u{a0}mm");
        assert_eq!(english.hours(90), "1.5 h");
        let place = Point { lat_udeg: 43_260_000, lon_udeg: -79_871_500 };
        assert_eq!(english.place(place), "43.26° N, 79.8715° W");
        assert_eq!(french.place(place), "43,26°\u{a0}N., 79,8715°\u{a0}O.");
        assert_eq!(english.whole(9_999), "9,999");
        assert_eq!(english.whole(1_234_567), "1,234,567");
    }

    #[test]
    fn both_sides_of_a_distance_are_kilometres_in_the_reader_s_numbers() {
        let (english, french) = (voice(Language::English), voice(Language::French));
        let far = Shown::Distance { km: 1_234, give_or_take_km: 56 };
        assert_eq!(english.shown(Field::Area, &far), "1,234 km, give or take 56 km");
        assert_eq!(french.shown(Field::Area, &far), "1\u{a0}234\u{a0}km, à 56\u{a0}km près");
        let own = Shown::Exactly(Value::Number(80));
        assert_eq!(english.shown(Field::Area, &own), "up to 80 km");
        assert_eq!(french.shown(Field::Area, &own), "jusqu’à 80\u{a0}km");
        assert_eq!(english.shown(Field::Area, &Shown::Band("100km".into())), "up to 100 km");
        assert_eq!(
            (english.requirement(Field::Area), french.requirement(Field::Hours)),
            ("Distance".into(), "Heures".into())
        );
    }

    #[test]
    fn days_and_weeks_read_as_in_each_language() {
        let weeks = Weeks { first: Day(20_773).week(), last: Day(20_773).week().plus(2) };
        assert_eq!(voice(Language::English).weeks(weeks), "16 Nov 2026 to 6 Dec 2026 (3 weeks)");
        assert_eq!(voice(Language::French).weeks(weeks), "16 nov. 2026 au 6 déc. 2026 (3\u{a0}semaines)");
        assert_eq!(voice(Language::French).day(Day(20_788)), "1er déc. 2026");
    }

    #[test]
    fn today_is_the_day_of_the_shop() {
        // 2026-11-18 at 11:06 in Greenwich.
        let there = |hours: i8| Voice { zone: TimeZone::fixed(jiff::tz::offset(hours)), ..voice(Language::English) };
        let today = [-12, 0, 13].map(|hours| there(hours).today().to_string());
        assert_eq!(today, ["2026-11-17", "2026-11-18", "2026-11-19"]);
    }

    #[test]
    fn every_code_of_every_vocabulary_has_a_label_in_both_languages() {
        let mut codes: Vec<(&str, String)> = Vec::new();
        macro_rules! walk { ($($vocabulary:literal $type:ident),+) => {
            $(codes.extend(vocabulary::$type::ALL.iter().map(|code| ($vocabulary, code.to_string())));)+
        } }
        walk!("class" ResourceClass, "process" Process, "material" Material, "credential" Credential,
            "language" Language, "conflict-class" ConflictClass, "presence" Presence, "tolerance" ToleranceBand, "envelope" EnvelopeBand,
            "hours" HoursBand, "travel" TravelBand, "value" ValueBand, "role" Role, "instrument" Instrument,
            "outcome" OutcomeCode);
        codes.extend(protocol::terms::Topic::ALL.iter().map(|topic| ("topic", topic.to_string())));
        codes.extend(protocol::terms::Choice::ALL.iter().map(|choice| ("choice", choice.to_string())));
        codes.extend(firm::policy::Asking::ALL.iter().map(|asking| ("asking", asking.name().to_string())));
        codes.extend(Field::ALL.iter().map(|field| ("field", field.to_string())));
        codes.extend(Step::ALL.iter().chain(&firm::policy::Policy::STEPS).map(|step| ("step", step.to_string())));
        codes.extend(firm::approvals::Ground::ALL.map(|ground| ("ground", ground.to_string())));
        codes.extend(firm::lending::Confirmation::ALL.map(|one| ("confirm", one.to_string())));
        for (vocabulary, code) in codes {
            assert!(Key::of_code(vocabulary, &code).is_some(), "{vocabulary} {code}");
        }
    }
}
