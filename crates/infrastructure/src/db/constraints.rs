//! The constraints of the schema, and how each backend names them.

use vestibule_domain::store::Constraint::{
    self, ActivationTokens, IdempotencyKeys, MoviesNameDate, PasswordResetTokens, PendingRegistrations,
    RefreshTokens, Trash, UsersEmail, UsersMobile, UsersUsername, UsersUuid,
};

/// A unique index.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unique {
    /// Its name, which PostgreSQL and MySQL report.
    pub(super) index: &'static str,
    /// Its columns with the table, which SQLite reports.
    pub(super) column: &'static str,
    /// The constraint that the index keeps.
    pub(super) constraint: Constraint,
}

const fn unique(index: &'static str, column: &'static str, constraint: Constraint) -> Unique {
    Unique { index, column, constraint }
}

/// All unique indexes that a use case can violate.
pub(super) const UNIQUE: [Unique; 16] = [
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
    unique(
        "ix_idempotency_keys_user_id",
        "idempotency_keys.user_id, idempotency_keys.scope, idempotency_keys.key_digest",
        IdempotencyKeys,
    ),
    unique("ix_trash_user_id", "trash.user_id", Trash),
    unique("unique_movie_constraint", "movies.name, movies.date", MoviesNameDate),
];

/// The constraint behind the index of this name.
pub(super) fn by_index(name: &str) -> Option<Constraint> {
    UNIQUE.iter().find(|unique| unique.index == name).map(|unique| unique.constraint)
}

/// The constraint behind the index on this column or these columns.
pub(super) fn by_column(column: &str) -> Option<Constraint> {
    UNIQUE.iter().find(|unique| unique.column == column).map(|unique| unique.constraint)
}
