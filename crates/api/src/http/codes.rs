//! The codes of what is refused before a use case is reached. The codes of use cases come with them, so that a dialect
//! has one name for all.

pub use vestibule_application::codes::*;

vestibule_application::codes! {
    /// The request names nobody.
    pub NOT_AUTHENTICATED: Unauthenticated = "not_authenticated";
    /// The request is said to bring parts, and not where they end.
    pub MISSING_BOUNDARY: Invalid = "missing_boundary";
    /// The account or the client has too many uploads at the same time.
    pub TOO_MANY_UPLOADS: RateLimited = "too_many_uploads", by kind alone;
    /// There are too many uploads at the same time.
    pub UPLOADS_BUSY: Unavailable = "uploads_busy", by kind alone;
    /// The request came through a proxy, which this server does not expect.
    pub THROUGH_A_PROXY: Forbidden = "through_a_proxy";
    /// The request comes from a page that is none of this server's.
    pub FOREIGN_PAGE: Forbidden = "foreign_page";
}
