//! Texts of strangers on pages.

use vestibule_domain::accounts::{EmailAddress, Username};

/// How many characters of a text are shown.
const SHOWN: usize = 1000;

/// What an account is called: its user name, else its address. A text of which nothing is seen is no name: the link under
/// it could not be found.
pub(super) fn called<'a>(username: Option<&'a Username>, email: Option<&'a EmailAddress>) -> Option<&'a str> {
    let names = [username.map(Username::as_str), email.map(EmailAddress::as_str)];
    names.into_iter().flatten().find(|name| name.chars().any(is_seen))
}

/// The characters of a text that are seen.
pub(super) fn seen(text: &str) -> String {
    text.chars().filter(|character| is_seen(*character)).collect()
}

/// A text without what is beyond any that people write, such as a reason of an earlier release.
pub(super) fn shortened(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(SHOWN) {
        text.truncate(end);
        text.push('…');
    }
    text
}

/// Whether a character leaves a mark. Those that do not are blanks, control characters, and what Unicode calls ignorable by
/// default, with a few letters that are blank.
fn is_seen(character: char) -> bool {
    !character.is_whitespace()
        && !character.is_control()
        && !matches!(
            character,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_which_nothing_is_seen_is_none() {
        let address = EmailAddress::parse("ada@example.com").unwrap();
        for name in ["\u{200b}", "\u{202e}\u{202d}", "\u{3164} \u{2800}", "\u{e0041}\u{ad}"] {
            let name = Username::from_stored(name.to_owned());
            assert_eq!(called(Some(&name), Some(&address)), Some("ada@example.com"), "{name:?}");
            assert_eq!(called(Some(&name), None), None, "{name:?}");
        }
        for name in ["ada", "\u{202e}ada", "李", "é", "🙂"] {
            let stored = Username::from_stored(name.to_owned());
            assert_eq!(called(Some(&stored), Some(&address)), Some(name));
        }
    }

    #[test]
    fn a_text_is_shown_up_to_a_length() {
        assert_eq!(shortened("é".repeat(SHOWN)), "é".repeat(SHOWN));
        assert_eq!(shortened("é".repeat(SHOWN + 1)), "é".repeat(SHOWN) + "…");
    }
}
