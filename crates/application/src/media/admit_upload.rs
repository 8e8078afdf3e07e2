use std::sync::Arc;

use vestibule_domain::accounts::AccountId;
use vestibule_domain::ports::{Limit, RateLimitError, RateLimiter};

use crate::error::failures;
use crate::policy::uploads_per_account;
use crate::{CodedError, Deps, ErrorKind, Failure};

/// Counts an upload, before its body is read: whatever becomes of it costs work.
pub struct AdmitUpload {
    limiter: Arc<dyn RateLimiter>,
    limit: Option<Limit>,
}

/// Why an upload is not read.
#[derive(Debug, thiserror::Error)]
pub enum AdmitUploadError {
    /// The account has used up its uploads of the hour, or they cannot be counted.
    #[error(transparent)]
    Failure(Failure),
}

failures!(AdmitUploadError: Failure, RateLimitError);

impl CodedError for AdmitUploadError {
    fn kind(&self) -> ErrorKind {
        let Self::Failure(failure) = self;
        failure.kind()
    }

    fn code(&self) -> &'static str {
        let Self::Failure(failure) = self;
        failure.code("upload_not_admitted")
    }
}

impl AdmitUpload {
    /// Builds the use case.
    pub fn new(deps: &Deps) -> Self {
        Self { limiter: deps.limiter.clone(), limit: uploads_per_account(deps.uploads_per_hour) }
    }

    /// Counts an upload of the account, or refuses it.
    pub async fn execute(&self, account: AccountId) -> Result<(), AdmitUploadError> {
        let Some(limit) = self.limit else {
            return Ok(());
        };
        let decision = self.limiter.hit(&format!("uploads:account:{}", account.0), limit).await?;
        Ok(Failure::unless_allowed(decision)?)
    }
}
