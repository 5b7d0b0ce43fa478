//! The census as sponsor staff write it: a TOML file of rows, each a number of firms and what they could say.
//!
//! ```toml
//! [[row]]
//! firms = 12
//! side = "offer"
//! class = "machine-with-operator"
//! process = "machining.milling.five-axis"
//! materials = ["titanium", "aluminium"]
//! around = { lat_udeg = 43260000, lon_udeg = -79870000 }
//! ```

use protocol::census::Row;
use serde::Deserialize;
use sponsor::census::{BadRows, Counted, rows};
use thiserror::Error;

/// Why a text is no census.
#[derive(Debug, Error)]
pub enum BadCensusFile {
    /// Not TOML, an unknown key or word.
    #[error("could not read the census: {0}; correct the file, the example in SPONSORING.md shows every line")]
    Shape(String),
    /// Rows that do not hold together.
    #[error(transparent)]
    Rows(#[from] BadRows),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default, rename = "row")]
    rows: Vec<Counted>,
}

/// The rows of `census.toml`, as they are published.
///
/// # Errors
/// What is wrong, in a sentence.
pub fn read_census(text: &str) -> Result<Vec<Row>, BadCensusFile> {
    let file: File = toml::from_str(text).map_err(|error| BadCensusFile::Shape(error.message().to_owned()))?;
    Ok(rows(&file.rows)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str = "[[row]]\nfirms = 12\nside = \"offer\"\nclass = \"machine\"\nprocess = \"machining.turning\"\n\
                       materials = [\"titanium\"]\naround = { lat_udeg = 43260000, lon_udeg = -79870000 }\n";

    #[test]
    fn a_census_says_what_its_file_says_and_a_mistake_is_named() {
        let row = read_census(ROW).unwrap().remove(0);
        assert_eq!(row.firms, Some(12));
        assert!(
            row.tuple.area.is_some_and(|cell| cell.coarser() == cell),
            "an area is large unless it is said to be small"
        );
        assert!(read_census("").unwrap().is_empty());
        let word = read_census(&ROW.replace("titanium", "unobtainium")).unwrap_err().to_string();
        assert!(word.contains("unobtainium"), "{word}");
        let twice = read_census(&format!("{ROW}{ROW}")).unwrap_err().to_string();
        assert!(twice.contains("twice"), "{twice}");
    }
}
