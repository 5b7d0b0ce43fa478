//! The talk before names: whether questions leave, what is answered to those of the other side, and what its answers change.
//!
//! Nothing is answered by the node itself. A reply is drafted from what the item's own fields say and the policy lets be told at the
//! step `talk`; whatever else is asked stays "we do not say" until a person writes an answer, and a person decides on all of it.

use super::{Firm, Turn};
use crate::approvals::{Approval, Subject};
use crate::command::Refusal;
use crate::deals::{self, BadTalk, Deal};
use crate::knowledge::asked_field;
use crate::matching;
use crate::profile::Item;
use crate::record::Event;
use alloc::vec::Vec;
use protocol::dialogue::{Ask, Entry, Fact, Position, Replied, Reply, Step};
use protocol::id::{ApprovalId, DealId, QuestionCode};

impl Firm {
    /// A reply as far as the item's own fields have one; nothing of the private layer.
    fn prefilled(&self, item: &Item, ask: &Ask) -> Reply {
        let brief = self.brief(item, Step::Talk);
        let known = |code: &QuestionCode| {
            let field = asked_field(self.knowledge.question(code)?)?;
            Some(Fact::Entry(Entry { field, value: brief.value(field)?.clone() }))
        };
        Reply(ask.0.iter().map(|code| Replied { question: *code, fact: known(code) }).collect())
    }

    /// What the other side has said in a deal: its advert, its brief and its answers.
    fn said_in(&self, deal: &Deal, item: &Item) -> Option<matching::Said> {
        let brief = deal.theirs.brief.as_ref()?;
        let advert = Some(&deal.advert).filter(|_| deal.position == Position::Initiator);
        let facts = advert.and_then(|advert| self.market.advert(advert)).map(|body| &body.facts);
        let learned = self.knowledge.learned(deal.told_us());
        let words = self.knowledge.vocabulary();
        Some(matching::Said::by_talk(words, item.draft.side.other(), facts, brief, &learned))
    }
}

impl Turn<'_> {
    /// Asks the right person whether these questions leave.
    pub(super) fn ask_them(&mut self, id: DealId, questions: Vec<QuestionCode>) -> Result<ApprovalId, Refusal> {
        let ask = Ask(questions);
        self.deal(id)?.judge_ask(&ask)?;
        if let Some(unknown) = ask.0.iter().find(|code| self.firm.knowledge.question(code).is_none()) {
            return Err(BadTalk::Unknown(*unknown).into());
        }
        self.ask_in_deal(id, Step::Talk, Subject::Ask(ask))
    }

    /// Takes the place of the reply that was drafted; what is not answered stays "we do not say".
    pub(super) fn reply_with(&mut self, id: DealId, replied: &[Replied]) -> Result<ApprovalId, Refusal> {
        let deal = self.deal(id)?;
        let item = self.firm.profile.item(&deal.item).ok_or(Refusal::NoSuchItem)?;
        let ask = deal.asks_us().ok_or(BadTalk::NothingAsked)?;
        if let Some(other) = replied.iter().find(|one| !ask.0.contains(&one.question)) {
            return Err(BadTalk::NotAsked(other.question).into());
        }
        let answer = |code: &QuestionCode| {
            let fact = replied.iter().find(|one| one.question == *code).and_then(|one| one.fact.as_ref());
            let fact = fact.map(|fact| self.fit_to_answer(item, code, fact)).transpose()?;
            Ok(Replied { question: *code, fact })
        };
        let reply = ask.0.iter().map(answer).collect::<Result<_, Refusal>>()?;
        self.ask_in_deal(id, Step::Talk, Subject::Reply(Reply(reply)))
    }

    /// A fact as it may be told: of the question's shape, in words that name nobody, as coarsely as the policy says.
    fn fit_to_answer(&self, item: &Item, code: &QuestionCode, fact: &Fact) -> Result<Fact, Refusal> {
        if self.firm.knowledge.question(code).is_none() {
            return Err(BadTalk::Unknown(*code).into());
        }
        if !self.firm.knowledge.fits(code, fact) {
            return Err(BadTalk::Shape(*code).into());
        }
        if let Fact::Text(text) = fact {
            self.firm.fit_to_tell(Some(text))?;
        }
        self.firm.told_in_talk(item, fact)
    }

    /// Drafts a reply to what the other side asks, once for each ask. Whoever declined it, or let it lapse, drafts another one.
    pub(super) fn advance_talk(&mut self, id: DealId) {
        let Some(ask) = self.firm.deals.deal(&id).and_then(Deal::asks_us) else { return };
        let answers = |asked: &Approval| matches!(&asked.subject, Subject::Reply(reply) if reply.answers(ask));
        if !self.firm.approvals.all().any(|asked| asked.summary.deal == Some(id) && answers(asked)) {
            self.draft_reply(id);
        }
    }

    /// Drafts a reply from what the item says. Where nobody may decide on one, the deal's page says so.
    pub(super) fn draft_reply(&mut self, id: DealId) {
        let Ok(deal) = self.deal(id) else { return };
        let Some((ask, item)) = deal.asks_us().zip(self.firm.profile.item(&deal.item)) else { return };
        let reply = self.firm.prefilled(item, ask);
        let _ = self.ask_in_deal(id, Step::Talk, Subject::Reply(reply));
    }

    /// Judges the match again with what the other side answered. What it comes to is for this firm's people: nothing is said, and
    /// nothing ends by itself.
    pub(super) fn judge_talk(&mut self, id: DealId) {
        let at = self.at();
        let Ok(deal) = self.deal(id) else { return };
        let Some(item) = self.firm.profile.item(&deal.item) else { return };
        let Some(theirs) = self.firm.said_in(deal, item) else { return };
        let ours = self.firm.said(item, Some(&id), at);
        let report = matching::judge(self.firm.knowledge.vocabulary(), &ours, &theirs, at);
        self.record(Event::Deals(deals::Event::Judged { deal: id, report, at }));
    }
}
