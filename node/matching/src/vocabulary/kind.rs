//! What sort of thing a concept is. Same words of different kinds are different things: a welder is a person, a welding set
//! a machine, welding an act, and a welding course none of them.

/// The kinds of concepts: few, so that a rule about them can be read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// Work done on a part, a sample, a load or a plant: milling, anodising, a tensile test, crating.
    Act,
    /// A machine, instrument or vehicle that is used, lent or sold: a lathe, a CMM, a forklift.
    Machine,
    /// What is made or worked on: a gear, a mould, a weldment, a wire harness.
    Part,
    /// What parts are made of, in families and grades.
    Material,
    /// A person by trade or function: a toolmaker, a buyer, an auditor.
    Role,
    /// What a person knows how to do for a firm: SPC, setup reduction, export paperwork.
    Skill,
    /// Software, a control, a controller or a robot's make that one must know to be of use.
    Program,
    /// What a firm holds: a certified system, an accreditation, a registration.
    Credential,
    /// What a person holds: a trade certificate, a licence, a level.
    Ticket,
    /// Room: floor, bay, booth, dock.
    Place,
    /// What is wrong with a part, a machine or a plant; it leads to who can cure it.
    Symptom,
    /// A paper that work brings with it: a first-article report, a mill certificate.
    Document,
    /// A trade that is served: aerospace, medical, mining.
    Sector,
    /// What is true of an offer or a need: second shift, on site, idle, short run.
    Property,
    /// Words that change what the other words of their sentence mean: a course, a sale, a repair, a search for a person.
    Frame,
}

impl Kind {
    /// Every kind and its word in the data files.
    pub const ALL: [(Self, &'static str); 15] = [
        (Self::Act, "act"),
        (Self::Machine, "machine"),
        (Self::Part, "part"),
        (Self::Material, "material"),
        (Self::Role, "role"),
        (Self::Skill, "skill"),
        (Self::Program, "program"),
        (Self::Credential, "credential"),
        (Self::Ticket, "ticket"),
        (Self::Place, "place"),
        (Self::Symptom, "symptom"),
        (Self::Document, "document"),
        (Self::Sector, "sector"),
        (Self::Property, "property"),
        (Self::Frame, "frame"),
    ];

    pub(super) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, name)| *name == word).map(|(kind, _)| *kind)
    }
}
