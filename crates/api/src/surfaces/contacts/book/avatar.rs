//! `PATCH /api/contacts/{contact_id}/avatar` (contacts contract 2.8, decision 5).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::Services;
use vestibule_application::contacts::SetContactAvatarInput;
use vestibule_domain::contacts::ContactId;
use vestibule_domain::media::ObjectKey;

use super::shape::NO_SUCH_CONTACT;
use super::shape::contact_id;
use super::view::ContactView;
use crate::http::endpoint::PathValue;
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fastapi::integer;
use crate::http::fields::{Fields, ValidationErrors};
use crate::http::{MediaUrls, json};
use crate::surfaces::contacts::Endpoint;
use crate::surfaces::contacts::admission::Caller;
use crate::surfaces::contacts::policy;
use crate::surfaces::contacts::{Input, Rejection};
use vestibule_application::contacts::SetContactAvatarError;
use vestibule_application::media::StorePictureError;
use vestibule_domain::media::BadPicture;

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

impl ReadFields for NewAvatar {
    const BODY: BodyKind = BodyKind::Upload;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let id = fields.path("contact_id", integer());
        let file = fields.file("file");
        fields.finish(|| Some(Self { id: contact_id(id?), file: file?.bytes.to_vec() }))
    }
}

/// The endpoint.
pub(in crate::surfaces::contacts) fn endpoint() -> Endpoint {
    Endpoint::patch("/api/contacts/{contact_id}/avatar", set_avatar)
        .called("contacts", "setContactAvatar", "Give a contact a picture")
        .about("It is cut to 250 by 250 pixels and kept without what else is in the file.")
        .limited(policy::TEN.once_accepted())
        .password_grant()
        .path_value(PathValue::id("contact_id", "Id of the contact"))
        .upload::<AvatarUpload>()
        .answers::<ContactView>(StatusCode::OK, "The contact with its picture")
        .refuses(NO_SUCH_CONTACT, SetContactAvatarError::NotFound)
        .refuses(
            "The values break rules, or the file is no picture",
            StorePictureError::from(BadPicture::NotAPicture),
        )
}

async fn set_avatar(
    input: Input<NewAvatar, Caller>,
    services: web::Data<Services>,
    urls: web::Data<MediaUrls>,
) -> Result<HttpResponse, Rejection> {
    let NewAvatar { id, file } = input.values;
    let url_of = move |key: &ObjectKey| urls.of(key);
    let input = SetContactAvatarInput { actor: input.admitted.0, id, upload: file, url_of: &url_of };
    let contact = services.set_contact_avatar.execute(input).await?;
    Ok(json(StatusCode::OK, &ContactView::from(contact)))
}
