//! What is wrong with a configuration: everything, at once.

use std::fmt;

/// What a problem is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A setting or section, `server.port`.
    Key {
        /// The dotted key.
        key: String,
        /// The variable or file.
        origin: Option<String>,
    },
    /// A file or folder that cannot be read.
    File(String),
    /// A variable that is not a setting: `VESTIBULE_ENV`, `VESTIBULE_CONFIG_DIR`.
    Variable(&'static str),
}

/// One thing that is wrong, and what is allowed. It never repeats a value: the value might be a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    place: Place,
    message: String,
}

impl Problem {
    pub(crate) fn with_key(
        key: impl Into<String>,
        origin: Option<String>,
        message: impl Into<String>,
    ) -> Self {
        Self { place: Place::Key { key: key.into(), origin }, message: message.into() }
    }

    pub(crate) fn with_file(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { place: Place::File(path.into()), message: message.into() }
    }

    pub(crate) fn with_variable(name: &'static str, message: impl Into<String>) -> Self {
        Self { place: Place::Variable(name), message: message.into() }
    }

    /// What it is about.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// What is wrong and what is allowed, as the rest of a sentence that begins with the place.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Whether it is about the key, or about a section around it.
    fn spoils(&self, wanted: &str) -> bool {
        matches!(&self.place, Place::Key { key, .. } if is_within(wanted, key))
    }

    /// Whether it is about the key or section named, or about no key at all.
    fn concerns(&self, wanted: &str) -> bool {
        match &self.place {
            Place::Key { key, .. } => is_within(key, wanted),
            Place::File(_) | Place::Variable(_) => true,
        }
    }
}

/// Whether `key` is `section` or lies in it.
fn is_within(key: &str, section: &str) -> bool {
    key.strip_prefix(section).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Key { key, origin: Some(origin) } => write!(f, "{key} ({origin})")?,
            Place::Key { key, origin: None } => f.write_str(key)?,
            Place::File(path) => f.write_str(path)?,
            Place::Variable(name) => f.write_str(name)?,
        }
        write!(f, ": {}", self.message)
    }
}

/// Everything that is wrong with a configuration. `Display` is one line per problem.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// The problems, in the order of the sections.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }

    /// How many there are; a returned `Err` has at least one.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn add(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Whether something was already said about the key, so that a check that depends on it has to
    /// stay silent.
    pub(crate) fn spoil(&self, key: &str) -> bool {
        self.0.iter().any(|problem| problem.spoils(key))
    }

    /// Only those about the sections named, and those that leave in doubt what the sections hold.
    pub(crate) fn about(mut self, sections: &[&str]) -> Self {
        self.0.retain(|problem| sections.iter().any(|section| problem.concerns(section)));
        self
    }

    /// `Ok` if there are none.
    pub(crate) fn or<T>(self, value: T) -> Result<T, Self> {
        if self.0.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}
