//! Those beside whom the index is measured, each in the way that is natural to it.
use crate::world::{AMOUNTS, Ask, Row};
use matching::category::Category;
use roaring::RoaringBitmap;
use rusqlite::{Connection, params_from_iter, types::Value};
use std::{ops::Bound, sync::Arc};
use tantivy::{
    Index, IndexReader, Searcher, Term,
    collector::DocSetCollector,
    query::{AllQuery, BooleanQuery, Occur, Query, RangeQuery, TermSetQuery},
    schema::{FAST, Field, INDEXED, Schema},
};

/// Something that answers what a need asks.
pub trait Peer {
    fn name(&self) -> &'static str;
    fn answer(&self, ask: &Ask, rows: &[Row]) -> Vec<u32>;
    fn bytes(&self) -> Option<usize>;
}

/// A bitmap for each value: whom it does not violate. Days and amounts are compared on what is left, by column.
pub struct Roaring {
    categories: Vec<RoaringBitmap>,
    regions: Vec<RoaringBitmap>,
    names: [Vec<RoaringBitmap>; 3],
}

impl Roaring {
    pub fn new(rows: &[Row], regions: usize, names: [usize; 3]) -> Roaring {
        let empty = |count| vec![RoaringBitmap::new(); count];
        let mut all =
            Roaring { categories: empty(Category::ALL.len()), regions: empty(regions), names: names.map(empty) };
        for (at, row) in (0..).zip(rows) {
            all.categories[row.category].insert(at);
            all.regions[row.region].insert(at);
            for (bitmaps, fits) in all.names.iter_mut().zip(row.names) {
                for (bit, bitmap) in bitmaps.iter_mut().enumerate() {
                    if fits.is_none_or(|fits| fits >> bit & 1 == 1) {
                        bitmap.insert(at);
                    }
                }
            }
        }
        for bitmap in all.categories.iter_mut().chain(&mut all.regions).chain(all.names.iter_mut().flatten()) {
            bitmap.optimize();
        }
        all
    }
}

impl Peer for Roaring {
    fn name(&self) -> &'static str {
        "roaring"
    }

    fn answer(&self, ask: &Ask, rows: &[Row]) -> Vec<u32> {
        use roaring::MultiOps;
        let mut left = ask.regions.iter().map(|at| &self.regions[*at]).union();
        if ask.categories.len() < Category::ALL.len() {
            left &= ask.categories.iter().map(|at| &self.categories[*at]).union();
        }
        for (bitmaps, mask) in self.names.iter().zip(ask.names) {
            for (bit, bitmap) in bitmaps.iter().enumerate() {
                if mask >> bit & 1 == 1 {
                    left &= bitmap;
                }
            }
        }
        left.iter().filter(|at| ask.rest_fits(&rows[*at as usize])).collect()
    }

    fn bytes(&self) -> Option<usize> {
        let all = self.categories.iter().chain(&self.regions).chain(self.names.iter().flatten());
        let columns = size_of::<[i64; AMOUNTS.len()]>() + 3 * size_of::<i64>();
        let rows = self.categories.iter().map(RoaringBitmap::len).sum::<u64>() as usize;
        Some(all.map(RoaringBitmap::serialized_size).sum::<usize>() + rows * columns)
    }
}

/// One table with an index over category, region and last day.
pub struct Sqlite(Connection);

