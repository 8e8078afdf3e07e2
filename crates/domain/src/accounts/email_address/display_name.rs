//! `Name <a@b.c>`: the part that pydantic removes, and how email-validator splits the rest.

use unicode_normalization::UnicodeNormalization;

use super::InvalidEmail;
use super::characters::{check_safe, is_atom_text, is_blank, is_word, not_allowed, show};

/// Pydantic's `pretty_email_regex`: answers the text between the angle brackets. In front of them may stand nothing,
/// plain words, or a name in quotes; otherwise the answer is `None`.
pub(super) fn strip(text: &str) -> Option<&str> {
    let text = text.trim_matches(is_blank).strip_suffix('>')?;
    if let Some(quoted) = text.strip_prefix('"') {
        // The last quote after which an angle bracket opens; at least one character in between.
        return quoted
            .rmatch_indices('"')
            .filter(|(index, _)| *index > 0)
            .find_map(|(index, _)| quoted.get(index + 1..).and_then(opened_bracket));
    }
    let is_name = |c: char| is_word(c) || is_atom_text(c) || is_blank(c);
    opened_bracket(text.trim_start_matches(is_name))
}

fn opened_bracket(text: &str) -> Option<&str> {
    let inside = text.trim_start_matches(is_blank).strip_prefix('<')?;
    (!inside.is_empty() && !inside.contains('\n')).then_some(inside)
}

/// An address taken apart at its `@`.
pub(super) struct Parts<'t> {
    /// Without quotes and escapes.
    pub(super) local: String,
    pub(super) is_local_quoted: bool,
    pub(super) domain: &'t str,
    pub(super) has_display_name: bool,
}

/// Takes an address apart. Quotes hide an `@`.
pub(super) fn split(address: &str) -> Result<Parts<'_>, InvalidEmail> {
    let (left, right) = split_at_unquoted(address, &['@', '<'])?;
    let has_display_name = right.starts_with('<');
    let (local, domain) = if has_display_name {
        check_display_name(left.trim_end_matches(is_blank))?;
        if !right.contains('>') {
            return Err(InvalidEmail::UnclosedAngleBracket);
        }
        let right = right.trim_end_matches(' ');
        if !right.ends_with('>') {
            return Err(InvalidEmail::TextAfterAddress);
        }
        split_at_unquoted(right.strip_prefix('<').unwrap_or(right).trim_end_matches('>'), &['@'])?
    } else {
        (left, right)
    };
    let (local, is_local_quoted) = unquote(local)?;
    Ok(Parts { local, is_local_quoted, domain: domain.strip_prefix('@').unwrap_or(domain), has_display_name })
}

fn check_display_name(text: &str) -> Result<(), InvalidEmail> {
    let (name, is_quoted) = unquote(text)?;
    if !is_quoted && let Some(characters) = not_allowed(&name, |c| is_atom_text(c) || c == ' ') {
        return Err(InvalidEmail::DisplayNameCharacters { characters });
    }
    check_safe(&name, true)
}

fn split_at_unquoted<'t>(text: &'t str, marks: &[char]) -> Result<(&'t str, &'t str), InvalidEmail> {
    let mut is_inside = false;
    let mut is_escaped = false;
    for (index, character) in text.char_indices() {
        let rest = text.get(index..).unwrap_or_default();
        let matters = is_escaped || matches!(character, '"' | '\\') || marks.contains(&character);
        // `<` with a long solidus over it is the character `≮`, no bracket.
        if !matters || rest.nfc().next() != Some(character) {
            continue;
        }
        if is_inside {
            is_inside = is_escaped || character != '"';
            is_escaped = character == '\\' && !is_escaped;
        } else if character == '"' {
            is_inside = true;
        } else if marks.contains(&character) {
            return text.split_at_checked(index).ok_or(InvalidEmail::NoAtSign);
        }
    }
    Err(InvalidEmail::NoAtSign)
}

/// Removes quotes and escapes. The flag says whether there were quotes.
fn unquote(text: &str) -> Result<(String, bool), InvalidEmail> {
    let Some(quoted) = text.strip_prefix('"') else {
        return Ok((text.to_owned(), false));
    };
    let mut value = String::new();
    let mut characters = quoted.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => value.extend(characters.next()),
            '"' if characters.as_str().is_empty() => break,
            '"' => {
                let shown: Vec<_> = characters.map(show).collect();
                return Err(InvalidEmail::AfterCloseQuote { characters: shown.join(", ") });
            }
            _ => value.push(character),
        }
    }
    Ok((value, true))
}
