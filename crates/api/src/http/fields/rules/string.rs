use super::super::{Fault, Given, Report, Rule};

/// Any text, of any length. A number is no text.
pub fn string() -> StringRule {
    StringRule::default()
}

/// See [`string`].
#[derive(Debug, Default)]
pub struct StringRule {
    least: Option<usize>,
    most: Option<usize>,
    pattern: Option<Pattern>,
    without_nul: bool,
}

#[derive(Debug)]
struct Pattern {
    written: &'static str,
    matches: fn(&str) -> bool,
}

impl StringRule {
    /// At least this many characters.
    #[must_use]
    pub fn min_length(self, least: usize) -> Self {
        Self { least: Some(least), ..self }
    }

    /// At most this many characters.
    #[must_use]
    pub fn max_length(self, most: usize) -> Self {
        Self { most: Some(most), ..self }
    }

    /// A pattern: how the contract writes it, and a function that judges by it.
    #[must_use]
    pub fn pattern(self, written: &'static str, matches: fn(&str) -> bool) -> Self {
        Self { pattern: Some(Pattern { written, matches }), ..self }
    }

    /// No NUL character, which no database column takes.
    #[must_use]
    pub fn without_nul(self) -> Self {
        Self { without_nul: true, ..self }
    }

    fn fault(&self, text: &str) -> Option<Fault> {
        let length = text.chars().count();
        if let Some(least) = self.least.filter(|least| length < *least) {
            return Some(Fault::TooShort(least));
        }
        if let Some(most) = self.most.filter(|most| length > *most) {
            return Some(Fault::TooLong(most));
        }
        if let Some(pattern) = self.pattern.as_ref().filter(|pattern| !(pattern.matches)(text)) {
            return Some(Fault::Mismatch(pattern.written));
        }
        (self.without_nul && text.contains('\0')).then_some(Fault::Nul)
    }
}

impl Rule for StringRule {
    type Output = String;

    fn read(&self, given: Given<'_>, report: &mut Report<'_>) -> Option<String> {
        let Some(text) = given.as_text() else {
            report.refuse(given, Fault::NotText);
            return None;
        };
        if let Some(fault) = self.fault(text) {
            report.refuse(given, fault);
            return None;
        }
        Some(text.to_owned())
    }
}
