//! What sort of thing is offered or wanted, and which sorts stand in for each other.
//!
//! - `FIT-2` Words of one trade are spoken of a machine, of the person at it, of a course about it and of its sale. A category
//!   says which; categories that do not stand in for each other violate, however alike the words.
use core::{fmt, str::FromStr};

/// The categories of offers and needs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Category {
    /// Time on a machine.
    Machine,
    /// Work done on parts.
    Service,
    /// Measuring and testing.
    Lab,
    /// A person's hours.
    Person,
    /// Knowledge of how.
    Expertise,
    /// A course.
    Training,
    /// Room.
    Space,
    /// A machine or instrument for sale or on loan.
    Equipment,
    /// The cover of a certificate, or help to one.
    Certification,
    /// Moving and storing.
    Logistics,
}

/// How many categories there are.
pub(crate) const CATEGORIES: usize = 10;

/// Below this, in thousandths, a category does not stand in for another.
const SERVES_MIN: u32 = 250;

impl Category {
    /// All, in order.
    pub const ALL: [Category; CATEGORIES] = [
        Category::Machine,
        Category::Service,
        Category::Lab,
        Category::Person,
        Category::Expertise,
        Category::Training,
        Category::Space,
        Category::Equipment,
        Category::Certification,
        Category::Logistics,
    ];

    /// Its code.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Category::Machine => "machine",
            Category::Service => "service",
            Category::Lab => "lab",
            Category::Person => "person",
            Category::Expertise => "expertise",
            Category::Training => "training",
            Category::Space => "space",
            Category::Equipment => "equipment",
            Category::Certification => "certification",
            Category::Logistics => "logistics",
        }
    }

    /// How far an offer of one category serves a need of this one, in thousandths. Each line says who may come instead.
    #[must_use]
    pub fn served_by(self, offered: Category) -> u32 {
        use Category::{Certification, Expertise, Lab, Logistics, Machine, Person, Service, Space, Training};
        match (self, offered) {
            (wanted, offered) if wanted == offered => 1_000,
            // Hours on a machine and the work done on it are two ways to buy one thing.
            (Machine, Service) | (Service, Machine) => 900,
            // A plant's inspection room and a laboratory do the same tests.
            (Lab, Service) | (Service, Lab) => 800,
            (Lab, Machine) | (Machine, Lab) => 600,
            // Who knows how, and may come by the hour.
            (Expertise, Person) | (Person, Expertise) => 850,
            (Certification, Expertise) | (Expertise, Certification) => 750,
            (Certification, Person | Service | Lab) => 500,
            (Expertise, Training | Service) | (Training, Expertise) => 400,
            (Service, Expertise | Person) | (Person, Service) => 300,
            (Logistics, Service | Space) | (Service | Space, Logistics) => 600,
            _ => 0,
        }
    }

    /// Whether an offer of one category can serve a need of this one at all.
    #[must_use]
    pub fn accepts(self, offered: Category) -> bool {
        self.served_by(offered) >= SERVES_MIN
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

impl FromStr for Category {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Category::ALL.into_iter().find(|category| category.text() == text).ok_or(())
    }
}
