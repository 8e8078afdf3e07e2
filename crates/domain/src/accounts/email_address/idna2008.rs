//! Internationalised domain names by the strict rules of RFC 5891–5893, which Python's `idna` follows.
//!
//! The `idna` crate gives the mapping tables (UTS 46) and the rules for writing directions. UTS 46 allows more than
//! RFC 5892, such as ☃ and other symbols; this module refuses what RFC 5892 does not allow.

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// Longer domains are not mapped, because some checks below take quadratic time.
const MOST_CHARS: usize = 1024;

/// Maps a domain to the form in which domains are compared: lower case, compatibility characters replaced, NFC. The
/// error names the character that has no such form.
pub(super) fn map(domain: &str) -> Result<String, String> {
    if domain.is_ascii() {
        return Ok(domain.to_ascii_lowercase());
    }
    if domain.chars().count() > MOST_CHARS {
        return Err("Domain too long".to_owned());
    }
    let mut mapped = String::with_capacity(domain.len());
    for (index, character) in domain.chars().enumerate() {
        let Some(replacement) = map_character(character) else {
            let code = u32::from(character);
            return Err(format!(
                "Codepoint U+{code:04X} not allowed at position {} in '{domain}'",
                index + 1
            ));
        };
        mapped.push_str(&replacement);
    }
    Ok(mapped.nfc().collect())
}

/// The ASCII form of a mapped domain.
pub(super) fn encode(domain: &str) -> Result<String, String> {
    let labels: Result<Vec<_>, _> = domain.split('.').map(encode_label).collect();
    Ok(labels?.join("."))
}

/// The Unicode form of an ASCII domain.
pub(super) fn decode(domain: &str) -> Result<String, String> {
    let labels: Result<Vec<_>, _> = domain.split('.').map(decode_label).collect();
    Ok(labels?.join("."))
}

fn encode_label(label: &str) -> Result<String, String> {
    if label.is_ascii() {
        decode_label(label)?;
        return within_limit(label.to_owned());
    }
    check_label(label)?;
    let punycode = idna::punycode::encode_str(label).ok_or("Label too long")?;
    within_limit(format!("xn--{punycode}"))
}

fn within_limit(label: String) -> Result<String, String> {
    if label.len() > 63 { Err("Label too long".to_owned()) } else { Ok(label) }
}

fn decode_label(label: &str) -> Result<String, String> {
    let Some(punycode) = label.strip_prefix("xn--") else {
        check_label(label)?;
        return Ok(label.to_owned());
    };
    if punycode.is_empty() {
        return Err("Malformed A-label, no Punycode eligible content found".to_owned());
    }
    if punycode.ends_with('-') {
        return Err("A-label must not end with a hyphen".to_owned());
    }
    let label = idna::punycode::decode_to_string(punycode).ok_or("Invalid A-label")?;
    if idna::punycode::encode_str(&label).as_deref() != Some(punycode) {
        return Err("A-label is not the canonical Punycode encoding of its U-label".to_owned());
    }
    check_label(&label)?;
    Ok(label)
}

fn check_label(label: &str) -> Result<(), String> {
    let refuse = |text: &str| Err(text.to_owned());
    if label.is_empty() {
        return refuse("Empty Label");
    }
    if !label.nfc().eq(label.chars()) {
        return refuse("Label must be in Normalization Form C");
    }
    if label.chars().skip(2).take(2).eq(['-', '-']) {
        return refuse("Label has disallowed hyphens in 3rd and 4th position");
    }
    if label.starts_with('-') || label.ends_with('-') {
        return refuse("Label must not start or end with a hyphen");
    }
    if label.starts_with(|c: char| c.general_category_group() == GeneralCategoryGroup::Mark) {
        return refuse("Label begins with an illegal combining character");
    }
    let characters: Vec<char> = label.chars().collect();
    if let Some(index) = (0..characters.len()).find(|index| !is_allowed(&characters, *index)) {
        let character = characters.get(index).copied().unwrap_or_default();
        let (code, place) = (u32::from(character), index + 1);
        return Err(if needs_context(character) {
            format!("Codepoint U+{code:04X} not allowed at position {place} in '{label}'")
        } else {
            format!("Codepoint U+{code:04X} at position {place} of '{label}' not allowed")
        });
    }
    let (unchanged, checked) = idna::domain_to_unicode(label);
    if checked.is_err() || unchanged != label {
        return Err(format!("Label '{label}' mixes writing directions or has a character out of place"));
    }
    Ok(())
}

