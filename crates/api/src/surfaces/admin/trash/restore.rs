//! `PUT /api/v1/trash/restore/{user_id}` (admin contract 2.12).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;
use vestibule_application::accounts::Administrator;
use vestibule_application::trash::{RestoreAccountError, RestoreAccountInput, RestoredAccount};
use vestibule_application::{Actor, Services};

use super::Wanted;
use crate::http::endpoint::PathValue;
use crate::http::{MediaUrls, json};
use crate::surfaces::admin::pictures::shown;
use crate::surfaces::admin::policy::AdminPolicy;
use crate::surfaces::admin::rules::{account, written};
use crate::surfaces::admin::view::{ShownRole, role, updated_at};
use crate::surfaces::admin::{Endpoint, Input, Rejection};

/// An account that is back.
#[derive(Serialize, ToSchema)]
struct RestoredUser {
    /// Address.
    #[schema(example = "ada@example.com")]
    email: Option<String>,
    /// The name that identifies.
    #[schema(example = "ada")]
    username: Option<String>,
    /// When it was registered, in UTC.
    #[schema(example = "2025-02-10T11:22:19.096000")]
    created_at: String,
    /// This contract knows two roles.
    #[schema(value_type = ShownRole, example = "regular")]
    role: &'static str,
    /// Always `false`.
    is_deleted: bool,
    /// When it was changed last; `null` if it never was.
    updated_at: Option<String>,
    /// The id of the account that edited it last, if one did.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    updated_by: Option<String>,
    /// The picture, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    profile_image: Option<String>,
    /// Its id.
    #[schema(example = "5f0c5d5e-6a52-4f0e-9a8b-1c2d3e4f5a6b")]
    id: String,
}

impl RestoredUser {
    fn new(restored: RestoredAccount, policy: &AdminPolicy, urls: &MediaUrls) -> Self {
        let RestoredAccount { account, picture } = restored;
        Self {
            created_at: written(account.created_at),
            role: role(account.role),
            is_deleted: account.deleted_at.is_some(),
            updated_at: updated_at(&account),
            updated_by: account.updated_by.map(|editor| editor.0.to_string()),
            profile_image: picture.map(|key| shown(&key, policy.has_bucket, urls)),
            id: account.uuid.0.to_string(),
            email: account.email.map(|email| email.to_string()),
            username: account.username.map(|name| name.as_str().to_owned()),
        }
    }
}

/// The endpoint.
pub(super) fn endpoint() -> Endpoint {
    Endpoint::put("/api/v1/trash/restore/{user_id}", restore)
        .called("trash", "restoreUser", "Take an account out of the trash")
        .about("Its owner can log in again. The tokens from before stay void.")
        .bearer()
        .path_value(PathValue::text("user_id", "Id of the account"))
        .answers::<RestoredUser>(StatusCode::OK, "The account")
        .refuses("No administrator", Administrator::REFUSED)
        .refuses("There is no such account", RestoreAccountError::NotFound)
        .refuses_for(
            "The account cannot be restored",
            [
                ("not", RestoreAccountError::NotInTrash.into()),
                ("gone", RestoreAccountError::BeingRemoved.into()),
            ],
        )
}

async fn restore(
    input: Input<Wanted, Actor>,
    services: web::Data<Services>,
    policy: web::Data<AdminPolicy>,
    urls: web::Data<MediaUrls>,
) -> Result<HttpResponse, Rejection> {
    let administrator = Administrator::with_role(&input.admitted)?;
    let account = account(&input.values.0);
    let restored = services.restore_account.execute(RestoreAccountInput { administrator, account }).await?;
    Ok(json(StatusCode::OK, &RestoredUser::new(restored, &policy, &urls)))
}
