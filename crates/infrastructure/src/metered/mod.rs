//! Wrappers of ports that count calls. Without a recorder of metrics, counting does nothing.

mod answers;
mod cache;
mod password_hasher;
mod rate_limiter;
mod under_way;

pub use answers::MeteredAnswers;
pub use cache::MeteredCache;
pub use password_hasher::MeteredHasher;
pub use rate_limiter::MeteredLimiter;
pub(crate) use under_way::UnderWay;
