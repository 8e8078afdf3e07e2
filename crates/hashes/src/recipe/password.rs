//! How a password is spelled before it is hashed.

use unicode_normalization::UnicodeNormalization as _;

/// The longest spelling that is hashed to its end, in bytes of UTF-8. A longer one is compared up to here, and is wrong.
pub(super) const LONGEST: usize = 8192;

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

/// A password in one of its spellings.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Spelled {
    pub(super) bytes: Vec<u8>,
    /// Whether it may match: it is neither empty nor cut off.
    pub(super) is_sound: bool,
    /// Whether it is the password as it was typed, and no other is spelled so. What Unicode calls canonically
    /// equivalent is the same, as it is to our own hasher.
    pub(super) is_as_typed: bool,
}

impl Spelling {
    /// The password in each of its spellings, no two alike.
    pub(super) fn of(&self, password: &str) -> Vec<Spelled> {
        // What is longer grows further before it is cut off.
        let is_whole = password.len() <= LONGEST;
        let typed = start_of(password, LONGEST);
        let mut texts = vec![typed.to_owned()];
        for (form, is_optional) in &self.forms {
            let spelled: Vec<_> = texts.iter().map(|text| form.of(text)).collect();
            if !is_optional {
                texts.clear();
            }
            texts.extend(spelled);
        }
        let mut all = Vec::new();
        for text in &texts {
            let (read, is_sound) =
                (start_of(text, LONGEST), is_whole && !text.is_empty() && text.len() <= LONGEST);
            let is_as_typed = is_sound && text.nfc().eq(typed.nfc());
            all.push(Spelled {
                bytes: self.characters.of(read),
                is_sound,
                is_as_typed: is_as_typed && self.characters.keep_apart(text),
            });
            if self.or_utf8 {
                all.push(Spelled { bytes: read.as_bytes().to_vec(), is_sound, is_as_typed });
            }
        }
        all.sort_by(|one, other| one.bytes.cmp(&other.bytes));
        all.dedup_by(|next, kept| {
            let is_alike = next.bytes == kept.bytes;
            if is_alike {
                kept.is_sound |= next.is_sound;
                kept.is_as_typed |= next.is_as_typed;
            }
            is_alike
        });
        all
    }

    /// How many spellings there are at most.
    pub(super) fn most(&self) -> u64 {
        let optional = self.forms.iter().filter(|(_, is_optional)| *is_optional).count();
        (1 << optional) * if self.or_utf8 { 2 } else { 1 }
    }

    /// The most bytes of a spelling.
    pub(super) fn longest(&self) -> usize {
        // A character of one byte in UTF-8 has two in UTF-16.
        if self.characters == Characters::Utf16 { 2 * LONGEST } else { LONGEST }
    }
}

/// The beginning of a text: at most `length` bytes, and no half character.
fn start_of(text: &str, length: usize) -> &str {
    text.get(..text.floor_char_boundary(length)).unwrap_or_default()
}

impl Characters {
    /// Whether no other text has the same bytes.
    fn keep_apart(self, text: &str) -> bool {
        match self {
            Self::Utf8 | Self::Utf16 => true,
            Self::LowBytes => text.encode_utf16().all(|unit| unit <= 0xff),
        }
    }

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

    fn typed(spelling: &Spelling, password: &str) -> Vec<(Vec<u8>, bool)> {
        spelling.of(password).into_iter().map(|spelled| (spelled.bytes, spelled.is_as_typed)).collect()
    }

    #[test]
    fn the_spelling_that_was_typed_is_known_among_others() {
        let trimmed = Spelling { forms: vec![(TextForm::Trimmed, true)], ..Spelling::default() };
        assert_eq!(typed(&trimmed, " a"), [(b" a".to_vec(), true), (b"a".to_vec(), false)]);
        assert_eq!(typed(&trimmed, "a"), [(b"a".to_vec(), true)]);
        let nfkc = Spelling { forms: vec![(TextForm::Nfkc, false)], ..Spelling::default() };
        assert_eq!(typed(&nfkc, "\u{fb01}"), [(b"fi".to_vec(), false)]);
        assert_eq!(typed(&nfkc, "fi"), [(b"fi".to_vec(), true)]);
        // Canonically equivalent.
        assert_eq!(typed(&nfkc, "e\u{301}"), [("\u{e9}".as_bytes().to_vec(), true)]);
    }

    #[test]
    fn what_others_are_spelled_like_was_not_typed() {
        let low = Spelling { characters: Characters::LowBytes, or_utf8: true, ..Spelling::default() };
        assert_eq!(typed(&low, "\u{e9}"), [(vec![0xc3, 0xa9], true), (vec![0xe9], true)]);
        assert_eq!(typed(&low, "\u{1e9}"), [(vec![0xc7, 0xa9], true), (vec![0xe9], false)]);
        assert_eq!(typed(&low, "a"), [(b"a".to_vec(), true)]);
        let wide = Spelling { characters: Characters::Utf16, ..Spelling::default() };
        assert_eq!(typed(&wide, "\u{1e9}"), [(vec![0xe9, 0x01], true)]);
    }

    #[test]
    fn no_password_has_more_spellings_than_are_counted() {
        let forms = vec![(TextForm::Trimmed, true), (TextForm::Slashed, true)];
        let spelling = Spelling { forms, characters: Characters::LowBytes, or_utf8: true };
        assert_eq!(spelling.of(" it'\u{e9} ").len() as u64, spelling.most());
    }
}
