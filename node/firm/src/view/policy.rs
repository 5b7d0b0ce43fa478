//! The policy as its readers may see it, and what it says to one resource or need: every answer with its rule (`POL-3`).

use super::{DryRunView, ExplanationView, PolicyView, RuleView, SayingView, StandingView, StepView};
use crate::Firm;
use crate::firm::REVEALED;
use crate::lending;
use crate::matching::{self, Said};
use crate::policy::{Bound, Detail, Policy, Rule, Rulebook, Scope, Target};
use crate::profile::{Item, ItemDraft, Mode};
use alloc::vec::Vec;
use protocol::dialogue::{Field, Step};
use protocol::facts::Side;
use protocol::time::UnixMs;
use protocol::vocabulary::Role;

/// Fields that can be told at each step at which an item's facts or the firm's names leave.
fn told_at() -> Vec<(Step, Field)> {
    // Whatever is numbered before the firm's id names nobody, nor do conflict classes.
    let unnamed = Field::ALL.into_iter().take_while(|field| *field != Field::FirmId).chain([Field::ConflictClasses]);
    let openly =
        unnamed.clone().filter(|field| !matches!(field, Field::Operator | Field::Value)).chain([Field::Travel]);
    let openly = openly.map(|field| (Step::Advertise, field));
    let to_one =
        [Step::Interest, Step::Answer].into_iter().flat_map(|step| unnamed.clone().map(move |field| (step, field)));
    let talked = Field::ALL
        .into_iter()
        .filter(|field| field.is_talked())
        .chain([Field::Questions, Field::Answers])
        .map(|field| (Step::Talk, field));
    openly.chain(to_one).chain(talked).chain(REVEALED.map(|field| (Step::OptIn, field))).collect()
}

impl Firm {
    /// A version of the policy for a reader with these roles.
    pub(super) fn policy_view(&self, readers: &[Role], policy: &Policy) -> PolicyView {
        let rule = |rule: &Rule| RuleView {
            number: rule.number,
            scope: rule.scope,
            title: match rule.scope {
                Scope::Item(item) => self.profile.item(&item).map(|item| item.draft.title.clone()),
                _ => None,
            },
            says: rule.is_read_by(readers).then(|| rule.says.clone()),
        };
        let by = policy.word.as_ref().and_then(|word| self.register.by_key(word.by));
        PolicyView {
            version: policy.version,
            hash: policy.hash(),
            signed: policy.word.is_some(),
            by: by.map(|person| person.id.clone()),
            rules: policy.rules.iter().map(rule).collect(),
            never_said: policy.never_said.clone(),
        }
    }

    /// What a policy says to one item.
    pub(super) fn explanation(
        &self,
        readers: &[Role],
        (item, policy): (&Item, &Rulebook),
        now: UnixMs,
    ) -> ExplanationView {
        let target = Target::of(item);
        let step = |step: Step| StepView {
            step,
            answer: policy.who(&target, step),
            reminders: policy.reminders(&target, step),
            escalation: policy.escalation(&target, step),
        };
        let told = told_at().into_iter();
        let told = told.map(|(step, field)| SayingView { step, told: policy.told(&target, step, field) });
        let reads_all = reads_private(readers);
        let bound = policy.bound(&target, Bound::of(item.draft.side));
        let loudness = policy.loudness(&target);
        ExplanationView {
            item: item.id,
            title: item.draft.title.clone(),
            version: policy.policy().version,
            hash: policy.hash(),
            steps: Policy::STEPS.into_iter().map(step).collect(),
            told: told.collect(),
            loudness,
            bound_set: bound.is_some(),
            bound: bound.filter(|_| reads_all),
            caps_set: !policy.caps(&target).is_empty(),
            caps: if reads_all { policy.caps(&target) } else { Vec::new() },
            avoided_set: !policy.avoided(&target).is_empty(),
            avoided: if reads_all { policy.avoided(&target) } else { Vec::new() },
            split: policy.split(&target).filter(|_| readers.iter().any(|role| Rule::SPLIT_READERS.contains(role))),
            loan: self.loan_view(item),
            not_lent: lending::stands(&self.lending, (&self.register, policy), item, now.day()).err(),
            standing: policy.standing(&target).map(|rule| StandingView {
                rule,
                given: self.answered_by_rules(&rule, now),
                signed: self.is_word(policy, now),
            }),
            must_name: policy.must_name(&target).filter(|_| item.draft.side == Side::Offer),
        }
    }

    /// What would happen to a need or an offer like this one of somebody else: which own items fit it, who would be asked about
    /// each, and what would be told; under the policy in force or under another one.
    pub(super) fn dry_run(
        &self,
        readers: &[Role],
        (draft, policy): (&ItemDraft, &Rulebook),
        now: UnixMs,
    ) -> Vec<DryRunView> {
        let aloud = ItemDraft { mode: Mode::Open, ..draft.clone() };
        let Some(facts) = crate::composer::public_facts(&aloud) else { return Vec::new() };
        let words = self.knowledge.vocabulary();
        let theirs = Said::by_advert(words, &facts);
        let others = self.profile.live().filter(|item| item.draft.side == draft.side.other());
        let judged = others.map(|item| {
            let ours = self.said(item, None, now);
            let report = matching::judge(words, &ours, &theirs, now);
            let explanation = self.explanation(readers, (item, policy), now);
            let is_told = |said: &&SayingView| said.step == Step::Interest && said.told.detail != Detail::Nothing;
            let told = explanation.told.iter().filter(is_told).cloned().collect();
            let avoided = policy.avoids(&Target::of(item), &facts.conflict_classes);
            let is_match = matching::is_open(words, &ours, &theirs, now)
                && report.is_match()
                && avoided.is_none()
                && explanation.not_lent.is_none();
            let ruled = self.stands((item, policy), report.band, now).filter(|_| is_match);
            DryRunView {
                is_match,
                ruled: ruled.map(|rule| rule.because),
                avoided: avoided.filter(|_| reads_private(readers)),
                report,
                told,
                explanation,
            }
        });
        let mut all: Vec<DryRunView> = judged.collect();
        all.sort_by_key(|one| (!one.is_match, core::cmp::Reverse(one.report.rank())));
        all
    }
}

fn reads_private(readers: &[Role]) -> bool {
    readers.iter().any(|role| Rule::PRIVATE_READERS.contains(role))
}
