//! Tables that people open in a spreadsheet (RFC 4180).

/// A head and its rows. What others chose (their legal names, their words) never begins a formula.
pub fn table<const N: usize>(head: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // INVARIANT: a vector takes every byte, and every row has the columns of the head.
    let _ = writer.write_record(head);
    for row in rows {
        let _ = writer.write_record(row.map(no_formula));
    }
    writer.into_inner().unwrap_or_default()
}

fn no_formula(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_begins_a_formula() {
        let rows = ["=1+1", "+1", "-1", "@a", "plain, \"quoted\""].map(|cell| [cell.to_string()]);
        let text = String::from_utf8(table(["cell"], rows)).unwrap();
        assert_eq!(text, "cell\n'=1+1\n'+1\n'-1\n'@a\n\"plain, \"\"quoted\"\"\"\n");
    }
}
