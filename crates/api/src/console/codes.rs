//! The codes of what the console alone refuses. All others come with them.

pub(super) use crate::http::codes::*;

vestibule_application::codes! {
    /// Another file of movies is received or imported by this server.
    pub(super) UPLOAD_UNDER_WAY: Conflict = "upload_under_way";
    /// A file of movies is over `console.max_upload`.
    pub(super) UPLOAD_TOO_LARGE: TooLarge = "upload_too_large";
}
