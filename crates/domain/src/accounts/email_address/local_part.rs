use unicode_normalization::UnicodeNormalization;

use super::InvalidEmail;
use super::characters::{check_safe, is_atom_text, not_allowed};

/// The part before the `@`: words of letters of any script, digits and ASCII marks, joined by single periods (RFC
/// 5322 §3.2.3, RFC 6531 §3.3). It is in Unicode NFC.
#[derive(Debug)]
pub(super) struct LocalPart(String);

impl LocalPart {
    /// The greatest length, in characters (RFC 5321 §4.5.3.1.1).
    const MOST_CHARS: usize = 64;

    /// `is_quoted`: whether the text was in quotes, which is refused after all other rules.
    pub(super) fn parse(text: &str, is_quoted: bool) -> Result<Self, InvalidEmail> {
        check(text, is_quoted)?;
        let normalized: String = text.nfc().collect();
        if normalized != text {
            check(&normalized, is_quoted)
                .map_err(|reason| InvalidEmail::AfterNormalization(Box::new(reason)))?;
        }
        if is_quoted { Err(InvalidEmail::QuotedLocalPart) } else { Ok(Self(normalized)) }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

fn check(text: &str, is_quoted: bool) -> Result<(), InvalidEmail> {
    if text.is_empty() {
        return Err(InvalidEmail::NothingBeforeAt);
    }
    if let Some(excess) = text.chars().count().checked_sub(LocalPart::MOST_CHARS).filter(|excess| *excess > 0)
    {
        return Err(InvalidEmail::LocalPartTooLong { excess });
    }
    let is_allowed = |c: char| is_atom_text(c) || !c.is_ascii();
    let is_dotted_words = text.split('.').all(|word| !word.is_empty() && word.chars().all(is_allowed));
    if is_quoted && !is_dotted_words {
        if let Some(characters) = not_allowed(text, |c| !c.is_ascii_control()) {
            return Err(InvalidEmail::QuotedCharacters { characters });
        }
        return check_safe(text, true);
    }
    if let Some(characters) = not_allowed(text, |c| is_allowed(c) || c == '.') {
        return Err(InvalidEmail::LocalPartCharacters { characters });
    }
    if text.ends_with('.') {
        return Err(InvalidEmail::PeriodBeforeAt);
    }
    if text.starts_with('.') {
        return Err(InvalidEmail::StartsWithPeriod);
    }
    if text.contains("..") {
        return Err(InvalidEmail::TwoPeriods);
    }
    if text.is_ascii() { Ok(()) } else { check_safe(text, false) }
}
