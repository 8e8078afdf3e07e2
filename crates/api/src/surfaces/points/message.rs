//! The answer of endpoints that have nothing to show.

use std::borrow::Cow;

use serde::Serialize;
use utoipa::ToSchema;

/// What was done.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Message {
    /// What was done, in words.
    pub message: Cow<'static, str>,
}

impl Message {
    pub(super) const fn of(text: &'static str) -> Self {
        Self { message: Cow::Borrowed(text) }
    }
}
