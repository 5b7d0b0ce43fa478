//! How a ranked list is judged: by graded relevance, and by what it would have had people do.

use std::{collections::BTreeMap, fmt::Write};

/// From this grade on an advert answers a need.
const ANSWERS: u8 = 2;

/// One advert of a list.
pub(crate) struct Found {
    pub(crate) advert: String,
    pub(crate) accepted: bool,
}

struct Judgement {
    grade: u8,
    hard_negative: Option<String>,
}

/// What people said of needs and adverts; what they did not list is 0.
pub(crate) struct Judgements(BTreeMap<String, BTreeMap<String, Judgement>>);

impl Judgements {
    pub(crate) fn read(text: &str) -> Judgements {
        let mut all: BTreeMap<String, BTreeMap<String, Judgement>> = BTreeMap::new();
        for line in text.lines().skip(1).filter(|line| !line.trim().is_empty()) {
            let fields: Vec<&str> = line.split('\t').collect();
            let cause = fields.get(3).map(|cause| cause.trim()).filter(|cause| !cause.is_empty());
            let judgement =
                Judgement { grade: fields[2].trim().parse().expect(line), hard_negative: cause.map(str::to_owned) };
            all.entry(fields[0].into()).or_default().insert(fields[1].into(), judgement);
        }
        Judgements(all)
    }

    pub(crate) fn grade(&self, need: &str, advert: &str) -> u8 {
        self.0.get(need).and_then(|of| of.get(advert)).map_or(0, |judgement| judgement.grade)
    }

    fn is_hard_negative(&self, need: &str, advert: &str) -> bool {
        self.0.get(need).and_then(|of| of.get(advert)).is_some_and(|judgement| judgement.hard_negative.is_some())
    }

    fn of(&self, need: &str) -> impl Iterator<Item = (&str, u8)> {
        self.0.get(need).into_iter().flatten().map(|(advert, judgement)| (advert.as_str(), judgement.grade))
    }

    /// Says what stands wrong in each list.
    pub(crate) fn misses(&self, ranked: &BTreeMap<&str, Vec<Found>>) {
        for (need, found) in ranked {
            let place = |advert: &str| found.iter().position(|own| own.advert == advert);
            for (advert, grade) in self.of(need).filter(|(_, grade)| *grade >= ANSWERS) {
                match place(advert) {
                    None => println!("{need} {advert} grade {grade}: removed"),
                    Some(at) if at >= 10 => println!("{need} {advert} grade {grade}: at {}", at + 1),
                    Some(at) if !found[at].accepted => {
                        println!("{need} {advert} grade {grade}: not accepted, at {}", at + 1)
                    }
                    Some(_) => {}
                }
            }
            for (at, own) in found.iter().enumerate().filter(|(at, own)| *at < 5 || own.accepted) {
                let grade = self.grade(need, &own.advert);
                if grade < ANSWERS && (own.accepted || self.is_hard_negative(need, &own.advert)) {
                    let trap = if self.is_hard_negative(need, &own.advert) { " hard negative" } else { "" };
                    let accepted = if own.accepted { " accepted" } else { "" };
                    println!("{need} {} grade {grade}{trap}{accepted}: at {}", own.advert, at + 1);
                }
            }
        }
    }
}

/// Sums over needs.
#[derive(Default)]
pub(crate) struct Scores {
    answerable: f64,
    unanswerable: f64,
    ndcg: f64,
    recall: f64,
    first: f64,
    hard: f64,
    top: f64,
    accepted: f64,
    accepted_right: f64,
    answers: f64,
    offers_for_nothing: f64,
}

impl Scores {
    pub(crate) fn add(&mut self, judgements: &Judgements, need: &str, found: &[Found]) {
        let grade = |own: &Found| judgements.grade(need, &own.advert);
        let answers = judgements.of(need).filter(|(_, grade)| *grade >= ANSWERS).count();
        let accepted = || found.iter().filter(|own| own.accepted);
        self.hard += found.iter().take(5).filter(|own| judgements.is_hard_negative(need, &own.advert)).count() as f64;
        self.top += found.len().min(5) as f64;
        self.accepted += accepted().count() as f64;
        self.accepted_right += accepted().filter(|own| grade(own) >= ANSWERS).count() as f64;
        if answers == 0 {
            self.unanswerable += 1.0;
            self.offers_for_nothing += f64::from(accepted().next().is_some());
            return;
        }
        self.answerable += 1.0;
        self.answers += answers as f64;
        let gain = |grades: &[u8]| -> f64 {
            let gains = grades.iter().take(10).zip(2..);
            gains.map(|(grade, at)| (2f64.powi(i32::from(*grade)) - 1.0) / f64::from(at).log2()).sum()
        };
        let mut ideal: Vec<u8> = judgements.of(need).map(|(_, grade)| grade).collect();
        ideal.sort_unstable_by(|one, other| other.cmp(one));
        let own: Vec<u8> = found.iter().map(grade).collect();
        self.ndcg += gain(&own) / gain(&ideal);
        let hits = own.iter().take(10).filter(|grade| **grade >= ANSWERS).count();
        self.recall += hits as f64 / answers.min(10) as f64;
        self.first += f64::from(own.first().is_some_and(|grade| *grade >= ANSWERS));
    }

    pub(crate) fn ndcg(&self) -> f64 {
        self.ndcg / self.answerable.max(1.0)
    }

    /// Hard negatives among the first five of each list.
    pub(crate) fn hard(&self) -> f64 {
        self.hard / self.top.max(1.0)
    }

    /// Of all answers, how many are accepted.
    pub(crate) fn accepting(&self) -> f64 {
        self.accepted_right / self.answers.max(1.0)
    }

    /// Needs without an answer for which something is accepted.
    pub(crate) fn in_vain(&self) -> f64 {
        self.offers_for_nothing
    }

    pub(crate) fn precision(&self) -> f64 {
        self.accepted_right / self.accepted.max(1.0)
    }
}

/// One line for each slice.
pub(crate) fn table(scores: &BTreeMap<String, Scores>) -> String {
    let mut out = String::from(
        "slice                     needs  none  nDCG@10  recall@10   P@1   hard@5  accept: recall precision  for none\n",
    );
    let share = |part: f64, of: f64| if of == 0.0 { 0.0 } else { part / of };
    for (slice, own) in scores {
        let _ = writeln!(
            out,
            "{slice:25} {:5} {:5}  {:7.3}  {:9.3} {:5.3}  {:7.3}  {:14.3} {:9.3}  {:8}",
            own.answerable,
            own.unanswerable,
            own.ndcg(),
            share(own.recall, own.answerable),
            share(own.first, own.answerable),
            share(own.hard, own.top),
            share(own.accepted_right, own.answers),
            share(own.accepted_right, own.accepted),
            own.offers_for_nothing,
        );
    }
    out
}
