//! Sessions: signed-in devices, each with its family of refresh tokens.

mod claims;
mod refresh_token;
mod refresh_token_repository;
mod repository;
mod session;
mod subject;

pub use claims::{Claims, TokenUse};
pub use refresh_token::{RefreshToken, TokenId};
pub use refresh_token_repository::RefreshTokenRepository;
pub use repository::SessionRepository;
pub use session::{CLOCKS_DIFFER, Session, SessionId, SessionState, can_be_seen_at};
pub use subject::Subject;
