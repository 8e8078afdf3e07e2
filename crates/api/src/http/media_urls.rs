//! Addresses of pictures.

use vestibule_domain::media::ObjectKey;

/// The beginning of picture addresses in answers: `web::Data` of every surface.
#[derive(Debug, Clone)]
pub struct MediaUrls(String);

impl MediaUrls {
    /// With the setting `media.public_url`, which has no slash at its end.
    pub fn new(base: &str) -> Self {
        Self(base.to_owned())
    }

    /// The address of a picture.
    pub fn of(&self, key: &ObjectKey) -> String {
        format!("{}/{key}", self.0)
    }
}
