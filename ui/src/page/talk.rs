//! The talk before names: what each side asked and answered, and what of it would leave.
//!
//! A question is said in the reader's language, as the knowledge pack has it. One that no pack here has is shown as such and can only
//! be answered with "we do not say".

use crate::page::parts::{not_yours, rows};
use crate::visit::Visit;
use crate::voice::Voice;
use crate::words::Key;
use firm::deals::BadTalk;
use firm::policy::Asking;
use firm::view::{ApprovalView, DealState, DealView, QuestionView, RepliedView, RoundView, ShapeView};
use maud::{Markup, html};
use protocol::dialogue::{Fact, Step};
use protocol::id::QuestionCode;
use protocol::limits::{ASKS_MAX, QUESTIONS_PER_ASK_MAX};

/// A question in the reader's language.
pub(crate) fn says(voice: &Voice, question: &QuestionView) -> String {
    match &question.template {
        Some(template) => template.says(voice.spoken()).to_string(),
        None => voice.with(Key::TalkUnknown, &[("code", question.code.to_string().into())]),
    }
}

/// One answer, as its question wants it.
pub(crate) fn fact(voice: &Voice, question: &QuestionView, fact: &Fact) -> String {
    let shape = question.template.as_ref().map(|template| &template.shape);
    let own = |both: &[String; 2]| voice.own(both).to_string();
    match (fact, shape) {
        (Fact::Flag(flag), _) => voice.text(if *flag { Key::Yes } else { Key::No }),
        (Fact::Number(number), Some(ShapeView::Number { symbols, .. })) => {
            format!("{}\u{a0}{}", voice.whole(u64::from(*number)), own(symbols)).trim_end().to_string()
        }
        (Fact::Number(number), _) => voice.whole(u64::from(*number)),
        (Fact::Choice(at), Some(ShapeView::Choice(choices))) => {
            choices.get(usize::from(*at)).map_or_else(String::new, own)
        }
        (Fact::Choice(at), _) => at.to_string(),
        (Fact::Entry(entry), _) => voice.value(entry.field, &entry.value),
        (Fact::Text(text), _) => text.as_str().to_string(),
    }
}

/// The deal's card: both transcripts, and the ways to ask and to answer.
pub(crate) fn card(visit: &Visit, deal: &DealView) -> Markup {
    let (voice, talk) = (&visit.voice, &deal.talk);
    let (ours, theirs): (Vec<_>, Vec<_>) = talk.rounds.iter().partition(|round| round.ours);
    let open = deal.state == DealState::Open && deal.reached >= Step::Answer;
    if talk.rounds.is_empty() && talk.asks_barred.is_some() && talk.asking.is_none() {
        return html! {};
    }
    html! {
        section.card.talk aria-labelledby="talk" {
            h2 #talk { (voice.text(Key::TalkTitle)) }
            @if open { p.hint { (voice.text(Key::TalkLead)) } }
            @if talk.rounds.is_empty() { p { (voice.text(Key::TalkNothingAsked)) } }
            (transcript(voice, &ours)) (transcript(voice, &theirs))
            (answering(visit, deal)) (asking(visit, deal))
        }
    }
}

fn answering(visit: &Visit, deal: &DealView) -> Markup {
    let (voice, talk) = (&visit.voice, &deal.talk);
    html! {
        @if let Some(approval) = talk.replying {
            p { (voice.text(Key::TalkReplying)) " " a href={ "/approvals/" (approval) } { (voice.text(Key::InboxOpen)) } }
        }
        @if talk.asks_us.is_empty() {}
        @else if visit.may(Asking::Talk) {
            p.actions { a.button href={ "/deals/" (deal.id) "/reply" } { (voice.text(Key::TalkReply)) } }
        } @else { (not_yours(voice, Asking::Talk)) }
    }
}

