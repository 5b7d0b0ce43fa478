//! Promise 2: no person's decision is implied.
//!
//! The checker reads journals only. It keeps its own register, its own questions and its own list of decisions, each judged
//! again from the signature up, a deputy's by what was handed over, an answer under a standing rule by the owner's signature over that
//! rule, and then asks of every word that discloses or binds: which decision let exactly this go?
//! A word and its decision are made in one turn and become durable in one commit; a word without one is a violation.

use super::named::Named;
use crate::party::{Party, Record};
use crate::world::{CommitSeen, Findings, Place, Witness};
use firm::approvals::{self, Approval, Ruled, Status, Subject};
use firm::policy::{self, Policy, Says};
use firm::record::Event;
use firm::{deals, identity, market, register};
use protocol::check::Record as Gossiped;
use protocol::decision::{BadDecision, Decision, Question, Verdict};
use protocol::dialogue::{Message, Step};
use protocol::firm_id::{About, PersonCertificate, SignedPerson};
use protocol::id::{ApprovalId, DealId, FirmId, NetworkId, OperatingKey, PersonKey, RecordId};
use protocol::sign::verify;
use protocol::standing::RULES_LABEL;
use protocol::time::UnixMs;
use protocol::vocabulary::Role;
use std::collections::BTreeMap;

/// What one firm's journal said so far.
#[derive(Default)]
struct Account {
    operating: Option<OperatingKey>,
    network: Option<NetworkId>,
    firm: Option<FirmId>,
    policy: Option<Policy>,
    people: BTreeMap<PersonKey, (String, SignedPerson)>,
    named: Named,
    asked: BTreeMap<ApprovalId, Approval>,
    /// Who may decide a question that waited, by role.
    escalated: BTreeMap<ApprovalId, Vec<Role>>,
    approved: Vec<Approval>,
    declined: Vec<Approval>,
    adverts: BTreeMap<RecordId, protocol::facts::Facts>,
}

/// Finds words that no person let go.
#[derive(Default)]
pub struct ApprovalNeverImplied {
    nodes: BTreeMap<u32, Account>,
    judged: u64,
    words: u64,
}

impl Account {
    /// Takes in what is no word; says why a decision does not hold.
    fn follow(&mut self, event: &Event) -> Option<Result<(), String>> {
        match event {
            Event::Identity(identity::Event::Founded { inception, .. }) => {
                self.operating = Some(inception.body.operating);
                self.firm = Some(inception.body.firm());
            }
            Event::Identity(identity::Event::Joined { welcome, .. }) => self.network = Some(welcome.genesis.id()),
            Event::Register(register::Event::Enrolled(person)) => {
                let entry = (person.id.to_string(), person.certificate.clone());
                self.people.insert(person.certificate.body.person, entry);
            }
            Event::Register(register::Event::Revoked(key)) => drop(self.people.remove(key)),
            Event::Deputies(event) => self.named.follow(event),
            Event::Policy(policy::Event::Enacted(policy)) => self.policy = Some((**policy).clone()),
            Event::Approvals(approvals::Event::Ruled { approval, ruled }) => return Some(self.ruled(approval, ruled)),
            Event::Approvals(approvals::Event::Asked(approval)) => {
                self.asked.insert(approval.id, (**approval).clone());
            }
            Event::Approvals(approvals::Event::Escalated { approval, escalated }) => {
                self.escalated.insert(*approval, escalated.roles.clone());
            }
            Event::Approvals(approvals::Event::Decided { approval, status, decision }) => {
                let (verdict, by, at) = match status {
                    Status::Approved(by, at) => (Verdict::Approve, by, *at),
                    Status::Declined(by, at) => (Verdict::Decline, by, *at),
                    _ => return Some(Err("a decision that says neither yes nor no".to_owned())),
                };
                return Some(self.decided(approval, (by.as_str(), verdict), at, decision));
            }
            Event::Market(market::Event::Placed { record, .. }) => {
                if let Gossiped::Advert(advert) = record.0.record() {
                    self.adverts.insert(record.0.id(), advert.body.facts.clone());
                }
            }
            _ => {}
        }
        None
    }

