//! Phone numbers as files have them.

use vestibule_domain::contacts::PhoneNumber;

/// A phone number that a contact can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ReadNumber {
    /// The number.
    pub(super) number: PhoneNumber,
    /// Whether it says all of the text: there was no extension.
    pub(super) is_whole: bool,
}

/// The number of a text: its digits, without a leading `+` and separators. `None` if the text is no number of at most
/// 15 digits.
pub(super) fn read(text: &str) -> Option<ReadNumber> {
    // Apple puts marks of the direction of writing around numbers.
    let is_mark = |letter: &char| matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let text: String = text.chars().filter(|letter| !is_mark(letter)).collect();
    let (number, extension) = split_extension(strip_scheme(text.trim()));
    // "+49 (0)30 …" has a zero for those who call from within the country.
    let number = if number.starts_with('+') { number.replacen("(0)", "", 1) } else { number.to_owned() };
    let mut digits = String::new();
    for (place, letter) in number.char_indices() {
        match letter {
            '0'..='9' => digits.push(letter),
            '+' if place == 0 => {}
            '-' if place == 0 => return None,
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2011}' | '\u{2013}' | '-' | '.' | '/' | '(' | ')' => {}
            _ => return None,
        }
    }
    let number = PhoneNumber::new(digits.parse().ok()?).ok()?;
    Some(ReadNumber { number, is_whole: extension.is_none() })
}

fn strip_scheme(text: &str) -> &str {
    match text.get(..4) {
        Some(scheme) if scheme.eq_ignore_ascii_case("tel:") => text.get(4..).unwrap_or_default(),
        _ => text,
    }
}

/// The part before an extension, and the extension.
fn split_extension(text: &str) -> (&str, Option<&str>) {
    let lower = text.to_ascii_lowercase();
    let starts = [";", "ext", "x", "#", "p", ","].iter();
    let place = starts.filter_map(|mark| lower.find(mark)).filter(|place| *place > 0).min();
    match place {
        Some(place) => {
            let (number, extension) = text.split_at(place);
            // Parameters of a URI that say nothing of the number, such as `;phone-context=`, count as an extension too.
            (number.trim_end(), Some(extension))
        }
        None => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Option<(i64, bool)> {
        read(text).map(|ReadNumber { number, is_whole }| (number.get(), is_whole))
    }

    #[test]
    fn a_number_is_its_digits() {
        for text in [
            "+33 6 12 34 56 78",
            "tel:+33-6-12-34-56-78",
            "33612345678",
            "+33 (0)6 12.34.56/78",
            "\u{202a}+33612345678\u{202c}",
        ] {
            assert_eq!(number(text), Some((33_612_345_678, true)), "{text}");
        }
        assert_eq!(number("0501234567"), Some((501_234_567, true)));
    }

    #[test]
    fn an_extension_is_told_apart() {
        for text in
            ["+1 555 0100 ext. 12", "tel:+1-555-0100;ext=12", "1 555 0100 x12", "15550100,,12", "15550100#1"]
        {
            assert_eq!(number(text), Some((15_550_100, false)), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in
            ["", "-5", "1-800-FLOWERS", "1234567890123456", "*100#", "ext", "+", "sip:ada@example.com"]
        {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
