//! Text that somebody typed, and times, as they are printed.

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A text on one line. Characters that move the cursor or change the direction of writing are spelled out, so that a
/// user's name cannot look like a line of the command.
pub(in crate::commands) fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\'' | '"' => line.push(letter),
            _ => line.extend(letter.escape_debug()),
        }
    }
    line
}

/// A text on one line, or a dash where there is none.
pub(super) fn or_dash(text: Option<&str>) -> String {
    text.map_or_else(|| "-".to_owned(), on_one_line)
}

/// A time as RFC 3339 has it, in UTC.
pub(super) fn at(time: OffsetDateTime) -> String {
    time.format(&Rfc3339).unwrap_or_else(|_year_out_of_range| time.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stays_on_its_line() {
        assert_eq!(on_one_line("Zoë \"the 1st\" O'Hara"), "Zoë \"the 1st\" O'Hara");
        assert_eq!(on_one_line("a\nb\u{1b}[2J\u{202e}c"), "a\\nb\\u{1b}[2J\\u{202e}c");
        assert_eq!(or_dash(None), "-");
    }
}
