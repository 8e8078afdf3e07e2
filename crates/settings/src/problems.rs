//! What is wrong with a configuration: everything, at once.

use std::fmt;

use crate::database::Database;
use crate::environment::Environment;
use crate::layers::ENVIRONMENT;
use crate::whereabouts::whereabouts;

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
pub struct Problems {
    found: Vec<Problem>,
    whereabouts: Option<String>,
    warnings: Vec<String>,
}

impl Problems {
    /// The problems, in the order of the sections.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.found.iter()
    }

    /// How many there are; a returned `Err` has at least one.
    pub fn count(&self) -> usize {
        self.found.len()
    }

    /// The line of [`whereabouts`](fn@crate::whereabouts), with what can be known: the database is left out if a problem may
    /// be about it. `None` if the environment is not known.
    pub fn whereabouts(&self) -> Option<&str> {
        self.whereabouts.as_deref()
    }

    /// Warnings about variables and files that are not read, as sentences.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// Keeps what is known beside the problems, for whoever is told of them. Whether settings are doubtful is not known
    /// while some are wrong.
    pub(crate) fn beside(
        mut self,
        environment: Environment,
        database: &Database,
        warnings: Vec<String>,
    ) -> Self {
        let is_known = !self.found.iter().any(|problem| problem.place == Place::Variable(ENVIRONMENT));
        let is_database_known = !["data_folder", "database"]
            .iter()
            .any(|section| self.found.iter().any(|problem| problem.concerns(section)));
        self.whereabouts = is_known.then(|| whereabouts(environment, is_database_known.then_some(database)));
        self.warnings = warnings;
        self
    }

    pub(crate) fn add(&mut self, problem: Problem) {
        self.found.push(problem);
    }

    /// Whether something was already said about the key, so that a check that depends on it has to
    /// stay silent.
    pub(crate) fn spoil(&self, key: &str) -> bool {
        self.found.iter().any(|problem| problem.spoils(key))
    }

    /// Only those about the sections named, and those that leave in doubt what the sections hold.
    pub(crate) fn about(mut self, sections: &[&str]) -> Self {
        self.found.retain(|problem| sections.iter().any(|section| problem.concerns(section)));
        self
    }

    /// `Ok` if there are none.
    pub(crate) fn or<T>(self, value: T) -> Result<T, Self> {
        if self.found.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.found.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}
