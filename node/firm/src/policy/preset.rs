//! Policies to begin with, written out as rules like any other.

use super::{Detail, Permission, Policy, Rule, Says, Scope};
use crate::profile::Mode;
use alloc::vec::Vec;
use core::{fmt, str::FromStr};
use protocol::dialogue::Step;
use protocol::vocabulary::{ResourceClass, Role};

/// What kind of firm begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Preset {
    /// A firm of one: the owner decides everything, and signs as a signer.
    OnePerson,
    /// Approvers or the owner decide most, experts what can be done, signers what binds.
    #[default]
    SmallShop,
    /// As a small shop, but owners decide notices and otherwise approvers, and two people sign.
    Plant,
    /// A college or laboratory: as a plant, two people exchange names, and notices are coarse at most.
    Institution,
}

/// Not the name of a preset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write one of one-person, small-shop, plant, institution")]
pub struct UnknownPreset;

impl Preset {
    /// All of them.
    pub const ALL: [Preset; 4] = [Preset::OnePerson, Preset::SmallShop, Preset::Plant, Preset::Institution];

    /// As the command line knows it.
    pub const fn name(self) -> &'static str {
        match self {
            Preset::OnePerson => "one-person",
            Preset::SmallShop => "small-shop",
            Preset::Plant => "plant",
            Preset::Institution => "institution",
        }
    }

    /// Its rules.
    pub fn policy(self) -> Policy {
        match self {
            Preset::OnePerson => Policy::deciding(&[
                (None, Permission::Ask([Role::Owner].into())),
                (Some(Step::Sign), Permission::Ask([Role::Signer].into())),
            ]),
            Preset::SmallShop => Policy::small_shop(),
            Preset::Plant => Policy::plant(),
            Preset::Institution => {
                let mut policy = Policy::plant();
                let names = Permission::Two([Role::Owner, Role::Approver].into());
                let more = [Says::Decide { step: Some(Step::OptIn), permission: names }, Says::Publish(Mode::Coarse)];
                policy.rules.extend(more.into_iter().map(|says| Rule { number: 0, scope: Scope::Everything, says }));
                Policy::default().followed_by(policy)
            }
        }
    }
}

impl fmt::Display for Preset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Preset {
    type Err = UnknownPreset;
    fn from_str(text: &str) -> Result<Self, UnknownPreset> {
        Preset::ALL.into_iter().find(|preset| preset.name() == text).ok_or(UnknownPreset)
    }
}

impl Policy {
    /// The preset of a small shop: people decide every step; approvers most, experts on viability, signers on what binds. What they
    /// let go is told as it is.
    pub fn small_shop() -> Policy {
        Policy::deciding(&[
            (None, Permission::Ask([Role::Approver, Role::Owner].into())),
            (Some(Step::Viable), Permission::Ask([Role::Expert].into())),
            (Some(Step::Sign), Permission::Ask([Role::Signer].into())),
        ])
    }

    /// The preset of a plant: as in a small shop, and two people sign; people's hours and expertise are offered by name, with that
    /// person's consent and the employer's release.
    pub fn plant() -> Policy {
        let mut policy = Policy::deciding(&[
            (None, Permission::Ask([Role::Approver].into())),
            (Some(Step::Advertise), Permission::Ask([Role::Approver, Role::Owner].into())),
            (Some(Step::Viable), Permission::Ask([Role::Expert].into())),
            (Some(Step::Sign), Permission::Two([Role::Signer].into())),
        ]);
        let named = [ResourceClass::PersonHours, ResourceClass::Expertise].map(Scope::Class);
        policy.rules.extend(named.map(|scope| Rule { number: 0, scope, says: Says::Named }));
        Policy::default().followed_by(policy)
    }

    /// People decide by these rules for everything, and what they let go is told as it is.
    pub fn deciding(who: &[(Option<Step>, Permission)]) -> Policy {
        let decide = |(step, permission): &(Option<Step>, Permission)| Rule {
            number: 0,
            scope: Scope::Everything,
            says: Says::Decide { step: *step, permission: permission.clone() },
        };
        let mut rules: Vec<Rule> = who.iter().map(decide).collect();
        rules.push(Rule::tells_everything());
        Policy::default().followed_by(Policy { rules, ..Policy::default() })
    }
}

impl Rule {
    /// What a person lets go is told as it is. Without a number yet.
    pub fn tells_everything() -> Rule {
        Rule {
            number: 0,
            scope: Scope::Everything,
            says: Says::Tell { step: None, fields: Vec::new(), detail: Detail::Exactly },
        }
    }
}
