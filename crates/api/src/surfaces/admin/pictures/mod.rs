//! Profile pictures.

mod allowed;
mod upload;
mod upload_s3;

use serde::Serialize;
use utoipa::ToSchema;
use vestibule_domain::media::ObjectKey;

use super::Endpoint;
use crate::http::MediaUrls;

/// The endpoints of this folder.
pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![upload::endpoint(), upload_s3::endpoint()]
}

/// A picture as answers name it: by its address if it is in a bucket, else by the name of its file.
pub(super) fn shown(key: &ObjectKey, has_bucket: bool, urls: &MediaUrls) -> String {
    if has_bucket {
        return urls.of(key);
    }
    let key = key.to_string();
    key.rsplit('/').next().unwrap_or(&key).to_owned()
}

/// What was uploaded.
#[derive(Serialize, ToSchema)]
struct Uploaded {
    /// In words.
    message: &'static str,
    /// The name of the picture, or its address.
    filename: String,
}
