//! What the errors of all use cases have in common.

use std::time::Duration;

use vestibule_domain::Cause;
use vestibule_domain::ports::{HashError, LimitDecision, ObjectError, RateLimitError, SealError, SignError};
use vestibule_domain::store::StoreError;

/// What kind of error it is. Closed, so that every surface has an answer to all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The input breaks a rule.
    Invalid,
    /// Nobody is known to be asking.
    Unauthenticated,
    /// The one who asks may not.
    Forbidden,
    /// There is no such thing.
    NotFound,
    /// It is in the way of something that is there.
    Conflict,
    /// The input is too large.
    TooLarge,
    /// Too often.
    RateLimited {
        /// When another try is allowed.
        retry_after: Duration,
    },
    /// Not now, through no fault of the one who asks.
    Unavailable {
        /// When another try is likely to succeed.
        retry_after: Duration,
    },
    /// A defect or an outage. Nothing of it is shown.
    Internal,
}

/// An error that a surface can answer.
pub trait CodedError: std::error::Error + Send + Sync + 'static {
    /// What kind of error it is.
    fn kind(&self) -> ErrorKind;

    /// A stable name in `snake_case`, unique over all use cases.
    fn code(&self) -> &'static str;

    /// Values of the caller's own input that the text of a surface may name.
    fn parameters(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}

/// What can go wrong in any use case.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Over a rate limit.
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
        /// Why.
        #[source]
        cause: Cause,
    },
    /// A defect or an outage.
    #[error("failed")]
    Internal(#[source] Cause),
}

/// How long a client should wait for a part that is out of reach.
const OUTAGE: Duration = Duration::from_secs(5);

impl Failure {
    /// What kind of error it is.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::RateLimited { retry_after } => ErrorKind::RateLimited { retry_after: *retry_after },
            Self::Unavailable { retry_after, .. } => ErrorKind::Unavailable { retry_after: *retry_after },
            Self::Internal(_) => ErrorKind::Internal,
        }
    }

    /// The name of the error; `internal` names a defect, by the use case that had it.
    pub fn code(&self, internal: &'static str) -> &'static str {
        match self {
            Self::RateLimited { .. } => "rate_limited",
            Self::Unavailable { .. } => "unavailable",
            Self::Internal(_) => internal,
        }
    }

    /// Turns the limiter's decision into an error.
    pub(crate) fn unless_allowed(decision: LimitDecision) -> Result<(), Self> {
        match decision {
            LimitDecision::Allowed => Ok(()),
            LimitDecision::Limited { retry_after } => Err(Self::RateLimited { retry_after }),
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

// Without its counters a limit would be no limit: the answer is "not now", never "go ahead".
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

/// Lets `?` turn the errors of the named ports into the `Failure` of a use case's error.
macro_rules! failures {
    ($error:ty: $($source:ty),+ $(,)?) => {
        $(impl From<$source> for $error {
            fn from(error: $source) -> Self {
                Self::Failure(error.into())
            }
        })+
    };
}
pub(crate) use failures;
