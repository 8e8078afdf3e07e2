//! Searching by a part of a name or an address.

/// A search for the text as a part of the name or the address. Matches are preferred in this order (contacts
/// contract, decision 4):
///
/// 1. names before addresses,
/// 2. the exact spelling before another letter case,
/// 3. the least id.
///
/// `%` and `_` are ordinary characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactSearch {
    exact: String,
    folded: String,
}

impl ContactSearch {
    /// A search for this text. An empty text is a part of every name.
    pub fn new(text: &str) -> Self {
        Self { exact: text.to_owned(), folded: fold(text) }
    }

    /// The text as it was given, for matches in the exact spelling.
    pub fn exact(&self) -> &str {
        &self.exact
    }

    /// The text in the folded form that [`fold`] makes, for matches in any letter case.
    pub fn folded(&self) -> &str {
        &self.folded
    }
}

/// Folds letter case. Each character is upper-cased and then lower-cased by itself, so a part of a text stays a part
/// of the folded text wherever it stands. `ß` becomes `ss`, and all forms of sigma become one.
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
