//! From the text of packs to a checked vocabulary, or to the first line that is wrong.
//!
//! A line is one concept, in columns between bars:
//!
//! ```text
//! id | kind | parents | English forms, the first its label | French forms, the first its label | edges
//! ```
//!
//! A dotted id is a child of what stands before its last dot; the parents column adds others. Edges are
//! `~id:700` (near: does nearly the same work, in thousandths, both ways), `!id` (not the same as, both ways), `=id` (implies,
//! one way), `>id` (leads to: the act of a machine or of a trade, the cure of a symptom) and `@word` (a word beside it that
//! tells which reading of a shared form is meant). A form may end in `*` (names other concepts too), `+` (names others too,
//! but is usually this one) or `^` (a word of its own language only, as French `four` is no English number). A line that begins
//! with `+id` adds forms and edges to a concept of an earlier line. Whatever would make two nodes read one word differently by
//! accident is refused here.
use super::{Concept, Edge, Entry, Kind, Language, Vocabulary, fold, forms::Forms, graph, join::Join};
use crate::pack::{
    Bound, Fault, Pack, Refused, Row, Section,
    bounds::{CONCEPTS_MAX, EDGES_MAX, PACKS_MAX},
    conditions, equivalences, is_id, questions, rows,
};
use alloc::{borrow::ToOwned, collections::BTreeMap, string::String, vec::Vec};

/// One line, and the concept that it is about.
pub(super) struct Said<'a> {
    pub(super) row: Row<'a, 6>,
    pub(super) concept: Concept,
    /// Which pack says it, from the lowest.
    pub(super) pack: usize,
    /// Whether it adds to an earlier line.
    adds: bool,
}

