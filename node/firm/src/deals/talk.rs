//! The talk before names: whose ask is open, and what may be asked or answered now (`TLK-1` to `TLK-4`).

use super::{Deal, Party};
use protocol::dialogue::{Ask, Fact, Reply, Step};
use protocol::id::QuestionCode;
use protocol::limits::{ASKS_MAX, QUESTIONS_PER_ASK_MAX};
use serde::{Deserialize, Serialize};

/// Why something is not asked or answered. Each says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BadTalk {
    /// None, or too many, or one twice.
    #[error("ask from 1 to {QUESTIONS_PER_ASK_MAX} different questions at once; nothing was asked")]
    Count,
    /// Answered or open already.
    #[error("question {0} was asked in this deal already, and each is asked once; leave it out")]
    Again(QuestionCode),
    /// They have not replied.
    #[error("the other side has not replied to what was asked last; ask again when it has")]
    Open,
    /// No more.
    #[error(
        "this side has asked {ASKS_MAX} times, and more is not read in one deal; say that it can be done, or end the deal"
    )]
    Exhausted,
    /// Before both briefs, or after the own opt-in.
    #[error("questions are for the time between the answer and your own consent to exchange names")]
    NotNow,
    /// No pack in force has it.
    #[error(
        "no knowledge pack of this node has question {0}; it can only be answered with \"we do not say\": list questions with \
         `cosolvent deal questions ID`, and ask the owner to add the pack that has it"
    )]
    Unknown(QuestionCode),
    /// They ask nothing.
    #[error("the other side has asked nothing that could be answered now")]
    NothingAsked,
    /// They asked something else.
    #[error("question {0} is none of those that the other side asks; its deal's page lists them")]
    NotAsked(QuestionCode),
    /// Not the shape of its answer.
    #[error(
        "question {0} wants an answer of another shape; the deal's page says which, or leave it out to say nothing"
    )]
    Shape(QuestionCode),
}

/// One ask, and what was said to it.
#[derive(Clone, Copy, Debug)]
pub struct Round<'a> {
    /// Whether this side asked.
    pub ours: bool,
    /// What was asked.
    pub ask: &'a Ask,
    /// What was answered; nothing while the ask is open.
    pub reply: Option<&'a Reply>,
}

/// The ask of one side that the other has not answered.
pub(super) fn open<'a>(asker: &'a Party, other: &Party) -> Option<&'a Ask> {
    asker.asks.get(other.replies.len())
}

/// Whether a side may ask this now.
pub(super) fn may_ask(asker: &Party, other: &Party, ask: &Ask) -> bool {
    let asked = |code: &QuestionCode| asker.asks.iter().any(|earlier| earlier.0.contains(code));
    may_ask_more(asker, other) && ask.well_formed() && !ask.0.iter().any(asked)
}

/// Whether a side may ask anything more now.
pub(super) fn may_ask_more(asker: &Party, other: &Party) -> bool {
    let both_told = asker.brief.is_some() && other.brief.is_some();
    both_told && asker.opt_in.is_none() && asker.asks.len() < ASKS_MAX && open(asker, other).is_none()
}

/// Whether a side may reply with this now.
pub(super) fn may_reply(party: &Party, other: &Party, reply: &Reply) -> bool {
    party.opt_in.is_none() && reply.well_formed() && open(other, party).is_some_and(|ask| reply.answers(ask))
}

impl Deal {
    /// What one side asked, oldest first: this side's asks, then the other side's.
    pub fn rounds(&self) -> impl Iterator<Item = Round<'_>> {
        let of = |ours: bool| {
            let (asker, other) = if ours { (&self.ours, &self.theirs) } else { (&self.theirs, &self.ours) };
            let replies = other.replies.iter().map(Some).chain(core::iter::repeat(None));
            asker.asks.iter().zip(replies).map(move |(ask, reply)| Round { ours, ask, reply })
        };
        of(true).chain(of(false))
    }

    /// Whether a step is behind this deal; the talk if something was answered, for a deal may go on without.
    pub fn has_taken(&self, step: Step) -> bool {
        match step {
            Step::Talk => !(self.ours.replies.is_empty() && self.theirs.replies.is_empty()),
            step => step <= self.reached(),
        }
    }

    /// What the other side asked and this one has not answered, while it still may.
    pub fn asks_us(&self) -> Option<&Ask> {
        open(&self.theirs, &self.ours).filter(|_| self.is_open() && self.ours.opt_in.is_none())
    }

    /// Why this side may ask nothing more now; nothing if it may.
    pub fn asks_barred(&self) -> Option<BadTalk> {
        match () {
            () if self.is_open() && may_ask_more(&self.ours, &self.theirs) => None,
            () if !self.is_open() || self.ours.opt_in.is_some() => Some(BadTalk::NotNow),
            () if open(&self.ours, &self.theirs).is_some() => Some(BadTalk::Open),
            () if self.asks_left() == 0 => Some(BadTalk::Exhausted),
            () => Some(BadTalk::NotNow),
        }
    }

    /// Why this side may not ask this now.
    pub fn judge_ask(&self, ask: &Ask) -> Result<(), BadTalk> {
        let asked = |code: &&QuestionCode| self.ours.asks.iter().any(|earlier| earlier.0.contains(*code));
        if !ask.well_formed() {
            return Err(BadTalk::Count);
        }
        if let Some(again) = ask.0.iter().find(asked) {
            return Err(BadTalk::Again(*again));
        }
        self.asks_barred().map_or(Ok(()), Err)
    }

    /// How often this side may still ask in this deal.
    pub fn asks_left(&self) -> usize {
        ASKS_MAX.saturating_sub(self.ours.asks.len())
    }

    /// What the other side has told in the talk so far, oldest first.
    pub fn told_us(&self) -> impl Iterator<Item = (&QuestionCode, &Fact)> {
        let replied = self.theirs.replies.iter().flat_map(|reply| &reply.0);
        replied.filter_map(|replied| Some((&replied.question, replied.fact.as_ref()?)))
    }
}
