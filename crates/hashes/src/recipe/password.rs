//! How a password is spelled before it is hashed.

use unicode_normalization::UnicodeNormalization as _;

/// A change of a password's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextForm {
    /// Unicode NFC.
    Nfc,
    /// Unicode NFKC.
    Nfkc,
    /// Unicode NFKD.
    Nfkd,
    /// SASLprep (RFC 4013). A text that it prohibits stays as it is, as PostgreSQL does.
    Saslprep,
    /// PHP's `trim`.
    Trimmed,
    /// PHP's `addslashes`.
    Slashed,
}

/// The names of the forms in a text.
pub(super) const FORMS: [(&str, TextForm); 6] = [
    ("nfc", TextForm::Nfc),
    ("nfkc", TextForm::Nfkc),
    ("nfkd", TextForm::Nfkd),
    ("saslprep", TextForm::Saslprep),
    ("trim", TextForm::Trimmed),
    ("slashes", TextForm::Slashed),
];

impl TextForm {
    fn of(self, text: &str) -> String {
        match self {
            Self::Nfc => text.nfc().collect(),
            Self::Nfkc => text.nfkc().collect(),
            Self::Nfkd => text.nfkd().collect(),
            Self::Saslprep => {
                stringprep::saslprep(text).map_or_else(|_prohibited| text.to_owned(), Into::into)
            }
            Self::Trimmed => text.trim_matches([' ', '\n', '\r', '\t', '\u{b}', '\0']).to_owned(),
            Self::Slashed => slashed(text),
        }
    }
}

/// PHP manual, `addslashes`: before quotes and backslashes stands a backslash, NUL becomes a backslash and a zero.
fn slashed(text: &str) -> String {
    let mut slashed = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\0' => slashed.push_str("\\0"),
            '\'' | '"' | '\\' => slashed.extend(['\\', character]),
            _ => slashed.push(character),
        }
    }
    slashed
}

/// How the characters become bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Characters {
    #[default]
    Utf8,
    /// UTF-16, the low byte first.
    Utf16,
    /// The low byte of each unit of UTF-16.
    LowBytes,
}

/// The forms in their order, each with whether the text without it is tried too; then the bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Spelling {
    pub(crate) forms: Vec<(TextForm, bool)>,
    pub(crate) characters: Characters,
    /// Whether UTF-8 is tried too.
    pub(crate) or_utf8: bool,
}

impl Spelling {
    /// The password in each of its spellings, no two alike.
    pub(super) fn of(&self, password: &str) -> Vec<Vec<u8>> {
        let mut texts = vec![password.to_owned()];
        for (form, is_optional) in &self.forms {
            let spelled: Vec<_> = texts.iter().map(|text| form.of(text)).collect();
            if !is_optional {
                texts.clear();
            }
            texts.extend(spelled);
        }
        let mut all: Vec<Vec<u8>> = texts.iter().map(|text| self.characters.of(text)).collect();
        if self.or_utf8 {
            all.extend(texts.into_iter().map(String::into_bytes));
        }
        all.sort();
        all.dedup();
        all
    }
}

impl Characters {
    fn of(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf8 => text.as_bytes().to_vec(),
            Self::Utf16 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Self::LowBytes => {
                text.encode_utf16().filter_map(|unit| unit.to_le_bytes().first().copied()).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slashes_are_those_of_php() {
        assert_eq!(TextForm::Slashed.of("a'b\"c\\d\0e"), "a\\'b\\\"c\\\\d\\0e");
        assert_eq!(TextForm::Trimmed.of(" \t a \0\u{b}"), "a");
    }

    #[test]
    fn a_text_that_saslprep_prohibits_stays_as_it_is() {
        assert_eq!(TextForm::Saslprep.of("a\u{ad}\u{2168}"), "aIX");
        assert_eq!(TextForm::Saslprep.of("a\u{7}"), "a\u{7}");
    }

    #[test]
    fn a_password_that_needs_no_slashes_has_one_spelling() {
        let spelling = Spelling { forms: vec![(TextForm::Slashed, true)], ..Spelling::default() };
        assert_eq!(spelling.of("plain").len(), 1);
        assert_eq!(spelling.of("it's").len(), 2);
    }
}
