//! The codes of errors, and their kinds.

/// The kinds of errors. The list is closed, so that every surface has an answer to each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The input breaks a rule.
    Invalid,
    /// The caller is not authenticated.
    Unauthenticated,
    /// The caller lacks a permission.
    Forbidden,
    /// The thing that was asked for does not exist.
    NotFound,
    /// The request conflicts with something that exists.
    Conflict,
    /// The input is too large.
    TooLarge,
    /// There were too many calls. The error says when another try is allowed.
    RateLimited,
    /// The request cannot be served now, and the caller is not at fault. The error says when another try is likely to
    /// succeed.
    Unavailable,
    /// A defect or an outage. The answer shows nothing of the cause.
    Internal,
}

/// The name of a refusal or failure. A surface's dialect maps it to a status and a text.
///
/// Codes are made only as constants of a [`codes!`](crate::codes!) table. Dialects match those constants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    name: &'static str,
    kind: ErrorKind,
}

impl Code {
    #[doc(hidden)]
    pub const fn declared_by_a_table(name: &'static str, kind: ErrorKind) -> Self {
        Self { name, kind }
    }

    /// A stable name in `snake_case`, unique over all tables.
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// The kind, which decides the status if the surface has no text for the code.
    pub const fn kind(self) -> ErrorKind {
        self.kind
    }
}

/// Declares codes as constants: `pub NAME: Kind = "name";`. A code that no dialect has a text for ends in `, by kind
/// alone`.
///
/// `tests/architecture/codes.rs` proves two things of every table: something gives each code, and each code has a
/// text in a dialect or is declared `by kind alone`.
#[macro_export]
macro_rules! codes {
    ($($(#[$doc:meta])* $vis:vis $code:ident: $kind:ident = $name:literal $(, by kind alone)?;)+) => {
        $(
            $(#[$doc])*
            $vis const $code: $crate::Code = $crate::Code::declared_by_a_table($name, $crate::ErrorKind::$kind);
        )+
    };
}
