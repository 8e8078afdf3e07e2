//! Characters as Python sees them: blanks, letters, and how one is shown in a message.

use std::collections::BTreeSet;

use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use super::InvalidEmail;

/// What `str.strip()` strips.
pub(super) fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{1C}'..='\u{1F}')
}

/// `\w` of a regular expression.
pub(super) fn is_word(character: char) -> bool {
    use GeneralCategoryGroup::{Letter, Number};
    character == '_' || matches!(character.general_category_group(), Letter | Number)
}

/// ASCII letters, digits and the marks that an unquoted local part may have (RFC 5322 §3.2.3).
pub(super) fn is_atom_text(character: char) -> bool {
    character.is_ascii_alphanumeric() || "_!#$%&'*+-/=?^`{|}~".contains(character)
}

/// Fails for control and format characters, separators, unassigned and private code points, and for a combining mark
/// at the start.
pub(super) fn check_safe(text: &str, allow_blanks: bool) -> Result<(), InvalidEmail> {
    use GeneralCategoryGroup::{Letter, Mark, Number, Punctuation, Symbol};
    let is_unsafe = |index: usize, character: char| match character.general_category_group() {
        Letter | Number | Punctuation | Symbol => false,
        Mark => index == 0,
        _ => !(allow_blanks && character.general_category() == GeneralCategory::SpaceSeparator),
    };
    let bad: BTreeSet<_> =
        text.char_indices().filter(|(index, c)| is_unsafe(*index, *c)).map(|(_, c)| c).collect();
    if bad.is_empty() {
        return Ok(());
    }
    let shown: Vec<_> = bad.into_iter().map(show).collect();
    Err(InvalidEmail::UnsafeCharacters { characters: shown.join(", ") })
}

/// The characters that `is_allowed` refuses, each once and ready to be shown. `None` if all are allowed.
pub(super) fn not_allowed(text: &str, is_allowed: impl Fn(char) -> bool) -> Option<String> {
    let bad: BTreeSet<_> = text.chars().filter(|character| !is_allowed(*character)).map(show).collect();
    (!bad.is_empty()).then(|| bad.into_iter().collect::<Vec<_>>().join(", "))
}

/// A character in quotes, or its Unicode name if it is invisible.
///
/// Python has a name for every character. Only blanks and invisible characters have their names here; others, mostly
/// combining marks, are shown as their code point.
pub(super) fn show(character: char) -> String {
    use GeneralCategoryGroup::{Letter, Number, Punctuation, Symbol};
    match character {
        '\\' => "\"\\\"".to_owned(),
        '\'' => "\"'\"".to_owned(),
        _ if matches!(character.general_category_group(), Letter | Number | Punctuation | Symbol) => {
            format!("'{character}'")
        }
        _ => match name(character) {
            Some(name) => name.to_owned(),
            None if u32::from(character) < 0xFFFF => format!("U+{:04X}", u32::from(character)),
            None => format!("U+{:08X}", u32::from(character)),
        },
    }
}

fn name(character: char) -> Option<&'static str> {
    Some(match character {
        ' ' => "SPACE",
        '\u{A0}' => "NO-BREAK SPACE",
        '\u{AD}' => "SOFT HYPHEN",
        '\u{1680}' => "OGHAM SPACE MARK",
        '\u{2000}' => "EN QUAD",
        '\u{2001}' => "EM QUAD",
        '\u{2002}' => "EN SPACE",
        '\u{2003}' => "EM SPACE",
        '\u{2004}' => "THREE-PER-EM SPACE",
        '\u{2005}' => "FOUR-PER-EM SPACE",
        '\u{2006}' => "SIX-PER-EM SPACE",
        '\u{2007}' => "FIGURE SPACE",
        '\u{2008}' => "PUNCTUATION SPACE",
        '\u{2009}' => "THIN SPACE",
        '\u{200A}' => "HAIR SPACE",
        '\u{200B}' => "ZERO WIDTH SPACE",
        '\u{200C}' => "ZERO WIDTH NON-JOINER",
        '\u{200D}' => "ZERO WIDTH JOINER",
        '\u{200E}' => "LEFT-TO-RIGHT MARK",
        '\u{200F}' => "RIGHT-TO-LEFT MARK",
        '\u{2028}' => "LINE SEPARATOR",
        '\u{2029}' => "PARAGRAPH SEPARATOR",
        '\u{202A}' => "LEFT-TO-RIGHT EMBEDDING",
        '\u{202B}' => "RIGHT-TO-LEFT EMBEDDING",
        '\u{202C}' => "POP DIRECTIONAL FORMATTING",
        '\u{202D}' => "LEFT-TO-RIGHT OVERRIDE",
        '\u{202E}' => "RIGHT-TO-LEFT OVERRIDE",
        '\u{202F}' => "NARROW NO-BREAK SPACE",
        '\u{205F}' => "MEDIUM MATHEMATICAL SPACE",
        '\u{2060}' => "WORD JOINER",
        '\u{2066}' => "LEFT-TO-RIGHT ISOLATE",
        '\u{2067}' => "RIGHT-TO-LEFT ISOLATE",
        '\u{2068}' => "FIRST STRONG ISOLATE",
        '\u{2069}' => "POP DIRECTIONAL ISOLATE",
        '\u{3000}' => "IDEOGRAPHIC SPACE",
        '\u{FEFF}' => "ZERO WIDTH NO-BREAK SPACE",
        _ => return None,
    })
}
