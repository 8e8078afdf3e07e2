//! `PATCH /api/contacts/{contact_id}/avatar` (contacts contract 2.8, decision 5).

use std::borrow::Cow;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::contacts::SetContactAvatarInput;
use vestibule_domain::contacts::ContactId;
use vestibule_domain::media::ObjectKey;

use super::shape::contact_id;
use super::view::ContactView;
use crate::http::documented::{AnyEndpoint, ErrorDetail, ValidationErrorDetail};
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::{Fields, ValidationErrors, integer};
use crate::http::middleware::PathLimit;
use crate::http::{MediaUrls, json};
use crate::surfaces::contacts::Rejection;
use crate::surfaces::contacts::call::{Call, Limited};
use crate::surfaces::contacts::documented::{AuthenticatedEndpoint, ContactEndpoint, LimitedEndpoint};
use crate::surfaces::contacts::policy;

/// A picture.
#[derive(ToSchema)]
#[expect(dead_code, reason = "a shape for the document; `NewAvatar` reads it")]
pub(super) struct AvatarUpload {
    /// A JPEG, PNG, WebP or GIF picture.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Which contact, and its picture.
pub(in crate::surfaces::contacts) struct NewAvatar {
    id: ContactId,
    file: Vec<u8>,
}

impl Limited for NewAvatar {
    const LIMIT: PathLimit = policy::TEN;

    fn path(&self) -> Cow<'static, str> {
        format!("/api/contacts/{}/avatar", self.id.0).into()
    }
}

impl ReadFields for NewAvatar {
    const BODY: BodyKind = BodyKind::Upload;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let id = fields.path("contact_id", integer());
        let file = fields.file("file");
        fields.finish(|| Some(Self { id: contact_id(id?), file: file?.to_vec() }))
    }
}

/// Give a contact a picture
///
/// It is cut to 250 by 250 pixels and kept without what else is in the file.
#[utoipa::path(
    patch, path = "/api/contacts/{contact_id}/avatar", tag = "contacts", operation_id = "setContactAvatar",
    security(("bearer" = [])),
    request_body(content = AvatarUpload, content_type = "multipart/form-data"),
    params(("contact_id" = i64, Path, description = "Id of the contact")),
    responses(
        AuthenticatedEndpoint, ContactEndpoint, LimitedEndpoint, AnyEndpoint,
        (status = 200, description = "The contact with its picture", body = ContactView),
        (status = 400, description = "The body cannot be read", body = ErrorDetail, examples(
            ("body" = (value = json!({"detail": "There was an error parsing the body"}))),
            ("boundary" = (value = json!({"detail": "Missing boundary in multipart."}))),
        )),
        (status = 413, description = "The file is too large", body = ErrorDetail,
            example = json!({"detail": "Request Entity Too Large"})),
        (status = 422, description = "The values break rules, or the file is no picture",
            body = ValidationErrorDetail,
            example = json!({"detail": [{"type": "value_error", "loc": ["body", "file"],
                "msg": "Value error, The file is not a JPEG, PNG, WebP or GIF picture", "input": null,
                "ctx": {"error": {}}}]})),
    )
)]
pub(in crate::surfaces::contacts) async fn set_avatar(
    call: Call<NewAvatar>,
    services: web::Data<Services>,
    urls: web::Data<MediaUrls>,
) -> Result<HttpResponse, Rejection> {
    let NewAvatar { id, file } = call.values;
    let url_of = move |key: &ObjectKey| urls.of(key);
    let input = SetContactAvatarInput { actor: call.actor, id, upload: file, url_of: &url_of };
    let contact = services.set_contact_avatar.execute(input).await?;
    Ok(json(StatusCode::OK, &ContactView::from(contact)))
}
