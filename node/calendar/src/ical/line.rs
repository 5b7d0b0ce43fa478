//! Content lines (RFC 5545 section 3.1): folded, with a name, parameters and a value.

use crate::limits::LINE_BYTES_MAX;
use alloc::{string::String, vec::Vec};

/// Bytes of a written line, its end not counted (RFC 5545 section 3.1).
const FOLD_BYTES: usize = 75;

/// One content line.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Where it begins in the file, from 1.
    pub(super) at: usize,
    /// In capitals.
    pub(super) name: String,
    parameters: Vec<(String, String)>,
    /// As it stands in the file.
    pub(super) value: String,
}

/// The lines of a file, unfolded, with the number at which each begins; or the number of one that is too long.
pub(super) fn unfold(text: &str) -> Result<Vec<(usize, String)>, usize> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (at, raw) in text.split('\n').enumerate() {
        let raw = raw.strip_suffix('\r').unwrap_or(raw);
        match (raw.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, line))) => line.push_str(rest),
            _ if raw.is_empty() => {}
            _ => lines.push((at + 1, raw.into())),
        }
        if let Some((begin, _)) = lines.last().filter(|(_, line)| line.len() > LINE_BYTES_MAX) {
            return Err(*begin);
        }
    }
    Ok(lines)
}

impl Line {
    /// The parts of an unfolded line; `None` if it has no name or no value.
    pub(super) fn parse(at: usize, text: &str) -> Option<Line> {
        let mut quoted = false;
        let colon = text.char_indices().find(|(_, c)| {
            quoted ^= *c == '"';
            *c == ':' && !quoted
        });
        let (head, value) = text.split_at_checked(colon?.0)?;
        let mut parts = split(head, ';').into_iter();
        let name = parts.next()?.to_ascii_uppercase();
        let fit = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let parameter = |part: &str| {
            let (name, value) = part.split_once('=')?;
            Some((name.to_ascii_uppercase(), value.trim_matches('"').into()))
        };
        let parameters = parts.map(parameter).collect::<Option<Vec<_>>>()?;
        fit.then(|| Line { at, name, parameters, value: value.strip_prefix(':').unwrap_or(value).into() })
    }

    /// The value of a parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

/// Splits outside quotation marks.
fn split(text: &str, by: char) -> Vec<&str> {
    let mut quoted = false;
    text.split(move |c| {
        quoted ^= c == '"';
        c == by && !quoted
    })
    .collect()
}

/// A text value as people read it (RFC 5545 section 3.3.11).
pub(super) fn unescape(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut escaped = false;
    for c in value.chars() {
        match (escaped, c) {
            (false, '\\') => {}
            (true, 'n' | 'N') => text.push('\n'),
            _ => text.push(c),
        }
        escaped = c == '\\' && !escaped;
    }
    text
}

/// A text as a value.
pub(super) fn escape(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => value.extend(['\\', c]),
            '\n' => value.push_str("\\n"),
            c if c.is_control() => {}
            c => value.push(c),
        }
    }
    value
}

/// Writes a line, folded where it is too long but never within a letter.
pub(super) fn put(out: &mut String, line: &str) {
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > FOLD_BYTES {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
}
