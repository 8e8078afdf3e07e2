//! What an error is called, and of what kind it is.

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
    /// Too often. The error says when another try is allowed.
    RateLimited,
    /// Not now, through no fault of the one who asks. The error says when another try is likely to succeed.
    Unavailable,
    /// A defect or an outage. Nothing of it is shown.
    Internal,
}

/// Names a kind of refusal or failure. A surface's dialect has a status and a text for it.
///
/// The only way to a code is a constant of a [`codes!`](crate::codes!) table; dialects match those constants.
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

    /// What kind of error it is: decides the status where a surface has no words for the code.
    pub const fn kind(self) -> ErrorKind {
        self.kind
    }
}

/// Declares codes as constants: `pub NAME: Kind = "name";`. One that no dialect words ends in `, by kind alone`.
///
/// `tests/architecture/codes.rs` proves of every table that each code is given by something, and that it is worded
/// by a dialect or else declared to be answered by its kind alone.
#[macro_export]
macro_rules! codes {
    ($($(#[$doc:meta])* $vis:vis $code:ident: $kind:ident = $name:literal $(, by kind alone)?;)+) => {
        $(
            $(#[$doc])*
            $vis const $code: $crate::Code = $crate::Code::declared_by_a_table($name, $crate::ErrorKind::$kind);
        )+
    };
}
