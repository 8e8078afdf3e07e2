//! The names of all errors of use cases.

use std::time::Duration;

use super::ErrorKind;

/// The stable name of an error, and what kind of error that is. Dialects choose their words by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    name: &'static str,
    kind: ErrorKind,
}

impl Code {
    /// A name in `snake_case`, unique over all errors, and its kind.
    pub const fn new(name: &'static str, kind: ErrorKind) -> Self {
        Self { name, kind }
    }

    /// The name, as logs have it.
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// The kind. How long to wait only the error itself knows.
    pub const fn kind(self) -> ErrorKind {
        self.kind
    }
}

macro_rules! codes {
    ($($name:ident $text:literal $kind:ident;)*) => {
        $(#[doc = concat!("`", $text, "`")]
        pub const $name: Code = Code::new($text, ErrorKind::$kind);)*
    };
}

/// Too often.
pub const RATE_LIMITED: Code =
    Code::new("rate_limited", ErrorKind::RateLimited { retry_after: Duration::ZERO });
/// Not now.
pub const UNAVAILABLE: Code =
    Code::new("unavailable", ErrorKind::Unavailable { retry_after: Duration::ZERO });

// What is Internal names the use case that failed: a surface whose contract has a text for it uses that.
codes! {
    // accounts
    ACTIVATION_FAILED "activation_failed" Internal;
    INVALID_ACTIVATION_TOKEN "invalid_activation_token" Invalid;
    ALREADY_ACTIVE "already_active" Invalid;
    ROLE_CHANGE_FAILED "role_change_failed" Internal;
    FORBIDDEN "forbidden" Forbidden;
    ACCOUNT_NOT_FOUND "account_not_found" NotFound;
    PASSWORD_RESET_FAILED "password_reset_failed" Internal;
    INVALID_RESET_TOKEN "invalid_reset_token" Invalid;
    CONFIRMATION_FAILED "confirmation_failed" Internal;
    INVALID_EMAIL_TOKEN "invalid_email_token" Invalid;
    CONFIRMED_ACCOUNT_GONE "confirmed_account_gone" Invalid;
    CREATE_ADMIN_FAILED "create_admin_failed" Internal;
    EMAIL_TAKEN "email_taken" Conflict;
    USERNAME_TAKEN "username_taken" Conflict;
    DEACTIVATION_FAILED "deactivation_failed" Internal;
    REGISTRATION_FAILED "registration_failed" Internal;
    EMAIL_NOT_MAILABLE "email_not_mailable" Invalid;
    CONFIRMATION_REQUEST_FAILED "confirmation_request_failed" Internal;
    PASSWORD_RESET_REQUEST_FAILED "password_reset_request_failed" Internal;
    PASSWORD_RESET_LOOK_UP_FAILED "password_reset_look_up_failed" Internal;
    // catalogue
    CREATE_MOVIE_FAILED "create_movie_failed" Internal;
    MOVIE_EXISTS "movie_exists" Conflict;
    IMPORT_MOVIES_FAILED "import_movies_failed" Internal;
    LIST_MOVIES_FAILED "list_movies_failed" Internal;
    NO_MOVIES "no_movies" NotFound;
    REMOVE_MOVIE_FAILED "remove_movie_failed" Internal;
    MOVIE_NOT_FOUND "movie_not_found" NotFound;
    SHOW_MOVIE_FAILED "show_movie_failed" Internal;
    CATALOGUE_FORBIDDEN "catalogue_forbidden" Forbidden;
    MOVIE_CHANGE_DOES_NOT_FIT "movie_change_does_not_fit" Invalid;
    CHANGE_MOVIE_FAILED "change_movie_failed" Internal;
    // contacts
    LIST_BIRTHDAYS_FAILED "list_birthdays_failed" Internal;
    CHANGE_CONTACT_FAILED "change_contact_failed" Internal;
    CONTACT_NOT_FOUND "contact_not_found" NotFound;
    CREATE_CONTACT_FAILED "create_contact_failed" Internal;
    FIND_CONTACT_FAILED "find_contact_failed" Internal;
    LIST_CONTACTS_FAILED "list_contacts_failed" Internal;
    INDEX_NOT_REBUILT "index_not_rebuilt" Internal;
    REMOVE_CONTACT_FAILED "remove_contact_failed" Internal;
    SET_CONTACT_AVATAR_FAILED "set_contact_avatar_failed" Internal;
    // maintenance
    PURGE_FAILED "purge_failed" Internal;
    // media
    PICTURE_NOT_SHOWN "picture_not_shown" Internal;
    PICTURE_NOT_FOUND "picture_not_found" NotFound;
    SWEEP_FAILED "sweep_failed" Internal;
    UPLOAD_NOT_COUNTED "upload_not_counted" Internal;
    PICTURE_NOT_STORED "picture_not_stored" Internal;
    NOT_A_PICTURE "not_a_picture" Invalid;
    PICTURE_TOO_LARGE "picture_too_large" Invalid;
    PICTURE_BROKEN "picture_broken" Invalid;
    // messages
    FREE_LEASES_FAILED "free_leases_failed" Internal;
    DELIVERY_FAILED "delivery_failed" Internal;
    // sessions
    LOGIN_FAILED "login_failed" Internal;
    WRONG_CREDENTIALS "wrong_credentials" Unauthenticated;
    ACCOUNT_NOT_ACTIVE "account_not_active" Forbidden;
    LOGOUT_FAILED "logout_failed" Internal;
    REFRESH_FAILED "refresh_failed" Internal;
    REFRESH_TOKEN_EXPIRED "refresh_token_expired" Invalid;
    INVALID_REFRESH_TOKEN "invalid_refresh_token" Invalid;
    TOKEN_OF_OTHER_USE "token_of_other_use" Invalid;
    REFRESH_TOKEN_FOREIGN "refresh_token_foreign" Unauthenticated;
    REFRESH_TOKEN_UNKNOWN "refresh_token_unknown" Unauthenticated;
    REFRESH_TOKEN_REUSED "refresh_token_reused" Unauthenticated;
    REFRESH_ACCOUNT_GONE "refresh_account_gone" NotFound;
    VERIFICATION_FAILED "verification_failed" Internal;
    ACCESS_TOKEN_EXPIRED "access_token_expired" Unauthenticated;
    INVALID_ACCESS_TOKEN "invalid_access_token" Unauthenticated;
    ACCESS_TOKEN_REVOKED "access_token_revoked" Unauthenticated;
}
