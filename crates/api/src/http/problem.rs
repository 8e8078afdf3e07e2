//! Why a request is refused, before a dialect puts it into words.

use std::time::Duration;

use vestibule_application::{Code, CodedError};

use super::fields::ValidationErrors;

/// Why a request is refused.
#[derive(Debug)]
pub enum Problem {
    /// A use case refused it.
    Refused {
        /// Decides the text; its kind decides the status, unless the surface's table says otherwise.
        code: Code,
        /// When another try may succeed, if it was too often or not possible now.
        retry_after: Option<Duration>,
        /// Values that the text may name.
        parameters: Vec<(&'static str, String)>,
    },
    /// The values of the request break rules.
    Invalid(ValidationErrors),
    /// The HTTP layer refused the request before it reached a use case.
    Framework(FrameworkProblem),
}

/// What the HTTP layer itself finds wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameworkProblem {
    /// No such path.
    RouteNotFound,
    /// The path has no such method.
    MethodNotAllowed {
        /// The methods it has, for the header `Allow`.
        allow: &'static str,
    },
    /// The body cannot be read: broken encoding, nested too deeply, cut off.
    BodyUnreadable,
    /// The body is over the limit.
    BodyTooLarge,
    /// The body came too slowly, or stopped.
    BodyTooSlow,
    /// The answer took too long.
    TimedOut,
    /// The handler failed in an unforeseen way.
    Panicked,
}

impl Problem {
    /// A value that the text may name; empty if there is none of this name.
    pub fn parameter(&self, name: &str) -> &str {
        self.parameter_or(name, "")
    }

    /// A value that the text may name; `default` if there is none of this name.
    pub fn parameter_or<'a>(&'a self, name: &str, default: &'a str) -> &'a str {
        match self {
            Self::Refused { parameters, .. } => {
                parameters.iter().find(|(other, _)| *other == name).map_or(default, |(_, value)| value)
            }
            Self::Invalid(_) | Self::Framework(_) => default,
        }
    }

    /// How long the client should wait before it tries again.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused { retry_after, .. } => *retry_after,
            Self::Framework(FrameworkProblem::TimedOut) => Some(Duration::from_secs(5)),
            Self::Framework(_) | Self::Invalid(_) => None,
        }
    }
}

impl<E: CodedError> From<E> for Problem {
    fn from(error: E) -> Self {
        Self::Refused { code: error.code(), retry_after: error.retry_after(), parameters: error.parameters() }
    }
}

impl From<FrameworkProblem> for Problem {
    fn from(problem: FrameworkProblem) -> Self {
        Self::Framework(problem)
    }
}

impl From<ValidationErrors> for Problem {
    fn from(errors: ValidationErrors) -> Self {
        Self::Invalid(errors)
    }
}
