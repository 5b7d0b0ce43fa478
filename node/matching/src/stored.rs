//! Facts as bytes that a store keeps, so that a restart reads no text again.
//!
//! Reading a text costs tens of microseconds, putting its facts into an [`crate::index`] one; so the facts are kept, and the index
//! is built from them. Bytes of another version of reading, or of another vocabulary, are refused: then the text is read again.
//!
//! ```text
//!   version (1) │ stamp of the vocabulary (8) │ facts, little endian │ check (8)
//! ```
//!
//! - `STO-1` Facts come back as they were, or not at all, with the reason.
//!
//! What stands here is for this firm's own store. It has no form for the wire.
use crate::{
    category::Category,
    day::{Day, Window},
    number::Number,
    place::Point,
    record::{Facts, Measure, Named, Origin, Quantity, Stated, Term, Unit},
    vocabulary::{Concept, Vocabulary, fnv},
};
use alloc::{string::String, vec::Vec};

/// Rises whenever a text may be read as other facts, or facts are written in another way.
const VERSION: u8 = 1;
const CHECK_BYTES: usize = 8;

/// Why facts cannot be taken from bytes; in each case the text is read again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outdated {
    /// They were read by another version of this crate.
    Version,
    /// They were read with another vocabulary.
    Vocabulary,
    /// They are not as they were written.
    Damaged,
}

/// Facts as bytes; `stamp` is that of the vocabulary they were read with ([`Vocabulary::stamp`]).
#[must_use]
pub fn to_bytes(facts: &Facts, stamp: u64) -> Vec<u8> {
    let mut out = Out(Vec::with_capacity(128));
    out.byte(VERSION);
    out.long(stamp.cast_signed());
    out.facts(facts);
    let check = fnv(&out.0);
    out.long(check.cast_signed());
    out.0
}

/// The facts that bytes hold.
///
/// # Errors
/// [`Outdated`] if they are of another version or vocabulary, or damaged.
pub fn from_bytes(bytes: &[u8], vocabulary: &Vocabulary, stamp: u64) -> Result<Facts, Outdated> {
    let (told, check) = bytes.split_last_chunk::<CHECK_BYTES>().ok_or(Outdated::Damaged)?;
    if fnv(told) != u64::from_le_bytes(*check) {
        return Err(Outdated::Damaged);
    }
    let mut from = In { rest: told, vocabulary };
    if from.byte() != Some(VERSION) {
        return Err(Outdated::Version);
    }
    if from.long() != Some(stamp.cast_signed()) {
        return Err(Outdated::Vocabulary);
    }
    from.facts().filter(|_| from.rest.is_empty()).ok_or(Outdated::Damaged)
}

const ORIGINS: [Origin; 3] = [Origin::Guessed, Origin::Read, Origin::Given];
const UNITS: [Unit; 5] = [Unit::Hours, Unit::HoursPerWeek, Unit::Pieces, Unit::SquareFeet, Unit::Seats];
/// Instead of a place in a list: what follows is a hash.
const OTHER: u8 = u8::MAX;

struct Out(Vec<u8>);

impl Out {
    fn byte(&mut self, value: u8) {
        self.0.push(value);
    }

    fn number(&mut self, value: u32) {
        self.0.extend(value.to_le_bytes());
    }

    fn day(&mut self, value: i32) {
        self.0.extend(value.to_le_bytes());
    }

    fn long(&mut self, value: i64) {
        self.0.extend(value.to_le_bytes());
    }

    fn count(&mut self, count: usize) {
        self.number(u32::try_from(count).unwrap_or(u32::MAX));
    }

    fn concept(&mut self, concept: Concept) {
        self.count(concept.place());
    }

    fn one_of<T: PartialEq>(&mut self, all: &[T], value: &T) {
        let place = all.iter().position(|own| own == value);
        self.byte(place.and_then(|place| u8::try_from(place).ok()).unwrap_or(OTHER));
    }