fn asking(visit: &Visit, deal: &DealView) -> Markup {
    let (voice, talk) = (&visit.voice, &deal.talk);
    html! {
        @if let Some(approval) = talk.asking {
            p { (voice.text(Key::TalkAsking)) " " a href={ "/approvals/" (approval) } { (voice.text(Key::InboxOpen)) } }
        }
        @if talk.asks_barred.is_none() && visit.may(Asking::Talk) {
            p.actions { a.button href={ "/deals/" (deal.id) "/ask" } { (voice.text(Key::TalkAsk)) } }
        } @else if talk.asks_barred.is_none() { (not_yours(voice, Asking::Talk)) }
        @else if deal.state == DealState::Open && talk.asks_left == 0 { p.hint { (voice.text(Key::TalkNoMore)) } }
    }
}

/// One side's questions with what was said to them.
fn transcript(voice: &Voice, rounds: &[&RoundView]) -> Markup {
    let Some(first) = rounds.first() else { return html! {} };
    let (title, waits, unsaid) = if first.ours {
        (Key::TalkAskedOurs, Key::TalkOpenTheirs, Key::TalkUnsaidTheirs)
    } else {
        (Key::TalkAskedTheirs, Key::TalkOpenOurs, Key::TalkUnsaidOurs)
    };
    html! {
        h3 { (voice.text(title)) }
        @for round in rounds {
            @let unsaid = if round.replied { unsaid } else { waits };
            (rows(&answers(voice, &round.questions, unsaid)))
        }
    }
}

fn answers(voice: &Voice, replied: &[RepliedView], unsaid: Key) -> Vec<(String, String)> {
    let said = |one: &RepliedView| {
        one.fact.as_ref().map_or_else(|| voice.text(unsaid), |told| fact(voice, &one.question, told))
    };
    replied.iter().map(|one| (says(voice, &one.question), said(one))).collect()
}

/// What they were told in the talk, each answer with its question.
pub(crate) fn told(voice: &Voice, deal: &DealView) -> Vec<(String, String)> {
    let rounds = deal.talk.rounds.iter().filter(|round| !round.ours);
    let told = rounds.flat_map(|round| &round.questions).filter_map(|one| {
        let told = one.fact.as_ref()?;
        Some((says(voice, &one.question), fact(voice, &one.question, told)))
    });
    told.collect()
}

/// Everything that an ask or a reply would say, also where it says nothing.
pub(crate) fn leaving(voice: &Voice, approval: &ApprovalView) -> Markup {
    let unknown = approval.replies.iter().any(|one| one.question.template.is_none());
    html! {
        @if !approval.asks.is_empty() {
            ol { @for question in &approval.asks { li { (says(voice, question)) } } }
            p.hint { (voice.text(Key::TalkAskDiscloses)) }
        } @else {
            (rows(&answers(voice, &approval.replies, Key::TalkUnsaidOurs)))
            @if unknown { p.hint { (voice.text(Key::TalkUnknownHint)) } }
            @if let Some(deal) = approval.deal { p.actions {
                a.button href={ "/deals/" (deal) "/reply" } { (voice.text(Key::TalkReply)) }
            } }
        }
    }
}

/// Why something is not asked or answered, in words of the deal where it stands.
pub(crate) fn refused(voice: &Voice, bad: BadTalk) -> String {
    let named = |key: Key, code: QuestionCode| voice.with(key, &[("question", named(voice, code).into())]);
    match bad {
        BadTalk::Count => voice.with(Key::RefusalTalkCount, &[("most", QUESTIONS_PER_ASK_MAX.into())]),
        BadTalk::Again(code) => named(Key::RefusalTalkAgain, code),
        BadTalk::Open => voice.text(Key::RefusalTalkOpen),
        BadTalk::Exhausted => voice.with(Key::RefusalTalkExhausted, &[("most", ASKS_MAX.into())]),
        BadTalk::NotNow => voice.text(Key::RefusalTalkNotNow),
        BadTalk::Unknown(code) => named(Key::RefusalTalkUnknown, code),
        BadTalk::NothingAsked => voice.text(Key::RefusalTalkNothingAsked),
        BadTalk::NotAsked(code) => named(Key::RefusalTalkNotAsked, code),
        BadTalk::Shape(code) => named(Key::RefusalTalkShape, code),
    }
}

/// A question by its code alone, as the built-in pack has it.
fn named(voice: &Voice, code: QuestionCode) -> String {
    firm::knowledge::built_in(&code).map_or_else(|| code.to_string(), |both| voice.own(&both).to_string())
}
