//! How far the published contracts are followed where they are unsafe.

use crate::choice::choice;

choice! {
    /// The state of every door that has no setting of its own.
    pub enum Posture {
        /// Doors are closed. The default in production.
        Hardened = "hardened",
        /// The published contracts to the letter. The default in development and test.
        Documented = "documented",
    }
}
