//! How a page answers a plan: one row after the other, each read along the whole page.
use super::{
    amounts::{HOURS_A_DAY, SLICE_BITS},
    bits::Bits,
    facets::{DAYS_APART, HOURS, LIVE, NO_WINDOW, Row, slice},
    page::Page,
    plan::{Amount, Class, Clause, Cost, Plan},
    span::Span,
    zones::Lies,
};

/// A page of so many words while a plan is applied to it.
pub(super) struct Sieve<'p, const WORDS: usize> {
    page: &'p Page,
    /// The slots that nothing has left out so far.
    pub(super) keep: Bits<WORDS>,
    /// Those of them that must be judged; others may be marked as well.
    pub(super) doubt: Bits<WORDS>,
    cost: &'p mut Cost,
}

impl<'p, const WORDS: usize> Sieve<'p, WORDS> {
    /// What a plan keeps of a page that lies so.
    pub(super) fn new(plan: &Plan, page: &'p Page, class: Class, lies: Lies, cost: &'p mut Cost) -> Self {
        let mut sieve = Sieve { page, keep: Bits(*page.row(LIVE)), doubt: Bits::NONE, cost };
        sieve.cost.pages += 1;
        sieve.read(1);
        sieve.apply(plan, class, lies);
        sieve
    }

    fn apply(&mut self, plan: &Plan, class: Class, lies: Lies) {
        if let Class::Without(row) = class {
            self.read(1);
            self.keep.drop(self.page.row(row));
        }
        let mut free = Bits::ALL;
        if let Some(around) = plan.around.as_ref().filter(|_| lies != Lies::Within) {
            free = self.any(&around.free);
        }
        if lies == Lies::Beyond {
            self.keep.keep(&free.0);
        }
        for clause in &plan.drops {
            if !self.keep.any() {
                return;
            }
            let marked = self.marked(clause);
            self.keep.drop(&marked.0);
        }
        let mut late = Bits::NONE;
        if let Some(span) = plan.span.as_ref().filter(|_| self.keep.any()) {
            late = self.span(span);
        }
        for amount in &plan.amounts {
            if !self.keep.any() {
                return;
            }
            self.compare(*amount);
        }
        let mut far = Bits::NONE;
        if lies == Lies::Across {
            far = self.keep;
            far.drop(&free.0);
        }
        late.keep(&self.keep.0);
        self.slips(plan, &late, &far);
        if self.keep.any() {
            for clause in &plan.doubts {
                let marked = self.marked(clause);
                self.doubt.add(&marked.0);
            }
        }
    }

    fn read(&mut self, rows: usize) {
        self.cost.words += u64::try_from(rows * WORDS).unwrap_or(0);
    }

    fn any(&mut self, rows: &[Row]) -> Bits<WORDS> {
        self.read(rows.len());
        let mut any = Bits::NONE;
        rows.iter().for_each(|row| any.add(self.page.row(*row)));
        any
    }

    fn marked(&mut self, clause: &Clause) -> Bits<WORDS> {
        let mut marked = self.any(&clause.when);
        marked.keep(&self.keep.0);
        if marked.any() {
            self.read(clause.unless.len());
            clause.unless.iter().for_each(|row| marked.drop(self.page.row(*row)));
        }
        marked
    }

    /// Keeps who shares a week, or says no window; who of them may yet share no day, or too few hours.
    fn span(&mut self, span: &Span) -> Bits<WORDS> {
        let open = self.page.row(NO_WINDOW);
        let mut touched = Bits(*open);
        span.weeks.iter().for_each(|week| touched.add(self.page.row(*week)));
        self.keep.keep(&touched.0);
        self.read(span.weeks.len() + 1);
        let mut late = self.keep;
        late.drop(open);
        if !self.page.is_near(span.window, DAYS_APART) {
            // A week that has come round is another one.
            return late;
        }
        let mut hours = late;
        span.whole.iter().for_each(|week| late.drop(self.page.row(*week)));
        if span.compares_hours() {
            hours.keep(self.page.row(HOURS));
            self.read(1);
            self.enough(span, &mut hours);
            late.add(&hours.0);
        }
        late
    }

    /// Drops who has enough hours on the days that it shares for certain.
    fn enough(&mut self, span: &Span, hours: &mut Bits<WORDS>) {
        if let Some(most) = span.any_day {
            hours.drop(&self.within(HOURS_A_DAY, most, most).0.0);
        }
        if let Some(most) = span.three_weeks.filter(|_| hours.any()) {
            let mut three = Bits::NONE;
            for (week, next_but_one) in span.whole.iter().zip(span.whole.iter().skip(2)) {
                three.add_both(self.page.row(*week), self.page.row(*next_but_one));
            }
            three.keep(&self.within(HOURS_A_DAY, most, most).0.0);
            hours.drop(&three.0);
        }
        if let Some(most) = span.all_weeks.filter(|_| hours.any()) {
            let mut all = self.within(HOURS_A_DAY, most, most).0;
            span.weeks.iter().for_each(|week| all.keep(self.page.row(*week)));
            hours.drop(&all.0);
        }
    }

    /// Keeps what an amount serves.
    fn compare(&mut self, amount: Amount) {
        let (within, doubt) = self.within(amount.slice, amount.most, amount.doubt);
        self.keep.keep(&within.0);
        self.doubt.add(&doubt.0);
    }

    /// Who is at `most` in a slice, and who is at `least`; bit by bit, the highest first (O'Neil and Quass, Improved Query
    /// Performance with Variant Indexes, 1997).
    fn within(&mut self, of: u16, most: u8, least: u8) -> (Bits<WORDS>, Bits<WORDS>) {
        let (mut less, mut equal) = (Bits::NONE, Bits::ALL);
        let (mut more, mut as_least) = (Bits::NONE, Bits::ALL);
        self.read(usize::from(SLICE_BITS));
        for bit in (0..SLICE_BITS).rev() {
            let row = self.page.row(slice(of) + bit);
            if most >> bit & 1 == 1 {
                less.add_without(&equal.0, row);
                equal.keep(row);
            } else {
                equal.drop(row);
            }
            if least >> bit & 1 == 1 {
                as_least.keep(row);
            } else {
                more.add_both(&as_least.0, row);
                as_least.drop(row);
            }
        }
        less.add(&equal.0);
        more.add(&as_least.0);
        (less, more)
    }

    /// Compares what bits leave open: days and hours of who may be late, places of who may be far.
    fn slips(&mut self, plan: &Plan, late: &Bits<WORDS>, far: &Bits<WORDS>) {
        if let Some(span) = &plan.span {
            for slot in late.numbers() {
                let (window, hours) = self.page.window_and_hours(slot);
                self.cost.slips += 1;
                if !span.meets(window, hours) {
                    self.keep.set(slot, false);
                }
            }
        }
        if let Some(around) = &plan.around {
            for slot in far.numbers() {
                let (point, reach) = self.page.point_and_reach(slot);
                self.cost.slips += 1;
                if !around.reaches(point, reach) {
                    self.keep.set(slot, false);
                }
            }
        }
    }
}
