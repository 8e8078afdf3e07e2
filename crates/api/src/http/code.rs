//! The names of errors of the HTTP layer. A surface has its own beside its dialect.

use vestibule_application::{Code, ErrorKind};

/// The request names nobody.
pub const NOT_AUTHENTICATED: Code = Code::new("not_authenticated", ErrorKind::Unauthenticated);
/// A body in parts does not say where they end.
pub const MISSING_BOUNDARY: Code = Code::new("missing_boundary", ErrorKind::Invalid);
/// A proxy leads strangers to a server that trusts whoever reaches it.
pub const THROUGH_A_PROXY: Code = Code::new("through_a_proxy", ErrorKind::Forbidden);
/// A page of another site, on such a server.
pub const FOREIGN_PAGE: Code = Code::new("foreign_page", ErrorKind::Forbidden);
/// Calls could not be counted.
pub const THROTTLE_FAILED: Code = Code::new("throttle_failed", ErrorKind::Internal);
