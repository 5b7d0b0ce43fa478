//! Whether a policy holds together, and otherwise what to write instead (`POL-6`).

use super::{Bound, Period, Permission, Policy, Rule, Says, Scope};
use crate::limits::{POLICY_HOURLY_MAX, POLICY_RULES_MAX, STANDING_ANSWERS_MAX, STANDING_DAYS_MAX, WAIT_DAYS_MAX};
use crate::matching::Band;
use alloc::string::String;
use alloc::vec::Vec;
use protocol::dialogue::Step;
use protocol::facts::Side;
use protocol::id::ItemId;
use protocol::money::Currency;
use protocol::time::Day;
use protocol::vocabulary::Role;
use serde::{Deserialize, Serialize};

/// Why a policy is refused: one rule, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("rule {rule}: {fault}; nothing was changed")]
pub struct BadPolicy {
    /// Which rule, counted from 1 in the order of the policy.
    pub rule: u32,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a rule. Each names the field and what to write.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// Too many.
    #[error(
        "a policy has at most {POLICY_RULES_MAX} rules; say with one rule for a class what several items have in common"
    )]
    TooMany,
    /// Nobody is asked there.
    #[error("decide: nobody is asked at the step {0}; write one of {steps}", steps = steps())]
    NeverAsked(Step),
    /// No roles.
    #[error("who: name at least one role; a step that nobody may take has who = []")]
    Nobody,
    /// The other side would not take it (`TRM-2`).
    #[error("who: the other side takes what is said at {step} only from {}, so {role} would decide in vain; name one of these", takers(*step))]
    NotTaken {
        /// At which step.
        step: Step,
        /// From whom it would not be taken.
        role: Role,
    },
    /// The same, of a rule for any step beside which none names that step (`TRM-2`).
    #[error("who: this decides {step} as well, which the other side takes only from {}, so {role} would decide in vain; write a rule that decides {step} for the same", takers(*step))]
    AnyNotTaken {
        /// At which step.
        step: Step,
        /// From whom it would not be taken.
        role: Role,
    },
    /// Nothing leaves there.
    #[error("at: no field leaves at the step {0}; write one of {steps}", steps = telling_steps())]
    NothingLeaves(Step),
    /// No such hours.
    #[error("cap_hours: a {per} has from 1 to {most} hours to give; write how many of them", most = per.hours())]
    Hours {
        /// Of which.
        per: Period,
    },
    /// No such days.
    #[error("days: write days from 1 to {WAIT_DAYS_MAX}, ascending; no question waits longer")]
    Days,
    /// No such price.
    #[error("price: write an amount for one hour, from 0.01 to {}.00", POLICY_HOURLY_MAX / 100)]
    Price,
    /// No classes.
    #[error("avoid: name at least one conflict class; a firm that avoids none has no such rule")]
    NoClass,
    /// More than all of it.
    #[error("expert_percent: write how many of a hundred the person gets, from 1 to 100")]
    Share,
    /// Not what a standing rule answers.
    #[error(
        "standing: write strong, or possible for strong and possible fits; about whatever fits less a person is asked"
    )]
    Fit,
    /// More than a person signs for.
    #[error(
        "answers_a_week: write how many answers in any seven days, at most {STANDING_ANSWERS_MAX}, or 0 to ask a person"
    )]
    Answers,
    /// Over, or without an end in sight.
    #[error("until: write a day from {today} to {last}; who wants it longer signs again")]
    Until {
        /// The first that could be written.
        today: Day,
        /// The last.
        last: Day,
    },
    /// Two currencies.
    #[error(
        "price: this rule is in {this:?} and an earlier one in {earlier:?}; a firm compares prices in one currency only"
    )]
    Currency {
        /// Of this rule.
        this: Currency,
        /// Of an earlier one.
        earlier: Currency,
    },
    /// A floor for a need, a ceiling for an offer.
    #[error("price: a floor is for what the firm has and a ceiling for what it needs, and this item is the other kind; write {}", other(*.0))]
    Side(Bound),
    /// No such item.
    #[error(
        "for: there is no resource or need {0}; list them with `cosolvent resource list` and `cosolvent need list`"
    )]
    NoSuchItem(ItemId),
}

fn steps() -> String {
    Policy::STEPS.map(Step::name).join(", ")
}

fn takers(step: Step) -> String {
    taken_from(step).iter().map(|role| role.text()).collect::<Vec<_>>().join(", ")
}

fn telling_steps() -> String {
    let telling = Policy::STEPS.into_iter().filter(|step| !step.lends());
    telling.map(Step::name).collect::<Vec<_>>().join(", ")
}

/// Roles from which the other side takes what is said at a step; it asks for none where the list is empty (`TRM-2`).
const fn taken_from(step: Step) -> &'static [Role] {
    match step {
        Step::Sign => &[Role::Signer],
        Step::Work => protocol::docket::SAID_BY,
        Step::Acknowledge | Step::Outcome => &[Role::Approver, Role::Owner, Role::Signer],
        _ => &[],
    }
}

fn is_a_wait(days: &u32) -> bool {
    (1..=WAIT_DAYS_MAX).contains(days)
}

fn other(bound: Bound) -> &'static str {
    match bound {
        Bound::Floor => "price_at_most",
        Bound::Ceiling => "price_at_least",
    }
}

