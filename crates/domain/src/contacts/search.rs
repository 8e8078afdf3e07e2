//! Searching by a part of a name or an address.

/// What is searched for: a text that is a part of the name or the address, in this order of preference
/// (contacts contract, decision 4):
///
/// 1. names before addresses,
/// 2. the text letter for letter before the text in another letter case,
/// 3. the least id.
///
/// `%` and `_` are letters like any other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactSearch {
    exact: String,
    folded: String,
}

impl ContactSearch {
    /// Searches for a text.
    pub fn new(text: &str) -> Self {
        Self { exact: text.to_owned(), folded: fold(text) }
    }

    /// The text, letter for letter.
    pub fn exact(&self) -> &str {
        &self.exact
    }

    /// The text without regard to letter case: to be looked for in what [`fold`] made.
    pub fn folded(&self) -> &str {
        &self.folded
    }
}

/// A text without regard to letter case: by way of its upper case, character by character, so that a part
/// of a text is a part of the folded text too, wherever it stands. `ß` is `ss`, and every sigma is one.
pub fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect()
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

    proptest! {
        #[test]
        fn a_part_of_a_text_is_a_part_of_the_folded_text(before in any::<String>(), part in any::<String>(), after in any::<String>()) {
            let whole = fold(&format!("{before}{part}{after}"));
            prop_assert!(whole.contains(&fold(&part)));
            prop_assert!(whole.contains(&fold(&fold(&part))) || fold(&fold(&part)) == fold(&part));
        }

        #[test]
        fn folding_makes_a_text_three_times_as_long_at_the_most(text in any::<String>()) {
            prop_assert!(fold(&text).chars().count() <= 3 * text.chars().count());
        }
    }
}
