//! Every bound of a pack, with its arithmetic. What the built-in pack needs today stands in brackets.

/// Packs on one node: the built-in one, and those of a few sponsors.
pub(crate) const PACKS_MAX: usize = 8;
/// Files of a pack [25].
pub(crate) const FILES_MAX: usize = 64;
/// Bytes of a file [27 kB].
pub const FILE_BYTES_MAX: usize = 1 << 20;
/// Bytes of a pack: eight of them are 32 MiB of text [230 kB].
pub const BYTES_MAX: usize = 4 << 20;
/// Bytes of a line [700].
pub(crate) const LINE_BYTES_MAX: usize = 4_096;
/// Lines of a section that is no vocabulary.
pub(crate) const ROWS_MAX: usize = 1_024;
/// Concepts of all packs; a concept's number has sixteen bits [1,000].
pub(crate) const CONCEPTS_MAX: usize = 8_192;
/// Distinct words in forms; a word's number has sixteen bits [4,500].
pub(crate) const WORDS_MAX: usize = 60_000;
/// Forms of a concept in one language, over all packs [28].
pub(crate) const FORMS_MAX: usize = 96;
/// Bytes of a form; it bounds how many words a name has, and so how far reading looks ahead [50].
pub(crate) const FORM_BYTES_MAX: usize = 80;
/// Concepts that share a form: each is weighed against the company that the form keeps [4].
pub(crate) const READINGS_MAX: usize = 8;
/// Edges of one line [9].
pub(crate) const EDGES_MAX: usize = 24;
/// What one concept is or implies directly [3].
pub(crate) const PARENTS_MAX: usize = 6;
/// What one concept is or implies: to compare two concepts looks at pairs of these [9].
pub(crate) const UPS_MAX: usize = 24;
/// Pairs of concepts that the edges of one pack over another may join, sorts of both counted: a hundredth of the million pairs
/// that the built-in concepts make.
pub(crate) const JOINED_MAX: usize = 10_000;
/// Concepts below the work that a rule is for.
pub(crate) const WORK_BELOW_MAX: usize = 64;
/// Choices of a question [7].
pub(crate) const CHOICES_MAX: usize = 12;
/// Bytes of a sentence.
pub(crate) const SENTENCE_BYTES_MAX: usize = 400;
