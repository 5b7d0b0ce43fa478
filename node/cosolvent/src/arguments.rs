//! What can be typed.

use crate::{
    audit::AuditVerb,
    calendar::CalendarVerb,
    deputies::DeputyVerb,
    docket::DocketVerb,
    export::Export,
    forms::ItemForm,
    invoice::InvoiceVerb,
    loans::LoanVerb,
    policy::PolicyVerb,
    publish::{PublishVerb, RelayVerb},
};
use clap::{Args, Parser, Subcommand};
use firm::approvals::Ground;
use firm::composer::Coarsening;
use firm::lending::Confirmation;
use firm::policy::Preset;
use firm::register::PersonId;
use node::office::Premises;
use protocol::{
    id::{ApprovalId, DealId, ItemId, RecordId},
    text::{Name, ShortText},
    time::Day,
    vocabulary::{OutcomeCode, ResourceClass, Role},
};
use std::{env, path::PathBuf, str::FromStr};

/// Find idle machines, people and know-how nearby, without telling who you are before both sides want that.
#[derive(Debug, Parser)]
#[command(name = "cosolvent", version, propagate_version = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) place: Place,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Which firm, and how to print.
#[derive(Debug, Args)]
pub(crate) struct Place {
    /// The firm's data folder [default: $COSOLVENT_DATA, else ~/.local/share/cosolvent]
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Print JSON for programs
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Read the node passphrase from the first line of this file instead of asking for it
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

impl Place {
    /// The firm's data folder.
    pub(crate) fn premises(&self) -> Premises {
        let named = self.data.clone().or_else(|| env::var_os("COSOLVENT_DATA").map(PathBuf::from));
        let home = || env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/share/cosolvent"));
        Premises::at(named.or_else(home).unwrap_or_else(|| PathBuf::from("cosolvent-data")))
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Set up a firm with a sponsor's invitation
    Init(Box<Init>),
    /// Join a further sponsor of the same network, or the same one anew, with its invitation
    Join(Join),
    /// Run the firm's node until it is told to stop
    Run,
    /// Play a whole market on this computer
    Demo(crate::demo::Demo),
    /// Show the node at a glance
    Status,
    /// People who may act for the firm
    #[command(subcommand)]
    Person(PersonVerb),
    /// Keys of the firm itself: which are in use, until when, and how they are replaced
    #[command(subcommand)]
    Keys(KeysVerb),
    /// What the firm has
    #[command(subcommand)]
    Resource(ItemVerb),
    /// What the firm needs
    #[command(subcommand)]
    Need(ItemVerb),
    /// What would be published
    #[command(subcommand)]
    Advert(AdvertVerb),
    /// What fits
    #[command(subcommand)]
    Match(MatchVerb),
    /// What a market knows of its trades: vocabulary, equivalences and rules in a folder
    #[command(subcommand)]
    Pack(PackVerb),
    /// What the firm allows, and on whose say
    #[command(subcommand)]
    Policy(PolicyVerb),
    /// Questions that wait for a person
    #[command(subcommand)]
    Approval(ApprovalVerb),
    /// Who decides for whom while somebody is away
    #[command(subcommand)]
    Deputy(DeputyVerb),
    /// Whose time is offered, and whether that person and the firm let it be
    #[command(subcommand)]
    Loan(LoanVerb),
    /// Deals with other firms
    #[command(subcommand)]
    Deal(DealVerb),
    /// What was done under signed terms, and whether the other side countersigned it
    #[command(subcommand)]
    Docket(DocketVerb),
    /// What was billed for that: your own papers, of which nothing leaves through the network
    #[command(subcommand)]
    Invoice(InvoiceVerb),
    /// When resources are free, and which deals have their hours
    #[command(subcommand)]
    Calendar(CalendarVerb),
    /// How the firm's notices and messages leave
    #[command(subcommand)]
    Publish(PublishVerb),
    /// Whether this node carries other firms' notices and messages
    #[command(subcommand)]
    Relay(RelayVerb),
    /// The shared log and the firm's own engagements
    #[command(subcommand)]
    Trust(TrustVerb),
    /// What left this firm, to whom, on whose say and by which rule
    #[command(subcommand)]
    Audit(AuditVerb),
    /// Write everything that the firm would take along into a new folder, in open formats: what it has and needs, its deals,
    /// what both sides signed, its history, its audit. No secret key is among it
    Export(Export),
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    /// Legal name, as the sponsor knows it
    #[arg(long, value_parser = Name::new)]
    pub(crate) name: Name,
    /// Street address (told when names are exchanged, never earlier)
    #[arg(long, value_parser = ShortText::new)]
    pub(crate) street: ShortText,
    /// Mail address (as above)
    #[arg(long, value_parser = ShortText::new)]
    pub(crate) mail: ShortText,
    /// Telephone (as above)
    #[arg(long, value_parser = ShortText::new)]
    pub(crate) phone: ShortText,
    /// Whom to ask for (as above)
    #[arg(long, value_parser = ShortText::new)]
    pub(crate) contact: ShortText,
    /// The sponsor's invitation, the whole text
    #[arg(long, value_name = "CODE")]
    pub(crate) invitation: String,
    /// Somebody who may act: short name, name, roles (owner, planner, approver, signer, expert, executor, security, auditor)
    #[arg(long = "person", value_name = "ID:NAME:ROLE,ROLE")]
    pub(crate) people: Vec<Entrant>,
    /// Read a person's own password from the first line of a file instead of asking for it
    #[arg(long = "password-file", value_name = "ID=FILE")]
    pub(crate) passwords: Vec<PasswordFile>,
    /// What the firm does in coarse categories, for the sponsor
    #[arg(long = "class", value_name = "CLASS")]
    pub(crate) classes: Vec<ResourceClass>,
    /// Which rules to begin with: one-person, small-shop, plant or institution; `cosolvent policy show` shows them
    #[arg(long, value_name = "PRESET", default_value_t)]
    pub(crate) preset: Preset,
    /// Where to write the recovery sheet [default: recovery-sheet.txt in the data folder]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Join {
    /// The sponsor's invitation, the whole text
    #[arg(value_name = "INVITATION")]
    pub(crate) invitation: String,
    /// What the firm does in coarse categories, for the sponsor
    #[arg(long = "class", value_name = "CLASS")]
    pub(crate) classes: Vec<ResourceClass>,
}

/// `id:Name:role,role`
#[derive(Clone, Debug)]
pub(crate) struct Entrant {
    pub(crate) id: PersonId,
    pub(crate) name: Name,
    pub(crate) roles: Vec<Role>,
}

impl FromStr for Entrant {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts = text.splitn(3, ':');
        let (Some(id), Some(name), Some(roles)) = (parts.next(), parts.next(), parts.next()) else {
            return Err("write ID:NAME:ROLE,ROLE, for example asha:Asha Rao:owner,signer".into());
        };
        let id = id.parse().map_err(|error| format!("{error}"))?;
        let name = Name::new(name).map_err(|error| error.to_string())?;
        let roles = roles.split(',').map(|role| role.trim().parse().map_err(|_| format!("{role:?} is not a role")));
        Ok(Entrant { id, name, roles: roles.collect::<Result<_, String>>()? })
    }
}

/// `id=file`
#[derive(Clone, Debug)]
pub(crate) struct PasswordFile {
    pub(crate) id: PersonId,
    pub(crate) path: PathBuf,
}

impl FromStr for PasswordFile {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let (id, path) = text.split_once('=').ok_or("write ID=FILE, for example asha=/run/asha.txt")?;
        Ok(PasswordFile { id: id.parse().map_err(|error| format!("{error}"))?, path: path.into() })
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum PersonVerb {
    /// List everybody
    List,
    /// Enter somebody with a password of their own, or give somebody other roles
    Add {
        /// Short name: 1 to 40 lower-case letters, digits, hyphens
        id: PersonId,
        /// Name
        #[arg(long, value_parser = Name::new)]
        name: Name,
        /// What the person may act as; repeat it for several
        #[arg(long = "role", required = true, value_delimiter = ',')]
        roles: Vec<Role>,
        /// Last day, such as 2027-11-30 [default: in a year]
        #[arg(long, value_name = "DATE")]
        expires: Option<Day>,
        /// Read the person's own password from the first line of this file instead of asking for it
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
        /// Who vouches for it with their own password: an owner, or who is security for anybody but owners. Needed once the
        /// firm has an owner
        #[arg(long, value_name = "PERSON")]
        vouched_by: Option<PersonId>,
        /// Read the password of whoever vouches from the first line of this file instead of asking for it
        #[arg(long, value_name = "FILE", requires = "vouched_by")]
        voucher_password_file: Option<PathBuf>,
    },
}

/// Where the keys of the recovery sheet come from.
#[derive(Debug, Args)]
pub(crate) struct FromSheet {
    /// Read the recovery sheet from this file instead of asking for the key on it
    #[arg(long, value_name = "FILE")]
    pub(crate) sheet: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeysVerb {
    /// Show which keys are in use and until when, what happened to them, and whose keys said two things
    Show,
    /// Name a new operating key for another year, with the renewal key of the recovery sheet
    Renew(FromSheet),
    /// Replace every key of the firm, with the recovery key of the recovery sheet, and make a new sheet; or the node's own
    Rotate {
        /// Only the key under which the node connects to others, which has nothing to do with the firm's; needs no sheet
        #[arg(long, conflicts_with_all = ["sheet", "out"])]
        transport: bool,
        #[command(flatten)]
        from: FromSheet,
        /// Where to write the new recovery sheet [default: recovery-sheet.txt in the data folder]
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// End a person's key, or the operating key, as of today
    Revoke {
        /// Whose key; nothing that it decides counts from now on
        #[arg(long, required_unless_present = "operating", conflicts_with_all = ["operating", "sheet"])]
        person: Option<PersonId>,
        /// The operating key, with the renewal key of the recovery sheet; the node then says nothing until `keys renew`
        #[arg(long)]
        operating: bool,
        #[command(flatten)]
        from: FromSheet,
    },
    /// Show the recovery sheet, ask for it back, and take it off this computer
    Sheet {
        /// The sheet [default: recovery-sheet.txt in the data folder]
        file: Option<PathBuf>,
        /// Only check that this copy, on another medium, is whole and the present one
        #[arg(long, requires = "file")]
        check: bool,
    },
    /// Go on with a firm of which only the recovery sheet is left, on a new computer, with new keys and a new sheet
    Recover(Box<Recover>),
}

#[derive(Debug, Args)]
pub(crate) struct Recover {
    /// The newest recovery sheet
    #[arg(long, value_name = "FILE")]
    pub(crate) sheet: PathBuf,
    #[command(flatten)]
    pub(crate) init: Init,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ItemVerb {
    /// Enter one, for this firm's eyes; a person decides before anything is published
    Add {
        /// A TOML file with the fields below, written with underscores
        file: Option<PathBuf>,
        #[command(flatten)]
        form: Box<ItemForm>,
    },
    /// List them
    List,
    /// Show one
    Show {
        /// Its id
        id: ItemId,
    },
    /// Take one back; a published notice is withdrawn
    Withdraw {
        /// Its id
        id: ItemId,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum AdvertVerb {
    /// Show the bytes that would leave, how many firms could have said it, and what leaving out would gain
    Preview {
        /// Own resource or need
        item: ItemId,
    },
    /// Ask the right person whether to publish it; below five firms that is the owner
    Ask {
        /// Own resource or need
        item: ItemId,
        /// What to leave out or say more coarsely: text, wider-area, area, envelope, wider-tolerance, tolerance,
        /// credential:CODE, material:CODE
        #[arg(long, value_delimiter = ',')]
        without: Vec<Coarsening>,
        /// Say the weeks and the band of hours that its timetable has free, instead of those that were entered
        #[arg(long, conflicts_with = "without")]
        by_calendar: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum MatchVerb {
    /// List what fits, with reasons
    List {
        /// Only of this resource or need
        #[arg(long)]
        item: Option<ItemId>,
    },
    /// Show one: for each requirement what is needed, what is offered and how it fares; what to ask; where the score comes from
    Show {
        /// Own resource or need
        item: ItemId,
        /// The notice that fits
        advert: RecordId,
    },
    /// Say why nothing fits yet: which limit blocks how many notices, and which of them nearly fit
    Unmet {
        /// Only of this resource or need, whether something fits it or not
        #[arg(long)]
        item: Option<ItemId>,
    },
    /// Ask the right person whether to write to the other side
    Contact {
        /// Own resource or need
        item: ItemId,
        /// The notice that fits
        advert: RecordId,
    },
    /// Rank a file of adverts for each need of another file, with the node's own matching; needs no node
    Rank {
        #[command(flatten)]
        cases: Cases,
        /// Where the list goes: need, advert, score and whether it is worth a question, with tabs between, best first
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Where the reasons go, as JSON Lines, for the first ten adverts of each need
        #[arg(long, value_name = "FILE")]
        explain: Option<PathBuf>,
    },
    /// Say why one advert fits one need of such files, or why not; needs no node
    Explain {
        #[command(flatten)]
        cases: Cases,
        /// Id of the need
        #[arg(long)]
        need: String,
        /// Id of the advert
        #[arg(long)]
        advert: String,
    },
}

/// Files of adverts and needs.
#[derive(Debug, Args)]
pub(crate) struct Cases {
    /// Adverts, as JSON Lines; the fields stand in `node/matching/src/case.rs`
    #[arg(long, value_name = "FILE")]
    pub(crate) adverts: PathBuf,
    /// Needs, as JSON Lines
    #[arg(long, value_name = "FILE")]
    pub(crate) needs: PathBuf,
    /// The day that "in two weeks" is counted from, such as 2026-03-02
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Day,
    /// A knowledge pack's folder, over what is built in; repeat it for several, the lowest first
    #[arg(long = "pack", value_name = "FOLDER")]
    pub(crate) packs: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PackVerb {
    /// Check the pack in a folder, and show what it adds and its hash; needs no node
    Check {
        /// The folder with its pack.txt; packs that it stands on come before it
        #[arg(required = true, value_name = "FOLDER")]
        folders: Vec<PathBuf>,
    },
    /// Bring the pack in a folder into force over those that are, or in the place of its earlier version
    Add {
        /// The folder with its pack.txt; its texts are kept with everything else that the node keeps
        folder: PathBuf,
    },
    /// List packs, the built-in one first
    List,
    /// Show one: its hash, when it was added, what its rules ask
    Show {
        /// Its id
        id: String,
    },
    /// Take a pack out of force; what it alone made fit does not fit any more
    Remove {
        /// Its id
        id: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum ApprovalVerb {
    /// List questions, those that wait first
    List,
    /// Show one: what leaves, to whom, what stays, why, until when
    Show {
        /// Its id
        id: ApprovalId,
        #[command(flatten)]
        reader: Reader,
    },
    /// Say yes as a person, with that person's own password
    Approve {
        #[command(flatten)]
        decide: Decide,
        /// Of a release: confirm it, each that is true: availability, scope, duty, competition. Without, the terminal asks one by one
        #[arg(long, value_delimiter = ',')]
        confirm: Vec<Confirmation>,
    },
    /// Say no as a person, with that person's own password
    Decline {
        #[command(flatten)]
        decide: Decide,
        /// Why, coarsely, for everybody in the firm: capacity, timing, price, scope, risk or other. It never leaves
        #[arg(long)]
        reason: Option<Ground>,
        /// Why, in words, for owners, approvers and auditors. It never leaves
        #[arg(long, value_parser = ShortText::new, requires = "reason")]
        note: Option<ShortText>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Decide {
    /// The question's id
    pub(crate) id: ApprovalId,
    /// Who decides
    #[arg(long = "as", value_name = "PERSON")]
    pub(crate) person: PersonId,
    /// Read the person's own password from the first line of this file instead of asking for it
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,
}

/// Who reads sentences.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Reader {
    /// The language of terms: en or fr
    #[arg(long, value_name = "LANGUAGE", default_value = "en", value_parser = language)]
    pub(crate) language: ui::Language,
}

fn language(tag: &str) -> Result<ui::Language, &'static str> {
    ui::Language::from_tag(tag).ok_or("write en or fr")
}

#[derive(Debug, Subcommand)]
pub(crate) enum DealVerb {
    /// List them, newest activity first
    List,
    /// Show one: where it waits, for whom, what happened, and its terms in sentences
    Show {
        /// Its id
        id: DealId,
        #[command(flatten)]
        reader: Reader,
    },
    /// List what could be asked before names, what the match leaves open first
    Questions {
        /// The deal's id
        id: DealId,
    },
    /// Draft questions to the other side; the right person then decides whether they leave
    Ask {
        /// The deal's id
        id: DealId,
        /// Which, by id as `cosolvent deal questions` lists them, or by code
        #[arg(required = true)]
        questions: Vec<String>,
    },
    /// Draft the answer to what they ask; the right person then decides whether it leaves. What is left out is "we do not say"
    Reply {
        /// The deal's id
        id: DealId,
        /// QUESTION=ANSWER each, such as probing=yes, spindle-speed=14000 or materials=titanium,aluminium
        answers: Vec<String>,
    },
    /// Draft terms; the right person then decides whether they leave
    Propose {
        /// The deal's id
        id: DealId,
        /// A TOML file: instrument, first, last, clauses; [[lines]] of what with minutes or hours and hourly, or with count, unit and each;
        /// [provisions] of topic = answer; [[fulfilments]] of pack, rule, by and evidence
        file: PathBuf,
    },
    /// Say how the engagement ended; the right person then decides whether that leaves
    Outcome {
        /// The deal's id
        id: DealId,
        /// completed, completed-late, ended-early or not-started
        code: OutcomeCode,
    },
    /// End it before anything binds
    Close {
        /// The deal's id
        id: DealId,
        /// Why, for this firm's eyes only
        #[arg(long, value_parser = ShortText::new)]
        reason: Option<ShortText>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum TrustVerb {
    /// Show the log as this node holds it and the firm's own engagements
    Show,
}