    fn stated<T>(&mut self, stated: &Stated<T>, value: impl FnOnce(&mut Self, &T)) {
        self.one_of(&ORIGINS, &stated.origin);
        value(self, &stated.value);
    }

    fn maybe<T>(&mut self, stated: &Option<Stated<T>>, value: impl FnOnce(&mut Self, &T)) {
        match stated {
            None => self.byte(OTHER),
            Some(stated) => self.stated(stated, value),
        }
    }

    fn list<T>(&mut self, list: &[T], mut each: impl FnMut(&mut Self, &T)) {
        self.count(list.len());
        list.iter().for_each(|one| each(self, one));
    }

    fn named(&mut self, named: &Named) {
        match named {
            Named::Concept(concept) => {
                self.byte(0);
                self.concept(*concept);
            }
            Named::Code(hash) => {
                self.byte(OTHER);
                self.number(*hash);
            }
        }
    }

    fn measure(&mut self, measure: Measure) {
        self.one_of(&Measure::NAMED, &measure);
        if let Measure::Other(hash) = measure {
            self.number(hash);
        }
    }

    fn unit(&mut self, unit: Unit) {
        self.one_of(&UNITS, &unit);
        if let Unit::Other(hash) = unit {
            self.number(hash);
        }
    }

    fn facts(&mut self, facts: &Facts) {
        self.maybe(&facts.category, |out, category| out.one_of(&Category::ALL, category));
        self.list(&facts.unasked, |out, category| out.one_of(&Category::ALL, category));
        self.maybe(&facts.place, |out, place| place.coordinates().into_iter().for_each(|along| out.day(along)));
        self.maybe(&facts.max_km, |out, km| out.number(*km));
        let presence = facts.presence;
        let [french, english] = facts.languages;
        for flag in [presence.remote, presence.on_site, presence.only, french, english, facts.any_material] {
            self.byte(u8::from(flag));
        }
        self.maybe(&facts.window, |out, window| [window.from, window.to].iter().for_each(|day| out.day(day.0)));
        self.maybe(&facts.quantity, |out, quantity| {
            out.long(quantity.value.0);
            out.unit(quantity.unit);
        });
        self.maybe(&facts.envelope, |out, axes| axes.iter().for_each(|axis| out.long(axis.0)));
        self.count(facts.axes);
        self.maybe(&facts.tolerance, |out, number| out.long(number.0));
        self.list(&facts.capacities, |out, (measure, stated)| {
            out.measure(*measure);
            out.stated(stated, |out, number| out.long(number.0));
        });
        for list in [&facts.materials, &facts.credentials, &facts.skills] {
            self.list(list, |out, stated| out.stated(stated, Out::named));
        }
        self.list(&facts.terms, |out, term| {
            out.one_of(&ORIGINS, &term.origin);
            out.concept(term.concept);
        });
        self.list(&facts.denied, |out, concept| out.concept(*concept));
        self.list(&facts.spelt, |out, (named, written)| {
            out.named(named);
            out.list(written.as_bytes(), |out, byte| out.byte(*byte));
        });
    }
}

struct In<'b> {
    rest: &'b [u8],
    vocabulary: &'b Vocabulary,
}

