//! The quota of uploads.

use std::sync::Arc;

use vestibule_domain::accounts::AccountId;
use vestibule_domain::ports::{Limit, RateLimiter};

use crate::error::use_case_error;
use crate::{Deps, Failure};

/// Counts an upload of an account against its quota, before the upload is read.
///
/// An upload counts from the moment in which the server begins to read it: a file that is no picture costs its
/// bytes and the look at it as well, and one that is cut off costs the time.
pub struct CountUpload {
    limiter: Arc<dyn RateLimiter>,
    limit: Option<Limit>,
}

use_case_error! {
    /// Why the upload is not to be read.
    pub enum CountUploadError {}
}

impl CountUpload {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { limiter: deps.limiter.clone(), limit: deps.uploads_per_account }
    }

    /// Counts it, or refuses it where the quota is used up.
    pub async fn execute(&self, account: AccountId) -> Result<(), CountUploadError> {
        let Some(limit) = self.limit else {
            return Ok(());
        };
        let decision = self.limiter.hit(&format!("uploads:{account}"), limit).await?;
        Ok(Failure::unless_allowed(decision)?)
    }
}
