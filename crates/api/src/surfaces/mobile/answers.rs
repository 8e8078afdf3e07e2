//! What this surface answers. The fields stand in the order of their names.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use vestibule_application::accounts::AccountView;
use vestibule_domain::accounts::ListedAccount;

use super::json::json;

/// A user.
#[derive(Serialize, ToSchema)]
pub(super) struct User {
    /// Mobile number; `null` of one who registered through another surface.
    #[schema(required, example = "01700000001")]
    mobile: Option<String>,
    /// Whether the account is activated.
    #[schema(example = true)]
    status: bool,
    /// The name that identifies; `null` likewise.
    #[schema(required, example = "ada")]
    username: Option<String>,
    /// Its id.
    #[schema(example = "00000000-0000-4000-8000-000000000001")]
    uuid: String,
}

impl From<ListedAccount> for User {
    fn from(account: ListedAccount) -> Self {
        Self {
            mobile: account.mobile.map(|mobile| mobile.as_str().to_owned()),
            status: account.is_active,
            username: account.username.map(|username| username.to_string()),
            uuid: account.uuid.0.to_string(),
        }
    }
}

impl From<AccountView> for User {
    fn from(account: AccountView) -> Self {
        Self {
            mobile: account.mobile.map(|mobile| mobile.as_str().to_owned()),
            status: account.is_active,
            username: account.username.map(|username| username.to_string()),
            uuid: account.uuid.0.to_string(),
        }
    }
}

/// One user.
#[derive(Serialize, ToSchema)]
pub(super) struct OneUser {
    /// The user.
    data: User,
    /// What was done, in words.
    #[schema(example = "Success!")]
    message: &'static str,
    /// The status, once more.
    #[schema(example = 200)]
    status: u16,
}

/// What was done.
#[derive(Serialize, ToSchema)]
pub(super) struct Done {
    /// In words.
    #[schema(example = "Success!")]
    pub(super) message: &'static str,
}

/// `Success!`, with a user.
pub(super) fn success(user: impl Into<User>) -> HttpResponse {
    json(StatusCode::OK, &OneUser { data: user.into(), message: SUCCESS, status: 200 })
}

/// What every success says.
pub(super) const SUCCESS: &str = "Success!";

/// A new user. The status of the answer itself is 200 (decision 1).
pub(super) fn created(user: impl Into<User>) -> HttpResponse {
    let message = "Account created successfully!";
    json(StatusCode::OK, &OneUser { data: user.into(), message, status: 201 })
}
