//! The data that this version carries: one file for each family of trades.

/// The version of the built-in data; it rises whenever a concept, a form or an edge changes.
pub const VOCABULARY_VERSION: u32 = 3;

/// The files by name.
pub(super) const FILES: [(&str, &str); 21] = [
    ("families.txt", include_str!("../../vocabulary/families.txt")),
    ("frames.txt", include_str!("../../vocabulary/frames.txt")),
    ("machining.txt", include_str!("../../vocabulary/machining.txt")),
    ("cutting.txt", include_str!("../../vocabulary/cutting.txt")),
    ("forming.txt", include_str!("../../vocabulary/forming.txt")),
    ("joining.txt", include_str!("../../vocabulary/joining.txt")),
    ("shaping.txt", include_str!("../../vocabulary/shaping.txt")),
    ("electronics.txt", include_str!("../../vocabulary/electronics.txt")),
    ("finishing.txt", include_str!("../../vocabulary/finishing.txt")),
    ("thermal.txt", include_str!("../../vocabulary/thermal.txt")),
    ("lab.txt", include_str!("../../vocabulary/lab.txt")),
    ("materials.txt", include_str!("../../vocabulary/materials.txt")),
    ("machines.txt", include_str!("../../vocabulary/machines.txt")),
    ("people.txt", include_str!("../../vocabulary/people.txt")),
    ("skills.txt", include_str!("../../vocabulary/skills.txt")),
    ("programs.txt", include_str!("../../vocabulary/programs.txt")),
    ("credentials.txt", include_str!("../../vocabulary/credentials.txt")),
    ("logistics.txt", include_str!("../../vocabulary/logistics.txt")),
    ("troubles.txt", include_str!("../../vocabulary/troubles.txt")),
    ("work.txt", include_str!("../../vocabulary/work.txt")),
    ("friends.txt", include_str!("../../vocabulary/friends.txt")),
];
