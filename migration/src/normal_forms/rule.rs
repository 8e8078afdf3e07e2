//! How names are compared.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

/// The greatest length of a name in the form that is compared by, in characters.
const MOST: usize = 512;
/// The greatest length of a country's code, in characters.
const MOST_OF_A_CODE: usize = 3;

/// The form in which names are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// As they were given.
    Plain,
    /// In NFC.
    Normal,
}

/// A folded character, and whether the text has another one in its place.
pub(super) type Letter = (char, bool);

impl Rule {
    /// The text in this form.
    pub(crate) fn form(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Normal if !text.is_ascii() && is_nfc_quick(text.chars()) != IsNormalized::Yes => {
                Cow::Owned(text.nfc().collect())
            }
            _ => Cow::Borrowed(text),
        }
    }

    /// By this whole names are told apart.
    pub(crate) fn lower_case(self, name: &str) -> String {
        let lower = self.form(&self.form(name).to_lowercase()).into_owned();
        if lower.chars().count() > MOST { name.to_lowercase() } else { lower }
    }

    /// A country's code; one that would become too long stays as it is.
    pub(crate) fn country_code(code: &str) -> String {
        let normal = Self::Normal.form(&Self::Normal.form(code).to_uppercase()).into_owned();
        if normal.chars().count() > MOST_OF_A_CODE { code.to_owned() } else { normal }
    }

    /// By these parts of names are looked for.
    pub(super) fn letters(self, text: &str) -> Vec<Letter> {
        let mut letters = Vec::new();
        for character in self.form(text).chars() {
            let upper: String = character.to_uppercase().collect();
            let upper =
                if upper.chars().nth(1).is_some() { self.form(&upper) } else { Cow::Borrowed(&*upper) };
            let folded: Vec<char> = upper.chars().flat_map(char::to_lowercase).collect();
            let changed = folded != [character];
            letters.extend(folded.into_iter().map(|folded| (folded, changed)));
        }
        letters
    }

    /// The text of [`letters`](Self::letters).
    pub(super) fn folded(self, text: &str) -> String {
        self.letters(text).into_iter().map(|(folded, _)| folded).collect()
    }

    /// The text in this form, if it was given in another one.
    pub(super) fn other_form(self, text: &str) -> Option<String> {
        Some(self.form(text).into_owned()).filter(|form| form != text)
    }
}

/// Three characters as a number that sorts as they do.
pub(super) fn pack(three: [char; 3]) -> i64 {
    three.into_iter().fold(0, |number, letter| number << 21 | i64::from(u32::from(letter)))
}
