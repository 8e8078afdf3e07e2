//! The answer of endpoints that have nothing to show.

use serde::Serialize;
use utoipa::ToSchema;

/// What was done.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::surfaces::contacts) struct Message {
    /// What was done, in words.
    pub message: &'static str,
}
