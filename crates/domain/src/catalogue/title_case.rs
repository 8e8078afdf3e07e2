//! Title case, as the original writes it.

/// Writes a text as Python's `str.title()` does: the first letter of every run of letters in title
/// case, all others in lower case (theater contract 2.8). `john o'neil` is `John O'Neil`, `McDonald`
/// is `Mcdonald`, `sci-fi` is `Sci-Fi`.
pub fn title_case(text: &str) -> String {
    // The text is lower-cased as a whole, because the form of a sigma depends on its neighbours. Each character
    // becomes as many characters as it would alone.
    let lowered = text.to_lowercase();
    let mut lowered = lowered.chars();
    let mut titled = String::with_capacity(text.len());
    let mut in_run = false;
    for character in text.chars() {
        let lower = lowered.by_ref().take(character.to_lowercase().count());
        if in_run {
            titled.extend(lower);
        } else {
            lower.for_each(drop);
            push_titled(&mut titled, character);
        }
        in_run = is_cased(character);
    }
    titled
}

/// Writes a letter in title case: upper case, except for characters that stand for two letters, of which the second
/// stays small.
fn push_titled(titled: &mut String, character: char) {
    match character {
        'Ǆ'..='ǆ' => titled.push('ǅ'),
        'Ǉ'..='ǉ' => titled.push('ǈ'),
        'Ǌ'..='ǌ' => titled.push('ǋ'),
        'Ǳ'..='ǳ' => titled.push('ǲ'),
        // Georgian capitals are used only in texts that are all capitals.
        'ა'..='ჿ' => titled.push(character),
        // In these ranges the forms with a capital and a small iota are 8 apart.
        'ᾀ'..='ᾯ' => titled.push(char::from_u32(u32::from(character) | 8).unwrap_or(character)),
        'ᾳ' | 'ᾼ' => titled.push('ᾼ'),
        'ῃ' | 'ῌ' => titled.push('ῌ'),
        'ῳ' | 'ῼ' => titled.push('ῼ'),
        // In upper case the iota below becomes a capital beside the letter; in title case it stays below.
        'ᾲ' | 'ᾴ' | 'ᾷ' | 'ῂ' | 'ῄ' | 'ῇ' | 'ῲ' | 'ῴ' | 'ῷ' => {
            titled.extend(character.to_uppercase().map(|upper| if upper == 'Ι' { '\u{345}' } else { upper }));
        }
        'ß' | 'և' | 'ﬀ'..='ﬆ' | 'ﬓ'..='ﬗ' => {
            let mut uppers = character.to_uppercase();
            titled.extend(uppers.next());
            titled.extend(uppers.flat_map(char::to_lowercase));
        }
        _ => titled.extend(character.to_uppercase()),
    }
}

/// Unicode's property `Cased`: a letter after such a letter belongs to the same run.
fn is_cased(character: char) -> bool {
    character.is_lowercase() || character.is_uppercase() || is_titled(character)
}

/// The letters that are in title case by themselves (Unicode's category `Lt`).
fn is_titled(character: char) -> bool {
    matches!(character, 'ǅ' | 'ǈ' | 'ǋ' | 'ǲ' | 'ᾈ'..='ᾏ' | 'ᾘ'..='ᾟ' | 'ᾨ'..='ᾯ' | 'ᾼ' | 'ῌ' | 'ῼ')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::title_case;

    /// What Python 3.10 answers.
    fn assert_titled(pairs: &[(&str, &str)]) {
        for (text, titled) in pairs {
            assert_eq!(title_case(text), *titled, "{text:?}");
        }
    }

    #[test]
    fn the_examples_of_the_contract_hold() {
        assert_titled(&[
            ("TV movie", "Tv Movie"),
            ("john o'neil", "John O'Neil"),
            ("McDonald jr.", "Mcdonald Jr."),
            ("sci-fi", "Sci-Fi"),
        ]);
    }

    #[test]
    fn whatever_is_no_letter_ends_a_run() {
        assert_titled(&[
            ("", ""),
            ("3d film", "3D Film"),
            ("they're bill's", "They'Re Bill'S"),
            ("a_b\tc\u{a0}d", "A_B\tC\u{a0}D"),
            ("e\u{301}cole", "E\u{301}Cole"),
            ("日本a日本", "日本A日本"),
        ]);
    }

    #[test]
    fn letters_that_stand_for_two_keep_the_second_small() {
        assert_titled(&[
            ("ǆ ǆǆ Ǆ", "ǅ ǅǆ ǅ"),
            ("ßa aß", "Ssa Aß"),
            ("ﬁsh ŉ", "Fish ʼN"),
            ("ev և", "Ev Եւ"),
            ("ᾳ ᾲ ᾀ ᾼ", "ᾼ Ὰ\u{345} ᾈ ᾼ"),
            ("ნინო", "ნინო"),
        ]);
    }

    #[test]
    fn a_sigma_at_the_end_of_a_word_has_its_own_form() {
        assert_titled(&[
            ("ΟΔΟΣ ΟΔΥΣΣΕΥΣ", "Οδος Οδυσσευς"),
            ("Σ ΑΣ'Α ΑΣ. ΣΣ", "Σ Ασ'Α Ας. Σς"),
            ("İSTANBUL iİ", "İstanbul Ii\u{307}"),
        ]);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text: String) {
            title_case(&text);
        }

        #[test]
        fn ascii_keeps_its_letters_and_once_is_enough(text in "[ -~]*") {
            let titled = title_case(&text);
            prop_assert!(titled.eq_ignore_ascii_case(&text));
            prop_assert_eq!(title_case(&titled), titled);
        }
    }
}