impl Sqlite {
    pub fn new(rows: &[Row]) -> Sqlite {
        let mut open = Connection::open_in_memory().expect("SQLite in memory");
        open.set_prepared_statement_cache_capacity(512);
        let amounts: Vec<String> = (0..AMOUNTS.len()).map(|at| format!("v{at} INT")).collect();
        let table = format!(
            "CREATE TABLE advert (id INTEGER PRIMARY KEY, category INT, region INT, from_day INT, to_day INT, \
             n0 INT, n1 INT, n2 INT, {})",
            amounts.join(", ")
        );
        open.execute(&table, []).expect("a table");
        let all = open.transaction().expect("a transaction");
        {
            let places: Vec<&str> = (0..8 + AMOUNTS.len()).map(|_| "?").collect();
            let mut insert =
                all.prepare(&format!("INSERT INTO advert VALUES ({})", places.join(", "))).expect("a statement");
            for (at, row) in (0i64..).zip(rows) {
                let number = |value: Option<i64>| value.map_or(Value::Null, Value::Integer);
                let head = [at, row.category as i64, row.region as i64, row.from.into(), row.to.into()];
                let names = row.names.map(|fits| number(fits.map(|fits| fits as i64)));
                let values = head.map(Value::Integer).into_iter().chain(names).chain(row.amounts.map(number));
                insert.execute(params_from_iter(values)).expect("a row");
            }
        }
        all.commit().expect("committed");
        open.execute("CREATE INDEX facets ON advert (category, region, to_day)", []).expect("an index");
        open.execute("ANALYZE", []).expect("statistics");
        Sqlite(open)
    }
}

fn numbers(list: &[usize]) -> String {
    list.iter().map(usize::to_string).collect::<Vec<_>>().join(",")
}

impl Peer for Sqlite {
    fn name(&self) -> &'static str {
        "SQLite"
    }

    fn answer(&self, ask: &Ask, rows: &[Row]) -> Vec<u32> {
        let mut text = format!(
            "SELECT id FROM advert WHERE category IN ({}) AND region IN ({})",
            numbers(&ask.categories),
            numbers(&ask.regions)
        );
        let mut values: Vec<i64> = Vec::new();
        if let Some((from, to)) = ask.window {
            text += " AND to_day > ? AND from_day < ?";
            values.extend([i64::from(from), i64::from(to)]);
        }
        for (facet, mask) in ask.names.iter().enumerate().filter(|(_, mask)| **mask != 0) {
            text += &format!(" AND (n{facet} IS NULL OR n{facet} & ? = ?)");
            values.extend([*mask as i64; 2]);
        }
        for (at, least) in &ask.amounts {
            let sign = if AMOUNTS[*at].1 { ">=" } else { "<=" };
            text += &format!(" AND (v{at} IS NULL OR v{at} {sign} ?)");
            values.push(*least);
        }
        let mut asked = self.0.prepare_cached(&text).expect("a statement");
        let ids = asked.query_map(params_from_iter(values), |row| row.get::<_, u32>(0)).expect("an answer");
        ids.map(|id| id.expect("an id")).filter(|id| ask.enough_hours(&rows[*id as usize])).collect()
    }

    fn bytes(&self) -> Option<usize> {
        let pages: i64 = self.0.query_row("PRAGMA page_count", [], |row| row.get(0)).ok()?;
        let size: i64 = self.0.query_row("PRAGMA page_size", [], |row| row.get(0)).ok()?;
        Some((pages * size) as usize)
    }
}

/// Terms for facets, ranges over columns for days and amounts; one segment in memory.
pub struct Tantivy {
    searcher: Searcher,
    _reader: IndexReader,
    category: Field,
    region: Field,
    names: [Field; 3],
    from: Field,
    to: Field,
    amounts: Vec<Field>,
}

/// The term of those that a facet does not bind.
const OPEN: u64 = 99;