impl Policy {
    /// Steps that rules can be about, in order.
    pub const STEPS: [Step; 13] = [
        Step::Release,
        Step::Advertise,
        Step::Interest,
        Step::Answer,
        Step::Talk,
        Step::Viable,
        Step::OptIn,
        Step::Terms,
        Step::Acknowledge,
        Step::Sign,
        Step::Start,
        Step::Work,
        Step::Outcome,
    ];

    /// Whether it holds together as of today; `side_of` knows the firm's resources and needs.
    pub fn check(&self, today: Day, side_of: impl Fn(ItemId) -> Option<Side>) -> Result<(), BadPolicy> {
        let mut currency = None;
        for (rule, number) in self.rules.iter().zip(1..) {
            let judged = judge(rule, today, &side_of, &mut currency).and_then(|()| self.in_vain(rule));
            let judged = if number > POLICY_RULES_MAX { Err(Fault::TooMany) } else { judged };
            judged.map_err(|fault| BadPolicy { rule: number, fault })?;
        }
        Ok(())
    }

    /// Whether a rule for any step would let somebody decide in vain, because no rule of its scope names that step.
    fn in_vain(&self, rule: &Rule) -> Result<(), Fault> {
        let Says::Decide { step: None, permission: Permission::Ask(roles) | Permission::Two(roles) } = &rule.says
        else {
            return Ok(());
        };
        let is_named = |step: Step| {
            let names = |says: &Says| matches!(says, Says::Decide { step: Some(of), .. } if *of == step);
            self.rules.iter().any(|other| other.scope == rule.scope && names(&other.says))
        };
        let unnamed = Policy::STEPS.into_iter().filter(|step| !is_named(*step));
        let broken = unnamed.filter_map(|step| Some((step, not_taken(step, roles)?))).next();
        broken.map_or(Ok(()), |(step, role)| Err(Fault::AnyNotTaken { step, role }))
    }
}

/// The first role whose word at a step the other side would not take.
fn not_taken(step: Step, roles: &[Role]) -> Option<Role> {
    let taken = taken_from(step);
    roles.iter().copied().find(|role| !taken.is_empty() && !taken.contains(role))
}

fn judge(
    rule: &Rule,
    today: Day,
    side_of: impl Fn(ItemId) -> Option<Side>,
    currency: &mut Option<Currency>,
) -> Result<(), Fault> {
    let side = match rule.scope {
        Scope::Item(item) => Some(side_of(item).ok_or(Fault::NoSuchItem(item))?),
        _ => None,
    };
    match &rule.says {
        Says::Decide { step: Some(step), .. } if !Policy::STEPS.contains(step) => Err(Fault::NeverAsked(*step)),
        Says::Decide { permission: Permission::Ask(roles) | Permission::Two(roles), .. } if roles.is_empty() => {
            Err(Fault::Nobody)
        }
        Says::Decide { step: Some(step), permission: Permission::Ask(roles) | Permission::Two(roles) } => {
            not_taken(*step, roles).map_or(Ok(()), |role| Err(Fault::NotTaken { step: *step, role }))
        }
        Says::Tell { step: Some(step), .. } if step.lends() || !Policy::STEPS.contains(step) => {
            Err(Fault::NothingLeaves(*step))
        }
        Says::Remind { step: Some(step), .. } | Says::Escalate { step: Some(step), .. }
            if !Policy::STEPS.contains(step)
                && !(*step == Step::OwnConsent && matches!(rule.says, Says::Remind { .. })) =>
        {
            Err(Fault::NeverAsked(*step))
        }
        Says::Remind { days, .. } if !days.is_sorted_by(|a, b| a < b) || !days.iter().all(is_a_wait) => {
            Err(Fault::Days)
        }
        Says::Escalate { days, .. } if !is_a_wait(days) => Err(Fault::Days),
        Says::Escalate { to, .. } if to.is_empty() => Err(Fault::Nobody),
        Says::Escalate { step: Some(step), to, .. } => {
            not_taken(*step, to).map_or(Ok(()), |role| Err(Fault::NotTaken { step: *step, role }))
        }
        Says::Cap { hours, per } if !(1..=per.hours()).contains(hours) => Err(Fault::Hours { per: *per }),
        Says::Split { expert_percent } if !(1..=100).contains(expert_percent) => Err(Fault::Share),
        Says::Avoid(classes) if classes.is_empty() => Err(Fault::NoClass),
        Says::Standing { fit, .. } if *fit < Band::Possible => Err(Fault::Fit),
        Says::Standing { weekly, .. } if *weekly > STANDING_ANSWERS_MAX => Err(Fault::Answers),
        Says::Standing { until, .. } if !(today..=today.plus(STANDING_DAYS_MAX)).contains(until) => {
            Err(Fault::Until { today, last: today.plus(STANDING_DAYS_MAX) })
        }
        Says::Price { hourly, .. } if !(1..=POLICY_HOURLY_MAX).contains(&hourly.minor) => Err(Fault::Price),
        Says::Price { bound, hourly } => {
            let wrong = matches!((bound, side), (Bound::Floor, Some(Side::Need)) | (Bound::Ceiling, Some(Side::Offer)));
            let earlier = *currency.get_or_insert(hourly.currency);
            if wrong {
                Err(Fault::Side(*bound))
            } else if earlier != hourly.currency {
                Err(Fault::Currency { this: hourly.currency, earlier })
            } else {
                Ok(())
            }
        }
        _ => Ok(()),
    }
}
