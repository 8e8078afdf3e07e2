//! The quota of uploads.

use std::sync::Arc;

use vestibule_domain::accounts::AccountId;
use vestibule_domain::ports::{Limit, RateLimiter};

use crate::error::use_case_error;
use crate::{Deps, Failure};

/// Counts an upload of an account against its quota, before the upload is read.
///
/// Every upload that the server begins to read counts. A file that is not a picture takes its bytes and the check
/// too, and an upload that is cut off takes time.
pub struct CountUpload {
    limiter: Arc<dyn RateLimiter>,
    limit: Option<Limit>,
}

use_case_error! {
    /// Why the upload must not be read.
    pub enum CountUploadError {}
}

impl CountUpload {
    pub(crate) fn new(deps: &Deps) -> Self {
        Self { limiter: deps.limiter.clone(), limit: deps.uploads_per_account }
    }

    /// Counts the upload, or refuses it if the quota is used up.
    pub async fn execute(&self, account: AccountId) -> Result<(), CountUploadError> {
        let Some(limit) = self.limit else {
            return Ok(());
        };
        let decision = self.limiter.hit(&format!("uploads:{account}"), limit).await?;
        Ok(Failure::unless_allowed(decision)?)
    }
}