/// What one character maps to. `None` if the character is never allowed.
fn map_character(character: char) -> Option<String> {
    if character.is_ascii() {
        return Some(character.to_ascii_lowercase().to_string());
    }
    if matches!(character, '。' | '．' | '｡') {
        return Some(".".to_owned());
    }
    // A single character may be refused for its place: as the first mark, or for its writing direction. So it is
    // tried behind a letter of each direction that combines with nothing.
    ["一", "ב"].into_iter().find_map(|before| {
        let (mapped, checked) = idna::domain_to_unicode(&format!("{before}{character}"));
        checked.ok()?;
        mapped.strip_prefix(before).map(str::to_owned)
    })
}

/// Whether RFC 5892 calls a character `PVALID` or `CONTEXTO`, for characters that the mapping leaves as they are.
fn is_allowed(label: &[char], index: usize) -> bool {
    use GeneralCategory::{
        DecimalNumber, LowercaseLetter, ModifierLetter, NonspacingMark, OtherLetter, SpacingMark,
    };
    let Some(character) = label.get(index).copied() else {
        return false;
    };
    let before = index.checked_sub(1).and_then(|index| label.get(index).copied());
    let after = label.get(index + 1).copied();
    match character {
        'a'..='z' | '0'..='9' | '-' | 'ß' | 'ς' | '۽' | '۾' | '་' | '〇' => true,
        '·' => before == Some('l') && after == Some('l'),
        '͵' => after.is_some_and(is_greek),
        '׳' | '״' => before.is_some_and(is_hebrew),
        '・' => label.iter().copied().any(is_japanese),
        '٠'..='٩' => !label.iter().any(|c| matches!(c, '۰'..='۹')),
        '۰'..='۹' => !label.iter().any(|c| matches!(c, '٠'..='٩')),
        _ if is_exception(character) => false,
        _ => {
            matches!(
                character.general_category(),
                LowercaseLetter | OtherLetter | ModifierLetter | NonspacingMark | SpacingMark | DecimalNumber
            ) && map_character(character).is_some_and(|mapped| mapped.chars().eq([character]))
        }
    }
}

/// Whether RFC 5892 calls a character `CONTEXTO`: it is allowed only next to certain neighbours.
fn needs_context(character: char) -> bool {
    matches!(character, '·' | '͵' | '׳' | '״' | '・' | '٠'..='٩' | '۰'..='۹')
}

/// Letters and marks that RFC 5892 forbids: its exceptions (F), old Hangul, marks of symbols and of music.
fn is_exception(character: char) -> bool {
    matches!(
        character,
        '\u{640}' | '\u{7FA}' | '\u{302E}' | '\u{302F}' | '\u{3031}'..='\u{3035}' | '\u{303B}'
            | '\u{1100}'..='\u{11FF}' | '\u{A960}'..='\u{A97C}' | '\u{D7B0}'..='\u{D7FB}'
            | '\u{20D0}'..='\u{20FF}' | '\u{1D100}'..='\u{1D1FF}' | '\u{1D200}'..='\u{1D24F}'
    )
}

fn is_greek(character: char) -> bool {
    matches!(character, '\u{370}'..='\u{3E1}' | '\u{3F0}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFE}')
}

fn is_hebrew(character: char) -> bool {
    matches!(character, '\u{591}'..='\u{5F4}')
}

fn is_japanese(character: char) -> bool {
    matches!(
        character,
        '\u{3005}' | '\u{3007}' | '\u{3041}'..='\u{309F}' | '\u{30A1}'..='\u{30FA}' | '\u{30FD}'..='\u{30FF}'
            | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
            | '\u{20000}'..='\u{3347F}'
    )
}
