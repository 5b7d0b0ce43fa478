//! Who may ask for what: the table of commands and roles (`POL-4`).
//!
//! ```text
//!                       owner  planner  approver  executor  security   everybody else
//!   set up this node,
//!   change its keys     only the operator of this computer
//!   govern, change
//!   knowledge packs       x
//!   enrol or revoke
//!   an owner              x
//!   enrol, revoke         x                                    x
//!   enter, advertise,
//!   withdraw              x      x         x
//!   contact               x      x         x
//!   draft questions and
//!   answers of the talk   x      x         x
//!   propose terms         x      x         x
//!   hold or move hours    x      x         x         x
//!   write down work       x      x         x         x                   expert
//!   report the outcome    x      x         x         x
//!   issue and cancel
//!   invoices              x      x         x
//!   close a deal          x                x
//!   take the employer's
//!   release back          x                x
//!   take the own
//!   consent back        only the person who is offered
//!   say why one
//!   declined            whoever declined
//!   name a deputy, end
//!   that              whoever hands something over, under their own signature
//! ```
//!
//! Who may let something leave may also write it down, so approvers draft. A close is told to the other side without a further
//! decision, so planners do not close. Signers, experts and auditors decide or look; they ask for
//! nothing, but that an expert takes back what the expert alone gave and writes down what the expert did.

use core::fmt;
use protocol::vocabulary::Role;
use serde::{Deserialize, Serialize};

/// What can be asked for, as far as roles matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asking {
    /// Found the firm, take in changes of its keys, join a network, say where the node listens.
    SetUp,
    /// Put a policy into force.
    Govern,
    /// Bring a knowledge pack into force or take it out.
    Know,
    /// Enter a person into the register, change roles, or let a person go.
    Enrol,
    /// Make somebody an owner, change an owner's entry, or let an owner go.
    EnrolOwner,
    /// Enter a resource or need.
    Enter,
    /// Take a resource or need back.
    Withdraw,
    /// Ask whether to write to a matched advert.
    Contact,
    /// Draft questions and answers before names.
    Talk,
    /// Draft terms.
    Propose,
    /// Hold hours for a deal, move them or let them go.
    Book,
    /// Write down what was done.
    WriteDown,
    /// Say how an engagement ended.
    Report,
    /// Issue and cancel invoices.
    Bill,
    /// End a deal before anything binds.
    Close,
    /// Name a deputy, or end it.
    Deputise,
    /// Say why one declined a question.
    Explain,
    /// Take the own consent to be offered back.
    TakeBack,
    /// Take the employer's release of somebody back.
    Recall,
}

impl Asking {
    /// All of them.
    pub const ALL: [Asking; 19] = [
        Asking::SetUp,
        Asking::Govern,
        Asking::Know,
        Asking::Enrol,
        Asking::EnrolOwner,
        Asking::Enter,
        Asking::Withdraw,
        Asking::Contact,
        Asking::Talk,
        Asking::Propose,
        Asking::Book,
        Asking::WriteDown,
        Asking::Report,
        Asking::Bill,
        Asking::Close,
        Asking::Deputise,
        Asking::Explain,
        Asking::TakeBack,
        Asking::Recall,
    ];

