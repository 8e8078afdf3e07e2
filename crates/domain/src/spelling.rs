//! The forms in which texts are compared.
//!
//! A letter may be typed as one character or as several: `é` is U+00E9, or `e` and the accent U+0301. Which it is
//! depends on the keyboard, the system and the file that a text comes from, and nobody sees it. So texts are stored as
//! they were given and compared in Unicode's form NFC (UAX #15). Passwords are no names: their hasher has its own rule.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A text in Unicode's form NFC. Borrowed where the text is in that form already, as nearly all are.
///
/// No text becomes more than three times as long, in characters.
pub fn normal_form(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// The form by which whole names are told apart: lower case, in NFC. A sigma at the end of a word stays another letter
/// than one in the middle.
pub fn lower_case(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let lower = normal_form(text).to_lowercase();
    // A small letter and its mark can be one character where the capital and the mark are two: ǰ.
    let normal = match normal_form(&lower) {
        Cow::Borrowed(_) => None,
        Cow::Owned(normal) => Some(normal),
    };
    normal.unwrap_or(lower)
}

/// The greatest length of a name in the form that is compared and stored, in characters.
pub const MAX_FOLDED_CHARS: usize = 512;

/// [`lower_case`] of a name, or the lower case of the name as it is where that has over [`MAX_FOLDED_CHARS`]
/// characters, which no natural name has. Names that NFC makes equal are all of one kind.
pub(crate) fn folded_name(name: &str) -> String {
    let lower = lower_case(name);
    let is_long = lower.len() > MAX_FOLDED_CHARS && lower.chars().count() > MAX_FOLDED_CHARS;
    if is_long { name.to_lowercase() } else { lower }
}

/// The form in which parts of names are looked for. Each character of the text in NFC is upper-cased and then
/// lower-cased by itself, so a part of a text in NFC stays a part of the folded text wherever it stands. `ß` becomes
/// `ss`, and all forms of sigma become one.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for character in normal_form(text).chars() {
        let upper = character.to_uppercase();
        if upper.len() == 1 {
            folded.extend(upper.flat_map(char::to_lowercase));
        } else {
            // The capital of a small letter with several marks may be a letter with one mark and another mark: ΐ.
            folded.extend(upper.nfc().flat_map(char::to_lowercase));
        }
    }
    folded
}

/// What [`fold`] was in releases that compared texts as they were typed.
pub(crate) fn fold_as_typed(text: &str) -> String {
    text.chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect()
}

/// A text in Unicode's form NFD: letters and their marks are characters of their own. Systems that do not compose what
/// is typed send this form.
pub(crate) fn decomposed(text: &str) -> String {
    text.nfd().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn letters_of_every_script_are_folded() {
        for (text, folded) in [
            ("Олена", "олена"),
            ("ÅSA", "åsa"),
            ("Straße", "strasse"),
            ("ΟΔΥΣΣΕΥΣ", "οδυσσευσ"),
            ("Οδυσσεύς", "οδυσσεύσ"),
            ("100%_", "100%_"),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    #[test]
    fn the_form_that_was_typed_does_not_matter_in_any_letter_case() {
        for [small, decomposed, capital] in [
            ["björn", "bjo\u{308}rn", "BJO\u{308}RN"],
            ["ǰ", "j\u{30c}", "J\u{30c}"],
            ["ẖẗẘẙ", "h\u{331}t\u{308}w\u{30a}y\u{30a}", "H\u{331}T\u{308}W\u{30a}Y\u{30a}"],
            ["ΐ", "ι\u{308}\u{301}", "Ϊ\u{301}"],
            ["ΰ", "ϋ\u{301}", "Υ\u{308}\u{301}"],
            ["ᾳ", "α\u{345}", "Α\u{345}"],
            ["が", "か\u{3099}", "か\u{3099}"],
            ["한", "\u{1112}\u{1161}\u{11ab}", "\u{1112}\u{1161}\u{11ab}"],
            ["å", "\u{212b}", "A\u{30a}"],
        ] {
            for other in [decomposed, capital] {
                assert_eq!(fold(other), fold(small), "{other}");
                assert_eq!(lower_case(other), lower_case(small), "{other}");
            }
        }
    }

    #[test]
    fn other_letters_stay_others() {
        for [one, other] in [["bjorn", "björn"], ["e", "é"], ["ﬁ", "fi"], ["1", "①"], ["か", "が"]] {
            assert_ne!(lower_case(one), lower_case(other));
        }
        assert_ne!(fold("bjorn"), fold("bjo\u{308}rn"));
    }

    #[test]
    fn what_is_normal_already_is_not_copied() {
        for text in ["", "Ada", "Björn", "한글", "Олена", "日本"] {
            assert!(matches!(normal_form(text), Cow::Borrowed(_)), "{text}");
        }
        assert_eq!(normal_form("e\u{301}"), "é");
    }

    #[test]
    fn no_character_makes_more_than_three() {
        for character in '\0'..=char::MAX {
            let mut buffer = [0; 4];
            let text = character.encode_utf8(&mut buffer);
            assert!(fold(text).chars().count() <= 3, "{character:?}");
            assert!(lower_case(text).chars().count() <= 3, "{character:?}");
        }
    }

    proptest! {
        #[test]
        fn a_part_of_a_text_is_a_part_of_the_folded_text(before in any::<String>(), part in any::<String>(), after in any::<String>()) {
            let text = format!("{before}{part}{after}");
            // A part that ends between a letter and its accent is no part of the text in NFC.
            prop_assume!(text.nfc().eq(before.nfc().chain(part.nfc()).chain(after.nfc())));
            prop_assert!(fold(&text).contains(&fold(&part)));
        }

        #[test]
        fn composed_and_decomposed_texts_are_the_same(text in "[\\PC\u{300}-\u{345}a-zA-Z]{0,12}") {
            let other: String = text.nfd().collect();
            prop_assert_eq!(fold(&other), fold(&text));
            prop_assert_eq!(lower_case(&other), lower_case(&text));
            prop_assert_eq!(lower_case(&lower_case(&text)), lower_case(&text));
        }

        #[test]
        fn folding_makes_a_text_three_times_as_long_at_the_most(text in "[\\PC\u{300}-\u{345}uUoO]{0,12}") {
            prop_assert!(fold(&text).chars().count() <= 3 * text.chars().count());
        }
    }
}
