//! Which environment the process runs in.

use crate::choice::choice;

choice! {
    /// What `VESTIBULE_ENV` names. It chooses the file of defaults and how strict the checks are.
    pub enum Environment {
        /// One person's machine: everything works at once.
        Development = "development",
        /// Automated tests.
        Test = "test",
        /// Strangers reach it: nothing unsafe is accepted.
        Production = "production",
    }
}

impl Environment {
    /// Whether strangers reach this server.
    pub fn is_production(self) -> bool {
        self == Self::Production
    }

    /// The name of the environment's file, in the config folder and compiled in.
    pub(crate) fn file_name(self) -> String {
        format!("{self}.toml")
    }
}