    /// Roles that may ask for it; nobody for what only the operator of this computer may (`POL-4`).
    pub const fn roles(self) -> &'static [Role] {
        match self {
            Asking::SetUp => &[],
            Asking::Govern | Asking::Know | Asking::EnrolOwner => &[Role::Owner],
            Asking::Enrol => &[Role::Owner, Role::Security],
            Asking::Enter | Asking::Withdraw | Asking::Contact | Asking::Talk | Asking::Propose | Asking::Bill => {
                &[Role::Owner, Role::Planner, Role::Approver]
            }
            Asking::Book | Asking::Report => &[Role::Owner, Role::Planner, Role::Approver, Role::Executor],
            Asking::WriteDown => &[Role::Owner, Role::Planner, Role::Approver, Role::Executor, Role::Expert],
            Asking::Close | Asking::Recall => &[Role::Owner, Role::Approver],
            Asking::Deputise | Asking::Explain => Role::ALL,
            Asking::TakeBack => &[Role::Expert],
        }
    }

    /// Its name, as pages and reports know it.
    pub const fn name(self) -> &'static str {
        match self {
            Asking::SetUp => "set-up",
            Asking::Govern => "govern",
            Asking::Know => "know",
            Asking::Enrol => "enrol",
            Asking::EnrolOwner => "enrol-owner",
            Asking::Enter => "enter",
            Asking::Withdraw => "withdraw",
            Asking::Contact => "contact",
            Asking::Talk => "talk",
            Asking::Propose => "propose",
            Asking::Book => "book",
            Asking::WriteDown => "write-down",
            Asking::Report => "report",
            Asking::Bill => "bill",
            Asking::Close => "close",
            Asking::Deputise => "deputise",
            Asking::Explain => "explain",
            Asking::TakeBack => "take-back",
            Asking::Recall => "recall",
        }
    }
}

impl fmt::Display for Asking {
    /// As the end of "you may not …".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Asking::SetUp => "set up this node",
            Asking::Govern => "change the policy",
            Asking::Know => "add or remove knowledge packs",
            Asking::Enrol => "enrol people or revoke their keys",
            Asking::EnrolOwner => "enrol an owner or revoke an owner's key",
            Asking::Enter => "enter a resource or need",
            Asking::Withdraw => "withdraw a resource or need",
            Asking::Contact => "ask whether to write to somebody",
            Asking::Talk => "draft questions and answers",
            Asking::Propose => "propose terms",
            Asking::Book => "hold or move hours",
            Asking::WriteDown => "write down what was done",
            Asking::Report => "report an outcome",
            Asking::Bill => "issue or cancel an invoice",
            Asking::Close => "end a deal",
            Asking::Deputise => "name a deputy",
            Asking::Explain => "say why a question was declined",
            Asking::TakeBack => "take somebody's consent back",
            Asking::Recall => "take a release back",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Role::{Approver, Auditor, Executor, Expert, Owner, Planner, Security, Signer};

    #[test]
    fn the_whole_table_of_commands_and_roles_holds() {
        // POL-4, written out once more, role by role.
        let may = |role: Role| -> std::vec::Vec<Asking> {
            let all = Asking::ALL.into_iter().filter(|asking| ![Asking::Explain, Asking::Deputise].contains(asking));
            all.filter(|asking| asking.roles().contains(&role)).collect()
        };
        assert_eq!(Asking::Explain.roles(), Role::ALL, "whoever may decide may say why not");
        let drafts = [
            Asking::Enter,
            Asking::Withdraw,
            Asking::Contact,
            Asking::Talk,
            Asking::Propose,
            Asking::Book,
            Asking::WriteDown,
            Asking::Report,
            Asking::Bill,
        ];
        assert_eq!(may(Planner), drafts);
        assert_eq!(may(Approver)[..9], drafts);
        assert_eq!(may(Approver)[9..], [Asking::Close, Asking::Recall]);
        assert_eq!(may(Executor), [Asking::Book, Asking::WriteDown, Asking::Report]);
        assert_eq!(may(Security), [Asking::Enrol]);
        let others = [Asking::TakeBack, Asking::Explain, Asking::Deputise];
        let all = Asking::ALL[1..].iter().copied().filter(|asking| !others.contains(asking));
        assert!(all.eq(may(Owner)), "everything that a person may ask for, but what is an expert's own");
        assert_eq!(may(Expert), [Asking::WriteDown, Asking::TakeBack]);
        for looks_only in [Signer, Auditor] {
            assert_eq!(may(looks_only), []);
        }
        assert_eq!(Role::ALL.len(), 8, "a new role stands in no row until somebody decides so");
    }
}
