//! `/console/catalogue`: the movies, and the upload of more.

pub(super) mod edit;
mod form;
pub(super) mod list;
pub(super) mod movie;
mod progress;
mod received;
pub(super) mod upload;
mod uploads;

pub(super) use self::progress::{FileFault, Step, UploadEnd};
pub(crate) use self::uploads::MovieUploads;
