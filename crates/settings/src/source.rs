//! Where settings are read from.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::variables;

/// Variables and the config folder. A configuration depends on these and on the built-in defaults alone.
///
/// The default source has neither, so that a test sees only the values that it gives.
#[derive(Clone, Default)]
pub struct Source {
    pub(crate) variables: BTreeMap<String, String>,
    pub(crate) not_unicode: Vec<String>,
    pub(crate) folder: Option<PathBuf>,
}

impl Source {
    /// The source of the process: its environment, and `./config`.
    pub fn process() -> Self {
        let mut source = Self { folder: Some(PathBuf::from("config")), ..Self::default() };
        for (name, value) in std::env::vars_os() {
            let is_ours = |name: &&str| name.to_uppercase().starts_with(variables::FAMILY);
            let Some(name) = name.to_str().filter(is_ours) else {
                continue;
            };
            match value.into_string() {
                Ok(value) => source.set(name, value),
                Err(_) => source.not_unicode.push(name.to_owned()),
            }
        }
        source
    }

    /// Adds or replaces a variable, under its full name.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.set(name, value.into());
        self
    }

    /// Reads files from this folder, unless `VESTIBULE_CONFIG_DIR` names another. It need not exist.
    #[must_use]
    pub fn in_folder(mut self, folder: impl Into<PathBuf>) -> Self {
        self.folder = Some(folder.into());
        self
    }

    fn set(&mut self, name: &str, value: String) {
        self.variables.insert(name.to_owned(), value);
    }
}

impl std::fmt::Debug for Source {
    /// Names only: a value might be a secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Source")
            .field("variables", &self.variables.keys())
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}