    fn decided(
        &mut self,
        id: &ApprovalId,
        (by, said): (&str, Verdict),
        at: UnixMs,
        decision: &Decision,
    ) -> Result<(), String> {
        let asked = self.asked.get(id).ok_or_else(|| format!("decision on {id:?}, which was never asked"))?;
        let (Some(network), Some(firm)) = (self.network, self.operating) else {
            return Err("a decision of a firm without a network".to_owned());
        };
        let (person, certificate) =
            self.people.get(&decision.person).ok_or_else(|| format!("{by} is not in the register"))?;
        if person != by {
            return Err(format!("the decision that is put down to {by} is {person}'s"));
        }
        let question = Question {
            network,
            approval: *id,
            summary: asked.summary.hash(),
            bytes: asked.subject.bytes_hash(),
            lapses: asked.summary.lapses,
            roles: self.escalated.get(id).unwrap_or(&asked.summary.roles),
            firm,
            about: About { class: Some(asked.summary.class), amount: asked.summary.amount },
        };
        let verdict = match decision.judge(&question, certificate, at) {
            // What was signed is judged as if by their own right, and that right is a principal's.
            Err(BadDecision::NotEntitled) if self.deputises(person, asked.summary.step, &question, at) => {
                let own = Question { roles: &certificate.body.roles, about: About::default(), ..question };
                decision.judge(&own, certificate, at)
            }
            verdict => verdict,
        };
        match verdict {
            Ok(verdict) if verdict == said => {
                let list = if said == Verdict::Approve { &mut self.approved } else { &mut self.declined };
                list.push(asked.clone());
                Ok(())
            }
            Ok(verdict) => Err(format!("{by} said {verdict:?} on {:?}, which counts as {said:?}", asked.summary.step)),
            Err(why) => Err(format!("the decision of {by} on {:?} does not hold: {why}", asked.summary.step)),
        }
    }

    /// Whether an owner had signed the rule by which nobody was asked, and it let an answer go and nothing else (`DEC-4`).
    fn ruled(&mut self, id: &ApprovalId, ruled: &Ruled) -> Result<(), String> {
        let asked = self.asked.get(id).ok_or_else(|| format!("a rule for {id:?}, which was never asked"))?;
        if !matches!(asked.subject, Subject::Answer(_)) {
            return Err(format!("a standing rule let {} go", asked.summary.step));
        }
        let policy = self.policy.as_ref().filter(|policy| policy.version == ruled.because.version);
        let (policy, firm) = policy.zip(self.firm).ok_or("a standing rule of a version that is not in force")?;
        let rule = ruled.because.rule.and_then(|rule| policy.rule(rule));
        if !rule.is_some_and(|rule| matches!(rule.says, Says::Standing { .. })) {
            return Err("no standing rule let this answer go".to_owned());
        }
        let word = policy.word.as_ref().ok_or("a standing rule that nobody signed")?;
        let (person, certificate) = self.people.get(&word.by).ok_or("a standing rule of somebody who left")?;
        let signed = verify(RULES_LABEL, &word.said(firm, policy), &word.by, &word.signature).is_ok();
        let body = self.operating.and_then(|operating| certificate.verify(&operating).ok());
        let is_owner = body.is_some_and(|body| {
            let about = About { class: Some(asked.summary.class), amount: None };
            body.roles.contains(&Role::Owner) && body.covers(&about) && ruled.at.day() <= body.expires
        });
        if !signed || !is_owner || *person != ruled.by.to_string() {
            return Err(format!("the standing rule is not the word of {} as an owner", ruled.by));
        }
        self.approved.push(asked.clone());
        Ok(())
    }

    /// Whether somebody decides in the right of whoever named them (`DEP-1` to `DEP-3`).
    fn deputises(&self, person: &str, step: Step, question: &Question<'_>, at: UnixMs) -> bool {
        let counts = |handed: &PersonCertificate| {
            handed.covers(&question.about) && handed.roles.iter().any(|role| question.roles.contains(role))
        };
        let mut handed = self.named.to(person, at);
        step != Step::OwnConsent
            && handed.any(|one| {
                let Some((by, own)) = self.people.get(&one.key).map(|(by, own)| (by, &own.body)) else { return false };
                let (roles, scope, limit) = (one.roles.clone(), one.scope.clone(), one.limit);
                let handed = PersonCertificate { roles, scope, limit, ..own.clone() };
                *by == one.by.to_string()
                    && at.day() <= own.expires
                    && counts(own)
                    && counts(&handed)
                    && one.roles.iter().all(|role| own.roles.contains(role))
            })
    }

    /// Which step's decision is missing for a word, if any.
    fn unapproved(&self, event: &Event) -> Option<String> {
        match event {
            Event::Deals(deals::Event::Said { deal, plaintext, .. }) => {
                let message = Message::from_bytes(&plaintext.0).map_err(|why| format!("unreadable words: {why}"));
                match message {
                    Ok(message) if self.approves(*deal, &message) => None,
                    Ok(message) => Some(format!("nobody decided on {}", name(&message))),
                    Err(why) => Some(why),
                }
            }
            Event::Market(market::Event::Advertised(own)) => {
                let facts = self.adverts.get(&own.record);
                let approved = self.approved.iter().any(
                    |approval| matches!(&approval.subject, Subject::Advertise(said) if Some(said) == facts && approval.summary.item == own.item),
                );
                (!approved).then(|| "nobody decided on an advert".to_owned())
            }
            _ => None,
        }
    }

