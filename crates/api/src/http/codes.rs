//! The codes of requests that are refused before they reach a use case. The codes of the use cases are exported here
//! too, so that a dialect finds all of them under one path.

pub use vestibule_application::codes::*;

vestibule_application::codes! {
    /// The request carries no credentials.
    pub NOT_AUTHENTICATED: Unauthenticated = "not_authenticated";
    /// The content type says `multipart`, without a boundary.
    pub MISSING_BOUNDARY: Invalid = "missing_boundary";
    /// The account or the client has too many uploads at the same time.
    pub TOO_MANY_UPLOADS: RateLimited = "too_many_uploads", by kind alone;
    /// There are too many uploads at the same time.
    pub UPLOADS_BUSY: Unavailable = "uploads_busy", by kind alone;
    /// The request came through a proxy, which this server does not expect.
    pub THROUGH_A_PROXY: Forbidden = "through_a_proxy";
    /// A form carries another mark than that of the session: it is of an earlier one, or of somebody else's page.
    pub STALE_FORM: Forbidden = "stale_form";
    /// A page of another site sent the request, or the request names a foreign host.
    pub FOREIGN_PAGE: Forbidden = "foreign_page";
}
