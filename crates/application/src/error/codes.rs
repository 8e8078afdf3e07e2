//! The codes of all use cases.

crate::codes! {
    /// Over a limit.
    pub RATE_LIMITED: RateLimited = "rate_limited", by kind alone;
    /// A part of the system is overloaded or out of reach.
    pub UNAVAILABLE: Unavailable = "unavailable", by kind alone;
    /// A defect or an outage, of whatever was asked for.
    pub INTERNAL: Internal = "internal", by kind alone;
    /// A defect or an outage, of a registration.
    pub REGISTRATION_FAILED: Internal = "registration_failed";
    /// A defect or an outage, of the end of a password reset.
    pub PASSWORD_RESET_FAILED: Internal = "password_reset_failed";
    /// A defect or an outage, of a login.
    pub LOGIN_FAILED: Internal = "login_failed";

    // Who asks.
    /// The access token was good once.
    pub ACCESS_TOKEN_EXPIRED: Unauthenticated = "access_token_expired";
    /// It is no access token of ours.
    pub INVALID_ACCESS_TOKEN: Unauthenticated = "invalid_access_token";
    /// The session of the access token is over.
    pub ACCESS_TOKEN_REVOKED: Unauthenticated = "access_token_revoked";
    /// Only administrators may.
    pub ADMINISTRATORS_ONLY: Forbidden = "administrators_only";
    /// Only moderators and administrators may use the console.
    pub CONSOLE_FORBIDDEN: Forbidden = "console_forbidden";
    /// Only moderators and administrators may.
    pub CATALOGUE_FORBIDDEN: Forbidden = "catalogue_forbidden";

    // Registration and activation.
    /// The address has an account.
    pub EMAIL_TAKEN: Conflict = "email_taken";
    /// The name has an account.
    pub USERNAME_TAKEN: Conflict = "username_taken";
    /// The mobile number has an account.
    pub MOBILE_TAKEN: Conflict = "mobile_taken";
    /// Mail cannot be sent to addresses like this one.
    pub EMAIL_NOT_MAILABLE: Invalid = "email_not_mailable";
    /// The activation token is wrong or past its life.
    pub INVALID_ACTIVATION_TOKEN: Invalid = "invalid_activation_token";
    /// The account was activated before.
    pub ALREADY_ACTIVE: Invalid = "already_active";
    /// The token of a confirmation link is wrong or past its life.
    pub INVALID_EMAIL_TOKEN: Invalid = "invalid_email_token";
    /// The account of a confirmation link is gone.
    pub CONFIRMED_ACCOUNT_GONE: Invalid = "confirmed_account_gone";

    // Codes.
    /// The code is wrong, used, or past its life, or was tried too often.
    pub INVALID_CODE: Invalid = "invalid_code";

    // Points.
    /// The balance is smaller than what is to be deducted.
    pub INSUFFICIENT_POINTS: Conflict = "insufficient_points";
    /// The number, or the balance that it would lead to, is greater than any balance can be.
    pub POINTS_OUT_OF_RANGE: Invalid = "points_out_of_range";
    /// The one who asks may not change this balance, or not in this direction.
    pub POINTS_FORBIDDEN: Forbidden = "points_forbidden", by kind alone;
    /// Something else was asked for under this idempotency key.
    pub IDEMPOTENCY_KEY_REUSED: Invalid = "idempotency_key_reused";
    /// The same is being done under this idempotency key.
    pub IDEMPOTENCY_KEY_UNDER_WAY: Conflict = "idempotency_key_under_way";

    // Accounts.
    /// Only the account itself and administrators may.
    pub ACCOUNT_FORBIDDEN: Forbidden = "account_forbidden", by kind alone;
    /// Only administrators may list accounts.
    pub DIRECTORY_FORBIDDEN: Forbidden = "directory_forbidden", by kind alone;
    /// The new password breaks a rule of the surface.
    pub WEAK_PASSWORD: Invalid = "weak_password";
    /// The new password is known from a breach, and such passwords are refused.
    pub BREACHED_PASSWORD: Invalid = "breached_password";
    /// The recovery token is wrong, used, or past its life, or its address was not proved.
    pub INVALID_RECOVERY_TOKEN: Unauthenticated = "invalid_recovery_token";
    /// There is no such account.
    pub ACCOUNT_NOT_FOUND: NotFound = "account_not_found";
    /// Another account has the address that an account was to get.
    pub NEW_EMAIL_TAKEN: Conflict = "new_email_taken";
    /// Another account has the name that an account was to get.
    pub NEW_USERNAME_TAKEN: Conflict = "new_username_taken";
    /// Nobody could administer accounts any more.
    pub LAST_ADMIN: Invalid = "last_admin";
    /// The token of a password reset is wrong or past its life.
    pub INVALID_RESET_TOKEN: Invalid = "invalid_reset_token";

    // The trash.
    /// The account is in the trash already.
    pub ALREADY_IN_TRASH: Invalid = "already_in_trash";
    /// No account was named.
    pub NO_ACCOUNTS_NAMED: Invalid = "no_accounts_named";
    /// The account is to be restored and is not in the trash.
    pub NOT_IN_TRASH: Invalid = "not_in_trash";
    /// The account is to be restored and is about to be removed for good.
    pub BEING_REMOVED: Invalid = "being_removed";
    /// The account is to be removed for good and is not in the trash.
    pub NOTHING_TO_REMOVE: Invalid = "nothing_to_remove";

    // Sessions.
    /// No such account, or another password.
    pub WRONG_CREDENTIALS: Unauthenticated = "wrong_credentials";
    /// The password is right, and the account may not sign in.
    pub ACCOUNT_NOT_ACTIVE: Forbidden = "account_not_active";
    /// The account has no address to which mail could go.
    pub ACCOUNT_WITHOUT_ADDRESS: Invalid = "account_without_address";
    /// What was asked for cannot be undone, and the password was given too long ago.
    pub PASSWORD_NEEDED: Unauthenticated = "password_needed";
    /// There is no such message that was given up.
    pub MESSAGE_NOT_FOUND: NotFound = "message_not_found";
    /// There is no such open session of the account.
    pub SESSION_NOT_FOUND: NotFound = "session_not_found";
    /// The refresh token was good once.
    pub REFRESH_TOKEN_EXPIRED: Invalid = "refresh_token_expired";
    /// It is no refresh token of ours.
    pub INVALID_REFRESH_TOKEN: Invalid = "invalid_refresh_token";
    /// It is a good token of ours for another use.
    pub TOKEN_OF_OTHER_USE: Invalid = "token_of_other_use";
    /// The refresh token is signed with our key, but was not issued here.
    pub REFRESH_TOKEN_FOREIGN: Unauthenticated = "refresh_token_foreign";
    /// The refresh token was revoked, or is not known here.
    pub REFRESH_TOKEN_UNKNOWN: Unauthenticated = "refresh_token_unknown";
    /// The refresh token was exchanged before.
    pub REFRESH_TOKEN_REUSED: Unauthenticated = "refresh_token_reused";
    /// The account of the refresh token is gone.
    pub REFRESH_ACCOUNT_GONE: NotFound = "refresh_account_gone";

    // Movies.
    /// There are no movies on this page.
    pub NO_MOVIES: NotFound = "no_movies";
    /// There is no such movie.
    pub MOVIE_NOT_FOUND: NotFound = "movie_not_found";
    /// There is a movie of this name and date.
    pub MOVIE_EXISTS: Conflict = "movie_exists";
    /// The movie was changed since it was read to be edited.
    pub MOVIE_CHANGED_MEANWHILE: Conflict = "movie_changed_meanwhile";
    /// A value is missing, or another movie has this name and date.
    pub MOVIE_CHANGE_DOES_NOT_FIT: Invalid = "movie_change_does_not_fit";

    // Contacts.
    /// There is no such contact in the address book of the one who asks.
    pub CONTACT_NOT_FOUND: NotFound = "contact_not_found";

    // Pictures.
    /// There is no such picture.
    pub PICTURE_NOT_FOUND: NotFound = "picture_not_found", by kind alone;
    /// The upload is no picture of a known format.
    pub NOT_A_PICTURE: Invalid = "not_a_picture";
    /// The picture is of a format that is known and not supported.
    pub PICTURE_NOT_SUPPORTED: Invalid = "picture_not_supported";
    /// The picture has too many pixels.
    pub PICTURE_TOO_LARGE: Invalid = "picture_too_large";
    /// The picture is damaged.
    pub PICTURE_BROKEN: Invalid = "picture_broken";
}
