//! Why a hash is not taken.

/// Why a hash is not taken, in one sentence. None of them repeats the hash, a password or a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No format has that name.
    #[error("no format is called {0:?}; docs/imported-hashes.md lists the names")]
    UnknownFormat(String),
    /// The format is known, and is not accepted.
    #[error("the format {format} is not accepted: {reason}")]
    NotAccepted {
        /// Its name.
        format: &'static str,
        /// Why it is not accepted.
        reason: &'static str,
    },
    /// No format was named, and the text is of none that tells itself.
    #[error("the hash does not tell its format; name one of those in docs/imported-hashes.md")]
    Unrecognised,
    /// No format was named, and the text may be of several, which hash differently.
    #[error("the hash may be of several formats; name one of: {}", .0.join(", "))]
    Ambiguous(Vec<&'static str>),
    /// The hash has not the form of its format.
    #[error("the hash is no {format}: {why}")]
    Malformed {
        /// The format's name.
        format: &'static str,
        /// What is wrong.
        why: &'static str,
    },
    /// What stands beside the hash is absent, or has another form.
    #[error("{format} needs the field {field:?} beside the hash")]
    Field {
        /// The format's name.
        format: &'static str,
        /// The field's name.
        field: &'static str,
    },
    /// The hash needs a key of the other system that is not at hand, or does not have the form of one.
    #[error("the import key {0} is needed and not set, or has not the form of such a key")]
    KeyMissing(String),
    /// Computing it once would cost more than is allowed.
    #[error("{what} is {found}, and at most {limit} is accepted; such a hash is never computed")]
    TooCostly {
        /// The engine and its parameter, with its unit.
        what: &'static str,
        /// The value.
        found: u64,
        /// The greatest value that is accepted, inclusive.
        limit: u64,
    },
    /// The parameters are none that the function has.
    #[error("{0}")]
    Impossible(&'static str),
    /// The text in which the hash would be stored is too long.
    #[error("the hash and its salt take {0} characters to store, and at most 255 fit")]
    TooLong(usize),
    /// A stored text that is not of a foreign hash.
    #[error("the stored text is not that of a foreign hash")]
    NotForeign,
}