impl Tantivy {
    pub fn new(rows: &[Row]) -> Tantivy {
        let mut schema = Schema::builder();
        let id = schema.add_u64_field("id", FAST);
        let category = schema.add_u64_field("category", INDEXED);
        let region = schema.add_u64_field("region", INDEXED);
        let names = ["n0", "n1", "n2"].map(|name| schema.add_u64_field(name, INDEXED));
        let from = schema.add_i64_field("from", FAST);
        let to = schema.add_i64_field("to", FAST);
        let amounts: Vec<Field> = (0..AMOUNTS.len()).map(|at| schema.add_i64_field(&format!("v{at}"), FAST)).collect();
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 1_000_000_000).expect("a writer");
        writer.set_merge_policy(Box::new(tantivy::merge_policy::NoMergePolicy));
        for (at, row) in (0u64..).zip(rows) {
            let mut document = tantivy::TantivyDocument::default();
            document.add_u64(id, at);
            document.add_u64(category, row.category as u64);
            document.add_u64(region, row.region as u64);
            for (field, fits) in names.iter().zip(row.names) {
                match fits {
                    None => document.add_u64(*field, OPEN),
                    Some(fits) => {
                        (0..64).filter(|bit| fits >> bit & 1 == 1).for_each(|bit| document.add_u64(*field, bit));
                    }
                }
            }
            document.add_i64(from, row.from.into());
            document.add_i64(to, row.to.into());
            for ((field, value), (_, least)) in amounts.iter().zip(row.amounts).zip(AMOUNTS) {
                document.add_i64(*field, value.unwrap_or(if least { i64::MAX } else { i64::MIN }));
            }
            writer.add_document(document).expect("a document");
        }
        writer.commit().expect("committed");
        let segments = index.searchable_segment_ids().expect("segments");
        if segments.len() > 1 {
            writer.merge(&segments).wait().expect("merged");
        }
        let reader = index.reader().expect("a reader");
        reader.reload().expect("reloaded");
        Tantivy { searcher: reader.searcher(), _reader: reader, category, region, names, from, to, amounts }
    }
}

impl Peer for Tantivy {
    fn name(&self) -> &'static str {
        "tantivy"
    }

    fn answer(&self, ask: &Ask, rows: &[Row]) -> Vec<u32> {
        let one_of = |field: Field, values: &[u64]| -> Box<dyn Query> {
            Box::new(TermSetQuery::new(values.iter().map(|value| Term::from_field_u64(field, *value))))
        };
        let range = |field: Field, low: Option<i64>, high: Option<i64>| -> Box<dyn Query> {
            let bound = |value: Option<i64>| {
                value.map_or(Bound::Unbounded, |value| Bound::Included(Term::from_field_i64(field, value)))
            };
            Box::new(RangeQuery::new(bound(low), bound(high)))
        };
        let wide = |list: &[usize]| list.iter().map(|at| *at as u64).collect::<Vec<_>>();
        let mut musts: Vec<Box<dyn Query>> = vec![one_of(self.region, &wide(&ask.regions))];
        if ask.categories.len() < Category::ALL.len() {
            musts.push(one_of(self.category, &wide(&ask.categories)));
        }
        for (field, mask) in self.names.iter().zip(ask.names) {
            musts.extend((0..64).filter(|bit| mask >> bit & 1 == 1).map(|bit| one_of(*field, &[bit, OPEN])));
        }
        if let Some((from, to)) = ask.window {
            musts.push(range(self.to, Some(i64::from(from) + 1), None));
            musts.push(range(self.from, None, Some(i64::from(to) - 1)));
        }
        for (at, least) in &ask.amounts {
            let (low, high) = if AMOUNTS[*at].1 { (Some(*least), None) } else { (None, Some(*least)) };
            musts.push(range(self.amounts[*at], low, high));
        }
        let query: Box<dyn Query> = if musts.is_empty() {
            Box::new(AllQuery)
        } else {
            Box::new(BooleanQuery::new(musts.into_iter().map(|must| (Occur::Must, must)).collect()))
        };
        let found = self.searcher.search(&*query, &DocSetCollector).expect("an answer");
        let ids: Vec<Arc<dyn tantivy::columnar::ColumnValues<u64>>> = (self.searcher.segment_readers().iter())
            .map(|segment| segment.fast_fields().u64("id").expect("ids").first_or_default_col(0))
            .collect();
        let id = |address: tantivy::DocAddress| ids[address.segment_ord as usize].get_val(address.doc_id) as u32;
        found.into_iter().map(id).filter(|id| ask.enough_hours(&rows[*id as usize])).collect()
    }

    fn bytes(&self) -> Option<usize> {
        let usage = self.searcher.space_usage().ok()?;
        Some(usage.total().get_bytes() as usize)
    }
}
