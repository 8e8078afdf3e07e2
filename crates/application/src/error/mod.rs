//! What the errors of all use cases have in common.

pub mod code;

use std::time::Duration;

pub use self::code::Code;
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
    fn kind(&self) -> ErrorKind {
        self.code().kind()
    }

    /// Its name.
    fn code(&self) -> Code;

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
    pub fn code(&self, internal: Code) -> Code {
        match self {
            Self::RateLimited { .. } => code::RATE_LIMITED,
            Self::Unavailable { .. } => code::UNAVAILABLE,
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

/// Declares the error of a use case: why it refuses, each with its code, and `Failure` for anything else, with a code for
/// what is internal. `?` makes a failure of the errors of the named ports.
///
/// ```ignore
/// use_case_error! {
///     /// Why there is no movie.
///     pub enum ShowMovieError else SHOW_MOVIE_FAILED from Failure, StoreError {
///         /// There is none with this id.
///         #[error("there is no such movie")]
///         NotFound => MOVIE_NOT_FOUND,
///     }
/// }
/// ```
macro_rules! use_case_error {
    (
        $(#[$doc:meta])*
        pub enum $name:ident else $failed:ident from $($source:ty),+ {
            $($(#[$about:meta])* $refusal:ident $(($($value:tt)*))? $({$($field:tt)*})? => $code:ident,)*
        }
        $($method:tt)*
    ) => {
        $(#[$doc])*
        #[derive(Debug, thiserror::Error)]
        pub enum $name {
            $($(#[$about])* $refusal $(($($value)*))? $({$($field)*})?,)*
            /// Anything else.
            #[error(transparent)]
            Failure($crate::Failure),
        }

        $crate::error::failures!($name: $($source),+);

        impl $crate::CodedError for $name {
            fn kind(&self) -> $crate::ErrorKind {
                match self {
                    $(Self::$refusal { .. } => $crate::error::code::$code.kind(),)*
                    Self::Failure(failure) => failure.kind(),
                }
            }

            fn code(&self) -> $crate::error::Code {
                match self {
                    $(Self::$refusal { .. } => $crate::error::code::$code,)*
                    Self::Failure(failure) => failure.code($crate::error::code::$failed),
                }
            }

            $($method)*
        }
    };
}
pub(crate) use use_case_error;