impl In<'_> {
    fn take<const COUNT: usize>(&mut self) -> Option<[u8; COUNT]> {
        let (taken, rest) = self.rest.split_first_chunk::<COUNT>()?;
        self.rest = rest;
        Some(*taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take::<1>().map(|[byte]| byte)
    }

    fn flag(&mut self) -> Option<bool> {
        self.byte().map(|byte| byte != 0)
    }

    fn number(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    fn day(&mut self) -> Option<i32> {
        self.take().map(i32::from_le_bytes)
    }

    fn long(&mut self) -> Option<i64> {
        self.take().map(i64::from_le_bytes)
    }

    fn amount(&mut self) -> Option<Number> {
        self.long().map(Number)
    }

    fn count(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    fn concept(&mut self) -> Option<Concept> {
        let place = self.count()?;
        self.vocabulary.at(place)
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        all.get(usize::from(self.byte()?)).copied()
    }

    /// A place in a list, or what follows instead.
    fn or_hash<T: Copy>(&mut self, all: &[T], other: impl Fn(u32) -> T) -> Option<T> {
        match self.byte()? {
            OTHER => self.number().map(other),
            place => all.get(usize::from(place)).copied(),
        }
    }

    fn stated<T>(&mut self, value: impl FnOnce(&mut Self) -> Option<T>) -> Option<Stated<T>> {
        let origin = self.one_of(&ORIGINS)?;
        Some(Stated { value: value(self)?, origin })
    }

    fn maybe<T>(&mut self, value: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<Stated<T>>> {
        if self.rest.first() == Some(&OTHER) {
            self.byte()?;
            return Some(None);
        }
        self.stated(value).map(Some)
    }

    fn list<T>(&mut self, mut each: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.count()?;
        // No entry is shorter than a byte, so a wrong count ends here and not in memory.
        if count > self.rest.len() {
            return None;
        }
        (0..count).map(|_| each(self)).collect()
    }

    fn named(&mut self) -> Option<Named> {
        match self.byte()? {
            OTHER => self.number().map(Named::Code),
            _ => self.concept().map(Named::Concept),
        }
    }

    fn point(&mut self) -> Option<Point> {
        Some(Point::from_coordinates([self.day()?, self.day()?, self.day()?]))
    }

    fn term(&mut self) -> Option<Term> {
        let origin = self.one_of(&ORIGINS)?;
        let concept = self.concept()?;
        Some(Term { concept, kind: self.vocabulary.kind(concept), origin })
    }

    fn spelt(&mut self) -> Option<(Named, String)> {
        let named = self.named()?;
        Some((named, String::from_utf8(self.list(In::byte)?).ok()?))
    }

    /// In the order in which they were written.
    fn facts(&mut self) -> Option<Facts> {
        let mut facts = Facts {
            category: self.maybe(|from| from.one_of(&Category::ALL))?,
            unasked: self.list(|from| from.one_of(&Category::ALL))?,
            place: self.maybe(In::point)?,
            max_km: self.maybe(In::number)?,
            ..Facts::default()
        };
        let [french, english] = &mut facts.languages;
        let presence = &mut facts.presence;
        for flag in
            [&mut presence.remote, &mut presence.on_site, &mut presence.only, french, english, &mut facts.any_material]
        {
            *flag = self.flag()?;
        }
        facts.window = self.maybe(|from| Some(Window { from: Day(from.day()?), to: Day(from.day()?) }))?;
        facts.quantity =
            self.maybe(|from| Some(Quantity { value: from.amount()?, unit: from.or_hash(&UNITS, Unit::Other)? }))?;
        facts.envelope = self.maybe(|from| Some([from.amount()?, from.amount()?, from.amount()?]))?;
        facts.axes = self.count()?;
        facts.tolerance = self.maybe(In::amount)?;
        facts.capacities =
            self.list(|from| Some((from.or_hash(&Measure::NAMED, Measure::Other)?, from.stated(In::amount)?)))?;
        for list in [&mut facts.materials, &mut facts.credentials, &mut facts.skills] {
            *list = self.list(|from| from.stated(In::named))?;
        }
        facts.terms = self.list(In::term)?;
        facts.denied = self.list(In::concept)?;
        facts.spelt = self.list(In::spelt)?;
        Some(facts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_version_is_read_again() {
        let vocabulary = Vocabulary::builtin();
        let mut bytes = to_bytes(&Facts::default(), vocabulary.stamp());
        bytes.truncate(bytes.len() - CHECK_BYTES);
        bytes.splice(..1, [VERSION + 1]);
        bytes.extend(fnv(&bytes).to_le_bytes());
        assert_eq!(from_bytes(&bytes, &vocabulary, vocabulary.stamp()).err(), Some(Outdated::Version));
    }
}
