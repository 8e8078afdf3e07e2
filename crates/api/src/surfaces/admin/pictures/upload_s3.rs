//! `POST /api/v1/profile-upload-s3/` (admin contract 2.15, decision 11).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use time::OffsetDateTime;
use utoipa::ToSchema;
use vestibule_application::accounts::SetProfilePictureInput;
use vestibule_application::{Actor, Code, CodedError, Services};

use super::allowed::{FileTypeNotAllowed, picture};
use super::{Uploaded, shown};
use crate::http::FrameworkProblem::BodyUnreadable;
use crate::http::extract::{BodyKind, ReadFields};
use crate::http::fields::{Fields, UploadedFile, ValidationErrors};
use crate::http::{MediaUrls, json};
use crate::surfaces::admin::codes;
use crate::surfaces::admin::policy::AdminPolicy;
use crate::surfaces::admin::{Endpoint, Input, Rejection};

/// A picture.
#[derive(ToSchema)]
#[expect(dead_code, reason = "a shape for the documents; `NewPicture` reads it")]
struct BucketUpload {
    /// A JPEG or PNG picture, in a file of such a name.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// The picture.
struct NewPicture(UploadedFile);

impl ReadFields for NewPicture {
    const BODY: BodyKind = BodyKind::Upload;

    fn read(mut fields: Fields<'_>, _: OffsetDateTime) -> Result<Self, ValidationErrors> {
        let file = fields.file("file");
        fields.finish(|| file.map(Self))
    }
}

/// Pictures are not kept in a bucket.
#[derive(Debug, thiserror::Error)]
#[error("pictures are not kept in a bucket")]
struct NoBucket;

impl CodedError for NoBucket {
    fn code(&self) -> Code {
        codes::NO_BUCKET
    }
}

/// The endpoint.
pub(super) fn endpoint() -> Endpoint {
    Endpoint::post("/api/v1/profile-upload-s3/", upload)
        .called("pictures", "uploadPictureToBucket", "Upload the picture of one's profile into a bucket")
        .about(
            "It is cut to 250 by 250 pixels and kept without what else is in the file. A picture that is not in a bucket is\n\
             served as `/media/profiles/{filename}`.",
        )
        .bearer()
        .upload::<BucketUpload>()
        .answers::<Uploaded>(StatusCode::OK, "The picture is kept")
        .refuses_for(
            "The file is no picture, or its name is not that of one",
            [
                ("body", BodyUnreadable.into()),
                ("type", FileTypeNotAllowed.into()),
                ("bucket", NoBucket.into()),
            ],
        )
}

async fn upload(
    input: Input<NewPicture, Actor>,
    services: web::Data<Services>,
    policy: web::Data<AdminPolicy>,
    urls: web::Data<MediaUrls>,
) -> Result<HttpResponse, Rejection> {
    let upload = picture(&input.values.0)?;
    if !policy.has_bucket {
        return Err(NoBucket.into());
    }
    let input = SetProfilePictureInput { actor: input.admitted, upload };
    let key = services.set_profile_picture.execute(input).await?;
    let filename = shown(&key, policy.has_bucket, &urls);
    Ok(json(StatusCode::OK, &Uploaded { message: "Image uploaded successfully!", filename }))
}
