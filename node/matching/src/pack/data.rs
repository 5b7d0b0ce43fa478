//! The first pack, which this version carries: one file for each family of trades, and the rules in terms of them.

/// What its files are called in refusals.
pub(crate) const PLACE: &str = "node/matching/pack";

/// The files by name.
pub(crate) const FILES: [(&str, &str); 25] = [
    ("pack.txt", include_str!("../../pack/pack.txt")),
    ("conditions.txt", include_str!("../../pack/conditions.txt")),
    ("questions.txt", include_str!("../../pack/questions.txt")),
    ("instruments.txt", include_str!("../../pack/instruments.txt")),
    ("families.txt", include_str!("../../pack/families.txt")),
    ("frames.txt", include_str!("../../pack/frames.txt")),
    ("machining.txt", include_str!("../../pack/machining.txt")),
    ("cutting.txt", include_str!("../../pack/cutting.txt")),
    ("forming.txt", include_str!("../../pack/forming.txt")),
    ("joining.txt", include_str!("../../pack/joining.txt")),
    ("shaping.txt", include_str!("../../pack/shaping.txt")),
    ("electronics.txt", include_str!("../../pack/electronics.txt")),
    ("finishing.txt", include_str!("../../pack/finishing.txt")),
    ("thermal.txt", include_str!("../../pack/thermal.txt")),
    ("lab.txt", include_str!("../../pack/lab.txt")),
    ("materials.txt", include_str!("../../pack/materials.txt")),
    ("machines.txt", include_str!("../../pack/machines.txt")),
    ("people.txt", include_str!("../../pack/people.txt")),
    ("skills.txt", include_str!("../../pack/skills.txt")),
    ("programs.txt", include_str!("../../pack/programs.txt")),
    ("credentials.txt", include_str!("../../pack/credentials.txt")),
    ("logistics.txt", include_str!("../../pack/logistics.txt")),
    ("troubles.txt", include_str!("../../pack/troubles.txt")),
    ("work.txt", include_str!("../../pack/work.txt")),
    ("friends.txt", include_str!("../../pack/friends.txt")),
];
