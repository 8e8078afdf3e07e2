//! The failures that every use case has.

use std::time::Duration;

use vestibule_domain::Cause;
use vestibule_domain::ports::{
    BreachedPasswordsError, HashError, LimitDecision, ObjectError, RateLimitError, SealError, SignError,
};
use vestibule_domain::store::StoreError;

use super::{Code, CodedError, codes};

/// What can go wrong in any use case.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Failure {
    /// A rate limit was reached.
    #[error("too often")]
    RateLimited {
        /// When another try is allowed.
        retry_after: Duration,
    },
    /// A part of the system is overloaded or out of reach.
    #[error("not available")]
    Unavailable {
        /// When another try is likely to succeed.
        retry_after: Duration,
        #[source]
        cause: Cause,
    },
    /// A defect or an outage, with its cause for the log.
    #[error("failed")]
    Internal(#[source] Cause),
}

/// How long a client is told to wait while a part of the system is out of reach.
const OUTAGE: Duration = Duration::from_secs(5);

impl Failure {
    /// Fails if the limiter did not allow the event.
    pub(crate) fn unless_allowed(decision: LimitDecision) -> Result<(), Self> {
        match decision {
            LimitDecision::Allowed => Ok(()),
            LimitDecision::Limited { retry_after } => Err(Self::RateLimited { retry_after }),
        }
    }
}

impl CodedError for Failure {
    fn code(&self) -> Code {
        match self {
            Self::RateLimited { .. } => codes::RATE_LIMITED,
            Self::Unavailable { .. } => codes::UNAVAILABLE,
            Self::Internal(_) => codes::INTERNAL,
        }
    }

    fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::RateLimited { retry_after } | Self::Unavailable { retry_after, .. } => Some(*retry_after),
            Self::Internal(_) => None,
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(_) | StoreError::Retryable(_) => {
                Self::Unavailable { retry_after: OUTAGE, cause: error.into() }
            }
            StoreError::Conflict { .. } | StoreError::Unexpected(_) => Self::Internal(error.into()),
        }
    }
}

impl From<HashError> for Failure {
    fn from(error: HashError) -> Self {
        match error {
            HashError::Busy { retry_after } => Self::Unavailable { retry_after, cause: error.into() },
            HashError::Failed(_) => Self::Internal(error.into()),
        }
    }
}

impl From<BreachedPasswordsError> for Failure {
    fn from(error: BreachedPasswordsError) -> Self {
        Self::Unavailable { retry_after: OUTAGE, cause: error.into() }
    }
}

// If the counters cannot be read, the answer is "not now": letting everything pass would switch the limit off.
impl From<RateLimitError> for Failure {
    fn from(error: RateLimitError) -> Self {
        Self::Unavailable { retry_after: OUTAGE, cause: error.into() }
    }
}

impl From<ObjectError> for Failure {
    fn from(error: ObjectError) -> Self {
        match error {
            ObjectError::Unavailable(_) => Self::Unavailable { retry_after: OUTAGE, cause: error.into() },
            ObjectError::Unexpected(_) => Self::Internal(error.into()),
        }
    }
}

impl From<SignError> for Failure {
    fn from(error: SignError) -> Self {
        Self::Internal(error.into())
    }
}

impl From<SealError> for Failure {
    fn from(error: SealError) -> Self {
        Self::Internal(error.into())
    }
}
