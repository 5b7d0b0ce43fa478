//! `POL-1` to `POL-3`, `POL-8` to `POL-10`, `DEP-4`, `AUD-1`: nothing leaves but what the policy lets leave, on the say of those whom
//! it names, and every field of it has a row.
//!
//! The checker reads journals only. It keeps each version of each firm's policy and reads the rules in its own plain way: all of
//! them, one after the other, for every field of every row. Then it asks
//!
//! - of every yes: whether each field that it let go has a row;
//! - of every row: whether its rules are those that decide and let the field go;
//! - of every name that was shown: whether it is excluded;
//! - of every word of a stranger that a person was asked about: whether it says a conflict class that is avoided;
//! - of every answer about which nobody was asked: whether a standing rule of that day had one left for what fits so;
//! - of every name that was told by a side that asked to be second: whether it had seen the other's before.

use super::named::Named;
use crate::party::{Party, Record};
use crate::world::{CommitSeen, Findings, Witness};
use firm::approvals::{self, Approval, Ruled, Status, Subject};
use firm::audit::{self, Row};
use firm::matching::Band;
use firm::policy::{self, Detail, Permission, Policy, Rule, Rulebook, Says, Scope};
use firm::record::Event;
use firm::{deals, market, profile, register};
use protocol::check::Record as Gossiped;
use protocol::dialogue::{Field, Message, Step};
use protocol::id::{ApprovalId, DealId, ItemId, RecordId};
use protocol::text::Name;
use protocol::time::{DAY_MS, UnixMs};
use protocol::vocabulary::{ConflictClass, Process, ResourceClass, Role};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What one firm's journal said so far.
#[derive(Default)]
struct Account {
    versions: BTreeMap<u32, Policy>,
    roles: BTreeMap<String, Vec<Role>>,
    items: BTreeMap<ItemId, (ResourceClass, Process)>,
    asked: BTreeMap<ApprovalId, Approval>,
    named: Named,
    /// Whose hands the first yes came from.
    agreed: BTreeMap<ApprovalId, Vec<String>>,
    escalated: BTreeSet<ApprovalId>,
    /// What standing rules answered.
    ruled: BTreeMap<ApprovalId, Ruled>,
    adverts: BTreeMap<RecordId, Vec<ConflictClass>>,
    deals: BTreeMap<DealId, Negotiated>,
    rows: BTreeSet<(ApprovalId, Field)>,
}

/// What matters of one deal.
struct Negotiated {
    item: ItemId,
    fit: Band,
    /// Whether this side, the other side asked to be second.
    second: [bool; 2],
    saw_a_name: bool,
}

/// Finds what left against the policy.
#[derive(Default)]
pub struct PolicyKept {
    nodes: BTreeMap<u32, Account>,
    judged: u64,
}

impl Account {
    /// Takes in what happened, and says what is wrong with it.
    fn follow(&mut self, event: &Event) -> Vec<String> {
        match event {
            Event::Policy(event) => self.enacted(event),
            Event::Register(register::Event::Enrolled(person)) => {
                self.roles.insert(person.id.to_string(), person.roles().to_vec());
            }
            Event::Profile(profile::Event::Confided(item)) => {
                self.items.insert(item.id, (item.draft.class, item.draft.process));
            }
            Event::Market(market::Event::Placed { record, .. }) => {
                if let Gossiped::Advert(advert) = record.0.record() {
                    self.adverts.insert(record.0.id(), advert.body.facts.conflict_classes.clone());
                }
            }
            Event::Deputies(event) => self.named.follow(event),
            Event::Approvals(approvals::Event::Asked(approval)) => {
                self.asked.insert(approval.id, (**approval).clone());
                if let Subject::Interest { advert, .. } = &approval.subject {
                    let classes = self.adverts.get(advert).map_or(&[][..], Vec::as_slice);
                    return self.spared(approval.summary.item, classes).err().into_iter().collect();
                }
            }
            Event::Approvals(approvals::Event::Agreed { approval, agreed }) => {
                let hands = [Some(&agreed.by), agreed.for_whom.as_ref()];
                self.agreed.insert(*approval, hands.into_iter().flatten().map(ToString::to_string).collect());
            }
            Event::Approvals(approvals::Event::Escalated { approval, .. }) => drop(self.escalated.insert(*approval)),
            Event::Approvals(approvals::Event::Decided { approval, status: Status::Approved(by, at), .. }) => {
                return self.decided(*approval, by.as_str(), *at).err().into_iter().collect();
            }
            Event::Approvals(approvals::Event::Ruled { approval, ruled }) => {
                return self.answered(*approval, ruled).err().into_iter().collect();
            }
            Event::Audit(audit::Event::Left(rows)) => {
                return rows.iter().filter_map(|row| self.left(row).err()).collect();
            }
            Event::Deals(event) => return self.negotiated(event).err().into_iter().collect(),
            _ => {}
        }
        Vec::new()
    }

