//! A format: one way in which one system writes a hash.

use crate::readers::Pattern;
use crate::recipe::Recipe;
use crate::refusal::Refusal;
use crate::source::Source;

/// One way in which one system writes a hash.
pub struct Format {
    pub(crate) name: &'static str,
    pub(crate) system: &'static str,
    pub(crate) fields: &'static [&'static str],
    pub(crate) keys: &'static [&'static str],
    pub(crate) tells_itself: bool,
    pub(crate) reading: Reading,
}

/// How it is read.
pub(crate) enum Reading {
    Pattern(Pattern),
    Code(fn(&Source<'_>) -> Result<Recipe, Refusal>),
}

impl Format {
    /// A format that is told from its text and is read by code.
    pub(crate) const fn code(
        name: &'static str,
        system: &'static str,
        read: fn(&Source<'_>) -> Result<Recipe, Refusal>,
    ) -> Self {
        Self { name, system, fields: &[], keys: &[], tells_itself: true, reading: Reading::Code(read) }
    }

    /// A format that is told from its text and is read by a pattern.
    pub(crate) const fn pattern(name: &'static str, system: &'static str, pattern: Pattern) -> Self {
        Self { name, system, fields: &[], keys: &[], tells_itself: true, reading: Reading::Pattern(pattern) }
    }

    /// Its text is also that of another format, so it has to be named.
    pub(crate) const fn by_name(mut self) -> Self {
        self.tells_itself = false;
        self
    }

    /// Needs fields beside the hash, so it has to be named.
    pub(crate) const fn with_fields(mut self, fields: &'static [&'static str]) -> Self {
        self.fields = fields;
        self.by_name()
    }

    /// Needs keys of the system, so it has to be named.
    pub(crate) const fn with_keys(mut self, keys: &'static [&'static str]) -> Self {
        self.keys = keys;
        self.by_name()
    }

    /// Its name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Which systems write it.
    pub fn system(&self) -> &'static str {
        self.system
    }

    /// The fields beside the hash that it needs.
    pub fn fields(&self) -> &'static [&'static str] {
        self.fields
    }

    /// The import keys that it needs.
    pub fn keys(&self) -> &'static [&'static str] {
        self.keys
    }

    /// Whether it need not be named: its text tells it, unless another format has the same text.
    pub fn tells_itself(&self) -> bool {
        self.tells_itself
    }

    pub(crate) fn read(&self, source: &Source<'_>) -> Result<Recipe, Refusal> {
        match &self.reading {
            Reading::Pattern(pattern) => pattern.read(source),
            Reading::Code(read) => read(source),
        }
    }
}
