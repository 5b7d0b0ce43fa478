//! What a run is worth against graded cases: the scorer.

use std::collections::{BTreeMap, BTreeSet};

/// One line of a run.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) advert: String,
    pub(crate) accepted: bool,
}

/// Grades and false friends of one need.
#[derive(Clone, Debug, Default)]
pub(crate) struct Graded {
    pub(crate) grades: BTreeMap<String, u32>,
    pub(crate) hard: BTreeMap<String, String>,
}

impl Graded {
    fn grade(&self, advert: &str) -> u32 {
        self.grades.get(advert).copied().unwrap_or(0)
    }

    /// Whether somebody could be offered.
    pub(crate) fn answerable(&self) -> bool {
        self.grades.values().any(|grade| *grade >= 2)
    }
}

/// Grades by need, from `need advert grade [hard_negative]` separated by tabs, with a head.
pub(crate) fn qrels(text: &str) -> BTreeMap<String, Graded> {
    let mut all: BTreeMap<String, Graded> = BTreeMap::new();
    for line in text.lines().skip(1).filter(|line| !line.trim().is_empty()) {
        let mut columns = line.split('\t').map(str::trim);
        let (need, advert) = (columns.next().unwrap_or_default(), columns.next().unwrap_or_default());
        let grade = columns.next().and_then(|grade| grade.parse().ok()).unwrap_or(0);
        let graded = all.entry(need.to_owned()).or_default();
        graded.grades.insert(advert.to_owned(), grade);
        if let Some(why) = columns.next().filter(|why| !why.is_empty()) {
            graded.hard.insert(advert.to_owned(), why.to_owned());
        }
    }
    all
}

/// Sums over needs, from which every figure is read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sums {
    pub(crate) needs: usize,
    pub(crate) answerable: usize,
    ndcg: f64,
    recall: f64,
    first: f64,
    top: usize,
    hard_in_top: usize,
    right: usize,
    accepted: usize,
    acceptable: usize,
    pub(crate) hard_accepted: usize,
    pub(crate) offered_unanswerable: usize,
}

impl Sums {
    /// Adds one need's list.
    pub(crate) fn add(&mut self, run: &[Found], graded: &Graded) {
        self.needs += 1;
        let accepted: BTreeSet<&str> =
            run.iter().filter(|found| found.accepted).map(|found| found.advert.as_str()).collect();
        self.accepted += accepted.len();
        self.right += accepted.iter().filter(|advert| graded.grade(advert) >= 2).count();
        self.acceptable += graded.grades.values().filter(|grade| **grade >= 2).count();
        self.hard_accepted += accepted.iter().filter(|advert| graded.hard.contains_key(**advert)).count();
        self.top += run.len().min(5);
        self.hard_in_top += run.iter().take(5).filter(|found| graded.hard.contains_key(&found.advert)).count();
        if !graded.answerable() {
            self.offered_unanswerable += usize::from(!accepted.is_empty());
            return;
        }
        self.answerable += 1;
        let gain = |grade: u32| f64::from(2u32.pow(grade) - 1);
        let sum = |grades: &mut dyn Iterator<Item = u32>| -> f64 {
            grades.take(10).enumerate().map(|(at, grade)| gain(grade) / ((at + 2) as f64).log2()).sum()
        };
        let mut ideal: Vec<u32> = graded.grades.values().copied().collect();
        ideal.sort_unstable_by(|one, other| other.cmp(one));
        self.ndcg += sum(&mut run.iter().map(|found| graded.grade(&found.advert))) / sum(&mut ideal.into_iter());
        let good = graded.grades.values().filter(|grade| **grade >= 2).count().min(10);
        let hit = run.iter().take(10).filter(|found| graded.grade(&found.advert) >= 2).count();
        self.recall += hit as f64 / good as f64;
        self.first += f64::from(u8::from(run.first().is_some_and(|found| graded.grade(&found.advert) >= 2)));
    }

    fn mean(&self, sum: f64) -> f64 {
        sum / self.answerable.max(1) as f64
    }

    pub(crate) fn ndcg(&self) -> f64 {
        self.mean(self.ndcg)
    }

    pub(crate) fn recall(&self) -> f64 {
        self.mean(self.recall)
    }

    pub(crate) fn first(&self) -> f64 {
        self.mean(self.first)
    }

    pub(crate) fn hard(&self) -> f64 {
        self.hard_in_top as f64 / self.top.max(1) as f64
    }

    pub(crate) fn accept_recall(&self) -> f64 {
        self.right as f64 / self.acceptable.max(1) as f64
    }

    pub(crate) fn accept_precision(&self) -> f64 {
        self.right as f64 / self.accepted.max(1) as f64
    }

    /// One line of a table.
    pub(crate) fn row(&self, name: &str) -> String {
        format!(
            "{name:<22} {:>4} {:>6.3} {:>6.3} {:>6.3} {:>6.3} {:>6.3} {:>6.3} {:>4} {:>4}/{}",
            self.needs,
            self.ndcg(),
            self.recall(),
            self.first(),
            self.hard(),
            self.accept_recall(),
            self.accept_precision(),
            self.hard_accepted,
            self.offered_unanswerable,
            self.needs - self.answerable,
        )
    }
}

/// The head of the table that [`Sums::row`] fills.
pub(crate) const HEAD: &str =
    "slice                  need   nDCG  rec10    P@1  hard5  acc.r  acc.p hard  unanswerable";
