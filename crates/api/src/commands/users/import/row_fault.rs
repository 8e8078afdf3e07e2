//! What can be wrong with a row.

use std::fmt;

use vestibule_domain::accounts::import::Identifier;

/// A row that cannot be imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{unit} {line}: {fault}")]
pub struct BadRow {
    /// What the source counts.
    pub unit: Unit,
    /// The line of the file, from 1, or what else the source counts.
    pub line: u64,
    /// Why.
    pub fault: RowFault,
}

/// Why a row cannot be imported. What a row says is not repeated: it may be an address or a hash.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RowFault {
    /// The line is no JSON.
    #[error("this is not JSON (column {column})")]
    NotJson {
        /// Where it ceases to be, from 1.
        column: usize,
    },
    /// It is JSON, but nothing with fields.
    #[error("this is not a JSON object")]
    NotAnObject,
    /// It is longer than any account.
    #[error("the line has more than {} MiB", RowFault::MOST_BYTES / (1024 * 1024))]
    TooLong,
    /// The reader of the other system's data cannot make an account, or a part of one, of it.
    #[error("{0}")]
    Unreadable(String),
    /// A field breaks a rule.
    #[error("{field}: {rule}")]
    Field {
        /// Which.
        field: String,
        /// The rule.
        rule: String,
    },
    /// Nobody could log in.
    #[error("there is no email, username or mobile to log in with")]
    Nameless,
    /// An account that exists has an identifier of this row, and is not the same in all of them.
    #[error("the account {account} has this {} already", Named(*identifier))]
    Taken {
        /// Its integer id.
        account: i64,
        /// What it has.
        identifier: Identifier,
    },
    /// A row further up has an identifier of this one.
    #[error("{unit} {earlier} has the same {}", Named(*identifier))]
    Twin {
        /// What the source counts.
        unit: Unit,
        /// The line, from 1, or what else the source counts.
        earlier: u64,
        /// What it has.
        identifier: Identifier,
    },
}

/// What a source counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Lines of a file.
    Line,
    /// Rows of a table, or documents of a list.
    Row,
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Line => "line",
            Self::Row => "row",
        })
    }
}

impl RowFault {
    /// The longest line, in bytes.
    pub const MOST_BYTES: usize = 64 * 1024 * 1024;

    pub(super) fn field(field: impl Into<String>, rule: impl fmt::Display) -> Self {
        Self::Field { field: field.into(), rule: rule.to_string() }
    }
}

/// An identifier as the field is called.
struct Named(Identifier);

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Identifier::Uuid => "uuid",
            Identifier::Email => "email",
            Identifier::Username => "username",
            Identifier::Mobile => "mobile",
        })
    }
}
