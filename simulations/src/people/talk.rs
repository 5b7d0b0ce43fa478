//! The talk before names, as a story tells it: who asks what, and what is answered beside what the node knows.

use super::{Part, Seen};
use crate::story::{AskPlan, DealPlan};
use firm::command::Command;
use firm::view::{ApprovalView, DealState, DealView, QuestionView, RepliedView};
use protocol::dialogue::{Fact, Replied, Step};
use protocol::facts::Side;
use protocol::id::QuestionCode;
use protocol::time::{DAY_MS, UnixMs};

impl Part<'_> {
    /// Drafts the next questions that the story has for this side, and answers to those of the other side that the draft has otherwise.
    pub(super) fn would_talk(&self, deal: &DealView) -> Vec<Command> {
        let open = deal.state == DealState::Open && self.drafts();
        let Some(plan) = self.plan(deal).filter(|_| open) else { return Vec::new() };
        let talk = &deal.talk;
        let asked = talk.rounds.iter().filter(|round| round.ours).count();
        let next = asks_of(plan, deal.side).nth(asked).filter(|_| talk.asks_barred.is_none() && talk.asking.is_none());
        let questions = next.and_then(|next| codes(next, talk.proposed.iter().map(|one| &one.question)));
        let ask = questions.map(|questions| Command::Ask { deal: deal.id, questions });
        let planned = replied(plan, deal).filter(|planned| *planned != said(&talk.asks_us));
        let reply = planned.map(|replied| Command::Reply { deal: deal.id, replied });
        ask.into_iter().chain(reply).collect()
    }

    /// Whether a draft of the talk is what the story tells: only then does somebody decide on it.
    pub(super) fn is_as_told(&self, seen: &Seen, approval: &ApprovalView) -> bool {
        if approval.step != Step::Talk || approval.replies.is_empty() {
            return true;
        }
        let deal = approval.deal.and_then(|deal| seen.deal(deal));
        let planned = deal.and_then(|deal| replied(self.plan(deal)?, deal));
        planned.is_none_or(|planned| planned == said(&approval.replies))
    }

    /// Whether this side has still something to ask, or to answer, or waits for a reply: until then it does not say that it can be
    /// done. Nobody waits for words longer than so long.
    pub(super) fn has_to_talk(&self, deal: &DealView, now: UnixMs) -> bool {
        let Some(plan) = self.plan(deal).filter(|plan| !plan.asks.is_empty()) else { return false };
        let talk = &deal.talk;
        let answered = talk.rounds.iter().filter(|round| round.ours && round.replied).count();
        let waits = asks_of(plan, deal.side).count() > answered || !talk.asks_us.is_empty();
        let words =
            deal.milestones.iter().filter(|one| matches!(one.step, Step::Answer | Step::Talk)).map(|one| one.at);
        waits && words.max().is_some_and(|last| now < last.plus(PATIENCE_MS))
    }
}

/// How long somebody waits for the next word of a talk before going on without.
const PATIENCE_MS: u64 = 2 * DAY_MS;

fn asks_of(plan: &DealPlan, side: Side) -> impl Iterator<Item = &AskPlan> {
    plan.asks.iter().filter(move |ask| ask.side == side)
}

/// The codes of a plan's questions; nothing unless all are there.
fn codes<'a>(plan: &AskPlan, known: impl Iterator<Item = &'a QuestionView> + Clone) -> Option<Vec<QuestionCode>> {
    let code = |id: &String| known.clone().find(|question| is_called(question, id)).map(|question| question.code);
    plan.questions.iter().map(code).collect()
}

fn is_called(question: &QuestionView, id: &str) -> bool {
    question.template.as_ref().is_some_and(|template| template.id == id)
}

/// What the story has this side answer to what it was asked last: its own words where it has some, else what the node filled in.
fn replied(plan: &DealPlan, deal: &DealView) -> Option<Vec<Replied>> {
    let asked = &deal.talk.asks_us;
    let before = deal.talk.rounds.iter().filter(|round| !round.ours && round.replied).count();
    let answers = &asks_of(plan, deal.side.other()).nth(before).filter(|_| !asked.is_empty())?.answers;
    let said = |one: &RepliedView| {
        let template = one.question.template.as_ref();
        let text = template.and_then(|template| answers.get(&template.id));
        let own: Option<Fact> = template.zip(text).and_then(|(own, text)| written::answer(&own.shape, text).ok());
        Replied { question: one.question.code, fact: own.or_else(|| one.fact.clone()) }
    };
    Some(asked.iter().map(said).collect())
}

fn said(replies: &[RepliedView]) -> Vec<Replied> {
    replies.iter().map(|one| Replied { question: one.question.code, fact: one.fact.clone() }).collect()
}