    fn enacted(&mut self, event: &policy::Event) {
        // What an older journal left unsaid is written out as it is taken in.
        let mut book = Rulebook::default();
        book.apply(event);
        self.versions.insert(book.policy().version, book.policy().clone());
    }

    fn in_force(&self) -> Option<&Policy> {
        self.versions.last_key_value().map(|(_, policy)| policy)
    }

    /// The rule that decides by plain reading, and what it says.
    fn deciding<'a, W: Ord>(
        &self,
        policy: &'a Policy,
        item: ItemId,
        weight: impl Fn(&Says) -> Option<W>,
    ) -> Result<Option<&'a Rule>, String> {
        let mut best: Option<((u8, W), &Rule)> = None;
        for rule in &policy.rules {
            let Some(particular) = self.particular(rule.scope, item)? else { continue };
            let Some(weight) = weight(&rule.says) else { continue };
            if best.as_ref().is_none_or(|(other, _)| (particular, &weight) > (other.0, &other.1)) {
                best = Some(((particular, weight), rule));
            }
        }
        Ok(best.map(|(_, rule)| rule))
    }

    /// How particularly a scope is about an item, if it is.
    fn particular(&self, scope: Scope, item: ItemId) -> Result<Option<u8>, String> {
        let (class, work) = self.items.get(&item).ok_or_else(|| format!("{item} was never entered"))?;
        Ok(match scope {
            Scope::Everything => Some(0),
            Scope::Class(of) if of == *class => Some(1),
            Scope::Work(of) if of == *work => Some(2),
            Scope::Item(of) if of == item => Some(3),
            _ => None,
        })
    }

    fn who(&self, policy: &Policy, item: ItemId, step: Step) -> Result<(u32, Permission), String> {
        let rule = self.deciding(policy, item, |says| match says {
            Says::Decide { step: of, permission } if of.is_none_or(|of| of == step) => {
                let strictness = match permission {
                    Permission::Ask(_) => 0,
                    Permission::Two(_) => 1,
                    Permission::Deny => 2,
                };
                Some((of.is_some(), strictness))
            }
            _ => None,
        })?;
        match rule.map(|rule| (rule.number, &rule.says)) {
            Some((number, Says::Decide { permission, .. })) => Ok((number, permission.clone())),
            _ => Err(format!("no rule says who decides {step}")),
        }
    }

    fn told(&self, policy: &Policy, item: ItemId, step: Step, field: Field) -> Result<u32, String> {
        let rule = self.deciding(policy, item, |says| match says {
            Says::Tell { step: of, fields, detail } if of.is_none_or(|of| of == step) => {
                let named = fields.contains(&field);
                (named || fields.is_empty()).then_some((named, of.is_some(), *detail))
            }
            _ => None,
        })?;
        match rule.map(|rule| (rule.number, &rule.says)) {
            Some((number, Says::Tell { detail: Detail::Exactly | Detail::Band, .. })) => Ok(number),
            _ => Err(format!("no rule lets {field} be told at {step}")),
        }
    }

    /// Who may decide besides, once a question waited.
    fn besides(&self, policy: &Policy, item: ItemId, step: Step) -> Result<Vec<Role>, String> {
        let rule = self.deciding(policy, item, |says| match says {
            Says::Escalate { step: of, days, .. } if of.is_none_or(|of| of == step) => Some((of.is_some(), *days)),
            _ => None,
        })?;
        Ok(match rule.map(|rule| &rule.says) {
            Some(Says::Escalate { to, .. }) => to.clone(),
            _ => Vec::new(),
        })
    }

    /// Whether the standing rule of this moment had an answer left for what fits so, where one person might have decided.
    fn answered(&mut self, id: ApprovalId, ruled: &Ruled) -> Result<(), String> {
        let asked = self.asked.get(&id).ok_or("an answer to nothing that was asked")?;
        let (item, step, deal) = (asked.summary.item, asked.summary.step, asked.summary.deal);
        let policy = self.in_force().ok_or("an answer of a firm without a policy")?;
        let (_, permission) = self.who(policy, item, step)?;
        if !matches!(permission, Permission::Ask(_)) {
            return Err("answered without asking what is denied or needs two".into());
        }
        let rule = self.deciding(policy, item, |says| match says {
            Says::Standing { fit, weekly, until } => Some((Reverse(*weekly), *fit, Reverse(*until))),
            _ => None,
        })?;
        let Some(Rule { number, scope, says: Says::Standing { fit, weekly, until } }) = rule else {
            return Err("answered without asking and without a standing rule".into());
        };
        if (ruled.because.rule, ruled.because.version) != (Some(*number), policy.version) {
            return Err(format!("answered by a rule that is not the standing rule {number}"));
        }
        if ruled.at.day() > *until {
            return Err(format!("answered without asking after {until}"));
        }
        if deal.and_then(|deal| self.deals.get(&deal)).is_none_or(|deal| deal.fit < *fit) {
            return Err("answered without asking what fits less than the rule wants".into());
        }
        let mut given = 0;
        for (other, earlier) in &self.ruled {
            let about = self.asked.get(other).map(|asked| self.particular(*scope, asked.summary.item)).transpose()?;
            given += u32::from(about.flatten().is_some() && ruled.at.0.saturating_sub(earlier.at.0) < 7 * DAY_MS);
        }
        if given >= *weekly {
            return Err(format!("answered without asking, after {given} in seven days"));
        }
        self.ruled.insert(id, ruled.clone());
        Ok(())
    }

    /// Whether no rule avoids whoever says these conflict classes.
    fn spared(&self, item: ItemId, said: &[ConflictClass]) -> Result<(), String> {
        let Some(policy) = self.in_force() else { return Ok(()) };
        let avoids = |says: &Says| match says {
            Says::Avoid(classes) => classes.iter().any(|class| said.contains(class)).then_some(()),
            _ => None,
        };
        match self.deciding(policy, item, avoids)? {
            Some(_) => Err("a conflict class that the policy avoids reached a person".into()),
            None => Ok(()),
        }
    }

    fn holds(&self, person: &str, role: Role) -> bool {
        self.roles.get(person).is_some_and(|held| held.contains(&role))
    }

    /// Whose hands a yes comes from: somebody's own, or a deputy's and those of whoever named the deputy.
    fn hands<'a>(&'a self, by: &'a str, roles: &[Role], at: UnixMs) -> Option<Vec<&'a str>> {
        if roles.iter().any(|role| self.holds(by, *role)) {
            return Some(vec![by]);
        }
        let counts = |role: &&Role| roles.contains(role);
        let mut handed = self.named.to(by, at);
        let found = handed.find(|one| one.roles.iter().filter(counts).any(|role| self.holds(one.by.as_str(), *role)));
        found.map(|one| vec![by, one.by.as_str()])
    }

    /// Whether the policy of this moment names whoever said yes, and a second person where it wants two.
    fn decided(&self, id: ApprovalId, by: &str, at: UnixMs) -> Result<(), String> {
        let asked = self.asked.get(&id).ok_or("a yes to nothing that was asked")?;
        if asked.summary.step == Step::OwnConsent {
            // No rule names who gives it: `LentBeforeOffered` looks who did.
            return Ok(());
        }
        let policy = self.in_force().ok_or("a yes of a firm without a policy")?;
        let (_, permission) = self.who(policy, asked.summary.item, asked.summary.step)?;
        let (mut roles, two) = match permission {
            Permission::Ask(roles) => (roles, false),
            Permission::Two(roles) => (roles, true),
            Permission::Deny => return Err(format!("{by} said yes to {}, which is denied", asked.summary.step)),
        };
        if self.escalated.contains(&id) {
            roles.extend(self.besides(policy, asked.summary.item, asked.summary.step)?);
        }
        if asked.summary.exposure.is_some_and(firm::composer::Exposure::needs_owner) {
            roles = vec![Role::Owner];
        }
        let others = || format!("{by} said yes to {}, for which the policy names others", asked.summary.step);
        let hands = self.hands(by, &roles, at).ok_or_else(others)?;
        match self.agreed.get(&id) {
            Some(first) if first.iter().all(|hand| !hands.contains(&hand.as_str())) => Ok(()),
            _ if two => Err(format!("{by} alone said yes to {}, for which two must", asked.summary.step)),
            _ => Ok(()),
        }
    }

    /// Whether the rules that a row names are those that let its field go.
    fn left(&mut self, row: &Row) -> Result<(), String> {
        self.rows.insert((row.approval, row.field));
        let asked = self.asked.get(&row.approval).ok_or("a row of nothing that was asked")?;
        let policy = self.versions.get(&row.policy_version).ok_or("a row of a policy that never was")?;
        if row.policy != Some(policy.hash()) {
            return Err(format!("the row of {} names another policy", row.field));
        }
        if row.standing != self.ruled.get(&row.approval).and_then(|ruled| ruled.because.rule) {
            return Err(format!("the row of {} names standing rule {:?}", row.field, row.standing));
        }
        let item = asked.summary.item;
        let (decides, _) = self.who(policy, item, row.step)?;
        let tells = self.told(policy, item, row.step, row.field)?;
        if (row.rule, row.told_by) != (Some(decides), Some(tells)) {
            let said = (row.rule, row.told_by);
            return Err(format!("the row of {} names rules {said:?} for {:?}", row.field, (decides, tells)));
        }
        Ok(())
    }

    fn negotiated(&mut self, event: &deals::Event) -> Result<(), String> {
        match event {
            deals::Event::Opened { deal, item, report, .. } => {
                let begun = Negotiated { item: *item, fit: report.band, second: [false; 2], saw_a_name: false };
                self.deals.insert(*deal, begun);
            }
            deals::Event::Said { deal, plaintext, .. } => {
                let Some(known) = self.deals.get_mut(deal) else { return Ok(()) };
                match Message::from_bytes(&plaintext.0) {
                    Ok(Message::OptIn(said)) => known.second[0] = said.body.turn.is_some(),
                    Ok(Message::Key(_)) if known.second == [true, false] && !known.saw_a_name => {
                        return Err("a side that asked to be second told its name first".into());
                    }
                    _ => {}
                }
            }
            deals::Event::Told { deal, plaintext, .. } => {
                let Some(known) = self.deals.get_mut(deal) else { return Ok(()) };
                let item = known.item;
                match Message::from_bytes(&plaintext.0) {
                    Ok(Message::OptIn(said)) => known.second[1] = said.body.turn.is_some(),
                    Ok(Message::Interest(said)) => return self.spared(item, said.brief.conflict_classes()),
                    Ok(Message::Answer(said)) => return self.spared(item, said.conflict_classes()),
                    _ => {}
                }
            }
            deals::Event::Revealed { deal, identity, .. } => {
                let Some(known) = self.deals.get_mut(deal) else { return Ok(()) };
                known.saw_a_name = true;
                let item = known.item;
                let (name, policy) = (&identity.membership.body.legal_name, self.in_force());
                let excluded =
                    policy.map(|policy| self.deciding(policy, item, |says| excludes(says, name))).transpose()?;
                if excluded.flatten().is_some() {
                    return Err("a name that the policy excludes was shown".into());
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Fields that a yes let go and that have no row.
    fn without_row(&self, approval: &ApprovalId) -> Vec<String> {
        let leaves = self.asked.get(approval).map(|asked| asked.summary.leaves.clone()).unwrap_or_default();
        let missing = leaves.into_iter().filter(|(field, _)| !self.rows.contains(&(*approval, *field)));
        missing.map(|(field, _)| format!("{field} left and has no row")).collect()
    }
}

fn excludes(says: &Says, name: &Name) -> Option<()> {
    let plain =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    matches!(says, Says::Exclude(excluded) if plain(excluded.as_str()) == plain(name.as_str())).then_some(())
}

impl Witness<Party> for PolicyKept {
    fn name(&self) -> &'static str {
        "policy_kept"
    }

    fn committed(&mut self, seen: &CommitSeen<'_, Party>, found: &mut Findings) {
        let account = self.nodes.entry(seen.place.node.0).or_default();
        let mut approved = Vec::new();
        for record in seen.records {
            let Record::Firm(record) = record else { continue };
            account.follow(&record.event).into_iter().for_each(|what| found.add(seen.place, what));
            if let Event::Approvals(
                approvals::Event::Decided { approval, status: Status::Approved(..), .. }
                | approvals::Event::Ruled { approval, .. },
            ) = &record.event
            {
                approved.push(*approval);
            }
        }
        for approval in approved {
            self.judged += 1;
            account.without_row(&approval).into_iter().for_each(|what| found.add(seen.place, what));
        }
    }

    fn counts(&self) -> Vec<(&'static str, u64)> {
        vec![("yeses_judged_by_policy", self.judged)]
    }
}

#[cfg(test)]
mod tests;