/// Makes one vocabulary of packs, the lowest first.
pub(super) fn vocabulary(packs: &[Pack<'_>]) -> Result<Vocabulary, Refused> {
    for (at, pack) in packs.iter().enumerate() {
        pack.stands_over(packs.get(..at).unwrap_or_default())?;
    }
    let mut ids = BTreeMap::new();
    let said = lines(packs, &mut ids)?;
    let mut entries: Vec<Entry> = Vec::new();
    let mut forms = Forms::default();
    let mut joins: Vec<Join<'_>> = Vec::new();
    for said in &said {
        if !said.adds {
            entries.push(entry(said, &ids)?);
        }
        for language in Language::ALL {
            forms.add(said, language)?;
        }
        let cues = edges(said, &ids, &mut joins)?;
        if let Some(entry) = entries.get_mut(usize::from(said.concept.0)) {
            entry.cues.extend(cues);
        }
    }
    for join in &joins {
        join.enter(&mut entries);
    }
    graph::without_contradictions(&joins, &entries)?;
    let ups = graph::ups(&said, &entries)?;
    graph::without_everything(packs, &joins, &ups)?;
    let (words, forms) = forms.settled(&entries)?;
    let mut vocabulary = Vocabulary::from_parts(ids, entries, words, forms, ups);
    vocabulary.packs = packs.iter().map(|pack| pack.name().clone()).collect();
    rules(&mut vocabulary, packs)?;
    Ok(vocabulary)
}

/// Every line of every pack, once no id stands twice.
fn lines<'a>(packs: &'a [Pack<'_>], ids: &mut BTreeMap<String, Concept>) -> Result<Vec<Said<'a>>, Refused> {
    let mut lines = Vec::new();
    let mut next = 0u16;
    for (pack, texts) in packs.iter().enumerate() {
        for file in texts.files(Section::Vocabulary) {
            for row in rows::<6>(&file.called, file.text)? {
                let [written, ..] = row.columns;
                if pack >= PACKS_MAX {
                    return Err(row.refuse(Fault::TooMany(Bound::Packs)));
                }
                let (id, adds) = written.strip_prefix('+').map_or((written, false), |id| (id, true));
                if !is_id(id) {
                    return Err(row.refuse(Fault::Id(id.to_owned())));
                }
                let concept = match (ids.get(id), adds) {
                    (Some(concept), true) => *concept,
                    (None, true) => return Err(row.refuse(Fault::Unknown(id.to_owned()))),
                    (Some(_), false) => return Err(row.refuse(Fault::Taken(id.to_owned()))),
                    (None, false) => {
                        if usize::from(next) >= CONCEPTS_MAX {
                            return Err(row.refuse(Fault::TooMany(Bound::Concepts)));
                        }
                        ids.insert(id.to_owned(), Concept(next));
                        next += 1;
                        Concept(next - 1)
                    }
                };
                lines.push(Said { row, concept, pack, adds });
            }
        }
    }
    Ok(lines)
}

fn entry(said: &Said<'_>, ids: &BTreeMap<String, Concept>) -> Result<Entry, Refused> {
    let row = &said.row;
    let [id, kind, parents, english, french, _] = row.columns;
    let known = |id: &str| ids.get(id).copied().ok_or_else(|| row.refuse(Fault::Unknown(id.to_owned())));
    let label = |forms: &str| {
        let first = forms.split(',').next().unwrap_or_default().trim();
        first.trim_end_matches(['*', '+', '^']).to_owned()
    };
    let kind = Kind::from_word(kind).ok_or_else(|| row.refuse(Fault::Kind(kind.to_owned())))?;
    if kind == Kind::Frame && said.pack > 0 {
        return Err(row.refuse(Fault::Frame(id.to_owned())));
    }
    let family = id.rsplit_once('.').map(|(family, _)| family);
    let others = parents.split([',', ' ']).filter(|parent| !parent.is_empty());
    Ok(Entry {
        id: id.to_owned(),
        kind,
        labels: [label(english), label(french)],
        parents: family.into_iter().chain(others).map(known).collect::<Result<_, Refused>>()?,
        edges: Vec::new(),
        cues: Vec::new(),
    })
}

/// Keeps the edges of a line, and gives its cues.
fn edges<'a>(
    said: &'a Said<'a>,
    ids: &BTreeMap<String, Concept>,
    joins: &mut Vec<Join<'a>>,
) -> Result<Vec<String>, Refused> {
    let row = &said.row;
    let [written, kind, parents, _, _, edges] = row.columns;
    if said.adds && !(kind.is_empty() && parents.is_empty()) {
        return Err(row.refuse(Fault::Redefined(written.trim_start_matches('+').to_owned())));
    }
    let mut cues = Vec::new();
    for (count, edge) in (1..).zip(edges.split_whitespace()) {
        if count > EDGES_MAX {
            return Err(row.refuse(Fault::TooMany(Bound::Edges)));
        }
        if let Some(word) = edge.strip_prefix('@') {
            cues.extend(fold::tokens(word).into_iter().map(|token| token.word));
            continue;
        }
        let join = Join::read(said, edge, ids)?;
        if said.adds && join.edge == Edge::Implies {
            return Err(row.refuse(Fault::Redefined(written.trim_start_matches('+').to_owned())));
        }
        joins.push(join);
    }
    Ok(cues)
}

/// What the other sections say in terms of concepts.
fn rules(vocabulary: &mut Vocabulary, packs: &[Pack<'_>]) -> Result<(), Refused> {
    for pack in packs {
        for file in pack.files(Section::Equivalences) {
            for (row, equivalence) in equivalences::read(vocabulary, &pack.name().id, file)? {
                if vocabulary.is(equivalence.counts_as, equivalence.held) {
                    return Err(row.refuse(Fault::Circle(vocabulary.id(equivalence.counts_as).to_owned())));
                }
                graph::count_as(vocabulary, &equivalence).map_err(|why| row.refuse(why))?;
                vocabulary.equivalences.push(equivalence);
            }
        }
    }
    for pack in packs {
        for file in pack.files(Section::Conditions) {
            let read = conditions::read(vocabulary, &pack.name().id, file)?;
            vocabulary.conditions.extend(read);
        }
        for file in pack.files(Section::Questions) {
            let read = questions::read(vocabulary, &pack.name().id, file)?;
            vocabulary.questions.extend(read);
        }
    }
    Ok(())
}
