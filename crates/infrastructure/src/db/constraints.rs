//! The rules that the schema keeps, and what each backend calls them.

use vestibule_domain::store::Constraint::{
    self, ActivationTokens, MoviesNameDate, PasswordResetTokens, PendingRegistrations, RefreshTokens, Trash,
    UsersEmail, UsersMobile, UsersUsername, UsersUuid,
};

/// A unique index.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unique {
    /// Its name, which PostgreSQL and MySQL report.
    pub(super) index: &'static str,
    /// Its columns with the table, which SQLite reports.
    pub(super) column: &'static str,
    /// What it is for.
    pub(super) constraint: Constraint,
}

const fn unique(index: &'static str, column: &'static str, constraint: Constraint) -> Unique {
    Unique { index, column, constraint }
}

/// All unique indexes whose violation a use case can be the cause of.
pub(super) const UNIQUE: [Unique; 15] = [
    unique("ix_users_email", "users.email", UsersEmail),
    unique("ix_users_username_folded", "users.username_folded", UsersUsername),
    unique("ix_users_mobile", "users.mobile", UsersMobile),
    unique("ix_users_uuid", "users.uuid", UsersUuid),
    unique("ix_activation_tokens_token", "activation_tokens.token", ActivationTokens),
    unique("ix_activation_tokens_user_id", "activation_tokens.user_id", ActivationTokens),
    unique("ix_password_reset_tokens_token", "password_reset_tokens.token", PasswordResetTokens),
    unique("ix_password_reset_tokens_user_id", "password_reset_tokens.user_id", PasswordResetTokens),
    unique("ix_pending_registrations_uuid", "pending_registrations.uuid", PendingRegistrations),
    unique("ix_pending_registrations_token", "pending_registrations.token", PendingRegistrations),
    unique("ix_refresh_tokens_jti", "refresh_tokens.jti", RefreshTokens),
    unique("ix_refresh_tokens_token", "refresh_tokens.token", RefreshTokens),
    unique("ix_refresh_tokens_parent", "refresh_tokens.parent", RefreshTokens),
    unique("ix_trash_user_id", "trash.user_id", Trash),
    unique("unique_movie_constraint", "movies.name, movies.date", MoviesNameDate),
];

/// The rule behind the index with this name.
pub(super) fn by_index(name: &str) -> Option<Constraint> {
    UNIQUE.iter().find(|unique| unique.index == name).map(|unique| unique.constraint)
}

/// The rule behind the index on this column, or on these.
pub(super) fn by_column(column: &str) -> Option<Constraint> {
    UNIQUE.iter().find(|unique| unique.column == column).map(|unique| unique.constraint)
}
