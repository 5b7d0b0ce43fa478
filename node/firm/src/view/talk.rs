//! The talk of a deal as a desk shows it: both transcripts, what could be asked, and what waits for an answer.

use super::{ProposedView, QuestionView, RepliedView, RoundView, ShapeView, TalkView, TemplateView};
use crate::Firm;
use crate::approvals::Subject;
use crate::deals::{Deal, Round};
use crate::knowledge::asked_field;
use crate::matching::{Report, Requirement, Shown, Verdict};
use alloc::{collections::BTreeSet, string::ToString, vec::Vec};
use matching::pack::questions::{Question, Shape, Unit};
use matching::read::Side as Asked;
use matching::vocabulary::Language;
use protocol::dialogue::{Reply, Step};
use protocol::facts::Side;
use protocol::id::QuestionCode;

impl Firm {
    pub(super) fn talk_view(&self, deal: &Deal) -> TalkView {
        let waiting = |wanted: fn(&Subject) -> bool| {
            self.approvals.about(deal.id, Step::Talk).find(|asked| wanted(&asked.subject))
        };
        let asking = waiting(|subject| matches!(subject, Subject::Ask(_)));
        let replying = waiting(|subject| matches!(subject, Subject::Reply(_)));
        let drafted =
            replying.and_then(|asked| if let Subject::Reply(reply) = &asked.subject { Some(reply) } else { None });
        let asks_us = match (drafted, deal.asks_us()) {
            (Some(drafted), _) => self.replied_views(drafted),
            (None, Some(ask)) => ask.0.iter().map(|code| self.unanswered(code)).collect(),
            (None, None) => Vec::new(),
        };
        TalkView {
            rounds: deal.rounds().map(|round| self.round_view(round)).collect(),
            asks_barred: deal.asks_barred(),
            asks_left: u32::try_from(deal.asks_left()).unwrap_or(0),
            proposed: if deal.asks_barred().is_none() { self.proposed(deal) } else { Vec::new() },
            asking: asking.map(|asked| asked.id),
            asks_us,
            replying: replying.map(|asked| asked.id),
        }
    }

    /// A question as the packs in force have it.
    pub(super) fn question_view(&self, code: &QuestionCode) -> QuestionView {
        QuestionView { code: *code, template: self.knowledge.question(code).map(template) }
    }

    pub(super) fn replied_views(&self, reply: &Reply) -> Vec<RepliedView> {
        let view = |one: &protocol::dialogue::Replied| RepliedView {
            question: self.question_view(&one.question),
            fact: one.fact.clone(),
        };
        reply.0.iter().map(view).collect()
    }

    fn unanswered(&self, code: &QuestionCode) -> RepliedView {
        RepliedView { question: self.question_view(code), fact: None }
    }

    fn round_view(&self, round: Round<'_>) -> RoundView {
        let unanswered = || round.ask.0.iter().map(|code| self.unanswered(code)).collect();
        let questions = round.reply.map_or_else(unanswered, |reply| self.replied_views(reply));
        RoundView { ours: round.ours, questions, replied: round.reply.is_some() }
    }

    /// What could be asked of the other side: what the match leaves open first, then what is asked of its class and work.
    fn proposed(&self, deal: &Deal) -> Vec<ProposedView> {
        let Some(item) = self.profile.item(&deal.item) else { return Vec::new() };
        let words = self.knowledge.vocabulary();
        let of = if item.draft.side == Side::Offer { Asked::Need } else { Asked::Offer };
        let work = crate::matching::work(words, item.draft.process);
        let asked: BTreeSet<&QuestionCode> = deal.ours.asks.iter().flat_map(|ask| &ask.0).collect();
        let fresh = |question: &&Question| !asked.contains(&QuestionCode(question.code));
        let fits = |question: &&Question| question.is_for(words, of, item.draft.class.text(), work);
        let all = words.questions().iter().filter(fresh).filter(fits);
        let (open, others): (Vec<_>, Vec<_>) = all.partition(|question| is_open(question, &deal.report, of));
        let view = |open: bool| {
            move |question: &Question| {
                let code = QuestionCode(question.code);
                ProposedView { question: QuestionView { code, template: Some(template(question)) }, open }
            }
        };
        open.into_iter().map(view(true)).chain(others.into_iter().map(view(false))).collect()
    }
}

/// Whether a match leaves open what a question would answer.
fn is_open(question: &Question, report: &Report, of: Asked) -> bool {
    let theirs = |line: &Requirement| if of == Asked::Offer { line.offered.clone() } else { line.needed.clone() };
    let measured = |line: &Requirement| match (&line.needed, &line.offered) {
        (Shown::Measured { measure, .. }, _) | (_, Shown::Measured { measure, .. }) => Some(measure.clone()),
        _ => None,
    };
    let asks_for = |line: &&Requirement| match &question.shape {
        Shape::Field(_) => asked_field(question) == Some(line.field),
        Shape::Number(Unit::Measured(measure)) => measured(line).is_some_and(|code| code == measure.text()),
        _ => false,
    };
    let mut lines = report.requirements.iter().filter(asks_for);
    lines.any(|line| matches!(line.verdict, Verdict::Unknown | Verdict::Partial) || theirs(line) == Shown::Nothing)
}

fn template(question: &Question) -> TemplateView {
    let [english, french] = question.says.clone();
    let shape = match &question.shape {
        Shape::Flag => ShapeView::YesNo,
        Shape::Number(unit) => ShapeView::Number {
            unit: unit.text().to_string(),
            symbols: Language::ALL.map(|language| unit.symbol(language).to_string()),
        },
        Shape::Choice(choices) => ShapeView::Choice(choices.clone()),
        // INVARIANT: a test compares the fields of packs with those of the protocol.
        Shape::Field(_) => asked_field(question).map_or(ShapeView::Text, ShapeView::Field),
        Shape::Text => ShapeView::Text,
    };
    TemplateView { id: question.id.clone(), pack: question.pack.clone(), english, french, shape }
}
