//! The codes of what this surface alone refuses. All others come with them.

pub(super) use crate::http::codes::*;

vestibule_application::codes! {
    // Pictures: contract 2.14 and 2.15.
    /// The name of the file does not end like that of a picture.
    pub(super) FILE_TYPE_NOT_ALLOWED: Invalid = "file_type_not_allowed";
    /// A picture is to go into a bucket, and there is none.
    pub(super) NO_BUCKET: Invalid = "no_bucket";
}
