//! Which environment the process runs in.

use crate::choice::choice;

choice! {
    /// What `VESTIBULE_ENV` names. It chooses the file of defaults and how strict the checks are.
    pub enum Environment {
        /// The machine of one developer: everything works without a setting.
        Development = "development",
        /// Automated tests.
        Test = "test",
        /// A server that strangers reach: no unsafe setting is accepted.
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
