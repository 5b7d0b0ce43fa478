//! Short texts that people write and others read.
//!
//! - `ENC-5` A text is UTF-8, not empty, without white space at its ends, within its limit in bytes, and without characters
//!   that show nothing or rearrange what is shown. The list of those is part of the rule, because nodes that judged texts
//!   differently would hold different adverts.

use crate::limits::{NAME_BYTES_MAX, RULE_TEXT_BYTES_MAX, SHORT_TEXT_BYTES_MAX, TERMS_TEXT_BYTES_MAX};
use crate::wire::wire_types;
use alloc::string::{String, ToString};
use core::fmt;
use serde::{Deserialize, Serialize};

/// Why a text is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadText {
    /// Nothing in it.
    #[error("the text is empty; write at least one character")]
    Empty,
    /// Too long.
    #[error("the text is longer than {0} bytes; shorten it")]
    TooLong(usize),
    /// A character that can deceive a reader or a terminal: control, bidirectional override, zero width, private use.
    #[error("the text contains a control or invisible character; remove it")]
    Invisible,
}

macro_rules! text_type {
    ($(#[$doc:meta])* $name:ident, $max:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// A text, if it is neither empty nor too long nor deceptive.
            pub fn new(text: &str) -> Result<Self, BadText> {
                let text = text.trim();
                if text.is_empty() { return Err(BadText::Empty); }
                if text.len() > $max { return Err(BadText::TooLong($max)); }
                if text.chars().any(deceives) { return Err(BadText::Invisible); }
                Ok($name(text.to_string()))
            }
            /// The text.
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl TryFrom<String> for $name {
            type Error = BadText;
            fn try_from(text: String) -> Result<Self, BadText> { $name::new(&text) }
        }
        impl From<$name> for String { fn from(text: $name) -> String { text.0 } }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
        impl<C> minicbor::Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(&self, e: &mut minicbor::Encoder<W>, _: &mut C)
                -> Result<(), minicbor::encode::Error<W::Error>> { e.str(&self.0)?.ok() }
        }
        impl<'b, C> minicbor::Decode<'b, C> for $name {
            fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
                let text = d.str()?;
                let parsed = $name::new(text).map_err(|_| minicbor::decode::Error::message("unfit text"))?;
                if parsed.0 == text { Ok(parsed) } else { Err(minicbor::decode::Error::message("untrimmed text")) }
            }
        }
        wire_types!($name);
    };
}

text_type!(
    /// A legal or display name.
    Name, NAME_BYTES_MAX
);
text_type!(
    /// The optional text of an advert or brief: two sentences.
    ShortText, SHORT_TEXT_BYTES_MAX
);
text_type!(
    /// The id of a knowledge pack, or of a rule in one.
    RuleText, RULE_TEXT_BYTES_MAX
);
text_type!(
    /// A line or clause of terms.
    TermsText, TERMS_TEXT_BYTES_MAX
);

/// Characters that show nothing or rearrange what is shown (`ENC-5`): controls, soft hyphen, joiners and fillers, bidirectional
/// marks, line and paragraph separators, interlinear marks, tags and selectors of plane 14, private use.
fn deceives(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{e000}'..='\u{f8ff}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}' | '\u{f0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_could_deceive_its_reader_is_refused() {
        // ENC-5
        for hidden in ['\u{61c}', '\u{2028}', '\u{ad}', '\u{3164}', '\u{e0041}', '\u{100000}'] {
            assert_eq!(Name::new(&std::format!("Acme{hidden}gro")), Err(BadText::Invisible), "U+{:04X}", hidden as u32);
        }
        assert_eq!(Name::new("Acme\u{202e}gro"), Err(BadText::Invisible));
        assert_eq!(Name::new("  "), Err(BadText::Empty));
        assert_eq!(Name::new(&"x".repeat(121)), Err(BadText::TooLong(120)));
        assert_eq!(Name::new(" Usinage Ångström ").unwrap().as_str(), "Usinage Ångström");
    }
}
