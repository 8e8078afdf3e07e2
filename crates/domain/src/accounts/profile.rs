//! What people tell about themselves.

use crate::media::ObjectKey;

/// The profile of an account. Every part of it may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Profile {
    /// The picture that was uploaded.
    pub picture: Option<ObjectKey>,
    /// The gender.
    pub gender: Option<Gender>,
}

/// A gender, as the contracts know it (theater contract 4, mobile contract decision 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Gender {
    Man,
    Woman,
}