    fn approves(&self, deal: DealId, message: &Message) -> bool {
        let in_deal = |approval: &&Approval| approval.summary.deal == Some(deal);
        let in_deal = || self.approved.iter().filter(in_deal);
        let consents = |step| {
            in_deal().any(
                |one| matches!(&one.subject, Subject::Consent(consent) if consent.deal == deal && consent.step == step),
            )
        };
        match message {
            Message::Interest(interest) => self.approved.iter().any(
                |one| matches!(&one.subject, Subject::Interest { advert, brief } if *advert == interest.advert && *brief == interest.brief),
            ),
            Message::Answer(said) => in_deal().any(|one| matches!(&one.subject, Subject::Answer(brief) if brief == said)),
            Message::Ask(said) => in_deal().any(|one| matches!(&one.subject, Subject::Ask(ask) if ask == said)),
            Message::Reply(said) => in_deal().any(|one| matches!(&one.subject, Subject::Reply(reply) if reply == said)),
            Message::Viable(consent) => consents(consent.step),
            Message::OptIn(said) => {
                in_deal().any(|one| matches!(&one.subject, Subject::OptIn { draft, .. } if draft.opt_in == said.body))
            }
            // The lock and its key are what a person let go by opting in.
            Message::Locked(_) => in_deal().any(|one| matches!(one.subject, Subject::OptIn { .. })),
            Message::Key(said) => {
                in_deal().any(|one| matches!(&one.subject, Subject::OptIn { key, .. } if *key == said.key))
            }
            Message::Terms(said) => in_deal().any(|one| matches!(&one.subject, Subject::Terms(terms) if terms == said)),
            Message::Act(said) => in_deal().any(|one| matches!(&one.subject, Subject::Act(act) if *act == said.act)),
            Message::Started(_) => consents(Step::Start),
            Message::Outcome(said) => {
                in_deal().any(|one| matches!(&one.subject, Subject::Outcome(receipt) if *receipt == said.receipt))
            }
            Message::Docket(said) => {
                in_deal().any(|one| matches!(&one.subject, Subject::Docket(docket) if *docket == said.docket))
            }
            Message::Countersign(said) => in_deal()
                .any(|one| matches!(&one.subject, Subject::Countersign(word) if *word == said.countersignature)),
            // A no to exactly that docket.
            Message::Contest(docket) => self.declined.iter().filter(|one| one.summary.deal == Some(deal)).any(
                |one| matches!(&one.subject, Subject::Countersign(word) if word.docket == *docket),
            ),
            // Gives away nothing but that it is over, or what a root key signed for everybody who knows the firm, or how a firm that
            // told its carrier is reached from now on.
            Message::Close(_) | Message::Keys(_) | Message::Whereabouts(_) => true,
        }
    }
}

impl Witness<Party> for ApprovalNeverImplied {
    fn name(&self) -> &'static str {
        "approval_never_implied"
    }

    fn committed(&mut self, seen: &CommitSeen<'_, Party>, found: &mut Findings) {
        let account = self.nodes.entry(seen.place.node.0).or_default();
        let events = || {
            seen.records.iter().filter_map(|record| match record {
                Record::Firm(record) => Some(&record.event),
                Record::Sponsor(_) => None,
            })
        };
        let mut say = |place: Place, what: String| found.add(place, what);
        for event in events() {
            match account.follow(event) {
                Some(Ok(())) => self.judged += 1,
                Some(Err(why)) => say(seen.place, why),
                None => {}
            }
        }
        for event in events() {
            self.words += u64::from(matches!(
                event,
                Event::Deals(deals::Event::Said { .. }) | Event::Market(market::Event::Advertised(_))
            ));
            if let Some(why) = account.unapproved(event) {
                say(seen.place, why);
            }
        }
    }

    fn counts(&self) -> Vec<(&'static str, u64)> {
        vec![("decisions_judged", self.judged), ("words_with_a_decision", self.words)]
    }
}

fn name(message: &Message) -> &'static str {
    match message {
        Message::Interest(_) => "first words",
        Message::Answer(_) => "an answer",
        Message::Ask(_) => "questions",
        Message::Reply(_) => "a reply",
        Message::Viable(_) => "a consent",
        Message::OptIn(_) => "an opt-in",
        Message::Locked(_) => "a locked name",
        Message::Key(_) => "a key",
        Message::Terms(_) => "terms",
        Message::Act(_) => "an acknowledgement or signature",
        Message::Started(_) => "a start",
        Message::Docket(_) => "a docket",
        Message::Countersign(_) => "a countersignature",
        Message::Contest(_) => "a contest",
        Message::Outcome(_) => "an outcome",
        Message::Close(_) => "a close",
        Message::Keys(_) => "news of keys",
        Message::Whereabouts(_) => "news of whereabouts",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkers::told;
    use protocol::vocabulary::ResourceClass;

    #[test]
    fn in_an_honest_story_every_word_has_its_decision() {
        assert_eq!(told::idle_shift().found(ApprovalNeverImplied::default()), [] as [&str; 0]);
    }

    #[test]
    fn words_without_decisions_are_caught_one_by_one() {
        let mut journals = told::idle_shift();
        journals.change("supplier", |records| records.retain(|record| !told::is_decision(record)));
        let found = journals.found(ApprovalNeverImplied::default());
        for what in ["first words", "a consent", "an opt-in", "a key", "terms", "signature", "a start", "an outcome"] {
            assert!(found.iter().any(|one| one.contains(what)), "{what} in {found:?}");
        }
    }

    #[test]
    fn what_was_written_down_countersigned_or_contested_without_a_decision_is_caught() {
        for (contests, words) in [(false, ["a docket", "a countersignature"]), (true, ["a docket", "a contest"])] {
            let journals = || told::with_sessions(contests);
            assert_eq!(journals().found(ApprovalNeverImplied::default()), [] as [&str; 0], "contests: {contests}");
            let mut journals = journals();
            for firm in ["supplier", "buyer"] {
                journals.change(firm, |records| records.retain(|record| !told::is_decision(record)));
            }
            let found = journals.found(ApprovalNeverImplied::default());
            for what in words {
                assert!(found.iter().any(|one| one.ends_with(what)), "{what} in {found:?}");
            }
        }
    }

    #[test]
    fn an_answer_under_a_rule_that_an_owner_signed_is_no_implied_one_and_without_the_rule_or_the_word_it_is() {
        let found = |change: fn(&mut Policy)| {
            let mut journals = told::with_a_standing_rule(told::STANDING);
            assert!(told::is_ruled(&journals.record("buyer", told::is_ruled)));
            journals.change("buyer", |records| {
                for record in records {
                    if let Record::Firm(firm::record::Record { event, .. }) = record
                        && let Event::Policy(policy::Event::Enacted(policy)) = event
                    {
                        change(policy);
                    }
                }
            });
            journals.found(ApprovalNeverImplied::default())
        };
        assert_eq!(found(|_| {}), [] as [&str; 0]);
        let without = |policy: &mut Policy| policy.rules.retain(|rule| !matches!(rule.says, Says::Standing { .. }));
        let cases: [(fn(&mut Policy), &str); 3] = [
            (without, "no standing rule let this answer go"),
            (|policy| policy.word = None, "a standing rule that nobody signed"),
            (|policy| policy.rules[0].scope = policy::Scope::Class(ResourceClass::Space), "is not the word of owner"),
        ];
        for (change, what) in cases {
            let found = found(change);
            let told = |what: &str| found.iter().any(|one| one.contains(what));
            assert!(told(what) && told("nobody decided on an answer"), "{what} in {found:?}");
        }
    }

    fn approvals(record: &mut Record) -> Option<&mut approvals::Event> {
        match record {
            Record::Firm(firm::record::Record { event: Event::Approvals(event), .. }) => Some(event),
            _ => None,
        }
    }

    #[test]
    fn a_decision_put_down_to_somebody_else_is_caught() {
        let mut journals = told::idle_shift();
        journals.change("buyer", |records| {
            for event in records.iter_mut().filter_map(approvals) {
                if let approvals::Event::Decided { status: Status::Approved(by, _), .. } = event {
                    *by = "engineer".parse().unwrap();
                }
            }
        });
        let found = journals.found(ApprovalNeverImplied::default());
        assert!(found.iter().any(|what| what.contains("is owner's")), "{found:?}");
    }

    #[test]
    fn a_decision_on_other_bytes_is_caught() {
        let mut journals = told::idle_shift();
        journals.change("supplier", |records| {
            for event in records.iter_mut().filter_map(approvals) {
                if let approvals::Event::Asked(approval) = event
                    && let Subject::Interest { brief, .. } = &mut approval.subject
                {
                    brief.0.pop();
                }
            }
        });
        let found = journals.found(ApprovalNeverImplied::default());
        assert!(found.iter().any(|what| what.contains("about something else")), "{found:?}");
    }
}
